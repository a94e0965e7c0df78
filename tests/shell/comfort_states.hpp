// States with plans and histories, made by hand.
#pragma once

#include "core/app/state/state.hpp"

namespace foyer::test {

inline const ModuleId metered("netatmo:e#5"), warmed("netatmo:home/room/1");

// A home with two heating plans, one for cooling, one of actions, its house module and two heated rooms. The
// plans view is on show.
State with_plans();
// The same with changes that were not sent.
State with_changes();
// Half the home's plan is not understood.
State with_broken_plan();
// A meter with hours of yesterday and today and days of two years, two tariffs and a hole; the energy view is
// on show.
State with_history(history::Period period = history::Period::day);
// A room's temperatures beside what was wanted, on the room's page.
State with_temperatures();

}  // namespace foyer::test
