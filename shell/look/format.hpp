// Values and times as people read them.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "core/base/utc_offset.hpp"
#include "core/model/home.hpp"
#include "core/ports/clock.hpp"
#include "shell/words.hpp"

namespace foyer::shell {

// At most `digits` decimals, no trailing zeros: "20.5", "40".
std::string number_text(double value, int digits = 1);
// Always one decimal when `value` is a temperature: "20.5°".
std::string degrees(double value);
// "20.5 °C", "40 %", "84 W", "1.2 kW", "3.2 kWh".
std::string quantity(double value, Unit unit);
std::string value_text(Aspect aspect, const Value& value, Unit unit);
// As above; a programme by the name that people gave it.
std::string value_text(const Module& module, Aspect aspect, const Value& value, Unit unit);
W aspect_word(Aspect aspect);
W kind_word(Kind kind);
// W::count: it has no word.
W mode_word(std::string_view mode);
// "Battery low" and, as a value, "Low"; a level that nobody knows says itself.
std::string battery_line(std::string_view level);
std::string battery_value(std::string_view level);
// One word of a text that lists them.
std::string_view word_at(W list, int index);
// "26 Nov"
std::string day_text(const LocalTime& date);
// "1111…1111"
std::string short_id(std::string_view id);

// Texts that depend on what time it is; remembers when the first of them changes.
class Times {
 public:
  Times(Instant now, UtcOffset utc_offset) : now_(now), utc_offset_(std::move(utc_offset)) {}
  Times(Instant now, Minutes offset) : Times(now, [offset](Instant) { return offset; }) {}
  Instant now() const { return now_; }
  // Of that moment: around a change of the clock it is not that of now.
  Minutes offset(Instant at) const { return utc_offset_(at); }
  const UtcOffset& utc_offset() const { return utc_offset_; }
  // "just now", "5 min ago"
  std::string ago(Instant at);
  // "14:02", "21 Nov 14:02" when it is not today.
  std::string at(Instant when);
  // "today 23:30", "tomorrow 07:00"
  std::string until(Instant when);
  // A text of core/app with its wait as it is now (at_this_moment of its words).
  std::string live(std::string_view text, std::optional<Instant> again_at);
  // "in 5 min"
  std::string in(Instant when);
  // What a clock shows now, and the day it is: "14:02", "Friday, 21 Nov".
  std::string clock();
  std::string today() const;
  // From ten in the evening to seven, when a display stands in a dark room.
  bool night() const;
  // Becomes true `span` after `since`.
  bool older(Instant since, Millis span);
  std::optional<Instant> next_change() const { return next_; }

 private:
  void changes_at(Instant when);
  long long day_of(Instant at) const;
  Instant now_;
  UtcOffset utc_offset_;
  std::optional<Instant> next_{};
};

}  // namespace foyer::shell
