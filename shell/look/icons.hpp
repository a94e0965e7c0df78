// The icons of the interface as code points of the icon font that tools/assets/fonts.py makes from icons.def.
#pragma once

#include <cstdint>

namespace foyer::shell {

enum class Icon : std::uint16_t {
  none = 0,
  first = 0xDFFF,
#define ICON(name, glyph) name,
#include "shell/look/icons.def"
#undef ICON
};

}  // namespace foyer::shell
