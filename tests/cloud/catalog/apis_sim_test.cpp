// What the catalogue sends to the simulated clouds, and what the decoders make of their answers: both were
// written from the reference on their own.
#include <gtest/gtest.h>

#include "core/cloud/catalog/catalog.hpp"
#include "core/cloud/events/subscriptions.hpp"
#include "core/cloud/events/webhooks.hpp"
#include "core/cloud/netatmo/measures.hpp"
#include "core/cloud/netatmo/schedules.hpp"
#include "core/cloud/small/small_apis.hpp"
#include "core/cloud/smarther/smarther.hpp"
#include "tests/sim/netatmo/world.hpp"

namespace foyer {
namespace {

constexpr const char* client_secret = "s3cret.with+url,chars~0123456789abcdef";

class Apis : public sim::test::NetWorld {
 protected:
  sim::Response carry_out(const Call& call) {
    const bool connect = call.path.starts_with("/api/");
    std::string target = (connect ? "/cloud/netatmo" : "/cloud/api") + call.path;
    if (!call.query.empty()) target += "?" + form_encode(call.query);
    std::vector<Header> headers = {{"Authorization", "Bearer " + access}};
    if (!connect) headers.push_back({"Ocp-Apim-Subscription-Key", std::string(sim::primary_key)});
    if (!call.body.empty()) headers.push_back({"Content-Type", "application/json"});
    return send(call.method, target, headers, call.body);
  }
  sim::Response ask(const char* operation, const catalog::Values& values) {
    const auto call = make_call(*catalog::find(operation), values);
    EXPECT_TRUE(call) << operation << " " << (call ? "" : call.error().message);
    if (!call) return {};
    return carry_out(*call);
  }
  // The last thing that a cloud posted.
  Json posted() {
    const Json all = sim::test::json(get("/cloud/_control/webhooks"))["webhooks"];
    return all.empty() ? Json() : all.back();
  }
};

TEST_F(Apis, HistoryOfAPlugHasStepsNullsAndGaps) {
  net_sign_in();
  for (const bool optimize : {true, false}) {
    const std::string now = std::to_string(to_ms(time.now()) / 1000),
                      before = std::to_string(to_ms(time.now()) / 1000 - 4 * 86400);
    const auto answer =
        ask("netatmo.getmeasure", {{"bridge", "00:04:74:0a:11:67"},
                                   {"module", "00:04:74:00:00:0a:11:03"},
                                   {"scale", "1hour"},
                                   {"type", "sum_energy_buy_from_grid$0,sum_energy_buy_from_grid$1"},
                                   {"from", before},
                                   {"to", now},
                                   {"optimize", optimize ? "true" : "false"}});
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto series = netatmo::read_measures(
        answer.body, {{"sum_energy_buy_from_grid$0", "sum_energy_buy_from_grid$1"}, "1hour", false});
    ASSERT_TRUE(series) << series.error().message;
    EXPECT_TRUE(series->complaints.empty());
    EXPECT_GT(series->rows.size(), 80u);
    EXPECT_GT(series->segments.size(), 1u) << "nobody measured in some small hours";
    double sum = 0;
    for (std::size_t row = 0; row < series->rows.size(); ++row) {
      EXPECT_EQ(to_ms(series->rows[row].from) % 3600000, 0) << "the step begins with the hour";
      EXPECT_EQ(series->value(row, 0), std::nullopt);
      sum += series->value(row, 1).value_or(0);
    }
    EXPECT_GT(sum, 0);
  }
}

TEST_F(Apis, HistoryOfARoom) {
  net_sign_in();
  const std::string room = text_of(home_data()["rooms"][0], "id").value_or("");
  const auto answer =
      ask("netatmo.getroommeasure",
          {{"home", sim::test::belle}, {"room", room}, {"scale", "1day"}, {"type", "min_temp,max_temp"}});
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto series = netatmo::read_measures(answer.body, {{"min_temp", "max_temp"}, "1day", false});
  ASSERT_TRUE(series);
  ASSERT_FALSE(series->rows.empty());
  EXPECT_LE(series->value(0, 0).value_or(99), series->value(0, 1).value_or(0));
}

TEST_F(Apis, ASchedulesLifeFromCreationToDeletion) {
  net_sign_in();
  const auto named = [&](const std::string& id) {
    return text_of(entry(home_data()["schedules"], id), "name").value_or("");
  };
  Plant plant{.id = PlantId(std::string("netatmo:") + sim::test::belle)};
  const Json first = home_data()["schedules"][0];
  const std::string room = text_of(first["zones"][0]["rooms"][0], "id").value_or("");
  plant.ambients.push_back({.id = AmbientId("netatmo:" + room)});
  Schedule schedule{.name = "Été", .type = "therm", .timetable = {{0, 0}, {1, 600}}};
  schedule.zones = {{.id = 0, .name = "Day", .type = 0, .rooms = {{plant.ambients[0].id, 20.0, ""}}},
                    {.id = 1, .name = "Night", .type = 1, .rooms = {{plant.ambients[0].id, 16.5, ""}}}};
  schedule.away_temperature = 14;
  schedule.frost_temperature = 7;
  const auto created = netatmo::read_created(carry_out(*netatmo::create_schedule(plant, schedule)).body);
  ASSERT_TRUE(created) << created.error().message;
  schedule.id = *created;
  EXPECT_EQ(named(schedule.id), "Été");

  schedule.zones[1].rooms[0].temperature = 17;
  EXPECT_EQ(carry_out(*netatmo::sync_schedule(plant, schedule)).status, 200);
  EXPECT_EQ(
      entry(home_data()["schedules"], schedule.id)["zones"][1]["rooms"][0]["therm_setpoint_temperature"], 17);
  EXPECT_EQ(carry_out(*netatmo::rename_schedule(plant, schedule, "Hiver")).status, 200);
  EXPECT_EQ(named(schedule.id), "Hiver");
  EXPECT_EQ(carry_out(*netatmo::switch_schedule(plant, schedule)).status, 200);
  EXPECT_EQ(entry(home_data()["schedules"], schedule.id)["selected"], true);
  Schedule former{.id = text_of(first, "id").value_or(""), .type = "therm"};
  EXPECT_EQ(carry_out(*netatmo::switch_schedule(plant, former)).status, 200);
  EXPECT_EQ(carry_out(*netatmo::delete_schedule(plant, schedule)).status, 200);
  EXPECT_EQ(named(schedule.id), "");
}

TEST_F(Apis, WhatNetatmoPostsIsSignedAndUnderstood) {
  net_sign_in();
  ASSERT_EQ(ask("netatmo.addwebhook", {{"url", "https://example.com/h"}}).status, 200);
  EXPECT_EQ(read_hook(*text_of(posted(), "body"), Minutes(0))->events.at(0).kind, HookKind::activation);
  ASSERT_EQ(ask("netatmo.setthermmode", {{"home", sim::test::belle}, {"mode", "away"}}).status, 200);
  const std::string body = *text_of(posted(), "body");
  const auto hook = read_hook(body, Minutes(0));
  ASSERT_TRUE(hook);
  EXPECT_EQ(hook->events.at(0).kind, HookKind::home_mode);
  EXPECT_EQ(hook->events.at(0).mode, "away");
  EXPECT_EQ(hook->events.at(0).plant.text, std::string("netatmo:") + sim::test::belle);
  const std::string signature = text_of(posted()["headers"], "X-Netatmo-secret").value_or("");
  const auto verified = [&](const std::string& what) {
    auto task = verify_hook(foyer::test::signer(), SecretText(client_secret), what, signature);
    task.start();
    return task.take().has_value();
  };
  EXPECT_TRUE(verified(body));
  EXPECT_FALSE(verified(body + " "));
}

TEST_F(Apis, SmartherSubscriptionsAndMeasures) {
  sign_in();
  const catalog::Values chalet = {{"plant", sim::test::chalet}, {"url", "https://example.com/h"}};
  const auto first = ask("smarther.subscribe", chalet);
  const auto made = read_subscribed("smarther", first.status, first.body);
  ASSERT_TRUE(made) << first.status << first.body;
  EXPECT_FALSE(made->there_already);
  const auto second = ask("smarther.subscribe", chalet);
  EXPECT_TRUE(read_subscribed("smarther", second.status, second.body)->there_already);
  const auto listed = ask("smarther.subscriptions", {});
  const auto list = read_subscriptions(listed.status, listed.body);
  ASSERT_TRUE(list);
  ASSERT_EQ(list->list.size(), 1u);
  EXPECT_EQ(list->list[0], (Subscription{PlantId(std::string("smarther:") + sim::test::chalet), made->id,
                                         "https://example.com/h"}));
  EXPECT_EQ(ask("smarther.unsubscribe", {{"plant", sim::test::chalet}, {"subscription", made->id}}).status,
            200);
  const auto empty = ask("smarther.subscriptions", {});
  EXPECT_TRUE(read_subscriptions(empty.status, empty.body)->list.empty());

  const auto answer = ask("smarther.measures",
                          {{"plant", sim::test::chalet}, {"module", "5a000000-0000-4000-8000-0000000000d1"}});
  const auto measures = smarther::read_measures(answer.body, Minutes(60));
  ASSERT_TRUE(measures) << answer.body;
  EXPECT_TRUE(measures->complaints.empty());
  EXPECT_EQ(measures->readings.size(), 2u);
}

TEST_F(Apis, WhatSmartherPostsIsUnderstood) {
  sign_in();
  ASSERT_EQ(
      ask("smarther.subscribe", {{"plant", sim::test::chalet}, {"url", "https://example.com/h"}}).status,
      201);
  ASSERT_EQ(ask("smarther.set", {{"plant", sim::test::chalet},
                                 {"module", "5a000000-0000-4000-8000-0000000000d1"},
                                 {"function", "heating"},
                                 {"mode", "manual"},
                                 {"setpoint", "21.5"}})
                .status,
            200);
  time.advance(Seconds(5));
  const Json event = posted();
  ASSERT_TRUE(event.is_object());
  const auto hook = read_hook(text_of(event, "body").value_or(""), Minutes(60));
  ASSERT_TRUE(hook) << hook.error().message << event;
  EXPECT_TRUE(hook->complaints.empty()) << hook->complaints.front();
  EXPECT_EQ(hook->events.at(0).api, "smarther");
  EXPECT_EQ(hook->events.at(0).plant.text, std::string("smarther:") + sim::test::chalet);
  bool manual = false;
  for (const Reading& one : hook->events.at(0).status.modules.at(0).readings)
    manual = manual || (one.aspect == Aspect::mode && one.value == Value(std::string("manual")));
  EXPECT_TRUE(manual);
}

TEST_F(Apis, MultiSocketsAreReadAndOneOfTheirSocketsIsSwitched) {
  sign_in();
  const catalog::Values desk = {{"plant", sim::test::lilas}, {"by", "name"}, {"value", "Desk strip"}};
  const auto read = [&] {
    const auto answer = ask("multisocket.status", desk);
    EXPECT_EQ(answer.status, 200) << answer.body;
    auto found = multisocket::read_sockets(answer.body);
    EXPECT_TRUE(found && found->complaints.empty()) << answer.body;
    return std::move(found->modules);
  };
  const auto before = read();
  ASSERT_GT(before.size(), 2u);
  const Module& second = before[2];
  const bool wanted = !second.flag(Aspect::on_off).value();
  const auto call = multisocket::set_socket(PlantId(std::string("multisocket:") + sim::test::lilas), before,
                                            second.id, wanted);
  ASSERT_TRUE(call);
  EXPECT_EQ(carry_out(*call).status, 200);
  const auto after = read();
  for (std::size_t i = 1; i < after.size(); ++i)
    EXPECT_EQ(after[i].flag(Aspect::on_off), i == 2 ? std::optional(wanted) : before[i].flag(Aspect::on_off))
        << i;
}

TEST_F(Apis, ABuildingOfMyHomeUp) {
  sign_in();
  const auto listed = ask("myhome.plants", {});
  const auto plants = decode::plants("myhome", listed.status, listed.body);
  ASSERT_TRUE(plants) << listed.status << listed.body;
  ASSERT_FALSE(plants->empty());
  const auto answer = ask("myhome.topology", {{"plant", plants->front().id.text}});
  const auto plant = myhome::read_topology(answer.body);
  ASSERT_TRUE(plant) << answer.status << answer.body;
  EXPECT_TRUE(plant->complaints.empty());
  EXPECT_FALSE(plant->modules.empty());
  EXPECT_FALSE(plant->ambients.at(0).floor.empty());
}

}  // namespace
}  // namespace foyer
