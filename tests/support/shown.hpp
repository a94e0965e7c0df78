// What a program under test shows of commands and problems, in words.
#pragma once

#include <string>
#include <string_view>

#include "core/app/state/state.hpp"

namespace foyer::test {

// "sent", "confirmed", "not confirmed", "failed", or "none".
inline std::string picture_of(const State& state, const ModuleId& id, Aspect aspect) {
  const CommandState* command = state.command(id, aspect);
  if (!command) return "none";
  switch (command->picture) {
    case CommandState::Picture::sent:
      return "sent";
    case CommandState::Picture::confirmed:
      return "confirmed";
    case CommandState::Picture::not_confirmed:
      return "not confirmed";
    case CommandState::Picture::failed:
      return "failed";
  }
  return "none";
}

inline std::string text_of(const State& state, const ModuleId& id, Aspect aspect) {
  const CommandState* command = state.command(id, aspect);
  return command ? command->text : "none";
}

// The first problem whose key holds `part`, or null.
inline const Problem* problem_of(const State& state, std::string_view part) {
  for (const Problem& one : state.problems)
    if (to_text(one.key).contains(part)) return &one;
  return nullptr;
}

}  // namespace foyer::test
