// Storage that fails at any one step, and from then on (S3): for a program that ends with its answer nothing
// is spent that can't be kept, and the next run works; a page goes on in memory.
#include "core/oauth/record.hpp"
#include "tests/oauth/world.hpp"

namespace foyer::oauth {
namespace {

struct OneShot : World {
  OneShot() {
    config.ends_at_once = true;
    restart();
  }
  // What the disk holds is what the next run finds.
  std::string stored_refresh_token() {
    const auto at = memory.vault.records.find("session/demo");
    if (at == memory.vault.records.end()) return "";
    const auto record = record_from_secret(at->second);
    return record ? record->refresh_token.expose() : "";
  }
};

int writes_of_a_renewal() {
  OneShot world;
  EXPECT_TRUE(world.sign_in());
  world.pass(Minutes(61));
  const int before = world.memory.vault.written;
  EXPECT_TRUE(world.token());
  return world.memory.vault.written - before;
}

TEST(StorageFaults, ADiskThatFillsUpAtAnyWriteOfARenewalCostsNoSession) {
  const int writes = writes_of_a_renewal();
  ASSERT_GE(writes, 3) << "journal, room, tokens";
  int refused = 0, renewed = 0;
  for (int left = 0; left <= writes; ++left) {
    OneShot world;
    ASSERT_TRUE(world.sign_in());
    world.pass(Minutes(61));
    world.memory.vault.writes_left = left;
    const auto token = world.token();
    if (token) {
      ++renewed;
      EXPECT_EQ(world.refreshes, 1) << left;
    } else {
      ++refused;
      EXPECT_EQ(world.refreshes, 0) << left << ": the refresh token is still good";
      EXPECT_EQ(token.error().kind, ErrorKind::storage) << left;
      EXPECT_EQ(token.error().code, "S3") << left;
    }
    EXPECT_TRUE(world.valid.contains(world.stored_refresh_token())) << left;
    world.memory.vault.writes_left.reset();
    world.pass(Minutes(6));
    world.restart();
    EXPECT_TRUE(world.token()) << left << ": the next run works";
  }
  EXPECT_EQ(refused, 2) << "no journal, no room";
  EXPECT_EQ(renewed, writes - 1);
}

TEST(StorageFaults, AFullDiskRefusesASignInBeforeThePersonIsSentAway) {
  OneShot world;
  world.memory.vault.writes_left = 0;
  const auto url = world.begin();
  ASSERT_FALSE(url);
  EXPECT_EQ(url.error().kind, ErrorKind::storage);
}

TEST(StorageFaults, ADiskThatFillsUpDuringTheSignInSpendsNoCode) {
  OneShot world;
  const auto url = world.begin();
  ASSERT_TRUE(url);
  const std::string answer = world.accept(*url);
  world.memory.vault.writes_left = 0;
  world.run(world.memory.vault.save("something", SecretText("else")));  // the room is gone, too
  const auto done = world.complete(answer);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::storage);
  EXPECT_EQ(world.exchanges, 0);
}

TEST(StorageFaults, ADiskThatFillsUpBehindTheCodeKeepsTheSignIn) {
  OneShot world;
  const auto url = world.begin();
  ASSERT_TRUE(url);
  world.memory.vault.writes_left = 1;  // the room for the answer
  ASSERT_TRUE(world.complete(world.accept(*url)));
  EXPECT_FALSE(world.session->info().storage_degraded);
  world.restart();
  EXPECT_EQ(world.session->info().status, Status::signed_in);
}

// The lock itself cannot be written.
struct NoLocks final : Locks {
  Task<Held> acquire(std::string) override { co_return Held(); }
};

TEST(StorageFaults, ALockThatCannotBeWrittenIsTheStoragesFaultAndSpendsNothing) {
  OneShot world;
  ASSERT_TRUE(world.sign_in());
  world.pass(Minutes(61));
  NoLocks none;
  Host host{world.memory.time,      world.memory.time,      world.memory.random,
            world.memory.crypto,    world.memory.http,      world.memory.vault,
            world.memory.storage,   world.memory.navigator, none,
            world.memory.broadcast, world.memory.parts};
  Session session(host, world.config);
  ASSERT_TRUE(world.run(session.restore()));
  const auto token = world.run(session.access_token());
  ASSERT_FALSE(token);
  EXPECT_EQ(token.error().kind, ErrorKind::storage);
  EXPECT_EQ(world.refreshes, 0);
}

TEST(StorageFaults, APageGoesOnInMemory) {
  World world;
  ASSERT_TRUE(world.sign_in());
  world.pass(Minutes(61));
  world.memory.vault.writes_left = 0;
  EXPECT_TRUE(world.token());
  EXPECT_TRUE(world.session->info().storage_degraded);
}

TEST(StorageFaults, ATabThatKeepsNothingSaysSoBeforeThePersonIsSentAway) {
  World world;
  world.memory.storage.fail_reads = world.memory.storage.fail_writes = true;
  const auto url = world.begin();
  ASSERT_FALSE(url);
  EXPECT_EQ(url.error().kind, ErrorKind::storage);
  EXPECT_EQ(url.error().code, "S3");
}

}  // namespace
}  // namespace foyer::oauth
