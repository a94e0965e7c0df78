#include "shell/builder.hpp"

#include <algorithm>
#include <cmath>

namespace foyer::shell {

Metrics metrics(float width, float height, const Appearance& look) {
  Metrics m;
  m.width = width;
  m.height = height;
  m.scale = std::clamp(look.text_scale, 0.8F, 2.0F);
  m.phone = width < 700;
  m.wide = width >= 1100;
  m.touch = look.touch;
  m.margin = m.phone ? 16 : 24;
  m.gap = m.phone ? 10 : 12;
  m.target = look.touch ? 44 : 32;
  return m;
}

Rect target_rect(Rect rect, float least) {
  float w = std::max(rect.w, least), h = std::max(rect.h, least);
  return {rect.x - (w - rect.w) / 2, rect.y - (h - rect.h) / 2, w, h};
}

Action go(Route route) { return Intent{intent::Go{std::move(route)}}; }

void Builder::open_layer(Layer target, Rect clip, Token fill) {
  layer = target;
  Area& area = page.area(target);
  area.clip = clip;
  area.used = true;
  area.fill = fill;
}

void Builder::close_layer(float extent) { page.area(layer).extent = extent; }

void Builder::group(float top, float bottom) {
  auto at = static_cast<std::uint32_t>(page.items.size());
  page.groups.push_back({layer, top, bottom, at, at});
}

Node& Builder::node(std::string id, Role role, std::string name, Rect bounds, Action action) {
  Node made;
  made.id = std::move(id);
  if (!parents.empty()) made.parent = parents.back();
  made.role = role;
  made.name = std::move(name);
  made.operable = action.index() != 0;
  page.nodes.push_back(std::move(made));
  page.places.push_back({bounds, layer});
  page.actions.push_back(std::move(action));
  return page.nodes.back();
}

Node& Builder::parent(std::string id, Role role, std::string name, Rect bounds) {
  Node& made = node(id, role, std::move(name), bounds);
  parents.push_back(std::move(id));
  return made;
}

Item& Builder::box(Rect rect, Token fill, float radius, Token edge, int node_index) {
  Item item;
  item.rect = rect;
  item.fill = fill;
  item.edge = edge;
  item.radius = radius;
  item.node = node_index;
  page.items.push_back(std::move(item));
  page.groups.back().last = static_cast<std::uint32_t>(page.items.size());
  return page.items.back();
}

void Builder::icon(Rect rect, Icon which, float size, Token ink) {
  if (which == Icon::none) return;
  Item& item = box(rect, Token::none, 0);
  item.kind = Item::Kind::icon;
  item.icon = which;
  item.value = size;
  item.ink = ink;
}

void Builder::rule(float x, float y, float w) { box({x, y, w, 1}, Token::line, 0); }

float Builder::text(float x, float y, float width, Type type, Token ink, std::string_view words) {
  Item& item = box({x, y, width, line_height(type, m.scale)}, Token::none, 0);
  item.kind = Item::Kind::text;
  item.type = type;
  item.value = m.scale;
  item.ink = ink;
  item.rect.w = text_width(words, type, m.scale);
  if (item.rect.w <= width) {
    item.text = words;
  } else {
    item.text = ellipsize(words, type, m.scale, width);
    item.rect.w = std::min(width, text_width(item.text, type, m.scale));
  }
  return item.rect.w;
}

float Builder::label(std::string id, float x, float y, float width, Type type, Token ink,
                     std::string_view words) {
  float wide = text(x, y, width, type, ink, words);
  node(std::move(id), Role::text, std::string(words), {x, y, wide, line_height(type, m.scale)});
  return wide;
}

float Builder::paragraph(std::string id, float x, float y, float width, Type type, Token ink,
                         std::string_view words, int most) {
  const float line = line_height(type, m.scale);
  float at = y;
  for (const std::string& part : wrap(words, type, m.scale, width, most)) {
    text(x, at, width, type, ink, part);
    at += line;
  }
  if (!id.empty()) node(std::move(id), Role::text, std::string(words), {x, y, width, at - y});
  return at - y;
}

void Builder::heading(std::string id, int level, float x, float y, float width, Type type,
                      std::string_view words) {
  float wide = text(x, y, width, type, Token::ink, words);
  node(std::move(id), Role::heading, std::string(words), {x, y, wide, line_height(type, m.scale)}).level =
      level;
}

float Builder::button_width(const Button& button) const {
  float wide = button.label.empty() ? 0 : text_width(button.label, button.type, m.scale);
  if (button.icon != Icon::none) wide += m.em(18) + (button.label.empty() ? 0 : 8);
  return std::max(std::ceil(wide) + (button.label.empty() ? 14.0F : 24.0F), m.target);
}

Node& Builder::button(const Button& what, Rect rect, Action action) {
  const float wide =
      what.label.empty() ? 0 : std::min(text_width(what.label, what.type, m.scale), rect.w - 12);
  Token fill = what.look == Look::primary ? Token::accent
               : what.look == Look::quiet ? Token::none
                                          : Token::raised;
  Token ink = what.look == Look::primary  ? Token::onaccent
              : what.look == Look::danger ? Token::bad
                                          : Token::ink;
  if (what.disabled) fill = what.look == Look::quiet ? Token::none : Token::raised, ink = Token::ink2;
  if (what.disabled) action = {};
  Node& made = node(what.id, Role::button, what.name.empty() ? what.label : what.name,
                    target_rect(rect, m.target), std::move(action));
  made.disabled = what.disabled;
  made.description = what.why;
  box(rect, fill, std::min(12.0F, rect.h / 2 - 2), Token::none, last());
  const float glyph = what.icon == Icon::none ? 0 : m.em(18);
  float x = rect.x + (rect.w - wide - glyph - (glyph > 0 && wide > 0 ? 8 : 0)) / 2;
  if (glyph > 0) {
    icon({x, rect.y, glyph, rect.h}, what.icon, glyph, ink);
    x += glyph + 8;
  }
  if (wide > 0)
    text(x, rect.y + (rect.h - line_height(what.type, m.scale)) / 2, wide + 1, what.type, ink, what.label);
  return page.nodes[static_cast<std::size_t>(last())];
}

float Builder::choices(std::string id, std::string name, float x, float y, float width,
                       const std::vector<Choice>& all) {
  if (all.empty()) return 0;
  float widest = 0;
  for (const Choice& choice : all)
    widest = std::max(widest, text_width(choice.label, Type::small_strong, m.scale) + 16);
  const auto count = static_cast<int>(all.size());
  const int fit = std::max(1, static_cast<int>((width + 8) / (widest + 8)));
  const int rows = (count + fit - 1) / fit, columns = (count + rows - 1) / rows;
  const float wide = (width - static_cast<float>(columns - 1) * 8) / static_cast<float>(columns);
  const float high = std::max(m.em(40), m.target);
  parent(std::move(id), Role::radiogroup, std::move(name),
         {x, y, width, static_cast<float>(rows) * (high + 8) - 8});
  for (int index = 0; index < count; ++index) {
    const Choice& choice = all[static_cast<std::size_t>(index)];
    const int row = index / columns, column = index % columns;
    Rect rect{x + static_cast<float>(column) * (wide + 8), y + static_cast<float>(row) * (high + 8), wide,
              high};
    Node& made =
        node(choice.id, Role::radio, choice.name.empty() ? choice.label : choice.name, rect, choice.action);
    made.checked = choice.chosen;
    made.position = index + 1;
    made.set_size = count;
    box(rect, choice.chosen ? Token::accent : Token::raised, 10, Token::none, last());
    float label_width = std::min(text_width(choice.label, Type::small_strong, m.scale), wide - 8);
    text(rect.x + (wide - label_width) / 2, rect.y + (high - line_height(Type::small_strong, m.scale)) / 2,
         label_width + 1, Type::small_strong, choice.chosen ? Token::onaccent : Token::ink, choice.label);
  }
  end_parent();
  return static_cast<float>(rows) * (high + 8) - 8;
}

Node& Builder::toggle(std::string id, std::string name, float x, float y, bool on, bool disabled,
                      Action action) {
  Rect rect{x, y, 48, 28};
  if (disabled) action = {};
  Node& made =
      node(std::move(id), Role::toggle, std::move(name), target_rect(rect, m.target), std::move(action));
  made.checked = on;
  made.disabled = disabled;
  Item& item = box(rect,
                   disabled ? Token::raised
                   : on     ? Token::litink
                            : Token::raised,
                   14, Token::none, last());
  item.kind = Item::Kind::toggle;
  item.on = on;
  item.ink = disabled ? Token::edge : on ? Token::lit : Token::ink2;
  item.edge = on && !disabled ? Token::none : Token::edge;
  return page.nodes[static_cast<std::size_t>(last())];
}

Node& Builder::slider(std::string id, std::string name, Rect rect, const Adjust& what, Unit unit, bool lit,
                      bool disabled) {
  const bool dragged = memory.dragged == id;
  const double value = dragged ? memory.value : what.now;
  Rect hit = target_rect(rect, m.target);
  hit.x = rect.x, hit.w = rect.w;
  Node& made = node(std::move(id), Role::slider, std::move(name), hit, disabled ? Action{} : Action{what});
  made.value = value;
  made.least = what.range.least;
  made.most = what.range.most;
  made.step = what.range.step;
  made.value_text = quantity(value, unit);
  made.disabled = disabled;
  Item& item = box(rect, Token::raised, 10, Token::none, last());
  item.kind = Item::Kind::slider;
  const double span = what.range.most - what.range.least;
  item.value = span > 0 ? static_cast<float>(std::clamp((value - what.range.least) / span, 0.0, 1.0)) : 0;
  item.ink = disabled ? Token::line : lit ? Token::litline : Token::edge;
  item.edge = disabled ? Token::edge : lit ? Token::litink : Token::ink;
  return page.nodes[static_cast<std::size_t>(last())];
}

float Builder::row(const std::string& id, float x, float y, float width, std::string_view name,
                   std::string_view value) {
  const float line = line_height(Type::small, m.scale);
  float left = text(x, y + 5, width * 0.5F, Type::small, Token::ink2, name);
  float room = width - left - 12;
  std::string cut = ellipsize(value, Type::small, m.scale, room);
  float wide = text_width(cut, Type::small, m.scale);
  text(x + width - wide, y + 5, wide + 1, Type::small, Token::ink, cut);
  node(id, Role::text, std::string(name) + ": " + std::string(value), {x, y, width, line + 10});
  return line + 10;
}

float Builder::copy_row(const std::string& id, float x, float y, float width, std::string_view name,
                        const std::string& full) {
  const float line = line_height(Type::small, m.scale), high = std::max(line + 10, m.touch ? 44.0F : 28.0F);
  text(x, y + (high - line) / 2, width * 0.5F, Type::small, Token::ink2, name);
  std::string cut = short_id(full);
  const float glyph = m.em(14);
  float wide = std::min(text_width(cut, Type::small, m.scale), width * 0.5F - glyph - 8);
  Rect hit{x + width - wide - glyph - 18, y, wide + glyph + 26, high};
  Node& made =
      node(id, Role::button, say(W::copy, {name}), hit, Intent{intent::CopyText{full, std::string(name)}});
  made.description = full;
  box({hit.x, y + (high - line - 8) / 2, hit.w, line + 8}, Token::none, 8, Token::none, last());
  text(x + width - wide - glyph - 10, y + (high - line) / 2, wide + 1, Type::small, Token::ink, cut);
  icon({x + width - glyph, y, glyph, high}, Icon::copy, glyph, Token::ink2);
  return high;
}

}  // namespace foyer::shell
