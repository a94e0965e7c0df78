// A history as it is drawn: a day, week, month or year in equal steps, with holes where nothing is known.
//
// Example (compiled by tests/app):
//   const Stretch day = stretch(Period::day, now, utc_offset);
//   const Series used = binned(points, Quantity::electricity, Period::day, day, utc_offset);
//   total(used);                       // Wh, or nothing when no step is known
//   axis(used).step;                   // 500: ticks at 0, 500, 1000 …
//   change(used, day_before);          // +0.12: 12 % more, counted over the steps that both know
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/utc_offset.hpp"
#include "core/model/home.hpp"

namespace foyer::history {

enum class Period : std::uint8_t { day, week, month, year };
std::string_view to_string(Period period);
std::optional<Period> period_from(std::string_view word);

enum class Quantity : std::uint8_t {
  electricity,  // Wh of a step
  gas,          // dm³ of a step
  water,        // dm³ of a step
  heat,         // Wh of a step
  boiler,       // minutes of a step in which it was on
  temperature,  // °C, mean of a step
  setpoint,     // °C, mean of a step
  humidity,     // %, mean of a step
};
std::string_view to_string(Quantity quantity);
// Added up over steps, or averaged.
bool adds_up(Quantity quantity);
// "Wh", "dm³", "min", "°C", "%"
std::string_view unit_text(Quantity quantity);

// Whole local days: from ≤ at < to.
struct Stretch {
  Instant from{}, to{};
  friend bool operator==(const Stretch&, const Stretch&) = default;
};
// The one that contains `at`; weeks begin on Monday.
Stretch stretch(Period period, Instant at, const UtcOffset& utc_offset);
// The one `steps` after (before, when negative) it.
Stretch shifted(const Stretch& stretch, Period period, int steps, const UtcOffset& utc_offset);
// Begins of the steps of that stretch and its end: hours of a day (23 or 25 when the clock is changed), days
// of a week or month, months of a year.
std::vector<Instant> steps(Period period, const Stretch& stretch, const UtcOffset& utc_offset);

// One value as a cloud tells it.
struct Point {
  Instant from{};
  std::optional<double> value{};
  std::optional<double> cost{};  // in the currency of the contract
  friend bool operator==(const Point&, const Point&) = default;
};

struct Bar {
  Instant from{}, to{};
  std::optional<double> value{}, cost{};
  friend bool operator==(const Bar&, const Bar&) = default;
};
struct Series {
  Quantity quantity = Quantity::electricity;
  Period period = Period::day;
  std::vector<Bar> bars{};
  friend bool operator==(const Series&, const Series&) = default;
};

// Points may be in any order, repeated (the later one counts) and finer than the steps. A step without a
// point is a hole, not zero.
Series binned(const std::vector<Point>& points, Quantity quantity, Period period, const Stretch& stretch,
              const UtcOffset& utc_offset);

// Nothing when no step is known. The mean where values do not add up.
std::optional<double> total(const Series& series);
std::optional<double> total_cost(const Series& series);
// The greatest step, or null.
const Bar* peak(const Series& series);
// How much more (+0.12) or less than before, over the steps that both know, in their order; nothing when they
// share none or `before` is zero. Only for what adds up.
std::optional<double> change(const Series& series, const Series& before);

// A scale that people read: 1, 2 or 5 times a power of ten, three to six steps. What adds up begins at zero,
// unless something was given back (negative values).
struct Axis {
  double least = 0, most = 1, step = 1;  // least and most are multiples of step; least < most
  friend bool operator==(const Axis&, const Axis&) = default;
};
Axis axis(const Series& series);

// "from,to,value (Wh),cost" with ISO times and a line for each step; holes are empty. RFC 4180 with a header
// line.
std::string csv(const Series& series, std::string_view unit);

}  // namespace foyer::history
