#include "core/cloud/netatmo/schedules.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/json.hpp"
#include "core/base/showable.hpp"
#include "core/cloud/catalog/catalog.hpp"
#include "core/cloud/decode.hpp"
#include "core/cloud/netatmo/netatmo.hpp"

namespace foyer::netatmo {
namespace {

using catalog::Values;
using decode::Where;

constexpr int minutes_a_week = 7 * 24 * 60;

std::unexpected<Error> wrong(const Where& where, std::string_view member, std::string_view what) {
  const std::string field = where.text(member);
  return fail(ErrorKind::invalid_input, "", field + ": " + std::string(what), field);
}

// Electricity tariffs are contracts: they are read, not written.
bool is_writable(const Schedule& schedule) {
  for (const std::string_view type : {"therm", "cooling", "auto", "event"})
    if (schedule.type == type) return true;
  return false;
}

// The schedule as it was read; an empty one when it was not.
Schedule as_read(const Schedule& schedule) {
  if (schedule.raw.empty()) return {};
  const std::string home = "{\"schedules\":[" + schedule.raw + "]}";
  const auto json = JsonText::parse(home);
  if (!json) return {};
  Plant plant;
  read_schedules(json->root(), Where{}, plant);
  return plant.schedules.empty() ? Schedule{} : std::move(plant.schedules.front());
}

Result<void> check_timetable(const Schedule& schedule) {
  int last = -1;
  std::size_t index = 0;
  for (const Slot& slot : schedule.timetable) {
    const Where where{nullptr, "timetable", index++};
    if (slot.minute < 0 || slot.minute >= minutes_a_week)
      return wrong(where, "minute", "expected 0 to 10079");
    if (slot.minute <= last) return wrong(where, "minute", "expected later than the one before");
    if (!schedule.zone(slot.zone)) return wrong(where, "zone", "there is no such zone");
    last = slot.minute;
  }
  return {};
}

// `before`: the zone as it was read, or null. What nobody changed is the cloud's own and goes back as it is.
Result<void> check_zone(const Plant& plant, const Zone& zone, const Zone* before, const Where& where) {
  const auto untouched = [](const auto& list, const auto& one) {
    return std::ranges::find(list, one) != list.end();
  };
  std::size_t index = 0;
  for (const ZoneRoom& room : zone.rooms) {
    const Where here{&where, "rooms", index++};
    if (before && untouched(before->rooms, room)) continue;
    if (!plant.ambient(room.ambient)) return wrong(here, "ambient", "this home has no such room");
    if (!room.temperature && room.order.empty()) return wrong(here, "temperature", "is missing");
    if (room.temperature && !(*room.temperature >= 5 && *room.temperature <= 35))
      return wrong(here, "temperature", "expected 5 to 35 °C");
  }
  index = 0;
  for (const ZoneAction& action : zone.actions) {
    const Where here{&where, "actions", index++};
    if (before && untouched(before->actions, action)) continue;
    if (!plant.module(action.module)) return wrong(here, "module", "this home has no such module");
    if (action.property.empty() || action.property == "id" || action.property == "bridge")
      return wrong(here, "property", "expected what to set");
  }
  return {};
}

// The member of that id in an array of the schedule as it was read; a missing view when there is none.
JsonView by_id(JsonView list, const std::string& id) {
  for (const JsonView one : list.elements())
    if (one.find("id").text() == id) return one;
  return {};
}

Json number_json(double value) {
  return value == std::floor(value) && std::fabs(value) < 1e9 ? Json(static_cast<long long>(value))
                                                              : Json(value);
}

Json value_json(const Value& value) {
  if (const bool* flag = std::get_if<bool>(&value)) return *flag;
  if (const double* number = std::get_if<double>(&value)) return number_json(*number);
  return std::get<std::string>(value);
}

// What people see of a name is one harmless line; a name that nobody changed goes back as it came.
std::string name_to_send(const std::string& shown, JsonView raw) {
  auto read = raw.find("name").text();
  return read && showable(*read) == shown ? std::move(*read) : shown;
}

// A sync replaces the whole, so the members that the model does not know go back as they came.
template <class Known>
void carry_over(Json& out, JsonView raw, Known known) {
  for (const auto [key, value] : raw.members()) {
    const std::string name = key.text().value_or("");
    if (name.empty() || out.contains(name) || known(name, value)) continue;
    if (auto word = value.as_string()) {  // its raw text has no quotes
      out[name] = std::move(*word);
    } else if (auto kept = parse_json(value.raw())) {
      out[name] = std::move(*kept);
    }
  }
}

// A view's value as a tree; the raw text of a string has no quotes.
std::optional<Json> json_of(JsonView value) {
  if (auto word = value.as_string()) return Json(std::move(*word));
  auto parsed = parse_json(value.raw());
  return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
}

// What could not be read of a list goes back where it stood.
template <class Readable>
void put_unread(Json& out, JsonView raw, Readable readable) {
  std::size_t index = 0;
  for (const JsonView one : raw.elements()) {
    const std::size_t place = std::min(index++, out.size());
    if (readable(one)) continue;
    if (auto kept = json_of(one))
      out.insert(out.begin() + static_cast<Json::difference_type>(place), std::move(*kept));
  }
}

bool is_whole(JsonView value, long long most) {
  const auto number = value.number();  // as the reader takes it
  return number && *number >= 0 && *number <= static_cast<double>(most) && *number == std::floor(*number);
}

// `raw` is the room in the zone as it was read; a room that nobody changed goes back the same.
Json room_json(const ZoneRoom& room, const std::string& type, JsonView raw) {
  const std::string id = room.ambient.remote();
  if (raw.is_object()) {
    decode::Complaints told_before;
    if (read_zone_room(raw, id, type, Where{}, told_before) == room)
      if (auto same = parse_json(raw.raw())) return std::move(*same);
  }
  Json out = {{"id", id}};
  std::string front = type;  // else under the name under which it was read
  for (const char* one : {"therm", "cooling", "auto"})
    for (const char* end : {"_setpoint_temperature", "_setpoint_mode"})
      if (!raw.find(std::string(one) + end).is_nothing()) front = one;
  if (room.temperature) {
    out[front + "_setpoint_temperature"] = number_json(*room.temperature);
  } else {
    const bool order = type == "therm" && !is_mode_order(room.order);
    out[front + (order ? "_setpoint_fp" : "_setpoint_mode")] = room.order;
  }
  carry_over(out, raw, [](const std::string& name, JsonView) {
    return name == "temp" || name.find("_setpoint_") != std::string::npos;
  });
  return out;
}

// What the model makes an action of.
bool is_action(const std::string& name, JsonView value) {
  return name != "id" && name != "bridge" && !value.is_object() && !value.is_array() &&
         value.type() != JsonType::null;
}

// The actions of one module side by side, with the gateway that the schedule named for it.
Json actions_json(const Plant& plant, const Zone& zone, JsonView raw) {
  Json out = Json::array();
  for (const ZoneAction& action : zone.actions) {
    const std::string id = action.module.remote();
    auto at = std::ranges::find_if(out, [&](const Json& one) { return one["id"] == id; });
    if (at == out.end()) {
      out.push_back({{"id", id}});
      at = std::prev(out.end());
      auto bridge = by_id(raw.find("modules"), id).find("bridge").text();
      const Module* module = plant.module(action.module);
      if (!bridge && module && !module->gateway.empty() && module->gateway.text != module->id.text)
        bridge = module->gateway.remote();
      if (bridge) (*at)["bridge"] = *bridge;
    }
    (*at)[action.property] = value_json(action.value);
  }
  for (const JsonView module : raw.find("modules").elements()) {
    const auto id = module.find("id").text();
    if (!id) continue;
    const auto at = std::ranges::find_if(out, [&](const Json& one) { return one["id"] == *id; });
    bool acts = false;
    for (const auto [key, value] : module.members()) acts |= is_action(key.text().value_or(""), value);
    if (at != out.end()) {
      carry_over(*at, module, is_action);
    } else if (!acts) {  // had its actions been removed, it would have had some
      if (auto kept = parse_json(module.raw())) out.push_back(std::move(*kept));
    }
  }
  return out;
}

// Those that were read, unless somebody changed them: carry_over() brings these back as they came.
void put_scenarios(Json& out, const Zone& zone, JsonView raw) {
  std::vector<std::string> before;
  for (const JsonView one : raw.find("scenarios").elements())
    if (auto id = one.text()) before.push_back(std::move(*id));
  if (!zone.scenarios.empty() && zone.scenarios != before) out["scenarios"] = zone.scenarios;
}

Json zone_json(const Plant& plant, const Schedule& schedule, const Zone& zone, JsonView raw) {
  Json out = {{"id", zone.id}};
  if (auto name = name_to_send(zone.name, raw); !name.empty()) out["name"] = std::move(name);
  if (zone.type) out["type"] = *zone.type;
  put_scenarios(out, zone, raw);
  if (schedule.type == "event") {
    out["modules"] = actions_json(plant, zone, raw);
    carry_over(out, raw, [](const std::string& name, JsonView) { return name == "name" || name == "type"; });
    return out;
  }
  Json rooms = Json::array();
  for (const ZoneRoom& room : zone.rooms)
    rooms.push_back(room_json(room, schedule.type, by_id(raw.find("rooms"), room.ambient.remote())));
  out["rooms"] = std::move(rooms);
  const JsonView modules = raw.find("modules");
  if (modules.size() != 0)
    if (auto kept = parse_json(modules.raw())) out["modules"] = std::move(*kept);
  put_unread(out["rooms"], raw.find("rooms"), [](JsonView one) {
    const auto id = one.find("id").text();
    return id && !id->empty();
  });
  carry_over(out, raw, [](const std::string& name, JsonView) {
    // rooms_temp is the old mirror of the rooms, and would contradict what was changed.
    return name == "name" || name == "type" || name == "modules" || name == "rooms_temp";
  });
  return out;
}

std::string zones_json(const Plant& plant, const Schedule& schedule, JsonView raw) {
  Json out = Json::array();
  for (const Zone& zone : schedule.zones)
    out.push_back(zone_json(plant, schedule, zone, by_id(raw.find("zones"), std::to_string(zone.id))));
  put_unread(out, raw.find("zones"), [](JsonView one) { return is_whole(one.find("id"), 1 << 20); });
  return dump_json(out);
}

bool is_slot(JsonView one) {
  return is_whole(one.find("zone_id"), 1 << 20) && is_whole(one.find("m_offset"), minutes_a_week - 1);
}

// The entry of the timetable as it was read: that of the same minute, or of the same place where only times
// were changed.
JsonView slot_as_read(const Schedule& schedule, std::size_t index, JsonView list) {
  const Slot& slot = schedule.timetable[index];
  std::size_t readable = 0;
  for (const JsonView one : list.elements()) readable += is_slot(one);
  JsonView moved;
  std::size_t place = 0;
  for (const JsonView one : list.elements()) {
    if (!is_slot(one)) continue;
    const bool here = place++ == index && readable == schedule.timetable.size();
    if (one.find("zone_id").integer() != slot.zone) continue;
    if (one.find("m_offset").integer() == slot.minute) return one;
    if (here) moved = one;
  }
  return moved;
}

std::string timetable_json(const Schedule& schedule, JsonView raw) {
  Json out = Json::array();
  for (std::size_t index = 0; index < schedule.timetable.size(); ++index) {
    const Slot& slot = schedule.timetable[index];
    out.push_back({{"zone_id", slot.zone}, {"m_offset", slot.minute}});
    carry_over(out.back(), slot_as_read(schedule, index, raw.find("timetable")),
               [](const std::string&, JsonView) { return false; });
  }
  put_unread(out, raw.find("timetable"), is_slot);
  return dump_json(out);
}

void put(Values& values, const char* name, const std::optional<double>& number) {
  if (number) values.emplace_back(name, number_text(*number));
}

// Temperatures of an empty home, under the names under which they were read, else under those of the plan's
// type.
void put_away(Values& values, const Schedule& schedule, JsonView raw) {
  constexpr const char* names[] = {"away_temp", "cooling_away_temp", "auto_away_temp"};
  bool read = false;
  for (const char* name : names) {
    if (raw.find(name).is_nothing()) continue;
    put(values, name, read ? raw.find(name).number() : schedule.away_temperature);
    read = true;
  }
  const std::size_t own = schedule.type == "cooling" ? 1 : schedule.type == "auto" ? 2 : 0;
  if (!read && schedule.type != "event") put(values, names[own], schedule.away_temperature);
  if (schedule.type == "therm" || !raw.find("hg_temp").is_nothing())
    put(values, "hg_temp", schedule.frost_temperature);
}

// What sync and create have in common. `raw` is the schedule as it was read, if it was.
void put_contents(Values& values, const Plant& plant, const Schedule& schedule, JsonView raw) {
  if (schedule.type != "therm") values.emplace_back("type", schedule.type);
  put_away(values, schedule, raw);
  if (schedule.type != "event")
    if (auto mode = raw.find("away_temperature_mode").text())
      values.emplace_back("away_temperature_mode", std::move(*mode));
  values.emplace_back("timetable", timetable_json(schedule, raw));
  if (schedule.type == "event")
    for (const char* name : {"timetable_sunrise", "timetable_sunset"}) {
      const JsonView list = raw.find(name);
      values.emplace_back(name, list.is_array() ? std::string(list.raw()) : "[]");
    }
  values.emplace_back("zones", zones_json(plant, schedule, raw));
}

Result<Call> call(const char* operation, const Plant& plant, Values values) {
  values.emplace(values.begin(), "home", plant.id.text);
  return make_call(*catalog::find(operation), values);
}

// Members of the schedule itself that nobody here knows.
void carry_members(Call& call, JsonView raw) {
  constexpr std::string_view ours[] = {"id",
                                       "name",
                                       "type",
                                       "selected",
                                       "default",
                                       "timetable",
                                       "zones",
                                       "away_temp",
                                       "hg_temp",
                                       "cooling_away_temp",
                                       "auto_away_temp",
                                       "home_id",
                                       "schedule_id",
                                       "schedule_type",
                                       "away_temperature_mode",
                                       "timetable_sunrise",
                                       "timetable_sunset"};
  auto body = parse_json(call.body);
  if (!raw.is_object() || !body) return;
  const std::size_t before = body->size();
  carry_over(*body, raw, [&](const std::string& name, JsonView) {
    return std::ranges::find(ours, name) != std::end(ours);
  });
  if (body->size() != before) call.body = dump_json(*body);
}

Result<Call> whole(const char* operation, const Plant& plant, const Schedule& schedule, Values values) {
  const auto fits = check(plant, schedule);
  if (!fits) return std::unexpected(fits.error());
  const auto raw = JsonText::parse(schedule.raw);
  const JsonView before = raw ? raw->root() : JsonView();
  for (auto& [field, value] : values)
    if (field == "name") value = name_to_send(value, before);
  put_contents(values, plant, schedule, before);
  auto out = call(operation, plant, std::move(values));
  if (out) carry_members(*out, before);
  return out;
}

}  // namespace

Result<void> check(const Plant& plant, const Schedule& schedule) {
  const Where root;
  if (!is_writable(schedule)) return wrong(root, "type", "schedules of this type can be read only");
  const Schedule before = as_read(schedule);
  const bool never_seen =
      !before.name.empty() && showable(before.name).empty();  // there was nothing to see of it
  if (schedule.name.empty() && !never_seen) return wrong(root, "name", "is missing");
  if (schedule.timetable.empty()) return wrong(root, "timetable", "is empty");
  if (schedule.timetable != before.timetable)
    if (auto rising = check_timetable(schedule); !rising) return rising;
  for (std::size_t i = 0; i < schedule.zones.size(); ++i) {
    const Where where{nullptr, "zones", i};
    for (std::size_t other = 0; other < i; ++other)
      if (schedule.zones[other].id == schedule.zones[i].id)
        return wrong(where, "id", "used by another zone too");
    const auto fits = check_zone(plant, schedule.zones[i], before.zone(schedule.zones[i].id), where);
    if (!fits) return fits;
  }
  return {};
}

Result<Call> switch_schedule(const Plant& plant, const Schedule& schedule) {
  Values values = {{"schedule", schedule.id}};
  if (schedule.type != "therm") values.emplace_back("type", schedule.type);
  return call("netatmo.schedule.switch", plant, std::move(values));
}

Result<Call> end_schedule(const Plant& plant, const Schedule& schedule) {
  if (schedule.type != "event")
    return fail(ErrorKind::unsupported, "", "a plan of temperatures can be changed for another, not ended",
                "type");
  return call("netatmo.schedule.switch", plant, {{"type", schedule.type}, {"selected", "false"}});
}

Result<Call> sync_schedule(const Plant& plant, const Schedule& schedule) {
  if (schedule.id.empty()) return wrong(Where{}, "id", "is missing");
  return whole("netatmo.schedule.sync", plant, schedule,
               {{"schedule", schedule.id}, {"name", schedule.name}});
}

Result<Call> create_schedule(const Plant& plant, const Schedule& schedule) {
  Values values = {{"name", schedule.name}};
  if (schedule.selected) values.emplace_back("selected", "true");
  return whole("netatmo.schedule.create", plant, schedule, std::move(values));
}

Result<Call> rename_schedule(const Plant& plant, const Schedule& schedule, std::string_view name) {
  return call("netatmo.schedule.rename", plant, {{"schedule", schedule.id}, {"name", std::string(name)}});
}

Result<Call> delete_schedule(const Plant& plant, const Schedule& schedule) {
  if (schedule.selected)
    return fail(ErrorKind::invalid_input, "", "this schedule is in use; choose another one first", "id");
  return call("netatmo.schedule.delete", plant, {{"schedule", schedule.id}});
}

Result<std::string> read_created(std::string_view body) {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView root = json->root();
  for (const JsonView at : {root, root.find("body")})
    if (auto id = at.find("schedule_id").text(); id && !id->empty()) return *id;
  return fail(ErrorKind::malformed, "E15", "schedule_id: expected text", "schedule_id");
}

}  // namespace foyer::netatmo
