#include "shell/input/interface.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui.h>
#include <imgui_internal.h>

#include "shell/views/home_tiles.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

// What stands on a wall is seen from the middle of the room.
Appearance seen_from(const State& state, Appearance look, float width) {
  constexpr float usual = 900, most = 1.5F;  // CSS pixels
  if (is_wall(state)) look.text_scale *= std::clamp(width / usual, 1.0F, most);
  return look;
}

// Up to this many tiles the whole home is built; beyond it only what is near the view.
constexpr std::size_t kWholeHome = 400;

std::string main_key(const State& state, const Metrics& m) {
  Route route = state.route;
  if (m.wide && route.view == Route::View::module) {
    route.view = route.ambient.empty() ? Route::View::home : Route::View::ambient;
    route.module = {};
  }
  return std::to_string(static_cast<int>(route.view)) + route.plant.text + "/" + route.ambient.text + "/" +
         route.module.text;
}

}  // namespace

void Interface::set_appearance(const Appearance& look) {
  if (look == look_) return;
  look_ = look;
  ++memory_version_;
}

Rect Interface::on_canvas(int node) const {
  const Place& place = page_.places[static_cast<std::size_t>(node)];
  const Area& area = page_.area(place.layer);
  Rect rect = place.rect;
  rect.x += own_origin(place.layer) ? area.clip.x : 0;
  rect.y += area.clip.y - scroll(place.layer).at;
  return rect;
}

bool Interface::fresh(const State& state, Instant now, float width, float height, bool everything) const {
  if (built_state_ != &state || built_version_ != state.version || built_memory_ != memory_version_ ||
      built_everything_ != everything || built_metrics_.width != width || built_metrics_.height != height)
    return false;
  if (next_change_ && now >= *next_change_) return false;
  if (page_.whole) return true;
  const float top = scroll(Layer::main).at, bottom = top + height;
  return top >= page_.built_top && bottom <= page_.built_bottom;
}

void Interface::remember_scroll(const State& state) {
  const std::string key = main_key(state, built_metrics_);
  if (key != main_key_) {
    kept_scroll_[main_key_] = scroll(Layer::main).at;
    auto kept = kept_scroll_.find(key);
    scroll(Layer::main) = kept == kept_scroll_.end() ? Scroll{} : Scroll{kept->second, kept->second};
    main_key_ = key;
  }
  if (state.route.module.text != panel_key_) {
    if (panel_key_.empty() && built_metrics_.wide) {
      panel_from_ = focused_;
      enter_panel_ = !focused_.empty();
    } else if (state.route.module.empty() && !panel_from_.empty()) {
      focused_ = std::exchange(panel_from_, {});
    }
    panel_key_ = state.route.module.text;
    scroll(Layer::panel) = {};
  }
}

void Interface::build(const State& state, const Clock& clock, float width, float height, bool everything) {
  const Instant now = clock.now();
  built_metrics_ = metrics(width, height, seen_from(state, look_, width));
  remember_scroll(state);
  std::vector<Node> before = std::move(page_.nodes);
  page_.clear();
  page_.nodes.reserve(before.size() + 8);
  Builder b{page_, state,          memory_,
            plan_, built_metrics_, Times(now, [&clock](Instant at) { return clock.utc_offset(at); })};
  const Plant* plant = state.plant();
  const float tiles = areas(b).main.w - 2 * b.px(Space::margin);
  const bool one_room = !state.route.ambient.empty();
  std::string key = (plant == nullptr ? "" : plant->id.text) + "/" +
                    (one_room ? state.route.ambient.text : "") + "/" + memory_.query + "/" +
                    std::to_string(tiles) + (look_.touch ? "t" : "m") + std::to_string(built_metrics_.scale);
  const bool changed = plan_version_ != state.version || built_state_ != &state;
  if (changed || key != plan_key_) {
    // Homes are there when the part that shows them is (Part::homes), and not before.
    std::vector<Attention> attention = std::move(plan_.attention);
    if (changed) attention = state.plants.empty() ? std::vector<Attention>() : needing_attention(state);
    plan_ = plant == nullptr ? HomePlan{}
                             : plan_home(state, *plant, one_room ? std::string_view() : memory_.query,
                                         state.route.ambient, tile_sizes(b, tiles), found_);
    plan_.attention = std::move(attention);
    plan_version_ = state.version;
    plan_key_ = std::move(key);
  }
  page_.whole = everything || plan_.tiles.size() <= kWholeHome;
  b.everything = page_.whole;
  b.window_top = page_.built_top = scroll(Layer::main).at - height;
  b.window_bottom = page_.built_bottom = scroll(Layer::main).at + 2 * height;
  b.scrolled = scroll(Layer::main).at;
  b.heights = &heights_[main_key_];
  build_page(b);
  b.finish();
  for (Layer layer : {Layer::main, Layer::panel}) {
    Scroll& one = scroll(layer);
    one.at = std::clamp(one.at, 0.0F, most_scroll(layer));
    one.target = std::clamp(one.target, 0.0F, most_scroll(layer));
  }
  next_change_ = b.times.next_change();
  built_state_ = &state;
  built_version_ = state.version;
  built_memory_ = memory_version_;
  built_everything_ = everything;
  ++builds_;
  if (std::exchange(enter_menu_, false)) focus_menu();
  if (const int close = page_.find("panel/close"); close >= 0 && std::exchange(enter_panel_, false))
    focus(close, focus_visible_);
  place_nodes(false);
  if (before != page_.nodes) ++semantics_;
  if (!focused_.empty() && page_.find(focused_) < 0 && page_.whole) focused_.clear();
  if (!memory_.menu.empty() && page_.find(memory_.menu) < 0 && page_.whole) memory_.menu.clear();
}

void Interface::place_nodes(bool count_change) {
  placed_ = {scroll(Layer::main).at, scroll(Layer::panel).at};
  bool changed = false;
  for (std::size_t index = 0; index < page_.nodes.size(); ++index) {
    if (count_change && page_.places[index].far) continue;
    Node& node = page_.nodes[index];
    const Rect rect = on_canvas(static_cast<int>(index));
    const Rect clip = page_.area(page_.places[index].layer).clip;
    const bool seen = !page_.places[index].far && rect.y + rect.h > clip.y && rect.y < clip.y + clip.h;
    changed |= node.bounds != rect || node.on_screen != seen;
    node.bounds = rect;
    node.on_screen = seen;
  }
  if (changed && count_change) ++semantics_;
}

void Interface::update(const State& state, const Clock& clock, float width, float height, bool everything) {
  const bool night = is_wall(state) && Times(clock.now(), clock.utc_offset(clock.now())).night();
  const bool dark = night || state.theme == Theme::dark || (state.theme == Theme::system && look_.dark);
  palette_ = look_.forced_colors ? forced_palette(look_.system_colors)
             : dark              ? dark_palette()
                                 : light_palette();
  if (look_.more_contrast && !look_.forced_colors) palette_ = stronger(palette_);
  if (night && !look_.forced_colors) palette_ = dimmed(palette_);
  if (!fresh(state, clock.now(), width, height, everything)) build(state, clock, width, height, everything);
}

void Interface::build_semantics(const State& state, const Clock& clock, float width, float height) {
  update(state, clock, width, height, true);
}

FrameNeed Interface::draw(const State& state, const Clock& clock, float width, float height) {
  ImGuiIO& io = ImGui::GetIO();
  density_ = std::max(0.5F, io.DisplayFramebufferScale.x);
  set_density(density_);
  io.ConfigInputTextCursorBlink = false;  // a caret that blinks would need frames
  ImGui::GetStyle().CircleTessellationMaxError = 0.2F / density_;
  last_steady_ = now_steady_;
  now_steady_ = clock.steady();
  const float seconds =
      std::clamp(static_cast<float>((now_steady_ - last_steady_).count()) / 1000.0F, 0.001F, 0.1F);
  again_ = false;
  update(state, clock, width, height, false);
  keys(state);
  touch_input(seconds);
  scroll_input(seconds);
  update(state, clock, width, height, false);
  if (placed_ != std::pair(scroll(Layer::main).at, scroll(Layer::panel).at)) place_nodes(true);

  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
  ImGui::Begin("foyer", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                   ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoBringToFrontOnFocus);
  brush_ = {ImGui::GetWindowDrawList(), &palette_, built_metrics_.scale, density_,
            look_.forced_colors || look_.more_contrast};
  brush_.list->_FringeScale = 1.0F / density_;
  paint_layers();
  ImGui::End();
  ImGui::PopStyleVar(3);

  if (commit_at_ && now_steady_ >= *commit_at_) commit();
  run_pending(state);
  return need(clock);
}

void Interface::paint_layers() {
  paint_rect(brush_, {0, 0, built_metrics_.width, built_metrics_.height}, Token::ground);
  caret_.reset();
  typing_ = false;
  // What lies on top is asked first and takes the pointer: a press needs no frame of hovering before it.
  touches_.assign(page_.nodes.size(), Touch{});
  for (Layer layer : {Layer::overlay, Layer::toast, Layer::bar, Layer::panel, Layer::rail, Layer::main})
    if (page_.area(layer).used) interact_layer(layer);
  for (Layer layer : {Layer::main, Layer::rail, Layer::panel, Layer::bar, Layer::toast, Layer::overlay})
    if (page_.area(layer).used) paint_layer(layer);
  paint_skip();
  const bool menu = page_.area(Layer::overlay).used;
  if (menu && ImGui::IsMouseClicked(ImGuiMouseButton_Left) &&
      layer_at(ImGui::GetMousePos().x, ImGui::GetMousePos().y) != Layer::overlay && pending_.empty())
    pending_.emplace_back(Local{Local::What::menu, {}, {}});
}

void Interface::focus_in(std::string_view region) {
  for (int at = 0; at < static_cast<int>(page_.nodes.size()); ++at) {
    const Node& node = page_.nodes[static_cast<std::size_t>(at)];
    if (!node.operable || page_.places[static_cast<std::size_t>(at)].far) continue;
    std::string_view around = node.parent;
    while (!around.empty() && around != region) {
      const int outer = page_.find(around);
      around = outer < 0 ? std::string_view()
                         : std::string_view(page_.nodes[static_cast<std::size_t>(outer)].parent);
    }
    if (around.empty()) continue;
    focus(at, true);
    scroll_to(at);
    return;
  }
}

// A skip link is seen while it has the focus, above whatever else is there.
void Interface::paint_skip() {
  const int at = focus_visible_ && focused_.starts_with(kSkip) ? page_.find(focused_) : -1;
  if (at < 0) return;
  Item item;
  item.rect = on_canvas(at);
  item.fill = Token::surface;
  item.edge = Token::edge;
  item.radius = 10;
  paint(brush_, item, 0, 0, {});
  paint_focus(brush_, item.rect, item.radius);
  const Node& node = page_.nodes[static_cast<std::size_t>(at)];
  const float pad = built_metrics_.px(Space::gap), line = line_height(Type::strong, built_metrics_.scale);
  item.kind = Item::Kind::text;
  item.type = Type::strong;
  item.value = built_metrics_.scale;
  item.rect = {item.rect.x + pad, item.rect.y + (item.rect.h - line) / 2, item.rect.w - 2 * pad, line};
  item.text = ellipsize(node.name, item.type, item.value, item.rect.w);
  paint(brush_, item, 0, 0, {});
}

void Interface::paint_layer(Layer layer) {
  const Area& area = page_.area(layer);
  const float dx = own_origin(layer) ? area.clip.x : 0;
  const float dy = area.clip.y - scroll(layer).at;
  if (area.fill != Token::none) {
    if (layer >= Layer::toast) {
      Item card;
      card.rect = area.clip;
      card.fill = area.fill;
      if (layer == Layer::overlay) card.edge = Token::edge;
      card.radius = 14;
      paint(brush_, card, 0, 0, {});
    } else {
      paint_rect(brush_, area.clip, area.fill);
    }
  }
  if (layer == Layer::panel) paint_rect(brush_, {area.clip.x, area.clip.y, 1, area.clip.h}, Token::line);
  ImGui::PushClipRect({area.clip.x, area.clip.y}, {area.clip.x + area.clip.w, area.clip.y + area.clip.h},
                      true);
  const float top = scroll(layer).at, bottom = top + area.clip.h;
  for (const Group& group : page_.groups) {
    if (group.layer != layer || group.bottom < top || group.top > bottom) continue;
    for (std::uint32_t at = group.first; at < group.last; ++at) {
      const Item& item = page_.items[at];
      if (item.kind == Item::Kind::field) {
        field(item.node, item);
        continue;
      }
      paint(brush_, item, dx, dy, item.node < 0 ? Touch{} : touches_[static_cast<std::size_t>(item.node)]);
    }
  }
  const int focused = focus_visible_ ? page_.find(focused_) : -1;
  const bool skip = focused_.starts_with(kSkip);
  if (focused >= 0 && !skip && page_.places[static_cast<std::size_t>(focused)].layer == layer) {
    float radius = 12;
    for (const Item& item : page_.items)
      if (item.node == focused) {
        radius = std::max(4.0F, item.kind == Item::Kind::dial ? item.rect.w / 2 : item.radius);
        break;
      }
    paint_focus(brush_, on_canvas(focused), radius);
  }
  paint_scrollbar(brush_, area.clip, scroll(layer).at, area.extent);
  ImGui::PopClipRect();
}

void Interface::interact_layer(Layer layer) {
  const Area& area = page_.area(layer);
  ImGui::PushClipRect({area.clip.x, area.clip.y}, {area.clip.x + area.clip.w, area.clip.y + area.clip.h},
                      true);
  const float top = scroll(layer).at, bottom = top + area.clip.h;
  int last = -1;
  for (auto group = page_.groups.rbegin(); group != page_.groups.rend(); ++group) {
    if (group->layer != layer || group->bottom < top || group->top > bottom) continue;
    for (std::uint32_t at = group->last; at-- > group->first;) {
      const Item& item = page_.items[at];
      if (item.node < 0 || item.node == last || item.kind == Item::Kind::field) continue;
      last = item.node;
      touches_[static_cast<std::size_t>(last)] = interact(last);
    }
  }
  ImGui::PopClipRect();
}

FrameNeed Interface::need(const Clock& clock) const {
  if (again_ || built_memory_ != memory_version_) return {Millis(0), "view changed"};
  for (const Scroll& one : scrolls_)
    if (one.at != one.target) return {Millis(0), "scrolling"};
  if (const auto left = hold_in()) return {left, "held"};
  if (press_.down || keyed_) return {std::nullopt, {}};
  std::optional<Millis> within;
  std::string_view reason;
  if (commit_at_) {
    within = std::max(Millis(0), *commit_at_ - now_steady_);
    reason = "value to send";
  }
  if (next_change_) {
    const Millis text = std::max(Millis(0), *next_change_ - clock.now());
    if (!within || text < *within) within = text, reason = "a text changes";
  }
  return {within, reason};
}

}  // namespace foyer::shell
