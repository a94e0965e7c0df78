// The weekly plan of a home that somebody looks at and edits: part of the state, written by the planner
// alone.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/model/home.hpp"
#include "core/model/schedule.hpp"

namespace foyer::plan {

struct PlanState {
  std::string shown{};               // id of the plan on show; empty: the one in force
  std::optional<Schedule> draft{};   // with changes that were not sent
  std::optional<Schedule> former{};  // as it was before the last save, which can be taken back
  bool busy = false;                 // something is on its way to the cloud, or read back
  std::string trouble{};             // why it was not saved, for people; the draft is kept
};

// Each home has its own, so that nothing of one is sent to another; it goes with its home.
using PlanStates = std::map<PlantId, PlanState>;
// That of a home; an empty one while nobody looked at its plans.
const PlanState& state_of(const PlanStates& states, const PlantId& plant);

// Can be edited and sent back (tariffs are contracts and can't).
bool is_editable(const Schedule& schedule);
// The plan on show, as it was read; the selected one of the heating when none was chosen. Null without any.
const Schedule* shown_plan(const Plant& plant, const PlanState& state);
// The same with the changes that were not sent.
const Schedule* drafted_plan(const Plant& plant, const PlanState& state);

}  // namespace foyer::plan
