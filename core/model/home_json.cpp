#include "core/model/home_json.hpp"

#include "core/base/json_view.hpp"
#include "core/base/json_writer.hpp"
#include "core/model/json_fields.hpp"
#include "core/model/schedule_json.hpp"

namespace foyer {
namespace {

using fields::put;
using fields::text;

constexpr int schema_number = 1;

// ---- writing

void put(JsonWriter& json, std::string_view name, const std::optional<Instant>& at) {
  if (at) json.integer(name, to_ms(*at));
}

void put(JsonWriter& json, std::string_view name, const std::vector<std::string>& words) {
  if (words.empty()) return;
  json.list(name);
  for (const std::string& one : words) json.text({}, one);
  json.end_list();
}

void put(JsonWriter& json, const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) {
    json.flag("value", *flag);
  } else if (const auto* number = std::get_if<double>(&value)) {
    json.number("value", *number);
  } else {
    json.text("value", *std::get_if<std::string>(&value));
  }
}

void put(JsonWriter& json, const Capability& capability) {
  json.object().text("aspect", to_string(capability.aspect));
  if (!capability.readable) json.flag("readable", false);
  if (capability.commandable) json.flag("commandable", true);
  if (capability.unit != Unit::none) json.text("unit", symbol(capability.unit));
  if (const auto& range = capability.range)
    json.list("range").number({}, range->least).number({}, range->most).number({}, range->step).end_list();
  put(json, "options", capability.options);
  put(json, "labels", capability.labels);
  json.end_object();
}

void put(JsonWriter& json, const Reading& reading) {
  json.object().text("aspect", to_string(reading.aspect));
  put(json, "name", reading.name);
  put(json, reading.value);
  if (reading.unit != Unit::none) json.text("unit", symbol(reading.unit));
  json.integer("received", to_ms(reading.received));
  put(json, "measured", reading.measured);
  json.text("origin", to_string(reading.origin)).end_object();
}

void put(JsonWriter& json, const Module& module) {
  json.object().text("id", module.id.text);
  put(json, "name", module.name);
  json.text("kind", to_string(module.kind));
  put(json, "device", module.device);
  put(json, "product", module.product);
  put(json, "system", module.system);
  put(json, "hardware", module.hardware);
  put(json, "appliance", module.appliance);
  put(json, "ambient", module.ambient.text);
  put(json, "gateway", module.gateway.text);
  put(json, "part_of", module.part_of.text);
  if (module.reach != Reach::unknown) json.flag("reachable", module.reach == Reach::reachable);
  put(json, "unreachable_since", module.unreachable_since);
  put(json, "mode_until", module.mode_until);
  json.list("capabilities");
  for (const Capability& one : module.capabilities) put(json, one);
  json.end_list().list("readings");
  for (const Reading& one : module.readings) put(json, one);
  json.end_list();
  put(json, "raw_topology", module.raw_topology);
  put(json, "raw_status", module.raw_status);
  put(json, "error", module.error);
  json.end_object();
}

// ---- reading

std::optional<Instant> instant(JsonView json, std::string_view name) {
  const auto ms = json.find(name).integer();
  return ms ? std::optional(instant_from_ms(*ms)) : std::nullopt;
}

// A required member; nothing names its path.
Result<std::string> id_of(JsonView json, std::string_view list, std::size_t index) {
  auto id = json.find("id").text();
  if (id && !id->empty()) return std::move(*id);
  std::string field = "id";
  if (!list.empty()) field = std::string(list) + "[" + std::to_string(index) + "].id";
  return fail(ErrorKind::malformed, "E15", field + ": expected text", field);
}

// Reads the elements of a list that may be missing; `read` takes one and its id.
template <class Read>
Result<void> each(JsonView json, std::string_view name, const Read& read) {
  const JsonView list = json.find(name);
  if (!list.is_array() && !list.is_nothing()) {
    const std::string field(name);
    return fail(ErrorKind::malformed, "E15", field + ": expected a list", field);
  }
  std::size_t index = 0;
  for (const JsonView one : list.elements()) {
    auto id = id_of(one, name, index++);
    if (!id) return std::unexpected(std::move(id.error()));
    read(one, std::move(*id));
  }
  return {};
}

Unit unit_from(const std::string& text) {
  for (const Unit unit :
       {Unit::percent, Unit::celsius, Unit::fahrenheit, Unit::watt, Unit::watt_hour, Unit::millivolt})
    if (symbol(unit) == text) return unit;
  return Unit::none;
}

std::vector<std::string> words(JsonView json, std::string_view name) {
  std::vector<std::string> out;
  for (const JsonView one : json.find(name).elements())
    if (auto word = one.as_string()) out.push_back(std::move(*word));
  return out;
}

std::optional<Capability> read_capability(JsonView json) {
  const auto aspect = aspect_from(text(json, "aspect"));
  if (!aspect) return std::nullopt;
  Capability out{.aspect = *aspect};
  out.readable = json.find("readable").flag().value_or(true);
  out.commandable = json.find("commandable").flag().value_or(false);
  out.unit = unit_from(text(json, "unit"));
  if (const JsonView range = json.find("range"); range.is_array() && range.size() == 3) {
    double of[3] = {};
    std::size_t count = 0;
    for (const JsonView one : range.elements()) {
      const auto number = one.as_number();
      if (!number) return std::nullopt;
      of[count++] = *number;
    }
    if (of[2] > 0) out.range = Range{of[0], of[1], of[2]};
  }
  out.options = words(json, "options");
  out.labels = words(json, "labels");
  return out;
}

std::optional<Reading> read_reading(JsonView json) {
  const auto aspect = aspect_from(text(json, "aspect"));
  const auto received = instant(json, "received");
  if (!aspect || !received) return std::nullopt;
  Reading out{.aspect = *aspect, .name = text(json, "name"), .origin = Origin::cached};
  const JsonView value = json.find("value");
  if (const auto flag = value.as_flag()) {
    out.value = *flag;
  } else if (const auto number = value.as_number()) {
    out.value = *number;
  } else if (auto word = value.as_string()) {
    out.value = std::move(*word);
  } else {
    return std::nullopt;
  }
  out.unit = unit_from(text(json, "unit"));
  out.received = *received;
  out.measured = instant(json, "measured");
  return out;
}

Module read_module(JsonView json, std::string id) {
  Module out;
  out.id = ModuleId(std::move(id));
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
  if (const auto reachable = json.find("reachable").flag())
    out.reach = *reachable ? Reach::reachable : Reach::unreachable;
  out.unreachable_since = instant(json, "unreachable_since");
  out.mode_until = instant(json, "mode_until");
  out.raw_topology = text(json, "raw_topology");
  out.raw_status = text(json, "raw_status");
  out.error = text(json, "error");
  for (const JsonView one : json.find("capabilities").elements())
    if (auto capability = read_capability(one)) out.capabilities.push_back(std::move(*capability));
  for (const JsonView one : json.find("readings").elements())
    if (auto reading = read_reading(one)) out.readings.push_back(std::move(*reading));
  return out;
}

}  // namespace

std::string to_json(const Plant& plant) {
  JsonWriter json;
  json.object().integer("schema", schema_number).text("id", plant.id.text);
  put(json, "name", plant.name);
  put(json, "country", plant.country);
  json.list("ambients");
  for (const Ambient& one : plant.ambients) {
    json.object().text("id", one.id.text);
    put(json, "name", one.name);
    put(json, "type", one.type);
    put(json, "floor", one.floor);
    json.end_object();
  }
  json.end_list().list("gateways");
  for (const Gateway& one : plant.gateways) {
    json.object().text("id", one.id.text);
    put(json, "name", one.name);
    put(json, "offline_since", one.offline_since);
    json.end_object();
  }
  json.end_list();
  put(json, "time_zone", plant.time_zone);
  if (plant.setpoint_lasting) json.integer("setpoint_minutes", plant.setpoint_lasting->count());
  if (!plant.schedules.empty()) {
    json.list("schedules");
    for (const Schedule& one : plant.schedules) write_json(json, one);
    json.end_list();
  }
  put(json, "complaints", plant.complaints);
  put(json, "topology_at", plant.topology_at);
  put(json, "status_at", plant.status_at);
  json.list("modules");
  for (const Module& one : plant.modules) put(json, one);
  return json.end_list().end_object().take();
}

Result<Plant> plant_from_json(std::string_view text_form) {
  const auto parsed = JsonText::parse(text_form, std::size_t{64} << 20);
  if (!parsed) return std::unexpected(parsed.error());
  const JsonView json = parsed->root();
  if (json.find("schema").integer() != schema_number)
    return fail(ErrorKind::malformed, "E15", "schema: expected 1", "schema");
  auto id = id_of(json, {}, 0);
  if (!id) return std::unexpected(id.error());
  Plant plant;
  plant.id = PlantId(*id);
  plant.name = text(json, "name");
  plant.country = text(json, "country");
  auto done = each(json, "ambients", [&](JsonView one, std::string own) {
    plant.ambients.push_back(
        {AmbientId(std::move(own)), text(one, "name"), text(one, "type"), text(one, "floor")});
  });
  plant.modules.reserve(json.find("modules").size());
  if (done)
    done = each(json, "modules", [&](JsonView one, std::string own) {
      plant.modules.push_back(read_module(one, std::move(own)));
    });
  if (done)
    done = each(json, "gateways", [&](JsonView one, std::string own) {
      plant.gateways.push_back({GatewayId(std::move(own)), text(one, "name"), instant(one, "offline_since")});
    });
  if (!done) return std::unexpected(done.error());
  plant.time_zone = text(json, "time_zone");
  if (const auto minutes = json.find("setpoint_minutes").integer())
    plant.setpoint_lasting = Minutes(*minutes);
  for (const JsonView one : json.find("schedules").elements())
    plant.schedules.push_back(schedule_from_json(one));
  plant.complaints = words(json, "complaints");
  plant.topology_at = instant(json, "topology_at");
  plant.status_at = instant(json, "status_at");
  return plant;
}

}  // namespace foyer
