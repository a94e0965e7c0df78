#include "core/cloud/events/webhooks.hpp"
#include "core/cloud/provider.hpp"

namespace foyer::netatmo {
namespace {

using decode::Complaints;
using decode::Where;

std::string word(JsonView json, std::string_view name) { return json.find(name).text().value_or(""); }

std::string id(std::string_view remote) { return std::string("netatmo:").append(remote); }

std::optional<Instant> instant(JsonView value) {
  const auto at = value.integer();
  return at && *at > 0 && *at < 253402300800 ? std::optional(instant_from_ms(*at * 1000)) : std::nullopt;
}

HookRoom read_room(JsonView json, const Where& where, Complaints& complaints) {
  HookRoom room{.ambient = AmbientId(id(word(json, "id")))};
  for (const std::string_view prefix : {"therm", "cooling", "auto"}) {
    const std::string front = std::string(prefix) + "_setpoint_";
    if (room.mode.empty()) room.mode = word(json, front + "mode");
    if (!room.temperature) room.temperature = decode::number(json, front + "temperature", where, complaints);
    if (!room.until) room.until = instant(json.find(front + "end_time"));
  }
  return room;
}

// Rooms that are off, or follow a home that is, tell 0: no temperature.
void drop_zero(std::string_view mode, std::optional<double>& temperature) {
  if ((mode == "off" || mode == "home") && temperature == 0.0) temperature.reset();
}

void read_rooms(HookEvent& event, JsonView json, const Where& where, Complaints& complaints) {
  const Where home{&where, "home"};
  std::size_t index = 0;
  for (const JsonView one : decode::list(json.find("home"), "rooms", home, complaints, true).elements()) {
    const Where here{&home, "rooms", index++};
    if (one.find("id").text()) {
      event.rooms.push_back(read_room(one, here, complaints));
    } else {
      complaints.push_back(here.text("id") + ": expected text");
    }
  }
  // The room may be named at the top only (HA's recordings name it in both places or in the list alone).
  if (event.rooms.empty())
    if (const auto room = json.find("room_id").text())
      event.rooms.push_back({.ambient = AmbientId(id(*room))});
  if (event.rooms.size() == 1) {
    HookRoom& only = event.rooms.front();
    if (only.mode.empty()) only.mode = word(json, "mode");
    if (!only.temperature) only.temperature = decode::number(json, "temperature", where, complaints);
  }
  for (HookRoom& room : event.rooms) drop_zero(room.mode, room.temperature);
}

// A room in an event of the heating: what was measured apart from what is wanted.
HookRoom read_device_room(JsonView extra, const std::string& type, const Where& where,
                          Complaints& complaints) {
  HookRoom room{.ambient = AmbientId(id(word(extra, "room_id"))), .mode = word(extra, "mode")};
  const bool wanted = type == "setpoint_event";  // its temperature is the set point
  room.temperature =
      decode::number(extra, wanted ? "therm_measured_temperature" : "temperature", where, complaints);
  room.setpoint = decode::number(extra, wanted ? "temperature" : "setpoint", where, complaints);
  drop_zero(room.mode, room.setpoint);
  room.until = instant(extra.find("ts_end"));
  room.heating_request = decode::number(extra, "heating_power_request", where, complaints);
  return room;
}

// Fragments of the status answer, understood by who reads that.
void read_modules(HookEvent& event, JsonView extra, Minutes offset) {
  const JsonView modules = extra.find("modules");
  const Provider* cloud = provider("netatmo");
  if (!modules.is_array() || !cloud) return;
  const std::string answer = R"({"body":{"home":{"modules":)" + std::string(modules.raw()) + "}}}";
  if (auto report = cloud->read_status(Plant{.id = event.plant}, Call{}, answer, offset)) {
    report->complete = false;
    report->gateways_told = false;
    event.status = std::move(*report);
  }
}

void read_device(HookEvent& event, JsonView json, const Where& where, Minutes offset,
                 Complaints& complaints) {
  const JsonView extra = json.find("extra_params");
  const Where here{&where, "extra_params"};
  std::string type = word(extra, "event_type");
  if (type.empty()) type = word(extra, "type");
  if (!type.empty()) event.type += "/" + type;
  event.kind = HookKind::status;
  read_modules(event, extra, offset);
  if (!word(extra, "room_id").empty()) event.rooms.push_back(read_device_room(extra, type, here, complaints));
  ModuleStatus module;
  if (const auto position = decode::number(extra, "current_position", here, complaints)) {
    if (*position >= 0 && *position <= 100) {
      module.readings.push_back({.aspect = Aspect::position, .value = *position, .unit = Unit::percent});
    } else {  // the motor of a valve counts its own steps
      module.readings.push_back({.aspect = Aspect::other, .name = "current_position", .value = *position});
    }
  }
  if (const std::string boiler = word(extra, "boiler_status"); !boiler.empty())
    module.readings.push_back(
        {.aspect = Aspect::load_active, .value = boiler == "boiler_on" || boiler == "true"});
  if (const std::string module_id = word(extra, "module_id"); !module_id.empty())
    event.module = ModuleId(id(module_id));
  if (event.module.empty()) return;
  // Without a module it is the device that speaks: a boiler hangs on its relay.
  module.id = event.module;
  module.raw = extra.raw();
  if (!module.readings.empty()) event.status.modules.push_back(std::move(module));
}

}  // namespace

HookEvent read_event(JsonView json, const Where& where, Minutes offset, Complaints& complaints) {
  const std::string push = word(json, "push_type"), what = word(json, "event_type");
  HookEvent event{.api = "netatmo", .type = push};
  if (!what.empty()) event.type += (push.empty() ? "" : "/") + what;
  std::string home = word(json, "home_id");
  if (home.empty()) home = word(json.find("home"), "id");
  const JsonView extra = json.find("extra_params");  // intercoms name home and device in there
  if (home.empty()) home = word(extra, "home_id");
  if (!home.empty()) event.plant = PlantId(id(home));
  event.at = instant(json.find("time_server"));
  for (const JsonView place : {json, extra})
    for (const std::string_view name : {"module_id", "device_id"})
      if (const std::string module = word(place, name); !module.empty() && event.module.empty())
        event.module = ModuleId(id(module));
  if (push == "webhook_activation" || push == "webhook_deactivation") {
    event.kind = HookKind::activation;
  } else if (what == "set_point" || what == "cancel_set_point" ||
             (what == "setpoint_event" && push != "device_event")) {
    event.kind = HookKind::set_point;
    read_rooms(event, json, where, complaints);
  } else if (what == "therm_mode") {
    event.kind = HookKind::home_mode;
    event.mode = word(json.find("home"), "therm_mode");
    if (event.mode.empty()) event.mode = word(json, "mode");
    event.previous_mode = word(json, "previous_mode");
  } else if (what == "schedule") {
    event.kind = HookKind::schedule;
    event.schedule = word(json, "schedule_id");
  } else if (push == "topology_changed") {
    event.kind = HookKind::topology;
    event.change = word(json, "change");
  } else if (push == "device_event") {
    read_device(event, json, where, offset, complaints);
  } else if (push.ends_with("-connection") || push.ends_with("-disconnection") || push == "connection" ||
             push == "disconnection") {
    event.kind = HookKind::connection;
  }
  return event;
}

}  // namespace foyer::netatmo
