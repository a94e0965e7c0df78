// The control interface's part in Netatmo homes: outages, wall switches, webhooks that were not taken.
#include <algorithm>

#include "core/base/time.hpp"
#include "core/sim/netatmo/netatmo.hpp"

namespace foyer::sim {
namespace {

constexpr int failures_to_ban = 5;

// The homes people look at; an installer's are found by their ids only.
std::vector<NetHome> shown_homes() {
  std::vector<NetHome> out = net_homes_of("alice");
  for (NetHome& home : net_homes_of("bruno")) out.push_back(std::move(home));
  return out;
}

template <class Use>
bool with_module(const std::string& id, const Use& use) {
  for (const std::string_view owner : {"alice", "bruno", "ines"})
    for (const NetHome& home : net_homes_of(owner))
      for (const NetModule& module : home.modules)
        if (module.id == id) return use(home, module), true;
  return false;
}

bool is_gateway(const NetModule& module) { return (net_type(module.type).traits & net_gateway) != 0; }

}  // namespace

bool net_gateway_offline(State& state, const std::string& id, bool offline) {
  if (!offline) {
    for (auto& [name, changes] : state.net.homes) changes.offline.clear();
    return true;
  }
  bool found = id.empty();
  std::vector<NetHome> homes = shown_homes();
  if (NetHome one = net_home(id); !one.id.empty()) homes = {std::move(one)};
  for (const NetHome& home : homes)
    for (const NetModule& module : home.modules) {
      const bool meant =
          id.empty() || id == home.id ? is_gateway(module) : module.bridge.empty() && module.id == id;
      if (!meant) continue;
      found = true;
      auto& list = state.net.homes[home.id].offline;
      if (std::ranges::count(list, module.id) == 0) list.push_back(module.id);
    }
  return found;
}

bool net_set_reach(State& state, const std::string& id, bool reachable) {
  return with_module(id, [&](const NetHome& home, const NetModule& module) {
    state.net.homes[home.id].reach[module.id] = reachable;
  });
}

bool net_press(State& state, const std::string& id, const Json& json, Ms now) {
  return with_module(id, [&](const NetHome& home, const NetModule& module) {
    NetChanges& changes = state.net.homes[home.id];
    NetValues values = net_present(net_view(home, changes, now), module);
    values.on =
        bool_of(json, "on").value_or(text_of(json, "status").value_or(values.on ? "on" : "off") == "on");
    values.level = static_cast<int>(std::clamp(integer_of(json, "level").value_or(values.level), 0LL, 100LL));
    values.fan = static_cast<int>(std::clamp(integer_of(json, "fan").value_or(values.fan), 1LL, 2LL));
    values.locked = bool_of(json, "locked").value_or(values.locked);
    net_touch(changes, module, values, now, 0);
  });
}

void net_count_failures(State& state, int count, Ms now) {
  constexpr int set = 20, longest = 20;  // failures to a ban, minutes (forum rule)
  for (Chalet& plant : state.chalets)
    for (Webhook& hook : plant.webhooks) {
      const int before = hook.failures / set;
      hook.failures += count;
      const int sets = hook.failures / set;
      if (sets > before) hook.banned_until = now + std::min(sets, longest) * minute;
    }
  for (NetHook& hook : state.net.hooks) {
    if (now - hook.failed_since >= hour) hook.failures = 0, hook.failed_since = now;
    hook.failures += count;
    if (hook.failures >= failures_to_ban) hook.banned_until = now + day, hook.failures = 0;
  }
}

void net_list_homes(const State& state, Json& list) {
  for (const NetHome& home : shown_homes()) {
    Json modules = Json::object(), scenes = Json::object(), rooms = Json::object(), offline = Json::array();
    for (const NetModule& module : home.modules) modules[module.id] = module.name;
    for (const NetRoom& room : home.rooms) rooms[room.id] = room.name;
    for (const NetScenario& scene : net_scenarios()) scenes[scene.id] = scene.name;
    if (const auto at = state.net.homes.find(home.id); at != state.net.homes.end())
      offline = at->second.offline;
    list.push_back({{"api", "netatmo"},
                    {"id", home.id},
                    {"name", home.name},
                    {"owner", home.owner},
                    {"offline", !offline.empty()},
                    {"offlineGateways", std::move(offline)},
                    {"modules", std::move(modules)},
                    {"rooms", std::move(rooms)},
                    {"scenes", std::move(scenes)}});
  }
}

Task<Response> webhooks(const Core& core) {
  Json list = Json::array();
  const std::vector<NetEvent> events = core.state.net.events;  // others may come while one is signed
  for (const NetEvent& event : events) {
    if (event.api != "netatmo") {
      list.push_back({{"api", event.api},
                      {"time", to_iso8601(instant_from_ms(event.at))},
                      {"url", event.url},
                      {"headers", {{"Content-Type", "application/json"}}},
                      {"body", event.body}});
      continue;
    }
    const auto mac =
        co_await core.ports.signer.hmac_sha256(SecretText(std::string(client_secret)), event.body);
    if (!mac) co_return json_answer(500, R"({"error":"the host's cryptography failed"})");
    list.push_back({{"api", "netatmo"},
                    {"time", to_iso8601(instant_from_ms(event.at))},
                    {"url", event.url},
                    {"headers", {{"Content-Type", "application/json"}, {"X-Netatmo-secret", hex_of(*mac)}}},
                    {"body", event.body}});
  }
  co_return json_answer(200, dump_json({{"webhooks", std::move(list)}}));
}

}  // namespace foyer::sim
