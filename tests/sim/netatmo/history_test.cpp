// Measures, limits, webhooks, load and cross-origin calls.
#include "tests/sim/netatmo/world.hpp"

namespace foyer::sim::test {
namespace {

class SimNetHistory : public NetWorld {
 protected:
  void SetUp() override { net_sign_in(); }
  Json measure(Fields more) {
    Fields fields{{"device_id", "00:04:74:0a:11:67"}, {"module_id", "00:04:74:00:00:0a:11:82"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return json(net("getmeasure", fields))["body"];
  }
  Json sent() { return json(get("/cloud/_control/webhooks"))["webhooks"]; }
};

// 1795305600 is 2026-11-22 00:00 UTC.
TEST_F(SimNetHistory, rows_come_in_segments_stamped_in_mid_step) {
  const Json body = measure({{"scale", "30min"},
                             {"type", "sum_energy_elec"},
                             {"date_begin", "1795305600"},
                             {"date_end", "1795312800"}});
  ASSERT_EQ(body.size(), 1U);
  EXPECT_EQ(body[0]["beg_time"], 1795306500) << "a quarter of an hour into the first half hour";
  EXPECT_EQ(body[0]["step_time"], 1800);
  ASSERT_EQ(body[0]["value"].size(), 4U);
  EXPECT_EQ(body[0]["value"][0].size(), 1U);
  EXPECT_GT(body[0]["value"][0][0].get<int>(), 10);
}

TEST_F(SimNetHistory, equal_questions_get_equal_answers_and_a_part_agrees_with_the_whole) {
  const Fields wide{{"scale", "1hour"},
                    {"type", "sum_energy_elec"},
                    {"date_begin", "1795305600"},
                    {"date_end", "1795312800"}};
  const Fields narrow{{"scale", "1hour"},
                      {"type", "sum_energy_elec"},
                      {"date_begin", "1795309200"},
                      {"date_end", "1795312800"}};
  EXPECT_EQ(measure(wide), measure(wide));
  EXPECT_EQ(measure(narrow)[0]["value"][0], measure(wide)[0]["value"][1]);
  EXPECT_FALSE(measure(narrow)[0].contains("step_time")) << "absent for a single row";
}

TEST_F(SimNetHistory, real_time_stamps_and_plain_objects_on_request) {
  const Json real = measure({{"scale", "1hour"},
                             {"type", "sum_energy_elec"},
                             {"date_begin", "1795305600"},
                             {"date_end", "1795312800"},
                             {"real_time", "true"}});
  EXPECT_EQ(real[0]["beg_time"], 1795305600);
  const Json plain = measure({{"scale", "1hour"},
                              {"type", "sum_energy_elec"},
                              {"date_begin", "1795305600"},
                              {"date_end", "1795312800"},
                              {"optimize", "false"}});
  ASSERT_TRUE(plain.is_object());
  EXPECT_TRUE(plain.contains("1795307400"));
  EXPECT_EQ(plain.size(), 2U);
}

TEST_F(SimNetHistory, a_new_segment_begins_after_each_gap) {
  const Json body = measure({{"scale", "1hour"},
                             {"type", "sum_energy_elec"},
                             {"date_begin", "1795046400"},
                             {"date_end", "1795305600"}});  // three days: one of them has a hole
  ASSERT_EQ(body.size(), 2U);
  const auto end =
      body[0]["beg_time"].get<long long>() + 3600 * static_cast<long long>(body[0]["value"].size());
  EXPECT_EQ(body[1]["beg_time"].get<long long>() - end, 7200);
}

TEST_F(SimNetHistory, tariffs_that_do_not_apply_are_null) {
  const Json body =
      measure({{"scale", "1hour"},
               {"type",
                "sum_energy_buy_from_grid$0,sum_energy_buy_from_grid$1,sum_energy_buy_from_grid$2,"
                "sum_energy_buy_from_grid$1_price"},
               {"date_begin", "1795338000"},
               {"date_end", "1795345200"}});
  EXPECT_EQ(body, nullptr) << "the price has its suffix at its own end";
  const Json row =
      measure({{"scale", "1hour"},
               {"type",
                "sum_energy_buy_from_grid$0,sum_energy_buy_from_grid$1,sum_energy_buy_from_grid$2,"
                "sum_energy_buy_from_grid_price$1"},
               {"date_begin", "1795338000"},
               {"date_end", "1795345200"}})[0]["value"][0];
  EXPECT_TRUE(row[0].is_null());
  EXPECT_TRUE(row[1].is_number_integer());
  EXPECT_TRUE(row[2].is_null());
  EXPECT_NEAR(row[3].get<double>(), row[1].get<double>() / 1000 * 0.27, 0.0001);
}

TEST_F(SimNetHistory, a_day_is_the_sum_of_its_hours_and_of_its_tariffs) {
  const auto sum = [&](const char* scale, const char* type) {
    long long out = 0;
    for (const Json& segment : measure(
             {{"scale", scale}, {"type", type}, {"date_begin", "1795129200"}, {"date_end", "1795215600"}}))
      for (const Json& row : segment["value"])
        for (const Json& value : row)
          if (value.is_number()) out += value.get<long long>();
    return out;
  };
  EXPECT_GT(sum("1day", "sum_energy_elec"), 0);
  EXPECT_EQ(sum("1hour", "sum_energy_elec"), sum("1day", "sum_energy_elec")) << "20 November in Paris";
  EXPECT_EQ(sum("1day", "sum_energy_elec$1,sum_energy_elec$2"), sum("1day", "sum_energy_elec"));
}

TEST_F(SimNetHistory, gas_and_water_are_counted_as_fluids) {
  for (const char* channel : {"#6", "#7", "#8"}) {
    const Json body = json(net("getmeasure", {{"device_id", "00:04:74:0a:11:65"},
                                              {"module_id", std::string("00:04:74:0a:11:65") + channel},
                                              {"scale", "1day"},
                                              {"type", "sum_fluid_consumption$0"},
                                              {"date_begin", "1795129200"},
                                              {"date_end", "1795215600"}}))["body"];
    EXPECT_GT(body[0]["value"][0][0].get<int>(), 0) << channel;
  }
}

TEST_F(SimNetHistory, at_most_1024_rows) {
  const auto count = [](const Json& body) {
    std::size_t rows = 0;
    for (const Json& segment : body) rows += segment["value"].size();
    return rows;
  };
  EXPECT_EQ(count(measure({{"scale", "30min"}, {"type", "sum_energy_elec"}, {"date_begin", "1780000000"}})),
            1024U);
  EXPECT_EQ(count(measure({{"scale", "1hour"}, {"type", "sum_energy_elec"}, {"limit", "10"}})), 10U);
}

TEST_F(SimNetHistory, boilers_count_minutes) {
  const Json body = json(net("getmeasure", {{"device_id", "00:04:74:0a:11:74"},
                                            {"module_id", "04:00:00:0a:11:41"},
                                            {"scale", "1day"},
                                            {"type", "sum_boiler_on,sum_boiler_off,boileron"},
                                            {"limit", "2"}}))["body"];
  const Json row = body[0]["value"][0];
  EXPECT_EQ(row[0].get<int>() + row[1].get<int>(), 1440);
  EXPECT_TRUE(row[2].is_null()) << "for scales below a day";
}

TEST_F(SimNetHistory, rooms_have_a_history) {
  const Json body = json(net("getroommeasure", {{"home_id", belle},
                                                {"room_id", "1885923001"},
                                                {"scale", "1hour"},
                                                {"type", "temperature,sp_temperature,min_temp,max_temp"},
                                                {"date_begin", "1795305600"},
                                                {"date_end", "1795312800"}}))["body"];
  const Json row = body[0]["value"][0];
  EXPECT_EQ(row[1], 17.0) << "night";
  EXPECT_LT(row[2].get<double>(), row[0].get<double>());
  EXPECT_GT(row[3].get<double>(), row[0].get<double>());
  EXPECT_EQ(
      code(net("getroommeasure",
               {{"home_id", belle}, {"room_id", "1885923002"}, {"scale", "1hour"}, {"type", "temperature"}})),
      21);
  EXPECT_EQ(
      code(net(
          "getroommeasure",
          {{"home_id", belle}, {"room_id", "1885923001"}, {"scale", "1hour"}, {"type", "date_min_temp"}})),
      21);
}

TEST_F(SimNetHistory, wrong_questions_are_refused) {
  EXPECT_EQ(code(net("getmeasure", {{"scale", "1day"}, {"type", "sum_energy_elec"}})), 10);
  EXPECT_EQ(
      said(net("getmeasure", {{"device_id", "nobody"}, {"scale", "1day"}, {"type", "sum_energy_elec"}})),
      "Invalid device_id, nobody");
  const Fields one{{"device_id", "00:04:74:0a:11:67"}, {"module_id", "00:04:74:00:00:0a:11:82"}};
  const auto with = [&](Fields more) {
    more.insert(more.begin(), one.begin(), one.end());
    return code(net("getmeasure", more));
  };
  EXPECT_EQ(with({{"type", "sum_energy_elec"}}), 10);
  EXPECT_EQ(with({{"scale", "5min"}, {"type", "sum_energy_elec"}}), 21);
  EXPECT_EQ(with({{"scale", "1day"}, {"type", "luck"}}), 21);
  EXPECT_EQ(with({{"scale", "1day"}, {"type", "sum_energy_elec"}, {"date_begin", "tomorrow"}}), 25);
  EXPECT_EQ(with({{"scale", "1day"},
                  {"type", "sum_energy_elec"},
                  {"date_begin", "1795312800"},
                  {"date_end", "1795305600"}}),
            25);
}

TEST_F(SimNetHistory, fifty_calls_in_ten_seconds_and_500_in_an_hour) {
  for (int i = 0; i < 50; ++i) EXPECT_EQ(net("getscenarios", {{"home_id", belle}}).status, 200);
  const Response over = net("homesdata");
  EXPECT_EQ(over.status, 429);
  EXPECT_EQ(
      over.body,
      R"({"error":{"code":26,"message":"API limit exceeded. This could be your Application limit or User limit."}})");
  EXPECT_EQ(header(over, "Retry-After"), "");
  control(R"({"netatmoRetryAfter":true,"netatmoLimitText":"maximum","netatmoLimitStatus":403})");
  EXPECT_EQ(header(net("homesdata"), "Retry-After"), "10");
  EXPECT_EQ(net("homesdata").status, 403);
  EXPECT_EQ(said(net("homesdata")), "Maximum api usage reached");
  time.advance(Seconds(10));
  for (int ten = 0; ten < 9; ++ten) {
    for (int i = 0; i < 50; ++i) EXPECT_EQ(net("getscenarios", {{"home_id", belle}}).status, 200);
    time.advance(Seconds(10));
  }
  EXPECT_EQ(code(net("homesdata")), 26) << "500 in this hour";
  EXPECT_EQ(header(net("homesdata"), "Retry-After"), "3500");
  net_sign_in("bruno");
  EXPECT_EQ(net("homesdata").status, 200) << "per user";
}

TEST_F(SimNetHistory, an_application_can_be_limited_over_all_its_users) {
  control(R"({"netatmoAppPer10S":4})");
  const std::string alice = access;
  EXPECT_EQ(net("homesdata").status, 200);
  EXPECT_EQ(net("homesdata").status, 200);
  net_sign_in("bruno");
  EXPECT_EQ(net("homesdata").status, 200);
  EXPECT_EQ(net("homesdata").status, 200);
  EXPECT_EQ(code(net("homesdata")), 26);
  access = alice;
  EXPECT_EQ(code(net("homesdata")), 26);
  time.advance(Seconds(10));
  EXPECT_EQ(net("homesdata").status, 200);
}

TEST_F(SimNetHistory, moments_beyond_all_reason_are_taken_as_far_as_time_goes) {
  EXPECT_EQ(code(set_room("1885923001",
                          R"("therm_setpoint_mode":"max","therm_setpoint_end_time":9223372036854775807)")),
            0);
  EXPECT_EQ(module_status("04:00:00:0a:11:41").is_null(), false);
  EXPECT_EQ(measure({{"scale", "30min"},
                     {"type", "sum_energy_elec"},
                     {"date_begin", "-5"},
                     {"date_end", "99999999999"}})[0]["beg_time"],
            900);
  EXPECT_EQ(json(get("/cloud/_control"))["netatmoCalls"]["alice"], 3);
}

TEST_F(SimNetHistory, the_global_guard_strikes_at_random) {
  control(R"({"netatmoBusyEvery":3})");
  EXPECT_EQ(net("homesdata").status, 200);
  EXPECT_EQ(net("homesdata").status, 200);
  const Response busy = net("homesdata");
  EXPECT_EQ(busy.status, 429);
  EXPECT_EQ(busy.body, R"({"error":{"code":11,"message":"Failed to enter concurrency limited section"}})");
  EXPECT_EQ(net("homesdata").status, 200);
}

TEST_F(SimNetHistory, faults_speak_netatmos_language) {
  control(
      R"({"faults":[{"status":429,"path":"/cloud/netatmo/api/"},{"status":429,"code":26,"path":"/cloud/netatmo/api/"},
    {"status":503,"path":"/cloud/netatmo/api/"},{"status":500,"path":"/cloud/netatmo/api/"},
    {"status":400,"code":35,"path":"/cloud/netatmo/api/"},{"status":503,"path":"/cloud/netatmo/oauth2/token"}]})");
  EXPECT_EQ(code(net("homesdata")), 11);
  EXPECT_EQ(code(net("homesdata")), 26);
  EXPECT_EQ(net("homesdata").body.find("<html>"), 0U) << "the front end has no JSON";
  EXPECT_TRUE(net("homesdata").body.starts_with(R"({"error":{"code":0)"));
  EXPECT_EQ(code(net("homesdata")), 35);
  EXPECT_EQ(net_refresh("x").body, R"({"error":"too_many_connections"})");
  EXPECT_EQ(net("homesdata").status, 200);
}

TEST_F(SimNetHistory, a_deactivated_application_is_406) {
  control(R"({"netatmoDeactivated":true})");
  const Response refused = net("homesdata");
  EXPECT_EQ(refused.status, 406);
  EXPECT_EQ(code(refused), 5);
}

TEST_F(SimNetHistory, webhooks_are_registered_told_and_signed) {
  EXPECT_EQ(code(net("addwebhook")), 10);
  EXPECT_EQ(code(net("addwebhook", {{"url", "http://a.example/"}})), 21);
  EXPECT_EQ(net_form("addwebhook", {{"url", "https://a.example/hook"}}).status, 200);
  set_room(
      "1885923001",
      R"("therm_setpoint_mode":"manual","therm_setpoint_temperature":21,"therm_setpoint_end_time":1795352400)");
  net_form("setthermmode", {{"home_id", belle}, {"mode", "away"}});
  set_module("00:04:74:00:00:0a:11:01", R"("on":false)");
  const Json list = sent();
  ASSERT_EQ(list.size(), 3U) << "nothing is told of lamps";
  EXPECT_EQ(list[0]["url"], "https://a.example/hook");
  EXPECT_EQ(list[0]["body"], R"({"push_type":"webhook_activation","user_id":"5f0e5e616c69636500000000"})");
  EXPECT_EQ(
      list[1]["body"],
      R"({"room_id":"1885923001","home":{"id":"5f0e0000000000000a11ce01","name":"Belle-)"
      "\xC3\x8E"
      R"(le","country":"FR","rooms":[{"id":"1885923001","name":"Living room","type":"livingroom",)"
      R"("therm_setpoint_mode":"manual","therm_setpoint_temperature":21.0,"therm_setpoint_end_time":1795352400}],)"
      R"("modules":[{"id":"04:00:00:0a:11:41","name":"Thermostat","type":"NATherm1"},)"
      R"({"id":"04:00:00:0a:11:f1","name":"Modulating thermostat","type":"OTM"}]},"mode":"manual",)"
      R"("event_type":"set_point","temperature":21.0,"push_type":"display_change","user_id":"5f0e5e616c69636500000000"})");
  EXPECT_EQ(
      list[2]["body"],
      R"({"event_type":"therm_mode","home":{"id":"5f0e0000000000000a11ce01","therm_mode":"away"},"mode":"away",)"
      R"("previous_mode":"schedule","push_type":"home_event_changed","user_id":"5f0e5e616c69636500000000"})");
  // echo -n '<body 0>' | openssl dgst -sha256 -hmac 's3cret.with+url,chars~0123456789abcdef'
  EXPECT_EQ(list[0]["headers"]["X-Netatmo-secret"],
            "6bf0565aa6b4892be62403c3aa81b65c5b94cc29e7b18d043eaf3c1ac8950412");
}

TEST_F(SimNetHistory, five_failures_within_an_hour_ban_a_webhook_for_a_day) {
  net("addwebhook", {{"url", "https://a.example/hook"}});
  control(R"({"webhookFailures":4})");
  net_form("setthermmode", {{"home_id", belle}, {"mode", "hg"}});
  EXPECT_EQ(sent().size(), 2U);
  control(R"({"webhookFailures":1})");
  net_form("setthermmode", {{"home_id", belle}, {"mode", "away"}});
  EXPECT_EQ(sent().size(), 2U) << "lost";
  time.advance(Hours(24));
  net_sign_in();
  net_form("setthermmode", {{"home_id", belle}, {"mode", "schedule"}});
  EXPECT_EQ(sent().size(), 3U);
  net("dropwebhook", {{"app_types", "app_security"}});
  EXPECT_EQ(text_of(sent()[3], "body").value_or("").find(R"({"push_type":"webhook_deactivation")"), 0U);
  net_form("setthermmode", {{"home_id", belle}, {"mode", "hg"}});
  EXPECT_EQ(sent().size(), 4U);
}

TEST_F(SimNetHistory, an_installer_has_200_homes_and_10000_modules_and_the_state_stays_small) {
  const std::size_t before = cloud.save().size();
  net_sign_in("ines");
  const Json homes = json(net("homesdata"))["body"]["homes"];
  ASSERT_EQ(homes.size(), 200U);
  std::size_t modules = 0;
  for (const Json& home : homes) modules += home["modules"].size();
  EXPECT_EQ(modules, 10'000U);
  const std::string home = "5f0e000000000000001e50c7";
  EXPECT_EQ(homes[199]["id"], home);
  const std::string lamp = text_of(homes[199]["modules"][6 + 2], "id").value_or("");
  EXPECT_EQ(homes[199]["modules"][8]["type"], "NLV");
  EXPECT_EQ(set_module(lamp, R"("target_position":0)", home).status, 200);
  time.advance(Seconds(25));
  EXPECT_EQ(module_status(lamp, home)["current_position"], 0);
  EXPECT_LT(cloud.save().size(), before + 10'000);
}

TEST_F(SimNetHistory, cross_origin_calls_are_answered_as_switched) {
  const auto preflight = [&] {
    return send("OPTIONS", "/cloud/netatmo/api/homesdata", {{"Origin", "https://a.example"}});
  };
  EXPECT_EQ(header(net("homesdata"), "Access-Control-Allow-Origin"), "");
  EXPECT_NE(preflight().status, 204);
  control(R"({"netatmoCors":"simple"})");
  EXPECT_EQ(header(net("homesdata"), "Access-Control-Allow-Origin"), "*");
  EXPECT_NE(preflight().status, 204);
  control(R"({"netatmoCors":"full"})");
  EXPECT_EQ(preflight().status, 204);
  EXPECT_NE(header(preflight(), "Access-Control-Allow-Headers").find("authorization, content-type"),
            std::string::npos);
}

TEST_F(SimNetHistory, everything_survives_a_stop) {
  set_module("00:04:74:00:00:0a:11:05", R"("target_position":0)");
  set_room("1885923001", R"("therm_setpoint_mode":"max")");
  net_form("renamehomeschedule",
           {{"home_id", belle}, {"schedule_id", "5f0e0000000000000a11cea1"}, {"name", "Kept"}});
  net("addwebhook", {{"url", "https://a.example/hook"}});
  control(
      R"({"netatmoNewId":"body","gatewayOffline":"00:04:74:0a:11:68","moduleOffline":{"00:04:74:00:00:0a:11:01":true}})");
  time.advance(Seconds(10));
  const std::string data = net("homesdata").body, status = net("homestatus", {{"home_id", belle}}).body;
  const Json shown = json(get("/cloud/_control"));
  const std::string saved = cloud.save();
  EXPECT_EQ(saved.find(access), std::string::npos);
  ASSERT_TRUE(cloud.load(R"({"version":2})"));
  ASSERT_TRUE(cloud.load(saved));
  EXPECT_EQ(cloud.save(), saved);
  EXPECT_EQ(json(get("/cloud/_control")), shown);
  EXPECT_EQ(net("homesdata").body, data);
  EXPECT_EQ(net("homestatus", {{"home_id", belle}}).body, status);
  EXPECT_EQ(json(get("/cloud/_control/webhooks"))["webhooks"].size(), 1U);
}

}  // namespace
}  // namespace foyer::sim::test
