// The last known home as JSON text, for the cache of the page and for the headless client
// (docs/home.schema.json).
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/model/home.hpp"

namespace foyer {

std::string to_json(const Plant& plant);
// Reads what to_json wrote; every reading comes back as Origin::cached. ErrorKind::malformed otherwise.
Result<Plant> plant_from_json(std::string_view text);

}  // namespace foyer
