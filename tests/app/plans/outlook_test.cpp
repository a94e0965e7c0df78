// What comes next, and why: each mood of a house.
#include "core/app/plans/outlook.hpp"

#include <gtest/gtest.h>

namespace foyer::plan {
namespace {

constexpr Minutes paris(60);
// Wednesday, 14 January 2026, 18:00 in Paris.
const Instant evening = *parse_iso8601("2026-01-14T17:00:00Z");

struct House {
  Plant plant{};
  House() {
    plant.id = PlantId("netatmo:h");
    plant.ambients = {{.id = AmbientId("netatmo:r"), .name = "Living room"}};
    Module room{.id = ModuleId("netatmo:h/room/r"),
                .name = "Living room",
                .kind = Kind::thermostat,
                .device = "room"};
    room.ambient = AmbientId("netatmo:r");
    room.reach = Reach::reachable;
    plant.modules = {{.id = ModuleId("netatmo:h/heating"), .device = "heating"}, room};
    mode("automatic");
    house("automatic");
    says(Aspect::setpoint, 20.0);
    Schedule week{.id = "w", .name = "Week", .type = "therm", .selected = true};
    week.zones = {
        {.id = 0, .name = "Comfort", .rooms = {{.ambient = AmbientId("netatmo:r"), .temperature = 20}}},
        {.id = 1, .name = "Night", .rooms = {{.ambient = AmbientId("netatmo:r"), .temperature = 17}}},
        {.id = 2, .name = "Warm bath", .rooms = {{.ambient = AmbientId("netatmo:r"), .temperature = 20}}}};
    for (int day = 0; day < 7; ++day) {
      week.timetable.push_back({0, day * 1440 + 7 * 60});
      week.timetable.push_back({2, day * 1440 + 20 * 60});
      week.timetable.push_back({1, day * 1440 + 22 * 60 + 30});
    }
    plant.schedules = {week};
  }
  Module& room() { return plant.modules[1]; }
  void says(Aspect aspect, Value value) { room().set_reading({.aspect = aspect, .value = std::move(value)}); }
  void mode(const char* word) { says(Aspect::mode, std::string(word)); }
  void house(const char* word) {
    plant.modules[0].set_reading({.aspect = Aspect::mode, .value = std::string(word)});
  }
  Outlook look(Instant now = evening) const {
    return outlook(plant, plant.modules[1], now, [](Instant) { return paris; });
  }
};

TEST(Outlook, ThePlanSaysWhatComesNext) {
  const Outlook out = House().look();
  EXPECT_EQ(out.why, Why::plan);
  EXPECT_EQ(out.plan, "Week");
  EXPECT_EQ(out.zone, "Comfort");
  EXPECT_EQ(out.now.temperature, 20);
  ASSERT_TRUE(out.next);
  EXPECT_EQ(to_iso8601(out.next->at), "2026-01-14T21:30:00Z") << "a step to the same temperature is none";
  EXPECT_EQ(out.next->asks.temperature, 17);
  EXPECT_EQ(out.next->zone, "Night");
}

TEST(Outlook, AtTheEndOfTheWeekMondayComesNext) {
  const Outlook out = House().look(*parse_iso8601("2026-01-18T22:00:00Z"));  // Sunday 23:00
  ASSERT_TRUE(out.next);
  EXPECT_EQ(to_iso8601(out.next->at), "2026-01-19T06:00:00Z");
}

TEST(Outlook, AStepOfTheClockIsCounted) {
  House house;
  // Saturday, 28 March 2026, 23:00 in Paris; the clock goes on by an hour in the night.
  const Instant night = *parse_iso8601("2026-03-28T22:00:00Z"),
                summer = *parse_iso8601("2026-03-29T01:00:00Z");
  const auto out =
      outlook(house.plant, house.room(), night, [&](Instant at) { return Minutes(at < summer ? 60 : 120); });
  ASSERT_TRUE(out.next);
  EXPECT_EQ(to_iso8601(out.next->at), "2026-03-29T05:00:00Z") << "7:00 of the new time";
}

TEST(Outlook, AnOverrideEndsAndThePlanGoesOn) {
  House house;
  house.mode("manual");
  house.says(Aspect::setpoint, 22.0);
  house.room().mode_until = *parse_iso8601("2026-01-14T22:00:00Z");
  const Outlook out = house.look();
  EXPECT_EQ(out.why, Why::by_hand);
  EXPECT_EQ(out.until, house.room().mode_until);
  ASSERT_TRUE(out.next);
  EXPECT_EQ(out.next->asks.temperature, 17) << "what the plan says at that time, not now";
  EXPECT_FALSE(out.next->of_plan);
}

TEST(Outlook, WithoutAnEndItStays) {
  House house;
  house.mode("manual");
  EXPECT_EQ(house.look().why, Why::by_hand);
  EXPECT_FALSE(house.look().next);
}

TEST(Outlook, AnEndThatIsPastIsNoEnd) {
  House house;
  house.mode("manual");
  house.room().mode_until = evening - Hours(1);
  EXPECT_FALSE(house.look().until);
  EXPECT_FALSE(house.look().next);
}

TEST(Outlook, EachMoodHasItsReason) {
  struct Mood {
    const char *room, *house;
    Why why;
  };
  for (const Mood& mood :
       {Mood{"off", "automatic", Why::off}, Mood{"protection", "automatic", Why::frost_guard},
        Mood{"max", "automatic", Why::boost}, Mood{"boost", "automatic", Why::boost},
        Mood{"away", "automatic", Why::away}, Mood{"automatic", "away", Why::house_away},
        Mood{"automatic", "protection", Why::house_frost_guard}, Mood{"automatic", "off", Why::house_off},
        Mood{"manual", "away", Why::by_hand}, Mood{"something new", "automatic", Why::unknown}}) {
    House house;
    house.mode(mood.room);
    house.house(mood.house);
    EXPECT_EQ(house.look().why, mood.why) << mood.room << ", " << mood.house;
  }
}

TEST(Outlook, TheHouseIsAwayUntilADay) {
  House house;
  house.house("away");
  house.plant.modules[0].mode_until = *parse_iso8601("2026-01-18T17:00:00Z");
  const Outlook out = house.look();
  ASSERT_TRUE(out.next);
  EXPECT_EQ(out.next->at, house.plant.modules[0].mode_until);
  EXPECT_EQ(out.next->asks.temperature, 20);
}

TEST(Outlook, AnOpenWindowAndSilenceSayTheirName) {
  House house;
  house.says(Aspect::open_window, true);
  EXPECT_EQ(house.look().why, Why::window);
  EXPECT_TRUE(house.look().next) << "the plan goes on all the same";
  house.room().reach = Reach::unreachable;
  EXPECT_EQ(house.look().why, Why::offline);
  EXPECT_FALSE(house.look().next);
}

TEST(Outlook, NothingIsGuessed) {
  House house;
  house.room().readings.clear();
  EXPECT_EQ(house.look().why, Why::unknown);
  House without;
  without.plant.schedules.clear();
  EXPECT_EQ(without.look().why, Why::unknown);
  without.says(Aspect::program, std::string("2"));
  EXPECT_EQ(without.look().why, Why::programme);
  House other;  // the plan says nothing of this room
  for (Zone& zone : other.plant.schedules[0].zones) zone.rooms.clear();
  EXPECT_EQ(other.look().why, Why::plan);
  EXPECT_FALSE(other.look().next);
}

TEST(Outlook, AHomeThatCoolsFollowsItsCoolingPlan) {
  House house;
  Schedule summer = house.plant.schedules[0];
  summer.type = "cooling";
  summer.name = "Summer";
  house.plant.schedules.push_back(summer);
  house.says(Aspect::function, std::string("cooling"));
  EXPECT_EQ(house.look().plan, "Summer");
  house.says(Aspect::function, std::string("heating"));
  EXPECT_EQ(house.look().plan, "Week") << "this room heats all the same";
}

TEST(Outlook, ARoomThatDoesNotSayWhatItDoesFollowsTheHome) {
  House house;
  for (const char* type : {"cooling", "auto"}) {
    Schedule one = house.plant.schedules[0];
    one.name = one.type = type;
    house.plant.schedules.push_back(one);
  }
  for (const auto& [function, plan] :
       {std::pair{"cooling", "cooling"}, {"auto", "auto"}, {"automatic", "auto"}}) {
    house.plant.modules[0].set_reading({.aspect = Aspect::function, .value = std::string(function)});
    EXPECT_EQ(house.look().plan, plan) << "as it is commanded";
    house.says(Aspect::function, std::string(function));
    EXPECT_EQ(house.look().plan, plan);
    std::erase_if(house.room().readings, [](const Reading& one) { return one.aspect == Aspect::function; });
  }
}

}  // namespace
}  // namespace foyer::plan
