#include "core/policy/quota.hpp"

#include <algorithm>

#include "core/base/json.hpp"
#include "core/policy/failure.hpp"
#include "core/policy/text.hpp"

namespace foyer::policy {
namespace {

constexpr Millis day = Hours(24);
constexpr Millis longest_block = day + Minutes(5);  // Q8
constexpr Millis unknown_wait = Hours(1);

// Q1, for a limit of 500; other limits in proportion.
constexpr int split_total = 500, for_writes = 60, for_presses = 40, for_topology = 25, for_reserve = 25;
constexpr int writes_always = 10;  // release gate: that many writes are left at any moment before exhaustion

int share(const Ledger& ledger, int of_500) { return ledger.limit * of_500 / split_total; }

// What `purpose` must leave untouched.
int kept_from(const Ledger& ledger, Purpose purpose) {
  switch (purpose) {
    case Purpose::poll:
      return share(ledger, for_writes + for_reserve);
    case Purpose::pressed:
    case Purpose::topology:
      return share(ledger, for_reserve + writes_always);
    case Purpose::write:
      return 0;
  }
  return 0;
}

Instant next_midnight(Instant now, Minutes utc_offset) {
  LocalTime local = to_local(now, utc_offset);
  local.hour = local.minute = local.second = 0;
  return from_local(local, utc_offset) + day;
}

// Keeps the time of day of the reset, which the service may have taught us.
void roll(Ledger& ledger, Instant now, Minutes utc_offset) {
  if (ledger.window_end == Instant{}) {
    ledger.window_end = next_midnight(now, utc_offset);
    ledger.window_start = ledger.window_end - day;
    return;
  }
  // A wall clock that went back must not stretch the window (Q8).
  if (ledger.window_end > now + day && !ledger.blocked_until)
    ledger.window_end -= (ledger.window_end - now) / day * day;
  if (now < ledger.window_end) return;
  const auto days = (now - ledger.window_end) / day + 1;
  ledger.window_end += days * day;
  ledger.window_start = ledger.window_end - day;
  ledger.used = 0;
  ledger.shared = false;
}

}  // namespace

Grant ask(Ledger& ledger, Purpose purpose, Instant now, Minutes utc_offset) {
  if (ledger.blocked_until) {
    const Millis named = parse_wait(ledger.last_server_text).value_or(Millis(0));
    const Instant latest = now + std::max(longest_block, named);
    if (*ledger.blocked_until > latest) {
      ledger.blocked_until = latest;
      ledger.window_end = latest;
    }
    if (now < *ledger.blocked_until) return {false, ledger.blocked_until};
    ledger.blocked_until.reset();
  }
  roll(ledger, now, utc_offset);
  if (ledger.used < ledger.limit - kept_from(ledger, purpose)) return {};
  return {false, ledger.window_end};
}

void count(Ledger& ledger) { ++ledger.used; }

void park(Ledger& ledger, Instant now, std::optional<Millis> wait, std::string_view server_text) {
  Millis span = wait.value_or(unknown_wait);
  // The probe after a block was refused again: servers have announced minutes and meant a day (E6).
  const bool probe = ledger.parked_for > Millis(0) && ledger.used <= 2;
  if (probe) span = std::max(span, std::min<Millis>(2 * ledger.parked_for, day));
  ledger.shared = !probe && ledger.used * 10 < ledger.limit * 9;
  ledger.parked_for = span;
  ledger.blocked_until = now + span;
  ledger.window_end = now + span;
  ledger.used = ledger.limit;
  ledger.last_server_text = showable(server_text, 512);
}

Millis poll_interval(const Ledger& ledger, Instant now) {
  constexpr Millis shortest = Seconds(60), longest = Minutes(30);
  const int others = share(ledger, for_writes + for_presses + for_topology + for_reserve);
  const int left = ledger.limit - others - ledger.used;
  const Millis time = ledger.window_end > now ? std::min<Millis>(ledger.window_end - now, day) : day;
  if (left <= 0) return longest;
  return std::clamp<Millis>(time / left, shortest, longest);
}

std::string to_json(const Ledger& ledger) {
  Json json{{"schema", 1},
            {"limit", ledger.limit},
            {"used", ledger.used},
            {"windowStart", to_ms(ledger.window_start)},
            {"windowEnd", to_ms(ledger.window_end)},
            {"lastServerText", ledger.last_server_text},
            {"parkedFor", ledger.parked_for.count()},
            {"shared", ledger.shared}};
  if (ledger.blocked_until) json["blockedUntil"] = to_ms(*ledger.blocked_until);
  return dump_json(json);
}

Result<Ledger> ledger_from_json(std::string_view text) {
  const auto json = parse_json(text, 64U << 10);
  if (!json) return std::unexpected(json.error());
  const auto refuse = [](std::string_view name) {
    return fail(ErrorKind::malformed, "Q6", std::string(name) + ": expected a number", std::string(name));
  };
  if (integer_of(*json, "schema") != 1) return refuse("schema");
  // 2^48 ms is the year 10889: beyond it, arithmetic with time is not safe.
  const auto number = [&json](std::string_view name, long long low,
                              long long high) -> std::optional<long long> {
    const auto value = integer_of(*json, name);
    return value && *value >= low && *value <= high ? value : std::nullopt;
  };
  constexpr long long latest = 1LL << 48;
  const auto limit = number("limit", 1, 1'000'000), used = number("used", 0, 1'000'000);
  const auto start = number("windowStart", -latest, latest), end = number("windowEnd", -latest, latest);
  if (!limit) return refuse("limit");
  if (!used) return refuse("used");
  if (!start) return refuse("windowStart");
  if (!end) return refuse("windowEnd");
  Ledger ledger;
  ledger.limit = static_cast<int>(*limit);
  ledger.used = static_cast<int>(*used);
  ledger.window_start = instant_from_ms(*start);
  ledger.window_end = instant_from_ms(*end);
  if (const auto until = number("blockedUntil", -latest, latest))
    ledger.blocked_until = instant_from_ms(*until);
  ledger.parked_for = Millis(number("parkedFor", 0, latest).value_or(0));
  ledger.last_server_text = text_of(*json, "lastServerText").value_or("");
  ledger.shared = bool_of(*json, "shared").value_or(false);
  return ledger;
}

}  // namespace foyer::policy
