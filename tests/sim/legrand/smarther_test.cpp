// Smarther v2.0: observed forms, accepted bodies, refusals.
#include "tests/sim/world.hpp"

namespace foyer::sim::test {
namespace {

class SimSmarther : public World {
 protected:
  void SetUp() override { sign_in(); }
  Json status() { return json(api("GET", thermostat()))["chronothermostats"][0]; }
  int set(const std::string& body) { return api("POST", thermostat(), body).status; }
  void settle() { time.advance(Seconds(1)); }
};

TEST_F(SimSmarther, plants_of_the_person_or_204) {
  const std::string path = std::string(smarther) + "/plants";
  EXPECT_EQ(json(api("GET", path))["plants"].size(), 1U);
  EXPECT_EQ(json(api("GET", path))["plants"][0]["name"], "Chalet");
  sign_in("nora");
  const Response none = api("GET", path);
  EXPECT_EQ(none.status, 204);
  EXPECT_TRUE(none.body.empty());
}

TEST_F(SimSmarther, the_topology_names_the_thermostat_and_what_it_can_do) {
  const Json plant = json(api("GET", std::string(smarther) + "/plants/" + chalet + "/topology"))["plant"];
  EXPECT_EQ(plant["name"], "Chalet");
  EXPECT_EQ(plant["modules"][0]["device"], "chronothermostat");
  EXPECT_EQ(plant["modules"][0]["capabilities"][1]["canDo"]["command"]["do"], true);
}

TEST_F(SimSmarther, the_status_has_the_recorded_forms) {
  const Json got = status();
  EXPECT_EQ(got["function"], "HEATING");
  EXPECT_EQ(got["mode"], "AUTOMATIC");
  EXPECT_EQ(got["setPoint"]["value"], "20.50000");
  EXPECT_EQ(got["programs"][0]["number"], 1);
  EXPECT_FALSE(got.contains("activationTime"));
  EXPECT_EQ(got["time"], "2026-11-22T13:00:00+01:00");
  EXPECT_EQ(got["thermometer"]["measures"][0]["value"], "19.4");
  EXPECT_EQ(got["hygrometer"]["measures"][0]["unit"], "%");
  EXPECT_EQ(got["sender"]["addressType"], "addressLocation");
  EXPECT_EQ(got["sender"]["plant"]["module"]["id"], "5a000000-0000-4000-8000-0000000000d1");
}

TEST_F(SimSmarther, letter_case_and_decimals_are_switchable) {
  control(R"({"enumCase":"lower","setPointDecimals":1})");
  EXPECT_EQ(status()["function"], "heating");
  EXPECT_EQ(status()["setPoint"]["value"], "20.5");
}

TEST_F(SimSmarther, every_way_public_clients_write_a_manual_set_point_is_accepted) {
  for (const char* body :
       {R"({"function":"HEATING","mode":"MANUAL","setPoint":{"value":21.5,"unit":"C"},"activationTime":""})",
        R"({"function":"heating","mode":"manual","setPoint":{"value":"21.50000","unit":"C"}})",
        R"({"function":"HEATING","mode":"manual","setPoint":{"value":21.5,"unit":"°C"},"extra":1})"}) {
    EXPECT_EQ(set(body), 200) << body;
    settle();
    EXPECT_EQ(status()["mode"], "MANUAL");
    EXPECT_EQ(status()["setPoint"]["value"], "21.50000");
  }
}

TEST_F(SimSmarther, a_set_answers_200_with_an_empty_body_and_shows_half_a_second_later) {
  const Response done = api("POST", thermostat(), R"({"function":"heating","mode":"off"})");
  EXPECT_EQ(done.status, 200);
  EXPECT_TRUE(done.body.empty());
  EXPECT_EQ(status()["mode"], "AUTOMATIC");
  time.advance(Millis(500));
  EXPECT_EQ(status()["mode"], "OFF");
}

TEST_F(SimSmarther, values_out_of_range_are_430) {
  for (const char* body :
       {R"({"function":"heating","mode":"manual","setPoint":{"value":2.9,"unit":"C"}})",
        R"({"function":"heating","mode":"manual","setPoint":{"value":40.1,"unit":"C"}})",
        R"({"function":"heating","mode":"manual","setPoint":{"value":20,"unit":"F"}})",
        R"({"function":"heating","mode":"manual"})", R"({"function":"heating","mode":"automatic"})",
        R"({"function":"heating","mode":"automatic","programs":[{"number":12}]})",
        R"({"function":"drying","mode":"off"})", R"({"mode":"off"})",
        R"({"function":"heating","mode":"boost"})",
        R"({"function":"heating","mode":"boost","activationTime":"2026-11-22T13:45:00"})",
        R"({"function":"heating","mode":"manual","setPoint":{"value":20,"unit":"C"},)"
        R"("activationTime":"tomorrow"})"}) {
    const Response refused = api("POST", thermostat(), body);
    EXPECT_EQ(refused.status, 430) << body;
    EXPECT_EQ(message(refused), "Wrong input parameters");
  }
}

TEST_F(SimSmarther, a_body_that_is_no_object_is_400) {
  EXPECT_EQ(set(""), 400);
  EXPECT_EQ(set("[1]"), 400);
  EXPECT_EQ(set("{\"function\":"), 400);
}

TEST_F(SimSmarther, manual_with_an_end_goes_back_to_automatic_by_itself) {
  EXPECT_EQ(set(R"({"function":"heating","mode":"manual","setPoint":{"value":23,"unit":"C"},)"
                R"("activationTime":"2026-11-22T14:00:00"})"),
            200);
  settle();
  EXPECT_EQ(status()["activationTime"], "2026-11-22T14:00:00");
  time.advance(Minutes(60));
  sign_in();
  EXPECT_EQ(status()["mode"], "AUTOMATIC");
  EXPECT_FALSE(status().contains("activationTime"));
}

TEST_F(SimSmarther, boost_takes_30_60_or_90_minutes_and_returns_to_what_was_before) {
  EXPECT_EQ(set(R"({"function":"heating","mode":"manual","setPoint":{"value":18,"unit":"C"}})"), 200);
  settle();
  EXPECT_EQ(
      set(R"({"function":"heating","mode":"boost","activationTime":"2026-11-22T13:00:00/2026-11-22T13:30:00"})"),
      200);
  settle();
  EXPECT_EQ(status()["mode"], "BOOST");
  time.advance(Minutes(2));
  EXPECT_EQ(status()["loadState"], "ACTIVE");
  time.advance(Minutes(28));
  EXPECT_EQ(status()["mode"], "MANUAL");
  EXPECT_EQ(status()["setPoint"]["value"], "18.00000");
}

TEST_F(SimSmarther, the_end_of_a_mode_is_written_in_four_ways) {
  EXPECT_EQ(set(R"({"function":"heating","mode":"off","activationTime":"2026-11-22T14:00:00Z"})"), 200);
  settle();
  EXPECT_EQ(status()["activationTime"], "2026-11-22T14:00:00") << "a trailing Z is overlooked";
  control(R"({"activationTime":"Z"})");
  EXPECT_EQ(status()["activationTime"], "2026-11-22T13:00:00Z");
  control(R"({"activationTime":"offset"})");
  EXPECT_EQ(status()["activationTime"], "2026-11-22T14:00:00+01:00");
  control(R"({"activationTime":"range"})");
  EXPECT_EQ(status()["activationTime"], "2026-11-22T13:00:00/2026-11-22T14:00:00");
}

TEST_F(SimSmarther, somebody_at_the_screen_is_486_for_commands_only) {
  control(R"({"screenBusyS":10})");
  EXPECT_EQ(set(R"({"function":"heating","mode":"off"})"), 486);
  EXPECT_EQ(api("GET", thermostat()).status, 200);
  time.advance(Seconds(10));
  EXPECT_EQ(set(R"({"function":"heating","mode":"off"})"), 200);
}

TEST_F(SimSmarther, an_offline_gateway_is_404_with_its_text_while_the_map_stays_readable) {
  control(R"({"gatewayOffline":")" + std::string(chalet) + R"("})");
  const Response gone = api("GET", thermostat());
  EXPECT_EQ(gone.status, 404);
  EXPECT_EQ(message(gone), "Gateway Offline");
  EXPECT_EQ(api("GET", std::string(smarther) + "/plants/" + chalet + "/topology").status, 200);
  control(R"({"gatewayOffline":false})");
  EXPECT_EQ(api("GET", thermostat()).status, 200);
}

TEST_F(SimSmarther, unknown_plants_and_modules_are_404_and_foreign_ones_401) {
  EXPECT_EQ(api("GET", thermostat("5a000000-0000-4000-8000-0000000000ff")).status, 404);
  EXPECT_EQ(api("GET", thermostat(chalet, "none")).status, 404);
  EXPECT_EQ(api("GET", thermostat("5a000000-0000-4000-8000-0000000000c2")).status, 401);
}

TEST_F(SimSmarther, measures_are_not_wrapped_and_programs_are) {
  const Json measures = json(api("GET", thermostat() + "/measures"));
  EXPECT_EQ(measures["thermometer"]["measures"][0]["unit"], "C");
  const Json programs = json(api("GET", thermostat() + "/programlist"))["chronothermostats"][0]["programs"];
  EXPECT_EQ(programs.size(), 4U);
  EXPECT_EQ(programs[0]["number"], 0);
}

TEST_F(SimSmarther, webhook_subscriptions_are_created_once_listed_and_deleted) {
  const std::string path = std::string(smarther) + "/plants/" + chalet + "/subscription";
  const std::string list = std::string(smarther) + "/subscription";
  EXPECT_EQ(api("GET", list).status, 204);
  EXPECT_EQ(api("POST", path, R"({"EndPointUrl":"http://a.example"})").status, 400);
  const Response made = api("POST", path, R"({"EndPointUrl":"https://a.example/hook"})");
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(api("POST", path, R"({"EndPointUrl":"https://b.example/hook"})").status, 409);
  const std::string id = text_of(json(made), "subscriptionId").value_or("");
  EXPECT_EQ(id.size(), 36U);
  EXPECT_EQ(json(api("GET", list))[0]["EndPointUrl"], "https://a.example/hook");
  EXPECT_EQ(api("DELETE", path + "/" + id).status, 200);
  EXPECT_EQ(api("DELETE", path + "/" + id).status, 404);
}

TEST_F(SimSmarther, a_device_may_show_fahrenheit_and_numbers_as_numbers) {
  control(R"({"smartherUnit":"F"})");
  EXPECT_EQ(status()["temperatureFormat"], "F");
  EXPECT_EQ(status()["setPoint"]["value"], "68.90000");
  EXPECT_EQ(status()["setPoint"]["unit"], "F");
  EXPECT_EQ(status()["thermometer"]["measures"][0]["value"], "66.9");
  EXPECT_EQ(json(api("GET", thermostat() + "/measures"))["thermometer"]["measures"][0]["unit"], "F");
  control(R"({"smartherUnit":"C","numbersAs":"number"})");
  EXPECT_EQ(status()["setPoint"]["value"], 20.5);
  EXPECT_EQ(status()["hygrometer"]["measures"][0]["unit"], "%");
  EXPECT_TRUE(status()["hygrometer"]["measures"][0]["value"].is_number());
}

TEST_F(SimSmarther, what_may_be_missing_is_missing_when_switched) {
  control(R"({"sparse":true})");
  EXPECT_EQ(json(api("GET", std::string(smarther) + "/plants"))["plants"][0].size(), 1U);
  const Json module =
      json(api("GET", std::string(smarther) + "/plants/" + chalet + "/topology"))["plant"]["modules"][0];
  EXPECT_FALSE(module.contains("capabilities"));
  EXPECT_EQ(module["device"], "chronothermostat");
}

TEST_F(SimSmarther, cooling_works_as_heating_does) {
  EXPECT_EQ(set(R"({"function":"cooling","mode":"manual","setPoint":{"value":16,"unit":"C"}})"), 200);
  settle();
  EXPECT_EQ(status()["function"], "COOLING");
  time.advance(Minutes(3));
  EXPECT_EQ(status()["loadState"], "ACTIVE") << "it is warmer than 16";
}

TEST_F(SimSmarther, strict_holds_bodies_to_the_definition) {
  control(R"({"smartherStrict":true})");
  EXPECT_EQ(set(R"({"function":"heating","mode":"manual","setPoint":{"value":"21.5","unit":"C"}})"), 200);
  for (const char* body :
       {R"({"function":"HEATING","mode":"off"})", R"({"function":"heating","mode":"OFF"})",
        R"({"function":"heating","mode":"manual","setPoint":{"value":21.5,"unit":"C"}})",
        R"({"function":"heating","mode":"manual","setPoint":{"value":"21.5","unit":"°C"}})",
        R"({"function":"heating","mode":"off","activationTime":""})",
        R"({"function":"heating","mode":"off","activationTime":"2026-11-22T14:00:00Z"})"})
    EXPECT_EQ(set(body), 430) << body;
}

class SimC2c : public SimSmarther {
 protected:
  void SetUp() override {
    sign_in();
    EXPECT_EQ(api("POST", path, R"({"EndPointUrl":"https://a.example/hook"})").status, 201);
  }
  Json sent() { return json(get("/cloud/_control/webhooks"))["webhooks"]; }
  const std::string path = std::string(smarther) + "/plants/" + chalet + "/subscription";
};

TEST_F(SimC2c, a_change_is_told_as_an_array_with_the_forms_of_notifications) {
  set(R"({"function":"heating","mode":"manual","setPoint":{"value":21.5,"unit":"C"}})");
  const Json list = sent();
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0]["api"], "smarther");
  EXPECT_EQ(list[0]["url"], "https://a.example/hook");
  EXPECT_FALSE(list[0]["headers"].contains("X-Netatmo-secret")) << "there is no signature";
  const Json body = *parse_json(text_of(list[0], "body").value_or(""));
  ASSERT_EQ(body.size(), 1U);
  EXPECT_EQ(body[0]["eventType"], "DeviceToCloud");
  EXPECT_EQ(body[0]["subject"], "///bs_cloud_5a000000-0000-4000-8000-0000000000c1//");
  EXPECT_EQ(body[0]["subjectElements"]["plantId"], "bs_cloud_5a000000-0000-4000-8000-0000000000c1");
  EXPECT_EQ(body[0]["eventTime"], "2026-11-22T12:00:00Z");
  const Json told = body[0]["data"]["chronothermostats"][0];
  EXPECT_EQ(told["mode"], "MANUAL") << "what is, not what still shows";
  EXPECT_EQ(told["programs"][0]["number"], "1");
  EXPECT_EQ(told["online"], true);
  EXPECT_EQ(told["sender"]["addressType"], "AddressLocation");
  EXPECT_EQ(told["receiver"]["oid"][0], "a11ce000-0000-4000-8000-000000000001");
}

TEST_F(SimC2c, one_client_saw_objects) {
  control(R"({"c2cShape":"object"})");
  set(R"({"function":"heating","mode":"off"})");
  EXPECT_TRUE(parse_json(text_of(sent()[0], "body").value_or(""))->contains("chronothermostats"));
}

TEST_F(SimC2c, a_handshake_can_be_asked_for) {
  const std::string list = std::string(smarther) + "/subscription";
  const std::string id = text_of(json(api("GET", list))[0], "subscriptionId").value_or("");
  EXPECT_EQ(api("DELETE", path + "/" + id).status, 200);
  EXPECT_EQ(api("GET", list).status, 204);
  control(R"({"c2cHandshake":true})");
  EXPECT_EQ(api("POST", path, R"({"EndPointUrl":"https://a.example/hook"})").status, 201);
  const Json body = *parse_json(text_of(sent()[0], "body").value_or(""));
  EXPECT_EQ(body[0]["eventType"], "Microsoft.EventGrid.SubscriptionValidationEvent");
  EXPECT_TRUE(body[0]["data"].contains("validationCode"));
}

TEST_F(SimC2c, twenty_failures_ban_for_a_minute_and_what_happens_meanwhile_is_lost) {
  control(R"({"webhookFailures":20})");
  set(R"({"function":"heating","mode":"off"})");
  EXPECT_EQ(sent().size(), 0U);
  time.advance(Minutes(1));
  set(R"({"function":"heating","mode":"protection"})");
  EXPECT_EQ(sent().size(), 1U);
  control(R"({"webhookFailures":20})");
  time.advance(Minutes(1));
  set(R"({"function":"heating","mode":"off"})");
  EXPECT_EQ(sent().size(), 1U) << "two minutes after 40";
}

}  // namespace
}  // namespace foyer::sim::test
