#include "core/base/showable.hpp"

#include "core/base/utf8.hpp"

namespace foyer {
namespace {

constexpr int longest = 200;  // characters

bool is_break(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029; }

bool is_hidden(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x206F) || c == 0x200B || c == 0x2060 ||
         c == 0x061C || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
}

}  // namespace

std::string showable(std::string_view text) {
  std::string shown;
  int count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [value, size] = code_point(text, at);
    const std::string_view bytes = text.substr(at, size);
    at += size;
    if (is_hidden(value)) continue;
    const bool space = value == ' ' || is_break(value);
    if (space && (shown.empty() || shown.back() == ' ')) continue;
    if (++count > longest) {
      shown += "…";
      break;
    }
    if (space)
      shown += ' ';
    else
      shown += value == 0xFFFD ? std::string_view("\xEF\xBF\xBD") : bytes;
  }
  while (shown.ends_with(' ')) shown.pop_back();
  return shown;
}

}  // namespace foyer
