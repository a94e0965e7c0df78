// Values as the client prints them where no kept home does: times are ISO 8601 in UTC, empty members are left
// out.
#pragma once

#include "core/base/json.hpp"
#include "core/model/home.hpp"

namespace foyer::headless {

void put(Json& json, const char* name, const std::string& text);
void put(Json& json, const char* name, const std::optional<Instant>& at);
// {"aspect","name","value","unit","measured"}
Json reading_json(const Reading& reading);
// {"id","reachable","mode_until","readings"}
Json status_json(const ModuleStatus& status);

}  // namespace foyer::headless
