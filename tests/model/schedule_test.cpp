// Which zone of a weekly schedule is in force.
#include "core/model/schedule.hpp"

#include <gtest/gtest.h>

namespace foyer {
namespace {

Schedule week() {
  return {.id = "s",
          .type = "therm",
          .timetable = {{0, 420}, {1, 1320}, {4, 9960}},
          .zones = {{.id = 0, .name = "Comfort"}, {.id = 1, .name = "Night"}, {.id = 4, .name = "Eco"}}};
}

std::string name_at(const Schedule& schedule, int minute) {
  const Zone* zone = zone_at(schedule, minute);
  return zone ? zone->name : "none";
}

TEST(ZoneAt, TheLastSlotBeforeTheMinuteCounts) {
  EXPECT_EQ(name_at(week(), 420), "Comfort");
  EXPECT_EQ(name_at(week(), 1319), "Comfort");
  EXPECT_EQ(name_at(week(), 1320), "Night");
  EXPECT_EQ(name_at(week(), 10079), "Eco");
}

TEST(ZoneAt, BeforeTheFirstSlotLastWeekGoesOn) { EXPECT_EQ(name_at(week(), 0), "Eco"); }

TEST(ZoneAt, TheOrderOfTheSlotsDoesNotCount) {
  Schedule shuffled = week();
  std::swap(shuffled.timetable[0], shuffled.timetable[2]);
  for (const int minute : {0, 420, 1320, 10079})
    EXPECT_EQ(name_at(shuffled, minute), name_at(week(), minute)) << minute;
}

TEST(ZoneAt, WithoutTimetableOrZoneThereIsNone) {
  EXPECT_EQ(name_at(Schedule{}, 5), "none");
  Schedule lost = week();
  lost.zones.clear();
  EXPECT_EQ(name_at(lost, 500), "none");
}

TEST(SelectedSchedule, IsTheSelectedOneOfTheType) {
  Schedule winter = week(), summer = week(), prices = week();
  winter.id = "winter", summer.id = "summer", prices.id = "prices";
  prices.type = "electricity";
  summer.selected = prices.selected = true;
  const std::vector<Schedule> all{winter, summer, prices};
  EXPECT_EQ(selected_schedule(all, "therm"), &all[1]);
  EXPECT_EQ(selected_schedule(all, "electricity"), &all[2]);
  EXPECT_EQ(selected_schedule(all, "cooling"), nullptr);
}

}  // namespace
}  // namespace foyer
