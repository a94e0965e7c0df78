// Sign-in host of the simulated cloud: what it promises to a client, and each way it refuses.
#include "core/base/base64url.hpp"
#include "tests/sim/world.hpp"

namespace foyer::sim::test {
namespace {

using SimOauth = World;

std::vector<std::string> parts_of(const std::string& token) {
  std::vector<std::string> out(1);
  for (const char c : token) {
    if (c == '.')
      out.emplace_back();
    else
      out.back().push_back(c);
  }
  return out;
}

Json decoded(const std::string& part) {
  return parse_json(base64url_decode(part).value_or("")).value_or(Json());
}

template <class T>
T now(Task<T> task) {
  task.start();
  return task.take();
}

TEST_F(SimOauth, discovery_names_every_endpoint_below_the_issuer_at_both_addresses) {
  for (const char* path : {"/cloud/oauth/.well-known/openid-configuration",
                           "/cloud/oauth/foyer-demo/.well-known/openid-configuration"}) {
    const Json metadata = json(get(path));
    EXPECT_EQ(metadata["issuer"], "http://localhost:8080/cloud/oauth");
    EXPECT_EQ(metadata["token_endpoint"], "http://localhost:8080/cloud/oauth/token");
    EXPECT_EQ(metadata["code_challenge_methods_supported"], Json::array({"S256"}));
    EXPECT_EQ(metadata["authorization_response_iss_parameter_supported"], true);
  }
}

TEST_F(SimOauth, a_person_chooses_who_to_be_and_comes_back_with_code_state_and_issuer_in_that_order) {
  const Response back = consent("alice", "accept");
  EXPECT_EQ(back.status, 303);
  EXPECT_EQ(header(back, "Location").find(std::string(redirect) + "?code="), 0U);
  EXPECT_EQ(parameter(back, "state"), "s-1");
  EXPECT_EQ(parameter(back, "iss"), "http://localhost:8080/cloud/oauth");
}

TEST_F(SimOauth, the_consent_page_lists_scopes_and_allows_the_form_to_lead_to_the_client_only) {
  const Response page = get(authorize_target());
  EXPECT_NE(page.body.find("Alice"), std::string::npos);
  EXPECT_NE(page.body.find("Bruno"), std::string::npos);
  EXPECT_NE(page.body.find("Nora"), std::string::npos);
  const std::string policy = header(page, "Content-Security-Policy");
  EXPECT_NE(policy.find("form-action 'self' http://127.0.0.1:4711"), std::string::npos);
  EXPECT_EQ(page.body.find("<script"), std::string::npos);
  EXPECT_EQ(page.body.find("style="), std::string::npos);
}

TEST_F(SimOauth, denied_consent_comes_back_as_the_vendor_documents_it) {
  const Response back = consent("alice", "deny");
  EXPECT_EQ(header(back, "Location")
                .find(std::string(redirect) +
                      "?error=access_denied&error_description=Access%20denied%20by%20user&state=s-1"),
            0U);
}

TEST_F(SimOauth, a_foreign_reply_url_is_shown_and_never_followed) {
  const Response page = get(authorize_target({{"redirect_uri", "https://evil.example/cb"}}));
  EXPECT_EQ(page.status, 400);
  EXPECT_EQ(json(page)["error_description"],
            "The reply url host evil.example doesn't match with the ones configured on the application");
}

TEST_F(SimOauth, an_unknown_client_is_refused_without_a_redirect) {
  EXPECT_EQ(get(authorize_target({{"client_id", "somebody"}})).status, 400);
}

TEST_F(SimOauth, a_repeated_parameter_is_refused) {  // RFC 6749 section 3.1
  EXPECT_EQ(get(authorize_target() + "&state=other").status, 400);
}

TEST_F(SimOauth, the_public_client_cannot_leave_out_pkce_or_use_plain) {
  EXPECT_EQ(parameter(get(authorize_target({{"code_challenge", ""}})), "error"), "invalid_request");
  EXPECT_EQ(parameter(get(authorize_target({{"code_challenge_method", "plain"}})), "error"),
            "invalid_request");
  EXPECT_EQ(parameter(get(authorize_target({{"response_type", "token"}})), "error"),
            "unsupported_response_type");
}

TEST_F(SimOauth, the_id_token_verifies_with_the_published_key_and_says_who_for_whom_and_until_when) {
  const Json tokens = sign_in();
  const auto parts = parts_of(text_of(tokens, "id_token").value_or(""));
  ASSERT_EQ(parts.size(), 3U);
  const Json jwk = json(get("/cloud/oauth/jwks"))["keys"][0];
  EXPECT_EQ(decoded(parts[0])["kid"], jwk["kid"]);
  EXPECT_EQ(decoded(parts[0])["alg"], "RS256");
  const RsaPublicKey key{base64url_decode(jwk["n"].get<std::string>()).value_or(""),
                         base64url_decode(jwk["e"].get<std::string>()).value_or("")};
  const std::string signature = base64url_decode(parts[2]).value_or("");
  EXPECT_EQ(now(foyer::test::crypto().verify_rs256(key, parts[0] + '.' + parts[1], signature)), true);
  EXPECT_EQ(now(foyer::test::crypto().verify_rs256(key, parts[0] + '.' + parts[1] + 'A', signature)), false);
  const Json claims = decoded(parts[1]);
  EXPECT_EQ(claims["iss"], "http://localhost:8080/cloud/oauth");
  EXPECT_EQ(claims["aud"], "foyer-demo");
  EXPECT_EQ(claims["nonce"], "n-1");
  EXPECT_EQ(claims["sub"], "a11ce000-0000-4000-8000-000000000001");
  EXPECT_EQ(claims["oid"], claims["sub"]);
  EXPECT_EQ(claims["iat"], to_ms(time.now()) / 1000);
  EXPECT_EQ(claims["exp"].get<long long>() - claims["iat"].get<long long>(), 3600);
}

TEST_F(SimOauth, the_token_answer_has_the_documented_fields_in_three_shapes) {
  const Json both = sign_in();
  EXPECT_EQ(both["token_type"], "Bearer");
  EXPECT_EQ(both["expires_in"], 3600);
  EXPECT_EQ(both["expires_on"], to_ms(time.now()) / 1000 + 3600);
  EXPECT_EQ(both["refresh_token_expires_in"], 7'776'000);
  control(R"({"tokenAnswer":"expires_in"})");
  EXPECT_FALSE(sign_in().contains("expires_on"));
  control(R"({"tokenAnswer":"strings"})");
  EXPECT_EQ(sign_in()["expires_in"], "3600");
}

TEST_F(SimOauth, a_code_works_once) {
  const std::string code = parameter(consent("alice", "accept"), "code");
  EXPECT_EQ(exchange(code).status, 200);
  const Response again = exchange(code);
  EXPECT_EQ(again.status, 400);
  EXPECT_EQ(json(again)["error"], "invalid_grant");
  EXPECT_EQ(text_of(json(again), "error_description").value_or("").find("AADB2C90080"), 0U);
}

TEST_F(SimOauth, a_code_dies_after_five_minutes) {
  const std::string code = parameter(consent("alice", "accept"), "code");
  time.advance(Minutes(5));
  EXPECT_EQ(exchange(code).status, 400);
}

TEST_F(SimOauth, a_wrong_verifier_or_reply_url_spends_the_code) {
  const std::string wrong_verifier(43, 'x');
  std::string code = parameter(consent("alice", "accept"), "code");
  EXPECT_EQ(json(exchange(code, {{"code_verifier", wrong_verifier}}))["error"], "invalid_grant");
  EXPECT_EQ(exchange(code).status, 400);
  code = parameter(consent("alice", "accept"), "code");
  EXPECT_EQ(json(form("/cloud/oauth/token", {{"grant_type", "authorization_code"},
                                             {"client_id", "foyer-demo"},
                                             {"code", code},
                                             {"redirect_uri", std::string(redirect) + "/"},
                                             {"code_verifier", verifier}}))["error"],
            "invalid_grant");
}

TEST_F(SimOauth, the_confidential_client_and_the_switched_public_one_need_the_secret) {
  const std::string code = parameter(consent("alice", "accept", {{"client_id", "foyer-secret"}}), "code");
  const Fields fields{{"grant_type", "authorization_code"},
                      {"client_id", "foyer-secret"},
                      {"code", code},
                      {"redirect_uri", redirect},
                      {"code_verifier", verifier}};
  EXPECT_EQ(form("/cloud/oauth/token", fields).status, 401);
  Fields with_secret = fields;
  with_secret.emplace_back("client_secret", std::string(client_secret));
  EXPECT_EQ(form("/cloud/oauth/token", with_secret).status, 200);
  control(R"({"secretRequired":true})");
  EXPECT_EQ(json(exchange("any"))["error"], "invalid_client");
}

TEST_F(SimOauth,
       refreshing_gives_new_tokens_for_the_same_person_and_the_old_refresh_token_stays_good_by_default) {
  const Json first = sign_in();
  const std::string old = text_of(first, "refresh_token").value_or("");
  time.advance(Minutes(30));
  const Json second = json(refresh(old));
  EXPECT_NE(second["refresh_token"], first["refresh_token"]);
  EXPECT_NE(second["access_token"], first["access_token"]);
  const Json claims = decoded(parts_of(text_of(second, "id_token").value_or(""))[1]);
  EXPECT_EQ(claims["sub"], "a11ce000-0000-4000-8000-000000000001");
  EXPECT_EQ(claims["nonce"], "n-1");
  EXPECT_EQ(refresh(old).status, 200);
}

TEST_F(SimOauth, strict_rotation_kills_the_old_refresh_token_and_none_gives_no_new_one) {
  control(R"({"rotation":"strict"})");
  const std::string old = text_of(sign_in(), "refresh_token").value_or("");
  const Json renewed = json(refresh(old));
  EXPECT_EQ(json(refresh(old))["error"], "invalid_grant");
  control(R"({"rotation":"none"})");
  const Json without = json(refresh(text_of(renewed, "refresh_token").value_or("")));
  EXPECT_TRUE(without.contains("access_token"));
  EXPECT_FALSE(without.contains("refresh_token"));
}

TEST_F(SimOauth, refresh_tokens_live_ninety_days_and_can_be_revoked) {
  const std::string token = text_of(sign_in(), "refresh_token").value_or("");
  time.advance(Hours(24) * 90 - Seconds(1));
  EXPECT_EQ(refresh(token).status, 200);
  time.advance(Seconds(1));
  EXPECT_EQ(json(refresh(token))["error"], "invalid_grant");
  const std::string other = text_of(sign_in(), "refresh_token").value_or("");
  control(R"({"revokeTokens":true})");
  EXPECT_EQ(refresh(other).status, 400);
}

TEST_F(SimOauth, asking_for_scopes_narrows_what_is_granted) {
  const Json tokens = sign_in("alice", {{"scope", "openid comfort.read"}});
  EXPECT_EQ(tokens["scope"], "openid comfort.read");
  EXPECT_NE(text_of(sign_in(), "scope").value_or("").find("light.write"), std::string::npos);
}

TEST_F(SimOauth, auto_login_answers_the_authorization_request_at_once) {
  control(R"({"autoLogin":"bruno"})");
  const Response back = get(authorize_target());
  EXPECT_EQ(back.status, 302);
  EXPECT_EQ(exchange(parameter(back, "code")).status, 200);
  control(R"({"autoLogin":"deny"})");
  EXPECT_EQ(parameter(get(authorize_target()), "error"), "access_denied");
}

TEST_F(SimOauth, a_lost_or_late_sign_in_says_so_and_offers_no_code) {
  EXPECT_EQ(get("/cloud/oauth/consent?tx=nothing").status, 400);
  EXPECT_EQ(form("/cloud/oauth/consent", {{"tx", "nothing"}, {"decision", "accept"}}).status, 400);
}

TEST_F(SimOauth, text_from_the_request_is_never_markup) {
  const Response page = get(authorize_target({{"state", "\"><script>x</script>"}}));
  EXPECT_EQ(page.body.find("<script>"), std::string::npos);
}

}  // namespace
}  // namespace foyer::sim::test
