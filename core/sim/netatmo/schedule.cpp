// Schedules: what homes begin with, the week in force, and the endpoints that edit them.
#include <algorithm>
#include <array>

#include "core/sim/netatmo/netatmo.hpp"

namespace foyer::sim {
namespace {

constexpr int week_minutes = 10'080;
constexpr std::size_t most_schedules = 40;

struct Turn {
  int minute, zone;
};

Json turns(std::initializer_list<Turn> every_day) {
  Json out = Json::array();
  for (int day = 0; day < 7; ++day)
    for (const Turn& turn : every_day)
      out.push_back({{"zone_id", turn.zone}, {"m_offset", day * 1440 + turn.minute}});
  return out;
}

struct Warmth {
  int id, type;
  const char* name;
  double degrees;
  const char* wire;
};

// A zone of every controlled room; pilot-wire rooms take an order, the legacy mirror beside it.
Json zone(const NetHome& home, const Warmth& warmth, bool cooling) {
  Json rooms = Json::array(), mirror = Json::array();
  for (const NetRoom& room : home.rooms) {
    if (room.climate == NetClimate::none) continue;
    if (cooling) {
      if (warmth.degrees == 0)
        rooms.push_back({{"id", room.id}, {"cooling_setpoint_mode", "off"}});
      else
        rooms.push_back({{"id", room.id}, {"cooling_setpoint_temperature", warmth.degrees}});
    } else if (room.climate == NetClimate::pilot) {
      rooms.push_back({{"id", room.id}, {"therm_setpoint_fp", warmth.wire}});
      mirror.push_back({{"room_id", room.id}, {"therm_setpoint_fp", warmth.wire}});
    } else {
      rooms.push_back({{"id", room.id}, {"therm_setpoint_temperature", warmth.degrees}});
      mirror.push_back({{"room_id", room.id}, {"temp", warmth.degrees}});
    }
  }
  Json out = {{"id", warmth.id}, {"name", warmth.name}, {"type", warmth.type}, {"rooms", std::move(rooms)}};
  if (!cooling) out["rooms_temp"] = std::move(mirror), out["modules"] = Json::array();
  return out;
}

Json therm(const NetHome& home, const char* id, const char* name, double comfort, bool selected) {
  Json zones = Json::array();
  for (const Warmth& warmth : {Warmth{0, 0, "Comfort", comfort, "comfort"}, Warmth{1, 1, "Night", 17, "away"},
                               Warmth{4, 5, "Eco", 18, "away"}})
    zones.push_back(zone(home, warmth, false));
  Json out = {{"timetable", turns({{0, 1}, {390, 0}, {540, 4}, {1020, 0}, {1350, 1}})},
              {"zones", std::move(zones)},
              {"name", name},
              {"default", false},
              {"away_temp", 14},
              {"hg_temp", 7},
              {"id", home.id.substr(0, 22) + id},
              {"type", "therm"}};
  if (selected) out["selected"] = true;  // absent is false
  return out;
}

Json cooling(const NetHome& home, bool selected) {
  Json zones = Json::array();
  for (const Warmth& warmth :
       {Warmth{0, 0, "Day", 25, ""}, Warmth{1, 1, "Night", 27, ""}, Warmth{2, 4, "Nobody", 0, ""}})
    zones.push_back(zone(home, warmth, true));
  Json out = {{"timetable", turns({{0, 1}, {540, 0}, {1380, 1}})},
              {"zones", std::move(zones)},
              {"name", "Summer"},
              {"default", false},
              {"cooling_away_temp", 30},
              {"id", home.id.substr(0, 22) + "c1"},
              {"type", "cooling"}};
  if (selected) out["selected"] = true;
  return out;
}

// Commands that the house plays at their times (netatmo/events.cpp).
Json event(const NetHome& home) {
  Json open = Json::array(), closed = Json::array();
  for (const NetModule& module : home.modules) {
    if (module.type != "NLV" && module.type != "NLLV") continue;
    open.push_back({{"id", module.id}, {"target_position", 100}, {"bridge", module.bridge}});
    closed.push_back({{"id", module.id}, {"target_position", 0}, {"bridge", module.bridge}});
  }
  return {{"timetable", turns({{450, 0}})},
          {"zones", Json::array({{{"id", 0}, {"modules", open}}, {{"id", 1}, {"modules", closed}}})},
          {"name", "Shutters"},
          {"default", false},
          {"timetable_sunrise", Json::array()},
          {"timetable_sunset", Json::array()},
          {"id", home.id.substr(0, 22) + "e1"},
          {"type", "event"},
          {"selected", true}};
}

Json electricity(const NetHome& home) {
  return {{"timetable", turns({{0, 1}, {430, 0}, {1330, 1}})},
          {"zones", Json::array({{{"id", 0}, {"price", 0.27}, {"price_type", "peak"}},
                                 {{"id", 1}, {"price", 0.2068}, {"price_type", "off_peak"}}})},
          {"name", "electricity"},
          {"default", false},
          {"tariff", "custom"},
          {"tariff_option", "peak_and_off_peak"},
          {"power_threshold", 9},
          {"contract_power_unit", "kVA"},
          {"version", 1},
          {"id", home.id.substr(0, 22) + "f1"},
          {"type", "electricity"},
          {"selected", true}};
}

Json first_schedules(const NetHome& home) {
  Json list = Json::array();
  const bool rich = home.owner == "alice", heats = std::ranges::any_of(home.rooms, [](const NetRoom& room) {
                                             return room.climate != NetClimate::none;
                                           });
  if (heats) list.push_back(therm(home, "a1", "Winter", 20.5, true));
  if (heats && home.owner != "ines") {
    list.push_back(therm(home, "a2", "Vacances d'\xC3\xA9t\xC3\xA9", 16, false));
    list.push_back(cooling(home, home.cooling));
  }
  if (rich) {
    list.push_back(event(home));
    list.push_back({{"timetable", Json::array()},
                    {"zones", Json::array()},
                    {"name", "Hiver"},
                    {"default", false},
                    {"timetable_sunrise", Json::array()},
                    {"timetable_sunset", Json::array()},
                    {"id", home.id.substr(0, 22) + "e2"},
                    {"type", "event"}});
    list.push_back(electricity(home));
  }
  return list;
}

Json list_of(NetCall& call) { return net_schedules(call.home, call.seen(call.home.id)); }
void keep(NetCall& call, const Json& list) {
  call.changes().schedules = dump_json(list);
  call.changes().played = call.now();  // what becomes selected now orders nothing of the past
}

Json* find_schedule(Json& list, std::string_view id) {
  for (Json& schedule : list)
    if (text_of(schedule, "id") == id) return &schedule;
  return nullptr;
}

bool may_write(
    const NetCall& call) {  // no source names one scope for all types; any that heats or switches will do
  return call.granted("write_", NetFamily::thermostat) || call.granted("write_", NetFamily::smarther) ||
         call.granted("write_", NetFamily::magellan);
}
bool controlled(const NetHome& home, std::string_view id) {
  const auto at = std::ranges::find(home.rooms, id, &NetRoom::id);
  return at != home.rooms.end() && at->climate != NetClimate::none;
}

// Both arrays of a schedule that was sent; why they cannot be taken, or nothing. Writes "zone_id" where "id"
// was said.
std::optional<Response> check_content(const NetCall& call, Json& content, std::string_view type) {
  if (find(content, "zones") == nullptr || find(content, "timetable") == nullptr)
    return net_error(400, 10, "Missing parameters");
  Json& zones = content["zones"];  // both are there: a member that is made here would move its neighbours
  Json& table = content["timetable"];
  if (!zones.is_array() || !table.is_array()) return net_error(400, 10, "Missing parameters");
  std::vector<long long> known;
  for (const Json& zone : zones) {
    const auto id = integer_of(zone, "id");
    if (!id) return net_error(400, 21, "Invalid zones");
    known.push_back(*id);
    for (const auto& [list, key] : {std::pair("rooms", "id"), std::pair("rooms_temp", "room_id")})
      if (const Json* rooms = find(zone, list); rooms != nullptr && rooms->is_array() && type != "event")
        for (const Json& room : *rooms)
          if (!controlled(call.home, text_of(room, key).value_or("")))
            return net_error(400, 21, "Invalid rooms_temp: some rooms aren't controlled");
  }
  for (Json& turn : table) {
    const auto zone = integer_of(turn, find(turn, "zone_id") != nullptr ? "zone_id" : "id");
    const auto minute = integer_of(turn, "m_offset");
    if (!zone || !minute || *minute < 0 || *minute >= week_minutes || std::ranges::count(known, *zone) == 0)
      return net_error(400, 21, "Invalid timetable");
    turn = {{"zone_id", *zone}, {"m_offset", *minute}};
  }
  const auto earlier = [](const Json& a, const Json& b) {
    return integer_of(a, "m_offset").value_or(0) < integer_of(b, "m_offset").value_or(0);
  };
  std::sort(table.begin(), table.end(), earlier);
  return std::nullopt;
}

constexpr std::array<std::string_view, 16> members = {"timetable",
                                                      "zones",
                                                      "name",
                                                      "away_temp",
                                                      "hg_temp",
                                                      "away_temperature_mode",
                                                      "cooling_away_temp",
                                                      "auto_away_temp",
                                                      "timetable_sunrise",
                                                      "timetable_sunset",
                                                      "tariff",
                                                      "tariff_option",
                                                      "power_threshold",
                                                      "contract_power_unit",
                                                      "version",
                                                      "type"};

// A whole schedule of what was sent; everything it held before is gone.
std::optional<Response> compose(NetCall& call, Json& schedule, const std::string& type) {
  Json fresh = Json::object();
  for (const auto name : members)
    if (const Json* value = find(call.args, name)) fresh[std::string(name)] = *value;
  if (auto refused = check_content(call, fresh, type)) return refused;
  if (find(fresh, "name") == nullptr) {
    if (find(schedule, "name") == nullptr) return net_error(400, 10, "Missing parameters");
    fresh["name"] = schedule["name"];
  }
  if (fresh["name"].is_string() && fresh["name"].get_ref<const std::string&>().find('<') != std::string::npos)
    return net_error(400, 36, "Prohibited string");
  fresh["default"] = false;
  fresh["type"] = type;
  for (const char* kept : {"id", "selected"})
    if (const Json* value = find(schedule, kept)) fresh[kept] = *value;
  schedule = std::move(fresh);
  return std::nullopt;
}

void tell_changed(NetCall& call, std::string_view selected) {
  Json body = {{"event_type", "schedule"}, {"home_id", call.home.id}, {"push_type", "home_event_changed"}};
  if (!selected.empty()) body["schedule_id"] = selected;  // absent when contents changed
  net_tell(call, std::move(body));
}

std::string type_of_request(const Json& args) {
  return text_of(args, "schedule_type").value_or(text_of(args, "type").value_or("therm"));
}

void read_week(NetWeek& week, const Json& schedule) {
  week.away =
      number_of(schedule, "away_temp").value_or(number_of(schedule, "cooling_away_temp").value_or(week.away));
  week.frost = number_of(schedule, "hg_temp").value_or(week.frost);
  if (const Json* table = find(schedule, "timetable"))
    for (const Json& turn : *table)
      week.turns.push_back({static_cast<int>(integer_of(turn, "m_offset").value_or(0)),
                            static_cast<int>(integer_of(turn, "zone_id").value_or(0))});
  const Json* zones = find(schedule, "zones");
  if (zones == nullptr) return;
  for (const Json& zone : *zones) {
    NetWeek::Zone& made = week.zones.emplace_back();
    made.id = static_cast<int>(integer_of(zone, "id").value_or(0));
    const Json* rooms = find(zone, "rooms");
    if (rooms == nullptr) continue;
    for (const Json& room : *rooms) {
      NetWeek::Entry entry{text_of(room, "id").value_or(""), text_of(room, "therm_setpoint_fp").value_or("")};
      entry.temperature = number_of(room, "therm_setpoint_temperature")
                              .value_or(number_of(room, "cooling_setpoint_temperature").value_or(18));
      entry.off = text_of(room, "cooling_setpoint_mode") == "off";
      made.rooms.push_back(std::move(entry));
    }
  }
}

}  // namespace

Json net_schedules(const NetHome& home, const NetChanges& changes) {
  if (changes.schedules.empty()) return first_schedules(home);
  return parse_json(changes.schedules).value_or(Json::array());
}

NetView net_view(const NetHome& home, const NetChanges& changes, Ms now) {
  NetView view{home, changes, now, {}};
  for (const Json& schedule : net_schedules(home, changes))
    if (text_of(schedule, "type") == (home.cooling ? "cooling" : "therm") &&
        bool_of(schedule, "selected") == true)
      read_week(view.week, schedule);
  return view;
}

bool net_select_schedule(NetCall& call, std::string_view id, std::string_view type, bool on) {
  Json list = list_of(call);
  const Json* chosen = find_schedule(list, id);
  if (on && (chosen == nullptr || (!type.empty() && text_of(*chosen, "type") != type))) return false;
  const std::string kind = chosen != nullptr ? text_of(*chosen, "type").value_or("") : std::string(type);
  for (Json& schedule : list) {
    if (text_of(schedule, "type") != kind) continue;
    if (on && text_of(schedule, "id") == id)
      schedule["selected"] = true;
    else
      schedule.erase("selected");
  }
  keep(call, list);
  return true;
}

Response net_switchhomeschedule(NetCall& call) {
  if (!may_write(call)) return net_no_scope();
  const std::string id = text_of(call.args, "schedule_id").value_or("");
  const std::string type = text_of(call.args, "schedule_type").value_or("");
  const bool on = bool_of(call.args, "selected").value_or(true);
  if (on ? id.empty() : id.empty() && type.empty()) return net_error(400, 10, "Missing parameters");
  if (!net_select_schedule(call, id, type, on)) return net_error(400, 21, "Invalid id");
  tell_changed(call, id);
  return net_ok(call);
}

Response net_synchomeschedule(NetCall& call) {
  if (!may_write(call)) return net_no_scope();
  const auto id = text_of(call.args, "schedule_id");
  if (!id) return net_error(400, 10, "Missing parameters");
  Json list = list_of(call);
  Json* schedule = find_schedule(list, *id);
  if (schedule == nullptr) return net_error(400, 21, "Invalid id");
  const std::string type = text_of(*schedule, "type").value_or("therm");
  if (const auto said = text_of(call.args, "schedule_type"); said && *said != type)
    return net_error(400, 21, "schedule <" + *id + "> is not " + *said + " schedule");
  if (auto refused = compose(call, *schedule, type)) return std::move(*refused);
  keep(call, list);
  tell_changed(call, "");
  return net_ok(call);
}

Response net_createnewhomeschedule(NetCall& call) {
  if (!may_write(call)) return net_no_scope();
  constexpr std::array<std::string_view, 5> types = {"therm", "cooling", "auto", "event", "electricity"};
  const std::string type = type_of_request(call.args);
  if (std::ranges::count(types, type) == 0) return net_error(400, 21, "Invalid schedule_type");
  Json list = list_of(call), made = Json::object();
  if (list.size() >= most_schedules) return net_error(400, 35, "Unable to execute");
  if (auto refused = compose(call, made, type)) return std::move(*refused);
  made["id"] = call.fresh_id;
  list.push_back(std::move(made));
  keep(call, list);
  if (bool_of(call.args, "selected") == true) net_select_schedule(call, call.fresh_id, type, true);
  tell_changed(call, "");
  Json out = {{"status", "ok"}};
  if (call.state.switches.net_new_id == "body")  // both places were seen
    out["body"] = {{"schedule_id", call.fresh_id}};
  else
    out["schedule_id"] = call.fresh_id;
  out["time_server"] = call.now() / second;
  return json_answer(200, dump_json(out));
}

Response net_renamehomeschedule(NetCall& call) {
  if (!may_write(call)) return net_no_scope();
  const auto id = text_of(call.args, "schedule_id"), name = text_of(call.args, "name");
  if (!id || !name || name->empty()) return net_error(400, 10, "Missing parameters");
  if (name->find('<') != std::string::npos) return net_error(400, 36, "Prohibited string");
  Json list = list_of(call);
  Json* schedule = find_schedule(list, *id);
  if (schedule == nullptr) return net_error(400, 21, "Invalid id");
  (*schedule)["name"] = *name;
  keep(call, list);
  tell_changed(call, "");
  return net_ok(call);
}

Response net_deletehomeschedule(NetCall& call) {
  if (!may_write(call)) return net_no_scope();
  const auto id = text_of(call.args, "schedule_id");
  if (!id) return net_error(400, 10, "Missing parameters");
  Json list = list_of(call);
  const Json* schedule = find_schedule(list, *id);
  if (schedule == nullptr) return net_error(400, 21, "Invalid id");
  if (bool_of(*schedule, "selected") == true)
    return net_error(403, 13, "Operation is forbidden");  // it is in force
  list.erase(list.begin() + (schedule - &list[0]));
  keep(call, list);
  tell_changed(call, "");
  return net_ok(call);
}

}  // namespace foyer::sim
