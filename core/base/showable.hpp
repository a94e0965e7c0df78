// Names that others wrote, made harmless to show: in a tile, the mirror, the title, a terminal.
#pragma once

#include <string>
#include <string_view>

namespace foyer {

// The name on one line: control characters and line breaks are spaces, several of them one; what turns the
// direction of the text around it (U+202A–202E, U+2066–2069) and what is nothing to see (U+200B, U+FEFF …)
// goes. Joiners stay: scripts and emoji are written with them. Longer than 200 characters it ends in "…".
// `text` is UTF-8; bytes that are none become U+FFFD.
std::string showable(std::string_view text);

}  // namespace foyer
