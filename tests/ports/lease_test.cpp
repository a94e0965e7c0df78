// The lease that stands in for locks (rule T1): one holder at a time, taken over when its holder is gone.
#include "core/ports/lease.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <string>

#include "core/ports/memory_host.hpp"

namespace foyer {
namespace {

struct Tabs {
  VirtualTime time;
  SeededRandom random;
  MemoryVault vault;
  std::string log;
  std::shared_ptr<MemoryBus> bus = std::make_shared<MemoryBus>();
  std::deque<MemoryBroadcast> channels;
  std::unique_ptr<LeaseLocks> tab() {
    return std::make_unique<LeaseLocks>(vault, time, time, random, channels.emplace_back(time, bus));
  }
  Task<void> work(LeaseLocks& locks, Millis span, char mark) {
    const Locks::Held held = co_await locks.acquire("refresh:a");
    log.push_back(held ? mark : '-');
    co_await time.sleep(span);
    log.push_back(mark);
  }
};

TEST(Lease, T1OneHolderAtATimeHoweverLongItTakes) {
  Tabs tabs;
  const auto one = tabs.tab(), two = tabs.tab(), three = tabs.tab();
  TaskScope scope;
  scope.spawn(tabs.work(*one, Minutes(3), 'a'));
  scope.spawn(tabs.work(*two, Seconds(1), 'b'));
  scope.spawn(tabs.work(*three, Seconds(1), 'c'));
  tabs.time.advance(Minutes(2));
  EXPECT_EQ(tabs.log, "a");
  tabs.time.advance(Minutes(2));
  EXPECT_TRUE(tabs.log == "aabbcc" || tabs.log == "aaccbb") << tabs.log;
}

TEST(Lease, T1OfATabThatDiedIsTakenOverAfterTwentySeconds) {
  Tabs tabs;
  auto one = tabs.tab();
  const auto two = tabs.tab();
  auto scope = std::make_unique<TaskScope>();
  scope->spawn(tabs.work(*one, Minutes(3), 'a'));
  TaskScope waiting;
  waiting.spawn(tabs.work(*two, Seconds(1), 'b'));
  tabs.time.advance(Seconds(7));
  one.reset();  // the tab is killed: nothing is given back
  scope.reset();
  tabs.time.advance(Seconds(17));
  EXPECT_EQ(tabs.log, "a");
  tabs.time.advance(Seconds(5));
  EXPECT_EQ(tabs.log, "abb");
}

TEST(Lease, T1HolderThatStorageKeepsFromRenewingIsHeardByTheOthers) {
  Tabs tabs;
  auto one = tabs.tab();
  const auto two = tabs.tab();
  auto scope = std::make_unique<TaskScope>();
  scope->spawn(tabs.work(*one, Minutes(3), 'a'));
  tabs.time.advance(Seconds(1));
  tabs.vault.fail_writes = true;
  TaskScope waiting;
  waiting.spawn(tabs.work(*two, Seconds(1), 'b'));
  tabs.time.advance(Minutes(2));
  tabs.vault.fail_writes = false;
  tabs.time.advance(Seconds(30));
  EXPECT_EQ(tabs.log, "a");
  tabs.vault.fail_writes = true;
  tabs.time.advance(Seconds(10));
  one.reset();  // killed: nobody says any more that it is alive
  scope.reset();
  tabs.vault.fail_writes = false;
  tabs.time.advance(Seconds(25));
  EXPECT_EQ(tabs.log, "abb");
}

TEST(Lease, T1WallClockThatJumpsTakesNobodysSection) {
  Tabs tabs;
  const auto one = tabs.tab(), two = tabs.tab();
  TaskScope scope;
  scope.spawn(tabs.work(*one, Seconds(60), 'a'));
  scope.spawn(tabs.work(*two, Seconds(1), 'b'));
  for (int i = 0; i < 50; ++i) {
    tabs.time.jump_wall(i % 2 ? Hours(3) : -Hours(3));
    tabs.time.advance(Seconds(1));
  }
  EXPECT_EQ(tabs.log, "a");
}

TEST(Lease, S3VaultThatCannotBeWrittenGivesNoSection) {
  Tabs tabs;
  const auto one = tabs.tab();
  tabs.vault.fail_writes = true;
  TaskScope scope;
  scope.spawn(tabs.work(*one, Seconds(1), 'a'));
  tabs.time.advance(Seconds(9));
  EXPECT_EQ(tabs.log, "");
  tabs.time.advance(Seconds(3));
  EXPECT_EQ(tabs.log, "-a");
}

TEST(MemoryVault, T3ReplacesOnlyWhatCarriesTheExpectedNumber) {
  Tabs tabs;
  const auto now = [](Task<Result<bool>> task) {
    task.start();
    return task.take().value();
  };
  EXPECT_TRUE(now(tabs.vault.replace("a", SecretText("1"), 5, 6)));
  EXPECT_FALSE(now(tabs.vault.replace("a", SecretText("2"), 5, 6)));
  EXPECT_TRUE(now(tabs.vault.replace("a", SecretText("3"), 6, 7)));
  EXPECT_EQ(tabs.vault.records.at("a").expose(), "3");
}

TEST(MemoryBroadcast, OtherTabsHearTheirTopicAndNobodyHearsItself) {
  VirtualTime time;
  const auto bus = std::make_shared<MemoryBus>();
  MemoryBroadcast one(time, bus), two(time, bus);
  std::string log;
  TaskScope scope;
  const auto listen = [](Broadcast& tab, std::string topic, std::string& out, char mark) -> Task<void> {
    co_await tab.hear(topic);
    out.push_back(mark);
  };
  scope.spawn(listen(one, "session/a", log, '1'));
  scope.spawn(listen(two, "session/a", log, '2'));
  scope.spawn(listen(two, "session/b", log, 'x'));
  one.tell("session/a");
  EXPECT_EQ(log, "");  // never inline
  time.advance(Millis(1));
  EXPECT_EQ(log, "2");
}

}  // namespace
}  // namespace foyer
