#include "core/policy/quota.hpp"

#include <algorithm>

#include "core/policy/text.hpp"

namespace foyer::policy {
namespace {

constexpr Millis day = Hours(24);
constexpr Millis longest_block = day + Minutes(5);  // Q8
constexpr Millis unknown_wait = Hours(1);
constexpr Millis quota_lease = Seconds(30);    // a probe that brought nothing is followed by another one
constexpr Millis halt_probe = Hours(6);        // E17
constexpr Millis slow_for = Hours(1);          // E13
constexpr Millis longest_guess = Minutes(15);  // E13: of a limit that names no time

// Q1, for a limit of 500; other limits in proportion.
constexpr int split_total = 500, for_writes = 60, for_presses = 40, for_topology = 25, for_reserve = 25;
constexpr int writes_always = 10;  // release gate: that many writes are left at any moment before exhaustion

int share(const Ledger& ledger, int of_500) { return ledger.limit * of_500 / split_total; }
// What this window holds for us (Q7).
int whole(const Ledger& ledger) {
  return ledger.planned > 0 ? std::min(ledger.planned, ledger.limit) : ledger.limit;
}

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

// A window of a day keeps the time of day of its end, which the service may have taught us.
void roll(Ledger& ledger, Instant now, Minutes utc_offset) {
  const Millis length = ledger.window;
  if (ledger.window_end == Instant{}) {
    ledger.window_end = length == day ? next_midnight(now, utc_offset) : now + length;
    ledger.window_start = ledger.window_end - length;
    return;
  }
  // A wall clock that went back must not stretch the window (Q8).
  if (ledger.window_end > now + length && !ledger.blocked_until)
    ledger.window_end -= (ledger.window_end - now) / length * length;
  if (now < ledger.window_end) return;
  if (length == day)
    ledger.window_end += ((now - ledger.window_end) / length + 1) * length;
  else
    ledger.window_end = now + length;
  ledger.window_start = ledger.window_end - length;
  ledger.used = ledger.retries = 0;
  // Q7: who was met yesterday may be there today. After one window in peace the whole limit is ours again.
  if (!ledger.shared) ledger.planned = 0;
  ledger.shared = ledger.assumed = false;
}

void clamp_block(Ledger& ledger, Instant now) {
  const Millis named = parse_wait(ledger.last_server_text).value_or(Millis(0));
  const Instant latest = now + std::max(longest_block, named + Seconds(60));
  if (*ledger.blocked_until <= latest) return;
  ledger.blocked_until = ledger.window_end = now + std::max(longest_block, named);
}

bool burst_full(Ledger& ledger, Instant now) {
  if (ledger.burst == 0) return false;
  if (now >= ledger.burst_end || ledger.burst_end > now + ledger.burst_window) {
    ledger.burst_end = now + ledger.burst_window;
    ledger.burst_used = 0;
  }
  return ledger.burst_used >= ledger.burst;
}

bool gate_closed(const Ledger& ledger, Instant now) {
  return now < ledger.gate_until && ledger.gate_until <= now + longest_block;
}

}  // namespace

void put_plan(Ledger& ledger, const Plan& plan) {
  ledger.limit = plan.limit;
  ledger.window = plan.window;
  ledger.burst = plan.burst;
  ledger.burst_window = plan.burst_window;
}

void assume_half(Ledger& ledger, Instant now) {
  ledger.used = std::max(ledger.used, ledger.limit / 2);
  ledger.assumed = true;
  if (ledger.window_end > now) return;
  ledger.window_start = now;
  ledger.window_end = now + ledger.window / 2;
}

Grant ask(Ledger& ledger, Purpose purpose, Instant now, Minutes utc_offset) {
  if (ledger.blocked_until) {
    clamp_block(ledger, now);
    if (now < *ledger.blocked_until)
      return {.allowed = false, .again_at = ledger.blocked_until, .why = Condition::quota_exceeded};
  }
  if (ledger.halt != Condition::ok) {
    ledger.halt_until = std::min(ledger.halt_until, now + halt_probe);
    if (now < ledger.halt_until) return {.allowed = false, .again_at = ledger.halt_until, .why = ledger.halt};
  }
  if (gate_closed(ledger, now))
    return {.allowed = false, .again_at = ledger.gate_until, .why = Condition::rate_limited};
  roll(ledger, now, utc_offset);
  if (ledger.used >= whole(ledger) - kept_from(ledger, purpose))
    return {
        .allowed = false, .again_at = ledger.window_end, .why = Condition::quota_exceeded, .own_plan = true};
  if (burst_full(ledger, now))
    return {.allowed = false, .again_at = ledger.burst_end, .why = Condition::rate_limited, .own_plan = true};
  return {.probe = ledger.blocked_until || ledger.halt != Condition::ok};
}

void count(Ledger& ledger, Instant now) {
  ++ledger.used;
  ++ledger.burst_used;
  if (ledger.blocked_until) {
    ledger.probing = true;
    ledger.blocked_until = now + quota_lease;
  }
  if (ledger.halt != Condition::ok) ledger.halt_until = now + halt_probe;
}

void answered(Ledger& ledger, Instant sent) {
  if (sent >= ledger.gate_until) ledger.gate_for = Millis(0);
  if (ledger.probing) {
    ledger.probing = false;
    ledger.blocked_until.reset();
    ledger.parked_for = Millis(0);
  }
  ledger.halt = Condition::ok;
}

void park(Ledger& ledger, Instant now, std::optional<Millis> wait, std::string_view server_text,
          Millis spread) {
  const bool known_end = (ledger.learned || ledger.window < day) && ledger.window_end > now;
  Millis span = wait.value_or(known_end ? ledger.window_end - now : unknown_wait);
  // The probe after a block was refused again: servers have announced minutes and meant a day (E6).
  const bool probe = ledger.probing;
  if (probe) span = std::max(span, std::min<Millis>(2 * ledger.parked_for, day));
  ledger.shared = !probe && !ledger.assumed && ledger.used * 10 < ledger.limit * 9;
  if (ledger.shared) ledger.planned = std::max(ledger.used, ledger.limit / 5);
  ledger.learned = wait.has_value();
  ledger.probing = false;
  ledger.parked_for = span;
  ledger.blocked_until = now + span + spread;
  ledger.window_end = now + span + spread;
  ledger.used = ledger.limit;
  ledger.last_server_text = showable(server_text, 512);
}

void close_gate(Ledger& ledger, Instant sent, Instant now, Millis wait) {
  const bool too_short = ledger.gate_for > Millis(0) && sent >= ledger.gate_until;
  if (too_short) wait = std::max(wait, std::min<Millis>(2 * ledger.gate_for, longest_guess));
  ledger.gate_for = too_short ? wait : std::max(wait, ledger.gate_for);
  ledger.gate_until = std::max(ledger.gate_until, now + std::min(wait, longest_block));
  ledger.slow_until = std::max(ledger.slow_until, ledger.gate_until + slow_for);
}

void halt(Ledger& ledger, Condition condition, Instant now) {
  ledger.halt = condition;
  ledger.halt_until = now + halt_probe;
}

void press(Ledger& ledger, Instant now) { ledger.halt_until = now; }

bool parked(const Ledger& ledger, Instant now) { return ledger.blocked_until && *ledger.blocked_until > now; }

std::optional<Instant> closed_until(const Ledger& ledger, Instant now) {
  Instant until = gate_closed(ledger, now) ? ledger.gate_until : now;
  if (ledger.blocked_until) until = std::max(until, *ledger.blocked_until);
  if (ledger.halt != Condition::ok) until = std::max(until, ledger.halt_until);
  return until > now ? std::optional(until) : std::nullopt;
}

Millis poll_interval(const Ledger& ledger, Instant now) {
  constexpr Millis shortest = Seconds(60), longest = Minutes(30);
  const int others = share(ledger, for_writes + for_presses + for_topology + for_reserve);
  const int left = whole(ledger) - others - ledger.used;
  const Millis time =
      ledger.window_end > now ? std::min<Millis>(ledger.window_end - now, ledger.window) : ledger.window;
  if (left <= 0) return longest;
  const Millis interval = std::clamp<Millis>(time / left, shortest, longest);
  return now < ledger.slow_until && ledger.slow_until < now + day ? std::min<Millis>(2 * interval, longest)
                                                                  : interval;
}

int left_for(const Ledger& ledger, Purpose purpose) {
  return std::max(0, whole(ledger) - kept_from(ledger, purpose) - ledger.used);
}

}  // namespace foyer::policy
