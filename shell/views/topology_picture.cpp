#include <algorithm>

#include "shell/layout/wiring.hpp"
#include "shell/views/reading.hpp"
#include "shell/views/tile.hpp"
#include "shell/views/topology.hpp"

namespace foyer::shell {
namespace {

using Modules = std::vector<const Module*>;

// What hangs on one gateway or, without one, on the home.
struct Hub {
  const Gateway* gateway = nullptr;
  std::vector<Modules> rooms{};  // as the plant's; those of no room last
};

Action open_module(const Plant& plant, const Module& module) { return go(route_to(plant, module)); }

// One walk through the home. Scenes hang on nothing, and a gateway is not its own device.
std::vector<Hub> hubs_of(const Plant& plant) {
  std::vector<Hub> hubs;
  for (const Gateway& gateway : plant.gateways) hubs.push_back({&gateway});
  hubs.push_back({});
  for (Hub& hub : hubs) hub.rooms.resize(plant.ambients.size() + 1);
  std::map<std::string_view, std::size_t> places, gateways;
  for (std::size_t at = 0; at < plant.ambients.size(); ++at) places.emplace(plant.ambients[at].id.text, at);
  for (std::size_t at = 0; at < plant.gateways.size(); ++at) gateways.emplace(plant.gateways[at].id.text, at);
  for (const Module& module : plant.modules) {
    if (module.kind == Kind::scene || gateways.contains(module.id.text)) continue;
    const auto hub = gateways.find(module.gateway.text);
    const auto room = places.find(module.ambient.text);
    hubs[hub == gateways.end() ? plant.gateways.size() : hub->second]
        .rooms[room == places.end() ? plant.ambients.size() : room->second]
        .push_back(&module);
  }
  const bool alone = std::ranges::all_of(hubs.back().rooms, &Modules::empty);
  if (alone && hubs.size() > 1) hubs.pop_back();
  return hubs;
}

const Reading* signal_of(const Module& module) {
  const Reading* radio = module.reading(Aspect::radio_strength);
  return radio != nullptr ? radio : module.reading(Aspect::wifi_strength);
}

int signal_level(const Module& module) {
  const Reading* reading = signal_of(module);
  const auto level = reading == nullptr ? std::nullopt : signal_word(*reading);
  return !level ? 0 : *level == W::signal_good ? 3 : *level == W::signal_fair ? 2 : 1;
}

bool battery_is_low(const Module& module) {
  const std::string level = module.word(Aspect::battery).value_or("");
  return level == "low" || level == "very_low";
}

struct Picture {
  Builder& b;
  const Plant& plant;
  bool told = false, batteries = false, firmware = false;  // of any device: each is a line below its name

  Picture(Builder& build, const Plant& home) : b(build), plant(home) {
    for (const Module& module : plant.modules) {
      told |= module.reach == Reach::unreachable || signal_of(module) != nullptr;
      batteries |= module.reading(Aspect::battery) != nullptr;
      firmware |= module.reading(Aspect::firmware) != nullptr;
    }
  }
  std::size_t lines() const { return (told ? 1U : 0U) + (batteries ? 1U : 0U) + (firmware ? 1U : 0U); }
  Wiring::End device(const Module& module) const;
  Wiring::End hub(const Hub& one) const;
  void describe(Wiring::End& end, const Module& module) const;
  void draw(const Hub& hub) const;
};

// Reach, signal, battery and firmware: the lines below the name, and with their words for who hears them.
void Picture::describe(Wiring::End& end, const Module& module) const {
  std::string& all = end.node.description;
  const auto add = [&](Wiring::Line line, const std::string& spoken) {
    all += (all.empty() ? "" : ", ") + spoken;
    end.lines.push_back(std::move(line));
  };
  if (module.reach == Reach::unreachable) {
    end.reached = false;
    const std::string since = module.unreachable_since
                                  ? say(W::offline_since, {b.times.at(*module.unreachable_since)})
                                  : std::string(word(W::offline));
    add({Icon::offline, Token::bad, std::string(word(W::offline))}, since);
  } else if (const Reading* signal = signal_of(module)) {
    const std::string value = reading_value(module, *signal, b.times);
    add({.text = value}, reading_name(*signal) + ": " + value);
  }
  if (module.reading(Aspect::battery) != nullptr) {
    const bool low = battery_is_low(module);
    const std::string text = battery_line(module.word(Aspect::battery).value_or(""));
    add({low ? Icon::battery_low : Icon::none, low ? Token::bad : Token::ink2, text}, text);
  }
  if (const Reading* version = module.reading(Aspect::firmware)) {
    const std::string text = reading_name(*version) + " " + reading_value(module, *version, b.times);
    add({.text = text}, text);
  }
}

Wiring::End Picture::device(const Module& module) const {
  Wiring::End end{
      .node = {.id = "picture/" + module.id.text, .role = Role::link, .name = shown_name(b.state, module)},
      .action = open_module(plant, module),
      .icon = module_icon(module),
      .name = shown_name(b.state, module),
      .signal = signal_level(module)};
  describe(end, module);
  return end;
}

// A gateway that is a device, too, leads to it.
Wiring::End Picture::hub(const Hub& one) const {
  if (one.gateway == nullptr) {
    const std::string name = shown_name(b.state, plant), more(word(W::topology_no_gateway));
    return {.node = {.id = "picture/" + plant.id.text, .role = Role::text, .name = name, .description = more},
            .icon = Icon::home,
            .name = name,
            .lines = {{.text = more}}};
  }
  const Gateway& gateway = *one.gateway;
  const Module* module = plant.module(ModuleId(gateway.id.text));
  Wiring::End end{
      .node = {.id = "picture/" + gateway.id.text, .role = Role::text, .name = shown_name(b.state, gateway)},
      .icon = Icon::gateway,
      .name = shown_name(b.state, gateway)};
  if (module != nullptr) {
    describe(end, *module);
    end.node.role = Role::link;
    end.action = open_module(plant, *module);
  }
  if (gateway.offline_since && end.reached) {
    end.reached = false;
    const std::string since = say(W::offline_since, {b.times.at(*gateway.offline_since)});
    end.lines.insert(end.lines.begin(), {Icon::gateway_offline, Token::bad, since});
    end.node.description = since + (end.node.description.empty() ? "" : ", ") + end.node.description;
  }
  return end;
}

void Picture::draw(const Hub& one) const {
  Wiring what{.hub = hub(one), .lines = lines()};
  std::vector<const Modules*> rooms;
  std::vector<std::size_t> order = room_order(b.state.arrangement, plant);
  order.push_back(plant.ambients.size());
  for (const std::size_t at : order) {
    if (one.rooms[at].empty()) continue;
    const bool none = at == plant.ambients.size();
    what.branches.push_back(
        {.id = what.hub.node.id + "/" + (none ? "none" : plant.ambients[at].id.text),
         .name = none ? std::string(word(W::room_none)) : shown_name(b.state, plant.ambients[at]),
         .count = one.rooms[at].size()});
    rooms.push_back(&one.rooms[at]);
  }
  what.end = [&](std::size_t branch, std::size_t at) { return device(*(*rooms[branch])[at]); };
  const std::string id = what.hub.node.id + "/picture";
  b.card({.parent = {.id = id, .role = Role::region, .name = say(W::topology_of, {what.hub.name})}},
         [&] { wiring(b, what); });
}

}  // namespace

void build_picture(Builder& b, const Plant& plant) {
  const Picture picture{b, plant};
  if (b.state.plants.size() > 1)
    b.heading("picture/heading/" + plant.id.text, 2, Type::section, shown_name(b.state, plant));
  for (const Hub& hub : hubs_of(plant)) picture.draw(hub);
}

}  // namespace foyer::shell
