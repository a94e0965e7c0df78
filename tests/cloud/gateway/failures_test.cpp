// Each row of the error table once through the gateway: how often it is tried, when, and what is left to do.
#include <set>

#include "tests/cloud/gateway/support.hpp"

namespace foyer {
namespace {

using namespace test;
using policy::Action;
using policy::CommandClass;
using policy::Condition;

class GatewayFailures : public GatewayTest {
 protected:
  CloudGateway gateway{host, tokens(), keys({})};

  CallFailure failed(Call call, Millis deadline = Seconds(60)) {
    return failed(gateway, std::move(call), deadline);
  }
  CallFailure failed(CloudGateway& of, Call call, Millis deadline = Seconds(60)) {
    const auto result = run(of, std::move(call), {}, deadline);
    EXPECT_FALSE(result);
    return result ? CallFailure{} : result.error();
  }
  static HttpOutcome none(HttpFailure failure) { return std::unexpected(failure); }
  static HttpResponse text(int status, const std::string& message, std::vector<Header> headers = {}) {
    return answer(status, "{\"statusCode\":" + std::to_string(status) + ",\"message\":\"" + message + "\"}",
                  std::move(headers));
  }
};

struct Ambiguous {
  const char* name;
  HttpOutcome outcome;
  Condition condition;
};

std::vector<Ambiguous> ambiguous_outcomes() {
  HttpResponse cut = answer(200, "{\"modules\":");
  cut.truncated = true;
  return {{"opaque", std::unexpected(HttpFailure::opaque), Condition::opaque},
          {"timeout", std::unexpected(HttpFailure::timeout), Condition::no_answer_in_time},
          {"truncated", cut, Condition::malformed_answer},
          {"captive portal", answer(200, "<!doctype html><html></html>"), Condition::captive_portal},
          {"500", answer(500), Condition::server_error},
          {"599", answer(599), Condition::server_error},
          {"502", answer(502), Condition::gateway_trouble},
          {"503", answer(503), Condition::gateway_trouble},
          {"504", answer(504), Condition::gateway_trouble}};
}

TEST_F(GatewayFailures, ReadsBackOffWithFullJitterAndEndAfterThreeAttempts) {
  for (const Ambiguous& one : ambiguous_outcomes()) {
    arrivals.clear();
    CloudGateway fresh(host, tokens(), keys({}));  // N3, N4 remember
    script({one.outcome});
    const CallFailure failure = failed(fresh, read());
    EXPECT_EQ(failure.failure.condition, one.condition) << one.name;
    EXPECT_FALSE(failure.ambiguous) << one.name;
    ASSERT_EQ(attempts(), 3u) << one.name;
    EXPECT_LE(gaps()[0], Seconds(1)) << one.name;  // N1
    EXPECT_LE(gaps()[1], Seconds(2)) << one.name;
  }
}

TEST_F(GatewayFailures, AnAmbiguousWriteIsNotRepeatedHereButMayBeResentAfterReadingBack) {
  for (const Ambiguous& one : ambiguous_outcomes()) {
    arrivals.clear();
    CloudGateway fresh(host, tokens(), keys({}));  // N3, N4 remember
    script({one.outcome});
    const CallFailure failure = failed(fresh, write());
    EXPECT_EQ(attempts(), 1u) << one.name;
    EXPECT_TRUE(failure.ambiguous) << one.name;
    EXPECT_TRUE(failure.may_resend) << one.name;
  }
}

TEST_F(GatewayFailures, AnAmbiguousMomentaryWriteIsNeverResent) {
  for (const Ambiguous& one : ambiguous_outcomes()) {
    arrivals.clear();
    CloudGateway fresh(host, tokens(), keys({}));  // N3, N4 remember
    script({one.outcome});
    const CallFailure failure = failed(fresh, write(CommandClass::momentary_write));
    EXPECT_EQ(attempts(), 1u) << one.name;
    EXPECT_TRUE(failure.ambiguous) << one.name;
    EXPECT_FALSE(failure.may_resend) << one.name;
  }
}

TEST_F(GatewayFailures, ABodyThatIsNoJsonIsAMalformedAnswerForReadsOnly) {
  for (const char* body : {"OK", "{\"a\":1", "1,2]", "\"text\""}) {
    arrivals.clear();
    CloudGateway fresh(host, tokens(), keys({}));
    script({answer(200, body)});
    EXPECT_EQ(failed(fresh, read()).failure.condition, Condition::malformed_answer) << body;
    EXPECT_EQ(attempts(), 3u);
    EXPECT_TRUE(run(fresh, write())) << body;
  }
  script({answer(204, "")});
  EXPECT_TRUE(run(gateway, read()));
}

TEST_F(GatewayFailures, WithoutRandomnessTheFullWaitIsTaken) {
  memory.random.broken = true;
  script({answer(500)});
  failed(read());
  EXPECT_EQ(gaps(), (std::vector<Millis>{Seconds(1), Seconds(2)}));
}

TEST_F(GatewayFailures, AWaitThatTheServiceNamesIsAddedToNotCut) {
  memory.random.broken = true;
  script({answer(503, "", {{"Retry-After", "7"}}), answer(200)});
  EXPECT_TRUE(run(gateway, read()));
  EXPECT_EQ(gaps(), (std::vector<Millis>{Seconds(8)}));
}

TEST_F(GatewayFailures, AWaitBeyondTheDeadlineFailsNowAndSaysWhen) {
  script({answer(503, "", {{"Retry-After", "120"}})});
  const Instant start = memory.time.now();
  const CallFailure failure = failed(read(), Seconds(15));
  EXPECT_EQ(attempts(), 1u);
  EXPECT_EQ(failure.again_at, start + Seconds(120));
}

TEST_F(GatewayFailures, OfflineIsToldAtOnce) {
  script({none(HttpFailure::offline)});
  EXPECT_EQ(failed(read()).error.kind, ErrorKind::offline);
  const CallFailure failure = failed(write());
  EXPECT_EQ(failure.failure.condition, Condition::offline);
  EXPECT_FALSE(failure.ambiguous);
  EXPECT_EQ(attempts(), 2u);
}

TEST_F(GatewayFailures, WhatIsDefinitelyRefusedIsToldAfterOneAttempt) {
  const std::pair<int, Condition> cases[] = {
      {400, Condition::bad_request},    {403, Condition::forbidden},        {404, Condition::not_found},
      {406, Condition::not_acceptable}, {430, Condition::wrong_parameters}, {418, Condition::refused}};
  for (const auto& [status, condition] : cases) {
    for (const Call& call : {read(), write(), write(CommandClass::momentary_write)}) {
      arrivals.clear();
      script({text(status, "no")});
      const CallFailure failure = failed(call);
      EXPECT_EQ(failure.failure.condition, condition) << status;
      EXPECT_EQ(failure.failure.status, status);
      EXPECT_EQ(failure.error.code, policy::rule_id(condition));
      EXPECT_FALSE(failure.ambiguous) << status;
      EXPECT_EQ(attempts(), 1u) << status;
    }
  }
}

TEST_F(GatewayFailures, AnExpiredTokenIsRefreshedOnceAndTheCallReplayedEvenForMomentaryWrites) {
  script({text(401, "Unauthorized"), answer(200)});
  EXPECT_TRUE(run(gateway, write(CommandClass::momentary_write)));
  EXPECT_EQ(attempts(), 2u);
  EXPECT_EQ(refused_tokens, (std::vector<std::string>{"", "token1"}));
  EXPECT_EQ(secret(memory.http.sent[1], "Authorization"), "Bearer token2");
  EXPECT_EQ(gaps(), (std::vector<Millis>{Millis(0)}));
}

TEST_F(GatewayFailures, A401WithAFreshTokenIsNotRefreshedInALoop) {
  script({text(401, "Unauthorized")});
  const CallFailure failure = failed(read());
  EXPECT_EQ(failure.failure.condition, Condition::not_allowed_here);
  EXPECT_EQ(attempts(), 2u);  // E4
  EXPECT_EQ(refused_tokens, (std::vector<std::string>{"", "token1"}));
}

TEST_F(GatewayFailures, TheExpiredTextCountsOn400AndWithAFreshTokenToo) {
  token_age = Millis(0);
  script({answer(400, R"({"message":"Access token expired","code":11})"), answer(200)});
  EXPECT_TRUE(run(gateway, read()));
  EXPECT_EQ(attempts(), 2u);
}

TEST_F(GatewayFailures, ARefusedKeyIsReplacedByTheOtherOneWhichIsRemembered) {
  CloudGateway with_keys(host, tokens(), keys({"k1", "k2"}));
  const HttpResponse invalid = text(401, "Access denied due to invalid subscription key.");
  script({invalid, answer(200)});
  EXPECT_TRUE(run(with_keys, read()));
  EXPECT_TRUE(run(with_keys, read()));
  ASSERT_EQ(memory.http.sent.size(), 3u);
  EXPECT_EQ(secret(memory.http.sent[0], "Ocp-Apim-Subscription-Key"), "k1");
  EXPECT_EQ(secret(memory.http.sent[1], "Ocp-Apim-Subscription-Key"), "k2");
  EXPECT_EQ(secret(memory.http.sent[2], "Ocp-Apim-Subscription-Key"), "k2");
  EXPECT_EQ(refused_tokens, (std::vector<std::string>{"", "", ""}));  // not a token problem (E5)
}

TEST_F(GatewayFailures, TwoCallsThatLoseTheSameKeyAtOnceDoNotSwitchTwice) {
  CloudGateway with_keys(host, tokens(), keys({"k1", "k2"}));
  memory.http.latency = Millis(10);
  const HttpResponse invalid = text(401, "Access denied due to invalid subscription key.");
  script({invalid, invalid, answer(200)});
  std::optional<CallResult> a, b;
  TaskScope scope;
  scope.spawn(keep(with_keys.send(read()), a));
  scope.spawn(keep(with_keys.send(read()), b));
  memory.time.settle();
  ASSERT_TRUE(a && b);
  EXPECT_TRUE(*a && *b);
  EXPECT_EQ(secret(memory.http.sent[2], "Ocp-Apim-Subscription-Key"), "k2");
  EXPECT_EQ(secret(memory.http.sent[3], "Ocp-Apim-Subscription-Key"), "k2");
}

TEST_F(GatewayFailures, WhenNoKeyIsAcceptedAllCallsStopUntilThePersonActed) {
  CloudGateway with_keys(host, tokens(), keys({"k1", "k2"}));
  script({text(401, "Access denied due to invalid subscription key.")});
  EXPECT_FALSE(run(with_keys, read()));
  EXPECT_EQ(attempts(), 2u);
  EXPECT_EQ(with_keys.halted(), Condition::key_refused);
  const auto parked = run(with_keys, write());
  ASSERT_FALSE(parked);
  EXPECT_EQ(parked.error().error.kind, ErrorKind::parked);
  EXPECT_EQ(parked.error().failure.condition, Condition::key_refused);
  EXPECT_EQ(attempts(), 2u);
  with_keys.lift_halt();
  script({answer(200)});
  EXPECT_TRUE(run(with_keys, write()));
}

TEST_F(GatewayFailures, ASingleKeyHasNoOtherToTry) {
  CloudGateway with_key(host, tokens(), keys({"k1"}));
  script({text(401, "Access denied due to missing subscription key.")});
  EXPECT_FALSE(run(with_key, read()));
  EXPECT_EQ(attempts(), 1u);
  EXPECT_EQ(with_key.halted(), Condition::key_refused);
}

TEST_F(GatewayFailures, TheQuotaParksTheAccountForTheTimeThatWasNamedAndNoOtherKeyIsTried) {
  CloudGateway with_keys(host, tokens(), keys({"k1", "k2"}));
  script({text(403, "Out of call volume quota. Quota will be replenished in 03:25:41."), answer(200)});
  const Instant start = memory.time.now();
  const Millis named = Hours(3) + Minutes(25) + Seconds(41);
  const auto result = run(with_keys, write());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().failure.condition, Condition::quota_exceeded);
  ASSERT_TRUE(result.error().again_at);
  EXPECT_GE(*result.error().again_at, start + named);
  EXPECT_LE(*result.error().again_at, start + named + Seconds(60));  // E6: + 0…60 s
  EXPECT_FALSE(run(with_keys, write()));
  EXPECT_EQ(attempts(), 1u);
  EXPECT_EQ(secret(memory.http.sent[0], "Ocp-Apim-Subscription-Key"), "k1");
  memory.time.advance(named + Seconds(61));
  EXPECT_TRUE(run(with_keys, write()));
}

TEST_F(GatewayFailures, QuotaTextWithAnotherStatusIsStillTheQuota) {
  script({text(429, "Out of call volume quota. Quota will be replenished in 00:10:00.")});
  EXPECT_EQ(failed(read()).failure.condition, Condition::quota_exceeded);
  EXPECT_EQ(attempts(), 1u);
  EXPECT_EQ(gateway.closed_until(), gateway.ledger.value().blocked_until);
  EXPECT_EQ(gateway.ledger.value().gate_until, Instant{}) << "no rate limit";
}

TEST_F(GatewayFailures, AGatewayThatIsOfflineIsNotRepeated) {
  script({text(404, "Gateway Offline")});
  for (const Call& call : {read(), write()}) {
    arrivals.clear();
    const CallFailure failure = failed(call);
    EXPECT_EQ(failure.failure.condition, Condition::gateway_offline);
    EXPECT_FALSE(failure.ambiguous);
    EXPECT_EQ(attempts(), 1u);
  }
  EXPECT_EQ(gateway.journal().back().action, Action::mark_offline);
}

TEST_F(GatewayFailures, A404OfWhatTheHomeListsIsOfflineUntilItsListSaysOtherwise) {
  script({text(404, "Resource not found")});
  const CallFailure stray = failed(read());
  EXPECT_EQ(stray.failure.condition, Condition::not_found);
  EXPECT_EQ(stray.key, "problem.nothing_there") << "of an address, not of a device";
  Call listed = read();
  listed.listed = true;
  EXPECT_EQ(failed(listed).failure.condition, Condition::gateway_offline);
  EXPECT_TRUE(failed(listed).failure.maybe_gone);
}

TEST_F(GatewayFailures, WhatTheSignInLacksIsNotTheServicesWordOnTheToken) {
  struct Case {
    Error error;
    Condition condition;
  };
  const Case cases[] = {
      {{ErrorKind::parked, "S3", "stored tokens"}, Condition::local_storage},
      {{ErrorKind::parked, "T1", "somebody else"}, Condition::renewed_elsewhere},
      {{ErrorKind::parked, "X7", "too often"}, Condition::renewal_delayed},
      {{ErrorKind::config, "A1", "token_endpoint: expected https"}, Condition::misconfigured},
  };
  std::set<std::string> sentences;
  for (const Case& one : cases) {
    CloudGateway stuck(
        host,
        [&one](std::optional<SecretText>) -> Task<Result<oauth::AccessToken>> {
          co_return std::unexpected(one.error);
        },
        keys({}));
    const CallFailure failure = failed(stuck, read());
    EXPECT_EQ(failure.failure.condition, one.condition);
    const std::string text(policy::message(failure.failure.condition).what);
    EXPECT_TRUE(sentences.insert(text).second) << "no two share a sentence: " << text;
    EXPECT_EQ(std::string(policy::message(failure.failure.condition).remedy).find("sign in again"),
              std::string::npos);
  }
  EXPECT_EQ(attempts(), 0u) << "nothing was sent";
}

TEST_F(GatewayFailures, ACertificateThatIsNotAcceptedIsNoAnswerAndActedOnNothingL4) {
  script({std::unexpected(HttpFailure::certificate)});
  const CallFailure look = failed(read());
  EXPECT_EQ(look.failure.condition, Condition::certificate);
  EXPECT_EQ(look.error.kind, ErrorKind::transport);
  EXPECT_EQ(look.error.code, "L4");
  EXPECT_EQ(attempts(), 1u) << "it will not be better in a second";
  CloudGateway fresh(host, tokens(), keys({}));
  const CallFailure command = failed(fresh, write());
  EXPECT_FALSE(command.ambiguous) << "nothing was sent";
}

TEST_F(GatewayFailures, A408IsTriedAgainByReadsAfterTwoAndFourSecondsAndByWritesAfterThree) {
  script({answer(408)});
  EXPECT_EQ(failed(read()).failure.condition, Condition::request_timeout);
  EXPECT_EQ(gaps(), (std::vector<Millis>{Seconds(2), Seconds(4)}));
  arrivals.clear();
  CloudGateway fresh(host, tokens(), keys({}));  // N3: the bucket is empty
  EXPECT_TRUE(failed(fresh, write()).ambiguous);
  EXPECT_EQ(gaps(), (std::vector<Millis>{Seconds(3)}));
  arrivals.clear();
  EXPECT_TRUE(failed(fresh, write(CommandClass::momentary_write)).ambiguous);
  EXPECT_EQ(attempts(), 1u);
}

TEST_F(GatewayFailures, ARateLimitClosesTheGateForEveryoneAndTheReadGoesOnAfterIt) {
  script({text(429, "Rate limit is exceeded. Try again in 12 seconds."), answer(200)});
  std::optional<CallResult> first, second;
  TaskScope scope;
  scope.spawn(keep(gateway.send(read(), {}, Seconds(60)), first));
  EXPECT_EQ(gateway.closed_until(), memory.time.now() + Seconds(12));
  scope.spawn(keep(gateway.send(read(), {}, Seconds(60)), second));
  memory.time.advance(Seconds(11));
  EXPECT_EQ(attempts(), 1u);
  memory.time.advance(Seconds(1));
  ASSERT_TRUE(first && second);
  EXPECT_TRUE(*first && *second);
  EXPECT_EQ(attempts(), 3u);
}

TEST_F(GatewayFailures, ARateLimitedReadWaitsAtLeastTenSecondsAndEndsAfterTheSecondTime) {
  script({answer(429, "", {{"Retry-After", "2"}})});
  EXPECT_EQ(failed(read()).failure.condition, Condition::rate_limited);
  EXPECT_EQ(gaps(), (std::vector<Millis>{Seconds(10)}));
}

TEST_F(GatewayFailures, ARateLimitedWriteIsResentWhenTheWaitIsShortAndToldOtherwise) {
  script({answer(429, "", {{"Retry-After", "4"}}), answer(200)});
  EXPECT_TRUE(run(gateway, write(CommandClass::momentary_write)));
  EXPECT_EQ(gaps(), (std::vector<Millis>{Seconds(4)}));
  arrivals.clear();
  script({answer(429, "", {{"Retry-After", "26"}}), answer(200)});
  const Instant start = memory.time.now();
  const CallFailure failure = failed(write());
  EXPECT_EQ(attempts(), 1u);
  EXPECT_EQ(failure.again_at, start + Seconds(26));
  EXPECT_FALSE(failure.ambiguous);
  // And the next one is refused here, without asking the service.
  const CallFailure parked = failed(write());
  EXPECT_EQ(parked.error.kind, ErrorKind::parked);
  EXPECT_EQ(parked.again_at, start + Seconds(26));
  EXPECT_EQ(attempts(), 1u);
}

TEST_F(GatewayFailures, AnExistingSubscriptionIsSuccess) {
  script({text(409, "Subscription already exists")});
  const auto result = run(gateway, write());
  ASSERT_TRUE(result);
  EXPECT_EQ(result->status, 409);
}

TEST_F(GatewayFailures, AnExpiredPasswordOrTermsHaltTheAccountUntilThePersonActed) {
  for (const auto& [status, condition] :
       {std::pair(469, Condition::password_expired), std::pair(470, Condition::terms_expired)}) {
    arrivals.clear();
    CloudGateway fresh(host, tokens(), keys({}));
    script({text(status, "renew"), answer(200)});
    EXPECT_EQ(failed(fresh, read()).failure.condition, condition);
    EXPECT_EQ(fresh.halted(), condition);
    const CallFailure parked = failed(fresh, read());
    EXPECT_EQ(parked.error.kind, ErrorKind::parked);
    EXPECT_EQ(parked.failure.condition, condition);
    EXPECT_EQ(attempts(), 1u);
    fresh.lift_halt();
    EXPECT_TRUE(run(fresh, read()));
  }
}

TEST_F(GatewayFailures, AThermostatInUseIsTriedThreeTimesWithinFortySeconds) {
  script({text(486, "Busy visual user interface")});
  const CallFailure failure = failed(write());
  EXPECT_EQ(failure.failure.condition, Condition::busy_device);
  EXPECT_FALSE(failure.ambiguous);
  ASSERT_EQ(attempts(), 3u);
  for (const Millis gap : gaps()) {
    EXPECT_GE(gap, Seconds(10));  // E20: 10 s + 0…2 s
    EXPECT_LE(gap, Seconds(12));
  }
}

TEST_F(GatewayFailures, BothErrorShapesAndTheGatewaysOwnAreUnderstood) {
  script({answer(400, R"({"errors":[{"userMessage":"bad level","internalMessage":"x","code":0}]})")});
  EXPECT_NE(failed(write()).failure.server_message.find("bad level"), std::string::npos);
  script({answer(
      403,
      R"({"statusCode":"403","message":"Out of call volume quota. Quota will be replenished in 00:50:05."})")});
  EXPECT_EQ(failed(write()).failure.condition, Condition::quota_exceeded);
}

}  // namespace
}  // namespace foyer
