// Time texts of both clouds and of HTTP.
#include "core/base/time.hpp"

#include <gtest/gtest.h>

namespace foyer {
namespace {

TEST(Time, ReadsAllZoneFormsOfIso8601) {
  const Instant noon = from_local({2026, 1, 10, 12, 0, 0}, Minutes(0));
  EXPECT_EQ(parse_iso8601("2026-01-10T12:00:00Z"), noon);
  EXPECT_EQ(parse_iso8601("2026-01-10T13:00:00+01:00"), noon);
  EXPECT_EQ(parse_iso8601("2026-01-10T13:00:00+0100"), noon);
  EXPECT_EQ(parse_iso8601("2026-01-10T06:30:00-05:30"), noon);
  EXPECT_EQ(parse_iso8601("2026-01-10T12:00:00"), noon);
  EXPECT_EQ(parse_iso8601("2026-01-10T14:00:00", Hours(2)), noon);
  EXPECT_EQ(parse_iso8601("2026-1-10T12:00:00Z"), noon);
  EXPECT_EQ(parse_iso8601("2026-01-10T12:00:00.123456Z"), noon);
}

TEST(Time, RefusesTextsThatAreNoDate) {
  for (const char* text :
       {"", "now", "2026-01-10", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-10T24:00:00Z",
        "2026-01-10T12:60:00Z", "2026-01-10 12:00:00", "2026-01-10T12:00:00+24:00", "2026-01-10T12:00:00Zx",
        "2026-01-10T12:00:00.Z", "26-01-10T12:00:00Z", "2026-00-10T12:00:00Z"})
    EXPECT_FALSE(parse_iso8601(text)) << text;
}

TEST(Time, ALeapDayExistsInLeapYearsOnly) {
  EXPECT_TRUE(parse_iso8601("2028-02-29T00:00:00Z"));
  EXPECT_FALSE(parse_iso8601("2026-02-29T00:00:00Z"));
}

TEST(Time, WritesWhatItReads) {
  const Instant at = instant_from_ms(1'768'068'131'000);
  EXPECT_EQ(to_iso8601(at), "2026-01-10T18:02:11Z");
  EXPECT_EQ(to_iso8601_local(at, Minutes(330)), "2026-01-10T23:32:11");
  EXPECT_EQ(parse_iso8601(to_iso8601(at)), at);
  EXPECT_EQ(clock_text(at, Hours(7)), "01:02");
}

TEST(Time, LocalTimeAndBackForManyMoments) {
  for (std::int64_t ms = -86'400'000LL * 400; ms < 4'102'444'800'000; ms += 86'400'000LL * 37 + 12'345'000)
    for (const Minutes offset : {Minutes(-720), Minutes(0), Minutes(345), Minutes(840)})
      EXPECT_EQ(from_local(to_local(instant_from_ms(ms), offset), offset), instant_from_ms(ms)) << ms;
}

TEST(Time, ReadsTheHttpDateOfRfc9110) {
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), parse_iso8601("1994-11-06T08:49:37Z"));
  for (const char* text :
       {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT"})
    EXPECT_FALSE(parse_http_date(text)) << text;
}

}  // namespace
}  // namespace foyer
