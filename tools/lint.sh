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

# tidy PRESET flags… – the files on standard input, as a build of that preset compiles them. All of them are looked at,
# whatever is found; what clang-tidy counts and does not show (suppressed warnings) is left out.
tidy() {
  local folder=$1-tidy flag extra=()
  shift
  for flag in "$@"; do extra+=("--extra-arg-before=$flag"); done
  xargs -r -n 4 -P "$(nproc)" "$(compiler clang-tidy)" --quiet -p "build/cmake/$folder" "${extra[@]}" 2>&1 |
    { grep -vE '^[0-9]+ warnings? (generated|treated)|^Suppressed [0-9]+ warnings' || true; }
}
# A folder of its own, where each file is compiled by itself: the list of commands has a line for each.
configured() { # preset more…
  [ -f "build/cmake/$1-tidy/build.ninja" ] || cmake --preset "$1" -B "build/cmake/$1-tidy" -DFOYER_TOGETHER=0 "${@:2}" >&2
}
if [ -z "$quick" ]; then
  compiler clang-tidy >/dev/null || die "clang-tidy 19 or newer is missing"
  echo "clang-tidy, native ..."
  configured native-debug
  cmake --build build/cmake/native-debug-tidy --target foyer_fonts >&2 # what the shell includes is generated
  sources 'core/*.cpp' 'shell/*.cpp' 'native/*.cpp' | tidy native-debug || status=1

  # The page and the headless client are compiled by Emscripten, whose own flags clang-tidy has to be told.
  echo "clang-tidy, page and headless client ..."
  read -r -a flags < <("$(tools/setup/emscripten.sh)/em++" --cflags)
  configured web-debug
  configured node -DCMAKE_BUILD_TYPE=Debug
  sources 'web/page/*.cpp' 'web/sim/*.cpp' | tidy web-debug "${flags[@]}" || status=1
  sources 'web/ports/*.cpp' 'web/headless/*.cpp' | tidy node "${flags[@]}" || status=1
fi
[ $status -eq 0 ] && echo "lint: clean"
exit $status
