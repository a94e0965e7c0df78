// The forms of a thermostat's status, shared by answers and notifications. Internal to core/sim; for .cpp
// files only.
#pragma once

#include "core/base/json.hpp"
#include "core/sim/state/parts.hpp"

namespace foyer::sim {

Json smarther_sender(const Chalet& plant, const Thermostat& thermostat);
// {"measures":[…]} with one entry; degrees in the unit of the switches.
Json smarther_measure(const Switches& switches, Ms now, double value, const char* unit);
Json smarther_degrees(const Switches& switches, Ms now, double celsius);
// One element of "chronothermostats". Commands younger than `delay` do not show.
Json smarther_status(const State& state, const Chalet& plant, const Thermostat& thermostat, Ms now, Ms delay);

}  // namespace foyer::sim
