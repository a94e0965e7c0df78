// Netatmo's sign-in, tokens and their errors.
#include "tests/sim/netatmo/world.hpp"

namespace foyer::sim::test {
namespace {

class SimNetOauth : public NetWorld {
 protected:
  std::string code_for(const std::string& user = "alice", const std::string& client = "foyer-demo") {
    return parameter(net_consent(user, "accept", net_authorize(all_scopes, client)), "code");
  }
  static std::string error(const Response& response) { return text_of(json(response), "error").value_or(""); }
};

TEST_F(SimNetOauth, a_person_signs_in_and_the_code_has_32_hexadecimal_digits) {
  const Response back = net_consent("alice", "accept", net_authorize());
  EXPECT_EQ(back.status, 303);
  EXPECT_EQ(header(back, "Location").find(std::string(redirect) + "?state=s-1&code="), 0U);
  EXPECT_EQ(parameter(back, "code").size(), 32U);
  EXPECT_EQ(parameter(back, "code").find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST_F(SimNetOauth, the_consent_page_names_what_is_asked_for) {
  const Response page = get(net_authorize("read_magellan write_magellan read_smarther"));
  EXPECT_NE(page.body.find("<h1>Sign in</h1>"), std::string::npos);
  const auto at = page.body.find("value=\"") + 7;
  const std::string tx = page.body.substr(at, page.body.find('"', at) - at);
  form("/cloud/netatmo/oauth2/login", {{"tx", tx}, {"user", "alice"}});
  const Response consent = get("/cloud/netatmo/oauth2/consent?tx=" + tx);
  EXPECT_NE(consent.body.find("See and control lights, sockets, shutters and meters"), std::string::npos);
  EXPECT_NE(consent.body.find("<code>read_smarther</code>"), std::string::npos);
  EXPECT_EQ(get("/cloud/netatmo/oauth2/style.css").status, 200);
}

TEST_F(SimNetOauth, refusal_comes_back_with_error_and_state) {
  const Response back = net_consent("alice", "deny", net_authorize());
  EXPECT_EQ(parameter(back, "error"), "access_denied");
  EXPECT_EQ(parameter(back, "state"), "s-1");
  EXPECT_EQ(parameter(back, "code"), "");
}

TEST_F(SimNetOauth, unknown_clients_foreign_redirects_and_unknown_scopes_are_refused) {
  EXPECT_EQ(error(get(net_authorize(all_scopes, "nobody"))), "invalid_client");
  EXPECT_EQ(
      error(get(
          "/cloud/netatmo/oauth2/authorize?client_id=foyer-demo&redirect_uri=https%3A%2F%2Fevil.example%2F")),
      "redirect_uri_mismatch");
  EXPECT_EQ(parameter(get(net_authorize("read_magellan read_minds")), "error"), "invalid_scope");
}

TEST_F(SimNetOauth, without_scopes_the_weather_station_alone_is_granted) {
  const Json tokens =
      json(net_exchange(parameter(net_consent("alice", "accept", net_authorize("")), "code")));
  EXPECT_EQ(tokens["scope"], Json::array({"read_station"}));
}

TEST_F(SimNetOauth, the_token_answer_has_the_recorded_form) {
  const Json tokens = net_sign_in();
  ASSERT_EQ(tokens.size(), 5U);
  EXPECT_TRUE(tokens["scope"].is_array());
  EXPECT_EQ(tokens["expires_in"], 10800);
  EXPECT_EQ(tokens["expire_in"], 10800);
  for (const char* name : {"access_token", "refresh_token"}) {
    const std::string token = text_of(tokens, name).value_or("");
    ASSERT_EQ(token.size(), 57U) << "24 digits, a bar, 32 digits";
    EXPECT_EQ(token[24], '|');
  }
}

TEST_F(SimNetOauth, a_code_works_once_and_for_five_minutes) {
  const std::string used = code_for(), old = code_for();
  EXPECT_EQ(net_exchange(used).status, 200);
  const Response again = net_exchange(used);
  EXPECT_EQ(again.status, 400);
  EXPECT_EQ(again.body, R"({"error":"invalid_grant"})");
  time.advance(Minutes(5));
  EXPECT_EQ(error(net_exchange(old)), "invalid_grant");
}

TEST_F(SimNetOauth, codes_of_the_two_clouds_do_not_fit_each_other) {
  EXPECT_EQ(exchange(code_for()).status, 400);
  EXPECT_EQ(net_exchange(parameter(consent("alice", "accept"), "code")).status, 400);
}

TEST_F(SimNetOauth, the_confidential_application_needs_its_secret_for_both_grants) {
  const std::string code = code_for("alice", "foyer-secret");
  EXPECT_EQ(net_exchange(code, {}, "foyer-secret").body, R"({"error":"invalid_client"})");
  EXPECT_EQ(error(net_exchange(code, {{"client_secret", "wrong"}}, "foyer-secret")), "invalid_client");
  const Json tokens =
      json(net_exchange(code, {{"client_secret", std::string(client_secret)}}, "foyer-secret"));
  Fields fields{{"grant_type", "refresh_token"},
                {"client_id", "foyer-secret"},
                {"refresh_token", text_of(tokens, "refresh_token").value_or("")}};
  EXPECT_EQ(error(form("/cloud/netatmo/oauth2/token", fields)), "invalid_client");
  fields.push_back({"client_secret", std::string(client_secret)});
  EXPECT_EQ(form("/cloud/netatmo/oauth2/token", fields).status, 200);
}

TEST_F(SimNetOauth, the_page_of_the_demo_needs_a_secret_only_when_switched_on) {
  control(R"({"netatmoSecret":true})");
  EXPECT_EQ(error(net_exchange(code_for())), "invalid_client");
  EXPECT_EQ(net_exchange(code_for(), {{"client_secret", std::string(client_secret)}}).status, 200);
}

TEST_F(SimNetOauth, each_refresh_kills_both_former_tokens_at_once) {
  const Json first = net_sign_in();
  EXPECT_EQ(net("homesdata").status, 200);
  const Json second = json(net_refresh(text_of(first, "refresh_token").value_or("")));
  EXPECT_NE(second["access_token"], first["access_token"]);
  EXPECT_NE(second["refresh_token"], first["refresh_token"]);
  EXPECT_EQ(code(net("homesdata")), 2);
  EXPECT_EQ(net_refresh(text_of(first, "refresh_token").value_or("")).body, R"({"error":"invalid_grant"})");
  access = text_of(second, "access_token").value_or("");
  EXPECT_EQ(net("homesdata").status, 200);
  EXPECT_EQ(net_refresh(text_of(second, "refresh_token").value_or("")).status, 200);
}

TEST_F(SimNetOauth, the_token_endpoint_takes_forms_only_and_no_password) {
  const std::string code = code_for();
  const Response json_body =
      send("POST", "/cloud/netatmo/oauth2/token", {{"Content-Type", "application/json"}},
           R"({"grant_type":"authorization_code","client_id":"foyer-demo","code":")" + code + "\"}");
  EXPECT_EQ(json_body.body, R"({"error":"invalid_request"})");
  EXPECT_EQ(error(form("/cloud/netatmo/oauth2/token", {{"client_id", "foyer-demo"}})), "invalid_request");
  EXPECT_EQ(
      error(form("/cloud/netatmo/oauth2/token",
                 {{"client_id", "foyer-demo"}, {"grant_type", "refresh_token"}, {"refresh_token", ""}})),
      "invalid_request");
  EXPECT_EQ(
      error(form(
          "/cloud/netatmo/oauth2/token",
          {{"client_id", "foyer-demo"}, {"grant_type", "password"}, {"username", "a"}, {"password", "b"}})),
      "invalid_grant");
}

TEST_F(SimNetOauth, the_life_of_a_token_is_a_switch_and_its_end_is_code_3) {
  control(R"({"netatmoTokenS":60})");
  EXPECT_EQ(net_sign_in()["expires_in"], 60);
  time.advance(Seconds(59));
  EXPECT_EQ(net("homesdata").status, 200);
  time.advance(Seconds(1));
  const Response late = net("homesdata");
  EXPECT_EQ(late.status, 403);
  EXPECT_EQ(late.body, R"({"error":{"code":3,"message":"Access token expired"}})");
}

TEST_F(SimNetOauth, tokens_can_be_made_to_expire_or_be_revoked) {
  const Json tokens = net_sign_in();
  control(R"({"expireTokens":true})");
  EXPECT_EQ(code(net("homesdata")), 3);
  control(R"({"revokeTokens":true})");
  EXPECT_EQ(error(net_refresh(text_of(tokens, "refresh_token").value_or(""))), "invalid_grant");
}

TEST_F(SimNetOauth, a_login_without_pages_for_scripts) {
  control(R"({"autoLogin":"bruno"})");
  const Response back = get(net_authorize());
  EXPECT_EQ(back.status, 302);
  EXPECT_EQ(net_exchange(parameter(back, "code")).status, 200);
  control(R"({"autoLogin":"deny"})");
  EXPECT_EQ(parameter(get(net_authorize()), "error"), "access_denied");
}

}  // namespace
}  // namespace foyer::sim::test
