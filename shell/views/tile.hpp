// What a tile says about a module, from the module's capabilities, readings and open command: one value, easy
// to test.
#pragma once

#include <string>

#include "core/app/state/state.hpp"
#include "shell/look/format.hpp"
#include "shell/look/icons.hpp"
#include "shell/look/theme.hpp"

namespace foyer::shell {

enum class TileControl { none, toggle, slider, shutter, number, run };
// In order of precedence: the first that holds is shown.
enum class TilePicture { offline, failed, not_confirmed, sent, unknown, stale, plain };

struct Tile {
  std::string name{};
  Icon icon = Icon::unknown;
  Token plate = Token::raised, glyph = Token::ink2;  // of the icon
  bool on = false;                                   // drawn lit
  TileControl control = TileControl::none;           // main control
  bool dimmable = false;                             // a slider below, beside what `control` says
  bool enabled = true;
  std::string number{};  // for TileControl::number
  TilePicture picture = TilePicture::plain;
  std::string line{};    // state, in words
  std::string next{};    // what it does next, in short; of what heats
  std::string later{};   // the same as a sentence
  bool reasons = false;  // there is something to say to "why?"
  Icon line_icon = Icon::none;
  Token line_ink = Token::ink2;
  const CommandState* command = nullptr;  // what `picture` speaks of
};

// A meter whose cloud tells no present value of it.
bool tells_history_only(const Module& module);
Tile make_tile(const State& state, const Module& module, Times& times);

// Has a row of controls at the bottom (slider or shutter buttons), or tells what comes next, and is therefore
// the taller kind.
bool tall_tile(const Module& module);
// The newest command of the module that people should still hear about, or null.
const CommandState* open_command(const State& state, const ModuleId& module);
// Is it told that the room is being heated or cooled? A set point alone does not say so, and neither does a
// boiler that runs for others while this room is off or only guarded against frost.
bool working(const Module& module);
// Is it its season to cool?
bool cools(const Module& module);
// State in words without age or command: "On · 7 W", "Heating to 20.5°".
std::string state_line(const Module& module);
Icon module_icon(const Module& module);
// Something that was on and can be seen from afar: lamps and plugs; what "3 on" counts.
bool shines(const Module& module);

}  // namespace foyer::shell
