#include "shell/views/tile.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "shell/views/comfort.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

void add(std::string& line, std::string_view more) {
  if (more.empty()) return;
  if (!line.empty()) line += " · ";
  line += more;
}

std::string setpoint_line(const Module& module) {
  const std::string mode = module.word(Aspect::mode).value_or("");
  if (mode == "off") return std::string(word(W::thermostat_off));
  // A radiator does what the pilot wire says, whatever the mode of its room is called.
  if (const auto order = module.word(Aspect::pilot_wire))
    return value_text(Aspect::pilot_wire, *order, Unit::none);
  auto setpoint = module.number(Aspect::setpoint);
  if (mode == "protection") return std::string(word(W::mode_protection));
  if (!setpoint) return {};
  const W key = !working(module) ? W::set_to : cools(module) ? W::cooling_to : W::heating_to;
  return say(key, {degrees(*setpoint)});
}

std::string position_line(double position) {
  if (position <= 0) return std::string(word(W::closed));
  if (position >= 100) return std::string(word(W::open));
  return say(W::open_at, {quantity(position, Unit::percent)});
}

// The oldest reading that is shown decides how old the tile is.
std::optional<Instant> oldest(const Module& module) {
  std::optional<Instant> found;
  for (const Reading& reading : module.readings)
    if (reading.origin != Origin::optimistic && (!found || reading.received < *found))
      found = reading.received;
  return found;
}

void dress(Tile& tile, const Module& module) {
  if (module.capability(Aspect::setpoint) != nullptr) {
    if (auto temperature = module.number(Aspect::temperature)) tile.number = degrees(*temperature);
    tile.control = TileControl::number;
    if (working(module) && module.number(Aspect::setpoint)) {
      tile.plate = cools(module) ? Token::coolbg : Token::warmbg;
      tile.glyph = tile.line_ink = cools(module) ? Token::cool : Token::warm;
      tile.line_icon = cools(module) ? Icon::snow : Icon::flame;
    }
    return;
  }
  if (module.commandable(Aspect::run) != nullptr) {
    tile.control = TileControl::run;
  } else if (module.commandable(Aspect::position) != nullptr) {
    tile.control = TileControl::shutter;
  } else if (module.commandable(Aspect::on_off) != nullptr) {
    tile.control = TileControl::toggle;
    tile.dimmable = module.commandable(Aspect::level) != nullptr;
  } else if (module.commandable(Aspect::level) != nullptr) {
    tile.control = TileControl::slider;
    tile.dimmable = true;
  }
  tile.on = shines(module);
  if (tile.on) tile.plate = Token::litline, tile.glyph = Token::ink, tile.line_ink = Token::litink;
  const std::string battery = module.word(Aspect::battery).value_or("");
  if (battery == "low" || battery == "very_low") tile.line_icon = Icon::battery_low;
}

void speak_of(Tile& tile, const CommandState& command, Times& times) {
  tile.command = &command;
  switch (command.picture) {
    case CommandState::Picture::failed:
      tile.picture = TilePicture::failed;
      tile.line = command.text.empty() ? std::string(word(W::failed)) : command.text;
      tile.line_icon = Icon::problems;
      tile.line_ink = Token::bad;
      break;
    case CommandState::Picture::not_confirmed:
      tile.picture = TilePicture::not_confirmed;
      tile.line = word(W::not_confirmed);
      tile.line_icon = Icon::problems;
      tile.line_ink = Token::bad;
      break;
    case CommandState::Picture::sent:
      tile.picture = TilePicture::sent;
      tile.line =
          command.text.empty() ? std::string(word(W::sent)) : times.live(command.text, command.again_at);
      tile.line_icon = Icon::clock;
      tile.line_ink = tile.on ? Token::litink : Token::ink2;
      break;
    case CommandState::Picture::confirmed:
      break;
  }
}

// What it does next, and whether it can be asked why.
void foresee(Tile& tile, const State& state, const Module& module, Times& times) {
  const Plant* plant = state.plant();
  if (plant == nullptr || !has_outlook(module)) return;
  const plan::Outlook known = outlook_of(*plant, module, times);
  tile.reasons = true;
  tile.next = short_next_text(known, times);
  tile.later = next_text(known, times);
}

}  // namespace

bool cools(const Module& module) { return module.word(Aspect::function).value_or("") == "cooling"; }

bool working(const Module& module) {
  const std::string mode = module.word(Aspect::mode).value_or("");
  return mode != "off" && mode != "protection" && module.flag(Aspect::load_active).value_or(false);
}

bool tells_history_only(const Module& module) {
  return module.kind == Kind::energy_meter && module.capability(Aspect::power) == nullptr;
}

bool shines(const Module& module) {
  if (module.capability(Aspect::setpoint) != nullptr || module.kind == Kind::shutter) return false;
  if (auto on = module.flag(Aspect::on_off)) return *on;
  return module.capability(Aspect::on_off) == nullptr && module.number(Aspect::level).value_or(0) > 0;
}

bool tall_tile(const Module& module) {
  return module.commandable(Aspect::level) != nullptr || module.commandable(Aspect::position) != nullptr ||
         has_outlook(module);
}

Icon module_icon(const Module& module) {
  constexpr std::array<std::pair<std::string_view, Icon>, 9> appliances{{{"dishwasher", Icon::dishwasher},
                                                                         {"fridge", Icon::fridge},
                                                                         {"freezer", Icon::fridge},
                                                                         {"washing", Icon::washer},
                                                                         {"dryer", Icon::washer},
                                                                         {"television", Icon::television},
                                                                         {"oven", Icon::oven},
                                                                         {"cook", Icon::oven},
                                                                         {"fan", Icon::fan}}};
  for (const auto& [part, icon] : appliances)
    if (module.appliance.find(part) != std::string::npos) return icon;
  switch (module.kind) {
    case Kind::light:
    case Kind::dimmer:
      return shines(module) ? Icon::lamp_on : Icon::lamp;
    case Kind::plug:
      return Icon::plug;
    case Kind::shutter:
      return module.number(Aspect::position).value_or(0) > 0 ? Icon::shutter_open : Icon::shutter_closed;
    case Kind::remote:
      return Icon::remote;
    case Kind::energy_meter:
      return Icon::bolt;
    case Kind::heater:
      return Icon::radiator;
    case Kind::scene:
      return Icon::play;
    case Kind::thermostat:
      return Icon::thermostat;
    case Kind::gateway:
      return Icon::gateway;
    case Kind::fan:
      return Icon::fan;
    case Kind::contactor:
      return Icon::power;
    case Kind::door_lock:
      return Icon::lock;
    case Kind::sensor:
      return Icon::info;
    case Kind::intercom:
      return Icon::person;
    case Kind::unknown:
      break;
  }
  return Icon::unknown;
}

std::string state_line(const Module& module) {
  std::string line;
  if (module.capability(Aspect::setpoint) != nullptr || module.word(Aspect::pilot_wire)) {
    add(line, setpoint_line(module));
  } else if (auto position = module.number(Aspect::position)) {
    add(line, position_line(*position));
  } else if (auto on = module.flag(Aspect::on_off)) {
    auto level = module.number(Aspect::level);
    add(line, *on && level ? quantity(*level, Unit::percent) : std::string(word(*on ? W::on : W::off)));
  } else if (auto level = module.number(Aspect::level)) {
    add(line, quantity(*level, Unit::percent));
  } else if (auto speed = module.number(Aspect::fan_speed)) {
    add(line, std::string(word(W::aspect_fan_speed)) + " " + quantity(*speed, Unit::none));
  } else if (auto locked = module.flag(Aspect::lock)) {
    add(line, word(*locked ? W::locked : W::unlocked));
  } else if (auto temperature = module.number(Aspect::temperature)) {
    add(line, quantity(*temperature, Unit::celsius));
  } else if (auto mode = module.word(Aspect::mode)) {
    add(line, value_text(Aspect::mode, *mode, Unit::none));
  }
  const bool off = module.flag(Aspect::on_off) == std::optional(false);
  if (auto power = module.number(Aspect::power); power && !off) add(line, quantity(*power, Unit::watt));
  if (auto energy = module.number(Aspect::energy_today); energy && module.kind == Kind::energy_meter)
    add(line, say(W::today_energy, {quantity(*energy, Unit::watt_hour)}));
  auto battery = module.word(Aspect::battery);
  if (battery && (line.empty() || *battery == "low" || *battery == "very_low"))
    add(line, battery_line(*battery));
  if (!line.empty()) return line;
  const bool runs = module.commandable(Aspect::run) != nullptr;
  if (runs) return std::string(word(W::ready));
  if (module.kind == Kind::unknown) return std::string(word(W::unknown_kind));
  if (tells_history_only(module)) return std::string(word(W::history_only));
  switch (module.kind) {  // why there is nothing to say
    case Kind::remote:
      return std::string(word(W::reason_remote));
    case Kind::intercom:
      return std::string(word(W::reason_app));
    default:
      return std::string(word(module.reach == Reach::unreachable ? W::reason_offline : W::reason_cloud));
  }
}

const CommandState* open_command(const State& state, const ModuleId& module) {
  const CommandState* newest = nullptr;
  for (auto at = state.commands.lower_bound({module, Aspect::on_off});
       at != state.commands.end() && at->first.first == module; ++at) {
    const CommandState& command = at->second;
    if (command.picture == CommandState::Picture::confirmed) continue;
    if (newest == nullptr || command.number > newest->number) newest = &command;
  }
  return newest;
}

Tile make_tile(const State& state, const Module& module, Times& times) {
  Tile tile;
  tile.name = shown_name(state, module);
  tile.icon = module_icon(module);
  tile.line = state_line(module);
  dress(tile, module);
  foresee(tile, state, module, times);
  if (module.reach == Reach::unreachable) {
    tile.picture = TilePicture::offline;
    tile.on = tile.enabled = false;
    tile.plate = Token::raised;
    tile.glyph = tile.line_ink = Token::ink2;
    tile.line_icon = Icon::offline;
    tile.line = module.unreachable_since ? say(W::offline_since, {times.at(*module.unreachable_since)})
                                         : std::string(word(W::offline));
    return tile;
  }
  tile.enabled = state.online;
  if (const CommandState* command = open_command(state, module.id)) {
    speak_of(tile, *command, times);
    return tile;
  }
  if (module.kind == Kind::unknown) {
    tile.picture = TilePicture::unknown;
    return tile;
  }
  if (auto since = oldest(module); since && times.older(*since, Minutes(5))) {
    tile.picture = TilePicture::stale;
    tile.line = say(W::line_with_age, {tile.line, times.ago(*since)});
    tile.line_icon = Icon::clock;
    if (!tile.on) tile.line_ink = Token::ink2;
  }
  return tile;
}

}  // namespace foyer::shell
