// What the views of the tools have in common.
#pragma once

#include "shell/views/views.hpp"

namespace foyer::shell {

// The permissions that were asked for and not given, "a, b".
std::string missing_scopes(const AccountState& account);
// "✓ Redirect address: In order." in small letters; the state is said in words as well.
void mark(Builder& b, const std::string& id, Finding::State state, std::string_view words);
struct Mark {
  Icon icon;
  Token ink, ground;
  W word;
};
const Mark& mark_of(Finding::State state);
// The doctor's buttons, and its findings one by one.
void doctor_buttons(Builder& b);
void doctor_findings(Builder& b);
// The meter of the daily calls (Q10) with what the rest of the day allows.
void build_calls(Builder& b, const AccountState& account, const std::string& id);

// What a view is about, or why it is empty.
void hint(Builder& b, W text, const char* id = "hint");
// A line that leads to a module, with something at its right end.
void module_row(Builder& b, const Module& module, std::string_view line, std::string_view right, bool lit);

}  // namespace foyer::shell
