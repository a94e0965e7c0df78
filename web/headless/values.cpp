#include "web/headless/values.hpp"

namespace foyer::headless {

void put(Json& json, const char* name, const std::string& text) {
  if (!text.empty()) json[name] = text;
}

void put(Json& json, const char* name, const std::optional<Instant>& at) {
  if (at) json[name] = to_iso8601(*at);
}

Json reading_json(const Reading& reading) {
  Json out = {{"aspect", to_string(reading.aspect)}};
  put(out, "name", reading.name);
  std::visit([&](const auto& value) { out["value"] = value; }, reading.value);
  if (reading.unit != Unit::none) out["unit"] = symbol(reading.unit);
  put(out, "measured", reading.measured);
  return out;
}

Json status_json(const ModuleStatus& status) {
  Json out = {{"id", status.id.text}};
  if (status.reach != Reach::unknown) out["reachable"] = status.reach == Reach::reachable;
  put(out, "mode_until", status.mode_until);
  out["readings"] = Json::array();
  for (const Reading& one : status.readings) out["readings"].push_back(reading_json(one));
  return out;
}

}  // namespace foyer::headless
