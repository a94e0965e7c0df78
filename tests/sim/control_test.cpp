// Fault switches and the call log.
#include "tests/support/simulated_cloud.hpp"

#include "tests/sim/world.hpp"

namespace foyer::sim::test {
namespace {

class SimControl : public World {
 protected:
  void SetUp() override { sign_in(); }
  const std::string plants = std::string(smarther) + "/plants";
  Json shown() { return json(get("/cloud/_control")); }
};

TEST_F(SimControl, the_next_n_calls_fail_with_the_documented_text_and_then_all_is_well) {
  for (const auto& [status, text] :
       {std::pair(400, "Bad request"), std::pair(401, "Unauthorized"), std::pair(404, "Resource not found"),
        std::pair(408, "Request timeout"), std::pair(409, "Subscription already exists"),
        std::pair(430, "Wrong input parameters"), std::pair(486, "Busy visual user interface"),
        std::pair(500, "Server internal error")}) {
    control(R"({"fault":{"count":2,"status":)" + std::to_string(status) + "}}");
    for (int i = 0; i < 2; ++i) {
      const Response refused = api("GET", plants);
      EXPECT_EQ(refused.status, status);
      EXPECT_EQ(message(refused), text);
    }
    EXPECT_EQ(api("GET", plants).status, 200);
  }
  for (const int status : {403, 406, 429, 469, 470, 502, 503, 504}) {
    control(R"({"fault":{"status":)" + std::to_string(status) + "}}");
    const Response refused = api("GET", plants);
    EXPECT_EQ(refused.status, status);
    EXPECT_FALSE(message(refused).empty());
  }
}

TEST_F(SimControl, a_fault_meets_only_the_method_and_path_it_names) {
  control(R"({"faults":[{"status":503,"method":"POST","contains":"chronothermostat"},
                        {"status":500,"path":"/cloud/oauth/token"}]})");
  EXPECT_EQ(api("GET", thermostat()).status, 200);
  EXPECT_EQ(api("POST", plants).status, 404);
  EXPECT_EQ(api("POST", thermostat(), R"({"function":"heating","mode":"off"})").status, 503);
  const Response token = refresh("any");
  EXPECT_EQ(token.status, 500);
  EXPECT_EQ(json(token)["message"], "Internal error");
  EXPECT_TRUE(shown()["faults"].empty());
}

TEST_F(SimControl, a_refused_command_was_not_carried_out_and_an_ambiguous_one_was) {
  const std::string light = of_module("light/lighting", module_id("0011"));
  control(R"({"fault":{"status":504}})");
  EXPECT_EQ(api("POST", light, R"({"status":"on"})").status, 504);
  time.advance(Seconds(1));
  EXPECT_EQ(status_of(module_id("0011"))["status"], "off");
  control(R"({"fault":{"status":504,"after":true}})");
  EXPECT_EQ(api("POST", light, R"({"status":"on"})").status, 504);
  time.advance(Seconds(1));
  EXPECT_EQ(status_of(module_id("0011"))["status"], "on");
}

TEST_F(SimControl, a_connection_drops_before_or_after_the_deed) {
  const std::string light = of_module("light/lighting", module_id("0011"));
  control(R"({"fault":{"drop":true}})");
  EXPECT_TRUE(api("POST", light, R"({"status":"on"})").drop);
  time.advance(Seconds(1));
  EXPECT_EQ(status_of(module_id("0011"))["status"], "off");
  control(R"({"fault":{"drop":true,"after":true}})");
  EXPECT_TRUE(api("POST", light, R"({"status":"on"})").drop);
  time.advance(Seconds(1));
  EXPECT_EQ(status_of(module_id("0011"))["status"], "on");
}

TEST_F(SimControl, answers_can_be_empty_cut_html_no_json_huge_or_literal) {
  const std::string real = api("GET", plants).body;
  control(
      R"({"faults":[{"body":"empty"},{"body":"truncated"},{"body":"html"},{"body":"not-json"},{"body":"huge"},
                        {"text":"[]","status":206}]})");
  EXPECT_TRUE(api("GET", plants).body.empty());
  EXPECT_EQ(api("GET", plants).body, real.substr(0, real.size() / 2));
  EXPECT_EQ(api("GET", plants).body.find("<!doctype html>"), 0U);
  EXPECT_FALSE(parse_json(api("GET", plants).body).has_value());
  EXPECT_GT(api("GET", plants).body.size(), 10'000'000U);
  const Response literal = api("GET", plants);
  EXPECT_EQ(literal.body, "[]");
  EXPECT_EQ(literal.status, 206);
}

TEST_F(SimControl, named_texts_cover_quota_rate_token_key_gateway_and_permission) {
  control(R"({"faults":[{"body":"quota"},{"body":"rate"},{"body":"expired"},{"body":"key-missing"},
                        {"body":"key-invalid"},{"body":"gateway-offline"},{"body":"permission"},
                        {"body":"quota","status":429}]})");
  const auto next = [&] { return api("GET", plants); };
  EXPECT_EQ(message(next()), "Out of call volume quota. Quota will be replenished in 12:00:00.");
  EXPECT_EQ(message(next()), "Rate limit is exceeded. Try again in 26 seconds.");
  EXPECT_NE(message(next()).find("expired"), std::string::npos);
  EXPECT_NE(message(next()).find("missing subscription key"), std::string::npos);
  EXPECT_NE(message(next()).find("invalid subscription key"), std::string::npos);
  EXPECT_EQ(message(next()), "Gateway Offline");
  EXPECT_EQ(next().status, 403);
  EXPECT_EQ(next().status, 429);
}

TEST_F(SimControl, latency_and_retry_after_are_handed_to_the_host) {
  control(R"({"latencyMs":250,"fault":{"status":503,"retryAfter":7,"delayMs":1000}})");
  const Response slow = api("GET", plants);
  EXPECT_EQ(slow.delay, Millis(1250));
  EXPECT_EQ(header(slow, "Retry-After"), "7");
  EXPECT_EQ(api("GET", plants).delay, Millis(250));
}

TEST_F(SimControl, faulted_calls_count_against_the_quota) {
  const auto used = [&] { return shown()["quotaUsed"]["alice"].get<int>(); };
  EXPECT_EQ(used(), 0);
  control(R"({"fault":{"status":500,"count":3}})");
  for (int i = 0; i < 4; ++i) api("GET", plants);
  EXPECT_EQ(used(), 4);
}

TEST_F(SimControl, the_clock_can_be_wrong_and_time_can_pass) {
  control(R"({"clockSkewS":-7200})");
  EXPECT_EQ(shown()["now"], "2026-11-22T10:00:00Z");
  control(R"({"clockSkewS":0,"advanceS":3600})");
  EXPECT_EQ(shown()["now"], "2026-11-22T13:00:00Z");
  EXPECT_EQ(api("GET", plants).status, 401) << "an hour passed for tokens, too";
}

TEST_F(SimControl, a_module_goes_away_and_a_wall_switch_is_pressed) {
  control(R"({"moduleOffline":{")" + module_id("0001") + R"(":true},"set":{")" + module_id("0011") +
          R"(":{"status":"on"}}})");
  EXPECT_EQ(status_of(module_id("0001"))["reachable"], false);
  EXPECT_EQ(status_of(module_id("0011"))["status"], "on");
}

TEST_F(SimControl, a_big_house_of_n_modules_appears_and_goes) {
  control(R"({"big":1000})");
  const std::string all = std::string(hc) + "/plants";
  EXPECT_EQ(json(api("GET", all))["plants"].size(), 2U);
  const Json big = json(api("GET", all + "/00000000000000000000000000000b16"))["modules"];
  std::size_t count = 0;
  for (const auto& [name, list] : big.items()) count += list.size();
  EXPECT_EQ(count, 1000U);
  control(R"({"big":0})");
  EXPECT_EQ(json(api("GET", all))["plants"].size(), 1U);
}

TEST_F(SimControl, a_wrong_member_is_named_and_changes_nothing) {
  const Response refused = send("POST", "/cloud/_control", {}, R"({"latencyMs":9,"latencyMS":5})");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(json(refused)["error"], "latencyMS: unknown member or unsuitable value");
  EXPECT_EQ(shown()["latencyMs"], 0);
  for (const char* body :
       {R"({"rotation":"maybe"})", R"({"fault":{"status":99}})", R"({"fault":{"body":"x"}})", "[]", "{",
        R"({"big":-1})", R"({"moduleOffline":{"none":true}})", R"({"gatewayOffline":"none"})"})
    EXPECT_EQ(send("POST", "/cloud/_control", {}, body).status, 400) << body;
}

TEST_F(SimControl, reset_brings_back_the_first_day_but_keeps_the_signing_key) {
  const Json keys = json(get("/cloud/oauth/jwks"));
  control(R"({"latencyMs":5,"fault":{"status":500},"quotaLeft":0})");
  control(R"({"reset":true})");
  EXPECT_EQ(shown()["latencyMs"], 0);
  EXPECT_TRUE(shown()["faults"].empty());
  EXPECT_EQ(json(get("/cloud/oauth/jwks")), keys);
  EXPECT_EQ(api("GET", plants).status, 401);
  sign_in();
  EXPECT_EQ(api("GET", plants).status, 200);
}

TEST_F(SimControl, the_log_keeps_the_last_200_calls_without_queries_or_secrets) {
  control(R"({"clearLog":true,"rateLimit":0,"fault":{"drop":true}})");
  for (int i = 0; i < 205; ++i) api("GET", plants + "?subscription-key=" + std::string(primary_key));
  const Response log = get("/cloud/_control/log");
  const Json calls = json(log)["calls"];
  EXPECT_EQ(calls.size(), 200U);
  EXPECT_EQ(calls[199]["path"], plants);
  EXPECT_EQ(calls[199]["status"], 200);
  EXPECT_EQ(calls[199]["user"], "alice");
  EXPECT_EQ(log.body.find(primary_key), std::string::npos);
  EXPECT_EQ(log.body.find(access), std::string::npos);
}

TEST_F(SimControl, the_clients_http_port_sees_drops_delays_and_redirects_as_a_network_would_show_them) {
  const auto ask = [&](const std::string& target, Millis deadline) {
    HttpRequest request{.url = "http://localhost:8080" + target, .deadline = deadline};
    request.headers = {{"Ocp-Apim-Subscription-Key", std::string(primary_key)}};
    request.secret_headers.push_back({"Authorization", SecretText("Bearer " + access)});
    Task<HttpOutcome> task = foyer::test::ask(cloud, time, std::move(request));
    task.start();
    time.settle(Minutes(1));
    return task.take();
  };
  EXPECT_EQ(ask(plants, Seconds(10))->status, 200);
  control(R"({"faults":[{"drop":true},{"status":503,"delayMs":20000},{"status":503,"delayMs":2000}]})");
  EXPECT_EQ(ask(plants, Seconds(10)).error(), HttpFailure::opaque);
  EXPECT_EQ(ask(plants, Seconds(10)).error(), HttpFailure::timeout);
  EXPECT_EQ(ask(plants, Seconds(10))->status, 503);
  control(R"({"autoLogin":"alice"})");
  EXPECT_EQ(ask(authorize_target(), Seconds(10)).error(), HttpFailure::redirected);
}

}  // namespace
}  // namespace foyer::sim::test
