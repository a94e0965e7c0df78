// Schedules and scenes on the command line: `schedules HOME`, `schedule HOME ACTION …`, `scenes HOME`.
#pragma once

#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "core/cloud/provider.hpp"

namespace foyer::headless {

// docs/schedules.schema.json. ErrorKind::unsupported for a cloud without schedules.
Result<Json> schedules_json(const Plant& plant);
// docs/scenes.schema.json. ErrorKind::unsupported for a cloud without scenes.
Result<Json> scenes_json(const Plant& plant);

// switch SCHEDULE | end SCHEDULE | rename SCHEDULE NAME | delete SCHEDULE | edit SCHEDULE | create. `body` is
// the JSON of edit (members that replace those of the schedule) and create, in the form that schedules_json
// prints.
Result<Call> schedule_call(const Plant& plant, const std::vector<std::string>& words,
                           const std::string& body);
// {"home","action","schedule"}; of a created one with the id that the answer tells.
Result<std::string> schedule_done_json(const Plant& plant, const std::vector<std::string>& words,
                                       std::string_view answer);

}  // namespace foyer::headless
