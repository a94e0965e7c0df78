#include <unordered_set>

#include "core/base/ascii.hpp"
#include "core/cloud/decode.hpp"
#include "core/cloud/hc/hc.hpp"

namespace foyer {
namespace {

using decode::Complaints;
using decode::Where;

// "0000" + 12 digits of the gateway's MAC + 16 digits of the module (a reading of published samples).
std::string gateway_mac(std::string_view module) {
  constexpr std::string_view hex = "0123456789abcdefABCDEF";
  if (module.size() != 32 || !module.starts_with("0000")) return {};
  if (module.find_first_not_of(hex) != std::string_view::npos) return {};
  const std::string_view mac = module.substr(4, 12);
  return mac == "000000000000" ? std::string() : lowered(mac);
}

// The gateway that the id of a module names, or an empty id.
GatewayId gateway_of(std::string_view module) {
  const std::string mac = gateway_mac(module);
  return mac.empty() ? GatewayId() : GatewayId(decode::prefixed("hc", mac));
}

// Modules of one gateway mostly follow one another, so the last one found is looked at first.
void join_gateway(Plant& plant, Module& module, std::string_view remote) {
  const std::string mac = gateway_mac(remote);
  if (mac.empty()) return;
  module.gateway = GatewayId(decode::prefixed("hc", mac));
  for (auto at = plant.gateways.rbegin(); at != plant.gateways.rend(); ++at)
    if (at->id == module.gateway) return;
  std::string name = "Gateway ";
  for (std::size_t i = 0; i < mac.size(); i += 2) name.append(i ? ":" : "").append(mac, i, 2);
  plant.gateways.push_back({.id = module.gateway, .name = std::move(name)});
}

std::vector<Capability> capabilities_of(Kind kind) {
  const Capability power{.aspect = Aspect::power, .unit = Unit::watt};
  const Capability on_off{.aspect = Aspect::on_off, .commandable = true};
  switch (kind) {
    case Kind::light:
    case Kind::plug:
    case Kind::heater:
      return {on_off, power};
    case Kind::dimmer:
      return {on_off, hc::level_capability(), power};
    case Kind::shutter:
      return {hc::position_capability(100), {.aspect = Aspect::stop, .readable = false, .commandable = true}};
    case Kind::remote:
      return {{.aspect = Aspect::battery, .options = {"full", "high", "medium", "low", "very_low"}}};
    case Kind::energy_meter:
      return {power};
    case Kind::scene:
      return {{.aspect = Aspect::run, .readable = false, .commandable = true}};
    default:
      return {};
  }
}

// Collects the modules of one topology answer; the second module of an id is a complaint.
class TopologyReader {
 public:
  explicit TopologyReader(Plant& plant) : plant_(plant) {}

  void read(JsonView modules, const Where& parent, const AmbientId& ambient) {
    std::size_t index = 0;
    for (const JsonView one : modules.elements()) module(one, Where{&parent, "modules", index++}, ambient);
  }

 private:
  void module(JsonView json, const Where& where, const AmbientId& ambient) {
    const auto remote = decode::id(json, where, plant_.complaints);
    if (!remote) return;
    if (!seen_.insert(*remote).second) {
      plant_.complaints.push_back(where.text("id") + ": used by another module too");
      return;
    }
    Module out;
    out.id = ModuleId(decode::prefixed("hc", *remote));
    out.name = decode::text(json, "name", where, plant_.complaints).value_or("");
    if (out.name.empty()) out.name = *remote;
    out.device = decode::text(json, "device", where, plant_.complaints).value_or("");
    out.hardware = decode::text(json, "hw_type", where, plant_.complaints).value_or("");
    out.appliance = decode::text(json, "type", where, plant_.complaints).value_or("");
    out.ambient = ambient;
    if (const hc::Device* device = hc::device_of_word(out.device)) out.kind = device->kind;
    if (out.kind == Kind::light && decode::same_word(out.hardware, "NLF")) out.kind = Kind::dimmer;
    out.capabilities = capabilities_of(out.kind);
    out.raw_topology = json.raw();
    join_gateway(plant_, out, *remote);
    plant_.modules.push_back(std::move(out));
  }

  Plant& plant_;
  std::unordered_set<std::string> seen_;
};

void read_ambients(JsonView body, const Where& root, Plant& plant, TopologyReader& modules) {
  JsonView ambients = decode::list(body, "ambients", root, plant.complaints, true);
  std::size_t index = 0;
  for (const JsonView json : ambients.elements()) {
    const Where where{&root, "ambients", index++};
    AmbientId id;  // stays empty for a broken room: its modules are shown in no room
    if (const auto remote = decode::id(json, where, plant.complaints)) {
      id = AmbientId(decode::prefixed("hc", *remote));
      Ambient ambient{id, decode::text(json, "name", where, plant.complaints).value_or(""),
                      decode::text(json, "type", where, plant.complaints).value_or("")};
      if (ambient.name.empty()) ambient.name = *remote;
      plant.ambients.push_back(std::move(ambient));
    }
    modules.read(decode::list(json, "modules", where, plant.complaints, true), where, id);
  }
}

// Active power, the newest measure of unit "watt"; other units are kept under their own name.
void read_consumptions(JsonView element, const Where& where, std::vector<Reading>& readings,
                       Complaints& complaints) {
  JsonView measures = decode::list(element, "consumptions", where, complaints, true);
  std::optional<Reading> power;
  std::size_t index = 0;
  for (const JsonView measure : measures.elements()) {
    const Where here{&where, "consumptions", index++};
    const auto value = decode::number(measure, "value", here, complaints);
    if (!value) continue;
    const std::string unit = measure.find("unit").text().value_or("watt");
    Reading reading{.aspect = Aspect::power, .value = *value, .unit = Unit::watt};
    if (const auto at = measure.find("timestamp").text()) reading.measured = parse_iso8601(*at);
    if (!decode::same_word(unit, "watt") && !decode::same_word(unit, "W")) {
      reading.aspect = Aspect::other;
      reading.name = "consumptions." + unit;
      reading.unit = Unit::none;
      readings.push_back(std::move(reading));
    } else if (!power || !(reading.measured < power->measured)) {
      power = std::move(reading);
    }
  }
  if (power) readings.push_back(std::move(*power));
}

// On/off of lights, plugs and heaters; a word that is neither is kept as it is.
void read_switch(JsonView element, std::vector<Reading>& readings) {
  const JsonView status = element.find("status");
  if (const auto on = decode::on_off(status)) {
    readings.push_back({.aspect = Aspect::on_off, .value = *on});
  } else if (auto word = status.text()) {
    readings.push_back({.aspect = Aspect::other, .name = "status", .value = std::move(*word)});
  }
}

void read_level(JsonView element, const Where& where, ModuleStatus& out, Complaints& complaints) {
  const auto level = decode::number(element, "level", where, complaints);
  if (!level) return;
  if (*level < 0 || *level > 100) {
    out.readings.push_back({.aspect = Aspect::other, .name = "level", .value = *level});
    return;
  }
  const bool shutter = out.kind == Kind::shutter;
  out.readings.push_back(
      {.aspect = shutter ? Aspect::position : Aspect::level, .value = *level, .unit = Unit::percent});
  if (shutter) {
    const auto step = decode::number(element, "step", where, complaints);
    if (step && *step >= 1 && *step <= 100) out.capabilities.push_back(hc::position_capability(*step));
  } else if (out.kind == Kind::light) {
    out.kind = Kind::dimmer;
    out.capabilities.push_back(hc::level_capability());
  }
}

// `group` is the member the element came in ("lights"). Nothing when the element does not say which module it
// is.
std::optional<ModuleStatus> read_element(JsonView element, std::string_view group, const Where& where,
                                         Complaints& complaints) {
  const auto remote = decode::sender(element);
  if (!remote) {
    complaints.push_back(where.text("sender.plant.module.id") + ": expected text");
    return std::nullopt;
  }
  const hc::Device* device = hc::device_of_group(group);
  ModuleStatus out;
  out.readings.reserve(element.size());
  out.id = ModuleId(decode::prefixed("hc", *remote));
  out.kind = device ? device->kind : Kind::unknown;
  out.device =
      device ? std::string(device->word) : std::string(group.substr(0, group.size() - group.ends_with('s')));
  if (const auto reachable = decode::flag(element, "reachable", where, complaints))
    out.reach = *reachable ? Reach::reachable : Reach::unreachable;
  if (const auto firmware = decode::text(element, "fw", where, complaints))
    out.readings.push_back({.aspect = Aspect::firmware, .value = *firmware});
  if (const auto battery = decode::text(element, "battery", where, complaints))
    out.readings.push_back({.aspect = Aspect::battery, .value = lowered(*battery)});
  read_consumptions(element, where, out.readings, complaints);
  if (device) {
    read_switch(element, out.readings);
    read_level(element, where, out, complaints);
    decode::keep_unknown(element,
                         {"reachable", "status", "level", "step", "battery", "consumptions", "fw", "sender"},
                         out.readings);
  } else {  // what the words of an unknown kind mean is not ours to guess
    decode::keep_unknown(element, {"reachable", "battery", "consumptions", "fw", "sender"}, out.readings);
  }
  out.raw = element.raw();
  return out;
}

// A module that the topology does not list (yet): the group it came in tells what it is, its id the gateway.
void add_newcomers(const Plant& plant, StatusReport& report) {
  std::unordered_set<std::string_view> known;
  for (const Module& module : plant.modules) known.insert(module.id.text);
  for (const ModuleStatus& status : report.modules) {
    if (status.kind == Kind::unknown || !known.insert(status.id.text).second) continue;
    Module out{.id = status.id, .name = status.id.remote(), .kind = status.kind, .device = status.device};
    out.gateway = gateway_of(out.name);
    out.capabilities = capabilities_of(status.kind);
    report.newcomers.push_back(std::move(out));
  }
}

// False when some element could not be assigned, so that absence proves nothing.
bool read_groups(JsonView groups, const Where& root, StatusReport& report) {
  bool whole = true;
  for (const auto [name, elements] : groups.members()) {
    const std::string group = name.text().value_or("");
    if (elements.is_nothing()) continue;
    if (!elements.is_array()) {
      report.complaints.push_back(root.text(group) + ": expected a list");
      whole = false;
      continue;
    }
    report.modules.reserve(report.modules.size() + elements.size());
    std::size_t index = 0;
    for (const JsonView element : elements.elements()) {
      auto status = read_element(element, group, Where{&root, group, index++}, report.complaints);
      if (status) {
        report.modules.push_back(std::move(*status));
      } else {
        whole = false;
      }
    }
  }
  return whole;
}

}  // namespace

Result<std::vector<Plant>> HomeControlProvider::read_plants(int status, std::string_view body) const {
  return decode::plants(id(), status, body);
}

Result<Plant> HomeControlProvider::read_topology(const Plant& summary, std::string_view body) const {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView root = json->root().find("plant");
  if (!root.is_object()) return fail(ErrorKind::malformed, "E15", "plant: expected an object", "plant");
  Plant plant{.id = summary.id, .name = summary.name, .country = summary.country};
  plant.complaints = summary.complaints;
  const Where where{nullptr, "plant"};
  TopologyReader modules(plant);
  read_ambients(root, where, plant, modules);
  modules.read(decode::list(root, "modules", where, plant.complaints, true), where, AmbientId());
  return plant;
}

Result<void> HomeControlProvider::read_extra(Plant& plant, std::size_t index, std::string_view body) const {
  if (index != 0) return fail(ErrorKind::invalid_input, "", "there is one further read only", "index");
  std::erase_if(plant.modules, [](const Module& module) { return module.kind == Kind::scene; });
  if (decode::blank(body)) return {};
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  JsonView scenes = decode::list(json->root(), "scenes", Where{}, plant.complaints, false);
  std::size_t number = 0;
  for (const JsonView one : scenes.elements()) {
    const Where where{nullptr, "scenes", number++};
    const auto remote = decode::sender(one);
    if (!remote) {
      plant.complaints.push_back(where.text("sender.plant.module.id") + ": expected text");
      continue;
    }
    Module scene{.id = ModuleId(decode::prefixed("hc", *remote)), .kind = Kind::scene, .device = "scene"};
    scene.name = decode::text(one, "name", where, plant.complaints).value_or("");
    if (scene.name.empty()) scene.name = *remote;
    scene.capabilities = capabilities_of(Kind::scene);
    scene.raw_topology = one.raw();
    join_gateway(plant, scene, *remote);
    plant.modules.push_back(std::move(scene));
  }
  return {};
}

Result<StatusReport> HomeControlProvider::read_status(const Plant& plant, const Call&, std::string_view body,
                                                      Minutes) const {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView root = json->root();
  const JsonView groups = root.find("modules");
  StatusReport report;
  if (groups.is_object()) {
    report.complete = read_groups(groups, Where{nullptr, "modules"}, report);
    add_newcomers(plant, report);
    return report;
  }
  bool any = false;  // the answer for one module is its group alone
  for (const auto [name, value] : root.members()) any |= value.is_array();
  if (!any || groups.type() != JsonType::missing)
    return fail(ErrorKind::malformed, "E15", "modules: expected an object", "modules");
  read_groups(root, Where{}, report);
  add_newcomers(plant, report);
  return report;
}

}  // namespace foyer
