// When and where the ledgers of tests are used.
#pragma once

#include "core/base/time.hpp"

namespace foyer::policy {

inline const Instant noon = instant_from_ms(1'767'268'800'000);  // 2026-01-01T12:00:00Z
inline constexpr Minutes utc{0};

}  // namespace foyer::policy
