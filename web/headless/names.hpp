// Names as people type them: without case and accents, and with a slip. The host compares, because it knows
// Unicode (web/headless/names.js).
#pragma once

#include <string>
#include <vector>

namespace foyer::headless {

// The form in which two names that a person would call the same are equal: "Séjour" and "sejour".
std::string fold(const std::string& name);
// The one of `known` that was probably meant, or empty when none is near.
std::string nearest(const std::string& wanted, const std::vector<std::string>& known);
// "; did you mean …?" or nothing.
std::string did_you_mean(const std::string& wanted, const std::vector<std::string>& known);

}  // namespace foyer::headless
