// The doctor, the console and the journal of a running program.
#include <algorithm>

#include "core/app/developer/console.hpp"
#include "core/app/problems/doctor.hpp"
#include "tests/app/support.hpp"

namespace foyer::test {
namespace {

using FindingState = Finding::State;

class DeskTest : public App {
 protected:
  const Finding* found(const std::string& part) const {
    const auto at = std::ranges::find(state().doctor.findings, part, &Finding::part);
    return at == state().doctor.findings.end() ? nullptr : &*at;
  }
  void examine(bool ask_api = false) {
    app->set_visible(false);  // nothing is polled meanwhile
    app->dispatch(intent::Examine{ask_api});
    wait(Minutes(1));
    ASSERT_FALSE(state().doctor.running);
  }
  int plants() const {
    const auto at = vendor.calls.find("plants");
    return at == vendor.calls.end() ? 0 : at->second;
  }
};

TEST_F(DeskTest, TheDoctorCostsNoCallUnlessThePersonAgrees) {
  sign_in();
  const int before = state().accounts[0].ledger.used;
  examine();
  EXPECT_EQ(state().accounts[0].ledger.used, before);
  EXPECT_EQ(found("api")->state, FindingState::unknown);
  const int cost = doctor_cost(state(), memory.time.now());
  EXPECT_GT(cost, 0);
  examine(true);
  EXPECT_EQ(found("api")->state, FindingState::good);
  EXPECT_LE(state().accounts[0].ledger.used - before, cost);
}

TEST_F(DeskTest, OfflineIsSaidAsOfflineE1) {
  sign_in();
  app->set_online(false);
  vendor.fault = [](const HttpRequest&) -> std::optional<HttpOutcome> {
    return std::unexpected(HttpFailure::offline);
  };
  examine();
  ASSERT_NE(found("token"), nullptr);
  EXPECT_EQ(found("token")->state, FindingState::trouble);
  EXPECT_EQ(found("token")->what, "You are offline.");
}

TEST_F(DeskTest, ABlockedHostIsToldApartFromAServerThatIsAway) {
  sign_in();
  bool own = true;
  vendor.fault = [&](const HttpRequest& request) -> std::optional<HttpOutcome> {
    if (own && request.url == page) return HttpResponse{.status = 200};
    return std::unexpected(HttpFailure::opaque);
  };
  examine();
  ASSERT_NE(found("token"), nullptr);
  EXPECT_TRUE(found("token")->remedy.contains("CORS")) << found("token")->remedy;
  own = false;
  examine();
  EXPECT_TRUE(found("token")->remedy.contains("server of this page does not answer"))
      << found("token")->remedy;
}

TEST_F(DeskTest, AVendorOutageIsNobodysFaultHereE16) {
  sign_in();
  vendor.fault = [](const HttpRequest&) -> std::optional<HttpOutcome> { return HttpResponse{.status = 503}; };
  examine();
  EXPECT_EQ(found("token")->what, "The vendor’s service does not answer (status 503).");
}

TEST_F(DeskTest, AWebServerWithoutRelayIsNamed) {
  sign_in();
  vendor.fault = [](const HttpRequest&) -> std::optional<HttpOutcome> {
    return HttpResponse{.status = 404, .body = "<html>"};
  };
  examine();
  EXPECT_TRUE(found("token")->remedy.contains("relay is not set up")) << found("token")->remedy;
}

TEST_F(DeskTest, AClockThatIsOffIsSaidWithHowMuchK3) {
  sign_in();
  vendor.fault = [](const HttpRequest& request) -> std::optional<HttpOutcome> {
    if (request.method != "GET" || request.url.contains("/api/")) return std::nullopt;
    return HttpResponse{
        .status = 200, .headers = {{"Date", "Thu, 01 Jan 2015 00:00:00 GMT"}}, .body = "{\"keys\":[{}]}"};
  };
  examine();
  ASSERT_NE(found("clock"), nullptr);
  EXPECT_EQ(found("clock")->state, FindingState::trouble);
  EXPECT_TRUE(found("clock")->what.contains("ahead"));
}

TEST_F(DeskTest, APageAtAnotherAddressThanTheRegisteredOneIsNamedA6) {
  open("https://home.example/elsewhere/");
  examine();
  ASSERT_NE(found("redirect"), nullptr);
  EXPECT_EQ(found("redirect")->state, FindingState::trouble);
  EXPECT_TRUE(found("redirect")->what.contains("https://home.example/elsewhere/"));
}

TEST_F(DeskTest, AParkedAccountIsNotAsked) {
  sign_in();
  vendor.fault = [](const HttpRequest& request) -> std::optional<HttpOutcome> {
    if (!request.url.contains("/api/")) return std::nullopt;
    return refusal(403, "Out of call volume quota. Quota will be replenished in 02:00:00");
  };
  app->dispatch(intent::Refresh{});
  wait(Seconds(20));
  ASSERT_TRUE(state().accounts[0].ledger.blocked_until);
  const int used = state().accounts[0].ledger.used;
  examine(true);
  EXPECT_EQ(found("calls")->state, FindingState::trouble);
  EXPECT_EQ(found("api")->state, FindingState::unknown);
  EXPECT_EQ(state().accounts[0].ledger.used, used);
}

TEST_F(DeskTest, TheConsoleProposesTheHomeAtHandAndKeepsTheAnswer) {
  sign_in();
  app->dispatch(intent::OpenOperation{"hc", "hc.light.set", {}});
  const Fields& values = state().console.values;
  EXPECT_NE(std::ranges::find(values, std::pair<std::string, std::string>("plant", "p1")), values.end());
  app->dispatch(intent::SendOperation{"hc.plants", {}});
  ASSERT_EQ(state().console.history.size(), 1U);
  wait(Seconds(5));
  const Exchange& one = state().console.history.front();
  EXPECT_FALSE(one.waiting);
  EXPECT_EQ(one.status, 200);
  EXPECT_TRUE(one.body.contains("\n")) << "pretty: " << one.body;
}

TEST_F(DeskTest, WhoSignsOutTakesAnswersAndFindingsAlong) {
  sign_in();
  app->dispatch(intent::OpenOperation{"hc", "hc.light.set", {}});
  app->dispatch(intent::SendOperation{"hc.plants", {}});
  wait(Seconds(5));
  app->dispatch(intent::Examine{false});
  wait(Minutes(1));
  memory.http.latency = Seconds(5);
  app->dispatch(intent::SendOperation{"hc.plants", {}});
  ASSERT_EQ(state().console.history.size(), 2U);
  ASSERT_FALSE(state().doctor.findings.empty());
  app->dispatch(intent::SignOut{"demo"});
  wait(Seconds(30));
  EXPECT_TRUE(state().console.history.empty());
  EXPECT_TRUE(state().console.values.empty());
  EXPECT_TRUE(
      std::ranges::none_of(state().doctor.findings, [](const Finding& one) { return one.cloud == "demo"; }));
}

TEST_F(DeskTest, ARefusalIsShownWithItsReadingAndAFormErrorSendsNothing) {
  sign_in();
  app->dispatch(intent::SendOperation{"hc.light.set", {}});
  EXPECT_TRUE(state().console.history.empty());
  vendor.fault = [](const HttpRequest&) -> std::optional<HttpOutcome> {
    return refusal(430, "Wrong input parameters");
  };
  app->dispatch(intent::SendOperation{"hc.plants", {}});
  wait(Minutes(1));
  ASSERT_EQ(state().console.history.size(), 1U);
  EXPECT_EQ(state().console.history.front().status, 430);
  EXPECT_TRUE(state().console.history.front().reading.contains("[E12"))
      << state().console.history.front().reading;
}

TEST_F(DeskTest, ToolsAreFetchedForAViewThatWantsThemAndNothingIsDoneBefore) {
  memory.parts.later = true;
  memory.parts.reachable = false;
  app = std::make_unique<Controller>(host, Config{});
  app->start(page, "");
  wait(Seconds(1));
  EXPECT_EQ(memory.parts.asked, 0) << "the welcome page needs none";
  EXPECT_EQ(state().arrivals[1], Arrival::absent);
  app->dispatch(intent::OpenOperation{"hc", "hc.plants", {}});
  app->dispatch(intent::Examine{false});
  EXPECT_TRUE(state().console.operation.empty());
  EXPECT_FALSE(state().doctor.running);
  app->dispatch(intent::Go{{.view = Route::View::console}});
  wait(Seconds(1));
  EXPECT_EQ(memory.parts.asked, 1);
  EXPECT_EQ(state().arrivals[1], Arrival::failed);
  memory.parts.reachable = true;
  app->dispatch(intent::BringPart{Part::tools});
  wait(Seconds(1));
  EXPECT_TRUE(state().has(Part::tools));
  app->dispatch(intent::OpenOperation{"hc", "hc.plants", {}});
  EXPECT_EQ(state().console.operation, "hc.plants");
}

TEST_F(DeskTest, TheStepOfAKeyChangeIsKeptE5) {
  open();
  app->dispatch(intent::KeyStep{2});
  wait(Seconds(2));
  open();
  wait(Seconds(1));
  EXPECT_EQ(state().key_step, 2);
}

TEST(Console, PrettyJsonKeepsTextsAsTheyAre) {
  EXPECT_EQ(pretty_json(R"({"a":[1,2],"b":{},"c":"x, {y}: \"z\""})"),
            "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {},\n  \"c\": \"x, {y}: \\\"z\\\"\"\n}");
  EXPECT_EQ(pretty_json("<html>"), "<html>");
}

TEST(Console, CurlIsSafeForAShell) {
  const Call call{.method = "POST", .path = "/x", .query = {{"a", "b c"}}, .body = R"({"name":"d'or"})"};
  const std::string text = curl_text(call, "https://api.example", "t", "");
  EXPECT_TRUE(text.starts_with("curl -X POST 'https://api.example/x?a=b")) << text;
  EXPECT_TRUE(text.contains(R"(d'\''or)")) << text;
  EXPECT_FALSE(text.contains("Ocp-Apim")) << text;
}

// The smaller APIs lie behind Legrand's gateway, and whoever is signed in comes before who is not.
TEST_F(DeskTest, TheConsoleAsksWithAnAccountThatOpensTheApi) {
  two_accounts = true;
  open();
  EXPECT_EQ(console_account(state(), "multisocket")->id, "demo");
  EXPECT_EQ(console_account(state(), "netatmo"), nullptr);
  open(answer_url("code=c1", "second"));
  EXPECT_EQ(console_account(state(), "hc")->id, "second");
  EXPECT_EQ(console_account(state(), "multisocket")->id, "second");
}

TEST_F(DeskTest, TheLockIsAPageBesideThisOne) {
  open();
  app->dispatch(intent::OpenLock{});
  ASSERT_EQ(memory.navigator.opened.size(), 1U);
  EXPECT_EQ(memory.navigator.opened[0], page + "lock.html");
}

TEST_F(DeskTest, TheLicencesLieBesideThePageOrTheProgram) {
  open();
  app->dispatch(intent::OpenNotices{});
  ASSERT_EQ(memory.navigator.opened.size(), 1U);
  EXPECT_EQ(memory.navigator.opened[0], page + "THIRD_PARTY_NOTICES.txt");
}

}  // namespace
}  // namespace foyer::test
