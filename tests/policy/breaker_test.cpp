// The retry bucket, the breaker of a host, the probes of a gateway, the sleep of a machine (N3–N6).
#include "core/policy/breaker.hpp"

#include <gtest/gtest.h>

namespace foyer::policy {
namespace {

Steady at(Millis since) { return Steady(since); }
constexpr auto read = CommandClass::read;

Breaker after(const char* outcomes, Millis each = Seconds(1)) {
  Breaker breaker;
  Millis now{0};
  for (const char* one = outcomes; *one != 0; ++one, now += each)
    note(breaker, *one == 'x' ? Condition::server_error : Condition::ok, at(now));
  return breaker;
}

TEST(Bucket, N3FourRetriesThenSuccessesFillItAgain) {
  RetryBucket bucket;
  const Ledger ledger;
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(may_retry(bucket, ledger, Condition::opaque));
    take_retry(bucket, Condition::opaque);
  }
  EXPECT_FALSE(may_retry(bucket, ledger, Condition::opaque));
  for (int i = 0; i < 5; ++i) give_back(bucket);
  EXPECT_TRUE(may_retry(bucket, ledger, Condition::opaque));
  EXPECT_FALSE(may_retry(bucket, ledger, Condition::no_answer_in_time)) << "10 after a timeout";
  for (int i = 0; i < 100; ++i) give_back(bucket);
  EXPECT_EQ(bucket.tokens, 20);
}

TEST(Bucket, N3RetriesTakeATenthOfWhatIsLeftOfTheDay) {
  const RetryBucket bucket;
  EXPECT_TRUE(may_retry(bucket, {.used = 0, .retries = 49}, Condition::opaque));
  EXPECT_FALSE(may_retry(bucket, {.used = 0, .retries = 50}, Condition::opaque));
  EXPECT_FALSE(may_retry(bucket, {.used = 400, .retries = 10}, Condition::opaque));
  EXPECT_FALSE(may_retry(bucket, {.used = 500}, Condition::opaque));
}

TEST(BreakerOfAHost, N4OpensAfterFiveInARowOrHalfOfTen) {
  EXPECT_FALSE(after("xxxx").open);
  EXPECT_TRUE(after("xxxxx").open);
  EXPECT_FALSE(after("xxxx.xxxx").open) << "nine are not ten";
  EXPECT_TRUE(after("x.x.x.x.xx").open);
  EXPECT_TRUE(after("x.x.x.x..x").open) << "five of ten are half";
  EXPECT_FALSE(after("x.x.x....x").open) << "four are not";
  EXPECT_FALSE(after("x.x.x.x..x.").open) << "a good answer opens nothing";
  EXPECT_FALSE(after("xx..........xx").open) << "only the last ten count";
}

TEST(BreakerOfAHost, N4RefusalsNeverCount) {
  for (const Condition condition :
       {Condition::quota_exceeded, Condition::rate_limited, Condition::not_found, Condition::key_refused,
        Condition::request_timeout, Condition::busy_device, Condition::offline, Condition::redirected}) {
    Breaker breaker;
    for (int i = 0; i < 20; ++i) note(breaker, condition, at(Seconds(i)));
    EXPECT_FALSE(breaker.open);
  }
}

TEST(BreakerOfAHost, N4RestsThirtySecondsDoublingToThreeHundredWithOneProbeEach) {
  Breaker breaker = after("xxxxx", Millis(0));
  Millis now{0};
  for (const int rest : {30, 60, 120, 240, 300, 300}) {
    EXPECT_EQ(passage(breaker, at(now + Seconds(rest) - Millis(1)), read, Purpose::poll), Passage::closed);
    now += Seconds(rest);
    ASSERT_EQ(passage(breaker, at(now), read, Purpose::poll), Passage::probe) << rest;
    begin_probe(breaker, at(now));
    EXPECT_EQ(passage(breaker, at(now), read, Purpose::poll), Passage::closed) << "one";
    note(breaker, Condition::opaque, at(now));
  }
  now += Seconds(300);
  begin_probe(breaker, at(now));
  note(breaker, Condition::forbidden, at(now));
  EXPECT_EQ(passage(breaker, at(now), read, Purpose::poll), Passage::free) << "it answers: 4xx is an answer";
  EXPECT_EQ(breaker.rest, Millis(0)) << "the next trouble begins at 30 s again";
}

TEST(BreakerOfAHost, N4APersonsExplicitLookMayBeTheProbe) {
  const Breaker breaker = after("xxxxx", Millis(0));
  EXPECT_EQ(passage(breaker, at(Seconds(1)), read, Purpose::pressed), Passage::probe);
  EXPECT_EQ(passage(breaker, at(Seconds(1)), CommandClass::absolute_write, Purpose::write), Passage::closed);
  EXPECT_EQ(passage(breaker, at(Seconds(1)), CommandClass::momentary_write, Purpose::write), Passage::closed);
}

TEST(BreakerOfAHost, N4CallsThatWereOnTheirWayDoNotDoubleTheRest) {
  Breaker breaker = after("xxxxx", Millis(0));
  for (int i = 0; i < 3; ++i) note(breaker, Condition::opaque, at(Seconds(1)));
  EXPECT_EQ(breaker.open_until, at(Seconds(30)));
}

TEST(BreakerOfAHost, AProbeThatWasDroppedDoesNotCloseItForGood) {
  Breaker breaker = after("xxxxx", Millis(0));
  begin_probe(breaker, at(Seconds(30)));
  EXPECT_EQ(passage(breaker, at(Seconds(59)), read, Purpose::poll), Passage::closed);
  EXPECT_EQ(passage(breaker, at(Seconds(60)), read, Purpose::poll), Passage::probe);
}

TEST(SilentGateway, E8IsProbedAfterOneFiveFifteenAndThirtyMinutes) {
  const int minutes[] = {1, 5, 15, 30, 30, 30};
  for (int i = 0; i < 6; ++i) EXPECT_EQ(gateway_probe_after(i), Minutes(minutes[i]));
}

TEST(Sleep, N6IsNoticedByTwoClocksThatDisagree) {
  EXPECT_TRUE(slept(Minutes(10), Seconds(5)));
  EXPECT_FALSE(slept(Seconds(35), Seconds(5)));
  EXPECT_TRUE(slept(Seconds(35) + Millis(1), Seconds(5)));
  EXPECT_FALSE(slept(Seconds(-60), Seconds(5))) << "a clock that was put back is no sleep";
}

}  // namespace
}  // namespace foyer::policy
