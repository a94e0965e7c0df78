#include "shell/views/reading.hpp"

#include <algorithm>
#include <array>

namespace foyer::shell {
namespace {

struct Field {
  std::string_view name;  // on the wire
  W word;
  enum class Form : std::uint8_t { plain, time, percent, millivolt } form = Form::plain;
};
constexpr std::array kFields{Field{"last_seen", W::field_last_seen, Field::Form::time},
                             Field{"last_user_interaction", W::field_last_use, Field::Form::time},
                             Field{"target_position", W::field_target, Field::Form::percent},
                             Field{"current_position", W::field_position, Field::Form::percent},
                             Field{"level", W::field_level, Field::Form::percent},
                             Field{"boiler_valve_comfort_boost", W::field_comfort_boost},
                             Field{"cooler_status", W::field_cooler},
                             Field{"contactor_mode", W::field_contactor},
                             Field{"battery_level", W::field_voltage, Field::Form::millivolt},
                             Field{"loadState", W::field_load},
                             Field{"status", W::field_status},
                             Field{"variant", W::field_variant}};

const Field* field_of(const Reading& reading) {
  if (reading.aspect != Aspect::other) return nullptr;
  const auto at = std::ranges::find(kFields, reading.name, &Field::name);
  return at == kFields.end() ? nullptr : &*at;
}

// The cloud tells how much is lost on the way: less is better.
struct Strength {
  Aspect aspect;
  double good, fair;  // at most
};
constexpr std::array kStrengths{
    Strength{Aspect::wifi_strength, 60, 75},    // 56 good, 71 average, 86 bad
    Strength{Aspect::radio_strength, 72, 82}};  // 60 full, 70 high, 80 medium, 90 low

std::string field_value(const Field& field, const Reading& reading, Times& times) {
  const double* number = std::get_if<double>(&reading.value);
  const std::string* text = std::get_if<std::string>(&reading.value);
  if (const bool* flag = std::get_if<bool>(&reading.value)) return std::string(word(*flag ? W::on : W::off));
  if (number != nullptr && field.form == Field::Form::percent) return quantity(*number, Unit::percent);
  if (number != nullptr && field.form == Field::Form::millivolt) return quantity(*number, Unit::millivolt);
  if (number != nullptr && field.form == Field::Form::time)
    return times.at(instant_from_ms(static_cast<long long>(*number) * 1000));
  if (text != nullptr && field.form == Field::Form::time)
    if (const auto when = parse_iso8601(*text)) return times.at(*when);
  return value_text(Aspect::other, reading.value, reading.unit);
}

}  // namespace

bool has_word(const Reading& reading) {
  return reading.aspect != Aspect::other || field_of(reading) != nullptr;
}

std::string reading_name(const Reading& reading) {
  if (const Field* field = field_of(reading)) return std::string(word(field->word));
  return reading.aspect == Aspect::other ? reading.name : std::string(word(aspect_word(reading.aspect)));
}

std::optional<W> signal_word(const Reading& reading) {
  const double* lost = std::get_if<double>(&reading.value);
  const auto at = std::ranges::find(kStrengths, reading.aspect, &Strength::aspect);
  if (lost == nullptr || at == kStrengths.end()) return std::nullopt;
  return *lost <= at->good ? W::signal_good : *lost <= at->fair ? W::signal_fair : W::signal_weak;
}

std::string reading_value(const Module& module, const Reading& reading, Times& times) {
  if (const Field* field = field_of(reading)) return field_value(*field, reading, times);
  const bool* flag = std::get_if<bool>(&reading.value);
  const double* number = std::get_if<double>(&reading.value);
  const std::string* text = std::get_if<std::string>(&reading.value);
  switch (reading.aspect) {
    case Aspect::lock:
      if (flag != nullptr) return std::string(word(*flag ? W::locked : W::unlocked));
      break;
    case Aspect::open_window:
    case Aspect::anticipating:
    case Aspect::load_shedding:
      if (flag != nullptr) return std::string(word(*flag ? W::yes : W::no));
      break;
    case Aspect::battery:
      if (text != nullptr) return battery_value(*text);
      break;
    case Aspect::wifi_strength:
    case Aspect::radio_strength:
      if (const auto key = signal_word(reading)) return say(*key, {number_text(*number, 0)});
      break;
    default:
      break;
  }
  return value_text(module, reading.aspect, reading.value, reading.unit);
}

}  // namespace foyer::shell
