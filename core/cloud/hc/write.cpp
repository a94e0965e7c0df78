#include <array>
#include <cmath>

#include "core/cloud/decode.hpp"
#include "core/cloud/hc/hc.hpp"

namespace foyer {
namespace hc {
namespace {

constexpr std::array<Device, 7> devices = {{
    {"light", "lights", "light/lighting", Kind::light},
    {"plug", "plugs", "plug/energy", Kind::plug},
    {"automation", "automations", "automation/automation", Kind::shutter},
    {"remote", "remotes", "remote/remote", Kind::remote},
    {"heater", "heaters", "heater/comfort", Kind::heater},
    {"energymeter", "energymeters", "meter/energy", Kind::energy_meter},
    {"scene", "scenes", "scene/comfort", Kind::scene},
}};

}  // namespace

const Device* device_of_word(std::string_view word) {
  for (const Device& one : devices)
    if (decode::same_word(one.word, word)) return &one;
  return nullptr;
}

const Device* device_of_group(std::string_view group) {
  for (const Device& one : devices)
    if (decode::same_word(one.group, group)) return &one;
  return nullptr;
}

Capability position_capability(double step) {
  return {
      .aspect = Aspect::position, .commandable = true, .unit = Unit::percent, .range = Range{0, 100, step}};
}

Capability level_capability() {
  return {.aspect = Aspect::level, .commandable = true, .unit = Unit::percent, .range = Range{0, 100, 1}};
}

}  // namespace hc

namespace {

constexpr std::string_view hc_base = "/hc/api/v1.0";

std::string plant_path(const PlantId& plant) {
  return std::string(hc_base) + "/plants/" + percent_encode(plant.remote());
}

std::string module_path(const hc::Device& device, const PlantId& plant, const ModuleId& module) {
  return std::string(hc_base) + "/" + std::string(device.path) + "/addressLocation/plants/" +
         percent_encode(plant.remote()) + "/modules/parameter/id/value/" + percent_encode(module.remote());
}

std::string module_template(const hc::Device& device) {
  return std::string(hc_base) + "/" + std::string(device.path) +
         "/addressLocation/plants/{plant}/modules/parameter/id/value/{module}";
}

// The bodies as the vendor publishes them, byte for byte.
Result<std::string> body_of(const Command& command) {
  switch (command.aspect) {
    case Aspect::on_off:
      if (const bool* on = std::get_if<bool>(&command.value))
        return std::string(*on ? R"({"status":"on"})" : R"({"status":"off"})");
      break;
    case Aspect::level:
    case Aspect::position:
      if (const double* level = std::get_if<double>(&command.value); level && std::isfinite(*level))
        return "{\"level\":" + std::to_string(std::lround(std::fmin(std::fmax(*level, 0), 100))) + "}";
      break;
    case Aspect::stop:
      return std::string(R"({"level":-1})");
    case Aspect::run:
      return std::string(R"({"enable":true})");
    default:
      break;
  }
  return fail(ErrorKind::invalid_input, "E12", "Home + Control has no such command.",
              std::string(to_string(command.aspect)));
}

}  // namespace

Call HomeControlProvider::plants() const {
  const std::string path = std::string(hc_base) + "/plants";
  return {.path = path, .path_template = path, .purpose = policy::Purpose::topology};
}

Call HomeControlProvider::topology(const PlantId& plant) const {
  return {.path = plant_path(plant) + "/topology",
          .path_template = std::string(hc_base) + "/plants/{plant}/topology",
          .purpose = policy::Purpose::topology};
}

std::vector<Call> HomeControlProvider::extras(const Plant& plant) const {
  const std::string scenes = std::string(hc_base) + "/scene/comfort/addressLocation/plants/";
  return {{.path = scenes + percent_encode(plant.id.remote()),
           .path_template = scenes + "{plant}",
           .purpose = policy::Purpose::topology}};
}

std::vector<Call> HomeControlProvider::status(const Plant& plant) const {
  return {{.path = plant_path(plant.id), .path_template = std::string(hc_base) + "/plants/{plant}"}};
}

Call HomeControlProvider::module_status(const Plant& plant, const Module& module) const {
  const hc::Device* device = hc::device_of_word(module.device);
  Call call;
  if (!device || device->kind == Kind::scene) {
    call = status(plant).front();  // the API has no path for a kind we do not know
  } else {
    call.path = module_path(*device, plant.id, module.id);
    call.path_template = module_template(*device);
  }
  call.purpose = policy::Purpose::pressed;
  return call;
}

Result<Call> HomeControlProvider::command(const Plant& plant, const Module& module, const Command& command,
                                          Instant, Minutes) const {
  const hc::Device* device = hc::device_of_word(module.device);
  if (!device) return fail(ErrorKind::unsupported, "E12", "This kind of device takes no commands.", "device");
  auto body = body_of(command);
  if (!body) return std::unexpected(body.error());
  return Call{.method = "POST",
              .path = module_path(*device, plant.id, module.id),
              .path_template = module_template(*device),
              .body = std::move(*body),
              .operation = momentary(command) ? policy::CommandClass::momentary_write
                                              : policy::CommandClass::absolute_write,
              .purpose = policy::Purpose::write};
}

}  // namespace foyer
