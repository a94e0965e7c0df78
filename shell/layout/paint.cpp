#include "shell/layout/paint.hpp"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "shell/look/runs.hpp"

namespace foyer::shell {
namespace {

constexpr float kPi = 3.14159265F;

ImU32 solid(Rgb color, float alpha = 1) {
  return IM_COL32((color >> 16) & 0xFFU, (color >> 8) & 0xFFU, color & 0xFFU, static_cast<int>(alpha * 255));
}

ImU32 color(const Brush& brush, Token token, Touch touch = {}) {
  Rgb base = (*brush.palette)[token];
  if (touch.pressed)
    base = mix(base, (*brush.palette)[Token::ink], 0.14F);
  else if (touch.hovered)
    base = mix(base, (*brush.palette)[Token::ink], 0.06F);
  return solid(base);
}

void fill_box(const Brush& brush, ImVec2 from, ImVec2 to, const Item& item, Touch touch) {
  if (item.fill != Token::none) {
    brush.list->AddRectFilled(from, to, color(brush, item.fill, touch), item.radius);
  } else if (touch.hovered || touch.pressed) {
    brush.list->AddRectFilled(from, to, solid((*brush.palette)[Token::ink], touch.pressed ? 0.12F : 0.06F),
                              item.radius);
  }
  const bool ground = item.fill != Token::none && item.fill != Token::ground && item.radius > 2;
  // A ground that differs by its shade alone is seen by its edge; what is on has a stronger one.
  const bool lit = brush.outlined && item.fill == Token::lit;
  const Token edge = lit                                                      ? Token::accent
                     : item.edge != Token::none || !brush.outlined || !ground ? item.edge
                                                                              : Token::edge;
  if (edge == Token::none) return;
  const float thick = lit ? 3.0F : item.value > 0 ? item.value : 1;
  const float half = thick / 2;
  brush.list->AddRect({from.x + half, from.y + half}, {to.x - half, to.y - half}, color(brush, edge),
                      std::max(0.0F, item.radius - half), 0, thick);
}

// A dashed outline: straight runs cut into dashes, corners as short arcs.
void dashed_box(const Brush& brush, ImVec2 from, ImVec2 to, const Item& item, Touch touch) {
  if (touch.hovered || touch.pressed)
    brush.list->AddRectFilled(from, to, solid((*brush.palette)[Token::ink], touch.pressed ? 0.10F : 0.04F),
                              item.radius);
  const ImU32 ink = color(brush, item.edge);
  const float r = item.radius, x0 = from.x + 0.5F, y0 = from.y + 0.5F, x1 = to.x - 0.5F, y1 = to.y - 0.5F;
  auto run = [&](ImVec2 a, ImVec2 b) {
    const float length = std::abs(b.x - a.x) + std::abs(b.y - a.y);
    const int count = std::max(1, static_cast<int>(std::round(length / 7)));
    const float step = 1 / static_cast<float>(count);
    for (int at = 0; at < count; ++at) {
      const float p = static_cast<float>(at) * step, q = p + 0.55F * step;
      brush.list->AddLine({a.x + (b.x - a.x) * p, a.y + (b.y - a.y) * p},
                          {a.x + (b.x - a.x) * q, a.y + (b.y - a.y) * q}, ink, 1);
    }
  };
  auto corner = [&](float cx, float cy, float start) {
    for (int at = 0; at < 4; ++at) {
      const float from_angle = start + static_cast<float>(at) * kPi / 8;
      brush.list->PathArcTo({cx, cy}, r, from_angle, from_angle + 0.55F * kPi / 8, 4);
      brush.list->PathStroke(ink, 0, 1);
    }
  };
  run({x0 + r, y0}, {x1 - r, y0});
  run({x1, y0 + r}, {x1, y1 - r});
  run({x1 - r, y1}, {x0 + r, y1});
  run({x0, y1 - r}, {x0, y0 + r});
  corner(x0 + r, y0 + r, kPi);
  corner(x1 - r, y0 + r, kPi * 1.5F);
  corner(x1 - r, y1 - r, 0);
  corner(x0 + r, y1 - r, kPi / 2);
}

void words(const Brush& brush, const Item& item, ImVec2 from) {
  const float size = font_size(item.type, item.value);
  const float top = from.y + (line_height(item.type, item.value) - size) / 2;
  const auto snap = [&](float value) { return std::round(value * brush.density) / brush.density; };
  const ImU32 ink = color(brush, item.ink);
  const auto own = [&](std::string_view text, float x) {
    brush.list->AddText(font(item.type), size, {snap(x), snap(top)}, ink, text.data(),
                        text.data() + text.size());
  };
  const Split parts = split_runs(item.text);
  own(parts.before, from.x);
  if (parts.run.empty()) return;
  const float em = em_size(item.type, item.value);
  const bool semibold = is_semibold(item.type);
  const float x = from.x + text_width(parts.before, item.type, item.value);
  draw_run(*brush.list, parts.run, {x, top + ascent(item.type, item.value)}, em, semibold,
           (*brush.palette)[item.ink], brush.density);
  if (!parts.after.empty()) own(parts.after, x + run_width(parts.run, em, semibold));
}

void glyph(const Brush& brush, const Item& item, ImVec2 from) {
  const auto code = static_cast<unsigned>(item.icon);
  const char text[4] = {static_cast<char>(0xE0U | (code >> 12)),
                        static_cast<char>(0x80U | ((code >> 6) & 0x3FU)),
                        static_cast<char>(0x80U | (code & 0x3FU)), 0};
  const float x = from.x + (item.rect.w - item.value) / 2, y = from.y + (item.rect.h - item.value) / 2;
  const auto snap = [&](float value) { return std::round(value * brush.density) / brush.density; };
  brush.list->AddText(icon_font(), item.value, {snap(x), snap(y)}, color(brush, item.ink), text, text + 3);
}

void toggle(const Brush& brush, const Item& item, ImVec2 from, ImVec2 to, Touch touch) {
  const float radius = (to.y - from.y) / 2;
  brush.list->AddRectFilled(from, to, color(brush, item.fill, touch), radius);
  const Token edge = brush.outlined ? Token::edge : item.edge;
  if (edge != Token::none)
    brush.list->AddRect({from.x + 0.5F, from.y + 0.5F}, {to.x - 0.5F, to.y - 0.5F}, color(brush, edge),
                        radius - 0.5F);
  const float x = item.on ? to.x - radius : from.x + radius;
  brush.list->AddCircleFilled({x, from.y + radius}, radius - 4, color(brush, item.ink));
}

void slider(const Brush& brush, const Item& item, ImVec2 from, ImVec2 to, Touch touch) {
  brush.list->AddRectFilled(from, to, color(brush, item.fill, touch), item.radius);
  const float width = to.x - from.x, filled = from.x + width * item.value;
  if (item.value > 0) {
    // The filled part keeps the track's corners: it is the track again, cut off at the value.
    brush.list->PushClipRect(from, {filled, to.y}, true);
    brush.list->AddRectFilled(from, to, color(brush, brush.outlined ? Token::accent : item.ink, touch),
                              item.radius);
    brush.list->PopClipRect();
  }
  if (brush.outlined)
    brush.list->AddRect({from.x + 0.5F, from.y + 0.5F}, {to.x - 0.5F, to.y - 0.5F}, color(brush, Token::edge),
                        item.radius);
  const float grip = std::clamp(filled - 7, from.x + 4, to.x - 7), middle = (from.y + to.y) / 2;
  brush.list->AddRectFilled({grip, middle - 8}, {grip + 3, middle + 8}, color(brush, item.edge), 1.5F);
}

void arc(const Brush& brush, ImVec2 center, float radius, float part, ImU32 ink) {
  if (part <= 0) return;
  const float end = kDialFrom + kDialSweep * part;
  const int segments = std::max(2, static_cast<int>(80 * part));
  brush.list->PathArcTo(center, radius, kDialFrom, end, segments);
  brush.list->PathStroke(ink, 0, kDialWidth);
  for (float angle : {kDialFrom, end})
    brush.list->AddCircleFilled({center.x + std::cos(angle) * radius, center.y + std::sin(angle) * radius},
                                kDialWidth / 2, ink);
}

void dial(const Brush& brush, const Item& item, ImVec2 from, Touch touch) {
  const ImVec2 center{from.x + item.rect.w / 2, from.y + item.rect.w / 2};
  const float radius = item.rect.w / 2 - 12;
  arc(brush, center, radius, 1, color(brush, Token::raised));
  arc(brush, center, radius, item.value, color(brush, item.ink));
  if (!item.on) return;
  const float angle = kDialFrom + kDialSweep * item.value;
  const ImVec2 knob{center.x + std::cos(angle) * radius, center.y + std::sin(angle) * radius};
  const float size = touch.pressed ? 14.0F : 12.0F;
  brush.list->AddCircleFilled(knob, size, color(brush, item.ink));
  brush.list->AddCircleFilled(knob, size - 3, color(brush, Token::surface, touch));
}

}  // namespace

void paint(const Brush& brush, const Item& item, float dx, float dy, Touch touch) {
  const ImVec2 from{item.rect.x + dx, item.rect.y + dy}, to{from.x + item.rect.w, from.y + item.rect.h};
  switch (item.kind) {
    case Item::Kind::box:
      fill_box(brush, from, to, item, touch);
      break;
    case Item::Kind::dashed:
      dashed_box(brush, from, to, item, touch);
      break;
    case Item::Kind::text:
      words(brush, item, from);
      break;
    case Item::Kind::icon:
      glyph(brush, item, from);
      break;
    case Item::Kind::line:
      brush.list->AddLine(from, to, color(brush, item.ink), item.value);
      break;
    case Item::Kind::toggle:
      toggle(brush, item, from, to, touch);
      break;
    case Item::Kind::slider:
      slider(brush, item, from, to, touch);
      break;
    case Item::Kind::dial:
      dial(brush, item, from, touch);
      break;
    case Item::Kind::field:
      break;
  }
}

void paint_focus(const Brush& brush, Rect rect, float radius) {
  const ImVec2 from{rect.x - 3, rect.y - 3}, to{rect.x + rect.w + 3, rect.y + rect.h + 3};
  brush.list->AddRect(from, to, color(brush, Token::focus), radius + 3, 0, 2);
}

void paint_rect(const Brush& brush, Rect rect, Token fill) {
  brush.list->AddRectFilled({rect.x, rect.y}, {rect.x + rect.w, rect.y + rect.h}, color(brush, fill));
}

void paint_scrollbar(const Brush& brush, Rect area, float at, float extent) {
  if (extent <= area.h + 1) return;
  const float track = area.h - 8, size = std::max(28.0F, track * area.h / extent);
  const float top = area.y + 4 + (track - size) * std::clamp(at / (extent - area.h), 0.0F, 1.0F);
  const float x = area.x + area.w - 7;
  brush.list->AddRectFilled({x, top}, {x + 4, top + size}, solid((*brush.palette)[Token::edge], 0.5F), 2);
}

float dial_part(Rect dial, float x, float y) {
  const float cx = x - (dial.x + dial.w / 2), cy = y - (dial.y + dial.w / 2);
  if (std::sqrt(cx * cx + cy * cy) < dial.w / 2 - 44) return -1;
  float angle = std::atan2(cy, cx) - kDialFrom;
  while (angle < 0) angle += 2 * kPi;
  if (angle <= kDialSweep) return angle / kDialSweep;
  // In the gap: the nearer end, but not far from the ring's ends.
  return angle - kDialSweep < (2 * kPi - kDialSweep) / 2 ? 1.0F : 0.0F;
}

}  // namespace foyer::shell
