#include "core/policy/breaker.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace foyer::policy {
namespace {

constexpr int capacity = 20, cost = 5, cost_of_timeout = 10;             // N3
constexpr int row_that_opens = 5, window = 10;                           // N4
constexpr Millis first_rest = Seconds(30), longest_rest = Seconds(300);  // N4
constexpr Millis probe_lease = Seconds(30);  // a probe that was dropped does not close the host for good
constexpr std::array<Minutes, 4> probe_after{Minutes(1), Minutes(5), Minutes(15), Minutes(30)};  // E8
constexpr Millis clocks_apart = Seconds(30);                                                     // N6

int price(Condition condition) {
  return condition == Condition::no_answer_in_time || condition == Condition::request_timeout
             ? cost_of_timeout
             : cost;
}

void close(Breaker& breaker) { breaker = {}; }

}  // namespace

bool may_retry(const RetryBucket& bucket, const Ledger& ledger, Condition condition) {
  return bucket.tokens >= price(condition) && ledger.retries * 10 < ledger.limit - ledger.used;
}

void take_retry(RetryBucket& bucket, Condition condition) { bucket.tokens -= price(condition); }

void give_back(RetryBucket& bucket) { bucket.tokens = std::min(bucket.tokens + 1, capacity); }

bool blames_host(Condition condition) {
  switch (condition) {
    case Condition::opaque:
    case Condition::no_answer_in_time:
    case Condition::malformed_answer:
    case Condition::captive_portal:
    case Condition::server_error:
    case Condition::gateway_trouble:
    case Condition::certificate:
      return true;
    default:
      return false;
  }
}

Passage passage(const Breaker& breaker, Steady now, CommandClass operation, Purpose purpose) {
  if (!breaker.open) return Passage::free;
  if (now < breaker.probe_until) return Passage::closed;
  const bool asked = operation == CommandClass::read && purpose == Purpose::pressed;
  return now >= breaker.open_until || asked ? Passage::probe : Passage::closed;
}

void begin_probe(Breaker& breaker, Steady now) { breaker.probe_until = now + probe_lease; }

void note(Breaker& breaker, Condition condition, Steady now) {
  if (condition == Condition::offline) return;  // nothing was sent
  const bool failed = blames_host(condition);
  if (breaker.open && !failed) return close(breaker);
  breaker.failures = static_cast<std::uint16_t>((breaker.failures << 1 | (failed ? 1 : 0)) & 0x3FF);
  breaker.known = std::min(breaker.known + 1, window);
  breaker.in_a_row = failed ? breaker.in_a_row + 1 : 0;
  if (!failed) return;
  // Calls that were on their way when it opened say nothing new.
  if (breaker.open && now < breaker.open_until && now >= breaker.probe_until) return;
  const bool half = breaker.known == window && std::popcount(breaker.failures) * 2 >= window;
  if (!breaker.open && breaker.in_a_row < row_that_opens && !half) return;
  breaker.rest = breaker.rest == Millis(0) ? first_rest : std::min(2 * breaker.rest, longest_rest);
  breaker.open = true;
  breaker.open_until = now + breaker.rest;
  breaker.probe_until = now;
  breaker.cause = condition;
}

Millis gateway_probe_after(int probes) {
  return probe_after[static_cast<std::size_t>(std::clamp(probes, 0, 3))];
}

bool slept(Millis wall, Millis steady) { return wall - steady > clocks_apart; }

}  // namespace foyer::policy
