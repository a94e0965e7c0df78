#include "native/ports/loop.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace foyer::native {
namespace {

constexpr Millis busy_pause = Millis(5);  // between two looks at a transfer

}  // namespace

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now());
}

Steady SystemClock::steady() const {
  return std::chrono::time_point_cast<Millis>(std::chrono::steady_clock::now());
}

Minutes SystemClock::utc_offset(Instant at) const {
  const std::time_t seconds = std::chrono::duration_cast<Seconds>(at.time_since_epoch()).count();
  std::tm local{};
  if (!localtime_r(&seconds, &local)) return Minutes(0);
  return Minutes(local.tm_gmtoff / 60);
}

// Takes the timer out when its waiter is dropped.
struct EventLoop::Cancel {
  EventLoop& loop;
  Key key;
  Cancel(EventLoop& l, Key k) : loop(l), key(k) {}
  Cancel(const Cancel&) = delete;
  Cancel& operator=(const Cancel&) = delete;
  ~Cancel() { loop.timers_.erase(key); }
};

Task<void> EventLoop::sleep(Millis delay) {
  const Key key{clock_.steady() + std::max(delay, Millis(0)), next_++};
  const Completion<bool> done;
  timers_.emplace(key, done);
  const Cancel cancel(*this, key);
  co_await done;
}

void EventLoop::pump() {
  for (Worker* worker : workers_) worker->work();
  // Timers that are set while these run wait for the next round, so that a flow of short sleeps starves
  // nobody.
  const Key end{clock_.steady(), next_};
  while (!timers_.empty() && timers_.begin()->first < end) {
    const auto node = timers_.extract(timers_.begin());
    node.mapped().resolve(true);
  }
}

Millis EventLoop::patience(Millis longest) const {
  if (std::ranges::any_of(workers_, [](const Worker* worker) { return worker->busy(); }))
    longest = std::min(longest, busy_pause);
  if (!timers_.empty()) longest = std::min(longest, timers_.begin()->first.first - clock_.steady());
  return std::max(longest, Millis(0));
}

}  // namespace foyer::native
