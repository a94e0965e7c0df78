// Deep links: the text after '#' and back. A6: what comes back from the sign-in is a text of this table as
// well.
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "core/app/state.hpp"
#include "core/base/url.hpp"

namespace foyer {
namespace {

using View = Route::View;

// Views of a plant; without one in the link it is the first plant. Those with an id have it as the last part.
constexpr std::array<std::pair<std::string_view, View>, 3> plant_views{
    {{"scenes", View::scenes}, {"energy", View::energy}, {"topology", View::topology}}};
constexpr std::array<std::pair<std::string_view, View>, 5> own_views{{{"problems", View::problems},
                                                                      {"console", View::console},
                                                                      {"settings", View::settings},
                                                                      {"journal", View::journal},
                                                                      {"setup", View::setup}}};

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
    for (const auto& [word, view] : plant_views)
      if (parts[2] == word) return {.view = view, .plant = route.plant};
  if (parts.size() == 4 && parts[2] == "room")
    return {.view = View::ambient, .plant = route.plant, .ambient = AmbientId(parts[3])};
  if (parts.size() == 4 && parts[2] == "module")
    return {.view = View::module, .plant = route.plant, .module = ModuleId(parts[3])};
  return parts.size() <= 2 ? route : Route{};
}

}  // namespace

bool needs_home(View view) {
  for (const View open :
       {View::welcome, View::problems, View::settings, View::console, View::journal, View::setup})
    if (view == open) return false;
  return true;
}
bool needs_tools(View view) {
  return view != View::welcome && view != View::home && view != View::ambient && view != View::problems;
}
bool wants_tools(View view) { return needs_tools(view) || view == View::problems; }

std::string to_text(const Route& route) {
  std::string home = route.plant.empty() ? "/home" : "/home/" + link_part(route.plant.text);
  for (const auto& [word, view] : own_views)
    if (route.view == view) return "/" + std::string(word);
  if (route.view == View::welcome) return "/";
  for (const auto& [word, view] : plant_views)
    if (route.view == view) return (route.plant.empty() ? "/" : home + "/") + std::string(word);
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
  for (const auto& [word, view] : own_views)
    if (parts[0] == word) return {.view = view};
  for (const auto& [word, view] : plant_views)
    if (parts[0] == word) return {.view = view};
  return {};
}

}  // namespace foyer
