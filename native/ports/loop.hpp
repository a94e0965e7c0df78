// The event loop of a native program: timers and everything that wants to be looked at between two waits. One
// thread.
//
// Contract: pump() is the only place where waiting flows are resumed; nothing is resumed inline. Whoever
// needs regular looks (transfers, the redirect listener, lock files) registers a Worker.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "core/ports/clock.hpp"

namespace foyer::native {

class SystemClock final : public Clock {
 public:
  Instant now() const override;
  Steady steady() const override;
  Minutes utc_offset(Instant at) const override;
};

// Something that has to be looked at while it is busy.
class Worker {
 public:
  virtual ~Worker() = default;
  // Does what can be done without waiting; may resume flows.
  virtual void work() = 0;
  // It wants to be looked at again soon (a transfer is under way).
  virtual bool busy() const = 0;
};

class EventLoop final : public Timers {
 public:
  explicit EventLoop(const Clock& clock) : clock_(clock) {}
  Task<void> sleep(Millis delay) override;

  // Workers must outlive the loop's last pump().
  void add(Worker& worker) { workers_.push_back(&worker); }
  // Runs what is due now.
  void pump();
  // How long one may wait before the next pump(): at most `longest`, less when a timer is due or a worker is
  // busy.
  Millis patience(Millis longest) const;

 private:
  using Key = std::pair<Steady, std::uint64_t>;
  struct Cancel;
  const Clock& clock_;
  std::uint64_t next_ = 0;
  std::map<Key, Completion<bool>> timers_{};
  std::vector<Worker*> workers_{};
};

}  // namespace foyer::native
