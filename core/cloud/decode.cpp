#include "core/cloud/decode.hpp"

#include <algorithm>

#include "core/base/ascii.hpp"
#include "core/policy/budget.hpp"

namespace foyer::decode {
namespace {

constexpr std::size_t most_repeats = 20;  // complaints of the same kind in one list

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

Result<JsonText> parse(std::string_view body) {
  if (blank(body)) return fail(ErrorKind::malformed, "E15", "the answer is empty");
  return JsonText::parse(body);
}

bool same_word(std::string_view a, std::string_view b) { return same_letters(a, b); }

JsonView list(JsonView object, std::string_view name, const Where& where, Complaints& complaints,
              bool optional_member) {
  const JsonView value = object.find(name);
  if (value.is_array()) return value;
  const bool missing = value.type() == JsonType::missing;
  if (missing ? !optional_member : !value.is_nothing())
    complaints.push_back(where.text(name) + ": expected a list");
  return {};
}

std::optional<std::string> text(JsonView object, std::string_view name, const Where& where,
                                Complaints& complaints) {
  const JsonView value = object.find(name);
  if (value.is_nothing()) return std::nullopt;
  if (auto text = value.text()) return text;
  return complain<std::string>(where, name, "text", complaints);
}

std::optional<double> number(JsonView object, std::string_view name, const Where& where,
                             Complaints& complaints) {
  const JsonView value = object.find(name);
  if (value.is_nothing()) return std::nullopt;
  if (const auto number = value.number()) return number;
  return complain<double>(where, name, "a number", complaints);
}

std::optional<bool> flag(JsonView object, std::string_view name, const Where& where, Complaints& complaints) {
  const JsonView value = object.find(name);
  if (value.is_nothing()) return std::nullopt;
  if (const auto flag = value.flag()) return flag;
  return complain<bool>(where, name, "true or false", complaints);
}

std::string prefixed(std::string_view cloud, std::string_view remote) {
  return std::string(cloud).append(":").append(remote);
}

std::optional<std::string> id(JsonView object, const Where& where, Complaints& complaints) {
  if (!object.is_object()) {
    complaints.push_back(where.text() + ": expected an object");
    return std::nullopt;
  }
  if (auto value = object.find("id").text(); value && !value->empty()) return value;
  return complain<std::string>(where, "id", "text", complaints);
}

std::optional<std::string> sender(JsonView element) {
  auto value = element.find("sender").find("plant").find("module").find("id").text();
  return value && !value->empty() ? value : std::nullopt;
}

std::optional<bool> on_off(JsonView value) {
  if (const auto flag = value.flag()) return flag;
  if (value.is_word("on") || value.is_word("true")) return true;
  if (value.is_word("off") || value.is_word("false")) return false;
  return std::nullopt;
}

void keep_unknown(JsonView element, std::initializer_list<std::string_view> known,
                  std::vector<Reading>& readings) {
  for (const auto [name, value] : element.members()) {
    if (std::ranges::find(known, name.raw()) != known.end()) continue;
    Reading reading{.aspect = Aspect::other, .name = name.text().value_or("")};
    if (value.type() == JsonType::boolean) {
      reading.value = value.flag().value_or(false);
    } else if (const auto number = value.type() == JsonType::number ? value.number() : std::nullopt) {
      reading.value = *number;
    } else if (value.type() == JsonType::string) {
      reading.value = value.text().value_or("");
    } else {
      continue;  // lists and objects are shown as raw text
    }
    readings.push_back(std::move(reading));
  }
}

bool unique_home(const std::string& remote, std::unordered_set<std::string>& seen, const Where& where,
                 Complaints& complaints) {
  if (seen.size() < policy::budget::homes) {
    if (seen.insert(remote).second) return true;
    if (complaints.size() < most_repeats)
      complaints.push_back(where.text("id") + ": used by another home too");
  } else if (!seen.contains(remote) && complaints.size() < most_repeats) {
    complaints.push_back(where.text() + ": more homes than " + std::to_string(policy::budget::homes));
  }
  return false;
}

Result<std::vector<Plant>> plants(std::string_view cloud, int status, std::string_view body) {
  std::vector<Plant> out;
  if (status == 204 || blank(body)) return out;
  const auto json = parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView entries = json->root().find("plants");
  if (!entries.is_array() && entries.type() != JsonType::null)
    return fail(ErrorKind::malformed, "E15", "plants: expected a list", "plants");
  Complaints complaints;
  std::unordered_set<std::string> seen;
  std::size_t index = 0;
  for (const JsonView entry : entries.elements()) {
    const Where where{nullptr, "plants", index++};
    const auto remote = id(entry, where, complaints);
    if (!remote) continue;
    if (!unique_home(*remote, seen, where, complaints)) continue;
    Plant plant;
    plant.id = PlantId(prefixed(cloud, *remote));
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
