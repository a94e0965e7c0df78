// Rooms that are heated, the heating of the home and its weekly schedules in the model.
#include <algorithm>

#include "core/cloud/netatmo/netatmo.hpp"

namespace foyer::netatmo {
namespace {

using decode::Complaints;
using decode::Where;

constexpr int minutes_a_week = 7 * 24 * 60;

struct ModeWord {
  std::string_view theirs, ours;
};
// Rooms say "home" when they follow the home, homes and old rooms say "schedule".
constexpr ModeWord modes[] = {
    {"schedule", "automatic"}, {"home", "automatic"}, {"hg", "protection"}, {"frost_guard", "protection"}};

// Words of a room's mode; every other word of a room in a heating plan is a pilot-wire order.
constexpr std::string_view room_modes[] = {"off", "manual", "max", "home", "hg", "schedule"};

std::optional<int> whole(JsonView object, std::string_view name, int least, int most, const Where& where,
                         Complaints& complaints) {
  const auto value = decode::number(object, name, where, complaints);
  if (!value) return std::nullopt;
  if (*value >= least && *value <= most && *value == static_cast<int>(*value))
    return static_cast<int>(*value);
  complaints.push_back(where.text(name) + ": expected a whole number from " + std::to_string(least) + " to " +
                       std::to_string(most));
  return std::nullopt;
}

void zone_rooms(JsonView json, const std::string& type, const Where& where, Zone& zone,
                Complaints& complaints) {
  // rooms_temp is an older mirror of rooms: read only where that is missing.
  const bool old = json.find("rooms").size() == 0;
  const char* name = old ? "rooms_temp" : "rooms";
  std::size_t index = 0;
  for (const JsonView one : decode::list(json, name, where, complaints, true).elements()) {
    const Where here{&where, name, index++};
    const auto id = decode::text(one, old ? "room_id" : "id", here, complaints);
    if (id && !id->empty()) {
      zone.rooms.push_back(read_zone_room(one, *id, type, here, complaints));
    } else {
      complaints.push_back(here.text(old ? "room_id" : "id") + ": expected text");
    }
  }
}

void zone_actions(JsonView json, const Where& where, Zone& zone, Complaints& complaints) {
  std::size_t index = 0;
  for (const JsonView one : decode::list(json, "modules", where, complaints, true).elements()) {
    const Where here{&where, "modules", index++};
    const auto id = decode::id(one, here, complaints);
    if (!id) continue;
    std::vector<Reading> properties;
    decode::keep_unknown(one, {"id", "bridge"}, properties);
    for (Reading& property : properties)
      zone.actions.push_back({ModuleId(prefixed(*id)), std::move(property.name), std::move(property.value)});
  }
}

void read_zones(JsonView json, const Where& where, Schedule& schedule, Complaints& complaints) {
  std::size_t index = 0;
  for (const JsonView one : decode::list(json, "zones", where, complaints, true).elements()) {
    const Where here{&where, "zones", index++};
    const auto id = whole(one, "id", 0, 1 << 20, here, complaints);
    if (!id) {
      if (one.find("id").is_nothing()) complaints.push_back(here.text("id") + ": expected a number");
      continue;
    }
    Zone zone{.id = *id, .name = decode::text(one, "name", here, complaints).value_or("")};
    zone.type = whole(one, "type", 0, 1000, here, complaints);
    zone_rooms(one, schedule.type, here, zone, complaints);
    zone_actions(one, here, zone, complaints);
    for (const JsonView scenario : decode::list(one, "scenarios", here, complaints, true).elements())
      if (auto scenario_id = scenario.text()) zone.scenarios.push_back(std::move(*scenario_id));
    zone.price = decode::number(one, "price", here, complaints);
    zone.price_type = decode::text(one, "price_type", here, complaints).value_or("");
    schedule.zones.push_back(std::move(zone));
  }
}

void read_timetable(JsonView json, const Where& where, Schedule& schedule, Complaints& complaints) {
  std::size_t index = 0;
  for (const JsonView one : decode::list(json, "timetable", where, complaints, true).elements()) {
    const Where here{&where, "timetable", index++};
    const auto zone = whole(one, "zone_id", 0, 1 << 20, here, complaints);
    const auto minute = whole(one, "m_offset", 0, minutes_a_week - 1, here, complaints);
    if (zone && minute) schedule.timetable.push_back({*zone, *minute});
  }
}

}  // namespace

std::string prefixed(std::string_view remote) { return decode::prefixed("netatmo", remote); }

ModuleId heating_id(const PlantId& plant) { return ModuleId(plant.text + "/heating"); }

ModuleId room_module_id(const PlantId& plant, std::string_view room) {
  return ModuleId((plant.text + "/room/").append(room));
}

std::string_view mode_word(std::string_view theirs) {
  for (const ModeWord& one : modes)
    if (one.theirs == theirs) return one.ours;
  return theirs;
}

std::string_view their_mode(std::string_view ours, bool home) {
  if (ours == "automatic") return home ? "schedule" : "home";
  return ours == "protection" ? "hg" : ours;
}

// Its temperature under the name of the plan's type, or a word in place of it.
ZoneRoom read_zone_room(JsonView json, const std::string& remote, const std::string& type, const Where& where,
                        Complaints& complaints) {
  ZoneRoom room{.ambient = AmbientId(prefixed(remote))};
  if (type == "therm") room.order = decode::text(json, "therm_setpoint_fp", where, complaints).value_or("");
  for (const std::string_view prefix : {"therm", "cooling", "auto"}) {
    const std::string front = std::string(prefix) + "_setpoint_";
    if (!room.temperature) room.temperature = decode::number(json, front + "temperature", where, complaints);
    if (room.order.empty()) room.order = decode::text(json, front + "mode", where, complaints).value_or("");
  }
  if (!room.temperature) room.temperature = decode::number(json, "temp", where, complaints);
  return room;
}

bool is_mode_order(std::string_view word) {
  return std::ranges::find(room_modes, word) != std::end(room_modes);
}

// Set points by the half degree between 5 and 30 °C: what the vendor's own thermostats offer.
Module room_module(const PlantId& plant, std::string_view room, std::string_view name, bool setpoints,
                   bool orders) {
  Module out{.id = room_module_id(plant, room), .name = std::string(name)};
  out.kind = setpoints ? Kind::thermostat : Kind::heater;
  out.device = room_device;
  out.ambient = AmbientId(prefixed(room));
  Capability mode{.aspect = Aspect::mode, .commandable = true};
  mode.options = {"automatic", "protection", "off"};
  if (setpoints) {
    mode.options = {"automatic", "manual", "max", "protection", "off"};
    out.capabilities.push_back(
        {.aspect = Aspect::setpoint, .commandable = true, .unit = Unit::celsius, .range = Range{5, 30, 0.5}});
    out.capabilities.push_back({.aspect = Aspect::temperature, .unit = Unit::celsius});
  }
  out.capabilities.push_back(std::move(mode));
  if (orders)
    out.capabilities.push_back({.aspect = Aspect::pilot_wire,
                                .commandable = true,
                                .options = {"comfort", "away", "frost_guard", "stand_by"}});
  return out;
}

void read_schedules(JsonView home, const Where& parent, Plant& plant) {
  std::size_t index = 0;
  for (const JsonView one : decode::list(home, "schedules", parent, plant.complaints, true).elements()) {
    const Where where{&parent, "schedules", index++};
    Complaints& complaints = plant.complaints;
    const auto id = decode::id(one, where, complaints);
    if (!id) continue;
    if (std::ranges::find(plant.schedules, *id, &Schedule::id) != plant.schedules.end()) {
      complaints.push_back(where.text("id") + ": used by another schedule too");
      continue;
    }
    Schedule out{.id = *id, .name = decode::text(one, "name", where, complaints).value_or("")};
    if (out.name.empty()) out.name = *id;
    out.type = decode::text(one, "type", where, complaints).value_or("therm");
    out.selected = decode::flag(one, "selected", where, complaints).value_or(false);
    out.standard = decode::flag(one, "default", where, complaints).value_or(false);
    read_timetable(one, where, out, complaints);
    read_zones(one, where, out, complaints);
    for (const char* name : {"away_temp", "cooling_away_temp", "auto_away_temp"})
      if (!out.away_temperature) out.away_temperature = decode::number(one, name, where, complaints);
    out.frost_temperature = decode::number(one, "hg_temp", where, complaints);
    out.tariff = decode::text(one, "tariff", where, complaints).value_or("");
    out.tariff_option = decode::text(one, "tariff_option", where, complaints).value_or("");
    out.power_threshold = decode::number(one, "power_threshold", where, complaints);
    out.power_unit = decode::text(one, "contract_power_unit", where, complaints).value_or("");
    out.raw = one.raw();
    plant.schedules.push_back(std::move(out));
  }
}

std::optional<Capability> plan_choice(const std::vector<Schedule>& schedules, std::string_view function) {
  Capability choice{.aspect = Aspect::program, .commandable = true};
  for (const Schedule& one : schedules) {
    if (one.type != plan_type(function)) continue;
    choice.options.push_back(one.id);
    choice.labels.push_back(one.name);
  }
  return choice.options.empty() ? std::nullopt : std::optional(std::move(choice));
}

void read_heating(JsonView home, const Plant& plant, const Where& where, std::vector<Reading>& readings,
                  std::optional<Instant>& until, Complaints& complaints) {
  const std::string control =
      decode::text(home, "temperature_control_mode", where, complaints).value_or("heating");
  std::string mode = decode::text(home, "therm_mode", where, complaints).value_or("");
  if (control != "heating") {  // "cooling_mode", "auto_mode"
    const auto own = decode::text(home, control + "_mode", where, complaints);
    if (own && !own->empty()) mode = *own;
  }
  if (!mode.empty()) readings.push_back({.aspect = Aspect::mode, .value = std::string(mode_word(mode))});
  readings.push_back({.aspect = Aspect::function, .value = control});
  until = instant(home, "therm_mode_endtime", where, complaints);
  if (const Schedule* schedule = selected_schedule(plant.schedules, plan_type(control)))
    readings.push_back({.aspect = Aspect::program, .value = schedule->id});
}

std::optional<Instant> instant(JsonView object, std::string_view name, const Where& where,
                               Complaints& complaints) {
  const auto seconds = decode::number(object, name, where, complaints);
  if (!seconds || *seconds == 0) return std::nullopt;
  if (*seconds > 0 && *seconds < 1e11) return instant_from_ms(static_cast<long long>(*seconds) * 1000);
  complaints.push_back(where.text(name) + ": expected Unix seconds");
  return std::nullopt;
}

}  // namespace foyer::netatmo
