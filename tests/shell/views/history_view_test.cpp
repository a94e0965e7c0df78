// Histories as people see them: the same numbers in plot, summary, table and file.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/shell/comfort_states.hpp"
#include "tests/shell/stage.hpp"
#include "tests/shell/states.hpp"

namespace foyer::shell {
namespace {

using history::Period;
using test::Stage;

// What was put in, added up by hand between two moments.
double sum(const State& state, bool hours, Instant from, Instant to) {
  double out = 0;
  for (const history::Point& one : state.history.kept.at({test::metered, hours}).lines[0].points)
    if (one.from >= from && one.from < to) out += one.value.value_or(0);
  return out;
}

TEST(History, TheTotalIsTheSumOfTheRawValues) {
  Stage stage(test::with_history());
  const Instant midnight = test::evening() - Hours(18) - Minutes(2);
  const double today = sum(stage.state, true, midnight, midnight + Hours(24));
  const std::string shown = stage.node("history/total")->name;
  EXPECT_TRUE(shown.starts_with(number_text(today / 1000, 2) + " kWh")) << shown << " " << today;
  EXPECT_EQ(stage.node("history/title")->name, "Saturday 10 Jan");
  const std::string cost = stage.node("history/cost")->name;
  EXPECT_TRUE(cost.starts_with(number_text(std::round(today / 1000 * 0.21 * 100) / 100, 2))) << cost;
  EXPECT_TRUE(cost.contains("peak") && cost.contains("off-peak")) << cost;
}

TEST(History, ThePlotHasASummaryAndItsNumbersAsATable) {
  Stage stage(test::with_history());
  const Node* plot = stage.node("history/plot");
  ASSERT_NE(plot, nullptr);
  EXPECT_EQ(plot->role, Role::image);
  EXPECT_EQ(plot->description, stage.node("history/summary")->name);
  EXPECT_EQ(stage.node("history/rows"), nullptr);
  stage.act("history/table", Act::press);
  stage.settle();
  const auto& points = stage.state.history.kept.at({test::metered, true}).lines[0].points;
  int rows = 0;
  for (const Node& node : stage.interface.nodes()) {
    if (!node.id.starts_with("history/row/")) continue;
    ++rows;
    const int hour = std::stoi(node.id.substr(12));
    const Instant middle = test::evening() - Hours(18) - Minutes(2) + Hours(hour) + Minutes(30);
    const auto at = std::ranges::find(points, middle, &history::Point::from);
    if (at == points.end()) {
      EXPECT_TRUE(node.name.contains("not known")) << node.name;
    } else {
      const double value = *at->value;
      const std::string text =
          value >= 1000 ? number_text(value / 1000, 2) + " kWh" : number_text(value, 0) + " Wh";
      EXPECT_TRUE(node.name.contains(": " + text)) << node.name << " " << value;
    }
  }
  EXPECT_EQ(rows, 19) << "the hours of the day so far";
}

TEST(History, TheFileHoldsTheSameNumbers) {
  Stage stage(test::with_history());
  stage.act("history/csv", Act::press);
  const auto* file = stage.last_sent<intent::SaveText>();
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(file->name, "foyer-electricity-day-2026-01-10.csv");
  const auto points = stage.state.history.kept.at({test::metered, true}).lines[0].points;
  EXPECT_TRUE(file->text.contains(",value (Wh),"));
  EXPECT_TRUE(file->text.contains("2026-01-10T00:00:00Z,2026-01-10T01:00:00Z," +
                                  number_text(*points[24].value, 0) + ","))
      << file->text.substr(0, 200);
}

TEST(History, EveryPeriodHasItsStepsAndGoesBack) {
  struct Row {
    Period period;
    const char *title, *press;
  };
  for (const Row& row :
       {Row{Period::day, "Saturday 10 Jan", "history/week"},
        Row{Period::week, "5 Jan – 11 Jan", "history/month"}, Row{Period::month, "Jan 2026", "history/year"},
        Row{Period::year, "2026", "history/day"}}) {
    Stage stage(test::with_history(row.period));
    EXPECT_EQ(stage.node("history/title")->name, row.title);
    EXPECT_TRUE(stage.node("history/later")->disabled) << "nobody knows tomorrow";
    stage.act("history/earlier", Act::press);
    EXPECT_EQ(stage.last_sent<intent::ShowHistory>()->shown.back, 1);
    EXPECT_EQ(stage.last_sent<intent::ShowHistory>()->shown.period, row.period);
    stage.act(row.press, Act::press);
    EXPECT_EQ(stage.last_sent<intent::ShowHistory>()->shown.back, 0);
  }
}

TEST(History, TroubleIsToldAndWhatIsThereStays) {
  State state = test::with_history();
  state.history.trouble = "The limit of calls is reached.";
  Stage stage(state);
  EXPECT_EQ(stage.node("history/trouble")->name, "The limit of calls is reached.");
  EXPECT_NE(stage.node("history/plot"), nullptr);
}

TEST(History, WithoutValuesItSaysSo) {
  State state = test::with_history();
  state.history.shown.back = 9;
  Stage stage(state);
  EXPECT_EQ(stage.node("history/plot"), nullptr);
  EXPECT_EQ(stage.node("history/empty")->name, "Asking the cloud…");
  history::put(stage.state.history.kept[{test::metered, true}], {},
               {test::evening() - Hours(24 * 12), test::evening() - Hours(24 * 7)}, test::evening());
  stage.change();
  EXPECT_EQ(stage.node("history/empty")->name, "The cloud has no values for this time.");
  EXPECT_TRUE(stage.node("history/csv")->disabled);
}

TEST(History, ARoomShowsWhatWasMeasuredBesideWhatWasWanted) {
  Stage stage(test::with_temperatures());
  EXPECT_TRUE(stage.node("history/total")->name.contains("on average"));
  stage.act("history/table", Act::press);
  stage.settle();
  EXPECT_EQ(stage.node("history/row/7")->name, "07:00: 19.4 °C, set to 20 °C");
  EXPECT_EQ(stage.node("history/row/11")->name, "11:00: not known, set to 16 °C");
}

TEST(History, AModuleAsksNothingBeforeSomebodyWantsIt) {
  State state = test::with_temperatures();
  state.history = {};
  Stage stage(state);
  EXPECT_EQ(stage.node("history/plot"), nullptr);
  stage.act("history/show", Act::press);
  EXPECT_EQ(stage.last_sent<intent::ShowHistory>()->shown.subject, test::warmed);
}

TEST(History, AHomeWithoutOneSaysSo) {
  State state = test::pictured_home();
  state.route.view = Route::View::energy;
  Stage stage(state);
  EXPECT_NE(stage.node("energy/none"), nullptr);
  EXPECT_EQ(stage.node("history"), nullptr);
}

TEST(History, AnotherMeterIsChosen) {
  Stage stage(test::with_history());
  stage.act("energy/of", Act::press);
  stage.settle();
  stage.act("energy/of/netatmo:e#6", Act::press);
  EXPECT_EQ(stage.last_sent<intent::ShowHistory>()->shown.subject, ModuleId("netatmo:e#6"));
}

TEST(History, DrawnOnceNothingMoves) {
  Stage stage(test::with_history(Period::year));
  stage.settle();
  const auto builds = stage.interface.builds();
  for (int at = 0; at < 20; ++at) stage.frame();
  EXPECT_EQ(stage.interface.builds(), builds);
}

}  // namespace
}  // namespace foyer::shell
