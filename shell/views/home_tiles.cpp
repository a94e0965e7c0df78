// One tile of the home: what make_tile() says, laid out.
#include "shell/views/home_tiles.hpp"

#include <algorithm>

#include "shell/views/tile.hpp"
#include "shell/views/why.hpp"

namespace foyer::shell {
namespace {

Action send(const Module& module, Aspect aspect, Value value) {
  return Intent{intent::Send{module.id, Command{aspect, std::move(value), {}}}};
}

std::string why_not(const Tile& tile) {
  return tile.enabled ? std::string{} : std::string(word(W::offline_remedy));
}

void main_control(Builder& b, const Module& module, const Tile& tile, const std::string& id) {
  if (tile.control == TileControl::toggle && tile.picture != TilePicture::offline) {
    const bool on = module.flag(Aspect::on_off).value_or(false);
    Node& node = b.toggle(id + "/on_off", tile.name, on, !tile.enabled, send(module, Aspect::on_off, !on));
    node.busy = tile.picture == TilePicture::sent;
    node.description = why_not(tile);
  } else if (tile.control == TileControl::number && !tile.number.empty()) {
    b.line(Type::panel, Token::ink, tile.number);
  } else if (tile.control == TileControl::run && tile.enabled) {
    b.button({.id = id + "/run",
              .name = say(W::scene_run, {tile.name}),
              .icon = Icon::play,
              .high = Size::plate,
              .width = b.px(Size::plate)},
             send(module, Aspect::run, true));
  }
}

void brightness(Builder& b, const Module& module, const Tile& tile, const std::string& id) {
  // A lamp that is off keeps its level; the bar shows what shines.
  const bool on = module.flag(Aspect::on_off).value_or(true);
  const Adjust what{module.id, Aspect::level, module.capability(Aspect::level)->range.value_or(Range{}),
                    on ? module.number(Aspect::level).value_or(0) : 0};
  b.slider(id + "/level", say(W::brightness, {tile.name}), Size::track, what, Unit::percent, tile.on,
           !tile.enabled)
      .description = why_not(tile);
}

// Name and state; where the last command was not confirmed or failed, pressing them looks or tries again.
void words(Builder& b, const Module& module, const Tile& tile, const std::string& id) {
  const bool faint = tile.picture == TilePicture::offline || tile.picture == TilePicture::unknown;
  const bool again = tile.picture == TilePicture::not_confirmed;
  const bool retry =
      tile.picture == TilePicture::failed && tile.command != nullptr && !momentary(tile.command->command);
  Action action{};
  if (again) action = Intent{intent::LookAgain{module.id}};
  if (retry) action = Intent{intent::Send{module.id, tile.command->command}};
  const auto state = [&] {
    b.row({.gap = Space::fine}, [&] {
      if (tile.line_icon != Icon::none) b.icon(tile.line_icon, Size::glyph_text, tile.line_ink, Type::small);
      b.line(Type::small, tile.line_ink, tile.line);
    });
  };
  const auto name = [&] { b.line(Type::name, faint ? Token::ink2 : Token::ink, tile.name); };
  if (again || retry) {
    Node link{.id = id + "/again",
              .role = Role::button,
              .name = say(again ? W::look_again_name : W::try_again_name, {tile.name}),
              .description = tile.line};
    return b.card({.fill = Token::none,
                   .pad = Space::none,
                   .halo = Space::thin,
                   .radius = 6,
                   .fit = true,
                   .link = std::move(link),
                   .action = std::move(action)},
                  [&] {
                    name();
                    state();
                  });
  }
  name();
  const auto told = [&] {
    b.card({.fill = Token::none,
            .pad = Space::none,
            .fit = true,
            .link = {.id = id + "/state", .role = Role::text, .name = tile.line}},
           state);
  };
  if (!tile.reasons) return told();
  const std::string why = why_id(id.starts_with("module/") ? "tile" : "favourite", module);
  Node link{
      .id = why, .role = Role::button, .name = say(W::why_name, {tile.name}), .description = tile.later};
  link.expanded = b.memory.menu == why;
  b.card({.fill = Token::none,
          .pad = Space::none,
          .halo = Space::thin,
          .radius = 6,
          .link = std::move(link),
          .action = open_why(why)},
         [&] {
           // The sign of it stands in the last line.
           const auto sign = [&] { b.icon(Icon::info, Size::glyph_text, Token::ink2, Type::small); };
           if (tile.next.empty()) return b.split({.gap = Space::fine, .least = Size::none}, told, sign);
           told();
           b.split(
               {.gap = Space::fine, .least = Size::none},
               [&] { b.line(Type::small, Token::ink2, tile.next); }, sign);
         });
}

}  // namespace

void build_tile(Builder& b, const Module& module, float height, int position, int set_size, Route open,
                bool selected, std::string_view prefix) {
  Tile tile = make_tile(b.state, module, b.times);
  const std::string id = std::string(prefix).append(kTile) + module.id.text;
  if (b.memory.dragged == id + "/level")  // the number follows the finger
    tile.line = quantity(b.memory.value, Unit::percent);
  const bool dashed = tile.picture == TilePicture::offline || tile.picture == TilePicture::unknown;
  const bool bad = tile.picture == TilePicture::failed || tile.picture == TilePicture::not_confirmed;
  Card card{.fill = dashed    ? Token::none
                    : tile.on ? Token::lit
                              : Token::surface,
            .edge = bad       ? Token::bad
                    : tile.on ? Token::litline
                    : dashed  ? Token::edge
                              : Token::none,
            .pad = Space::pad,
            .dashed = dashed,
            .ring = selected,
            .height = height};
  card.parent = {.id = std::string(prefix) + "tile/" + module.id.text, .role = Role::listitem};
  card.parent.position = position;
  card.parent.set_size = set_size;
  card.link = {.id = id, .role = Role::link, .name = tile.name, .description = tile.line};
  if (!tile.later.empty()) card.link.description += ", " + tile.later;
  card.link.current = selected;
  card.link.busy = tile.picture == TilePicture::sent;
  card.action = go(std::move(open));
  b.card(card, [&] {
    b.row({.align = Align::start}, [&] {
      b.plate(tile.icon, tile.plate, tile.glyph);
      b.spring();
      main_control(b, module, tile, id);
    });
    b.skip(Space::gap);
    b.spring();
    words(b, module, tile, id);
    if (tile.picture == TilePicture::offline) return;
    if (tile.dimmable) {
      b.skip(Space::small);
      brightness(b, module, tile, id);
    } else if (tile.control == TileControl::shutter) {
      b.skip(Space::small);
      shutter_buttons(b, module, id, tile.name, Size::track, Space::hair, tile.enabled);
    }
  });
}

// The buttons of a shutter side by side, as wide as there is room.
void shutter_buttons(Builder& b, const Module& module, const std::string& id, const std::string& name,
                     Size high, Space gap, bool enabled) {
  const Range range = module.capability(Aspect::position)->range.value_or(Range{});
  struct Part {
    const char* id;
    W name;
    Icon icon;
    Action action;
  };
  std::vector<Part> parts{
      {"/open", W::shutter_open, Icon::chevron_up, send(module, Aspect::position, range.most)}};
  if (module.commandable(Aspect::stop) != nullptr)
    parts.push_back({"/stop", W::shutter_stop, Icon::stop, send(module, Aspect::stop, true)});
  parts.push_back(
      {"/close", W::shutter_close, Icon::chevron_down, send(module, Aspect::position, range.least)});
  b.shares(gap, parts.size(), [&](std::size_t at) {
    Builder::Button what{
        .id = id + parts[at].id, .name = say(parts[at].name, {name}), .icon = parts[at].icon};
    what.disabled = !enabled;
    if (!enabled) what.why = word(W::offline_remedy);
    what.wide = true;
    what.high = high;
    b.button(what, parts[at].action);
  });
}

void build_tile_grid(Builder& b, std::span<const Module* const> modules, std::string_view prefix) {
  const TileSizes& sizes = b.plan.sizes;
  const auto columns = static_cast<std::size_t>(sizes.columns);
  const Plant* plant = b.state.plant();
  std::vector<float> tops{0};
  for (std::size_t first = 0; first < modules.size(); first += columns) {
    const auto row = modules.subspan(first, std::min(columns, modules.size() - first));
    const bool tall = std::ranges::any_of(row, [](const Module* one) { return tall_tile(*one); });
    tops.push_back(tops.back() + (tall ? sizes.tall : sizes.small) + sizes.gap);
  }
  const Rect lane = b.lane(tops.back() - sizes.gap);
  for (std::size_t row = 0; row + 1 < tops.size(); ++row) {
    const Rect place = b.part(lane, tops[row], tops[row + 1] - tops[row] - sizes.gap);
    if (!b.near(place)) continue;
    const std::size_t first = row * columns;
    b.cells(place, sizes.width, std::min(columns, modules.size() - first), [&](std::size_t at) {
      const Module& one = *modules[first + at];
      build_tile(b, one, place.h, static_cast<int>(first + at) + 1, static_cast<int>(modules.size()),
                 route_to(*plant, one), b.m.wide && b.state.route.module == one.id, prefix);
    });
  }
}

void build_blank_tile(Builder& b) {
  b.card({.pad = Space::pad}, [&] {
    b.plate(Icon::none, Token::raised, Token::none);
    b.skip(Space::pad);
    for (int line = 0; line < 2; ++line) {
      b.skip(Space::small);
      b.bar(0, Token::none, Token::raised);
    }
  });
}

void all_off_button(Builder& b, const RoomHeading& what) {
  b.button({.id = what.id + "/all_off",
            .name = say(W::room_all_off_name, {what.name}),
            .label = std::string(word(W::room_all_off)),
            .disabled = !what.can_switch_off},
           what.all_off);
}

void build_room_heading(Builder& b, const RoomHeading& what) {
  const auto name = [&] {
    const auto words = [&] {
      b.narrow(Size::title, [&] {
        Node& heading = b.label(what.id + "/heading", Type::section, Token::ink, what.name);
        heading.role = Role::heading;
        heading.level = 2;
      });
    };
    b.card({.fill = Token::none,
            .pad = Space::none,
            .halo = Space::fine,
            .radius = 8,
            .fit = true,
            .link = {.id = what.open.index() == 0 ? std::string() : what.id,
                     .role = Role::link,
                     .name = what.name},
            .action = what.open},
           words);
  };
  const auto summary = [&] {
    if (!what.summary.empty()) b.label(what.id + "/summary", Type::small, Token::ink2, what.summary);
  };
  b.split(
      [&] {
        if (b.m.phone)
          b.column({}, [&] {
            name();
            summary();
          });
        else
          b.row({.gap = Space::gap}, [&] {
            name();
            summary();
            b.take(0, b.button_height());
          });
      },
      [&] {
        if (what.all_off.index() != 0) all_off_button(b, what);
        if (what.fold.index() == 0) return;
        b.button({.id = what.id + "/fold",
                  .name = say(what.folded ? W::room_unfold : W::room_fold, {what.name}),
                  .icon = what.folded ? Icon::chevron_down : Icon::chevron_up,
                  .look = Builder::Look::quiet},
                 what.fold)
            .expanded = !what.folded;
      });
  b.skip(Space::small);
}

TileSizes tile_sizes(Builder& b, float width) {
  TileSizes out;
  out.gap = b.px(Space::gap);
  out.between = b.px(Space::section);
  const auto fits = [&](Size size) { return static_cast<int>((width + out.gap) / (b.px(size) + out.gap)); };
  out.columns = std::max(fits(Size::tile), std::clamp(fits(Size::tile_least), 1, 2));
  out.width = (width - static_cast<float>(out.columns - 1) * out.gap) / static_cast<float>(out.columns);
  const auto height = [&](std::initializer_list<Aspect> aspects) {
    Module sample;
    sample.name = sample.id.text = "x";
    sample.reach = Reach::reachable;
    sample.set_reading({.aspect = Aspect::temperature, .value = 20.0});
    for (const Aspect aspect : aspects)
      sample.capabilities.push_back({.aspect = aspect, .commandable = true});
    return b.measure(out.width, [&] { build_tile(b, sample, 0, 1, 1, {}, false, {}); }).h;
  };
  out.small = std::max(height({Aspect::on_off}), height({Aspect::setpoint}));
  out.tall = std::max({height({Aspect::on_off, Aspect::level}), height({Aspect::position, Aspect::stop}),
                       height({Aspect::setpoint}) + line_height(Type::small, b.m.scale)});  // what comes next
  const RoomHeading sample{.id = "x",
                           .name = "x",
                           .summary = "x",
                           .all_off = Intent{intent::Refresh{}},
                           .fold = Intent{intent::Refresh{}}};
  out.heading = b.measure(width, [&] { build_room_heading(b, sample); }).h;
  return out;
}

}  // namespace foyer::shell
