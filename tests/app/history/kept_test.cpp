// What is kept of histories, and what of it has to be asked.
#include "core/app/history/kept.hpp"

#include <gtest/gtest.h>

#include "core/app/history/historian.hpp"

namespace foyer::history {
namespace {

Instant at(const char* text) { return *parse_iso8601(text); }
Minutes utc(Instant) { return Minutes(0); }

const Stretch day{at("2026-11-25T00:00:00Z"), at("2026-11-26T00:00:00Z")};
const Stretch next{at("2026-11-26T00:00:00Z"), at("2026-11-27T00:00:00Z")};

std::vector<Line> hours_of(const Stretch& stretch, double value) {
  Line out;
  for (Instant when = stretch.from; when < stretch.to; when += Hours(1))
    out.points.push_back({when + Minutes(30), value, {}});
  return {out};
}

TEST(Kept, NothingKeptIsAllMissing) {
  EXPECT_EQ(missing_from(nullptr, day, true, at("2026-11-26T12:00:00Z")), day.from);
  EXPECT_EQ(missing_from(nullptr, next, true, day.from), std::nullopt) << "not begun yet";
}

TEST(Kept, WhatIsOverIsNeverAskedAgain) {
  Kept kept;
  put(kept, hours_of(day, 10), day, at("2026-11-26T03:00:00Z"));
  EXPECT_EQ(missing_from(&kept, day, true, at("2027-03-01T00:00:00Z")), std::nullopt);
}

TEST(Kept, ThePresentIsAskedAfterAQuarterOfAnHourFromItsLastSettledHour) {
  Kept kept;
  const Instant read = at("2026-11-26T12:10:00Z");
  put(kept, hours_of(next, 10), next, read);
  EXPECT_EQ(missing_from(&kept, next, true, read + Minutes(14)), std::nullopt);
  EXPECT_EQ(missing_from(&kept, next, true, read + Minutes(16)), read - Hours(2));
}

TEST(Kept, StretchesThatMeetAreOne) {
  Kept kept;
  const Instant late = at("2026-12-01T00:00:00Z");
  put(kept, hours_of(day, 10), day, late);
  EXPECT_EQ(missing_from(&kept, {day.from, next.to}, true, late), next.from);
  put(kept, hours_of(next, 20), next, late);
  EXPECT_EQ(missing_from(&kept, {day.from, next.to}, true, late + Hours(9)), std::nullopt);
}

TEST(Kept, ANewerReadReplacesWhatLiesInItsStretchAlone) {
  Kept kept;
  put(kept, hours_of({day.from, next.to}, 10), {day.from, next.to}, next.to);
  put(kept, hours_of(next, 20), next, next.to);
  EXPECT_EQ(total(series_of(&kept, Quantity::electricity, "", Period::day, day, utc)), 240);
  EXPECT_EQ(total(series_of(&kept, Quantity::electricity, "", Period::day, next, utc)), 480);
}

TEST(Kept, TenThousandPointsAreDrawnInTheirSteps) {
  Kept kept;
  Line all;
  for (int i = 0; i < 10'000; ++i) all.points.push_back({day.from + Minutes(i) * 50, 1.0, {}});
  const Stretch year = stretch(Period::year, day.from, utc);
  put(kept, {all}, {year.from, year.to + Hours(9000)}, year.to);
  const Series series = series_of(&kept, Quantity::electricity, "", Period::year, year, utc);
  EXPECT_EQ(series.bars.size(), 12U);
  EXPECT_EQ(total(series), static_cast<double>((year.to - day.from + Minutes(49)) / Minutes(50)));
}

Module meter(const char* id, const char* device) {
  return {.id = ModuleId(id), .kind = Kind::energy_meter, .device = device};
}

TEST(Kept, TheTotalOfAnEcometerComesFirstAndChannelsOfUnknownUnitsHaveNoHistory) {
  Plant plant{.id = PlantId("netatmo:p")};
  plant.modules = {meter("netatmo:e#0", "NLE"), meter("netatmo:e#5", "NLE"), meter("netatmo:e#6", "NLE"),
                   meter("hc:m", "meter")};
  plant.modules[2].appliance = "heat";
  EXPECT_EQ(subject_of(plant, {})->id, ModuleId("netatmo:e#5"));
  EXPECT_EQ(meters_of(plant).size(), 2U);
  EXPECT_TRUE(quantities_of(plant.modules[2]).empty());
  EXPECT_TRUE(quantities_of(plant.modules[3]).empty()) << "no public address";
  EXPECT_EQ(subject_of(Plant{}, {}), nullptr);
}

TEST(Lines, TariffsAreAddedUpWithTheirPrices) {
  Plant plant{.id = PlantId("netatmo:p")};
  Schedule contract{.type = "electricity", .selected = true};
  contract.zones = {{.id = 0, .price = 0.27, .price_type = "peak"},
                    {.id = 1, .price = 0.2, .price_type = "off_peak"}};
  plant.schedules = {contract};
  const auto series = netatmo::read_measures(
      R"({"body":[{"beg_time":1764115200,"step_time":3600,"value":[[null,1000,null],[null,null,500],[0,200,100]]}]})",
      {.types = {"sum_energy_elec$0", "sum_energy_elec$1", "sum_energy_elec$2"}, .scale = "1hour"});
  ASSERT_TRUE(series);
  const auto lines = lines_of(*series, plant, meter("netatmo:e#5", "NLE"));
  ASSERT_EQ(lines.size(), 4U) << "all, and the three that told something";
  ASSERT_EQ(lines[0].points.size(), 3U);
  EXPECT_EQ(lines[0].points[0].value, 1000);
  EXPECT_NEAR(lines[0].points[0].cost.value_or(0), 0.27, 1e-9);
  EXPECT_NEAR(lines[0].points[1].cost.value_or(0), 0.10, 1e-9);
  EXPECT_EQ(lines[0].points[2].value, 300);
  EXPECT_NEAR(lines[0].points[2].cost.value_or(0), 0.054 + 0.02, 1e-9);
  EXPECT_EQ(lines[1].tariff, "basic");
  plant.schedules[0].zones.pop_back();
  const auto unpriced = lines_of(*series, plant, meter("netatmo:e#5", "NLE"));
  EXPECT_FALSE(unpriced[0].points[1].cost) << "half a price is no price";
  plant.schedules.clear();
  EXPECT_FALSE(lines_of(*series, plant, meter("netatmo:e#5", "NLE"))[0].points[0].cost);
}

TEST(Lines, NothingIsMadeOfNothing) {
  const auto series =
      netatmo::read_measures(R"({"body":[]})", {.types = {"sum_fluid_consumption$0"}, .scale = "1day"});
  ASSERT_TRUE(series);
  const auto lines = lines_of(*series, Plant{}, meter("netatmo:e#6", "NLE"));
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_TRUE(lines[0].points.empty());
}

// A stretch in which only one tariff counted replaces the points of that one; the other has none there.
TEST(Kept, ThePartsOfTheTariffsAlwaysAddUpToAll) {
  const auto told = [](const Stretch& of, std::vector<const char*> tariffs) {
    std::vector<Line> out = hours_of(of, static_cast<double>(tariffs.size()));
    for (const char* tariff : tariffs) {
      out.push_back(hours_of(of, 1).front());
      out.back().tariff = tariff;
    }
    return out;
  };
  Kept kept;
  put(kept, told(day, {"peak", "off_peak"}), day, next.to);
  put(kept, told({day.from, day.from + Hours(6)}, {"off_peak"}), {day.from, day.from + Hours(6)}, next.to);
  ASSERT_EQ(tariffs_of(kept).size(), 2U);
  double parts = 0;
  for (const std::string& tariff : tariffs_of(kept))
    parts += total(series_of(&kept, Quantity::electricity, tariff, Period::day, day, utc)).value_or(0);
  EXPECT_EQ(parts, total(series_of(&kept, Quantity::electricity, "", Period::day, day, utc)));
  EXPECT_EQ(parts, 6 * 1 + 18 * 2);
}

TEST(Kept, OneTariffAloneIsNoPart) {
  Plant plant{.id = PlantId("netatmo:p")};
  plant.modules = {{.id = ModuleId("netatmo:m"), .kind = Kind::energy_meter, .device = "NLPC"}};
  netatmo::MeasureSeries series;
  series.columns = {netatmo::measure_column("sum_energy_elec$0"),
                    netatmo::measure_column("sum_energy_elec$1")};
  series.rows = {{day.from, Hours(1)}};
  series.values = {std::nullopt, 5.0};
  Kept kept;
  put(kept, lines_of(series, plant, plant.modules[0]), day, next.to);
  EXPECT_EQ(kept.lines.size(), 2U) << "all, and the part that another stretch may add to";
  EXPECT_TRUE(tariffs_of(kept).empty());
}

}  // namespace
}  // namespace foyer::history
