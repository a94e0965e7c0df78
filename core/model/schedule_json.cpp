#include "core/model/schedule_json.hpp"

namespace foyer {
namespace {

void put(Json& json, const char* name, const std::string& text) {
  if (!text.empty()) json[name] = text;
}

template <class T>
void put(Json& json, const char* name, const std::optional<T>& number) {
  if (number) json[name] = *number;
}

std::string text(const Json& json, std::string_view name) { return text_of(json, name).value_or(""); }

int whole(const Json& json, std::string_view name) {
  return static_cast<int>(integer_of(json, name).value_or(0));
}

std::optional<double> number(const Json& json, std::string_view name) {
  const Json* value = find(json, name);
  return value && value->is_number() ? std::optional(value->get<double>()) : std::nullopt;
}

// The elements of an array member, none when there is no such array.
const Json& list(const Json& json, std::string_view name) {
  static const Json none = Json::array();
  const Json* value = find(json, name);
  return value && value->is_array() ? *value : none;
}

Json zone_json(const Zone& zone) {
  Json json = {{"id", zone.id}};
  put(json, "name", zone.name);
  put(json, "type", zone.type);
  put(json, "price", zone.price);
  put(json, "price_type", zone.price_type);
  for (const ZoneRoom& one : zone.rooms) {
    Json room = {{"ambient", one.ambient.text}};
    put(room, "temperature", one.temperature);
    put(room, "order", one.order);
    json["rooms"].push_back(std::move(room));
  }
  for (const ZoneAction& one : zone.actions) {
    Json action = {{"module", one.module.text}, {"property", one.property}};
    std::visit([&](const auto& value) { action["value"] = value; }, one.value);
    json["actions"].push_back(std::move(action));
  }
  return json;
}

Zone read_zone(const Json& json) {
  Zone zone{.id = whole(json, "id"), .name = text(json, "name"), .price = number(json, "price")};
  if (find(json, "type")) zone.type = whole(json, "type");
  zone.price_type = text(json, "price_type");
  for (const Json& one : list(json, "rooms"))
    zone.rooms.push_back({AmbientId(text(one, "ambient")), number(one, "temperature"), text(one, "order")});
  for (const Json& one : list(json, "actions")) {
    ZoneAction action{.module = ModuleId(text(one, "module")), .property = text(one, "property")};
    const Json* value = find(one, "value");
    if (value && value->is_boolean()) action.value = value->get<bool>();
    if (value && value->is_number()) action.value = value->get<double>();
    if (value && value->is_string()) action.value = value->get<std::string>();
    zone.actions.push_back(std::move(action));
  }
  return zone;
}

}  // namespace

Json to_json(const Schedule& schedule) {
  Json json = {{"id", schedule.id}};
  put(json, "name", schedule.name);
  put(json, "type", schedule.type);
  if (schedule.selected) json["selected"] = true;
  if (schedule.standard) json["standard"] = true;
  for (const Slot& one : schedule.timetable) json["timetable"].push_back({one.zone, one.minute});
  for (const Zone& one : schedule.zones) json["zones"].push_back(zone_json(one));
  put(json, "away_temperature", schedule.away_temperature);
  put(json, "frost_temperature", schedule.frost_temperature);
  put(json, "tariff", schedule.tariff);
  put(json, "tariff_option", schedule.tariff_option);
  put(json, "power_threshold", schedule.power_threshold);
  put(json, "power_unit", schedule.power_unit);
  put(json, "raw", schedule.raw);
  return json;
}

Schedule schedule_from_json(const Json& json) {
  Schedule out{.id = text(json, "id"), .name = text(json, "name"), .type = text(json, "type")};
  out.selected = bool_of(json, "selected").value_or(false);
  out.standard = bool_of(json, "standard").value_or(false);
  for (const Json& one : list(json, "timetable"))
    if (one.is_array() && one.size() == 2 && one[0].is_number_integer() && one[1].is_number_integer())
      out.timetable.push_back({one[0].get<int>(), one[1].get<int>()});
  for (const Json& one : list(json, "zones")) out.zones.push_back(read_zone(one));
  out.away_temperature = number(json, "away_temperature");
  out.frost_temperature = number(json, "frost_temperature");
  out.tariff = text(json, "tariff");
  out.tariff_option = text(json, "tariff_option");
  out.power_threshold = number(json, "power_threshold");
  out.power_unit = text(json, "power_unit");
  out.raw = text(json, "raw");
  return out;
}

}  // namespace foyer
