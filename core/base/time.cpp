#include "core/base/time.hpp"

#include <array>
#include <cstdio>

namespace foyer {
namespace {

namespace ch = std::chrono;

// Reads between `least` and `most` digits at `at`, moving it on.
std::optional<int> digits(std::string_view text, std::size_t& at, int least, int most) {
  int value = 0, count = 0;
  while (count < most && at < text.size() && text[at] >= '0' && text[at] <= '9') {
    value = value * 10 + (text[at++] - '0');
    ++count;
  }
  if (count < least) return std::nullopt;
  return value;
}

bool literal(std::string_view text, std::size_t& at, char c) {
  if (at >= text.size() || text[at] != c) return false;
  ++at;
  return true;
}

bool possible(const LocalTime& t) {
  const ch::year_month_day date{ch::year(t.year), ch::month(static_cast<unsigned>(t.month)),
                                ch::day(static_cast<unsigned>(t.day))};
  return date.ok() && t.hour < 24 && t.minute < 60 && t.second < 61;
}

// "", "Z" or "±hh:mm" up to the end of the text.
std::optional<Minutes> zone(std::string_view rest, Minutes assumed) {
  if (rest.empty()) return assumed;
  if (rest == "Z" || rest == "z") return Minutes(0);
  std::size_t at = 1;
  if (rest[0] != '+' && rest[0] != '-') return std::nullopt;
  const auto hours = digits(rest, at, 2, 2);
  if (at < rest.size() && rest[at] == ':') ++at;
  const auto minutes = digits(rest, at, 2, 2);
  if (!hours || !minutes || at != rest.size() || *hours > 23 || *minutes > 59) return std::nullopt;
  const Minutes size = Hours(*hours) + Minutes(*minutes);
  return rest[0] == '-' ? -size : size;
}

std::string format(const LocalTime& t, const char* suffix) {
  std::array<char, 48> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02d-%02dT%02d:%02d:%02d%s", t.year, t.month, t.day, t.hour,
                t.minute, t.second, suffix);
  return out.data();
}

}  // namespace

LocalTime to_local(Instant at, Minutes offset) {
  const auto shifted = at + offset;
  const auto days = ch::floor<ch::days>(shifted);
  const ch::year_month_day date(days);
  const ch::hh_mm_ss clock(ch::floor<ch::seconds>(shifted - days));
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(clock.hours().count()),
          static_cast<int>(clock.minutes().count()),
          static_cast<int>(clock.seconds().count())};
}

Instant from_local(const LocalTime& t, Minutes offset) {
  const ch::year_month_day date{ch::year(t.year), ch::month(static_cast<unsigned>(t.month)),
                                ch::day(static_cast<unsigned>(t.day))};
  const auto days = ch::time_point_cast<Millis>(ch::sys_days(date));
  return days + Hours(t.hour) + Minutes(t.minute) + Seconds(t.second) - offset;
}

std::optional<Instant> parse_iso8601(std::string_view text, Minutes assumed) {
  std::size_t at = 0;
  const auto year = digits(text, at, 4, 4);
  if (!year || !literal(text, at, '-')) return std::nullopt;
  const auto month = digits(text, at, 1, 2);
  if (!month || !literal(text, at, '-')) return std::nullopt;
  const auto day = digits(text, at, 1, 2);
  if (!day || !literal(text, at, 'T')) return std::nullopt;
  const auto hour = digits(text, at, 2, 2);
  if (!hour || !literal(text, at, ':')) return std::nullopt;
  const auto minute = digits(text, at, 2, 2);
  if (!minute || !literal(text, at, ':')) return std::nullopt;
  const auto second = digits(text, at, 2, 2);
  if (!second) return std::nullopt;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (!digits(text, at, 1, 9)) return std::nullopt;
  }
  const LocalTime local{*year, *month, *day, *hour, *minute, *second};
  const auto offset = zone(text.substr(at), assumed);
  if (!offset || !possible(local)) return std::nullopt;
  return from_local(local, *offset);
}

std::string to_iso8601(Instant at) { return format(to_local(at, Minutes(0)), "Z"); }

std::string to_iso8601_local(Instant at, Minutes offset) { return format(to_local(at, offset), ""); }

std::optional<Instant> parse_http_date(std::string_view text) {
  static constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT") return std::nullopt;
  LocalTime local;
  for (std::size_t i = 0; i < months.size(); ++i)
    if (text.substr(8, 3) == months[i]) local.month = static_cast<int>(i) + 1;
  std::size_t at = 5;
  const auto day = digits(text, at, 2, 2);
  at = 12;
  const auto year = digits(text, at, 4, 4);
  at = 17;
  const auto hour = digits(text, at, 2, 2);
  at = 20;
  const auto minute = digits(text, at, 2, 2);
  at = 23;
  const auto second = digits(text, at, 2, 2);
  if (!day || !year || !hour || !minute || !second) return std::nullopt;
  local.day = *day;
  local.year = *year;
  local.hour = *hour;
  local.minute = *minute;
  local.second = *second;
  const bool month_known = text.substr(8, 3) == months[static_cast<std::size_t>(local.month - 1)];
  if (!month_known || !possible(local)) return std::nullopt;
  return from_local(local, Minutes(0));
}

std::string clock_text(Instant at, Minutes offset) {
  const LocalTime t = to_local(at, offset);
  std::array<char, 24> out{};
  std::snprintf(out.data(), out.size(), "%02d:%02d", t.hour, t.minute);
  return out.data();
}

}  // namespace foyer
