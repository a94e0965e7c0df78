#include "core/base/version.hpp"

namespace foyer {

std::string_view version() { return FOYER_VERSION; }

}  // namespace foyer
