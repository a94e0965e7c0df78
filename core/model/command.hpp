// What a person wants of a module, before any cloud's wire form.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/model/home.hpp"

namespace foyer {

struct Command {
  Aspect aspect = Aspect::on_off;
  Value value{true};
  // Boost: 30, 60 or 90; set points, pilot-wire orders and modes but automatic: optional end.
  std::optional<Minutes> lasting{};
  friend bool operator==(const Command&, const Command&) = default;
};

// Momentary commands (run, stop, preferred, lock) are never repeated after an ambiguous outcome; the others
// are absolute.
bool momentary(const Command& command);

// "on", "off", "level=40", "position=0", "stop", "setpoint=20.5", "mode=boost:60", "program=2", "run",
// "preferred", "fan_speed=2", "lock", "unlock", "pilot_wire=comfort:60".
// ErrorKind::invalid_input with the list of what is understood.
Result<Command> parse_command(std::string_view text);
std::string to_text(const Command& command);

// Is this something the module can do, inside its range and step? ErrorKind::invalid_input with code "E12"
// and a sentence that names the limits ("21.7 °C is not allowed; use 3–40 in steps of 0.5.") otherwise.
Result<void> check(const Module& module, const Command& command);

// Degrees where the mode "manual" starts: the last set point. Where that is the frost guard's ("protection"),
// what the plan asks for now; where it is none or one that the module does not take (a room that is off tells
// 0 °C), the measured temperature on the module's step. Nothing when that is not known.
std::optional<double> manual_start(const Module& module, std::optional<double> planned = std::nullopt);

}  // namespace foyer
