#include "core/base/number.hpp"

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace foyer {

std::optional<double> parse_number(std::string_view text) {
  // strtod would also take a space or a plus before it, hexadecimal digits, "inf" and "nan".
  if (text.empty() || text.size() > 64 || text[0] == '+') return std::nullopt;
  if (text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) return std::nullopt;
  const std::string copy(text);
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (end != copy.c_str() + copy.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string number_text(double value) {
  if (!std::isfinite(value) || value == 0) return "0";
  std::string text = nlohmann::ordered_json(value).dump();
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

}  // namespace foyer
