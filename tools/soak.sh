#!/usr/bin/env bash
# soak.sh [--seed N] [--count N] [program …] – the programs of tests/soak, optimised and long: FOYER_SOAK is how many
# random schedules each of their tests walks (default a million), FOYER_SEED where the dice begin. Prints what repeats it.
# `journeys` is the headless client's life with real OpenID providers, each step 50 times.
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
  programs+=(journeys)
fi
targets=()
for name in "${programs[@]}"; do [ "$name" = journeys ] || targets+=(--target "$name"); done
if [ ${#targets[@]} -gt 0 ]; then tools/build.sh native "${targets[@]}"; fi
echo "soak: --seed $seed --count $count"
status=0
for name in "${programs[@]}"; do
  [ "$name" = journeys ] && continue
  FOYER_SEED=$seed FOYER_SOAK=$count "build/cmake/native-release/tests/$name" --gtest_brief=1 || status=1
done
if [[ " ${programs[*]} " = *" journeys "* ]]; then
  tools/build.sh node
  FOYER_REPEAT=50 node --test --test-reporter=spec tests/headless/{oidc_provider,glewlwyd}.test.mjs || status=1
fi
exit $status
