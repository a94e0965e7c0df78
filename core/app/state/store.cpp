#include "core/app/state/store.hpp"

#include <algorithm>
#include <utility>

namespace foyer {

void Store::changed() {
  ++state.version;
  if (telling_) return;
  telling_ = true;
  scope_.spawn(tell());
}

Task<void> Store::tell() {
  co_await host_.timers.sleep(Millis(0));
  telling_ = false;
  if (on_change) on_change();
}

void Store::say(std::string text) {
  state.notice = std::move(text);
  ++state.notice_number;
  changed();
}

AccountState* Store::account(const std::string& id) {
  for (AccountState& one : state.accounts)
    if (one.id == id) return &one;
  return nullptr;
}

Plant* Store::plant(const PlantId& id) {
  for (Plant& one : state.plants)
    if (one.id == id) return &one;
  return nullptr;
}

Plant* Store::plant_of(const ModuleId& id) {
  for (Plant& one : state.plants)
    if (one.module(id)) return &one;
  return nullptr;
}

void Store::drop_plants(const std::string& account, const std::function<bool(const PlantId&)>& keep) {
  std::erase_if(state.plants, [&](const Plant& plant) {
    const auto owner = state.plant_account.find(plant.id);
    if (owner == state.plant_account.end() || owner->second != account || (keep && keep(plant.id)))
      return false;
    for (const Module& module : plant.modules)
      std::erase_if(state.commands, [&](const auto& one) { return one.first.first == module.id; });
    state.plans.erase(plant.id);
    state.plant_account.erase(owner);
    return true;
  });
  if (state.undo &&
      std::ranges::any_of(state.undo->back, [&](const auto& one) { return !plant_of(one.first); }))
    state.undo.reset();
  changed();
}

}  // namespace foyer
