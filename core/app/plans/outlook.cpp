#include "core/app/plans/outlook.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "core/app/plans/week.hpp"

namespace foyer::plan {
namespace {

struct ModeWhy {
  std::string_view mode;
  Why why;
};
constexpr std::array room_modes{ModeWhy{"off", Why::off},   ModeWhy{"protection", Why::frost_guard},
                                ModeWhy{"away", Why::away}, ModeWhy{"boost", Why::boost},
                                ModeWhy{"max", Why::boost}, ModeWhy{"manual", Why::by_hand}};
constexpr std::array house_modes{ModeWhy{"off", Why::house_off}, ModeWhy{"away", Why::house_away},
                                 ModeWhy{"protection", Why::house_frost_guard}};

template <std::size_t Count>
std::optional<Why> why_of(const std::array<ModeWhy, Count>& table, std::string_view mode) {
  for (const ModeWhy& one : table)
    if (one.mode == mode) return one.why;
  return std::nullopt;
}

Asks asks_of(const Zone* zone, const AmbientId& room) {
  if (zone == nullptr) return {};
  const auto at = std::ranges::find(zone->rooms, room, &ZoneRoom::ambient);
  if (at == zone->rooms.end()) return {};
  return {at->temperature, at->order};
}

// The moment at which that minute of the week comes next after `now`. A step of the clock in between is
// counted with the offset that is in force then.
Instant next_time(Instant now, int minute, const UtcOffset& utc_offset) {
  const Minutes before = utc_offset(now);
  int ahead = minute - minute_of_week(now, before);
  if (ahead <= 0) ahead += minutes_a_week;
  const auto whole = std::chrono::floor<Minutes>(now + before);
  const Instant at = std::chrono::time_point_cast<Millis>(whole + Minutes(ahead)) - before;
  return at + before - utc_offset(at);
}

std::optional<NextChange> next_step(const Schedule& schedule, const AmbientId& room, Instant now,
                                    const UtcOffset& utc_offset) {
  std::vector<Slot> slots = in_order(schedule.timetable);
  if (slots.empty()) return std::nullopt;
  const int minute = minute_of_week(now, utc_offset(now));
  const Asks present = asks_of(zone_at(schedule, minute), room);
  if (!present.known()) return std::nullopt;
  const auto first = std::ranges::upper_bound(slots, minute, {}, &Slot::minute);
  std::ranges::rotate(slots, first);
  for (const Slot& slot : slots) {
    const Zone* zone = schedule.zone(slot.zone);
    const Asks then = asks_of(zone, room);
    if (!then.known() || then == present) continue;
    return NextChange{next_time(now, slot.minute, utc_offset), then, zone->name, true};
  }
  return std::nullopt;
}

}  // namespace

Outlook outlook(const Plant& plant, const Module& room, Instant now, const UtcOffset& utc_offset) {
  Outlook out;
  if (const auto degrees = room.number(Aspect::setpoint))
    out.now.temperature = degrees;
  else if (const auto order = room.word(Aspect::pilot_wire))
    out.now.order = *order;

  const Schedule* schedule = plan_of(plant, room);
  const Zone* zone = nullptr;
  if (schedule != nullptr) {
    out.plan = schedule->name;
    zone = zone_at(*schedule, minute_of_week(now, utc_offset(now)));
    if (zone != nullptr) out.zone = zone->name;
  }

  if (room.reach == Reach::unreachable) {
    out.why = Why::offline;
    return out;
  }
  const auto mode = room.word(Aspect::mode);
  if (!mode) return out;

  if (const auto own = why_of(room_modes, *mode)) {
    out.why = *own;
    out.until = room.mode_until;
  } else {
    const Module* house = house_heating(plant);  // one walk through the home: only where it decides
    const auto house_mode = house == nullptr ? std::nullopt : house->word(Aspect::mode);
    if (const auto whole = house_mode ? why_of(house_modes, *house_mode) : std::nullopt) {
      out.why = *whole;
      out.until = house->mode_until;
    } else if (*mode == "automatic") {
      out.why = schedule != nullptr ? Why::plan : room.word(Aspect::program) ? Why::programme : Why::unknown;
    }
  }
  // A window that is open stops whatever heats.
  if (out.why != Why::off && room.flag(Aspect::open_window) == true) out.why = Why::window;
  if (out.until && *out.until <= now) out.until.reset();  // over, and not read again since

  if (out.why == Why::plan || (out.why == Why::window && !out.until && *mode == "automatic")) {
    if (schedule != nullptr) out.next = next_step(*schedule, room.ambient, now, utc_offset);
  } else if (out.until) {
    NextChange back{.at = *out.until};
    if (schedule != nullptr) {
      const Zone* then = zone_at(*schedule, minute_of_week(*out.until, utc_offset(*out.until)));
      back.asks = asks_of(then, room.ambient);
      if (then != nullptr) back.zone = then->name;
    }
    out.next = std::move(back);
  }
  return out;
}

}  // namespace foyer::plan
