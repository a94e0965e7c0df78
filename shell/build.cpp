// Chooses and frames the view of a route.
#include <algorithm>
#include <utility>

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
    case Route::View::console:
      return W::console;
    case Route::View::journal:
      return W::journal;
    case Route::View::setup:
      return W::setup;
    default:
      return W::home;
  }
}

// A view whose part of the program is not there yet.
void waiting(Builder& b, Rect area) {
  const W name = view_word(b.state.route.view);
  const float x = area.x + b.m.margin, width = std::min(area.w - 2 * b.m.margin, b.m.em(720));
  b.open_layer(Layer::main, area);
  b.parent("main", Role::main, std::string(word(name)), area);
  const float y = page_title(b, x, 24, width, word(name), false);
  const float end = build_wait(b, x, y, width);
  b.end_parent();
  b.close_layer(end + 32);
}

void build_main(Builder& b, Rect area, HomePlan& plan) {
  const Route& route = b.state.route;
  const Plant* plant = b.state.plant();
  const Module* module = plant == nullptr ? nullptr : plant->module(route.module);
  if (needs_tools(route.view) && b.state.tools != Tools::ready) return waiting(b, area);
  if (needs_tools(route.view) && route.view != Route::View::module) return void(build_tools(b, area));
  switch (route.view) {
    case Route::View::problems:
      return build_problems(b, area);
    case Route::View::module:
      if (plant != nullptr && module == nullptr && !b.state.loading) return build_module_missing(b, area);
      if (module != nullptr && !b.m.wide) return tools::build_module(b, area, *module, false);
      break;
    default:
      break;
  }
  build_home(b, area, plan);
}

}  // namespace

float build_wait(Builder& b, float x, float y, float width) {
  b.group(y, y + 120);
  const bool failed = b.state.tools == Tools::failed;
  y += b.paragraph("tools", x, y, width, Type::body, Token::ink2,
                   word(failed ? W::tools_failed : W::tools_loading)) +
       12;
  if (!failed) return y;
  const Builder::Button again{.id = "tools/again",
                              .name = {},
                              .label = std::string(word(W::try_again)),
                              .icon = Icon::refresh,
                              .look = Builder::Look::primary};
  b.button(again, {x, y, b.button_width(again), b.button_height()}, Intent{intent::FetchTools{}});
  return y + b.button_height() + 12;
}

// By a table: a function that is called from one place only would be merged into the caller by Binaryen, and
// the link could not cut here (web/page/later.txt).
float build_tools(Builder& b, Rect area) {
  constexpr std::pair<Route::View, float (*)(Builder&, Rect)> kTools[] = {
      {Route::View::scenes, tools::build_scenes},     {Route::View::energy, tools::build_energy},
      {Route::View::topology, tools::build_topology}, {Route::View::console, tools::build_console},
      {Route::View::journal, tools::build_journal},   {Route::View::setup, tools::build_setup},
      {Route::View::settings, tools::build_settings}, {Route::View::problems, tools::build_doctor}};
  for (const auto& [view, build] : kTools)
    if (view == b.state.route.view) return build(b, area);
  return 0;
}

bool shows_welcome(const State& state) {
  if (!state.fatal.empty() || !state.started) return true;
  if (!needs_home(state.route.view) && state.route.view != Route::View::welcome) return false;
  return !signed_in(state) && (state.route.view == Route::View::welcome || state.plants.empty());
}

bool shows_panel(const State& state, const Metrics& m) {
  if (!m.wide || state.route.view != Route::View::module || state.tools != Tools::ready ||
      shows_welcome(state))
    return false;
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
  if (panel && module != nullptr)
    tools::build_module(b, {b.m.width - right, 0, right, b.m.height}, *module, true);
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
