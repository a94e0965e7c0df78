// The ledger of the 500 calls a day (rules Q1, Q6–Q10): a value that the gateway asks before sending and
// tells after. Persisted by core/app; it never switches keys or accounts to get round a quota.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace foyer::policy {

enum class Purpose { poll, write, pressed, topology };

struct Ledger {
  int limit = 500;
  int used = 0;
  Instant window_start{};
  Instant window_end{};
  std::optional<Instant> blocked_until{};
  std::string last_server_text{};
  Millis parked_for{0};  // the last wait; a refused probe after it at least doubles it (E6)
  bool shared =
      false;  // refused well before our own count reached the limit: someone else spends from it (Q7)
  friend bool operator==(const Ledger&, const Ledger&) = default;
};

struct Grant {
  bool allowed = true;
  std::optional<Instant> again_at{};  // when refused
};

// Rolls the window over when it has ended, then says whether a call for `purpose` may be sent now. Polling
// never touches the reserve (25) nor what is kept for writes (60); presses and topology keep the reserve and
// ten writes. The first window ends at local midnight (`utc_offset`); once the service named a time, at that
// time of day. A block never reaches further than 24 h 5 min unless the service said so, whatever the wall
// clock did (Q8).
Grant ask(Ledger& ledger, Purpose purpose, Instant now, Minutes utc_offset);
// Counted at send time (Q6).
void count(Ledger& ledger);
// Q7: the service announced that the quota is used up for `wait` (1 h when it did not say).
void park(Ledger& ledger, Instant now, std::optional<Millis> wait, std::string_view server_text);
// Q2: interval for the next poll, between 60 s and 30 min.
Millis poll_interval(const Ledger& ledger, Instant now);

std::string to_json(const Ledger& ledger);
Result<Ledger> ledger_from_json(std::string_view text);

}  // namespace foyer::policy
