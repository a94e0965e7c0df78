#include "core/sim/house/house.hpp"

#include <algorithm>
#include <cmath>

namespace foyer::sim {
namespace {

constexpr double outdoor = 6;       // °C
constexpr double warming = 4.0;     // °C per hour while the boiler runs, before losses
constexpr double loss = 0.09;       // share of the difference to outdoors lost per hour
constexpr double hysteresis = 0.2;  // °C
constexpr Ms longest_life = 48LL * 3'600'000;

int shutter_level(const Module& module, Ms now) {
  const int way = module.pose.level - module.way_from;
  const Ms passed = std::max<Ms>(0, now - module.changed_at);
  const int moved = static_cast<int>(std::min<Ms>(passed * 100 / shutter_way, 100));
  return std::abs(way) <= moved ? module.pose.level : module.way_from + (way > 0 ? moved : -moved);
}

double day_or_night(const Program& program, Ms now) {
  const Ms day_ms = 86'400'000;
  const Ms minute = ((now + device_zone_minutes * 60'000LL) % day_ms) / 60'000;
  return minute >= 390 && minute < 1320 ? program.day : program.night;
}

// Modes that end by themselves: boost returns to what was before, the others to automatic.
void end_mode(Thermostat& thermostat, Ms now) {
  Setting& setting = thermostat.setting;
  if (setting.until == 0 || now < setting.until) return;
  const Ms ended = setting.until;
  if (setting.mode == "boost") {
    setting = thermostat.former;
    if (setting.until != 0 && setting.until <= ended) setting.mode = "automatic", setting.until = 0;
  } else {
    setting.mode = "automatic";
    setting.until = 0;
  }
  setting.since = ended;
  thermostat.shown = setting;
}

void live_step(Thermostat& thermostat, Ms now, Ms step) {
  end_mode(thermostat, now);
  const Setting& setting = thermostat.setting;
  const double wanted = target(thermostat, setting, now);
  const bool cooling = setting.function == "cooling";
  const double error = cooling ? thermostat.temperature - wanted : wanted - thermostat.temperature;
  const bool enough = error < -hysteresis / 2 && setting.mode != "boost";
  if (setting.mode == "off" || enough)
    thermostat.heating = false;
  else if (setting.mode == "boost" || error > hysteresis)
    thermostat.heating = true;
  const double hours = static_cast<double>(step) / 3'600'000.0;
  const double drive = thermostat.heating ? (cooling ? -warming : warming) : 0;
  thermostat.temperature += hours * (drive - loss * (thermostat.temperature - outdoor));
  thermostat.temperature = std::clamp(thermostat.temperature, outdoor, 35.0);
  thermostat.humidity = 47 + 4 * (flicker(thermostat.id, now / 600'000) - 0.5);
}

}  // namespace

double flicker(std::string_view text, Ms moment) {
  std::uint64_t z = 0x9E3779B97F4A7C15ULL ^ static_cast<std::uint64_t>(moment);
  for (const char c : text) z = (z ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  return static_cast<double>((z ^ (z >> 31)) & 0xFFFFU) / 65536.0;
}

void command(Module& module, Pose wanted, Ms now, Ms delay) {
  if (module.device == "automation") {
    module.way_from = shutter_level(module, now);
    module.pose.level = wanted.level > 0 ? 100 : 0;  // only end positions
  } else {
    module.shown = reported(module, now, delay);
    module.pose = wanted;
  }
  module.changed_at = now;
}

void stop(Module& module, Ms now) {
  module.pose.level = module.way_from = shutter_level(module, now);
  module.changed_at = now;
}

Pose reported(const Module& module, Ms now, Ms delay) {
  if (module.device == "automation") return {module.pose.on, shutter_level(module, now)};
  return now - module.changed_at < delay ? module.shown : module.pose;
}

int power(const Plant& plant, const Module& module, Ms now) {
  if (!module.reachable) return 0;
  const double moving = 0.96 + 0.08 * flicker(module.id, now / 15'000);
  if (module.device == "energymeter") {
    if (module.watts > 0) return static_cast<int>(module.watts * (0.5 + flicker(module.id, now / 60'000)));
    int sum = 0;
    for (const Module& other : plant.modules)
      if (&other != &module && (other.device != "energymeter" || other.watts > 0))
        sum += power(plant, other, now);
    return sum + static_cast<int>(140 * moving);
  }
  if (!module.pose.on) return 0;
  if (module.device == "heater")  // its own thermostat switches it about two thirds of the time
    return flicker(module.id, now / 240'000) < 0.67 ? static_cast<int>(module.watts * moving) : 0;
  const int share = module.dims ? module.pose.level : 100;
  return static_cast<int>(std::lround(module.watts * moving * share / 100));
}

void command(Thermostat& thermostat, Setting wanted, Ms now, Ms delay) {
  thermostat.shown = reported(thermostat, now, delay);
  if (wanted.mode == "boost" && thermostat.setting.mode != "boost") thermostat.former = thermostat.setting;
  wanted.since = now;
  thermostat.setting = std::move(wanted);
  thermostat.changed_at = now;
}

const Setting& reported(const Thermostat& thermostat, Ms now, Ms delay) {
  return now - thermostat.changed_at < delay ? thermostat.shown : thermostat.setting;
}

double target(const Thermostat& thermostat, const Setting& setting, Ms now) {
  const bool cooling = setting.function == "cooling";
  if (setting.mode == "boost") return cooling ? 7 : 30;
  if (setting.mode == "protection") return cooling ? 35 : 7;
  if (setting.mode != "automatic") return setting.set_point;
  for (const Program& program : thermostat.programs)
    if (program.number == setting.program) return day_or_night(program, now);
  return setting.set_point;
}

void live(Chalet& house, Ms now) {
  if (house.lived_to == 0 || now < house.lived_to) {  // first moment, or a clock that was set back
    house.lived_to = now;
    return;
  }
  house.lived_to = std::max(house.lived_to, now - longest_life);
  while (house.lived_to < now) {
    const Ms step = std::min<Ms>(60'000, now - house.lived_to);
    house.lived_to += step;
    for (Thermostat& thermostat : house.thermostats) live_step(thermostat, house.lived_to, step);
  }
}

}  // namespace foyer::sim
