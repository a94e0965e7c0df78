// The boxes of flow.hpp that are made of columns and rows: split, card, list, pair and what a page is made
// of.
#include <algorithm>
#include <string>
#include <utility>

#include "shell/layout/flow.hpp"

namespace foyer::shell {
namespace {

constexpr float kRing = 3;  // how far a ring stands off

}  // namespace

void Flow::split(const Beside& how, Body body, Body tail) {
  const Row row_of_tail{.gap = Space::small, .align = Align::middle};
  const float width = room(), gap = px(how.gap), wide = measure_row(row_of_tail, tail).w;
  const float left = width - gap - wide;
  if (wide > 0 && left < px(how.least) && left < width - 1) {
    column({.gap = Space::small}, [&] {
      column({}, body);
      wrap({}, tail);
    });
    return;
  }
  row({.gap = wide > 0 ? how.gap : Space::none, .align = how.align}, [&] {
    const Slot slot = begin();
    open({.x = slot.x, .y = slot.y, .w = wide > 0 ? left : width});
    body();
    const Extent used = close();
    end(slot, dry_ > 0 ? used.w : wide > 0 ? left : width, used.h - slot.y);
    if (wide > 0) row(row_of_tail, tail);
  });
}

void Flow::card(const Card& how, Body body) {
  const bool in_row = frames_.back().kind != Frame::Kind::column, flow = frames_.back().flow;
  if (how.width != Size::none) next_line(px(how.width));
  Slot slot = begin();
  if (how.width != Size::none) slot.w = std::min(slot.w, px(how.width));
  const float pad = px(how.pad), over = px(how.over.value_or(how.pad)), halo = px(how.halo);
  const int parent = how.parent.id.empty() ? -1 : (node(how.parent, {}), last());
  if (parent >= 0) parents.push_back(how.parent.id);
  const int link = how.link.id.empty() ? -1 : (node(how.link, {}, how.action), last());
  const std::size_t ground = page.items.size();
  Item& made = box({}, how.fill, how.radius, how.edge, link);
  if (how.dashed) made.kind = Item::Kind::dashed;
  if (how.ring) box({}, Token::none, how.radius + kRing, Token::focus).value = 2;
  const std::size_t stripe = page.items.size();
  if (how.stripe != Token::none) box({}, how.stripe, 2);
  // What is cut in a card is said by what can be pressed around it.
  const int owner = cut_owner_;
  if (link >= 0 && (owner < 0 || how.action.index() != 0)) cut_owner_ = link;
  const Mark before = mark();
  open({.flow = flow,
        .x = slot.x + pad,
        .y = slot.y + over,
        .w = std::max(0.0F, slot.w - 2 * pad),
        .gap = px(how.gap),
        .height = std::max(0.0F, how.height - 2 * over)});
  body();
  const Extent used = close();
  float high = used.h - slot.y + over;
  if (const float rest = px(how.least) - high; rest > 0) {
    shift(before, mark(), 0, rest / 2);
    high += rest;
  }
  cut_owner_ = owner;
  const bool fit = how.width == Size::none && (how.fit || in_row || dry_ > 0);
  const Rect rect{slot.x, slot.y, fit ? std::min(slot.w, used.w + 2 * pad) : slot.w, high};
  const Rect seen{rect.x - halo, rect.y - halo, rect.w + 2 * halo, rect.h + 2 * halo};
  page.items[ground].rect = seen;
  if (how.ring)
    page.items[ground + 1].rect = {seen.x - kRing, seen.y - kRing, seen.w + 2 * kRing, seen.h + 2 * kRing};
  if (how.stripe != Token::none)
    page.items[stripe].rect = {seen.x, seen.y + over, px(Size::stripe), seen.h - 2 * over};
  if (parent >= 0) page.places[static_cast<std::size_t>(parent)].rect = seen;
  if (link >= 0)
    page.places[static_cast<std::size_t>(link)].rect =
        how.action.index() == 0 ? seen : target_rect(seen, least_target());
  if (parent >= 0) parents.pop_back();
  end(slot, rect.w, rect.h);
}

void Flow::list(const List& how, std::size_t count, Called<void(std::size_t)> item) {
  if (count == 0) return;
  const Slot slot = begin();
  const float gap = px(how.gap), least = px(how.least);
  const std::size_t columns =
      least <= 0 ? 1 : std::max<std::size_t>(1, static_cast<std::size_t>((slot.w + gap) / (least + gap)));
  const float cell = (slot.w - static_cast<float>(columns - 1) * gap) / static_cast<float>(columns);
  const std::size_t rows = (count + columns - 1) / columns;
  Heights own;
  Heights& known = heights == nullptr || dry_ > 0
                       ? own
                       : (*heights)[(parents.empty() ? "" : parents.back()) + "#" + std::to_string(lists_++)];
  if (known.width != cell || known.scale != m.scale) known = {.width = cell, .scale = m.scale};
  if (known.rows.empty()) known.usual = measure(cell, [&] { item(0); }).h;
  known.rows.resize(rows, 0);
  // Rows above the window keep the place they had; each that is built says how high it is, and the next one
  // follows.
  float top = slot.y;
  for (std::size_t row = 0; row < rows; ++row) {
    float& high = known.rows[row];
    constexpr float kTouching = 0.5F;  // what only touches the window is not in it
    if (near(top, top + (high > 0 ? high : known.usual) - kTouching)) {
      float bottom = top;
      for (std::size_t at = row * columns; at < std::min(count, (row + 1) * columns); ++at) {
        cut_group();
        open({.x = slot.x + static_cast<float>(at % columns) * (cell + gap), .y = top, .w = cell});
        item(at);
        bottom = std::max(bottom, close().h);
      }
      high = bottom - top;
    }
    top += (high > 0 ? high : known.usual) + gap;
  }
  end(slot, slot.w, top - gap - slot.y);
}

void Flow::pair(const Pair& how, Body one, Body two) {
  const Slot slot = begin();
  if (slot.w < px(Size::both)) {
    open({.flow = true,
          .x = slot.x,
          .y = slot.y,
          .w = std::min(slot.w, px(Size::column)),
          .gap = px(Space::small)});
    one();
    two();
    const Extent used = close();
    return end(slot, slot.w, used.h - slot.y);
  }
  const float width = std::min((slot.w - px(how.gap)) / 2, px(how.most));
  float bottom = slot.y, x = slot.x;
  for (const Body* body : {&one, &two}) {
    open({.flow = true, .x = x, .y = slot.y, .w = width, .gap = px(Space::small)});
    (*body)();
    bottom = std::max(bottom, close().h);
    x += width + px(how.gap);
  }
  end(slot, slot.w, bottom - slot.y);
}

void Flow::shares(Space gap, std::size_t count, Called<void(std::size_t)> child) {
  const Slot slot = begin();
  const float between = px(gap), parts = static_cast<float>(count);
  const float width = (slot.w - (parts - 1) * between) / parts;
  float bottom = slot.y, x = slot.x;
  for (std::size_t at = 0; at < count; ++at) {
    open({.x = x, .y = slot.y, .w = width});
    child(at);
    bottom = std::max(bottom, close().h);
    x += width + between;
  }
  end(slot, slot.w, bottom - slot.y);
}

void Flow::inside(Node parent, Body body) {
  const std::string enclosed = parent.id;
  const bool flow = frames_.back().flow;
  const float gap = frames_.back().gap;
  const Slot slot = begin();
  node(std::move(parent), {});
  const auto made = static_cast<std::size_t>(last());
  parents.push_back(enclosed);
  open({.flow = flow, .x = slot.x, .y = slot.y, .w = slot.w, .gap = gap});
  body();
  const Extent used = close();
  parents.pop_back();
  page.places[made].rect = {slot.x, slot.y, slot.w, used.h - slot.y};
  end(slot, slot.w, used.h - slot.y);
}

void Flow::enclose(Node parent, Rect place, Body body) {
  const std::string enclosed = parent.id;
  node(std::move(parent), place);
  parents.push_back(enclosed);
  body();
  parents.pop_back();
}

void Flow::narrow(Size most, Body body) {
  const bool flow = frames_.back().flow;
  const float gap = frames_.back().gap;
  const Slot slot = begin();
  open({.flow = flow, .x = slot.x, .y = slot.y, .w = std::min(slot.w, px(most)), .gap = gap});
  body();
  const Extent used = close();
  end(slot, used.w, used.h - slot.y);
}

void Flow::over(Rect place, Body body) {
  const Mark before = mark();
  open({.align = Align::middle, .x = place.x, .y = place.y, .w = place.w});
  body();
  shift(before, mark(), 0, (place.h - (close().h - place.y)) / 2);
}

Rect Flow::lane(float height) {
  const Slot slot = begin();
  end(slot, slot.w, height);
  return {slot.x, slot.y, slot.w, height};
}

void Flow::at(Rect place, Body body) {
  cut_group();
  open({.x = place.x, .y = place.y, .w = place.w, .height = place.h});
  body();
  close();
}

void Flow::cells(Rect row, float width, std::size_t count, Called<void(std::size_t)> child) {
  for (std::size_t index = 0; index < count; ++index)
    at({row.x + static_cast<float>(index) * (width + px(Space::gap)), row.y, width, row.h},
       [&] { child(index); });
}

void Flow::sheet(Layer target, Rect area, Token fill, const Sheet& how, Body body) {
  const Layer before = std::exchange(layer, target);
  Area& made = page.area(target);
  made.clip = area;
  made.used = true;
  made.fill = fill;
  // Bars and menus lie at their own origin, the others at the canvas's.
  const float left = own_origin(target) ? 0 : area.x;
  const float margin = px(how.margin), all = std::max(0.0F, area.w - 2 * margin);
  const float width = how.most == Size::none ? all : std::min(all, px(how.most));
  const float x = left + margin + (how.align == Align::middle ? (all - width) / 2 : 0);
  open({.flow = true, .x = x, .y = px(how.top), .w = width});
  body();
  const float bottom = close().h + px(how.bottom);
  page.area(target).extent = bottom;
  layer = before;
}

void Flow::popup(int anchor, Size most, Body body) {
  const Place& place = page.places[static_cast<std::size_t>(anchor)];
  const float edge = px(Space::tight), margin = px(Space::margin);
  const float width = std::min(px(most), m.width - 2 * margin);
  const float high = measure(width - 2 * edge, body).h + 2 * edge;
  // What opened it may be out of sight, when it was not the pointer: then it counts as at the edge.
  const float lowest = std::max(0.0F, m.height - place.rect.h);
  const float over = std::clamp(place.rect.y - (place.layer == Layer::main ? scrolled : 0), 0.0F, lowest);
  const float below = over + place.rect.h + px(Space::fine), left = m.height - below - px(Space::wide);
  // Above what opened it where it has no room below, and more there.
  const bool up = high > left && over - px(Space::fine) - margin > left;
  const float room_for_it = up ? over - px(Space::fine) - margin : left;
  const float shown = std::min(high, std::max(m.target, room_for_it));
  const Rect area{std::clamp(place.rect.x, margin, std::max(margin, m.width - width - margin)),
                  up ? over - px(Space::fine) - shown : below, width, shown};
  sheet(Layer::overlay, area, Token::surface,
        {.top = Space::tight, .bottom = Space::tight, .margin = Space::tight}, body);
}

}  // namespace foyer::shell
