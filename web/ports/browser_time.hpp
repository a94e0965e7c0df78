// Clock and timers of the JavaScript host. performance.now() may stand still while the machine sleeps (rule
// K1).
#pragma once

#include "core/ports/clock.hpp"

namespace foyer::web {

class Clock final : public foyer::Clock {
 public:
  Instant now() const override;
  Steady steady() const override;
  Minutes utc_offset(Instant at) const override;
};

class Timers final : public foyer::Timers {
 public:
  Task<void> sleep(Millis delay) override;
};

}  // namespace foyer::web
