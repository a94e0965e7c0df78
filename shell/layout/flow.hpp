// Layout: a view says what stands in what, this says where.
//
// The room is handed down, the height comes back up: a box gets the width its surroundings have, puts one
// thing after the other, and ends where its content ends. Nobody asks for a place and nobody guesses a
// height. What a view puts first is first for everybody – on the canvas, for the keyboard and for a screen
// reader – because items and nodes are made in that order and only moved afterwards.
//
//   column      one below the other; what can be as wide as the column is
//   row         beside each other in their own widths, a column in it takes the rest; spring() pushes apart
//   wrap        the same, going on in a new line where the room ends
//   split       a body that takes the room, and something at its right end – or below it, where that is
//   little card        a column on a ground of its own, perhaps to be pressed as a whole list        equal
//   items in as many columns as fit; only those near the window are built (10,000 cost what
//               is seen)
//   pair        two columns where there is room for two, otherwise one after the other
//
//   void soup(Builder& b, const std::vector<std::string>& recipes) {                            // a view:
//     b.view({.title = W::scenes}, [&] {
//       b.split([&] { b.paragraph("hint", Type::body, Token::ink2, "What there is today"); },
//               [&] { b.button({.id = "again", .label = "Look again"}, Intent{intent::Refresh{}}); });
//       b.list({}, recipes.size(), [&](std::size_t n) {
//         b.card({.link = {.id = recipes[n], .role = Role::link, .name = recipes[n]}, .action = go({})},
//                [&] { b.line(Type::name, Token::ink, recipes[n]); });
//       });
//     });
//   }
//
// tests/shell/layout holds this example and what is promised here. Texts wrap by themselves; line() cuts, and
// what is cut becomes the title of the node it belongs to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shell/layout/body.hpp"
#include "shell/layout/page.hpp"
#include "shell/look/sizes.hpp"

namespace foyer::shell {

// Across the direction of a box: left, middle, right in a column; top, middle, bottom in a row.
enum class Align : std::uint8_t { start, middle, end };

struct Column {
  Space gap = Space::none;
  Align align = Align::start;
  float height = 0;  // when it is known: springs inside share what is left
};
struct Row {
  Space gap = Space::small;
  Align align = Align::middle;
};
struct Wrap {
  Space gap = Space::small, between = Space::small;  // beside each other; between two lines
};
struct Beside {
  Space gap = Space::gap;
  Size least = Size::beside;  // with less than this for the first, the second goes below it
  Align align = Align::middle;
};
struct Card {
  Token fill = Token::surface, edge = Token::none;
  Space pad = Space::card;      // beside the content
  std::optional<Space> over{};  // above and below it, when that is not the same
  Space halo = Space::none;     // how far the ground goes beyond the place the card has
  Space gap = Space::none;
  float radius = 16;
  bool dashed = false, ring = false;  // ring: it is the one on show elsewhere
  bool fit = false;                   // as wide as its content
  Token stripe = Token::none;         // a coloured left edge
  Size least = Size::none;            // at least that high, the content in the middle
  Size width = Size::none;            // when it is not that of its surroundings
  float height = 0;                   // when it is known
  Node parent{};                      // encloses everything in the card, when it has an id
  Node link{};                        // what the card as a whole is or does, when it has an id
  Action action{};
};
struct List {
  Space gap = Space::small;
  Size least = Size::none;  // narrowest item; none: one column
};
// How high the rows of a list were when they were built. Rows that nobody saw yet count as high as the first
// item.
struct Heights {
  float width = 0, scale = 0, usual = 0;  // of a row; another width or text size makes them unknown
  std::vector<float> rows{};              // 0: not built yet
};
using KeptHeights = std::map<std::string, Heights, std::less<>>;  // by list
struct Pair {
  Space gap = Space::columns;
  Size most = Size::form;  // of each
};
struct Sheet {
  Space top = Space::page, bottom = Space::end, margin = Space::margin;
  Size most = Size::none;  // widest content; none: all there is
  Align align = Align::start;
};

// The rectangle grown to at least the least size of a target, around its middle.
Rect target_rect(Rect rect, float least);

// To the very edges.
inline constexpr Sheet kEdge{.top = Space::none, .bottom = Space::none, .margin = Space::none};

struct Flow {
  Flow(Page& out, const Metrics& sizes) : page(out), m(sizes) {}

  Page& page;
  Metrics m;
  bool everything = false;                  // no window: for the mirror without canvas
  float window_top = 0, window_bottom = 0;  // of the main layer's content
  float scrolled = 0;                       // where the main layer stands
  Layer layer = Layer::main;                // of what follows
  std::vector<std::string> parents{};       // the enclosing nodes
  KeptHeights* heights = nullptr;  // of the lists of this page, from one build to the next; may be null

  float px(Space space) const { return m.px(space); }
  float px(Size size) const { return m.px(size); }
  // The least size of what is pressed, where it is seen smaller.
  float least_target() const { return m.touch ? m.target : 24; }

  // ---- Boxes
  // A layer begins: what `body` makes lies in `area` of the canvas and scrolls there when it is higher.
  void sheet(Layer target, Rect area, Token fill, const Sheet& how, Body body);
  // The same above everything, below a node that was made before: a menu.
  void popup(int anchor, Size most, Body body);
  void column(const Column& how, Body body);
  void row(const Row& how, Body body);
  void wrap(const Wrap& how, Body body);
  void split(const Beside& how, Body body, Body end);
  void split(Body body, Body end) { split({}, body, end); }
  void card(const Card& how, Body body);
  void list(const List& how, std::size_t count, Called<void(std::size_t)> item);
  void pair(const Pair& how, Body one, Body two);
  // So many children of equal width in one row.
  void shares(Space gap, std::size_t count, Called<void(std::size_t)> child);
  // The same surroundings, with a node that encloses what is made (a list, a region).
  void inside(Node parent, Body body);
  // The same in a part of a lane.
  void enclose(Node parent, Rect place, Body body);
  // Not wider than `most`.
  void narrow(Size most, Body body);
  // Content in the middle of a place that there is already.
  void over(Rect place, Body body);

  // More than the gap before the next child.
  void skip(Space space);
  // What follows goes as far to the right (in a row) or down (in a column of known height) as it can.
  void spring();
  // How wide the next child may be.
  float room() const;
  // What a body would take, without making anything.
  struct Extent {
    float w = 0, h = 0;
  };
  Extent measure(float width, Body body);
  Extent measure_row(const Row& how, Body body);

  // ---- Children made by hand (the leaves of builder.hpp, and lists whose heights were known before)
  // The place of the next child.
  Rect take(float width, float height);
  // A part of a column with places at known heights; answers its top. near() says whether something there is
  // to be built, at() builds it.
  Rect lane(float height);
  Rect part(Rect lane, float top, float height) const { return {lane.x, lane.y + top, lane.w, height}; }
  bool near(Rect place) const { return near(place.y, place.y + place.h); }
  bool is_below(Rect place) const { return !everything && layer == Layer::main && place.y > window_bottom; }
  // How far below the lane's top the window begins.
  float first_seen(Rect lane) const { return everything ? 0 : window_top - lane.y; }
  bool near(float top, float bottom) const {
    return everything || layer != Layer::main || (bottom >= window_top && top <= window_bottom);
  }
  void at(Rect place, Body body);
  // Children beside each other in a part of a lane, in columns of `width`.
  void cells(Rect row, float width, std::size_t count, Called<void(std::size_t)> child);

  Node& node(Node made, Rect bounds, Action action = {});
  int last() const { return static_cast<int>(page.nodes.size()) - 1; }
  Item& box(Rect rect, Token fill, float radius, Token edge = Token::none, int node = -1);
  // `whole` stands cut at this place: the innermost card's link or, without one, the newest node says it.
  void was_cut(std::string_view whole);
  // The groups get their heights; when the page is complete.
  void finish();

 private:
  struct Mark {
    std::size_t items = 0, nodes = 0;
  };
  struct Child {
    Mark from{};
    float w = 0, h = 0;
    bool spring = false;
  };
  struct Frame {
    enum class Kind : std::uint8_t { column, row, wrap };
    Kind kind = Kind::column;
    Align align = Align::start;
    bool flow = false;     // its children are culled one by one
    bool tracked = false;  // its children are moved when it closes
    bool first = true;
    float x = 0, y = 0, w = 0;  // the room; y of the line in a row
    float at = 0;               // where the last child ended
    float gap = 0, between = 0;
    float high = 0;    // of the line
    float wide = 0;    // used so far
    float height = 0;  // known beforehand, or 0
    std::size_t children = 0;
  };
  struct Slot {
    float x = 0, y = 0, w = 0;
  };

  Mark mark() const { return {page.items.size(), page.nodes.size()}; }
  void next_line(float width);  // of a wrap, when that does not fit into this one
  Slot begin();
  void end(Slot slot, float w, float h);
  void open(Frame frame);
  // Of the box that closes: its width and height in use.
  Extent close();
  void close_line(Frame& frame);
  void shift(Mark from, Mark to, float dx, float dy);
  void cut_group();

  std::vector<Frame> frames_{};
  std::vector<Child> children_{};
  int dry_ = 0;            // measuring
  std::size_t lists_ = 0;  // made so far
  int cut_owner_ = -1;
};

}  // namespace foyer::shell
