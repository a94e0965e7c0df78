// Schedules as JSON, the "schedules" of docs/home.schema.json.
#pragma once

#include "core/base/json_view.hpp"
#include "core/base/json_writer.hpp"
#include "core/model/schedule.hpp"

namespace foyer {

// One element of a list.
void write_json(JsonWriter& json, const Schedule& schedule);
// What write_json wrote; a member that is missing or of another type is left empty.
Schedule schedule_from_json(JsonView json);

}  // namespace foyer
