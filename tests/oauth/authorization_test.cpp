// The authorization request (rules A1–A7), as functions of values.
#include "core/oauth/authorization.hpp"

#include <set>

#include "tests/oauth/world.hpp"

namespace foyer::oauth {
namespace {

ClientConfig good_config() { return World().config; }
std::string refused_field(const ClientConfig& config) {
  const auto checked = check_config(config);
  return checked ? "" : checked.error().code + " " + checked.error().field;
}

TEST(Authorization, A1PlainHttpOnlyForThisMachine) {
  EXPECT_EQ(refused_field(good_config()), "");
  for (const char* fine : {"http://127.0.0.1:8080/x", "http://localhost/x", "http://[::1]:9/x",
                           "http://127.9.9.9/x", "https://x.example/x"}) {
    ClientConfig config = good_config();
    config.authorize_endpoint = config.token_endpoint = config.jwks_uri = config.redirect_uri = fine;
    EXPECT_EQ(refused_field(config), "") << fine;
  }
  for (const char* bad : {"http://login.example/x", "http://192.168.1.2/x", "http://localhost.example/x",
                          "http://127.0.0.1.example/x", "ftp://login.example/x", "/token", ""}) {
    ClientConfig config = good_config();
    config.token_endpoint = bad;
    EXPECT_EQ(refused_field(config), "A1 token_endpoint") << bad;
    config = good_config();
    config.authorize_endpoint = bad;
    EXPECT_EQ(refused_field(config), "A1 authorize_endpoint") << bad;
    config = good_config();
    config.jwks_uri = bad;
    EXPECT_EQ(refused_field(config), "A1 jwks_uri") << bad;
    config = good_config();
    config.redirect_uri = bad;
    EXPECT_EQ(refused_field(config), "A1 redirect_uri") << bad;
  }
}

TEST(Authorization, A6RedirectUriHasNoFragment) {
  ClientConfig config = good_config();
  config.redirect_uri += "#x";
  EXPECT_EQ(refused_field(config), "A6 redirect_uri");
}

TEST(Authorization, A1NothingIsGuessed) {
  ClientConfig config = good_config();
  config.client_id.clear();
  EXPECT_EQ(refused_field(config), "A1 client_id");
  config = good_config();
  config.issuer.clear();
  EXPECT_EQ(refused_field(config), "D6 issuer");
}

TEST(Authorization, A4Rfc7636AppendixB) {
  const std::string verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  EXPECT_EQ(s256_challenge(finished(test::crypto().sha256(verifier)).value()),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST(Authorization, A4VerifierIs43UnreservedCharactersOf256Bits) {
  EXPECT_EQ(random_bytes, 32U);
  const std::string verifier = unreserved(std::string(32, '\xFF'));
  EXPECT_EQ(verifier.size(), 43U);
  EXPECT_EQ(verifier.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"),
            std::string::npos);
}

TEST(Authorization, A2AsksForACodeWithS256AndNothingElse) {
  const auto url = authorization_url(good_config(), "the-state", "the-nonce", "the-challenge");
  ASSERT_TRUE(url);
  EXPECT_TRUE(url->starts_with("https://login.example/authorize?"));
  const Fields fields = form_decode(parse_url(*url)->query);
  EXPECT_EQ(field(fields, "response_type"), "code");
  EXPECT_EQ(field(fields, "client_id"), "client-1");
  EXPECT_EQ(field(fields, "redirect_uri"), "https://app.example/cb");
  EXPECT_EQ(field(fields, "state"), "the-state");
  EXPECT_EQ(field(fields, "nonce"), "the-nonce");
  EXPECT_EQ(field(fields, "code_challenge"), "the-challenge");
  EXPECT_EQ(field(fields, "code_challenge_method"), "S256");
  EXPECT_EQ(field(fields, "scope"), "openid light.read light.write");
  EXPECT_EQ(fields.size(), 8U);
}

TEST(Authorization, WithoutOpenIdThereIsNoNonceAndNoKeysAreNeeded) {
  ClientConfig config = good_config();
  config.openid = false;
  config.jwks_uri.clear();
  const auto url = authorization_url(config, "the-state", "the-nonce", "the-challenge");
  ASSERT_TRUE(url) << url.error().message;
  const Fields fields = form_decode(parse_url(*url)->query);
  EXPECT_EQ(field(fields, "nonce"), "");
  EXPECT_EQ(field(fields, "code_challenge"), "the-challenge") << "harmless where it is not known";
  EXPECT_EQ(fields.size(), 7U);
  config.token_endpoint = "http://login.example/token";
  EXPECT_FALSE(check_config(config)) << "A1 holds all the same";
}

TEST(Authorization, ScopeIsLeftToTheRegistrationWhenTheVendorWantsIt) {
  ClientConfig config = good_config();
  config.send_scope = false;
  EXPECT_EQ(authorization_url(config, "s", "n", "c")->find("scope"), std::string::npos);
  config.send_scope = true;
  config.scopes.clear();
  EXPECT_EQ(authorization_url(config, "s", "n", "c")->find("scope"), std::string::npos);
}

TEST(Authorization, EndpointMayHaveAQueryOfItsOwn) {
  ClientConfig config = good_config();
  config.authorize_endpoint = "https://login.example/authorize?p=policy";
  EXPECT_TRUE(authorization_url(config, "s", "n", "c")
                  ->starts_with("https://login.example/authorize?p=policy&response_type=code"));
}

TEST(Authorization, A7AttemptSurvivesStorage) {
  const Attempt attempt{.account = "demo",
                        .issuer = "i",
                        .client_id = "c",
                        .redirect_uri = "r",
                        .verifier = SecretText("v\"\\"),
                        .nonce = SecretText("n"),
                        .scopes = {"openid", "x"},
                        .return_to = "home",
                        .created = instant_from_ms(1234)};
  const auto read = attempt_from_json(to_json(attempt));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->account, "demo");
  EXPECT_EQ(read->issuer, "i");
  EXPECT_EQ(read->client_id, "c");
  EXPECT_EQ(read->redirect_uri, "r");
  EXPECT_EQ(read->verifier, attempt.verifier);
  EXPECT_EQ(read->nonce, attempt.nonce);
  EXPECT_EQ(read->scopes, attempt.scopes);
  EXPECT_EQ(read->return_to, "home");
  EXPECT_EQ(read->created, attempt.created);
}

TEST(Authorization, A7ForeignRecordsAreNoAttempts) {
  for (const char* text :
       {"", "{}", "[]", "null", R"({"schema":1})", R"({"schema":1,"verifier":"v","nonce":"n"})",
        R"({"schema":2,"verifier":"v","nonce":"n","created":1})",
        R"({"schema":1,"verifier":1,"nonce":"n","created":1})"})
    EXPECT_EQ(attempt_from_json(text).has_value(), false) << text;
}

TEST(Authorization, B3AttemptLivesTenMinutes) {
  const Instant now = instant_from_ms(1'767'225'600'000);
  EXPECT_FALSE(is_stale({.created = now - Minutes(10)}, now));
  EXPECT_TRUE(is_stale({.created = now - Minutes(10) - Millis(1)}, now));
  EXPECT_FALSE(is_stale({.created = now + Minutes(10)}, now));  // a clock that was put back a little
  EXPECT_TRUE(is_stale({.created = now + Minutes(11)}, now));
}

TEST(Authorization, ScopesAreASetInAnyOrder) {
  EXPECT_EQ(split_scopes("  a b  a c "), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(split_scopes("").empty());
  EXPECT_EQ(join_scopes({"a", "b"}), "a b");
}

}  // namespace
}  // namespace foyer::oauth
