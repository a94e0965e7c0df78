// The home and the room view: title with plant chooser, search, the problem that matters most, rooms with
// their tiles.
#include <algorithm>

#include "core/app/state/words.hpp"
#include "shell/views/home_tiles.hpp"
#include "shell/views/tile.hpp"
#include "shell/views/views.hpp"
#include "shell/views/why.hpp"

namespace foyer::shell {
namespace {

void search_field(Builder& b, Size width) {
  b.card({.edge = Token::line, .pad = Space::none, .radius = 12, .width = width}, [&] {
    b.row({}, [&] {
      b.take(b.px(Space::fine), 0);
      b.icon(Icon::search, Size::glyph_line, Token::ink2);
      b.split(
          {.gap = Space::fine, .least = Size::none},
          [&] {
            b.input("search", std::string(word(W::search)), std::string(word(W::search)), b.memory.query,
                    b.px(Size::field));
          },
          [&] {
            if (!b.memory.query.empty() || b.memory.searching) {
              b.button({.id = "search/clear",
                        .name = std::string(word(W::search_clear)),
                        .icon = Icon::close,
                        .look = Builder::Look::quiet},
                       Local{Local::What::clear_search, {}, {}});
            } else if (!b.m.touch && !b.m.phone) {
              b.pill("/", Token::ink2, Token::none, Token::line);
              b.take(b.px(Space::thin), 0);
            }
          });
    });
  });
}

// A square of the header with one glyph.
void header_button(Builder& b, std::string id, W name, Icon icon, Action action) {
  Builder::Button what{.id = std::move(id), .name = std::string(word(name)), .icon = icon};
  what.high = Size::field;
  what.width = b.px(Size::field);
  what.fill = Token::surface;
  what.edge = Token::line;
  b.button(what, std::move(action));
}

// Name of the home, which is the chooser when there are several.
void home_title(Builder& b, const Plant& plant) {
  const bool open = b.memory.menu == "plants";
  const std::string name = shown_name(b.state, plant);
  const bool large = !b.m.phone || text_width(name, Type::title, b.m.scale) <= b.room() - b.px(Size::field);
  const Type type = large ? Type::title : Type::panel;
  if (b.state.plants.size() < 2) return b.heading("heading/home", 1, type, name);
  Node link{.id = "plants", .role = Role::button, .name = say(W::current_home, {name})};
  link.expanded = open;
  b.card({.fill = Token::none,
          .pad = Space::none,
          .halo = Space::tight,
          .radius = 10,
          .fit = true,
          .link = std::move(link),
          .action = Local{Local::What::menu, "plants", {}}},
         [&] {
           b.split(
               {.gap = Space::small, .least = Size::none}, [&] { b.heading("heading/home", 1, type, name); },
               [&] { b.icon(open ? Icon::chevron_up : Icon::chevron_down, Size::glyph_big, Token::ink); });
         });
}

void home_header(Builder& b, const Plant& plant) {
  if (b.m.phone && b.memory.searching) return search_field(b, Size::none);
  b.split(
      {.gap = Space::card}, [&] { home_title(b, plant); },
      [&] {
        if (b.state.online) header_button(b, "refresh", W::refresh, Icon::refresh, Intent{intent::Refresh{}});
        if (b.m.phone)
          header_button(b, "search/open", W::search, Icon::search, Local{Local::What::focus_search, {}, {}});
        else
          search_field(b, Size::search);
      });
}

// "Garden gateway is offline since 14:02. Check its power and network. …"
void strip(Builder& b, const Problem& problem) {
  const std::string account = problem.needs_sign_in ? problem.account : std::string{};
  const W label = account.empty() ? W::details : W::sign_in_again;
  std::string more = problem.remedy;
  if (!problem.doing.empty())
    more += (more.empty() ? "" : " ") + b.times.live(problem.doing, problem.again_at);
  const bool gateway = problem.condition == policy::Condition::gateway_offline;
  b.card({.fill = Token::badbg,
          .over = Space::gap,
          .parent = {.id = "strip", .role = Role::region, .name = std::string(word(W::problems))}},
         [&] {
           b.row({.gap = Space::gap}, [&] {
             b.icon(gateway ? Icon::gateway_offline : Icon::problems, Size::glyph_big, Token::bad);
             b.split([&] { b.lead_in("strip/text", b.m.phone, Token::bad, problem.what, more); },
                     [&] {
                       b.button({.id = account.empty() ? "strip/details" : "strip/sign_in",
                                 .name = std::string(word(label)) + ": " + problem.what,
                                 .label = std::string(word(label))},
                                account.empty() ? go(route_to(b.state, Route::View::problems))
                                                : Action{Intent{intent::SignIn{account}}});
                     });
           });
         });
}

std::string room_summary(const HomePlan::Room& room, const std::string& next) {
  if (room.all_offline) return std::string(word(W::room_gateway_offline));
  std::string text;
  auto add = [&](std::string more) { text += (text.empty() ? "" : " · ") + std::move(more); };
  if (room.on > 0) add(say(W::room_on, {std::to_string(room.on)}));
  if (room.temperature) add(quantity(*room.temperature, Unit::celsius));
  if (room.humidity) add(quantity(*room.humidity, Unit::percent));
  if (room.open_window) add(std::string(word(W::aspect_open_window)));
  if (room.watts >= 1) add(quantity(room.watts, Unit::watt));
  if (!next.empty()) add(next);
  return text;
}

// The rows of tiles of a room that are near the view, beginning with `row`.
void room_rows(Builder& b, const Plant& plant, std::size_t& row, std::uint32_t index, Rect lane) {
  const HomePlan& plan = b.plan;
  const HomePlan::Room& room = plan.rooms[index];
  const Route& route = b.state.route;
  for (; row < plan.rows.size() && plan.rows[row].room == index; ++row) {
    const HomePlan::Row& line = plan.rows[row];
    const Rect place = b.part(lane, line.top, line.height);
    if (b.is_below(place)) {
      row = plan.row_at(room.bottom + 1);
      return;
    }
    if (!b.near(place)) continue;
    b.cells(place, plan.sizes.width, line.count, [&](std::size_t at) {
      const Module& module = plant.modules[plan.tiles[line.first + at]];
      build_tile(b, module, line.height, static_cast<int>(line.first - room.first + at) + 1,
                 static_cast<int>(room.count), route_to(plant, module, route.ambient),
                 b.m.wide && route.view == Route::View::module && route.module == module.id);
    });
  }
}

// What a search left of it: switching off means what is seen.
std::vector<ModuleId> shown_of(const Builder& b, const Plant& plant, const HomePlan::Room& room) {
  std::vector<ModuleId> out;
  for (std::uint32_t at = room.first; at < room.first + room.count; ++at)
    out.push_back(plant.modules[b.plan.tiles[at]].id);
  return out;
}

// What the heating of a room does next, in a sentence.
std::string next_of(Builder& b, const Plant& plant, const HomePlan::Room& room) {
  const Module* heating = heating_of(plant, b.plan, room);
  return heating == nullptr ? std::string() : next_text(outlook_of(plant, *heating, b.times), b.times);
}

// On a room's own page: the sentence whole, and why it is so.
void room_outlook(Builder& b, const Plant& plant, const HomePlan::Room& room) {
  const Module* heating = heating_of(plant, b.plan, room);
  if (heating == nullptr) return;
  const std::string next = next_of(b, plant, room), why = why_id("room", *heating);
  const auto ask = [&] {
    b.button({.id = why,
              .name = say(W::why_name, {shown_name(b.state, *heating)}),
              .label = std::string(word(W::why)),
              .icon = Icon::info},
             open_why(why))
        .expanded = b.memory.menu == why;
  };
  if (next.empty()) return b.wrap({}, ask);
  b.split([&] { b.paragraph("room/next", Type::name, Token::ink, next); }, ask);
}

RoomHeading heading_of(Builder& b, const Plant& plant, const HomePlan::Room& room, bool detailed) {
  const Ambient* ambient =
      room.ambient < 0 ? nullptr : &plant.ambients[static_cast<std::size_t>(room.ambient)];
  RoomHeading out{
      .id = ambient == nullptr ? "room/none" : "room/" + ambient->id.text,
      .name = ambient == nullptr ? std::string(word(W::room_none)) : shown_name(b.state, *ambient)};
  if (!detailed) return out;
  // The room's own page says what comes next in a line of its own.
  out.summary = room_summary(room, b.state.route.ambient.empty() ? next_of(b, plant, room) : std::string());
  if (ambient == nullptr) return out;
  out.open = go({.view = Route::View::ambient, .plant = plant.id, .ambient = ambient->id, .module = {}});
  out.can_switch_off = b.state.online && room.can_switch_off;
  out.folded = room.folded;
  const bool part = !b.memory.query.empty() && b.state.route.ambient.empty();
  if (room.can_switch_off || !b.state.route.ambient.empty()) {
    intent::AllOff off{.plant = plant.id, .ambient = ambient->id};
    if (part) off.among = shown_of(b, plant, room);
    out.all_off = Intent{std::move(off)};
  }
  if (!part && b.state.route.ambient.empty())
    out.fold = Intent{intent::Arrange{{ArrangementChange::What::fold, ambient->id.text, {}}}};
  return out;
}

// The window begins at the first row that can be seen; headings of the other rooms are nodes all the same,
// so that a screen reader can jump to them.
void rooms(Builder& b, const Plant& plant, bool headings) {
  const HomePlan& plan = b.plan;
  const Rect lane = b.lane(plan.height);
  std::size_t first = plan.row_at(b.first_seen(lane));
  for (std::uint32_t at = 0; at < plan.rooms.size(); ++at) {
    const HomePlan::Room& room = plan.rooms[at];
    const bool near = b.near(b.part(lane, room.top, room.bottom - room.top));
    const RoomHeading heading = heading_of(b, plant, room, near);
    const Rect top = b.part(lane, room.top, headings ? plan.sizes.heading : 0);
    if (headings && near) {
      b.at(top, [&] { build_room_heading(b, heading); });
    } else if (headings) {
      Node far{.id = heading.id + "/heading", .role = Role::heading, .name = heading.name};
      far.level = 2;
      b.node(std::move(far), top);
      b.page.places.back().far = true;
    }
    if (!near) continue;
    if (room.folded) continue;
    while (first < plan.rows.size() && plan.rows[first].room < at) ++first;
    b.enclose({.id = heading.id + "/list", .role = Role::list, .name = heading.name},
              b.part(lane, room.top + top.h, room.bottom - room.top - top.h),
              [&] { room_rows(b, plant, first, at, lane); });
  }
}

const Problem* worst(const State& state) {
  for (const Problem& problem : state.problems)
    if (problem.needs_sign_in) return &problem;
  return state.problems.empty() ? nullptr : &state.problems.front();
}

void empty_home(Builder& b, std::string_view words) {
  b.narrow(Size::narrow, [&] { b.paragraph("home/empty", Type::body, Token::ink2, words); });
  b.button({.id = "home/refresh", .label = std::string(word(W::refresh)), .icon = Icon::refresh},
           Intent{intent::Refresh{}});
}

// Of each account that is signed in: the cause is another one with each vendor.
std::string no_homes(const State& state) {
  std::string all;
  for (const AccountState& account : state.accounts) {
    if (account.session.status != oauth::Status::signed_in) continue;
    const std::string one = no_homes_text(account.providers);
    if (!all.contains(one)) all += (all.empty() ? "" : " ") + one;
  }
  return all;
}

void no_plant(Builder& b) {
  b.heading("heading/home", 1, Type::title, word(b.state.loading ? W::loading : W::home));
  if (b.state.loading)
    return b.list({.gap = Space::gap, .least = b.m.phone ? Size::tile_least : Size::tile}, 12,
                  [&](std::size_t) { build_blank_tile(b); });
  // Why nothing could be read, or that there is nothing.
  for (const Problem& problem : b.state.problems) build_problem(b, problem);
  if (b.state.problems.empty()) empty_home(b, no_homes(b.state));
}

void with_plant(Builder& b, const Plant& plant) {
  const Ambient* only = b.state.route.ambient.empty() ? nullptr : plant.ambient(b.state.route.ambient);
  if (only != nullptr) {
    b.page_title(shown_name(b.state, *only), true);
    if (!b.plan.rooms.empty()) {
      const RoomHeading room = heading_of(b, plant, b.plan.rooms.front(), true);
      b.split([&] { b.label("room/summary", Type::small, Token::ink2, room.summary); },
              [&] { all_off_button(b, room); });
      room_outlook(b, plant, b.plan.rooms.front());
    }
  } else {
    home_header(b, plant);
    const Problem* problem = worst(b.state);
    if (!b.state.online)
      b.note("offline", Icon::cloud_off, Token::ink2, Token::raised,
             std::string(word(W::offline_line)) + " " + std::string(word(W::offline_remedy)));
    else if (problem != nullptr)
      strip(b, *problem);
  }
  const bool searched = only == nullptr && !b.memory.query.empty();
  if (b.plan.tiles.empty() && b.plan.found.empty() && searched)
    return b.paragraph("home/empty", Type::body, Token::ink2, say(W::search_none, {b.memory.query}));
  if (searched) build_found(b);
  if (b.plan.tiles.empty() && !searched) return empty_home(b, word(W::rooms_none));
  if (only == nullptr && !searched) build_home_head(b, plant);
  rooms(b, plant, only == nullptr);
  if (only != nullptr) build_arrangement(b, plant, *only);
}

}  // namespace

void build_home(Builder& b) {
  const Plant* plant = b.state.plant();
  b.sheet(Layer::main, b.main_area, Token::none, {}, [&] {
    b.inside({.id = "main",
              .role = Role::main,
              .name = plant == nullptr ? std::string(word(W::home)) : shown_name(b.state, *plant)},
             [&] {
               b.column({.gap = Space::wide},
                        [&] { plant == nullptr ? no_plant(b) : with_plant(b, *plant); });
             });
  });
}

}  // namespace foyer::shell
