// A text of JSON again, with other names, texts and numbers in it and nothing else changed: spaces, the order
// of members, the way a number or an escape is written.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace foyer::report {

// Where a value stands: the nearest name above it that is no number (elements of lists have their list's),
// and whether it is part of somebody's place or address.
struct Spot {
  std::string_view member{};
  bool place = false;
};

// What becomes of each; the same text: it stays. Texts come without their escapes and go without.
struct Rewrite {
  std::function<std::string(const Spot&, std::string_view)> name{}, text{};
  std::function<std::string(const Spot&, std::string_view)> number{};  // as it is written, to be written
};

// Nothing when `json` is no JSON. `depth`: of texts that are JSON themselves, which are rewritten, too.
std::optional<std::string> rewritten(std::string_view json, const Rewrite& how, int depth = 2);

// The time that a number or text says, moved; nothing when it says none. Numbers are Unix seconds or
// milliseconds of the years 2009 to 2039, texts ISO 8601 with or without a zone. The form stays.
std::optional<std::string> moved_time(std::string_view text, Seconds by);
// All times of a text of JSON, but those that stand where ids do; what is no JSON stays.
std::string with_times_moved(std::string_view json, Seconds by);

}  // namespace foyer::report
