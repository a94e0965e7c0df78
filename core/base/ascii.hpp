// Letters of ASCII, without a locale.
#pragma once

#include <algorithm>
#include <string_view>

namespace foyer {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
// Names of headers, words of the clouds: 'A' is 'a'.
constexpr bool same_letters(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace foyer
