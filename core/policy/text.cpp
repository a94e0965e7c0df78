#include "core/policy/text.hpp"

#include <algorithm>

#include "core/base/ascii.hpp"

namespace foyer::policy {
namespace {

bool of_token(char c) {
  return is_digit(c) || is_letter(c) || std::string_view("-._~+/=").find(c) != std::string_view::npos;
}

// 8-4-4-4-12 hexadecimal digits: the vendor's ids, which a developer wants to read.
bool is_uuid(std::string_view run) {
  if (run.size() == 37 && run.back() == '.') run.remove_suffix(1);
  if (run.size() != 36) return false;
  for (std::size_t i = 0; i < run.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = lower(run[i]);
    const bool hex = is_digit(c) || (c >= 'a' && c <= 'f');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

}  // namespace

bool contains_no_case(std::string_view text, std::string_view needle) {
  return std::ranges::search(text, needle, {}, lower).begin() != text.end() || needle.empty();
}

std::string showable(std::string_view text, std::size_t limit) {
  std::string out;
  for (std::size_t at = 0; at < text.size() && out.size() < limit;) {
    std::size_t end = at;
    while (end < text.size() && of_token(text[end])) ++end;
    if (end > at) {
      const std::string_view run = text.substr(at, end - at);
      out += run.size() < 32 || is_uuid(run) ? run : std::string_view("…");
      at = end;
      continue;
    }
    const char c = text[at++];
    const bool space = c == ' ' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    if (!space)
      out.push_back(c);
    else if (!out.empty() && out.back() != ' ')
      out.push_back(' ');
  }
  if (out.size() > limit) out.resize(limit);
  // No half character at the end: drop continuation bytes whose lead byte promises more than there is.
  std::size_t lead = out.size();
  while (lead > 0 && out.size() - lead < 4 && (static_cast<unsigned char>(out[lead - 1]) & 0xC0) == 0x80)
    --lead;
  if (lead > 0 && (static_cast<unsigned char>(out[lead - 1]) & 0x80)) {
    const auto c = static_cast<unsigned char>(out[lead - 1]);
    const std::size_t promised = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    if (out.size() - (lead - 1) < promised) out.resize(lead - 1);
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace foyer::policy
