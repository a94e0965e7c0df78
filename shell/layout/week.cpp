#include "shell/layout/week.hpp"

#include <algorithm>

namespace foyer::shell {
namespace {

constexpr int kHours = 24, kHoursApart = 3;  // hours between two numbers
constexpr float kSlotRadius = 6;

std::string hour_text(int hour) { return (hour < 10 ? "0" : "") + std::to_string(hour); }

float gutter(const Builder& b) { return text_width("00", Type::small, b.m.scale) + b.px(Space::small); }

void span(Builder& b, const Week::Span& one, Rect place) {
  const bool pressed = place.h >= b.least_target() && one.action.index() != 0;
  Node node = one.node;
  node.role = pressed ? Role::button : Role::text;
  b.node(std::move(node), place, pressed ? one.action : Action{});
  const int twin = b.last();
  Item& ground =
      b.box(place, one.fill, kSlotRadius, one.chosen ? Token::focus : Token::line, pressed ? twin : -1);
  if (one.chosen) ground.value = 2;
  const float line = line_height(Type::small, b.m.scale), pad = b.px(Space::tight);
  float top = place.y + b.px(Space::thin);
  for (const std::string* text : {&one.line, &one.more}) {
    if (text->empty() || top + line > place.y + place.h - 1) continue;
    const Type type = text == &one.line ? Type::small_strong : Type::small;
    const std::string fits = ellipsize(*text, type, b.m.scale, place.w - 2 * pad);
    if (fits != *text) b.was_cut(*text);
    b.put_words({place.x + pad, top, text_width(fits, type, b.m.scale), line}, type, one.ink, fits);
    top += line;
  }
}

}  // namespace

float week_width(const Builder& b) { return gutter(b) + 7 * b.px(Size::day); }

void week(Builder& b, const Week& what) {
  const float left = gutter(b), gap = b.px(Space::fine), hour = b.px(Size::hour);
  const float head = std::max(b.least_target(), line_height(Type::small_strong, b.m.scale) + gap);
  const float line = line_height(Type::small, b.m.scale);
  const Rect all = b.take(b.room(), head + kHours * hour + line);
  const float wide = (all.w - left) / static_cast<float>(std::max<std::size_t>(1, what.days.size()));
  const float top = all.y + head + line / 2;
  for (int at = 0; at <= kHours; at += kHoursApart) {
    const std::string text = hour_text(at);
    b.put_words({all.x, top + static_cast<float>(at) * hour - line / 2,
                 text_width(text, Type::small, b.m.scale), line},
                Type::small, Token::ink2, text);
  }
  for (std::size_t day = 0; day < what.days.size(); ++day) {
    const Week::Day& one = what.days[day];
    const float x = all.x + left + static_cast<float>(day) * wide;
    const auto at = [&](int minute) { return top + static_cast<float>(minute) / 60 * hour; };
    b.enclose({.id = one.node.id + "/day", .role = Role::group, .name = one.node.name},
              {x, all.y, wide, all.h}, [&] {
                const Rect place{x, all.y, wide - gap, head};
                b.node(one.node, place, one.action);
                b.box(place, one.node.current ? Token::raised : Token::none, 10, Token::none, b.last());
                const Type type = Type::small_strong;
                const std::string name = ellipsize(one.name, type, b.m.scale, place.w);
                if (name != one.name) b.was_cut(one.name);
                const float width = text_width(name, type, b.m.scale), high = line_height(type, b.m.scale);
                b.put_words({x + (place.w - width) / 2, all.y + (head - high) / 2, width, high}, type,
                            one.today ? Token::ink : Token::ink2, name);
                for (const Week::Span& each : one.spans)
                  span(b, each, {x, at(each.from), wide - gap, at(each.to) - at(each.from) - 2});
                if (!one.today || !what.now) return;
                b.box({x - gap / 2, at(*what.now) - 1, wide, 2}, Token::focus, 0);
                b.box({x - gap, at(*what.now) - gap, 2 * gap, 2 * gap}, Token::focus, gap);
              });
  }
}

}  // namespace foyer::shell
