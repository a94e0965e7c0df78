// homesdata, homestatus and setstate.
#include <algorithm>
#include <set>

#include "tests/sim/netatmo/world.hpp"

namespace foyer::sim::test {
namespace {

class SimNetState : public NetWorld {
 protected:
  void SetUp() override { net_sign_in(); }
  static bool holds(const Json& list, const std::string& text) {
    return std::any_of(list.begin(), list.end(), [&](const Json& item) { return item == text; });
  }
  const std::string gateway = "00:04:74:0a:11:67", lamp = "00:04:74:00:00:0a:11:01",
                    plug = "00:04:74:00:00:0a:11:03", exact = "00:04:74:00:00:0a:11:04",
                    coarse = "00:04:74:00:00:0a:11:05";
};

TEST_F(SimNetState, the_envelope_and_the_user_are_as_recorded) {
  const Json answer = json(net("homesdata"));
  EXPECT_EQ(answer["status"], "ok");
  EXPECT_TRUE(answer["time_exec"].is_number());
  EXPECT_EQ(answer["time_server"], 1'795'348'800);
  EXPECT_EQ(answer["body"]["user"]["email"], "alice@example.org");
  EXPECT_EQ(text_of(answer["body"]["user"], "id").value_or("").size(), 24U);
}

TEST_F(SimNetState, homesdata_may_be_asked_by_query_form_and_json) {
  const std::string one = net("homesdata", {{"home_id", belle}}).body;
  EXPECT_EQ(net_form("homesdata", {{"home_id", belle}}).body, one);
  EXPECT_EQ(net_json("homesdata", R"({"home_id":"5f0e0000000000000a11ce01"})").body, one);
  EXPECT_EQ(json(net("homesdata"))["body"]["homes"].size(), 2U);
}

TEST_F(SimNetState, the_demo_home_has_rooms_every_family_and_unique_ids) {
  const Json home = home_data();
  EXPECT_EQ(home["name"], "Belle-\xC3\x8Ele");
  EXPECT_EQ(home["coordinates"], Json::array({-3.19, 47.33})) << "longitude first";
  EXPECT_GE(home["rooms"].size(), 5U);
  std::set<std::string> ids, types;
  for (const Json& module : home["modules"]) {
    EXPECT_TRUE(ids.insert(text_of(module, "id").value_or("")).second) << module["id"];
    types.insert(text_of(module, "type").value_or(""));
  }
  for (const char* type :
       {"NLG",  "NLGS",  "NLP",  "NLPM", "NLPBS", "NLPO",   "NLPT",     "NLPD", "NLC",  "NLUP", "NLF",
        "NLFN", "NLFE",  "NLM",  "NLL",  "NLIS",  "NLUI",   "NLUF",     "NLUO", "NLV",  "NLLV", "NLLM",
        "NLJ",  "NLLF",  "NLT",  "NLD",  "NLDD",  "NLAO",   "NLAS",     "NLDP", "NLTS", "NLPC", "NLPS",
        "NLE",  "NLY",   "BNS",  "BNMH", "BNTH",  "BNFC",   "BNTR",     "BNIL", "BNLD", "BNCS", "BNAS",
        "BNAB", "BNMS",  "BNXM", "BNCX", "BNC1",  "BNEU",   "BNDL",     "BNSL", "NBG",  "NBR",  "NBO",
        "NBS",  "TPSRS", "Z3L",  "Z3V",  "EBU",   "NAPlug", "NATherm1", "NRV",  "OTH",  "OTM",  "NAC"})
    EXPECT_EQ(types.count(type), 1U) << type;
}

TEST_F(SimNetState, data_are_sloppy_on_purpose) {
  const Json homes = json(net("homesdata"))["body"]["homes"], home = homes[0];
  for (const char* absent : {"name", "rooms", "modules", "schedules"})
    EXPECT_FALSE(homes[1].contains(absent)) << absent;
  EXPECT_FALSE(entry(home["rooms"], room_named("Attic")).contains("module_ids"));
  const Json bare = entry(home["modules"], "00:04:74:00:00:0a:11:21");
  EXPECT_FALSE(bare.contains("name"));
  EXPECT_FALSE(bare.contains("room_id"));
  const Json bridged = entry(home["modules"], gateway)["modules_bridged"];
  EXPECT_TRUE(holds(bridged, gateway + ":0f:0f")) << "known to the bridge alone";
  EXPECT_FALSE(holds(bridged, module_named("Pocket remote"))) << "forgotten by its bridge";
  EXPECT_EQ(module_status(module_named("Fountain"))["shimmer"], 3) << "a field of a type in no list";
  EXPECT_FALSE(module_status("00:04:74:0a:11:73").contains("reachable"));
  EXPECT_TRUE(module_status("0009990001").contains("target_position_step"));
  EXPECT_TRUE(module_status("0009990002").contains("target_position:step"));
  EXPECT_EQ(json(net("homestatus", {{"home_id", "5f0e0000000000000a11ce02"}}))["body"], Json::object());
}

TEST_F(SimNetState, a_double_switch_is_three_entries_and_only_the_channels_switch) {
  const std::string bare = "00:04:74:00:00:0a:11:21";
  EXPECT_FALSE(module_status(bare).contains("on"));
  EXPECT_EQ(module_status(bare + "#2")["on"], true);
  EXPECT_FALSE(module_status(bare + "#2").contains("reachable"));
  EXPECT_EQ(set_module(bare, R"("on":true)").status, 400);
  EXPECT_EQ(set_module(bare + "#1", R"("on":true)").status, 200);
}

TEST_F(SimNetState, filters_keep_what_they_name) {
  const Json only = json(net("homesdata", {{"gateway_types", R"(["NLE"])"}}))["body"]["homes"][0]["modules"];
  ASSERT_EQ(only.size(), 10U);
  for (const Json& module : only) EXPECT_EQ(module["type"], "NLE");
  const Json status =
      json(net("homestatus", {{"home_id", belle}, {"device_types", "NLF,NLP"}}))["body"]["home"];
  ASSERT_EQ(status["modules"].size(), 4U);
}

TEST_F(SimNetState, the_status_of_a_dimmer_is_exactly_the_recorded_list_of_fields) {
  const Json got = module_status(lamp);
  EXPECT_EQ(
      dump_json(got),
      R"({"id":"00:04:74:00:00:0a:11:01","type":"NLF","on":true,"brightness":70,"power":)" +
          std::to_string(got["power"].get<int>()) +
          R"(,"firmware_revision":45,"last_seen":1795348770,"reachable":true,"bridge":"00:04:74:0a:11:67"})");
  EXPECT_GT(got["power"], 35);
  EXPECT_LT(got["power"], 50);
}

TEST_F(SimNetState, a_command_answers_at_once_and_shows_one_to_three_seconds_later) {
  const Response done = set_module(lamp, R"("bridge":"00:04:74:0a:11:67","on":false)");
  EXPECT_EQ(done.body, R"({"status":"ok","time_server":1795348800})");
  EXPECT_EQ(module_status(lamp)["on"], true);
  time.advance(Millis(900));
  EXPECT_EQ(module_status(lamp)["on"], true);
  settle();
  EXPECT_EQ(module_status(lamp)["on"], false);
  EXPECT_EQ(module_status(lamp)["brightness"], 70) << "kept while off";
}

TEST_F(SimNetState, the_lag_is_a_switch_up_to_minutes) {
  control(R"({"netatmoLagFromMs":60000,"netatmoLagToMs":300000})");
  set_module(lamp, R"("on":false)");
  time.advance(Seconds(59));
  EXPECT_EQ(module_status(lamp)["on"], true);
  time.advance(Seconds(241));
  EXPECT_EQ(module_status(lamp)["on"], false);
  control(R"({"netatmoLagFromMs":0,"netatmoLagToMs":0})");
  set_module(lamp, R"("on":true)");
  EXPECT_EQ(module_status(lamp)["on"], true);
}

TEST_F(SimNetState, brightness_alone_lights_the_lamp_and_zero_puts_it_out) {
  set_module("00:04:74:00:00:0a:11:02", R"("brightness":40)");
  settle();
  EXPECT_EQ(module_status("00:04:74:00:00:0a:11:02")["on"], true);
  EXPECT_EQ(module_status("00:04:74:00:00:0a:11:02")["brightness"], 40);
  set_module("00:04:74:00:00:0a:11:02", R"("brightness":0)");
  settle();
  EXPECT_EQ(module_status("00:04:74:00:00:0a:11:02")["on"], false);
}

TEST_F(SimNetState, shutters_travel_stop_and_reach_exact_positions_when_they_can) {
  control(R"({"netatmoLagFromMs":0,"netatmoLagToMs":0})");
  set_module(exact, R"("target_position":20)");
  time.advance(Seconds(4));  // 20 s for the whole way
  EXPECT_EQ(module_status(exact)["current_position"], 40);
  EXPECT_EQ(module_status(exact)["target_position"], 20);
  set_module(exact, R"("target_position":-1)");
  time.advance(Seconds(10));
  EXPECT_EQ(module_status(exact)["current_position"], 40);
  set_module(coarse, R"("target_position":0)");
  time.advance(Seconds(20));
  EXPECT_EQ(module_status(coarse)["current_position"], 0);
  set_module(coarse, R"("target_position":30)");
  time.advance(Seconds(20));
  EXPECT_EQ(module_status(coarse)["current_position"], 100) << "step 100: only the ends";
}

TEST_F(SimNetState, a_uncalibrated_bus_shutter_was_never_instructed_and_rests_at_50) {
  control(R"({"netatmoLagFromMs":0,"netatmoLagToMs":0})");
  const std::string roller = module_named("Roller");
  EXPECT_EQ(module_status(roller)["current_position"], 101);
  EXPECT_EQ(module_status(roller)["target_position"], 100);
  EXPECT_EQ(set_module(roller, R"("target_position":0)").status, 200);
  time.advance(Seconds(5));
  set_module(roller, R"("target_position":-1)");
  time.advance(Seconds(5));
  EXPECT_EQ(module_status(roller)["target_position"], 50);
  for (const char* refused : {R"("target_position":-2)", R"("target_position":30)"}) {
    const Response answer = set_module(roller, refused);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(json(answer)["body"]["errors"], Json::array({{{"code", 5}, {"id", roller}}})) << refused;
  }
}

TEST_F(SimNetState, the_preferred_position_is_bubendorffs_alone) {
  EXPECT_EQ(set_module("0009990001", R"("target_position":-2)").status, 200);
  EXPECT_EQ(code(set_module(exact, R"("target_position":-2)")), 21);
}

TEST_F(SimNetState, a_garage_door_tells_no_position_of_its_own) {
  const Json door = module_status(module_named("Garage door"));
  EXPECT_FALSE(door.contains("current_position"));
  EXPECT_EQ(door["target_position:step"], 1);
}

TEST_F(SimNetState, fans_locks_staircases_slats_and_contactors_obey) {
  control(R"({"netatmoLagFromMs":0,"netatmoLagToMs":0})");
  const std::string fan = module_named("Ventilation"), door = module_named("Front door"),
                    stairs = module_named("Staircase light");
  EXPECT_EQ(set_module(fan, R"("fan_speed":2)").status, 200);
  EXPECT_EQ(module_status(fan)["fan_speed"], 2);
  EXPECT_EQ(code(set_module(fan, R"("fan_speed":3)")), 21);
  EXPECT_FALSE(module_status(door).contains("type")) << "intercom parts tell no type";
  EXPECT_EQ(set_module(door, R"("lock":false)").status, 200);
  EXPECT_EQ(module_status(door)["lock"], false);
  EXPECT_EQ(set_module(stairs, R"("on":true)").status, 200);
  EXPECT_EQ(module_status(stairs)["status"], "on");
  EXPECT_EQ(set_module(exact, R"("target_orientation_float":90.0)").status, 200);
  EXPECT_EQ(module_status(module_named("Water heater"))["contactor_mode"], "off");
}

TEST_F(SimNetState, several_modules_and_rooms_in_one_call) {
  const auto batch = [&](const char* of_the_plug) {
    return net_json("setstate", R"({"home":{"id":"5f0e0000000000000a11ce01","modules":[{"id":")" + lamp +
                                    R"(","bridge":"00:04:74:0a:11:67","on":true,"brightness":40},{"id":")" +
                                    plug + R"(","bridge":null,)" + of_the_plug + R"(}],"rooms":[{"id":")" +
                                    room_named("Study") + R"(","therm_setpoint_mode":"max"}]}})");
  };
  EXPECT_EQ(code(batch(R"("on":3)")), 21);
  settle();
  EXPECT_EQ(module_status(lamp)["brightness"], 70) << "nothing is done when one part is wrong";
  EXPECT_EQ(batch(R"("on":false)").status, 200);
  settle();
  EXPECT_EQ(module_status(lamp)["brightness"], 40);
  EXPECT_EQ(module_status(plug)["on"], false);
  EXPECT_EQ(room_status(room_named("Study"))["therm_setpoint_mode"], "max");
}

TEST_F(SimNetState, refusals_have_their_documented_codes) {
  EXPECT_EQ(net("homestatus").body, R"({"error":{"code":10,"message":"Missing home_id"}})");
  EXPECT_EQ(net("homestatus", {{"home_id", "xyz"}}).body, R"({"error":{"code":21,"message":"Invalid id"}})");
  const Response foreign = net("homestatus", {{"home_id", bruno_home}});
  EXPECT_EQ(foreign.status, 403);
  EXPECT_EQ(foreign.body, R"({"error":{"code":13,"message":"Forbidden access to home"}})");
  EXPECT_EQ(code(net_form("setstate", {{"home", "x"}})), 10);
  EXPECT_EQ(code(net_json("setstate", R"({"home":{}})")), 10);
  EXPECT_EQ(said(net_json("setstate", R"({"home":{"id":"5f0e0000000000000a11ce01","modules":7}})")),
            "Invalid array arg");
  EXPECT_EQ(code(net_json("setstate", "{")), 40);
  const Response unknown = set_module("00:00:00:00:00:00:00:00", R"("on":true)");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(code(unknown), 9);
  EXPECT_EQ(
      set_module(plug, R"("brightness":40)").body,
      R"({"error":{"code":21,"message":"cannot set property brightness for module 00:04:74:00:00:0a:11:03"}})");
  EXPECT_EQ(code(set_module(lamp, R"("brightness":101)")), 21);
  EXPECT_EQ(code(set_module(lamp, R"("on":"yes")")), 21);
  EXPECT_EQ(code(set_module(lamp, R"("bridge":"00:04:74:0a:11:68","on":true)")), 21);
  EXPECT_EQ(code(set_module(lamp, R"("bridge":"00:04:74:0a:11:67")")), 7);
  EXPECT_EQ(code(net("getnothing")), 31);
  EXPECT_EQ(net("setstate").status, 404) << "writes are POST";
}

TEST_F(SimNetState, the_bridge_may_be_left_out_unless_strict) {
  EXPECT_EQ(set_module(lamp, R"("on":true)").status, 200);
  control(R"({"netatmoStrict":true})");
  EXPECT_EQ(code(set_module(lamp, R"("on":true)")), 21);
}

TEST_F(SimNetState, an_offline_gateway_is_200_with_code_6_and_its_modules_and_rooms_missing) {
  control(R"({"gatewayOffline":"00:04:74:0a:11:67"})");
  const Json answer = json(net("homestatus", {{"home_id", belle}}));
  EXPECT_EQ(answer["status"], "ok");
  EXPECT_EQ(answer["body"]["errors"], Json::array({{{"code", 6}, {"id", gateway}}}));
  EXPECT_TRUE(entry(answer["body"]["home"]["modules"], lamp).is_null());
  EXPECT_TRUE(entry(answer["body"]["home"]["modules"], gateway).is_null());
  EXPECT_FALSE(entry(answer["body"]["home"]["modules"], "0009990001").is_null()) << "another gateway's";
  EXPECT_TRUE(entry(answer["body"]["home"]["rooms"], room_named("Chambre d'amis")).is_null());
  EXPECT_FALSE(entry(answer["body"]["home"]["rooms"], room_named("Study")).is_null())
      << "a thermostat without gateway";
  EXPECT_EQ(json(set_module(lamp, R"("on":false)"))["body"]["errors"],
            Json::array({{{"code", 6}, {"id", lamp}}}));
  control(R"({"gatewayOffline":false})");
  EXPECT_EQ(module_status(lamp)["on"], true) << "the command was lost";
}

TEST_F(SimNetState, a_whole_home_can_be_offline) {
  control(R"({"gatewayOffline":"5f0e0000000000000a11ce01"})");
  EXPECT_EQ(json(net("homestatus", {{"home_id", belle}}))["body"]["errors"].size(), 8U);
  control(R"({"gatewayOffline":true})");
  EXPECT_TRUE(json(net("homestatus", {{"home_id", belle}}))["body"].contains("errors"));
}

TEST_F(SimNetState, an_unreachable_module_says_so_and_obeys_nothing) {
  const std::string lanterns = module_named("Lanterns");
  EXPECT_EQ(module_status(lanterns)["reachable"], false);
  EXPECT_EQ(json(set_module(lanterns, R"("on":true)"))["body"]["errors"][0]["code"], 6);
  control(R"({"moduleOffline":{")" + lamp + R"(":true,")" + lanterns + R"(":false}})");
  EXPECT_EQ(module_status(lamp)["reachable"], false);
  EXPECT_EQ(module_status(lanterns)["reachable"], true);
}

TEST_F(SimNetState, somebody_presses_a_switch_in_the_house) {
  control(R"({"set":{")" + lamp + R"(":{"on":false},")" + coarse + R"(":{"level":0}}})");
  EXPECT_EQ(module_status(lamp)["on"], false);
  time.advance(Seconds(20));
  EXPECT_EQ(module_status(coarse)["current_position"], 0);
}

TEST_F(SimNetState, nora_has_no_home_and_bruno_another) {
  net_sign_in("nora");
  EXPECT_EQ(json(net("homesdata"))["body"]["homes"], Json::array());
  net_sign_in("bruno");
  const Json homes = json(net("homesdata"))["body"]["homes"];
  ASSERT_EQ(homes.size(), 1U);
  EXPECT_EQ(homes[0]["id"], bruno_home);
  EXPECT_EQ(homes[0]["temperature_control_mode"], "cooling");
  EXPECT_EQ(homes[0]["cooling_mode"], "schedule");
}

TEST_F(SimNetState, scopes_are_checked_per_family) {
  net_sign_in("alice", "read_magellan");
  const Json modules = home_status()["modules"];
  EXPECT_FALSE(entry(modules, lamp).is_null());
  EXPECT_TRUE(entry(modules, "0009990001").is_null());
  const Response refused = set_module(lamp, R"("on":true)");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.body,
            R"({"error":{"code":13,"message":"Application does not have the good scope rights"}})");
  net_sign_in("alice", "read_homecoach");
  EXPECT_EQ(code(net("homesdata")), 13);
  EXPECT_EQ(code(net("homestatus", {{"home_id", belle}})), 13);
}

TEST_F(SimNetState, a_missing_and_an_invalid_token_are_told_apart) {
  access.clear();
  EXPECT_EQ(net("homesdata").body, R"({"error":{"code":1,"message":"Access token is missing"}})");
  access = "5f0e5e616c69636500000000|00";
  EXPECT_EQ(net("homesdata").status, 403);
  EXPECT_EQ(code(net("homesdata")), 2);
  control(R"({"netatmoAuthStatus":401})");
  EXPECT_EQ(net("homesdata").status, 401);
}

TEST_F(SimNetState, scenarios_are_listed_in_either_shape_and_played_by_the_gateway) {
  EXPECT_EQ(json(net("getscenarios", {{"home_id", belle}}))["body"]["home"]["scenarios"].size(), 5U);
  control(R"({"netatmoScenarios":"body","netatmoLagFromMs":0,"netatmoLagToMs":0})");
  const Json list = json(net("getscenarios", {{"home_id", belle}}))["body"]["scenarios"];
  const std::string away = text_of(list[1], "id").value_or("");
  EXPECT_EQ(code(set_module(lamp, R"("scenario":")" + away + "\"")), 21);
  EXPECT_EQ(code(set_module(gateway, R"("scenario":"none")")), 21);
  EXPECT_EQ(set_module(gateway, R"("scenario":")" + away + "\"").status, 200);
  time.advance(Seconds(20));
  EXPECT_EQ(module_status(lamp)["on"], false);
  EXPECT_EQ(module_status(coarse)["current_position"], 0);
}

}  // namespace
}  // namespace foyer::sim::test
