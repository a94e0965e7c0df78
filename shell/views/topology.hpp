// Parts of the topology.
#pragma once

#include "shell/views/views.hpp"

namespace foyer::shell {

// What hangs on which gateway, room by room. What no gateway is told of hangs on the home itself.
void build_picture(Builder& b, const Plant& plant);

}  // namespace foyer::shell
