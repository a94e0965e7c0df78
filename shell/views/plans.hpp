// Parts of the plans view.
#pragma once

#include <optional>
#include <string>

#include "core/app/plans/draft.hpp"
#include "core/app/plans/week.hpp"
#include "shell/layout/builder.hpp"

namespace foyer::shell {

// What is chosen in the week on show: a day, and one of its spans by its place in that day.
struct PlanPlace {
  int day = 0;
  std::optional<std::size_t> span{};
};
PlanPlace plan_place(const Builder& b);
Action choose_place(const PlanPlace& place);
// Nothing may be changed now: it is being sent, or it is not understood.
struct PlanSheet {
  const Plant& plant;
  const Schedule& read;  // as the cloud told it
  const Schedule& now;   // with the changes that were not sent
  PlanPlace place{};
  bool editable = false;
};
// The plan on show; nothing without any.
std::optional<PlanSheet> plan_sheet(const Builder& b);

void build_house(Builder& b, const Plant& plant, const PlanSheet* sheet);  // now, away, frost guard
void build_plan_day(Builder& b, const PlanSheet& sheet);                   // the day's list of changes
void build_plan_zones(Builder& b, const PlanSheet& sheet);                 // temperatures, names
void build_plan_changes(Builder& b, const PlanSheet& sheet);               // difference, save, take back
void build_plan_more(Builder& b, const PlanSheet& sheet);                  // name, copy, delete
// A button that opens what `body` puts below it.
void opened(Builder& b, const std::string& id, std::string label, Icon icon, Body body);
// What was typed into a field, or what it holds by itself.
std::string typed(const Builder& b, const std::string& id, const std::string& usual);

}  // namespace foyer::shell
