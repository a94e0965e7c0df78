// What Netatmo should not send: understood, or a complaint with the path of the field and the rest of the
// home as it is.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/cloud/netatmo/payloads.hpp"

namespace foyer {
namespace {

using namespace test;
using Texts = std::vector<std::string>;

// One change to a good answer, and what is complained of; nothing when it is understood.
struct Case {
  const char *from, *to, *complaint;
};

TEST(ConnectBadHomes, EachBrokenFieldIsNamedAndTheRestStays) {
  const Plant good = connect_plant();
  const Case cases[] = {
      // null and missing
      {R"("name":"Maison",)", "", ""},
      {R"("country":"FR")", R"("country":null)", ""},
      {R"("rooms":[{"id":"1000001","name":"Salon")", R"("rooms":[{"id":"1000001","name":null)", ""},
      {R"("rooms":[{"id":"1000001",)", R"("rooms":[{)", "home.rooms[0].id: expected text"},
      {R"({"id":"1000002","name":"Chambre")", R"({"id":null,"name":"Chambre")",
       "home.rooms[1].id: expected text"},
      {R"("name":"Plafonnier",)", "", ""},
      {R"({"id":"00:04:74:00:00:00:00:12",)", R"({)", "home.modules[2].id: expected text"},
      {R"("module_ids":["00:04:74:00:00:00:00:11","00:04:74:00:00:00:00:12"])", R"("module_ids":null)", ""},
      // wrong type
      {R"("country":"FR")", R"("country":["FR"])", "home.country: expected text"},
      {R"("timezone":"Europe/Paris")", R"("timezone":{})", "home.timezone: expected text"},
      {R"({"id":"1000002","name":"Chambre")", R"({"id":[],"name":"Chambre")",
       "home.rooms[1].id: expected text"},
      {R"({"id":"1000002","name":"Chambre","type":"bedroom"})", R"(7)", "home.rooms[1]: expected an object"},
      {R"("module_ids":["00:04:74:00:00:00:00:11","00:04:74:00:00:00:00:12"])", R"("module_ids":{})",
       "home.rooms[0].module_ids: expected a list"},
      {R"("type":"NLFN","name":"Plafonnier")", R"("type":"NLFN","name":{})",
       "home.modules[1].name: expected text"},
      {R"("type":"NLFN")", R"("type":[1])", "home.modules[1].type: expected text"},
      {R"("appliance_type":"multimedia")", R"("appliance_type":{})",
       "home.modules[2].appliance_type: expected text"},
      {R"("modules_bridged":["00:04:74:00:00:00:00:11","00:04:74:00:00:00:00:19"])",
       R"("modules_bridged":"all")", "home.modules[0].modules_bridged: expected a list"},
      {R"("therm_mode":"schedule")", R"("therm_mode":{})", "home.therm_mode: expected text"},
      {R"("timetable":[{"zone_id":0,"m_offset":420})", R"("timetable":[{"zone_id":{},"m_offset":420})",
       "home.schedules[0].timetable[0].zone_id: expected a number"},
      {R"("zones":[{"id":0,"name":"Confort")", R"("zones":[{"id":"zero","name":"Confort")",
       "home.schedules[0].zones[0].id: expected a number"},
      {R"({"id":"1000003","therm_setpoint_temperature":20.5})",
       R"({"id":"1000003","therm_setpoint_temperature":"warm"})",
       "home.schedules[0].zones[0].rooms[0].therm_setpoint_temperature: expected a number"},
      {R"({"id":"1000003","therm_setpoint_temperature":20.5})", R"({"therm_setpoint_temperature":20.5})",
       "home.schedules[0].zones[0].rooms[0].id: expected text"},
      {R"("selected":true,"away_temp")", R"("selected":"perhaps","away_temp")",
       "home.schedules[0].selected: expected true or false"},
      {R"({"id":"s-summer","name":"Été","type":"therm"})", R"({"name":"Été"})",
       "home.schedules[1].id: expected text"},
      // number as text and the reverse
      {R"({"id":"1000002","name":"Chambre")", R"({"id":1000002,"name":"Chambre")", ""},
      {R"("therm_setpoint_default_duration":180)", R"("therm_setpoint_default_duration":"180")", ""},
      {R"("m_offset":420)", R"("m_offset":"420")", ""},
      {R"("price":0.2068)", R"("price":"0.2068")", ""},
      {R"("selected":true,"away_temp")", R"("selected":"true","away_temp")", ""},
      // out of range
      {R"("m_offset":420)", R"("m_offset":10080)",
       "home.schedules[0].timetable[0].m_offset: expected a whole number from 0 to 10079"},
      {R"("m_offset":420)", R"("m_offset":-1)",
       "home.schedules[0].timetable[0].m_offset: expected a whole number from 0 to 10079"},
      {R"("m_offset":420)", R"("m_offset":4.5)",
       "home.schedules[0].timetable[0].m_offset: expected a whole number from 0 to 10079"},
      {R"("therm_mode":"schedule")", R"("therm_mode":"schedule","therm_mode_endtime":-3)",
       "home.therm_mode_endtime: expected Unix seconds"},
      // twice
      {R"({"id":"1000002","name":"Chambre","type":"bedroom"})",
       R"({"id":"1000001"},{"id":"1000002","name":"Chambre"})", "home.rooms[1].id: used by another room too"},
      {R"({"id":"10:20:30:00:00:01","type":"BNS")",
       R"({"id":"00:04:74:00:00:01","type":"NLM"},{"id":"10:20:30:00:00:01","type":"BNS")",
       "home.modules[12].id: used by another module too"},
      {R"({"id":"s-summer",)", R"({"id":"s-winter"},{"id":"s-summer",)",
       "home.schedules[1].id: used by another schedule too"},
      {R"("country":"FR")", R"("country":"DE","country":"FR")", ""},  // of two members the last counts
      // unknown
      {R"("type":"NLFN")", R"("type":"NLFN","mood":"blue","parts":[1,{"a":2}])", ""},
      {R"("altitude":35)", R"("altitude":"high","weather":{"a":[]})", ""},
      {R"("type":"livingroom")", R"("type":"ballroom")", ""},
      {R"("type":"event")", R"("type":"electricity_production")", ""},
      {R"("therm_mode":"schedule")", R"("therm_mode":"party")", ""},
      // lists of other things
      {R"("coordinates":[2.35,48.85])", R"("coordinates":"here","persons":7)", ""},
  };
  for (const Case& one : cases) {
    const auto plants = connect().read_plants(200, with(connect_topology, one.from, one.to));
    ASSERT_TRUE(plants) << one.to << ": " << plants.error().message;
    ASSERT_EQ(plants->size(), 1u) << one.to;
    const Plant& plant = plants->front();
    EXPECT_EQ(plant.complaints, *one.complaint ? Texts{one.complaint} : Texts{}) << one.to;
    // The rest of the home: the lamp and the thermostat are there, whatever else is broken.
    EXPECT_NE(plant.module(connect_module("13")), nullptr) << one.to;
    EXPECT_NE(plant.module(ModuleId("netatmo:10:20:30:00:00:01")), nullptr) << one.to;
    EXPECT_NE(plant.module(connect_heating), nullptr) << one.to;
    EXPECT_GE(plant.modules.size() + 2, good.modules.size()) << one.to;
  }
}

TEST(ConnectBadHomes, ListsThatAreNoneAreNamed) {
  for (const char* list : {"rooms", "modules", "schedules"})
    for (const char* value : {"{}", "7", "\"x\"", "true"}) {
      const Plant plant = connect_plant(std::string(R"({"body":{"homes":[{"id":"h","name":"H",")") + list +
                                        "\":" + value + "}]}}");
      EXPECT_EQ(plant.complaints, Texts{std::string("home.") + list + ": expected a list"}) << value;
      EXPECT_EQ(plant.name, "H");
    }
}

TEST(ConnectBadHomes, ABrokenHomeLeavesTheOthers) {
  const auto plants = connect().read_plants(
      200,
      R"({"body":{"homes":[7,{"name":"No id"},{"id":"a","name":"A"},{"id":"a"},{"id":""},{"id":"b","rooms":{}}]}})");
  ASSERT_TRUE(plants);
  ASSERT_EQ(plants->size(), 2u);
  EXPECT_EQ(plants->at(0).complaints,
            (Texts{"body.homes[0]: expected an object", "body.homes[1].id: expected text",
                   "body.homes[3].id: used by another home too", "body.homes[4].id: expected text"}));
  EXPECT_EQ(plants->at(1).complaints, Texts{"home.rooms: expected a list"});
  const auto none = connect().read_plants(200, R"({"body":{"homes":[{"name":"No id"}]}})");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().field, "body.homes[0].id");
}

TEST(ConnectBadStatus, EachBrokenFieldIsNamedAndTheRestStays) {
  const Case cases[] = {
      {R"("brightness":70)", R"("brightness":null)", ""},
      {R"("brightness":70)", R"("brightness":"70")", ""},
      {R"("brightness":70)", R"("brightness":"bright")", "home.modules[1].brightness: expected a number"},
      {R"("brightness":70)", R"("brightness":-1)",
       "home.modules[1].brightness: expected a number from 0 to 100"},
      {R"("brightness":70)", R"("brightness":1e9)",
       "home.modules[1].brightness: expected a number from 0 to 100"},
      {R"("brightness":70)", R"("brightness":[70])", "home.modules[1].brightness: expected a number"},
      {R"("on":true,"brightness":70)", R"("on":1,"brightness":70)", ""},
      {R"("on":true,"brightness":70)", R"("on":"true","brightness":70)", ""},
      {R"("on":true,"brightness":70)", R"("on":"very","brightness":70)",
       "home.modules[1].on: expected true or false"},
      {R"("on":true,"brightness":70)", R"("on":{},"brightness":70)",
       "home.modules[1].on: expected true or false"},
      {R"("power":9)", R"("power":"9")", ""},
      {R"("power":9)", R"("power":{})", "home.modules[1].power: expected a number"},
      {R"("firmware_revision":60)", R"("firmware_revision":[60])",
       "home.modules[1].firmware_revision: expected text"},
      {R"("last_seen":1760000080)", R"("last_seen":"never")", "home.modules[1].last_seen: expected a number"},
      {R"("last_seen":1760000080)", R"("last_seen":-5)", "home.modules[1].last_seen: expected Unix seconds"},
      {R"("last_seen":1760000080)", R"("last_seen":1e300)",
       "home.modules[1].last_seen: expected Unix seconds"},
      {R"("reachable":true,"bridge")", R"("reachable":"maybe","bridge")",
       "home.modules[1].reachable: expected true or false"},
      {R"({"id":"00:04:74:00:00:00:00:12","type":"NLP",)", R"({)", "home.modules[2].id: expected text"},
      {R"({"id":"00:04:74:00:00:00:00:12",)", R"({"id":"00:04:74:00:00:01",)",
       "home.modules[2].id: used by another module too"},
      {R"("current_position":30)", R"("current_position":102)",
       "home.modules[3].current_position: expected a number from 0 to 100"},
      {R"("current_position":30)", R"("current_position":"30")", ""},
      {R"("target_position:step":1)", R"("target_position:step":0)",
       "home.modules[3].target_position:step: expected a number from 1 to 100"},
      {R"("target_position:step":1)", R"("target_position:step":"fine")",
       "home.modules[3].target_position:step: expected a number"},
      {R"("fan_speed":2)", R"("fan_speed":"fast")", "home.modules[4].fan_speed: expected a number"},
      {R"("contactor_mode":"off")", R"("contactor_mode":{"a":1})", ""},
      {R"("lock":true)", R"("lock":"open")", "home.modules[8].lock: expected true or false"},
      {R"("boiler_status":true)", R"("boiler_status":"hot")",
       "home.modules[10].boiler_status: expected true or false"},
      {R"("therm_measured_temperature":20.4)", R"("therm_measured_temperature":"20.4")", ""},
      {R"("therm_measured_temperature":20.4)", R"("therm_measured_temperature":451)",
       "home.rooms[0].therm_measured_temperature: expected a number from -100 to 100"},
      {R"("therm_setpoint_temperature":21)", R"("therm_setpoint_temperature":[21])",
       "home.rooms[0].therm_setpoint_temperature: expected a number"},
      {R"("therm_setpoint_temperature":21)", R"("therm_setpoint_temperature":999)",
       "home.rooms[0].therm_setpoint_temperature: expected a number from -50 to 100"},
      {R"("therm_setpoint_mode":"manual")", R"("therm_setpoint_mode":7)", ""},
      {R"("therm_setpoint_mode":"manual")", R"("therm_setpoint_mode":{})",
       "home.rooms[0].therm_setpoint_mode: expected text"},
      {R"("therm_setpoint_end_time":1760007400)", R"("therm_setpoint_end_time":"soon")",
       "home.rooms[0].therm_setpoint_end_time: expected a number"},
      {R"("humidity":45)", R"("humidity":101)", "home.rooms[0].humidity: expected a number from 0 to 100"},
      {R"("open_window":true)", R"("open_windows":true)", ""},
      {R"({"id":"1000002","reachable":true,)", R"({)", "home.rooms[1].id: expected text"},
      {R"({"id":"1000002","reachable":true,)", R"({"id":"1000003",)",
       "home.rooms[1].id: used by another room too"},
      {R"("errors":[{"code":6,"id":"00:04:74:00:00:00:00:16"}])", R"("errors":{})",
       "body.errors: expected a list"},
      {R"("errors":[{"code":6,"id":"00:04:74:00:00:00:00:16"}])", R"("errors":[{"code":6}])",
       "body.errors[0].id: expected text"},
      {R"("errors":[{"code":6,"id":"00:04:74:00:00:00:00:16"}])", R"("errors":[{"code":"6","id":"unknown"}])",
       ""},
  };
  for (const Case& one : cases) {
    Plant plant = connect_plant();
    const auto report =
        connect().read_status(plant, Call{}, with(connect_status, one.from, one.to), Minutes(0));
    ASSERT_TRUE(report) << one.to << ": " << report.error().message;
    EXPECT_EQ(report->complaints, *one.complaint ? Texts{one.complaint} : Texts{}) << one.to;
    apply(plant, *report, instant_from_ms(1000), nullptr, nullptr);
    EXPECT_EQ(plant.module(connect_module("17#1"))->number(Aspect::power), 4) << one.to;
    EXPECT_EQ(plant.module(connect_module("15"))->flag(Aspect::on_off), true) << one.to;
    EXPECT_EQ(plant.module(ModuleId("netatmo:10:20:30:00:00:01"))->number(Aspect::wifi_strength), 49)
        << one.to;
  }
}

TEST(ConnectBadStatus, WhatIsOutOfRangeIsKeptUnderItsOwnName) {
  Plant plant = connect_plant();
  const auto report = connect().read_status(
      plant, Call{}, with(connect_status, R"("brightness":70)", R"("brightness":250)"), Minutes(0));
  ASSERT_TRUE(report);
  apply(plant, *report, instant_from_ms(1000), nullptr, nullptr);
  const Module& lamp = *plant.module(connect_module("11"));
  EXPECT_EQ(lamp.number(Aspect::level), std::nullopt);
  EXPECT_NE(says(lamp).find("brightness=250"), std::string::npos);
}

TEST(ConnectBadInput, WhatIsNoAnswerIsRefusedByEveryReader) {
  const Plant plant = connect_plant();
  std::string deep = R"({"body":)", invalid = with(connect_topology, "Maison", "Mai\xFFson");
  for (int i = 0; i < 100'000; ++i) deep += "[";
  const std::string cases[] = {"",
                               "null",
                               "7",
                               "[]",
                               "{}",
                               "<html></html>",
                               R"({"body":7})",
                               R"({"body":{"homes":7,"home":[]}})",
                               R"({"error":{"code":26,"message":"User usage reached"}})",
                               std::string(connect_topology.substr(0, 500)),
                               deep,
                               invalid,
                               with(connect_topology, "Maison", R"(\ud800)"),
                               with(connect_topology, "Maison", R"(\udc00\ud800)")};
  for (const std::string& body : cases) {
    const auto plants = connect().read_plants(200, body);
    const auto topology = connect().read_topology(plant, body);
    const bool lists = body.find("\"homes\":7") != std::string::npos;
    EXPECT_FALSE(plants) << body.substr(0, 80);
    EXPECT_FALSE(topology) << body.substr(0, 80);
    EXPECT_EQ(plants.error().kind, ErrorKind::malformed);
    const auto status = connect().read_status(plant, Call{}, body, Minutes(0));
    EXPECT_EQ(status.has_value(), lists) << body.substr(0, 80);
    if (lists) EXPECT_EQ(status->complaints, Texts{"body.home: expected an object"});
    EXPECT_TRUE(connect().read_command(plant.modules[1], body))
        << "an answer that cannot be read says nothing";
  }
}

TEST(ConnectBadInput, TenMegabytesAreReadOrRefusedInOnePiece) {
  std::string body = R"({"body":{"homes":[{"id":"h","modules":[)";
  std::size_t count = 0;
  for (; body.size() < 10'000'000; ++count)
    body +=
        (count ? "," : "") + std::string(R"({"id":"m)") + std::to_string(count) +
        R"(","type":"NLFN","name":"Lamp with quite a long name so that there are not too many of them","bridge":"g","x":")" +
        std::string(400, 'x') + R"("})";
  body += "]}]}}";
  const auto plants = connect().read_plants(200, body);
  ASSERT_TRUE(plants);
  EXPECT_EQ(plants->front().modules.size(), count);
  EXPECT_FALSE(connect().read_plants(200, std::string(17'000'000, ' ') + body));
}

TEST(ConnectBadScenarios, EachBrokenOneIsNamed) {
  Plant plant = connect_plant();
  const std::size_t before = plant.modules.size();
  ASSERT_TRUE(connect().read_extra(
      plant, 0,
      R"({"body":{"scenarios":[{"name":"No id"},7,{"id":"a","name":{}},{"id":"a"},{"id":"b","type":"home"}]}})"));
  EXPECT_EQ(plant.complaints,
            (Texts{"scenarios[0].id: expected text", "scenarios[1]: expected an object",
                   "scenarios[2].name: expected text", "scenarios[3].id: used by another scenario too"}));
  EXPECT_EQ(plant.modules.size(), before + 2);
  EXPECT_EQ(plant.modules.back().name, "Home");
  plant.complaints.clear();
  for (const char* body :
       {R"({"body":{}})", R"({"body":{"home":{"scenarios":null}}})", R"({"status":"ok"})", ""})
    EXPECT_TRUE(connect().read_extra(plant, 0, body)) << body;
  EXPECT_EQ(plant.complaints, Texts{});
  EXPECT_TRUE(connect().read_extra(plant, 0, R"({"body":{"scenarios":{}}})"));
  EXPECT_EQ(plant.complaints, Texts{"scenarios: expected a list"});
  EXPECT_FALSE(connect().read_extra(plant, 0, "{"));
  EXPECT_FALSE(connect().read_extra(plant, 1, "{}"));
}

}  // namespace
}  // namespace foyer
