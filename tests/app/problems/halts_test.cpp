// What halts an account is told after a reload as before it, ends by the person's word, and what the doctor
// says of a wrong registration.
#include <algorithm>

#include "core/app/problems/doctor.hpp"
#include "core/app/session/scopes.hpp"
#include "core/app/state/words.hpp"
#include "tests/app/support.hpp"

namespace foyer::test {
namespace {

bool of_api(const HttpRequest& request) { return request.url.contains("/api/"); }

class HaltTest : public App {
 protected:
  void halted_by(int status, const std::string& message) {
    sign_in();
    vendor.fault = [=](const HttpRequest& request) -> std::optional<HttpOutcome> {
      return of_api(request) ? std::optional<HttpOutcome>(refusal(status, message)) : std::nullopt;
    };
    app->dispatch(intent::Refresh{});
    wait(Seconds(20));
  }
  void reload() {
    open();
    wait(Seconds(5));
  }
  int sent() const {
    int all = 0;
    for (const auto& [name, number] : vendor.calls) all += number;
    return all;
  }
  const Finding* found(const std::string& part) const {
    const auto at = std::ranges::find(state().doctor.findings, part, &Finding::part);
    return at == state().doctor.findings.end() ? nullptr : &*at;
  }
  void examine(bool ask_api = false) {
    app->set_visible(false);
    app->dispatch(intent::Examine{ask_api});
    wait(Minutes(1));
  }
};

TEST_F(HaltTest, AReloadShowsAHaltOfThePasswordE17) {
  halted_by(469, "Official application password expired");
  ASSERT_TRUE(problem("E17"));
  const std::string said = problem("E17")->what;
  vendor.fault = {};
  const int before = sent();
  reload();
  ASSERT_TRUE(problem("E17"));
  EXPECT_EQ(problem("E17")->what, said);
  EXPECT_TRUE(problem("E17")->can_retry);
  EXPECT_EQ(sent(), before) << "nothing is sent while it is halted";
  app->dispatch(intent::Retry{problem("E17")->key});
  wait(Seconds(20));
  EXPECT_FALSE(problem("E17"));
  EXPECT_GT(sent(), before);
}

TEST_F(HaltTest, AReloadShowsARefusedKeyE5AndTermsE18) {
  halted_by(470, "Official application terms and conditions expired");
  reload();
  ASSERT_TRUE(problem("E18"));
  EXPECT_TRUE(problem("E18")->remedy.contains("Try again")) << problem("E18")->remedy;
}

TEST_F(HaltTest, AReloadShowsAUsedUpQuotaWithTheTimeE6) {
  halted_by(403, "Out of call volume quota. Quota will be replenished in 02:00:00");
  reload();
  ASSERT_TRUE(problem("E6"));
  EXPECT_FALSE(problem("E6")->can_retry);
  ASSERT_TRUE(problem("E6")->again_at);
  EXPECT_GT(*problem("E6")->again_at, memory.time.now() + Minutes(100));
  EXPECT_TRUE(problem("E6")->doing.contains("Available again at")) << problem("E6")->doing;
}

TEST_F(HaltTest, WhoSignsInAgainHasSettledIt) {
  halted_by(469, "Official application password expired");
  vendor.fault = {};
  app->dispatch(intent::SignOut{"demo"});
  wait(Seconds(5));
  EXPECT_FALSE(problem("E17")) << "no problem of somebody who is signed out";
  sign_in();
  wait(Seconds(20));
  EXPECT_FALSE(problem("E17"));
  EXPECT_FALSE(state().plants.empty());
}

TEST_F(HaltTest, TheDoctorNamesAWrongSecretAndNotAWrongCode) {
  sign_in();
  std::string error = "invalid_client";
  vendor.fault = [&](const HttpRequest& request) -> std::optional<HttpOutcome> {
    if (request.method != "POST" || !request.url.ends_with("/token")) return std::nullopt;
    return json("{\"error\":\"" + error + "\"}", error == "invalid_client" ? 401 : 400);
  };
  examine();
  ASSERT_TRUE(found("token"));
  EXPECT_EQ(found("token")->state, Finding::State::trouble);
  EXPECT_TRUE(found("token")->what.contains("id or secret")) << found("token")->what;
  EXPECT_EQ(found("token")->error->field, "client_secret");
  error = "invalid_grant";
  examine();
  EXPECT_EQ(found("token")->state, Finding::State::good);
}

TEST_F(HaltTest, TheDoctorProvesNoIssuerThatNothingIsPublishedBelow) {
  sign_in();
  vendor.fault = [&](const HttpRequest& request) -> std::optional<HttpOutcome> {
    if (!request.url.contains("openid-configuration")) return std::nullopt;
    return json("{}", 404);
  };
  examine();
  ASSERT_TRUE(found("discovery"));
  EXPECT_EQ(found("discovery")->state, Finding::State::unknown);
  vendor.fault = [&](const HttpRequest& request) -> std::optional<HttpOutcome> {
    if (!request.url.contains("openid-configuration")) return std::nullopt;
    return json("{\"issuer\":\"https://other.example/\"}");
  };
  examine();
  EXPECT_EQ(found("discovery")->state, Finding::State::trouble);
  EXPECT_EQ(found("discovery")->error->field, "issuer");
}

TEST_F(HaltTest, TheDoctorIsNotInOrderWhileAProblemStands) {
  halted_by(469, "Official application password expired");
  examine();
  EXPECT_TRUE(std::ranges::any_of(state().doctor.findings, [](const Finding& one) {
    return one.state == Finding::State::trouble && one.what.contains("password");
  }));
  EXPECT_FALSE(state().notice.contains("in order")) << state().notice;
}

TEST_F(HaltTest, TheDoctorSpendsForTheAccountThatIsMeantOnly) {
  two_accounts = true;
  sign_in();
  EXPECT_GT(doctor_cost(state(), memory.time.now(), "demo"), 0);
  EXPECT_EQ(doctor_cost(state(), memory.time.now(), "nobody"), 0);
}

TEST(ScopesTest, WhatAMissingPermissionCostsIsSaidInWords) {
  EXPECT_EQ(scopes_cost({"read_smarther", "write_bubendorff"}),
            "Smarther thermostats can’t be read. Bubendorff shutters can’t be switched or set.");
  EXPECT_EQ(scopes_cost({"comfort.write"}), "Smarther thermostats can’t be switched or set.");
  EXPECT_EQ(scopes_cost({"read_station"}), "“station” can’t be read.");
  EXPECT_EQ(scopes_cost({}), "");
}

// Whoever names a notice means its words; those of the condition would say something else.
TEST(WordsTest, TheKeyOfAFailureIsWhatIsSaid) {
  using enum policy::Notice;
  for (const policy::Notice one :
       {nothing_there, home_gone, quota_window, quota_planned, probing, host_resting}) {
    CallFailure failure;
    failure.failure.condition = policy::Condition::server_error;
    failure.key = policy::message(one).key;
    EXPECT_EQ(words_of(failure).what, policy::message(one).what);
    EXPECT_EQ(words_of(failure).remedy, policy::message(one).remedy);
  }
  CallFailure other;
  other.failure.condition = policy::Condition::server_error;
  EXPECT_EQ(words_of(other).what, policy::message(policy::Condition::server_error).what);
}

TEST(NoHomesTest, TheUsualCauseComesFirst) {
  EXPECT_TRUE(no_homes_text({"smarther"}).contains("Third-party access"));
  EXPECT_TRUE(no_homes_text({"hc", "smarther"}).contains("Third-party access"));
  EXPECT_FALSE(no_homes_text({"netatmo"}).contains("Third-party access"));
}

}  // namespace
}  // namespace foyer::test
