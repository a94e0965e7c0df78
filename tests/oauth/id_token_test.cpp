// The id_token (rules D1–D11, R3, K3): each defect alone, each with its own code. Names in brackets are
// modules of the OpenID conformance suite for relying parties.
#include "core/oauth/id_token.hpp"

#include "tests/oauth/world.hpp"

namespace foyer::oauth {
namespace {

constexpr long long epoch = 1'767'225'600;
const std::vector<std::string> rs256{"RS256"};

std::string form_code(const std::string& text, const std::vector<std::string>& algorithms = rs256) {
  const auto jws = parse_jws(text, algorithms);
  return jws ? "ok" : std::string(rule_of(jws.error().code));
}
std::string three(const std::string& header, const std::string& payload = "{}",
                  const std::string& signature = "sig") {
  return base64url_encode(header) + "." + base64url_encode(payload) + "." + base64url_encode(signature);
}
const std::string header = R"({"alg":"RS256","kid":"k1"})";

TEST(IdToken, D1ThreePartsOfStrictBase64url) {
  EXPECT_EQ(form_code(three(header)), "ok");
  const std::string good = three(header);
  for (const std::string& bad :
       {std::string(), std::string("."), std::string(".."), std::string("a.b"), good + ".", "." + good,
        good + "=", good + " ", " " + good, good + "\n", three(header, "", "s"), three(header, "{}", ""),
        good + "+", good.substr(0, good.rfind('.')),
        base64url_encode(header) + "." + base64url_encode("{}") + ".AB",  // non-canonical trailing bits
        base64url_encode(header) + "." + base64url_encode("{}") + ".A",
        std::string("..") + base64url_encode("s")})
    EXPECT_NE(form_code(bad), "ok") << bad;
  EXPECT_EQ(form_code(good + "="), "D1");
  EXPECT_EQ(form_code(base64url_encode(header) + "." + base64url_encode("{}") + ".AB"), "D1");
}

TEST(IdToken, D1HeaderIsAnObjectWithoutDuplicates) {
  for (const char* bad : {"", "null", "[]", "\"RS256\"", "{", R"({"alg":"RS256","alg":"RS256"})",
                          R"({"alg":"RS256","kid":1})", R"({"alg":"RS256","kid":null})", "\xFF"})
    EXPECT_EQ(form_code(three(bad)), "D1") << bad;
}

TEST(IdToken, D2OnlyAllowedAlgorithms) {  // [idtoken-sig-none]
  for (const char* bad :
       {R"({"alg":"none"})", R"({"alg":"None"})", R"({"alg":"HS256"})", R"({"alg":"rs256"})",
        R"({"alg":"RS256 "})", R"({"alg":"RS384"})", R"({"alg":"PS256"})", R"({"alg":"ES256"})",
        R"({"alg":""})", R"({"alg":null})", R"({"alg":["RS256"]})", R"({})", R"({"ALG":"RS256"})"})
    EXPECT_EQ(form_code(three(bad)), "D2") << bad;
  EXPECT_EQ(form_code(base64url_encode(R"({"alg":"none"})") + "." + base64url_encode("{}") + "."), "D2");
  EXPECT_EQ(form_code(three(header), {}), "D2");
  EXPECT_EQ(form_code(three(R"({"alg":"HS256"})"), {"HS256"}), "D2");  // allowed by nobody's configuration
}

TEST(IdToken, D3CriticalExtensionsAndEncryptionAreRefused) {
  EXPECT_EQ(form_code(three(R"({"alg":"RS256","crit":["b64"],"b64":false})")), "D3");
  EXPECT_EQ(form_code(three(R"({"alg":"RS256","crit":[]})")), "D3");
  EXPECT_EQ(form_code("a.b.c.d.e"), "D3");
}

TEST(IdToken, C7IsAtMostSixteenKibibytes) {
  EXPECT_EQ(form_code(three(header, std::string(16U << 10, ' '))), "C7");
}

Json good_claims() {
  return {{"iss", "https://issuer.example/"},
          {"sub", "user-1"},
          {"aud", "client-1"},
          {"exp", epoch + 3600},
          {"iat", epoch},
          {"nonce", "n-1"}};
}
const Expected expected{"https://issuer.example/", "client-1", SecretText("n-1"), Minutes(5)};

std::string claims_code(const Json& json, Instant at = new_year) {
  const auto claims = parse_claims(dump_json(json));
  if (!claims) return std::string(rule_of(claims.error().code));
  const auto checked = check_claims(*claims, expected, at);
  return checked ? "ok" : std::string(rule_of(checked.error().code));
}

struct ClaimDefect {
  const char* name;
  const char* member;
  const char* value;  // JSON; null pointer: without the member
  const char* code;
};
class DefectiveClaims : public testing::TestWithParam<ClaimDefect> {};
TEST_P(DefectiveClaims, AreRefusedWithTheirRule) {
  Json json = good_claims();
  if (GetParam().value)
    json[GetParam().member] = parse_json(std::string("[") + GetParam().value + "]").value()[0];
  else
    json.erase(GetParam().member);
  EXPECT_EQ(claims_code(json), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    Matrix, DefectiveClaims,
    testing::Values(
        ClaimDefect{"D6_missing", "iss", nullptr, "D6"},
        ClaimDefect{"D6_other", "iss", "\"https://evil.example/\"", "D6"},  // [invalid-iss]
        ClaimDefect{"D6_without_slash", "iss", "\"https://issuer.example\"", "D6"},
        ClaimDefect{"D6_case", "iss", "\"https://ISSUER.example/\"", "D6"},
        ClaimDefect{"D6_prefix", "iss", "\"https://issuer.example/x\"", "D6"},
        ClaimDefect{"D6_number", "iss", "1", "D6"},
        ClaimDefect{"D6_array", "iss", "[\"https://issuer.example/\"]", "D6"},
        ClaimDefect{"D6_empty", "iss", "\"\"", "D6"}, ClaimDefect{"D7_missing", "aud", nullptr, "D7"},
        ClaimDefect{"D7_other", "aud", "\"client-2\"", "D7"},  // [invalid-aud]
        ClaimDefect{"D7_empty_array", "aud", "[]", "D7"},
        ClaimDefect{"D7_two", "aud", "[\"client-1\",\"client-2\"]", "D7"},
        ClaimDefect{"D7_number_inside", "aud", "[\"client-1\",1]", "D7"},
        ClaimDefect{"D7_object", "aud", "{\"client-1\":1}", "D7"},
        ClaimDefect{"D7_null", "aud", "null", "D7"},
        ClaimDefect{"D7_prefix", "aud", "\"client-1 client-2\"", "D7"},
        ClaimDefect{"D7_azp_other", "azp", "\"client-2\"", "D7"},
        ClaimDefect{"D7_azp_number", "azp", "1", "D7"}, ClaimDefect{"D8_exp_missing", "exp", nullptr, "D8"},
        ClaimDefect{"D8_exp_text", "exp", "\"1767229200\"", "D8"},
        ClaimDefect{"D8_exp_null", "exp", "null", "D8"}, ClaimDefect{"D8_exp_huge", "exp", "1e300", "D8"},
        ClaimDefect{"D8_exp_before_iat", "exp", "1767225599", "D8"},
        ClaimDefect{"D8_exp_equals_iat", "exp", "1767225600", "D8"},
        ClaimDefect{"D8_iat_missing", "iat", nullptr, "D8"},  // [missing-iat]
        ClaimDefect{"D8_iat_text", "iat", "\"1767225600\"", "D8"},
        ClaimDefect{"D8_iat_bool", "iat", "true", "D8"},
        ClaimDefect{"D8_nbf_later", "nbf", "1767225901", "D8"},
        ClaimDefect{"D8_nbf_text", "nbf", "\"1\"", "D8"},
        ClaimDefect{"D8_auth_time_text", "auth_time", "\"1\"", "D8"},
        ClaimDefect{"K3_iat_future", "iat", "1767225901", "K3"},
        ClaimDefect{"K3_iat_past", "iat", "1767225299", "K3"},
        ClaimDefect{"D9_missing", "nonce", nullptr, "D9"},
        ClaimDefect{"D9_other", "nonce", "\"n-2\"", "D9"},  // [nonce-invalid]
        ClaimDefect{"D9_case", "nonce", "\"N-1\"", "D9"}, ClaimDefect{"D9_empty", "nonce", "\"\"", "D9"},
        ClaimDefect{"D9_number", "nonce", "1", "D9"}, ClaimDefect{"D9_prefix", "nonce", "\"n-11\"", "D9"},
        ClaimDefect{"D10_missing", "sub", nullptr, "D10"}, ClaimDefect{"D10_empty", "sub", "\"\"", "D10"},
        ClaimDefect{"D10_number", "sub", "1", "D10"},  // [missing-sub]
        ClaimDefect{"D10_not_ascii", "sub", "\"é\"", "D10"},
        ClaimDefect{"D10_delete", "sub", "\"a\\u007F\"", "D10"},
        ClaimDefect{"D10_control", "sub", "\"a\\n\"", "D10"},
        ClaimDefect{"D11_number", "at_hash", "1", "D11"}),
    [](const auto& info) { return info.param.name; });

TEST(IdToken, GoodClaimsPass) {
  EXPECT_EQ(claims_code(good_claims()), "ok");
  Json json = good_claims();
  json["aud"] = Json::array({"client-1"});
  json["azp"] = "client-1";
  json["nbf"] = epoch + 300;
  json["exp"] = epoch + 0.5 + 60;
  json["tfp"] = "B2C_1_Eliot";
  EXPECT_EQ(claims_code(json), "ok");
}

TEST(IdToken, D10SubjectHasAtMost255Characters) {
  Json json = good_claims();
  json["sub"] = std::string(255, 's');
  EXPECT_EQ(claims_code(json), "ok");
  json["sub"] = std::string(256, 's');
  EXPECT_EQ(claims_code(json), "D10");
}

TEST(IdToken, D1ContentIsAnObjectWithoutDuplicates) {
  for (const char* bad : {"", "null", "[]", "{", R"({"iss":"a","iss":"b"})", "{\"iss\":\"\xFF\"}"})
    EXPECT_EQ(rule_of(parse_claims(bad).error().code), "D1") << bad;
}

TEST(IdToken, D8EndsAtExpiryPlusTolerance) {
  Json json = good_claims();
  json["exp"] = epoch + 10;  // lives shorter than the tolerance
  EXPECT_EQ(claims_code(json, new_year + Seconds(299)), "ok");
  json["iat"] = epoch + 5;
  EXPECT_EQ(claims_code(json, new_year + Seconds(304)), "ok");
  EXPECT_EQ(claims_code(json, new_year + Seconds(310)), "K3");
  Json early = good_claims();
  early["iat"] = epoch - 200;
  early["exp"] = epoch - 100;
  EXPECT_EQ(claims_code(early, new_year + Seconds(99)), "ok");
}

TEST(IdToken, K3SaysHowFarTheClockIsOffAndInWhichDirection) {
  const auto message = [](Millis off) {
    const auto claims = parse_claims(dump_json(good_claims()));
    return check_claims(*claims, expected, new_year + off).error().message;
  };
  EXPECT_EQ(
      message(-Hours(2)),
      "This device's clock is about 2 h behind of the sign-in service's. Set the clock, or continue anyway.");
  EXPECT_EQ(message(Minutes(10)),
            "This device's clock is about 10 min ahead of the sign-in service's. Set the clock, or continue "
            "anyway.");
}

TEST(IdToken, D11HashOfTheAccessToken) {
  // OpenID Connect Core section 3.1.3.6: left half of SHA-256 of the token's characters.
  const std::string digest =
      finished(test::crypto().sha256("jHkWEdUXMU1BwAsC4vtUsZwnvTVxMQCvpD0uSpaLnYc")).value();
  Claims claims;
  EXPECT_TRUE(check_at_hash(claims, digest));
  claims.at_hash = base64url_encode(std::string_view(digest).substr(0, 16));
  EXPECT_TRUE(check_at_hash(claims, digest));
  for (const std::string& bad :
       {std::string(), base64url_encode(digest), base64url_encode(std::string_view(digest).substr(16)),
        *claims.at_hash + "A"}) {
    claims.at_hash = bad;
    EXPECT_EQ(check_at_hash(claims, digest).error().code, "D11.hash") << bad;
  }
}

TEST(IdToken, R3RenewedOneKeepsWhoAndForWhom) {
  const Identity original{"https://issuer.example/", "user-1", {"client-1"}, std::nullopt, SecretText("n-1")};
  const auto refreshed = [&](const char* member, Json value) {
    Json json = good_claims();
    if (value.is_discarded())
      json.erase(member);
    else
      json[member] = std::move(value);
    const auto checked = check_refreshed(parse_claims(dump_json(json)).value(), original);
    return checked ? std::string("ok")
                   : checked.error().code + (checked.error().kind == ErrorKind::signed_out ? " over" : "");
  };
  EXPECT_EQ(refreshed("nonce", "n-1"), "ok");
  EXPECT_EQ(refreshed("nonce", Json(Json::value_t::discarded)), "ok");
  EXPECT_EQ(refreshed("nonce", "n-2"), "R3.nonce");
  EXPECT_EQ(refreshed("aud", "client-2"), "R3.aud");
  EXPECT_EQ(refreshed("azp", "client-1"), "R3.azp");
  EXPECT_EQ(refreshed("sub", "user-2"), "R3.sub over");
  EXPECT_EQ(refreshed("iss", "https://other.example/"), "R3.iss over");
}

TEST(IdToken, D13NameIsForShowingOnlyAndNeverDangerous) {
  const auto name = [](const std::string& json) {
    return parse_claims("{\"iss\":\"i\",\"aud\":\"a\",\"sub\":\"s\",\"name\":" + json + "}")->name;
  };
  EXPECT_EQ(name("\"Béa Löwe\""), "Béa Löwe");
  EXPECT_EQ(name("\"a\\nb\""), "");
  EXPECT_EQ(name("1"), "");
  EXPECT_EQ(name("\"" + std::string(201, 'x') + "\""), "");
}

}  // namespace
}  // namespace foyer::oauth
