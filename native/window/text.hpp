// Runs of letters that Inter has not, measured and drawn with the system's fonts by Pango and Cairo, the
// desktop's own text libraries. They are looked for when the program starts: where they are missing such
// letters are boxes.
#pragma once

#include <memory>

#include "shell/look/runs.hpp"

namespace foyer::native {

// Null where the libraries are missing.
std::unique_ptr<shell::RunHost> system_text();

}  // namespace foyer::native
