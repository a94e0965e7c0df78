#include "shell/views/amounts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "shell/look/format.hpp"

namespace foyer::shell {

using history::Period;
using history::Quantity;

Measure measure_of(Quantity quantity, double most) {
  switch (quantity) {
    case Quantity::electricity:
    case Quantity::heat:
      return most >= 1000 ? Measure{0.001, "kWh"} : Measure{1, "Wh"};
    case Quantity::gas:
    case Quantity::water:
      return most >= 1000 ? Measure{0.001, "m³"} : Measure{1, "dm³"};
    case Quantity::boiler:
      return most >= 120 ? Measure{1.0 / 60, "h"} : Measure{1, "min"};
    case Quantity::temperature:
    case Quantity::setpoint:
      return {1, "°C"};
    case Quantity::humidity:
      return {1, "%"};
  }
  return {};
}

std::string amount(Quantity quantity, double value) {
  const Measure how = measure_of(quantity, std::abs(value));
  return number_text(value * how.factor, how.factor == 1 ? (adds_up(quantity) ? 0 : 1) : 2) + " " + how.unit;
}

std::string money(double value, std::string_view country) {
  constexpr std::array<std::string_view, 12> euro{"FR", "IT", "ES", "DE", "BE", "PT",
                                                  "NL", "AT", "LU", "IE", "FI", "GR"};
  const auto cents = std::llround(std::clamp(std::abs(value), 0.0, 1e12) * 100);
  std::string text = (value < 0 && cents != 0 ? "-" : "") + std::to_string(cents / 100) +
                     std::string(word(W::decimal)) + (cents % 100 < 10 ? "0" : "") +
                     std::to_string(cents % 100);
  return std::ranges::find(euro, country) == euro.end() ? text : text + " €";
}

int weekday_of(const LocalTime& date) {
  const auto days = std::chrono::floor<std::chrono::days>(
      from_local({date.year, date.month, date.day, 0, 0, 0}, Minutes(0)));
  return static_cast<int>(std::chrono::weekday(days).iso_encoding()) - 1;
}

std::string period_text(Period period, const history::Stretch& stretch, const UtcOffset& utc_offset) {
  const LocalTime from = to_local(stretch.from, utc_offset(stretch.from));
  const Instant last = stretch.to - Hours(1);
  switch (period) {
    case Period::day:
      return std::string(word_at(W::weekdays, weekday_of(from))) + " " + day_text(from);
    case Period::week:
      return day_text(from) + " – " + day_text(to_local(last, utc_offset(last)));
    case Period::month:
      return std::string(word_at(W::months, from.month - 1)) + " " + std::to_string(from.year);
    case Period::year:
      return std::to_string(from.year);
  }
  return {};
}

std::string step_text(Period period, Instant from, const UtcOffset& utc_offset) {
  const LocalTime at = to_local(from, utc_offset(from));
  switch (period) {
    case Period::day:
      return clock_text(from, utc_offset(from));
    case Period::week:
      return std::string(word_at(W::days, weekday_of(at))) + " " + std::to_string(at.day);
    case Period::month:
      return std::to_string(at.day);
    case Period::year:
      return std::string(word_at(W::months, at.month - 1));
  }
  return {};
}

}  // namespace foyer::shell
