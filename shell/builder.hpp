// Puts items, nodes and actions into a Page; what every view is written with.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/state.hpp"
#include "shell/format.hpp"
#include "shell/page.hpp"
#include "shell/shell.hpp"

namespace foyer::shell {

// What the interface remembers beside the home's state: text being typed, what is open, a value being
// dragged.
struct Memory {
  std::string query{};
  bool searching = false;                       // the phone's search row is open
  std::string menu{};                           // id of the open menu's node, or empty
  std::map<std::string, std::string> fields{};  // text typed into other fields, by node
  std::set<std::string> expanded{};             // ids of open parts
  std::string dragged{};                        // node of the value being changed
  double value = 0;                             // that value
};

// Sizes that depend on the canvas and the person's text size.
struct Metrics {
  float width = 0, height = 0;
  float scale = 1;     // text
  bool phone = false;  // below 700 px: five tabs
  bool wide = false;   // 1100 px and more: detail beside the home
  bool touch = false;
  float margin = 24, gap = 12;
  float target = 32;  // least height of a control
  float em(float value) const { return value * scale; }
};
Metrics metrics(float width, float height, const Appearance& look);

struct Builder {
  Page& page;
  const State& state;
  const Memory& memory;
  Metrics m;
  Times times;
  bool everything = false;                  // no window: for the mirror without canvas
  float window_top = 0, window_bottom = 0;  // of the main layer's content

  // Layer, area and enclosing node of what follows.
  Layer layer = Layer::main;
  std::vector<std::string> parents{};

  void open_layer(Layer target, Rect clip, Token fill = Token::none);
  void close_layer(float extent);
  // Does content between these heights have to be built?
  bool near(float top, float bottom) const {
    return everything || layer != Layer::main || (bottom >= window_top && top <= window_bottom);
  }
  void group(float top, float bottom);  // what follows, up to the next group, lies between

  // Nodes. The reference is good until the next one.
  Node& node(std::string id, Role role, std::string name, Rect bounds, Action action = {});
  Node& parent(std::string id, Role role, std::string name, Rect bounds);  // and makes it the enclosing one
  void end_parent() { parents.pop_back(); }
  int last() const { return static_cast<int>(page.nodes.size()) - 1; }

  // Items.
  Item& box(Rect rect, Token fill, float radius, Token edge = Token::none, int node = -1);
  void icon(Rect rect, Icon which, float size, Token ink);
  void rule(float x, float y, float w);
  // One line, cut to `width`; answers how wide it is. Only drawn: the words must be in some node's name.
  float text(float x, float y, float width, Type type, Token ink, std::string_view words);
  // The same with a text node of its own.
  float label(std::string id, float x, float y, float width, Type type, Token ink, std::string_view words);
  // A wrapped paragraph with a text node; answers its height.
  float paragraph(std::string id, float x, float y, float width, Type type, Token ink, std::string_view words,
                  int most = 0);
  void heading(std::string id, int level, float x, float y, float width, Type type, std::string_view words);

  enum class Look { plain, primary, quiet, danger };
  struct Button {
    std::string id{};
    std::string name{};  // accessible; the label when empty
    std::string label{};
    Icon icon = Icon::none;
    Look look = Look::plain;
    Type type = Type::small_strong;
    bool disabled = false;
    std::string why{};  // when disabled
  };
  float button_width(const Button& button) const;
  // What is seen; the target of a finger is larger.
  float button_height() const { return m.touch ? std::max(38.0F, m.em(36)) : std::max(32.0F, m.em(32)); }
  Node& button(const Button& what, Rect rect, Action action);
  // Radios in one row of equal widths, wrapped when too narrow; answers the height used.
  struct Choice {
    std::string id{}, name{}, label{};
    bool chosen = false;
    Action action{};
  };
  float choices(std::string id, std::string name, float x, float y, float width,
                const std::vector<Choice>& all);
  Node& toggle(std::string id, std::string name, float x, float y, bool on, bool disabled, Action action);
  Node& slider(std::string id, std::string name, Rect rect, const Adjust& what, Unit unit, bool lit,
               bool disabled);
  // "Label  value" on one line; answers its height.
  float row(const std::string& id, float x, float y, float width, std::string_view label,
            std::string_view value);
  // The same with a button that copies `full`.
  float copy_row(const std::string& id, float x, float y, float width, std::string_view label,
                 const std::string& full);
};

// The rectangle grown to at least the least size of a target, around its middle.
Rect target_rect(Rect rect, float least);
Action go(Route route);

// Views; each fills the layers it needs.
void build_page(Builder& b, struct HomePlan& plan);  // chooses by route
bool shows_welcome(const State& state);
bool shows_panel(const State& state, const Metrics& m);
// Width that the home's tiles have.
float home_width(const State& state, const Metrics& m);
void build_rail(Builder& b);
void build_tabs(Builder& b);
void build_menu(Builder& b);  // the open menu, above everything
void build_welcome(Builder& b, Rect area);
void build_home(Builder& b, Rect area, struct HomePlan& plan);
void build_module_missing(Builder& b, Rect area);
void build_problems(Builder& b, Rect area);
float build_problem(Builder& b, const Problem& problem, float x, float y, float width);  // answers the next y
// In the place of what belongs to the tools while they are not ready; answers the next y.
float build_wait(Builder& b, float x, float y, float width);
// Only when State::tools is ready; all that answer a number answer 0, but the doctor and the controls the
// next y (the doctor begins at the top of `area`).
namespace tools {
void build_module(Builder& b, Rect area, const Module& module, bool as_panel);
float build_controls(Builder& b, float x, float y, float width, const Module& module);
float build_scenes(Builder& b, Rect area);
float build_energy(Builder& b, Rect area);
float build_topology(Builder& b, Rect area);
float build_console(Builder& b, Rect area);
float build_journal(Builder& b, Rect area);
float build_setup(Builder& b, Rect area);
float build_settings(Builder& b, Rect area);
float build_doctor(Builder& b, Rect area);
}  // namespace tools
// That of them which belongs to the view of the route.
float build_tools(Builder& b, Rect area);
// Page title with a way back where there is one; answers the next y.
float page_title(Builder& b, float x, float y, float width, std::string_view title, bool back);

}  // namespace foyer::shell
