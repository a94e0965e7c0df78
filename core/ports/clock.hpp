// Ports: time that is read and time that is waited for.
#pragma once

#include "core/base/task.hpp"
#include "core/base/time.hpp"

namespace foyer {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;    // wall time; may jump
  virtual Steady steady() const = 0;  // never goes back; may stand still while the machine sleeps
  // Local time minus UTC at that moment, for showing times to people.
  virtual Minutes utc_offset(Instant at) const = 0;
};

class Timers {
 public:
  virtual ~Timers() = default;
  // Resumes after at least `delay`, from the host's event loop (never inline). Dropping cancels.
  virtual Task<void> sleep(Millis delay) = 0;
};

}  // namespace foyer
