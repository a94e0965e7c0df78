// From an answer (or none) to one of the conditions of the error table, and from there to what to do.
//
// Everything here is a plain function of values, without coroutine, clock or state.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/ports/http.hpp"

namespace foyer::policy {

// Whether a call may be repeated follows from what it is.
enum class CommandClass { read, absolute_write, momentary_write, token };

// One row of the table each; ids in row order E1…E22, then X1…X11 of the token endpoint and the sign-in, then
// L1…L4: nothing was sent. Stored by number, so new ones come last.
enum class Condition {
  ok,
  offline,            // E1
  opaque,             // E2
  bad_request,        // E3
  token_expired,      // E4 (401, or 400 with the expired text)
  not_allowed_here,   // E4 second part: 401 with a fresh token
  scope_missing,      // E4 third part
  key_refused,        // E5
  quota_exceeded,     // E6
  forbidden,          // E7
  gateway_offline,    // E8
  not_found,          // E9
  not_acceptable,     // E10
  request_timeout,    // E11
  wrong_parameters,   // E12
  rate_limited,       // E13
  conflict,           // E14
  no_answer_in_time,  // E15: timeout
  malformed_answer,   // E15: truncated, not JSON, wrong shape
  captive_portal,     // E15: HTML with 200
  server_error,       // E16
  password_expired,   // E17 (469)
  terms_expired,      // E18 (470)
  refused,            // E19
  busy_device,        // E20 (486)
  gateway_trouble,    // E21 (502, 503, 504)
  redirected,         // E22
  code_lost,          // X1: the exchange of a code brought no usable answer
  code_refused,       // X2
  sign_in_over,       // X3: the refresh token is dead
  scopes_changed,     // X4
  client_refused,     // X5: the application's own credentials
  client_unknown,     // X6: how the application is registered
  renewal_delayed,    // X7: 429, 5xx, no answer; the tokens stay
  refused_unclear,    // X8: 4xx without a readable error
  declined,           // X9
  sign_in_wanted,     // X10: login_required and the like
  provider_trouble,   // X11
  local_storage,      // L1: what is stored here can't be read or written
  renewed_elsewhere,  // L2: another window or program holds the renewal of the sign-in
  misconfigured,      // L3
  certificate,        // L4: of the host that was asked
};
constexpr std::size_t conditions = static_cast<std::size_t>(Condition::certificate) + 1;
// "E8"
std::string_view rule_id(Condition condition);
// The condition of a rule of the sign-in ("X3", "X1.302"), as core/oauth names it in its errors; ok for any
// other text.
Condition condition_of_sign_in(std::string_view rule);
// The condition of an error that came without any answer of the API: the sign-in's own (X), a local obstacle
// (L), or no way to the service. None of them is the API's word on the token.
Condition condition_of_session(const Error& error);

struct Failure {
  Condition condition = Condition::ok;
  int status = 0;                // HTTP status or 0
  std::optional<Millis> wait{};  // announced by text or Retry-After, clamped to 1 s … 31 d
  std::string server_message{};  // what the service wrote, at most 512 characters, plain text
  // A 404 that does not say which: the device is offline, or no longer part of the home. The list of devices
  // tells (E8 against E9).
  bool maybe_gone = false;
  bool ok() const { return condition == Condition::ok; }
};

struct Context {
  Instant now{};
  Millis token_age{0};      // since the token was received; E4 asks for more than 60 s
  bool listed = true;       // the home, as last read, has what was asked for (E8 against E9)
  bool near_limit = false;  // our own count nears the limit: a 403 without a word is the quota (E6)
};

// In this order: transport, body text (or Netatmo's code), status, rest. 2xx
// is ok unless the body is HTML, cut off, or an error in itself.
Failure classify(const HttpOutcome& outcome, const Context& context);

// "d.hh:mm:ss", "hh:mm:ss", "N[.N] day(s)", "N second(s)" anywhere in the text; clamped to 1 s … 31 d.
std::optional<Millis> parse_wait(std::string_view text);
// The window of a limit that the text names: "50 requests per 10 seconds", "500 calls per hour".
std::optional<Millis> parse_window(std::string_view text);

enum class Action {
  done,
  refresh_and_replay,  // E4: new access token, same call once
  other_key,           // E5: the other subscription key, same call once
  wait_and_retry,      // after `delay`
  read_back,           // ambiguous write: look before anything else
  park_account,        // E6: no call until `delay` has passed
  halt_account,        // E5 (both keys), E17, E18: no call until the person acted
  mark_offline,        // E8
  give_up,             // tell the person
};

struct Attempt {
  int number = 1;             // this attempt, from 1
  bool refreshed = false;     // a token refresh was already spent on this call
  bool key_switched = false;  // both keys were tried
  bool newest = true;         // still the newest intent for its target
  bool may_retry = true;      // N3: the retry bucket and the calls of the day have room
  Millis elapsed{0};          // since the intent
  Millis deadline = Seconds(30);
};

struct Decision {
  Action action = Action::done;
  Millis delay{0};         // before jitter, for wait_and_retry and park_account; with give_up: when another
                           // try makes sense ("in 26 s"), 0 when nobody knows
  bool jitter = false;     // N1: the delay is an upper bound, uniform from 0
  Millis spread{0};        // a uniform 0…spread is added to the delay (E6, E20, waits the server named)
  bool resend = false;     // read_back: when the state differs, the same command may be sent once more
  std::string_view key{};  // of the message (messages.hpp); empty where nothing is said (done, E4, E5)
  friend bool operator==(const Decision&, const Decision&) = default;
};

// Pure; the numbers are those of the table in table.hpp. With one subscription key, pass key_switched = true.
Decision decide(const Failure& failure, const Attempt& attempt, CommandClass operation);

// The wait that a decision asks for, with its jitter drawn: `uniform` is in [0, 1).
Millis drawn_delay(const Decision& decision, double uniform);

}  // namespace foyer::policy
