// setstate, setroomthermpoint and setthermmode: everything is checked before anything is done.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/sim/netatmo/netatmo.hpp"

namespace foyer::sim {
namespace {

constexpr double coldest = 5, hottest = 30;  // °C a room takes

// One entry of home.modules that was found good.
struct Order {
  const NetModule* module = nullptr;
  NetValues to{};
  bool stop = false, changes = false;
  std::string scenario{};
  int error = 0;  // module error inside the 200
};

Response cannot_set(std::string_view property, const NetModule& module) {
  return net_error(400, 21,
                   std::string("cannot set property ").append(property).append(" for module ") + module.id);
}

std::optional<long long> whole(const Json& value, long long lowest, long long highest) {
  if (!value.is_number()) return std::nullopt;
  const double number = value.get<double>();
  if (number != std::floor(number) || number < static_cast<double>(lowest) ||
      number > static_cast<double>(highest))
    return std::nullopt;
  return static_cast<long long>(number);
}

bool take_position(Order& order, const Json& value) {
  const NetType& type = net_type(order.module->type);
  const auto wanted = whole(value, -2, 100);
  if ((type.traits & net_moves) == 0 || !wanted) return false;
  const bool exact = *wanted > 0 && *wanted < 100, coarse = order.module->step == 100;
  if (*wanted == -2) {
    if ((type.traits & net_refuses) == 0 && (type.traits & net_prefers) == 0) return false;
    if ((type.traits & net_refuses) != 0) order.error = 5;
    order.to.level = 50;
  } else if (*wanted == -1) {
    order.stop = true;
  } else {
    if (exact && coarse && (type.traits & net_refuses) != 0) order.error = 5;
    order.to.level = exact && coarse ? 100 : static_cast<int>(*wanted);  // only the ends are reached
  }
  return true;
}

// One property of one module; false: it has none such, or not with that value.
bool take_property(Order& order, std::string_view name, const Json& value) {
  const NetType& type = net_type(order.module->type);
  const bool bare_double = order.module->type == "NLIS" && order.module->id.find('#') == std::string::npos;
  const auto has = [&](unsigned trait) { return (type.traits & trait) != 0; };
  if (name == "on") {
    if (!has(net_on) || bare_double || !value.is_boolean()) return false;
    order.to.on = value.get<bool>();
  } else if (name == "brightness") {
    const auto level = whole(value, 0, 100);
    if (!has(net_dims) || !level) return false;
    order.to.level = static_cast<int>(*level);
  } else if (name == "target_position") {
    if (!take_position(order, value)) return false;
  } else if (name == "target_orientation_float") {
    if (!has(net_slats) || !value.is_number()) return false;  // nothing is known about reading it back
  } else if (name == "fan_speed") {
    const auto speed = whole(value, 1, 2);
    if (!has(net_fan) || !speed) return false;
    order.to.fan = static_cast<int>(*speed);
  } else if (name == "lock") {
    if (!has(net_lock) || !value.is_boolean()) return false;
    order.to.locked = value.get<bool>();
  } else if (name == "scenario") {
    if (!has(net_gateway) || !value.is_string()) return false;
    order.scenario = value.get<std::string>();
  } else if (name == "dhw_enabled") {
    if (order.module->type != "OTH" || !value.is_boolean()) return false;
  } else {
    return false;
  }
  return order.changes = true;
}

// A lamp that gets a brightness shines, one that gets none does not; what the real cloud does is
// unknown.
void shine(const Json& entry, Order& order) {
  if (find(entry, "brightness") != nullptr && find(entry, "on") == nullptr) order.to.on = order.to.level > 0;
}

std::optional<Response> read_module(const NetCall& call, const NetView& view, const Json& entry,
                                    Order& order) {
  const auto id = text_of(entry, "id");
  if (!id) return net_error(400, 10, "Missing parameters");
  const auto at = std::ranges::find(call.home.modules, *id, &NetModule::id);
  if (at == call.home.modules.end()) return net_error(404, 9, "Device not found");
  if (!call.granted("write_", net_type(at->type).family)) return net_no_scope();
  order.module = &*at;
  order.to = net_present(view, *at);
  const auto bridge = text_of(entry, "bridge");  // null and absent: none. May it be left out?
  const bool missing = call.state.switches.net_strict && !bridge && !at->bridge.empty();
  if (missing || (bridge && *bridge != at->bridge))
    return net_error(400, 21, "Invalid device_id, " + bridge.value_or(""));
  for (const auto& [name, value] : entry.items())
    if (name != "id" && name != "bridge" && !take_property(order, name, value)) return cannot_set(name, *at);
  if (!order.changes) return net_error(400, 7, "Nothing to modify");
  const auto known = net_scenarios();
  if (!order.scenario.empty() &&
      std::ranges::none_of(known, [&](const NetScenario& s) { return s.id == order.scenario; }))
    return net_error(400, 21, "Invalid id");
  shine(entry, order);
  return std::nullopt;
}

struct RoomOrder {
  const NetRoom* room = nullptr;
  NetPoint point{};
};

// What a room of that kind can be set to; `home` gives it back to the schedule everywhere.
bool mode_fits(const NetRoom& room, std::string_view mode) {
  if (mode == "home" || mode == "manual" || mode == "hg" || mode == "off") return true;
  return mode == "max" && room.climate != NetClimate::pilot;
}

std::optional<Response> read_point(const NetCall& call, const NetRoom& room, std::string_view mode,
                                   std::optional<double> degrees, std::optional<Ms> end, std::string wire,
                                   NetPoint& out) {
  const bool pilot = room.climate == NetClimate::pilot;
  if (mode.empty()) return net_error(400, 10, "mode is missing");
  if (!mode_fits(room, mode))
    return net_error(400, 21, mode == "max" ? "mode not authorized" : "Invalid mode");
  constexpr std::array<std::string_view, 6> orders = {"comfort",  "away",      "frost_guard",
                                                      "stand_by", "comfort_1", "comfort_2"};
  if (!wire.empty() && (!pilot || std::ranges::count(orders, wire) == 0))
    return net_error(400, 21, "Invalid therm_setpoint_fp");
  out.mode = mode;
  if (mode == "manual" && !pilot) {
    if (!degrees) return net_error(400, 10, "Missing parameters");
    if (*degrees < coldest || *degrees > hottest) return net_error(400, 21, "Invalid temperature");
    out.temperature = *degrees;
  }
  out.wire = std::move(wire);
  out.start = call.now();
  if (end && *end != 0 && *end <= call.now()) return net_error(400, 25, "Invalid date");
  if (mode == "manual" || mode == "max") out.end = call.now() + 180 * minute;  // the home's default duration
  if (end) out.end = *end;
  if (mode == "home") out.end = 0;
  return std::nullopt;
}

void set_point(NetCall& call, const NetRoom& room, const NetPoint& point) {
  NetRoomTouch& touch = call.changes().rooms[room.id];
  if (call.now() - touch.at >= touch.lag) touch.before = touch.now;
  touch.now = point;
  touch.at = call.now();
  touch.lag = call.lag(room.id);
  net_tell_point(call, room, point);
}

std::optional<Response> read_room(const NetCall& call, const Json& entry, RoomOrder& order) {
  const auto id = text_of(entry, "id");
  if (!id) return net_error(400, 10, "Missing parameters");
  const auto at = std::ranges::find(call.home.rooms, *id, &NetRoom::id);
  if (at == call.home.rooms.end()) return net_error(400, 21, "Invalid id");
  if (at->climate == NetClimate::none)
    return net_error(400, 21, "Invalid rooms: room " + *id + " is not controlled");
  if (!call.granted("write_", net_family(*at))) return net_no_scope();
  order.room = &*at;
  const std::string prefix = call.home.cooling ? "cooling_setpoint_" : "therm_setpoint_";
  for (const auto& [name, value] : entry.items())
    if (name != "id" && !name.starts_with(prefix) && name != "therm_setpoint_fp")
      return net_error(400, 21, "cannot set property " + name + " for room " + *id);
  return read_point(call, *at, text_of(entry, prefix + "mode").value_or(""),
                    number_of(entry, prefix + "temperature"), NetCall::moment(entry, prefix + "end_time"),
                    text_of(entry, "therm_setpoint_fp").value_or(""), order.point);
}

void run_scenario(NetCall& call, const std::string& scenario) {
  for (const NetStep& step : net_scenario_steps(call.home, scenario)) {
    const auto module = std::ranges::find(call.home.modules, step.module, &NetModule::id);
    const NetView view = net_view(call.home, call.seen(call.home.id), call.now());
    if (module == call.home.modules.end() || net_offline(view, *module) || !net_reachable(view, *module))
      continue;
    net_touch(call.changes(), *module, step.to, call.now(), call.lag(step.module));
  }
}

// Carries one order out, or says why the module did not obey.
int carry_out(NetCall& call, const NetView& view, const Order& order) {
  if (net_offline(view, *order.module) || !net_reachable(view, *order.module)) return 6;
  if (order.error != 0) return order.error;
  if (!order.scenario.empty()) return run_scenario(call, order.scenario), 0;
  NetValues to = order.to;
  if (order.stop) to.level = net_present(view, *order.module).level;
  net_touch(call.changes(), *order.module, to, call.now(), call.lag(order.module->id));
  return 0;
}

}  // namespace

std::optional<NetValues> net_ordered(const NetView& view, const NetModule& module, const Json& entry) {
  Order order{.module = &module, .to = net_present(view, module)};
  for (const auto& [name, value] : entry.items())
    if (name != "id" && name != "bridge" && !take_property(order, name, value)) return std::nullopt;
  if (!order.changes || order.error != 0 || !order.scenario.empty()) return std::nullopt;
  shine(entry, order);
  if (order.stop) order.to.level = net_present(view, module).level;
  return order.to;
}

Response net_setstate(NetCall& call) {
  const Json* home = find(call.args, "home");
  if (home == nullptr || !home->is_object()) return net_error(400, 10, "Missing parameters");
  if (auto refused = net_enter(call, text_of(*home, "id"))) return std::move(*refused);
  const auto modules = array_of(*home, "modules", "home"), rooms = array_of(*home, "rooms", "home");
  if (!modules || !rooms) return net_error(400, 21, "Invalid array arg");
  std::vector<Order> orders;
  std::vector<RoomOrder> points;
  const NetView view = net_view(call.home, call.seen(call.home.id), call.now());
  for (const Json& entry : **modules)
    if (auto refused = read_module(call, view, entry, orders.emplace_back())) return std::move(*refused);
  for (const Json& entry : **rooms)
    if (auto refused = read_room(call, entry, points.emplace_back())) return std::move(*refused);
  if (orders.empty() && points.empty()) return net_error(400, 10, "Missing parameters");

  Json errors = Json::array();
  for (const Order& order : orders)
    if (const int error = carry_out(call, view, order); error != 0)
      errors.push_back({{"code", error}, {"id", order.module->id}});
  for (const RoomOrder& order : points) set_point(call, *order.room, order.point);
  if (errors.empty())
    return json_answer(200, dump_json({{"status", "ok"}, {"time_server", call.now() / second}}));
  return json_answer(
      200, dump_json({{"status", "ok"},
                      {"time_server", call.now() / second},
                      {"body", {{"home", {{"id", call.home.id}}}, {"errors", std::move(errors)}}}}));
}

Response net_setroomthermpoint(NetCall& call) {
  if (!call.granted("write_", NetFamily::thermostat))  // Smarther scopes do not reach here
    return net_error(403, 13, "Operation is forbidden");
  const auto id = text_of(call.args, "room_id");
  if (!id) return net_error(400, 10, "Missing parameters");
  const auto room = std::ranges::find(call.home.rooms, *id, &NetRoom::id);
  if (room == call.home.rooms.end() || room->climate == NetClimate::none)
    return net_error(400, 21, "Invalid id");
  const std::string mode = text_of(call.args, "mode").value_or("");
  if (mode == "away" || mode == "hg") return net_error(400, 21, "Invalid mode");
  NetPoint point;
  if (auto refused = read_point(call, *room, mode, number_of(call.args, "temp"),
                                NetCall::moment(call.args, "endtime"), "", point))
    return std::move(*refused);
  set_point(call, *room, point);
  return net_ok(call);
}

Response net_setthermmode(NetCall& call) {
  if (!call.granted("write_", NetFamily::thermostat) && !call.granted("write_", NetFamily::smarther) &&
      !call.granted("write_", NetFamily::magellan))
    return net_no_scope();
  const std::string mode = text_of(call.args, "mode").value_or("");
  if (mode.empty()) return net_error(400, 10, "mode is missing");
  if (mode != "schedule" && mode != "away" && mode != "hg") return net_error(400, 21, "Invalid mode");
  const NetView view = net_view(call.home, call.seen(call.home.id), call.now());
  for (const NetRoom& room : call.home.rooms)  // while a thermostat is off, presets are refused
    if (room.climate == NetClimate::valve && net_aim(view, room).mode == "off")
      return net_error(400, 21, "mode not authorized");
  if (const auto id = text_of(call.args, "schedule_id"); id && mode == "schedule") {
    const std::string type = call.home.cooling ? "cooling" : "therm";
    if (!net_select_schedule(call, *id, type, true))
      return net_error(400, 21, "schedule <" + *id + "> is not therm schedule");
  }
  const auto end = NetCall::moment(call.args, "endtime");
  if (end && *end <= call.now()) return net_error(400, 25, "Invalid date");
  NetChanges& changes = call.changes();
  const std::string before = net_mode(changes, call.now());
  changes.mode = mode;
  changes.mode_since = call.now();
  changes.mode_end = mode != "schedule" && end ? *end : 0;
  changes.rooms.clear();  // every room follows the home again
  net_tell(call, {{"event_type", "therm_mode"},
                  {"home", {{"id", call.home.id}, {"therm_mode", mode}}},
                  {"mode", mode},
                  {"previous_mode", before},
                  {"push_type", "home_event_changed"}});
  return net_ok(call);
}

}  // namespace foyer::sim
