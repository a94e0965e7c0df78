// Small text helpers of this room.
#pragma once

#include <string>
#include <string_view>

namespace foyer::policy {

// ASCII letters compare without case; `needle` is lower case.
bool contains_no_case(std::string_view text, std::string_view needle);

// For showing: control characters become single spaces, at most `limit` bytes cut between characters, and
// what looks like a token or a key (an unbroken run of 32 characters and more that is no UUID) becomes "…"
// (rules S5, C6).
std::string showable(std::string_view text, std::size_t limit);

}  // namespace foyer::policy
