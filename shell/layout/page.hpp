// What one view consists of: what to draw, what it means (nodes), and what operating it does.
//
// Views append to a Page in reading order through a Builder. Positions are those of the layer's content, CSS
// pixels; a layer that scrolls is shifted when it is drawn. Groups (a tile, a heading, a card) are the unit
// of culling.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/app/state/intent.hpp"
#include "shell/layout/semantics.hpp"
#include "shell/look/icons.hpp"
#include "shell/look/theme.hpp"
#include "shell/look/type.hpp"

namespace foyer::shell {

// From back to front.
enum class Layer : std::uint8_t { main, rail, panel, bar, toast, overlay };
inline constexpr std::size_t kLayers = 6;
// Its content begins at its own left edge; that of the others lies where it lies on the canvas.
constexpr bool own_origin(Layer layer) { return layer >= Layer::bar; }

// A value that is dragged or stepped and sent when it is let go.
struct Adjust {
  ModuleId module{};
  Aspect aspect = Aspect::level;
  Range range{};
  double now = 0;
  bool round = false;  // a dial: what counts is the angle
};
// One step of such a value; sent when no further step follows for a moment.
struct Nudge {
  std::string slider{};  // id of the slider's node
  double by = 0;
};
// Things the interface itself remembers: never the home's state.
struct Local {
  enum class What { expand, menu, back, clear_search, text, focus_search, put, enter };
  What what = What::expand;
  std::string
      key{};  // node of a text field; what is expanded; the open menu; enter: what the focus goes into
  std::string text{};  // put: what the field holds from now on
};
using Action = std::variant<std::monostate, Intent, Adjust, Nudge, Local>;

struct Item {
  enum class Kind : std::uint8_t { box, dashed, text, icon, line, toggle, slider, dial, field };
  Kind kind = Kind::box;
  Type type = Type::body;
  Token ink = Token::ink;    // text, icon, filled part
  Token fill = Token::none;  // behind it
  Token edge = Token::none;  // outline
  bool on = false;           // toggle; whole-width tab marker
  Icon icon = Icon::none;
  float radius = 0;
  float value = 0;  // 0…1 of a slider or dial; size of an icon; thickness of a line; scale of a text
  Rect rect{};
  int node = -1;  // reacts to hovering and pressing of that node
  std::string text{};
};

struct Group {
  Layer layer = Layer::main;
  float top = 0, bottom = 0;
  std::uint32_t first = 0, last = 0;  // items
};

// Where a node lies: its bounds in content positions of a layer.
struct Place {
  Rect rect{};
  Layer layer = Layer::main;
  bool far = false;  // outside of what was built: cannot be seen before the page is built anew
};

struct Area {
  Rect clip{};       // part of the canvas that the layer may paint
  float extent = 0;  // height of the content; more than clip.h scrolls
  bool used = false;
  Token fill = Token::none;
};

struct Page {
  std::vector<Item> items{};
  std::vector<Group> groups{};
  std::vector<Node> nodes{};
  std::vector<Place> places{};    // one per node
  std::vector<Action> actions{};  // one per node
  std::array<Area, kLayers> areas{};
  std::string title{};
  int open = 0;  // what needs somebody
  // Content range of the main layer that was built; nothing is outside when `whole`.
  float built_top = 0, built_bottom = 0;
  bool whole = true;

  const Area& area(Layer layer) const { return areas[static_cast<std::size_t>(layer)]; }
  Area& area(Layer layer) { return areas[static_cast<std::size_t>(layer)]; }
  int find(std::string_view id) const;  // index of a node or −1
  void clear();
};

}  // namespace foyer::shell
