// The catalogue: every operation's request byte for byte as the reference has it (eliot-api §3–§6,
// netatmo-api §7–§15).
#include "core/cloud/catalog.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/cloud/json_view.hpp"

namespace foyer {
namespace {

using catalog::find;
using catalog::make_call;
using catalog::Operation;
using catalog::Parameter;
using catalog::Values;

struct Wanted {
  const char* id;
  Values values;
  const char* request;  // "METHOD path?query"
  const char* body = "";
};

constexpr const char* plant = "11111111-1111-4111-8111-111111111111";
constexpr const char* module = "22222222-2222-4222-8222-222222222222";
constexpr const char* home = "5f0000000000000000000001";
constexpr const char* lamp = "00:04:74:00:00:00:00:11";
constexpr const char* gateway = "00:04:74:00:00:01";

#define SMARTHER                                                                   \
  "/smarther/v2.0/chronothermostat/thermoregulation/addressLocation/plants/"       \
  "11111111-1111-4111-8111-111111111111/modules/parameter/id/value/22222222-2222-" \
  "4222-8222-222222222222"
#define HC(kind) "/hc/api/v1.0/" kind "/addressLocation/plants/p1/modules/parameter/id/value/m1"

std::vector<Wanted> smarther() {
  const Values ids = {{"plant", plant}, {"module", module}};
  const auto set = [&](Values more) {
    more.insert(more.begin(), ids.begin(), ids.end());
    return more;
  };
  return {
      {"smarther.plants", {}, "GET /smarther/v2.0/plants"},
      {"smarther.topology",
       {{"plant", plant}},
       "GET /smarther/v2.0/plants/11111111-1111-4111-8111-111111111111/topology"},
      {"smarther.status", ids, "GET " SMARTHER},
      {"smarther.set", set({{"function", "heating"}, {"mode", "automatic"}, {"program", "0"}}),
       "POST " SMARTHER, R"({"function":"heating","mode":"automatic","programs":[{"number":0}]})"},
      {"smarther.set", set({{"function", "heating"}, {"mode", "manual"}, {"setpoint", "20.5"}}),
       "POST " SMARTHER, R"({"function":"heating","mode":"manual","setPoint":{"value":20.5,"unit":"C"}})"},
      {"smarther.set",
       set({{"function", "cooling"},
            {"mode", "manual"},
            {"setpoint", "21"},
            {"activationTime", "2026-01-10T23:30:00"}}),
       "POST " SMARTHER,
       R"({"function":"cooling","mode":"manual","setPoint":{"value":21,"unit":"C"},)"
       R"("activationTime":"2026-01-10T23:30:00"})"},
      {"smarther.set",
       set({{"function", "heating"},
            {"mode", "boost"},
            {"activationTime", "2026-01-10T18:02:00/2026-01-10T18:32:00"}}),
       "POST " SMARTHER,
       R"({"function":"heating","mode":"boost","activationTime":"2026-01-10T18:02:00/2026-01-10T18:32:00"})"},
      {"smarther.set", set({{"function", "heating"}, {"mode", "off"}}), "POST " SMARTHER,
       R"({"function":"heating","mode":"off"})"},
      {"smarther.measures", ids, "GET " SMARTHER "/measures"},
      {"smarther.programs", ids, "GET " SMARTHER "/programlist"},
      {"smarther.subscribe",
       {{"plant", plant}, {"url", "https://example.com/hook?x=1"}},
       "POST /smarther/v2.0/plants/11111111-1111-4111-8111-111111111111/subscription",
       R"({"EndPointUrl":"https://example.com/hook?x=1"})"},
      {"smarther.subscriptions", {}, "GET /smarther/v2.0/subscription"},
      {"smarther.unsubscribe",
       {{"plant", plant}, {"subscription", "s1"}},
       "DELETE /smarther/v2.0/plants/11111111-1111-4111-8111-111111111111/subscription/s1"},
  };
}

std::vector<Wanted> home_control() {
  const Values ids = {{"plant", "p1"}, {"module", "m1"}};
  const auto with = [&](const char* name, const char* value) {
    Values out = ids;
    out.emplace_back(name, value);
    return out;
  };
  return {
      {"hc.plants", {}, "GET /hc/api/v1.0/plants"},
      {"hc.topology", {{"plant", "p1"}}, "GET /hc/api/v1.0/plants/p1/topology"},
      {"hc.status", {{"plant", "p1"}}, "GET /hc/api/v1.0/plants/p1"},
      {"hc.module_status", with("kind", "meter/energy"), "GET " HC("meter/energy")},
      {"hc.kind_status",
       {{"kind", "plug/energy"}, {"plant", "p1"}},
       "GET /hc/api/v1.0/plug/energy/addressLocation/plants/p1"},
      {"hc.light.set", with("status", "off"), "POST " HC("light/lighting"), R"({"status":"off"})"},
      {"hc.light.level", with("level", "40"), "POST " HC("light/lighting"), R"({"level":40})"},
      {"hc.plug.set", with("status", "on"), "POST " HC("plug/energy"), R"({"status":"on"})"},
      {"hc.heater.set", with("status", "on"), "POST " HC("heater/comfort"), R"({"status":"on"})"},
      {"hc.automation.set", with("level", "100"), "POST " HC("automation/automation"), R"({"level":100})"},
      {"hc.automation.stop", ids, "POST " HC("automation/automation"), R"({"level":-1})"},
      {"hc.many.set",
       {{"kind", "automation/automation"}, {"plant", "p1"}, {"ids", R"(["m1","m2"])"}, {"level", "0"}},
       "POST /hc/api/v1.0/automation/automation/addressLocation/plants/p1",
       R"({"ids":["m1","m2"],"level":0})"},
      {"hc.ambient.plugs",
       {{"plant", "p1"}, {"ambient", "a1"}, {"status", "off"}},
       "POST /hc/api/v1.0/plug/energy/addressLocation/plants/p1/ambients/parameter/id/value/a1",
       R"({"status":"off"})"},
      {"hc.scenes", {{"plant", "p1"}}, "GET /hc/api/v1.0/scene/comfort/addressLocation/plants/p1"},
      {"hc.scene.run", ids, "POST " HC("scene/comfort"), R"({"enable":true})"},
      {"hc.subscribe", {{"plant", "p1"}}, "POST /hc/api/v1.0/addsubscription", R"({"plantid":"p1"})"},
      {"hc.consumptions", {{"address", "/hc/api/v1.0/shown/there"}}, "GET /hc/api/v1.0/shown/there"},
  };
}

std::vector<Wanted> netatmo_commands() {
  const Values ids = {{"home", home}, {"module", lamp}, {"bridge", gateway}};
  const auto with = [&](Values more) {
    more.insert(more.begin(), ids.begin(), ids.end());
    return more;
  };
  const char* set = "POST /api/setstate";
#define STATE(rest)                                                                                  \
  R"({"home":{"id":"5f0000000000000000000001","modules":[{"id":"00:04:74:00:00:00:00:11","bridge":)" \
  R"("00:04:74:00:00:01",)" rest "}]}}"
#define ROOM(rest) R"({"home":{"id":"5f0000000000000000000001","rooms":[{"id":"1000001",)" rest "}]}}"
  return {
      {"netatmo.setstate",
       {{"json", R"({"id":"h","rooms":[{"id":"1","therm_setpoint_mode":"home"}]})"}},
       set,
       R"({"home":{"id":"h","rooms":[{"id":"1","therm_setpoint_mode":"home"}]}})"},
      {"netatmo.switch", with({{"on", "true"}}), set, STATE(R"("on":true)")},
      {"netatmo.switch",
       {{"home", home}, {"module", "nle#1"}, {"on", "false"}},
       set,
       R"({"home":{"id":"5f0000000000000000000001","modules":[{"id":"nle#1","on":false}]}})"},
      {"netatmo.dimmer", with({{"on", "true"}, {"brightness", "40"}}), set,
       STATE(R"("on":true,"brightness":40)")},
      {"netatmo.shutter", with({{"position", "55"}}), set, STATE(R"("target_position":55)")},
      {"netatmo.shutter.stop", ids, set, STATE(R"("target_position":-1)")},
      {"netatmo.shutter.preferred", ids, set, STATE(R"("target_position":-2)")},
      {"netatmo.slats", with({{"angle", "90.5"}}), set, STATE(R"("target_orientation_float":90.5)")},
      {"netatmo.fan", with({{"speed", "2"}}), set, STATE(R"("fan_speed":2)")},
      {"netatmo.lock", with({{"lock", "false"}}), set, STATE(R"("lock":false)")},
      {"netatmo.scenario",
       {{"home", home}, {"gateway", gateway}, {"scenario", "evening"}},
       set,
       R"({"home":{"id":"5f0000000000000000000001","modules":[{"id":"00:04:74:00:00:01","scenario":"evening"}]}})"},
      {"netatmo.room",
       {{"home", home},
        {"room", "1000001"},
        {"mode", "manual"},
        {"temperature", "21.5"},
        {"endtime", "1760007400"}},
       set,
       ROOM(R"("therm_setpoint_mode":"manual","therm_setpoint_temperature":21.5,)"
            R"("therm_setpoint_end_time":1760007400)")},
      {"netatmo.room",
       {{"home", home}, {"room", "1000001"}, {"mode", "hg"}, {"pilot", "frost_guard"}},
       set,
       ROOM(R"("therm_setpoint_mode":"hg","therm_setpoint_fp":"frost_guard")")},
      {"netatmo.room.cooling",
       {{"home", home}, {"room", "1000001"}, {"mode", "manual"}, {"temperature", "26"}},
       set,
       ROOM(R"("cooling_setpoint_mode":"manual","cooling_setpoint_temperature":26)")},
      {"netatmo.setroomthermpoint",
       {{"home", home}, {"room", "1000001"}, {"mode", "manual"}, {"temp", "19"}, {"endtime", "1760007400"}},
       "POST /api/setroomthermpoint",
       R"({"home_id":"5f0000000000000000000001","room_id":"1000001","mode":"manual","temp":19,"endtime":1760007400})"},
      {"netatmo.setthermmode",
       {{"home", home}, {"mode", "away"}, {"endtime", "1760007400"}},
       "POST /api/setthermmode",
       R"({"home_id":"5f0000000000000000000001","mode":"away","endtime":1760007400})"},
      {"netatmo.setthermmode",
       {{"home", home}, {"mode", "schedule"}, {"schedule", "s1"}},
       "POST /api/setthermmode",
       R"({"home_id":"5f0000000000000000000001","mode":"schedule","schedule_id":"s1"})"},
  };
}

std::vector<Wanted> netatmo_others() {
  return {
      {"netatmo.homesdata", {}, "GET /api/homesdata"},
      {"netatmo.homesdata",
       {{"home", home}, {"gateway_types", "NLG"}},
       "GET /api/homesdata?home_id=5f0000000000000000000001&gateway_types=NLG"},
      {"netatmo.homestatus", {{"home", home}}, "GET /api/homestatus?home_id=5f0000000000000000000001"},
      {"netatmo.schedule.switch",
       {{"home", home}, {"schedule", "s1"}},
       "POST /api/switchhomeschedule",
       R"({"home_id":"5f0000000000000000000001","schedule_id":"s1"})"},
      {"netatmo.schedule.switch",
       {{"home", home}, {"type", "event"}, {"selected", "false"}},
       "POST /api/switchhomeschedule",
       R"({"home_id":"5f0000000000000000000001","schedule_type":"event","selected":false})"},
      {"netatmo.schedule.sync",
       {{"home", home},
        {"schedule", "s1"},
        {"name", "Winter"},
        {"away_temp", "14"},
        {"hg_temp", "7"},
        {"timetable", R"([{"zone_id":1,"m_offset":0}])"},
        {"zones", R"([{"id":1,"name":"Night","type":1,"rooms":[]}])"}},
       "POST /api/synchomeschedule",
       R"({"home_id":"5f0000000000000000000001","schedule_id":"s1","name":"Winter","away_temp":14,"hg_temp":7,)"
       R"("timetable":[{"zone_id":1,"m_offset":0}],"zones":[{"id":1,"name":"Night","type":1,"rooms":[]}]})"},
      {"netatmo.schedule.create",
       {{"home", home},
        {"name", "Holidays"},
        {"type", "event"},
        {"timetable", "[]"},
        {"timetable_sunrise", "[]"},
        {"timetable_sunset", "[]"},
        {"zones", "[]"}},
       "POST /api/createnewhomeschedule",
       R"({"home_id":"5f0000000000000000000001","name":"Holidays","schedule_type":"event","timetable":[],)"
       R"("timetable_sunrise":[],"timetable_sunset":[],"zones":[]})"},
      {"netatmo.schedule.rename",
       {{"home", home}, {"schedule", "s1"}, {"name", "Été \"26\""}},
       "POST /api/renamehomeschedule",
       "{\"home_id\":\"5f0000000000000000000001\",\"schedule_id\":\"s1\",\"name\":\"Été \\\"26\\\"\"}"},
      {"netatmo.schedule.delete",
       {{"home", home}, {"schedule", "s1"}},
       "POST /api/deletehomeschedule",
       R"({"home_id":"5f0000000000000000000001","schedule_id":"s1"})"},
      {"netatmo.getmeasure",
       {{"bridge", gateway},
        {"module", lamp},
        {"scale", "1hour"},
        {"type", "sum_energy_buy_from_grid$0,sum_energy_buy_from_grid$1"},
        {"from", "1760000000"},
        {"to", "1760086400"},
        {"limit", "24"},
        {"optimize", "false"},
        {"real_time", "true"}},
       "GET "
       "/api/getmeasure?device_id=00%3A04%3A74%3A00%3A00%3A01&module_id=00%3A04%3A74%3A00%3A00%3A00%3A00%3A11"
       "&scale=1hour&type=sum_energy_buy_from_grid%240%2Csum_energy_buy_from_grid%241&date_begin=1760000000"
       "&date_end=1760086400&limit=24&optimize=false&real_time=true"},
      {"netatmo.getroommeasure",
       {{"home", home}, {"room", "1000001"}, {"scale", "1day"}, {"type", "min_temp,max_temp"}},
       "GET "
       "/api/"
       "getroommeasure?home_id=5f0000000000000000000001&room_id=1000001&scale=1day&type=min_temp%2Cmax_temp"},
      {"netatmo.getscenarios", {{"home", home}}, "GET /api/getscenarios?home_id=5f0000000000000000000001"},
      {"netatmo.addwebhook",
       {{"url", "https://example.com/h"}},
       "POST /api/addwebhook",
       R"({"url":"https://example.com/h"})"},
      {"netatmo.dropwebhook", {}, "POST /api/dropwebhook"},
      {"netatmo.dropwebhook",
       {{"app_types", "app_security"}},
       "POST /api/dropwebhook",
       R"({"app_types":"app_security"})"},
  };
}

std::vector<Wanted> smaller_ones() {
  return {
      {"multisocket.status",
       {{"plant", plant}, {"by", "name"}, {"value", "Desk & lamp"}},
       "GET "
       "/multioutlet/plug/energy/addressLocation/plants/11111111-1111-4111-8111-111111111111/parameter/name/"
       "value/Desk%20%26%20lamp"},
      {"multisocket.set",
       {{"plant", plant}, {"by", "id"}, {"value", "strip"}, {"status", "[true,false]"}},
       "POST "
       "/multioutlet/plug/energy/addressLocation/plants/11111111-1111-4111-8111-111111111111/parameter/id/"
       "value/strip",
       R"({"status":[true,false]})"},
      {"myhome.plants", {}, "GET /myhomeup/v1.0/plants"},
      {"myhome.topology", {{"plant", "b1"}}, "GET /myhomeup/v1.0/plants/b1/topology"},
      {"classe.call_home", {{"address", "/shown/there"}}, "GET /shown/there"},
      {"emergency.controllers", {{"address", "/shown/there"}, {"site", "s1"}}, "GET /shown/there?siteId=s1"},
      {"emergency.decode",
       {{"address", "/shown/there"}, {"reference", "062525"}, {"failureFlag", "0x04"}},
       "GET /shown/there?reference=062525&failureFlag=0x04"},
  };
}

TEST(Catalogue, EveryOperationsRequestIsTheReferencesByteForByte) {
  std::set<std::string_view> seen;
  for (const auto& group : {smarther(), home_control(), netatmo_commands(), netatmo_others(), smaller_ones()})
    for (const Wanted& wanted : group) {
      SCOPED_TRACE(wanted.id);
      const Operation* operation = find(wanted.id);
      ASSERT_NE(operation, nullptr);
      const auto call = make_call(*operation, wanted.values);
      ASSERT_TRUE(call) << call.error().message;
      std::string request = call->method + " " + call->path;
      if (!call->query.empty()) request += "?" + form_encode(call->query);
      EXPECT_EQ(request, wanted.request);
      EXPECT_EQ(call->body, wanted.body);
      if (!call->body.empty()) EXPECT_TRUE(JsonText::parse(call->body));
      EXPECT_EQ(call->path_template, operation->path);
      EXPECT_EQ(call->operation, operation->command);
      seen.insert(operation->id);
    }
  for (const catalog::Api& api : catalog::apis())
    for (const Operation& operation : api.operations)
      EXPECT_TRUE(seen.contains(operation.id)) << operation.id << " has no request here";
}

TEST(Catalogue, IsWellFormed) {
  std::set<std::string_view> ids;
  for (const catalog::Api& api : catalog::apis()) {
    EXPECT_FALSE(api.title.empty());
    for (const Operation& operation : api.operations) {
      SCOPED_TRACE(operation.id);
      EXPECT_TRUE(ids.insert(operation.id).second);
      EXPECT_EQ(operation.api(), api.id);
      EXPECT_EQ(find(operation.id), &operation);
      EXPECT_FALSE(operation.title.empty());
      EXPECT_EQ(operation.method == "GET", operation.command == policy::CommandClass::read);
      EXPECT_GE(operation.cost, 1);
      std::set<std::string_view> names;
      std::string filled(operation.path);
      for (const Parameter& one : operation.parameters) {
        SCOPED_TRACE(one.name);
        EXPECT_TRUE(names.insert(one.name).second);
        EXPECT_EQ(one.type == catalog::Type::enumeration, !one.options.empty());
        if (one.place == catalog::Place::path || one.place == catalog::Place::address) {
          const auto at = filled.find("{" + std::string(one.name) + "}");
          ASSERT_NE(at, std::string::npos);
          filled.erase(at, one.name.size() + 2);
        }
        if (one.place == catalog::Place::body) EXPECT_NE(operation.method, "GET");
        for (const std::string_view when : {one.only_when, one.needed_when})
          if (!when.empty()) EXPECT_TRUE(names.contains(when.substr(0, when.find('=')))) << when;
      }
      EXPECT_EQ(filled.find('{'), std::string::npos) << filled;
    }
  }
  EXPECT_EQ(find(""), nullptr);
  EXPECT_EQ(find("smarther"), nullptr);
}

TEST(Catalogue, WhatIsProposedIsAccepted) {
  for (const catalog::Api& api : catalog::apis())
    for (const Operation& operation : api.operations) {
      Values values;
      for (const Parameter& one : operation.parameters)
        if (one.type != catalog::Type::constant && one.only_when.empty()) {
          std::string value(one.preset);
          if (value.empty() && one.required)
            value = one.options.empty() ? "x" : one.options.substr(0, one.options.find('|'));
          values.emplace_back(one.name, value);
        }
      const auto valid = catalog::validate(operation, values);
      // A preset mode may need a value that has none of its own.
      if (!valid) EXPECT_TRUE(valid.error().message.ends_with(": is missing")) << valid.error().message;
    }
}

TEST(Catalogue, ForeignIdsMayCarryFoyersPrefixAndAreNoPath) {
  const auto call = make_call(*find("hc.topology"), {{"plant", "hc:a/../b?c"}});
  ASSERT_TRUE(call);
  EXPECT_EQ(call->path, "/hc/api/v1.0/plants/a%2F..%2Fb%3Fc/topology");
  const auto other = make_call(*find("smarther.topology"), {{"plant", "hc:1"}});
  EXPECT_EQ(other->path, "/smarther/v2.0/plants/hc%3A1/topology");
}

TEST(Catalogue, JsonThatFitsAloneOnlyIsNotSent) {
  for (const std::string& json : {std::string(32, '[') + std::string(32, ']'), std::string("\xEF\xBB\xBF[]")}) {
    const auto call = make_call(*find("netatmo.setstate"), {{"json", json}});
    ASSERT_FALSE(call);
    EXPECT_EQ(call.error().kind, ErrorKind::invalid_input);
  }
}

struct Bad {
  const char* id;
  Values values;
  const char* field;
  const char* message;
};

TEST(Catalogue, WhatDoesNotFitIsNamed) {
  const Values ids = {{"plant", "p"}, {"module", "m"}};
  const auto with = [&](Values more) {
    more.insert(more.begin(), ids.begin(), ids.end());
    return more;
  };
  const Bad cases[] = {
      {"hc.topology", {}, "plant", "plant: is missing"},
      {"hc.topology", {{"plant", ""}}, "plant", "plant: is missing"},
      {"hc.topology", {{"plant", "p"}, {"plant", "q"}}, "plant", "plant: given twice"},
      {"hc.topology", {{"plant", "p"}, {"level", "1"}}, "level", "level: there is no such parameter"},
      {"hc.automation.stop", with({{"level", "1"}}), "level", "level: there is no such parameter"},
      {"hc.light.level", with({{"level", "x"}}), "level", "level: expected a whole number"},
      {"hc.light.level", with({{"level", "4.5"}}), "level", "level: expected a whole number"},
      {"hc.light.level", with({{"level", "101"}}), "level", "level: expected 0 to 100 %"},
      {"hc.light.level", with({{"level", "1e400"}}), "level", "level: expected a whole number"},
      {"hc.automation.set", with({{"level", "40"}}), "level", "level: expected 0 to 100 % in steps of 100"},
      {"hc.light.set", with({{"status", "ON"}}), "status", "status: expected one of on|off"},
      {"hc.module_status", with({{"kind", "light"}}), "kind",
       "kind: expected one of "
       "light/lighting|plug/energy|automation/automation|remote/remote|heater/comfort|meter/"
       "energy"},
      {"smarther.set", with({{"function", "heating"}, {"mode", "manual"}}), "setpoint",
       "setpoint: is missing"},
      {"smarther.set", with({{"function", "heating"}, {"mode", "boost"}}), "activationTime",
       "activationTime: is missing"},
      {"smarther.set", with({{"function", "heating"}, {"mode", "off"}, {"setpoint", "20"}}), "setpoint",
       "setpoint: goes with mode=manual only"},
      {"smarther.set", with({{"function", "heating"}, {"mode", "manual"}, {"setpoint", "41"}}), "setpoint",
       "setpoint: expected 3 to 40 °C in steps of 0.1"},
      {"smarther.set", with({{"function", "heating"}, {"mode", "automatic"}, {"program", "12"}}), "program",
       "program: expected 0 to 11"},
      {"multisocket.set",
       {{"plant", "p"}, {"by", "id"}, {"value", "v"}, {"status", "[true"}},
       "status",
       "status: expected JSON"},
      {"netatmo.switch", {{"home", "h"}, {"module", "m"}, {"on", "1"}}, "on", "on: expected true or false"},
      {"classe.call_home",
       {{"address", "https://elsewhere/x"}},
       "address",
       "address: expected what follows the API's address, beginning with /"},
  };
  for (const Bad& bad : cases) {
    const auto call = make_call(*find(bad.id), bad.values);
    ASSERT_FALSE(call) << bad.id << " " << bad.message;
    EXPECT_EQ(call.error().kind, ErrorKind::invalid_input);
    EXPECT_EQ(call.error().field, bad.field);
    EXPECT_EQ(call.error().message, bad.message);
  }
}

}  // namespace
}  // namespace foyer
