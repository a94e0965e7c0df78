// What a home shows at a moment: modules, shutters on their way, rooms and what they steer to.
#include <algorithm>
#include <cmath>

#include "core/base/json.hpp"
#include "core/base/time.hpp"
#include "core/sim/house/netatmo_house.hpp"

namespace foyer::sim {
namespace {

constexpr Ms minute_ms = 60'000, day_ms = 86'400'000;
constexpr int never = 101;  // position of a shutter that was never instructed
constexpr double most_heat = 30, most_cold = 16, no_heating = 14;  // °C

const NetTouch* touch_of(const NetView& view, const NetModule& module) {
  const auto at = view.changes.modules.find(module.id);
  return at == view.changes.modules.end() ? nullptr : &at->second;
}

NetValues on_the_way(const NetModule& module, const NetTouch& touch, Ms now) {
  NetValues out = touch.now;
  if ((net_type(module.type).traits & net_moves) == 0) return out;
  const int from = touch.before.level == never ? 50 : touch.before.level, way = touch.now.level - from;
  const int moved = static_cast<int>(std::clamp<Ms>((now - touch.at) * 100 / shutter_way, 0, 100));
  if (std::abs(way) > moved) out.level = from + (way > 0 ? moved : -moved);
  return out;
}

// Of the last Sunday of that month, 01:00 UTC, when the clocks of the European Union change.
Ms last_sunday(int year, int month) {
  const Ms end = to_ms(from_local({.year = year, .month = month, .day = 31}, Minutes(0)));
  const Ms weekday = (end / day_ms + 4) % 7;  // 1970-01-01 was a Thursday; 0: Sunday
  return end - weekday * day_ms + 60 * minute_ms;
}

const NetWeek::Entry* entry_at(const NetWeek& week, std::string_view room, Ms at) {
  if (week.turns.empty()) return nullptr;
  const Ms local = at / minute_ms + net_zone_minutes(at);
  const int minute =
      static_cast<int>(((local + 3LL * 1440) % 10'080 + 10'080) % 10'080);  // Monday 00:00 is 0
  const NetWeek::Turn* turn = &week.turns.back();  // before the first entry the last one is in force
  for (const NetWeek::Turn& next : week.turns)
    if (next.minute <= minute) turn = &next;
  for (const NetWeek::Zone& zone : week.zones)
    if (zone.id == turn->zone)
      for (const NetWeek::Entry& entry : zone.rooms)
        if (entry.room == room) return &entry;
  return nullptr;
}

double wire_degrees(std::string_view order) { return order == "comfort" ? 19.5 : order == "away" ? 16 : 7; }

NetAim by_schedule(const NetView& view, const NetRoom& room, Ms at) {
  NetAim out{.mode = room.climate == NetClimate::valve ? "schedule" : "home"};
  const NetWeek::Entry* entry = entry_at(view.week, room.id, at);
  const bool pilot = room.climate == NetClimate::pilot;
  out.temperature = entry != nullptr ? entry->temperature : view.home.cooling ? 26 : 18;
  if (pilot) {
    out.wire = entry != nullptr && !entry->wire.empty() ? entry->wire : "comfort";
    out.temperature = wire_degrees(out.wire);
  }
  if (entry != nullptr && entry->off) out.mode = "off";
  return out;
}

NetAim aim_at(const NetView& view, const NetRoom& room, Ms at) {
  const NetPoint& point = net_point(view, room);
  const bool own =
      !point.mode.empty() && point.mode != "home" && at >= point.start && (point.end == 0 || at < point.end);
  if (own) {
    NetAim out{point.mode, point.temperature, point.wire, point.start, point.end};
    if (point.mode == "max") out.temperature = view.home.cooling ? most_cold : most_heat;
    if (point.mode == "hg") out.temperature = view.week.frost;
    if (point.mode == "off") out.temperature = view.home.cooling ? 28 : no_heating;
    if (room.climate == NetClimate::pilot) {
      if (out.wire.empty())
        out.wire = point.mode == "hg" ? "frost_guard" : point.mode == "off" ? "stand_by" : "comfort";
      out.temperature = wire_degrees(out.wire);
    }
    return out;
  }
  NetAim out = by_schedule(view, room, at);
  const std::string mode = at < view.changes.mode_since ? "schedule" : net_mode(view.changes, at);
  if (mode == "schedule") return out;
  out.mode = mode;
  out.temperature = mode == "away" ? view.week.away : view.week.frost;
  if (room.climate == NetClimate::pilot) out.wire = mode == "away" ? "away" : "frost_guard";
  out.start = view.changes.mode_since;
  out.end = view.changes.mode_end;
  return out;
}

}  // namespace

int net_zone_minutes(Ms at) {
  const int year = to_local(instant_from_ms(at), Minutes(0)).year;
  return at >= last_sunday(year, 3) && at < last_sunday(year, 10) ? 120 : 60;
}

NetValues net_present(const NetView& view, const NetModule& module) {
  const NetTouch* touch = touch_of(view, module);
  return touch == nullptr ? module.start : on_the_way(module, *touch, view.now);
}

NetValues net_reported(const NetView& view, const NetModule& module) {
  const NetTouch* touch = touch_of(view, module);
  if (touch == nullptr) return module.start;
  return view.now - touch->at < touch->lag ? touch->before : on_the_way(module, *touch, view.now);
}

int net_target(const NetView& view, const NetModule& module) {
  const NetTouch* touch = touch_of(view, module);
  const bool shown = touch != nullptr && view.now - touch->at >= touch->lag;
  const int level = shown ? touch->now.level : touch != nullptr ? touch->before.level : module.start.level;
  // Uncalibrated bus actuators say 50 when they stand between the ends (as public integrations found).
  const bool idle =
      (net_type(module.type).traits & net_refuses) != 0 && module.step == 100 && level > 0 && level < 100;
  return idle ? 50 : std::min(level, 100);
}

bool net_reachable(const NetView& view, const NetModule& module) {
  const auto at = view.changes.reach.find(module.id);
  return at == view.changes.reach.end() ? module.reachable : at->second;
}

bool net_offline(const NetView& view, const NetModule& module) {
  const auto& list = view.changes.offline;
  if (list.empty()) return false;
  const auto parent = std::string_view(module.bridge).substr(0, module.bridge.find('#'));
  return std::ranges::count(list, module.id) != 0 || std::ranges::count(list, parent) != 0;
}

int net_watts(const NetView& view, const NetModule& module) {
  const unsigned traits = net_type(module.type).traits;
  if (!net_reachable(view, module)) return 0;
  const double moving = 0.96 + 0.08 * flicker(module.id, view.now / 15'000);
  const NetValues values = net_reported(view, module);
  if ((traits & net_fan) != 0) return static_cast<int>(module.watts * values.fan * moving / 2);
  if ((traits & net_on) == 0)
    return static_cast<int>(module.watts * (0.5 + flicker(module.id, view.now / 60'000)));
  if (!values.on) return 0;
  return static_cast<int>(
      std::lround(module.watts * moving * ((traits & net_dims) != 0 ? values.level : 100) / 100));
}

void net_touch(NetChanges& changes, const NetModule& module, NetValues values, Ms now, Ms lag) {
  NetTouch& touch =
      changes.modules.try_emplace(module.id, NetTouch{module.start, module.start}).first->second;
  const bool settled = now - touch.at >= touch.lag;
  if (settled) touch.before = on_the_way(module, touch, now);
  touch.now = values;
  touch.at = now;
  touch.lag = lag;
}

std::string net_mode(const NetChanges& changes, Ms now) {
  return changes.mode_end != 0 && now >= changes.mode_end ? "schedule" : changes.mode;
}

const NetPoint& net_point(const NetView& view, const NetRoom& room) {
  static const NetPoint none;
  const auto at = view.changes.rooms.find(room.id);
  if (at == view.changes.rooms.end()) return none;
  return view.now - at->second.at < at->second.lag ? at->second.before : at->second.now;
}

NetAim net_aim(const NetView& view, const NetRoom& room) { return aim_at(view, room, view.now); }

double net_measured(const NetView& view, const NetRoom& room) {
  double sum = 0;  // walls remember two hours
  for (Ms i = 0; i < 8; ++i) sum += aim_at(view, room, view.now - i * 15 * minute_ms).temperature;
  const double noise = 0.5 * (flicker(room.id, view.now / 600'000) - 0.6);
  return std::round((sum / 8 + noise) * 10) / 10;
}

int net_request(const NetView& view, const NetRoom& room) {
  const NetAim aim = net_aim(view, room);
  if (aim.mode == "off" || view.home.cooling) return 0;
  return static_cast<int>(std::clamp((aim.temperature - net_measured(view, room)) * 50, 0.0, 100.0));
}

}  // namespace foyer::sim
