// Subscriptions, thermostat measures, and the smaller APIs.
#include "core/cloud/small/small_apis.hpp"

#include <gtest/gtest.h>

#include "core/cloud/events/subscriptions.hpp"
#include "core/cloud/smarther/smarther.hpp"
#include "tests/support/data.hpp"

namespace foyer {
namespace {

using decode::Complaints;

TEST(SmartherMeasures, AllOfBothMetersWithUnitAndTime) {
  const auto measures = smarther::read_measures(
      R"({"thermometer":{"measures":[{"timeStamp":"2026-01-10T18:02:11+01:00","value":"19.8","unit":"C"},
          {"timeStamp":"2026-01-10T18:12:11","value":68.5,"unit":"F"}]},
          "hygrometer":{"measures":[{"timeStamp":"2026-01-10T17:02:11Z","value":"47.3","unit":"%"}]},
          "sender":{"plant":{"module":{"id":"m"}}}})",
      Minutes(60));
  ASSERT_TRUE(measures);
  EXPECT_TRUE(measures->complaints.empty());
  EXPECT_EQ(measures->module.text, "smarther:m");
  ASSERT_EQ(measures->readings.size(), 3u);
  EXPECT_EQ(measures->readings[0].value, Value(19.8));
  EXPECT_EQ(measures->readings[0].unit, Unit::celsius);
  EXPECT_EQ(measures->readings[0].measured, parse_iso8601("2026-01-10T17:02:11Z"));
  EXPECT_EQ(measures->readings[1].unit, Unit::fahrenheit);
  EXPECT_EQ(measures->readings[1].measured, parse_iso8601("2026-01-10T17:12:11Z"));
  EXPECT_EQ(measures->readings[2].aspect, Aspect::humidity);
  EXPECT_EQ(measures->readings[2].unit, Unit::percent);
}

TEST(SmartherMeasures, RowsAreInTheOrderOfTimeAndOneForEachInstant) {
  const auto measures = smarther::read_measures(
      R"({"thermometer":{"measures":[{"timeStamp":"2026-03-01T09:00:00Z","value":"20.5","unit":"C"},
          {"timeStamp":"2026-03-01T09:00:00+01:00","value":"20.1","unit":"C"},{"value":"18","unit":"C"}]},
          "hygrometer":{"measures":[{"timeStamp":"2026-03-01T08:00:00Z","value":"51","unit":"%"},
          {"timeStamp":"2026-03-01T08:30:00Z","value":"52","unit":"%"},{"value":"50","unit":"%"}]}})",
      Minutes(0));
  ASSERT_TRUE(measures);
  using Row = smarther::MeasureRow;
  EXPECT_EQ(smarther::rows(*measures), (std::vector<Row>{{{}, 18, {}},
                                                         {{}, {}, 50},
                                                         {parse_iso8601("2026-03-01T08:00:00Z"), 20.1, 51},
                                                         {parse_iso8601("2026-03-01T08:30:00Z"), {}, 52},
                                                         {parse_iso8601("2026-03-01T09:00:00Z"), 20.5, {}}}));
}

TEST(SmartherMeasures, WhatHasNoValueIsNamed) {
  const auto measures = smarther::read_measures(
      R"({"thermometer":{"measures":[{"value":"warm"},7,{"value":null}]},"hygrometer":{"measures":{}}})",
      Minutes(0));
  ASSERT_TRUE(measures);
  EXPECT_TRUE(measures->readings.empty());
  EXPECT_EQ(measures->complaints, (Complaints{"thermometer.measures[0].value: expected a number",
                                              "hygrometer.measures: expected a list"}));
  for (const char* body : {"", "[]", "{}", R"({"thermometer":7})"})
    EXPECT_FALSE(smarther::read_measures(body, Minutes(0))) << body;
}

TEST(SmartherMeasures, TheDefinitionsExampleHasNoNumbers) {
  FIXTURE(body, "eliot/smarther/measures_200_schema_example.json");
  const auto measures = smarther::read_measures(*body, Minutes(0));
  ASSERT_TRUE(measures);
  EXPECT_EQ(measures->module.text, "smarther:string");
  EXPECT_EQ(measures->complaints, (Complaints{"thermometer.measures[0].value: expected a number",
                                              "hygrometer.measures[0].value: expected a number"}));
}

TEST(SmartherPrograms, AreSortedAndTheBuiltInOneIsAlwaysThere) {
  Complaints complaints;
  const auto programs = smarther::read_programs(
      R"({"chronothermostats":[{"programs":[{"number":4,"name":"Winter"},{"number":"2","name":"Été"},{"number":12,"name":"x"},{}]}]})",
      complaints);
  ASSERT_TRUE(programs);
  EXPECT_EQ(*programs, (std::vector<smarther::Program>{{0, ""}, {2, "Été"}, {4, "Winter"}}));
  EXPECT_TRUE(complaints.empty());
}

TEST(Subscriptions, ANewOneAnExistingOneAndARefusal) {
  EXPECT_EQ(read_subscribed("smarther", 201, R"({"subscriptionId":"s1"})")->id, "s1");
  const auto existing =
      read_subscribed("smarther", 409, R"({"statusCode":409,"message":"Subscription already exists"})");
  ASSERT_TRUE(existing);
  EXPECT_TRUE(existing->there_already);
  EXPECT_FALSE(read_subscribed("smarther", 201, "{}"));
  EXPECT_EQ(read_subscribed("smarther", 400, "{}").error().kind, ErrorKind::refused);
  EXPECT_TRUE(read_subscribed("hc", 200, ""));
  EXPECT_TRUE(read_subscribed("netatmo", 200, R"({"status":"ok"})"));
}

TEST(Subscriptions, TheListMayBeEmptyInThreeWays) {
  EXPECT_TRUE(read_subscriptions(204, "")->list.empty());
  EXPECT_TRUE(read_subscriptions(200, " \n")->list.empty());
  EXPECT_TRUE(read_subscriptions(200, "[]")->list.empty());
  EXPECT_FALSE(read_subscriptions(200, "{}"));
  EXPECT_FALSE(read_subscriptions(200, "7"));
}

TEST(Subscriptions, ABrokenEntryIsNamedAndTheOthersStay) {
  const auto found = read_subscriptions(
      200, R"([{"plantId":"p","subscriptionId":"s","EndPointUrl":"https://example.com/h"},{"plantId":"p"},7,
              {"subscriptionId":"s","EndPointUrl":[]}])");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->list, (std::vector<Subscription>{{PlantId("smarther:p"), "s", "https://example.com/h"}}));
  EXPECT_EQ(found->complaints, (Complaints{"[1].subscriptionId: expected text", "[2].plantId: expected text",
                                           "[3].EndPointUrl: expected text", "[3].plantId: expected text"}));
}

TEST(Subscriptions, TheDefinitionsExample) {
  FIXTURE(body, "eliot/c2c/subscription_post_201_schema_example.json");
  EXPECT_EQ(read_subscribed("smarther", 201, *body)->id, "string");
  FIXTURE(conflict, "eliot/errors/smarther_409_subscription_exists.json");
  EXPECT_TRUE(read_subscribed("smarther", 409, *conflict)->there_already);
}

TEST(Multisocket, EachSocketOfAStripIsAModule) {
  const auto found = multisocket::read_sockets(
      R"({"plugs":[{"id":"a","name":"Desk","status":[true,false]},{"id":"b","status":["on"]},{"name":"x"},{"id":"c","status":7},
          {"id":"d","status":[null]}]})");
  ASSERT_TRUE(found);
  std::vector<std::string> seen;
  for (const Module& one : found->modules)
    seen.push_back(one.id.text + " " + one.name + " " +
                   (one.flag(Aspect::on_off) ? (*one.flag(Aspect::on_off) ? "on" : "off") : "?") + " " +
                   one.part_of.text);
  EXPECT_EQ(seen,
            (std::vector<std::string>{"multisocket:a Desk ? ", "multisocket:a#1 Desk 1 on multisocket:a",
                                      "multisocket:a#2 Desk 2 off multisocket:a", "multisocket:b b on ",
                                      "multisocket:c c ? ", "multisocket:d d ? "}));
  EXPECT_EQ(found->complaints, (Complaints{"plugs[2].id: expected text", "plugs[3].status: expected a list",
                                           "plugs[4].status[0]: expected true or false"}));
  EXPECT_FALSE(multisocket::read_sockets("{}"));
  EXPECT_FALSE(multisocket::read_sockets(""));
}

TEST(Multisocket, OneSocketIsSwitchedWithTheOthersAsTheyAre) {
  auto modules =
      multisocket::read_sockets(R"({"plugs":[{"id":"a","name":"Desk","status":[true,false,true]}]})")
          ->modules;
  const auto call =
      multisocket::set_socket(PlantId("multisocket:p"), modules, ModuleId("multisocket:a#2"), true);
  ASSERT_TRUE(call);
  EXPECT_EQ(call->path, "/multioutlet/plug/energy/addressLocation/plants/p/parameter/id/value/a");
  EXPECT_EQ(call->body, R"({"status":[true,true,true]})");
  EXPECT_FALSE(multisocket::set_socket(PlantId("p"), modules, ModuleId("multisocket:a"), true));
  EXPECT_FALSE(multisocket::set_socket(PlantId("p"), modules, ModuleId("multisocket:a#9"), true));
  modules[1].readings.clear();
  EXPECT_FALSE(multisocket::set_socket(PlantId("p"), modules, ModuleId("multisocket:a#2"), true));
}

TEST(MyHome, FloorsRoomsAndModules) {
  const auto plant = myhome::read_topology(
      R"({"plant":{"id":"b1","internalId":"i","name":"Hotel","type":"Hotel","floors":[{"id":"f1","internalId":"1","name":"First floor",
          "ambients":[{"id":"r1","name":"101","modules":[{"device":"Light","system":"Lighting","id":"m1","internalId":"9","name":"Bed",
          "deviceType":"t","metrics":[{"label":"state","metricType":"Text"}]},{"device":"Fountain","id":"m2"},{"name":"x"}]},
          {"name":"broken","modules":[{"id":"m3","device":"Light"}]}]}]}})");
  ASSERT_TRUE(plant);
  EXPECT_EQ(plant->id.text, "myhome:b1");
  EXPECT_EQ(plant->name, "Hotel");
  ASSERT_EQ(plant->ambients.size(), 1u);
  EXPECT_EQ(plant->ambients[0].floor, "First floor");
  ASSERT_EQ(plant->modules.size(), 3u);
  EXPECT_EQ(plant->modules[0].kind, Kind::light);
  EXPECT_EQ(plant->modules[0].system, "Lighting");
  EXPECT_EQ(plant->modules[0].ambient.text, "myhome:r1");
  EXPECT_TRUE(plant->modules[0].capabilities.empty());
  EXPECT_EQ(plant->modules[1].kind, Kind::unknown);
  EXPECT_EQ(plant->modules[1].name, "m2");
  EXPECT_TRUE(plant->modules[2].ambient.empty());
  EXPECT_EQ(plant->complaints, (Complaints{"plant.floors[0].ambients[0].modules[2].id: expected text",
                                           "plant.floors[0].ambients[1].id: expected text"}));
  for (const char* body : {"", "{}", R"({"plant":{}})", R"({"plant":[]})"})
    EXPECT_FALSE(myhome::read_topology(body)) << body;
}

TEST(Classe, TicketsAreSecrets) {
  const auto tickets = classe::read_tickets(
      R"({"audiovideounits":[{"ticket":"a.b.c","sender":{"addressType":"addressLocation","system":"videodoorentry","plant":{"id":"p"}}},{}]})");
  ASSERT_TRUE(tickets);
  ASSERT_EQ(tickets->list.size(), 1u);
  EXPECT_EQ(tickets->list[0].plant.text, "classe:p");
  EXPECT_EQ(tickets->list[0].jwt.expose(), "a.b.c");
  EXPECT_EQ(tickets->complaints, Complaints{"audiovideounits[1].ticket: expected text"});
  EXPECT_FALSE(classe::read_tickets("{}"));
}

TEST(Classe, RecordedModulesOfADoorEntryUnit) {
  FIXTURE(body, "eliot/servicecatalog/modules_classe100x.json");
  const auto found = classe::read_modules(*body);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->complaints.empty());
  ASSERT_EQ(found->modules.size(), 8u);
  const Module& unit = found->modules[0];
  EXPECT_EQ(unit.kind, Kind::gateway);
  EXPECT_EQ(unit.name, "Classe 100X door entry unit");
  EXPECT_EQ(unit.reach, Reach::reachable);
  EXPECT_EQ(unit.word(Aspect::firmware), "1.5.8");
  int locks = 0, terminals = 0;
  for (const Module& one : found->modules) {
    locks += one.kind == Kind::door_lock;
    terminals += one.kind == Kind::intercom;
    EXPECT_EQ(one.gateway.text, "classe:00000000-0000-4000-8000-000000000002");
    EXPECT_TRUE(one.capabilities.empty());
    EXPECT_TRUE(one.raw_topology.empty());
  }
  EXPECT_EQ(locks, 3);
  EXPECT_EQ(terminals, 3);
  EXPECT_EQ(found->modules[2].name, "Staircase Lights");
  EXPECT_EQ(found->modules[2].product, "Staircase light");
  EXPECT_EQ(found->modules[2].reach, Reach::unknown);
}

TEST(Classe, RecordedStateOfAWiFiDimmer) {
  FIXTURE(body, "eliot/devicemanagement/getstate_response_excerpt.json");
  const auto state = classe::read_state(*body);
  ASSERT_TRUE(state);
  ASSERT_EQ(state->readings.size(), 2u);
  EXPECT_EQ(state->readings[0].value, Value(true));
  EXPECT_EQ(state->readings[1].value, Value(75.0));
  EXPECT_FALSE(classe::read_state("{}"));
  EXPECT_FALSE(classe::read_modules("{}"));
}

TEST(Emergency, ControllersWithTheirFailures) {
  constexpr std::string_view list =
      R"([{"id":"1","name":"Stairs","reference":"062525","serialNumber":"9","status":"OK",
      "lastStatusUpdate":"2026-01-10T17:02:12Z","failures":[{"flag":"4","failureType":"BLOCK.BATTERY"},{"flag":"5"}],
      "alert":true,"lastAlertUpdate":"x","alertLevel":2},{"name":"y"}])";
  for (const std::string& body : {std::string(list), R"({"siteControllers":)" + std::string(list) + "}"}) {
    const auto site = emergency::read_controllers(body);
    ASSERT_TRUE(site);
    ASSERT_EQ(site->controllers.size(), 1u);
    const auto& one = site->controllers[0];
    EXPECT_EQ(one.reference, "062525");
    EXPECT_EQ(one.alert, "true");
    EXPECT_EQ(one.alert_level, "2");
    EXPECT_EQ(one.status_at, parse_iso8601("2026-01-10T17:02:12Z"));
    EXPECT_EQ(one.alert_at, std::nullopt);
    EXPECT_EQ(one.failures, (std::vector<emergency::Failure>{{"4", "BLOCK.BATTERY"}}));
    EXPECT_EQ(site->complaints, (Complaints{"controllers[0].failures[1].failureType: expected text",
                                            "controllers[1].id: expected text"}));
  }
  EXPECT_FALSE(emergency::read_controllers("{}"));
  EXPECT_FALSE(emergency::read_controllers("7"));
}

TEST(Emergency, AFlagIsDecodedInEveryForm) {
  const std::vector<emergency::Failure> wanted = {{"4", "REMOTE.STATUS.OFF"}};
  for (const char* body : {R"({"flag":"4","failureType":"REMOTE.STATUS.OFF"})",
                           R"([{"flag":"4","failureType":"REMOTE.STATUS.OFF"}])",
                           R"({"failures":[{"flag":4,"failureType":"REMOTE.STATUS.OFF"}]})"})
    EXPECT_EQ(emergency::read_failures(body), wanted) << body;
  EXPECT_FALSE(emergency::read_failures("{}"));
  EXPECT_FALSE(emergency::read_failures(R"([{"flag":"4"}])"));
}

}  // namespace
}  // namespace foyer
