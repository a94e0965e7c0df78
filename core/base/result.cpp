#include "core/base/result.hpp"

#include <array>
#include <cstddef>

namespace foyer {
namespace {

constexpr std::array<std::string_view, 13> names = {
    "invalid_input", "config",   "offline", "transport", "timeout",     "malformed", "refused",
    "signed_out",    "protocol", "parked",  "storage",   "unsupported", "cancelled",
};

}  // namespace

std::string_view to_string(ErrorKind kind) { return names[static_cast<std::size_t>(kind)]; }

int exit_code(ErrorKind kind) { return 2 + static_cast<int>(kind); }

}  // namespace foyer
