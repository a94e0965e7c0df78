#include "shell/layout/wiring.hpp"

#include <algorithm>

namespace foyer::shell {
namespace {

constexpr float kThin = 1, kUsual = 1.5F, kEachBar = 1.25F;  // of lines: by signal
constexpr float kDash = 4, kNodeRadius = 10;
constexpr float kLeast = 1.3F;  // of an end: so many times as wide as a word or two

float thickness(const Wiring::End& end) {
  return end.signal == 0 ? kUsual : kThin + kEachBar * static_cast<float>(end.signal - 1);
}

void drop(Builder& b, const Wiring::End& end, float x, float y, float to) {
  if (end.reached) return b.put_line(x, y, x, to, thickness(end), Token::edge);
  for (float at = y; at < to; at += 2 * kDash)
    b.put_line(x, at, x, std::min(at + kDash, to), kUsual, Token::bad);
}

void lines_of(Builder& b, const Wiring::End& end) {
  for (const Wiring::Line& one : end.lines)
    b.row({.gap = Space::fine}, [&] {
      if (one.icon != Icon::none) b.icon(one.icon, Size::glyph_text, one.ink, Type::small);
      b.line(Type::small, one.ink, one.text);
    });
}

// A plate with its words below it, to be pressed as a whole.
void end_card(Builder& b, const Wiring::End& end) {
  const Token ink = end.reached ? Token::ink2 : Token::bad;
  Card card{.fill = Token::none,
            .pad = Space::fine,
            .over = Space::fine,
            .radius = kNodeRadius,
            .link = end.node,
            .action = end.action};
  if (!end.node.id.empty()) card.parent = {.id = end.node.id + "/item", .role = Role::listitem};
  b.card(card, [&] {
    b.column({.align = Align::middle}, [&] {
      b.plate(end.icon, end.reached ? Token::raised : Token::badbg, ink);
      b.skip(Space::fine);
      b.line(Type::small_strong, end.reached ? Token::ink : Token::ink2, end.name);
      lines_of(b, end);
    });
  });
}

struct WiringDrawing {
  Builder& b;
  const Wiring& what;
  float trunk = 0, left = 0, width = 0;  // where the line down is; of the ends
  float cell = 0, cell_high = 0, hang = 0, title = 0;
  std::size_t columns = 1;

  explicit WiringDrawing(Builder& build, const Wiring& wiring) : b(build), what(wiring) {
    const float gap = b.px(Space::gap), room = b.room();
    left = b.px(Size::mark) / 2 + gap;
    width = std::max(0.0F, room - left);
    const float least = kLeast * b.px(Size::words);
    columns = std::max<std::size_t>(1, static_cast<std::size_t>((width + gap) / (least + gap)));
    cell = (width - static_cast<float>(columns - 1) * gap) / static_cast<float>(columns);
    const Wiring::End sample{.name = "x",
                             .lines = std::vector<Wiring::Line>(what.lines, Wiring::Line{.text = "x"})};
    cell_high = b.measure(cell, [&] { end_card(b, sample); }).h;
    hang = b.px(Space::wide);
    title = line_height(Type::strong, b.m.scale) + b.px(Space::small);
  }

  std::size_t rows(std::size_t count) const { return (count + columns - 1) / columns; }
  float row_high() const { return hang + cell_high + b.px(Space::small); }
  float head() const { return b.px(Space::gap) + title; }
  float x(std::size_t column) const {
    return trunk + b.px(Space::gap) + static_cast<float>(column) * (cell + b.px(Space::gap));
  }

  void hub();
  void branch(std::size_t number) const;
  void row(std::size_t number, std::size_t row, Rect place) const;
};

void WiringDrawing::hub() {
  const Wiring::End& end = what.hub;
  trunk = b.lane(0).x + b.px(Size::mark) / 2;
  b.card({.fill = Token::none,
          .pad = Space::none,
          .halo = Space::fine,
          .radius = kNodeRadius,
          .fit = true,
          .link = end.node,
          .action = end.action},
         [&] {
           b.row({.gap = Space::gap}, [&] {
             b.plate(end.icon, end.reached ? Token::accent : Token::badbg,
                     end.reached ? Token::onaccent : Token::bad, Size::mark, Size::glyph_mark);
             b.column({}, [&] {
               b.line(Type::section, Token::ink, end.name);
               lines_of(b, end);
             });
           });
         });
}

void WiringDrawing::row(std::size_t number, std::size_t row, Rect place) const {
  const Wiring::Branch& one = what.branches[number];
  const std::size_t first = row * columns, count = std::min(columns, one.count - first);
  const bool last = number + 1 == what.branches.size() && row + 1 == rows(one.count);
  b.put_line(trunk, place.y, trunk, last ? place.y : place.y + place.h, kUsual, Token::edge);
  b.put_line(trunk, place.y, x(count - 1) + cell / 2, place.y, kUsual, Token::edge);
  for (std::size_t at = 0; at < count; ++at) {
    const Wiring::End end = what.end(number, first + at);
    drop(b, end, x(at) + cell / 2, place.y, place.y + hang + b.px(Space::fine));
    b.at({x(at), place.y + hang, cell, cell_high}, [&] { end_card(b, end); });
  }
}

void WiringDrawing::branch(std::size_t number) const {
  const Wiring::Branch& one = what.branches[number];
  const float top = head();
  const Rect lane = b.lane(top + static_cast<float>(rows(one.count)) * row_high());
  b.enclose({.id = one.id, .role = Role::list, .name = one.name}, lane, [&] {
    const Rect above = b.part(lane, 0, top);
    if (b.near(above))
      b.at({x(0), lane.y + b.px(Space::gap), width, title}, [&] {
        b.put_line(trunk, above.y, trunk, above.y + top, kUsual, Token::edge);
        b.line(Type::strong, Token::ink, one.name);
      });
    for (std::size_t at = 0; at < rows(one.count); ++at) {
      const Rect place = b.part(lane, top + static_cast<float>(at) * row_high(), row_high());
      if (b.near(place)) b.at(place, [&] { row(number, at, place); });
    }
  });
}

}  // namespace

void wiring(Builder& b, const Wiring& what) {
  WiringDrawing drawing(b, what);
  drawing.hub();
  for (std::size_t at = 0; at < what.branches.size(); ++at)
    if (what.branches[at].count > 0) drawing.branch(at);
}

}  // namespace foyer::shell
