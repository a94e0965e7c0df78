#include "core/model/schedule.hpp"

#include <algorithm>

#include "core/model/home.hpp"

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

int minute_of_week(Instant at, Minutes utc_offset) {
  constexpr long long day = 24 * 60, week = 7 * day, monday = 3 * day;  // the epoch was a Thursday
  const long long minutes = std::chrono::floor<Minutes>(at + utc_offset).time_since_epoch().count();
  return static_cast<int>(((minutes + monday) % week + week) % week);
}

const Schedule* selected_schedule(const std::vector<Schedule>& schedules, std::string_view type) {
  for (const Schedule& one : schedules)
    if (one.selected && one.type == type) return &one;
  return nullptr;
}

const Module* house_heating(const Plant& plant) {
  const auto at = std::ranges::find(plant.modules, heating_device, &Module::device);
  return at == plant.modules.end() ? nullptr : &*at;
}

std::string function_of(const Plant& plant, const Module& room) {
  if (auto word = room.word(Aspect::function)) return std::move(*word);
  const Module* house = house_heating(plant);
  return house ? house->word(Aspect::function).value_or("heating") : "heating";
}

std::string_view plan_type(std::string_view function) {
  if (function == "cooling") return "cooling";
  return function == "auto" || function == "automatic" ? "auto" : "therm";
}

const Schedule* plan_of(const Plant& plant, const Module& room) {
  return selected_schedule(plant.schedules, plan_type(function_of(plant, room)));
}

}  // namespace foyer
