// One tile of the home: what make_tile() says, laid out.
#include <algorithm>
#include <cmath>

#include "shell/builder.hpp"
#include "shell/home_tiles.hpp"
#include "shell/tile.hpp"

namespace foyer::shell {
namespace {

constexpr float kPad = 14;

Action send(const Module& module, Aspect aspect, Value value) {
  return Intent{intent::Send{module.id, Command{aspect, std::move(value), {}}}};
}

void top_right(Builder& b, const Module& module, const Tile& tile, const std::string& id, Rect rect) {
  const float right = rect.x + rect.w - kPad, y = rect.y + kPad;
  if (tile.control == TileControl::toggle && tile.picture != TilePicture::offline) {
    const bool on = module.flag(Aspect::on_off).value_or(false);
    Node& node = b.toggle(id + "/on_off", tile.name, right - 48, y, on, !tile.enabled,
                          send(module, Aspect::on_off, !on));
    node.busy = tile.picture == TilePicture::sent;
    if (!tile.enabled) node.description = word(W::offline_remedy);
  } else if (tile.control == TileControl::number && !tile.number.empty()) {
    const float size = text_width(tile.number, Type::panel, b.m.scale);
    b.text(right - size, y - 2, size + 1, Type::panel, Token::ink, tile.number);
  } else if (tile.control == TileControl::run && tile.enabled) {
    b.button({.id = id + "/run", .name = say(W::scene_run, {tile.name}), .label = {}, .icon = Icon::play},
             {right - 40, y, 40, 40}, Intent{intent::Send{module.id, Command{Aspect::run, true, {}}}});
  }
}

// The row of controls at the bottom; answers its top.
float bottom_row(Builder& b, const Module& module, const Tile& tile, const std::string& id, Rect rect) {
  const float width = rect.w - 2 * kPad, x = rect.x + kPad;
  if (tile.picture == TilePicture::offline) return rect.y + rect.h - kPad;
  if (tile.dimmable) {
    const Capability& level = *module.capability(Aspect::level);
    const float top = rect.y + rect.h - kPad - 28;
    // A lamp that is off keeps its level; the bar shows what shines.
    const bool on = module.flag(Aspect::on_off).value_or(true);
    Adjust what{module.id, Aspect::level, level.range.value_or(Range{}),
                on ? module.number(Aspect::level).value_or(0) : 0};
    Node& node = b.slider(id + "/level", say(W::brightness, {tile.name}), {x, top, width, 28}, what,
                          Unit::percent, tile.on, !tile.enabled);
    if (!tile.enabled) node.description = word(W::offline_remedy);
    return top - 10;
  }
  if (tile.control != TileControl::shutter) return rect.y + rect.h - kPad;
  const Capability& position = *module.capability(Aspect::position);
  const Capability* stop = module.capability(Aspect::stop);
  const bool stops = stop != nullptr && stop->commandable;
  const float top = rect.y + rect.h - kPad - 32, count = stops ? 3 : 2;
  const float wide = (width - (count - 1) * 4) / count;
  const Range range = position.range.value_or(Range{});
  const std::string why = tile.enabled ? std::string{} : std::string(word(W::offline_remedy));
  b.button({.id = id + "/open",
            .name = say(W::shutter_open, {tile.name}),
            .label = {},
            .icon = Icon::chevron_up,
            .disabled = !tile.enabled,
            .why = why},
           {x, top, wide, 32}, send(module, Aspect::position, range.most));
  if (stops)
    b.button({.id = id + "/stop",
              .name = say(W::shutter_stop, {tile.name}),
              .label = {},
              .icon = Icon::stop,
              .disabled = !tile.enabled,
              .why = why},
             {x + wide + 4, top, wide, 32}, send(module, Aspect::stop, true));
  b.button({.id = id + "/close",
            .name = say(W::shutter_close, {tile.name}),
            .label = {},
            .icon = Icon::chevron_down,
            .disabled = !tile.enabled,
            .why = why},
           {x + (count - 1) * (wide + 4), top, wide, 32}, send(module, Aspect::position, range.least));
  return top - 10;
}

void state_words(Builder& b, const Module& module, const Tile& tile, const std::string& id, Rect rect,
                 float bottom) {
  const float small = line_height(Type::small, b.m.scale), name = line_height(Type::name, b.m.scale);
  const float x = rect.x + kPad, width = rect.w - 2 * kPad;
  const float line_top = bottom - small, name_top = line_top - name;
  const bool faint = tile.picture == TilePicture::offline || tile.picture == TilePicture::unknown;
  b.text(x, name_top, width, Type::name, faint ? Token::ink2 : Token::ink, tile.name);
  float left = x;
  const bool again = tile.picture == TilePicture::not_confirmed;
  const bool retry =
      tile.picture == TilePicture::failed && tile.command != nullptr && !momentary(tile.command->command);
  const float glyph = tile.line_icon == Icon::none ? 0 : b.m.em(14) + 5;
  const float wide = std::min(width, glyph + text_width(tile.line, Type::small, b.m.scale));
  if (again || retry) {
    Action action = again ? Action{Intent{intent::LookAgain{module.id}}}
                          : Action{Intent{intent::Send{module.id, tile.command->command}}};
    Rect hit = target_rect({x - 4, line_top - 2, wide + 8, small + 4}, b.m.touch ? 44 : 24);
    hit.x = x - 4, hit.w = wide + 8;
    Node& node =
        b.node(id + "/again", Role::button, say(again ? W::look_again_name : W::try_again_name, {tile.name}),
               hit, std::move(action));
    node.description = tile.line;
    b.box({x - 4, line_top - 2, wide + 8, small + 4}, Token::none, 6, Token::none, b.last());
  } else {
    b.node(id + "/state", Role::text, tile.line, {x, line_top, wide, small});
  }
  if (glyph > 0) b.icon({left, line_top, b.m.em(14), small}, tile.line_icon, b.m.em(14), tile.line_ink);
  left += glyph;
  b.text(left, line_top, width - glyph, Type::small, tile.line_ink, tile.line);
}

}  // namespace

void build_tile(Builder& b, const Module& module, Rect rect, int position, int set_size, Route open,
                bool selected) {
  const Tile tile = make_tile(b.state, module, b.times);
  const std::string id = "module/" + module.id.text;
  b.group(rect.y - 4, rect.y + rect.h + 4);
  Node& item = b.parent("tile/" + module.id.text, Role::listitem, {}, rect);
  item.position = position;
  item.set_size = set_size;
  Node& link = b.node(id, Role::link, tile.name, rect, go(std::move(open)));
  link.description = tile.line;
  link.current = selected;
  link.busy = tile.picture == TilePicture::sent;

  const bool dashed = tile.picture == TilePicture::offline || tile.picture == TilePicture::unknown;
  const bool bad = tile.picture == TilePicture::failed || tile.picture == TilePicture::not_confirmed;
  const Token edge = bad ? Token::bad : tile.on ? Token::litline : dashed ? Token::edge : Token::none;
  Item& back = b.box(rect, dashed ? Token::none : tile.on ? Token::lit : Token::surface, 16, edge, b.last());
  if (dashed) back.kind = Item::Kind::dashed;
  if (selected) {
    Item& ring = b.box({rect.x - 3, rect.y - 3, rect.w + 6, rect.h + 6}, Token::none, 19, Token::focus);
    ring.value = 2;
  }
  b.box({rect.x + kPad, rect.y + kPad, 40, 40}, tile.plate, 12);
  b.icon({rect.x + kPad, rect.y + kPad, 40, 40}, tile.icon, 22, tile.glyph);
  top_right(b, module, tile, id, rect);
  const float bottom = bottom_row(b, module, tile, id, rect);
  state_words(b, module, tile, id, rect, bottom);
  b.end_parent();
}

void build_blank_tile(Builder& b, Rect rect) {
  b.group(rect.y, rect.y + rect.h);
  b.box(rect, Token::surface, 16);
  b.box({rect.x + kPad, rect.y + kPad, 40, 40}, Token::raised, 12);
  b.box({rect.x + kPad, rect.y + rect.h - kPad - 32, rect.w * 0.55F, 12}, Token::raised, 6);
  b.box({rect.x + kPad, rect.y + rect.h - kPad - 12, rect.w * 0.35F, 10}, Token::raised, 5);
}

}  // namespace foyer::shell
