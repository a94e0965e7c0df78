// Answers of the token endpoint (rules C2–C5, C7, X1–X8, F8), as functions of values.
#include "core/oauth/token_response.hpp"

#include "tests/oauth/world.hpp"

namespace foyer::oauth {
namespace {

const std::string least = R"("access_token":"a","token_type":"Bearer")";

Result<TokenResponse> read(std::string body) {
  HttpResponse response{.status = 200, .body = std::move(body)};
  auto tokens = read_token_response(response);
  EXPECT_TRUE(response.body.empty());
  return tokens;
}
std::string code(std::string body) {
  const auto tokens = read(std::move(body));
  return tokens ? "ok" : std::string(rule_of(tokens.error().code)) + " " + tokens.error().field;
}
std::string with(const std::string& more) { return "{" + least + "," + more + "}"; }

TEST(TokenResponse, C2LeastAnswerIsAnObjectWithABearerToken) {
  EXPECT_EQ(code("{" + least + "}"), "ok");
  EXPECT_EQ(code(R"({"access_token":"a","token_type":"bEaReR"})"), "ok");
}

// Netatmo Connect: scopes as a list, no token_type, a bar in the token, the lifetime under two names.
TEST(TokenResponse, AServiceWithoutOpenIdIsReadInItsOwnForm) {
  const auto plain = [](const char* body) {
    HttpResponse response{.status = 200, .body = body};
    return read_token_response(response, false);
  };
  const auto tokens =
      plain(R"({"access_token":"5f|aa","refresh_token":"5f|bb","scope":["read_magellan","write_magellan"],
      "expires_in":10800,"expire_in":10800})");
  ASSERT_TRUE(tokens) << tokens.error().message;
  EXPECT_EQ(tokens->access_token.expose(), "5f|aa");
  EXPECT_EQ(tokens->refresh_token.expose(), "5f|bb");
  EXPECT_EQ(tokens->scopes, (std::vector<std::string>{"read_magellan", "write_magellan"}));
  EXPECT_EQ(tokens->lifetime(new_year), Millis(Hours(3)));
  EXPECT_EQ(plain(R"({"access_token":"a","expire_in":600})")->lifetime(new_year), Millis(Minutes(10)));
  EXPECT_EQ(plain(R"({"access_token":"a","expire_in":600,"expires_in":60})")->lifetime(new_year),
            Millis(Minutes(1)));
  EXPECT_EQ(plain(R"({"access_token":"a","scope":"x y"})")->scopes, (std::vector<std::string>{"x", "y"}));
  EXPECT_TRUE(plain(R"({"access_token":"a","id_token":"not looked at"})")->id_token.empty());
  for (const auto& [body, field] : {std::pair(R"({"access_token":"a","scope":["x",7]})", "scope"),
                                    std::pair(R"({"access_token":"a","scope":{}})", "scope"),
                                    std::pair(R"({"access_token":"a","token_type":"mac"})", "token_type"),
                                    std::pair(R"({"scope":[]})", "access_token"),
                                    std::pair(R"({"access_token":"a","expire_in":"soon"})", "expires_in")}) {
    const auto refused = plain(body);
    ASSERT_FALSE(refused) << body;
    EXPECT_EQ(refused.error().field, field) << body;
  }
  EXPECT_EQ(code("{" + least + R"(,"scope":["x"]})"), "C4 scope") << "with OpenID the standard form only";
}

struct Defect {
  const char* body;
  const char* code;
};
class DefectiveTokens : public testing::TestWithParam<Defect> {};
TEST_P(DefectiveTokens, AreRefusedWithTheirRule) {
  EXPECT_EQ(code(GetParam().body), GetParam().code) << GetParam().body;
}

INSTANTIATE_TEST_SUITE_P(
    C2, DefectiveTokens,
    testing::Values(Defect{"", "C2 "}, Defect{"null", "C2 "}, Defect{"[]", "C2 "}, Defect{"\"a\"", "C2 "},
                    Defect{"{", "C2 "}, Defect{"<html>", "C2 "}, Defect{"{}", "C2 access_token"},
                    Defect{R"({"access_token":"","token_type":"Bearer"})", "C2 access_token"},
                    Defect{R"({"access_token":null,"token_type":"Bearer"})", "C2 access_token"},
                    Defect{R"({"access_token":1,"token_type":"Bearer"})", "C2 access_token"},
                    Defect{R"({"access_token":["a"],"token_type":"Bearer"})", "C2 access_token"},
                    Defect{R"({"access_token":"a b","token_type":"Bearer"})", "C2 access_token"},
                    Defect{R"({"access_token":"a\n","token_type":"Bearer"})", "C2 access_token"},
                    Defect{R"({"access_token":"a\u0000b","token_type":"Bearer"})", "C2 access_token"},
                    Defect{R"({"access_token":"é","token_type":"Bearer"})", "C2 access_token"},
                    Defect{R"({"access_token":"a"})", "C2 token_type"},
                    Defect{R"({"access_token":"a","token_type":"DPoP"})", "C2 token_type"},
                    Defect{R"({"access_token":"a","token_type":"mac"})", "C2 token_type"},
                    Defect{R"({"access_token":"a","token_type":"Bearer "})", "C2 token_type"},
                    Defect{R"({"access_token":"a","token_type":1})", "C2 token_type"},
                    Defect{R"({"access_token":"a","token_type":null})", "C2 token_type"},
                    Defect{R"({"access_token":"a","access_token":"b","token_type":"Bearer"})", "C2 "},
                    Defect{R"({"access_token":"a","token_type":"Bearer","x":{"y":1,"y":2}})", "C2 "},
                    Defect{R"({"access_token":"a","token_type":"Bearer","refresh_token":"r r"})",
                           "C2 refresh_token"}));
INSTANTIATE_TEST_SUITE_P(
    C3, DefectiveTokens,
    testing::Values(
        Defect{R"({"access_token":"a","token_type":"Bearer","expires_in":0})", "C3 expires_in"},
        Defect{R"({"access_token":"a","token_type":"Bearer","expires_in":-1})", "C3 expires_in"},
        Defect{R"({"access_token":"a","token_type":"Bearer","expires_in":1.5})", "C3 expires_in"},
        Defect{R"({"access_token":"a","token_type":"Bearer","expires_in":"soon"})", "C3 expires_in"},
        Defect{R"({"access_token":"a","token_type":"Bearer","expires_in":"-5"})", "C3 expires_in"},
        Defect{R"({"access_token":"a","token_type":"Bearer","expires_in":"1e3"})", "C3 expires_in"},
        Defect{R"({"access_token":"a","token_type":"Bearer","expires_in":""})", "C3 expires_in"},
        Defect{R"({"access_token":"a","token_type":"Bearer","expires_in":true})", "C3 expires_in"},
        Defect{R"({"access_token":"a","token_type":"Bearer","expires_in":[]})", "C3 expires_in"},
        Defect{R"({"access_token":"a","token_type":"Bearer","expires_in":1000000000000000})",
               "C3 expires_in"},
        Defect{R"({"access_token":"a","token_type":"Bearer","expires_in":18446744073709551615})",
               "C3 expires_in"},
        Defect{R"({"access_token":"a","token_type":"Bearer","expires_on":"tomorrow"})", "C3 expires_on"}));
INSTANTIATE_TEST_SUITE_P(
    C4C5, DefectiveTokens,
    testing::Values(Defect{R"({"access_token":"a","token_type":"Bearer","scope":["x"]})", "C4 scope"},
                    Defect{R"({"access_token":"a","token_type":"Bearer","error":"invalid_grant"})",
                           "C5 error"},
                    Defect{R"({"error":"invalid_grant"})", "C5 error"}));

TEST(TokenResponse, C3LifetimeIsCappedAtADayAndAnHourWhenMissing) {
  const auto lifetime = [](const std::string& more) {
    return read(more.empty() ? "{" + least + "}" : with(more))->lifetime(new_year);
  };
  EXPECT_EQ(lifetime(""), Hours(1));
  EXPECT_EQ(lifetime("\"expires_in\":null"), Hours(1));
  EXPECT_EQ(lifetime("\"expires_in\":1"), Seconds(1));
  EXPECT_EQ(lifetime("\"expires_in\":60"), Seconds(60));
  EXPECT_EQ(lifetime("\"expires_in\":\"60\""), Seconds(60));
  EXPECT_EQ(lifetime("\"expires_in\":86401"), Hours(24));
  EXPECT_EQ(lifetime("\"expires_in\":\"999999999999\""), Hours(24));
}

TEST(TokenResponse, F8ExpiresOnCountsOnlyWithoutExpiresIn) {
  EXPECT_EQ(read(with("\"expires_on\":1767227400"))->lifetime(new_year), Minutes(30));
  EXPECT_EQ(read(with("\"expires_on\":\"1767227400\""))->lifetime(new_year), Minutes(30));
  EXPECT_EQ(read(with("\"expires_on\":1767227400,\"expires_in\":60"))->lifetime(new_year), Seconds(60));
  EXPECT_EQ(read(with("\"expires_on\":\"junk\",\"expires_in\":60"))->lifetime(new_year), Seconds(60));
  EXPECT_EQ(read(with("\"expires_on\":1767227400"))->lifetime(new_year + Hours(5)),
            Seconds(1));  // K2: by the server's clock
}

TEST(TokenResponse, C4ScopeReplacesWhatWasAskedFor) {
  EXPECT_FALSE(read("{" + least + "}")->scopes);
  EXPECT_EQ(read(with("\"scope\":\"a b\""))->scopes, std::optional(std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(read(with("\"scope\":\"\""))->scopes, std::optional(std::vector<std::string>{}));
}

TEST(TokenResponse, T8LifeOfTheRefreshTokenWhenTheServerTells) {
  EXPECT_EQ(read(with("\"refresh_token_expires_in\":7776000"))->refresh_expires_in,
            std::optional<Millis>(Hours(24 * 90)));
  EXPECT_EQ(read(with("\"refresh_token_expires_in\":\"7776000\""))->refresh_expires_in,
            std::optional<Millis>(Hours(24 * 90)));
  EXPECT_FALSE(read(with("\"refresh_token_expires_in\":\"junk\""))->refresh_expires_in);
}

TEST(TokenResponse, C7SizesAreLimited) {
  EXPECT_EQ(code(with("\"x\":\"" + std::string(64U << 10, 'x') + "\"")), "C7 ");
  EXPECT_EQ(code(with("\"id_token\":\"" + std::string((16U << 10) + 1, 'x') + "\"")), "C7 id_token");
  std::string deep;
  for (int i = 0; i < 40; ++i) deep += "[";
  EXPECT_EQ(code(with("\"x\":" + deep)), "C7 ");
  HttpResponse cut{.status = 200, .body = "{" + least, .truncated = true};
  EXPECT_EQ(read_token_response(cut).error().code, "C2.cut");
}

TEST(TokenResponse, ErrorsNeverQuoteTheAnswer) {
  for (const char* body : {R"({"access_token":"canary token","token_type":"x"})",
                           R"({"access_token":"canary","token_type":"canary"})", "canary"}) {
    const auto tokens = read(body);
    EXPECT_EQ((tokens.error().message + tokens.error().field).find("canary"), std::string::npos);
  }
}

struct TroubleCase {
  int status;
  const char* body;
  TokenTrouble trouble;
};
class Trouble : public testing::TestWithParam<TroubleCase> {};
TEST_P(Trouble, IsToldApart) {
  const HttpOutcome outcome = HttpResponse{.status = GetParam().status, .body = GetParam().body};
  EXPECT_EQ(read_token_failure(outcome, new_year).trouble, GetParam().trouble)
      << GetParam().status << GetParam().body;
}

INSTANTIATE_TEST_SUITE_P(
    X2X3, Trouble,
    testing::Values(
        TroubleCase{400, R"({"error":"invalid_grant"})", TokenTrouble::grant_dead},
        TroubleCase{401, R"({"error":"invalid_grant"})", TokenTrouble::grant_dead},
        TroubleCase{
            400, R"({"error":"invalid_grant","error_description":"AADB2C90080: expired\r\nCorrelation ID"})",
            TokenTrouble::grant_dead}));
INSTANTIATE_TEST_SUITE_P(
    X4, Trouble,
    testing::Values(TroubleCase{400, R"({"error":"invalid_scope"})", TokenTrouble::scope_changed},
                    TroubleCase{400,
                                R"({"error":"invalid_grant","error_description":"The scopes have changed"})",
                                TokenTrouble::scope_changed},
                    TroubleCase{400, R"({"error":"invalid_request","error_description":"scope differs"})",
                                TokenTrouble::scope_changed}));
INSTANTIATE_TEST_SUITE_P(
    X5, Trouble,
    testing::Values(
        TroubleCase{401, R"({"error":"invalid_client"})", TokenTrouble::credentials},
        TroubleCase{400, R"({"error":"invalid_client"})", TokenTrouble::credentials},
        TroubleCase{401, "", TokenTrouble::credentials},
        TroubleCase{401, R"({"message":"Unauthorized"})", TokenTrouble::credentials},
        TroubleCase{
            400,
            R"({"error":"invalid_grant","error_description":"AADB2C90085: The service has encountered an internal error."})",
            TokenTrouble::credentials}));
INSTANTIATE_TEST_SUITE_P(
    X6, Trouble,
    testing::Values(TroubleCase{400, R"({"error":"invalid_request"})", TokenTrouble::configuration},
                    TroubleCase{400, R"({"error":"unauthorized_client"})", TokenTrouble::configuration},
                    TroubleCase{400, R"({"error":"unsupported_grant_type"})", TokenTrouble::configuration}));
INSTANTIATE_TEST_SUITE_P(
    X7, Trouble,
    testing::Values(TroubleCase{429, R"({"message":"Rate limit is exceeded"})", TokenTrouble::transient},
                    TroubleCase{429, R"({"error":"invalid_grant"})", TokenTrouble::transient},
                    TroubleCase{500, R"({"message":"Internal error","code":1})", TokenTrouble::transient},
                    TroubleCase{500, R"({"error":"invalid_grant"})", TokenTrouble::transient},
                    TroubleCase{502, "<html>", TokenTrouble::transient},
                    TroubleCase{503, "", TokenTrouble::transient},
                    TroubleCase{504, "", TokenTrouble::transient},
                    TroubleCase{408, "", TokenTrouble::transient},
                    TroubleCase{404, "<html>relay</html>", TokenTrouble::transient},
                    TroubleCase{404, R"({"error":"invalid_grant"})", TokenTrouble::transient},
                    TroubleCase{410, R"({"error":"invalid_client"})", TokenTrouble::transient},
                    TroubleCase{403, "<html>hotel</html>", TokenTrouble::transient},
                    TroubleCase{400, R"({"error":"temporarily_unavailable"})", TokenTrouble::transient},
                    TroubleCase{302, "", TokenTrouble::transient},
                    TroubleCase{200, "not json", TokenTrouble::lost_reply}));
INSTANTIATE_TEST_SUITE_P(X8, Trouble,
                         testing::Values(TroubleCase{400, "", TokenTrouble::unclear},
                                         TroubleCase{403, R"({"error":"invalid_code"})",
                                                     TokenTrouble::unclear},
                                         TroubleCase{400, R"({"message":"nope"})", TokenTrouble::unclear},
                                         TroubleCase{400, R"({"error":{"code":1}})", TokenTrouble::unclear}));

TEST(TokenFailure, T6OnlyAnAnswerThatMayHaveBeenGivenCountsAsLost) {
  EXPECT_EQ(read_token_failure(std::unexpected(HttpFailure::opaque), new_year).trouble,
            TokenTrouble::lost_reply);
  EXPECT_EQ(read_token_failure(std::unexpected(HttpFailure::timeout), new_year).trouble,
            TokenTrouble::lost_reply);
  EXPECT_EQ(read_token_failure(std::unexpected(HttpFailure::offline), new_year).trouble,
            TokenTrouble::transient);
  const TokenFailure untrusted = read_token_failure(std::unexpected(HttpFailure::certificate), new_year);
  EXPECT_EQ(untrusted.trouble, TokenTrouble::transient) << "nothing was sent, so nothing is spent";
  for (const bool exchange : {true, false}) {
    EXPECT_EQ(to_error(untrusted, exchange).code, "L4");
    EXPECT_EQ(to_error(untrusted, exchange).kind, ErrorKind::transport);
  }
  EXPECT_EQ(read_token_failure(std::unexpected(HttpFailure::redirected), new_year).trouble,
            TokenTrouble::transient);
}

TEST(TokenFailure, RetryAfterIsReadAsSecondsOrDate) {
  const auto wait = [](const char* value) {
    return read_token_failure(HttpResponse{.status = 429, .headers = {{"retry-after", value}}}, new_year)
        .wait;
  };
  EXPECT_EQ(wait("26"), std::optional<Millis>(Seconds(26)));
  EXPECT_EQ(wait("Thu, 01 Jan 2026 00:01:00 GMT"), std::optional<Millis>(Minutes(1)));
  EXPECT_EQ(wait("-3"), std::optional<Millis>(Seconds(1)));
  EXPECT_EQ(wait("1e300"), std::optional<Millis>(Hours(24)));
  EXPECT_FALSE(wait("soon"));
}

}  // namespace
}  // namespace foyer::oauth
