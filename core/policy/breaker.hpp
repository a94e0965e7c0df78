// What keeps a client from hammering a service in trouble, as values and plain functions: the retry bucket
// (N3), the breaker of a host (N4), the probes of a silent gateway (E8, N5) and how a sleep is noticed (N6).
// The account's halts (E5, E6, E17, E18) are in the ledger, because all tabs share them (quota.hpp).
#pragma once

#include <cstdint>

#include "core/base/time.hpp"
#include "core/policy/failure.hpp"
#include "core/policy/quota.hpp"

namespace foyer::policy {

// --- N3: retries of this program ---

struct RetryBucket {
  int tokens = 20;  // 0…20
};
// Is there room for one more attempt after `condition`? Retries of a window take at most a tenth of the calls
// that are left of it.
bool may_retry(const RetryBucket& bucket, const Ledger& ledger, Condition condition);
// 5, or 10 after a timeout; counts in the ledger too.
void take_retry(RetryBucket& bucket, Condition condition);
// A good answer gives 1 back.
void give_back(RetryBucket& bucket);

// --- N4: one host ---

struct Breaker {
  std::uint16_t failures = 0;  // of the last ten answers, newest lowest
  int known = 0;               // how many of them there are
  int in_a_row = 0;
  Millis rest{0};        // of the running or last opening; 0: closed for good
  Steady open_until{};   // nothing but a probe passes before
  Steady probe_until{};  // a probe is under way until then
  bool open = false;
  Condition cause = Condition::ok;  // the failure that opened it
};

// E2, E15, E16, E21: the host, not what was asked of it.
bool blames_host(Condition condition);

enum class Passage { free, probe, closed };
// Half-open, one call passes as the probe (a poll's read, or what a person does). While it is open only a
// person's explicit look does.
Passage passage(const Breaker& breaker, Steady now, CommandClass operation, Purpose purpose);
void begin_probe(Breaker& breaker, Steady now);
// After every answer or failure.
void note(Breaker& breaker, Condition condition, Steady now);

// --- N5: one gateway ---

// 1, 5, 15, then every 30 min after the `probes`-th failure, from 0 (E8).
Millis gateway_probe_after(int probes);

// --- N6 ---

// Both clocks were read before and after a wait: did the machine sleep in between?
bool slept(Millis wall, Millis steady);

}  // namespace foyer::policy
