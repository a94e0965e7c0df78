#!/usr/bin/env bash
# Rewrites the C++ sources in the house style (.clang-format); --check only reports.
set -euo pipefail
. "$(dirname "$0")/setup/env.sh"
cd "$FOYER_ROOT"
. tools/sources.sh
clang_format=$(compiler clang-format) || die "clang-format 19 or newer is missing"
if [ "${1:-}" = --check ]; then cpp_sources | xargs -r "$clang_format" --dry-run --Werror
else cpp_sources | xargs -r "$clang_format" -i; fi
