// `foyer replay`: the file that `foyer report` wrote, as a cloud.
#pragma once

#include "web/headless/client.hpp"

namespace foyer::headless {

// Reads the file that the console lends and ends with {"clouds": [{"providers", "answers"}], "journal": […]},
// times moved so that the recording was made now.
Task<Outcome> replay(Host host, Console& console);

}  // namespace foyer::headless
