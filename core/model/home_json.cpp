#include "core/model/home_json.hpp"

#include "core/base/json.hpp"
#include "core/model/schedule_json.hpp"

namespace foyer {
namespace {

constexpr int schema_number = 1;

// ---- writing

void put(Json& json, const char* name, const std::string& text) {
  if (!text.empty()) json[name] = text;
}

void put(Json& json, const char* name, const std::optional<Instant>& at) {
  if (at) json[name] = to_ms(*at);
}

Json value_json(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return Json(*flag);
  if (const auto* number = std::get_if<double>(&value)) return Json(*number);
  return Json(std::get<std::string>(value));
}

Json capability_json(const Capability& capability) {
  Json json = {{"aspect", to_string(capability.aspect)}};
  if (!capability.readable) json["readable"] = false;
  if (capability.commandable) json["commandable"] = true;
  if (capability.unit != Unit::none) json["unit"] = symbol(capability.unit);
  if (capability.range)
    json["range"] = {capability.range->least, capability.range->most, capability.range->step};
  if (!capability.options.empty()) json["options"] = capability.options;
  if (!capability.labels.empty()) json["labels"] = capability.labels;
  return json;
}

Json reading_json(const Reading& reading) {
  Json json = {{"aspect", to_string(reading.aspect)}};
  put(json, "name", reading.name);
  json["value"] = value_json(reading.value);
  if (reading.unit != Unit::none) json["unit"] = symbol(reading.unit);
  json["received"] = to_ms(reading.received);
  put(json, "measured", reading.measured);
  json["origin"] = to_string(reading.origin);
  return json;
}

Json module_json(const Module& module) {
  Json json = {{"id", module.id.text}};
  put(json, "name", module.name);
  json["kind"] = to_string(module.kind);
  put(json, "device", module.device);
  put(json, "product", module.product);
  put(json, "system", module.system);
  put(json, "hardware", module.hardware);
  put(json, "appliance", module.appliance);
  put(json, "ambient", module.ambient.text);
  put(json, "gateway", module.gateway.text);
  put(json, "part_of", module.part_of.text);
  if (module.reach != Reach::unknown) json["reachable"] = module.reach == Reach::reachable;
  put(json, "unreachable_since", module.unreachable_since);
  put(json, "mode_until", module.mode_until);
  json["capabilities"] = Json::array();
  for (const Capability& one : module.capabilities) json["capabilities"].push_back(capability_json(one));
  json["readings"] = Json::array();
  for (const Reading& one : module.readings) json["readings"].push_back(reading_json(one));
  put(json, "raw_topology", module.raw_topology);
  put(json, "raw_status", module.raw_status);
  put(json, "error", module.error);
  return json;
}

// ---- reading

std::string text(const Json& json, std::string_view name) { return text_of(json, name).value_or(""); }

std::optional<Instant> instant(const Json& json, std::string_view name) {
  const auto ms = integer_of(json, name);
  return ms ? std::optional(instant_from_ms(*ms)) : std::nullopt;
}

Unit unit_from(const std::string& text) {
  for (const Unit unit :
       {Unit::percent, Unit::celsius, Unit::fahrenheit, Unit::watt, Unit::watt_hour, Unit::millivolt})
    if (symbol(unit) == text) return unit;
  return Unit::none;
}

std::vector<std::string> words(const Json& json, std::string_view name) {
  std::vector<std::string> out;
  if (const Json* list = find(json, name); list && list->is_array())
    for (const Json& one : *list)
      if (one.is_string()) out.push_back(one.get<std::string>());
  return out;
}

std::optional<Capability> read_capability(const Json& json) {
  const auto aspect = aspect_from(text(json, "aspect"));
  if (!aspect) return std::nullopt;
  Capability out{.aspect = *aspect};
  out.readable = bool_of(json, "readable").value_or(true);
  out.commandable = bool_of(json, "commandable").value_or(false);
  out.unit = unit_from(text(json, "unit"));
  if (const Json* range = find(json, "range"); range && range->is_array() && range->size() == 3) {
    const Json& r = *range;
    if (!r[0].is_number() || !r[1].is_number() || !r[2].is_number()) return std::nullopt;
    const Range value{r[0].get<double>(), r[1].get<double>(), r[2].get<double>()};
    if (value.step > 0) out.range = value;
  }
  out.options = words(json, "options");
  out.labels = words(json, "labels");
  return out;
}

std::optional<Reading> read_reading(const Json& json) {
  const auto aspect = aspect_from(text(json, "aspect"));
  const auto received = instant(json, "received");
  const Json* value = find(json, "value");
  if (!aspect || !received || !value) return std::nullopt;
  Reading out{.aspect = *aspect, .name = text(json, "name"), .origin = Origin::cached};
  if (value->is_boolean()) {
    out.value = value->get<bool>();
  } else if (value->is_number()) {
    out.value = value->get<double>();
  } else if (value->is_string()) {
    out.value = value->get<std::string>();
  } else {
    return std::nullopt;
  }
  out.unit = unit_from(text(json, "unit"));
  out.received = *received;
  out.measured = instant(json, "measured");
  return out;
}

Result<Module> read_module(const Json& json, const std::string& path) {
  auto id = require_text(json, "id", path);
  if (!id) return std::unexpected(id.error());
  Module out;
  out.id = ModuleId(*id);
  out.name = text(json, "name");
  out.kind = kind_from(text(json, "kind")).value_or(Kind::unknown);
  out.device = text(json, "device");
  out.product = text(json, "product");
  out.system = text(json, "system");
  out.hardware = text(json, "hardware");
  out.appliance = text(json, "appliance");
  out.ambient = AmbientId(text(json, "ambient"));
  out.gateway = GatewayId(text(json, "gateway"));
  out.part_of = ModuleId(text(json, "part_of"));
  if (const auto reachable = bool_of(json, "reachable"))
    out.reach = *reachable ? Reach::reachable : Reach::unreachable;
  out.unreachable_since = instant(json, "unreachable_since");
  out.mode_until = instant(json, "mode_until");
  out.raw_topology = text(json, "raw_topology");
  out.raw_status = text(json, "raw_status");
  out.error = text(json, "error");
  if (const Json* list = find(json, "capabilities"); list && list->is_array())
    for (const Json& one : *list)
      if (auto capability = read_capability(one)) out.capabilities.push_back(std::move(*capability));
  if (const Json* list = find(json, "readings"); list && list->is_array())
    for (const Json& one : *list)
      if (auto reading = read_reading(one)) out.readings.push_back(std::move(*reading));
  return out;
}

Result<void> read_ambients(const Json& json, Plant& plant) {
  auto list = array_of(json, "ambients", "");
  if (!list) return std::unexpected(list.error());
  for (std::size_t i = 0; i < (*list)->size(); ++i) {
    const Json& one = (**list)[i];
    auto id = require_text(one, "id", "ambients[" + std::to_string(i) + "]");
    if (!id) return std::unexpected(id.error());
    plant.ambients.push_back({AmbientId(*id), text(one, "name"), text(one, "type"), text(one, "floor")});
  }
  return {};
}

Result<void> read_gateways(const Json& json, Plant& plant) {
  auto list = array_of(json, "gateways", "");
  if (!list) return std::unexpected(list.error());
  for (std::size_t i = 0; i < (*list)->size(); ++i) {
    const Json& one = (**list)[i];
    auto id = require_text(one, "id", "gateways[" + std::to_string(i) + "]");
    if (!id) return std::unexpected(id.error());
    plant.gateways.push_back({GatewayId(*id), text(one, "name"), instant(one, "offline_since")});
  }
  return {};
}

Result<void> read_modules(const Json& json, Plant& plant) {
  auto list = array_of(json, "modules", "");
  if (!list) return std::unexpected(list.error());
  plant.modules.reserve((*list)->size());
  for (std::size_t i = 0; i < (*list)->size(); ++i) {
    auto module = read_module((**list)[i], "modules[" + std::to_string(i) + "]");
    if (!module) return std::unexpected(module.error());
    plant.modules.push_back(std::move(*module));
  }
  return {};
}

}  // namespace

std::string to_json(const Plant& plant) {
  Json json = {{"schema", schema_number}, {"id", plant.id.text}};
  put(json, "name", plant.name);
  put(json, "country", plant.country);
  json["ambients"] = Json::array();
  for (const Ambient& one : plant.ambients) {
    Json ambient = {{"id", one.id.text}};
    put(ambient, "name", one.name);
    put(ambient, "type", one.type);
    put(ambient, "floor", one.floor);
    json["ambients"].push_back(std::move(ambient));
  }
  json["gateways"] = Json::array();
  for (const Gateway& one : plant.gateways) {
    Json gateway = {{"id", one.id.text}};
    put(gateway, "name", one.name);
    put(gateway, "offline_since", one.offline_since);
    json["gateways"].push_back(std::move(gateway));
  }
  put(json, "time_zone", plant.time_zone);
  if (plant.setpoint_lasting) json["setpoint_minutes"] = plant.setpoint_lasting->count();
  for (const Schedule& one : plant.schedules) json["schedules"].push_back(to_json(one));
  if (!plant.complaints.empty()) json["complaints"] = plant.complaints;
  put(json, "topology_at", plant.topology_at);
  put(json, "status_at", plant.status_at);
  // Modules one by one: a tree of ten thousand of them would be ten times their text.
  std::string text = dump_json(json);
  text.pop_back();
  text += ",\"modules\":[";
  for (const Module& one : plant.modules) {
    if (&one != &plant.modules.front()) text += ',';
    text += dump_json(module_json(one));
  }
  return text += "]}";
}

Result<Plant> plant_from_json(std::string_view text_form) {
  const auto json = parse_json(text_form, std::size_t{64} << 20, Duplicates::last_wins);
  if (!json) return std::unexpected(json.error());
  if (integer_of(*json, "schema") != schema_number)
    return fail(ErrorKind::malformed, "E15", "schema: expected 1", "schema");
  auto id = require_text(*json, "id", "");
  if (!id) return std::unexpected(id.error());
  Plant plant;
  plant.id = PlantId(*id);
  plant.name = text(*json, "name");
  plant.country = text(*json, "country");
  if (auto done = read_ambients(*json, plant); !done) return std::unexpected(done.error());
  if (auto done = read_modules(*json, plant); !done) return std::unexpected(done.error());
  if (auto done = read_gateways(*json, plant); !done) return std::unexpected(done.error());
  plant.time_zone = text(*json, "time_zone");
  if (const auto minutes = integer_of(*json, "setpoint_minutes")) plant.setpoint_lasting = Minutes(*minutes);
  if (const Json* list = find(*json, "schedules"); list && list->is_array())
    for (const Json& one : *list) plant.schedules.push_back(schedule_from_json(one));
  plant.complaints = words(*json, "complaints");
  plant.topology_at = instant(*json, "topology_at");
  plant.status_at = instant(*json, "status_at");
  return plant;
}

}  // namespace foyer
