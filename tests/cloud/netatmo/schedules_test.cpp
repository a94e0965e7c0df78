// Requests that change schedules of Netatmo Connect, byte for byte.
#include "core/cloud/netatmo/schedules.hpp"

#include <gtest/gtest.h>

#include "core/base/json.hpp"
#include "core/base/showable.hpp"
#include "tests/support/data.hpp"

namespace foyer {
namespace {

using namespace netatmo;

Plant plant() {
  Plant out{.id = PlantId("netatmo:h1"), .name = "Home"};
  for (const char* room : {"2746182631", "2746182632"})
    out.ambients.push_back({.id = AmbientId(std::string("netatmo:") + room)});
  out.modules.push_back({.id = ModuleId("netatmo:00:04:11"), .gateway = GatewayId("netatmo:00:04:01")});
  out.modules.push_back({.id = ModuleId("netatmo:00:04:12")});
  return out;
}

ZoneRoom room(const char* id, double degrees) {
  return {.ambient = AmbientId(std::string("netatmo:") + id), .temperature = degrees};
}

Schedule therm() {
  Schedule out{.id = "s1", .name = "Winter", .type = "therm"};
  out.timetable = {{1, 0}, {0, 360}};
  out.zones = {
      {.id = 0, .name = "Comfort", .type = 0, .rooms = {room("2746182631", 21), room("2746182632", 22.5)}},
      {.id = 1, .name = "Night", .type = 1, .rooms = {room("2746182631", 15)}}};
  out.away_temperature = 14;
  out.frost_temperature = 7;
  return out;
}

TEST(NetatmoSchedules, AHeatingPlanIsSentWhole) {
  const auto call = sync_schedule(plant(), therm());
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->method, "POST");
  EXPECT_EQ(call->path, "/api/synchomeschedule");
  EXPECT_EQ(call->operation, policy::CommandClass::absolute_write);
  EXPECT_EQ(
      call->body,
      R"({"home_id":"h1","schedule_id":"s1","name":"Winter","away_temp":14,"hg_temp":7,)"
      R"("timetable":[{"zone_id":1,"m_offset":0},{"zone_id":0,"m_offset":360}],)"
      R"("zones":[{"id":0,"name":"Comfort","type":0,"rooms":[{"id":"2746182631","therm_setpoint_temperature":21},)"
      R"({"id":"2746182632","therm_setpoint_temperature":22.5}]},)"
      R"({"id":1,"name":"Night","type":1,"rooms":[{"id":"2746182631","therm_setpoint_temperature":15}]}]})");
}

// What people see of a name is one harmless line; the cloud's own text is not changed by an edit of something
// else.
TEST(NetatmoSchedules, ANameThatNobodyChangedGoesBackAsItCame) {
  const std::string name = "Win\u202Eter\t 1", zone = "Com\u200Bfort";
  Schedule schedule = therm();
  schedule.raw = "{\"id\":\"s1\",\"name\":" + dump_json(name) + R"(,"zones":[{"id":0,"name":)" +
                 dump_json(zone) + R"(},{"id":1,"name":"\u200B"}]})";
  schedule.name = showable(name);
  schedule.zones[0].name = showable(zone);
  schedule.zones[1].name = "";
  ASSERT_NE(schedule.name, name);
  const auto sent = [](const Schedule& one) {
    const auto call = sync_schedule(plant(), one);
    EXPECT_TRUE(call) << call.error().message;
    return call ? parse_json(call->body).value_or(Json()) : Json();
  };
  Json body = sent(schedule);
  EXPECT_EQ(body["name"], name);
  EXPECT_EQ(body["zones"][0]["name"], zone);
  EXPECT_EQ(body["zones"][1]["name"], "\u200B");
  schedule.name = "Summer";
  schedule.zones[0].name = "Warm";
  body = sent(schedule);
  EXPECT_EQ(body["name"], "Summer");
  EXPECT_EQ(body["zones"][0]["name"], "Warm");
  schedule.name.clear();
  EXPECT_FALSE(sync_schedule(plant(), schedule)) << "a name that could be seen is missing now";
}

TEST(NetatmoSchedules, WhatTheModelDoesNotKnowIsSentBack) {
  Schedule schedule = therm();
  schedule.raw =
      R"({"id":"s1","zones":[{"id":1,"modules":[{"id":"00:04:11","bridge":"g","on":false}]},{"id":0,"modules":[]}]})";
  const auto call = sync_schedule(plant(), schedule);
  ASSERT_TRUE(call);
  EXPECT_NE(
      call->body.find(
          R"("therm_setpoint_temperature":15}],"modules":[{"id":"00:04:11","bridge":"g","on":false}]}]})"),
      std::string::npos)
      << call->body;
}

TEST(NetatmoSchedules, PilotWireAndCoolingHaveTheirOwnWords) {
  Schedule schedule = therm();
  schedule.zones = {
      {.id = 0, .rooms = {{.ambient = AmbientId("netatmo:2746182631"), .order = "frost_guard"}}}};
  schedule.timetable = {{0, 0}};
  EXPECT_NE(sync_schedule(plant(), schedule)
                ->body.find(
                    R"("zones":[{"id":0,"rooms":[{"id":"2746182631","therm_setpoint_fp":"frost_guard"}]}])"),
            std::string::npos);
  schedule.type = "cooling";
  schedule.zones[0].rooms = {room("2746182631", 26),
                             {.ambient = AmbientId("netatmo:2746182632"), .order = "off"}};
  EXPECT_EQ(
      sync_schedule(plant(), schedule)->body,
      R"({"home_id":"h1","schedule_id":"s1","name":"Winter","schedule_type":"cooling","cooling_away_temp":14,)"
      R"("timetable":[{"zone_id":0,"m_offset":0}],"zones":[{"id":0,"rooms":[)"
      R"({"id":"2746182631","cooling_setpoint_temperature":26},{"id":"2746182632","cooling_setpoint_mode":"off"}]}]})");
}

TEST(NetatmoSchedules, ActionsOfAModuleStandSideBySideWithItsGateway) {
  Schedule schedule{.id = "e1", .name = "Evening", .type = "event"};
  schedule.timetable = {{3, 1200}};
  schedule.zones = {{.id = 3,
                     .actions = {{ModuleId("netatmo:00:04:11"), "on", true},
                                 {ModuleId("netatmo:00:04:12"), "target_position", 0.0},
                                 {ModuleId("netatmo:00:04:11"), "brightness", 40.0}}}};
  const std::string zones =
      R"("zones":[{"id":3,"modules":[{"id":"00:04:11","bridge":"00:04:01","on":true,"brightness":40},)"
      R"({"id":"00:04:12","target_position":0}]}]})";
  EXPECT_EQ(
      create_schedule(plant(), schedule)->body,
      R"({"home_id":"h1","name":"Evening","schedule_type":"event","timetable":[{"zone_id":3,"m_offset":1200}],)"
      R"("timetable_sunrise":[],"timetable_sunset":[],)" +
          zones);
  schedule.raw =
      R"({"timetable_sunset":[{"zone_id":3,"day":1}],"zones":[{"id":3,"modules":[{"id":"00:04:11","bridge":"b"}]}]})";
  const std::string body = sync_schedule(plant(), schedule)->body;
  EXPECT_NE(body.find(R"("timetable_sunrise":[],"timetable_sunset":[{"zone_id":3,"day":1}])"),
            std::string::npos);
  EXPECT_NE(body.find(R"({"id":"00:04:11","bridge":"b","on":true)"), std::string::npos);
}

TEST(NetatmoSchedules, WhatNobodyUnderstoodOfAnActionPlanIsSentBack) {
  Schedule schedule{.id = "e1", .name = "Evening", .type = "event"};
  schedule.timetable = {{3, 1260}, {4, 1300}};
  schedule.zones = {{.id = 3}, {.id = 4, .actions = {{ModuleId("netatmo:00:04:12"), "on", false}}}};
  schedule.raw =
      R"({"id":"e1","timetable":[{"zone_id":3,"m_offset":1200,"twilight_offset":5},{"zone_id":4,"m_offset":1300,"days":[1]}],)"
      R"("zones":[{"id":3,"name":"old","modules":[{"id":"00:04:13","colours":[1,2]}],"scenarios":["9"],"mood":{"a":1}},)"
      R"({"id":4,"modules":[{"id":"00:04:12","on":true,"ramp":{"s":3}},{"id":"00:04:11","on":true}]}]})";
  EXPECT_EQ(
      sync_schedule(plant(), schedule)->body,
      R"({"home_id":"h1","schedule_id":"e1","name":"Evening","schedule_type":"event",)"
      R"("timetable":[{"zone_id":3,"m_offset":1260,"twilight_offset":5},{"zone_id":4,"m_offset":1300,"days":[1]}],)"
      R"("timetable_sunrise":[],"timetable_sunset":[],)"
      R"("zones":[{"id":3,"modules":[{"id":"00:04:13","colours":[1,2]}],"scenarios":["9"],"mood":{"a":1}},)"
      R"({"id":4,"modules":[{"id":"00:04:12","on":false,"ramp":{"s":3}}]}]})")
      << "the removed action of 00:04:11 stays away";
}

TEST(NetatmoSchedules, ARoomThatIsOffInAPlanGoesBackAsModeAndNotAsOrder) {
  Schedule schedule = therm();
  schedule.zones = {
      {.id = 0,
       .rooms = {room("2746182631", 19.5), {.ambient = AmbientId("netatmo:2746182632"), .order = "off"}}}};
  schedule.timetable = {{0, 0}};
  const std::string zones =
      R"("zones":[{"id":0,"rooms":[{"id":"2746182631","therm_setpoint_temperature":19.5%},)"
      R"({"id":"2746182632","therm_setpoint_mode":"off"}]}])";
  const auto sent = [&](const std::string& more) {
    std::string expected = zones;
    expected.replace(expected.find('%'), 1, more);
    const std::string body = sync_schedule(plant(), schedule)->body;
    EXPECT_NE(body.find(expected), std::string::npos) << body;
    return body;
  };
  EXPECT_EQ(sent("").find("away_temperature_mode"), std::string::npos);
  schedule.raw =
      R"({"away_temperature_mode":"off","zones":[{"id":0,"rooms":[{"id":"2746182631","therm_setpoint_temperature":20,"fan":"low"},)"
      R"({"id":"2746182632","therm_setpoint_mode":"off"}],"rooms_temp":[{"room_id":"2746182631","temp":20}]}]})";
  for (const char* type : {"therm", "cooling", "auto"}) {
    schedule.type = type;
    EXPECT_NE(sync_schedule(plant(), schedule)->body.find(R"("away_temperature_mode":"off")"),
              std::string::npos)
        << type;
  }
  schedule.type = "therm";
  sent(R"(,"fan":"low")");
}

TEST(NetatmoSchedules, ChoosingRenamingAndDeleting) {
  Schedule schedule = therm();
  EXPECT_EQ(switch_schedule(plant(), schedule)->body, R"({"home_id":"h1","schedule_id":"s1"})");
  EXPECT_EQ(rename_schedule(plant(), schedule, "Hiver")->body,
            R"({"home_id":"h1","schedule_id":"s1","name":"Hiver"})");
  EXPECT_EQ(rename_schedule(plant(), schedule, "").error().field, "name");
  EXPECT_EQ(delete_schedule(plant(), schedule)->body, R"({"home_id":"h1","schedule_id":"s1"})");
  schedule.selected = true;
  EXPECT_EQ(delete_schedule(plant(), schedule).error().message,
            "this schedule is in use; choose another one first");
  EXPECT_EQ(end_schedule(plant(), schedule).error().kind, ErrorKind::unsupported);
  schedule.type = "event";
  EXPECT_EQ(switch_schedule(plant(), schedule)->body,
            R"({"home_id":"h1","schedule_id":"s1","schedule_type":"event"})");
  EXPECT_EQ(end_schedule(plant(), schedule)->body,
            R"({"home_id":"h1","schedule_type":"event","selected":false})");
}

TEST(NetatmoSchedules, ANewOneIsNeverSentTwiceAndTellsItsId) {
  Schedule schedule = therm();
  schedule.id.clear();
  schedule.selected = true;
  const auto call = create_schedule(plant(), schedule);
  ASSERT_TRUE(call);
  EXPECT_EQ(call->path, "/api/createnewhomeschedule");
  EXPECT_EQ(call->operation, policy::CommandClass::momentary_write);
  EXPECT_TRUE(call->body.starts_with(R"({"home_id":"h1","name":"Winter","selected":true,"away_temp":14,)"))
      << call->body;
  EXPECT_EQ(read_created(R"({"status":"ok","schedule_id":"n1"})"), "n1");
  EXPECT_EQ(read_created(R"({"status":"ok","body":{"schedule_id":"n2"}})"), "n2");
  EXPECT_EQ(read_created(R"({"status":"ok"})").error().field, "schedule_id");
  EXPECT_EQ(read_created("").error().kind, ErrorKind::malformed);
}

TEST(NetatmoSchedules, WhatCannotBeMeantIsRefusedWithItsField) {
  const auto refused = [](auto change) {
    Schedule schedule = therm();
    change(schedule);
    const auto call = sync_schedule(plant(), schedule);
    EXPECT_FALSE(call);
    return call ? std::string() : call.error().field;
  };
  EXPECT_EQ(refused([](Schedule& s) { s.id.clear(); }), "id");
  EXPECT_EQ(refused([](Schedule& s) { s.name.clear(); }), "name");
  EXPECT_EQ(refused([](Schedule& s) { s.type = "electricity"; }), "type");
  EXPECT_EQ(refused([](Schedule& s) { s.timetable.clear(); }), "timetable");
  EXPECT_EQ(refused([](Schedule& s) { s.timetable[1].minute = 0; }), "timetable[1].minute");
  EXPECT_EQ(refused([](Schedule& s) { s.timetable[1].minute = 10080; }), "timetable[1].minute");
  EXPECT_EQ(refused([](Schedule& s) { s.timetable[0].minute = -1; }), "timetable[0].minute");
  EXPECT_EQ(refused([](Schedule& s) { s.timetable[0].zone = 7; }), "timetable[0].zone");
  EXPECT_EQ(refused([](Schedule& s) { s.zones.push_back({.id = 1}); }), "zones[2].id");
  EXPECT_EQ(refused([](Schedule& s) { s.zones[0].rooms[1].ambient = AmbientId("netatmo:x"); }),
            "zones[0].rooms[1].ambient");
  EXPECT_EQ(refused([](Schedule& s) { s.zones[0].rooms[0].temperature.reset(); }),
            "zones[0].rooms[0].temperature");
  EXPECT_EQ(refused([](Schedule& s) { s.zones[0].rooms[0].temperature = 60; }),
            "zones[0].rooms[0].temperature");
  EXPECT_EQ(refused([](Schedule& s) { s.zones[0].actions = {{ModuleId("netatmo:q"), "on", true}}; }),
            "zones[0].actions[0].module");
  EXPECT_EQ(refused([](Schedule& s) { s.zones[0].actions = {{ModuleId("netatmo:00:04:12"), "id", true}}; }),
            "zones[0].actions[0].property");
}

// The recorded body of another client: the same values in the same plan make the same JSON.
TEST(NetatmoSchedules, AgreesWithARecordedSync) {
  const std::string path = test::fixture_dir() + "/netatmo/schedule/synchomeschedule_body_therm.json";
  const auto recorded = test::read_file(path);
  if (!recorded) GTEST_SKIP() << "no fixture " << path;
  const auto wanted = parse_json(*recorded);
  ASSERT_TRUE(wanted);
  Schedule schedule{.id = "591b54a2764ff4d50d8b5795", .name = "Default", .type = "therm"};
  schedule.away_temperature = number_of(*wanted, "away_temp");
  schedule.frost_temperature = number_of(*wanted, "hg_temp");
  for (const Json& slot : *find(*wanted, "timetable"))
    schedule.timetable.push_back(
        {static_cast<int>(*integer_of(slot, "zone_id")), static_cast<int>(*integer_of(slot, "m_offset"))});
  for (const Json& one : *find(*wanted, "zones")) {
    Zone zone{.id = static_cast<int>(*integer_of(one, "id")),
              .name = *text_of(one, "name"),
              .type = static_cast<int>(*integer_of(one, "type"))};
    for (const Json& each : *find(one, "rooms"))
      zone.rooms.push_back(
          room(text_of(each, "id")->c_str(), *number_of(each, "therm_setpoint_temperature")));
    schedule.zones.push_back(std::move(zone));
  }
  EXPECT_EQ(schedule.timetable.size(), 25u);
  EXPECT_EQ(schedule.zones.size(), 3u);
  const auto call = sync_schedule(plant(), schedule);
  ASSERT_TRUE(call) << call.error().message;
  auto sent = *parse_json(call->body);
  for (const char* name : {"home_id", "schedule_id", "name"}) EXPECT_EQ(sent.erase(name), 1u);
  // Members compare in any order.
  EXPECT_EQ(nlohmann::json::parse(sent.dump()), nlohmann::json::parse(wanted->dump()));
}

}  // namespace
}  // namespace foyer
