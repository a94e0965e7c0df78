// Deep links: the text after '#' and back. A6: what comes back from the sign-in is a text of this table as
// well.
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "core/app/state/state.hpp"
#include "core/base/url.hpp"

namespace foyer {
namespace {

using View = Route::View;

// The rows of the registry that have a word in the link. Views of a plant: without one in the link it is the
// first plant. Those with an id, which have a form of their own, have it as the last part.
enum class LinkKind { form, plant, own };
namespace row_part {
constexpr std::optional<Part> first{}, homes{Part::homes}, tools{Part::tools};
}  // namespace row_part
struct Row {
  View view;
  std::string_view text;
  LinkKind kind;
  std::optional<Part> part;  // of the program
};
constexpr Row rows[] = {
#define VIEW(name, text, kind, under, part, word, icon, entry, builder) \
  {View::name, text, LinkKind::kind, row_part::part},
#include "core/app/state/views.def"
#undef VIEW
};

const Row& row_of(View view) {
  for (const Row& row : rows)
    if (row.view == view) return row;
  return rows[0];
}

// An id in a link: everything escaped but unreserved characters and ':', which ids are full of.
std::string link_part(const std::string& id) {
  std::string out;
  for (const char c : id) c == ':' ? out.push_back(c) : void(out += percent_encode(std::string_view(&c, 1)));
  return out;
}

// The decoded parts; empty when one cannot be decoded or the link is longer than any of ours.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  if (text.size() > 2000) return parts;
  while (!text.empty()) {
    const auto slash = text.find('/');
    auto part = percent_decode(text.substr(0, slash));
    if (!part) return {};
    if (!part->empty()) parts.push_back(std::move(*part));
    text = slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
  }
  return parts;
}

Route parse_home(const std::vector<std::string>& parts) {
  Route route{.view = View::home};
  if (parts.size() > 1) route.plant = PlantId(parts[1]);
  if (parts.size() == 3)
    for (const Row& row : rows)
      if (row.kind == LinkKind::plant && parts[2] == row.text)
        return {.view = row.view, .plant = route.plant};
  if (parts.size() == 4 && parts[2] == "room")
    return {.view = View::ambient, .plant = route.plant, .ambient = AmbientId(parts[3])};
  if (parts.size() == 4 && parts[2] == "module")
    return {.view = View::module, .plant = route.plant, .module = ModuleId(parts[3])};
  return parts.size() <= 2 ? route : Route{};
}

}  // namespace

bool needs_home(View view) { return view != View::welcome && row_of(view).kind != LinkKind::own; }
std::optional<Part> part_of(View view) { return row_of(view).part; }

std::string to_text(const Route& route) {
  std::string home = route.plant.empty() ? "/home" : "/home/" + link_part(route.plant.text);
  const Row& row = row_of(route.view);
  if (row.kind == LinkKind::own) return "/" + std::string(row.text);
  if (route.view == View::welcome) return "/";
  if (row.kind == LinkKind::plant) return (route.plant.empty() ? "/" : home + "/") + std::string(row.text);
  if (route.view == View::home || route.plant.empty()) return home;
  return route.view == View::ambient ? home + "/room/" + link_part(route.ambient.text)
                                     : home + "/module/" + link_part(route.module.text);
}

Route parse_route(std::string_view text) {
  if (text.starts_with('#')) text.remove_prefix(1);
  const std::vector<std::string> parts = split(text);
  if (parts.empty()) return {};
  if (parts[0] == "home") return parse_home(parts);
  if (parts.size() != 1) return {};
  for (const Row& row : rows)
    if (row.kind != LinkKind::form && parts[0] == row.text) return {.view = row.view};
  return {};
}

}  // namespace foyer
