// Chooses and frames the view of a route.
#include "shell/builder.hpp"
#include "shell/home_plan.hpp"

namespace foyer::shell {
namespace {

bool signed_in(const State& state) {
  for (const AccountState& account : state.accounts)
    if (account.session.status == oauth::Status::signed_in) return true;
  return false;
}

W view_word(Route::View view) {
  switch (view) {
    case Route::View::scenes:
      return W::scenes;
    case Route::View::energy:
      return W::energy;
    case Route::View::topology:
      return W::topology;
    case Route::View::problems:
      return W::problems;
    case Route::View::settings:
      return W::settings;
    default:
      return W::home;
  }
}

void build_main(Builder& b, Rect area, HomePlan& plan) {
  const Route& route = b.state.route;
  const Plant* plant = b.state.plant();
  const Module* module = plant == nullptr ? nullptr : plant->module(route.module);
  switch (route.view) {
    case Route::View::scenes:
      return build_scenes(b, area);
    case Route::View::energy:
      return build_energy(b, area);
    case Route::View::topology:
      return build_topology(b, area);
    case Route::View::problems:
      return build_problems(b, area);
    case Route::View::settings:
      return build_settings(b, area);
    case Route::View::module:
      if (plant != nullptr && module == nullptr && !b.state.loading) return build_module_missing(b, area);
      if (module != nullptr && !b.m.wide) return build_module(b, area, *module, false);
      break;
    default:
      break;
  }
  build_home(b, area, plan);
}

}  // namespace

bool shows_welcome(const State& state) {
  if (!state.fatal.empty() || !state.started) return true;
  if (state.route.view == Route::View::settings || state.route.view == Route::View::problems) return false;
  return !signed_in(state) && (state.route.view == Route::View::welcome || state.plants.empty());
}

bool shows_panel(const State& state, const Metrics& m) {
  if (!m.wide || state.route.view != Route::View::module || shows_welcome(state)) return false;
  const Plant* plant = state.plant();
  return plant != nullptr && plant->module(state.route.module) != nullptr;
}

float home_width(const State& state, const Metrics& m) {
  return m.width - (m.phone ? 0 : 224) - (shows_panel(state, m) ? 376 : 0) - 2 * m.margin;
}

void build_page(Builder& b, HomePlan& plan) {
  const Plant* plant = b.state.plant();
  const std::string app(word(W::app));
  if (shows_welcome(b.state)) {
    b.page.title = app;
    build_welcome(b, {0, 0, b.m.width, b.m.height});
    return;
  }
  const bool panel = shows_panel(b.state, b.m);
  const float left = b.m.phone ? 0 : 224, right = panel ? 376 : 0, bottom = b.m.phone ? 68 : 0;
  if (!b.m.phone) build_rail(b);
  build_main(b, {left, 0, b.m.width - left - right, b.m.height - bottom}, plan);
  const Module* module = plant == nullptr ? nullptr : plant->module(b.state.route.module);
  if (panel) build_module(b, {b.m.width - right, 0, right, b.m.height}, *module, true);
  if (b.m.phone) build_tabs(b);
  build_menu(b);

  std::string place(word(view_word(b.state.route.view)));
  if (b.state.route.view == Route::View::module && module != nullptr) {
    place = module->name;
  } else if (view_word(b.state.route.view) == W::home && plant != nullptr) {
    const Ambient* ambient = plant->ambient(b.state.route.ambient);
    place = ambient == nullptr ? plant->name : ambient->name;
  }
  b.page.title = place + " – " + app;
}

}  // namespace foyer::shell
