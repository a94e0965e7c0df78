// base64url without padding (RFC 4648 section 5, RFC 7515 section 2).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace foyer {

std::string base64url_encode(std::span<const std::uint8_t> bytes);
std::string base64url_encode(std::string_view bytes);
// Strict (rule D1): no padding, no white space, no foreign characters, no non-canonical trailing bits.
std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace foyer
