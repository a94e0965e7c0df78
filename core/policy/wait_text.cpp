// Durations as gateways write them into their messages (F9).
#include <algorithm>
#include <cmath>

#include "core/base/ascii.hpp"
#include "core/policy/failure.hpp"
#include "core/policy/text.hpp"

namespace foyer::policy {
namespace {

constexpr Millis shortest = Seconds(1), longest = Hours(24 * 31);

// Reads from `at` on; every reader moves on only when it succeeded.
struct WaitReader {
  std::string_view text;
  std::size_t at;

  char peek() const { return at < text.size() ? text[at] : '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at;
    return true;
  }
  // 1…`digits` digits; a longer run is no number of ours.
  std::optional<long long> number(std::size_t digits) {
    std::size_t end = at;
    long long value = 0;
    for (; end < text.size() && is_digit(text[end]); ++end)
      if (end - at < digits) value = value * 10 + (text[end] - '0');
    if (end == at || end - at > digits) return std::nullopt;
    at = end;
    return value;
  }
  std::optional<long long> sixty() {
    const auto value = number(2);
    return value && *value < 60 ? value : std::nullopt;
  }
  bool word(std::string_view singular) {
    std::size_t end = at;
    while (end < text.size() && text[end] == ' ') ++end;
    if (!contains_no_case(text.substr(end, singular.size()), singular)) return false;
    end += singular.size();
    if (end < text.size() && (text[end] == 's' || text[end] == 'S')) ++end;
    return end >= text.size() || (!is_letter(text[end]) && !is_digit(text[end]));
  }
  bool ends_here() const { return !is_digit(peek()) && !is_letter(peek()) && peek() != ':'; }
};

// "hh:mm:ss" with hh 0…999
std::optional<Millis> clock_form(WaitReader reader) {
  const auto hours = reader.number(3);
  if (!hours || !reader.take(':')) return std::nullopt;
  const auto minutes = reader.sixty();
  if (!minutes || !reader.take(':')) return std::nullopt;
  const auto seconds = reader.sixty();
  if (!seconds || !reader.ends_here()) return std::nullopt;
  return Hours(*hours) + Minutes(*minutes) + Seconds(*seconds);
}

// "d.hh:mm:ss"
std::optional<Millis> days_clock_form(WaitReader reader) {
  const auto days = reader.number(9);
  if (!days || !reader.take('.')) return std::nullopt;
  const auto rest = clock_form(reader);
  if (!rest || *rest >= Hours(24)) return std::nullopt;
  return Millis(*days * 86'400'000) + *rest;  // in 64 bits: hours have 32 where `long` has
}

// "N[.N] day(s)", "N second(s)"
std::optional<Millis> unit_form(WaitReader reader) {
  const auto whole = reader.number(12);
  if (!whole) return std::nullopt;
  double value = static_cast<double>(*whole);
  if (reader.peek() == '.') {
    reader.take('.');
    const std::size_t from = reader.at;
    const auto fraction = reader.number(9);
    if (!fraction) return std::nullopt;
    double scale = 1;
    for (std::size_t i = from; i < reader.at; ++i) scale *= 10;
    value += static_cast<double>(*fraction) / scale;
  }
  double unit = 0;
  if (reader.word("day")) unit = 86'400'000;
  if (reader.word("second")) unit = 1'000;
  if (unit == 0) return std::nullopt;
  return Millis(std::llround(std::min(value * unit, static_cast<double>(longest.count()))));
}

// "10 seconds", "second", "hour" at the reader; nothing for other words.
std::optional<Millis> span(WaitReader reader) {
  struct Word {
    std::string_view singular;
    long long seconds;
  };
  constexpr Word words[] = {{"second", 1}, {"sec", 1},     {"s", 1},    {"minute", 60},
                            {"min", 60},   {"hour", 3600}, {"h", 3600}, {"day", 86400}};
  const auto told = reader.number(6);
  for (const Word& one : words)
    if (reader.word(one.singular)) return Seconds(told.value_or(1) * one.seconds);
  return std::nullopt;
}

}  // namespace

std::optional<Millis> parse_window(std::string_view text) {
  constexpr std::string_view fronts[] = {"per ", "every ", "each ", "/"};
  for (std::size_t at = 0; at < text.size(); ++at)
    for (const std::string_view front : fronts) {
      const bool inside_word = front != "/" && at > 0 && is_letter(text[at - 1]);
      if (inside_word || !contains_no_case(text.substr(at, front.size()), front)) continue;
      std::size_t begin = at + front.size();
      while (begin < text.size() && text[begin] == ' ') ++begin;
      if (const auto found = span({text, begin})) return std::clamp<Millis>(*found, shortest, longest);
    }
  return std::nullopt;
}

std::optional<Millis> parse_wait(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at])) continue;
    // Part of a longer word, number or date is no duration ("-5 seconds", "v1.2 days",
    // "2026-01-01T00:00:00").
    const char before = at == 0 ? ' ' : text[at - 1];
    if (!is_digit(before) && !is_letter(before) &&
        std::string_view(".,:-+_").find(before) == std::string_view::npos) {
      const WaitReader reader{text, at};
      for (const auto form : {days_clock_form, clock_form, unit_form})
        if (const auto wait = form(reader)) return std::clamp(*wait, shortest, longest);
    }
    while (at + 1 < text.size() && is_digit(text[at + 1])) ++at;
  }
  return std::nullopt;
}

}  // namespace foyer::policy
