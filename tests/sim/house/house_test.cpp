// The houses live by themselves, equally in every run.
#include "core/sim/house/house.hpp"

#include <algorithm>

#include "tests/sim/world.hpp"

namespace foyer::sim::test {
namespace {

constexpr Ms noon = 1'795'348'800'000;  // 2026-11-22 12:00 UTC
constexpr Ms a_minute = 60'000;

double temperature_after(Chalet& house, Ms span) {
  live(house, house.lived_to + span);
  return house.thermostats[0].temperature;
}

TEST(SimHouse, the_temperature_drifts_to_the_set_point_and_the_relay_keeps_it_there) {
  Chalet house = demo_chalets()[0];
  live(house, noon);
  EXPECT_DOUBLE_EQ(house.thermostats[0].temperature, 19.4);
  Setting wanted = house.thermostats[0].setting;
  wanted.mode = "manual";
  wanted.set_point = 21;
  command(house.thermostats[0], wanted, noon, 0);
  const double early = temperature_after(house, 10 * a_minute);
  EXPECT_TRUE(house.thermostats[0].heating);
  EXPECT_GT(early, 19.5);
  EXPECT_LT(early, 20.2);
  for (int i = 0; i < 12; ++i) {
    if (const double later = temperature_after(house, 20 * a_minute); i > 3) {
      EXPECT_NEAR(later, 21, 0.4);
    }
  }
}

TEST(SimHouse, off_lets_it_cool_down_and_protection_stops_at_seven_degrees) {
  Chalet house = demo_chalets()[0];
  live(house, noon);
  Setting wanted = house.thermostats[0].setting;
  wanted.mode = "off";
  command(house.thermostats[0], wanted, noon, 0);
  EXPECT_LT(temperature_after(house, 120 * a_minute), 18);
  EXPECT_FALSE(house.thermostats[0].heating);
  wanted.mode = "protection";
  command(house.thermostats[0], wanted, house.lived_to, 0);
  house.thermostats[0].temperature = 6.5;
  EXPECT_NEAR(temperature_after(house, 180 * a_minute), 7, 0.5);
}

TEST(SimHouse, many_short_looks_and_one_long_sleep_end_alike) {
  Chalet watched = demo_chalets()[0], alone = demo_chalets()[0];
  live(watched, noon);
  live(alone, noon);
  for (int i = 0; i < 60; ++i) live(watched, watched.lived_to + a_minute);
  live(alone, noon + 60 * a_minute);
  EXPECT_DOUBLE_EQ(watched.thermostats[0].temperature, alone.thermostats[0].temperature);
}

TEST(SimHouse, a_year_of_sleep_and_a_clock_set_back_do_no_harm) {
  Chalet house = demo_chalets()[0];
  live(house, noon);
  live(house, noon + 365LL * 24 * 60 * a_minute);
  EXPECT_NEAR(house.thermostats[0].temperature, 19, 3);
  live(house, noon);
  EXPECT_EQ(house.lived_to, noon);
}

TEST(SimHouse, the_programme_has_days_and_nights) {
  Chalet house = demo_chalets()[0];
  const Thermostat& thermostat = house.thermostats[0];
  EXPECT_DOUBLE_EQ(target(thermostat, thermostat.setting, noon), 20.5);
  EXPECT_DOUBLE_EQ(target(thermostat, thermostat.setting, noon + 10 * 60 * a_minute), 18);
}

TEST(SimHouse, the_mains_meter_shows_the_sum_and_every_meter_moves) {
  Plant plant = demo_plant();
  const auto by_name = [&](std::string_view name) -> Module& {
    return *std::ranges::find(plant.modules, name, &Module::name);
  };
  const Module& mains = by_name("Mains meter");
  const int before = power(plant, mains, noon);
  EXPECT_GT(before, 2000);
  command(by_name("Water heater"), {false, 0}, noon, 0);
  EXPECT_NEAR(before - power(plant, mains, noon), 1800, 100);
  EXPECT_NE(power(plant, mains, noon), power(plant, mains, noon + a_minute));
  EXPECT_NE(power(plant, by_name("Workshop meter"), noon),
            power(plant, by_name("Workshop meter"), noon + a_minute));
}

TEST(SimHouse, every_scene_step_meets_a_module_that_can_do_it) {
  const Plant plant = demo_plant();
  EXPECT_EQ(plant.scenes.size(), 4U);
  for (const Scene& scene : plant.scenes)
    for (const SceneStep& step : scene.steps)
      EXPECT_EQ(std::ranges::count(plant.modules, step.module, &Module::id), 1) << scene.name;
}

}  // namespace
}  // namespace foyer::sim::test
