// Sessions and failing storage (rules S2–S4, T3, 3.2): a session is never wedged, and what is lost is said.
#include "tests/oauth/world.hpp"

namespace foyer::oauth {
namespace {

TEST(SessionStorage, SurvivesAReloadWithoutARequest) {
  World world;
  ASSERT_TRUE(world.sign_in());
  world.restart();
  EXPECT_EQ(world.session->info().status, Status::signed_in);
  EXPECT_EQ(world.session->info().subject, "user-1");
  EXPECT_EQ(world.session->info().name, "Béa Löwe");
  EXPECT_EQ(world.plain(world.token()), "access-canary-1");
  EXPECT_EQ(world.refreshes, 0);
}

TEST(SessionStorage, FirstStartIsSignedOutForNoReason) {
  World world;
  EXPECT_EQ(world.session->info().status, Status::signed_out);
  EXPECT_EQ(world.session->info().because, SignedOutBecause::never);
  EXPECT_EQ(world.token().error().kind, ErrorKind::signed_out);
}

TEST(SessionStorage, F7SignOutForgetsEverythingAndTellsNobody) {
  World world;
  ASSERT_TRUE(world.sign_in());
  const std::size_t sent = world.memory.http.sent.size();
  ASSERT_TRUE(world.run(world.session->sign_out()));
  EXPECT_EQ(world.memory.http.sent.size(), sent);
  EXPECT_EQ(world.memory.vault.records.at("session/demo").expose().find("canary"), std::string::npos);
  EXPECT_TRUE(world.session->info().subject.empty());
  world.restart();
  EXPECT_EQ(world.session->info().because, SignedOutBecause::by_user);
  EXPECT_TRUE(world.sign_in());
}

TEST(SessionStorage, S2UnreadableRecordIsDeletedAndReportedOnce) {
  World world;
  ASSERT_TRUE(world.sign_in());
  world.memory.vault.records["session/demo"] = SecretText("{\"schema\":1");
  world.session = std::make_unique<Session>(world.host, world.config);
  EXPECT_EQ(world.run(world.session->restore()).error().code, "S2");
  EXPECT_EQ(world.session->info().because, SignedOutBecause::storage_lost);
  EXPECT_TRUE(world.memory.vault.records.empty());
  world.restart();
  EXPECT_EQ(world.session->info().because, SignedOutBecause::never);
}

TEST(SessionStorage, S2RecordThatBreaksWhileSignedInIsWrittenAgain) {
  World world;
  ASSERT_TRUE(world.sign_in());
  world.memory.vault.records["session/demo"] = SecretText("garbage");
  EXPECT_EQ(world.run(world.session->restore()).error().code, "S2");
  EXPECT_EQ(world.session->info().status, Status::signed_in);
  world.restart();
  EXPECT_EQ(world.session->info().status, Status::signed_in);
}

TEST(SessionStorage, RecordOfAnotherRegistrationIsNotUsed) {
  World world;
  ASSERT_TRUE(world.sign_in());
  world.config.client_id = "client-2";
  world.restart();
  EXPECT_EQ(world.session->info().status, Status::signed_out);
  EXPECT_EQ(world.session->info().because, SignedOutBecause::never);
}

TEST(SessionStorage, AccountsDoNotSeeEachOther) {
  World world;
  ASSERT_TRUE(world.sign_in());
  ClientConfig other = world.config;
  other.account = "other";
  Session second(world.host, other);
  ASSERT_TRUE(world.run(second.restore()));
  EXPECT_EQ(second.info().status, Status::signed_out);
}

TEST(SessionStorage, S3UnreadableStorageMeansAMemorySession) {
  World world;
  world.memory.vault.fail_reads = world.memory.vault.fail_writes = true;
  world.restart();
  EXPECT_TRUE(world.session->info().storage_degraded);
  EXPECT_EQ(world.session->info().status, Status::signed_out);
  ASSERT_TRUE(world.sign_in());
  EXPECT_EQ(world.session->info().status, Status::signed_in);
  EXPECT_TRUE(world.session->info().storage_degraded);
  world.pass(Minutes(61));
  EXPECT_EQ(world.plain(world.token()), "access-canary-2");
}

TEST(SessionStorage, T3FailedWriteKeepsTheTokensSaysSoAndTriesAgain) {
  World world;
  ASSERT_TRUE(world.sign_in());
  world.pass(Minutes(61));
  world.memory.vault.fail_writes = true;
  EXPECT_EQ(world.plain(world.token()), "access-canary-2");
  EXPECT_TRUE(world.session->info().storage_degraded);
  world.memory.vault.fail_writes = false;
  world.pass(Seconds(40));
  EXPECT_FALSE(world.session->info().storage_degraded);
  world.restart();
  EXPECT_EQ(world.plain(world.token()), "access-canary-2");
  EXPECT_EQ(world.refreshes, 1);
}

TEST(SessionStorage, T3RetriedWriteNeverOverwritesAnotherTabsNewerTokens) {
  World world;
  ASSERT_TRUE(world.sign_in());
  world.pass(Minutes(61));
  world.memory.vault.fail_writes = true;
  ASSERT_TRUE(world.token());
  world.memory.vault.fail_writes = false;
  Session tab(world.host, world.config);
  ASSERT_TRUE(world.run(tab.restore()));
  world.valid.insert("refresh-canary-1");  // its old token is still good
  ASSERT_TRUE(world.run(tab.sign_out()));
  world.pass(Minutes(5));
  world.restart();
  EXPECT_NE(world.session->info().status, Status::unknown);
}

TEST(SessionStorage, SignOutThatCannotBeWrittenSaysSo) {
  World world;
  ASSERT_TRUE(world.sign_in());
  world.memory.vault.fail_writes = true;
  EXPECT_EQ(world.run(world.session->sign_out()).error().code, "S3");
  EXPECT_EQ(world.session->info().status, Status::signed_out);
  EXPECT_FALSE(world.token());
}

TEST(SessionStorage, EvictedRecordIsWrittenAgainWhenTheTabComesBack) {
  World world;
  ASSERT_TRUE(world.sign_in());
  world.memory.vault.records.clear();
  ASSERT_TRUE(world.run(world.session->restore()));
  EXPECT_EQ(world.session->info().status, Status::signed_in);
  EXPECT_EQ(world.memory.vault.records.size(), 1U);
}

TEST(SessionStorage, S4StaleAndBrokenAttemptsAreCleanedAtStart) {
  World world;
  ASSERT_TRUE(world.begin());
  world.pass(Minutes(8));
  ASSERT_TRUE(world.begin());
  using Scope = Storage::Scope;
  world.memory.storage.records[{Scope::tab, "attempt/broken"}] = "{";
  world.memory.storage.records[{Scope::tab, "unrelated"}] = "stays";
  world.memory.storage.records[{Scope::device, "attempt/elsewhere"}] = "stays";
  world.pass(Minutes(3));
  world.restart();
  EXPECT_EQ(world.memory.storage.records.size(), 3U);
  EXPECT_FALSE(world.memory.storage.records.contains({Scope::tab, "attempt/broken"}));
}

TEST(SessionStorage, S4SignInsThatNeverEndLeaveFiveRecords) {
  World world;
  for (int i = 0; i < 200; ++i) {
    ASSERT_TRUE(world.begin());
    world.pass(Millis(100));
  }
  EXPECT_EQ(world.memory.storage.records.size(), 5U);
}

// The page is killed after each storage step of a refresh: afterwards there is a session or a clean sign-out.
TEST(SessionStorage, KilledAtAnyMomentOfARefreshThereIsASessionOrACleanEnd) {
  for (const bool rotate : {true, false})
    for (int moment = 0; moment < 60; moment += 2) {
      World world;
      world.rotate = rotate;
      ASSERT_TRUE(world.sign_in());
      world.pass(Minutes(61));
      world.memory.http.latency = Millis(10);
      world.service_time = Millis(20);
      auto caller = world.session->access_token();
      caller.start();
      world.pass(Millis(moment));
      caller.cancel();
      world.restart();
      const auto token = world.token();
      if (!rotate) EXPECT_TRUE(token) << moment;
      EXPECT_EQ(token.has_value(), world.session->info().status == Status::signed_in) << moment;
      if (!token) EXPECT_TRUE(world.sign_in());
    }
}

}  // namespace
}  // namespace foyer::oauth
