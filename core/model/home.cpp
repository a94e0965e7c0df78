#include "core/model/home.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <unordered_map>

namespace foyer {
namespace {

constexpr std::array<std::string_view, 16> kind_names = {
    "light",      "dimmer",  "plug", "shutter",   "remote",    "energy_meter", "heater",   "scene",
    "thermostat", "gateway", "fan",  "contactor", "door_lock", "sensor",       "intercom", "unknown",
};
constexpr std::array<std::string_view, 28> aspect_names = {
    "on_off",        "level",          "position",        "stop",          "setpoint",
    "mode",          "function",       "program",         "run",           "temperature",
    "humidity",      "power",          "energy_today",    "battery",       "load_active",
    "firmware",      "preferred",      "fan_speed",       "lock",          "pilot_wire",
    "open_window",   "anticipating",   "heating_request", "load_shedding", "battery_level",
    "wifi_strength", "radio_strength", "other",
};

// A module that no topology names: shown under its own id, with what it says of itself.
Module newcomer(const ModuleStatus& status) {
  Module module;
  module.id = status.id;
  module.name = status.id.remote();
  module.device = status.device;
  for (const Reading& reading : status.readings)
    if (reading.aspect != Aspect::other)
      module.capabilities.push_back({.aspect = reading.aspect, .unit = reading.unit});
  return module;
}

void set_capability(Module& module, const Capability& capability) {
  for (Capability& mine : module.capabilities)
    if (mine.aspect == capability.aspect) {
      mine = capability;
      return;
    }
  module.capabilities.push_back(capability);
}

void set_reach(Module& module, Reach reach, Instant received) {
  if (reach == Reach::unreachable) {
    if (!module.unreachable_since) module.unreachable_since = received;
  } else {
    module.unreachable_since.reset();
  }
  module.reach = reach;
}

bool same_value(const Module& module, const Reading& reading) {
  for (const Reading& mine : module.readings)
    if (mine.aspect == reading.aspect && mine.name == reading.name) return mine.value == reading.value;
  return false;
}

class Applier {
 public:
  using Keep = bool (*)(const void* context, const ModuleId&, Aspect);
  Applier(Instant received, Keep keep, const void* context)
      : received_(received), keep_(keep), context_(context) {}

  void apply(Module& module, const ModuleStatus& status) const {
    set_reach(module, status.reach, received_);
    if (module.kind == Kind::light && status.kind == Kind::dimmer) module.kind = Kind::dimmer;
    if (module.kind == Kind::unknown && status.describes) module.kind = status.kind;
    if (!status.product.empty()) module.product = status.product;
    module.error = status.error;
    if (module.kind != Kind::unknown || status.describes)
      for (const Capability& capability : status.capabilities) set_capability(module, capability);
    std::erase_if(module.readings, [&](const Reading& mine) {
      return mine.origin == Origin::optimistic && !kept(module.id, mine.aspect);
    });
    module.readings.reserve(status.readings.size());
    for (const Reading& reading : status.readings) {
      if (kept(module.id, reading.aspect)) continue;
      // What is said of an unreachable module is old news: the same value keeps its age.
      if (status.reach == Reach::unreachable && same_value(module, reading)) continue;
      Reading copy = reading;
      copy.received = received_;
      module.set_reading(std::move(copy));
      if (reading.aspect == Aspect::mode) module.mode_until = status.mode_until;
    }
    if (!status.raw.empty()) module.raw_status = status.raw;
  }

 private:
  bool kept(const ModuleId& id, Aspect aspect) const { return keep_ && keep_(context_, id, aspect); }
  Instant received_;
  Keep keep_;
  const void* context_;
};

}  // namespace

std::string_view to_string(Kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::string_view to_string(Aspect aspect) { return aspect_names[static_cast<std::size_t>(aspect)]; }

std::optional<Aspect> aspect_from(std::string_view name) {
  for (std::size_t i = 0; i < aspect_names.size(); ++i)
    if (aspect_names[i] == name) return static_cast<Aspect>(i);
  return std::nullopt;
}

std::optional<Kind> kind_from(std::string_view name) {
  for (std::size_t i = 0; i < kind_names.size(); ++i)
    if (kind_names[i] == name) return static_cast<Kind>(i);
  return std::nullopt;
}

std::string_view symbol(Unit unit) {
  constexpr std::array<std::string_view, 7> symbols = {"", "%", "°C", "°F", "W", "Wh", "mV"};
  return symbols[static_cast<std::size_t>(unit)];
}

std::string_view to_string(Origin origin) {
  constexpr std::array<std::string_view, 3> names = {"cloud", "cached", "optimistic"};
  return names[static_cast<std::size_t>(origin)];
}

std::string to_text(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "on" : "off";
  if (const auto* word = std::get_if<std::string>(&value)) return *word;
  std::array<char, 32> out{};  // 15 digits show every number a cloud sends, and no binary dust
  std::snprintf(out.data(), out.size(), "%.15g", std::get<double>(value));
  return out.data();
}

const Capability* Module::capability(Aspect aspect) const {
  for (const Capability& one : capabilities)
    if (one.aspect == aspect) return &one;
  return nullptr;
}

const Capability* Module::commandable(Aspect aspect) const {
  const Capability* found = capability(aspect);
  return found != nullptr && found->commandable ? found : nullptr;
}

const Reading* Module::reading(Aspect aspect) const {
  for (const Reading& one : readings)
    if (one.aspect == aspect) return &one;
  return nullptr;
}

void Module::set_reading(Reading reading) {
  for (Reading& mine : readings)
    if (mine.aspect == reading.aspect && (reading.aspect != Aspect::other || mine.name == reading.name)) {
      mine = std::move(reading);
      return;
    }
  readings.push_back(std::move(reading));
}

std::optional<bool> Module::flag(Aspect aspect) const {
  const Reading* one = reading(aspect);
  const bool* value = one ? std::get_if<bool>(&one->value) : nullptr;
  return value ? std::optional(*value) : std::nullopt;
}

std::optional<double> Module::number(Aspect aspect) const {
  const Reading* one = reading(aspect);
  const double* value = one ? std::get_if<double>(&one->value) : nullptr;
  return value ? std::optional(*value) : std::nullopt;
}

std::optional<std::string> Module::word(Aspect aspect) const {
  const Reading* one = reading(aspect);
  const std::string* value = one ? std::get_if<std::string>(&one->value) : nullptr;
  return value ? std::optional(*value) : std::nullopt;
}

const Module* Plant::module(const ModuleId& wanted) const {
  for (const Module& one : modules)
    if (one.id == wanted) return &one;
  return nullptr;
}

Module* Plant::module(const ModuleId& wanted) {
  return const_cast<Module*>(std::as_const(*this).module(wanted));
}

const Ambient* Plant::ambient(const AmbientId& wanted) const {
  for (const Ambient& one : ambients)
    if (one.id == wanted) return &one;
  return nullptr;
}

void forget_state_complaints(Plant& plant) {
  std::erase_if(plant.complaints, [](const std::string& one) { return one.starts_with(of_state); });
}

namespace {

constexpr std::size_t most_complaints = 50;  // of states

void add_complaints(Plant& plant, const std::vector<std::string>& complaints) {
  std::size_t told = 0;
  for (const std::string& one : plant.complaints) told += one.starts_with(of_state);
  for (const std::string& one : complaints) {
    std::string text = std::string(of_state) + one;
    if (told >= most_complaints) return;
    if (std::ranges::find(plant.complaints, text) != plant.complaints.end()) continue;
    plant.complaints.push_back(std::move(text));
    ++told;
  }
}

}  // namespace

void apply(Plant& plant, const StatusReport& report, Instant received,
           bool (*keep)(const void* context, const ModuleId&, Aspect), const void* context) {
  const Applier applier(received, keep, context);
  if (report.gateways_told)
    for (Gateway& gateway : plant.gateways) {
      const bool offline = std::ranges::find(report.offline, gateway.id) != report.offline.end();
      if (!offline) gateway.offline_since.reset();
      if (offline && !gateway.offline_since) gateway.offline_since = received;
    }
  std::unordered_map<std::string_view, std::size_t> index;
  index.reserve(plant.modules.size() + report.newcomers.size());
  plant.modules.reserve(plant.modules.size() + report.newcomers.size());  // the index looks into it
  for (std::size_t i = 0; i < plant.modules.size(); ++i) index.emplace(plant.modules[i].id.text, i);
  for (const Module& module : report.newcomers) {
    if (index.contains(module.id.text)) continue;
    plant.modules.push_back(module);
    index.emplace(plant.modules.back().id.text, plant.modules.size() - 1);
  }

  const std::size_t known = plant.modules.size();
  std::vector<bool> named(known, false);
  std::vector<Module> added;  // appended at the end: the index looks into plant.modules and into the report
  for (const ModuleStatus& status : report.modules) {
    auto at = index.find(status.id.text);
    if (at == index.end()) {
      at = index.emplace(status.id.text, known + added.size()).first;
      added.push_back(newcomer(status));
    }
    const bool is_new = at->second >= known;
    if (!is_new) named[at->second] = true;
    applier.apply(is_new ? added[at->second - known] : plant.modules[at->second], status);
  }
  if (report.complete)
    for (std::size_t i = 0; i < known; ++i) {
      Module& module = plant.modules[i];
      if (!named[i] && module.kind != Kind::scene && module.kind != Kind::gateway)
        set_reach(module, Reach::unreachable, received);
    }
  for (Module& module : added) plant.modules.push_back(std::move(module));
  add_complaints(plant, report.complaints);
  plant.status_at = received;
}

}  // namespace foyer
