// Things to operate: buttons, radios, switches, sliders, text fields.
#include <algorithm>
#include <cmath>

#include "shell/layout/builder.hpp"

namespace foyer::shell {
namespace {

constexpr float kSwitchWide = 48, kSwitchHigh = 28;
constexpr float kRingWidth = 28;    // of the dial, with what parts it from the words inside
constexpr float kDialHigh = 0.86F;  // of its width: down to the ends of the ring

}  // namespace

float Builder::button_height() const {
  return m.touch ? std::max(38.0F, 36 * m.scale) : std::max(32.0F, 32 * m.scale);
}

Node& Builder::button(const Button& what, Action action) {
  const bool bare = what.label.empty();
  const bool square = bare && what.width > 0;  // does not grow with the text: there is none
  const float glyph = what.icon == Icon::none ? 0
                      : square                ? std::min(px(Size::glyph_line), what.width / 2)
                                              : px(Size::glyph_line);
  const float pad = px(bare ? Space::tight : Space::gap), between = glyph > 0 && !bare ? px(Space::small) : 0;
  const float most = what.width > 0 ? what.width : room();
  const float line = line_height(what.type, m.scale);
  float wide = bare ? 0 : text_width(what.label, what.type, m.scale);
  const float words = most - 2 * pad - glyph - between;
  std::vector<std::string> lines;
  if (!bare) {
    if (wide > words) lines = shell::wrap(what.label, what.type, m.scale, std::max(line, words));
    if (lines.empty()) lines.push_back(what.label);
    wide = 0;
    for (const std::string& one : lines) wide = std::max(wide, text_width(one, what.type, m.scale));
  }
  const float least = square ? px(what.high) : std::max(button_height(), px(what.high));
  const float high =
      std::max(least, lines.size() > 1 ? line * static_cast<float>(lines.size()) + 2 * px(Space::small) : 0);
  const float full = what.width > 0 ? what.width
                     : what.wide    ? most
                                    : std::max(std::ceil(wide + glyph + between + 2 * pad), m.target);
  const Rect rect = take(full, high);
  Token fill = what.look == Look::primary ? Token::accent
               : what.look == Look::quiet ? Token::none
                                          : Token::raised;
  Token ink = what.look == Look::primary  ? Token::onaccent
              : what.look == Look::danger ? Token::bad
                                          : Token::ink;
  if (what.fill != Token::none) fill = what.fill;
  if (what.disabled) fill = what.look == Look::quiet ? Token::none : Token::raised, ink = Token::ink2;
  Node made{.id = what.id,
            .role = Role::button,
            .name = what.name.empty() ? what.label : what.name,
            .description = what.why};
  made.disabled = what.disabled;
  node(std::move(made), target_rect(rect, m.target), what.disabled ? Action{} : std::move(action));
  const int twin = last();
  box(rect, fill, std::min(12.0F, rect.h / 2 - 2), what.edge, twin);
  float x = rect.x + (rect.w - wide - glyph - between) / 2;
  if (glyph > 0) {
    put_icon({x, rect.y, glyph, rect.h}, what.icon, glyph, ink);
    x += glyph + between;
  }
  float y = rect.y + (rect.h - line * static_cast<float>(lines.size())) / 2;
  for (std::string& one : lines) {
    const float size = text_width(one, what.type, m.scale);
    put_words({x + (wide - size) / 2, y, size, line}, what.type, ink, std::move(one));
    y += line;
  }
  return page.nodes[static_cast<std::size_t>(twin)];
}

void Builder::choices(std::string id, std::string name, const std::vector<Choice>& all) {
  if (all.empty()) return;
  constexpr Type kType = Type::small_strong;
  const float gap = px(Space::small), pad = px(Space::small), width = room();
  float widest = 0;
  for (const Choice& choice : all) widest = std::max(widest, text_width(choice.label, kType, m.scale));
  const auto count = static_cast<int>(all.size());
  const int fit = std::max(1, static_cast<int>((width + gap) / (widest + 2 * pad + gap)));
  const int rows = (count + fit - 1) / fit, columns = (count + rows - 1) / rows;
  const float wide = (width - static_cast<float>(columns - 1) * gap) / static_cast<float>(columns);
  inside({.id = std::move(id), .role = Role::radiogroup, .name = std::move(name)}, [&] {
    column({.gap = Space::small}, [&] {
      for (int index = 0; index < count;) {
        row({}, [&] {
          for (const int end = std::min(count, index + columns); index < end; ++index) {
            const Choice& choice = all[static_cast<std::size_t>(index)];
            Button what{.id = choice.id, .name = choice.name, .label = choice.label};
            what.high = Size::choice;
            what.width = wide;
            what.look = choice.chosen ? Look::primary : Look::plain;
            Node& made = button(what, choice.action);
            made.role = Role::radio;
            made.checked = choice.chosen;
            made.position = index + 1;
            made.set_size = count;
          }
        });
      }
    });
  });
}

Node& Builder::toggle(std::string id, std::string name, bool on, bool disabled, Action action) {
  const Rect rect = take(kSwitchWide, kSwitchHigh);
  Node made{.id = std::move(id), .role = Role::toggle, .name = std::move(name)};
  made.checked = on;
  made.disabled = disabled;
  node(std::move(made), target_rect(rect, m.target), disabled ? Action{} : std::move(action));
  Item& item = box(rect, on && !disabled ? Token::litink : Token::raised, rect.h / 2, Token::none, last());
  item.kind = Item::Kind::toggle;
  item.on = on;
  item.ink = disabled ? Token::edge : on ? Token::lit : Token::ink2;
  item.edge = on && !disabled ? Token::none : Token::edge;
  return page.nodes.back();
}

Node& Builder::slider(std::string id, std::string name, Size track, const Adjust& what, Unit unit, bool lit,
                      bool disabled) {
  const double value = memory.dragged == id ? memory.value : what.now;
  const Rect rect = take(room(), px(track));
  Rect hit = target_rect(rect, m.target);
  hit.x = rect.x, hit.w = rect.w;
  Node made{.id = std::move(id),
            .role = Role::slider,
            .name = std::move(name),
            .value_text = quantity(value, unit)};
  made.value = value;
  made.least = what.range.least;
  made.most = what.range.most;
  made.step = what.range.step;
  made.disabled = disabled;
  node(std::move(made), hit, disabled ? Action{} : Action{what});
  Item& item = box(rect, Token::raised, 10, Token::none, last());
  item.kind = Item::Kind::slider;
  const double span = what.range.most - what.range.least;
  item.value = span > 0 ? static_cast<float>(std::clamp((value - what.range.least) / span, 0.0, 1.0)) : 0;
  item.ink = disabled ? Token::line : lit ? Token::litline : Token::edge;
  item.edge = disabled ? Token::edge : lit ? Token::litink : Token::ink;
  return page.nodes.back();
}

void Builder::titled_choices(std::string id, std::string_view name, const std::vector<Choice>& all) {
  column({.gap = Space::tight}, [&] {
    text(Type::small, Token::ink2, name);
    choices(std::move(id), std::string(name), all);
  });
}

void Builder::dial(Node made, const Adjust& what, double value, const Dial& look, Body words) {
  column({.gap = Space::small, .align = Align::middle}, [&] {
    const float size = std::min(room(), px(Size::dial));
    const Extent inner = measure(size, [&] { column({.align = Align::middle}, words); });
    const float radius = size / 2 - kRingWidth;
    const bool within = inner.w * inner.w + inner.h * inner.h <= 4 * radius * radius;
    // The gap at the bottom of the ring is not part of it.
    const Rect rect = take(size, size * kDialHigh);
    const Range& range = what.range;
    made.value = value;
    made.least = range.least;
    made.most = range.most;
    made.step = range.step;
    node(std::move(made), rect, look.can ? Action{what} : Action{});
    Item& ring = box(rect, Token::none, size / 2, Token::none, last());
    ring.kind = Item::Kind::dial;
    ring.on = look.can && look.known;
    ring.ink = look.ink;
    ring.value =
        look.known
            ? static_cast<float>(std::clamp((value - range.least) / (range.most - range.least), 0.0, 1.0))
            : 0;
    if (within)
      over({rect.x, rect.y, size, size}, words);
    else
      words();
  });
}

void Builder::field(const std::string& id, std::string name, const std::string& hint,
                    const std::string& value, std::string_view wrong) {
  column({.gap = Space::fine}, [&] {
    text(Type::small_strong, Token::ink, name);
    card({.edge = wrong.empty() ? Token::edge : Token::bad,
          .pad = Space::none,
          .radius = 10,
          .parent = {},
          .link = {}},
         [&] {
           row({.gap = Space::none}, [&] {
             take(px(Space::gap), 0);
             input(id, std::move(name), wrong.empty() ? hint : std::string(wrong), value, px(Size::choice));
           });
         });
    if (!wrong.empty()) paragraph(id + "/wrong", Type::small, Token::bad, wrong);
  });
}

void Builder::input(const std::string& id, std::string name, const std::string& hint,
                    const std::string& value, float height) {
  const Rect rect = take(room(), height);
  Node made{
      .id = id, .role = Role::textbox, .name = std::move(name), .value_text = value, .description = hint};
  node(std::move(made), rect, Local{Local::What::text, id, {}});
  Item& item = box(rect, Token::none, 0, Token::none, last());
  item.kind = Item::Kind::field;
  item.text = ellipsize(hint, Type::body, m.scale, rect.w);
}

}  // namespace foyer::shell
