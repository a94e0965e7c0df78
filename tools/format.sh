#!/usr/bin/env bash
# Rewrites the C++ sources (.clang-format) and the JavaScript (.prettierrc.json) in the house style; --check only reports.
set -euo pipefail
. "$(dirname "$0")/setup/env.sh"
cd "$FOYER_ROOT"
. tools/sources.sh
clang_format=$(compiler clang-format) || die "clang-format 19 or newer is missing"
prettier=node_modules/.bin/prettier
[ -x "$prettier" ] || die "prettier is missing: npm ci, then call again"
status=0
if [ "${1:-}" = --check ]; then
  cpp_sources | xargs -r "$clang_format" --dry-run --Werror || status=1
  sources '*.mjs' '*.js' | xargs -r "$prettier" --check --log-level warn || status=1
else
  cpp_sources | xargs -r "$clang_format" -i || status=1
  sources '*.mjs' '*.js' | xargs -r "$prettier" --write --log-level warn || status=1
fi
exit $status
