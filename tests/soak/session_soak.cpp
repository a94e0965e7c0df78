// The session model (session_model.hpp) on random schedules, and killed at each step of a refresh and of a
// sign-in. A slice as an ordinary test; FOYER_SOAK schedules from FOYER_SEED in `./dev soak`, where the
// figures are printed.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "tests/soak/session_model.hpp"

namespace foyer::soak {
namespace {

long long setting(const char* name, long long otherwise) {
  const char* value = std::getenv(name);
  return value ? std::strtoll(value, nullptr, 10) : otherwise;
}

struct Tally {
  long long schedules = 0, requests = 0, ends = 0, killed = 0, violations = 0;
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();

  void walk(const Schedule& schedule) {
    const Verdict verdict = run(schedule);
    ++schedules;
    requests += verdict.requests;
    ends += verdict.ends;
    killed += verdict.killed ? 1 : 0;
    if (verdict.violation.empty()) return;
    if (++violations > 3) return;
    const Schedule small = shortest(schedule);
    ADD_FAILURE() << run(small).violation << "\n" << text(small);
  }
  void print(const char* what, long long seed) const {
    if (!std::getenv("FOYER_SOAK")) return;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    std::printf(
        "  session, %s: seed %lld, %lld schedules, %lld refreshes, %lld ends by refusal, %lld killed, %lld "
        "violations, %.0f s\n",
        what, seed, schedules, requests, ends, killed, violations, seconds);
  }
};

TEST(SessionModel, RandomSchedulesOfTabsCrashesAndFaultsHaveNoViolation) {
  const long long seed = setting("FOYER_SEED", 1), count = setting("FOYER_SOAK", 1000);
  Tally tally;
  for (long long i = 0; i < count && tally.violations <= 3; ++i)
    tally.walk(random_schedule(static_cast<std::uint64_t>(seed * 1'000'003 + i)));
  EXPECT_GT(tally.requests, count);
  EXPECT_GT(tally.ends, count / 100);  // the model does meet real ends
  tally.print("random", seed);
}

TEST(SessionModel, RandomSchedulesWithFullDisksHeldLocksScriptsAndTwoAccountsHaveNoViolation) {
  const long long seed = setting("FOYER_SEED", 1), count = setting("FOYER_SOAK", 400);
  Tally tally;
  for (long long i = 0; i < count && tally.violations <= 3; ++i)
    tally.walk(random_schedule(static_cast<std::uint64_t>(seed * 2'000'003 + i), Trouble::wide));
  EXPECT_GT(tally.requests, count);
  tally.print("random, wide", seed);
}

// Each of these once ended in a violation.
TEST(SessionModel, SchedulesThatOnceFailedDoSoNoMore) {
  Tally tally;
  for (const std::uint64_t seed : {4'329'614U, 4'816'598U, 4'895'609U, 4'964'989U, 4'377'839U})
    tally.walk(random_schedule(seed));
}

TEST(SessionModel, KilledAtEachStepThereIsASessionOrACleanEnd) {
  const long long seed = setting("FOYER_SEED", 1);
  const long long each = std::clamp(setting("FOYER_SOAK", 0) / 1000, 4LL, 2000LL);
  Tally tally;
  for (int point = 1; point <= kill_points; ++point) {
    const long long before = tally.killed;
    for (std::uint64_t i = 0; tally.killed - before < each && i < 5000; ++i)
      tally.walk(kill_schedule(static_cast<std::uint64_t>(seed) * 1'000'003 + i, point));
    EXPECT_EQ(tally.killed - before, each) << "nothing is killed at point " << point;
  }
  tally.print("killed", seed);
}

}  // namespace
}  // namespace foyer::soak
