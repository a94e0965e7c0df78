// What people ask, and where the answer leads.
#pragma once

#include <optional>
#include <span>

#include "core/app/state/state.hpp"
#include "shell/words.hpp"

namespace foyer::shell {

struct HelpRow {
  W question, answer;
  std::optional<Route::View> leads{};
};
std::span<const HelpRow> help_questions();

}  // namespace foyer::shell
