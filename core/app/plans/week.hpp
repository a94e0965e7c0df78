// The week of a plan as people edit it: days made of spans, and changes that leave everything else as it was.
//
// A plan keeps when each zone begins (Schedule::timetable); a span is the same seen as "from … to …" of one
// day. Every change answers a new schedule, so the one that was read stays at hand for the difference and for
// undo.
//
// Example (compiled by tests/app):
//   Schedule edited = plan::painted(schedule, {.day = 0, .from = 8 * 60, .to = 17 * 60, .zone = away});
//   edited = plan::copied_day(edited, 0, {1, 2, 3, 4});   // Tuesday to Friday like Monday
//   plan::differences(schedule, edited);                  // what will be sent, for people
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/schedule.hpp"

namespace foyer::plan {

constexpr int minutes_a_day = 24 * 60, days_a_week = 7, minutes_a_week = minutes_a_day * days_a_week;

// Monday is day 0. Minutes of that day: 0 ≤ from < to ≤ 1440.
struct Span {
  int day = 0;
  int from = 0, to = minutes_a_day;
  int zone = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

// By minute; of two at the same minute the later one stays behind.
std::vector<Slot> in_order(const std::vector<Slot>& timetable);

// What is in force on that day, from 0:00 to 24:00 without holes; the first span goes on from the day before.
// Neighbours of one zone are one span. Empty when the plan has no timetable.
std::vector<Span> spans_of_day(const Schedule& schedule, int day);

// The zone of `span` in force there; what was in force at its end begins again at its end. Nothing changes
// for a span that is not of this week or a zone that the plan does not have.
Schedule painted(const Schedule& schedule, const Span& span);
// The boundary at `minute` of that day moves to `to`, at least 5 minutes away from its neighbours. Nothing
// changes when no zone begins there.
Schedule moved_boundary(const Schedule& schedule, int day, int minute, int to);
// What begins at that minute begins no more: the zone before goes on.
Schedule removed_boundary(const Schedule& schedule, int day, int minute);
// Those days become like `day`.
Schedule copied_day(const Schedule& schedule, int day, const std::vector<int>& to);

// A zone of its own, as a copy of another one; its number is the next that is free. Answers the plan and that
// number.
struct WithZone {
  Schedule schedule{};
  int zone = 0;
};
WithZone added_zone(const Schedule& schedule, int like, std::string name);
Schedule renamed_zone(const Schedule& schedule, int zone, std::string name);
// ErrorKind::invalid_input while the timetable uses it, and for a zone that came with the home (comfort,
// night …).
Result<Schedule> removed_zone(const Schedule& schedule, int zone);
// In °C. Adds the room to the zone when it is not in it. Replaces an order such as "off".
Schedule with_temperature(const Schedule& schedule, int zone, const AmbientId& room, double degrees);

// One thing that differs, for people and for tests.
struct Difference {
  enum class What : std::uint8_t {
    name,          // of the plan: before, after
    span,          // of a day: another zone than before is in force there
    zone_added,    // before empty, after its name
    zone_removed,  // before its name
    zone_name,     // before, after
    temperature,   // of a room in a zone: before and after in °C, or the order
    other,         // away or frost temperature, actions
  };
  What what = What::other;
  Span span{};  // of What::span: where, and the zone after; `before` is the name of the zone before
  int zone = 0;
  AmbientId room{};
  std::string before{}, after{};
  friend bool operator==(const Difference&, const Difference&) = default;
};
std::vector<Difference> differences(const Schedule& before, const Schedule& after);

// Why a plan that was read cannot be drawn or edited as it is; empty when it can.
struct Fault {
  enum class What : std::uint8_t {
    no_timetable,
    no_zones,
    unknown_zone,  // the timetable names a zone that is not there
    twice,         // two zones begin at the same minute
    outside,       // a minute that no week has
  };
  What what = What::no_timetable;
  int minute = 0, zone = 0;
  friend bool operator==(const Fault&, const Fault&) = default;
};
std::vector<Fault> faults(const Schedule& schedule);

}  // namespace foyer::plan
