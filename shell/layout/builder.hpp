// What every view is written with: boxes (flow.hpp says where things stand) and the things that stand in
// them – words, icons, buttons, sliders, fields. A view reads the state, puts things one after the other, and
// says what pressing them does; it computes no place and no height.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/state/state.hpp"
#include "shell/layout/flow.hpp"
#include "shell/look/format.hpp"
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

// Begins the id of what asks before it acts: pressing it opens the question as a menu.
inline constexpr std::string_view kAsk = "ask/";
// Begins the id of what says why something is as it is; pressing it opens the sentence as a menu.
inline constexpr std::string_view kWhy = "why/";
// Begins the id of a link over everything between: the first things for the keyboard, seen while they have
// the focus.
inline constexpr std::string_view kSkip = "skip/";

struct HomePlan;

struct Builder : Flow {
  const State& state;
  const Memory& memory;
  const HomePlan& plan;  // of the home on show
  Times times;
  Rect main_area{};  // of the canvas, for the view: what rail, panel and tabs leave

  Builder(Page& out, const State& home, const Memory& kept, const HomePlan& tiles, const Metrics& sizes,
          Times clock)
      : Flow(out, sizes), state(home), memory(kept), plan(tiles), times(clock) {}

  // ---- A view: main landmark, title, and under it what `body` puts there.
  struct View {
    W title = W::home;
    std::string name{};      // instead of the word
    bool back = false;       // a way back beside the title
    Size most = Size::none;  // widest content
    Space gap = Space::gap;
  };
  void view(const View& what, Body body);
  void page_title(std::string_view title, bool back);

  // ---- Words. They wrap; line() is one line and is cut where the room ends.
  Rect text(Type type, Token ink, std::string_view words);  // only drawn: in some node's name
  void line(Type type, Token ink, std::string_view words);  // likewise
  void paragraph(std::string id, Type type, Token ink, std::string_view words);
  Node& label(std::string id, Type type, Token ink, std::string_view words);  // a line with a node
  void heading(std::string id, int level, Type type, std::string_view words);
  // A section's heading, with what it takes to part it from what is before.
  void section(std::string id, W title);
  // "Label  value": one below the other where they do not fit beside each other.
  void fact(const std::string& id, std::string_view label, std::string_view value);
  // The same with an id that is copied whole.
  void copy_fact(const std::string& id, std::string_view label, const std::string& full);
  // Bold words, and plain ones that go on in the line where those end.
  void lead_in(std::string id, bool small, Token ink, std::string_view bold, std::string_view plain);
  // A paragraph with an icon on a ground of its own.
  void note(std::string id, Icon which, Token ink, Token ground, std::string_view words,
            Type type = Type::body);
  // A short text on a round ground.
  void pill(std::string_view words, Token ink, Token ground, Token edge = Token::none);
  void copy_id(const std::string& id, std::string_view what, const std::string& full, Token ink);
  // Foreign text line by line, in a box of its own.
  void code(const std::string& id, std::string_view words, std::size_t most);

  // ---- Pictures
  // In a box as high as a line of `beside`, so that it stands with the first line of a text.
  void icon(Icon which, Size size, Token ink, Type beside);
  void icon(Icon which, Size size, Token ink);
  void plate(Icon which, Token ground, Token ink, Size size = Size::plate, Size glyph = Size::glyph);
  // A number in a circle.
  void number(int value, Token ink, Token ground);
  // Room for so many steps of a tree, with a line that leads down.
  void indent(int depth);
  void rule();
  // So much of what there is: words above a bar.
  void meter(std::string id, std::string_view name, int used, int most, std::string_view words, bool much);
  void bar(double part, Token ink, Token ground);

  // ---- Things to operate
  enum class Look { plain, primary, quiet, danger };
  struct Button {
    std::string id{};
    std::string name{};  // accessible; the label when empty
    std::string label{};
    Icon icon = Icon::none;
    Look look = Look::plain;
    Type type = Type::small_strong;
    bool disabled = false;
    std::string why{};         // when disabled
    bool wide = false;         // as wide as its surroundings
    Size high = Size::none;    // higher than a button is by itself
    float width = 0;           // when it is known
    Token fill = Token::none;  // instead of the look's
    Token edge = Token::none;
  };
  Node& button(const Button& what, Action action);
  float button_height() const;  // what is seen; the target of a finger is larger
  struct Choice {
    std::string id{}, name{}, label{};
    bool chosen = false;
    Action action{};
  };
  // Radios of equal widths, as many in a line as fit.
  void choices(std::string id, std::string name, const std::vector<Choice>& all);
  // The same below their name.
  void titled_choices(std::string id, std::string_view name, const std::vector<Choice>& all);
  Node& toggle(std::string id, std::string name, bool on, bool disabled, Action action);
  Node& slider(std::string id, std::string name, Size track, const Adjust& what, Unit unit, bool lit,
               bool disabled);
  // A ring to set a value by, with words in its middle or, where they have no room there, below it.
  struct Dial {
    bool known = false, can = false;
    Token ink = Token::edge;
  };
  void dial(Node slider, const Adjust& what, double value, const Dial& look, Body words);
  // A line to type into. `wrong` below it says what is the matter with it.
  void field(const std::string& id, std::string name, const std::string& hint, const std::string& value,
             std::string_view wrong);
  // The field alone: from after its magnifier to before what stands at its end.
  void input(const std::string& id, std::string name, const std::string& hint, const std::string& value,
             float height);

  // ---- At places that were worked out before: for leaves like plots, weeks and wirings, never for a view
  void put_words(Rect rect, Type type, Token ink, std::string words);  // one line
  void put_icon(Rect rect, Icon which, float size, Token ink);
  void put_line(float x, float y, float to_x, float to_y, float thick, Token ink);

 private:
  // `cut` is what stands there when the words do not fit.
  Rect one_line(Type type, Token ink, std::string_view words, std::string& cut);
};

Action go(Route route);

}  // namespace foyer::shell
