#!/usr/bin/env bash
# fuzz.sh [target] [seconds] – runs each fuzz target (or the named one) for some seconds (default 30), from the payloads
# that the tests write down and the recorded ones where they are present (fuzz-seeds.mjs). New inputs are kept in
# build/fuzz/<target>; a crash is written there and ends the run with an error.
set -euo pipefail
. "$(dirname "$0")/setup/env.sh"
cd "$FOYER_ROOT"
only=${1:-}
seconds=${2:-30}
if [[ $only =~ ^[0-9]+$ ]]; then seconds=$only; only=; fi
[ -f build/cmake/native-fuzz/build.ninja ] || cmake --preset native-fuzz >&2
cmake --build build/cmake/native-fuzz --target all_fuzzers >&2
mkdir -p build/fuzz
node tools/fuzz-seeds.mjs build/fuzz
ran=0
while read -r name; do
  [ -n "$name" ] || continue
  [ -z "$only" ] || [ "$only" = "$name" ] || continue
  ran=1
  mkdir -p "build/fuzz/$name"
  echo "fuzz: $name for $seconds s"
  "build/cmake/native-fuzz/fuzz/$name" -max_total_time="$seconds" -print_final_stats=1 -verbosity=0 -print_funcs=0 \
    -artifact_prefix="build/fuzz/$name/" -dict=build/fuzz/words.dict "build/fuzz/$name" build/fuzz/seeds
done <build/cmake/native-fuzz/fuzzers.txt
[ $ran -eq 1 ] || die "fuzz: no target named '${only}'; known: $(tr '\n' ' ' <build/cmake/native-fuzz/fuzzers.txt)"
