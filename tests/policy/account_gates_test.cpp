// What the ledger keeps besides counting: probes, halts, the gate after a 429, other shapes of limits (E5,
// E6, E13, E17, N5, Q7, Q9).
#include <gtest/gtest.h>

#include "tests/policy/noon.hpp"

#include <vector>

#include "core/policy/quota.hpp"

namespace foyer::policy {
namespace {

Grant spend(Ledger& ledger, Instant now, Purpose purpose = Purpose::write) {
  const Grant grant = ask(ledger, purpose, now, utc);
  if (grant.allowed) count(ledger, now);
  return grant;
}

TEST(Probe, E6AfterABlockOneCallAsksAndTheOthersWait) {
  Ledger ledger;
  spend(ledger, noon);
  park(ledger, noon, Hours(2), "", Seconds(30));
  const Instant over = noon + Hours(2) + Seconds(30);
  EXPECT_EQ(spend(ledger, over - Millis(1)).again_at, over);
  EXPECT_TRUE(spend(ledger, over).probe);
  const Grant second = spend(ledger, over);
  EXPECT_FALSE(second.allowed);
  EXPECT_EQ(second.why, Condition::quota_exceeded);
  answered(ledger, over);
  const Grant third = spend(ledger, over);
  EXPECT_TRUE(third.allowed);
  EXPECT_FALSE(third.probe);
  EXPECT_EQ(ledger.used, 2) << "Q7: the probe opened the new window";
}

TEST(Probe, E6AProbeThatBroughtNothingIsFollowedByAnother) {
  Ledger ledger;
  park(ledger, noon, Hours(1), "");
  const Instant over = noon + Hours(1);
  EXPECT_TRUE(spend(ledger, over).probe);
  EXPECT_FALSE(spend(ledger, over + Seconds(29)).allowed);
  EXPECT_TRUE(spend(ledger, over + Seconds(30)).probe);
}

TEST(HaltOfAnAccount, N5OneProbePerPressAndOnePerSixHours) {
  Ledger ledger;
  spend(ledger, noon);
  halt(ledger, Condition::password_expired, noon);
  for (const Purpose purpose : {Purpose::poll, Purpose::write, Purpose::pressed, Purpose::topology}) {
    const Grant grant = spend(ledger, noon + Hours(6) - Millis(1), purpose);
    EXPECT_FALSE(grant.allowed);
    EXPECT_EQ(grant.why, Condition::password_expired);
  }
  EXPECT_TRUE(spend(ledger, noon + Hours(6)).probe);
  EXPECT_FALSE(spend(ledger, noon + Hours(6)).allowed);
  press(ledger, noon + Hours(7));
  EXPECT_TRUE(spend(ledger, noon + Hours(7)).probe);
  EXPECT_FALSE(spend(ledger, noon + Hours(7)).allowed) << "one per press";
  answered(ledger, noon + Hours(7));
  EXPECT_TRUE(spend(ledger, noon + Hours(7)).allowed);
  EXPECT_FALSE(ask(ledger, Purpose::write, noon + Hours(7), utc).probe);
}

TEST(HaltOfAnAccount, AClockThatWentBackDoesNotStretchIt) {
  Ledger ledger;
  halt(ledger, Condition::terms_expired, noon);
  const Instant back = noon - Hours(24 * 30);
  EXPECT_EQ(ask(ledger, Purpose::write, back, utc).again_at, back + Hours(6));
}

TEST(GateAfterA429, E13IsClosedForEverybodyAndThenPollingGoesAtHalfTheRate) {
  Ledger ledger;
  spend(ledger, noon);
  const Millis usual = poll_interval(ledger, noon);
  close_gate(ledger, noon, noon, Seconds(26));
  EXPECT_EQ(spend(ledger, noon + Seconds(25)).why, Condition::rate_limited);
  EXPECT_EQ(closed_until(ledger, noon), noon + Seconds(26));
  EXPECT_TRUE(spend(ledger, noon + Seconds(26)).allowed);
  EXPECT_NEAR(static_cast<double>(poll_interval(ledger, noon + Seconds(26)) / Millis(1)),
              static_cast<double>(2 * usual / Millis(1)), 3000);
  EXPECT_LT(poll_interval(ledger, noon + Hours(2)), 2 * usual);
}

TEST(GateAfterA429, AYearOfRetryAfterIsADay) {
  Ledger ledger;
  close_gate(ledger, noon, noon, Hours(24 * 31));
  EXPECT_EQ(closed_until(ledger, noon), noon + Hours(24) + Minutes(5));
  EXPECT_FALSE(closed_until(ledger, noon - Hours(24 * 30))) << "a clock that went back opens it";
}

TEST(GateAfterA429, ALimitThatNamesNoTimeIsProbedAtGrowingIntervals) {
  Ledger ledger;
  Instant now = noon;
  std::vector<long long> waits;
  for (int i = 0; i < 9; ++i) {
    close_gate(ledger, now, now, Seconds(10));
    waits.push_back((ledger.gate_until - now) / Seconds(1));
    now = ledger.gate_until;
  }
  EXPECT_EQ(waits, (std::vector<long long>{10, 20, 40, 80, 160, 320, 640, 900, 900}));
  answered(ledger, now);
  close_gate(ledger, now, now, Seconds(10));
  EXPECT_EQ(ledger.gate_until - now, Seconds(10)) << "a good answer ends the growth";
}

TEST(GateAfterA429, RefusalsOfCallsSentTogetherAreOneRefusal) {
  Ledger ledger;
  for (int i = 0; i < 3; ++i) close_gate(ledger, noon, noon + Millis(i), Seconds(10));
  EXPECT_LE(ledger.gate_until, noon + Seconds(10) + Millis(2));
  answered(ledger, noon) /* sent before the gate */;
  EXPECT_EQ(ledger.gate_for, Seconds(10));
}

TEST(GateAfterA429, WhatTheServiceNamesIsNeverCut) {
  Ledger ledger;
  close_gate(ledger, noon, noon, Seconds(10));
  close_gate(ledger, noon + Seconds(10), noon + Seconds(10), Hours(2));
  EXPECT_EQ(ledger.gate_until, noon + Seconds(10) + Hours(2));
  EXPECT_EQ(ledger_from_json(to_json(ledger))->gate_for, Hours(2));
}

TEST(OtherShapes, ABurstIsRefusedUntilItsWindowEnds) {
  Ledger ledger;
  put_plan(ledger, netatmo_plan);
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(spend(ledger, noon + Millis(i)).allowed);
  const Grant grant = spend(ledger, noon + Seconds(9));
  EXPECT_FALSE(grant.allowed);
  EXPECT_EQ(grant.why, Condition::rate_limited);
  EXPECT_EQ(grant.again_at, noon + Seconds(10));
  EXPECT_TRUE(spend(ledger, noon + Seconds(10)).allowed);
}

TEST(OtherShapes, AnHourBeginsWithItsFirstCallAndEndsAfterAnHour) {
  Ledger ledger;
  put_plan(ledger, netatmo_plan);
  spend(ledger, noon + Minutes(20));
  EXPECT_EQ(ledger.window_end, noon + Minutes(80));
  ledger.used = 500;
  EXPECT_FALSE(spend(ledger, noon + Minutes(79)).allowed);
  EXPECT_TRUE(spend(ledger, noon + Minutes(95)).allowed);
  EXPECT_EQ(ledger.window_end, noon + Minutes(155));
  EXPECT_EQ(ledger.used, 1);
  EXPECT_EQ(poll_interval(ledger, noon + Minutes(95)), Seconds(60));
}

TEST(OtherShapes, AnUnknownWaitLastsUntilTheHourEnds) {
  Ledger ledger;
  put_plan(ledger, netatmo_plan);
  spend(ledger, noon);
  park(ledger, noon + Minutes(50), std::nullopt, "User usage reached");
  EXPECT_EQ(ledger.blocked_until, noon + Hours(1));
}

TEST(LearnedReset, AnUnknownWaitLastsUntilTheTimeOfDayTheServiceOnceNamed) {
  Ledger ledger;
  spend(ledger, noon);
  park(ledger, noon, Hours(3), "");
  answered(ledger, noon);
  const Instant next_day = noon + Hours(24);
  spend(ledger, noon + Hours(3));
  answered(ledger, noon + Hours(3));
  spend(ledger, next_day);
  park(ledger, next_day, std::nullopt, "");
  EXPECT_EQ(ledger.blocked_until, next_day + Hours(3));
}

TEST(NoStorage, Q9HalfOfTheCallsAreAssumedUsed) {
  Ledger ledger;
  assume_half(ledger, noon);
  EXPECT_EQ(ledger.used, 250);
  EXPECT_TRUE(ledger.assumed);
  EXPECT_TRUE(spend(ledger, noon).allowed);
  ledger.used = 400;
  assume_half(ledger, noon);
  EXPECT_EQ(ledger.used, 400) << "what was counted stays";
}

TEST(Stored, EverythingSurvivesAReload) {
  Ledger ledger;
  spend(ledger, noon);
  ledger.key = 1;
  ledger.keys_mark = 0xDEADBEEF;
  ledger.retries = 7;
  park(ledger, noon, Hours(1), "text");
  halt(ledger, Condition::key_refused, noon);
  close_gate(ledger, noon, noon, Seconds(30));
  EXPECT_EQ(ledger_from_json(to_json(ledger)).value(), ledger);
}

TEST(Stored, ARecordOfAnOlderVersionIsReadAndABrokenPartIsLeftOut) {
  const auto old = ledger_from_json(
      R"({"schema":1,"limit":500,"used":12,"windowStart":0,"windowEnd":1,"lastServerText":"","parkedFor":0,)"
      R"("shared":false,"halt":999,"keyId":7})");
  ASSERT_TRUE(old);
  EXPECT_EQ(old->used, 12);
  EXPECT_EQ(old->halt, Condition::ok);
  EXPECT_EQ(old->key, 0);
}

}  // namespace
}  // namespace foyer::policy
