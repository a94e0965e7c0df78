#!/usr/bin/env bash
# build.sh native|web|node|all [--debug] [--target NAME …]
# Configures (once) and builds a preset, then publishes its results: build/native and build/node are links to the
# folder just built, build/site is a real folder, ready to be copied to a server. Each gets its THIRD_PARTY_NOTICES.txt.
set -euo pipefail
. "$(dirname "$0")/setup/env.sh"
cd "$FOYER_ROOT"

what=
debug=
jobs=
targets=()
while [ $# -gt 0 ]; do
  case $1 in
    --debug) debug=debug ;;
    --target) shift; targets+=("$1") ;;
    native | web | node | all) what=$1 ;;
    *) die "build: unknown argument '$1' (native, web, node or all, and --debug)" ;;
  esac
  shift
done
[ -n "$what" ] || die "build: which one? native, web, node or all"

preset_build() { # preset targets…
  local preset=$1
  shift
  if [ ! -f "build/cmake/$preset/build.ninja" ]; then cmake --preset "$preset" >&2; fi
  cmake --build "build/cmake/$preset" ${jobs:+--parallel "$jobs"} ${1:+--target "$@"} >&2
}
link() { # preset folder
  [ -d "build/cmake/$1/$2" ] || return 0
  rm -rf "build/$2"
  ln -s "cmake/$1/$2" "build/$2"
}
# Who made the parts of a build, and under which licence: again when a program was linked again.
notices() { # preset folder target…
  local build=build/cmake/$1 out=build/cmake/$1/$2 target
  local file=$out/THIRD_PARTY_NOTICES.txt
  shift 2
  for target in "$@"; do [ -f "$build/extracted/$target.txt" ] || return 0; done # only some targets were asked for
  for target in "$@"; do
    if [ ! "$file" -nt "$build/extracted/$target.txt" ]; then rm -f "$file"; fi
  done
  for target in VERSION tools/package/{notices,parts,licences}.mjs; do
    if [ "$target" -nt "$file" ]; then rm -f "$file"; fi
  done
  [ -f "$file" ] || node tools/package/notices.mjs "$build" "$out" "$@" || exit 1
}
publish_site() { # preset
  [ -d "build/cmake/$1/site" ] || return 0
  rm -rf build/site.new
  cp -a "build/cmake/$1/site" build/site.new
  rm -rf build/site
  mv build/site.new build/site
}

one() {
  local preset
  case $1 in
    native | web) preset=$1-${debug:-release} ;;
    node) preset=node ;;
  esac
  preset_build "$preset" "${targets[@]}"
  case $1 in
    web) notices "$preset" site foyer_page foyer_sim_wasm ;;
    node) notices "$preset" node foyer_client ;;
    native) notices "$preset" native foyer ;;
  esac
  case $1 in
    web) publish_site "$preset" ;;
    *) link "$preset" "$1" ;;
  esac
}
if [ "$what" = all ]; then
  # Two at a time: while the page is linked, which only one processor can do, another compiles the rest.
  jobs=$(nproc 2>/dev/null || sysctl -n hw.ncpu)
  (one web) &
  page=$!
  (one node; one native) &
  rest=$!
  trap 'kill "$page" "$rest" 2>/dev/null; exit 130' INT TERM
  status=0
  wait "$page" || status=1
  wait "$rest" || status=1
  exit $status
else
  one "$what"
fi
