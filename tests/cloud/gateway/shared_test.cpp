// What tabs share (Q6), what survives a reload (E5, N5, Q9), probes, the breaker in use, both keys, and the
// journal's export.
#include "core/base/json.hpp"
#include "core/base/version.hpp"
#include "tests/cloud/gateway/support.hpp"

namespace foyer::test {
namespace {

using policy::Condition;

class Shared : public GatewayTest {
 protected:
  void open(CloudGateway& gateway, const std::string& record = "ledger/a/p") {
    auto opening = gateway.ledger.open(record);
    opening.start();
    ASSERT_TRUE(opening.done());
  }
  static HttpResponse refusal(int status, const std::string& message) {
    return answer(status, R"({"message":")" + message + "\"}");
  }
  static inline const std::string no_key = "Access denied due to invalid subscription key.";
};

TEST_F(Shared, Q6EveryTabCountsInTheSameRecordAtSendTime) {
  CloudGateway one(host, tokens(), keys({})), two(host, tokens(), keys({}));
  open(one);
  open(two);
  script({answer(200)});
  EXPECT_TRUE(run(one, read()));
  EXPECT_TRUE(run(two, write()));
  EXPECT_TRUE(run(one, read()));
  EXPECT_EQ(one.ledger.value().used, 3);
  CloudGateway reloaded(host, tokens(), keys({}));
  open(reloaded);
  EXPECT_EQ(reloaded.ledger.value().used, 3);
}

TEST_F(Shared, Q6ACallIsCountedBeforeItsAnswerComes) {
  CloudGateway gateway(host, tokens(), keys({}));
  open(gateway);
  memory.http.latency = Seconds(5);
  script({answer(200)});
  {
    TaskScope scope;
    std::optional<CallResult> result;
    scope.spawn(keep(gateway.send(read()), result));
    EXPECT_EQ(gateway.ledger.value().used, 1);
  }  // the page was closed meanwhile
  CloudGateway reloaded(host, tokens(), keys({}));
  open(reloaded);
  EXPECT_EQ(reloaded.ledger.value().used, 1);
}

TEST_F(Shared, E6WhatOneTabLearnsParksAllOfThem) {
  CloudGateway one(host, tokens(), keys({})), two(host, tokens(), keys({}));
  open(one);
  open(two);
  script({refusal(403, "Out of call volume quota. Quota will be replenished in 01:00:00.")});
  EXPECT_FALSE(run(one, read()));
  const auto parked = run(two, write());
  ASSERT_FALSE(parked);
  EXPECT_EQ(parked.error().failure.condition, Condition::quota_exceeded);
  EXPECT_EQ(attempts(), 1u);
}

TEST_F(Shared, E6AfterTheBlockOneProbeAsksForAllTabsAndTheOthersOfItsOwnWaitForIt) {
  CloudGateway one(host, tokens(), keys({})), two(host, tokens(), keys({}));
  open(one);
  open(two);
  script({refusal(403, "Out of call volume quota. Quota will be replenished in 01:00:00."), answer(200)});
  EXPECT_FALSE(run(one, read()));
  memory.time.advance(Hours(1) + Minutes(2));
  memory.http.latency = Millis(200);
  arrivals.clear();
  std::optional<CallResult> a, b, c;
  TaskScope scope;
  scope.spawn(keep(one.send(read(), {}, Seconds(30)), a));
  scope.spawn(keep(one.send(write(), {}, Seconds(30)), b));
  scope.spawn(keep(two.send(read(), {}, Seconds(30)), c));
  memory.time.advance(Millis(100));
  EXPECT_EQ(memory.http.sent.size(), 2u) << "one probe besides the refused call";
  memory.time.settle();
  ASSERT_TRUE(a && b && c);
  EXPECT_TRUE(*a);
  EXPECT_TRUE(*b) << "it waited for the probe of its own program";
  ASSERT_FALSE(*c) << "another tab's probe is not waited for";
  EXPECT_EQ(c->error().key, "service.probing");
  EXPECT_TRUE(run(two, read()));
}

TEST_F(Shared, FiftyCommandsWhileParkedSendNothing) {
  CloudGateway gateway(host, tokens(), keys({"k1", "k2"}));
  open(gateway);
  script({refusal(403, "Out of call volume quota. Quota will be replenished in 01:00:00.")});
  EXPECT_FALSE(run(gateway, write()));
  for (int i = 0; i < 50; ++i) {
    const auto result = run(gateway, write(i % 2 == 0 ? policy::CommandClass::absolute_write
                                                      : policy::CommandClass::momentary_write));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().error.kind, ErrorKind::parked);
    EXPECT_FALSE(result.error().ambiguous);
    memory.time.advance(Seconds(30));
  }
  EXPECT_EQ(attempts(), 1u);
  EXPECT_EQ(gateway.ledger.value().key, 0) << "never another key because of a quota";
}

TEST_F(Shared, E17AHaltLastsOverAReloadAndAPressIsOneProbe) {
  {
    CloudGateway gateway(host, tokens(), keys({}));
    open(gateway);
    script({refusal(469, "x")});
    EXPECT_FALSE(run(gateway, read()));
  }
  CloudGateway reloaded(host, tokens(), keys({}));
  open(reloaded);
  EXPECT_EQ(reloaded.halted(), Condition::password_expired);
  EXPECT_FALSE(run(reloaded, read()));
  EXPECT_EQ(attempts(), 1u);
  reloaded.lift_halt();
  EXPECT_FALSE(run(reloaded, read()));
  EXPECT_FALSE(run(reloaded, read()));
  EXPECT_EQ(attempts(), 2u) << "one per press";
  memory.time.advance(Hours(6));
  EXPECT_FALSE(run(reloaded, read()));
  EXPECT_FALSE(run(reloaded, read()));
  EXPECT_EQ(attempts(), 3u) << "one per 6 h";
  script({answer(200)});
  reloaded.lift_halt();
  EXPECT_TRUE(run(reloaded, read()));
  EXPECT_FALSE(reloaded.halted());
}

TEST_F(Shared, E17APressInAnotherTabHelpsThisOne) {
  CloudGateway one(host, tokens(), keys({})), two(host, tokens(), keys({}));
  open(one);
  open(two);
  script({refusal(470, "x"), answer(200)});
  EXPECT_FALSE(run(one, read()));
  EXPECT_FALSE(run(two, read()));
  two.lift_halt();
  EXPECT_TRUE(run(two, read()));
  EXPECT_TRUE(run(one, read()));
}

TEST_F(Shared, E5TheKeyThatWorksIsRememberedOverAReloadUntilTheKeysAreEdited) {
  script({refusal(401, no_key), answer(200)});
  {
    CloudGateway gateway(host, tokens(), keys({"old", "good"}));
    open(gateway);
    EXPECT_TRUE(run(gateway, read()));
  }
  CloudGateway reloaded(host, tokens(), keys({"old", "good"}));
  open(reloaded);
  EXPECT_TRUE(run(reloaded, read()));
  EXPECT_EQ(secret(memory.http.sent.back(), "Ocp-Apim-Subscription-Key"), "good");
  CloudGateway edited(host, tokens(), keys({"new", "good"}));
  open(edited);
  EXPECT_TRUE(run(edited, read()));
  EXPECT_EQ(secret(memory.http.sent.back(), "Ocp-Apim-Subscription-Key"), "new");
}

TEST_F(Shared, E5AHaltBecauseOfTheKeysEndsWhenTheyAreEdited) {
  script({refusal(401, no_key)});
  {
    CloudGateway gateway(host, tokens(), keys({"bad"}));
    open(gateway);
    EXPECT_FALSE(run(gateway, read()));
    EXPECT_EQ(gateway.halted(), Condition::key_refused);
  }
  CloudGateway edited(host, tokens(), keys({"good"}));
  open(edited);
  EXPECT_FALSE(edited.halted());
  for (const auto& [name, value] : memory.storage.records) {
    EXPECT_EQ(value.find("bad"), std::string::npos);
    EXPECT_EQ(value.find("good"), std::string::npos);
  }
}

TEST_F(Shared, Q9WithoutStorageHalfIsAssumedAndCallsGoOn) {
  memory.storage.fail_reads = memory.storage.fail_writes = true;
  CloudGateway gateway(host, tokens(), keys({}));
  int refused = 0;
  gateway.ledger.on_change = [&](const Error* error) { refused += error ? 1 : 0; };
  open(gateway);
  EXPECT_EQ(gateway.ledger.value().used, 250);
  script({answer(200)});
  EXPECT_TRUE(run(gateway, write()));
  EXPECT_EQ(gateway.ledger.value().used, 251);
  EXPECT_EQ(refused, 1) << "S3: told";
}

TEST_F(Shared, N4AHostThatFailsFiveTimesIsLeftAloneAndThenAskedOnce) {
  CloudGateway gateway(host, tokens(), keys({}));
  script({answer(500)});
  EXPECT_FALSE(run(gateway, read()));  // three attempts
  EXPECT_FALSE(run(gateway, read()));  // N3 leaves one retry more
  EXPECT_EQ(attempts(), 5u);
  Call poll = read();
  poll.purpose = policy::Purpose::poll;
  const auto resting = run(gateway, poll);
  ASSERT_FALSE(resting);
  EXPECT_EQ(resting.error().error.code, "N4");
  EXPECT_EQ(resting.error().key, "service.resting");
  EXPECT_EQ(resting.error().failure.condition, Condition::server_error);
  EXPECT_EQ(resting.error().again_at, gateway.closed_until());
  EXPECT_FALSE(run(gateway, write()).error().ambiguous) << "not sent at all";
  EXPECT_EQ(attempts(), 5u);
  script({answer(200)});
  EXPECT_TRUE(run(gateway, read())) << "a person's look is the probe";
  EXPECT_TRUE(run(gateway, write()));
}

TEST_F(Shared, N4AccountsOfOneHostShareItsBreaker) {
  CloudGateway one(host, tokens(), keys({})), two(host, tokens(), keys({}));
  two.breaker = one.breaker;
  script({answer(503)});
  for (int i = 0; i < 5; ++i) run(one, write());
  EXPECT_EQ(attempts(), 5u);
  EXPECT_FALSE(run(two, write()));
  EXPECT_EQ(attempts(), 5u);
}

TEST_F(Shared, TheQuotaDuringARenewedTokenParksAfterOneReplay) {
  CloudGateway gateway(host, tokens(), keys({}));
  script({refusal(401, "Access token expired"),
          refusal(403, "Out of call volume quota. Quota will be replenished in 01:00:00.")});
  const auto result = run(gateway, write(policy::CommandClass::momentary_write));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().failure.condition, Condition::quota_exceeded);
  EXPECT_EQ(attempts(), 2u);
  EXPECT_EQ(refused_tokens, (std::vector<std::string>{"", "token1"}));
}

TEST_F(Shared, BothKeysAreCheckedWithOneCallEachAndTheOneInUseStays) {
  CloudGateway gateway(host, tokens(), keys({"k1", "k2"}));
  script({answer(200), refusal(401, no_key)});
  std::optional<std::vector<KeyCheck>> checks;
  TaskScope scope;
  scope.spawn([](CloudGateway& of, Call call, std::optional<std::vector<KeyCheck>>& to) -> Task<void> {
    to = co_await of.check_keys(std::move(call));
  }(gateway, read(), checks));
  memory.time.settle();
  ASSERT_TRUE(checks);
  ASSERT_EQ(checks->size(), 2u);
  EXPECT_EQ(secret(memory.http.sent[0], "Ocp-Apim-Subscription-Key"), "k1");
  EXPECT_EQ(secret(memory.http.sent[1], "Ocp-Apim-Subscription-Key"), "k2");
  EXPECT_TRUE((*checks)[0].in_use);
  EXPECT_EQ((*checks)[0].condition, Condition::ok);
  EXPECT_EQ((*checks)[1].condition, Condition::key_refused);
  EXPECT_FALSE(gateway.halted()) << "a check halts nothing";
  EXPECT_EQ(gateway.ledger.value().key, 0);
  EXPECT_EQ(gateway.ledger.value().used, 2);
  ASSERT_TRUE(message_of((*checks)[0], (*checks)[1]));
  EXPECT_EQ(message_of((*checks)[0], (*checks)[1])->key, "keys.secondary_refused");
}

TEST(Keys, AreChangedInTheVendorsFourSteps) {
  const KeyCheck used{.there = true, .in_use = true}, other{.there = true},
      refused{.there = true, .condition = Condition::key_refused}, none;
  EXPECT_EQ(key_step(used, other, false, false), KeyStep::use_other);
  EXPECT_EQ(key_step(other, used, false, false), KeyStep::deploy);
  EXPECT_EQ(key_step(other, used, true, false), KeyStep::regenerate);
  EXPECT_EQ(key_step(refused, used, true, true), KeyStep::use_new);
  EXPECT_EQ(key_step(used, other, true, true), KeyStep::done);
  EXPECT_EQ(message_of(KeyStep::regenerate).key, "keys.step_regenerate");
  EXPECT_EQ(message_of(none, none), nullptr) << "the relay brings them";
  EXPECT_EQ(message_of(refused, used)->key, "keys.primary_refused");
  EXPECT_EQ(message_of(refused, refused)->key, "problem.key_refused");
  EXPECT_EQ(message_of(refused, none)->key, "problem.key_refused");
  EXPECT_EQ(message_of(used, other)->key, "keys.both_work");
}

TEST_F(Shared, TheJournalIsExportedAsHarWithoutAnySecret) {
  const char* canaries[] = {"CANARYTOKEN",  "CANARYKEY",   "CANARYBODY",  "CANARYQUERY",
                            "CANARYANSWER", "CANARYPLANT", "CANARYHEADER"};
  CloudGateway gateway(
      host,
      [](std::optional<SecretText>) -> Task<Result<oauth::AccessToken>> {
        co_return oauth::AccessToken{SecretText("CANARYTOKEN"), Minutes(5)};
      },
      keys({"CANARYKEY"}));
  Call call = write();
  call.path = "/api/plants/CANARYPLANT";
  call.body = R"({"pin":"CANARYBODY"})";
  call.query = {{"q", "CANARYQUERY"}};
  script({answer(486, R"({"message":"CANARYANSWER \" token CANARYTOKEN"})", {{"X", "CANARYHEADER"}}),
          answer(200, "CANARYANSWER")});
  EXPECT_TRUE(run(gateway, call));
  const std::string text = to_har(gateway.journal(), "https://api.example");
  for (const char* canary : canaries) EXPECT_EQ(text.find(canary), std::string::npos) << canary;

  const auto har = parse_json(text);
  ASSERT_TRUE(har) << text;
  const Json& log = (*har)["log"];
  EXPECT_EQ(log["version"], "1.2");
  ASSERT_EQ(log["entries"].size(), 2u);
  const Json& first = log["entries"][0];
  EXPECT_EQ(first["request"]["method"], "POST");
  EXPECT_EQ(first["request"]["url"], "https://api.example/api/plants/{plant}");
  EXPECT_EQ(first["response"]["status"], 486);
  EXPECT_EQ(first["startedDateTime"], "2026-01-01T00:00:00Z");
  EXPECT_EQ(first["_rule"], "E20");
  EXPECT_EQ(first["_action"], "wait");
  EXPECT_EQ(first["_cost"], 1);
  EXPECT_EQ(log["entries"][1]["_attempt"], 2);
  for (const char* required : {"cookies", "headers", "queryString"})
    EXPECT_TRUE(first["request"][required].is_array()) << required;
  EXPECT_TRUE(first["timings"].contains("wait"));
  EXPECT_EQ(to_har({}, ""), R"({"log":{"version":"1.2","creator":{"name":"Foyer","version":")" +
                                std::string(version()) + R"("},"entries":[]}})");
}

}  // namespace
}  // namespace foyer::test
