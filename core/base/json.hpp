// Reading JSON of foreign origin: strict where it protects, lenient where the clouds are loose.
//
// parse_json refuses invalid UTF-8, duplicate member names (rules C2, D1), nesting deeper than 32 (C7) and
// texts over `limit` bytes. The readers below accept a number as text and text as a number, as both clouds
// send them, and name the path of the field when they refuse: "plant.ambients[3].id: expected text".
//
// A tree is for who changes what was read: the simulator, an edited schedule, the headless client's output.
// What only reads or only writes uses json_view.hpp and json_writer.hpp: the same library, half of the time
// and a fraction of the memory.
//
// Include this header in .cpp files only.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/number.hpp"
#include "core/base/result.hpp"

namespace foyer {

using Json = nlohmann::ordered_json;

enum class Duplicates { refuse, last_wins };

// `limit` in bytes. ErrorKind::malformed; the message never quotes the text (it may hold a secret).
Result<Json> parse_json(std::string_view text, std::size_t limit = 16U << 20,
                        Duplicates duplicates = Duplicates::refuse);

// Compact text; invalid UTF-8 inside strings is replaced, never thrown on.
std::string dump_json(const Json& json, int indent = -1);

// The member, or null when `object` is no object or has none of that name.
const Json* find(const Json& object, std::string_view name);
// Text; numbers and booleans are rendered. Nothing for null, arrays, objects or a missing member.
std::optional<std::string> text_of(const Json& object, std::string_view name);
// A finite number; digits in text are accepted ("18.00000").
std::optional<double> number_of(const Json& object, std::string_view name);
std::optional<long long> integer_of(const Json& object, std::string_view name);
// true/false, "true"/"false", 0/1.
std::optional<bool> bool_of(const Json& object, std::string_view name);

// Required member: malformed with `path.name` otherwise.
Result<std::string> require_text(const Json& object, std::string_view name, std::string_view path);
// An array member; a missing or null one is an empty array, any other type is malformed.
Result<const Json*> array_of(const Json& object, std::string_view name, std::string_view path);

}  // namespace foyer
