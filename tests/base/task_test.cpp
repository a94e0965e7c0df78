// Task, Completion and TaskScope: flows that are started, waited for, dropped – and never run afterwards.
#include "core/base/task.hpp"

#include <gtest/gtest.h>

#include <string>

namespace foyer {
namespace {

// The example of task.hpp.
Task<int> answer() { co_return 42; }
Task<int> next() { co_return co_await answer() + 1; }

// Says in `log` when it goes.
struct Witness {
  std::string& log;
  char mark;
  Witness(std::string& l, char m) : log(l), mark(m) {}
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;
  ~Witness() { log.push_back(mark); }
};

TEST(Task, IsLazyAndGivesItsResult) {
  bool ran = false;
  auto task = [](bool& flag) -> Task<int> {
    flag = true;
    co_return co_await next();
  }(ran);
  EXPECT_FALSE(ran);
  task.start();
  EXPECT_TRUE(ran);
  ASSERT_TRUE(task.done());
  EXPECT_EQ(task.take(), 43);
}

TEST(Task, OneThatWasNeverStartedIsDroppedWithItsArguments) {
  std::string log;
  {
    auto task = [](std::unique_ptr<Witness>) -> Task<void> {
      co_return;
    }(std::make_unique<Witness>(log, 'w'));
    EXPECT_TRUE(task.valid());
  }
  EXPECT_EQ(log, "w");
}

TEST(Task, ALoopOverReadyTasksDoesNotGrowTheStack) {
  // A million frames on the stack would need far more than the megabyte that Node's tests have.
  auto loop = []() -> Task<long> {
    long sum = 0;
    for (int i = 0; i < 1'000'000; ++i) sum += co_await answer();
    co_return sum;
  }();
  loop.start();
  ASSERT_TRUE(loop.done());
  EXPECT_EQ(loop.take(), 42'000'000);
}

TEST(Task, ALoopOverResolvedCompletionsDoesNotGrowTheStack) {
  auto loop = []() -> Task<long> {
    long sum = 0;
    for (int i = 0; i < 300'000; ++i) {
      const Completion<int> ready;
      ready.resolve(1);
      sum += co_await ready;
    }
    co_return sum;
  }();
  loop.start();
  EXPECT_EQ(loop.take(), 300'000);
}

TEST(Task, AnAlreadyFinishedTaskCanStillBeAwaited) {
  Task<int> first = answer();
  first.start();
  auto second = [](Task<int>& done) -> Task<int> { co_return co_await done; }(first);
  second.start();
  EXPECT_EQ(second.take(), 42);
}

TEST(Task, MovesResultsThatCannotBeCopied) {
  auto task = []() -> Task<std::unique_ptr<int>> { co_return std::make_unique<int>(7); }();
  auto taker = [](Task<std::unique_ptr<int>> inner) -> Task<int> {
    co_return *co_await std::move(inner);
  }(std::move(task));
  taker.start();
  EXPECT_EQ(taker.take(), 7);
}

Task<void> wait_deeply(const Completion<int>& event, std::string& log, int depth) {
  const Witness witness(log, static_cast<char>('0' + depth));
  if (depth == 0) {
    co_await event;
    log.push_back('!');
  } else {
    co_await wait_deeply(event, log, depth - 1);
  }
}

TEST(Task, DroppingTheOwnerDestroysTheWholeChainFromTheInside) {
  std::string log;
  const Completion<int> event;
  {
    Task<void> task = wait_deeply(event, log, 3);
    task.start();
    EXPECT_FALSE(task.done());
  }
  EXPECT_EQ(log, "0123");
  event.resolve(1);  // harmless
  EXPECT_EQ(log, "0123");
}

TEST(Task, ANestedWaitResumesOutwards) {
  std::string log;
  const Completion<int> event;
  Task<void> task = wait_deeply(event, log, 3);
  task.start();
  event.resolve(1);
  EXPECT_TRUE(task.done());
  EXPECT_EQ(log, "!0123");
}

TEST(Task, AssignmentCancelsWhatWasThere) {
  std::string log;
  const Completion<int> event;
  Task<void> task = wait_deeply(event, log, 0);
  task.start();
  task = wait_deeply(event, log, 1);
  EXPECT_EQ(log, "0");
  task.start();
  event.resolve(1);
  EXPECT_EQ(log, "0!01");
}

TEST(Task, CancellingTwiceIsHarmless) {
  Task<int> task = answer();
  task.cancel();
  task.cancel();
  EXPECT_FALSE(task.valid());
  EXPECT_FALSE(task.done());
}

Task<void> note(Completion<int> event, std::string& log, char mark) {
  const int value = co_await event;
  log.push_back(mark);
  log += std::to_string(value);
}

TEST(Completion, WakesAllWaitersInTheOrderTheyCame) {
  std::string log;
  const Completion<int> event;
  TaskScope scope;
  for (const char mark : {'a', 'b', 'c'}) scope.spawn(note(event, log, mark));
  event.resolve(7);
  event.resolve(8);  // ignored
  EXPECT_EQ(log, "a7b7c7");
  EXPECT_TRUE(event.resolved());
  scope.spawn(note(event, log, 'd'));  // comes late, does not wait
  EXPECT_EQ(log, "a7b7c7d7");
}

TEST(Completion, AWaiterThatLeftIsNotWoken) {
  std::string log;
  const Completion<int> event;
  TaskScope stays;
  {
    TaskScope leaves;
    leaves.spawn(note(event, log, 'x'));
    stays.spawn(note(event, log, 'y'));
  }
  event.resolve(1);
  EXPECT_EQ(log, "y1");
}

TEST(Completion, AFlowThatIsWokenMayDropAnotherWaiter) {
  std::string log;
  const Completion<int> event;
  TaskScope first, second;
  first.spawn([](Completion<int> e, TaskScope& other, std::string& l) -> Task<void> {
    co_await e;
    other.cancel_all();
    l.push_back('k');
  }(event, second, log));
  second.spawn(note(event, log, 'v'));
  event.resolve(1);
  EXPECT_EQ(log, "k");
}

TEST(Completion, AFlowThatIsWokenMayDestroyTheCompletion) {
  auto event = std::make_unique<Completion<int>>();
  bool woken = false;
  TaskScope scope;
  scope.spawn([](std::unique_ptr<Completion<int>>& owner, bool& flag) -> Task<void> {
    const Completion<int> copy = *owner;
    co_await copy;
    owner.reset();
    flag = true;
  }(event, woken));
  event->resolve(1);
  EXPECT_TRUE(woken);
}

TEST(Completion, AFlowThatIsWokenMayWaitAgainOnAnother) {
  const Completion<int> first, second;
  int sum = 0;
  TaskScope scope;
  scope.spawn([](Completion<int> a, Completion<int> b, int& out) -> Task<void> {
    out += co_await a;
    out += co_await b;
  }(first, second, sum));
  second.resolve(20);
  EXPECT_EQ(sum, 0);
  first.resolve(3);
  EXPECT_EQ(sum, 23);
}

TEST(Completion, DroppingTheResolverLeavesTheWaiterToItsOwner) {
  std::string log;
  TaskScope scope;
  {
    const Completion<int> event;
    scope.spawn(note(event, log, 'a'));
  }
  EXPECT_EQ(scope.pending(), 1U);
  scope.cancel_all();
  EXPECT_EQ(scope.pending(), 0U);
  EXPECT_EQ(log, "");
}

TEST(TaskScope, CountsOnlyFlowsThatStillWait) {
  std::string log;
  const Completion<int> event;
  TaskScope scope;
  scope.spawn([]() -> Task<void> { co_return; }());
  EXPECT_EQ(scope.pending(), 0U);
  scope.spawn(note(event, log, 'a'));
  EXPECT_EQ(scope.pending(), 1U);
  event.resolve(1);
  EXPECT_EQ(scope.pending(), 0U);
}

TEST(TaskScope, AFlowMaySpawnInItsOwnScope) {
  std::string log;
  const Completion<int> event;
  TaskScope scope;
  scope.spawn([](TaskScope& own, Completion<int> e, std::string& l) -> Task<void> {
    co_await e;
    for (int i = 0; i < 20; ++i) own.spawn(note(e, l, static_cast<char>('a' + i)));
    l.push_back('.');
  }(scope, event, log));
  event.resolve(1);
  EXPECT_EQ(log.size(), 41U);
  EXPECT_EQ(scope.pending(), 0U);
}

TEST(TaskScope, AFlowMayCancelTheScopeThatOwnsIt) {
  std::string log;
  TaskScope scope;
  const Completion<bool> never, later;
  scope.spawn([](const Completion<bool>& event, std::string& said) -> Task<void> {
    const Witness witness(said, 'o');
    co_await event;
    said += "other ran on";
  }(never, log));
  scope.spawn([](TaskScope& own, const Completion<bool>& event, const Completion<bool>& other,
                 std::string& said) -> Task<void> {
    const Witness witness(said, 'w');
    co_await [](const Completion<bool>& wake) -> Task<void> { co_await wake; }(event);  // woken from within
    own.cancel_all();
    said += "still here,";
    co_await other;
    said += "and after its end";
  }(scope, later, never, log));
  later.resolve(true);
  EXPECT_EQ(log, "ostill here,w") << "the other at once, itself at its next wait";
  EXPECT_EQ(scope.pending(), 0u);
  never.resolve(true);
  EXPECT_EQ(log, "ostill here,w");
}

TEST(TaskScope, AFlowMayCancelItsScopeBeforeItEverWaited) {
  std::string log;
  TaskScope scope;
  scope.spawn([](TaskScope& own, std::string& said) -> Task<void> {
    const Witness witness(said, 'w');
    own.cancel_all();
    own.spawn([](std::string& also) -> Task<void> {
      also += "new ";
      co_return;
    }(said));
    said += "end ";
    co_return;
  }(scope, log));
  EXPECT_EQ(log, "new end w");
  EXPECT_EQ(scope.pending(), 0u);
}

TEST(TaskScope, AFlowMayDestroyTheScopeThatOwnsIt) {
  std::string log;
  auto scope = std::make_unique<TaskScope>();
  const Completion<bool> event;
  scope->spawn(
      [](std::unique_ptr<TaskScope>& own, const Completion<bool>& wake, std::string& said) -> Task<void> {
        const Witness witness(said, 'w');
        co_await wake;
        own.reset();
        said += "end ";
      }(scope, event, log));
  event.resolve(true);
  EXPECT_EQ(log, "end w");
}

}  // namespace
}  // namespace foyer
