// What is optional and behind the configuration (rules G, F7): revocation and logout at the provider.
#include "core/oauth/authorization.hpp"
#include "tests/oauth/signed_in.hpp"

namespace foyer::oauth {
namespace {

struct Optional : testing::Test {
  void begin(const char* revocation_endpoint) {
    world.config.revocation_endpoint = revocation_endpoint;
    world.config.client_secret = SecretText("a secret");
    world.restart();
    ASSERT_TRUE(world.sign_in());
  }
  World world;
};

TEST_F(Optional, F7WithoutAnEndpointNothingIsRevoked) {
  begin("");
  const std::size_t before = world.memory.http.sent.size();
  EXPECT_TRUE(world.run(world.session->sign_out()));
  world.pass(Hours(1));
  EXPECT_EQ(world.memory.http.sent.size(), before);
}

TEST_F(Optional, GSignOutGivesTheRefreshTokenBackOnceInTheBody) {
  begin("https://login.example/revoke");
  EXPECT_TRUE(world.run(world.session->sign_out()));
  world.pass(Minutes(1));
  ASSERT_EQ(world.revoked.size(), 1U);
  EXPECT_EQ(world.revoked[0], (Fields{{"token", "refresh-canary-1"},
                                      {"token_type_hint", "refresh_token"},
                                      {"client_id", "client-1"},
                                      {"client_secret", "a secret"}}));
  EXPECT_TRUE(world.valid.empty());
  EXPECT_EQ(world.memory.http.sent.back().url, "https://login.example/revoke");
  EXPECT_EQ(world.memory.http.sent.back().body, "");
  EXPECT_TRUE(world.memory.http.sent.back().outlives_page) << "the provider's own logout may follow";
  EXPECT_TRUE(world.run(world.session->sign_out()));
  world.pass(Minutes(1));
  EXPECT_EQ(world.revoked.size(), 1U) << "nobody is signed in any more";
}

TEST_F(Optional, GSignOutCountsWhateverTheEndpointAnswers) {
  for (const HttpOutcome& answer :
       {HttpOutcome(HttpResponse{.status = 503, .headers = {{"Retry-After", "10"}}}),
        HttpOutcome(HttpResponse{.status = 400, .body = R"({"error":"unsupported_token_type"})"}),
        HttpOutcome(std::unexpected(HttpFailure::opaque))}) {
    World other;
    other.config.revocation_endpoint = "https://login.example/revoke";
    other.revocation_answer = answer;
    other.restart();
    ASSERT_TRUE(other.sign_in());
    EXPECT_TRUE(other.run(other.session->sign_out()));
    other.pass(Hours(1));
    EXPECT_EQ(other.revoked.size(), 1U);
    EXPECT_EQ(other.session->info().status, Status::signed_out);
    EXPECT_EQ(other.memory.vault.records.begin()->second.expose().find("canary"), std::string::npos);
  }
}

TEST_F(Optional, GOnlyThePersonsOwnSignOutRevokes) {
  begin("https://login.example/revoke");
  world.pass(Minutes(61));
  world.faults.push_back(world.error("invalid_grant"));
  EXPECT_EQ(world.plain(world.token()), "! X3");
  world.pass(Minutes(1));
  EXPECT_TRUE(world.revoked.empty());
}

TEST_F(Optional, A1RevocationAndLogoutNeedTlsToo) {
  world.config.revocation_endpoint = "http://login.example/revoke";
  EXPECT_EQ(check_config(world.config).error().field, "revocation_endpoint");
  world.config.revocation_endpoint.clear();
  world.config.end_session_endpoint = "http://login.example/end";
  EXPECT_EQ(check_config(world.config).error().field, "end_session_endpoint");
}

TEST_F(Optional, GLogoutAddressNamesTheClientAndNoToken) {
  EXPECT_EQ(logout_url(world.config, "https://app.example/", "s"), "");
  world.config.end_session_endpoint = "https://login.example/end?p=1";
  EXPECT_EQ(logout_url(world.config, "https://app.example/", "s"),
            "https://login.example/end?p=1&client_id=client-1&post_logout_redirect_uri="
            "https%3A%2F%2Fapp.example%2F&state=s");
  EXPECT_EQ(logout_url(world.config, "", "s"), "https://login.example/end?p=1&client_id=client-1");
}

}  // namespace
}  // namespace foyer::oauth
