// Answers that do not follow the book: the other cloud's codes, other languages, errors inside a 200, two at
// once, and nonsense in Retry-After.
#include <gtest/gtest.h>

#include "core/policy/failure.hpp"

namespace foyer::policy {
namespace {

const Instant new_years_noon = instant_from_ms(1'767'268'800'000);  // Thu, 01 Jan 2026 12:00:00 GMT
const Context young_token{.now = new_years_noon, .token_age = Minutes(5), .listed = false};

HttpResponse reply(int status, std::string body = "", std::vector<Header> headers = {}) {
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}
Failure said(int status, const std::string& message, std::vector<Header> headers = {}) {
  return classify(
      reply(status, R"({"statusCode":)" + std::to_string(status) + R"(,"message":")" + message + "\"}",
            std::move(headers)),
      young_token);
}

struct NetatmoCase {
  int status, code;
  const char* message;
  Condition condition;
};

class Netatmo : public testing::TestWithParam<NetatmoCase> {};

TEST_P(Netatmo, CodesMeanWhatTheirTableSays) {
  const NetatmoCase& one = GetParam();
  const std::string body =
      R"({"error":{"code":)" + std::to_string(one.code) + R"(,"message":")" + one.message + "\"}}";
  const Failure failure = classify(reply(one.status, body), young_token);
  EXPECT_EQ(failure.condition, one.condition) << body;
  EXPECT_EQ(failure.server_message, one.message);
}

INSTANTIATE_TEST_SUITE_P(
    Codes, Netatmo,
    testing::Values(
        NetatmoCase{500, 0, "database connection", Condition::server_error},
        NetatmoCase{401, 1, "Access token is missing", Condition::token_expired},
        NetatmoCase{403, 2, "Invalid access token", Condition::token_expired},
        NetatmoCase{403, 3, "Access token expired", Condition::token_expired},
        NetatmoCase{401, 3, "Access token expired", Condition::token_expired},
        NetatmoCase{406, 5, "Application deactivated", Condition::client_unknown},
        NetatmoCase{400, 7, "Nothing to modify", Condition::conflict},
        NetatmoCase{404, 9, "Device not found", Condition::not_found},
        NetatmoCase{400, 10, "Missing home_id", Condition::bad_request},
        NetatmoCase{429, 11, "Failed to enter concurrency limited section", Condition::rate_limited},
        NetatmoCase{400, 11, "Failed to enter concurrency limited section", Condition::rate_limited},
        NetatmoCase{403, 13, "Application does not have the good scope rights", Condition::scope_missing},
        NetatmoCase{403, 13, "Forbidden access to home", Condition::forbidden},
        NetatmoCase{403, 13, "Operation is forbidden", Condition::forbidden},
        NetatmoCase{400, 21, "Invalid home_id", Condition::bad_request},
        NetatmoCase{400, 21, "Invalid mode", Condition::wrong_parameters},
        NetatmoCase{400, 21, "mode not authorized", Condition::wrong_parameters},
        NetatmoCase{403, 22, "Application not found", Condition::client_unknown},
        NetatmoCase{403, 23, "User not found", Condition::sign_in_wanted},
        NetatmoCase{400, 25, "Wrong date", Condition::bad_request},
        NetatmoCase{403, 26, "User usage reached", Condition::rate_limited},
        NetatmoCase{429, 26, "Maximum api usage reached", Condition::rate_limited},
        NetatmoCase{429, 26, "Application usage reached", Condition::rate_limited},
        NetatmoCase{429, 26, "API limit exceeded. This could be your Application limit or User limit.",
                    Condition::rate_limited},
        NetatmoCase{429, 26, "Limit of 50 requests per 10 seconds reached", Condition::rate_limited},
        NetatmoCase{429, 26, "Limit of 500 requests per hour reached", Condition::quota_exceeded},
        NetatmoCase{429, 28, "Limited", Condition::rate_limited},
        NetatmoCase{429, 29, "Restricted", Condition::rate_limited},
        NetatmoCase{403, 30, "Bad token", Condition::sign_in_wanted},
        NetatmoCase{404, 31, "Method not found", Condition::bad_request},
        NetatmoCase{400, 35, "Unable to execute", Condition::refused},
        NetatmoCase{400, 36, "Prohibited string", Condition::bad_request},
        NetatmoCase{400, 40, "JSON has an invalid encoding", Condition::bad_request},
        NetatmoCase{404, 41, "Device is unreachable", Condition::gateway_offline},
        NetatmoCase{403, 99, "Something new", Condition::forbidden}));

TEST(ClassifyEdges, E13ALimitOfSecondsIsNotTheDays) {
  const auto netatmo = [](const char* message, std::vector<Header> headers = {}, bool near_limit = false) {
    HttpResponse response{.status = 429, .headers = std::move(headers)};
    response.body = std::string(R"({"error":{"code":26,"message":")") + message + "\"}}";
    Context here = young_token;
    here.near_limit = near_limit;
    return classify(HttpOutcome(response), here);
  };
  EXPECT_FALSE(netatmo("User usage reached").wait) << "unknown: a short probe";
  EXPECT_EQ(netatmo("User usage reached", {{"Retry-After", "5"}}).wait, Seconds(5));
  EXPECT_EQ(netatmo("2 requests per 10 seconds").wait, Seconds(10)) << "the limit it names";
  EXPECT_EQ(netatmo("User usage reached", {}, true).condition, Condition::quota_exceeded)
      << "our own count is near the limit of the hour";
  const Failure soon = said(403, "Out of call volume quota. Quota will be replenished in 00:00:08.");
  EXPECT_EQ(soon.condition, Condition::rate_limited) << "over in 8 s, whatever it is called";
  EXPECT_EQ(soon.wait, Seconds(8));
  EXPECT_EQ(said(403, "Out of call volume quota. Quota will be replenished in 00:01:01.").condition,
            Condition::quota_exceeded);
}

TEST(ClassifyEdges, E8A404OnWhatTheHomeListsMaySayEither) {
  Context listed = young_token;
  listed.listed = true;
  const auto of = [&](const char* body, const Context& where) {
    return classify(HttpOutcome(HttpResponse{.status = 404, .body = body}), where);
  };
  const char* plain = R"({"statusCode":404,"message":"Resource not found"})";
  EXPECT_EQ(of(plain, listed).condition, Condition::gateway_offline);
  EXPECT_TRUE(of(plain, listed).maybe_gone) << "only the list of devices tells";
  EXPECT_EQ(of(plain, young_token).condition, Condition::not_found);
  EXPECT_FALSE(of(plain, young_token).maybe_gone);
  const Failure told = of(R"({"statusCode":404,"message":"Gateway Offline"})", listed);
  EXPECT_EQ(told.condition, Condition::gateway_offline);
  EXPECT_FALSE(told.maybe_gone) << "the service says which";
  const Failure nine = of(R"({"error":{"code":9,"message":"Device not found"}})", listed);
  EXPECT_EQ(nine.condition, Condition::gateway_offline);
  EXPECT_TRUE(nine.maybe_gone);
}

TEST(OfTheSession, EachObstacleHasAConditionOfItsOwn) {
  const auto of = [](ErrorKind kind, const char* code) { return condition_of_session({kind, code, ""}); };
  EXPECT_EQ(of(ErrorKind::storage, "S3"), Condition::local_storage);
  EXPECT_EQ(of(ErrorKind::parked, "S3"), Condition::local_storage);
  EXPECT_EQ(of(ErrorKind::parked, "T1"), Condition::renewed_elsewhere);
  EXPECT_EQ(of(ErrorKind::parked, "X7"), Condition::renewal_delayed);
  EXPECT_EQ(of(ErrorKind::parked, ""), Condition::renewal_delayed);
  EXPECT_EQ(of(ErrorKind::protocol, "D6.iss"), Condition::renewal_delayed);
  EXPECT_EQ(of(ErrorKind::config, "A1"), Condition::misconfigured);
  EXPECT_EQ(of(ErrorKind::transport, "L4"), Condition::certificate);
  EXPECT_EQ(of(ErrorKind::offline, ""), Condition::offline);
  EXPECT_EQ(of(ErrorKind::timeout, ""), Condition::no_answer_in_time);
  EXPECT_EQ(of(ErrorKind::cancelled, "T9"), Condition::ok);
  EXPECT_EQ(of(ErrorKind::signed_out, "T7"), Condition::token_expired);
}

TEST(Window, OfALimitThatTheTextNames) {
  EXPECT_EQ(parse_window("50 requests per 10 seconds"), Seconds(10));
  EXPECT_EQ(parse_window("limited to 2 calls every minute"), Minutes(1));
  EXPECT_EQ(parse_window("500 calls per hour"), Hours(1));
  EXPECT_EQ(parse_window("max 20 req/10s"), Seconds(10));
  EXPECT_EQ(parse_window("100/day"), Hours(24));
  EXPECT_FALSE(parse_window("User usage reached"));
  EXPECT_FALSE(parse_window("see /smarther/v2.0 of 2026/10/01"));
  EXPECT_FALSE(parse_window("superhour 10"));
}

TEST(ClassifyEdges, E6QuotaInOtherWordsAndLanguages) {
  const char* texts[] = {"Quota d'appels atteint. Il sera rétabli dans 03:25:41.",
                         "Quota di chiamate esaurita. Ripristino tra 03:25:41.",
                         "Kontingent erschöpft. Wieder verfügbar in 03:25:41.",
                         "Out of call volume quota. Quota will be replenished in 03:25:41."};
  for (const char* text : texts) {
    const Failure failure = said(403, text);
    EXPECT_EQ(failure.condition, Condition::quota_exceeded) << text;
    EXPECT_EQ(failure.wait, Hours(3) + Minutes(25) + Seconds(41)) << text;
  }
  EXPECT_EQ(said(403, "Le quota est atteint").condition, Condition::quota_exceeded);
  EXPECT_FALSE(said(403, "Le quota est atteint").wait) << "unknown, not guessed";
  EXPECT_EQ(said(403, "no", {{"Retry-After", "3600"}}).wait, Hours(1));
  EXPECT_EQ(said(403, "no", {{"Retry-After", "3600"}}).condition, Condition::quota_exceeded);
  EXPECT_EQ(said(403, "You may not do this").condition, Condition::forbidden);
}

TEST(ClassifyEdges, E6QuotaTextCutInTheMiddle) {
  const std::string body = R"({"statusCode":403,"message":"Out of call volume quota. Quota will)";
  EXPECT_EQ(classify(reply(403, body), young_token).condition, Condition::quota_exceeded);
}

TEST(ClassifyEdges, E6AWordless403NearOurOwnLimitIsTheQuotaAndElsewhereAPermission) {
  Context near = young_token;
  near.near_limit = true;
  EXPECT_EQ(classify(reply(403), near).condition, Condition::quota_exceeded);
  EXPECT_EQ(classify(reply(403), young_token).condition, Condition::forbidden);
  EXPECT_EQ(classify(reply(403, R"({"message":"not yours"})"), near).condition, Condition::forbidden);
}

TEST(ClassifyEdges, TwoErrorsAtOnceTheQuotaWins) {
  for (const int status : {401, 403, 429})
    EXPECT_EQ(said(status,
                   "Access token expired. Out of call volume quota. Quota will be replenished in "
                   "00:10:00.")
                  .condition,
              Condition::quota_exceeded)
        << status;
  EXPECT_EQ(said(401, "Access token expired. Access denied due to invalid subscription key.").condition,
            Condition::key_refused)
      << "a new token would not help";
}

TEST(ClassifyEdges, AnErrorInsideA200IsThatError) {
  const auto inside = [](const char* body) { return classify(reply(200, body), young_token); };
  EXPECT_EQ(inside(R"({"statusCode":403,"message":"Out of call volume quota. Quota will be replenished in )"
                   R"(01:00:00."})")
                .condition,
            Condition::quota_exceeded);
  EXPECT_EQ(inside(R"({"statusCode":"404","message":"Gateway Offline"})").condition,
            Condition::gateway_offline);
  EXPECT_EQ(inside(R"({"statusCode":469,"message":"x"})").condition, Condition::password_expired);
  EXPECT_EQ(inside(R"({"error":{"code":3,"message":"Access token expired"}})").condition,
            Condition::token_expired);
  EXPECT_EQ(inside(R"({"error":"server_error"})").condition, Condition::malformed_answer)
      << "it may have acted";
  EXPECT_EQ(inside(R"({"message":"Internal error","code":1})").condition, Condition::malformed_answer);
  EXPECT_EQ(inside(R"({"errors":[{"userMessage":"bad level","internalMessage":"x","code":0}]})").condition,
            Condition::malformed_answer);
}

struct WaitCase {
  const char* value;
  std::optional<Millis> wait;
};

TEST(ClassifyEdges, RetryAfterInEveryForm) {
  const WaitCase cases[] = {{"26", Seconds(26)},
                            {"0", Seconds(1)},
                            {"-5", std::nullopt},
                            {"31536000", Hours(24 * 31)},
                            {"99999999999999999999999", Hours(24 * 31)},
                            {"Thu, 01 Jan 2026 12:00:30 GMT", Seconds(30)},
                            {"Thu, 01 Jan 2026 11:00:00 GMT", Seconds(1)},
                            {"Fri, 01 Jan 2027 12:00:00 GMT", Hours(24 * 31)},
                            {"soon", std::nullopt},
                            {"", std::nullopt},
                            {"26.5", std::nullopt}};
  for (const WaitCase& one : cases)
    EXPECT_EQ(classify(reply(429, "", {{"Retry-After", one.value}}), young_token).wait, one.wait)
        << one.value;
}

TEST(ClassifyEdges, TheLongerOfTextAndHeaderCounts) {
  EXPECT_EQ(said(429, "Rate limit is exceeded. Try again in 26 seconds.", {{"Retry-After", "5"}}).wait,
            Seconds(26));
  EXPECT_EQ(said(429, "Rate limit is exceeded. Try again in 26 seconds.", {{"Retry-After", "60"}}).wait,
            Seconds(60));
}

TEST(Edges, EveryStatusBetween300And400IsARedirection) {
  for (const int status : {300, 301, 304, 399})
    EXPECT_EQ(classify(reply(status), young_token).condition, Condition::redirected) << status;
}

TEST(Edges, AnErrorBodyIsReadForSixtyFourKibibytes) {
  const auto after = [](std::size_t bytes) {
    return classify(reply(403, R"({"pad":")" + std::string(bytes, 'x') +
                                   R"(","message":"Out of call volume quota."})"),
                    young_token)
        .condition;
  };
  EXPECT_EQ(after(65'000), Condition::quota_exceeded);
  EXPECT_EQ(after(65'600), Condition::forbidden);
}

TEST(Edges, AShortAnswerIsLookedThroughForAnErrorAndALongOneIsNot) {
  const auto inside = [](std::size_t bytes) {
    return classify(reply(200, R"({"statusCode":400,"message":")" + std::string(bytes, 'x') + "\"}"),
                    young_token)
        .condition;
  };
  EXPECT_EQ(inside(10), Condition::bad_request) << "400 is an error already";
  EXPECT_EQ(inside(3000), Condition::ok);
}

TEST(Edges, WhatOnlyLooksLikeAnErrorIsAnAnswer) {
  for (const char* body :
       {R"({"errors":[]})", R"({"message":"fine","other":1})", R"({"message":"fine","code":0})"})
    EXPECT_EQ(classify(reply(200, body), young_token).condition, Condition::ok) << body;
}

TEST(Edges, E6QuotaIsAQuotaWithEither403Or429AndNoOtherStatus) {
  EXPECT_EQ(said(403, "Out of call volume quota.").condition, Condition::quota_exceeded);
  EXPECT_EQ(said(429, "Out of call volume quota.").condition, Condition::quota_exceeded);
  EXPECT_NE(said(400, "Out of call volume quota.").condition, Condition::quota_exceeded);
}

}  // namespace
}  // namespace foyer::policy
