// Looking again: only while somebody looks, no more than the day affords, and what stops it.
#include <utility>

#include "core/base/json.hpp"
#include "tests/app/support.hpp"

namespace foyer::test {
namespace {

class RefreshTest : public App {
 protected:
  int looks() { return vendor.calls["status"]; }
  void fail_reads(HttpOutcome outcome) {
    vendor.fault = [outcome](const HttpRequest& asked) -> std::optional<HttpOutcome> {
      if (asked.url.ends_with("/token")) return std::nullopt;
      return outcome;
    };
  }
};

TEST_F(RefreshTest, AWholeDayStaysInsideTheBudgetQ1) {
  sign_in();
  wait(Hours(24));
  EXPECT_GT(looks(), 200);
  const policy::Ledger& ledger = state().accounts[0].ledger;
  EXPECT_LE(ledger.used, ledger.limit - 60) << "writes keep their share";
  EXPECT_TRUE(state().next_poll);
}

TEST_F(RefreshTest, NothingIsAskedWhileNobodyLooks) {
  sign_in();
  app->set_visible(false);
  const auto calls = memory.http.sent.size();
  wait(Hours(3));
  EXPECT_EQ(memory.http.sent.size(), calls);
  app->set_visible(true);
  wait(Seconds(1));
  EXPECT_EQ(memory.http.sent.size(), calls + 2) << "one look (and a fresh token) when somebody is back";
}

TEST_F(RefreshTest, ReturningWithinAMinuteAsksNothing) {
  sign_in();
  const int before = looks();
  app->set_visible(false);
  wait(Seconds(20));
  app->set_visible(true);
  wait(Seconds(1));
  EXPECT_EQ(looks(), before);
}

TEST_F(RefreshTest, HoweverManyEventsTellOfAWakeUpThereIsOneRefreshN6) {
  sign_in();
  app->set_visible(false);
  app->set_online(false);
  wait(Minutes(30));
  const int before = looks();
  app->set_online(true);
  app->set_visible(true);
  app->resumed();
  app->resumed();
  wait(Seconds(2));
  EXPECT_EQ(looks(), before + 1);
}

TEST_F(RefreshTest, AHomeWhoseTopologyCannotBeReadSaysSoAndIsMendedByTheNextLook) {
  bool broken = true;
  vendor.fault = [&](const HttpRequest& asked) -> std::optional<HttpOutcome> {
    if (broken && asked.url.ends_with("/topology")) return json("no JSON");
    return std::nullopt;
  };
  sign_in();
  wait(Seconds(40));
  ASSERT_EQ(state().plants.size(), 1U);
  EXPECT_EQ(state().plants[0].name, "Rue des Lilas");
  EXPECT_TRUE(state().plants[0].modules.empty()) << "no tiles without names";
  EXPECT_EQ(looks(), 0) << "a state with nothing to put it into is not read";
  ASSERT_TRUE(problem("topology:"));
  EXPECT_TRUE(problem("topology:")->can_retry);
  broken = false;
  wait(Minutes(30));
  EXPECT_FALSE(problem("topology:"));
  EXPECT_EQ(module(lamp).name, "The lamp");
  EXPECT_GT(looks(), 0);
}

TEST_F(RefreshTest, AReloadRightAfterTheFirstHomeKeepsItWhenTheTopologyFails) {
  open();
  open(answer_url());
  wait(Millis(50));
  ASSERT_EQ(state().plants.size(), 1U);
  vendor.fault = [](const HttpRequest& asked) -> std::optional<HttpOutcome> {
    if (asked.url.contains("/plants/")) return json("");
    return std::nullopt;
  };
  open();
  wait(Seconds(30));
  ASSERT_EQ(state().plants.size(), 1U);
  EXPECT_EQ(module(lamp).name, "The lamp");
}

TEST_F(RefreshTest, APageThatStartsHiddenWaits) {
  sign_in();
  const auto calls = memory.http.sent.size();
  open_hidden();
  wait(Minutes(30));
  EXPECT_EQ(memory.http.sent.size(), calls);
  EXPECT_EQ(state().plants.size(), 1U) << "the cached home is there";
  app->set_visible(true);
  wait(Seconds(1));
  EXPECT_GT(memory.http.sent.size(), calls);
}

TEST_F(RefreshTest, ThePersonsRefreshIsOneReadAtOnce) {
  sign_in();
  const int before = looks();
  app->dispatch(intent::Refresh{});
  app->dispatch(intent::Refresh{});
  wait(Seconds(1));
  EXPECT_GE(looks(), before + 1);
  EXPECT_LE(looks(), before + 2);
}

TEST_F(RefreshTest, ANewModuleIsSeenByARefreshAfterAWhile) {
  sign_in();
  vendor.devices["heater"] = {"heaters", "heater", "NLC"};
  wait(Minutes(16));
  app->dispatch(intent::Refresh{});
  wait(Seconds(1));
  EXPECT_EQ(vendor.calls["topology"], 2);
  ASSERT_TRUE(state().plants[0].module(ModuleId("hc:heater")));
}

TEST_F(RefreshTest, ATopologyThatCannotBeReadIsNotAskedForAtEveryPoll) {
  vendor.fault = [](const HttpRequest& asked) -> std::optional<HttpOutcome> {
    if (asked.url.ends_with("/topology")) return refusal(403, "no permission");
    return std::nullopt;
  };
  sign_in();
  ASSERT_TRUE(problem("topology:hc:p1"));
  EXPECT_EQ(state().plants.size(), 1U) << "named at least";
  const int lists = vendor.calls["plants"];
  wait(Hours(2));
  EXPECT_LE(vendor.calls["plants"] - lists, 8);
  vendor.fault = {};
  wait(Minutes(20));
  EXPECT_TRUE(state().plants[0].module(lamp));
  EXPECT_EQ(state().plants[0].module(lamp)->name, "The lamp");
}

TEST_F(RefreshTest, TheDailyLimitParksTheAccountAndLastsOverAReloadE6) {
  sign_in();
  fail_reads(refusal(403, "Out of call volume quota. Quota will be replenished in 02:00:00."));
  app->dispatch(intent::Refresh{});
  wait(Seconds(1));
  const Problem* told = problem("account:demo:E6");
  ASSERT_TRUE(told);
  ASSERT_TRUE(told->again_at);
  EXPECT_GE(*told->again_at - memory.time.now(), Minutes(119));
  const auto calls = memory.http.sent.size();
  wait(Minutes(118));
  EXPECT_EQ(memory.http.sent.size(), calls) << "0 calls while parked";
  open();
  wait(Seconds(30));
  EXPECT_EQ(memory.http.sent.size(), calls) << "a reload does not get round it";

  vendor.fault = {};
  wait(Minutes(10));
  EXPECT_GT(memory.http.sent.size(), calls);
  EXPECT_FALSE(problem("account:demo:E6"));
}

TEST_F(RefreshTest, AnotherProgramOnTheSameQuotaIsSpokenOfQ7) {
  sign_in();
  fail_reads(refusal(403, "Out of call volume quota. Quota will be replenished in 01:00:00."));
  app->dispatch(intent::Refresh{});
  wait(Seconds(1));
  vendor.fault = {};
  wait(Minutes(70));
  ASSERT_TRUE(problem("quota:demo"));
  EXPECT_EQ(problem("quota:demo")->what, "Another program uses the same calls.");
  EXPECT_EQ(problem("quota:demo")->details, "Q7");
}

TEST_F(RefreshTest, FourFifthsOfTheCallsAreWarnedOfQ10) {
  sign_in();
  const auto begin_with = [this](int used) {
    for (auto& [name, text] : memory.storage.records)
      if (name.second.starts_with("ledger/")) {
        Json ledger = *parse_json(text);
        ledger["used"] = used;
        text = dump_json(ledger);
      }
    app->dispatch(intent::LookAgain{lamp});  // counts one more
    wait(Seconds(1));
  };
  begin_with(398);
  EXPECT_EQ(state().accounts[0].ledger.used, 399);
  EXPECT_FALSE(problem("quota:demo"));
  begin_with(399);
  ASSERT_TRUE(problem("quota:demo"));
  EXPECT_EQ(problem("quota:demo")->details, "Q10");
  EXPECT_TRUE(problem("quota:demo")->what.contains("400")) << problem("quota:demo")->what;
  wait(Hours(25));
  EXPECT_FALSE(problem("quota:demo")) << "a new day";
}

// Who pressed waits for 15 s and not longer; the background has a minute.
TEST_F(RefreshTest, APressWaitsForFifteenSecondsAndNotLongerN2) {
  sign_in();
  const auto busy_once = [this](const std::string& seconds) {
    vendor.fault = [this, seconds](const HttpRequest& asked) -> std::optional<HttpOutcome> {
      if (asked.url.ends_with("/token")) return std::nullopt;
      const auto keep = std::exchange(vendor.fault, {});  // this function, until it has answered
      return refusal(429, "Rate limit is exceeded. Try again in " + seconds + " seconds.");
    };
  };
  busy_once("12");
  app->dispatch(intent::LookAgain{lamp});
  wait(Seconds(11));
  EXPECT_FALSE(problem("account:demo:E13")) << "it waits";
  const int before = vendor.calls["module"];
  wait(Seconds(2));
  EXPECT_EQ(vendor.calls["module"], before + 1);
  EXPECT_FALSE(problem("account:demo:E13"));

  wait(Minutes(5));
  busy_once("17");
  app->dispatch(intent::LookAgain{lamp});
  wait(Seconds(1));
  EXPECT_TRUE(problem("account:demo:E13")) << "told at once";
}

TEST_F(RefreshTest, WithoutStorageHalfOfTheCallsAreAssumedAndThatIsSaidQ9) {
  sign_in();
  memory.storage.fail_reads = memory.storage.fail_writes = true;
  app->dispatch(intent::Refresh{});
  wait(Seconds(1));
  EXPECT_GE(state().accounts[0].ledger.used, 250);
  ASSERT_TRUE(problem("quota:demo"));
  EXPECT_EQ(problem("quota:demo")->details, "Q9");
  EXPECT_TRUE(problem("storage"));
}

TEST_F(RefreshTest, ARefreshThatIsPressedAgainWhileItLooksIsOneCallQ3) {
  sign_in();
  memory.http.latency = Millis(500);
  const int before = vendor.calls["module"];
  for (int i = 0; i < 5; ++i) app->dispatch(intent::LookAgain{lamp});
  wait(Seconds(2));
  EXPECT_EQ(vendor.calls["module"], before + 1);
}

TEST_F(RefreshTest, AMachineThatSleptLooksOnceWhenItWakesN6) {
  sign_in();
  const int before = looks();
  wait(Minutes(1));
  memory.time.jump_wall(Hours(8));  // the wall clock went on, the steady one stood still
  wait(Minutes(6));
  EXPECT_GE(looks(), before + 1);
  EXPECT_LE(looks(), before + 2);
}

TEST_F(RefreshTest, ACommandWhileParkedFailsWithTheTimeWhenItWillWork) {
  sign_in();
  fail_reads(refusal(403, "Out of call volume quota. Quota will be replenished in 02:00:00."));
  app->dispatch(intent::Refresh{});
  wait(Seconds(1));
  send(lamp, Aspect::on_off, true);
  wait(Seconds(1));
  EXPECT_EQ(picture(lamp), "failed");
  EXPECT_TRUE(text(lamp).contains("Available again at")) << text(lamp);
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), false);
}

TEST_F(RefreshTest, ASilentGatewayIsProbedAfterOneFiveFifteenAndThirtyMinutesE8) {
  sign_in();
  fail_reads(refusal(404, "Gateway Offline"));
  const Instant begin = memory.time.now();
  std::vector<std::int64_t> minutes;
  const auto usual = memory.http.respond;
  memory.http.respond = [&](const HttpRequest& asked) {
    if (asked.url.ends_with("/plants/p1"))
      minutes.push_back(std::chrono::duration_cast<Minutes>(memory.time.now() - begin).count());
    return usual(asked);
  };
  app->dispatch(intent::Refresh{});
  wait(Minutes(90));
  EXPECT_EQ(minutes, (std::vector<std::int64_t>{0, 1, 6, 21, 51, 81}));
  const Problem* told = problem("gateway:");
  ASSERT_TRUE(told);
  EXPECT_TRUE(told->what.contains("offline since")) << told->what;
  EXPECT_EQ(module(lamp).reach, Reach::unreachable);
  EXPECT_EQ(state().problems.size(), 1U);

  vendor.fault = {};
  wait(Minutes(31));
  EXPECT_FALSE(problem("gateway:"));
  EXPECT_EQ(module(lamp).reach, Reach::reachable);
  EXPECT_TRUE(state().notice.contains("answers again")) << state().notice;
}

TEST_F(RefreshTest, TryAgainProbesTheGatewayAtOnce) {
  sign_in();
  fail_reads(refusal(404, "Gateway Offline"));
  app->dispatch(intent::Refresh{});
  wait(Minutes(8));
  vendor.fault = {};
  app->dispatch(intent::Retry{problem("gateway:")->key});
  wait(Seconds(1));
  EXPECT_FALSE(problem("gateway:"));
}

TEST_F(RefreshTest, AnExpiredPasswordStopsEverythingUntilThePersonActedE17) {
  sign_in();
  fail_reads(refusal(469, "password expired"));
  app->dispatch(intent::Refresh{});
  wait(Seconds(1));
  ASSERT_TRUE(problem("account:demo:E17"));
  EXPECT_TRUE(problem("account:demo:E17")->can_retry);
  const auto calls = memory.http.sent.size();
  wait(Hours(1));
  EXPECT_EQ(memory.http.sent.size(), calls);
  EXPECT_EQ(state().accounts[0].session.status, oauth::Status::signed_in) << "the session stays";
  vendor.fault = {};
  app->dispatch(intent::Retry{{ProblemKey::About::account, "demo", "E17"}});
  wait(Seconds(1));
  EXPECT_FALSE(problem("account:demo:E17"));
  const int before = looks();
  wait(Minutes(30));
  EXPECT_GT(looks(), before) << "and it goes on";
}

TEST_F(RefreshTest, ProblemsAreToldOnceAndKeepTheirBeginning) {
  sign_in();
  fail_reads(refusal(500, "broken"));
  app->dispatch(intent::Refresh{});
  wait(Minutes(1));
  ASSERT_TRUE(problem("account:demo:E16"));
  const Instant since = problem("account:demo:E16")->since;
  app->dispatch(intent::Refresh{});
  wait(Minutes(20));
  ASSERT_EQ(state().problems.size(), 1U);
  EXPECT_EQ(state().problems[0].since, since);
  app->dispatch(intent::Dismiss{state().problems[0].key});
  EXPECT_TRUE(state().problems.empty());
}

TEST_F(RefreshTest, AModuleThatIsGoneIsLookedForInTheTopologyOnceE9) {
  sign_in();
  vendor.fault = [this](const HttpRequest& asked) -> std::optional<HttpOutcome> {
    if (asked.method == "POST" && asked.url.contains("/lamp")) {
      vendor.devices.erase("lamp");
      return refusal(404, "Resource not found");
    }
    return std::nullopt;
  };
  const int topologies = vendor.calls["topology"];
  send(lamp, Aspect::on_off, true);
  wait(Seconds(5));
  EXPECT_EQ(vendor.calls["topology"], topologies + 1);
  EXPECT_FALSE(state().plants[0].module(lamp));
  EXPECT_EQ(state().plants[0].modules.size(), 4U);
}

TEST_F(RefreshTest, AHomeThatIsNoLongerListedLeavesAndTheLinkFollows) {
  sign_in("/home/hc:p1");
  vendor.plant_name.clear();
  open(page, "/home/hc:p1");
  wait(Seconds(2));
  EXPECT_TRUE(state().plants.empty());
  EXPECT_TRUE(state().route.plant.empty());
  for (const auto& [name, value] : memory.storage.records)
    EXPECT_FALSE(name.second.starts_with("home/")) << name.second;
}

TEST_F(RefreshTest, HeadlessUseNeedsNoStart) {
  sign_in();
  app = std::make_unique<Controller>(host, demo_config());
  app->set_visible(false);
  std::optional<Result<void>> loaded;
  TaskScope scope;
  scope.spawn([](Controller& program, std::optional<Result<void>>& to) -> Task<void> {
    co_await program.restore();
    to = co_await program.load("demo");
  }(*app, loaded));
  wait(Seconds(1));
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(*loaded);
  EXPECT_EQ(state().plants.size(), 1U);
  const auto calls = memory.http.sent.size();
  wait(Hours(1));
  EXPECT_EQ(memory.http.sent.size(), calls);
}

// What is read meanwhile is newer than what completes the home: the list of scenes arrives late.
TEST_F(RefreshTest, WhatCompletesAHomePutsNoOlderStateBack) {
  sign_in();
  wait(Minutes(20));
  vendor.devices["lamp"].on = true;
  const auto usual = memory.http.respond;
  memory.http.respond = [this, usual](const HttpRequest& asked) -> Task<HttpOutcome> {
    if (!asked.url.contains("/scene/")) return usual(asked);
    return [](VirtualTime* time, Task<HttpOutcome> answer) -> Task<HttpOutcome> {
      co_await time->sleep(Seconds(8));
      co_return co_await answer;
    }(&memory.time, usual(asked));
  };
  app->dispatch(intent::Refresh{});
  wait(Seconds(1));
  app->dispatch(intent::Send{plug, {Aspect::on_off, false}});
  wait(Seconds(20));
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), true);
  EXPECT_EQ(module(plug).flag(Aspect::on_off), false);
}

TEST_F(RefreshTest, TryAgainOfOneAccountAsksThatOneAlone) {
  two_accounts = true;
  open();
  for (const char* account : {"demo", "second"}) {
    open(answer_url("code=c1", account));
    wait(Seconds(3));
  }
  ASSERT_TRUE(state().accounts[0].session.status == oauth::Status::signed_in &&
              state().accounts[1].session.status == oauth::Status::signed_in);
  fail_reads(refusal(500, "Internal error"));
  app->dispatch(intent::Refresh{});
  wait(Minutes(2));
  const Problem* told = problem("account:demo");
  ASSERT_NE(told, nullptr);
  vendor.fault = {};
  memory.http.sent.clear();
  app->dispatch(intent::Retry{told->key});
  wait(Seconds(3));
  ASSERT_FALSE(memory.http.sent.empty());
  const auto sent = [&](const char* account) { return app->gateway(account)->journal().back().at; };
  EXPECT_GE(sent("demo"), memory.time.now() - Seconds(3));
  EXPECT_LT(sent("second"), memory.time.now() - Seconds(3));
}

}  // namespace
}  // namespace foyer::test
