#include "shell/look/format.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/app/state/words.hpp"

namespace foyer::shell {
namespace {

// With the decimal sign of the language.
std::string local(std::string text) {
  if (const auto point = text.find('.'); point != std::string::npos) text.replace(point, 1, word(W::decimal));
  return text;
}

struct BatteryWords {
  std::string_view level;
  W line, value;
};
constexpr std::array kBatteries{BatteryWords{"full", W::battery_full, W::level_full},
                                BatteryWords{"high", W::battery_high, W::level_high},
                                BatteryWords{"medium", W::battery_medium, W::level_medium},
                                BatteryWords{"low", W::battery_low, W::level_low},
                                BatteryWords{"very_low", W::battery_very_low, W::level_very_low}};

}  // namespace

std::string battery_line(std::string_view level) {
  const auto at = std::ranges::find(kBatteries, level, &BatteryWords::level);
  return at == kBatteries.end() ? say(W::battery_other, {level}) : std::string(word(at->line));
}

std::string battery_value(std::string_view level) {
  const auto at = std::ranges::find(kBatteries, level, &BatteryWords::level);
  return std::string(at == kBatteries.end() ? level : word(at->value));
}

std::string number_text(double value, int digits) {
  std::array<char, 48> buffer{};
  int size = std::snprintf(buffer.data(), buffer.size(), "%.*f", digits, std::clamp(value, -1e12, 1e12));
  std::string text(buffer.data(), static_cast<std::size_t>(size));
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : local(std::move(text));
}

std::string degrees(double value) {
  std::array<char, 48> buffer{};
  int size = std::snprintf(buffer.data(), buffer.size(), "%.1f°", std::clamp(value, -1e6, 1e6));
  return local({buffer.data(), static_cast<std::size_t>(size)});
}

std::string quantity(double value, Unit unit) {
  if (unit == Unit::watt && std::abs(value) >= 1000) return number_text(value / 1000, 2) + " kW";
  if (unit == Unit::watt_hour && std::abs(value) >= 1000) return number_text(value / 1000, 1) + " kWh";
  bool whole = unit == Unit::watt || unit == Unit::watt_hour || unit == Unit::percent;
  std::string text = number_text(value, whole ? 0 : 1);
  if (unit == Unit::none) return text;
  if (unit == Unit::celsius || unit == Unit::fahrenheit)
    text = degrees(value).substr(0, degrees(value).find("°"));
  return text + " " + std::string(symbol(unit));
}

std::string value_text(Aspect aspect, const Value& value, Unit unit) {
  if (const bool* flag = std::get_if<bool>(&value)) return std::string(word(*flag ? W::on : W::off));
  if (const double* number = std::get_if<double>(&value)) return quantity(*number, unit);
  const std::string& text = std::get<std::string>(value);
  switch (aspect) {
    case Aspect::pilot_wire:
      if (text == "away") return std::string(word(W::order_eco));
      [[fallthrough]];
    case Aspect::mode:
    case Aspect::function: {
      W key = mode_word(text);
      return key == W::count ? text : std::string(word(key));
    }
    case Aspect::program:
      return text == "0" ? std::string(word(W::programme_builtin)) : say(W::programme_number, {text});
    default:
      return text;
  }
}

std::string value_text(const Module& module, Aspect aspect, const Value& value, Unit unit) {
  const Capability* capability = module.capability(aspect);
  const std::string* word = std::get_if<std::string>(&value);
  if (capability != nullptr && word != nullptr && capability->labels.size() == capability->options.size())
    for (std::size_t i = 0; i < capability->options.size(); ++i)
      if (capability->options[i] == *word && !capability->labels[i].empty()) return capability->labels[i];
  return value_text(aspect, value, unit);
}

W aspect_word(Aspect aspect) {
  return static_cast<W>(static_cast<int>(W::aspect_on_off) + static_cast<int>(aspect));
}

W kind_word(Kind kind) { return static_cast<W>(static_cast<int>(W::kind_light) + static_cast<int>(kind)); }

W mode_word(std::string_view mode) {
  constexpr std::array<std::pair<std::string_view, W>, 12> table{{{"automatic", W::mode_automatic},
                                                                  {"manual", W::mode_manual},
                                                                  {"boost", W::mode_boost},
                                                                  {"off", W::mode_off},
                                                                  {"protection", W::mode_protection},
                                                                  {"max", W::mode_max},
                                                                  {"away", W::mode_away},
                                                                  {"comfort", W::order_comfort},
                                                                  {"frost_guard", W::mode_protection},
                                                                  {"stand_by", W::order_standby},
                                                                  {"heating", W::function_heating},
                                                                  {"cooling", W::function_cooling}}};
  for (const auto& [name, key] : table)
    if (name == mode) return key;
  return W::count;
}

std::string_view word_at(W list, int index) {
  std::string_view all = word(list);
  for (; index > 0 && all.find(' ') != all.npos; --index) all.remove_prefix(all.find(' ') + 1);
  return all.substr(0, all.find(' '));
}

std::string day_text(const LocalTime& date) {
  return std::to_string(date.day) + " " + std::string(word_at(W::months, date.month - 1));
}

std::string short_id(std::string_view id) {
  if (id.size() <= 12) return std::string(id);
  return std::string(id.substr(0, 4)) + "…" + std::string(id.substr(id.size() - 4));
}

std::string Times::live(std::string_view text, std::optional<Instant> again_at) {
  if (again_at && *again_at > now_ && text.find(live_wait) != std::string_view::npos) {
    const Millis left = *again_at - now_,
                 step = left <= Seconds(90) ? Millis(Seconds(1)) : Millis(Minutes(1));
    changes_at(*again_at - (left - Millis(1)) / step * step);
  }
  return at_this_moment(text, again_at, now_);
}

void Times::changes_at(Instant when) {
  if (when > now_ && (!next_ || when < *next_)) next_ = when;
}

std::string Times::ago(Instant at) {
  const Millis age = std::max(now_ - at, Millis(0));
  auto count = [&](Millis unit) {
    changes_at(at + (age / unit + 1) * unit);
    return std::to_string(age / unit);
  };
  if (age < Minutes(1)) {
    changes_at(at + Minutes(1));
    return std::string(word(W::just_now));
  }
  if (age < Minutes(2)) return count(Minutes(1)), std::string(word(W::minute_ago));
  if (age < Hours(1)) return say(W::minutes_ago, {count(Minutes(1))});
  if (age < Hours(48)) return say(W::hours_ago, {count(Hours(1))});
  return say(W::days_ago, {count(Hours(24))});
}

// Days since 1970 by the local calendar.
long long Times::day_of(Instant at) const {
  return std::chrono::floor<std::chrono::days>(at + offset(at)).time_since_epoch().count();
}

std::string Times::at(Instant when) {
  std::string clock = clock_text(when, offset(when));
  if (day_of(when) == day_of(now_)) return clock;
  return say(W::date_at, {day_text(to_local(when, offset(when))), clock});
}

std::string Times::clock() {
  changes_at(now_ + Minutes(1) - Millis(to_ms(now_) % Millis(Minutes(1)).count()));
  return clock_text(now_, offset(now_));
}

std::string Times::today() const {
  const long long weekday = (day_of(now_) + 3) % 7;  // 1 January 1970 was a Thursday
  return std::string(word_at(W::weekdays, static_cast<int>(weekday))) + ", " +
         day_text(to_local(now_, offset(now_)));
}

bool Times::night() const {
  const int hour = to_local(now_, offset(now_)).hour;
  return hour >= 22 || hour < 7;
}

std::string Times::until(Instant when) {
  const std::string clock = clock_text(when, offset(when));
  const auto days = day_of(when) - day_of(now_);
  if (days == 0) return say(W::today_at, {clock});
  if (days == 1) return say(W::tomorrow_at, {clock});
  return at(when);
}

std::string Times::in(Instant when) {
  const Millis wait = when - now_;
  if (wait < Minutes(1)) return std::string(word(W::in_seconds));
  const auto minutes = (wait + Minutes(1) - Millis(1)) / Minutes(1);
  changes_at(when - (minutes - 1) * Millis(Minutes(1)));
  return say(W::in_minutes, {std::to_string(minutes)});
}

bool Times::older(Instant since, Millis span) {
  if (now_ - since >= span) return true;
  changes_at(since + span);
  return false;
}

}  // namespace foyer::shell
