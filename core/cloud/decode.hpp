// Shared by the readers of all clouds: where a field stands, what could not be understood, and the fields
// nobody knows yet.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/base/json_view.hpp"
#include "core/model/home.hpp"

namespace foyer::decode {

// A place in an answer, written down only when somebody complains: "plant.ambients[3].modules[0]".
struct Where {
  const Where* parent = nullptr;
  std::string_view name{};
  std::optional<std::size_t> index{};

  std::string text() const;
  std::string text(std::string_view member) const;
};

using Complaints = std::vector<std::string>;

// An API answer as JSON; an empty or blank body is malformed. `body` must outlive the result.
Result<JsonText> parse(std::string_view body);
bool blank(std::string_view body);

// The clouds write their words in any case.
bool same_word(std::string_view a, std::string_view b);

// An array member as a list; null is an empty one. A missing member or another type is a complaint and an
// empty list, unless the member is `optional_member`.
JsonView list(JsonView object, std::string_view name, const Where& where, Complaints& complaints,
              bool optional_member);

// The member as text, number or bool; null and missing are nothing, another type is a complaint.
std::optional<std::string> text(JsonView object, std::string_view name, const Where& where,
                                Complaints& complaints);
std::optional<double> number(JsonView object, std::string_view name, const Where& where,
                             Complaints& complaints);
std::optional<bool> flag(JsonView object, std::string_view name, const Where& where, Complaints& complaints);

// An id as the program knows it: of one cloud only ("hc:", then what the cloud says).
std::string prefixed(std::string_view cloud, std::string_view remote);
// A required id; nothing and a complaint when it is missing or no text.
std::optional<std::string> id(JsonView object, const Where& where, Complaints& complaints);
// sender.plant.module.id, how every status element names its module.
std::optional<std::string> sender(JsonView element);

// "on"/"off" in any case, true/false, 1/0.
std::optional<bool> on_off(JsonView value);

// Every scalar member that is not in `known` becomes a reading of Aspect::other under its wire name.
void keep_unknown(JsonView element, std::initializer_list<std::string_view> known,
                  std::vector<Reading>& readings);

// Whether a home of a list is to be read: the first of its id, and one of the first budget::homes. Complains
// otherwise.
bool unique_home(const std::string& remote, std::unordered_set<std::string>& seen, const Where& where,
                 Complaints& complaints);

// The answer of GET /plants, the same in both APIs. 204 or a blank body is an empty list; a broken entry is
// skipped and complained of in the first plant that is left, or is the error when none is left.
Result<std::vector<Plant>> plants(std::string_view cloud, int status, std::string_view body);

}  // namespace foyer::decode
