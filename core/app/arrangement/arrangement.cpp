#include "core/app/arrangement/arrangement.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/base/json_view.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/showable.hpp"

namespace foyer {
namespace {

constexpr std::size_t most_entries = 2000, most_text = 100, most_json = 1U << 20;

// At most so many characters, without half of one.
std::string shortened(std::string_view text) {
  std::size_t at = 0, count = 0;
  while (at < text.size()) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80 && count++ == most_text) break;
    ++at;
  }
  return std::string(text.substr(0, at));
}

bool flip(std::set<std::string, std::less<>>& all, const std::string& id) {
  if (all.erase(id) > 0) return true;
  return all.size() < most_entries && all.insert(id).second;
}

bool move(std::vector<std::string>& all, const std::string& id, int by) {
  const auto at = std::ranges::find(all, id);
  if (at == all.end() || (by < 0 ? at == all.begin() : at + 1 == all.end())) return false;
  std::iter_swap(at, at + by);
  return true;
}

std::string_view own_name(const Arrangement& all, std::string_view id, std::string_view of_cloud) {
  const auto own = all.names.find(id);
  return own == all.names.end() ? of_cloud : std::string_view(own->second);
}

// What the kinds and the cloud's words say.
bool is_lamp(const Module& module) {
  const bool says_lamp = module.appliance == "light" || module.appliance == "lamp";
  if (module.kind == Kind::light || module.kind == Kind::dimmer) return module.appliance.empty() || says_lamp;
  return (module.kind == Kind::plug || module.kind == Kind::contactor) && says_lamp;
}

}  // namespace

bool Arrangement::is_favourite(std::string_view module) const {
  return std::ranges::find(favourites, module) != favourites.end();
}

bool change(Arrangement& all, const ArrangementChange& wish, const Module* module) {
  using What = ArrangementChange::What;
  if (wish.id.empty()) return false;
  switch (wish.what) {
    case What::favourite:
      if (std::erase(all.favourites, wish.id) > 0) return true;
      if (all.favourites.size() >= most_entries) return false;
      all.favourites.push_back(wish.id);
      return true;
    case What::earlier:
      return move(all.favourites, wish.id, -1);
    case What::later:
      return move(all.favourites, wish.id, +1);
    case What::hide:
      return flip(all.hidden, wish.id);
    case What::fold:
      return flip(all.folded, wish.id);
    case What::rename: {
      const std::string name = shortened(showable(wish.text));
      if (name.empty() || (module && module->name == name)) return all.names.erase(wish.id) > 0;
      if (all.names.size() >= most_entries && !all.names.contains(wish.id)) return false;
      all.names.insert_or_assign(wish.id, name);
      return true;
    }
    case What::order: {
      if (wish.rooms.empty()) return all.rooms.erase(wish.id) > 0;
      const auto known = all.rooms.find(wish.id);
      if (wish.rooms.size() > most_entries || (known == all.rooms.end() && all.rooms.size() >= most_entries))
        return false;
      if (known != all.rooms.end() && known->second == wish.rooms) return false;
      all.rooms.insert_or_assign(wish.id, wish.rooms);
      return true;
    }
    case What::with_lights: {
      if (!module) return false;
      const bool now = goes_off_with_lights(all, *module);
      if (now == is_lamp(*module)) {
        if (all.lights.size() >= most_entries) return false;
        all.lights.insert_or_assign(wish.id, !now);
      } else {
        all.lights.erase(wish.id);
      }
      return true;
    }
  }
  return false;
}

std::string named(const Module& module) { return module.id.text; }
std::string named(const Ambient& room) { return "room/" + room.id.text; }
std::string named(const Plant& home) { return "home/" + home.id.text; }

std::string_view name_of(const Arrangement& all, const Module& module) {
  return own_name(all, module.id.text, module.name);
}
std::string_view name_of(const Arrangement& all, const Ambient& room) {
  return own_name(all, named(room), room.name);
}
std::string_view name_of(const Arrangement& all, const Plant& home) {
  return own_name(all, named(home), home.name);
}
std::string_view name_of(const Arrangement& all, const Gateway& gateway) {
  return own_name(all, gateway.id.text, gateway.name);
}

std::vector<std::size_t> room_order(const Arrangement& all, const Plant& home) {
  std::vector<std::size_t> order(home.ambients.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto wish = all.rooms.find(home.id.text);
  if (wish == all.rooms.end()) return order;
  std::map<std::string_view, std::size_t> place;
  for (const std::string& id : wish->second) place.emplace(id, place.size());
  const auto place_of = [&](std::size_t room) {
    const auto at = place.find(home.ambients[room].id.text);
    return std::pair(at == place.end() ? place.size() : at->second, room);
  };
  std::ranges::sort(order, {}, place_of);
  return order;
}

ArrangementChange room_moved(const Arrangement& all, const Plant& home, const AmbientId& room, bool earlier) {
  ArrangementChange wish{.what = ArrangementChange::What::order, .id = home.id.text};
  for (const std::size_t at : room_order(all, home)) wish.rooms.push_back(home.ambients[at].id.text);
  move(wish.rooms, room.text, earlier ? -1 : +1);
  return wish;
}

bool can_go_off(const Module& module) {
  if (module.capability(Aspect::setpoint) || module.kind == Kind::shutter) return false;
  return module.commandable(Aspect::on_off) || module.commandable(Aspect::level);
}

bool goes_off_with_lights(const Arrangement& all, const Module& module) {
  if (!can_go_off(module)) return false;
  const auto said = all.lights.find(module.id.text);
  return said == all.lights.end() ? is_lamp(module) : said->second;
}

std::string to_json(const Arrangement& all) {
  JsonWriter json;
  json.object().list("favourites");
  for (const std::string& id : all.favourites) json.text({}, id);
  json.end_list().list("hidden");
  for (const std::string& id : all.hidden) json.text({}, id);
  json.end_list().list("folded");
  for (const std::string& id : all.folded) json.text({}, id);
  // Pairs, for an object may have no more than 1,100 members (json_view.hpp).
  json.end_list().list("names");
  for (const auto& [id, name] : all.names) json.list().text({}, id).text({}, name).end_list();
  json.end_list().list("lights");
  for (const auto& [id, with] : all.lights) json.list().text({}, id).flag({}, with).end_list();
  json.end_list().list("rooms");
  for (const auto& [home, rooms] : all.rooms) {
    json.list().text({}, home).list();
    for (const std::string& id : rooms) json.text({}, id);
    json.end_list().end_list();
  }
  return json.end_list().end_object().take();
}

Arrangement arrangement_from_json(std::string_view text) {
  Arrangement all;
  if (text.size() > most_json) return all;
  const auto json = JsonText::parse(text, most_json);
  if (!json) return all;
  const JsonView root = json->root();
  for (const JsonView one : root.find("favourites").elements())
    if (auto id = one.as_string(); id && all.favourites.size() < most_entries && !all.is_favourite(*id))
      all.favourites.push_back(std::move(*id));
  const auto ids = [&](std::string_view name, std::set<std::string, std::less<>>& out) {
    for (const JsonView one : root.find(name).elements())
      if (auto id = one.as_string(); id && out.size() < most_entries) out.insert(std::move(*id));
  };
  ids("hidden", all.hidden);
  ids("folded", all.folded);
  const auto pairs = [&](std::string_view name, auto take) {
    std::size_t count = 0;
    for (const JsonView one : root.find(name).elements()) {
      if (one.size() != 2 || ++count > most_entries) continue;
      auto at = one.elements().begin();
      const auto id = (*at).as_string();
      ++at;
      if (id) take(*id, *at);
    }
  };
  pairs("names", [&](const std::string& id, JsonView value) {
    if (auto name = value.as_string(); name && !name->empty())
      all.names.insert_or_assign(id, shortened(showable(*name)));
  });
  pairs("lights", [&](const std::string& id, JsonView value) {
    if (auto with = value.as_flag()) all.lights.insert_or_assign(id, *with);
  });
  pairs("rooms", [&](const std::string& home, JsonView value) {
    std::vector<std::string> rooms;
    for (const JsonView one : value.elements())
      if (auto id = one.as_string(); id && rooms.size() < most_entries) rooms.push_back(std::move(*id));
    if (!rooms.empty()) all.rooms.insert_or_assign(home, std::move(rooms));
  });
  return all;
}

}  // namespace foyer
