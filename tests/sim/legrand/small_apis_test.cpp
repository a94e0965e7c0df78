// Multisocket, MyHOME_Up, app-private paths, an installer's plants and notifications of Home +
// Control.
#include "tests/sim/world.hpp"

namespace foyer::sim::test {
namespace {

class SimSmallApis : public World {
 protected:
  void SetUp() override { sign_in(); }
  static std::string strip(const std::string& by, const std::string& value,
                           const std::string& plant = lilas) {
    return "/cloud/api/multioutlet/plug/energy/addressLocation/plants/" + plant + "/parameter/" + by +
           "/value/" + value;
  }
};

TEST_F(SimSmallApis, a_strip_has_one_bool_per_socket) {
  const Response got = api("GET", strip("id", "5b000000-0000-4000-8000-000000000001"));
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(
      got.body,
      R"({"plugs":[{"id":"5b000000-0000-4000-8000-000000000001","name":"Desk strip","status":[true,true,false,false]}]})");
  const Response done = api("POST", strip("name", "Desk%20strip"), R"({"status":[false,true,true,false]})");
  EXPECT_EQ(done.status, 200);
  EXPECT_TRUE(done.body.empty());
  EXPECT_EQ(json(api("GET", strip("type", "plug")))["plugs"][0]["status"],
            Json::array({false, true, true, false}));
}

TEST_F(SimSmallApis, a_strip_refuses_as_documented) {
  const std::string path = strip("id", "5b000000-0000-4000-8000-000000000001");
  for (const char* body :
       {"{}", R"({"status":true})", R"({"status":[1,0,1,0]})", R"({"status":[true]})", "x"})
    EXPECT_EQ(api("POST", path, body).status, 400) << body;
  EXPECT_EQ(api("GET", strip("id", "none")).status, 404);
  EXPECT_EQ(api("GET", strip("id", "x", "00000000000000000000000000000000")).status, 404);
  EXPECT_EQ(api("GET", strip("colour", "red")).status, 404);
  sign_in("bruno");
  EXPECT_EQ(api("GET", path).status, 401);
  sign_in("alice", {{"scope", "openid light.read"}});
  EXPECT_EQ(api("GET", path).status, 403);
}

TEST_F(SimSmallApis, a_hotel_has_floors_rooms_and_lights) {
  const Json plants = json(api("GET", "/cloud/api/myhomeup/v1.0/plants"))["plants"];
  ASSERT_EQ(plants.size(), 1U);
  EXPECT_EQ(plants[0]["type"], "Hotel");
  const std::string id = text_of(plants[0], "id").value_or("");
  const Json plant = json(api("GET", "/cloud/api/myhomeup/v1.0/plants/" + id + "/topology"))["plant"];
  EXPECT_EQ(plant["floors"].size(), 2U);
  const Json module = plant["floors"][1]["ambients"][2]["modules"][0];
  EXPECT_EQ(module["device"], "Light");
  EXPECT_EQ(module["system"], "Lighting");
  EXPECT_EQ(module["internalId"], "203");
  EXPECT_EQ(module["metrics"][0]["metricType"], "Text");
  sign_in("nora");
  EXPECT_EQ(api("GET", "/cloud/api/myhomeup/v1.0/plants").status, 204);
  EXPECT_EQ(api("GET", "/cloud/api/myhomeup/v1.0/plants/" + id + "/topology").status, 401);
}

TEST_F(SimSmallApis, app_private_paths_take_no_key_of_a_partner) {
  for (const char* path :
       {"/cloud/api/servicecatalog/api/v3.0/plants", "/cloud/api/vde/sip/v1.0/devices/x/sipaccounts",
        "/cloud/api/devicemanagement/api/v2.0/modules/x/commands/getState"}) {
    EXPECT_EQ(api("GET", path).status, 401) << path;
    EXPECT_NE(message(api("GET", path)).find("invalid subscription key"), std::string::npos);
  }
}

TEST_F(SimSmallApis, an_installer_has_200_plants_and_10000_modules_built_when_asked_for) {
  sign_in("ines");
  const std::size_t before = cloud.save().size();
  const Json plants = json(api("GET", std::string(hc) + "/plants"))["plants"];
  ASSERT_EQ(plants.size(), 200U);
  const std::string plant = text_of(plants[199], "id").value_or("");
  EXPECT_EQ(plant.size(), 32U);
  const Json map = json(api("GET", std::string(hc) + "/plants/" + plant + "/topology"))["plant"];
  std::size_t modules = 0;
  for (const Json& room : map["ambients"]) modules += room["modules"].size();
  EXPECT_EQ(modules, 50U);
  const std::string lamp = text_of(map["ambients"][0]["modules"][0], "id").value_or("");
  EXPECT_EQ(lamp.size(), 32U);
  const std::string path = std::string(hc) + "/light/lighting/addressLocation/plants/" + plant +
                           "/modules/parameter/id/value/" + lamp;
  EXPECT_EQ(api("POST", path, R"({"status":"off"})").status, 200);
  time.advance(Seconds(1));
  EXPECT_EQ(json(api("GET", path))["lights"][0]["status"], "off");
  EXPECT_LT(cloud.save().size(), before + 5'000);
  EXPECT_EQ(api("GET", std::string(hc) + "/plants/00000000000000000000000001e500c8").status, 404)
      << "the 201st";
  sign_in("alice");
  EXPECT_EQ(api("GET", std::string(hc) + "/plants/" + plant).status, 401);
}

TEST_F(SimSmallApis, a_subscribed_plant_tells_what_changed) {
  const std::string light = of_module("light/lighting", module_id("0011"));
  const auto sent = [&] { return json(get("/cloud/_control/webhooks"))["webhooks"]; };
  EXPECT_EQ(api("POST", light, R"({"status":"on"})").status, 200);
  EXPECT_TRUE(sent().empty());
  EXPECT_EQ(api("POST", std::string(hc) + "/addsubscription", R"({"plantid":")" + std::string(lilas) + "\"}")
                .status,
            200);
  time.advance(Seconds(1));
  EXPECT_EQ(api("POST", light, R"({"status":"off"})").status, 200);
  const Json list = sent();
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0]["api"], "hc");
  const Json body = *parse_json(text_of(list[0], "body").value_or(""));
  EXPECT_EQ(body[0]["data"]["sender"]["plant"]["module"]["id"], module_id("0011"));
  EXPECT_EQ(body[0]["data"]["status"], "off");
}

}  // namespace
}  // namespace foyer::sim::test
