// config.json: the demo as documented, and each mistake with its field.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/app/session/client_config.hpp"

namespace foyer {
namespace {

const std::string demo = R"({
  "simulator": "worker",
  "clouds": [{
    "id": "demo", "name": "Demo home", "simulated": true, "providers": ["hc", "smarther"],
    "issuer": "./cloud/oauth",
    "authorize_endpoint": "./cloud/oauth/authorize",
    "token_endpoint": "./cloud/oauth/token",
    "jwks_uri": "./cloud/oauth/jwks",
    "client_id": "foyer-demo", "redirect_uri": "./",
    "scopes": ["openid"], "send_scope": false,
    "api_base": "./cloud/api",
    "subscription_keys": ["1111", "2222"]
  }]
})";

std::string with(const std::string& from, const std::string& to) {
  std::string text = demo;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(ConfigTest, TheDemoIsReadAndItsAddressesBelongToThePage) {
  const auto config = read_config(demo, "http://localhost:8080/sub/index.html");
  ASSERT_TRUE(config) << config.error().message;
  ASSERT_EQ(config->clouds.size(), 1U);
  const CloudConfig& cloud = config->clouds[0];
  EXPECT_EQ(cloud.oauth.issuer, "http://localhost:8080/sub/cloud/oauth");
  EXPECT_EQ(cloud.oauth.token_endpoint, "http://localhost:8080/sub/cloud/oauth/token");
  EXPECT_EQ(cloud.oauth.redirect_uri, "http://localhost:8080/sub/");
  EXPECT_EQ(cloud.api.base, "http://localhost:8080/sub/cloud/api");
  EXPECT_EQ(cloud.oauth.account, "demo");
  EXPECT_TRUE(cloud.simulated);
  EXPECT_FALSE(cloud.oauth.send_scope);
  EXPECT_EQ(cloud.api.keys.size(), 2U);
  EXPECT_EQ(cloud.api.daily_limit, 500);
}

TEST(ConfigTest, AbsoluteAddressesAreKeptToTheLetter) {
  const auto config =
      read_config(with("\"./cloud/oauth\"", "\"https://Login.example/tenant/\""), "https://a.example/");
  ASSERT_TRUE(config);
  EXPECT_EQ(config->clouds[0].oauth.issuer, "https://Login.example/tenant/");  // D6: compared as text
}

TEST(ConfigTest, AFileFromDiskNamesTheServiceItBelongsTo) {
  const auto without = read_config(demo, "");
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().field, "clouds[0].issuer");
  const auto config =
      read_config(with("\"simulator\": \"worker\"", "\"base\": \"http://127.0.0.1:8080/\""), "");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->clouds[0].api.base, "http://127.0.0.1:8080/cloud/api");
}

TEST(ConfigTest, FieldsOfOtherVersionsAreTolerated) {
  EXPECT_TRUE(read_config(with("\"simulated\": true", "\"colour\": {\"a\": [1]}"), "https://a.example/"));
}

TEST(ConfigTest, EachMistakeNamesItsFieldAndWhatIsExpected) {
  const std::vector<std::pair<std::string, std::pair<std::string, std::string>>> mistakes{
      {"clouds[0].id", {"\"id\": \"demo\"", "\"id\": \"De mo\""}},
      {"clouds[0].name", {"\"name\": \"Demo home\"", "\"name\": 7"}},
      {"clouds[0].simulated", {"\"simulated\": true", "\"simulated\": \"yes\""}},
      {"clouds[0].providers", {"[\"hc\", \"smarther\"]", "[]"}},
      {"clouds[0].providers[1]", {"[\"hc\", \"smarther\"]", "[\"hc\", \"x\"]"}},
      {"clouds[0].issuer", {"\"./cloud/oauth\"", "\"\""}},
      {"clouds[0].authorize_endpoint", {"\"./cloud/oauth/authorize\"", "\"ftp://a/\""}},
      {"clouds[0].token_endpoint", {"\"./cloud/oauth/token\"", "null"}},
      {"clouds[0].jwks_uri", {"\"./cloud/oauth/jwks\"", "[]"}},
      {"clouds[0].revocation_endpoint",
       {"\"./cloud/oauth/jwks\"", "\"./cloud/oauth/jwks\", \"revocation_endpoint\": 7"}},
      {"clouds[0].end_session_endpoint",
       {"\"./cloud/oauth/jwks\"",
        "\"./cloud/oauth/jwks\", \"end_session_endpoint\": \"http://out.example/\""}},
      {"clouds[0].client_id", {"\"client_id\": \"foyer-demo\",", ""}},
      {"clouds[0].redirect_uri", {"\"redirect_uri\": \"./\"", "\"redirect_uri\": \"https://a.example/#x\""}},
      {"clouds[0].scopes[0]", {"[\"openid\"]", "[1]"}},
      {"clouds[0].send_scope", {"\"send_scope\": false", "\"send_scope\": 0"}},
      {"clouds[0].api_base", {"\"./cloud/api\"", "true"}},
      {"clouds[0].subscription_keys", {"[\"1111\", \"2222\"]", "[\"1\",\"2\",\"3\"]"}},
      {"clouds[0].daily_limit", {"\"simulated\": true", "\"daily_limit\": 0"}},
      {"clouds", {"\"clouds\": [{", "\"clouds\": [], \"old\": [{"}},
      {"base", {"\"simulator\": \"worker\"", "\"base\": \"here\""}},
  };
  for (const auto& [field, change] : mistakes) {
    const auto config = read_config(with(change.first, change.second), "https://a.example/");
    ASSERT_FALSE(config) << field;
    EXPECT_EQ(config.error().kind, ErrorKind::config);
    EXPECT_EQ(config.error().field, field);
    EXPECT_TRUE(config.error().message.contains("expected")) << config.error().message;
  }
}

TEST(ConfigTest, PlainHttpIsForThisMachineOnlyA1) {
  const auto config =
      read_config(with("\"./cloud/oauth/token\"", "\"http://login.example/token\""), "https://a.example/");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().field, "clouds[0].token_endpoint");
  EXPECT_EQ(config.error().code, "A1");
  EXPECT_FALSE(read_config(demo, "http://192.168.1.2/"));
  EXPECT_TRUE(read_config(demo, "http://127.0.0.1:8080/"));
}

TEST(ConfigTest, ACloudWithoutOpenIdNeedsNeitherIssuerNorKeys) {
  std::string text = with(R"("jwks_uri": "./cloud/oauth/jwks",)", R"("openid": false,)");
  const auto at = text.find(R"("issuer": "./cloud/oauth",)");
  text.erase(at, std::string(R"("issuer": "./cloud/oauth",)").size());
  const auto config = read_config(text, "https://a.example/");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_FALSE(config->clouds[0].oauth.openid);
  EXPECT_EQ(config->clouds[0].oauth.issuer, "https://a.example/cloud/oauth/token");
  EXPECT_EQ(read_config(with("\"simulated\": true", "\"openid\": 0"), "https://a.example/").error().field,
            "clouds[0].openid");
}

// The example of docs/config.md.
TEST(ConfigTest, TwoCloudsInOneView) {
  const auto config = read_config(R"json({"clouds": [
    {"id": "legrand", "name": "Legrand", "providers": ["hc", "smarther"],
     "issuer": "https://relay.example/legrand/oauth", "authorize_endpoint": "https://relay.example/legrand/authorize",
     "token_endpoint": "https://relay.example/legrand/token", "jwks_uri": "https://relay.example/legrand/keys",
     "client_id": "11111111-1111-4111-8111-111111111111", "redirect_uri": "https://home.example/",
     "scopes": ["openid"], "send_scope": false, "api_base": "https://relay.example/legrand/api"},
    {"id": "netatmo", "name": "Home + Control (Netatmo)", "providers": ["netatmo"], "openid": false,
     "authorize_endpoint": "https://api.netatmo.com/oauth2/authorize",
     "token_endpoint": "https://relay.example/netatmo/token", "client_id": "5f0000000000000000000000",
     "redirect_uri": "https://home.example/", "scopes": ["read_magellan", "write_magellan"],
     "api_base": "https://relay.example/netatmo"}]
})json",
                                  "");
  ASSERT_TRUE(config) << config.error().message;
  ASSERT_EQ(config->clouds.size(), 2U);
  EXPECT_TRUE(config->clouds[0].oauth.openid);
  EXPECT_EQ(config->clouds[1].providers, (std::vector<std::string>{"netatmo"}));
  EXPECT_EQ(config->clouds[1].oauth.scopes.size(), 2U);
  EXPECT_EQ(config->clouds[0].api.plan.window, Hours(24));
  EXPECT_EQ(config->clouds[1].api.plan.window, Hours(1)) << "each counts as its cloud does";
}

TEST(ConfigTest, TwoCloudsCannotShareAnId) {
  std::string text = demo;
  const auto begin = text.find('[') + 1, end = text.rfind(']');
  text.insert(end, "," + text.substr(begin, end - begin));
  const auto config = read_config(text, "https://a.example/");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().field, "clouds[1].id");
}

TEST(ConfigTest, WhatIsNoJsonObjectIsSaidWithoutQuotingIt) {
  for (const char* text : {"", "{", "[]", "<html>secret</html>", "null"}) {
    const auto config = read_config(text, "https://a.example/");
    ASSERT_FALSE(config) << text;
    EXPECT_EQ(config.error().kind, ErrorKind::config);
    EXPECT_FALSE(config.error().message.contains("secret"));
  }
}

// --- vendors and secrets ---

std::string vendor_file(const std::string& fields) {
  return R"({"clouds": [{"id": "a", "name": "A", "client_id": "x", "redirect_uri": "https://home.example/", )" +
         fields + "}]}";
}
const std::string netatmo =
    R"("providers": ["netatmo"], "authorize_endpoint": "https://api.netatmo.com/oauth2/authorize",
  "token_endpoint": "./relay/token", "api_base": "./relay/api")";

TEST(ConfigTest, NetatmoNeedsNoOpenIdAndAsksForAllThatFoyerShows) {
  const auto config = read_config(vendor_file(netatmo), "https://home.example/");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_FALSE(config->clouds[0].oauth.openid);
  EXPECT_EQ(config->clouds[0].oauth.scopes.size(), 12U);
  const auto few =
      read_config(vendor_file(netatmo + R"(, "scopes": ["read_smarther"])"), "https://home.example/");
  ASSERT_TRUE(few);
  EXPECT_EQ(few->clouds[0].oauth.scopes, (std::vector<std::string>{"read_smarther"}));
}

TEST(ConfigTest, APageHoldsNoSecretAndAsksNoTokenServiceThatWantsOne) {
  const auto wrong = [](const std::string& more) {
    const auto config = read_config(vendor_file(more), {.base = "https://home.example/", .in_page = true});
    return config ? std::string() : config.error().field + "|" + config.error().message;
  };
  EXPECT_EQ(wrong(netatmo), "");
  EXPECT_TRUE(wrong(netatmo + R"(, "client_secret": "s")").starts_with("clouds[0].client_secret|"))
      << wrong(netatmo);
  EXPECT_TRUE(wrong(netatmo + R"(, "client_secret": "s")").contains("everyone who opens the page"));
  std::string direct = netatmo;
  direct.replace(direct.find("./relay/token"), 13, "https://api.netatmo.com/oauth2/token");
  EXPECT_TRUE(wrong(direct).contains("expected the relay's address")) << wrong(direct);
  const std::string legrand =
      R"("providers": ["smarther"], "issuer": "https://i.example/", "jwks_uri": "./relay/jwks",
    "authorize_endpoint": "https://partners-login.eliotbylegrand.com/authorize", "token_endpoint": "./relay/token",
    "api_base": "./relay/api", "subscription_keys": )";
  EXPECT_EQ(wrong(legrand + R"(["primary", "secondary"])"), "");
  EXPECT_TRUE(wrong(legrand + R"(["0123456789abcdef"])").contains("subscription_keys"))
      << wrong(legrand + "[]");
}

TEST(ConfigTest, AFileHasTheNameThatThePersonGaveIt) {
  const auto config = read_config("{}", {.file = "mine.json"});
  ASSERT_FALSE(config);
  EXPECT_TRUE(config.error().message.starts_with("mine.json: clouds: expected")) << config.error().message;
  EXPECT_TRUE(
      read_config("{", {.file = "mine.json"}).error().message.starts_with("mine.json could not be read"));
}

TEST(ConfigTest, APlainHttpPageIsNamedAsTheCauseA1) {
  const auto config = read_config(demo, "http://nas.local/foyer/");
  ASSERT_FALSE(config);
  EXPECT_TRUE(config.error().message.contains("the page to be opened at an https address"))
      << config.error().message;
}

}  // namespace
}  // namespace foyer
