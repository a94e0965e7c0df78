// How sessions end, and how they do not (rules R3, T7–T9, X4–X8, P11, K1).
#include "tests/oauth/signed_in.hpp"

namespace foyer::oauth {
namespace {

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
  world.memory.vault.numbers.clear();
  world.memory.http.respond = [&](const HttpRequest& request) {
    world.memory.vault.records["session/demo"] = newer;
    world.memory.vault.numbers.clear();
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
  EXPECT_EQ(token(), "! D4.signature");
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
  EXPECT_EQ(token(), "! X7.429");
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

// Storage refuses to keep the end, and the tab is gone before it could try again: the others have heard it.
TEST_F(Refresh, T9SignOutThatStorageRefusesIsToldToTheOtherTabs) {
  const auto bus = std::make_shared<MemoryBus>();
  MemoryBroadcast first_channel(world.memory.time, bus), second_channel(world.memory.time, bus);
  const auto host_with = [&](MemoryBroadcast& channel) {
    const Host& host = world.host;
    return Host{host.clock,   host.timers,    host.random, host.crypto, host.http, host.vault,
                host.storage, host.navigator, host.locks,  channel,     host.parts};
  };
  Host first_host = host_with(first_channel), second_host = host_with(second_channel);
  auto first = std::make_unique<Session>(first_host, world.config);
  const auto second = std::make_unique<Session>(second_host, world.config);
  ASSERT_TRUE(world.run(first->restore()));
  ASSERT_TRUE(world.run(second->restore()));
  world.memory.vault.fail_writes = true;
  EXPECT_FALSE(world.run(first->sign_out()));
  world.pass(Millis(1));
  first.reset();
  EXPECT_EQ(second->info().status, Status::signed_out);
  EXPECT_EQ(second->info().because, SignedOutBecause::by_user);
  world.memory.vault.fail_writes = false;
  world.pass(Minutes(5));
  world.restart();
  EXPECT_EQ(status(), Status::signed_out);
  EXPECT_EQ(because(), SignedOutBecause::by_user);
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
