// Virtual time: it moves only when told, in order, and forgets whoever left.
#include "core/ports/virtual_time.hpp"

#include <gtest/gtest.h>

#include <string>

namespace foyer {
namespace {

Task<void> note_after(VirtualTime& time, Millis delay, std::string& log, char mark) {
  co_await time.sleep(delay);
  log.push_back(mark);
}

TEST(VirtualTime, RunsTimersInOrderOfTimeThenOfArrival) {
  VirtualTime time;
  TaskScope scope;
  std::string log;
  scope.spawn(note_after(time, Seconds(2), log, 'c'));
  scope.spawn(note_after(time, Seconds(1), log, 'a'));
  scope.spawn(note_after(time, Seconds(1), log, 'b'));
  time.advance(Millis(999));
  EXPECT_EQ(log, "");
  time.advance(Millis(1));
  EXPECT_EQ(log, "ab");
  time.advance(Hours(1));
  EXPECT_EQ(log, "abc");
}

TEST(VirtualTime, ASleepOfNothingStillWaitsForTheLoop) {
  VirtualTime time;
  TaskScope scope;
  std::string log;
  scope.spawn(note_after(time, Millis(0), log, 'a'));
  EXPECT_EQ(log, "");
  time.advance(Millis(0));
  EXPECT_EQ(log, "a");
}

TEST(VirtualTime, WallAndSteadyClockMoveTogetherUnlessTheWallJumps) {
  VirtualTime time;
  const Instant wall = time.now();
  const Steady steady = time.steady();
  time.advance(Seconds(5));
  EXPECT_EQ(time.now() - wall, Seconds(5));
  EXPECT_EQ(time.steady() - steady, Seconds(5));
  time.jump_wall(-Hours(2));
  EXPECT_EQ(time.now() - wall, Seconds(5) - Hours(2));
  EXPECT_EQ(time.steady() - steady, Seconds(5));
}

TEST(VirtualTime, ADroppedSleepLeavesNothingBehind) {
  VirtualTime time;
  std::string log;
  {
    TaskScope scope;
    scope.spawn(note_after(time, Seconds(1), log, 'a'));
    EXPECT_EQ(time.waiting(), 1U);
  }
  EXPECT_EQ(time.waiting(), 0U);
  EXPECT_FALSE(time.run_next());
  EXPECT_EQ(log, "");
}

TEST(VirtualTime, AFlowThatSleepsAgainIsCalledAgainInsideOneAdvance) {
  VirtualTime time;
  TaskScope scope;
  int rounds = 0;
  scope.spawn([](VirtualTime& t, int& count) -> Task<void> {
    for (;;) {
      co_await t.sleep(Seconds(10));
      ++count;
    }
  }(time, rounds));
  time.advance(Minutes(1));
  EXPECT_EQ(rounds, 6);
  time.settle(Minutes(1));
  EXPECT_EQ(rounds, 12);
}

TEST(VirtualTime, ATimerMayDropTheFlowOfAnotherTimer) {
  VirtualTime time;
  TaskScope killer, victim;
  std::string log;
  killer.spawn([](VirtualTime& t, TaskScope& other) -> Task<void> {
    co_await t.sleep(Seconds(1));
    other.cancel_all();
  }(time, victim));
  victim.spawn(note_after(time, Seconds(1), log, 'v'));
  time.advance(Seconds(2));
  EXPECT_EQ(log, "");
}

}  // namespace
}  // namespace foyer
