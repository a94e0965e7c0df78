#include "core/model/schedule_json.hpp"

#include "core/model/json_fields.hpp"

namespace foyer {
namespace {

using fields::put;
using fields::text;

void put(JsonWriter& json, std::string_view name, const std::optional<double>& number) {
  if (number) json.number(name, *number);
}

int whole(JsonView json, std::string_view name) {
  return static_cast<int>(json.find(name).integer().value_or(0));
}

std::optional<double> number(JsonView json, std::string_view name) { return json.find(name).as_number(); }

void write_zone(JsonWriter& json, const Zone& zone) {
  json.object().integer("id", zone.id);
  put(json, "name", zone.name);
  if (zone.type) json.integer("type", *zone.type);
  put(json, "price", zone.price);
  put(json, "price_type", zone.price_type);
  if (!zone.rooms.empty()) json.list("rooms");
  for (const ZoneRoom& one : zone.rooms) {
    json.object().text("ambient", one.ambient.text);
    put(json, "temperature", one.temperature);
    put(json, "order", one.order);
    json.end_object();
  }
  if (!zone.rooms.empty()) json.end_list();
  if (!zone.actions.empty()) json.list("actions");
  for (const ZoneAction& one : zone.actions) {
    json.object().text("module", one.module.text).text("property", one.property);
    if (const bool* flag = std::get_if<bool>(&one.value)) json.flag("value", *flag);
    if (const double* value = std::get_if<double>(&one.value)) json.number("value", *value);
    if (const std::string* word = std::get_if<std::string>(&one.value)) json.text("value", *word);
    json.end_object();
  }
  if (!zone.actions.empty()) json.end_list();
  if (!zone.scenarios.empty()) json.list("scenarios");
  for (const std::string& one : zone.scenarios) json.text({}, one);
  if (!zone.scenarios.empty()) json.end_list();
  json.end_object();
}

Zone read_zone(JsonView json) {
  Zone zone{.id = whole(json, "id"), .name = text(json, "name"), .price = number(json, "price")};
  if (json.find("type").type() != JsonType::missing) zone.type = whole(json, "type");
  zone.price_type = text(json, "price_type");
  for (const JsonView one : json.find("rooms").elements())
    zone.rooms.push_back({AmbientId(text(one, "ambient")), number(one, "temperature"), text(one, "order")});
  for (const JsonView one : json.find("actions").elements()) {
    ZoneAction action{.module = ModuleId(text(one, "module")), .property = text(one, "property")};
    const JsonView value = one.find("value");
    if (const auto flag = value.as_flag()) action.value = *flag;
    if (const auto given = value.as_number()) action.value = *given;
    if (auto word = value.as_string()) action.value = std::move(*word);
    zone.actions.push_back(std::move(action));
  }
  for (const JsonView one : json.find("scenarios").elements())
    if (auto id = one.text()) zone.scenarios.push_back(std::move(*id));
  return zone;
}

}  // namespace

void write_json(JsonWriter& json, const Schedule& schedule) {
  json.object().text("id", schedule.id);
  put(json, "name", schedule.name);
  put(json, "type", schedule.type);
  if (schedule.selected) json.flag("selected", true);
  if (schedule.standard) json.flag("standard", true);
  if (!schedule.timetable.empty()) json.list("timetable");
  for (const Slot& one : schedule.timetable)
    json.list().integer({}, one.zone).integer({}, one.minute).end_list();
  if (!schedule.timetable.empty()) json.end_list();
  if (!schedule.zones.empty()) json.list("zones");
  for (const Zone& one : schedule.zones) write_zone(json, one);
  if (!schedule.zones.empty()) json.end_list();
  put(json, "away_temperature", schedule.away_temperature);
  put(json, "frost_temperature", schedule.frost_temperature);
  put(json, "tariff", schedule.tariff);
  put(json, "tariff_option", schedule.tariff_option);
  put(json, "power_threshold", schedule.power_threshold);
  put(json, "power_unit", schedule.power_unit);
  put(json, "raw", schedule.raw);
  json.end_object();
}

Schedule schedule_from_json(JsonView json) {
  Schedule out{.id = text(json, "id"), .name = text(json, "name"), .type = text(json, "type")};
  out.selected = json.find("selected").flag().value_or(false);
  out.standard = json.find("standard").flag().value_or(false);
  for (const JsonView one : json.find("timetable").elements()) {
    std::vector<long long> pair;
    for (const JsonView part : one.elements()) pair.push_back(part.as_integer().value_or(-1));
    if (pair.size() == 2 && pair[0] >= 0 && pair[1] >= 0)
      out.timetable.push_back({static_cast<int>(pair[0]), static_cast<int>(pair[1])});
  }
  for (const JsonView one : json.find("zones").elements()) out.zones.push_back(read_zone(one));
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
