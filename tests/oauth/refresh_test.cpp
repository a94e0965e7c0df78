// Refresh (rules R1–R4, T1–T9, K1, X3–X8): whatever goes wrong on the way, nobody is signed out by it.
#include "tests/oauth/world.hpp"

namespace foyer::oauth {
namespace {

struct Refresh : testing::Test {
  Refresh() { EXPECT_TRUE(world.sign_in()); }
  void let_it_run_out() { world.pass(Minutes(61)); }
  std::string token() { return world.plain(world.token()); }
  Status status() const { return world.session->info().status; }
  SignedOutBecause because() const { return world.session->info().because; }
  std::unique_ptr<Session> second_tab() {
    auto tab = std::make_unique<Session>(world.host, world.config);
    EXPECT_TRUE(world.run(tab->restore()));
    return tab;
  }
  World world;
};

TEST_F(Refresh, T4OnDemandWhenATenthIsLeft) {
  world.pass(Minutes(54));
  EXPECT_EQ(token(), "access-canary-1");
  world.pass(Millis(1));
  EXPECT_EQ(world.refreshes, 0);  // no blind timer
  EXPECT_EQ(token(), "access-canary-2");
  EXPECT_EQ(world.refreshes, 1);
  EXPECT_EQ(token(), "access-canary-2");
  EXPECT_EQ(world.refreshes, 1);
}

TEST_F(Refresh, T4NothingHappensWithoutARequest) {
  world.pass(Hours(24 * 30));
  EXPECT_EQ(world.refreshes, 0);
  EXPECT_EQ(token(), "access-canary-2");
}

TEST_F(Refresh, R1AsksForNoScopeAndR2ReplacesTheToken) {
  let_it_run_out();
  EXPECT_EQ(token(), "access-canary-2");
  const Fields& form = world.forms.back();
  EXPECT_EQ(field(form, "refresh_token"), "refresh-canary-1");
  EXPECT_EQ(form.size(), 3U);
  let_it_run_out();
  EXPECT_EQ(token(), "access-canary-3");
  EXPECT_EQ(field(world.forms.back(), "refresh_token"), "refresh-canary-2");
}

TEST_F(Refresh, R2KeepsTheOldTokenWhenNoNewOneComes) {
  world.rotate = false;
  world.change_tokens = [](Json& tokens) { tokens.erase("refresh_token"); };
  for (int i = 2; i < 5; ++i) {
    let_it_run_out();
    EXPECT_EQ(token(), "access-canary-" + std::to_string(i));
    EXPECT_EQ(field(world.forms.back(), "refresh_token"), "refresh-canary-1");
  }
}

TEST_F(Refresh, T1ConcurrentCallersShareOneRefresh) {
  world.service_time = Seconds(2);
  let_it_run_out();
  std::vector<Task<Result<AccessToken>>> callers;
  for (int i = 0; i < 20; ++i) {
    callers.push_back(world.session->access_token());
    callers.back().start();
  }
  world.memory.time.settle();
  for (auto& caller : callers) {
    ASSERT_TRUE(caller.done());
    EXPECT_EQ(world.plain(caller.take()), "access-canary-2");
  }
  EXPECT_EQ(world.refreshes, 1);
}

TEST_F(Refresh, R4CallerThatLeavesDoesNotTakeTheRefreshAlong) {
  world.service_time = Seconds(2);
  let_it_run_out();
  auto first = world.session->access_token(), second = world.session->access_token();
  first.start();
  second.start();
  first.cancel();
  world.memory.time.settle();
  ASSERT_TRUE(second.done());
  EXPECT_EQ(world.plain(second.take()), "access-canary-2");
}

TEST_F(Refresh, T2SecondTabUsesWhatTheFirstHasFetched) {
  const auto tab = second_tab();
  let_it_run_out();
  EXPECT_EQ(token(), "access-canary-2");
  EXPECT_EQ(world.plain(world.run(tab->access_token())), "access-canary-2");
  EXPECT_EQ(world.refreshes, 1);
}

TEST_F(Refresh, T1TabsAtTheSameMomentMakeOneRequest) {
  std::vector<std::unique_ptr<Session>> tabs;
  for (int i = 0; i < 4; ++i) tabs.push_back(second_tab());
  world.service_time = Seconds(2);
  let_it_run_out();
  std::vector<Task<Result<AccessToken>>> callers;
  for (const auto& tab : tabs) {
    callers.push_back(tab->access_token());
    callers.back().start();
  }
  world.memory.time.settle();
  for (auto& caller : callers) {
    ASSERT_TRUE(caller.done());
    EXPECT_EQ(world.plain(caller.take()), "access-canary-2");
  }
  EXPECT_EQ(world.refreshes, 1);
}

TEST_F(Refresh, E4RefusedTokenIsRenewedOnceForAllWhoWereRefused) {
  world.pass(Minutes(5));
  const SecretText refused("access-canary-1");
  EXPECT_EQ(world.plain(world.token(refused)), "access-canary-2");
  EXPECT_EQ(world.plain(world.token(refused)), "access-canary-2");  // a late one of the same 401
  EXPECT_EQ(world.refreshes, 1);
}

TEST_F(Refresh, E4AgeTellsAFreshTokenFromAnOldOne) {
  EXPECT_EQ(world.token()->age, Millis(0));
  world.pass(Minutes(5));
  EXPECT_EQ(world.token()->age, Minutes(5));
  world.restart();
  EXPECT_EQ(world.token()->age, Minutes(5));
}

TEST_F(Refresh, T5TransientFailureKeepsTheTokenWhileItIsValid) {
  for (const auto& failure :
       {HttpOutcome(std::unexpected(HttpFailure::offline)), HttpOutcome(HttpResponse{.status = 429}),
        HttpOutcome(HttpResponse{.status = 500}), HttpOutcome(HttpResponse{.status = 503}),
        HttpOutcome(HttpResponse{.status = 404, .body = "<html>"})}) {
    World fresh;
    ASSERT_TRUE(fresh.sign_in());
    fresh.pass(Minutes(56));
    fresh.faults.push_back(failure);
    EXPECT_EQ(fresh.plain(fresh.token()), "access-canary-1");
    EXPECT_EQ(fresh.refreshes, 1);
    EXPECT_EQ(fresh.session->info().status, Status::signed_in);
  }
}

TEST_F(Refresh, T5NeverSignsOutHoweverLongTheTroubleLasts) {
  let_it_run_out();
  for (int i = 0; i < 500; ++i) {
    switch (i % 6) {
      case 0:
        world.faults.push_back(std::unexpected(HttpFailure::opaque));
        break;
      case 1:
        world.faults.push_back(std::unexpected(HttpFailure::timeout));
        break;
      case 2:
        world.faults.push_back(HttpResponse{.status = 502, .body = "<html>"});
        break;
      case 3:
        world.faults.push_back(HttpResponse{.status = 429});
        break;
      case 4:
        world.faults.push_back(HttpResponse{.status = 403, .body = "<html>captive</html>"});
        break;
      case 5:
        world.faults.push_back(std::unexpected(HttpFailure::redirected));
        break;
    }
  }
  while (!world.faults.empty()) {
    EXPECT_FALSE(world.token());
    ASSERT_EQ(status(), Status::signed_in);
    world.pass(Minutes(2));
  }
  world.pass(Minutes(6));
  EXPECT_TRUE(token().starts_with("access-canary-"));
}

TEST_F(Refresh, X7AtMostThreeFailedAttemptsInFiveMinutes) {
  let_it_run_out();
  for (int i = 0; i < 50; ++i) world.faults.push_back(HttpResponse{.status = 500});
  for (int i = 0; i < 150; ++i) {
    EXPECT_FALSE(world.token());
    world.pass(Seconds(2));
  }
  EXPECT_LE(world.refreshes, 3 + 1);  // the last one may lie just behind the five minutes
  EXPECT_GE(world.refreshes, 3);
}

TEST_F(Refresh, X7RetryAfterIsHonoured) {
  let_it_run_out();
  world.faults.push_back(HttpResponse{.status = 429, .headers = {{"Retry-After", "60"}}});
  EXPECT_EQ(token(), "! X7");
  world.pass(Seconds(59));
  EXPECT_EQ(token(), "! X7");
  EXPECT_EQ(world.refreshes, 1);
  world.pass(Seconds(1));
  EXPECT_EQ(token(), "access-canary-2");
}

TEST_F(Refresh, T6LostRequestIsRepeatedOnceWithTheSameToken) {
  let_it_run_out();
  const Instant before = world.memory.time.now();
  world.faults.push_back(std::unexpected(HttpFailure::opaque));
  EXPECT_EQ(token(), "access-canary-2");
  EXPECT_EQ(world.refreshes, 2);
  EXPECT_EQ(field(world.forms[world.forms.size() - 1], "refresh_token"),
            field(world.forms[world.forms.size() - 2], "refresh_token"));
  EXPECT_LE(world.memory.time.now() - before, Seconds(10));
}

TEST_F(Refresh, T6LostReplySavesTheSessionWhereOldTokensStayUsable) {
  world.rotate = false;
  let_it_run_out();
  world.lose_replies = 1;
  EXPECT_EQ(token(), "access-canary-3");
  EXPECT_EQ(status(), Status::signed_in);
}

TEST_F(Refresh, T6LostReplyOfARotatingServerEndsWithItsOwnReason) {
  let_it_run_out();
  world.lose_replies = 1;
  EXPECT_EQ(token(), "! X3");
  EXPECT_EQ(status(), Status::signed_out);
  EXPECT_EQ(because(), SignedOutBecause::lost_reply);
}

TEST_F(Refresh, T6UnreadableReplyCountsAsLost) {
  world.rotate = false;
  let_it_run_out();
  world.faults.push_back(HttpResponse{.status = 200, .body = "<html>"});
  EXPECT_EQ(token(), "access-canary-2");
}

TEST_F(Refresh, T3PageKilledWhileAskingKnowsItAfterwards) {
  world.service_time = Seconds(5);
  let_it_run_out();
  auto caller = world.session->access_token();
  caller.start();
  world.pass(Seconds(1));
  caller.cancel();
  world.valid.clear();  // the server has rotated, the answer never came
  world.service_time = Millis(0);
  world.restart();
  EXPECT_EQ(token(), "! X3");
  EXPECT_EQ(because(), SignedOutBecause::lost_reply);
}

TEST_F(Refresh, T7InvalidGrantEndsTheSessionOnlyWhenNothingNewerIsStored) {
  let_it_run_out();
  world.valid.clear();
  EXPECT_EQ(token(), "! X3");
  EXPECT_EQ(status(), Status::signed_out);
  EXPECT_EQ(because(), SignedOutBecause::revoked);
  EXPECT_EQ(world.refreshes, 1);
  world.restart();
  EXPECT_EQ(because(), SignedOutBecause::revoked);
}

// Another tab that shares the storage but no locks: its refresh lands while ours is on its way.
TEST_F(Refresh, T7InvalidGrantTakesWhatAnotherTabHasStoredMeanwhile) {
  const SecretText older = world.memory.vault.records.at("session/demo");
  const auto tab = second_tab();
  let_it_run_out();
  EXPECT_EQ(world.plain(world.run(tab->access_token())), "access-canary-2");
  const SecretText newer = world.memory.vault.records.at("session/demo");
  world.memory.vault.records["session/demo"] = older;
  world.memory.http.respond = [&](const HttpRequest& request) {
    world.memory.vault.records["session/demo"] = newer;
    return world.respond(request);
  };
  EXPECT_EQ(token(), "access-canary-2");
  EXPECT_EQ(status(), Status::signed_in);
}

TEST_F(Refresh, T7ExpiredAfterNinetyDays) {
  EXPECT_EQ(*world.session->info().refresh_expires - world.memory.time.now(), Hours(24 * 90));
  world.pass(Hours(24 * 91));
  world.valid.clear();
  EXPECT_EQ(token(), "! X3");
  EXPECT_EQ(because(), SignedOutBecause::expired);
}

TEST_F(Refresh, T8LifetimeTheServerGivesIsUsed) {
  world.change_tokens = [](Json& tokens) { tokens["refresh_token_expires_in"] = 86'400; };
  let_it_run_out();
  ASSERT_TRUE(world.token());
  EXPECT_EQ(*world.session->info().refresh_expires - world.memory.time.now(), Hours(24));
}

TEST_F(Refresh, X4ChangedScopesAskForANewSignIn) {
  let_it_run_out();
  world.faults.push_back(world.error("invalid_scope"));
  EXPECT_FALSE(world.token());
  EXPECT_EQ(because(), SignedOutBecause::scope_changed);
}

TEST_F(Refresh, X5ExpiredClientSecretKeepsTheRefreshToken) {
  let_it_run_out();
  world.faults.push_back(world.error("invalid_client", "", 401));
  EXPECT_EQ(token(), "! X5");
  EXPECT_EQ(status(), Status::signed_in);
  EXPECT_EQ(because(), SignedOutBecause::secret_expired);
  world.pass(Minutes(5));
  EXPECT_EQ(token(), "access-canary-2");  // the secret was renewed
  EXPECT_EQ(because(), SignedOutBecause::never);
}

TEST_F(Refresh, X6ConfigurationErrorIsToldAndKeepsTheSession) {
  let_it_run_out();
  world.faults.push_back(world.error("unauthorized_client"));
  EXPECT_EQ(token(), "! X6");
  EXPECT_EQ(status(), Status::signed_in);
}

TEST_F(Refresh, X8EmptyRefusalIsAskedOnceMoreThenBelieved) {
  let_it_run_out();
  world.faults.push_back(HttpResponse{.status = 400});
  const Instant before = world.memory.time.now();
  EXPECT_EQ(token(), "access-canary-2");
  EXPECT_EQ(world.memory.time.now() - before, Seconds(5));
  let_it_run_out();
  world.faults.assign(2, HttpResponse{.status = 403, .body = R"({"error":"invalid_code"})"});
  EXPECT_EQ(token(), "! X8");
  EXPECT_EQ(because(), SignedOutBecause::revoked);
}

TEST_F(Refresh, R3RenewedIdTokenOfSomebodyElseEndsTheSession) {
  let_it_run_out();
  world.change_claims = [](Json& claims) { claims["sub"] = "user-2"; };
  EXPECT_FALSE(world.token());
  EXPECT_EQ(status(), Status::signed_out);
}

TEST_F(Refresh, R3BrokenRenewedIdTokenIsNotUsed) {
  world.rotate = false;
  for (const auto& change : {std::function<void(Json&)>([](Json& c) { c["aud"] = "x"; }),
                             std::function<void(Json&)>([](Json& c) { c["nonce"] = "x"; }),
                             std::function<void(Json&)>([](Json& c) { c["at_hash"] = "x"; })}) {
    let_it_run_out();
    world.change_claims = change;
    EXPECT_FALSE(world.token());
    EXPECT_EQ(status(), Status::signed_in);
    world.change_claims = nullptr;
    world.pass(Minutes(6));
    EXPECT_TRUE(world.token());
  }
}

TEST_F(Refresh, R3ProviderWithoutIdTokenOnRefreshIsFine) {
  world.with_id_token = false;
  let_it_run_out();
  EXPECT_EQ(token(), "access-canary-2");
  EXPECT_EQ(world.session->info().subject, "user-1");
}

TEST_F(Refresh, T5KeysThatCannotBeFetchedDoNotCostTheSession) {
  world.restart();  // no keys in memory
  let_it_run_out();
  for (int i = 0; i < 3; ++i) world.key_faults.push_back(std::unexpected(HttpFailure::opaque));
  EXPECT_EQ(token(), "access-canary-2");
}

TEST_F(Refresh, D4RenewedIdTokenWithAWrongSignatureIsNotUsed) {
  world.rotate = false;
  let_it_run_out();
  world.signer = other_signing_key();
  EXPECT_EQ(token(), "! D4");
  EXPECT_EQ(status(), Status::signed_in);
}

TEST_F(Refresh, T9SignOutDiscardsARefreshThatCompletesLater) {
  world.service_time = Seconds(2);
  let_it_run_out();
  auto caller = world.session->access_token();
  caller.start();
  world.pass(Seconds(1));
  EXPECT_TRUE(world.run(world.session->sign_out()));
  world.memory.time.settle();
  ASSERT_TRUE(caller.done());
  EXPECT_EQ(caller.take().error().kind, ErrorKind::signed_out);
  EXPECT_EQ(status(), Status::signed_out);
  EXPECT_EQ(because(), SignedOutBecause::by_user);
  world.restart();
  EXPECT_EQ(status(), Status::signed_out);
}

TEST_F(Refresh, T9SignOutInAnotherTabDiscardsTheRefreshOfThisOne) {
  const auto tab = second_tab();
  world.service_time = Seconds(2);
  let_it_run_out();
  auto caller = world.session->access_token();
  caller.start();
  world.pass(Seconds(1));
  EXPECT_TRUE(world.run(tab->sign_out()));
  world.memory.time.settle();
  ASSERT_TRUE(caller.done());
  EXPECT_EQ(caller.take().error().kind, ErrorKind::signed_out);
  EXPECT_EQ(status(), Status::signed_out);
  world.restart();
  EXPECT_EQ(status(), Status::signed_out);
}

// The signing-out tab has slept through two refreshes of the other one: its own count is behind.
TEST_F(Refresh, T9SignOutOfATabThatIsBehindWinsToo) {
  const auto tab = second_tab();
  for (int i = 0; i < 2; ++i) {
    let_it_run_out();
    ASSERT_TRUE(world.run(tab->access_token()));
  }
  ASSERT_TRUE(world.run(world.session->sign_out()));
  ASSERT_TRUE(world.run(tab->restore()));
  EXPECT_EQ(tab->info().status, Status::signed_out);
}

TEST_F(Refresh, T2TokensOfAnotherTabEndABackOff) {
  const auto tab = second_tab();
  let_it_run_out();
  world.faults.push_back(HttpResponse{.status = 429, .headers = {{"Retry-After", "600"}}});
  EXPECT_EQ(token(), "! X7");
  ASSERT_TRUE(world.run(tab->access_token()));
  EXPECT_EQ(token(), "access-canary-2");
}

TEST_F(Refresh, P11TabThatComesBackLearnsOfASignOut) {
  const auto tab = second_tab();
  ASSERT_TRUE(world.run(world.session->sign_out()));
  ASSERT_TRUE(world.run(tab->restore()));
  EXPECT_EQ(tab->info().status, Status::signed_out);
  EXPECT_EQ(tab->info().because, SignedOutBecause::by_user);
}

TEST_F(Refresh, K1WallClockThatJumpsBackDoesNotProlongAToken) {
  world.memory.time.jump_wall(-Hours(5));
  EXPECT_EQ(token(), "access-canary-1");  // this program has measured its age itself
  world.pass(Minutes(61));
  EXPECT_EQ(token(), "access-canary-2");
  world.memory.time.jump_wall(-Hours(5));
  world.restart();
  EXPECT_EQ(token(), "access-canary-3");  // after a reload it can't know
}

TEST_F(Refresh, K1MachineThatSleptCountsTheTime) {
  world.memory.time.jump_wall(Hours(8));
  EXPECT_EQ(token(), "access-canary-2");
}

TEST_F(Refresh, T4ShortLivedTokensAreUsedForHalfTheirLife) {
  World brief;
  brief.change_tokens = [](Json& tokens) { tokens["expires_in"] = "120"; };
  ASSERT_TRUE(brief.sign_in());
  brief.pass(Seconds(59));
  EXPECT_EQ(brief.plain(brief.token()), "access-canary-1");
  brief.pass(Seconds(2));
  EXPECT_EQ(brief.plain(brief.token()), "access-canary-2");
}

TEST_F(Refresh, WithoutARefreshTokenTheSessionEndsWithItsAccessToken) {
  World brief;
  brief.change_tokens = [](Json& tokens) { tokens.erase("refresh_token"); };
  ASSERT_TRUE(brief.sign_in());
  brief.pass(Minutes(59));
  EXPECT_EQ(brief.plain(brief.token()), "access-canary-1");
  brief.pass(Minutes(2));
  EXPECT_EQ(brief.plain(brief.token()), "! T7");
  EXPECT_EQ(brief.session->info().because, SignedOutBecause::expired);
}

}  // namespace
}  // namespace foyer::oauth
