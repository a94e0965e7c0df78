// The gateway's checks, each before the next.
#include "tests/sim/world.hpp"

namespace foyer::sim::test {
namespace {

using SimGateway = World;
const std::string plants = std::string(smarther) + "/plants";
const Header key{"Ocp-Apim-Subscription-Key", std::string(primary_key)};

TEST_F(SimGateway, an_unknown_route_is_404_before_anyone_asks_for_a_key) {
  for (const char* path :
       {"/cloud/api/none", "/cloud/api/smarther/v1.0/plants", "/cloud/api/hc/api/v1.0/nothing"})
    EXPECT_EQ(get(path).status, 404) << path;
  EXPECT_EQ(send("DELETE", plants).status, 404);
  EXPECT_EQ(get(plants).status, 401);
}

TEST_F(SimGateway, a_missing_and_a_wrong_key_have_texts_of_their_own) {
  EXPECT_EQ(message(get(plants)).find("Access denied due to missing subscription key."), 0U);
  EXPECT_EQ(message(send("GET", plants, {{"Ocp-Apim-Subscription-Key", "f00"}}))
                .find("Access denied due to invalid subscription key."),
            0U);
}

TEST_F(SimGateway, both_keys_and_the_query_form_open_the_gate) {
  sign_in();
  const Header bearer{"Authorization", "Bearer " + access};
  EXPECT_EQ(send("GET", plants, {bearer, key}).status, 200);
  EXPECT_EQ(send("GET", plants, {bearer, {"ocp-apim-subscription-key", std::string(secondary_key)}}).status,
            200);
  EXPECT_EQ(send("GET", plants + "?subscription-key=" + std::string(primary_key), {bearer}).status, 200);
}

TEST_F(SimGateway, the_key_is_checked_before_rate_quota_and_token) {
  control(R"({"quotaLeft":0})");
  EXPECT_EQ(get(plants).status, 401);
  EXPECT_EQ(send("GET", plants, {key}).status, 403);
}

TEST_F(SimGateway, the_rate_limit_comes_before_the_quota_and_says_how_long_to_wait) {
  sign_in();
  control(R"({"rateLimit":{"calls":2,"perS":10},"quotaLeft":2})");
  EXPECT_EQ(api("GET", plants).status, 200);
  time.advance(Seconds(4));
  EXPECT_EQ(api("GET", plants).status, 200);
  const Response refused = api("GET", plants);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(header(refused, "Retry-After"), "6");
  EXPECT_EQ(message(refused), "Rate limit is exceeded. Try again in 6 seconds.");
  time.advance(Seconds(6));
  EXPECT_EQ(api("GET", plants).status, 403);
}

TEST_F(SimGateway, call_501_of_a_day_is_refused_with_the_documented_text_and_midnight_brings_new_ones) {
  sign_in();
  control(R"({"rateLimit":0})");
  for (int i = 0; i < 500; ++i) ASSERT_EQ(api("GET", plants).status, 200) << i;
  const Response refused = api("GET", plants);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(message(refused), "Out of call volume quota. Quota will be replenished in 12:00:00.");
  time.advance(Hours(12));
  EXPECT_EQ(api("GET", plants).status, 401) << "the token is an hour old";
  sign_in();
  EXPECT_EQ(api("GET", plants).status, 200);
}

TEST_F(SimGateway, the_quota_belongs_to_a_person_and_may_come_as_429) {
  sign_in();
  control(R"({"quotaLeft":1,"quotaStatus":429})");
  EXPECT_EQ(api("GET", plants).status, 200);
  EXPECT_EQ(api("GET", plants).status, 429);
  EXPECT_NE(message(api("GET", plants)).find("quota"), std::string::npos);
  sign_in("bruno");
  EXPECT_EQ(api("GET", plants).status, 200);
}

TEST_F(SimGateway, the_quota_is_checked_before_the_token) {
  sign_in();
  control(R"({"quotaLeft":0,"expireTokens":true})");
  EXPECT_EQ(api("GET", plants).status, 403);
}

TEST_F(SimGateway, without_with_a_foreign_and_with_an_expired_token) {
  EXPECT_EQ(send("GET", plants, {key}).status, 401);
  EXPECT_EQ(send("GET", plants, {key, {"Authorization", "Bearer nonsense"}}).status, 401);
  sign_in();
  time.advance(Minutes(59));
  EXPECT_EQ(api("GET", plants).status, 200);
  time.advance(Minutes(1));
  EXPECT_NE(message(api("GET", plants)).find("expired"), std::string::npos);
  control(R"({"expiredShape":"B"})");
  EXPECT_EQ(json(api("GET", plants))["code"], 11);
}

TEST_F(SimGateway, tokens_can_be_made_to_expire_now) {
  const Json tokens = sign_in();
  control(R"({"expireTokens":true})");
  EXPECT_EQ(api("GET", plants).status, 401);
  access = text_of(json(refresh(text_of(tokens, "refresh_token").value_or(""))), "access_token").value_or("");
  EXPECT_EQ(api("GET", plants).status, 200);
}

TEST_F(SimGateway, an_impossible_accept_header_is_406) {
  sign_in();
  EXPECT_EQ(send("GET", plants, {key, {"Authorization", "Bearer " + access}, {"Accept", "image/png"}}).status,
            406);
}

TEST_F(SimGateway, scope_comes_before_ownership_ownership_before_the_body_the_body_before_the_device) {
  sign_in("bruno", {{"scope", "openid comfort.read"}});
  control(R"({"gatewayOffline":true})");
  EXPECT_EQ(api("POST", thermostat(), "{").status, 403);
  sign_in("bruno");
  EXPECT_EQ(api("POST", thermostat(), "{").status, 401);
  sign_in("alice");
  EXPECT_EQ(api("POST", thermostat(), "{").status, 400);
  EXPECT_EQ(api("POST", thermostat(), R"({"function":"heating","mode":"party"})").status, 430);
  EXPECT_EQ(api("POST", thermostat(), R"({"function":"heating","mode":"off"})").status, 404);
}

TEST_F(SimGateway, a_missing_scope_is_403_for_home_and_control) {
  sign_in("alice", {{"scope", "openid light.read"}});
  EXPECT_EQ(api("GET", of_module("light/lighting", module_id("0001"))).status, 200);
  EXPECT_EQ(api("POST", of_module("light/lighting", module_id("0001")), R"({"status":"on"})").status, 403);
}

TEST_F(SimGateway, strict_scopes_ask_for_topology_read) {
  sign_in("alice", {{"scope", "openid comfort.read"}});
  EXPECT_EQ(api("GET", plants).status, 200) << "loose by default, as seen in public clients";
  control(R"({"strictScopes":true})");
  EXPECT_EQ(api("GET", plants).status, 403);
}

TEST_F(SimGateway, the_status_code_member_may_be_text) {
  EXPECT_EQ(json(get(plants))["statusCode"], 401);
  control(R"({"statusCodeAs":"string"})");
  EXPECT_EQ(json(get(plants))["statusCode"], "401");
}

TEST_F(SimGateway, cors_headers_are_absent_until_switched_on) {
  EXPECT_EQ(header(get(plants), "Access-Control-Allow-Origin"), "");
  EXPECT_EQ(send("OPTIONS", plants).status, 404);
  control(R"({"cors":true})");
  EXPECT_EQ(header(send("GET", plants, {{"Origin", "https://a.example"}}), "Access-Control-Allow-Origin"),
            "https://a.example");
  EXPECT_EQ(send("OPTIONS", plants).status, 204);
}

TEST_F(SimGateway, retired_home_and_control_refuses_every_call) {
  sign_in();
  control(R"({"hcRetired":410})");
  EXPECT_EQ(api("GET", std::string(hc) + "/plants").status, 410);
  EXPECT_EQ(api("GET", plants).status, 200);
}

}  // namespace
}  // namespace foyer::sim::test
