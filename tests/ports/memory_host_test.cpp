// The in-memory host: what tests of the other rooms rely on, and each fault it can inject.
#include "core/ports/memory_host.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/crypto.hpp"
#include "tests/support/finished.hpp"

namespace foyer {
namespace {

using test::finished;

Task<HttpOutcome> say_ok(const HttpRequest&) { co_return HttpResponse{.status = 200, .body = "ok"}; }

TEST(SeededRandom, TheSameSeedGivesTheSameBytes) {
  SeededRandom a(7), b(7), c(8);
  const std::string first = *a.bytes(32);
  EXPECT_EQ(first, *b.bytes(32));
  EXPECT_NE(first, *c.bytes(32));
  EXPECT_NE(first, *a.bytes(32));
  a.broken = true;
  EXPECT_EQ(a.bytes(1).error().code, "A4");
}

TEST(MemoryVault, KeepsAndForgetsAndFailsOnDemand) {
  MemoryVault vault;
  EXPECT_TRUE(finished(vault.save("a", SecretText("s"))));
  const auto loaded = finished(vault.load("a"));
  ASSERT_TRUE(loaded && *loaded);
  EXPECT_EQ((*loaded)->expose(), "s");
  EXPECT_TRUE(finished(vault.remove("a")));
  const auto gone = finished(vault.load("a"));
  EXPECT_TRUE(gone && !*gone);
  vault.fail_writes = true;
  EXPECT_EQ(finished(vault.save("a", SecretText("s"))).error().kind, ErrorKind::storage);
  EXPECT_EQ(finished(vault.remove("a")).error().code, "S3");
  vault.fail_reads = true;
  EXPECT_EQ(finished(vault.load("a")).error().kind, ErrorKind::storage);
}

TEST(MemoryStorage, ScopesAreApartAndNamesAreFoundByPrefix) {
  MemoryStorage storage;
  using Scope = Storage::Scope;
  for (const char* name : {"attempt/1", "attempt/2", "theme"})
    EXPECT_TRUE(finished(storage.save(Scope::tab, name, "x")));
  EXPECT_EQ(finished(storage.names(Scope::tab, "attempt/"))->size(), 2U);
  EXPECT_EQ(finished(storage.names(Scope::tab, ""))->size(), 3U);
  EXPECT_TRUE(finished(storage.names(Scope::device, ""))->empty());
  EXPECT_TRUE(!*finished(storage.load(Scope::device, "theme")));
  storage.fail_reads = true;
  EXPECT_EQ(finished(storage.names(Scope::tab, "")).error().kind, ErrorKind::storage);
}

TEST(ScriptedHttp, AnswersAfterItsLatencyOrTimesOut) {
  MemoryHost memory(test::crypto());
  memory.http.respond = say_ok;
  memory.http.latency = Seconds(3);
  std::string log;
  TaskScope scope;
  const auto flow = [](Http& http, std::string& out, Millis deadline) -> Task<void> {
    HttpRequest request;
    request.deadline = deadline;
    const HttpOutcome outcome = co_await http.send(request);
    out += outcome ? "answer;" : std::string(to_string(outcome.error())) + ";";
  };
  scope.spawn(flow(memory.http, log, Seconds(10)));
  scope.spawn(flow(memory.http, log, Seconds(2)));
  EXPECT_EQ(log, "");
  memory.time.advance(Seconds(2));
  EXPECT_EQ(log, "no answer in time;");
  memory.time.advance(Seconds(1));
  EXPECT_EQ(log, "no answer in time;answer;");
  EXPECT_EQ(memory.http.sent.size(), 2U);
}

TEST(ScriptedHttp, FaultsComeFirstAndALostReplyWasStillActedOn) {
  MemoryHost memory(test::crypto());
  int acted = 0;
  memory.http.respond = [&acted](const HttpRequest& request) {
    ++acted;
    return say_ok(request);
  };
  memory.http.faults.push_back(HttpResponse{.status = 503});
  memory.http.faults.push_back(std::unexpected(HttpFailure::offline));
  EXPECT_EQ(finished(memory.http.send({}))->status, 503);
  EXPECT_EQ(finished(memory.http.send({})).error(), HttpFailure::offline);
  EXPECT_EQ(acted, 0);
  memory.http.drop_replies = true;
  EXPECT_EQ(finished(memory.http.send({})).error(), HttpFailure::opaque);
  EXPECT_EQ(acted, 1);
}

TEST(HttpResponse, FindsTheFirstHeaderWithoutCase) {
  const HttpResponse response{.status = 200, .headers = {{"Retry-After", "5"}, {"retry-after", "9"}}};
  EXPECT_EQ(response.header("RETRY-AFTER"), "5");
  EXPECT_EQ(response.header("Date"), std::nullopt);
}

TEST(FaultyCrypto, FailsWhenToldAndHandsOnOtherwise) {
  FaultyCrypto crypto(test::crypto());
  EXPECT_TRUE(finished(crypto.sha256("x")));
  crypto.broken = true;
  EXPECT_EQ(finished(crypto.sha256("x")).error().kind, ErrorKind::unsupported);
  EXPECT_EQ(finished(crypto.verify_rs256({}, "", "")).error().kind, ErrorKind::unsupported);
}

TEST(MemoryNavigator, RemembersWhereItWasSent) {
  MemoryNavigator navigator;
  navigator.open("https://login.example/");
  EXPECT_TRUE(navigator.copy("id"));
  EXPECT_EQ(navigator.opened.size(), 1U);
  EXPECT_EQ(navigator.copied.front(), "id");
}

Task<void> hold(Locks& locks, VirtualTime& time, std::string& log, char mark) {
  const Locks::Held held = co_await locks.acquire("refresh:a");
  log.push_back(mark);
  co_await time.sleep(Seconds(1));
  log.push_back(mark);
}

TEST(MemoryLocks, OneSectionAtATimeInTheOrderOfAsking) {
  VirtualTime time;
  MemoryLocks locks;
  std::string log;
  TaskScope scope;
  for (const char mark : {'a', 'b', 'c'}) scope.spawn(hold(locks, time, log, mark));
  time.advance(Seconds(10));
  EXPECT_EQ(log, "aabbcc");
}

TEST(MemoryLocks, DifferentNamesDoNotMeet) {
  MemoryLocks locks;
  const auto first = finished(locks.acquire("a"));
  const auto second = finished(locks.acquire("b"));
}

// A waiter that is dropped must neither receive the section nor keep those behind it waiting for ever.
TEST(MemoryLocks, AQueuedWaiterThatLeavesDoesNotBlockTheNext) {
  VirtualTime time;
  MemoryLocks locks;
  std::string log;
  TaskScope scope;
  scope.spawn(hold(locks, time, log, 'a'));
  {
    TaskScope leaving;
    leaving.spawn(hold(locks, time, log, 'x'));
    scope.spawn(hold(locks, time, log, 'b'));
  }
  time.advance(Seconds(10));
  EXPECT_EQ(log, "aabb");
}

TEST(MemoryLocks, AHolderThatIsDroppedGivesTheSectionOn) {
  VirtualTime time;
  MemoryLocks locks;
  std::string log;
  TaskScope scope;
  {
    TaskScope leaving;
    leaving.spawn(hold(locks, time, log, 'x'));
    scope.spawn(hold(locks, time, log, 'b'));
  }
  time.advance(Seconds(10));
  EXPECT_EQ(log, "xbb");
}

// Between the release and the moment the next one runs, nobody may slip in.
TEST(MemoryLocks, AReleaseThatIsAnsweredByAskingAgainQueuesBehindTheOthers) {
  VirtualTime time;
  MemoryLocks locks;
  std::string log;
  TaskScope scope;
  scope.spawn([](Locks& l, VirtualTime& t, std::string& out) -> Task<void> {
    co_await hold(l, t, out, 'a');
    co_await hold(l, t, out, 'a');
  }(locks, time, log));
  scope.spawn(hold(locks, time, log, 'b'));
  time.advance(Seconds(10));
  EXPECT_EQ(log, "aabbaa");
}

// The example of http.hpp.
Task<int> example(Http& http, SecretText bearer) {
  HttpRequest request{.url = "https://api.example/plants"};
  request.secret_headers.push_back({"Authorization", std::move(bearer)});
  const HttpOutcome outcome = co_await http.send(std::move(request));
  co_return outcome ? outcome->status : 0;
}

TEST(ScriptedHttp, TheExampleOfThePortsHeader) {
  VirtualTime time;
  ScriptedHttp http(time);
  http.respond = say_ok;
  EXPECT_EQ(finished(example(http, SecretText("Bearer t"))), 200);
  EXPECT_EQ(http.sent.at(0).secret_headers.at(0).value.expose(), "Bearer t");
  http.faults.push_back(std::unexpected(HttpFailure::timeout));
  EXPECT_EQ(finished(example(http, SecretText("Bearer t"))), 0);
}

}  // namespace
}  // namespace foyer
