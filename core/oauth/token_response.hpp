// Answers of the token endpoint (rules C2–C5, C7, X1–X8). Pure functions of values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/base/time.hpp"
#include "core/ports/http.hpp"

namespace foyer::oauth {

constexpr std::size_t max_token_response = 64U << 10;  // C7
constexpr std::size_t max_id_token = 16U << 10;

struct TokenResponse {
  SecretText access_token{};
  SecretText refresh_token{};  // empty: keep the old one (R2)
  SecretText id_token{};
  std::optional<Millis> expires_in{};          // C3; 1 s … 1 day
  std::optional<Instant> expires_on{};         // by the server's clock, used only without expires_in (F8)
  std::optional<Millis> refresh_expires_in{};  // T8
  std::optional<std::vector<std::string>> scopes{};  // absent: as requested (C4)

  // Life of the access token from its receipt. `server_now` is the server's clock at that moment as far as
  // known (K2).
  Millis lifetime(Instant server_now) const;
};

// A 200 with a JSON object. Codes: "C2.…" (shape, token, type), "C3.…" (times), "C4.scope", "C5.error" (a 200
// with an error), "C7.…" (sizes). The body is wiped.
// `openid` as in ClientConfig: without it scopes may be a list, token_type may be missing and the lifetime
// may be called `expire_in`; an id_token is not looked at.
Result<TokenResponse> read_token_response(HttpResponse& response, bool openid = true);

// What a failed call of the token endpoint means.
enum class TokenTrouble {
  transient,      // X7, T5: keep everything, later again
  lost_reply,     // T6: the server may have acted; X1 for a code
  grant_dead,     // X2, X3: invalid_grant
  scope_changed,  // X4
  credentials,    // X5: the client's own secret
  configuration,  // X6
  unclear,        // X8: a 4xx without a standard error
};

struct TokenFailure {
  TokenTrouble trouble = TokenTrouble::transient;
  int status = 0;
  std::string error{};           // showable
  std::string description{};     // showable
  std::string check{};           // the code of a 200 that can't be read
  bool certificate = false;      // nothing was sent: the host's certificate is not accepted (L4)
  std::optional<Millis> wait{};  // Retry-After
};

// For anything that is no readable 200. `now` turns a date in Retry-After into a wait.
TokenFailure read_token_failure(const HttpOutcome& outcome, Instant now);

// The error for people, with the X rule as code ("X1.302", "X7.C2.json": why an answer is unusable);
// `exchange` is the code exchange, otherwise a refresh.
Error to_error(const TokenFailure& failure, bool exchange);

}  // namespace foyer::oauth
