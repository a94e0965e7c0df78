#include "core/cloud/decode.hpp"

#include <algorithm>
#include <array>

namespace foyer::decode {
namespace {

char lower_char(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

const Json* present(const Json& object, std::string_view name) {
  const Json* value = find(object, name);
  return value && !value->is_null() ? value : nullptr;
}

constexpr std::size_t largest_answer = std::size_t{16} << 20;
constexpr std::size_t deepest = 32;  // C7
constexpr std::size_t most_members =
    512;  // of one object; looking one up is a walk, so thousands would be a trap

// One look over the text before anything is built: brackets and members, outside of strings.
const char* too_much(std::string_view text) {
  std::array<std::size_t, deepest + 1> members{};
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > deepest) return "the answer is nested too deeply";
      members[depth] = 0;
    } else if (c == '}' || c == ']') {
      if (depth > 0) --depth;
    } else if (c == ':' && ++members[depth] > most_members) {
      return "an object of the answer has too many members";
    } else if (c == '\0') {
      return "the answer is not JSON";  // the parser would take it for the end
    }
  }
  return nullptr;
}

template <class T>
std::optional<T> complain(const Where& where, std::string_view name, std::string_view expected,
                          Complaints& complaints) {
  complaints.push_back(where.text(name) + ": expected " + std::string(expected));
  return std::nullopt;
}

}  // namespace

std::string Where::text() const {
  std::string out = parent ? parent->text() : std::string();
  if (!name.empty()) {
    if (!out.empty()) out.push_back('.');
    out.append(name);
  }
  if (index) out.append("[").append(std::to_string(*index)).append("]");
  return out;
}

std::string Where::text(std::string_view member) const { return Where{this, member}.text(); }

bool blank(std::string_view body) { return body.find_first_not_of(" \t\r\n") == std::string_view::npos; }

Result<Json> parse(std::string_view body) {
  if (blank(body)) return fail(ErrorKind::malformed, "E15", "the answer is empty");
  if (body.size() > largest_answer) return fail(ErrorKind::malformed, "C7", "the answer is too large");
  if (const char* complaint = too_much(body)) return fail(ErrorKind::malformed, "C7", complaint);
  Json json = Json::parse(body, nullptr, false);  // no callback: twice as fast as one that watches
  if (json.is_discarded()) return fail(ErrorKind::malformed, "E15", "the answer is not JSON");
  return json;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower_char);
  return out;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower_char, lower_char);
}

const Json& list(const Json& object, std::string_view name, const Where& where, Complaints& complaints,
                 bool optional_member) {
  static const Json none = Json::array();
  const Json* value = find(object, name);
  if (value && value->is_array()) return *value;
  if ((!value && !optional_member) || (value && !value->is_null()))
    complaints.push_back(where.text(name) + ": expected a list");
  return none;
}

std::optional<std::string> text(const Json& object, std::string_view name, const Where& where,
                                Complaints& complaints) {
  if (!present(object, name)) return std::nullopt;
  if (auto value = text_of(object, name)) return value;
  return complain<std::string>(where, name, "text", complaints);
}

std::optional<double> number(const Json& object, std::string_view name, const Where& where,
                             Complaints& complaints) {
  if (!present(object, name)) return std::nullopt;
  if (const auto value = number_of(object, name)) return value;
  return complain<double>(where, name, "a number", complaints);
}

std::optional<bool> flag(const Json& object, std::string_view name, const Where& where,
                         Complaints& complaints) {
  if (!present(object, name)) return std::nullopt;
  if (const auto value = bool_of(object, name)) return value;
  return complain<bool>(where, name, "true or false", complaints);
}

std::optional<std::string> id(const Json& object, const Where& where, Complaints& complaints) {
  if (!object.is_object()) {
    complaints.push_back(where.text() + ": expected an object");
    return std::nullopt;
  }
  if (auto value = text_of(object, "id"); value && !value->empty()) return value;
  return complain<std::string>(where, "id", "text", complaints);
}

std::optional<std::string> sender(const Json& element) {
  const Json* at = &element;
  for (const std::string_view name : {"sender", "plant", "module"}) {
    at = find(*at, name);
    if (!at) return std::nullopt;
  }
  auto value = text_of(*at, "id");
  return value && !value->empty() ? value : std::nullopt;
}

std::optional<bool> on_off(const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number()) {
    const double number = value.get<double>();
    if (number == 0 || number == 1) return number == 1;
  }
  if (!value.is_string()) return std::nullopt;
  const std::string& word = value.get_ref<const std::string&>();
  if (same_word(word, "on") || same_word(word, "true") || word == "1") return true;
  if (same_word(word, "off") || same_word(word, "false") || word == "0") return false;
  return std::nullopt;
}

void keep_unknown(const Json& element, std::initializer_list<std::string_view> known,
                  std::vector<Reading>& readings) {
  for (const auto& [name, value] : element.items()) {
    if (std::ranges::find(known, std::string_view(name)) != known.end()) continue;
    Reading reading{.aspect = Aspect::other, .name = name};
    if (value.is_boolean()) {
      reading.value = value.get<bool>();
    } else if (value.is_number()) {
      reading.value = value.get<double>();
    } else if (value.is_string()) {
      reading.value = value.get<std::string>();
    } else {
      continue;  // lists and objects are shown as raw text
    }
    readings.push_back(std::move(reading));
  }
}

Result<std::vector<Plant>> plants(std::string_view cloud, int status, std::string_view body) {
  std::vector<Plant> out;
  if (status == 204 || blank(body)) return out;
  const auto json = parse(body);
  if (!json) return std::unexpected(json.error());
  const Json* entries = find(*json, "plants");
  if (!entries || !(entries->is_array() || entries->is_null()))
    return fail(ErrorKind::malformed, "E15", "plants: expected a list", "plants");
  Complaints complaints;
  for (std::size_t i = 0; i < entries->size(); ++i) {
    const Json& entry = (*entries)[i];
    const Where where{nullptr, "plants", i};
    const auto remote = id(entry, where, complaints);
    if (!remote) continue;
    Plant plant;
    plant.id = PlantId(std::string(cloud) + ":" + *remote);
    plant.name = text(entry, "name", where, complaints).value_or("");
    if (plant.name.empty()) plant.name = *remote;
    plant.country = text(entry, "country", where, complaints).value_or("");
    out.push_back(std::move(plant));
  }
  if (complaints.empty()) return out;
  if (out.empty()) {
    std::string field = complaints.front().substr(0, complaints.front().find(':'));
    return fail(ErrorKind::malformed, "E15", std::move(complaints.front()), std::move(field));
  }
  out.front().complaints = std::move(complaints);
  return out;
}

}  // namespace foyer::decode
