// What a room does next and why, in one sentence each.
#pragma once

#include <string>

#include "core/app/plans/outlook.hpp"
#include "core/app/state/state.hpp"
#include "shell/look/format.hpp"

namespace foyer::shell {

// Does it heat or cool a room, so that there is something to say of what it does next?
bool has_outlook(const Module& module);
// `module` is one of `plant`; of one that has no outlook it is an empty one.
plan::Outlook outlook_of(const Plant& plant, const Module& module, const Times& times);
// "20° until 22:30, then 17° (Week)"; empty when nothing is known to come.
std::string next_text(const plan::Outlook& outlook, Times& times);
// The same for a tile, which says the present beside it: "Until 22:30, then 17°".
std::string short_next_text(const plan::Outlook& outlook, Times& times);
// "Set by hand until 22:30." and the like; never empty.
std::string why_text(const plan::Outlook& outlook, Times& times);

}  // namespace foyer::shell
