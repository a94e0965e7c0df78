#!/usr/bin/env bash
# build.sh native|web|node|all [--debug] [--target NAME …]
# Configures (once) and builds a preset, then publishes its results: build/native and build/node are links to the
# folder just built, build/site is a real folder, ready to be copied to a server.
set -euo pipefail
. "$(dirname "$0")/setup/env.sh"
cd "$FOYER_ROOT"

what=
debug=
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
  cmake --build "build/cmake/$preset" ${1:+--target "$@"} >&2
}
link() { # preset folder
  [ -d "build/cmake/$1/$2" ] || return 0
  rm -rf "build/$2"
  ln -s "cmake/$1/$2" "build/$2"
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
    web) publish_site "$preset" ;;
    *) link "$preset" "$1" ;;
  esac
}
if [ "$what" = all ]; then
  for part in web node native; do one "$part"; done
else
  one "$what"
fi
