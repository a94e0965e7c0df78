// Schedules that a person edits: what passes the check makes a request whose body is JSON and holds all of
// it.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/json.hpp"
#include "core/cloud/netatmo/schedules.hpp"
#include "core/model/schedule_json.hpp"
#include "tests/fuzz/promise.hpp"

using foyer::test::promise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(foyer::netatmo::read_created(text));
  const auto json = foyer::JsonText::parse(text);
  if (!json) return 0;
  foyer::Schedule schedule = foyer::schedule_from_json(json->root());
  foyer::Plant plant{.id = foyer::PlantId("netatmo:h")};
  for (const foyer::Zone& zone : schedule.zones) {
    for (const foyer::ZoneRoom& room : zone.rooms) plant.ambients.push_back({.id = room.ambient});
    for (const foyer::ZoneAction& action : zone.actions) plant.modules.push_back({.id = action.module});
  }
  const bool good = foyer::netatmo::check(plant, schedule).has_value();
  if (schedule.id.empty()) schedule.id = "s";
  for (const auto& call :
       {foyer::netatmo::sync_schedule(plant, schedule), foyer::netatmo::create_schedule(plant, schedule)}) {
    promise(good || !call, "what does not pass the check is not sent");
    if (!call) continue;
    const auto body = foyer::parse_json(call->body);
    promise(body.has_value(), "the body is JSON");
    promise(foyer::find(*body, "zones")->size() == schedule.zones.size(), "no zone is lost");
    promise(foyer::find(*body, "timetable")->size() == schedule.timetable.size(), "no slot is lost");
  }
  return 0;
}
