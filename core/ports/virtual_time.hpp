// In-memory clock and timers: virtual time that moves only when a test (or the simulator's load run) says so.
//
// Example (compiled by tests/ports):
//   VirtualTime time;
//   scope.spawn(flow(time));        // co_await time.sleep(Seconds(5)) somewhere inside
//   time.advance(Seconds(5));       // resumes it
#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "core/ports/clock.hpp"

namespace foyer {

class VirtualTime final : public Clock, public Timers {
 public:
  explicit VirtualTime(Instant start = instant_from_ms(1'767'225'600'000))
      : wall_(start) {}  // 2026-01-01 UTC

  Instant now() const override { return wall_; }
  Steady steady() const override { return steady_; }
  Minutes utc_offset(Instant) const override { return offset; }
  Task<void> sleep(Millis delay) override;

  // Runs every timer that falls due, in order of time, then stands at now + span.
  void advance(Millis span);
  // Moves to the next timer and runs it; false when none waits.
  bool run_next();
  // Runs timers until none is left or `span` has passed.
  void settle(Millis span = Hours(1));
  // A wall clock that jumps without time passing (rule K1).
  void jump_wall(Millis delta) { wall_ += delta; }
  std::size_t waiting() const { return timers_.size(); }

  Minutes offset{0};

 private:
  using Key = std::pair<Steady, std::uint64_t>;
  struct Cancel;
  Instant wall_;
  Steady steady_{};
  std::uint64_t next_ = 0;
  std::map<Key, Completion<bool>> timers_;
};

}  // namespace foyer
