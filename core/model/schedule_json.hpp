// Schedules as JSON, the "schedules" of docs/home.schema.json. Used by home_json and by the headless client.
#pragma once

#include "core/base/json.hpp"
#include "core/model/schedule.hpp"

namespace foyer {

Json to_json(const Schedule& schedule);
// What to_json wrote; a member that is missing or of another type is left empty.
Schedule schedule_from_json(const Json& json);

}  // namespace foyer
