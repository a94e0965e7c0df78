#!/usr/bin/env bash
# clang-format, TypeScript's checks of the JavaScript, clang-tidy (warnings are errors). `--quick` leaves out the last.
set -euo pipefail
. "$(dirname "$0")/setup/env.sh"
cd "$FOYER_ROOT"
. tools/sources.sh
status=0
echo "clang-format ..."
tools/format.sh --check || status=1
echo "tsc --checkJs ..."
node_modules/.bin/tsc -p . || status=1
if [ "${1:-}" != --quick ]; then
  echo "clang-tidy ..."
  [ -f build/cmake/native-debug/build.ninja ] || cmake --preset native-debug >&2
  sources 'core/*.cpp' 'shell/*.cpp' 'native/*.cpp' |
    xargs -r -n 4 -P "$(nproc)" "$(compiler clang-tidy)" --quiet -p build/cmake/native-debug || status=1
fi
[ $status -eq 0 ] && echo "lint: clean"
exit $status
