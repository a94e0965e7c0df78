// The ledger of the calls (rules Q1, Q6–Q10): a value that the gateway asks before sending and tells after.
// All tabs share one record of it (core/cloud/gateway_ledger); it never switches keys or accounts to get
// round a quota. Beside the calls it holds what else all tabs must agree on: the account's halt (E5, E17,
// E18), the gate after a 429 (E13) and the subscription key that works (E5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/policy/failure.hpp"

namespace foyer::policy {

enum class Purpose { poll, write, pressed, topology };

// What a cloud allows, as data. A window of 24 h ends at a time of day (local midnight until the service
// teaches another one), a shorter one begins with its first call.
struct Plan {
  int limit = 500;  // calls per window; a whole number ≥ 1
  Millis window = Hours(24);
  int burst = 0;  // calls per burst_window; 0: no such limit
  Millis burst_window{0};
};
constexpr Plan eliot_plan{};
// Netatmo Connect: 500 per hour and 50 per 10 s, per user.
constexpr Plan netatmo_plan{.limit = 500, .window = Hours(1), .burst = 50, .burst_window = Seconds(10)};

struct Ledger {
  int limit = 500;
  int used = 0;
  Instant window_start{};
  Instant window_end{};
  std::optional<Instant> blocked_until{};
  std::string last_server_text{};
  Millis parked_for{0};  // the last wait; a refused probe after it at least doubles it (E6)
  bool probing = false;  // the one call after a block is on its way
  bool learned = false;  // the service named the end of the window
  bool shared = false;   // refused well before our own count reached the limit: someone else spends (Q7)
  bool assumed = false;  // Q9: nobody knows what was used
  int planned = 0;       // Q7: what this window seems to hold for us; 0: the limit
  int retries = 0;       // of this window (N3)
  Millis window = Hours(24);
  int burst = 0;
  Millis burst_window{0};
  int burst_used = 0;
  Instant burst_end{};
  Instant slow_until{};            // half the polling rate until then (E13)
  Instant gate_until{};            // no call before, after a 429 (E13)
  Millis gate_for{0};              // how long that was; a refusal right after it at least doubles it
  Condition halt = Condition::ok;  // no calls until the person acted (E5, E17, E18)
  Instant halt_until{};            // the next probe of the halt
  int key = 0;                     // 0 primary, 1 secondary: the subscription key that worked last
  std::uint32_t keys_mark = 0;     // of the configured keys: others lift E5
  friend bool operator==(const Ledger&, const Ledger&) = default;
};

// The same ledger under another plan; what was counted stays.
void put_plan(Ledger& ledger, const Plan& plan);
// Q9: storage is gone, so half of the calls are assumed used until a window's end.
void assume_half(Ledger& ledger, Instant now);

struct Grant {
  bool allowed = true;
  std::optional<Instant> again_at{};  // when refused
  Condition why = Condition::ok;      // when refused: quota_exceeded, rate_limited, or the halt's condition
  bool own_plan = false;              // refused by our own plan, not by the service's word (Q1)
  bool probe = false;                 // allowed as the one call that asks whether it works again
};

// Rolls the window over when it has ended, then says whether a call for `purpose` may be sent now. Polling
// never touches the reserve (25) nor what is kept for writes (60); presses and topology keep the reserve and
// ten writes. A block never reaches further than 24 h 5 min unless the service said so, whatever the wall
// clock did (Q8). After a block, and after each press or 6 h of a halt, one probe is granted (E6, N5).
Grant ask(Ledger& ledger, Purpose purpose, Instant now, Minutes utc_offset);
// Counted at send time (Q6), after a grant.
void count(Ledger& ledger, Instant now);
// A good answer to a call sent at `sent`: what was parked, halted or limited before is over.
void answered(Ledger& ledger, Instant sent);
// Q7: the service announced that the quota is used up for `wait`; unknown: until the learned reset, else 1 h.
// `spread` is added to it (E6: 0…60 s).
void park(Ledger& ledger, Instant now, std::optional<Millis> wait, std::string_view server_text,
          Millis spread = Millis(0));
// E13: nothing for `wait`, then half the polling rate for an hour. `sent`: when the refused call was sent;
// one that was sent after the last gate shows that this was too short, and waits at least twice as long (up
// to 15 min, or what the service named).
void close_gate(Ledger& ledger, Instant sent, Instant now, Millis wait);
// E5, E17, E18: one probe per 6 h, and one per press.
void halt(Ledger& ledger, Condition condition, Instant now);
void press(Ledger& ledger, Instant now);
// The service said that the calls are used up; nothing is sent before `blocked_until` (E6).
bool parked(const Ledger& ledger, Instant now);
// When the next call of any kind makes sense; nothing while nothing is in its way.
std::optional<Instant> closed_until(const Ledger& ledger, Instant now);
// Q2: interval for the next poll, between 60 s and 30 min.
Millis poll_interval(const Ledger& ledger, Instant now);
// Calls that polling may still use in this window, and writes that are possible at this moment.
int left_for(const Ledger& ledger, Purpose purpose);

std::string to_json(const Ledger& ledger);
Result<Ledger> ledger_from_json(std::string_view text);

}  // namespace foyer::policy
