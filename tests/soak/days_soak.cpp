// Living on 500 calls a day: virtual days × 1–4 tabs × usages, alone, with a script every five minutes, with
// another device of the same person and with another program on the same quota.
//
// FOYER_SOAK given: 90 days and 1, 2, 3, 4 tabs; else one day and 1, 3 tabs. FOYER_SEED: where the dice
// begin.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "tests/soak/days.hpp"

namespace foyer::soak {
namespace {

bool is_long() { return std::getenv("FOYER_SOAK") != nullptr; }
int days() { return is_long() ? 90 : 1; }
int more_tabs() { return is_long() ? 1 : 2; }
std::uint64_t seed() {
  const char* text = std::getenv("FOYER_SEED");
  return text ? static_cast<std::uint64_t>(std::atoll(text)) : 1;
}

TEST(DaysSoak, EveryDayStaysWithinItsCallsAndWritesAreAlwaysPossible) {
  Account all;
  for (const Usage usage : {Usage::glances, Usage::evenings, Usage::wall, Usage::installer})
    for (int tabs = 1; tabs <= 4; tabs += more_tabs()) {
      const Account one = live({.usage = usage, .tabs = tabs, .days = days(), .seed = seed()});
      std::printf("%-8s %d tabs: %3d calls on the busiest day, %6.1f on average, state %3d s old (median)\n",
                  name_of(usage).c_str(), tabs, one.most(), one.mean(), one.median_age());
      EXPECT_LE(one.most(), 500);
      EXPECT_EQ(one.while_parked, 0);
      EXPECT_EQ(one.writes_refused, 0);
      EXPECT_EQ(one.writes_short, 0);
      EXPECT_GT(one.commands, 0);
      all.add(one);
    }
  std::printf("seed %llu: %zu days, %lld commands\n", static_cast<unsigned long long>(seed()),
              all.calls.size(), all.commands);
  std::printf("{\"name\": \"calls_per_day\", \"value\": %d, \"unit\": \"calls\"}\n", all.most());
  std::printf("{\"name\": \"state_age_median_s\", \"value\": %d, \"unit\": \"s\"}\n", all.median_age());
  EXPECT_LE(all.median_age(), 180);
}

TEST(DaysSoak, AnInstallerWithTwoHundredHomesHasCallsLeftInTheEvening) {
  const Account one = live({.usage = Usage::installer, .days = days(), .seed = seed() + 2});
  std::printf("installer: %3d calls on the busiest day\n", one.most());
  EXPECT_LE(one.most(), 400);
}

TEST(DaysSoak, AScriptEveryFiveMinutesLeavesThePersonTheirCalls) {
  const Account one = live({.usage = Usage::evenings, .days = days(), .seed = seed() + 3, .scripts = true});
  std::printf("with a script, %lld runs: %3d calls on the busiest day, state %3d s old (median)\n",
              one.scripts, one.most(), one.median_age());
  EXPECT_EQ(one.scripts, 288LL * days());
  EXPECT_LE(one.most(), 500);
  EXPECT_EQ(one.while_parked, 0);
  EXPECT_EQ(one.writes_refused, 0);
}

// Each counts for itself: the service says when both together have used the day up, and then both are still.
TEST(DaysSoak, TwoDevicesOfOnePersonAreStillOnceTheDayIsUsedUp) {
  for (const Usage usage : {Usage::evenings, Usage::wall}) {
    const Account one = live({.usage = usage, .days = days(), .seed = seed() + 4, .second = true});
    std::printf("two devices, %s: %3d calls on the busiest day, %lld while parked\n", name_of(usage).c_str(),
                one.most(), one.while_parked);
    EXPECT_EQ(one.while_parked, 0);
    EXPECT_EQ(one.writes_refused, 0);
    EXPECT_LE(one.most(), 510) << "what was under way when the day ended";
  }
}

TEST(DaysSoak, NothingIsSentWhileAnotherProgramHasUsedTheQuotaUp) {
  for (int tabs = 1; tabs <= 4; tabs += more_tabs()) {
    const Account one = live({.usage = Usage::wall,
                              .tabs = tabs,
                              .days = days(),
                              .seed = seed() + 1,
                              .others_every = is_long() ? 2 : 1});
    std::printf("with another program, %d tabs: %3d calls on the busiest day, %lld while parked\n", tabs,
                one.most(), one.while_parked);
    EXPECT_LE(one.most(), 500);
    EXPECT_EQ(one.while_parked, 0);
    EXPECT_EQ(one.writes_refused, 0);
  }
}

}  // namespace
}  // namespace foyer::soak
