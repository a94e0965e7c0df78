// Values and times as people read them.
#pragma once

#include <optional>
#include <string>

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
W mode_word(std::string_view mode);
// "1111…1111"
std::string short_id(std::string_view id);

// Texts that depend on what time it is; remembers when the first of them changes.
class Times {
 public:
  Times(Instant now, Minutes offset) : now_(now), offset_(offset) {}
  Instant now() const { return now_; }
  Minutes offset() const { return offset_; }
  // "just now", "5 min ago"
  std::string ago(Instant at);
  // "14:02", "21 Nov 14:02" when it is not today.
  std::string at(Instant when);
  // "today 23:30", "tomorrow 07:00"
  std::string until(Instant when);
  // "in 5 min"
  std::string in(Instant when);
  // Becomes true `span` after `since`.
  bool older(Instant since, Millis span);
  std::optional<Instant> next_change() const { return next_; }

 private:
  void changes_at(Instant when);
  Instant now_;
  Minutes offset_;
  std::optional<Instant> next_{};
};

}  // namespace foyer::shell
