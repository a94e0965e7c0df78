#include "web/ports/browser_time.hpp"

#include <algorithm>
#include <cstdint>

#include "web/ports/pending.hpp"

extern "C" {
double foyer_clock_now();
double foyer_clock_steady();
int foyer_clock_offset(double ms);
void foyer_timer_start(int number, int ms);
}

namespace foyer::web {

Instant Clock::now() const { return instant_from_ms(static_cast<std::int64_t>(foyer_clock_now())); }

Steady Clock::steady() const { return Steady(Millis(static_cast<std::int64_t>(foyer_clock_steady()))); }

Minutes Clock::utc_offset(Instant at) const {
  return Minutes(foyer_clock_offset(static_cast<double>(to_ms(at))));
}

Task<void> Timers::sleep(Millis delay) {
  // setTimeout takes 31 bits; longer sleeps are made of pieces.
  static constexpr Millis longest = Hours(24);
  Millis left = std::max(delay, Millis(0));
  do {
    const Millis piece = std::min(left, longest);
    co_await ask([piece](int number) { foyer_timer_start(number, static_cast<int>(piece.count())); });
    left -= piece;
  } while (left > Millis(0));
}

}  // namespace foyer::web
