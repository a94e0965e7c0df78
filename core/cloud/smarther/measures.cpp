#include <algorithm>

#include "core/cloud/smarther/smarther.hpp"

namespace foyer::smarther {

Result<Measures> read_measures(std::string_view body, Minutes offset) {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView root = json->root();
  if (!root.find("thermometer").is_object() && !root.find("hygrometer").is_object())
    return fail(ErrorKind::malformed, "E15", "thermometer: expected an object", "thermometer");
  Measures out;
  if (const auto id = decode::sender(root)) out.module = ModuleId("smarther:" + *id);
  const auto meter = [&](std::string_view name, Aspect aspect) {
    const decode::Where here{nullptr, name};
    const JsonView meter_json = root.find(name);
    if (meter_json.is_nothing()) return;
    std::size_t index = 0;
    for (const JsonView one : decode::list(meter_json, "measures", here, out.complaints, false).elements())
      if (auto reading = measure(one, aspect, {&here, "measures", index++}, offset, out.complaints))
        out.readings.push_back(std::move(*reading));
  };
  meter("thermometer", Aspect::temperature);
  meter("hygrometer", Aspect::humidity);
  return out;
}

std::vector<MeasureRow> rows(const Measures& measures) {
  std::vector<std::pair<std::optional<Instant>, std::size_t>> order;
  order.reserve(measures.readings.size());
  for (const Reading& one : measures.readings) order.emplace_back(one.measured, order.size());
  std::ranges::sort(order);
  std::vector<MeasureRow> out;
  for (const auto& [at, index] : order) {
    const Reading& one = measures.readings[index];
    const double* value = std::get_if<double>(&one.value);
    if (!value) continue;
    if (out.empty() || !at || out.back().at != at) out.push_back({.at = at});
    (one.aspect == Aspect::humidity ? out.back().humidity : out.back().temperature) = *value;
  }
  return out;
}

}  // namespace foyer::smarther
