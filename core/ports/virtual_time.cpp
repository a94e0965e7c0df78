#include "core/ports/virtual_time.hpp"

namespace foyer {

// Takes the timer out when its waiter is dropped, so that waiting() tells the truth.
struct VirtualTime::Cancel {
  VirtualTime& time;
  Key key;
  Cancel(VirtualTime& t, Key k) : time(t), key(k) {}
  Cancel(const Cancel&) = delete;
  Cancel& operator=(const Cancel&) = delete;
  ~Cancel() { time.timers_.erase(key); }
};

Task<void> VirtualTime::sleep(Millis delay) {
  const Key key{steady_ + delay, next_++};
  const Completion<bool> done;
  timers_.emplace(key, done);
  const Cancel cancel(*this, key);
  co_await done;
}

bool VirtualTime::run_next() {
  if (timers_.empty()) return false;
  const auto node = timers_.extract(timers_.begin());
  const Steady due = node.key().first;
  if (due > steady_) {
    wall_ += due - steady_;
    steady_ = due;
  }
  node.mapped().resolve(true);
  return true;
}

void VirtualTime::advance(Millis span) {
  const Steady end = steady_ + span;
  while (!timers_.empty() && timers_.begin()->first.first <= end) run_next();
  wall_ += end - steady_;
  steady_ = end;
}

void VirtualTime::settle(Millis span) {
  const Steady end = steady_ + span;
  while (!timers_.empty() && timers_.begin()->first.first <= end) run_next();
}

}  // namespace foyer
