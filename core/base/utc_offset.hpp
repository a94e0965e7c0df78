// How a place's local time differs from UTC, as a function of the moment.
#pragma once

#include <functional>

#include "core/base/time.hpp"

namespace foyer {

// Local time minus UTC at that moment, as Clock::utc_offset.
using UtcOffset = std::function<Minutes(Instant)>;

}  // namespace foyer
