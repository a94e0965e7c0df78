#!/usr/bin/env bash
# soak.sh [--seed N] [--count N] – repeats every native test program in random order under one seed; tests that walk
# random schedules read FOYER_SEED and FOYER_SOAK (how many schedules) and walk as many. Prints the seed to repeat it.
set -euo pipefail
. "$(dirname "$0")/setup/env.sh"
cd "$FOYER_ROOT"
seed=$((RANDOM % 99999 + 1))
count=100
while [ $# -gt 0 ]; do
  case $1 in
    --seed) seed=${2:?}; shift ;;
    --count) count=${2:?}; shift ;;
    *) die "soak: unknown argument '$1' (--seed N, --count N)" ;;
  esac
  shift
done
tools/build.sh native --debug --target all_tests
echo "soak: --seed $seed --count $count"
status=0
while read -r name; do
  [ -n "$name" ] || continue
  if FOYER_SEED=$seed FOYER_SOAK=$((count * 100)) "build/cmake/native-debug/tests/$name" --gtest_shuffle \
    --gtest_random_seed="$seed" --gtest_repeat="$count" --gtest_brief=1 --gtest_fail_fast >"build/soak-$name.log" 2>&1; then
    echo "  $name: $count rounds passed"
  else
    echo "  $name: FAILED, see build/soak-$name.log"
    status=1
  fi
done <build/cmake/native-debug/tests.txt
exit $status
