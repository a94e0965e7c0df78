// Event schedules: the commands of a zone, sent to modules when the week of the home reaches them.
// Turns of the sun (timetable_sunrise, timetable_sunset) are kept and not played: no source tells their
// members.
#include <algorithm>
#include <utility>

#include "core/sim/netatmo/netatmo.hpp"

namespace foyer::sim {
namespace {

constexpr Ms week = 7 * day;

struct Turn {
  Ms at = 0;
  long long zone = 0;
};

// When the local clock of the home shows that many minutes since 1970. The hour that the clocks skip or
// repeat counts as winter's.
Ms moment_of(Ms local_minutes) {
  const Ms winter = (local_minutes - 60) * minute;
  return local_minutes * minute - net_zone_minutes(winter) * minute;
}

// The turns in (from, until], oldest first; at most a week lies between.
std::vector<Turn> turns_between(const Json& schedule, Ms from, Ms until) {
  std::vector<Turn> out;
  const Json* table = find(schedule, "timetable");
  if (table == nullptr || !table->is_array()) return out;
  const Ms local = until / minute + net_zone_minutes(until);
  const Ms monday = local - (local + Ms(3) * 1440) % 10'080;  // 1970-01-01 was a Thursday
  for (const Ms weeks : {-2, -1, 0})   // a change of the clocks makes a week longer than seven days
    for (const Json& turn : *table) {  // ascending: that is how it is kept
      const auto offset = integer_of(turn, "m_offset"), zone = integer_of(turn, "zone_id");
      if (!offset || !zone) continue;
      const Ms at = moment_of(monday + weeks * 10'080 + *offset);
      if (at > from && at <= until) out.push_back({at, *zone});
    }
  return out;
}

// A module that its cloud cannot reach misses the turn, as it would miss a command.
void obey(State& state, const NetHome& home, const Json& entry, Ms at) {
  const auto module = std::ranges::find(home.modules, text_of(entry, "id").value_or(""), &NetModule::id);
  if (module == home.modules.end()) return;
  NetChanges& changes = state.net.homes[home.id];
  const NetView view{home, changes, at, {}};
  if (net_offline(view, *module) || !net_reachable(view, *module)) return;
  if (const auto to = net_ordered(view, *module, entry))
    net_touch(changes, *module, *to, at, net_lag(state, module->id, at));
}

void play_turn(State& state, const NetHome& home, const Json& schedule, const Turn& turn) {
  const Json* zones = find(schedule, "zones");
  if (zones == nullptr || !zones->is_array()) return;
  for (const Json& zone : *zones) {
    const Json* modules = find(zone, "modules");
    if (integer_of(zone, "id") != turn.zone || modules == nullptr || !modules->is_array()) continue;
    for (const Json& entry : *modules) obey(state, home, entry, turn.at);
  }
}

}  // namespace

void net_play(State& state, const NetHome& home, Ms now) {
  NetChanges& changes = state.net.homes[home.id];
  const Ms from = std::exchange(changes.played, now);
  if (from == 0) return;
  const Json schedules = net_schedules(home, changes);
  const auto selected = std::ranges::find_if(schedules, [](const Json& one) {
    return text_of(one, "type") == "event" && bool_of(one, "selected") == true;
  });
  if (selected == schedules.end()) return;
  for (const Turn& turn : turns_between(*selected, std::max(from, now - week), now))
    play_turn(state, home, *selected, turn);
}

void net_play_all(State& state, Ms now) {
  std::vector<std::string> ids;
  ids.reserve(state.net.homes.size());
  for (const auto& [id, changes] : state.net.homes) ids.push_back(id);
  for (const std::string& id : ids) net_play(state, net_home(id), now);
}

}  // namespace foyer::sim
