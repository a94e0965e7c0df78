// The history of one thing: a period to choose, a plot of it beside the period before, its numbers as a table
// and as a file.
#pragma once

#include "shell/layout/builder.hpp"

namespace foyer::shell {

// `id` begins the ids of its nodes; `beside` stands beside the choice of the period.
void build_history(Builder& b, const Plant& plant, const Module& subject, const std::string& id, Body beside);
// The same on the page of a room, a thermostat or a device: nothing is asked of the cloud before somebody
// wants it.
void build_module_history(Builder& b, const Plant& plant, const Module& subject, const std::string& id);

}  // namespace foyer::shell
