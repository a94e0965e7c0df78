// What the views of the tools share: headings, a row of buttons that wraps, a field with its name, text as it
// is, a line with a mark.
#pragma once

#include <string>
#include <string_view>

#include "shell/builder.hpp"

namespace foyer::shell::tools {

// Buttons beside each other, as many as fit.
struct Row {
  Builder& b;
  float x = 0, y = 0, width = 0, at = x;
  Node& add(const Builder::Button& what, Action action);
  float end() const { return y + b.button_height() + 16; }  // the next y
};

// A heading of the second level; answers the y below it.
float section(Builder& b, const std::string& id, float x, float y, float width, W title);
// The permissions that were asked for and not given, "a, b".
std::string missing_scopes(const AccountState& account);

// One line of text with its name above; `value` is shown until something is typed, `wrong` below it says what
// is the matter with it. Answers the next y.
float field(Builder& b, const std::string& id, std::string name, float x, float y, float width,
            const std::string& hint, const std::string& value, std::string_view wrong);
// Text as it is, line by line, in a box of its own; answers the next y.
float code(Builder& b, const std::string& id, float x, float y, float width, const std::string& text,
           std::size_t most);
// "✓ Redirect address: In order." in small letters; the state is said in words as well. Answers the next y.
float mark(Builder& b, const std::string& id, float x, float y, float width, Finding::State state,
           std::string_view words);
struct Mark {
  Icon icon;
  Token ink, ground;
  W word;
};
const Mark& mark_of(Finding::State state);
// The doctor's buttons, and its findings one by one. Each answers the next y.
float doctor_buttons(Builder& b, float x, float y, float width);
float doctor_findings(Builder& b, float x, float y, float width);
// The meter of the daily calls (Q10) with what the rest of the day allows; answers the next y.
float build_calls(Builder& b, const AccountState& account, const std::string& id, float x, float y,
                  float width);
// Two columns where there is room for them.
bool has_columns(const Builder& b, Rect area);

}  // namespace foyer::shell::tools
