// Durations in gateway messages (F9): whatever is no duration stays unknown.
#include <gtest/gtest.h>

#include "core/policy/failure.hpp"

namespace foyer::policy {
namespace {

struct WaitCase {
  const char* text;
  long long ms;  // -1: unknown
};

class WaitText : public testing::TestWithParam<WaitCase> {};

TEST_P(WaitText, IsReadAsTheGatewayMeansIt) {
  const auto wait = parse_wait(GetParam().text);
  if (GetParam().ms < 0)
    EXPECT_FALSE(wait) << GetParam().text;
  else
    EXPECT_EQ(wait, std::optional(Millis(GetParam().ms))) << GetParam().text;
}

constexpr long long s = 1000, min = 60 * s, h = 60 * min, d = 24 * h, clamp = 31 * d;

INSTANTIATE_TEST_SUITE_P(
    Documented, WaitText,
    testing::Values(
        WaitCase{"Out of call volume quota. Quota will be replenished in 01:53:44.", h + 53 * min + 44 * s},
        WaitCase{"Out of bandwidth quota. Quota will be replenished in 00:30:02.", 30 * min + 2 * s},
        WaitCase{"Out of call volume quota. Quota will be replenished in 1.02:03:04.",
                 d + 2 * h + 3 * min + 4 * s},
        WaitCase{"Out of call volume quota. Quota will be replenished in 2.12 days.", 183'168 * s},
        WaitCase{"Rate limit is exceeded. Try again in 26 seconds.", 26 * s},
        WaitCase{"Rate limit is exceeded. Try again in 1 second.", s},
        WaitCase{"03:25:41", 3 * h + 25 * min + 41 * s}, WaitCase{"1 day", d}, WaitCase{"0.5 days", 12 * h},
        WaitCase{"2 Days", 2 * d}, WaitCase{"Try again in 45 SECONDS!", 45 * s},
        WaitCase{"in 23:59:59", d - s}, WaitCase{"(00:00:10)", 10 * s},
        WaitCase{"10:00:00, then again", 10 * h}, WaitCase{"7:05:09", 7 * h + 5 * min + 9 * s},
        WaitCase{"120 seconds", 2 * min}, WaitCase{"replenished in 12:00:00\r\nCorrelation ID: x", 12 * h},
        WaitCase{"1.5 seconds", 1500}, WaitCase{"in\t30  seconds", 30 * s},
        WaitCase{"plan 3 has 5 calls; try again in 8 seconds", 8 * s}));

INSTANTIATE_TEST_SUITE_P(ClampedToOneSecondAndThirtyOneDays, WaitText,
                         testing::Values(WaitCase{"00:00:00", s}, WaitCase{"0 seconds", s},
                                         WaitCase{"0.0 days", s}, WaitCase{"999:59:59", clamp},
                                         WaitCase{"31 days", clamp}, WaitCase{"32 days", clamp},
                                         WaitCase{"99999999.00:00:00", clamp},
                                         WaitCase{"999999999999 days", clamp}, WaitCase{"744:00:00", clamp},
                                         WaitCase{"743:59:59", clamp - s}));

INSTANTIATE_TEST_SUITE_P(
    Unknown, WaitText,
    testing::Values(WaitCase{"", -1}, WaitCase{"xx:xx:xx", -1}, WaitCase{"hh:mm:ss", -1},
                    WaitCase{"soon", -1}, WaitCase{"01:60:00", -1}, WaitCase{"01:00:60", -1},
                    WaitCase{"1000:00:00", -1}, WaitCase{"01:53", -1}, WaitCase{"01:53:4x", -1},
                    WaitCase{"01:53:44:10", -1}, WaitCase{"2026-01-01T01:53:44", -1},
                    WaitCase{"-5 seconds", -1}, WaitCase{"v2.12 days", -1}, WaitCase{"1,000 seconds", -1},
                    WaitCase{"5 minutes", -1}, WaitCase{"26 secondary keys", -1}, WaitCase{"two days", -1},
                    WaitCase{"2. days", -1}, WaitCase{"days 2", -1}, WaitCase{"1234567890123 seconds", -1},
                    WaitCase{"1.25:00:00", -1}, WaitCase{"1.24:00:00", -1},
                    WaitCase{"1000000000.00:00:00", -1}, WaitCase{"26 seconda", -1},
                    WaitCase{"26 secondz", -1}, WaitCase{"26 secondsz", -1}, WaitCase{"12345 7:00", -1},
                    WaitCase{"in 10 daysets", -1}, WaitCase{"01:53:44h", -1}, WaitCase{"1:2:3:4", -1},
                    WaitCase{"::", -1}, WaitCase{"dans 3 jours", -1}));

TEST(WaitText, OfOneMebibyteIsReadInOnePass) {
  EXPECT_FALSE(parse_wait(std::string(1U << 20, '7')));
  EXPECT_EQ(parse_wait(std::string(1U << 20, 'x') + " 00:01:00"), std::optional<Millis>(Minutes(1)));
}

}  // namespace
}  // namespace foyer::policy
