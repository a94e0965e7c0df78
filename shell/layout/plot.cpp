#include "shell/layout/plot.hpp"

#include <algorithm>
#include <cmath>

namespace foyer::shell {
namespace {

constexpr float kBar = 0.62F, kBefore = 0.86F;  // of a step's width
constexpr float kGutter = 0.35F;                // of the width: more is not spent on numbers
constexpr float kStroke = 2;

struct PlotDrawing {
  Builder& b;
  const Plot& what;
  Rect area{};  // of the values
  float slot = 0;

  float y(double value) const {
    const double span = what.axis.most - what.axis.least;
    return area.y + area.h * static_cast<float>((what.axis.most - value) / span);
  }
  float middle(std::size_t step) const { return area.x + (static_cast<float>(step) + 0.5F) * slot; }
  void words(Rect rect, std::string text) const {
    b.put_words(rect, Type::small, Token::ink2, std::move(text));
  }
  void stroke(float x, float y, float to_x, float to_y, Token ink) const {
    b.put_line(x, y, to_x, to_y, kStroke, ink);
  }
  void scale(float left, float line) const;
  void labels(float line) const;
  void bars() const;
  void curve(const Plot::Curve& one) const;
};

std::vector<double> ticks(const history::Axis& axis) {
  std::vector<double> out;
  const auto count = static_cast<int>(std::lround((axis.most - axis.least) / axis.step));
  for (int at = 0; at <= count; ++at) out.push_back(axis.least + at * axis.step);
  return out;
}

std::string tick_text(double value) { return number_text(value, 3); }

void PlotDrawing::scale(float left, float line) const {
  float free = area.y + area.h + line;  // top of the number below
  for (const double tick : ticks(what.axis)) {
    const float at = y(tick);
    b.box({area.x, at, area.w, 1}, tick == 0 ? Token::edge : Token::line, 0);
    const std::string text = tick_text(tick);
    const float wide = text_width(text, Type::small, b.m.scale);
    if (area.x - left < wide || at + line / 2 > free) continue;
    words({area.x - b.px(Space::small) - wide, at - line / 2, wide, line}, text);
    free = at - line / 2;
  }
}

void PlotDrawing::labels(float line) const {
  float widest = 0;
  for (const Plot::Step& step : what.steps)
    widest = std::max(widest, text_width(step.label, Type::small, b.m.scale));
  const float wish = widest + b.px(Space::gap);
  const auto each =
      std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(wish / std::max(slot, 1.0F))));
  float free = area.x - area.w;
  for (std::size_t at = 0; at < what.steps.size(); at += each) {
    const std::string& text = what.steps[at].label;
    const float wide = text_width(text, Type::small, b.m.scale);
    const float x = std::clamp(middle(at) - wide / 2, area.x, std::max(area.x, area.x + area.w - wide));
    if (x < free || wide > area.w) continue;
    words({x, area.y + area.h + b.px(Space::fine), wide, line}, text);
    free = x + wide + b.px(Space::fine);
  }
}

void PlotDrawing::bars() const {
  const float zero = y(std::clamp(0.0, what.axis.least, what.axis.most));
  const auto put = [&](std::size_t at, double value, float part, Token fill) {
    const float wide = std::max(1.0F, slot * part), top = std::min(y(value), zero);
    const float high = std::max(1.0F, std::abs(y(value) - zero));
    b.box({middle(at) - wide / 2, top, wide, high}, fill, std::min({4.0F, wide / 3, high / 2}));
    return Rect{middle(at) - wide / 2, top, wide, high};
  };
  for (std::size_t at = 0; at < what.steps.size(); ++at) {
    const Plot::Step& step = what.steps[at];
    if (step.before) {
      const Rect behind = put(at, *step.before, kBefore, Token::raised);
      b.box({behind.x, y(*step.before) - 1, behind.w, kStroke}, Token::edge, 0);
    }
    if (step.value && *step.value != 0) put(at, *step.value, kBar, Token::accent);
  }
}

void PlotDrawing::curve(const Plot::Curve& one) const {
  std::optional<double> last;
  for (std::size_t at = 0; at < std::min(one.values.size(), what.steps.size()); ++at) {
    const std::optional<double>& value = one.values[at];
    const bool lonely = !last && (at + 1 == one.values.size() || !one.values[at + 1]);
    if (value && one.stepped) {
      const float left = middle(at) - slot / 2;
      if (last && *last != *value) stroke(left, y(*last), left, y(*value), one.ink);
      stroke(left, y(*value), left + slot, y(*value), one.ink);
    } else if (value && last) {
      stroke(middle(at - 1), y(*last), middle(at), y(*value), one.ink);
    } else if (value && lonely) {
      b.box({middle(at) - kStroke, y(*value) - kStroke, 2 * kStroke, 2 * kStroke}, one.ink, kStroke);
    }
    last = value;
  }
}

}  // namespace

void plot(Builder& b, const Plot& what) {
  const float line = line_height(Type::small, b.m.scale);
  const Rect all = b.take(b.room(), b.px(Size::plot) + 2.5F * line + b.px(Space::fine));
  b.node(what.node, all);
  float gutter = 0;
  for (const double tick : ticks(what.axis))
    gutter = std::max(gutter, text_width(tick_text(tick), Type::small, b.m.scale) + b.px(Space::small));
  if (gutter > all.w * kGutter) gutter = 0;
  PlotDrawing drawing{b, what};
  drawing.area = {all.x + gutter, all.y + 1.5F * line, all.w - gutter, b.px(Size::plot)};
  drawing.slot = drawing.area.w / static_cast<float>(std::max<std::size_t>(1, what.steps.size()));
  if (const float wide = text_width(what.unit, Type::small, b.m.scale); wide <= all.w)
    drawing.words({all.x, all.y, wide, line}, what.unit);
  drawing.scale(all.x, line);
  drawing.labels(line);
  if (what.curves.empty()) return drawing.bars();
  for (const Plot::Curve& one : what.curves) drawing.curve(one);
}

}  // namespace foyer::shell
