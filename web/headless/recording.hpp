// `foyer report` and `foyer replay`: what the clouds answer, as nobody's home, and such a file as a cloud.
#pragma once

#include "web/headless/client.hpp"

namespace foyer::headless {

// Reads the homes anew and ends with {"report": text of the file, "summary": {…}}.
Task<Outcome> record(Host host, Config config, Order order, Console& console);
// Reads the file that the console lends and ends with {"clouds": [{"providers", "answers"}], "journal": […]},
// times moved so that the recording was made now.
Task<Outcome> replay(Host host, Console& console);

}  // namespace foyer::headless
