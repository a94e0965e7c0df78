// Results and the closed list of error kinds.
//
// Every operation of Foyer that can fail returns Result<T>. An error is handled exactly once: passed on or
// reported, never both. `message` is for people and never holds a secret; `code` is the id of the rule that
// was broken (docs/security.md and docs/errors.md), for example "E8", where a rule has several checks with
// the name of the check behind it: "D6.iss". rule_of() gives the rule alone.
//
// Example:
//   Result<int> half(int n) {
//     if (n % 2) return fail(ErrorKind::invalid_input, "", "expected an even number");
//     return n / 2;
//   }
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace foyer {

enum class ErrorKind {
  invalid_input,  // what the caller or the person gave is not acceptable; nothing was sent
  config,         // config.json is missing or wrong; `field` says where
  offline,        // no connectivity, known before sending
  transport,      // no readable answer: DNS, TLS, refused, dropped, blocked by the browser
  timeout,        // no answer before the deadline
  malformed,      // an answer that is not what its sender promises; `field` says where
  refused,        // the service answered and said no
  signed_out,     // there is no session, or it is definitely over
  protocol,       // an OAuth or OpenID Connect rule was broken by the answer
  parked,         // we did not send: quota, key or account halt
  storage,        // storage denied, full or evicted
  unsupported,    // the host or the cloud cannot do this
  cancelled,      // superseded or dropped by the person
};

// Stable lower-case name of a kind, for machines ("signed_out").
std::string_view to_string(ErrorKind kind);

// Process exit code of the headless client for a kind: 2…14, one each. 0 is success, 1 an internal fault.
int exit_code(ErrorKind kind);

struct Error {
  ErrorKind kind = ErrorKind::invalid_input;
  std::string code;     // rule id or empty
  std::string message;  // plain text, no secret, no HTML
  std::string field{};  // path of the offending field ("plant.ambients[3].id"), the value the text names (K3:
                        // "12 min"), or empty
};

// "D6" of "D6.iss".
constexpr std::string_view rule_of(std::string_view code) { return code.substr(0, code.find('.')); }

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorKind kind, std::string code, std::string message,
                                   std::string field = {}) {
  return std::unexpected(Error{kind, std::move(code), std::move(message), std::move(field)});
}

}  // namespace foyer
