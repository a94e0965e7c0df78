// Chooses and frames the view of a route.
#include <algorithm>

#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

constexpr ViewRow kViews[] = {
#define VIEW(name, text, kind, under, part, word, icon, entry, builder) \
  {Route::View::name, Route::View::under, W::word, Icon::icon, Entry::entry, builder},
#include "core/app/state/views.def"
#undef VIEW
};

bool signed_in(const State& state) {
  return std::ranges::any_of(state.accounts, [](const AccountState& account) {
    return account.session.status == oauth::Status::signed_in;
  });
}

void build_main(Builder& b) {
  const Plant* plant = b.state.plant();
  const bool of_module = b.state.route.view == Route::View::module;
  const Module* module = plant == nullptr ? nullptr : plant->module(b.state.route.module);
  // Without a deep link whoever is signed in is at home.
  const bool at_home = b.state.route.view == Route::View::welcome;
  const ViewRow& row = row_of(at_home ? Route::View::home : b.state.route.view);
  // The panel comes beside the home, which is there before it.
  if (of_module && b.m.wide && b.state.has(Part::homes) && plant != nullptr &&
      (module != nullptr || b.state.loading))
    return build_home(b);
  // The problems themselves are there from the start; the doctor below them is not.
  const auto part = row.build == build_problems ? std::nullopt : part_of(row.view);
  if (part && !b.state.has(*part))
    return b.view({.title = row.name, .most = Size::column}, [&] { build_wait(b, *part); });
  if (!of_module) return row.build(b);
  if (plant != nullptr && module == nullptr && !b.state.loading) return build_module_missing(b);
  if (module == nullptr || b.m.wide) return build_home(b);
  row.build(b);
}

}  // namespace

std::span<const ViewRow> all_views() { return kViews; }

const ViewRow& row_of(Route::View view) {
  for (const ViewRow& row : kViews)
    if (row.view == view) return row;
  return kViews[0];
}

Route route_to(const State& state, Route::View view) {
  const Plant* plant = state.plant();
  return {.view = view, .plant = plant == nullptr ? PlantId() : plant->id, .ambient = {}, .module = {}};
}

Route route_to(const Plant& plant, const Module& module, const AmbientId& room) {
  return {.view = Route::View::module, .plant = plant.id, .ambient = room, .module = module.id};
}

void build_wait(Builder& b, Part part) {
  const bool failed = b.state.arrivals[static_cast<std::size_t>(part)] == Arrival::failed;
  b.paragraph("tools", Type::body, Token::ink2, word(failed ? W::tools_failed : W::tools_loading));
  if (failed)
    b.button({.id = "tools/again",
              .label = std::string(word(W::try_again)),
              .icon = Icon::refresh,
              .look = Builder::Look::primary},
             Intent{intent::BringPart{part}});
}

bool is_wall(const State& state) { return state.route.view == Route::View::wall && !shows_welcome(state); }

bool shows_welcome(const State& state) {
  if (!state.fatal.empty() || !state.started) return true;
  if (!needs_home(state.route.view) && state.route.view != Route::View::welcome) return false;
  return !signed_in(state) && (state.route.view == Route::View::welcome || state.plants.empty());
}

// "module/…", "favourite/module/…"
bool has_tile_menu(std::string_view id) {
  const auto at = id.find(kTile);
  if (at == id.npos || (at > 0 && id[at - 1] != '/')) return false;
  return id.substr(0, at).find('/') + 1 == at;
}

bool shows_panel(const State& state, const Metrics& m) {
  if (!m.wide || !state.has(Part::tools) || shows_welcome(state)) return false;
  if (state.route.view == Route::View::plans) return shows_plan_panel(state, m);
  if (state.route.view != Route::View::module) return false;
  const Plant* plant = state.plant();
  return plant != nullptr && plant->module(state.route.module) != nullptr;
}

Areas areas(Builder& b) {
  Areas out{.main = {0, 0, b.m.width, b.m.height}};
  if (shows_welcome(b.state) || is_wall(b.state)) return out;
  if (b.m.phone) {
    const float high = b.measure(b.m.width, [&] { build_tabs(b); }).h;
    out.bar = {0, b.m.height - high, b.m.width, high};
    out.main.h -= high;
    return out;
  }
  out.rail = {0, 0, b.px(Size::rail), b.m.height};
  out.main.x += out.rail.w;
  if (shows_panel(b.state, b.m)) {
    const float wide = b.px(Size::panel);
    out.panel = {b.m.width - wide, 0, wide, b.m.height};
  }
  out.main.w -= out.rail.w + out.panel.w;
  return out;
}

void build_page(Builder& b) {
  const std::string app(word(W::app));
  const Areas where = areas(b);
  b.main_area = where.main;
  b.page.title = app;
  if (shows_welcome(b.state)) return build_welcome(b);
  const Plant* plant = b.state.plant();
  const Module* module = plant == nullptr ? nullptr : plant->module(b.state.route.module);
  const bool framed = !is_wall(b.state);
  if (framed) build_skips(b);
  if (framed && !b.m.phone) build_rail(b, where.rail);
  build_main(b);
  if (where.panel.w > 0) {
    b.main_area = where.panel;
    if (b.state.route.view == Route::View::plans)
      build_plan_panel(b);
    else
      build_module(b);
  }
  if (framed && b.m.phone) b.sheet(Layer::bar, where.bar, Token::surface, kEdge, [&] { build_tabs(b); });
  if (b.state.undo) build_toast(b);
  build_menu(b);

  const W view = row_of(b.state.route.view).name;
  std::string place(word(view));
  if (b.state.route.view == Route::View::module && module != nullptr) {
    place = shown_name(b.state, *module);
  } else if (view == W::home && plant != nullptr) {
    const Ambient* ambient = plant->ambient(b.state.route.ambient);
    place = ambient == nullptr ? shown_name(b.state, *plant) : shown_name(b.state, *ambient);
  }
  const int open = b.page.open = open_problems(b);
  b.page.title = (open > 0 ? "(" + std::to_string(open) + ") " : "") + place + " – " + app;
}

}  // namespace foyer::shell
