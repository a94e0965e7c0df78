#include "core/base/json.hpp"

#include <cmath>
#include <set>
#include <vector>

namespace foyer {
namespace {

constexpr int max_depth = 32;

// Watches a parse for duplicate names and too deep nesting.
class Guard {
 public:
  explicit Guard(Duplicates duplicates) : duplicates_(duplicates) {}

  bool operator()(int depth, Json::parse_event_t event, Json& value) {
    using Event = Json::parse_event_t;
    if (depth > max_depth) too_deep_ = true;
    if (duplicates_ == Duplicates::last_wins) return !too_deep_;
    if (event == Event::object_start) names_.emplace_back();
    if (event == Event::object_end && !names_.empty()) names_.pop_back();
    if (event == Event::key && !names_.empty() && !names_.back().insert(value.get<std::string>()).second)
      duplicate_ = true;
    return !too_deep_;
  }
  const char* complaint() const {
    if (too_deep_) return "the answer is nested too deeply";
    if (duplicate_) return "the answer names a member twice";
    return nullptr;
  }

 private:
  Duplicates duplicates_;
  std::vector<std::set<std::string>> names_;
  bool too_deep_ = false, duplicate_ = false;
};

std::string join(std::string_view path, std::string_view name) {
  std::string out(path);
  if (!out.empty()) out.push_back('.');
  return out.append(name);
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::size_t limit, Duplicates duplicates) {
  if (text.size() > limit) return fail(ErrorKind::malformed, "C7", "the answer is too large");
  // The parser takes a NUL for the end of the text and would not see what stands behind it.
  if (text.find('\0') != std::string_view::npos)
    return fail(ErrorKind::malformed, "E15", "the answer is not JSON");
  Guard guard(duplicates);
  Json json = Json::parse(text, std::ref(guard), false);
  if (const char* complaint = guard.complaint()) return fail(ErrorKind::malformed, "C7", complaint);
  if (json.is_discarded()) return fail(ErrorKind::malformed, "E15", "the answer is not JSON");
  return json;
}

std::string dump_json(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

const Json* find(const Json& object, std::string_view name) {
  if (!object.is_object()) return nullptr;
  const auto at = object.find(name);
  return at == object.end() ? nullptr : &*at;
}

std::optional<std::string> text_of(const Json& object, std::string_view name) {
  const Json* value = find(object, name);
  if (!value) return std::nullopt;
  if (value->is_string()) return value->get<std::string>();
  if (value->is_number() || value->is_boolean()) return dump_json(*value);
  return std::nullopt;
}

std::optional<double> number_of(const Json& object, std::string_view name) {
  const Json* value = find(object, name);
  if (!value) return std::nullopt;
  if (value->is_number()) {
    const double number = value->get<double>();
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
  }
  return value->is_string() ? parse_number(value->get_ref<const std::string&>()) : std::nullopt;
}

std::optional<long long> integer_of(const Json& object, std::string_view name) {
  const auto number = number_of(object, name);
  if (!number || std::trunc(*number) != *number || std::fabs(*number) > 9e15) return std::nullopt;
  return static_cast<long long>(*number);
}

std::optional<bool> bool_of(const Json& object, std::string_view name) {
  const auto text = text_of(object, name);
  if (!text) return std::nullopt;
  if (*text == "true" || *text == "1") return true;
  if (*text == "false" || *text == "0") return false;
  return std::nullopt;
}

Result<std::string> require_text(const Json& object, std::string_view name, std::string_view path) {
  auto text = text_of(object, name);
  if (!text || text->empty()) {
    const std::string field = join(path, name);
    return fail(ErrorKind::malformed, "E15", field + ": expected text", field);
  }
  return std::move(*text);
}

Result<const Json*> array_of(const Json& object, std::string_view name, std::string_view path) {
  static const Json none = Json::array();
  const Json* value = find(object, name);
  if (!value || value->is_null()) return &none;
  if (value->is_array()) return value;
  const std::string field = join(path, name);
  return fail(ErrorKind::malformed, "E15", field + ": expected a list", field);
}

}  // namespace foyer
