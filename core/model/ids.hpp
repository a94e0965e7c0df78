// The strong ids of the home and the value of a reading, shared by everything in the model.
#pragma once

#include <string>
#include <variant>

#include "core/base/id.hpp"

namespace foyer {

using PlantId = Id<struct PlantTag>;
using AmbientId = Id<struct AmbientTag>;
using ModuleId = Id<struct ModuleTag>;
using GatewayId = Id<struct GatewayTag>;

using Value = std::variant<bool, double, std::string>;

}  // namespace foyer
