// Home + Control v1.0: shapes, commands, refusals.
#include <set>

#include "tests/sim/world.hpp"

namespace foyer::sim::test {
namespace {

class SimHomeControl : public World {
 protected:
  void SetUp() override { sign_in(); }
  Response light(const char* number, const std::string& body) {
    return api("POST", of_module("light/lighting", module_id(number)), body);
  }
  Response shutter(const char* number, const std::string& body) {
    return api("POST", of_module("automation/automation", module_id(number)), body);
  }
  void settle() { time.advance(Seconds(1)); }
};

TEST_F(SimHomeControl, plants_have_a_country_and_people_without_get_204) {
  const Json plants = json(api("GET", std::string(hc) + "/plants/"))["plants"];
  EXPECT_EQ(plants[0]["name"], "Rue des Lilas");
  EXPECT_EQ(plants[0]["country"], "FR");
  sign_in("bruno");
  EXPECT_EQ(api("GET", std::string(hc) + "/plants").status, 204);
}

TEST_F(SimHomeControl, the_demo_home_has_what_was_promised) {
  const Json plant = json(api("GET", std::string(hc) + "/plants/" + lilas + "/topology"))["plant"];
  EXPECT_FALSE(plant.contains("name")) << "the topology has none";
  EXPECT_GE(plant["ambients"].size(), 7U);
  std::size_t count = plant["modules"].size();
  std::set<std::string> devices, hardware;
  const auto look = [&](const Json& module) {
    devices.insert(text_of(module, "device").value_or(""));
    hardware.insert(text_of(module, "hw_type").value_or(""));
    EXPECT_EQ(text_of(module, "id").value_or("").size(), 32U);
  };
  for (const Json& module : plant["modules"]) look(module);
  for (const Json& ambient : plant["ambients"]) {
    count += ambient["modules"].size();
    for (const Json& module : ambient["modules"]) look(module);
  }
  EXPECT_GE(count, 30U);
  for (const char* device : {"light", "plug", "automation", "remote", "heater", "energymeter", "irrigation"})
    EXPECT_TRUE(devices.contains(device)) << device;
  EXPECT_TRUE(hardware.contains("NLXX")) << "one of an unknown kind";
}

TEST_F(SimHomeControl, the_status_lists_all_six_kinds_and_the_foreign_one_beside_them) {
  const Json modules = json(api("GET", std::string(hc) + "/plants/" + lilas))["modules"];
  for (const char* list :
       {"lights", "plugs", "automations", "energymeters", "remotes", "heaters", "irrigations"})
    EXPECT_FALSE(modules[list].empty()) << list;
  const Json dimmer = status_of(module_id("0001"));
  EXPECT_EQ(dimmer["status"], "on");
  EXPECT_EQ(dimmer["level"], 70);
  EXPECT_EQ(dimmer["consumptions"][0]["unit"], "watt");
  EXPECT_EQ(dimmer["consumptions"][0]["timestamp"], "2026-11-22T12:00:00+00:00");
  EXPECT_FALSE(status_of(module_id("0010")).contains("level")) << "not a dimmer";
  EXPECT_EQ(status_of(module_id("0005"))["step"], 100);
  EXPECT_EQ(status_of(module_id("0025"))["battery"], "low");
  EXPECT_EQ(status_of(module_id("0070"))["reachable"], false) << "one module is offline";
}

TEST_F(SimHomeControl, a_light_is_switched_with_an_empty_200_and_shows_it_half_a_second_later) {
  const Response done = light("0011", R"({"status":"on"})");
  EXPECT_EQ(done.status, 200);
  EXPECT_TRUE(done.body.empty());
  EXPECT_EQ(status_of(module_id("0011"))["status"], "off");
  time.advance(Millis(500));
  EXPECT_EQ(status_of(module_id("0011"))["status"], "on");
}

TEST_F(SimHomeControl, a_dimmer_takes_a_level_and_power_follows) {
  EXPECT_EQ(light("0001", R"({"level":40})").status, 200);
  settle();
  const Json status = status_of(module_id("0001"));
  EXPECT_EQ(status["level"], 40);
  EXPECT_NEAR(number_of(status["consumptions"][0], "value").value_or(0), 60 * 0.4, 2);
  EXPECT_EQ(light("0001", R"({"level":0})").status, 200);
  settle();
  EXPECT_EQ(status_of(module_id("0001"))["status"], "off");
  EXPECT_EQ(status_of(module_id("0001"))["consumptions"][0]["value"], 0);
}

TEST_F(SimHomeControl, a_form_body_works_as_one_public_client_sends_it) {
  EXPECT_EQ(light("0011", "status=on").status, 200);
  settle();
  EXPECT_EQ(status_of(module_id("0011"))["status"], "on");
}

TEST_F(SimHomeControl, wrong_arguments_are_400_in_the_shape_of_this_api) {
  for (const auto& body :
       {"{}", "{", "[]", R"({"status":"dim"})", R"({"level":101})", R"({"level":-2})", R"({"level":"x"})"}) {
    const Response refused = light("0001", body);
    EXPECT_EQ(refused.status, 400) << body;
    EXPECT_TRUE(json(refused)["errors"][0].contains("userMessage")) << body;
  }
  EXPECT_EQ(light("0010", R"({"level":40})").status, 400) << "no dimmer";
  EXPECT_EQ(shutter("0005", R"({"status":"on"})").status, 400);
}

TEST_F(SimHomeControl, a_shutter_takes_twenty_seconds_and_knows_only_end_positions) {
  EXPECT_EQ(shutter("0015", R"({"level":30})").status, 200);
  time.advance(Seconds(10));
  EXPECT_EQ(status_of(module_id("0015"))["level"], 50);
  time.advance(Seconds(10));
  EXPECT_EQ(status_of(module_id("0015"))["level"], 100);
  EXPECT_EQ(shutter("0015", R"({"ids":["string"],"level":0})").status, 200)
      << "ids are ignored on a module's path";
  time.advance(Seconds(20));
  EXPECT_EQ(status_of(module_id("0015"))["level"], 0);
}

TEST_F(SimHomeControl, stop_leaves_the_shutter_where_it_is) {
  EXPECT_EQ(shutter("0005", R"({"level":0})").status, 200);
  time.advance(Seconds(5));
  EXPECT_EQ(shutter("0005", R"({"level":-1})").status, 200);
  time.advance(Seconds(60));
  EXPECT_EQ(status_of(module_id("0005"))["level"], 75);
}

TEST_F(SimHomeControl, an_unreachable_module_times_out_and_an_offline_gateway_is_404) {
  EXPECT_EQ(light("0070", R"({"status":"on"})").status, 408);
  control(R"({"gatewayOffline":true})");
  const Response gone = light("0001", R"({"status":"on"})");
  EXPECT_EQ(gone.status, 404);
  EXPECT_EQ(message(gone), "Gateway Offline");
  EXPECT_EQ(api("GET", std::string(hc) + "/plants/" + lilas).status, 404);
  EXPECT_EQ(api("GET", std::string(hc) + "/plants/" + lilas + "/topology").status, 200);
}

TEST_F(SimHomeControl, one_kind_is_read_and_switched_at_once_and_ids_choose) {
  const std::string all = std::string(hc) + "/light/lighting/addressLocation/plants/" + lilas;
  EXPECT_GE(json(api("GET", all))["lights"].size(), 10U);
  EXPECT_EQ(api("POST", all, R"({"status":"on","ids":[")" + module_id("0011") + "\"]}").status, 200);
  settle();
  EXPECT_EQ(status_of(module_id("0011"))["status"], "on");
  EXPECT_EQ(status_of(module_id("0050"))["status"], "off");
  EXPECT_EQ(api("POST", all, R"({"status":"off"})").status, 200);
  settle();
  EXPECT_EQ(status_of(module_id("0010"))["status"], "off");
}

TEST_F(SimHomeControl, the_sockets_of_a_room_switch_together) {
  const std::string room = std::string(hc) + "/plug/energy/addressLocation/plants/" + lilas +
                           "/ambients/parameter/id/value/00000000000000000000000000000b01";
  EXPECT_EQ(json(api("GET", room))["plugs"].size(), 2U);
  EXPECT_EQ(api("POST", room, R"({"status":"off"})").status, 200);
  settle();
  EXPECT_EQ(status_of(module_id("0003"))["status"], "off");
  EXPECT_EQ(status_of(module_id("0004"))["status"], "off");
  EXPECT_EQ(status_of(module_id("0012"))["status"], "on") << "the kitchen keeps its fridge";
}

TEST_F(SimHomeControl, scenes_are_listed_and_run) {
  const std::string list = std::string(hc) + "/scene/comfort/addressLocation/plants/" + lilas;
  const Json scenes = json(api("GET", list))["scenes"];
  EXPECT_EQ(scenes[0]["name"], "Evening");
  const std::string run =
      list + "/modules/parameter/id/value/" + scenes[0]["sender"]["plant"]["module"]["id"].get<std::string>();
  EXPECT_EQ(api("POST", run, R"({"enable":false})").status, 400);
  EXPECT_EQ(api("POST", run, R"({"enable":true})").status, 200);
  time.advance(Seconds(25));
  EXPECT_EQ(status_of(module_id("0001"))["level"], 40);
  EXPECT_EQ(status_of(module_id("0005"))["level"], 0);
}

TEST_F(SimHomeControl, what_does_not_exist_or_cannot_be_commanded_is_404) {
  EXPECT_EQ(api("GET", of_module("light/lighting", "none")).status, 404);
  EXPECT_EQ(api("GET", of_module("plug/energy", module_id("0001"))).status, 404) << "a light is no socket";
  EXPECT_EQ(api("POST", of_module("remote/remote", module_id("0007")), R"({"status":"on"})").status, 404);
  EXPECT_EQ(api("GET", of_module("irrigation/garden", module_id("0071"))).status, 404);
  EXPECT_EQ(api("GET", std::string(hc) + "/plants/ffff").status, 404);
}

TEST_F(SimHomeControl, a_plant_of_someone_else_is_401) {
  sign_in("bruno");
  EXPECT_EQ(api("GET", std::string(hc) + "/plants/" + lilas).status, 401);
}

TEST_F(SimHomeControl, webhooks_are_asked_for_by_plant) {
  const std::string path = std::string(hc) + "/addsubscription";
  EXPECT_EQ(api("POST", path, R"({"plantid":")" + std::string(lilas) + "\"}").status, 200);
  EXPECT_EQ(api("POST", path, "{}").status, 400);
}

}  // namespace
}  // namespace foyer::sim::test
