#include "core/app/history/series.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "core/base/number.hpp"

namespace foyer::history {
namespace {

struct QuantityRow {
  std::string_view name, unit;
  bool adds_up;
};
constexpr std::array<QuantityRow, 8> quantities{{{"electricity", "Wh", true},
                                                 {"gas", "dm³", true},
                                                 {"water", "dm³", true},
                                                 {"heat", "Wh", true},
                                                 {"boiler", "min", true},
                                                 {"temperature", "°C", false},
                                                 {"setpoint", "°C", false},
                                                 {"humidity", "%", false}}};
constexpr std::array<std::string_view, 4> periods{"day", "week", "month", "year"};

const QuantityRow& row(Quantity quantity) { return quantities[static_cast<std::size_t>(quantity)]; }

// Midnight of a local date; the offset is that of the moment itself.
Instant midnight(LocalTime date, const UtcOffset& utc_offset) {
  date.hour = date.minute = date.second = 0;
  const Instant guess = from_local(date, Minutes(0));
  const Instant at = guess - utc_offset(guess - utc_offset(guess));
  return guess - utc_offset(at);
}

LocalTime date_of(Instant at, const UtcOffset& utc_offset) { return to_local(at, utc_offset(at)); }

LocalTime plus_days(const LocalTime& date, int days) {
  return to_local(from_local({date.year, date.month, date.day, 12, 0, 0}, Minutes(0)) + Hours(24 * days),
                  Minutes(0));
}

LocalTime plus_months(LocalTime date, int months) {
  const int month = date.year * 12 + date.month - 1 + months;
  return {month / 12, month % 12 + 1, 1, 0, 0, 0};
}

// Monday is 0.
int weekday(const LocalTime& date) {
  const auto days = std::chrono::floor<std::chrono::days>(
      from_local({date.year, date.month, date.day, 0, 0, 0}, Minutes(0)));
  return static_cast<int>(std::chrono::weekday(days).iso_encoding()) - 1;
}

// The date at which the period begins, and that at which the one `ahead` later begins.
LocalTime begin_of(Period period, const LocalTime& date, int ahead) {
  switch (period) {
    case Period::day:
      return plus_days(date, ahead);
    case Period::week:
      return plus_days(date, 7 * ahead - weekday(date));
    case Period::month:
      return plus_months(date, ahead);
    case Period::year:
      return {date.year + ahead, 1, 1, 0, 0, 0};
  }
  return date;
}

double nice_step(double range) {
  const double rough = range / 4, power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (rough <= factor * power) return factor * power;
  return 10 * power;
}

void add(std::optional<double>& sum, const std::optional<double>& value) {
  if (value) sum = sum.value_or(0) + *value;
}

}  // namespace

std::string_view to_string(Period period) { return periods[static_cast<std::size_t>(period)]; }

std::optional<Period> period_from(std::string_view word) {
  const auto at = std::ranges::find(periods, word);
  if (at == periods.end()) return std::nullopt;
  return static_cast<Period>(at - periods.begin());
}

std::string_view to_string(Quantity quantity) { return row(quantity).name; }
bool adds_up(Quantity quantity) { return row(quantity).adds_up; }
std::string_view unit_text(Quantity quantity) { return row(quantity).unit; }

Stretch stretch(Period period, Instant at, const UtcOffset& utc_offset) {
  const LocalTime date = date_of(at, utc_offset);
  return {midnight(begin_of(period, date, 0), utc_offset), midnight(begin_of(period, date, 1), utc_offset)};
}

Stretch shifted(const Stretch& stretch, Period period, int steps, const UtcOffset& utc_offset) {
  const LocalTime date = date_of(stretch.from, utc_offset);
  return {midnight(begin_of(period, date, steps), utc_offset),
          midnight(begin_of(period, date, steps + 1), utc_offset)};
}

std::vector<Instant> steps(Period period, const Stretch& stretch, const UtcOffset& utc_offset) {
  std::vector<Instant> out;
  if (period == Period::day) {
    for (Instant at = stretch.from; at < stretch.to; at += Hours(1)) out.push_back(at);
  } else {
    LocalTime date = date_of(stretch.from, utc_offset);
    for (Instant at = stretch.from; at < stretch.to; at = midnight(date, utc_offset)) {
      out.push_back(at);
      date = period == Period::year ? plus_months(date, 1) : plus_days(date, 1);
    }
  }
  out.push_back(stretch.to);
  return out;
}

Series binned(const std::vector<Point>& points, Quantity quantity, Period period, const Stretch& stretch,
              const UtcOffset& utc_offset) {
  Series out{.quantity = quantity, .period = period};
  const auto marks = steps(period, stretch, utc_offset);
  for (std::size_t i = 0; i + 1 < marks.size(); ++i)
    out.bars.push_back({.from = marks[i], .to = marks[i + 1]});
  std::map<Instant, const Point*> known;
  for (const Point& one : points)
    if (one.from >= stretch.from && one.from < stretch.to) known[one.from] = &one;
  std::vector<int> counts(out.bars.size(), 0);
  for (const auto& [from, point] : known) {
    const auto after = std::ranges::upper_bound(marks, from);
    const auto at = static_cast<std::size_t>(after - marks.begin() - 1);
    add(out.bars[at].value, point->value);
    add(out.bars[at].cost, point->cost);
    if (point->value) ++counts[at];
  }
  if (!adds_up(quantity))
    for (std::size_t i = 0; i < counts.size(); ++i)
      if (counts[i] > 1) *out.bars[i].value /= counts[i];
  return out;
}

std::optional<double> total(const Series& series) {
  std::optional<double> sum;
  int count = 0;
  for (const Bar& bar : series.bars) {
    add(sum, bar.value);
    if (bar.value) ++count;
  }
  if (sum && !adds_up(series.quantity)) *sum /= count;
  return sum;
}

std::optional<double> total_cost(const Series& series) {
  std::optional<double> sum;
  for (const Bar& bar : series.bars) add(sum, bar.cost);
  return sum;
}

const Bar* peak(const Series& series) {
  const Bar* out = nullptr;
  for (const Bar& bar : series.bars)
    if (bar.value && (out == nullptr || *bar.value > *out->value)) out = &bar;
  return out;
}

std::optional<double> change(const Series& series, const Series& before) {
  if (!adds_up(series.quantity)) return std::nullopt;
  double now = 0, then = 0;
  for (std::size_t i = 0; i < std::min(series.bars.size(), before.bars.size()); ++i) {
    if (!series.bars[i].value || !before.bars[i].value) continue;
    now += *series.bars[i].value;
    then += *before.bars[i].value;
  }
  if (then <= 0) return std::nullopt;
  return now / then - 1;
}

Axis axis(const Series& series) {
  std::optional<double> least, most;
  for (const Bar& bar : series.bars) {
    if (!bar.value) continue;
    least = std::min(least.value_or(*bar.value), *bar.value);
    most = std::max(most.value_or(*bar.value), *bar.value);
  }
  if (!least) return {};
  if (adds_up(series.quantity)) {
    least = std::min(*least, 0.0);
    most = std::max(*most, 0.0);
  }
  if (*most - *least < 1e-9) most = *least + 1;
  Axis out;
  out.step = nice_step(*most - *least);
  out.least = std::floor(*least / out.step + 1e-9) * out.step;
  out.most = std::ceil(*most / out.step - 1e-9) * out.step;
  if (out.most <= out.least) out.most = out.least + out.step;
  return out;
}

std::string csv(const Series& series, std::string_view unit) {
  std::string out = "from,to,value (" + std::string(unit) + "),cost\r\n";
  const auto number = [](const std::optional<double>& value) {
    return value ? number_text(*value) : std::string{};
  };
  for (const Bar& bar : series.bars)
    out += to_iso8601(bar.from) + "," + to_iso8601(bar.to) + "," + number(bar.value) + "," +
           number(bar.cost ? std::optional(std::round(*bar.cost * 1e4) / 1e4) : bar.cost) + "\r\n";
  return out;
}

}  // namespace foyer::history
