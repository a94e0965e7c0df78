// Decimal numbers in text, both ways, exact and without a locale: strtod reads them, the JSON library writes
// them. No program of Foyer sets a locale, so the point is a point.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace foyer {

// A finite decimal number: "-12.50", "1e3", ".5", "007"; the nearest double, ties to even. Nothing when
// anything else is in the text, when it is longer than 64 bytes or beyond the range of a double.
std::optional<double> parse_number(std::string_view text);

// A short text that reads back as the same number: "20.5", "20", "1e+300". Not finite: "0".
std::string number_text(double value);

}  // namespace foyer
