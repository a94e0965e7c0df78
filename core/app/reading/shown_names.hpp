// Names are other people's text: wherever one is shown from the state, it is a harmless line
// (core/base/showable). What is sent back to the cloud is its own text (core/cloud/netatmo/schedules.hpp).
#pragma once

#include "core/model/home.hpp"

namespace foyer {

// All that people gave names to, before it is put into the state.
void show_names(Plant& plant);
void show_names(StatusReport& report);

}  // namespace foyer
