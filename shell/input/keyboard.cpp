// Keys, focus and what operating a node does; the mirror's acts come in here as well.
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <imgui.h>
#include <imgui_internal.h>

#include "shell/input/interface.hpp"

namespace foyer::shell {
namespace {

constexpr Millis kNudgePause{800};

bool arrow_down() {
  for (ImGuiKey key : {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow, ImGuiKey_DownArrow,
                       ImGuiKey_PageUp, ImGuiKey_PageDown, ImGuiKey_Home, ImGuiKey_End})
    if (ImGui::IsKeyDown(key)) return true;
  return false;
}

}  // namespace

void Interface::focus(int node, bool visible) {
  focused_ = page_.nodes[static_cast<std::size_t>(node)].id;
  focus_visible_ = visible;
}

void Interface::step_focus(int direction) {
  const auto count = static_cast<int>(page_.nodes.size());
  int at = page_.find(focused_);
  if (at < 0 && direction < 0) at = count;
  for (at += direction; at >= 0 && at < count; at += direction) {
    if (!page_.nodes[static_cast<std::size_t>(at)].operable) continue;
    focus(at, true);
    scroll_to(at);
    const Local* what = std::get_if<Local>(&page_.actions[static_cast<std::size_t>(at)]);
    focus_field_ = what != nullptr && what->what == Local::What::text;
    leave_field_ = !focus_field_ && typing_;
    again_ = true;
    return;
  }
  focused_.clear();
  leave_field_ = typing_;
}

// A menu is a list of its own; outside of it arrows go among tiles. A step begins at the middle of what has
// the focus and takes the nearest in that direction, what lies aside counting double.
bool Interface::move_focus(float dx, float dy) {
  const bool menu = page_.area(Layer::overlay).used;
  const int from = page_.find(focused_);
  const auto tile = [&](const Node& node) {
    const int around = page_.find(node.parent);
    return node.role == Role::link && around >= 0 &&
           page_.nodes[static_cast<std::size_t>(around)].role == Role::listitem;
  };
  if (!menu && (from < 0 || !tile(page_.nodes[static_cast<std::size_t>(from)]))) return false;
  int best = -1;
  float least = std::numeric_limits<float>::max();
  const auto middle = [&](int node) {
    const Rect& rect = page_.places[static_cast<std::size_t>(node)].rect;
    return std::pair(rect.x + rect.w / 2, rect.y + rect.h / 2);
  };
  for (int at = 0; at < static_cast<int>(page_.nodes.size()); ++at) {
    const Node& node = page_.nodes[static_cast<std::size_t>(at)];
    const Place& place = page_.places[static_cast<std::size_t>(at)];
    const Layer layer = menu ? Layer::overlay : page_.places[static_cast<std::size_t>(from)].layer;
    if (!node.operable || at == from || place.layer != layer || place.far || (!menu && !tile(node))) continue;
    if (from < 0) {
      best = at;
      break;
    }
    const auto [x0, y0] = middle(from);
    const auto [x1, y1] = middle(at);
    const float along = (x1 - x0) * dx + (y1 - y0) * dy;
    const float aside = std::abs((x1 - x0) * dy) + std::abs((y1 - y0) * dx);
    if (along > 4 && along + 2 * aside < least) best = at, least = along + 2 * aside;
  }
  if (best < 0) return menu;
  focus(best, true);
  leave_field_ = typing_;
  scroll_to(best);
  again_ = true;
  return true;
}

void Interface::open_menu(const std::string& anchor) {
  memory_.menu = anchor;
  memory_.fields.erase("menu/search");
  enter_menu_ = true;
  scroll(Layer::overlay) = {};
}

// The focus goes back to what opened it.
void Interface::close_menu() {
  const int at = page_.find(focused_);
  if (at < 0 || page_.places[static_cast<std::size_t>(at)].layer == Layer::overlay) focused_ = memory_.menu;
  memory_.menu.clear();
  ++memory_version_;
  again_ = true;
}

// To its field for whoever has a keyboard, else to what is chosen, else to the first.
void Interface::focus_menu() {
  int first = -1;
  for (int at = 0; at < static_cast<int>(page_.nodes.size()); ++at) {
    const Node& node = page_.nodes[static_cast<std::size_t>(at)];
    if (!node.operable || page_.places[static_cast<std::size_t>(at)].layer != Layer::overlay) continue;
    if (node.role == Role::textbox && look_.touch) continue;
    if (first < 0 || node.current) first = at;
    if (node.role == Role::textbox || node.current) break;
  }
  if (first < 0) return;
  focus(first, focus_visible_);
  focus_field_ = page_.nodes[static_cast<std::size_t>(first)].role == Role::textbox;
}

// What the field found first is what was meant.
void Interface::entered(std::string_view field) {
  const bool menu = field == "menu/search";
  if (!menu && (field != "search" || memory_.query.empty())) return;
  for (std::size_t at = 0; at < page_.nodes.size(); ++at) {
    const Node& node = page_.nodes[at];
    const bool hit = menu ? page_.places[at].layer == Layer::overlay
                          : node.id.starts_with("found/") || node.id.starts_with("module/");
    if (!hit || node.role != Role::link || !node.operable) continue;
    pending_.push_back(page_.actions[at]);
    return;
  }
}

void Interface::keys(const State& state) {
  if (ImGui::IsKeyPressed(ImGuiKey_Tab)) {
    if (keyed_) commit();
    step_focus(ImGui::GetIO().KeyShift ? -1 : 1);
    return;
  }
  if (keyed_ && !arrow_down()) commit();
  if (typing_) {
    if (ImGui::IsKeyPressed(ImGuiKey_DownArrow) && move_focus(0, 1)) return;
    if (!ImGui::IsKeyPressed(ImGuiKey_Escape, false)) return;
    if (!memory_.menu.empty()) {
      leave_field_ = true;
      close_menu();
    } else if (focused_ != "search") {
      leave_field_ = true;
    } else if (memory_.query.empty()) {
      escape(state);
    }
    return;
  }
  if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) return escape(state);
  if (ImGui::IsKeyPressed(ImGuiKey_Slash, false) && !state.plants.empty())
    return local(state, {Local::What::focus_search, {}, {}});
  const int at = page_.find(focused_);
  const bool operable = at >= 0 && page_.nodes[static_cast<std::size_t>(at)].operable;
  if (operable && step_slider(at)) return;
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key) ? 1.0F : 0.0F; };
  const float dx = pressed(ImGuiKey_RightArrow) - pressed(ImGuiKey_LeftArrow);
  const float dy = pressed(ImGuiKey_DownArrow) - pressed(ImGuiKey_UpArrow);
  if ((dx != 0 || dy != 0) && move_focus(dx, dy)) return;
  if (operable && page_.nodes[static_cast<std::size_t>(at)].role == Role::textbox) return;
  const float by = dy * 60 + (pressed(ImGuiKey_PageDown) - pressed(ImGuiKey_PageUp)) *
                                 page_.area(Layer::main).clip.h * 0.9F;
  Scroll& one = scroll(Layer::main);
  if (by != 0) one.target = std::clamp(one.target + by, 0.0F, most_scroll(Layer::main));
  if (!operable) return;
  if (ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false) ||
      ImGui::IsKeyPressed(ImGuiKey_Space, false)) {
    focus_visible_ = true;
    pending_.push_back(page_.actions[static_cast<std::size_t>(at)]);
  }
}

// Arrow keys by a step, Page by ten, Home and End to the limits; true when the key was for the slider.
bool Interface::step_slider(int node) {
  const Adjust* what = std::get_if<Adjust>(&page_.actions[static_cast<std::size_t>(node)]);
  if (what == nullptr) return false;
  const Node& twin = page_.nodes[static_cast<std::size_t>(node)];
  const Adjust copy = *what;
  const double now = memory_.dragged == twin.id ? memory_.value : copy.now, step = copy.range.step;
  double value = now;
  if (ImGui::IsKeyPressed(ImGuiKey_RightArrow) || ImGui::IsKeyPressed(ImGuiKey_UpArrow)) value = now + step;
  if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow) || ImGui::IsKeyPressed(ImGuiKey_DownArrow)) value = now - step;
  if (ImGui::IsKeyPressed(ImGuiKey_PageUp)) value = now + 10 * step;
  if (ImGui::IsKeyPressed(ImGuiKey_PageDown)) value = now - 10 * step;
  if (ImGui::IsKeyPressed(ImGuiKey_Home)) value = copy.range.least;
  if (ImGui::IsKeyPressed(ImGuiKey_End)) value = copy.range.most;
  if (value == now) return arrow_down();
  focus_visible_ = true;
  adjust(std::string(twin.id), copy, value);
  keyed_ = true;
  return true;
}

void Interface::adjust(std::string_view id, const Adjust& what, double value) {
  value = std::clamp(value, what.range.least, what.range.most);
  if (memory_.dragged == id && memory_.value == value) return;
  if (memory_.dragged != id && adjusting_) commit();
  memory_.dragged = id;
  memory_.value = value;
  adjusting_ = what;
  commit_at_.reset();
  ++memory_version_;
}

void Interface::commit() {
  if (!adjusting_) return;
  const Adjust what = *adjusting_;
  const double value = memory_.value;
  cancel_drag();
  if (value != what.now)
    pending_.emplace_back(Intent{intent::Send{what.module, Command{what.aspect, value, {}}}});
}

void Interface::cancel_drag() {
  adjusting_.reset();
  commit_at_.reset();
  keyed_ = false;
  memory_.dragged.clear();
  ++memory_version_;
}

void Interface::nudge(const Nudge& what) {
  const int node = page_.find(what.slider);
  if (node < 0) return;
  const Adjust* target = std::get_if<Adjust>(&page_.actions[static_cast<std::size_t>(node)]);
  if (target == nullptr) return;
  const Adjust copy = *target;
  adjust(what.slider, copy, (memory_.dragged == what.slider ? memory_.value : copy.now) + what.by);
  commit_at_ = now_steady_ + kNudgePause;
}

void Interface::escape(const State& state) {
  if (adjusting_) {
    cancel_drag();
    ImGui::ClearActiveID();
  } else if (!memory_.menu.empty()) {
    close_menu();
  } else if (memory_.searching || !memory_.query.empty()) {
    local(state, {Local::What::clear_search, {}, {}});
  } else {
    local(state, {Local::What::back, {}, {}});
  }
}

void Interface::local(const State& state, const Local& what) {
  ++memory_version_;
  again_ = true;
  switch (what.what) {
    case Local::What::expand:
      if (!memory_.expanded.erase(what.key)) memory_.expanded.insert(what.key);
      break;
    case Local::What::menu:
      if (what.key.empty() || memory_.menu == what.key) return close_menu();
      open_menu(what.key);
      break;
    case Local::What::enter:
      focus_in(what.key);
      break;
    case Local::What::focus_search:
      // It stands at home.
      if (state.plant() != nullptr && page_.find("search") < 0 && page_.find("search/open") < 0)
        send_(
            intent::Go{{.view = Route::View::home, .plant = state.plant()->id, .ambient = {}, .module = {}}});
      memory_.searching = built_metrics_.phone;
      focused_ = "search";
      focus_visible_ = focus_field_ = true;
      scroll(Layer::main).target = 0;
      break;
    case Local::What::text:
      if (what.key == "search") return local(state, {Local::What::focus_search, {}, {}});
      focused_ = what.key;
      focus_visible_ = focus_field_ = true;
      break;
    case Local::What::put:
      put_text(what.key, what.text);
      break;
    case Local::What::clear_search:
      memory_.query.clear();
      memory_.searching = false;
      leave_field_ = true;
      typing_ = false;
      break;
    case Local::What::back: {
      Route route{.view = Route::View::home, .plant = state.route.plant, .ambient = {}, .module = {}};
      if (state.route.view == Route::View::module && !state.route.ambient.empty()) {
        route.view = Route::View::ambient;
        route.ambient = state.route.ambient;
      }
      if (state.route.view == Route::View::home || state.route.view == Route::View::welcome) return;
      if (route.plant.empty() && state.plant() != nullptr) route.plant = state.plant()->id;
      // A panel is closed; a page is left to where one came from.
      if (built_metrics_.wide && state.route.view == Route::View::module) {
        send_(intent::Go{std::move(route)});
      } else {
        send_(intent::Back{std::move(route)});
      }
      break;
    }
  }
}

void Interface::put_text(std::string_view id, std::string_view text) {
  (id == "search" ? memory_.query : memory_.fields[std::string(id)]) = text;
  ++memory_version_;
}

void Interface::run(const State& state, const Action& action) {
  if (const Intent* intent = std::get_if<Intent>(&action)) {
    if (std::holds_alternative<intent::OpenOperation>(*intent)) memory_.fields.clear(), ++memory_version_;
    // A menu is done when it led somewhere, a question when it was answered, a reason when it was changed.
    const bool done = std::holds_alternative<intent::Go>(*intent) || memory_.menu.starts_with(kAsk) ||
                      memory_.menu.starts_with(kWhy);
    if (done && !memory_.menu.empty()) close_menu();
    send_(*intent);
  } else if (const Nudge* what = std::get_if<Nudge>(&action)) {
    nudge(*what);
  } else if (const Local* change = std::get_if<Local>(&action)) {
    local(state, *change);
  }
}

void Interface::run_pending(const State& state) {
  auto pending = std::move(pending_);
  pending_.clear();
  for (const Action& action : pending) run(state, action);
}

bool Interface::act(const State& state, std::string_view id, Act act, std::string_view text, double number) {
  if (act == Act::blur) {
    if (focused_ != id) return false;
    focused_.clear();
    leave_field_ = typing_;
    return true;
  }
  const int node = page_.find(id);
  if (node < 0 || !page_.nodes[static_cast<std::size_t>(node)].operable) return false;
  const Action action = page_.actions[static_cast<std::size_t>(node)];
  const Adjust* slider = std::get_if<Adjust>(&action);
  const Local* change = std::get_if<Local>(&action);
  switch (act) {
    case Act::press:
      if (slider != nullptr) return false;
      if (change != nullptr && change->what == Local::What::text && focused_ == id) {
        entered(id);
        run_pending(state);
        return true;
      }
      run(state, action);
      // Without canvas no later frame would send what the ± buttons collect.
      if (built_everything_ && adjusting_) {
        commit();
        run_pending(state);
      }
      return true;
    case Act::focus:
      // The host echoes what the pointer focused: no ring, no scrolling then.
      if (focused_ == id) return true;
      focus(node, true);
      scroll_to(node);
      focus_field_ = change != nullptr && change->what == Local::What::text;
      return true;
    case Act::set_value: {
      if (slider == nullptr) return false;
      const Adjust what = *slider;
      adjust(id, what,
             what.range.least + std::round((number - what.range.least) / what.range.step) * what.range.step);
      commit();
      run_pending(state);
      return true;
    }
    case Act::set_text:
      if (change == nullptr || change->what != Local::What::text) return false;
      put_text(id, text.substr(0, query_.size() - 1));
      if (typing_) ImGui::ClearActiveID();
      typing_ = false;
      return true;
    case Act::blur:
      break;
  }
  return false;
}

}  // namespace foyer::shell
