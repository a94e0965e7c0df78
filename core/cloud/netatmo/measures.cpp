#include "core/cloud/netatmo/measures.hpp"

#include <algorithm>
#include <array>

namespace foyer::netatmo {
namespace {

using decode::Where;

constexpr long long latest_stamp = 253402300799;  // the last second of the year 9999

struct KnownType {
  std::string_view front, unit;
  bool price;
};
// Longer fronts first: the price of a sum begins like the sum.
constexpr std::array known_types = {
    KnownType{"sum_energy_buy_from_grid_price", "", true},
    KnownType{"sum_energy_price", "", true},
    KnownType{"sum_energy", "Wh", false},
    KnownType{"sum_fluid_price", "", true},
    KnownType{"sum_fluid", "l", false},
    KnownType{"date_min_temp", "s", false},
    KnownType{"date_max_temp", "s", false},
    KnownType{"temperature", "°C", false},
    KnownType{"sp_temperature", "°C", false},
    KnownType{"min_temp", "°C", false},
    KnownType{"max_temp", "°C", false},
    KnownType{"boileron", "min", false},
    KnownType{"boileroff", "min", false},
    KnownType{"sum_boiler", "min", false},
};

constexpr std::array<std::string_view, 3> tariffs = {"basic", "peak", "off_peak"};

class MeasureReader {
 public:
  MeasureReader(MeasureSeries& out, const MeasureQuery& query) : out_(out), query_(query) {}

  void segments(JsonView body) {
    std::size_t index = 0;
    for (const JsonView segment : body.elements()) read_segment(segment, Where{nullptr, "body", index++});
  }

  // {"<unix>":[…]}; the stamps come in any order.
  void stamps(JsonView body) {
    const Seconds step = scale_length(query_.scale);
    std::vector<std::pair<long long, JsonView>> rows;
    const Where where{nullptr, "body"};
    for (const auto [name, value] : body.members()) {
      const auto at = stamp(name);
      if (at) {
        rows.emplace_back(*at, value);
      } else {
        out_.complaints.push_back(where.text(name.text().value_or("")) + ": expected a time");
      }
    }
    std::ranges::sort(rows, {}, &std::pair<long long, JsonView>::first);
    for (const auto& [at, value] : rows) {
      const std::string name = std::to_string(at);
      const Instant from = begin(at, step);
      const bool follows = !out_.rows.empty() && out_.rows.back().from + step == from;
      if (!follows) out_.segments.push_back(out_.rows.size());
      row(value, from, step, Where{&where, name});
    }
  }

 private:
  static std::optional<long long> stamp(JsonView value) {
    const auto at = value.integer();
    return at && *at >= 0 && *at <= latest_stamp ? at : std::nullopt;
  }

  Instant begin(long long at, Seconds step) const {
    return Instant(Millis(at * 1000) - (query_.real_time ? Millis(0) : Millis(step) / 2));
  }

  void read_segment(JsonView segment, const Where& where) {
    const auto first = stamp(segment.find("beg_time"));
    if (!first) {
      out_.complaints.push_back(where.text("beg_time") + ": expected a time");
      return;
    }
    const JsonView told = segment.find("step_time");
    const auto step = stamp(told);
    if (!step && !told.is_nothing())
      out_.complaints.push_back(where.text("step_time") + ": expected seconds");
    const Seconds length = step ? Seconds(*step) : scale_length(query_.scale);
    const JsonView values = decode::list(segment, "value", where, out_.complaints, false);
    if (values.size() > 1 && length.count() == 0) {
      out_.complaints.push_back(where.text("step_time") + ": expected seconds");
      return;
    }
    if (values.size() != 0) out_.segments.push_back(out_.rows.size());
    std::size_t index = 0;
    for (const JsonView value : values.elements()) {
      const long long at = *first + static_cast<long long>(index) * length.count();
      if (at > latest_stamp) {
        out_.complaints.push_back(where.text("step_time") + ": reaches too far");
        return;
      }
      row(value, begin(at, length), length, Where{&where, "value", index++});
    }
  }

  void row(JsonView value, Instant from, Seconds lasting, const Where& where) {
    out_.rows.push_back({from, lasting});
    const std::size_t columns = out_.columns.size();
    const std::size_t end = out_.values.size() + columns;
    const auto put = [&](JsonView one, const Where& here) {
      if (out_.values.size() == end) return out_.complaints.push_back(here.text() + ": was not asked for");
      const auto number = one.number();
      if (!number && !one.is_nothing()) out_.complaints.push_back(here.text() + ": expected a number");
      out_.values.push_back(number);
    };
    if (value.is_array()) {
      std::size_t index = 0;
      for (const JsonView one : value.elements()) put(one, Where{&where, {}, index++});
    } else {
      put(value, where);  // a lone number instead of a list of one
    }
    out_.values.resize(end);
  }

  MeasureSeries& out_;
  const MeasureQuery& query_;
};

// Segments may come in any order and overlap: the rows in the order of time, of one instant one row.
void put_in_order(MeasureSeries& series) {
  const std::size_t columns = series.columns.size();
  const auto later = [](const MeasureRow& a, const MeasureRow& b) { return a.from >= b.from; };
  if (std::ranges::adjacent_find(series.rows, later) == series.rows.end()) return;
  std::vector<std::size_t> order(series.rows.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, {}, [&](std::size_t row) { return std::pair(series.rows[row].from, row); });
  MeasureSeries out{.columns = std::move(series.columns), .complaints = std::move(series.complaints)};
  for (const std::size_t row : order) {
    const MeasureRow& one = series.rows[row];
    const auto value = [&](std::size_t column) { return series.values[row * columns + column]; };
    if (!out.rows.empty() && out.rows.back().from == one.from) {
      const std::size_t begin = out.values.size() - columns;
      for (std::size_t i = 0; i < columns; ++i)
        if (!out.values[begin + i]) out.values[begin + i] = value(i);
      continue;
    }
    if (out.rows.empty() || out.rows.back().from + out.rows.back().lasting != one.from)
      out.segments.push_back(out.rows.size());
    out.rows.push_back(one);
    for (std::size_t i = 0; i < columns; ++i) out.values.push_back(value(i));
  }
  series = std::move(out);
}

}  // namespace

MeasureColumn measure_column(std::string_view type, Counted counted) {
  MeasureColumn column{.type = std::string(type)};
  for (const KnownType& one : known_types)
    if (type.starts_with(one.front)) {
      column.unit = one.unit;
      column.price = one.price;
      const bool sum = one.front == "sum_energy" || one.front == "sum_fluid";
      if (sum && counted != Counted::electricity) column.unit = unit_of(counted);
      break;
    }
  if (type.size() > 2 && type[type.size() - 2] == '$' && type.back() >= '0' && type.back() <= '2')
    column.tariff = tariffs[static_cast<std::size_t>(type.back() - '0')];
  return column;
}

Seconds scale_length(std::string_view scale) {
  struct Scale {
    std::string_view word;
    Seconds length;
  };
  constexpr std::array<Scale, 5> scales = {{{"30min", Minutes(30)},
                                            {"1hour", Hours(1)},
                                            {"3hours", Hours(3)},
                                            {"1day", Hours(24)},
                                            {"1week", Hours(7 * 24)}}};
  for (const Scale& one : scales)
    if (one.word == scale) return one.length;
  return Seconds(0);
}

Result<MeasureSeries> read_measures(std::string_view body, const MeasureQuery& query) {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  MeasureSeries series;
  for (const std::string& type : query.types) series.columns.push_back(measure_column(type, query.counted));
  const JsonView rows = json->root().find("body");
  MeasureReader reader(series, query);
  if (rows.is_array()) {
    reader.segments(rows);
  } else if (rows.is_object()) {
    reader.stamps(rows);
  } else {
    return fail(ErrorKind::malformed, "E15", "body: expected a list", "body");
  }
  put_in_order(series);
  return series;
}

}  // namespace foyer::netatmo
