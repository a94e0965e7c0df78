// The home and the room view: title with plant chooser, search, the problem that matters most, rooms with
// their tiles.
#include <algorithm>
#include <cmath>

#include "shell/builder.hpp"
#include "shell/home_plan.hpp"
#include "shell/home_tiles.hpp"
#include "shell/tile.hpp"

namespace foyer::shell {
namespace {

constexpr float kField = 44;

std::string device_count(const Plant& plant) {
  auto count = std::count_if(plant.modules.begin(), plant.modules.end(), has_tile);
  return count == 1 ? std::string(word(W::search_one)) : say(W::search_count, {std::to_string(count)});
}

void search_field(Builder& b, Rect rect, const std::string& hint) {
  Node& node = b.node("search", Role::textbox, std::string(word(W::search)), rect,
                      Local{Local::What::text, "search", {}});
  node.value_text = b.memory.query;
  node.description = hint;
  b.box(rect, Token::surface, 12, Token::line, b.last());
  b.icon({rect.x + 12, rect.y, 18, rect.h}, Icon::search, 18, Token::ink2);
  Item& input = b.box({rect.x + 38, rect.y, rect.w - 38 - 44, rect.h}, Token::none, 0, Token::none, b.last());
  input.kind = Item::Kind::field;
  input.text = ellipsize(hint, Type::body, b.m.scale, input.rect.w);
  if (!b.memory.query.empty() || b.memory.searching) {
    b.button({.id = "search/clear",
              .name = std::string(word(W::search_clear)),
              .label = {},
              .icon = Icon::close,
              .look = Builder::Look::quiet},
             {rect.x + rect.w - 40, rect.y + 6, 32, 32}, Local{Local::What::clear_search, {}, {}});
  } else if (!b.m.touch && b.m.scale < 1.3F) {
    b.box({rect.x + rect.w - 36, rect.y + 10, 24, 24}, Token::none, 6, Token::line);
    b.text(rect.x + rect.w - 27, rect.y + 13, 12, Type::small_strong, Token::ink2, "/");
  }
}

// A square of the header with one glyph.
void header_button(Builder& b, std::string id, W name, Icon icon, float x, float y, Action action) {
  const Rect rect{x, y, kField, kField};
  b.node(std::move(id), Role::button, std::string(word(name)), rect, std::move(action));
  b.box(rect, Token::surface, 12, Token::line, b.last());
  b.icon(rect, icon, 20, Token::ink2);
}

// Title, chooser, refresh and search; answers the height used.
float home_header(Builder& b, const Plant& plant, float x, float width) {
  const float top = 24, line = line_height(Type::title, b.m.scale), high = std::max(line, kField);
  b.group(0, top + high);
  const bool chooser = b.state.plants.size() > 1;
  const float field = b.m.phone ? kField : std::clamp(width * 0.36F, 200.0F, 280.0F);
  const float gap = 8, room = width - field - kField - gap - 16 - (chooser ? 36 : 0);
  if (b.m.phone && b.memory.searching) {
    search_field(b, {x, top, width, kField}, device_count(plant));
    return top + high;
  }
  const bool fits = text_width(plant.name, Type::title, b.m.scale) <= room;
  const Type title = b.m.phone && !fits ? Type::panel : Type::title;
  const float y = top + (high - line_height(title, b.m.scale)) / 2;
  const float size = b.text(x, y, room, title, Token::ink, plant.name);
  b.node("heading/home", Role::heading, plant.name, {x, y, size, line}).level = 1;
  if (chooser) {
    const Rect hit{x - 8, top, size + 8 + 40, high};
    Node& node = b.node("plants", Role::button, say(W::current_home, {plant.name}), hit,
                        Local{Local::What::menu, "plants", {}});
    node.expanded = b.memory.menu == "plants";
    b.box({x + size + 6, top + (high - 32) / 2, 32, 32}, Token::none, 10, Token::none, b.last());
    b.icon({x + size + 6, top, 32, high}, b.memory.menu == "plants" ? Icon::chevron_up : Icon::chevron_down,
           24, Token::ink);
  }
  const float row = top + (high - kField) / 2;
  if (b.state.online)
    header_button(b, "refresh", W::refresh, Icon::refresh, x + width - field - gap - kField, row,
                  Intent{intent::Refresh{}});
  if (b.m.phone) {
    header_button(b, "search/open", W::search, Icon::search, x + width - kField, row,
                  Local{Local::What::focus_search, {}, {}});
  } else {
    search_field(b, {x + width - field, row, field, kField}, device_count(plant));
  }
  return top + high;
}

// A bold sentence that goes on in plain words on the line where it ended, in `width`.
struct Strip {
  Type strong, plain;
  std::vector<std::string> head{}, rest{};
  std::string beside{};
  float used = 0;
};

Strip flow(std::string_view head, std::string tail, float scale, float width, bool small) {
  Strip strip{small ? Type::small_strong : Type::strong, small ? Type::small : Type::body};
  strip.head = wrap(head, strip.strong, scale, width);
  strip.used = text_width(strip.head.back() + " ", strip.strong, scale);
  while (!tail.empty()) {
    std::size_t end = std::min(tail.find(' '), tail.size());
    std::string longer = strip.beside + (strip.beside.empty() ? "" : " ") + tail.substr(0, end);
    if (strip.used + text_width(longer, strip.plain, scale) > width) break;
    strip.beside = std::move(longer);
    tail.erase(0, end + 1);
  }
  if (!tail.empty()) strip.rest = wrap(tail, strip.plain, scale, width);
  return strip;
}

// "Garden gateway is offline since 14:02. Check its power and network. …"  Answers the next y.
float strip(Builder& b, float x, float y, float width, const Problem& problem) {
  const std::string account = problem.needs_sign_in ? problem.account : std::string{};
  const W label = account.empty() ? W::details : W::sign_in_again;
  Builder::Button what{.id = account.empty() ? "strip/details" : "strip/sign_in",
                       .name = std::string(word(label)) + ": " + problem.what,
                       .label = std::string(word(label))};
  const float button = b.button_width(what), left = x + (b.m.phone ? 50 : 54);
  const float beside_button = x + width - 28 - button - left;
  const bool below = beside_button < b.m.em(170);
  const float room = below ? x + width - 16 - left : beside_button;
  std::string more = problem.remedy;
  if (!problem.doing.empty()) more += (more.empty() ? "" : " ") + problem.doing;
  const Strip text = flow(problem.what, more, b.m.scale, room, b.m.phone);
  const float line = line_height(text.plain, b.m.scale);
  const float words = static_cast<float>(text.head.size() + text.rest.size()) * line;
  const float under = below ? b.button_height() + 10 : 0;
  const float high = std::max(words + under, b.button_height()) + 24;
  b.group(y, y + high);
  b.parent("strip", Role::region, std::string(word(W::problems)), {x, y, width, high});
  b.box({x, y, width, high}, Token::badbg, 16);
  b.icon({x + (b.m.phone ? 12.0F : 16.0F), y, 28, high},
         problem.condition == policy::Condition::gateway_offline ? Icon::gateway_offline : Icon::problems, 24,
         Token::bad);
  b.node("strip/text", Role::text, problem.what + (more.empty() ? "" : " " + more),
         {left, y + 12, room, words});
  float at = y + (high - words - under) / 2;
  for (const auto& part : text.head) b.text(left, at, room + 2, text.strong, Token::bad, part), at += line;
  if (!text.beside.empty())
    b.text(left + text.used, at - line, room - text.used + 2, text.plain, Token::ink, text.beside);
  for (const auto& part : text.rest) b.text(left, at, room + 2, text.plain, Token::ink, part), at += line;
  const Rect place =
      below ? Rect{left, at + 10, button, b.button_height()}
            : Rect{x + width - 16 - button, y + (high - b.button_height()) / 2, button, b.button_height()};
  b.button(
      what, place,
      account.empty()
          ? go({.view = Route::View::problems, .plant = b.state.route.plant, .ambient = {}, .module = {}})
          : Action{Intent{intent::SignIn{account}}});
  b.end_parent();
  return y + high + 20;
}

float offline_strip(Builder& b, float x, float y, float width) {
  const float line = line_height(Type::body, b.m.scale);
  const float left = x + 54, room = width - 70;
  auto lines = wrap(std::string(word(W::offline_line)) + " " + std::string(word(W::offline_remedy)),
                    Type::body, b.m.scale, room);
  const float high = static_cast<float>(lines.size()) * line + 24;
  b.group(y, y + high);
  b.box({x, y, width, high}, Token::raised, 16);
  b.icon({x + 16, y, 28, high}, Icon::cloud_off, 24, Token::ink2);
  b.paragraph("offline", left, y + 12, room, Type::body, Token::ink,
              std::string(word(W::offline_line)) + " " + std::string(word(W::offline_remedy)));
  return y + high + 20;
}

std::string room_summary(const HomePlan::Room& room) {
  if (room.all_offline) return std::string(word(W::room_gateway_offline));
  std::string text;
  auto add = [&](std::string more) { text += (text.empty() ? "" : " · ") + std::move(more); };
  if (room.on > 0) add(say(W::room_on, {std::to_string(room.on)}));
  if (room.temperature) add(quantity(*room.temperature, Unit::celsius));
  if (room.watts >= 1) add(quantity(room.watts, Unit::watt));
  return text;
}

Route room_route(const Plant& plant, const AmbientId& ambient) {
  return {.view = Route::View::ambient, .plant = plant.id, .ambient = ambient, .module = {}};
}

void room_heading(Builder& b, const Plant& plant, const HomePlan& plan, const HomePlan::Room& room, float x,
                  float y, float width, const std::string& id) {
  const Ambient* ambient =
      room.ambient < 0 ? nullptr : &plant.ambients[static_cast<std::size_t>(room.ambient)];
  const std::string name = ambient == nullptr ? std::string(word(W::room_none)) : ambient->name;
  const float high = plan.heading - 10, line = line_height(Type::section, b.m.scale);
  const float middle = y + (high - line) / 2;
  b.group(y, y + high);
  Builder::Button off{.id = id + "/all_off",
                      .name = say(W::room_all_off_name, {name}),
                      .label = std::string(word(W::room_all_off)),
                      .disabled = !b.state.online};
  const float button = room.can_switch_off && ambient != nullptr ? b.button_width(off) : 0;
  const float space = width - button - 12;
  float size = b.text(x, middle, space * 0.75F, Type::section, Token::ink, name);
  b.node(id + "/heading", Role::heading, name, {x, middle, size, line}).level = 2;
  if (ambient != nullptr) {
    b.node(id, Role::link, name, target_rect({x, middle, size, line}, b.m.target),
           go(room_route(plant, ambient->id)));
    b.box({x - 6, middle - 2, size + 12, line + 4}, Token::none, 8, Token::none, b.last());
  }
  if (std::string summary = room_summary(room); !summary.empty())
    b.label(id + "/summary", x + size + 10, middle + (line - line_height(Type::small, b.m.scale)) / 2 + 1,
            space - size - 10, Type::small, Token::ink2, summary);
  if (button > 0) b.button(off, {x + width - button, y, button, high}, Intent{intent::AllOff{ambient->id}});
}

void room_rows(Builder& b, const Plant& plant, const HomePlan& plan, std::size_t& row,
               std::uint32_t room_index, float x, float y) {
  const HomePlan::Room& room = plan.rooms[room_index];
  const Route& route = b.state.route;
  for (; row < plan.rows.size() && plan.rows[row].room == room_index; ++row) {
    const HomePlan::Row& line = plan.rows[row];
    if (!b.near(y + line.top, y + line.top + line.height)) {
      if (y + line.top > b.window_bottom) {
        row = plan.row_at(room.bottom + 1);
        return;
      }
      continue;
    }
    for (std::uint32_t at = 0; at < line.count; ++at) {
      const Module& module = plant.modules[plan.tiles[line.first + at]];
      Rect rect{x + static_cast<float>(at) * (plan.tile_width + b.m.gap), y + line.top, plan.tile_width,
                line.height};
      Route open{
          .view = Route::View::module, .plant = plant.id, .ambient = route.ambient, .module = module.id};
      build_tile(b, module, rect, static_cast<int>(line.first - room.first + at) + 1,
                 static_cast<int>(room.count), std::move(open),
                 b.m.wide && route.view == Route::View::module && route.module == module.id);
    }
  }
}

void rooms(Builder& b, const Plant& plant, const HomePlan& plan, float x, float y, float width,
           bool headings) {
  // The windows begins at the first row that can be seen; headings of the other rooms are nodes all the same,
  // so that a screen reader can jump to them.
  std::size_t first = b.everything ? 0 : plan.row_at(b.window_top - y);
  for (std::uint32_t at = 0; at < plan.rooms.size(); ++at) {
    const HomePlan::Room& room = plan.rooms[at];
    const bool near = b.near(y + room.top, y + room.bottom);
    const std::string id = room.ambient < 0
                               ? std::string("room/none")
                               : "room/" + plant.ambients[static_cast<std::size_t>(room.ambient)].id.text;
    if (headings && near) {
      room_heading(b, plant, plan, room, x, y + room.top, width, id);
    } else if (headings) {
      const std::string name = room.ambient < 0 ? std::string(word(W::room_none))
                                                : plant.ambients[static_cast<std::size_t>(room.ambient)].name;
      b.node(id + "/heading", Role::heading, name, {x, y + room.top, width, plan.heading - 10}).level = 2;
      b.page.places.back().far = true;
    }
    if (!near) continue;
    while (first < plan.rows.size() && plan.rows[first].room < at) ++first;
    b.parent(id + "/list", Role::list,
             room.ambient < 0 ? std::string(word(W::room_none))
                              : plant.ambients[static_cast<std::size_t>(room.ambient)].name,
             {x, y + room.top + plan.heading, width, room.bottom - room.top - plan.heading});
    room_rows(b, plant, plan, first, at, x, y);
    b.end_parent();
  }
}

const Problem* worst(const State& state) {
  for (const Problem& problem : state.problems)
    if (problem.needs_sign_in) return &problem;
  return state.problems.empty() ? nullptr : &state.problems.front();
}

float empty_home(Builder& b, float x, float y, float width, W words) {
  b.group(y, y + 200);
  y += b.paragraph("home/empty", x, y, std::min(width, b.m.em(480)), Type::body, Token::ink2, word(words)) +
       16;
  Builder::Button refresh{
      .id = "home/refresh", .name = {}, .label = std::string(word(W::refresh)), .icon = Icon::refresh};
  b.button(refresh, {x, y, b.button_width(refresh), b.button_height()}, Intent{intent::Refresh{}});
  return y + b.button_height();
}

}  // namespace

void build_home(Builder& b, Rect area, HomePlan& plan) {
  const Plant* plant = b.state.plant();
  const float x = area.x + b.m.margin, width = area.w - 2 * b.m.margin;
  b.open_layer(Layer::main, area);
  b.parent("main", Role::main, plant == nullptr ? std::string(word(W::home)) : plant->name, area);
  float y = 24;
  if (plant == nullptr) {
    b.group(0, 80);
    if (b.state.loading) {
      b.heading("heading/home", 1, x, y, width, Type::title, word(W::loading));
      y += line_height(Type::title, b.m.scale) + 24;
      plan = plan_home(Plant{}, {}, {}, b.m, width);
      for (int at = 0; at < 12; ++at) {
        const int row = at / plan.columns, column = at % plan.columns;
        build_blank_tile(b,
                         {x + static_cast<float>(column) * (plan.tile_width + b.m.gap),
                          y + static_cast<float>(row) * (plan.small + b.m.gap), plan.tile_width, plan.small});
      }
      y += 3 * (plan.small + b.m.gap);
    } else {
      b.heading("heading/home", 1, x, y, width, Type::title, word(W::home));
      y += line_height(Type::title, b.m.scale) + 12;
      // Why nothing could be read, or that there is nothing.
      for (const Problem& problem : b.state.problems) y = build_problem(b, problem, x, y, width);
      if (b.state.problems.empty()) y = empty_home(b, x, y, width, W::homes_none);
    }
  } else {
    const Ambient* only = b.state.route.ambient.empty() ? nullptr : plant->ambient(b.state.route.ambient);
    y = only != nullptr ? page_title(b, x, y, width, only->name, true)
                        : home_header(b, *plant, x, width) + 20;
    if (only == nullptr && !b.state.online) y = offline_strip(b, x, y, width);
    const Problem* problem = worst(b.state);
    if (only == nullptr && problem != nullptr && b.state.online) y = strip(b, x, y, width, *problem);
    if (only != nullptr && !plan.rooms.empty()) {
      const HomePlan::Room& room = plan.rooms.front();
      b.group(y, y + b.button_height());
      b.label("room/summary", x, y + 6, width - 120, Type::small, Token::ink2, room_summary(room));
      Builder::Button off{.id = "room/" + only->id.text + "/all_off",
                          .name = say(W::room_all_off_name, {only->name}),
                          .label = std::string(word(W::room_all_off)),
                          .disabled = !b.state.online || !room.can_switch_off};
      b.button(off, {x + width - b.button_width(off), y, b.button_width(off), b.button_height()},
               Intent{intent::AllOff{only->id}});
      y += b.button_height() + 12;
    }
    if (plan.tiles.empty()) {
      if (b.memory.query.empty()) {
        y = empty_home(b, x, y, width, W::rooms_none);
      } else {
        b.group(y, y + 40);
        y += b.paragraph("home/empty", x, y, width, Type::body, Token::ink2,
                         say(W::search_none, {b.memory.query}));
      }
    }
    rooms(b, *plant, plan, x, y, width, only == nullptr);
    y += plan.height;
  }
  b.end_parent();
  b.close_layer(y + 32);
}

}  // namespace foyer::shell
