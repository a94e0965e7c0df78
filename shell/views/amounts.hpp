// Quantities of histories, dates and money as people read them.
#pragma once

#include <string>

#include "core/app/history/series.hpp"
#include "core/model/home.hpp"
#include "shell/look/format.hpp"
#include "shell/words.hpp"

namespace foyer::shell {

// How a quantity is written where it gets as large as `most`: kWh instead of Wh, m³ instead of dm³, hours.
struct Measure {
  double factor = 1;
  std::string unit{};
};
Measure measure_of(history::Quantity quantity, double most);
// "1.52 kWh", "212 dm³", "2.5 h", "19.8 °C"
std::string amount(history::Quantity quantity, double value);
// "2.98 €"; without a sign where nobody knows the country's currency.
std::string money(double value, std::string_view country);
// "Thursday 26 Nov", "23 Nov – 29 Nov", "Nov 2026", "2026"
std::string period_text(history::Period period, const history::Stretch& stretch, const UtcOffset& utc_offset);
// Of a step in an axis and a table: "06:00", "Mon 23", "14", "Nov".
std::string step_text(history::Period period, Instant from, const UtcOffset& utc_offset);
// Monday is 0.
int weekday_of(const LocalTime& date);

}  // namespace foyer::shell
