// "Why?" of what heats or cools: one sentence from what is known, and the way to change it.
#pragma once

#include "shell/views/comfort.hpp"
#include "shell/views/home_plan.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {

// The node that opens the sentence of a module: `where` tells apart the places that show the same one.
std::string why_id(std::string_view where, const Module& module);
Action open_why(const std::string& id);
// What comes next, why it is as it is, and a button that leads out of it; ids begin with `id`.
void build_outlook(Builder& b, const Plant& plant, const Module& module, const std::string& id);
// The thermostat (or else the first radiator) of the room on the plan; null without one.
const Module* heating_of(const Plant& plant, const HomePlan& plan, const HomePlan::Room& room);

}  // namespace foyer::shell
