// The parts of a home: tiles, and the headings of rooms.
#pragma once

#include <span>
#include <string_view>

#include "shell/layout/builder.hpp"
#include "shell/views/home_plan.hpp"

namespace foyer::shell {

// The sizes of a home that is `width` wide: one of each part is laid out and measured.
TileSizes tile_sizes(Builder& b, float width);
// `height` 0: as high as it is by itself. `open` is where pressing the tile leads; `position` of `set_size`
// in its room, from 1; `prefix` of its ids.
void build_tile(Builder& b, const Module& module, float height, int position, int set_size, Route open,
                bool selected, std::string_view prefix = {});
// The same in rows, for a few modules of the plant on show; `prefix` keeps their ids apart from those in the
// rooms.
void build_tile_grid(Builder& b, std::span<const Module* const> modules, std::string_view prefix);
void shutter_buttons(Builder& b, const Module& module, const std::string& id, const std::string& name,
                     Size high, Space gap, bool enabled);
// A raised block in a tile's place while the first answer is on its way.
void build_blank_tile(Builder& b);
// `name` leads to the room when `open` does; `summary` beside or below it; `all_off` when something can be
// switched off.
struct RoomHeading {
  std::string id{}, name{}, summary{};
  Action open{}, all_off{}, fold{};
  bool can_switch_off = false, folded = false;
};
void all_off_button(Builder& b, const RoomHeading& what);
void build_room_heading(Builder& b, const RoomHeading& what);

}  // namespace foyer::shell
