// The catalogue: every operation's request byte for byte as the vendors publish it.
#include <gtest/gtest.h>

#include <set>

#include "core/base/json_view.hpp"
#include "core/cloud/catalog/catalog.hpp"

namespace foyer {
namespace {

using catalog::find;
using catalog::make_call;
using catalog::Operation;
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

std::vector<Wanted> smarther_requests() {
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
  for (const auto& group :
       {smarther_requests(), home_control(), netatmo_commands(), netatmo_others(), smaller_ones()})
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

}  // namespace
}  // namespace foyer
