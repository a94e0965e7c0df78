#include "core/app/plans/week.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "core/base/number.hpp"

namespace foyer::plan {
namespace {

constexpr int least_span = 5;

bool of_this_week(const Span& span) {
  return span.day >= 0 && span.day < days_a_week && span.from >= 0 && span.from < span.to &&
         span.to <= minutes_a_day;
}

std::optional<int> zone_number_at(const std::vector<Slot>& slots, int minute) {
  if (slots.empty()) return std::nullopt;
  const Slot* at = nullptr;
  for (const Slot& slot : slots)
    if (slot.minute <= minute) at = &slot;
  return at ? at->zone : slots.back().zone;
}

void put(std::vector<Slot>& slots, Slot slot) {
  std::erase_if(slots, [&](const Slot& one) { return one.minute == slot.minute; });
  slots.insert(std::ranges::lower_bound(slots, slot.minute, {}, &Slot::minute), slot);
}

// A begin that changes nothing goes, but only at the minutes that an edit has touched: others may stand in a
// plan on purpose.
void tidy(std::vector<Slot>& slots, int minute) {
  const auto at = std::ranges::find(slots, minute, &Slot::minute);
  if (at == slots.end() || slots.size() == 1) return;
  const int zone = at->zone;
  std::vector<Slot> without = slots;
  without.erase(without.begin() + (at - slots.begin()));
  if (zone_number_at(without, minute) == zone) slots = std::move(without);
}

// One span into a sorted timetable.
void paint(std::vector<Slot>& slots, const Span& span) {
  const int from = span.day * minutes_a_day + span.from, to = span.day * minutes_a_day + span.to;
  const std::optional<int> after = zone_number_at(slots, to % minutes_a_week);
  std::erase_if(slots, [&](const Slot& one) { return one.minute >= from && one.minute < to; });
  put(slots, {span.zone, from});
  if (after) put(slots, {*after, to % minutes_a_week});
  tidy(slots, to % minutes_a_week);
  tidy(slots, from);
}

std::string zone_name(const Schedule& schedule, int zone) {
  const Zone* one = schedule.zone(zone);
  return one == nullptr ? std::string{} : one->name;
}

std::string asked(const ZoneRoom* room) {
  if (room == nullptr) return {};
  return room->temperature ? number_text(*room->temperature) : room->order;
}

const ZoneRoom* room_of(const Zone& zone, const AmbientId& room) {
  const auto at = std::ranges::find(zone.rooms, room, &ZoneRoom::ambient);
  return at == zone.rooms.end() ? nullptr : &*at;
}

void compare_zones(const Zone& before, const Zone& after, std::vector<Difference>& out) {
  if (before.name != after.name)
    out.push_back(
        {.what = Difference::What::zone_name, .zone = after.id, .before = before.name, .after = after.name});
  for (const ZoneRoom& room : after.rooms) {
    const ZoneRoom* old = room_of(before, room.ambient);
    if (old == nullptr || asked(old) != asked(&room))
      out.push_back({.what = Difference::What::temperature,
                     .zone = after.id,
                     .room = room.ambient,
                     .before = asked(old),
                     .after = asked(&room)});
  }
  for (const ZoneRoom& room : before.rooms)
    if (room_of(after, room.ambient) == nullptr)
      out.push_back({.what = Difference::What::temperature,
                     .zone = after.id,
                     .room = room.ambient,
                     .before = asked(&room)});
  if (before.actions != after.actions || before.price != after.price)
    out.push_back({.what = Difference::What::other, .zone = after.id});
}

// Minutes at which one of both changes, in order, with the ends of the day.
void compare_day(const Schedule& before, const Schedule& after, int day, std::vector<Difference>& out) {
  const auto old = spans_of_day(before, day), fresh = spans_of_day(after, day);
  std::vector<int> marks{0, minutes_a_day};
  for (const Span& one : old) marks.push_back(one.from);
  for (const Span& one : fresh) marks.push_back(one.from);
  std::ranges::sort(marks);
  const auto twice = std::ranges::unique(marks);
  marks.erase(twice.begin(), twice.end());
  const auto zone_in = [](const std::vector<Span>& spans, int minute) -> std::optional<int> {
    for (const Span& one : spans)
      if (one.from <= minute && minute < one.to) return one.zone;
    return std::nullopt;
  };
  for (std::size_t i = 0; i + 1 < marks.size(); ++i) {
    const auto was = zone_in(old, marks[i]), is = zone_in(fresh, marks[i]);
    if (was == is) continue;
    const std::string name = was ? zone_name(before, *was) : std::string{};
    if (!out.empty() && out.back().what == Difference::What::span && out.back().span.day == day &&
        out.back().span.to == marks[i] && out.back().span.zone == is.value_or(-1) &&
        out.back().before == name) {
      out.back().span.to = marks[i + 1];
      continue;
    }
    out.push_back({.what = Difference::What::span,
                   .span = {day, marks[i], marks[i + 1], is.value_or(-1)},
                   .zone = is.value_or(-1),
                   .before = name,
                   .after = is ? zone_name(after, *is) : std::string{}});
  }
}

}  // namespace

std::vector<Slot> in_order(const std::vector<Slot>& timetable) {
  std::vector<Slot> out;
  out.reserve(timetable.size());
  for (const Slot& slot : timetable)
    out.insert(std::ranges::upper_bound(out, slot.minute, {}, &Slot::minute), slot);
  return out;
}

std::vector<Span> spans_of_day(const Schedule& schedule, int day) {
  std::vector<Span> out;
  if (schedule.timetable.empty() || day < 0 || day >= days_a_week) return out;
  const std::vector<Slot> slots = in_order(schedule.timetable);
  const int begin = day * minutes_a_day;
  const auto begins = [&](int minute, int zone) {
    if (!out.empty() && out.back().from == minute) {
      out.back().zone = zone;  // the later of two that begin at once
    } else if (out.empty() || out.back().zone != zone) {
      if (!out.empty()) out.back().to = minute;
      out.push_back({day, minute, minutes_a_day, zone});
    }
  };
  begins(0, *zone_number_at(slots, begin));
  for (const Slot& slot : slots)
    if (slot.minute > begin && slot.minute < begin + minutes_a_day) begins(slot.minute - begin, slot.zone);
  return out;
}

Schedule painted(const Schedule& schedule, const Span& span) {
  Schedule out = schedule;
  if (!of_this_week(span) || schedule.zone(span.zone) == nullptr) return out;
  out.timetable = in_order(out.timetable);
  paint(out.timetable, span);
  return out;
}

Schedule moved_boundary(const Schedule& schedule, int day, int minute, int to) {
  Schedule out = schedule;
  out.timetable = in_order(out.timetable);
  const int at = day * minutes_a_day + minute;
  const auto slot = std::ranges::find(out.timetable, at, &Slot::minute);
  if (slot == out.timetable.end()) return schedule;
  const int least = slot == out.timetable.begin() ? 0 : std::prev(slot)->minute + least_span;
  const int most = std::next(slot) == out.timetable.end() ? minutes_a_week - least_span
                                                          : std::next(slot)->minute - least_span;
  if (least > most) return schedule;
  slot->minute = std::clamp(day * minutes_a_day + to, least, most);
  return out;
}

Schedule removed_boundary(const Schedule& schedule, int day, int minute) {
  Schedule out = schedule;
  if (out.timetable.size() > 1)
    std::erase_if(out.timetable, [&](const Slot& one) { return one.minute == day * minutes_a_day + minute; });
  return out;
}

Schedule copied_day(const Schedule& schedule, int day, const std::vector<int>& to) {
  Schedule out = schedule;
  out.timetable = in_order(out.timetable);
  const auto like = spans_of_day(schedule, day);
  for (const int other : to) {
    if (other < 0 || other >= days_a_week || other == day) continue;
    for (Span span : like) {
      span.day = other;
      paint(out.timetable, span);
    }
  }
  return out;
}

WithZone added_zone(const Schedule& schedule, int like, std::string name) {
  WithZone out{.schedule = schedule};
  for (const Zone& one : schedule.zones) out.zone = std::max(out.zone, one.id + 1);
  const Zone* model = schedule.zone(like);
  Zone fresh = model != nullptr ? *model : Zone{};
  fresh.id = out.zone;
  fresh.name = std::move(name);
  fresh.type = 4;  // custom
  out.schedule.zones.push_back(std::move(fresh));
  return out;
}

Schedule renamed_zone(const Schedule& schedule, int zone, std::string name) {
  Schedule out = schedule;
  if (const auto at = std::ranges::find(out.zones, zone, &Zone::id); at != out.zones.end())
    at->name = std::move(name);
  return out;
}

Result<Schedule> removed_zone(const Schedule& schedule, int zone) {
  const Zone* one = schedule.zone(zone);
  if (one == nullptr) return fail(ErrorKind::invalid_input, "", "this plan has no such zone", "zone");
  if (std::ranges::find(schedule.timetable, zone, &Slot::zone) != schedule.timetable.end())
    return fail(ErrorKind::invalid_input, "", "the week uses this zone; paint over it first", "zone");
  if (one->type && *one->type != 4)
    return fail(ErrorKind::invalid_input, "", "this zone came with the plan and stays", "zone");
  Schedule out = schedule;
  std::erase_if(out.zones, [&](const Zone& each) { return each.id == zone; });
  return out;
}

Schedule with_temperature(const Schedule& schedule, int zone, const AmbientId& room, double degrees) {
  Schedule out = schedule;
  const auto at = std::ranges::find(out.zones, zone, &Zone::id);
  if (at == out.zones.end()) return out;
  auto asked_of = std::ranges::find(at->rooms, room, &ZoneRoom::ambient);
  if (asked_of == at->rooms.end()) asked_of = at->rooms.insert(at->rooms.end(), ZoneRoom{.ambient = room});
  asked_of->temperature = degrees;
  asked_of->order.clear();
  return out;
}

std::vector<Difference> differences(const Schedule& before, const Schedule& after) {
  std::vector<Difference> out;
  if (before.name != after.name)
    out.push_back({.what = Difference::What::name, .before = before.name, .after = after.name});
  for (int day = 0; day < days_a_week; ++day) compare_day(before, after, day, out);
  for (const Zone& zone : after.zones) {
    if (const Zone* old = before.zone(zone.id))
      compare_zones(*old, zone, out);
    else
      out.push_back({.what = Difference::What::zone_added, .zone = zone.id, .after = zone.name});
  }
  for (const Zone& zone : before.zones)
    if (after.zone(zone.id) == nullptr)
      out.push_back({.what = Difference::What::zone_removed, .zone = zone.id, .before = zone.name});
  if (before.away_temperature != after.away_temperature ||
      before.frost_temperature != after.frost_temperature)
    out.push_back({.what = Difference::What::other});
  return out;
}

std::vector<Fault> faults(const Schedule& schedule) {
  std::vector<Fault> out;
  if (schedule.timetable.empty()) out.push_back({.what = Fault::What::no_timetable});
  if (schedule.zones.empty()) out.push_back({.what = Fault::What::no_zones});
  std::map<int, int> begins;
  for (const Slot& slot : schedule.timetable) {
    if (slot.minute < 0 || slot.minute >= minutes_a_week)
      out.push_back({.what = Fault::What::outside, .minute = slot.minute, .zone = slot.zone});
    if (schedule.zone(slot.zone) == nullptr)
      out.push_back({.what = Fault::What::unknown_zone, .minute = slot.minute, .zone = slot.zone});
    if (++begins[slot.minute] == 2)
      out.push_back({.what = Fault::What::twice, .minute = slot.minute, .zone = slot.zone});
  }
  return out;
}

}  // namespace foyer::plan
