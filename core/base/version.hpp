// Which Foyer this is.
#pragma once

#include <string_view>

namespace foyer {

// "1.2.3", the text of the file VERSION at the root of the sources. Lives as long as the program.
std::string_view version();

}  // namespace foyer
