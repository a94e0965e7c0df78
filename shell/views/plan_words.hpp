// What a weekly plan says, in words and colours.
#pragma once

#include <string>

#include "core/app/plans/outlook.hpp"
#include "core/app/plans/week.hpp"
#include "shell/layout/builder.hpp"

namespace foyer::shell {

struct ZoneLook {
  Token fill, ink;
};
ZoneLook look_of(const Schedule& schedule, const Zone* zone);
std::string zone_name(const Zone* zone);
// "20°", "17–20°", "Eco"; empty for a zone that asks nothing of rooms.
std::string zone_asks(const Zone* zone);
// "06:30"; the end of a day is 24:00.
std::string minute_text(int minute);
std::string day_name(int day);  // "Monday"
// "Wednesday 12:00–17:00: Comfort instead of Away."
std::string difference_text(const State& state, const Plant& plant, const Schedule& after,
                            const plan::Difference& one);
// "Heating", "Cooling" …, of a plan's type.
std::string type_text(std::string_view type);
// "Comfort 20° until 22:30, then Night 17°"; empty for a plan without a week.
std::string now_text(const Schedule& schedule, Builder& b);

}  // namespace foyer::shell
