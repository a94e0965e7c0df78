#include "core/model/schedule.hpp"

namespace foyer {

const Zone* Schedule::zone(int wanted) const {
  for (const Zone& one : zones)
    if (one.id == wanted) return &one;
  return nullptr;
}

const Zone* zone_at(const Schedule& schedule, int minute_of_week) {
  const Slot* before = nullptr;
  const Slot* last = nullptr;
  for (const Slot& slot : schedule.timetable) {
    if (!last || slot.minute >= last->minute) last = &slot;
    if (slot.minute <= minute_of_week && (!before || slot.minute >= before->minute)) before = &slot;
  }
  if (!before) before = last;
  return before ? schedule.zone(before->zone) : nullptr;
}

const Schedule* selected_schedule(const std::vector<Schedule>& schedules, std::string_view type) {
  for (const Schedule& one : schedules)
    if (one.selected && one.type == type) return &one;
  return nullptr;
}

}  // namespace foyer
