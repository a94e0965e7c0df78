#include "shell/views/home_plan.hpp"

#include <algorithm>
#include <cmath>

#include "shell/views/search.hpp"
#include "shell/views/tile.hpp"

namespace foyer::shell {
namespace {

constexpr std::size_t kMostFound = 40;  // elsewhere; more words make it fewer

void count(HomePlan& plan, HomePlan::Room& room, const Module& module, std::uint32_t at,
           const Arrangement& arranged) {
  if (module.reach != Reach::unreachable) {
    room.all_offline = false;
    if (shines(module)) {
      ++room.on;
      if (goes_off_with_lights(arranged, module)) {
        room.can_switch_off = true;
        plan.lights_on.push_back(at);
      }
    }
    if (module.flag(Aspect::open_window).value_or(false)) {
      room.open_window = true;
      plan.open_windows.push_back(at);
    }
  }
  // A meter measures what the devices use: it counts only where no device reports.
  if (auto watts = module.number(Aspect::power))
    (module.kind == Kind::energy_meter ? room.metered : room.watts) += *watts;
  if (!room.temperature) room.temperature = module.number(Aspect::temperature);
  if (!room.humidity) room.humidity = module.number(Aspect::humidity);
}

using Rooms = std::vector<std::pair<std::string_view, std::size_t>>;  // id and place, by id

std::size_t room_of(const Rooms& rooms, std::string_view id) {
  const auto at = std::ranges::lower_bound(rooms, id, {}, &Rooms::value_type::first);
  return at != rooms.end() && at->first == id ? at->second : rooms.size();
}

// Modules by room of the plant; those of no room come last. `shown`: of a search, empty for all.
std::vector<std::vector<std::uint32_t>> by_room(const Plant& plant, const std::vector<bool>& shown,
                                                const AmbientId& only, const Arrangement& arranged) {
  Rooms index;
  for (std::size_t at = 0; at < plant.ambients.size(); ++at)
    index.emplace_back(plant.ambients[at].id.text, at);
  std::ranges::sort(index);
  std::vector<std::vector<std::uint32_t>> rooms(plant.ambients.size() + 1);
  std::vector<std::string_view> devices;  // that consist of channels
  for (const Module& module : plant.modules)
    if (!module.part_of.empty()) devices.push_back(module.part_of.text);
  std::ranges::sort(devices);
  for (std::uint32_t at = 0; at < plant.modules.size(); ++at) {
    const Module& module = plant.modules[at];
    if (!shown.empty() && !shown[at]) continue;
    if (module.capabilities.empty() && std::ranges::binary_search(devices, std::string_view(module.id.text)))
      continue;
    if (!has_tile(module) || (!only.empty() && module.ambient != only)) continue;
    // A search finds what is hidden, too: it is the way back.
    if (shown.empty() && !arranged.hidden.empty() && arranged.hidden.contains(module.id.text)) continue;
    rooms[room_of(index, module.ambient.text)].push_back(at);
  }
  return rooms;
}

}  // namespace

std::vector<Attention> needing_attention(const State& state) {
  std::vector<Attention> all;
  for (std::uint32_t home = 0; home < state.plants.size(); ++home) {
    const Plant& plant = state.plants[home];
    std::vector<std::string_view> dark;
    for (const Gateway& gateway : plant.gateways)
      if (gateway.offline_since) dark.push_back(gateway.id.text);
    for (std::uint32_t at = 0; at < plant.modules.size(); ++at) {
      const Module& module = plant.modules[at];
      if (module.reach == Reach::unreachable) {
        if (module.kind != Kind::gateway && std::ranges::find(dark, module.gateway.text) == dark.end())
          all.push_back({Attention::What::offline, home, at});
        continue;
      }
      const Reading* battery = module.reading(Aspect::battery);
      const std::string* level = battery ? std::get_if<std::string>(&battery->value) : nullptr;
      if (level != nullptr && (*level == "low" || *level == "very_low"))
        all.push_back({Attention::What::battery, home, at});
    }
  }
  // Few: only what somebody commanded has an entry.
  for (const auto& [target, command] : state.commands) {
    if (command.picture != CommandState::Picture::not_confirmed &&
        command.picture != CommandState::Picture::failed)
      continue;
    for (std::uint32_t home = 0; home < state.plants.size(); ++home)
      if (const Module* module = state.plants[home].module(target.first))
        all.push_back({Attention::What::unconfirmed, home,
                       static_cast<std::uint32_t>(module - state.plants[home].modules.data())});
  }
  return all;
}

bool has_tile(const Module& module) {
  // A key of a remote tells nothing; a channel of a meter tells its history.
  if (module.capabilities.empty() && !module.part_of.empty() && module.kind != Kind::energy_meter)
    return false;
  return module.kind != Kind::scene && module.kind != Kind::gateway;
}

std::size_t HomePlan::row_at(float top) const {
  auto at = std::partition_point(rows.begin(), rows.end(),
                                 [&](const Row& row) { return row.top + row.height < top; });
  return static_cast<std::size_t>(at - rows.begin());
}

HomePlan plan_home(const State& state, const Plant& plant, std::string_view query, const AmbientId& only,
                   const TileSizes& sizes, std::unique_ptr<SearchIndex>& index) {
  HomePlan plan;
  plan.sizes = sizes;
  std::vector<bool> shown;
  if (query.find_first_not_of(" \t") != query.npos) {
    shown.resize(plant.modules.size());
    const auto here = static_cast<std::uint32_t>(&plant - state.plants.data());
    for (const Found& one : search(search_index(state, index), query)) {
      if (one.what == Found::What::device && one.plant == here) {
        shown[one.at] = true;
      } else if (plan.found.size() < kMostFound) {
        plan.found.push_back(one);
      }
    }
  }
  const auto columns = static_cast<std::uint32_t>(sizes.columns);
  float y = 0;
  auto rooms = by_room(plant, shown, only, state.arrangement);
  std::vector<std::size_t> order = room_order(state.arrangement, plant);
  order.push_back(plant.ambients.size());  // of no room
  for (const std::size_t at : order) {
    const auto& members = rooms[at];
    if (members.empty()) continue;
    if (!plan.rooms.empty()) y += sizes.between;
    HomePlan::Room room;
    room.ambient = at < plant.ambients.size() ? static_cast<int>(at) : -1;
    room.top = y;
    room.first = static_cast<std::uint32_t>(plan.tiles.size());
    room.count = static_cast<std::uint32_t>(members.size());
    room.all_offline = true;
    room.folded = shown.empty() && only.empty() && room.ambient >= 0 &&
                  state.arrangement.folded.contains(plant.ambients[at].id.text);
    for (std::uint32_t member : members) count(plan, room, plant.modules[member], member, state.arrangement);
    plan.on += room.on;
    if (room.watts == 0) room.watts = room.metered;
    plan.watts += room.watts;
    if (only.empty()) y += sizes.heading;
    for (std::uint32_t first = 0; first < room.count && !room.folded; first += columns) {
      HomePlan::Row row{y, sizes.small, static_cast<std::uint32_t>(plan.rooms.size()), room.first + first,
                        std::min(room.count - first, columns)};
      for (std::uint32_t tile = 0; tile < row.count; ++tile)
        if (tall_tile(plant.modules[members[first + tile]])) row.height = sizes.tall;
      plan.rows.push_back(row);
      y += row.height + sizes.gap;
    }
    if (!room.folded) y -= sizes.gap;
    plan.tiles.insert(plan.tiles.end(), members.begin(), members.end());
    room.bottom = y;
    plan.rooms.push_back(room);
  }
  plan.height = y;
  return plan;
}

}  // namespace foyer::shell
