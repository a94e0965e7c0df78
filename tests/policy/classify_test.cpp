// From an answer to a condition, in the order transport, words, status, over every shape in which errors
// come.
#include <gtest/gtest.h>

#include "core/policy/failure.hpp"
#include "core/policy/table.hpp"

namespace foyer::policy {
namespace {

const Instant new_year = instant_from_ms(1'767'225'600'000);  // 2026-01-01T00:00:00Z
const Context old_token{.now = new_year, .token_age = Minutes(10), .listed = false};

HttpResponse answer(int status, std::string body = "", std::vector<Header> headers = {}) {
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}
Condition condition(const HttpOutcome& outcome, const Context& context = old_token) {
  return classify(outcome, context).condition;
}

struct StatusCase {
  int status;
  Condition condition;
  const char* id;
};
class ByStatus : public testing::TestWithParam<StatusCase> {};

TEST_P(ByStatus, IsTheSameForEveryBodyThatSaysNothing) {
  for (const char* body : {"", "{}", "[]", "null", "oops", "{\"statusCode\":1,\"message\":\"\"}",
                           "{\"message\":", "<html>x</html>"}) {
    const Failure failure = classify(answer(GetParam().status, body), old_token);
    EXPECT_EQ(failure.condition, GetParam().condition) << body;
    EXPECT_EQ(failure.status, GetParam().status);
    EXPECT_EQ(rule_id(failure.condition), GetParam().id);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Vendor, ByStatus,
    testing::Values(
        StatusCase{400, Condition::bad_request, "E3"}, StatusCase{401, Condition::token_expired, "E4"},
        StatusCase{403, Condition::forbidden, "E7"}, StatusCase{404, Condition::not_found, "E9"},
        StatusCase{406, Condition::not_acceptable, "E10"}, StatusCase{408, Condition::request_timeout, "E11"},
        StatusCase{430, Condition::wrong_parameters, "E12"}, StatusCase{429, Condition::rate_limited, "E13"},
        StatusCase{409, Condition::conflict, "E14"}, StatusCase{500, Condition::server_error, "E16"},
        StatusCase{469, Condition::password_expired, "E17"}, StatusCase{470, Condition::terms_expired, "E18"},
        StatusCase{486, Condition::busy_device, "E20"}, StatusCase{502, Condition::gateway_trouble, "E21"},
        StatusCase{503, Condition::gateway_trouble, "E21"},
        StatusCase{504, Condition::gateway_trouble, "E21"}));
INSTANTIATE_TEST_SUITE_P(Unknown, ByStatus,
                         testing::Values(StatusCase{402, Condition::refused, "E19"},
                                         StatusCase{405, Condition::refused, "E19"},
                                         StatusCase{418, Condition::refused, "E19"},
                                         StatusCase{451, Condition::refused, "E19"},
                                         StatusCase{499, Condition::refused, "E19"},
                                         StatusCase{501, Condition::server_error, "E16"},
                                         StatusCase{520, Condition::server_error, "E16"},
                                         StatusCase{599, Condition::server_error, "E16"}));
INSTANTIATE_TEST_SUITE_P(Redirect, ByStatus,
                         testing::Values(StatusCase{301, Condition::redirected, "E22"},
                                         StatusCase{302, Condition::redirected, "E22"},
                                         StatusCase{304, Condition::redirected, "E22"},
                                         StatusCase{307, Condition::redirected, "E22"}));

// One message in every shape that the services give their errors.
std::vector<std::string> shapes(const std::string& text) {
  return {"{\"statusCode\":400,\"message\":\"" + text + "\"}",
          "{\"statusCode\":\"400\",\"message\":\"" + text + "\"}",
          "{\"message\":\"" + text + "\",\"code\":1}",
          "{\"errors\":[{\"userMessage\":\"" + text + "\",\"internalMessage\":\"x\",\"code\":0}]}",
          "{\"errors\":[{\"internalMessage\":\"" + text + "\"}]}",
          "{\"error\":\"some_error\",\"error_description\":\"" + text + "\"}",
          "{\"error\":{\"code\":\"some\",\"message\":\"" + text + "\"}}",
          text,
          "  " + text + "\r\n"};
}

struct TextCase {
  const char* text;
  int status;
  Condition condition;
};
class ByText : public testing::TestWithParam<TextCase> {};

TEST_P(ByText, WinsOverTheStatusInEveryShape) {
  for (const std::string& body : shapes(GetParam().text))
    EXPECT_EQ(condition(answer(GetParam().status, body)), GetParam().condition) << body;
}

INSTANTIATE_TEST_SUITE_P(
    E6Quota, ByText,
    testing::Values(TextCase{"Out of call volume quota. Quota will be replenished in 01:53:44.", 403,
                             Condition::quota_exceeded},
                    TextCase{"OUT OF BANDWIDTH QUOTA. quota will be REPLENISHED in 2.12 days.", 403,
                             Condition::quota_exceeded},
                    TextCase{"Out of call volume quota. Quota will be replenished in 00:10:00.", 429,
                             Condition::quota_exceeded},
                    TextCase{"Out of call volume quota. Quota will be replenished in xx:xx:xx.", 500,
                             Condition::quota_exceeded}));
INSTANTIATE_TEST_SUITE_P(
    E13RateLimit, ByText,
    testing::Values(
        TextCase{"Rate limit is exceeded. Try again in 26 seconds.", 429, Condition::rate_limited},
        TextCase{"Rate limit is exceeded. Try again in 26 seconds.", 403, Condition::rate_limited},
        TextCase{"Please try again in 5 seconds", 400, Condition::rate_limited},
        TextCase{"rate limit", 503, Condition::rate_limited},
        // Nobody says here that nothing was done: a momentary write must not be repeated.
        TextCase{"Please try again in 5 seconds", 500, Condition::server_error},
        TextCase{"Please try again in 5 seconds", 408, Condition::request_timeout}));
INSTANTIATE_TEST_SUITE_P(
    E5Key, ByText,
    testing::Values(TextCase{"Access denied due to missing subscription key. Make sure to include "
                             "subscription key when making requests to an API.",
                             401, Condition::key_refused},
                    TextCase{"Access denied due to invalid subscription key. Make sure to provide a valid "
                             "key for an active subscription.",
                             401, Condition::key_refused},
                    TextCase{"Access denied due to INVALID Subscription Key.", 403, Condition::key_refused}));
INSTANTIATE_TEST_SUITE_P(E4ExpiredToken, ByText,
                         testing::Values(TextCase{"The access token expired", 400, Condition::token_expired},
                                         TextCase{"Token is expired", 401, Condition::token_expired},
                                         TextCase{"The access token expired", 403, Condition::forbidden},
                                         TextCase{"The coupon expired", 400, Condition::bad_request}));
INSTANTIATE_TEST_SUITE_P(
    E8Gateway, ByText,
    testing::Values(TextCase{"Gateway Offline", 404, Condition::gateway_offline},
                    TextCase{"The gateway is unreachable", 404, Condition::gateway_offline},
                    TextCase{"Gateway disconnected", 500, Condition::gateway_offline},
                    TextCase{"Bad gateway: upstream unreachable", 502, Condition::gateway_trouble},
                    TextCase{"Resource not found", 404, Condition::not_found}));
INSTANTIATE_TEST_SUITE_P(VendorNumbersAreMatchedOnTheNumber, ByText,
                         testing::Values(TextCase{"Busy visual user interface, try again in 10 seconds", 486,
                                                  Condition::busy_device},
                                         TextCase{"Password of the official app and its token expired", 469,
                                                  Condition::password_expired},
                                         TextCase{"Terms expired, rate limit", 470, Condition::terms_expired},
                                         TextCase{"Gateway offline value", 430,
                                                  Condition::wrong_parameters}));

TEST(Classify, E4FreshTokenThatIsRefusedIsNotRefreshedAgain) {
  Context fresh = old_token;
  fresh.token_age = Seconds(60);
  EXPECT_EQ(condition(answer(401), fresh), Condition::not_allowed_here);
  fresh.token_age = Millis(60'001);
  EXPECT_EQ(condition(answer(401), fresh), Condition::token_expired);
}

TEST(Classify, E4CodesTenAndElevenMeanTheToken) {
  EXPECT_EQ(condition(answer(400, R"({"message":"nope","code":11})")), Condition::token_expired);
  EXPECT_EQ(condition(answer(401, R"({"message":"nope","code":10})"), {.now = new_year}),
            Condition::token_expired);
  EXPECT_EQ(condition(answer(400, R"({"message":"nope","code":1})")), Condition::bad_request);
}

TEST(Classify, E4InsufficientScopeAsksForAPermission) {
  const std::vector<Header> challenge{
      {"www-authenticate", "Bearer error=\"insufficient_scope\", scope=\"light.write\""}};
  EXPECT_EQ(condition(answer(401, "", challenge)), Condition::scope_missing);
  EXPECT_EQ(condition(answer(403, "", challenge)), Condition::scope_missing);
  EXPECT_EQ(condition(answer(403, R"({"error":"insufficient_scope"})")), Condition::scope_missing);
}

TEST(Classify, E8KnownIdThatVanishesIsAnOfflineGateway) {
  Context known = old_token;
  known.listed = true;
  EXPECT_EQ(condition(answer(404), known), Condition::gateway_offline);
  EXPECT_EQ(condition(answer(404), old_token), Condition::not_found);
}

TEST(Classify, TransportComesFirst) {
  EXPECT_EQ(condition(std::unexpected(HttpFailure::offline)), Condition::offline);
  EXPECT_EQ(condition(std::unexpected(HttpFailure::opaque)), Condition::opaque);
  EXPECT_EQ(condition(std::unexpected(HttpFailure::timeout)), Condition::no_answer_in_time);
  EXPECT_EQ(condition(std::unexpected(HttpFailure::redirected)), Condition::redirected);
}

TEST(Classify, SuccessIsSuccessUnlessItIsAWebPageOrCutOff) {
  for (const char* body : {"", "{}", "[]", R"({"status":"ok","body":{"errors":[{"code":6,"id":"a"}]}})",
                           R"({"errors":[],"plants":[]})", R"({"plants":[{"code":1}]})"})
    EXPECT_EQ(condition(answer(200, body)), Condition::ok);
  EXPECT_EQ(condition(answer(201)), Condition::ok);
  EXPECT_EQ(condition(answer(204)), Condition::ok);
  EXPECT_EQ(condition(answer(200, "\xEF\xBB\xBF\n <!DOCTYPE html><title>Hotel</title>")),
            Condition::captive_portal);
  EXPECT_EQ(condition(answer(200, "<HTML><body>Log in</body>")), Condition::captive_portal);
  HttpResponse cut = answer(200, "{\"plants\":[");
  cut.truncated = true;
  EXPECT_EQ(condition(cut), Condition::malformed_answer);
}

TEST(Classify, ImpossibleStatusIsAMalformedAnswer) {
  for (const int status : {0, 100, 199, 600, 999, -1})
    EXPECT_EQ(condition(answer(status)), Condition::malformed_answer);
}

TEST(Classify, TruncatedRefusalStillSaysWhatItSays) {
  HttpResponse cut = answer(
      403, "{\"statusCode\":403,\"message\":\"Out of call volume quota. Quota will be replenished in 01:0");
  cut.truncated = true;
  const Failure failure = classify(cut, old_token);
  EXPECT_EQ(failure.condition, Condition::quota_exceeded);
  EXPECT_FALSE(failure.wait);
}

TEST(Classify, WaitIsTheLongerOfTextAndRetryAfter) {
  const std::string body =
      R"({"statusCode":429,"message":"Rate limit is exceeded. Try again in 26 seconds."})";
  EXPECT_EQ(classify(answer(429, body), old_token).wait, std::optional<Millis>(Seconds(26)));
  EXPECT_EQ(classify(answer(429, body, {{"Retry-After", "60"}}), old_token).wait,
            std::optional<Millis>(Seconds(60)));
  EXPECT_EQ(classify(answer(429, body, {{"retry-after", "5"}}), old_token).wait,
            std::optional<Millis>(Seconds(26)));
  EXPECT_EQ(classify(answer(503, "", {{"Retry-After", "Thu, 01 Jan 2026 00:02:00 GMT"}}), old_token).wait,
            std::optional<Millis>(Minutes(2)));
}

TEST(Classify, OddRetryAfterIsClampedOrLeftOut) {
  const auto wait = [](const char* value) {
    return classify(answer(503, "", {{"Retry-After", value}}), old_token).wait;
  };
  EXPECT_EQ(wait("0"), std::optional<Millis>(Seconds(1)));
  EXPECT_EQ(wait("99999999999999999999"), std::optional<Millis>(Hours(24 * 31)));
  EXPECT_EQ(wait("Wed, 31 Dec 2025 00:00:00 GMT"), std::optional<Millis>(Seconds(1)));
  for (const char* value : {"", "-5", "soon", "1.5", "5 s"}) EXPECT_FALSE(wait(value)) << value;
}

TEST(Classify, DurationElsewhereIsNoWait) {
  EXPECT_FALSE(classify(answer(404, R"({"message":"No data for 2 days"})"), old_token).wait);
}

TEST(Classify, MessageForPeopleIsPlainShortAndWithoutTokens) {
  EXPECT_EQ(
      classify(answer(404, R"({"statusCode":404,"message":"Resource not found"})"), old_token).server_message,
      "Resource not found");
  EXPECT_EQ(classify(answer(500, "<html><body>stack trace</body></html>"), old_token).server_message, "");
  const std::string token = "eyJhbGciOiJSUzI1NiJ9." + std::string(60, 'Q') + ".c2ln";
  const Failure failure = classify(
      answer(400, "{\"message\":\"Bad token " + token + " and key 0123456789abcdef0123456789abcdef\"}"),
      old_token);
  EXPECT_EQ(failure.server_message.find("QQQQ"), std::string::npos);
  EXPECT_EQ(failure.server_message.find("0123456789abcdef"), std::string::npos);
  EXPECT_LE(classify(answer(500, std::string(1U << 20, 'a') + " b"), old_token).server_message.size(), 512U);
}

}  // namespace
}  // namespace foyer::policy
