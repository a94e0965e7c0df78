// History: numbers that depend on the module and the moment only, in segments with gaps, stamped in
// mid-step.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/time.hpp"
#include "core/sim/netatmo/netatmo.hpp"

namespace foyer::sim {
namespace {

constexpr int most_rows = 1024;

struct Scale {
  std::string_view name;
  Ms step;
};
constexpr std::array<Scale, 6> scales{{{"30min", 30 * minute},
                                       {"1hour", hour},
                                       {"3hours", 3 * hour},
                                       {"1day", day},
                                       {"1week", 7 * day},
                                       {"1month", 30 * day}}};

struct Query {
  Ms step = hour, begin = 0, end = 0;
  int limit = most_rows;
  bool optimize = true, real_time = false;
  std::vector<std::string> types{};
};

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto comma = text.find(',');
    out.emplace_back(text.substr(0, comma));
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  return out;
}

std::optional<Response> read_query(const NetCall& call, Query& out) {
  const auto scale = text_of(call.args, "scale"), type = text_of(call.args, "type");
  if (!scale || !type || type->empty()) return net_error(400, 10, "Missing parameters");
  const auto at = std::ranges::find(scales, *scale, &Scale::name);
  if (at == scales.end()) return net_error(400, 21, "Invalid scale");
  out.step = at->step;
  out.types = split(*type);
  const Json* begin = find(call.args, "date_begin");
  const Json* end = find(call.args, "date_end");
  const auto from = NetCall::moment(call.args, "date_begin"), to = NetCall::moment(call.args, "date_end");
  if ((begin != nullptr && !from) || (end != nullptr && !to && text_of(call.args, "date_end") != "last"))
    return net_error(400, 25, "Invalid date");
  out.limit = static_cast<int>(
      std::clamp<long long>(integer_of(call.args, "limit").value_or(most_rows), 1, most_rows));
  out.end = std::min<Ms>(to ? *to : call.now(), call.now());
  out.begin = from ? *from : out.end - out.limit * out.step;
  if (out.begin > (to ? *to : call.now())) return net_error(400, 25, "Invalid date");
  out.optimize = bool_of(call.args, "optimize").value_or(true);
  out.real_time = bool_of(call.args, "real_time").value_or(false);
  return std::nullopt;
}

// Nobody measured in the small hours of every third day: a gap, and a new segment after it.
bool gap(Ms at, Ms step) {
  if (step >= day) return false;
  return at / day % 3 == 0 && at % day >= 3 * hour && at % day < 5 * hour;
}

Ms first_row(Ms begin, Ms step) {
  const Ms shift = step >= day ? net_zone_minutes(begin) * minute : 0;  // days begin at the home's midnight
  return (begin + shift + step - 1) / step * step - shift;
}

// `value` gives one number or null for a type in [at, at + step).
template <class Value>
Response rows(const NetCall& call, const Query& query, const Value& value) {
  Json segments = Json::array(), plain = Json::object();
  Json* open = nullptr;
  int count = 0;
  for (Ms at = first_row(query.begin, query.step); at + query.step <= query.end && count < query.limit;
       at += query.step) {
    if (gap(at, query.step)) {
      open = nullptr;
      continue;
    }
    Json row = Json::array();
    for (const std::string& type : query.types) row.push_back(value(type, at));
    const Ms stamp = (at + (query.real_time ? 0 : query.step / 2)) / second;
    ++count;
    if (!query.optimize) {
      plain[std::to_string(stamp)] = std::move(row);
      continue;
    }
    if (open == nullptr) {
      segments.push_back({{"beg_time", stamp}, {"value", Json::array()}});
      open = &segments.back();
    } else if (find(*open, "step_time") == nullptr) {  // absent while there is a single row
      *open = {
          {"beg_time", (*open)["beg_time"]}, {"step_time", query.step / second}, {"value", (*open)["value"]}};
    }
    (*open)["value"].push_back(std::move(row));
  }
  return net_ok(call, query.optimize ? std::move(segments) : std::move(plain));
}

bool peak_at(Ms at) {  // as in the electricity schedule of the home
  const Ms minutes = (at / minute + net_zone_minutes(at)) % 1440;
  return minutes >= 430 && minutes < 1330;
}

// How a home lives: busy in the morning and in the evening, quiet at night; more light and heat in winter.
// Parts of what a module may take, by the hour of its own time.
constexpr std::array<double, 24> busy_hours{0.12, 0.10, 0.10, 0.10, 0.11, 0.16, 0.42, 0.55,
                                            0.38, 0.22, 0.20, 0.24, 0.36, 0.30, 0.22, 0.22,
                                            0.28, 0.48, 0.68, 0.72, 0.64, 0.52, 0.36, 0.20};

double winter(Ms at) {
  const double turn = static_cast<double>(at / day % 365) / 365 * 6.283185307;
  return 0.8 + 0.3 * std::cos(turn);
}

// What a module takes in the hour that begins at `at`, in Wh or dm³; nothing while nobody measured.
double hour_of(const NetModule& module, Ms at, char fluid) {
  const Ms local = (at / minute + net_zone_minutes(at)) / 60;
  const double busy =
      busy_hours[static_cast<std::size_t>(local % 24)] * (0.6 + 0.8 * flicker(module.id, at / hour));
  const double most = std::max(module.watts, 5);
  if (fluid == 'g') return most * 0.4 * busy * (winter(at) - 0.4);  // mostly heating
  if (fluid == 'w') return local % 24 < 6 ? 0 : most * 0.3 * busy;
  return most * busy * winter(at);
}

char fluid_of(const NetModule& module) {
  if (module.id.ends_with("#6") || module.type == "EBU") return 'g';
  return module.id.ends_with("#7") || module.id.ends_with("#8") ? 'w' : 'e';
}

// What it takes in [at, at + step) of a tariff: 'a' all, '1' peak, '2' off-peak. A day is the sum of its
// hours.
double taken(const NetModule& module, Ms at, Ms step, char tariff, char fluid) {
  const auto counts = [&](Ms begin) { return tariff == 'a' || (tariff == '1') == peak_at(begin); };
  if (step < day) {
    const double hours = static_cast<double>(step) / static_cast<double>(hour);
    return counts(at) ? std::round(hour_of(module, at / hour * hour, fluid) * hours) : 0;
  }
  double sum = 0;
  for (Ms begin = at; begin < at + step; begin += hour)
    if (!gap(begin, hour) && counts(begin)) sum += std::round(hour_of(module, begin, fluid));
  return sum;
}

// sum_energy_buy_from_grid$1, sum_energy_elec, sum_energy_buy_from_grid_price$2 … of the tariff peak and
// off-peak; sum_fluid_consumption of gas and water, which have one price.
Json energy_value(const NetModule& module, std::string_view type, Ms at, Ms step) {
  const char fluid = fluid_of(module);
  if (type.starts_with("sum_fluid") != (fluid != 'e')) return nullptr;
  const auto suffix = type.find('$');
  const bool price = type.find("price") != std::string_view::npos;
  const char tariff = suffix == std::string_view::npos || fluid != 'e' ? 'a' : type.back();
  if (tariff == '0') return nullptr;  // no basic tariff here: null where a type does not apply
  const bool peak = peak_at(at);
  if (step < day && tariff != 'a' && (tariff == '1') != peak) return nullptr;
  const double amount = taken(module, at, step, tariff, fluid);
  if (price)
    return std::round(amount / 1000 * (tariff == '2' || (tariff == 'a' && !peak) ? 0.2068 : 0.27) * 10'000) /
           10'000;
  return static_cast<long long>(amount);
}

Json boiler_value(const NetModule& module, std::string_view type, Ms at, Ms step) {
  const bool days = type.starts_with("sum_boiler"), on = type.ends_with("on");
  if (days != (step >= day)) return nullptr;
  const auto whole = static_cast<long long>(step / minute);
  const auto burning =
      static_cast<long long>(static_cast<double>(whole) * (0.2 + 0.3 * flicker(module.id, at)));
  return on ? burning : whole - burning;
}

bool known_type(std::string_view type) {
  constexpr std::array<std::string_view, 5> boiler = {"boileron", "boileroff", "sum_boiler_on",
                                                      "sum_boiler_off", "temperature"};
  if (std::ranges::count(boiler, type) != 0) return true;
  const auto name = type.substr(0, type.find('$'));
  constexpr std::array<std::string_view, 5> sums = {"sum_energy_buy_from_grid",
                                                    "sum_energy_buy_from_grid_price", "sum_energy_elec",
                                                    "sum_energy_price", "sum_fluid_consumption"};
  return std::ranges::count(sums, name) != 0 &&
         (name == type || (type.size() == name.size() + 2 && type.back() >= '0' && type.back() <= '2'));
}

bool known_room_type(std::string_view type, Ms step) {
  constexpr std::array<std::string_view, 6> all = {"temperature", "sp_temperature", "min_temp",
                                                   "max_temp",    "date_min_temp",  "date_max_temp"};
  const auto at = std::ranges::find(all, type);
  return at != all.end() && (at - all.begin() < 4 || step >= day);
}

Json room_value(NetView& view, const NetRoom& room, std::string_view type, Ms at, Ms step) {
  view.now = at + step / 2;
  const double middle = net_measured(view, room);
  if (type == "temperature") return middle;
  if (type == "sp_temperature") return net_aim(view, room).temperature;
  if (type == "date_min_temp") return (at + step / 4) / second;
  if (type == "date_max_temp") return (at + step * 3 / 4) / second;
  return std::round((middle + (type == "min_temp" ? -0.6 : 0.5)) * 10) / 10;
}

}  // namespace

Response net_getmeasure(NetCall& call) {
  const auto device = text_of(call.args, "device_id");
  if (!device) return net_error(400, 10, "Missing parameters");
  const std::string id = text_of(call.args, "module_id").value_or(*device);
  for (const NetHome& home : net_homes_of(call.user)) {
    const auto module = std::ranges::find(home.modules, id, &NetModule::id);
    if (module == home.modules.end()) continue;
    if (module->id != *device && module->bridge != *device) break;
    if (!call.granted("read_", net_type(module->type).family))
      return net_error(403, 13, "Application does not have the good scope rights");
    Query query;
    if (auto refused = read_query(call, query)) return std::move(*refused);
    for (const std::string& type : query.types)
      if (!known_type(type)) return net_error(400, 21, "Invalid type");
    return rows(call, query, [&](const std::string& type, Ms at) {
      if (type == "temperature") return Json(nullptr);
      return type.find("boiler") != std::string::npos ? boiler_value(*module, type, at, query.step)
                                                      : energy_value(*module, type, at, query.step);
    });
  }
  return net_error(400, 21, "Invalid device_id, " + *device);
}

Response net_getroommeasure(NetCall& call) {
  const auto id = text_of(call.args, "room_id");
  if (!id) return net_error(400, 10, "Missing parameters");
  const auto room = std::ranges::find(call.home.rooms, *id, &NetRoom::id);
  if (room == call.home.rooms.end() || room->climate == NetClimate::none ||
      room->climate == NetClimate::pilot)
    return net_error(400, 21, "Invalid id");
  if (!call.granted("read_",
                    room->climate == NetClimate::smarther ? NetFamily::smarther : NetFamily::thermostat))
    return net_error(403, 13, "Application does not have the good scope rights");
  Query query;
  if (auto refused = read_query(call, query)) return std::move(*refused);
  for (const std::string& type : query.types)
    if (!known_room_type(type, query.step)) return net_error(400, 21, "Invalid type");
  NetView view = net_view(call.home, call.seen(call.home.id), call.now());
  return rows(call, query,
              [&](const std::string& type, Ms at) { return room_value(view, *room, type, at, query.step); });
}

}  // namespace foyer::sim
