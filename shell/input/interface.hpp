// The interface without a controller: draws a State, keeps the nodes, turns pointer, keys and the mirror's
// acts into intents. Shell wraps it; tests, previews and the benchmark use it with states of their own.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shell/layout/builder.hpp"
#include "shell/layout/paint.hpp"
#include "shell/views/home_plan.hpp"
#include "shell/views/search.hpp"

namespace foyer::shell {

class Interface {
 public:
  explicit Interface(std::function<void(Intent)> send) : send_(std::move(send)) {}

  void set_appearance(const Appearance& look);
  FrameNeed draw(const State& state, const Clock& clock, float width, float height);
  void build_semantics(const State& state, const Clock& clock, float width, float height);
  bool act(const State& state, std::string_view node, Act act, std::string_view text, double number);

  const std::vector<Node>& nodes() const { return page_.nodes; }
  std::uint64_t semantics_version() const { return semantics_; }
  std::string_view focused() const { return focused_; }
  std::optional<Rect> text_caret() const { return caret_; }
  const std::string& title() const { return page_.title; }
  int open() const { return page_.open; }
  // The route of the link that a press there would reach, in the picture of the last frame; else empty.
  std::string_view link_at(float x, float y) const;
  const Page& page() const { return page_; }
  std::uint64_t builds() const { return builds_; }  // how often a page was built

 private:
  struct Scroll {
    float at = 0, target = 0;
  };
  // A press that may become a touch scroll.
  struct Press {
    bool down = false, touch = false, scrolling = false, sideways = false;
    float x = 0, y = 0;           // where it began
    float scroll = 0;             // where the layer stood then
    float last_y = 0, speed = 0;  // px per second
    float widest = 0;             // how far it has been aside
    bool given_up = false;        // the pointer left what it dragged
    bool ring = false;            // on a dial, which is turned in any direction
    Steady at{};                  // when it began
    bool held = false;            // it has been long enough to be a long one
    Layer layer = Layer::main;
  };

  // interface.cpp
  void update(const State& state, const Clock& clock, float width, float height, bool everything);
  bool fresh(const State& state, Instant now, float width, float height, bool everything) const;
  void build(const State& state, const Clock& clock, float width, float height, bool everything);
  void place_nodes(bool count_change);
  void paint_layers();
  void paint_skip();
  void focus_in(std::string_view region);  // to the first thing to operate in it
  void paint_layer(Layer layer);
  void interact_layer(Layer layer);
  FrameNeed need(const Clock& clock) const;
  Rect on_canvas(int node) const;
  void remember_scroll(const State& state);

  // pointer.cpp
  void scroll_input(float seconds);
  bool turn_dial(float notches);
  void touch_input(float seconds);
  void hold();
  std::optional<Millis> hold_in() const;  // until the press that is down is a long one
  int node_at(float x, float y) const;    // what a press there reaches, or -1
  Touch interact(int node);
  void field(int node, const Item& item);  // field_typed.cpp or, in the page, field_host.cpp
  void field_picture(int node, const Item& item, float dy);
  void drag(int node, bool began);
  void scroll_to(int node);
  Layer layer_at(float x, float y) const;
  Scroll& scroll(Layer layer) { return scrolls_[static_cast<std::size_t>(layer)]; }
  const Scroll& scroll(Layer layer) const { return scrolls_[static_cast<std::size_t>(layer)]; }
  float most_scroll(Layer layer) const;

  // keyboard.cpp
  void keys(const State& state);
  void focus(int node, bool visible);
  void step_focus(int direction);
  bool move_focus(float dx, float dy);  // to what lies in that direction, among tiles and in a menu
  void open_menu(const std::string& anchor);
  void close_menu();
  void focus_menu();
  void entered(std::string_view field);  // Enter in a field
  void escape(const State& state);
  bool step_slider(int node);
  void run(const State& state, const Action& action);
  void run_pending(const State& state);
  void local(const State& state, const Local& what);
  void put_text(std::string_view id, std::string_view text);  // of a field
  void adjust(std::string_view id, const Adjust& what, double value);
  void commit();
  void cancel_drag();
  void nudge(const Nudge& what);

  std::function<void(Intent)> send_;
  Appearance look_{};
  Palette palette_ = light_palette();
  Page page_{};
  Memory memory_{};
  HomePlan plan_{};
  std::unique_ptr<SearchIndex> found_{};  // of all homes; made when something is searched
  std::array<Scroll, kLayers> scrolls_{};
  std::pair<float, float> placed_{};            // where main and panel stood when the nodes got their bounds
  std::map<std::string, float> kept_scroll_{};  // of views left, for the way back
  std::map<std::string, KeptHeights> heights_{};  // of their lists
  std::string main_key_{}, panel_key_{};
  std::string panel_from_{};  // what had the focus when the panel came

  // What the page was built for.
  std::uint64_t built_version_ = ~std::uint64_t{0}, built_memory_ = 0, builds_ = 0;
  const State* built_state_ = nullptr;
  Metrics built_metrics_{};
  bool built_everything_ = false;
  std::optional<Instant> next_change_{};
  std::string plan_key_{};
  std::uint64_t plan_version_ = ~std::uint64_t{0};

  std::uint64_t memory_version_ = 0, semantics_ = 0;
  std::string focused_{};
  bool focus_visible_ = false, focus_field_ = false, leave_field_ = false, typing_ = false;
  std::optional<Rect> caret_{};
  std::optional<Adjust> adjusting_{};
  bool keyed_ = false;                 // by keys: sent when they are let go
  std::optional<Steady> commit_at_{};  // by ± buttons or the wheel: sent then
  float turned_ = 0;                   // of a notch that a touchpad has not finished
  Press press_{};
  Steady now_steady_{}, last_steady_{};
  float density_ = 1;
  std::vector<Action> pending_{};  // operated in this frame
  bool enter_panel_ = false;
  bool enter_menu_ = false;  // it was opened: the focus goes in with the next picture
  bool again_ = false;       // something of ours changed: one more frame
  std::array<char, 1024> query_{};
  Brush brush_{};
  std::vector<Touch> touches_{};  // one per node, of this frame
};

}  // namespace foyer::shell
