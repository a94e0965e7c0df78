// States of a home for tests and previews, made by hand: the home of the pictures, and homes of any size.
#pragma once

#include <string>

#include "core/app/state/state.hpp"

namespace foyer::test {

// 10 January 2026, 18:02 UTC.
Instant evening();

// The home of the look's pictures: three rooms, every picture of a tile, one open problem.
State pictured_home();
// The thermostat of that home on show.
State with_thermostat();
// `modules` modules in rooms of twenty; every kind in turn.
State big_home(int modules);
// The home of the pictures with the doctor's findings, calls in the journal, and the console at an operation
// that was sent once.
State for_developers(Route::View view);
// Nobody is signed in.
State welcome();
State loading();

Module make_light(const std::string& id, const std::string& name, const AmbientId& ambient, bool on);
Module make_dimmer(const std::string& id, const std::string& name, const AmbientId& ambient, double level);
Module make_shutter(const std::string& id, const std::string& name, const AmbientId& ambient,
                    double position);
Module make_thermostat(const std::string& id, const std::string& name, const AmbientId& ambient);

}  // namespace foyer::test
