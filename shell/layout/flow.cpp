#include "shell/layout/flow.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace foyer::shell {
Rect target_rect(Rect rect, float least) {
  const float w = std::max(rect.w, least), h = std::max(rect.h, least);
  return {rect.x - (w - rect.w) / 2, rect.y - (h - rect.h) / 2, w, h};
}

// ---- Places of children

Flow::Slot Flow::begin() {
  Frame& frame = frames_.back();
  if (frame.flow) cut_group();
  if (frame.tracked) children_.push_back({mark()});
  const float gap = frame.first ? 0 : frame.gap;
  frame.first = false;
  if (frame.kind == Frame::Kind::column) return {frame.x, frame.at + gap, frame.w};
  const float x = frame.at + gap;
  return {x, frame.y, std::max(0.0F, frame.x + frame.w - x)};
}

void Flow::end(Slot slot, float w, float h) {
  Frame& frame = frames_.back();
  if (frame.tracked) {
    // The children of what was in it are closed: the newest is this one.
    children_.back().w = w;
    children_.back().h = h;
  }
  if (frame.kind == Frame::Kind::column) {
    frame.at = slot.y + h;
    frame.wide = std::max(frame.wide, slot.x - frame.x + w);
  } else {
    frame.at = slot.x + w;
    frame.high = std::max(frame.high, h);
    frame.wide = std::max(frame.wide, frame.at - frame.x);
  }
}

void Flow::next_line(float width) {
  Frame& frame = frames_.back();
  if (frame.kind != Frame::Kind::wrap || frame.first ||
      frame.at + frame.gap + width <= frame.x + frame.w + 0.5F)
    return;
  const float next = frame.y + frame.high + frame.between;
  close_line(frame);
  frame.y = next;
  frame.at = frame.x;
  frame.high = 0;
  frame.first = true;
}

Rect Flow::take(float width, float height) {
  next_line(width);
  const Slot slot = begin();
  end(slot, width, height);
  return {slot.x, slot.y, width, height};
}

float Flow::room() const {
  const Frame& frame = frames_.back();
  if (frame.kind != Frame::Kind::row) return frame.w;
  return std::max(0.0F, frame.x + frame.w - frame.at - (frame.first ? 0 : frame.gap));
}

void Flow::skip(Space space) { frames_.back().at += px(space); }

void Flow::spring() {
  Frame& frame = frames_.back();
  if (frame.tracked) children_.push_back({mark(), 0, 0, true});
}

// ---- Boxes open and close

void Flow::open(Frame frame) {
  frame.children = children_.size();
  if (frame.kind == Frame::Kind::column) {
    frame.at = frame.y;
    frame.tracked = frame.align != Align::start || frame.height > 0;
  } else {
    frame.at = frame.x;
    frame.tracked = true;
    frame.flow = false;
  }
  frames_.push_back(frame);
}

void Flow::shift(Mark from, Mark to, float dx, float dy) {
  if (dx == 0 && dy == 0) return;
  for (std::size_t at = from.items; at < to.items; ++at)
    page.items[at].rect.x += dx, page.items[at].rect.y += dy;
  for (std::size_t at = from.nodes; at < to.nodes; ++at)
    page.places[at].rect.x += dx, page.places[at].rect.y += dy;
}

// Moves the children of a line, or of a column, to where springs and alignment want them.
void Flow::close_line(Frame& frame) {
  const bool column = frame.kind == Frame::Kind::column;
  const float used = column ? frame.at - frame.y : frame.at - frame.x;
  const float left = column ? frame.height - used : frame.x + frame.w - frame.at;
  const auto springs = std::count_if(children_.begin() + static_cast<std::ptrdiff_t>(frame.children),
                                     children_.end(), [](const Child& one) { return one.spring; });
  const float each = dry_ > 0 || left <= 0 || springs == 0 ? 0 : left / static_cast<float>(springs);
  if (each > 0 && !column) frame.wide = frame.w;
  const float across = column ? (dry_ > 0 ? frame.wide : frame.w) : frame.high;
  float along = 0;
  for (std::size_t at = frame.children; at < children_.size(); ++at) {
    const Child& child = children_[at];
    if (child.spring) {
      along += each;
      continue;
    }
    const Mark to = at + 1 < children_.size() ? children_[at + 1].from : mark();
    const float rest = across - (column ? child.w : child.h);
    const float over = frame.align == Align::start ? 0 : frame.align == Align::end ? rest : rest / 2;
    if (column) {
      shift(child.from, to, over, along);
    } else {
      shift(child.from, to, along, over);
    }
  }
  children_.resize(frame.children);
}

Flow::Extent Flow::close() {
  Frame frame = frames_.back();
  if (frame.tracked) close_line(frame);
  frames_.pop_back();
  if (frame.kind != Frame::Kind::column) return {frame.wide, frame.y + frame.high};
  return {frame.wide, std::max(frame.at, frame.y + frame.height)};
}

// The y of an extent that close() answers is the content's end; boxes subtract where they began.

void Flow::column(const Column& how, Body body) {
  const bool flow = frames_.back().flow;
  const bool in_row = frames_.back().kind != Frame::Kind::column;
  const Slot slot = begin();
  open({.align = how.align,
        .flow = flow,
        .x = slot.x,
        .y = slot.y,
        .w = slot.w,
        .gap = px(how.gap),
        .height = how.height});
  body();
  const Extent used = close();
  end(slot, in_row && how.align == Align::start ? used.w : dry_ > 0 ? used.w : slot.w, used.h - slot.y);
}

void Flow::row(const Row& how, Body body) {
  const Slot slot = begin();
  open({.kind = Frame::Kind::row,
        .align = how.align,
        .x = slot.x,
        .y = slot.y,
        .w = slot.w,
        .gap = px(how.gap)});
  body();
  const Extent used = close();
  end(slot, used.w, used.h - slot.y);
}

void Flow::wrap(const Wrap& how, Body body) {
  const Slot slot = begin();
  open({.kind = Frame::Kind::wrap,
        .align = Align::middle,
        .x = slot.x,
        .y = slot.y,
        .w = slot.w,
        .gap = px(how.gap),
        .between = px(how.between)});
  body();
  const Extent used = close();
  end(slot, used.w, used.h - slot.y);
}

// ---- Measuring

Flow::Extent Flow::measure(float width, Body body) {
  const Mark before = mark();
  const std::size_t groups = page.groups.size(), above = parents.size();
  const int owner = cut_owner_;
  ++dry_;
  open({.w = width});
  body();
  const Extent used = close();
  --dry_;
  cut_owner_ = owner;
  parents.resize(above);
  page.groups.resize(groups);
  page.items.resize(before.items);
  page.nodes.resize(before.nodes);
  page.places.resize(before.nodes);
  page.actions.resize(before.nodes);
  return used;
}

Flow::Extent Flow::measure_row(const Row& how, Body body) {
  return measure(std::numeric_limits<float>::max() / 4, [&] { row(how, body); });
}

// ---- What is made

Node& Flow::node(Node made, Rect bounds, Action action) {
  if (!parents.empty()) made.parent = parents.back();
  made.operable = action.index() != 0;
  if (const Intent* what = made.role == Role::link ? std::get_if<Intent>(&action) : nullptr)
    if (const auto* to = std::get_if<intent::Go>(what)) made.place = to_text(to->route);
  page.nodes.push_back(std::move(made));
  page.places.push_back({bounds, layer});
  page.actions.push_back(std::move(action));
  return page.nodes.back();
}

Item& Flow::box(Rect rect, Token fill, float radius, Token edge, int node_index) {
  Item item;
  item.rect = rect;
  item.fill = fill;
  item.edge = edge;
  item.radius = radius;
  item.node = node_index;
  page.items.push_back(std::move(item));
  return page.items.back();
}

void Flow::was_cut(std::string_view whole) {
  const int owner = cut_owner_ >= 0 ? cut_owner_ : last();
  if (owner < 0 || dry_ > 0) return;
  std::string& title = page.nodes[static_cast<std::size_t>(owner)].title;
  if (!title.empty()) title += '\n';
  title += whole;
}

void Flow::cut_group() {
  const auto at = static_cast<std::uint32_t>(page.items.size());
  if (!page.groups.empty() && page.groups.back().first == at && page.groups.back().layer == layer) return;
  page.groups.push_back({layer, 0, 0, at, at});
}

void Flow::finish() {
  for (std::size_t index = 0; index < page.groups.size(); ++index) {
    Group& group = page.groups[index];
    group.last = index + 1 < page.groups.size() ? page.groups[index + 1].first
                                                : static_cast<std::uint32_t>(page.items.size());
    group.top = std::numeric_limits<float>::max();
    group.bottom = std::numeric_limits<float>::lowest();
    const auto cover = [&](const Rect& rect) {
      group.top = std::min(group.top, rect.y);
      group.bottom = std::max(group.bottom, rect.y + rect.h);
    };
    for (std::uint32_t at = group.first; at < group.last; ++at) {
      const Item& item = page.items[at];
      cover(item.rect);
      if (item.node >= 0) cover(page.places[static_cast<std::size_t>(item.node)].rect);
    }
  }
}

}  // namespace foyer::shell
