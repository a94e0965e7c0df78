#include "web/headless/history.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/json.hpp"
#include "core/cloud/catalog/catalog.hpp"
#include "core/cloud/smarther/smarther.hpp"
#include "web/headless/choose.hpp"

namespace foyer::headless {
namespace {

constexpr long long most_rows = 1024;  // of one answer

std::unexpected<Error> unsupported(std::string why) {
  return fail(ErrorKind::unsupported, "", std::move(why));
}

std::string_view cloud_of(const Plant& plant) {
  return std::string_view(plant.id.text).substr(0, plant.id.text.find(':'));
}

Result<std::optional<Instant>> instant(const std::string& text, const char* option) {
  if (text.empty()) return std::nullopt;
  if (const auto number = parse_number(text); number && *number >= 0 && *number < 253402300800)
    return instant_from_ms(static_cast<std::int64_t>(*number) * 1000);
  if (const auto at = parse_iso8601(text)) return at;
  return fail(ErrorKind::invalid_input, "", "expected a time like 2026-01-10T18:00:00Z or Unix seconds",
              option);
}

// What is asked for when nobody says which stretch.
Seconds usual_stretch(std::string_view scale) {
  const Seconds step = netatmo::scale_length(scale);
  return step == Seconds(0) ? Seconds(Hours(366 * 24)) : step * 48;
}

Result<HistoryRequest> netatmo_request(const Plant& plant, const HistoryWish& wish, Instant now) {
  HistoryRequest out;
  out.query.scale = wish.scale.empty() ? "1hour" : wish.scale;
  catalog::Values values;
  const char* operation = "netatmo.getmeasure";
  std::vector<std::string> types;
  if (!wish.type.empty()) types.push_back(wish.type);
  const auto room = choose_ambient(plant, wish.target);
  const auto module = choose_module(plant, wish.target);
  if (room || (module && (*module)->device == "room")) {
    out.subject = room ? (*room)->id.text : (*module)->ambient.text;
    operation = "netatmo.getroommeasure";
    values = {{"home", plant.id.text}, {"room", out.subject}};
    if (types.empty()) types.emplace_back(netatmo::room_types);
  } else if (module) {
    if ((*module)->kind == Kind::scene || (*module)->device == "heating")
      return unsupported("there is no history of \"" + (*module)->name + "\"");
    out.subject = (*module)->id.text;
    values = {{"bridge", netatmo::bridge_of(plant, **module)}, {"module", out.subject}};
    if (types.empty()) types = netatmo::history_types(**module, out.query.scale);
    out.query.counted = netatmo::counted_by(**module);
  } else {
    return std::unexpected(module.error());
  }
  const auto from = instant(wish.from, "--from"), to = instant(wish.to, "--to");
  if (!from) return std::unexpected(from.error());
  if (!to) return std::unexpected(to.error());
  const Instant end = to->value_or(now), begin = from->value_or(end - usual_stretch(out.query.scale));
  if (end <= begin) return fail(ErrorKind::invalid_input, "", "--from is not before --to", "--from");
  const Seconds step = netatmo::scale_length(out.query.scale);
  if (step.count() > 0 && (end - begin) / step > most_rows)
    return fail(ErrorKind::invalid_input, "",
                "at most 1024 steps: choose a larger --scale or a shorter stretch", "--scale");
  values.emplace_back("scale", out.query.scale);
  values.emplace_back("from", std::to_string(to_ms(begin) / 1000));
  values.emplace_back("to", std::to_string(to_ms(end) / 1000));
  std::vector<HistoryRequest> all;
  for (const std::string& type : types) {
    catalog::Values asked = values;
    asked.emplace_back("type", type);
    auto call = make_call(*catalog::find(operation), asked);
    if (!call) return std::unexpected(call.error());
    all.push_back({.call = std::move(*call), .subject = out.subject, .query = out.query});
    all.back().query.types = netatmo::split_types(type);
  }
  out = std::move(all.front());
  out.others.assign(std::make_move_iterator(all.begin() + 1), std::make_move_iterator(all.end()));
  return out;
}

Result<HistoryRequest> smarther_request(const Plant& plant, const HistoryWish& wish) {
  if (!wish.from.empty() || !wish.to.empty() || !wish.scale.empty() || !wish.type.empty())
    return unsupported("Smarther tells the present values only; leave out --from, --to, --scale and --type");
  const auto module = choose_module(plant, wish.target);
  if (!module) return std::unexpected(module.error());
  auto call = make_call(*catalog::find("smarther.measures"),
                        {{"plant", plant.id.text}, {"module", (*module)->id.text}});
  if (!call) return std::unexpected(call.error());
  return HistoryRequest{.call = std::move(*call), .subject = (*module)->id.text};
}

Json row_json(Instant from, Seconds lasting, Json values) {
  Json out = {{"from", to_iso8601(from)}};
  if (lasting.count() > 0) out["seconds"] = lasting.count();
  out["values"] = std::move(values);
  return out;
}

Json column_json(const netatmo::MeasureColumn& column) {
  Json out = {{"type", column.type}};
  if (!column.unit.empty()) out["unit"] = column.unit;
  if (!column.tariff.empty()) out["tariff"] = column.tariff;
  if (column.price) out["price"] = true;
  return out;
}

void put_series(Json& out, const netatmo::MeasureSeries& series, const netatmo::MeasureQuery& query) {
  out["scale"] = query.scale;
  out["columns"] = Json::array();
  for (const auto& column : series.columns) out["columns"].push_back(column_json(column));
  out["rows"] = Json::array();
  for (std::size_t row = 0; row < series.rows.size(); ++row) {
    Json values = Json::array();
    for (std::size_t column = 0; column < series.columns.size(); ++column) {
      const auto value = series.value(row, column);
      values.push_back(value ? Json(*value) : Json(nullptr));
    }
    out["rows"].push_back(row_json(series.rows[row].from, series.rows[row].lasting, std::move(values)));
  }
  out["segments"] = series.segments;
  out["complaints"] = series.complaints;
}

// The two meters measure at their own times, which may be the same.
void put_measures(Json& out, const smarther::Measures& measures) {
  const bool fahrenheit = !measures.readings.empty() && measures.readings.front().unit == Unit::fahrenheit;
  out["columns"] = {
      {{"type", "temperature"}, {"unit", symbol(fahrenheit ? Unit::fahrenheit : Unit::celsius)}},
      {{"type", "humidity"}, {"unit", symbol(Unit::percent)}}};
  out["rows"] = Json::array();
  const auto json = [](const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); };
  for (const smarther::MeasureRow& one : smarther::rows(measures))
    out["rows"].push_back(row_json(one.at.value_or(Instant{}), Seconds(0),
                                   Json::array({json(one.temperature), json(one.humidity)})));
  out["complaints"] = measures.complaints;
}

}  // namespace

Result<HistoryRequest> history_request(const Plant& plant, const HistoryWish& wish, Instant now) {
  const std::string_view cloud = cloud_of(plant);
  if (cloud == "netatmo") return netatmo_request(plant, wish, now);
  if (cloud == "smarther") return smarther_request(plant, wish);
  return unsupported(
      "the address of this cloud's consumption history isn't public (see docs/apis.md); the present power is "
      "in state");
}

bool brings_nothing(const HistoryRequest& request, std::string_view body) {
  if (request.query.types.empty()) return false;
  const auto series = netatmo::read_measures(body, request.query);
  return series && std::ranges::none_of(series->values, [](const auto& value) { return value.has_value(); });
}

Result<std::string> history_json(const Plant& plant, const HistoryRequest& request, std::string_view body,
                                 Minutes offset) {
  Json out = {{"home", plant.id.text}, {"subject", request.subject}};
  if (cloud_of(plant) == "smarther") {
    const auto measures = smarther::read_measures(body, offset);
    if (!measures) return std::unexpected(measures.error());
    put_measures(out, *measures);
  } else {
    const auto series = netatmo::read_measures(body, request.query);
    if (!series) return std::unexpected(series.error());
    put_series(out, *series, request.query);
  }
  return dump_json(out);
}

}  // namespace foyer::headless
