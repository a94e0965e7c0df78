// What was sent: the last calls of an account, and their export.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "core/base/time.hpp"
#include "core/policy/failure.hpp"

namespace foyer {

// One call that was sent; redacted by type: no header, body or query is in it.
struct JournalEntry {
  std::uint64_t number = 0;
  Instant at{};
  std::string method{};
  std::string path_template{};
  int status = 0;  // 0: no answer
  Millis duration{0};
  policy::Condition condition = policy::Condition::ok;
  policy::Action action = policy::Action::done;
  int attempt = 1;
  int cost = 1;  // calls of the quota
};

// The journal as HAR 1.2 (JSON), for reports: "{base}" + path template, no header, body, query or cookie;
// rule, action, attempt and cost in fields with an underscore, as that format asks for.
std::string to_har(const std::deque<JournalEntry>& journal, std::string_view base);

}  // namespace foyer
