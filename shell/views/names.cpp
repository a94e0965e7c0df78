// What homes, rooms, devices and gateways are called here: the person's name, else the cloud's, else what it
// is.
#include "shell/views/views.hpp"

namespace foyer::shell {

std::string shown_name(const State& state, const Module& module) {
  const std::string_view name = name_of(state.arrangement, module);
  if (!name.empty()) return std::string(name);
  const bool unknown = module.kind == Kind::unknown && !module.device.empty();
  return unknown ? module.device : std::string(word(kind_word(module.kind)));
}

std::string shown_name(const State& state, const Ambient& room) {
  return std::string(name_of(state.arrangement, room));
}

std::string shown_name(const State& state, const Gateway& gateway) {
  const std::string_view name = name_of(state.arrangement, gateway);
  return std::string(name.empty() ? word(W::kind_gateway) : name);
}

std::string shown_name(const State& state, const Plant& plant) {
  const std::string_view name = name_of(state.arrangement, plant);
  if (!name.empty() && name != plant.id.remote()) return std::string(name);
  const auto owner = state.plant_account.find(plant.id);
  for (const AccountState& account : state.accounts)
    if (owner != state.plant_account.end() && account.id == owner->second)
      return say(W::home_of, {account.name});
  return std::string(word(W::home));
}

std::string room_name(const State& state, const Plant& plant, const AmbientId& id) {
  const Ambient* room = plant.ambient(id);
  return room == nullptr ? std::string() : shown_name(state, *room);
}

std::string cloud_name(const State& state, const Plant& plant) {
  const auto owner = state.plant_account.find(plant.id);
  if (state.accounts.size() < 2 || owner == state.plant_account.end()) return {};
  for (const AccountState& account : state.accounts)
    if (account.id == owner->second) return account.name;
  return {};
}

}  // namespace foyer::shell
