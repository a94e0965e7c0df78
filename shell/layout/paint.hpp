// Draws the items of a page into an ImGui draw list: flat fills, rounded rectangles, lines, arcs, text and
// icons.
#pragma once

#include "shell/layout/page.hpp"

struct ImDrawList;

namespace foyer::shell {

struct Brush {
  ImDrawList* list = nullptr;
  const Palette* palette = nullptr;
  float scale = 1;        // the person's text size
  float density = 1;      // framebuffer pixels per CSS pixel
  bool outlined = false;  // every ground has an edge: forced colours, or more contrast is wanted
};

struct Touch {
  bool hovered = false;
  bool pressed = false;
};

// `dx`, `dy` shift content to the canvas.
void paint(const Brush& brush, const Item& item, float dx, float dy, Touch touch);
// The keyboard's focus: 2 px, 2 px away.
void paint_focus(const Brush& brush, Rect rect, float radius);
void paint_rect(const Brush& brush, Rect rect, Token fill);
// A bar at the right edge that shows where the view stands in its content.
void paint_scrollbar(const Brush& brush, Rect area, float at, float extent);

// The dial is as high as it is wide but for the gap at its bottom. Angles of the dial in radians, clockwise
// from the right: 270° with the gap below.
inline constexpr float kDialFrom = 2.35619449F, kDialSweep = 4.71238898F;
inline constexpr float kDialWidth = 16;
// The part 0…1 of the dial at a place, or −1 in its middle and in its gap.
float dial_part(Rect dial, float x, float y);

}  // namespace foyer::shell
