// What a heated (or cooled) room does next, and why it does what it does – from what is known, never guessed.
//
// Example (compiled by tests/app):
//   const Outlook outlook = plan::outlook(plant, thermostat, now, [&](Instant at) { return
//   clock.utc_offset(at); }); outlook.why;          // Why::plan outlook.next->at;     // 22:30 today
//   outlook.next->asks;   // 17 °C
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/utc_offset.hpp"
#include "core/model/home.hpp"

namespace foyer::plan {

enum class Why : std::uint8_t {
  unknown,      // the cloud told no mode
  offline,      // nobody knows what it does now
  off,          // switched off
  window,       // an open window stopped it
  frost_guard,  // the room's own
  away,         // the room's own (Smarther)
  boost,        // "boost" or "max"
  by_hand,      // a set point chosen by somebody
  house_off,
  house_away,         // the mode of the whole house
  house_frost_guard,  //
  plan,               // the weekly plan
  programme,          // a weekly programme whose times the cloud does not tell (Smarther)
};

// A temperature in °C, or a word where the plan has none ("off", "comfort"); neither: nothing is known.
struct Asks {
  std::optional<double> temperature{};
  std::string order{};
  bool known() const { return temperature.has_value() || !order.empty(); }
  friend bool operator==(const Asks&, const Asks&) = default;
};

struct NextChange {
  Instant at{};
  Asks asks{};           // not known: the plan goes on, and does not say with what
  std::string zone{};    // name of the plan's zone that begins, or empty
  bool of_plan = false;  // a step of the plan, not the end of something else
  friend bool operator==(const NextChange&, const NextChange&) = default;
};

struct Outlook {
  Why why = Why::unknown;
  Asks now{};                        // the set point in force, or the order
  std::string plan{};                // name of the plan in force (or to come back to), or empty
  std::string zone{};                // its zone at this moment, or empty
  std::optional<Instant> until{};    // end of what stands above the plan, when the cloud tells one
  std::optional<NextChange> next{};  // nothing: it stays until somebody changes it, or nobody knows
  friend bool operator==(const Outlook&, const Outlook&) = default;
};

// `room` is a thermostat or a room module of `plant`; `utc_offset` is that of the home.
Outlook outlook(const Plant& plant, const Module& room, Instant now, const UtcOffset& utc_offset);

}  // namespace foyer::plan
