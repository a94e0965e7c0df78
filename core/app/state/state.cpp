#include "core/app/state/state.hpp"

namespace foyer {

const Plant* State::plant() const {
  for (const Plant& one : plants)
    if (one.id == route.plant) return &one;
  return plants.empty() ? nullptr : &plants.front();
}

const CommandState* State::command(const ModuleId& id, Aspect aspect) const {
  const auto found = commands.find({id, aspect});
  return found == commands.end() ? nullptr : &found->second;
}

}  // namespace foyer
