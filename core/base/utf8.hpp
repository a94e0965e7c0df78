// UTF-8, one character after the other.
#pragma once

#include <cstddef>
#include <string_view>

namespace foyer {

struct CodePoint {
  char32_t value = 0;    // U+FFFD for bytes that are no UTF-8 (RFC 3629)
  std::size_t size = 0;  // bytes; 1 for a byte that belongs to nothing
};

// The character that begins at `at`; `at` < text.size().
CodePoint code_point(std::string_view text, std::size_t at);

}  // namespace foyer
