#include "shell/layout/semantics.hpp"

#include <array>

namespace foyer::shell {

std::string_view to_string(Role role) {
  constexpr std::array<std::string_view, 22> names{
      "banner",  "navigation",  "main",   "complementary", "region", "group",  "list",       "listitem",
      "heading", "text",        "link",   "button",        "switch", "slider", "radiogroup", "radio",
      "textbox", "progressbar", "status", "alert",         "img",    "dialog"};
  return names[static_cast<std::size_t>(role)];
}

}  // namespace foyer::shell
