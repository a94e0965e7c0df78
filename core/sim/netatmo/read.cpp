// homesdata and homestatus, with the fields and the gaps of real answers.
#include <algorithm>

#include "core/base/time.hpp"
#include "core/sim/netatmo/netatmo.hpp"

namespace foyer::sim {
namespace {

bool is_channel(const NetModule& module) { return module.id.find('#') != std::string::npos; }

// A list given as "NLE,NLG", as JSON array text or as an array; empty: no filter.
std::vector<std::string> words_of(const Json& args, std::string_view name) {
  std::vector<std::string> out;
  const Json* given = find(args, name);
  if (given == nullptr) return out;
  const auto add = [&](std::string_view text) {
    while (!text.empty()) {
      const auto end = text.find_first_of(",[]\" ");
      if (end != 0) out.emplace_back(text.substr(0, end));
      text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
  };
  if (given->is_string()) add(given->get_ref<const std::string&>());
  if (given->is_array())
    for (const Json& item : *given)
      if (item.is_string()) add(item.get_ref<const std::string&>());
  return out;
}

bool listed(const std::vector<std::string>& words, std::string_view word) {
  return words.empty() || std::ranges::find(words, word) != words.end();
}

Json module_data(const NetModule& module, const std::vector<const NetModule*>& all, int number) {
  Json out = {{"id", module.id}, {"type", module.type}};
  const unsigned traits = net_type(module.type).traits;
  if (!module.name.empty()) out["name"] = module.name;
  if (module.type != "BNDL" && module.type != "BNSL" && module.type != "BNCX")
    out["setup_date"] = 1'640'000'000 + 7'207 * number;
  if (!module.room.empty()) out["room_id"] = module.room;
  if (!module.bridge.empty()) out["bridge"] = module.bridge;
  if (module.bridge.empty()) {  // a bridge may list what it does not hold and forget what it does
    Json bridged = Json::array();
    for (const NetModule* other : all)
      if (other->bridge == module.id && other->type != "NLDP") bridged.push_back(other->id);
    if (module.type == "NLG") bridged.push_back(module.id + ":0f:0f");
    if (!bridged.empty() || (traits & net_gateway) != 0) out["modules_bridged"] = std::move(bridged);
  }
  if (!module.appliance.empty()) out["appliance_type"] = module.appliance;
  if (!module.variant.empty()) out["variant"] = module.variant;
  if (module.type == "BNCX") out["firmware_name"] = "2.1.0";
  return out;
}

Json home_data(const NetCall& call, const NetHome& home, const std::vector<std::string>& gateways) {
  Json out = {{"id", home.id}};
  if (!home.name.empty()) out["name"] = home.name;
  if (home.timezone
          .empty()) {  // somebody began a home and never came back: all but a few members are missing
    out["country"] = home.country;
    out["therm_mode"] = "schedule";
    return out;
  }
  const NetChanges& changes = call.seen(home.id);
  std::vector<const NetModule*> modules;
  std::string last;  // bridges stand before what hangs on them
  for (const NetModule& module : home.modules) {
    const bool top = module.bridge.empty();
    const bool with = top ? listed(gateways, module.type) : gateways.empty() || module.bridge == last;
    if (top && with) last = module.id;
    if (with) modules.push_back(&module);
  }
  out["altitude"] = home.altitude;
  out["coordinates"] = Json::array({home.longitude, home.latitude});
  out["country"] = home.country;
  out["timezone"] = home.timezone;
  Json rooms = Json::array(), list = Json::array();
  for (const NetRoom& room : home.rooms) {
    Json item = {{"id", room.id}, {"name", room.name}, {"type", room.type}}, ids = Json::array();
    for (const NetModule* module : modules)
      if (module->room == room.id) ids.push_back(module->id);
    if (!ids.empty()) item["module_ids"] = std::move(ids);
    rooms.push_back(std::move(item));
  }
  int number = 0;
  for (const NetModule* module : modules) list.push_back(module_data(*module, modules, ++number));
  out["rooms"] = std::move(rooms);
  out["modules"] = std::move(list);
  out["temperature_control_mode"] = home.cooling ? "cooling" : "heating";
  out["therm_mode"] = net_mode(changes, call.now());
  out["therm_setpoint_default_duration"] = 180;
  if (home.cooling) out["cooling_mode"] = net_mode(changes, call.now());
  out["schedules"] = net_schedules(home, changes);
  return out;
}

// Thresholds in mV; of Legrand remotes only samples are known.
std::string_view battery_word(const NetModule& module) {
  struct Steps {
    int full, high, medium, low;
  };
  const bool thermostat = module.type == "NATherm1" || module.type == "OTM";
  const Steps steps = thermostat             ? Steps{4100, 3600, 3300, 3000}
                      : module.type == "NRV" ? Steps{3200, 2700, 2400, 2200}
                                             : Steps{2600, 2550, 2400, 2300};
  const int level = module.battery;
  return level >= steps.full     ? "full"
         : level >= steps.high   ? "high"
         : level >= steps.medium ? "medium"
         : level >= steps.low    ? "low"
                                 : "very_low";
}

void positions(Json& out, const NetView& view, const NetModule& module, unsigned traits) {
  if ((traits & net_blindly) == 0) out["current_position"] = net_reported(view, module).level;
  out["target_position"] = net_target(view, module);
  out[(traits & net_underscore) != 0 ? "target_position_step" : "target_position:step"] = module.step;
}

// Fields of the mains: what a lamp, a socket, a meter says.
void electric(Json& out, const NetView& view, const NetModule& module, unsigned traits) {
  const NetValues values = net_reported(view, module);
  if ((traits & net_worded) != 0)
    out["status"] = values.on ? "on" : "off";
  else if ((traits & net_on) != 0)
    out["on"] = values.on;
  if ((traits & net_dims) != 0) out["brightness"] = values.level;
  if ((traits & net_contactor) != 0) out["contactor_mode"] = "off";
  if ((traits & net_sheds) != 0) out["offload"] = false;
  if ((traits & net_fan) != 0) out["fan_speed"] = values.fan;
  if ((traits & net_power) != 0) out["power"] = net_watts(view, module);
  if ((traits & net_lock) != 0) out["lock"] = values.locked;
}

void climate(Json& out, const NetView& view, const NetModule& module, unsigned traits) {
  if ((traits & net_boiler) == 0) return;
  const auto room = std::ranges::find(view.home.rooms, module.room, &NetRoom::id);
  const bool wanted = room != view.home.rooms.end() && net_request(view, *room) > 0;
  out["boiler_valve_comfort_boost"] = false;
  out["boiler_status"] = wanted && !view.home.cooling;
  if ((traits & net_cooler) != 0) out["cooler_status"] = view.home.cooling;
}

Json module_status(const NetView& view, const NetModule& module) {
  const NetType& type = net_type(module.type);
  unsigned traits = type.traits;
  Json out = {{"id", module.id}};
  if ((traits & net_typeless) == 0) out["type"] = module.type;
  if (module.type == "NLE" && is_channel(module)) traits = 0;
  const bool double_switch = module.type == "NLIS";  // bare: no on; channels: nothing but it
  if (double_switch) traits &= is_channel(module) ? net_on | net_power : ~(net_on | net_power);
  electric(out, view, module, traits);
  if ((traits & net_moves) != 0) positions(out, view, module, traits);
  climate(out, view, module, traits);
  if ((traits & net_battery) != 0) {
    out["battery_state"] = battery_word(module);
    out["battery_level"] = module.battery;
  }
  if ((traits & net_firmware) != 0) out["firmware_revision"] = module.firmware;
  if ((traits & net_radio) != 0) out["rf_strength"] = 50 + module.firmware % 40;
  if ((traits & net_wifi) != 0) out["wifi_strength"] = 45 + module.firmware % 40;
  const bool reachable = net_reachable(view, module);
  if ((traits & net_seen) != 0)  // one battery-less switch was never heard of
    out["last_seen"] =
        module.type == "NLAO" ? 0 : (reachable ? view.now - 30'000 : view.now - 7 * day) / second;
  if ((traits & net_reach) != 0) out["reachable"] = reachable;
  if (!module.bridge.empty() && (traits & net_typeless) == 0) out["bridge"] = module.bridge;
  if (type.extra != nullptr)
    if (const auto extra = parse_json(type.extra))
      for (const auto& [name, value] : extra->items()) out[name] = value;
  return out;
}

Json degrees(double value) {  // ints where a float is meant
  return value == static_cast<double>(static_cast<int>(value)) ? Json(static_cast<int>(value)) : Json(value);
}

Json room_status(const NetView& view, const NetRoom& room) {
  const NetAim aim = net_aim(view, room);
  const std::string prefix = view.home.cooling ? "cooling_setpoint_" : "therm_setpoint_";
  Json out = {{"id", room.id}, {"reachable", true}};
  const bool pilot = room.climate == NetClimate::pilot, smarther = room.climate == NetClimate::smarther;
  if (!pilot) {
    out["anticipating"] = false;
    out["heating_power_request"] = net_request(view, room);
    out["open_window"] = false;
    if (smarther) out["humidity"] = 40 + static_cast<int>(flicker(room.id, view.now / 900'000) * 12);
    out["therm_measured_temperature"] = degrees(net_measured(view, room));
    out[prefix + "temperature"] = degrees(aim.temperature);
  } else {
    out["therm_setpoint_fp"] = aim.wire;
  }
  out[prefix + "mode"] = aim.mode;
  out[prefix + "start_time"] = aim.start / second;
  const std::string end = prefix + "end_time";  // no end: null, 0 or nothing
  if (aim.end != 0)
    out[end] = aim.end / second;
  else if (smarther)
    out[end] = nullptr;
  else if (!pilot)
    out[end] = 0;
  return out;
}

// A room hides with its thermostat when that does not answer.
bool room_offline(const NetView& view, const NetRoom& room) {
  for (const NetModule& module : view.home.modules)
    if (module.room == room.id && net_type(module.type).family == net_family(room) &&
        net_offline(view, module))
      return true;
  return false;
}

bool grants_any(const NetCall& call, const NetHome& home) {
  if (home.modules.empty()) return true;
  return std::ranges::any_of(home.modules, [&](const NetModule& module) {
    return call.granted("read_", net_type(module.type).family);
  });
}

Json user_data(const NetCall& call) {
  const User& user = *find_user(call.user);
  return {{"email", std::string(user.name) + "@example.org"},
          {"language", "fr-FR"},
          {"locale", "fr-FR"},
          {"feel_like_algorithm", 0},
          {"unit_pressure", 0},
          {"unit_system", 0},
          {"unit_wind", 0},
          {"id", net_user_id(call.user)}};
}

}  // namespace

Response net_homesdata(NetCall& call) {
  const auto wanted = text_of(call.args, "home_id");
  const std::vector<std::string> gateways = words_of(call.args, "gateway_types");
  std::vector<NetHome> homes;
  if (wanted && !wanted->empty()) {
    homes = {net_home(*wanted)};
    if (homes[0].id.empty()) return net_error(400, 21, "Invalid id");
    if (homes[0].owner != call.user) return net_error(403, 13, "Forbidden access to home");
  } else {
    homes = net_homes_of(call.user);
  }
  if (!homes.empty() && std::ranges::none_of(homes, [&](const NetHome& home) {
        return !home.modules.empty() && grants_any(call, home);
      }))
    return net_error(403, 13, "Application does not have the good scope rights");
  Json list = Json::array();
  for (const NetHome& home : homes) list.push_back(home_data(call, home, gateways));
  return net_ok(call, {{"homes", std::move(list)}, {"user", user_data(call)}});
}

Response net_homestatus(NetCall& call) {
  if (!grants_any(call, call.home))
    return net_error(403, 13, "Application does not have the good scope rights");
  const std::vector<std::string> types = words_of(call.args, "device_types");
  const NetView view = net_view(call.home, call.seen(call.home.id), call.now());
  Json home = {{"id", call.home.id}}, modules = Json::array(), rooms = Json::array(), errors = Json::array();
  for (const NetModule& module : call.home.modules) {
    if (!listed(types, module.type) || !call.granted("read_", net_type(module.type).family)) continue;
    if (!net_offline(view, module))
      modules.push_back(module_status(view, module));
    else if (module.bridge.empty())
      errors.push_back({{"code", 6}, {"id", module.id}});  // its modules and rooms are simply missing
  }
  for (const NetRoom& room : call.home.rooms)
    if (room.climate != NetClimate::none && call.granted("read_", net_family(room)) &&
        !room_offline(view, room))
      rooms.push_back(room_status(view, room));
  if (!modules.empty()) home["modules"] = std::move(modules);
  if (!rooms.empty()) home["rooms"] = std::move(rooms);
  Json body = Json::object();
  if (!call.home.modules.empty()) body["home"] = std::move(home);  // a home without anything: {}
  if (!errors.empty()) body["errors"] = std::move(errors);
  Json out = {{"status", "ok"}, {"time_server", call.now() / second}, {"body", std::move(body)}};
  return json_answer(200, dump_json(out));
}

Response net_getscenarios(NetCall& call) {
  if (!grants_any(call, call.home))
    return net_error(403, 13, "Application does not have the good scope rights");
  Json list = Json::array();
  for (const NetScenario& scenario : net_scenarios())
    list.push_back({{"id", scenario.id}, {"name", scenario.name}});
  Json body = {{"scenarios", std::move(list)}};
  if (call.state.switches.net_scenarios == "home") {  // neither shape was seen in public
    body["id"] = call.home.id;
    body = {{"home", std::move(body)}};
  }
  return net_ok(call, std::move(body));
}

}  // namespace foyer::sim
