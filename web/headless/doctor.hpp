// The connection doctor: looks at each part of the way to a cloud, one by one, and says what is wrong with
// it.
#pragma once

#include <vector>

#include "core/app/controller.hpp"
#include "web/headless/report.hpp"

namespace foyer::headless {

// Storage and vault; then, per cloud, redirect address, discovery, keys, clock, token endpoint, API. Makes at
// most one call that counts against the quota, and only for an account that is signed in.
Task<std::vector<Check>> examine(Host& host, const Config& config, Controller& controller);

}  // namespace foyer::headless
