#include "shell/home_plan.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "shell/tile.hpp"

namespace foyer::shell {
namespace {

// Lower case, Latin-1 letters without their accents, every kind of space as one that is plain; other
// characters stay.
std::string fold(std::string_view text) {
  static constexpr std::string_view plain = "aaaaaaaceeeeiiiidnooooo/ouuuuyts";
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto byte = static_cast<unsigned char>(text[at]);
    if (text.substr(at, 2) == "\u00A0") {
      out += ' ';
      ++at;
    } else if (text.substr(at, 3) == "\u202F") {
      out += ' ';
      at += 2;
    } else if (byte >= '\t' && byte <= '\r') {
      out += ' ';
    } else if (byte == 0xC3 && at + 1 < text.size()) {
      out += plain[static_cast<unsigned char>(text[++at]) & 0x1FU];
    } else {
      out += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : static_cast<char>(byte);
    }
  }
  return out;
}

void count(HomePlan::Room& room, const Module& module) {
  if (module.reach != Reach::unreachable) {
    room.all_offline = false;
    if (shines(module)) {
      ++room.on;
      const Capability* switchable = module.capability(Aspect::on_off);
      if (switchable == nullptr) switchable = module.capability(Aspect::level);
      room.can_switch_off |= switchable != nullptr && switchable->commandable;
    }
  }
  // A meter measures what the devices use: it counts only where no device reports.
  if (auto watts = module.number(Aspect::power))
    (module.kind == Kind::energy_meter ? room.metered : room.watts) += *watts;
  if (!room.temperature) room.temperature = module.number(Aspect::temperature);
}

// Modules by room, in the plant's order of rooms; those of no room come last.
std::vector<std::vector<std::uint32_t>> by_room(const Plant& plant, std::string_view query,
                                                const AmbientId& only) {
  std::unordered_map<std::string_view, std::size_t> index;
  for (std::size_t at = 0; at < plant.ambients.size(); ++at) index.emplace(plant.ambients[at].id.text, at);
  std::vector<std::vector<std::uint32_t>> rooms(plant.ambients.size() + 1);
  std::unordered_set<std::string_view> devices;  // that consist of channels
  for (const Module& module : plant.modules)
    if (!module.part_of.empty()) devices.insert(module.part_of.text);
  const std::string wanted = fold(query);
  for (std::uint32_t at = 0; at < plant.modules.size(); ++at) {
    const Module& module = plant.modules[at];
    if (module.capabilities.empty() && devices.contains(module.id.text)) continue;
    if (!has_tile(module) || (!only.empty() && module.ambient != only)) continue;
    auto found = index.find(module.ambient.text);
    const std::size_t room = found == index.end() ? plant.ambients.size() : found->second;
    if (!wanted.empty() && !matches(module.name, wanted) &&
        (room == plant.ambients.size() || !matches(plant.ambients[room].name, wanted)))
      continue;
    rooms[room].push_back(at);
  }
  return rooms;
}

}  // namespace

// Word by word: phone keyboards add a space after each, and nobody remembers the order of a name's words.
bool matches(std::string_view text, std::string_view query) {
  const std::string in = fold(text), wanted = fold(query);
  for (std::size_t at = 0; at < wanted.size();) {
    const std::size_t end = std::min(wanted.find(' ', at), wanted.size());
    if (in.find(wanted.substr(at, end - at)) == std::string::npos) return false;
    at = end + 1;
  }
  return true;
}

bool has_tile(const Module& module) {
  if (module.capabilities.empty() && !module.part_of.empty()) return false;  // a key of a remote
  return module.kind != Kind::scene && module.kind != Kind::gateway;
}

std::size_t HomePlan::row_at(float top) const {
  auto at = std::partition_point(rows.begin(), rows.end(),
                                 [&](const Row& row) { return row.top + row.height < top; });
  return static_cast<std::size_t>(at - rows.begin());
}

HomePlan plan_home(const Plant& plant, std::string_view query, const AmbientId& only, const Metrics& m,
                   float width) {
  HomePlan plan;
  plan.columns = std::max(width < m.em(220) ? 1 : 2, static_cast<int>((width + m.gap) / (m.em(180) + m.gap)));
  if (m.phone && m.scale > 1.4F) plan.columns = 1;
  plan.tile_width = (width - static_cast<float>(plan.columns - 1) * m.gap) / static_cast<float>(plan.columns);
  const float words = line_height(Type::name, m.scale) + line_height(Type::small, m.scale);
  const float top = std::max(40.0F, line_height(Type::panel, m.scale));  // icon, or the thermostat's number
  plan.small = 14 + top + 10 + words + 14;
  plan.tall = 14 + top + 12 + words + 10 + 30 + 14;
  plan.heading = std::max(m.target, m.em(32)) + 10;
  float y = 0;
  auto rooms = by_room(plant, query, only);
  for (std::size_t at = 0; at < rooms.size(); ++at) {
    const auto& members = rooms[at];
    if (members.empty()) continue;
    HomePlan::Room room;
    room.ambient = at < plant.ambients.size() ? static_cast<int>(at) : -1;
    room.top = y;
    room.first = static_cast<std::uint32_t>(plan.tiles.size());
    room.count = static_cast<std::uint32_t>(members.size());
    room.all_offline = true;
    for (std::uint32_t member : members) count(room, plant.modules[member]);
    if (room.watts == 0) room.watts = room.metered;
    if (only.empty()) y += plan.heading;
    for (std::uint32_t first = 0; first < room.count; first += static_cast<std::uint32_t>(plan.columns)) {
      HomePlan::Row row{y, plan.small, static_cast<std::uint32_t>(plan.rooms.size()), room.first + first,
                        std::min(room.count - first, static_cast<std::uint32_t>(plan.columns))};
      for (std::uint32_t tile = 0; tile < row.count; ++tile)
        if (tall_tile(plant.modules[members[first + tile]])) row.height = plan.tall;
      plan.rows.push_back(row);
      y += row.height + m.gap;
    }
    plan.tiles.insert(plan.tiles.end(), members.begin(), members.end());
    room.bottom = y - m.gap;
    y += 22 - m.gap;
    plan.rooms.push_back(room);
  }
  plan.height = std::max(0.0F, y - 22 + m.gap);
  return plan;
}

}  // namespace foyer::shell
