// What a search found beside the devices of the home on show: views, homes, scenes, rooms, and devices of
// other homes.
#include "shell/views/help.hpp"
#include "shell/views/search.hpp"
#include "shell/views/tile.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

// One line: what it is, where it leads, and what can be done at once.
struct Hit {
  std::string name{}, line{};
  Icon icon = Icon::unknown;
  Route open{};
  const Module* module = nullptr;  // to be switched or run here
};

Hit hit_of(const State& state, const Found& one) {
  using What = Found::What;
  if (one.what == What::view) {
    const ViewRow& row = all_views()[one.at];
    return {std::string(word(row.name)), std::string(word(W::found_view)), row.icon,
            route_to(state, row.view)};
  }
  if (one.what == What::help)
    return {std::string(word(kHelp[one.at].question)), std::string(word(W::help)), Icon::help,
            route_to(state, Route::View::help)};
  const Plant& plant = state.plants[one.plant];
  const std::string home = state.plants.size() > 1 ? shown_name(state, plant) : std::string();
  if (one.what == What::home)
    return {shown_name(state, plant),
            std::string(word(W::home)),
            Icon::home,
            {.view = Route::View::home, .plant = plant.id, .ambient = {}, .module = {}}};
  if (one.what == What::room) {
    const Ambient& room = plant.ambients[one.at];
    return {shown_name(state, room),
            home,
            Icon::room,
            {.view = Route::View::ambient, .plant = plant.id, .ambient = room.id, .module = {}}};
  }
  const Module& module = plant.modules[one.at];
  std::string line = home;
  if (const Ambient* room = plant.ambient(module.ambient))
    line += (line.empty() ? "" : " · ") + shown_name(state, *room);
  if (one.what == What::scene) line += (line.empty() ? "" : " · ") + std::string(word(W::kind_scene));
  return {shown_name(state, module), std::move(line), module_icon(module), route_to(plant, module), &module};
}

void quick_action(Builder& b, const Module& module, const std::string& id, const std::string& name) {
  const auto can = [&](Aspect aspect) {
    return module.commandable(aspect) != nullptr && b.state.online && module.reach != Reach::unreachable;
  };
  if (can(Aspect::run)) {
    b.button({.id = id + "/run",
              .name = say(W::scene_run, {name}),
              .label = std::string(word(W::run)),
              .icon = Icon::play},
             Intent{intent::Send{module.id, Command{Aspect::run, true, {}}}});
  } else if (can(Aspect::on_off)) {
    const bool on = module.flag(Aspect::on_off).value_or(false);
    b.toggle(id + "/on_off", name, on, false,
             Intent{intent::Send{module.id, Command{Aspect::on_off, !on, {}}}});
  }
}

void row(Builder& b, const Hit& hit, const std::string& id) {
  b.card({.pad = Space::gap,
          .over = Space::small,
          .least = Size::item,
          .parent = {.id = id + "/item", .role = Role::listitem},
          .link = {.id = id, .role = Role::link, .name = hit.name, .description = hit.line},
          .action = go(hit.open)},
         [&] {
           b.row({.gap = Space::pad}, [&] {
             b.icon(hit.icon, Size::glyph_big, Token::ink2);
             b.split(
                 {.least = Size::words},
                 [&] {
                   b.column({}, [&] {
                     b.line(Type::name, Token::ink, hit.name);
                     if (!hit.line.empty()) b.line(Type::small, Token::ink2, hit.line);
                   });
                 },
                 [&] {
                   if (hit.module != nullptr) quick_action(b, *hit.module, id, hit.name);
                 });
           });
         });
}

}  // namespace

void build_found(Builder& b) {
  const std::vector<Found>& all = b.plan.found;
  if (all.empty()) return;
  b.inside({.id = "found", .role = Role::list, .name = std::string(word(W::found))}, [&] {
    b.column({.gap = Space::small}, [&] {
      for (std::size_t at = 0; at < all.size(); ++at)
        row(b, hit_of(b.state, all[at]), "found/" + std::to_string(at));
    });
  });
}

}  // namespace foyer::shell
