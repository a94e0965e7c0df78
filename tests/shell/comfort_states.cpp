#include "tests/shell/comfort_states.hpp"

#include <algorithm>
#include <cmath>

#include "core/app/plans/week.hpp"
#include "tests/shell/states.hpp"

namespace foyer::test {
namespace {

enum : int { comfort = 0, night = 1, away = 2, bath = 4 };
const AmbientId rooms[] = {AmbientId("netatmo:1"), AmbientId("netatmo:2"), AmbientId("netatmo:3"),
                           AmbientId("netatmo:4")};

Zone zone(int id, const char* name, int type, double degrees) {
  Zone out{.id = id, .name = name, .type = type};
  for (const AmbientId& room : rooms) out.rooms.push_back({.ambient = room, .temperature = degrees});
  return out;
}

Schedule winter() {
  Schedule out{.id = "winter", .name = "Winter week", .type = "therm", .selected = true};
  out.zones = {zone(comfort, "Comfort", 0, 20), zone(night, "Night", 1, 17), zone(away, "Away by day", 2, 16),
               zone(bath, "Long bath", 4, 21)};
  out.zones[0].rooms[2].temperature = 18;
  out.zones[3].rooms[3] = {.ambient = rooms[3], .order = "comfort"};
  for (int day = 0; day < 7; ++day) {
    const int begin = day * plan::minutes_a_day;
    if (day < 5) {
      out.timetable.insert(out.timetable.end(),
                           {{comfort, begin + 390}, {away, begin + 540}, {comfort, begin + 1020}});
    } else {
      out.timetable.insert(out.timetable.end(),
                           {{comfort, begin + 480}, {bath, begin + 570}, {comfort, begin + 600}});
    }
    out.timetable.push_back({night, begin + (day == 4 || day == 5 ? 1410 : 1350)});
  }
  return out;
}

Schedule actions() {
  Schedule out{.id = "lamps", .name = "Lamps at dusk", .type = "event", .selected = true};
  out.zones = {{.id = 1, .name = "On", .actions = {{ModuleId("netatmo:lamp"), "on", true}}}, {.id = 2}};
  for (int day = 0; day < 7; ++day)
    out.timetable.insert(out.timetable.end(),
                         {{1, day * plan::minutes_a_day + 1065}, {2, day * plan::minutes_a_day + 1380}});
  return out;
}

Module made(const ModuleId& id, const char* name, Kind kind, const char* device) {
  Module out{.id = id, .name = name, .kind = kind, .device = device, .reach = Reach::reachable};
  return out;
}

Plant comfortable() {
  Plant plant{.id = PlantId("netatmo:home"), .name = "Belle Vue", .country = "FR"};
  plant.ambients = {{rooms[0], "Living room", "livingroom", ""},
                    {rooms[1], "Kitchen", "kitchen", ""},
                    {rooms[2], "Bedroom", "bedroom", ""},
                    {rooms[3], "Bathroom", "bathroom", ""}};
  Module house = made(ModuleId("netatmo:home/heating"), "Heating", Kind::thermostat, "heating");
  house.capabilities = {
      {.aspect = Aspect::mode, .commandable = true, .options = {"automatic", "away", "protection"}}};
  house.readings = {{.aspect = Aspect::mode, .value = std::string("automatic"), .received = evening()}};
  Module room = made(warmed, "Living room", Kind::thermostat, "room");
  room.ambient = rooms[0];
  room.capabilities = {
      {.aspect = Aspect::setpoint, .commandable = true, .unit = Unit::celsius, .range = Range{5, 30, 0.5}},
      {.aspect = Aspect::mode, .commandable = true, .options = {"automatic", "manual"}}};
  room.readings = {
      {.aspect = Aspect::temperature, .value = 19.8, .unit = Unit::celsius, .received = evening()},
      {.aspect = Aspect::setpoint, .value = 20.0, .unit = Unit::celsius, .received = evening()},
      {.aspect = Aspect::mode, .value = std::string("automatic"), .received = evening()}};
  Module total = made(metered, "Total", Kind::energy_meter, "NLE");
  total.capabilities = {{.aspect = Aspect::power, .unit = Unit::watt}};
  total.readings = {{.aspect = Aspect::power, .value = 1520.0, .unit = Unit::watt, .received = evening()}};
  Module gas = made(ModuleId("netatmo:e#6"), "Gas", Kind::energy_meter, "NLE");
  Module lamp = made(ModuleId("netatmo:lamp"), "Terrace lamp", Kind::light, "NLM");
  plant.modules = {std::move(house), std::move(room), std::move(total), std::move(gas), std::move(lamp)};
  Schedule holidays = winter();
  holidays.id = "holidays", holidays.name = "Holidays", holidays.selected = false;
  Schedule summer = winter();
  summer.id = "summer", summer.name = "Summer", summer.type = "cooling";
  plant.schedules = {winter(), std::move(holidays), std::move(summer), actions()};
  return plant;
}

// More in the morning and the evening.
double used(int hour, int day) {
  const double busy = hour >= 6 && hour <= 8 ? 1300 : hour >= 17 && hour <= 22 ? 1150 : 240;
  return std::round(busy * (1 + 0.25 * std::sin(hour * 1.7 + day)));
}

}  // namespace

State with_plans() {
  State state = pictured_home();
  state.plants.insert(state.plants.begin(), comfortable());
  state.plant_account[state.plants[0].id] = "demo";
  state.commands.clear();
  state.route = {.view = Route::View::plans, .plant = state.plants[0].id, .ambient = {}, .module = {}};
  return state;
}

State with_changes() {
  State state = with_plans();
  Schedule draft =
      plan::painted(state.plants[0].schedules[0], {.day = 2, .from = 720, .to = 1020, .zone = comfort});
  state.plans[state.plants[0].id].draft = plan::with_temperature(draft, comfort, rooms[3], 21);
  state.plans[state.plants[0].id].shown = draft.id;
  return state;
}

State with_broken_plan() {
  State state = with_plans();
  state.plants[0].schedules[0].timetable.push_back({99, 9000});
  return state;
}

State with_history(history::Period period) {
  State state = with_plans();
  state.route.view = Route::View::energy;
  state.history.shown.period = period;
  const UtcOffset utc = [](Instant) { return Minutes(0); };
  for (const bool hours : {true, false}) {
    const auto of = history::stretch(hours ? history::Period::day : history::Period::year, evening(), utc);
    const auto before = history::shifted(of, hours ? history::Period::day : history::Period::year, -1, utc);
    history::Line all{.quantity = history::Quantity::electricity}, peak = all, off = all;
    peak.tariff = "peak", off.tariff = "off_peak";
    const Millis step = hours ? Hours(1) : Hours(24);
    int at = 0;
    for (Instant when = before.from; when + step <= std::min(of.to, evening()); when += step, ++at) {
      if (at % 37 == 30) continue;  // nobody measured
      const double value =
          hours ? used(at % 24, at / 24) : 14'000 + 5'000 * std::cos(at / 58.0) + 900 * std::sin(at * 2.3);
      const double cheap = hours ? (at % 24 < 6 || at % 24 >= 22 ? value : 0) : std::round(value * 0.3);
      all.points.push_back({when + step / 2, value, value / 1000 * 0.21});
      peak.points.push_back({when + step / 2, value - cheap, {}});
      off.points.push_back({when + step / 2, cheap, {}});
    }
    history::put(state.history.kept[{metered, hours}], {all, peak, off}, {before.from, of.to}, evening());
  }
  return state;
}

State with_temperatures() {
  State state = with_plans();
  state.route.view = Route::View::module;
  state.route.module = warmed;
  state.history.shown = {.subject = warmed};
  const UtcOffset utc = [](Instant) { return Minutes(0); };
  const auto of = history::stretch(history::Period::day, evening(), utc);
  history::Line measured{.quantity = history::Quantity::temperature},
      wanted{.quantity = history::Quantity::setpoint};
  for (int hour = 0; hour < 18; ++hour) {
    const double want = hour >= 6 && hour < 9 ? 20 : hour >= 17 ? 20 : hour < 6 ? 17 : 16;
    wanted.points.push_back({of.from + Hours(hour) + Minutes(30), want, {}});
    if (hour == 11) continue;
    measured.points.push_back(
        {of.from + Hours(hour) + Minutes(30), std::round((17.6 + (want - 17) * 0.6) * 10) / 10, {}});
  }
  history::put(state.history.kept[{warmed, true}], {measured, wanted}, of, evening());
  return state;
}

}  // namespace foyer::test
