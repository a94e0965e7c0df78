// Histories against the simulated cloud: what is drawn is what the cloud told, and every value is asked once.
#include <algorithm>
#include <cmath>

#include "core/app/history/historian.hpp"
#include "core/base/json.hpp"
#include "tests/journey/netatmo.hpp"

namespace foyer::test {
namespace {

using history::Period;

class HistoryJourney : public NetatmoJourney {
 protected:
  HistoryJourney() { sign_in_to_netatmo(); }
  void open_energy() {
    app->dispatch(intent::Go{{.view = Route::View::energy, .plant = belle}});
    wait(Seconds(2));
  }
  void show(Period period, int back = 0, ModuleId subject = {}) {
    app->dispatch(intent::ShowHistory{{.subject = std::move(subject), .period = period, .back = back}});
    wait(Seconds(2));
  }
  int asked() const { return calls("GET", "measure"); }
  UtcOffset utc_offset() const {
    return [this](Instant at) { return memory.time.utc_offset(at); };
  }
  const Module& meter() const { return *history::subject_of(home(), state().history.shown); }
  history::Stretch on_show() const {
    return history::stretch_of(state().history.shown, memory.time.now(), utc_offset());
  }
  history::Series drawn(history::Quantity quantity = history::Quantity::electricity) const {
    const Period period = state().history.shown.period;
    const auto at = state().history.kept.find(history::key_of(meter().id, period));
    return history::series_of(at == state().history.kept.end() ? nullptr : &at->second, quantity, "", period,
                              on_show(), utc_offset());
  }
  // The raw answer to the same question, added up without any of the client's reading.
  double raw_sum(bool hours) {
    const history::Stretch of = on_show();
    auto question = history::question(home(), meter(), of, hours);
    EXPECT_TRUE(question);
    double sum = 0;
    const double from = static_cast<double>(to_ms(of.from)) / 1000,
                 to = static_cast<double>(to_ms(of.to)) / 1000;
    Task<void> task = [](Controller& controller, Call call, double from, double to,
                         double& out) -> Task<void> {
      const CallResult answer = co_await controller.call("netatmo", std::move(call));
      EXPECT_TRUE(answer);
      if (!answer) co_return;
      const auto json = parse_json(answer->body);
      for (const Json& segment : (*json)["body"]) {
        double at = segment["beg_time"].get<double>();
        for (const Json& row : segment["value"]) {
          for (const Json& value : row)
            if (value.is_number() && at >= from && at < to) out += value.get<double>();
          at += segment.contains("step_time") ? segment["step_time"].get<double>() : 0;
        }
      }
    }(*app, question->forms.front(), from, to, sum);
    scope_.spawn(std::move(task));
    wait(Seconds(2));
    EXPECT_GT(sum, 0);
    return sum;
  }
  TaskScope scope_{};
};

TEST_F(HistoryJourney, WhoSignsOutTakesTheirHistoriesAlong) {
  open_energy();
  ASSERT_FALSE(state().history.kept.empty());
  memory.http.latency = Seconds(2);
  app->dispatch(intent::ShowHistory{{.period = Period::week, .back = 3}});
  wait(Seconds(1));
  app->dispatch(intent::SignOut{"netatmo"});
  wait(Seconds(30));
  EXPECT_TRUE(state().history.kept.empty());
  EXPECT_FALSE(state().history.busy);
  EXPECT_EQ(state().history.trouble, "");
}

TEST_F(HistoryJourney, TheDayAndTheDayBeforeAreOneCallAndTheRawValues) {
  open_energy();
  EXPECT_EQ(state().history.trouble, "");
  EXPECT_EQ(asked(), 1);
  show(Period::day, 1);
  EXPECT_EQ(asked(), 2) << "the day before yesterday, for the comparison";
  const auto total = history::total(drawn());
  ASSERT_TRUE(total);
  EXPECT_NEAR(*total, raw_sum(true), 0.5);
  EXPECT_TRUE(history::change(
      drawn(), history::series_of(&state().history.kept.begin()->second, history::Quantity::electricity, "",
                                  Period::day, history::shifted(on_show(), Period::day, -1, utc_offset()),
                                  utc_offset())));
}

TEST_F(HistoryJourney, AMonthIsOneCallAndItsWeeksAreThereAlready) {
  open_energy();
  const int before = asked();
  show(Period::month, 1);
  EXPECT_EQ(asked() - before, 1);
  EXPECT_NEAR(history::total(drawn()).value_or(0), raw_sum(false), 0.5);
  const int after = asked();
  show(Period::month, 1);
  show(Period::week, 5);
  EXPECT_EQ(asked(), after) << "kept";
}

TEST_F(HistoryJourney, AYearAnswersForEverythingInIt) {
  open_energy();
  const int before = asked();
  show(Period::year, 1);
  EXPECT_EQ(asked() - before, 1);
  EXPECT_EQ(drawn().bars.size(), 12U);
  EXPECT_NEAR(history::total(drawn()).value_or(0), raw_sum(false), 0.5);
  const int after = asked();
  show(Period::month, 3);
  show(Period::week, 12);
  show(Period::year, 1);
  EXPECT_EQ(asked(), after);
}

TEST_F(HistoryJourney, AnHourWithEnergyOpenCostsAFewCalls) {
  open_energy();
  const int before = asked();
  for (int minute = 0; minute < 60; ++minute) wait(Minutes(1));
  EXPECT_LE(asked() - before, 4);
  EXPECT_GE(asked() - before, 1) << "the present is looked at again";
}

TEST_F(HistoryJourney, NothingIsAskedElsewhere) {
  app->dispatch(intent::Go{{.view = Route::View::home, .plant = belle}});
  wait(Minutes(5));
  EXPECT_EQ(asked(), 0);
}

TEST_F(HistoryJourney, ARefusalIsToldOnceAndWhatIsThereStays) {
  open_energy();
  const auto total = history::total(drawn());
  const int before = asked();
  control(R"({"fault":{"path":"/cloud/netatmo/api/getmeasure","status":500,"count":50}})");
  show(Period::month);
  wait(Minutes(3));
  EXPECT_NE(state().history.trouble, "");
  EXPECT_LE(asked() - before, 8) << "retries of one question";
  const int told = asked();
  for (int minute = 0; minute < 5; ++minute) wait(Minutes(1));
  EXPECT_EQ(asked(), told) << "a refusal is not repeated by itself";
  control(R"({"clearFaults":true})");
  show(Period::day);
  EXPECT_EQ(history::total(drawn()), total) << "what was there before is still there";
}

TEST_F(HistoryJourney, ARoomTellsItsTemperaturesAndWhatWasWanted) {
  const auto room = std::ranges::find_if(
      home().modules, [](const Module& one) { return history::quantities_of(one).size() == 2; });
  ASSERT_NE(room, home().modules.end());
  const ModuleId id = room->id;
  app->dispatch(intent::Go{{.view = Route::View::module, .plant = belle, .ambient = {}, .module = id}});
  wait(Seconds(2));
  EXPECT_EQ(asked(), 0) << "only when somebody wants it";
  show(Period::day, 1, id);
  EXPECT_EQ(calls("GET", "getroommeasure"), 1);
  for (const history::Quantity one : {history::Quantity::temperature, history::Quantity::setpoint}) {
    const auto mean = history::total(drawn(one));
    ASSERT_TRUE(mean) << to_string(one);
    EXPECT_GT(*mean, 8);
    EXPECT_LT(*mean, 30);
  }
}

TEST_F(HistoryJourney, OfflineNothingIsAsked) {
  app->set_online(false);
  open_energy();
  EXPECT_EQ(asked(), 0);
  app->set_online(true);
  wait(Seconds(5));
  EXPECT_EQ(asked(), 1);
}

TEST_F(HistoryJourney, ADayLongAgoHasItsRawValues) {
  open_energy();
  show(Period::day, 40);
  const auto series = drawn();
  const auto hours = (on_show().to - on_show().from) / Hours(1);
  EXPECT_EQ(static_cast<long>(series.bars.size()), hours);
  EXPECT_NEAR(history::total(series).value_or(0), raw_sum(true), 0.5);
}

TEST_F(HistoryJourney, WhatIsEmptyInOneFormAndRefusedInTheOtherIsNoTrouble) {
  open_energy();
  const auto& usual = memory.http.respond;
  int asked_first = 0, asked_second = 0;
  memory.http.respond = [&, before = usual](const HttpRequest& request) -> Task<HttpOutcome> {
    if (!request.url.contains("/getmeasure")) return before(request);
    return [](bool first) -> Task<HttpOutcome> {
      if (first) co_return HttpResponse{.status = 200, .headers = {}, .body = R"({"body":[],"status":"ok"})"};
      co_return HttpResponse{
          .status = 400, .headers = {}, .body = R"({"error":{"code":21,"message":"Invalid type"}})"};
    }(++(request.url.contains("sum_energy_elec") ? asked_first : asked_second) > 0 &&
                          request.url.contains("sum_energy_elec"));
  };
  show(Period::month, 4);
  EXPECT_EQ(state().history.trouble, "");
  EXPECT_EQ(asked_first, 1);
  EXPECT_EQ(asked_second, 1);
  wait(Minutes(1));
  EXPECT_EQ(asked_first, 1) << "known to be empty, not asked again";
}

TEST_F(HistoryJourney, TheFormThatBroughtValuesIsAskedFirstTheNextTime) {
  open_energy();
  const auto first = [this] {
    std::string out;
    for (const HttpRequest& one : memory.http.sent)
      if (one.url.contains("/getmeasure")) out = one.url;
    return out.contains("sum_energy_buy_from_grid");
  };
  ASSERT_FALSE(first());
  const auto usual = memory.http.respond;
  memory.http.respond = [usual](const HttpRequest& request) -> Task<HttpOutcome> {
    if (!request.url.contains("sum_energy_elec")) return usual(request);
    return []() -> Task<HttpOutcome> {
      co_return HttpResponse{
          .status = 400, .headers = {}, .body = R"({"error":{"code":21,"message":"Invalid type"}})"};
    }();
  };
  int before = asked();
  show(Period::month, 4);
  EXPECT_EQ(asked() - before, 2);
  EXPECT_TRUE(first());
  before = asked();
  show(Period::month, 8);
  EXPECT_EQ(asked() - before, 1) << "nothing is spent on a form that is refused";
}

TEST_F(HistoryJourney, BackInTheNetworkWhatWasRefusedIsAskedAgain) {
  open_energy();
  control(R"({"fault":{"path":"/cloud/netatmo/api/getmeasure","status":500,"count":50}})");
  show(Period::month, 1);
  wait(Minutes(3));
  ASSERT_NE(state().history.trouble, "");
  control(R"({"clearFaults":true})");
  app->set_online(false);
  wait(Minutes(1));
  app->set_online(true);
  wait(Minutes(2));
  EXPECT_EQ(state().history.trouble, "");
  EXPECT_TRUE(history::total(drawn()));
}

TEST_F(HistoryJourney, WhatIsPromisedForLaterIsAskedThen) {
  open_energy();
  control(R"({"fault":{"path":"/cloud/netatmo/api/getmeasure","status":429,"retryAfter":120,"count":1}})");
  show(Period::month, 1);
  ASSERT_NE(state().history.trouble, "");
  const int told = asked();
  wait(Seconds(60));
  EXPECT_EQ(asked(), told);
  wait(Minutes(3));
  EXPECT_GT(asked(), told);
  EXPECT_EQ(state().history.trouble, "");
}

}  // namespace
}  // namespace foyer::test
