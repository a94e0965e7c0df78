// Values and times as people read them, and the table of words.
#include "shell/look/format.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/shell/states.hpp"

namespace foyer::shell {
namespace {

TEST(Format, QuantitiesAreRoundedToWhatHelps) {
  EXPECT_EQ(quantity(84.4, Unit::watt), "84 W");
  EXPECT_EQ(quantity(1240, Unit::watt), "1.24 kW");
  EXPECT_EQ(quantity(3200, Unit::watt_hour), "3.2 kWh");
  EXPECT_EQ(quantity(21, Unit::celsius), "21.0 °C");
  EXPECT_EQ(quantity(40, Unit::percent), "40 %");
  EXPECT_EQ(degrees(20.5), "20.5°");
  EXPECT_EQ(number_text(-0.01), "0");
}

TEST(Format, ModesAndProgrammesSpeakInWordsAndUnknownOnesAreKept) {
  EXPECT_EQ(value_text(Aspect::mode, std::string("automatic"), Unit::none), "Auto");
  EXPECT_EQ(value_text(Aspect::mode, std::string("party"), Unit::none), "party");
  EXPECT_EQ(value_text(Aspect::program, std::string("0"), Unit::none), "Built-in");
  EXPECT_EQ(value_text(Aspect::program, std::string("3"), Unit::none), "Programme 3");
}

TEST(Format, AgeSaysWhenItChangesNext) {
  const Instant now = test::evening();
  Times times(now, Minutes(0));
  EXPECT_EQ(times.ago(now - Seconds(40)), "just now");
  EXPECT_EQ(times.next_change(), now + Seconds(20));
  EXPECT_EQ(times.ago(now - Minutes(5) - Seconds(50)), "5 min ago");
  EXPECT_EQ(times.next_change(), now + Seconds(10));
  EXPECT_EQ(times.ago(now - Hours(3)), "3 h ago");
  EXPECT_EQ(times.ago(now - Hours(72)), "3 d ago");
  EXPECT_EQ(times.ago(now + Hours(1)), "just now") << "a clock that jumped back makes no negative ages";
}

TEST(Format, ClockTimesAreLocalAndNameTheDayWhenItIsAnother) {
  const Instant now = test::evening();  // 18:02 UTC
  Times times(now, Minutes(60));
  EXPECT_EQ(times.at(now - Hours(4)), "15:02");
  EXPECT_EQ(times.at(now + Hours(6)), "11 Jan 01:02");
  EXPECT_EQ(times.until(now + Hours(4)), "today 23:02");
  EXPECT_EQ(times.until(now + Hours(6)), "tomorrow 01:02");
}

TEST(Format, WaitsRoundUpToMinutes) {
  const Instant now = test::evening();
  Times times(now, Minutes(0));
  EXPECT_EQ(times.in(now + Minutes(4) + Seconds(30)), "in 5 min");
  EXPECT_EQ(times.next_change(), now + Seconds(30));
  EXPECT_EQ(times.in(now + Seconds(20)), "in less than a minute");
}

// In Paris the clock goes from 2:00 to 3:00 on 29 March 2026, and back on 25 October.
TEST(Format, AroundAChangeOfTheClockEachTimeHasItsOwnOffset) {
  const Instant summer = *parse_iso8601("2026-03-29T01:00:00Z"),
                winter = *parse_iso8601("2026-10-25T01:00:00Z");
  const auto paris = [=](Instant at) { return Minutes(at >= summer && at < winter ? 120 : 60); };
  Times spring(*parse_iso8601("2026-03-28T21:00:00Z"), paris);  // 22:00
  EXPECT_EQ(spring.at(*parse_iso8601("2026-03-29T05:00:00Z")), "29 Mar 07:00");
  EXPECT_EQ(spring.until(*parse_iso8601("2026-03-28T22:59:00Z")), "today 23:59");
  EXPECT_EQ(spring.until(*parse_iso8601("2026-03-29T05:00:00Z")), "tomorrow 07:00");
  EXPECT_EQ(spring.until(*parse_iso8601("2026-03-29T21:59:00Z")), "tomorrow 23:59") << "a day of 23 hours";
  EXPECT_EQ(spring.until(*parse_iso8601("2026-03-29T22:00:00Z")), "30 Mar 00:00");
  Times autumn(*parse_iso8601("2026-10-24T23:30:00Z"), paris);  // Sunday 1:30
  EXPECT_EQ(autumn.until(*parse_iso8601("2026-10-25T22:30:00Z")), "today 23:30") << "a day of 25 hours";
}

TEST(Format, LongIdsAreShortenedInTheMiddle) {
  EXPECT_EQ(short_id("11110000aaaa1111"), "1111…1111");
  EXPECT_EQ(short_id("gw1"), "gw1");
}

TEST(Words, NoneIsEmptyOrShouts) {
  for (int key = 0; key < static_cast<int>(W::count); ++key) {
    const std::string_view text = word(static_cast<W>(key));
    EXPECT_FALSE(text.empty()) << key;
    EXPECT_EQ(text.find('!'), std::string_view::npos) << text;
  }
}

TEST(Words, EveryAspectAndKindHasItsOwn) {
  std::set<std::string_view> seen;
  for (int aspect = 0; aspect < static_cast<int>(Aspect::other); ++aspect)
    seen.insert(word(aspect_word(static_cast<Aspect>(aspect))));
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(Aspect::other));
  EXPECT_EQ(word(aspect_word(Aspect::firmware)), "Firmware");
  EXPECT_EQ(word(kind_word(Kind::unknown)), "Unknown kind");
}

TEST(Words, PlacesAreFilledInAnyOrder) {
  EXPECT_EQ(say(W::calls_today, {"212", "500"}), "212 of 500 calls today");
  EXPECT_EQ(say(W::offline_since, {}), "Offline since ");
}

}  // namespace
}  // namespace foyer::shell
