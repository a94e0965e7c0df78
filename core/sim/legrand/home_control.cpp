// Home + Control v1.0: plants, topology, status of everything or of one kind, commands, scenes.
#include <algorithm>
#include <array>

#include "core/base/json.hpp"
#include "core/base/time.hpp"
#include "core/sim/state/parts.hpp"

namespace foyer::sim {
namespace {

using Path = std::vector<std::string>;

struct Kind {
  std::string_view device, first, second, list;  // {kind} is first/second
  bool commands;
};
constexpr std::array<Kind, 6> kinds{{{"light", "light", "lighting", "lights", true},
                                     {"plug", "plug", "energy", "plugs", true},
                                     {"automation", "automation", "automation", "automations", true},
                                     {"energymeter", "meter", "energy", "energymeters", false},
                                     {"remote", "remote", "remote", "remotes", false},
                                     {"heater", "heater", "comfort", "heaters", true}}};

const Kind* kind_of(const Path& path) {
  for (const Kind& kind : kinds)
    if (path.size() >= 5 && path[0] == kind.first && path[1] == kind.second) return &kind;
  return nullptr;
}
bool is_scene(const Path& path) { return path.size() >= 5 && path[0] == "scene" && path[1] == "comfort"; }

// …/addressLocation/plants/{p}, then nothing or {level}/parameter/id/value/{id}
bool addresses(const Path& path, std::string_view level) {
  if (path.size() < 5 || path[2] != "addressLocation" || path[3] != "plants") return false;
  if (level.empty()) return path.size() == 5;
  return path.size() == 10 && path[5] == level && path[6] == "parameter" && path[7] == "id" &&
         path[8] == "value";
}

Response wrong(std::string_view reason) {  // shape C
  return json_answer(400, dump_json({{"errors", Json::array({{{"userMessage", "Wrong arguments"},
                                                              {"internalMessage", reason},
                                                              {"code", 400}}})}}));
}

Json status_of(const State& state, const Plant& plant, const Module& module, Ms now) {
  const Pose pose = reported(module, now, state.switches.state_delay);
  const bool switches = module.device == "light" || module.device == "plug" || module.device == "heater";
  const bool automation = module.device == "automation", remote = module.device == "remote";
  Json out = {{"reachable", module.reachable && !plant.offline}};
  if (switches) out["status"] = pose.on ? "on" : "off";
  if (automation || module.dims) out["level"] = pose.level;
  if (automation) out["step"] = 100;
  if (remote) out["battery"] = module.battery;
  if (remote || automation) out["fw"] = module.firmware;
  if (!automation && !remote)
    out["consumptions"] =
        Json::array({{{"unit", "watt"},
                      {"value", power(plant, module, now)},
                      {"timestamp", to_iso8601_local(instant_from_ms(now), Minutes(0)) + "+00:00"}}});
  out["sender"] = {{"plant", {{"module", {{"id", module.id}}}}}};
  if (!remote && !automation) out["fw"] = module.firmware;
  return out;
}

// A kind of device that no public page describes: a word of its own in place of on and off.
Json foreign_status(const Plant& plant, const Module& module, Ms now) {
  return {{"reachable", module.reachable && !plant.offline},
          {"status", "running"},
          {"flow", power(plant, module, now) / 4.0},
          {"sender", {{"plant", {{"module", {{"id", module.id}}}}}}},
          {"fw", module.firmware}};
}

Response plants(const State& state, const Caller& caller) {
  Json list = Json::array();
  for (const Plant& plant : state.plants)
    if (plant.owner == caller.user)
      list.push_back({{"id", plant.id}, {"name", plant.name}, {"country", plant.country}});
  for (int i = 0; i < installer_plants && caller.user == "ines"; ++i) {
    const Plant plant = installed_plant(i);
    list.push_back({{"id", plant.id}, {"name", plant.name}, {"country", plant.country}});
  }
  if (list.empty()) return {.status = 204};
  return json_answer(200, dump_json({{"plants", std::move(list)}}));
}

Response topology(const Plant& plant) {
  const auto modules_in = [&](const std::string& ambient) {
    Json list = Json::array();
    for (const Module& module : plant.modules) {
      if (module.ambient != ambient) continue;
      Json item = {{"id", module.id}, {"name", module.name}, {"hw_type", module.hw}};
      if (!module.appliance.empty()) item["type"] = module.appliance;
      item["device"] = module.device;
      list.push_back(std::move(item));
    }
    return list;
  };
  Json ambients = Json::array();
  for (const Ambient& ambient : plant.ambients)
    ambients.push_back({{"id", ambient.id},
                        {"name", ambient.name},
                        {"type", ambient.type},
                        {"modules", modules_in(ambient.id)}});
  return json_answer(
      200, dump_json({{"plant",
                       {{"id", plant.id}, {"ambients", std::move(ambients)}, {"modules", modules_in("")}}}}));
}

Response plant_status(const State& state, const Plant& plant, Ms now) {
  Json modules = Json::object();
  for (const Kind& kind : kinds) modules[std::string(kind.list)] = Json::array();
  for (const Module& module : plant.modules) {
    const auto kind = std::ranges::find(kinds, module.device, &Kind::device);
    if (kind != kinds.end())
      modules[std::string(kind->list)].push_back(status_of(state, plant, module, now));
    else
      modules[module.device + 's'].push_back(foreign_status(plant, module, now));
  }
  return json_answer(200, dump_json({{"modules", std::move(modules)}}));
}

// One order, from JSON or from a form body (one public client sends forms).
struct Order {
  std::optional<std::string> status;
  std::optional<int> level;
  std::optional<bool> enable;
  Path ids;
};

std::optional<Order> read_order(const Call& call) {
  Order out;
  const std::string& text = call.request.body;
  if (text.find('{') == std::string::npos && text.find('=') != std::string::npos) {
    const Fields form = form_decode(text);
    if (const std::string status = value_of(form, "status"); !status.empty()) out.status = status;
    if (const auto level = parse_number(value_of(form, "level"))) {
      if (*level < -1 || *level > 100) return std::nullopt;
      out.level = static_cast<int>(*level);
    }
    return out;
  }
  const auto body = parse_json(text);
  if (!body || !body->is_object()) return std::nullopt;
  if (const Json* status = find(*body, "status"))
    out.status = status->is_string() ? status->get<std::string>() : std::string("?");
  if (find(*body, "level") != nullptr) {
    const auto level = integer_of(*body, "level");
    if (!level || *level < -1 || *level > 100) return std::nullopt;
    out.level = static_cast<int>(*level);
  }
  out.enable = bool_of(*body, "enable");
  if (const Json* ids = find(*body, "ids"); ids && ids->is_array())
    for (const Json& id : *ids)
      if (id.is_string()) out.ids.push_back(id.get<std::string>());
  return out;
}

// Why that order does not fit the module, or "".
std::string_view misfit(const Module& module, const Order& order) {
  if (!order.status && !order.level) return "status or level expected";
  if (order.status && *order.status != "on" && *order.status != "off") return "status: on or off expected";
  if (module.device == "automation") return order.level ? "" : "level expected";
  if (order.level && (!module.dims || *order.level < 0)) return "level is not supported";
  return "";
}

void carry_out(Module& module, const Order& order, Ms now, Ms delay) {
  if (module.device == "automation" && *order.level < 0) return stop(module, now);
  Pose pose = module.pose;
  if (order.level) pose.level = *order.level, pose.on = *order.level > 0;
  if (order.status) pose.on = *order.status == "on";
  if (pose.on && module.dims && pose.level == 0) pose.level = 100;
  command(module, pose, now, delay);
}

Response order_all(State& state, const Call& call, Plant& plant, const std::vector<Module*>& targets) {
  const auto order = read_order(call);
  if (!order) return wrong("the body is not valid");
  for (const Module* module : targets)
    if (const auto reason = misfit(*module, *order); !reason.empty()) return wrong(reason);
  if (plant.offline) return gateway_error(state, 404, "Gateway Offline");
  if (targets.size() == 1 && !targets[0]->reachable) return documented_error(state, 408);
  for (Module* module : targets)
    if (module->reachable &&
        (order->ids.empty() || targets.size() == 1 || std::ranges::count(order->ids, module->id) != 0))
      carry_out(*module, *order, call.now, state.switches.state_delay);
  return {.status = 200};
}

Response scene_list(const Plant& plant) {
  Json list = Json::array();
  for (const Scene& scene : plant.scenes)
    list.push_back({{"name", scene.name}, {"sender", {{"plant", {{"module", {{"id", scene.id}}}}}}}});
  return json_answer(200, dump_json({{"scenes", std::move(list)}}));
}

Response run_scene(State& state, const Call& call, Plant& plant, const std::string& id) {
  const auto scene = std::ranges::find(plant.scenes, id, &Scene::id);
  if (scene == plant.scenes.end()) return documented_error(state, 404);
  const auto order = read_order(call);
  if (!order || order->enable != true) return wrong("enable: true expected");
  if (plant.offline) return gateway_error(state, 404, "Gateway Offline");
  for (const SceneStep& step : scene->steps)
    for (Module& module : plant.modules)
      if (module.id == step.module && module.reachable)
        command(module, {step.on, step.level < 0 ? module.pose.level : step.level}, call.now,
                state.switches.state_delay);
  return {.status = 200};
}

Response of_kind(State& state, const Call& call, Plant& plant, const Kind& kind, const Path& path) {
  std::vector<Module*> targets;
  for (Module& module : plant.modules) {
    const bool meant = path.size() == 5 || (path[5] == "ambients" ? module.ambient : module.id) == path[9];
    if (module.device == kind.device && meant) targets.push_back(&module);
  }
  if (targets.empty()) return documented_error(state, 404);
  if (call.request.method == "POST") return order_all(state, call, plant, targets);
  if (plant.offline) return gateway_error(state, 404, "Gateway Offline");
  Json list = Json::array();
  for (const Module* module : targets) list.push_back(status_of(state, plant, *module, call.now));
  return json_answer(200, dump_json({{std::string(kind.list), std::move(list)}}));
}

Plant* find_plant(State& state, const std::string& id, Plant& built) {
  const auto at = std::ranges::find(state.plants, id, &Plant::id);
  if (at != state.plants.end()) return &*at;
  const int number = installed_number(id);
  if (number < 0) return nullptr;
  built = installed_plant(number);
  for (Module& module : built.modules)
    if (const auto touched = state.touched.find(module.id); touched != state.touched.end())
      module = touched->second;
  return &built;
}

// After a command: the deviations of a plant that is built when asked for, and what its webhook would be told
// (only `data` is known of those events).
void remember(State& state, const Call& call, const Plant& plant, bool built) {
  const bool told = std::ranges::count(state.told_plants, plant.id) != 0;
  for (const Module& module : plant.modules) {
    if (module.changed_at != call.now) continue;
    if (built) state.touched[module.id] = module;
    if (!told) continue;
    Module shown = module;
    shown.shown = shown.pose;
    queue_event(state, {plant.owner, "", "",
                        dump_json(Json::array({{{"data", status_of(state, plant, shown, call.now)}}})),
                        call.now, "hc"});
  }
}

std::string scope_for(const Call& call, const Path& path) {
  if (path[0] == "plants" || path[0] == "addsubscription") return {};
  const Kind* kind = kind_of(path);
  const std::string device(kind == nullptr ? "scene" : kind->device);
  return device + (call.request.method == "POST" ? ".write" : ".read");
}

}  // namespace

bool home_control_knows(const Call& call, const Path& path) {
  const bool get = call.request.method == "GET", post = call.request.method == "POST";
  if (path.empty() || (!get && !post)) return false;
  if (path[0] == "addsubscription") return post && path.size() == 1;
  if (path[0] == "plants") return get && (path.size() <= 2 || (path.size() == 3 && path[2] == "topology"));
  if (is_scene(path)) return (get && addresses(path, "")) || (post && addresses(path, "modules"));
  const Kind* kind = kind_of(path);
  if (kind == nullptr || (post && !kind->commands)) return false;
  return addresses(path, "") || addresses(path, "modules") ||
         (kind->device == "plug" && addresses(path, "ambients"));
}

Response home_control(State& state, const Call& call, const Path& path, const Caller& caller) {
  const std::string scope = scope_for(call, path);
  if (!scope.empty() && !has_scope(caller.scopes, scope)) return documented_error(state, 403);
  if (path[0] == "plants" && path.size() == 1) return plants(state, caller);

  std::string id = path[0] == "plants" ? path[1] : path[0] == "addsubscription" ? std::string() : path[4];
  if (path[0] == "addsubscription") {
    const auto body = parse_json(call.request.body);
    if (!body || !text_of(*body, "plantid")) return wrong("plantid expected");
    id = *text_of(*body, "plantid");
  }
  Plant built;  // one of an installer's, as it stands now
  const auto plant = find_plant(state, id, built);
  if (plant == nullptr) return documented_error(state, 404);
  if (plant->owner != caller.user) return documented_error(state, 401);
  if (path[0] == "addsubscription") {
    if (std::ranges::count(state.told_plants, id) == 0) state.told_plants.push_back(id);
    return {.status = 200};
  }
  if (path[0] == "plants") {
    if (path.size() == 3) return topology(*plant);
    return plant->offline ? gateway_error(state, 404, "Gateway Offline")
                          : plant_status(state, *plant, call.now);
  }
  if (is_scene(path)) {
    if (path.size() == 5) return scene_list(*plant);
    Response answer = run_scene(state, call, *plant, path[9]);
    if (answer.status == 200) remember(state, call, *plant, plant == &built);
    return answer;
  }
  Response answer = of_kind(state, call, *plant, *kind_of(path), path);
  if (call.request.method == "POST" && answer.status == 200) remember(state, call, *plant, plant == &built);
  return answer;
}

}  // namespace foyer::sim
