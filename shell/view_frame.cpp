// What frames every view: the rail with the calls meter, the phone's five tabs, the plant menu, the title of
// a page.
#include <algorithm>
#include <cmath>

#include "shell/builder.hpp"

namespace foyer::shell {
namespace {

struct Entry {
  Route::View view;
  W name;
  Icon icon;
};
constexpr Entry kEntries[] = {{Route::View::home, W::home, Icon::home},
                              {Route::View::scenes, W::scenes, Icon::scenes},
                              {Route::View::energy, W::energy, Icon::energy},
                              {Route::View::topology, W::topology, Icon::topology},
                              {Route::View::problems, W::problems, Icon::problems},
                              {Route::View::console, W::console, Icon::console},
                              {Route::View::settings, W::settings, Icon::settings}};
// What the phone's five tabs have no room for; the settings lead there.
bool without_tab(Route::View view) { return view == Route::View::topology || view == Route::View::console; }

bool is_current(Route::View view, Route::View entry) {
  const bool inside_home =
      view == Route::View::ambient || view == Route::View::module || view == Route::View::welcome;
  return view == entry || (entry == Route::View::home && inside_home) ||
         (entry == Route::View::console && view == Route::View::journal) ||
         (entry == Route::View::settings && view == Route::View::setup);
}

Route entry_route(const State& state, Route::View view) {
  Route route{.view = view, .plant = {}, .ambient = {}, .module = {}};
  if (const Plant* plant = state.plant()) route.plant = plant->id;
  return route;
}

std::string entry_name(const State& state, const Entry& entry) {
  if (entry.view != Route::View::problems || state.problems.empty()) return std::string(word(entry.name));
  return say(W::problems_count, {std::to_string(state.problems.size())});
}

void badge(Builder& b, float right, float middle, std::size_t count) {
  const std::string text = std::to_string(count);
  const float size = text_width(text, Type::small_strong, b.m.scale), high = b.m.em(20);
  const float wide = std::max(size + 14, high);
  b.box({right - wide, middle - high / 2, wide, high}, Token::badbg, high / 2);
  b.text(right - wide + (wide - size) / 2, middle - line_height(Type::small_strong, b.m.scale) / 2, size + 1,
         Type::small_strong, Token::bad, text);
}

// The account of the plant on show, or the first one.
const AccountState* account_of(const State& state) {
  const Plant* plant = state.plant();
  if (plant != nullptr)
    if (auto found = state.plant_account.find(plant->id); found != state.plant_account.end())
      for (const AccountState& account : state.accounts)
        if (account.id == found->second) return &account;
  return state.accounts.empty() ? nullptr : &state.accounts.front();
}

void meter(Builder& b, Rect rail) {
  const AccountState* account = account_of(b.state);
  if (account == nullptr || account->session.status != oauth::Status::signed_in) return;
  const policy::Ledger& ledger = account->ledger;
  const float small = line_height(Type::small, b.m.scale), x = rail.x + 28, width = rail.w - 56;
  std::string more;
  if (ledger.blocked_until && *ledger.blocked_until > b.times.now()) {
    more = say(W::calls_parked, {b.times.at(*ledger.blocked_until)});
  } else if (ledger.window_end > b.times.now()) {
    more = say(W::calls_resets, {clock_text(ledger.window_end, b.times.offset())});
    if (b.state.next_poll)
      more = say(W::calls_resets_refresh,
                 {clock_text(ledger.window_end, b.times.offset()),
                  std::to_string((policy::poll_interval(ledger, b.times.now()) + Seconds(59)) / Minutes(1))});
  }
  const auto lines = more.empty() ? std::vector<std::string>{} : wrap(more, Type::small, b.m.scale, width);
  float y = rail.y + rail.h - 24 - small - 12 - static_cast<float>(lines.size()) * small;
  b.group(y, rail.y + rail.h);
  const std::string text = say(W::calls_today, {std::to_string(ledger.used), std::to_string(ledger.limit)});
  b.text(x, y, width, Type::small, Token::ink2, text);
  Node& node =
      b.node("calls", Role::progressbar, std::string(word(W::calls_meter)), {x, y, width, small + 12});
  node.value = ledger.used;
  node.least = 0;
  node.most = ledger.limit;
  node.value_text = text;
  y += small + 5;
  b.box({x, y, width, 4}, Token::line, 2);
  const float part =
      ledger.limit > 0 ? static_cast<float>(ledger.used) / static_cast<float>(ledger.limit) : 0;
  if (part > 0)
    b.box({x, y, std::max(4.0F, width * std::min(part, 1.0F)), 4}, part < 0.9F ? Token::accent : Token::bad,
          2);
  y += 10;
  if (!more.empty()) b.paragraph("calls/more", x, y, width, Type::small, Token::ink2, more);
}

}  // namespace

void build_rail(Builder& b) {
  const float width = 224;
  const Rect rail{0, 0, width, b.m.height};
  b.open_layer(Layer::rail, rail);
  b.group(0, b.m.height);
  b.text(28, 24, width - 40, Type::panel, Token::ink, word(W::app));
  b.parent("nav", Role::navigation, std::string(word(W::nav)), rail);
  float y = 24 + line_height(Type::panel, b.m.scale) + 24;
  const float high = std::max({b.m.em(44), b.m.target});
  for (const Entry& entry : kEntries) {
    const Rect rect{16, y, width - 32, high};
    const bool current = is_current(b.state.route.view, entry.view);
    Node& node = b.node("nav" + to_text({.view = entry.view}), Role::link, entry_name(b.state, entry), rect,
                        go(entry_route(b.state, entry.view)));
    node.current = current;
    b.box(rect, current ? Token::surface : Token::none, 12, Token::none, b.last());
    const Token ink = current ? Token::ink : Token::ink2;
    b.icon({28, y, 22, high}, entry.icon, 22, ink);
    b.text(62, y + (high - line_height(Type::name, b.m.scale)) / 2,
           width - 62 - (entry.view == Route::View::problems ? 60 : 20), Type::name, ink, word(entry.name));
    if (entry.view == Route::View::problems && !b.state.problems.empty())
      badge(b, width - 28, y + high / 2, b.state.problems.size());
    y += high + 4;
  }
  meter(b, rail);
  b.end_parent();
  b.close_layer(y);
}

void build_tabs(Builder& b) {
  const float high = 68;
  const Rect bar{0, b.m.height - high, b.m.width, high};
  b.open_layer(Layer::bar, bar, Token::surface);
  b.group(0, high);
  b.parent("nav", Role::navigation, std::string(word(W::nav)), {0, 0, bar.w, high});
  b.rule(0, 0, bar.w);
  const float wide = bar.w / 5;
  float x = 0;
  for (const Entry& entry : kEntries) {
    if (without_tab(entry.view)) continue;
    const Rect rect{x, 1, wide, high - 1};
    const bool current = is_current(b.state.route.view, entry.view) ||
                         (entry.view == Route::View::settings &&
                          (without_tab(b.state.route.view) || b.state.route.view == Route::View::journal));
    Node& node = b.node("nav" + to_text({.view = entry.view}), Role::link, entry_name(b.state, entry), rect,
                        go(entry_route(b.state, entry.view)));
    node.current = current;
    b.box({x + 4, 7, wide - 8, high - 16}, current ? Token::raised : Token::none, 12, Token::none, b.last());
    const Token ink = current ? Token::ink : Token::ink2;
    b.icon({x, 9, wide, 24}, entry.icon, 22, ink);
    const float scale = b.m.scale;
    b.m.scale = std::min(scale, wide < 76 ? 1.0F : 1.2F);
    const float size = std::min(text_width(word(entry.name), Type::tab, b.m.scale), wide - 4);
    b.text(x + (wide - size) / 2, 36, size + 1, Type::tab, ink, word(entry.name));
    if (entry.view == Route::View::problems && !b.state.problems.empty())
      badge(b, x + wide / 2 + 32, 18, b.state.problems.size());
    b.m.scale = scale;
    x += wide;
  }
  b.end_parent();
  b.close_layer(high);
}

void build_menu(Builder& b) {
  const int anchor = b.page.find(b.memory.menu);
  if (b.memory.menu.empty() || anchor < 0) return;
  const Rect at = b.page.places[static_cast<std::size_t>(anchor)].rect;
  const float row = std::max(b.m.em(44), b.m.target);
  const float width = std::min(b.m.em(300), b.m.width - 2 * b.m.margin);
  const float high = row * static_cast<float>(b.state.plants.size()) + 12;
  const Rect main = b.page.area(Layer::main).clip;
  const Rect clip{main.x + at.x - main.x, at.y + at.h + 4, width,
                  std::min(high, b.m.height - at.y - at.h - 20)};
  b.open_layer(Layer::overlay, clip, Token::surface);
  b.group(0, high);
  b.parent("menu", Role::group, std::string(word(W::choose_home)), {0, 0, width, high});
  float y = 6;
  for (const Plant& plant : b.state.plants) {
    const bool current = &plant == b.state.plant();
    Node& node = b.node("menu/" + plant.id.text, Role::link, plant.name, {6, y, width - 12, row},
                        go({.view = Route::View::home, .plant = plant.id, .ambient = {}, .module = {}}));
    node.current = current;
    b.box({6, y, width - 12, row}, current ? Token::raised : Token::none, 10, Token::none, b.last());
    b.text(20, y + (row - line_height(Type::name, b.m.scale)) / 2, width - 70, Type::name, Token::ink,
           plant.name);
    if (current) b.icon({width - 44, y, 24, row}, Icon::check, 20, Token::accent);
    y += row;
  }
  b.end_parent();
  b.close_layer(high);
}

float page_title(Builder& b, float x, float y, float width, std::string_view title, bool back) {
  const float line = line_height(Type::title, b.m.scale), high = std::max(line, 44.0F);
  b.group(y, y + high);
  float left = x;
  if (back) {
    b.button({.id = "back",
              .name = std::string(word(W::back)),
              .label = {},
              .icon = Icon::back,
              .look = Builder::Look::plain},
             {x, y, 44, 44}, Local{Local::What::back, {}, {}});
    left += 56;
  }
  const bool fits = text_width(title, Type::title, b.m.scale) <= width - (left - x);
  const Type type = b.m.phone && !fits ? Type::panel : Type::title;
  b.heading("heading/page", 1, left, y + (high - line_height(type, b.m.scale)) / 2, width - (left - x), type,
            title);
  return y + high + 16;
}

}  // namespace foyer::shell
