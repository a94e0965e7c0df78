// Histories as they are drawn: whole local periods, holes that stay holes, scales that people read.
#include "core/app/history/series.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace foyer::history {
namespace {

Instant at(const char* text) { return *parse_iso8601(text); }

// Central European time of 2026: summer from 29 March to 25 October, 1:00 UTC.
Minutes paris(Instant when) {
  return Minutes(when >= at("2026-03-29T01:00:00Z") && when < at("2026-10-25T01:00:00Z") ? 120 : 60);
}

std::string shown(const Stretch& stretch) { return to_iso8601(stretch.from) + " " + to_iso8601(stretch.to); }

TEST(HistoryPeriod, BeginsAtLocalMidnightAndWeeksOnMonday) {
  const Instant now = at("2026-11-26T23:30:00Z");  // Friday, 0:30 in Paris
  EXPECT_EQ(shown(stretch(Period::day, now, paris)), "2026-11-26T23:00:00Z 2026-11-27T23:00:00Z");
  EXPECT_EQ(shown(stretch(Period::week, now, paris)), "2026-11-22T23:00:00Z 2026-11-29T23:00:00Z");
  EXPECT_EQ(shown(stretch(Period::month, now, paris)), "2026-10-31T23:00:00Z 2026-11-30T23:00:00Z");
  EXPECT_EQ(shown(stretch(Period::year, now, paris)), "2025-12-31T23:00:00Z 2026-12-31T23:00:00Z");
}

TEST(HistoryPeriod, GoesBackAndOn) {
  const Stretch month = stretch(Period::month, at("2026-03-31T10:00:00Z"), paris);
  EXPECT_EQ(shown(shifted(month, Period::month, -1, paris)), "2026-01-31T23:00:00Z 2026-02-28T23:00:00Z");
  EXPECT_EQ(shown(shifted(month, Period::month, 1, paris)), "2026-03-31T22:00:00Z 2026-04-30T22:00:00Z");
  const Stretch week = stretch(Period::week, at("2026-01-01T10:00:00Z"), paris);
  EXPECT_EQ(shown(week), "2025-12-28T23:00:00Z 2026-01-04T23:00:00Z");
  EXPECT_EQ(shifted(shifted(week, Period::week, -1, paris), Period::week, 1, paris), week);
  EXPECT_EQ(shown(shifted(stretch(Period::year, at("2026-05-05T00:00:00Z"), paris), Period::year, -1, paris)),
            "2024-12-31T23:00:00Z 2025-12-31T23:00:00Z");
}

TEST(HistoryPeriod, ADayHas23Or25HoursWhenTheClockIsChanged) {
  for (const auto& [day, hours] : {std::pair{"2026-03-29T10:00:00Z", 23U},
                                   {"2026-10-25T10:00:00Z", 25U},
                                   {"2026-07-01T10:00:00Z", 24U}}) {
    const Stretch one = stretch(Period::day, at(day), paris);
    EXPECT_EQ(steps(Period::day, one, paris).size(), hours + 1) << day;
  }
  EXPECT_EQ(steps(Period::month, stretch(Period::month, at("2026-03-10T10:00:00Z"), paris), paris).size(),
            32U);
  EXPECT_EQ(steps(Period::year, stretch(Period::year, at("2026-03-10T10:00:00Z"), paris), paris).size(), 13U);
}

TEST(HistorySeries, EveryPeriodHasADayAtItsPlace) {
  // Each day of the year is in one step of its month, and the steps follow each other without a gap.
  Instant day = at("2025-12-31T23:00:00Z");
  while (day < at("2026-12-31T23:00:00Z")) {
    const Stretch one = stretch(Period::day, day, paris), month = stretch(Period::month, day, paris);
    ASSERT_EQ(one.from, day);
    const auto marks = steps(Period::month, month, paris);
    ASSERT_NE(std::find(marks.begin(), marks.end(), day), marks.end()) << to_iso8601(day);
    day = one.to;
  }
}

Series day_of(const std::vector<Point>& points, Quantity quantity = Quantity::electricity) {
  return binned(points, quantity, Period::day, stretch(Period::day, at("2026-11-26T10:00:00Z"), paris),
                paris);
}

TEST(HistorySeries, AddsUpWithinAStepAndLeavesHoles) {
  const Series used = day_of({{at("2026-11-26T08:30:00Z"), 50, 0.01},
                              {at("2026-11-26T08:00:00Z"), 100, 0.02},
                              {at("2026-11-26T10:00:00Z"), 0, {}},
                              {at("2026-11-26T11:00:00Z"), {}, {}},
                              {at("2026-11-25T11:00:00Z"), 999, {}}});
  ASSERT_EQ(used.bars.size(), 24U);
  EXPECT_EQ(used.bars[9].value, 150) << "9:00 in Paris";
  EXPECT_DOUBLE_EQ(*used.bars[9].cost, 0.03);
  EXPECT_EQ(used.bars[10].value, std::nullopt);
  EXPECT_EQ(used.bars[11].value, 0);
  EXPECT_EQ(used.bars[12].value, std::nullopt);
  EXPECT_EQ(total(used), 150);
  EXPECT_DOUBLE_EQ(*total_cost(used), 0.03);
  EXPECT_EQ(peak(used), &used.bars[9]);
}

TEST(HistorySeries, TheSameInstantTwiceCountsOnce) {
  const Series used = day_of({{at("2026-11-26T08:00:00Z"), 70, {}}, {at("2026-11-26T08:00:00Z"), 100, {}}});
  EXPECT_EQ(total(used), 100);
}

TEST(HistorySeries, TemperaturesAreAveraged) {
  const Series warm = day_of({{at("2026-11-26T08:00:00Z"), 19, {}},
                              {at("2026-11-26T08:30:00Z"), 21, {}},
                              {at("2026-11-26T09:00:00Z"), 22, {}}},
                             Quantity::temperature);
  EXPECT_EQ(warm.bars[9].value, 20);
  EXPECT_EQ(total(warm), 21);
  EXPECT_FALSE(change(warm, warm));
}

TEST(HistorySeries, NothingIsKnownOfNothing) {
  const Series none = day_of({});
  EXPECT_FALSE(total(none));
  EXPECT_FALSE(total_cost(none));
  EXPECT_EQ(peak(none), nullptr);
  EXPECT_EQ(axis(none), Axis{});
  EXPECT_FALSE(change(none, none));
}

TEST(HistorySeries, ComparesOnlyWhatBothKnow) {
  const Series today = day_of({{at("2026-11-26T08:00:00Z"), 120, {}}, {at("2026-11-26T09:00:00Z"), 500, {}}});
  const Series before =
      day_of({{at("2026-11-26T08:00:00Z"), 100, {}}, {at("2026-11-26T15:00:00Z"), 900, {}}});
  EXPECT_NEAR(*change(today, before), 0.2, 1e-9);
}

TEST(HistoryAxis, IsReadable) {
  const auto axis_of = [](std::vector<double> values, Quantity quantity) {
    std::vector<Point> points;
    Instant when = at("2026-11-26T08:00:00Z");
    for (const double value : values) points.push_back({when, value, {}}), when += Hours(1);
    return axis(day_of(points, quantity));
  };
  EXPECT_EQ(axis_of({1830, 20}, Quantity::electricity), (Axis{0, 2000, 500}));
  EXPECT_EQ(axis_of({-400, 900}, Quantity::electricity), (Axis{-500, 1000, 500}));
  EXPECT_EQ(axis_of({0, 0}, Quantity::electricity), (Axis{0, 1, 0.5}));
  EXPECT_EQ(axis_of({18.2, 21.4}, Quantity::temperature), (Axis{18, 22, 1}));
  for (const double most : {0.003, 7.0, 99.0, 100.0, 101.0, 123456.0}) {
    const Axis scale = axis_of({most}, Quantity::gas);
    const double ticks = (scale.most - scale.least) / scale.step;
    EXPECT_GE(scale.most, most);
    EXPECT_GE(ticks, 1.99) << most;
    EXPECT_LE(ticks, 6.01) << most;
  }
}

TEST(HistoryCsv, HasALineForEachStepAndNothingForHoles) {
  const std::string text = csv(day_of({{at("2026-11-26T08:00:00Z"), 150, 0.5}}), "Wh");
  EXPECT_TRUE(text.starts_with("from,to,value (Wh),cost\r\n2026-11-25T23:00:00Z,2026-11-26T00:00:00Z,,\r\n"));
  EXPECT_TRUE(text.contains("\r\n2026-11-26T08:00:00Z,2026-11-26T09:00:00Z,150,0.5\r\n"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 25);
}

TEST(HistoryWords, AreReadBack) {
  for (const Period one : {Period::day, Period::week, Period::month, Period::year})
    EXPECT_EQ(period_from(to_string(one)), one);
  EXPECT_FALSE(period_from("decade"));
  EXPECT_EQ(unit_text(Quantity::gas), "dm³");
}

}  // namespace
}  // namespace foyer::history
