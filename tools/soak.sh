#!/usr/bin/env bash
# soak.sh [--seed N] [--count N] [program …] – the programs of tests/soak, optimised and long: FOYER_SOAK is how many
# random schedules each of their tests walks (default a million), FOYER_SEED where the dice begin. Prints what repeats it.
set -euo pipefail
. "$(dirname "$0")/setup/env.sh"
cd "$FOYER_ROOT"
seed=$((RANDOM % 99999 + 1))
count=1000000
programs=()
while [ $# -gt 0 ]; do
  case $1 in
    --seed) seed=${2:?}; shift ;;
    --count) count=${2:?}; shift ;;
    --*) die "soak: unknown argument '$1' (--seed N, --count N)" ;;
    *) programs+=("$1") ;;
  esac
  shift
done
if [ ${#programs[@]} = 0 ]; then
  mapfile -t programs < <(sed -n 's/^foyer_test(\([a-z_]*\).*/\1/p' tests/soak/CMakeLists.txt)
fi
targets=()
for name in "${programs[@]}"; do targets+=(--target "$name"); done
tools/build.sh native "${targets[@]}"
echo "soak: --seed $seed --count $count"
status=0
for name in "${programs[@]}"; do
  FOYER_SEED=$seed FOYER_SOAK=$count "build/cmake/native-release/tests/$name" --gtest_brief=1 || status=1
done
exit $status
