// How long things live, and how a session ends: the vendor's 90 days, Netatmo's rotation within 3 hours, and
// every way in which a sign-in is over, with what the person is told and what is left (T5–T8, X4, X5, X8,
// X9).
#include "tests/oauth/signed_in.hpp"

namespace foyer::oauth {
namespace {

Json& refresh_life(Json& tokens, Json seconds) {
  tokens["refresh_token_expires_in"] = std::move(seconds);
  return tokens;
}

TEST(Lifetimes, F7VendorsNinetyDaysWarnFromDayEighty) {
  World world;
  world.rotate = false;
  ASSERT_TRUE(world.sign_in());
  const Instant signed_in = world.memory.time.now();
  world.change_tokens = [](Json& tokens) { tokens.erase("refresh_token"); };  // not rotated
  for (int day = 1; day < 90; ++day) {
    world.pass(Hours(24));
    ASSERT_TRUE(world.token()) << "day " << day;
  }
  const SessionInfo& info = world.session->info();
  EXPECT_EQ(info.status, Status::signed_in);
  EXPECT_EQ(*info.warn_from - signed_in, Millis(Hours(24 * 80)));
  EXPECT_EQ(*info.refresh_expires - signed_in, Millis(Hours(24 * 90)));
  world.pass(Hours(25));
  world.valid.clear();
  EXPECT_EQ(world.plain(world.token()), "! X3");
  EXPECT_EQ(info.because, SignedOutBecause::expired);
}

TEST(Lifetimes, RotationEveryThreeHoursGoesOnForMonthsAndNeverReusesAToken) {
  for (const Json& life : {Json(10'800), Json("10800")}) {
    World world;
    world.config.openid = false;
    world.with_id_token = false;
    world.restart();
    world.change_tokens = [&](Json& tokens) {
      tokens.erase("expires_in");
      tokens["expire_in"] = life;
      refresh_life(tokens, life);
    };
    ASSERT_TRUE(world.sign_in());
    std::set<std::string> used;
    for (int round = 0; round < 300; ++round) {
      world.pass(Minutes(170));
      ASSERT_TRUE(world.token()) << round;
      EXPECT_TRUE(used.insert(field(world.forms.back(), "refresh_token")).second);
    }
    EXPECT_EQ(world.refreshes, 300);
    EXPECT_EQ(*world.session->info().refresh_expires - world.memory.time.now(), Millis(Hours(3)));
  }
}

TEST(Lifetimes, F8ExpiresOnAloneAsNumberOrTextIsAnHourByTheServersClock) {
  for (const bool as_text : {false, true}) {
    World world;
    world.server_ahead = Minutes(4);
    world.change_tokens = [&](Json& tokens) {
      tokens.erase("expires_in");
      const auto at = to_ms(world.memory.time.now() + world.server_ahead) / 1000 + 3600;
      tokens["expires_on"] = as_text ? Json(std::to_string(at)) : Json(at);
    };
    ASSERT_TRUE(world.sign_in());
    const Millis left = *world.session->info().access_expires - world.memory.time.now();
    EXPECT_GE(left, Millis(Minutes(59)));
    EXPECT_LE(left, Millis(Minutes(60)));
    world.pass(Minutes(30));
    ASSERT_TRUE(world.token());
    EXPECT_EQ(world.refreshes, 0);
    world.pass(Minutes(26));
    ASSERT_TRUE(world.token());
    EXPECT_EQ(world.refreshes, 1);
  }
}

struct Ending {
  const char* name;
  int status;
  const char* body;
  Status then;
  SignedOutBecause because;
  const char* code;
};
class SessionEnding : public testing::TestWithParam<Ending> {};

TEST_P(SessionEnding, IsRecognisedAndTheWayBackIsOpen) {
  const Ending& ending = GetParam();
  World world;
  ASSERT_TRUE(world.sign_in());
  ASSERT_TRUE(world.run(world.memory.storage.save(Storage::Scope::device, "home", "the last known home")));
  world.pass(Minutes(61));
  const HttpResponse answer{.status = ending.status, .body = ending.body};
  world.faults = {answer, answer};
  EXPECT_EQ(world.plain(world.token()), std::string("! ") + ending.code);
  world.faults.clear();
  EXPECT_EQ(world.session->info().status, ending.then);
  EXPECT_EQ(world.session->info().because, ending.because);
  // What is not secret stays.
  EXPECT_EQ(world.memory.storage.records.size(), 1U);
  if (ending.then == Status::signed_in) {
    // Nothing is lost: as soon as the service is content again, so are we, without anybody's doing.
    world.pass(Minutes(6));
    EXPECT_TRUE(world.token());
  } else {
    // One step leads back: a new sign-in, whose consent is asked for by the service.
    EXPECT_TRUE(world.memory.vault.records.begin()->second.expose().find("canary") == std::string::npos);
    EXPECT_TRUE(world.sign_in());
  }
  EXPECT_EQ(world.session->info().status, Status::signed_in);
  EXPECT_EQ(world.session->info().because, SignedOutBecause::never);
  world.restart();
  EXPECT_EQ(world.session->info().status, Status::signed_in);
}

constexpr auto still = Status::signed_in, over = Status::signed_out;
INSTANTIATE_TEST_SUITE_P(
    Table, SessionEnding,
    testing::Values(
        Ending{"secret_expired", 400,
               R"({"error":"invalid_grant","error_description":"AADB2C90085: The service has encountered an )"
               R"(internal error. Please reauthenticate and try again."})",
               still, SignedOutBecause::secret_expired, "X5"},
        Ending{"secret_refused", 401, R"({"error":"invalid_client"})", still,
               SignedOutBecause::secret_expired, "X5"},
        Ending{"scopes_changed", 400, R"({"error":"invalid_scope"})", over, SignedOutBecause::scope_changed,
               "X4"},
        Ending{"scopes_changed_in_words", 400,
               R"({"error":"invalid_grant","error_description":"The scope of the application has changed"})",
               over, SignedOutBecause::scope_changed, "X4"},
        Ending{
            "consent_revoked_in_the_vendors_app", 400,
            R"({"error":"invalid_grant","error_description":"AADB2C90080: The provided grant is revoked"})",
            over, SignedOutBecause::revoked, "X3"},
        Ending{"quota_of_the_gateway", 403,
               R"({"statusCode":403,"message":"Out of call volume quota. Quota will be replenished in )"
               R"(01:53:44."})",
               still, SignedOutBecause::never, "X7.403"},
        Ending{"bandwidth_quota_as_text", 403, "Out of bandwidth quota.", still, SignedOutBecause::never,
               "X7.403"},
        Ending{"rate_limit_of_the_gateway", 403, "Rate limit is exceeded. Try again in 26 seconds.", still,
               SignedOutBecause::never, "X7.403"},
        Ending{"forbidden_by_the_gateway", 403, R"({"statusCode":403,"message":"Forbidden"})", still,
               SignedOutBecause::never, "X7.403"}),
    [](const auto& info) { return info.param.name; });

TEST(Lifetimes, X9RefusedConsentKeepsWhatIsNotSecretAndCanBeAskedForAgain) {
  World world;
  world.change_redirect = [](Fields& fields) { fields[0] = {"error", "access_denied"}; };
  EXPECT_EQ(world.sign_in().error().code, "X9");
  EXPECT_EQ(world.session->info().because, SignedOutBecause::denied);
  EXPECT_TRUE(world.memory.http.sent.empty());
  world.change_redirect = {};
  EXPECT_TRUE(world.sign_in());
}

TEST(Lifetimes, X9RefusedConsentOfASecondSignInLeavesTheSessionAlone) {
  World world;
  ASSERT_TRUE(world.sign_in());
  world.change_redirect = [](Fields& fields) { fields[0] = {"error", "access_denied"}; };
  EXPECT_FALSE(world.sign_in());
  EXPECT_EQ(world.session->info().status, Status::signed_in);
  EXPECT_TRUE(world.token());
}

}  // namespace
}  // namespace foyer::oauth
