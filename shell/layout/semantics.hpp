// The semantic tree: what is on the screen, for people who do not look at the canvas – and for tests.
//
// The shell makes one list of nodes from its view models, in reading order, and draws from the same list. A
// host mirrors it into real elements (web), or prints it (native debug). Ids come from the domain
// ("module/hc:0a/on_off"), so they are stable over frames, sorting and reloads. Roles and states are
// WAI-ARIA's words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::shell {

enum class Role {
  banner,
  navigation,
  main,
  complementary,
  region,
  group,
  list,
  listitem,
  heading,
  text,
  link,
  button,
  toggle /* switch */,
  slider,
  radiogroup,
  radio,
  textbox,
  progressbar,
  status,
  alert,
  image,
  dialog,
};
std::string_view to_string(Role role);  // ARIA's spelling ("switch" for toggle)

// CSS pixels, origin at the top left of the canvas.
struct Rect {
  float x = 0, y = 0, w = 0, h = 0;
  friend bool operator==(const Rect&, const Rect&) = default;
};

struct Node {
  std::string id{};
  std::string parent{};  // id of the enclosing node, empty at the top
  Role role = Role::text;
  std::string name{};         // accessible name; never empty for what can be operated
  std::string value_text{};   // spoken value ("40 %"), or the text of a textbox
  std::string description{};  // more words, for example why it is disabled
  std::string title{};        // texts that had to be cut on the canvas, whole, a line each
  std::string place{};        // of a link inside the program: the route it leads to
  std::optional<double> value{}, least{}, most{}, step{};
  std::optional<bool> checked{};  // switch, radio
  std::optional<bool> expanded{};
  bool current = false;  // aria-current of a link
  bool disabled = false;
  bool busy = false;
  int level = 0;                   // of a heading, 1…6
  int position = 0, set_size = 0;  // aria-posinset/-setsize when only a part of a long list is here
  bool operable = false;           // takes focus and acts
  bool on_screen = true;           // inside the visible part of the canvas in this frame
  Rect bounds{};
  friend bool operator==(const Node&, const Node&) = default;
};

// What the mirror or a test does to a node.
enum class Act { press, set_value, set_text, focus, blur };

}  // namespace foyer::shell
