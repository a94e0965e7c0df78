// Time as values: wall time, steady time, and the text forms the clouds use.
//
// Instant is UTC wall time in milliseconds since 1970; Steady is a monotonic clock of unknown origin. Neither
// is read here: a Clock port lends them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace foyer {

using Millis = std::chrono::milliseconds;
using Seconds = std::chrono::seconds;
using Minutes = std::chrono::minutes;
using Hours = std::chrono::hours;
using Instant = std::chrono::time_point<std::chrono::system_clock, Millis>;
using Steady = std::chrono::time_point<std::chrono::steady_clock, Millis>;

inline Instant instant_from_ms(std::int64_t ms) { return Instant(Millis(ms)); }
inline std::int64_t to_ms(Instant at) { return at.time_since_epoch().count(); }

// A date and time without zone, as a device's own clock shows it.
struct LocalTime {
  int year = 1970, month = 1, day = 1;  // month 1…12, day 1…31
  int hour = 0, minute = 0, second = 0;
  friend bool operator==(const LocalTime&, const LocalTime&) = default;
};

// `offset` is what has to be added to UTC to get local time.
LocalTime to_local(Instant at, Minutes offset);
Instant from_local(const LocalTime& local, Minutes offset);

// "YYYY-MM-DDThh:mm:ss", with nothing, "Z" or "±hh:mm" after it; month and day may have one digit.
// Without a zone, `assumed` is the offset. Nothing for any other text or an impossible date.
std::optional<Instant> parse_iso8601(std::string_view text, Minutes assumed = Minutes(0));
// "2026-01-10T18:02:11Z"
std::string to_iso8601(Instant at);
// "2026-01-10T18:02:11" in the given offset, no zone.
std::string to_iso8601_local(Instant at, Minutes offset);
// An HTTP date, "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 5.6.7, the preferred form only).
std::optional<Instant> parse_http_date(std::string_view text);
// "14:02"
std::string clock_text(Instant at, Minutes offset);

}  // namespace foyer
