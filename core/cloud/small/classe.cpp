#include <array>

#include "core/cloud/small/small_apis.hpp"

namespace foyer::classe {
namespace {

using decode::Where;

struct Device {
  std::string_view word, type, product;
  Kind kind;
};
constexpr std::array devices = {
    Device{"gateway", "C1X", "Classe 100X door entry unit", Kind::gateway},
    Device{"audioVideoTerminal", "IU", "Internal unit", Kind::intercom},
    Device{"audioVideoTerminal", "EU", "External unit", Kind::intercom},
    Device{"light", "Staircase", "Staircase light", Kind::light},
    Device{"light", "wifiDimmer", "Wi-Fi dimmer", Kind::dimmer},
    Device{"light", "wifiSwitch", "Wi-Fi switch", Kind::light},
    Device{"lock", "Lock", "Door lock", Kind::door_lock},
};

const Device* device_of(std::string_view word, std::string_view type) {
  const Device* near = nullptr;
  for (const Device& one : devices) {
    if (!decode::same_word(one.word, word)) continue;
    if (decode::same_word(one.type, type)) return &one;
    if (!near) near = &one;
  }
  return near;
}

void read_module(JsonView json, const Where& where, ModuleList& out) {
  const auto remote = decode::id(json, where, out.complaints);
  if (!remote) return;
  const auto text = [&](std::string_view name) {
    return decode::text(json, name, where, out.complaints).value_or("");
  };
  Module module{.id = ModuleId(decode::prefixed("classe", *remote)),
                .name = text("name"),
                .device = text("device"),
                .system = text("deviceSystem"),
                .hardware = text("deviceType")};
  if (const Device* device = device_of(module.device, module.hardware)) {
    module.kind = device->kind;
    module.product = device->product;
  }
  if (module.name.empty()) module.name = module.product.empty() ? *remote : module.product;
  if (const std::string gateway = text("gatewayId"); !gateway.empty())
    module.gateway = GatewayId(decode::prefixed("classe", gateway));
  if (module.kind == Kind::gateway) module.gateway = GatewayId(module.id.text);
  if (const std::string state = text("connectionState");
      !state.empty() && !decode::same_word(state, "UNKNOWN"))
    module.reach = decode::same_word(state, "CONNECTED") ? Reach::reachable : Reach::unreachable;
  if (const std::string firmware = text("firmwareVersion"); !firmware.empty())
    module.readings.push_back({.aspect = Aspect::firmware, .value = firmware});
  out.modules.push_back(std::move(module));  // no raw text: it names people and addresses
}

}  // namespace

Result<Tickets> read_tickets(std::string_view body) {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView units = json->root().find("audiovideounits");
  if (!units.is_array())
    return fail(ErrorKind::malformed, "E15", "audiovideounits: expected a list", "audiovideounits");
  Tickets out;
  std::size_t index = 0;
  for (const JsonView one : units.elements()) {
    const Where where{nullptr, "audiovideounits", index++};
    auto jwt = one.find("ticket").text();
    if (!jwt || jwt->empty()) {
      out.complaints.push_back(where.text("ticket") + ": expected text");
      continue;
    }
    Ticket ticket{.jwt = SecretText(std::move(*jwt))};
    if (const auto plant = one.find("sender").find("plant").find("id").text())
      ticket.plant = PlantId(decode::prefixed("classe", *plant));
    out.list.push_back(std::move(ticket));
  }
  return out;
}

Result<ModuleList> read_modules(std::string_view body) {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  if (!json->root().is_array()) return fail(ErrorKind::malformed, "E15", "expected a list of modules");
  ModuleList out;
  std::size_t index = 0;
  for (const JsonView one : json->root().elements()) read_module(one, Where{nullptr, {}, index++}, out);
  return out;
}

Result<ModuleStatus> read_state(std::string_view body) {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView payload = json->root().find("payload");
  if (!payload.is_object())
    return fail(ErrorKind::malformed, "E15", "payload: expected an object", "payload");
  ModuleStatus out;
  if (const auto on = decode::on_off(payload.find("state")))
    out.readings.push_back({.aspect = Aspect::on_off, .value = *on});
  if (const auto level = payload.find("level").number(); level && *level >= 0 && *level <= 100)
    out.readings.push_back({.aspect = Aspect::level, .value = *level, .unit = Unit::percent});
  decode::keep_unknown(payload, {"state", "level"}, out.readings);
  return out;
}

}  // namespace foyer::classe
