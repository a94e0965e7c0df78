// Tiles laid out into a page.
#pragma once

#include "shell/builder.hpp"

namespace foyer::shell {

// `open` is where pressing the tile leads; `position` of `set_size` in its room, from 1.
void build_tile(Builder& b, const Module& module, Rect rect, int position, int set_size, Route open,
                bool selected);
// Raised blocks in a tile's place while the first answer is on its way.
void build_blank_tile(Builder& b, Rect rect);

}  // namespace foyer::shell
