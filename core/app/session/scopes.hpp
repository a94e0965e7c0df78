// What a permission opens, in words: a consent for less than was asked costs something, and that is told.
#pragma once

#include <string>
#include <vector>

namespace foyer {

// "Smarther thermostats can’t be read. Bubendorff shutters can’t be switched or set." Scopes that nothing is
// known of are named as they are. In the language in use.
std::string scopes_cost(const std::vector<std::string>& missing);

}  // namespace foyer
