// History of modules and rooms: getmeasure and getroommeasure of Netatmo Connect.
//
// Example (compiled by tests/cloud):
//   netatmo::MeasureQuery query{.types = {"temperature"}, .scale = "1hour"};
//   const auto series = netatmo::read_measures(body, query);
//   series->rows[0].from;       // begin of the first hour, UTC
//   series->value(0, 0);        // its temperature, or nothing
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/cloud/decode.hpp"
#include "core/cloud/netatmo/meters.hpp"

namespace foyer::netatmo {

// What was asked for; the answer names none of it.
struct MeasureQuery {
  std::vector<std::string> types{};        // in the order asked for
  std::string scale{};                     // "30min", "1hour", "3hours", "1day", "1week", "1month"
  bool real_time = false;                  // stamps are begins of steps instead of their middles
  Counted counted = Counted::electricity;  // by the channel: what a sum is a sum of
};

struct MeasureColumn {
  std::string type{};         // the cloud's word, "sum_energy_buy_from_grid$1"
  std::string_view unit{};    // "Wh", "l", "°C", "min", "s" (Unix time); empty: not said (prices are in the
                              // contract's currency)
  std::string_view tariff{};  // "basic", "peak", "off_peak" or empty
  bool price = false;
};

struct MeasureRow {
  Instant from{};
  Seconds lasting{0};  // 0: the answer does not tell
  friend bool operator==(const MeasureRow&, const MeasureRow&) = default;
};

struct MeasureSeries {
  std::vector<MeasureColumn> columns{};
  std::vector<MeasureRow> rows{};
  std::vector<std::optional<double>> values{};  // rows × columns, nothing where a type does not apply
  std::vector<std::size_t> segments{};          // index of each segment's first row; between two lies a gap
  decode::Complaints complaints{};

  std::optional<double> value(std::size_t row, std::size_t column) const {
    return values[row * columns.size() + column];
  }
};

MeasureColumn measure_column(std::string_view type, Counted counted = Counted::electricity);
// The length of a step; 0 for a word that is no scale and for months, which differ.
Seconds scale_length(std::string_view scale);

// Both shapes: segments (optimize=true) and an object of time stamps (optimize=false). Rows come in the order
// of time, of one instant one row. A broken row is skipped with a complaint. ErrorKind::malformed when there
// is no body of either shape.
Result<MeasureSeries> read_measures(std::string_view body, const MeasureQuery& query);

}  // namespace foyer::netatmo
