// What people read about a condition: what is, what we do, what they can do – no codes, no blame (look/Tone).
#pragma once

#include <string>
#include <string_view>

#include "core/policy/failure.hpp"

namespace foyer::policy {

struct Message {
  std::string_view key;     // "problem.gateway_offline", for translations
  std::string_view what;    // "{gateway} is offline since {since}."
  std::string_view doing;   // "We look again in {wait}." or empty
  std::string_view remedy;  // "Check its power and network." – the vendor's remedy
};

// The English texts. Placeholders in braces: {gateway} {since} {wait} {until} {status} {detail}, with a
// substitute after a bar: {gateway|The gateway}. A part in square brackets is left out when one of its
// placeholders is empty.
const Message& message(Condition condition);

// Fills placeholders; empty and unknown ones stay out. Example:
//   fill("{gateway|The gateway} is offline[ since {since}].", {.since = "14:02"})
//     == "The gateway is offline since 14:02."
struct Filling {
  std::string gateway{}, since{}, wait{}, until{}, detail{};
  int status = 0;
};
std::string fill(std::string_view text, const Filling& filling);

}  // namespace foyer::policy
