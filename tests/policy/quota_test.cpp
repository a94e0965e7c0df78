// The ledger of the 500 calls a day (Q1, Q2, Q6–Q8).
#include "core/policy/quota.hpp"

#include <gtest/gtest.h>

#include "tests/policy/noon.hpp"

namespace foyer::policy {
namespace {

Ledger used(int calls) {
  Ledger ledger;
  ask(ledger, Purpose::poll, noon, utc);
  ledger.used = calls;
  return ledger;
}
bool allowed(Ledger ledger, Purpose purpose, Instant at = noon) {
  return ask(ledger, purpose, at, utc).allowed;
}

TEST(Quota, Q1PollingNeverTouchesWhatIsKeptForWritesAndTheReserve) {
  EXPECT_TRUE(allowed(used(414), Purpose::poll));
  EXPECT_FALSE(allowed(used(415), Purpose::poll));
  EXPECT_TRUE(allowed(used(415), Purpose::write));
}

TEST(Quota, Q1TenWritesAreLeftWhateverElseIsPressed) {
  for (const Purpose purpose : {Purpose::pressed, Purpose::topology}) {
    EXPECT_TRUE(allowed(used(464), purpose));
    EXPECT_FALSE(allowed(used(465), purpose));
  }
  Ledger ledger = used(465);
  for (int i = 0; i < 35; ++i) {
    EXPECT_TRUE(ask(ledger, Purpose::write, noon, utc).allowed);
    count(ledger, noon);
  }
  EXPECT_FALSE(ask(ledger, Purpose::write, noon, utc).allowed);
  EXPECT_EQ(ledger.used, 500);
}

TEST(Quota, Q1OtherLimitsAreSplitInProportion) {
  Ledger ledger = used(0);
  ledger.limit = 100;
  ledger.used = 82;
  EXPECT_TRUE(allowed(ledger, Purpose::poll));
  ledger.used = 83;
  EXPECT_FALSE(allowed(ledger, Purpose::poll));
}

TEST(Quota, RefusalSaysWhenTheWindowEnds) {
  Ledger ledger = used(500);
  const Grant grant = ask(ledger, Purpose::write, noon, utc);
  EXPECT_FALSE(grant.allowed);
  EXPECT_EQ(grant.again_at, std::optional(noon + Hours(12)));
}

TEST(Quota, FirstWindowEndsAtLocalMidnight) {
  Ledger ledger;
  ask(ledger, Purpose::poll, noon, Minutes(60));
  EXPECT_EQ(ledger.window_end, noon + Hours(11));
  EXPECT_EQ(ledger.window_start, noon - Hours(13));
}

TEST(Quota, Q7NewWindowStartsAtZeroAndKeepsTheTimeOfDay) {
  Ledger ledger = used(500);
  EXPECT_TRUE(ask(ledger, Purpose::poll, noon + Hours(12), utc).allowed);
  EXPECT_EQ(ledger.used, 0);
  EXPECT_EQ(ledger.window_end, noon + Hours(36));
  EXPECT_TRUE(ask(ledger, Purpose::poll, noon + Hours(24 * 10), utc).allowed);
  EXPECT_EQ(ledger.window_end, noon + Hours(24 * 10 + 12));
}

TEST(Quota, Q7ParkingLearnsTheResetAndUsesUpTheLimit) {
  Ledger ledger = used(498);
  park(ledger, noon, Hours(3), "Out of call volume quota. Quota will be replenished in 03:00:00.");
  EXPECT_EQ(ledger.used, 500);
  EXPECT_FALSE(ledger.shared);
  for (const Purpose purpose : {Purpose::poll, Purpose::write, Purpose::pressed, Purpose::topology}) {
    const Grant grant = ask(ledger, purpose, noon + Hours(3) - Millis(1), utc);
    EXPECT_FALSE(grant.allowed);
    EXPECT_EQ(grant.again_at, std::optional(noon + Hours(3)));
  }
  EXPECT_TRUE(ask(ledger, Purpose::poll, noon + Hours(3), utc).allowed);
  EXPECT_EQ(ledger.used, 0);
  EXPECT_EQ(ledger.window_start, noon + Hours(3));
  EXPECT_EQ(ledger.window_end, noon + Hours(27));
}

TEST(Quota, Q7RefusalLongBeforeOurCountMeansSomeoneElseSpends) {
  Ledger ledger = used(449);
  park(ledger, noon, Hours(1), "");
  EXPECT_TRUE(ledger.shared);
  ask(ledger, Purpose::poll, noon + Hours(1), utc);
  EXPECT_FALSE(ledger.shared);
  EXPECT_EQ(ledger.planned, 449) << "the next window is planned with what this one held";
  EXPECT_FALSE(allowed(ledger, Purpose::poll, noon + Hours(1)) && ledger.used >= 449);
  ask(ledger, Purpose::poll, noon + Hours(26), utc);
  EXPECT_EQ(ledger.planned, 0) << "after a window in peace the whole limit is ours again";
}

TEST(Quota, E6UnknownWaitIsAnHour) {
  Ledger ledger = used(500);
  park(ledger, noon, std::nullopt, "Out of call volume quota.");
  EXPECT_EQ(ledger.blocked_until, std::optional(noon + Hours(1)));
}

TEST(Quota, E6RefusedProbeAtLeastDoublesTheWait) {
  Ledger ledger = used(500);
  park(ledger, noon, Minutes(10), "");
  Instant now = noon + Minutes(10);
  ASSERT_TRUE(ask(ledger, Purpose::poll, now, utc).allowed);
  count(ledger, now);
  park(ledger, now, Minutes(10), "");
  EXPECT_EQ(ledger.blocked_until, std::optional(now + Minutes(20)));
  now += Minutes(20);
  ASSERT_TRUE(ask(ledger, Purpose::poll, now, utc).allowed);
  count(ledger, now);
  park(ledger, now, Hours(5), "");
  EXPECT_EQ(ledger.blocked_until, std::optional(now + Hours(5)));
}

TEST(Quota, E6NextDayStartsWithoutDoubling) {
  Ledger ledger = used(500);
  park(ledger, noon, Hours(10), "");
  const Instant next = noon + Hours(10);
  ASSERT_TRUE(ask(ledger, Purpose::poll, next, utc).allowed);
  ledger.used = 499;
  park(ledger, next + Hours(20), Hours(4), "");
  EXPECT_EQ(ledger.blocked_until, std::optional(next + Hours(24)));
}

TEST(Quota, Q8NoBlockReachesFurtherThanADayUnlessTheServiceSaidSo) {
  Ledger ledger = used(500);
  park(ledger, noon, Hours(72), "");
  EXPECT_EQ(ask(ledger, Purpose::write, noon, utc).again_at, std::optional(noon + Hours(24) + Minutes(5)));
  Ledger said = used(500);
  park(said, noon, Hours(72), "Quota will be replenished in 3.00:00:00.");
  EXPECT_EQ(ask(said, Purpose::write, noon, utc).again_at, std::optional(noon + Hours(72)));
  Ledger spread = used(500);
  park(spread, noon, Hours(72), "Quota will be replenished in 3.00:00:00.", Seconds(40));
  EXPECT_EQ(ask(spread, Purpose::write, noon, utc).again_at, std::optional(noon + Hours(72) + Seconds(40)));
}

TEST(Quota, Q2WhatIsLeftForAPurposeEndsWhereItsShareEnds) {
  EXPECT_EQ(left_for(used(400), Purpose::poll), 15);
  EXPECT_EQ(left_for(used(415), Purpose::poll), 0);
  EXPECT_EQ(left_for(used(450), Purpose::poll), 0);
  EXPECT_EQ(left_for(used(450), Purpose::write), 50);
}

TEST(Quota, Q6LostLedgerBeginsAWindowOfItsOwnWhenTheOldOneIsOver) {
  Ledger ledger = used(0);
  ledger.window_end = noon;
  assume_half(ledger, noon);
  EXPECT_EQ(ledger.window_start, noon);
  EXPECT_EQ(ledger.window_end, noon + Hours(12));
  EXPECT_EQ(ledger.used, 250);
}

TEST(Quota, Q8ClockThatJumpsBackNeitherLosesNorStretchesTheBlock) {
  Ledger ledger = used(500);
  park(ledger, noon, Hours(2), "Quota will be replenished in 02:00:00.");
  const Instant back = noon - Hours(24 * 30);
  const Grant grant = ask(ledger, Purpose::write, back, utc);
  EXPECT_FALSE(grant.allowed);
  EXPECT_EQ(grant.again_at, std::optional(back + Hours(24) + Minutes(5)));
}

TEST(Quota, Q8WindowIsNeverLongerThanADay) {
  Ledger ledger = used(500);
  const Instant back = noon - Hours(24 * 30);
  const Grant grant = ask(ledger, Purpose::write, back, utc);
  EXPECT_LE(*grant.again_at - back, Hours(24));
}

TEST(Quota, Q2IntervalSpreadsWhatIsLeftOverTheWindow) {
  Ledger ledger = used(0);
  EXPECT_EQ(poll_interval(ledger, ledger.window_start), Millis(Hours(24)) / 350);
  ledger.used = 349;
  EXPECT_EQ(poll_interval(ledger, noon), Minutes(30));
  ledger.used = 350;
  EXPECT_EQ(poll_interval(ledger, noon), Minutes(30));
  ledger.used = 0;
  EXPECT_EQ(poll_interval(ledger, ledger.window_end - Minutes(5)), Seconds(60));
}

TEST(Quota, NinetyDaysOfPollingStayWithinEveryDaysLimit) {
  Ledger ledger;
  Instant now = noon, day_end{};
  int calls = 0, most = 0;
  while (now < noon + Hours(24 * 90)) {
    const Grant grant = ask(ledger, Purpose::poll, now, utc);
    if (ledger.window_end != day_end) {
      day_end = ledger.window_end;
      calls = 0;
    }
    if (grant.allowed) {
      count(ledger, now);
      most = std::max(most, ++calls);
    }
    ASSERT_TRUE(allowed(ledger, Purpose::write, now));
    now += poll_interval(ledger, now);
  }
  EXPECT_LE(most, 415);
  EXPECT_GE(most, 300);
}

TEST(Quota, Q6SurvivesAReload) {
  Ledger ledger = used(123);
  EXPECT_EQ(ledger_from_json(to_json(ledger)).value(), ledger);
  park(ledger, noon, Hours(3), "Quota will be replenished in 03:00:00.");
  EXPECT_EQ(ledger_from_json(to_json(ledger)).value(), ledger);
}

TEST(Quota, Q6ForeignRecordsAreRefusedByField) {
  const auto field = [](const char* text) { return ledger_from_json(text).error().field; };
  EXPECT_EQ(field("{}"), "schema");
  EXPECT_EQ(field(R"({"schema":2})"), "schema");
  EXPECT_EQ(field(R"({"schema":1,"limit":0})"), "limit");
  EXPECT_EQ(field(R"({"schema":1,"limit":500,"used":-1})"), "used");
  EXPECT_EQ(field(R"({"schema":1,"limit":500,"used":1,"windowStart":1e300})"), "windowStart");
  EXPECT_EQ(field(R"({"schema":1,"limit":500,"used":1,"windowStart":0})"), "windowEnd");
  EXPECT_FALSE(ledger_from_json("").has_value());
  EXPECT_FALSE(ledger_from_json("[]").has_value());
}

}  // namespace
}  // namespace foyer::policy
