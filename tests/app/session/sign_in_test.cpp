// From the first visit to a switched lamp, and what can go wrong on the way.
#include <algorithm>

#include "core/app/state/words.hpp"
#include "core/model/home_json.hpp"
#include "tests/app/support.hpp"

namespace foyer::test {
namespace {

using View = Route::View;

class SignInTest : public App {};

TEST_F(SignInTest, ASignInLeadsToTheHomeAndASwitchToALampThatIsOn) {
  open();
  EXPECT_TRUE(state().started);
  EXPECT_EQ(state().route.view, View::welcome);
  const std::string url = answer_url();
  EXPECT_TRUE(state().accounts[0].signing_in);
  ASSERT_EQ(memory.navigator.opened.size(), 1U);

  open(url);  // the page comes back from the provider
  EXPECT_EQ(state().accounts[0].session.status, oauth::Status::signed_in);
  EXPECT_EQ(state().route.view, View::home);
  ASSERT_FALSE(routes.empty());
  EXPECT_TRUE(routes.back().second) << "the callback leaves no entry in the history";
  ASSERT_EQ(state().plants.size(), 1U);
  EXPECT_EQ(state().plants[0].name, "Rue des Lilas");
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), false);
  EXPECT_FALSE(state().loading);
  EXPECT_TRUE(state().accounts[0].loaded);
  EXPECT_TRUE(state().problems.empty());

  send(lamp, Aspect::on_off, true);
  wait(Seconds(4));
  EXPECT_TRUE(vendor.devices["lamp"].on);
  EXPECT_EQ(picture(lamp), "confirmed");
}

// A page brings the part of some providers when somebody is signed in to them.
TEST_F(SignInTest, AProviderIsNotAskedBeforeItsPartIsHere) {
  providers = {"hc", "netatmo"};
  const auto asked_netatmo = [this] {
    return std::ranges::any_of(memory.http.sent,
                               [](const HttpRequest& one) { return one.url.contains("/homesdata"); });
  };
  memory.parts.later = true;
  memory.parts.reachable = false;
  open();
  EXPECT_EQ(memory.parts.asked, 0) << "nobody is signed in";
  const std::string url = answer_url();
  open(url);
  EXPECT_FALSE(asked_netatmo());
  EXPECT_EQ(vendor.calls["topology"], 0) << "what reads homes is not here";
  ASSERT_EQ(state().problems.size(), 1U);
  EXPECT_EQ(state().problems[0].what, "A part of Foyer itself could not be loaded.");
  EXPECT_TRUE(state().problems[0].can_retry);

  memory.parts.reachable = true;
  app->dispatch(intent::Retry{state().problems[0].key});
  wait(Seconds(1));
  EXPECT_TRUE(asked_netatmo());
  ASSERT_EQ(state().plants.size(), 1U);

  memory.parts.here.clear();
  open();
  EXPECT_TRUE(memory.parts.has(Part::homes)) << "after a reload once more, before the kept home is shown";
  EXPECT_EQ(state().plants.size(), 1U);
}

TEST_F(SignInTest, TheDeepLinkOfAVisitorWaitsForTheSignInA6) {
  const std::string link = "/home/hc:p1/module/hc:lamp";
  open(page, "#" + link);
  EXPECT_EQ(state().route.view, View::welcome);
  const std::string url = answer_url();
  open(url);
  EXPECT_EQ(to_text(state().route), link);
}

TEST_F(SignInTest, ALinkToWhatIsGoneLeadsToTheHome) {
  sign_in();
  open(page, "/home/hc:p1/module/hc:gone");
  wait(Seconds(1));
  EXPECT_EQ(state().route.view, View::home);
  EXPECT_TRUE(routes.back().second);
}

TEST_F(SignInTest, TheSessionAndTheHomeSurviveAReload) {
  sign_in();
  vendor.devices["lamp"].on = true;
  bool cut = true;
  vendor.fault = [&](const HttpRequest&) -> std::optional<HttpOutcome> {
    if (cut) return std::unexpected(HttpFailure::opaque);
    return std::nullopt;
  };
  open();
  // What was known is shown at once, as old as it is.
  ASSERT_EQ(state().plants.size(), 1U);
  ASSERT_TRUE(module(lamp).reading(Aspect::on_off));
  EXPECT_EQ(module(lamp).reading(Aspect::on_off)->origin, Origin::cached);
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), false);
  wait(Seconds(50));
  ASSERT_TRUE(problem("account:demo:E2")) << "no way to the service is told";
  EXPECT_EQ(state().plants.size(), 1U);

  cut = false;
  wait(Minutes(10));
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), true);
  EXPECT_EQ(module(lamp).reading(Aspect::on_off)->origin, Origin::cloud);
  EXPECT_FALSE(problem("account:demo:E2")) << "the cause is gone, so is the problem";
}

TEST_F(SignInTest, ACachedHomeOfTheLastQuarterOfAnHourCostsNoTopology) {
  sign_in();
  EXPECT_EQ(vendor.calls["topology"], 1);
  open();
  wait(Seconds(1));
  EXPECT_EQ(vendor.calls["topology"], 1);
  EXPECT_EQ(vendor.calls["plants"], 2) << "a new home is seen at every start";
  EXPECT_EQ(vendor.calls["status"], 2);
  wait(Minutes(16));
  open();
  wait(Seconds(1));
  EXPECT_EQ(vendor.calls["topology"], 2);
}

TEST_F(SignInTest, ACallbackOpenedTwiceIsIgnoredWhileSignedInB3) {
  open();
  const std::string url = answer_url();
  open(url);
  const auto tokens =
      std::ranges::count_if(memory.http.sent, [](const HttpRequest& one) { return one.method == "POST"; });
  open(url);  // Back, reload, or a bookmark of the callback
  EXPECT_TRUE(state().problems.empty());
  EXPECT_EQ(state().accounts[0].session.status, oauth::Status::signed_in);
  EXPECT_EQ(
      std::ranges::count_if(memory.http.sent, [](const HttpRequest& one) { return one.method == "POST"; }),
      tokens);
}

TEST_F(SignInTest, AnAnswerOfNobodysSignInOffersToSignInAgainB3) {
  open(page + "?code=stolen&state=unknown");
  ASSERT_TRUE(problem("sign_in:demo"));
  EXPECT_TRUE(problem("sign_in:demo")->needs_sign_in);
  EXPECT_TRUE(memory.http.sent.empty()) << "no token request";
  EXPECT_EQ(state().route.view, View::welcome);

  app->dispatch(intent::Retry{{ProblemKey::About::sign_in, "demo"}});
  wait(Millis(0));
  EXPECT_EQ(memory.navigator.opened.size(), 1U);
}

TEST_F(SignInTest, ADeclinedConsentIsExplainedAndNothingStartsByItselfX9) {
  open();
  const std::string url = answer_url("error=access_denied&error_description=Access+denied+by+user");
  open(url);
  wait(Minutes(1));
  const Problem* told = problem("sign_in:demo");
  ASSERT_TRUE(told);
  EXPECT_TRUE((told->what + told->details).contains("Access denied by user")) << told->details;
  EXPECT_TRUE(told->remedy.contains("listed permissions")) << told->remedy;
  EXPECT_TRUE(told->needs_sign_in);
  EXPECT_EQ(memory.navigator.opened.size(), 1U);
  EXPECT_FALSE(state().accounts[0].signing_in);
  EXPECT_EQ(state().route.view, View::welcome);
}

TEST_F(SignInTest, ATokenServiceThatIsDownLosesNothing) {
  open();
  const std::string url = answer_url();
  vendor.fault = [](const HttpRequest&) -> std::optional<HttpOutcome> { return refusal(503, "down"); };
  open(url);
  wait(Minutes(1));
  ASSERT_TRUE(problem("sign_in:demo"));
  vendor.fault = {};
  open(answer_url());
  EXPECT_EQ(state().accounts[0].session.status, oauth::Status::signed_in);
  EXPECT_FALSE(problem("sign_in:demo"));
}

TEST_F(SignInTest, ALoopbackAnswerArrivesWhileTheProgramRuns) {
  open();
  app->callback(answer_url());
  wait(Seconds(1));
  EXPECT_EQ(state().plants.size(), 1U);
  EXPECT_EQ(state().route.view, View::home);
}

TEST_F(SignInTest, SignOutTakesTheHomeAndKeepsTheTheme) {
  sign_in();
  app->dispatch(intent::SetTheme{Theme::dark});
  app->dispatch(intent::SignOut{"demo"});
  wait(Seconds(5));
  EXPECT_TRUE(state().plants.empty());
  EXPECT_EQ(state().route.view, View::welcome);
  for (const auto& [name, value] : memory.storage.records)
    EXPECT_FALSE(name.second.starts_with("home/")) << name.second;
  const auto calls = memory.http.sent.size();
  wait(Hours(2));
  EXPECT_EQ(memory.http.sent.size(), calls) << "nobody is signed in, nothing is asked";
  open();
  EXPECT_EQ(state().theme, Theme::dark);
  EXPECT_TRUE(state().plants.empty());
  EXPECT_TRUE(state().problems.empty());
}

TEST_F(SignInTest, GSignOutGoesOnToTheProvidersOwnWhereItIsConfigured) {
  end_session = "https://login.example/logout";
  sign_in();
  memory.navigator.opened.clear();
  app->dispatch(intent::SignOut{"demo"});
  wait(Millis(0));
  EXPECT_EQ(state().accounts[0].session.status, oauth::Status::signed_out);
  ASSERT_EQ(memory.navigator.opened.size(), 1U);
  EXPECT_EQ(memory.navigator.opened[0],
            "https://login.example/logout?client_id=client&post_logout_redirect_uri=" + percent_encode(page));
}

TEST_F(SignInTest, S3ASignOutThatCannotBeKeptSaysSo) {
  sign_in();
  memory.vault.fail_writes = true;
  app->dispatch(intent::SignOut{"demo"});
  wait(Millis(0));
  EXPECT_NE(state().notice.find("clear the data of this site"), std::string::npos) << state().notice;
}

TEST_F(SignInTest, P11ATabThatComesBackLearnsOfASignOutItHasNotHeardOf) {
  sign_in();
  Controller other(host, demo_config());  // a tab whose notice gets lost
  other.start(page, "");
  wait(Millis(10));
  other.dispatch(intent::SignOut{"demo"});
  wait(Millis(10));
  ASSERT_FALSE(state().plants.empty());
  const auto calls = memory.http.sent.size();
  app->resumed();
  wait(Millis(10));
  EXPECT_TRUE(state().plants.empty());
  EXPECT_EQ(state().route.view, View::welcome);
  EXPECT_EQ(memory.http.sent.size(), calls) << "nothing is asked with a token that was given back";
}

TEST_F(SignInTest, TwoAccountsAreSignedInSideBySide) {
  two_accounts = true;
  sign_in();
  ASSERT_EQ(state().accounts.size(), 2U);
  EXPECT_EQ(state().accounts[1].session.status, oauth::Status::signed_out);
  open(answer_url("code=c2", "second"));
  wait(Seconds(2));
  EXPECT_EQ(state().accounts[0].session.status, oauth::Status::signed_in);
  EXPECT_EQ(state().accounts[1].session.status, oauth::Status::signed_in);
  EXPECT_TRUE(state().accounts[1].loaded);
  EXPECT_TRUE(state().problems.empty());

  EXPECT_EQ(state().plants.size(), 1U) << "both see the same home: it is there once";

  app->dispatch(intent::SignOut{"second"});
  wait(Seconds(1));
  EXPECT_EQ(state().accounts[0].session.status, oauth::Status::signed_in) << "the other one stays";
  EXPECT_EQ(state().plants.size(), 1U) << "and the home that both could see";
  EXPECT_EQ(state().route.view, View::home);
}

TEST_F(SignInTest, AHomeOfTwoAccountsStaysWhenTheFirstOneLeaves) {
  two_accounts = true;
  sign_in();
  open(answer_url("code=c2", "second"));
  wait(Seconds(2));
  app->dispatch(intent::SignOut{"demo"});
  wait(Minutes(3));
  ASSERT_EQ(state().plants.size(), 1U);
  EXPECT_EQ(state().plant_account.at(plant_id), "second");
}

TEST_F(SignInTest, ADenialForOneAccountLeavesTheOther) {
  two_accounts = true;
  sign_in();
  open(answer_url("error=access_denied", "second"));
  wait(Seconds(2));
  EXPECT_TRUE(problem("sign_in:second"));
  EXPECT_FALSE(problem("sign_in:demo"));
  EXPECT_EQ(state().accounts[0].session.status, oauth::Status::signed_in);
  EXPECT_EQ(state().plants.size(), 1U);
}

TEST_F(SignInTest, APersonWithoutAHomeIsNoProblem) {
  vendor.plant_name.clear();
  sign_in();
  EXPECT_TRUE(state().accounts[0].loaded);
  EXPECT_TRUE(state().plants.empty());
  EXPECT_TRUE(state().problems.empty());
}

TEST_F(SignInTest, ASessionThatIsOverNamesItsAccountSoThatOneButtonSignsInAgain) {
  sign_in();
  vendor.fault = [](const HttpRequest& asked) -> std::optional<HttpOutcome> {
    if (asked.url.ends_with("/token")) return json(R"({"error":"invalid_grant"})", 400);
    return refusal(401, "The access token has expired");
  };
  send(lamp, Aspect::on_off, true);
  wait(Minutes(1));
  const Problem* over = problem("session:demo");
  ASSERT_TRUE(over);
  EXPECT_TRUE(over->needs_sign_in);
  EXPECT_EQ(over->account, "demo");
  EXPECT_EQ(state().plants.size(), 1U) << "the home stays to be looked at";
}

TEST_F(SignInTest, BlockedStorageIsToldAndEverythingElseWorks) {
  memory.vault.fail_writes = true;
  open();
  app->callback(answer_url());
  wait(Seconds(5));
  EXPECT_EQ(state().plants.size(), 1U);
  memory.storage.fail_reads = memory.storage.fail_writes = true;
  app->dispatch(intent::Refresh{});
  wait(Seconds(20));
  EXPECT_TRUE(problem("storage"));
  send(lamp, Aspect::on_off, true);
  wait(Seconds(5));
  EXPECT_EQ(picture(lamp), "confirmed");
}

TEST_F(SignInTest, AnAnswerThatCannotBeReadHidesNothingThatIsKnown) {
  sign_in();
  const std::vector<std::string> bodies{
      "", "{", "not json", "[1,2", R"({"modules":3})", std::string(100000, '[')};
  for (const std::string& body : bodies) {
    vendor.fault = [&](const HttpRequest& asked) -> std::optional<HttpOutcome> {
      if (!asked.url.ends_with("/plants/p1")) return std::nullopt;
      return json(body);
    };
    app->dispatch(intent::Refresh{});
    wait(Minutes(1));
    EXPECT_EQ(state().plants.size(), 1U);
    EXPECT_EQ(state().plants[0].modules.size(), 5U);
    EXPECT_TRUE(problem("account:demo:E15")) << body.substr(0, 20);
  }
  vendor.fault = {};
  app->dispatch(intent::Refresh{});
  wait(Seconds(1));
  EXPECT_FALSE(problem("account:demo"));
}

TEST_F(SignInTest, NothingIsWrittenThatIsSecret) {
  sign_in();
  wait(Seconds(5));
  for (const auto& [name, value] : memory.storage.records) {
    EXPECT_FALSE(value.contains("at-1")) << name.second;
    EXPECT_FALSE(value.contains("rt-1")) << name.second;
    EXPECT_FALSE(value.contains("key-1")) << name.second;
  }
}

TEST_F(SignInTest, ChangesAreToldOncePerEvent) {
  sign_in();
  changes = 0;
  send(lamp, Aspect::on_off, true);
  send(dimmer, Aspect::level, 20.0);
  app->dispatch(intent::SetTheme{Theme::light});
  EXPECT_EQ(changes, 0);
  wait(Millis(0));
  EXPECT_EQ(changes, 1);
}

TEST_F(SignInTest, AFatalMistakeIsShownAndNothingElse) {
  app = std::make_unique<Controller>(host, Config{});
  app->give_up("config.json: clouds: expected a list with at least one cloud");
  EXPECT_TRUE(state().started);
  EXPECT_TRUE(state().fatal.contains("clouds"));
}

// Codes as core/oauth gives them; what has no words here would be read in English by everybody.
TEST(SignInText, WhatASignInIsRefusedForHasWordsInEveryLanguage) {
  using enum ErrorKind;
  const std::pair<ErrorKind, const char*> refusals[] = {
      {protocol, "A6"},        {protocol, "B2"},        {protocol, "B3"},      {protocol, "B3.late"},
      {protocol, "C2"},        {malformed, "C3"},       {protocol, "C7.jwks"}, {protocol, "D4.signature"},
      {protocol, "D9.nonce"},  {protocol, "D12"},       {protocol, "R3.sub"},  {storage, "S3"},
      {storage, "B6"},         {parked, "T1"},          {parked, "S3"},        {parked, "X7.429"},
      {transport, "X7"},       {signed_out, "T9"},      {signed_out, "T7"},    {cancelled, "T9"},
      {transport, "D4.fetch"}, {protocol, "K3.behind"}, {protocol, "K3.ahead"}};
  for (const auto& [kind, code] : refusals)
    EXPECT_NE(sign_in_text({kind, code, "its own English", "12 min"}), "its own English") << code;
  EXPECT_TRUE(sign_in_text({protocol, "K3.behind", "", "12 min"}).contains("12 min"));
}

// The example of controller.hpp.
TEST_F(SignInTest, TheExampleOfTheControllersHeader) {
  sign_in();  // somebody is signed in at home
  Config config = demo_config();
  const std::string address = page;
  std::uint64_t drawn = 0;
  const auto draw = [&drawn](const State& state) { drawn = state.version; };
  app.reset();

  Controller foyer(host, config);
  foyer.on_change = [&] { draw(foyer.state()); };
  foyer.start(address, "/home");
  wait(Seconds(2));
  foyer.dispatch(intent::Send{lamp, {Aspect::on_off, true}});
  wait(Seconds(5));
  EXPECT_EQ(drawn, foyer.state().version);
  EXPECT_EQ(vendor.commands, std::vector<std::string>{R"(lamp {"status":"on"})"});
}

// What a program that ends needs: nothing waits for a second that never comes.
TEST_F(SignInTest, FlushWritesAtOnceWhatWouldBeWrittenSoon) {
  open_hidden();
  const std::string url = answer_url();
  open_hidden();
  TaskScope scope;
  std::string order;
  const auto homes = [this] {
    return std::ranges::count_if(memory.storage.records,
                                 [](const auto& one) { return one.first.second.starts_with("home/"); });
  };
  scope.spawn([](App& test, Controller& program, std::string back, std::string& said) -> Task<void> {
    (void)test;
    if (!co_await program.complete(std::move(back))) co_return;
    if (!co_await program.load("demo")) co_return;
    if (!co_await program.refresh(plant_id)) co_return;
    said = "read";
    co_await program.flush();
    said += " kept";
  }(*this, *app, url, order));
  const Instant before = memory.time.now();
  for (int step = 0; step < 1000 && order != "read kept" && memory.time.now() - before < Seconds(1); ++step)
    if (!memory.time.run_next()) break;
  EXPECT_EQ(order, "read kept");
  EXPECT_LT(memory.time.now() - before, Seconds(1));
  EXPECT_EQ(homes(), 1);
  const auto kept = plant_from_json(std::ranges::find_if(memory.storage.records, [](const auto& one) {
                                      return one.first.second.starts_with("home/");
                                    })->second);
  ASSERT_TRUE(kept);
  EXPECT_TRUE(kept->status_at) << "the newest look is in it";
}

}  // namespace
}  // namespace foyer::test
