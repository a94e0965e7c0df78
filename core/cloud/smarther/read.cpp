#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>

#include "core/base/ascii.hpp"
#include "core/cloud/decode.hpp"
#include "core/cloud/smarther/smarther.hpp"

namespace foyer {
namespace smarther {

Result<std::optional<Instant>> end_time(std::string_view text, Minutes local) {
  if (const auto slash = text.rfind('/'); slash != std::string_view::npos) text = text.substr(slash + 1);
  if (text.empty()) return std::nullopt;
  if (const auto at = parse_iso8601(text, local)) return at;
  return fail(ErrorKind::malformed, "E15", "expected a date and time");
}

}  // namespace smarther

namespace {

using decode::Complaints;
using decode::Where;

double celsius(double fahrenheit) { return std::round((fahrenheit - 32) / 1.8 * 10) / 10; }

std::vector<Capability> thermostat_capabilities() {
  return {
      {.aspect = Aspect::setpoint, .commandable = true, .unit = Unit::celsius, .range = Range{3, 40, 0.5}},
      {.aspect = Aspect::mode,
       .commandable = true,
       .options = {"automatic", "manual", "boost", "off", "protection"}},
      {.aspect = Aspect::program, .commandable = true, .range = Range{0, 11, 1}},
      {.aspect = Aspect::function, .options = {"heating", "cooling"}},
      {.aspect = Aspect::temperature, .unit = Unit::celsius},
      {.aspect = Aspect::humidity, .unit = Unit::percent},
      {.aspect = Aspect::load_active},
  };
}

// canDo.command.do takes a command away; what the list does not name stays as it is.
void restrict_by(JsonView json, const Where& where, Module& module, Complaints& complaints) {
  constexpr std::array<std::pair<std::string_view, Aspect>, 4> names = {{{"setPoint", Aspect::setpoint},
                                                                         {"mode", Aspect::mode},
                                                                         {"programs", Aspect::program},
                                                                         {"program", Aspect::program}}};
  for (const JsonView one : decode::list(json, "capabilities", where, complaints, true).elements()) {
    const JsonView word = one.find("capability");
    if (one.find("canDo").find("command").find("do").flag() != false) continue;
    for (const auto& [name, aspect] : names)
      if (word.is_word(name))
        for (Capability& capability : module.capabilities)
          if (capability.aspect == aspect) capability.commandable = false;
  }
}

void read_module(JsonView json, const Where& where, Plant& plant, std::unordered_set<std::string>& seen) {
  const auto remote = decode::id(json, where, plant.complaints);
  if (!remote) return;
  if (!seen.insert(*remote).second) {
    plant.complaints.push_back(where.text("id") + ": used by another module too");
    return;
  }
  Module module;
  module.id = ModuleId(decode::prefixed("smarther", *remote));
  module.name = decode::text(json, "name", where, plant.complaints).value_or("");
  if (module.name.empty()) module.name = *remote;
  module.device = decode::text(json, "device", where, plant.complaints).value_or("");
  module.gateway = GatewayId(module.id.text);  // a Smarther talks to the cloud itself
  module.raw_topology = json.raw();
  if (decode::same_word(module.device, "chronothermostat")) {
    module.kind = Kind::thermostat;
    module.capabilities = thermostat_capabilities();
    restrict_by(json, where, module, plant.complaints);
  }
  plant.gateways.push_back({.id = module.gateway, .name = module.name});
  plant.modules.push_back(std::move(module));
}

// The newest of a list of measures: values and times come as text, times with any zone.
std::optional<Reading> newest(JsonView element, std::string_view group, Aspect aspect, const Where& where,
                              Minutes local, Complaints& complaints) {
  const JsonView meter = element.find(group);
  if (meter.is_nothing()) return std::nullopt;
  const Where here{&where, group};
  JsonView measures = decode::list(meter, "measures", here, complaints, false);
  std::optional<Reading> best;
  std::size_t index = 0;
  for (const JsonView one : measures.elements()) {
    auto reading = smarther::measure(one, aspect, Where{&here, "measures", index++}, local, complaints);
    if (!reading) continue;
    if (!best || !(reading->measured < best->measured)) best = std::move(reading);
  }
  return best;
}

// The offset of the device's clock from its `time`. "+00:00" and "Z" are written by clouds that write UTC, so
// they prove nothing.
Minutes device_offset(JsonView element, Minutes assumed) {
  const std::string time = element.find("time").text().value_or("");
  constexpr std::size_t zone = std::string_view("2026-01-10T18:02:11").size();
  if (time.size() <= zone || (time[zone] != '+' && time[zone] != '-')) return assumed;
  const auto utc = parse_iso8601(time), as_shown = parse_iso8601(time.substr(0, zone));
  if (!utc || !as_shown || *utc == *as_shown) return assumed;
  return std::chrono::duration_cast<Minutes>(*as_shown - *utc);
}

void read_setpoint(JsonView element, bool boosting, const Where& where, ModuleStatus& out,
                   Complaints& complaints) {
  const JsonView set_point = element.find("setPoint");
  if (boosting) return;  // means nothing in a boost
  const auto value = decode::number(set_point, "value", Where{&where, "setPoint"}, complaints);
  if (!value) return;
  const bool fahrenheit = decode::same_word(set_point.find("unit").text().value_or("C"), "F");
  out.readings.push_back({.aspect = Aspect::setpoint,
                          .value = fahrenheit ? celsius(*value) : *value,  // commands know °C only
                          .unit = Unit::celsius});
}

void read_load(JsonView element, const Where& where, ModuleStatus& out, Complaints& complaints) {
  const auto load = decode::text(element, "loadState", where, complaints);
  if (!load) return;
  const bool active = decode::same_word(*load, "active");
  if (active || decode::same_word(*load, "inactive")) {
    out.readings.push_back({.aspect = Aspect::load_active, .value = active});
  } else {
    out.readings.push_back({.aspect = Aspect::other, .name = "loadState", .value = *load});
  }
}

void read_program(JsonView element, const Where& where, ModuleStatus& out, Complaints& complaints) {
  JsonView programs = decode::list(element, "programs", where, complaints, true);
  if (programs.size() == 0) return;
  if (const auto number = (*programs.elements().begin()).find("number").integer()) {
    out.readings.push_back({.aspect = Aspect::program, .value = std::to_string(*number)});
  } else {
    complaints.push_back(where.text("programs[0].number") + ": expected a number");
  }
}

ModuleStatus read_element(JsonView element, ModuleId id, const Where& where, Minutes offset,
                          Complaints& complaints) {
  const Minutes local = device_offset(element, offset);
  ModuleStatus out{.id = std::move(id), .device = "chronothermostat", .kind = Kind::thermostat};
  const bool online = decode::flag(element, "online", where, complaints).value_or(true);  // C2C events only
  out.reach = online ? Reach::reachable : Reach::unreachable;
  if (const auto function = decode::text(element, "function", where, complaints))
    out.readings.push_back({.aspect = Aspect::function, .value = lowered(*function)});
  const std::string mode = lowered(decode::text(element, "mode", where, complaints).value_or(""));
  if (!mode.empty()) out.readings.push_back({.aspect = Aspect::mode, .value = mode});
  read_setpoint(element, mode == "boost", where, out, complaints);
  read_program(element, where, out, complaints);
  read_load(element, where, out, complaints);
  if (const auto end = decode::text(element, "activationTime", where, complaints)) {
    if (const auto at = smarther::end_time(*end, local)) {
      out.mode_until = *at;
    } else {
      complaints.push_back(where.text("activationTime") + ": " + at.error().message);
    }
  }
  if (auto reading = newest(element, "thermometer", Aspect::temperature, where, local, complaints))
    out.readings.push_back(std::move(*reading));
  if (auto reading = newest(element, "hygrometer", Aspect::humidity, where, local, complaints))
    out.readings.push_back(std::move(*reading));
  decode::keep_unknown(element,
                       {"function", "mode", "setPoint", "programs", "activationTime", "temperatureFormat",
                        "loadState", "time", "thermometer", "hygrometer", "online", "sender", "receiver"},
                       out.readings);
  out.raw = element.raw();
  return out;
}

// The module a call asked for, for answers that do not repeat it.
std::string asked_for(const Call& call) {
  constexpr std::string_view mark = "/modules/parameter/id/value/";
  const auto at = call.path.find(mark);
  if (at == std::string::npos) return {};
  const std::string rest = call.path.substr(at + mark.size());
  return percent_decode(rest.substr(0, rest.find('/'))).value_or("");
}

// `asked` is the module to assume when the element names none; empty when it cannot be known.
void read_one(JsonView element, const std::string& asked, const Where& where, Minutes offset,
              StatusReport& report) {
  const std::string remote = decode::sender(element).value_or(asked);
  if (!element.is_object()) {
    report.complaints.push_back(where.text() + ": expected an object");
  } else if (remote.empty()) {
    report.complaints.push_back(where.text("sender.plant.module.id") + ": expected text");
  } else {
    report.modules.push_back(read_element(element, ModuleId(decode::prefixed("smarther", remote)), where,
                                          offset, report.complaints));
  }
}

}  // namespace

Minutes smarther::device_offset(const Module& module, Minutes assumed) {
  const auto status = JsonText::parse(module.raw_status);
  return status ? foyer::device_offset(status->root(), assumed) : assumed;
}

std::optional<Reading> smarther::measure(JsonView json, Aspect aspect, const Where& where, Minutes local,
                                         Complaints& complaints) {
  const auto value = decode::number(json, "value", where, complaints);
  if (!value) return std::nullopt;
  Reading reading{.aspect = aspect, .value = *value, .unit = Unit::percent};
  if (aspect == Aspect::temperature)
    reading.unit =
        decode::same_word(json.find("unit").text().value_or("C"), "F") ? Unit::fahrenheit : Unit::celsius;
  if (const auto at = json.find("timeStamp").text()) reading.measured = parse_iso8601(*at, local);
  return reading;
}

Result<std::vector<smarther::Program>> smarther::read_programs(std::string_view body,
                                                               Complaints& complaints) {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  JsonView devices = decode::list(json->root(), "chronothermostats", Where{}, complaints, false);
  std::vector<Program> programs;
  std::size_t place = 0;
  for (const JsonView device : devices.elements()) {
    const Where where{nullptr, "chronothermostats", place++};
    for (const JsonView one : decode::list(device, "programs", where, complaints, false).elements()) {
      const auto number = one.find("number").integer();
      if (number && *number >= 0 && *number <= 11)
        programs.push_back({*number, one.find("name").text().value_or("")});
    }
  }
  if (std::ranges::none_of(programs, [](const Program& one) { return one.number == 0; }))
    programs.push_back({0, ""});  // built in, always there
  std::ranges::sort(programs, {}, &Program::number);
  return programs;
}

Result<std::vector<Plant>> SmartherProvider::read_plants(int status, std::string_view body) const {
  return decode::plants(id(), status, body);
}

Result<Plant> SmartherProvider::read_topology(const Plant& summary, std::string_view body) const {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView root = json->root().find("plant");
  if (!root.is_object()) return fail(ErrorKind::malformed, "E15", "plant: expected an object", "plant");
  Plant plant{.id = summary.id, .name = summary.name, .country = summary.country};
  plant.complaints = summary.complaints;
  const Where where{nullptr, "plant"};
  const std::string name = decode::text(root, "name", where, plant.complaints).value_or("");
  if (!name.empty() && (plant.name.empty() || plant.name == plant.id.remote())) plant.name = name;
  JsonView modules = decode::list(root, "modules", where, plant.complaints, true);
  std::unordered_set<std::string> seen;
  std::size_t index = 0;
  for (const JsonView module : modules.elements())
    read_module(module, Where{&where, "modules", index++}, plant, seen);
  return plant;
}

Result<void> SmartherProvider::read_extra(Plant& plant, std::size_t index, std::string_view body) const {
  const auto thermostats = smarther::thermostats(plant);
  if (index >= thermostats.size())
    return fail(ErrorKind::invalid_input, "", "there is no such thermostat", "index");
  if (decode::blank(body)) return {};
  auto programs = smarther::read_programs(body, plant.complaints);
  if (!programs) return std::unexpected(programs.error());
  Module* module = plant.module(thermostats[index]->id);
  for (Capability& capability : module->capabilities) {
    if (capability.aspect != Aspect::program) continue;
    capability.options.clear();
    capability.labels.clear();
    for (auto& [number, label] : *programs) {
      capability.options.push_back(std::to_string(number));
      capability.labels.push_back(std::move(label));
    }
  }
  return {};
}

Result<StatusReport> SmartherProvider::read_status(const Plant&, const Call& call, std::string_view body,
                                                   Minutes offset) const {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView root = json->root();
  const JsonView elements = root.find("chronothermostats");
  StatusReport report;
  if (elements.is_array()) {
    std::size_t index = 0;
    for (const JsonView element : elements.elements()) {
      const Where where{nullptr, "chronothermostats", index++};
      read_one(element, elements.size() == 1 ? asked_for(call) : std::string(), where, offset, report);
    }
  } else if (root.find("thermometer").is_object() || root.find("hygrometer").is_object()) {
    read_one(root, asked_for(call), Where{}, offset, report);  // the shape of /measures
  } else {
    return fail(ErrorKind::malformed, "E15", "chronothermostats: expected a list", "chronothermostats");
  }
  return report;
}

}  // namespace foyer
