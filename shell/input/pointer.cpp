// Pointer of the interface: hovering and pressing through real ImGui items, sliders, wheel, touch scrolling.
//
// A finger that moves up or down scrolls and presses nothing; a slider moves only after the finger went
// sideways. One that began a little aside and then goes up or down was scrolling all the time.
#include <algorithm>
#include <cmath>
#include <cstring>

#include <imgui.h>
#include <imgui_internal.h>

#include "shell/input/interface.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

constexpr float kSlop = 8;     // px a finger may tremble
constexpr float kAside = 32;   // px a scrolling finger may begin with
constexpr float kWheel = 100;  // px per notch
constexpr Millis kHold(500);   // of a finger that stays where it is
constexpr float kAway = 100;   // px beyond a control, where a drag is given up

}  // namespace

Layer Interface::layer_at(float x, float y) const {
  for (Layer layer : {Layer::overlay, Layer::toast, Layer::bar, Layer::panel, Layer::rail}) {
    const Area& area = page_.area(layer);
    if (area.used && x >= area.clip.x && x < area.clip.x + area.clip.w && y >= area.clip.y &&
        y < area.clip.y + area.clip.h)
      return layer;
  }
  return Layer::main;
}

int Interface::node_at(float x, float y) const {
  const Layer layer = layer_at(x, y);
  if (layer != Layer::overlay && page_.area(Layer::overlay).used) return -1;  // as in interact()
  for (std::size_t at = page_.nodes.size(); at-- > 0;) {
    const Node& node = page_.nodes[at];
    const Rect rect = on_canvas(static_cast<int>(at));
    if (node.operable && !page_.places[at].far && page_.places[at].layer == layer && x >= rect.x &&
        x < rect.x + rect.w && y >= rect.y && y < rect.y + rect.h)
      return static_cast<int>(at);
  }
  return -1;
}

std::string_view Interface::link_at(float x, float y) const {
  const int node = node_at(x, y);
  if (node < 0) return {};
  return page_.nodes[static_cast<std::size_t>(node)].place;  // only links have one
}

std::optional<Millis> Interface::hold_in() const {
  const bool still = press_.down && press_.touch && !press_.held && !press_.scrolling && !press_.sideways;
  if (!still || !memory_.dragged.empty()) return std::nullopt;
  return std::max(Millis(0), press_.at + kHold - now_steady_);
}

// A finger that stays on a tile asks what can be done with it; letting go presses nothing then.
void Interface::hold() {
  press_.held = true;
  const int node = node_at(press_.x, press_.y);
  if (node < 0) return;
  const Node& tile = page_.nodes[static_cast<std::size_t>(node)];
  if (tile.role != Role::link || !has_tile_menu(tile.id)) return;
  ImGui::ClearActiveID();
  open_menu(tile.id);
  ++memory_version_;
}

float Interface::most_scroll(Layer layer) const {
  return std::max(0.0F, page_.area(layer).extent - page_.area(layer).clip.h);
}

void Interface::touch_input(float seconds) {
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    press_ = {};
    press_.down = true;
    press_.touch = io.MouseSource == ImGuiMouseSource_TouchScreen;
    press_.x = io.MousePos.x;
    press_.y = press_.last_y = io.MousePos.y;
    press_.at = now_steady_;
    press_.layer = layer_at(press_.x, press_.y);
    press_.scroll = scroll(press_.layer).at;
    scroll(press_.layer).target = scroll(press_.layer).at;
  }
  if (!press_.down) return;
  const float dx = io.MousePos.x - press_.x, dy = io.MousePos.y - press_.y;
  if (press_.touch && io.MouseDown[0]) {
    if (!press_.scrolling && !press_.sideways) {
      if (memory_.dragged.empty() && std::abs(dy) > kSlop && std::abs(dy) >= std::abs(dx) &&
          most_scroll(press_.layer) > 0) {
        press_.scrolling = true;
        ImGui::ClearActiveID();
      } else if (std::abs(dx) > kSlop) {
        press_.sideways = true;
      }
    }
    if (const auto left = hold_in(); left && *left == Millis(0)) hold();
    press_.widest = std::max(press_.widest, std::abs(dx));
    if (press_.sideways && !press_.ring && press_.widest < kAside && std::abs(dy) > kSlop &&
        std::abs(dy) > std::abs(dx) && most_scroll(press_.layer) > 0) {
      press_.sideways = false;
      press_.scrolling = true;
      if (adjusting_) cancel_drag();
      ImGui::ClearActiveID();
    }
    if (press_.scrolling) {
      Scroll& one = scroll(press_.layer);
      one.at = one.target = std::clamp(press_.scroll - dy, 0.0F, most_scroll(press_.layer));
      press_.speed = press_.speed * 0.6F + 0.4F * (press_.last_y - io.MousePos.y) / seconds;
    }
    press_.last_y = io.MousePos.y;
  }
  if (!io.MouseDown[0]) {
    if (press_.scrolling && !look_.reduced_motion && std::abs(press_.speed) > 120) {
      Scroll& one = scroll(press_.layer);
      one.target = std::clamp(one.at + press_.speed * 0.28F, 0.0F, most_scroll(press_.layer));
    }
    press_.down = false;
  }
}

// The wheel turns the dial that has the focus and lies under the pointer, and scrolls everywhere else: who
// only passes by with it sets nothing.
bool Interface::turn_dial(float notches) {
  const int node = page_.find(focused_);
  const Adjust* what =
      node < 0 ? nullptr : std::get_if<Adjust>(&page_.actions[static_cast<std::size_t>(node)]);
  if (what == nullptr || !what->round) return false;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Rect rect = on_canvas(node);
  if (mouse.x < rect.x || mouse.y < rect.y || mouse.x >= rect.x + rect.w || mouse.y >= rect.y + rect.h)
    return false;
  turned_ += notches;
  const float whole = std::trunc(turned_);
  turned_ -= whole;
  if (whole != 0) nudge({focused_, static_cast<double>(whole) * what->range.step});
  return true;
}

void Interface::scroll_input(float seconds) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.MouseWheel != 0 && !io.KeyCtrl && !turn_dial(io.MouseWheel)) {
    const Layer layer = layer_at(io.MousePos.x, io.MousePos.y);
    Scroll& one = scroll(layer);
    one.target = std::clamp(one.target - io.MouseWheel * kWheel, 0.0F, most_scroll(layer));
    // Small steps come from a touchpad, which is smooth by itself.
    if (look_.reduced_motion || std::abs(io.MouseWheel) < 0.5F) one.at = one.target;
  }
  for (Scroll& one : scrolls_) {
    if (one.at == one.target) continue;
    one.at += (one.target - one.at) * (1 - std::exp(-14 * seconds));
    if (look_.reduced_motion || std::abs(one.target - one.at) < 0.5F) one.at = one.target;
  }
}

Touch Interface::interact(int node) {
  const Node& twin = page_.nodes[static_cast<std::size_t>(node)];
  if (!twin.operable) return {};
  const Layer layer = page_.places[static_cast<std::size_t>(node)].layer;
  // Under an open menu only the menu reacts.
  if (layer != Layer::overlay && page_.area(Layer::overlay).used) return {};
  const Action& action = page_.actions[static_cast<std::size_t>(node)];
  if (const Local* what = std::get_if<Local>(&action); what != nullptr && what->what == Local::What::text)
    return {};
  const Rect rect = on_canvas(node);
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  const bool pressed =
      ImGui::InvisibleButton(twin.id.c_str(), {std::max(1.0F, rect.w), std::max(1.0F, rect.h)});
  Touch touch{ImGui::IsItemHovered() && !press_.scrolling, ImGui::IsItemActive()};
  if (look_.touch) touch.hovered = false;
  if (touch.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (ImGui::IsItemActivated()) focus(node, false);
  if (std::holds_alternative<Adjust>(action)) {
    if (touch.pressed) drag(node, ImGui::IsItemActivated());
    if (ImGui::IsItemDeactivated() && !press_.scrolling && memory_.dragged == twin.id) commit();
    if (pressed && press_.touch && !press_.scrolling && !press_.sideways && !press_.given_up &&
        memory_.dragged.empty()) {
      press_.sideways = true;  // a tap sets the value where the finger was
      drag(node, true);
      if (memory_.dragged == twin.id) commit();
    }
  } else if (pressed) {
    pending_.push_back(action);
  }
  return touch;
}

void Interface::drag(int node, bool began) {
  const Node& twin = page_.nodes[static_cast<std::size_t>(node)];
  const Adjust what = std::get<Adjust>(page_.actions[static_cast<std::size_t>(node)]);
  const ImVec2 mouse = ImGui::GetMousePos();
  const Rect rect = on_canvas(node);
  const bool round = press_.ring = what.round;
  // Who pulls far away from it wants out: as Escape does, and coming back begins no new drag.
  const float aside =
      std::max({rect.x - mouse.x, mouse.x - rect.x - rect.w, rect.y - mouse.y, mouse.y - rect.y - rect.h});
  if (aside > kAway && memory_.dragged == twin.id) {
    cancel_drag();
    press_.given_up = true;
  }
  if (press_.given_up) return;
  if (press_.touch && !press_.sideways && !round) return;
  float part =
      round ? dial_part(rect, mouse.x, mouse.y) : std::clamp((mouse.x - rect.x) / rect.w, 0.0F, 1.0F);
  if (memory_.dragged != twin.id) {
    if (!began && !press_.touch) return;  // cancelled, or begun in the dial's middle
    if (part < 0) return;
  } else if (part < 0) {
    return;
  }
  const double span = what.range.most - what.range.least;
  double value =
      what.range.least + std::round(span * static_cast<double>(part) / what.range.step) * what.range.step;
  adjust(twin.id, what, value);
}

// The field while nobody types in it here: its words, or the hint.
void Interface::field_picture(int node, const Item& item, float dy) {
  const std::string& words = page_.nodes[static_cast<std::size_t>(node)].value_text;
  Item still = item;
  still.kind = Item::Kind::text;
  still.rect.x = on_canvas(node).x;
  still.rect.y += (item.rect.h - line_height(Type::body, built_metrics_.scale)) / 2;
  still.value = built_metrics_.scale;
  still.ink = words.empty() ? Token::ink2 : Token::ink;
  if (!words.empty()) still.text = words;
  paint(brush_, still, 0, dy, {});
}

void Interface::scroll_to(int node) {
  const Place& place = page_.places[static_cast<std::size_t>(node)];
  if (place.layer != Layer::main && place.layer != Layer::panel) return;
  Scroll& one = scroll(place.layer);
  const float high = page_.area(place.layer).clip.h;
  // With what it is part of: a switch without the name beside it says little.
  const int around = page_.find(page_.nodes[static_cast<std::size_t>(node)].parent);
  const bool whole = around >= 0 && page_.nodes[static_cast<std::size_t>(around)].role == Role::listitem &&
                     page_.places[static_cast<std::size_t>(around)].rect.h < high / 2;
  const Rect& shown = whole ? page_.places[static_cast<std::size_t>(around)].rect : place.rect;
  float to = one.target;
  if (shown.y - 24 < to) to = shown.y - 24;
  if (shown.y + shown.h + 24 > to + high) to = shown.y + shown.h + 24 - high;
  one.target = std::clamp(to, 0.0F, most_scroll(place.layer));
  if (look_.reduced_motion) one.at = one.target;
}

}  // namespace foyer::shell
