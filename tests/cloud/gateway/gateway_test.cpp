// One call, from intent to answer: what is sent, what is counted, what is written down, and when nothing is
// sent.
#include "tests/cloud/gateway/support.hpp"

namespace foyer {
namespace {

using namespace test;
using policy::Action;
using policy::Condition;

class Gateway : public GatewayTest {};

TEST_F(Gateway, ARequestCarriesTokenAndKeyAsSecretsAndNothingInItsAddress) {
  CloudGateway gateway(host, tokens(), keys({"k1", "k2"}));
  script({answer(200, "{\"a\":1}")});
  Call call = read();
  call.query = {{"from", "1 2"}};
  const auto result = run(gateway, call);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->status, 200);
  EXPECT_EQ(result->body, "{\"a\":1}");
  ASSERT_EQ(memory.http.sent.size(), 1u);
  const HttpRequest& sent = memory.http.sent[0];
  EXPECT_EQ(sent.method, "GET");
  EXPECT_EQ(sent.url, "https://api.example/api/plants/p1?from=1%202");
  ASSERT_EQ(sent.headers.size(), 1u);
  EXPECT_EQ(sent.headers[0].name, "Accept");
  EXPECT_EQ(secret(sent, "Authorization"), "Bearer token1");
  EXPECT_EQ(secret(sent, "Ocp-Apim-Subscription-Key"), "k1");
  EXPECT_EQ(sent.deadline, Seconds(10));  // E15: reads
  EXPECT_TRUE(sent.body.empty());
}

TEST_F(Gateway, BehindARelayThereIsNoKeyAndWritesAreJson) {
  CloudGateway gateway(host, tokens(), keys({}));
  script({answer(200, "")});
  ASSERT_TRUE(run(gateway, write()));
  const HttpRequest& sent = memory.http.sent.at(0);
  EXPECT_EQ(secret(sent, "Ocp-Apim-Subscription-Key"), "absent");
  EXPECT_EQ(sent.body, R"({"status":"on"})");
  ASSERT_EQ(sent.headers.size(), 2u);
  EXPECT_EQ(sent.headers[1].name, "Content-Type");
  EXPECT_EQ(sent.headers[1].value, "application/json");
  EXPECT_EQ(sent.deadline, Seconds(15));  // E15: writes
}

TEST_F(Gateway, TheJournalTellsEachAttemptWithoutIdsOrSecrets) {
  CloudGateway gateway(host, tokens(), keys({}));
  int changes = 0;
  gateway.on_change = [&] { ++changes; };
  memory.http.latency = Millis(120);
  script({answer(500), answer(200)});
  const Instant start = memory.time.now();
  ASSERT_TRUE(run(gateway, read()));
  ASSERT_EQ(gateway.journal().size(), 2u);
  const JournalEntry& first = gateway.journal()[0];
  EXPECT_EQ(first.number, 1u);
  EXPECT_EQ(first.at, start);
  EXPECT_EQ(first.method, "GET");
  EXPECT_EQ(first.path_template, "/api/plants/{plant}");
  EXPECT_EQ(first.status, 500);
  EXPECT_EQ(first.duration, Millis(120));
  EXPECT_EQ(first.condition, Condition::server_error);
  EXPECT_EQ(first.action, Action::wait_and_retry);
  EXPECT_EQ(first.attempt, 1);
  EXPECT_EQ(gateway.journal()[1].attempt, 2);
  EXPECT_EQ(gateway.journal()[1].action, Action::done);
  EXPECT_EQ(changes, 4) << "sent and answered, twice";
}

// After a 429, by the person's side: a poll and a command that waits at the gate, then the reading back.
TEST_F(Gateway, E13AfterALimitWhatNobodyPressedKeepsItsDistance) {
  CloudGateway gateway(host, tokens(), keys({}));
  script({answer(200)});
  const Instant now = memory.time.now();
  edit(gateway, [&](policy::Ledger& ledger) {
    ledger.gate_until = now + Seconds(5);
    ledger.slow_until = now + Hours(1);
  });
  Call poll = read();
  poll.purpose = policy::Purpose::poll;
  Call back = read();
  back.purpose = policy::Purpose::write;
  std::optional<CallResult> polled, written, confirmed;
  TaskScope scope;
  scope.spawn(keep(gateway.send(poll, {}, Minutes(2)), polled));
  scope.spawn(keep(gateway.send(write(), {}, Minutes(2)), written));
  memory.time.advance(Seconds(6));
  ASSERT_TRUE(written.has_value() && *written);
  EXPECT_FALSE(polled.has_value());
  EXPECT_EQ(attempts(), 1U) << "the gate is open: the command goes, the poll steps aside";
  scope.spawn(keep(gateway.send(write(), {}, Minutes(2)), written));
  scope.spawn(keep(gateway.send(read(), {}, Minutes(2)), confirmed));
  memory.time.advance(Seconds(0));
  EXPECT_EQ(attempts(), 3U) << "what is pressed waits for nothing";
  scope.spawn(keep(gateway.send(back, {}, Minutes(2)), confirmed));
  memory.time.settle(Minutes(2));
  ASSERT_EQ(attempts(), 5U);
  EXPECT_GE(gaps()[2], Seconds(10));
  EXPECT_GE(gaps()[3], Seconds(10));
}

// The reading back of a command would otherwise take, when its time is up, the place of what is pressed next.
TEST_F(Gateway, E13WhatStepsAsideIsNotHurriedByItsDeadline) {
  CloudGateway gateway(host, tokens(), keys({}));
  script({answer(200)});
  edit(gateway, [&](policy::Ledger& ledger) { ledger.slow_until = memory.time.now() + Hours(1); });
  Call back = read();
  back.purpose = policy::Purpose::write;
  std::optional<CallResult> written, confirmed;
  TaskScope scope;
  const auto press = [&] { scope.spawn(keep(gateway.send(write(), {}, Minutes(2)), written)); };
  press();
  scope.spawn(keep(gateway.send(back, {}, Seconds(15)), confirmed));
  memory.time.advance(Seconds(9));
  press();
  memory.time.advance(Seconds(9));
  EXPECT_EQ(attempts(), 2U) << "18 s after it wanted to go";
  memory.time.advance(Seconds(2));
  EXPECT_EQ(attempts(), 3U) << "10 s after the last press";
  EXPECT_TRUE(confirmed.has_value() && *confirmed);

  confirmed.reset();
  scope.spawn(keep(gateway.send(back, {}, Seconds(15)), confirmed));
  for (int presses = 0; presses < 8; ++presses) {
    press();
    memory.time.advance(Seconds(5));
  }
  EXPECT_EQ(attempts(), 12U) << "somebody who goes on pressing does not keep it for ever";
  EXPECT_TRUE(confirmed.has_value() && *confirmed);
}

TEST_F(Gateway, E13WithoutALimitNothingStepsAside) {
  CloudGateway gateway(host, tokens(), keys({}));
  script({answer(200)});
  Call poll = read();
  poll.purpose = policy::Purpose::poll;
  ASSERT_TRUE(run(gateway, write()));
  ASSERT_TRUE(run(gateway, poll));
  EXPECT_EQ(gaps()[0], Millis(0));
}

TEST_F(Gateway, TheJournalKeepsTheLastFiveHundred) {
  CloudGateway gateway(host, tokens(), keys({}));
  script({answer(200)});
  for (int i = 0; i < 503; ++i) {
    edit(gateway, [](policy::Ledger& ledger) { ledger.used = 0; });
    ASSERT_TRUE(run(gateway, read()));
  }
  EXPECT_EQ(gateway.journal().size(), 500u);
  EXPECT_EQ(gateway.journal().front().number, 4u);
  EXPECT_EQ(gateway.journal().back().number, 503u);
}

TEST_F(Gateway, EveryAttemptIsCountedWhenItIsSent) {
  CloudGateway gateway(host, tokens(), keys({}));
  script({std::unexpected(HttpFailure::opaque), answer(500), answer(200)});
  ASSERT_TRUE(run(gateway, read()));
  EXPECT_EQ(gateway.ledger.value().used, 3);  // Q6
}

TEST_F(Gateway, WhatIsNoLongerWantedIsNotSent) {
  CloudGateway gateway(host, tokens(), keys({}));
  script({answer(200)});
  const auto result = run(gateway, write(), [] { return false; });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().error.kind, ErrorKind::cancelled);
  EXPECT_EQ(attempts(), 0u);
  EXPECT_EQ(gateway.ledger.value().used, 0);
  EXPECT_TRUE(refused_tokens.empty());
}

TEST_F(Gateway, AnIntentThatIsSupersededWhileWaitingIsNotRepeated) {
  CloudGateway gateway(host, tokens(), keys({}));
  bool wanted = true;
  script({answer(486, R"({"statusCode":486,"message":"Busy visual user interface"})"), answer(200)});
  std::optional<CallResult> result;
  TaskScope scope;
  scope.spawn(keep(gateway.send(write(), [&] { return wanted; }, Seconds(60)), result));
  memory.time.advance(Seconds(5));
  EXPECT_FALSE(result);
  wanted = false;
  memory.time.settle();
  ASSERT_TRUE(result);
  ASSERT_FALSE(*result);
  EXPECT_EQ(result->error().error.kind, ErrorKind::cancelled);
  EXPECT_EQ(attempts(), 1u);
}

TEST_F(Gateway, DroppingACallAbortsIt) {
  CloudGateway gateway(host, tokens(), keys({}));
  script({answer(503), answer(200)});
  {
    TaskScope scope;
    std::optional<CallResult> result;
    scope.spawn(keep(gateway.send(read(), {}, Seconds(60)), result));
    EXPECT_EQ(memory.time.waiting(), 1u);
  }
  EXPECT_EQ(memory.time.waiting(), 0u);
  memory.time.settle();
  EXPECT_EQ(attempts(), 1u);
}

TEST_F(Gateway, WithoutATokenNothingIsSentAndTheReasonIsTheSessions) {
  CloudGateway gateway(host, tokens(), keys({}));
  script({answer(200)});
  token_failure = Error{ErrorKind::signed_out, "T7", "signed out"};
  const auto over = run(gateway, read());
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().error.kind, ErrorKind::signed_out);
  EXPECT_EQ(over.error().failure.condition, Condition::token_expired);
  token_failure = Error{ErrorKind::offline, "E1", "offline"};
  EXPECT_EQ(run(gateway, read()).error().failure.condition, Condition::offline);
  EXPECT_EQ(attempts(), 0u);
  EXPECT_EQ(gateway.ledger.value().used, 0);  // token calls do not count either
}

TEST_F(Gateway, OurOwnPlanRefusesPollsBeforeTheQuotaIsGone) {
  CloudGateway gateway(host, tokens(), keys({}));
  script({answer(200)});
  ASSERT_TRUE(run(gateway, read()));
  edit(gateway, [](policy::Ledger& ledger) { ledger.used = 480; });
  Call poll = read();
  poll.purpose = policy::Purpose::poll;
  const auto result = run(gateway, poll);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().error.kind, ErrorKind::parked);
  EXPECT_EQ(result.error().error.code, "Q1");
  EXPECT_TRUE(result.error().again_at);
  EXPECT_TRUE(run(gateway, write()));
  EXPECT_EQ(attempts(), 2u);
}

TEST_F(Gateway, TheDailyLimitComesFromTheConfiguration) {
  ApiConfig config = keys({});
  config.daily_limit = 1;
  CloudGateway gateway(host, tokens(), config);
  script({answer(200)});
  EXPECT_TRUE(run(gateway, write()));
  EXPECT_FALSE(run(gateway, write()));
}

TEST_F(Gateway, ARequestSaysWhoseItIs) {
  ApiConfig config = keys({});
  config.account = "mine";
  CloudGateway gateway(host, tokens(), config);
  std::string whose;
  memory.http.respond = [&](const HttpRequest& request) -> Task<HttpOutcome> {
    whose = request.account;
    co_return answer(200);
  };
  EXPECT_TRUE(run(gateway, read()));
  EXPECT_EQ(whose, "mine");
}

TEST_F(Gateway, TwoCallsAtOnceAreBothAnswered) {
  CloudGateway gateway(host, tokens(), keys({}));
  memory.http.latency = Millis(50);
  script({answer(200)});
  std::optional<CallResult> a, b;
  TaskScope scope;
  scope.spawn(keep(gateway.send(read()), a));
  scope.spawn(keep(gateway.send(write()), b));
  memory.time.settle();
  ASSERT_TRUE(a && b);
  EXPECT_TRUE(*a && *b);
  EXPECT_EQ(gateway.journal().size(), 2u);
}

TEST_F(Gateway, RedirectsAreNeverFollowed) {
  CloudGateway gateway(host, tokens(), keys({}));
  script({answer(302, "", {{"Location", "https://evil.example/"}})});
  const auto result = run(gateway, read());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().failure.condition, Condition::redirected);
  EXPECT_EQ(result.error().error.code, "E22");
  EXPECT_EQ(attempts(), 1u);
}

// The example of gateway.hpp.
Task<std::string> example(Host& host, CloudGateway::Tokens session, Call call) {
  CloudGateway gateway(host, session, {.base = "https://api.example"});
  co_await gateway.ledger.open("ledger/demo/user-1");
  const CallResult answer = co_await gateway.send(std::move(call));
  co_return answer ? answer->body : answer.error().error.message;
}

TEST_F(Gateway, TheExampleOfTheHeader) {
  std::string said;
  const auto run_it = [&]() -> Task<void> { said = co_await example(host, tokens(), read()); };
  TaskScope scope;
  script({answer(200, "{\"a\":1}"), answer(400, R"({"message":"no such plant"})")});
  scope.spawn(run_it());
  memory.time.settle(Hours(1));
  EXPECT_EQ(said, "{\"a\":1}");
  EXPECT_EQ(memory.storage.records.size(), 1u) << "counted in the storage";
  scope.spawn(run_it());
  memory.time.settle(Hours(1));
  EXPECT_FALSE(said.empty());
  EXPECT_FALSE(said.contains("{"));
}

}  // namespace
}  // namespace foyer
