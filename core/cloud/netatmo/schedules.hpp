// Weekly schedules of Netatmo Connect: the requests that choose, edit, create, rename and delete one.
// How they are read stands in core/model/schedule.hpp and the provider.
//
// An edited schedule is sent whole (a sync replaces all of it): what the model does not know – gateways of
// actions, the legacy modules of zones, sunrise and sunset – is taken from Schedule::raw; so are names that
// are still what people were shown of them (core/base/showable).
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/cloud/provider.hpp"

namespace foyer::netatmo {

// May it be sent? ErrorKind::invalid_input with the field: name, timetable (minutes 0 … 10079, rising, of
// known zones), zones (unique ids, temperatures 5 … 35 °C, rooms and modules of this plant).
Result<void> check(const Plant& plant, const Schedule& schedule);

// `schedule` becomes the selected one of its type.
Result<Call> switch_schedule(const Plant& plant, const Schedule& schedule);
// No schedule of that type is selected any more; for "event" schedules only.
Result<Call> end_schedule(const Plant& plant, const Schedule& schedule);
// Replaces the schedule of that id by these contents.
Result<Call> sync_schedule(const Plant& plant, const Schedule& schedule);
// A new one; its id comes with the answer. Never repeated: sent twice it makes two.
Result<Call> create_schedule(const Plant& plant, const Schedule& schedule);
Result<Call> rename_schedule(const Plant& plant, const Schedule& schedule, std::string_view name);
// The selected one cannot be deleted: ErrorKind::invalid_input.
Result<Call> delete_schedule(const Plant& plant, const Schedule& schedule);

// The id of a created schedule, at the top of the answer or in its body.
Result<std::string> read_created(std::string_view body);

}  // namespace foyer::netatmo
