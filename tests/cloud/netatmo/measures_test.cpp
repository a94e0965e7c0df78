// History of Netatmo Connect: segments, gaps, nulls, the mid-step rule, both shapes.
#include "core/cloud/netatmo/measures.hpp"

#include <gtest/gtest.h>

#include "tests/support/data.hpp"

namespace foyer {
namespace {

using netatmo::MeasureQuery;
using netatmo::read_measures;

Instant at(long long unix_seconds) { return instant_from_ms(unix_seconds * 1000); }

Result<netatmo::MeasureSeries> read(std::string_view body, std::vector<std::string> types = {"temperature"},
                                    std::string scale = "1hour", bool real_time = false) {
  return read_measures(body, {std::move(types), std::move(scale), real_time});
}

TEST(NetatmoMeasures, RowsCoverTheStepAroundTheirStamp) {
  const auto series =
      read(R"({"body":[{"beg_time":1710459900,"step_time":1800,"value":[[20.5],[null],["21"]]}]})");
  ASSERT_TRUE(series);
  ASSERT_EQ(series->rows.size(), 3u);
  EXPECT_EQ(series->rows[0], (netatmo::MeasureRow{at(1710459000), Seconds(1800)}));
  EXPECT_EQ(series->rows[2].from, at(1710459000 + 3600));
  EXPECT_EQ(series->value(0, 0), 20.5);
  EXPECT_EQ(series->value(1, 0), std::nullopt);
  EXPECT_EQ(series->value(2, 0), 21.0);
  EXPECT_EQ(series->segments, std::vector<std::size_t>{0});
  EXPECT_TRUE(series->complaints.empty());
}

TEST(NetatmoMeasures, InRealTimeTheStampIsTheBegin) {
  const auto series = read(R"({"body":[{"beg_time":1710459000,"step_time":1800,"value":[[1],[2]]}]})",
                           {"temperature"}, "30min", true);
  EXPECT_EQ(series->rows[0].from, at(1710459000));
  EXPECT_EQ(series->rows[1].from, at(1710460800));
}

TEST(NetatmoMeasures, ASingleRowHasTheStepOfTheScaleThatWasAskedFor) {
  const auto day = read(R"({"body":[{"beg_time":1710459000,"value":[[1]]}]})", {"max_temp"}, "1day");
  EXPECT_EQ(day->rows[0], (netatmo::MeasureRow{at(1710459000 - 43200), Seconds(86400)}));
  const auto month = read(R"({"body":[{"beg_time":1710459000,"value":[[1]]}]})", {"max_temp"}, "1month");
  EXPECT_EQ(month->rows[0], (netatmo::MeasureRow{at(1710459000), Seconds(0)}));
  const auto months = read(R"({"body":[{"beg_time":1710459000,"value":[[1],[2]]}]})", {"max_temp"}, "1month");
  EXPECT_EQ(months->complaints, std::vector<std::string>{"body[0].step_time: expected seconds"});
}

TEST(NetatmoMeasures, UnoptimizedAnswersAreObjectsOfStamps) {
  const auto series = read(R"({"body":{"1710466200":[3,30],"1710459000":[1,null],"1710462600":[2,20]}})",
                           {"boileron", "boileroff"}, "1hour");
  ASSERT_TRUE(series);
  ASSERT_EQ(series->rows.size(), 3u);
  EXPECT_EQ(series->rows[0].from, at(1710459000 - 1800));
  EXPECT_EQ(series->value(0, 0), 1.0);
  EXPECT_EQ(series->value(0, 1), std::nullopt);
  EXPECT_EQ(series->value(2, 1), 30.0);
  EXPECT_EQ(series->segments, std::vector<std::size_t>{0});
  const auto gap = read(R"({"body":{"1710459000":[1],"1710480000":[2]}})");
  EXPECT_EQ(gap->segments, (std::vector<std::size_t>{0, 1}));
}

TEST(NetatmoMeasures, TheLargestUnoptimizedAnswerIsRead) {
  std::string body = R"({"body":{)";
  for (int row = 0; row < 1024; ++row)
    body +=
        (row ? ",\"" : "\"") + std::to_string(1710459000 + row * 3600) + "\":[" + std::to_string(row) + "]";
  const auto series = read(body + "}}");
  ASSERT_TRUE(series) << series.error().message;
  EXPECT_EQ(series->rows.size(), 1024u);
  EXPECT_EQ(series->segments.size(), 1u);
  EXPECT_EQ(series->value(1023, 0), 1023.0);
}

TEST(NetatmoMeasures, ColumnsTellUnitAndTariff) {
  struct Wanted {
    const char* type;
    std::string_view unit, tariff;
    bool price;
  };
  for (const Wanted& one : {Wanted{"sum_energy_buy_from_grid$0", "Wh", "basic", false},
                            {"sum_energy_buy_from_grid$1", "Wh", "peak", false},
                            {"sum_energy_buy_from_grid$2", "Wh", "off_peak", false},
                            {"sum_energy_buy_from_grid", "Wh", "", false},
                            {"sum_energy_elec$2", "Wh", "off_peak", false},
                            {"sum_energy_buy_from_grid_price$1", "", "peak", true},
                            {"sum_energy_price$0", "", "basic", true},
                            {"temperature", "°C", "", false},
                            {"sp_temperature", "°C", "", false},
                            {"date_max_temp", "s", "", false},
                            {"sum_boiler_on", "min", "", false},
                            {"noise", "", "", false},
                            {"x$7", "", "", false}}) {
    const auto column = netatmo::measure_column(one.type);
    EXPECT_EQ(column.unit, one.unit) << one.type;
    EXPECT_EQ(column.tariff, one.tariff) << one.type;
    EXPECT_EQ(column.price, one.price) << one.type;
  }
}

TEST(NetatmoMeasures, WhatDoesNotFitIsNamedAndTheRestStays) {
  const auto series =
      read(R"({"body":[7,{"beg_time":"x","value":[[1]]},{"beg_time":1710459000,"step_time":-1,"value":[[1]]},
      {"beg_time":1710459000,"step_time":3600,"value":[["warm"],[1,2],3,[],{"a":1},null]},{"beg_time":1,"step_time":1}]})");
  ASSERT_TRUE(series);
  EXPECT_EQ(series->complaints,
            (std::vector<std::string>{
                "body[0].beg_time: expected a time", "body[1].beg_time: expected a time",
                "body[2].step_time: expected seconds", "body[3].value[0][0]: expected a number",
                "body[3].value[1][1]: was not asked for", "body[3].value[4]: expected a number",
                "body[4].value: expected a list"}));
  EXPECT_EQ(series->rows.size(), 6u) << "two tell of the same hour";
  EXPECT_EQ(series->values.size(), 6u);
  EXPECT_EQ(series->value(0, 0), 1.0);
  EXPECT_EQ(series->value(1, 0), 1.0);
  EXPECT_EQ(series->value(2, 0), 3.0);
}

TEST(NetatmoMeasures, TimesThatReachTooFarEndTheSegment) {
  const auto series = read(R"({"body":[{"beg_time":253402300000,"step_time":1000,"value":[[1],[2],[3]]},
      {"beg_time":99999999999999,"value":[[1]]}]})");
  EXPECT_EQ(series->rows.size(), 1u);
  EXPECT_EQ(series->complaints.size(), 2u);
}

TEST(NetatmoMeasures, NoBodyIsNoHistory) {
  for (const char* body :
       {"", "[]", "{}", R"({"body":null})", R"({"body":"x"})", R"({"error":{"code":2}})", "{\"body\":["}) {
    const auto series = read(body);
    ASSERT_FALSE(series) << body;
    EXPECT_EQ(series.error().kind, ErrorKind::malformed);
  }
  EXPECT_TRUE(read(R"({"body":[]})")->rows.empty());
  EXPECT_TRUE(read(R"({"body":{}})")->rows.empty());
}

TEST(NetatmoMeasureFixtures, FourTypesWithNulls) {
  FIXTURE(body, "netatmo/measure/getmeasure_nlpc_1hour_four_types.json");
  const auto series = read(*body, {"sum_energy_buy_from_grid", "sum_energy_buy_from_grid$0",
                                   "sum_energy_buy_from_grid$1", "sum_energy_buy_from_grid$2"});
  ASSERT_TRUE(series);
  EXPECT_TRUE(series->complaints.empty());
  ASSERT_EQ(series->rows.size(), 168u);
  EXPECT_EQ(series->segments.size(), 1u);
  EXPECT_EQ(series->rows[0].from, at(1644049789 - 1800));
  EXPECT_EQ(series->value(0, 0), std::nullopt);
  EXPECT_EQ(series->value(0, 1), 197.0);
  EXPECT_EQ(series->value(9, 1), 229.0);
  double sum = 0;
  for (std::size_t row = 0; row < 168; ++row) {
    EXPECT_FALSE(series->value(row, 2));
    EXPECT_FALSE(series->value(row, 3));
    sum += series->value(row, 1).value_or(0);
  }
  EXPECT_EQ(sum, 45318.0);
}

TEST(NetatmoMeasureFixtures, OneTypeOfTheOlderName) {
  FIXTURE(body, "netatmo/measure/getmeasure_nlpc_sum_energy_elec_0.json");
  const auto series = read(*body, {"sum_energy_elec$0"});
  ASSERT_EQ(series->rows.size(), 168u);
  EXPECT_EQ(series->value(0, 0), 197.0);
  EXPECT_EQ(series->columns[0].unit, "Wh");
}

TEST(NetatmoMeasureFixtures, TwoSegmentsWithAGapBetween) {
  FIXTURE(body, "netatmo/measure/getmeasure_sum_energy_elec_1_short.json");
  const auto series = read(*body, {"sum_energy_elec$1"}, "30min");
  ASSERT_EQ(series->rows.size(), 16u);
  EXPECT_EQ(series->segments, (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(series->rows[1].from + Seconds(1800), at(1710459891 + 3600 - 900));
  EXPECT_EQ(series->rows[2].from, at(1710465291 - 900));
  EXPECT_EQ(series->value(3, 0), 222.0);
}

TEST(NetatmoMeasureFixtures, PeakTariff) {
  FIXTURE(body, "netatmo/measure/getmeasure_sum_energy_buy_from_grid_1.json");
  const auto series = read(*body, {"sum_energy_buy_from_grid$1"}, "30min");
  ASSERT_TRUE(series);
  EXPECT_TRUE(series->complaints.empty());
  EXPECT_GT(series->segments.size(), 1u);
  EXPECT_EQ(series->rows[4].from, at(1709459700 - 900));
  EXPECT_EQ(series->value(4, 0), 526.0);
  EXPECT_EQ(series->columns[0].tariff, "peak");
}

}  // namespace
}  // namespace foyer
