// What frames every view: the rail with the calls meter, the phone's tabs, the menu of homes.
#include <algorithm>

#include "shell/views/home_plan.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

std::string entry_name(int open, const ViewRow& row) {
  if (row.view != Route::View::problems || open == 0) return std::string(word(row.name));
  return say(W::problems_count, {std::to_string(open)});
}

Node twin(const Builder& b, const ViewRow& row, bool current) {
  Node made{.id = "nav" + to_text({.view = row.view}),
            .role = Role::link,
            .name = entry_name(open_problems(b), row)};
  made.current = current;
  return made;
}

void badge(Builder& b, const ViewRow& row) {
  const int open = open_problems(b);
  if (row.view == Route::View::problems && open > 0) b.pill(std::to_string(open), Token::bad, Token::badbg);
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

void calls(Builder& b) {
  const AccountState* account = account_of(b.state);
  if (account == nullptr || account->session.status != oauth::Status::signed_in) return;
  const policy::Ledger& ledger = account->ledger;
  const Instant now = b.times.now();
  std::string more;
  if (policy::parked(ledger, now)) {
    more = say(W::calls_parked, {b.times.at(*ledger.blocked_until)});
  } else if (ledger.window_end > now) {
    const std::string resets = clock_text(ledger.window_end, b.times.offset(ledger.window_end));
    more =
        b.state.next_poll
            ? say(W::calls_resets_refresh,
                  {resets, std::to_string((policy::poll_interval(ledger, now) + Seconds(59)) / Minutes(1))})
            : say(W::calls_resets, {resets});
  }
  b.card({.fill = Token::none, .pad = Space::gap, .over = Space::none, .gap = Space::tight}, [&] {
    b.meter("calls", word(W::calls_meter), ledger.used, ledger.limit,
            say(W::calls_today, {std::to_string(ledger.used), std::to_string(ledger.limit)}), false);
    if (!more.empty()) b.paragraph("calls/more", Type::small, Token::ink2, more);
  });
}

}  // namespace

void build_skips(Builder& b) {
  b.sheet(Layer::main, b.main_area, Token::none, kEdge, [&] {
    // A landmark of their own: what stands in none is lost to who moves among them.
    const float edge = b.px(Space::small);
    b.node({.id = "skips", .role = Role::navigation, .name = std::string(word(W::skips))},
           {b.main_area.x + edge, edge, b.main_area.w - 2 * edge, b.px(Size::field)});
    b.page.places.back().far = true;
    b.parents.emplace_back("skips");
    const auto skip = [&](const char* part, W name, Local action) {
      const float wide = text_width(word(name), Type::strong, b.m.scale) + 2 * b.px(Space::gap);
      Node made{.id = std::string(kSkip) + part, .role = Role::link, .name = std::string(word(name))};
      const Rect place{b.main_area.x + b.px(Space::small), b.px(Space::small),
                       std::min(wide, b.main_area.w - 2 * b.px(Space::small)), b.px(Size::field)};
      b.node(std::move(made), place, std::move(action)).place = to_text(b.state.route);
      b.page.places.back().far = true;  // nothing of it is there for the pointer
    };
    skip("content", W::skip, {Local::What::enter, "main", {}});
    skip("nav", W::skip_nav, {Local::What::enter, "nav", {}});
    if (b.state.plant() != nullptr) skip("search", W::skip_search, {Local::What::focus_search, {}, {}});
    b.parents.pop_back();
  });
}

void build_rail(Builder& b, Rect area) {
  b.sheet(Layer::rail, area, Token::none, {.bottom = Space::page, .margin = Space::card}, [&] {
    b.inside({.id = "nav", .role = Role::navigation, .name = std::string(word(W::nav))}, [&] {
      b.column({.gap = Space::fine, .height = area.h - 2 * b.px(Space::page)}, [&] {
        b.card({.fill = Token::none, .pad = Space::gap, .over = Space::none},
               [&] { b.text(Type::panel, Token::ink, word(W::app)); });
        b.skip(Space::wide);
        for (const ViewRow& row : all_views()) {
          if (row.entry == Entry::none) continue;
          const bool current = row_of(b.state.route.view).under == row.view;
          const Token ink = current ? Token::ink : Token::ink2;
          b.card({.fill = current ? Token::surface : Token::none,
                  .pad = Space::gap,
                  .over = Space::none,
                  .radius = 12,
                  .least = Size::entry,
                  .link = twin(b, row, current),
                  .action = go(route_to(b.state, row.view))},
                 [&] {
                   b.row({.gap = Space::gap}, [&] {
                     b.icon(row.icon, Size::glyph, ink);
                     b.split(
                         {.least = Size::none}, [&] { b.line(Type::name, ink, word(row.name)); },
                         [&] { badge(b, row); });
                   });
                 });
        }
        b.skip(Space::wide);
        b.spring();
        calls(b);
      });
    });
  });
}

// The labels grow with the person's text size as far as the longest has room.
void build_tabs(Builder& b) {
  const auto in_tabs = [](const ViewRow& row) { return row.entry == Entry::tab; };
  std::vector<const ViewRow*> rows;
  float longest = 1;
  for (const ViewRow& row : all_views())
    if (in_tabs(row)) {
      rows.push_back(&row);
      longest = std::max(longest, text_width(word(row.name), Type::tab, 1));
    }
  const ViewRow& now = row_of(b.state.route.view);
  // What has no tab is reached from the settings.
  const Route::View under = in_tabs(row_of(now.under)) ? now.under : Route::View::settings;
  const float room = b.m.width / static_cast<float>(rows.size()) - 2 * b.px(Space::fine);
  const float usual = b.m.scale;
  b.m.scale = std::clamp(std::min(usual, room / longest), 1.0F, 2.0F);
  b.inside({.id = "nav", .role = Role::navigation, .name = std::string(word(W::nav))}, [&] {
    b.rule();
    b.skip(Space::tight);
    b.shares(Space::none, rows.size(), [&](std::size_t at) {
      const ViewRow& row = *rows[at];
      const bool current = row.view == under;
      const Token ink = current ? Token::ink : Token::ink2;
      b.card({.fill = current ? Token::raised : Token::none,
              .pad = Space::thin,
              .over = Space::tight,
              .radius = 12,
              .link = twin(b, row, current),
              .action = go(route_to(b.state, row.view))},
             [&] {
               b.column({.align = Align::middle}, [&] {
                 b.row({.gap = Space::fine}, [&] {
                   // The badge hangs beside the icon, which stays in the middle.
                   b.take(b.measure_row({}, [&] { badge(b, row); }).w, 0);
                   b.icon(row.icon, Size::glyph, ink);
                   badge(b, row);
                 });
                 b.skip(Space::thin);
                 b.line(Type::tab, ink, word(row.name));
               });
             });
    });
    b.skip(Space::tight);
  });
  b.m.scale = usual;
}

void build_menu(Builder& b) {
  const int anchor = b.page.find(b.memory.menu);
  if (!b.memory.menu.empty() && anchor >= 0) build_popup(b, anchor);
}

int open_problems(const Builder& b) {
  return static_cast<int>(b.state.problems.size() + b.plan.attention.size());
}

}  // namespace foyer::shell
