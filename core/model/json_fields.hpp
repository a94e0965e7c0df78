// What both writers of homes say in the same way.
#pragma once

#include <string>
#include <string_view>

#include "core/base/json_view.hpp"
#include "core/base/json_writer.hpp"

namespace foyer::fields {

// An empty text is left out, and a missing one is empty.
inline void put(JsonWriter& json, std::string_view name, const std::string& text) {
  if (!text.empty()) json.text(name, text);
}
inline std::string text(JsonView json, std::string_view name) { return json.find(name).text().value_or(""); }

}  // namespace foyer::fields
