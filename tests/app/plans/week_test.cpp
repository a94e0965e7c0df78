// Editing a week: one thing changes, everything else stays.
#include "core/app/plans/week.hpp"

#include <gtest/gtest.h>

#include <random>

namespace foyer::plan {
namespace {

enum : int { comfort = 0, night = 1, eco = 4, own = 7 };

Schedule week() {
  Schedule out{.id = "w", .name = "Week", .type = "therm", .selected = true};
  out.zones = {
      {.id = comfort,
       .name = "Comfort",
       .type = 0,
       .rooms = {{.ambient = AmbientId("n:1"), .temperature = 20}}},
      {.id = night, .name = "Night", .type = 1, .rooms = {{.ambient = AmbientId("n:1"), .temperature = 17}}},
      {.id = eco, .name = "Eco", .type = 5, .rooms = {{.ambient = AmbientId("n:1"), .order = "off"}}},
      {.id = own, .name = "Reading", .type = 4}};
  for (int day = 0; day < days_a_week; ++day) {
    out.timetable.push_back({comfort, day * minutes_a_day + 420});
    out.timetable.push_back({night, day * minutes_a_day + 1350});
  }
  return out;
}

// The zone of every fifth minute of the week: what a plan means. All times in these tests are multiples of
// five.
std::vector<int> meaning(const Schedule& schedule) {
  std::vector<int> out;
  for (int minute = 0; minute < minutes_a_day * days_a_week; minute += 5) {
    const Zone* zone = zone_at(schedule, minute);
    out.push_back(zone == nullptr ? -1 : zone->id);
  }
  return out;
}

TEST(Week, ADayHasNoHolesAndGoesOnFromTheDayBefore) {
  EXPECT_EQ(spans_of_day(week(), 0),
            (std::vector<Span>{{0, 0, 420, night}, {0, 420, 1350, comfort}, {0, 1350, 1440, night}}));
  EXPECT_TRUE(spans_of_day(Schedule{}, 0).empty());
  EXPECT_TRUE(spans_of_day(week(), 7).empty());
}

TEST(Week, PaintingChangesTheseMinutesAndNoOther) {
  const auto before = meaning(week());
  const Schedule edited = painted(week(), {.day = 2, .from = 600, .to = 720, .zone = eco});
  const auto after = meaning(edited);
  for (std::size_t at = 0; at < after.size(); ++at) {
    const int minute = static_cast<int>(at) * 5;
    const bool inside = minute >= 2 * 1440 + 600 && minute < 2 * 1440 + 720;
    ASSERT_EQ(after[at], inside ? eco : before[at]) << minute;
  }
  EXPECT_EQ(edited.timetable.size(), week().timetable.size() + 2);
}

TEST(Week, PaintingWhatIsThereAlreadyChangesNothing) {
  EXPECT_EQ(painted(week(), {.day = 0, .from = 500, .to = 600, .zone = comfort}), week());
  EXPECT_EQ(painted(week(), {.day = 0, .from = 600, .to = 500, .zone = eco}), week()) << "no span";
  EXPECT_EQ(painted(week(), {.day = 9, .from = 0, .to = 10, .zone = eco}), week()) << "no day";
  EXPECT_EQ(painted(week(), {.day = 0, .from = 0, .to = 10, .zone = 99}), week()) << "no such zone";
}

TEST(Week, PaintingAndPaintingBackIsTheSameWeek) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    const int day = static_cast<int>(random() % 7), from = 5 * static_cast<int>(random() % 287);
    const int to = from + 5 + 5 * static_cast<int>(random() % (287 - from / 5));
    const Schedule before = week();
    Schedule edited = painted(before, {.day = day, .from = from, .to = to, .zone = eco});
    for (const Span& span : spans_of_day(before, day)) {
      const int begin = std::max(span.from, from), end = std::min(span.to, to);
      if (begin < end) edited = painted(edited, {.day = day, .from = begin, .to = end, .zone = span.zone});
    }
    ASSERT_EQ(meaning(edited), meaning(before)) << day << " " << from << "–" << to;
    ASSERT_EQ(edited.zones, before.zones);
  }
}

TEST(Week, TheLastMinutesOfSundayLeadIntoMonday) {
  const Schedule edited = painted(week(), {.day = 6, .from = 1380, .to = 1440, .zone = eco});
  EXPECT_EQ(zone_at(edited, 6 * 1440 + 1400)->id, eco);
  EXPECT_EQ(zone_at(edited, 0)->id, night) << "Monday 0:00 is as it was";
}

TEST(Week, ABoundaryMovesButNotOverItsNeighbours) {
  EXPECT_EQ(spans_of_day(moved_boundary(week(), 1, 420, 390), 1)[1].from, 390);
  EXPECT_EQ(spans_of_day(moved_boundary(week(), 1, 420, 1439), 1)[1].from, 1345);
  EXPECT_EQ(moved_boundary(week(), 1, 421, 300), week()) << "nothing begins there";
}

TEST(Week, WhatBeginsNoMoreLeavesTheZoneBefore) {
  const Schedule edited = removed_boundary(week(), 3, 420);
  EXPECT_EQ(spans_of_day(edited, 3), (std::vector<Span>{{3, 0, 1440, night}}));
}

TEST(Week, DaysAreCopiedWhole) {
  Schedule edited = painted(week(), {.day = 0, .from = 480, .to = 1020, .zone = eco});
  edited = copied_day(edited, 0, {2, 6, 0, 11});
  for (const int day : {2, 6}) {
    auto like = spans_of_day(edited, 0), copy = spans_of_day(edited, day);
    for (Span& span : copy) span.day = 0;
    EXPECT_EQ(copy, like) << day;
  }
  EXPECT_EQ(spans_of_day(edited, 1), spans_of_day(week(), 1));
}

TEST(Week, ZonesComeAndGoWithoutTouchingOthers) {
  const WithZone added = added_zone(week(), comfort, "Sunday");
  EXPECT_EQ(added.zone, own + 1);
  EXPECT_EQ(added.schedule.zone(added.zone)->rooms, week().zone(comfort)->rooms);
  EXPECT_EQ(renamed_zone(week(), night, "Sleep").zone(night)->name, "Sleep");
  EXPECT_FALSE(removed_zone(week(), night)) << "in use";
  EXPECT_FALSE(removed_zone(week(), eco)) << "came with the plan";
  EXPECT_FALSE(removed_zone(week(), 99));
  ASSERT_TRUE(removed_zone(week(), own));
  EXPECT_EQ(removed_zone(week(), own)->zones.size(), 3U);
}

TEST(Week, ATemperatureReplacesAnOrder) {
  const Schedule edited = with_temperature(week(), eco, AmbientId("n:1"), 15.5);
  EXPECT_EQ(edited.zone(eco)->rooms,
            (std::vector<ZoneRoom>{{.ambient = AmbientId("n:1"), .temperature = 15.5}}));
  EXPECT_EQ(with_temperature(week(), own, AmbientId("n:2"), 19).zone(own)->rooms.size(), 1U);
}

TEST(Week, TheDifferenceNamesWhatDiffersAndNothingElse) {
  EXPECT_TRUE(differences(week(), week()).empty());
  Schedule edited = painted(week(), {.day = 2, .from = 600, .to = 720, .zone = eco});
  EXPECT_EQ(differences(week(), edited), (std::vector<Difference>{{.what = Difference::What::span,
                                                                   .span = {2, 600, 720, eco},
                                                                   .zone = eco,
                                                                   .before = "Comfort",
                                                                   .after = "Eco"}}));
  edited = with_temperature(week(), night, AmbientId("n:1"), 16.5);
  ASSERT_EQ(differences(week(), edited).size(), 1U);
  EXPECT_EQ(differences(week(), edited)[0].before, "17");
  EXPECT_EQ(differences(week(), edited)[0].after, "16.5");
  edited = week();
  edited.name = "Winter";
  ASSERT_EQ(differences(week(), edited).size(), 1U);
  EXPECT_EQ(differences(week(), edited)[0].what, Difference::What::name);
}

TEST(Week, WhatCannotBeDrawnIsNamed) {
  EXPECT_TRUE(faults(week()).empty());
  EXPECT_EQ(faults(Schedule{}).size(), 2U);
  Schedule broken = week();
  broken.timetable.push_back({99, 100});
  broken.timetable.push_back({comfort, 420});
  broken.timetable.push_back({comfort, 10080});
  const auto found = faults(broken);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].what, Fault::What::unknown_zone);
  EXPECT_EQ(found[1].what, Fault::What::twice);
  EXPECT_EQ(found[2].what, Fault::What::outside);
}

}  // namespace
}  // namespace foyer::plan
