#!/usr/bin/env bash
# lint.sh [--quick] – clang-format, the JavaScript formatter, TypeScript's checks of the JavaScript, and
# clang-tidy (warnings are errors) over every C++ file of every host. `--quick` leaves out the last.
set -euo pipefail
. "$(dirname "$0")/setup/env.sh"
cd "$FOYER_ROOT"
. tools/sources.sh
quick=
case ${1:-} in
  '') ;;
  --quick) quick=1 ;;
  *) die "lint: unknown argument '$1' (--quick)" ;;
esac
status=0
echo "clang-format and prettier ..."
tools/format.sh --check || status=1
echo "tsc --checkJs ..."
node_modules/.bin/tsc -p . || status=1

# tidy FOLDER flags… – the files on standard input, as the build in that folder compiles them. All of them are looked at,
# whatever is found; what clang-tidy counts and does not show (suppressed warnings) is left out.
tidy() {
  local folder=$1 flag extra=()
  shift
  for flag in "$@"; do extra+=("--extra-arg-before=$flag"); done
  xargs -r -n 4 -P "$(nproc)" "$(compiler clang-tidy)" --quiet -p "build/cmake/$folder" "${extra[@]}" 2>&1 |
    { grep -vE '^[0-9]+ warnings? (generated|treated)|^Suppressed [0-9]+ warnings' || true; }
}
if [ -z "$quick" ]; then
  compiler clang-tidy >/dev/null || die "clang-tidy 19 or newer is missing"
  echo "clang-tidy, native ..."
  [ -f build/cmake/native-debug/build.ninja ] || cmake --preset native-debug >&2
  cmake --build build/cmake/native-debug --target foyer_fonts >&2 # what the shell includes is generated
  sources 'core/*.cpp' 'shell/*.cpp' 'native/*.cpp' | tidy native-debug || status=1

  # The page and the headless client are compiled by Emscripten, whose own flags clang-tidy has to be told.
  echo "clang-tidy, page and headless client ..."
  read -r -a flags < <("$(tools/setup/emscripten.sh)/em++" --cflags)
  [ -f build/cmake/web-debug/build.ninja ] || cmake --preset web-debug >&2
  [ -f build/cmake/node-debug/build.ninja ] || cmake --preset node -B build/cmake/node-debug -DCMAKE_BUILD_TYPE=Debug >&2
  sources 'web/page/*.cpp' 'web/sim/*.cpp' | tidy web-debug "${flags[@]}" || status=1
  sources 'web/ports/*.cpp' 'web/headless/*.cpp' | tidy node-debug "${flags[@]}" || status=1
fi
[ $status -eq 0 ] && echo "lint: clean"
exit $status
