// One person's session with one provider: authorization code + PKCE, tokens, refresh, sign-out.
//
// The session keeps its tokens in the vault under "session/<account>", the open attempts in the tab's storage
// under "attempt/<hash of state>" (A7), and survives a reload. Nothing but a definite refusal signs a person
// out (T5–T7). All methods run on the host's thread; dropping a task cancels it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/base/task.hpp"
#include "core/oauth/config.hpp"
#include "core/ports/host.hpp"

namespace foyer::oauth {

enum class Status { unknown, signed_out, signed_in };

// Why there is no session; explained to the person.
// While signed in, `secret_expired` says that the tokens can no longer be renewed until the client's
// credentials are (X5); anything else is `never`.
enum class SignedOutBecause {
  never,
  by_user,
  expired,
  revoked,
  scope_changed,
  storage_lost,
  secret_expired,
  denied,
  lost_reply
};
std::string_view to_string(SignedOutBecause because);

// What may be shown about a session: no secret in it.
struct SessionInfo {
  Status status = Status::unknown;
  SignedOutBecause because = SignedOutBecause::never;
  std::string subject{};  // sub of the id_token
  std::string name{};     // name claim or empty
  std::vector<std::string> scopes{};
  std::vector<std::string> missing_scopes{};  // C4: partial consent
  std::optional<Instant> access_expires{};
  std::optional<Instant> refresh_expires{};
  std::optional<Instant> warn_from{};  // T8: day 80 of 90
  std::optional<Instant> refreshed_at{};
  bool storage_degraded = false;  // S3: memory only
};

struct AccessToken {
  SecretText token{};
  Millis age{0};  // since it was received
};

class Session {
 public:
  // `config` is copied; `host` must outlive the session.
  Session(Host& host, ClientConfig config);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Reads the vault and clears stale attempts (S4). Call at start, and again when the program comes back from
  // sleep or the back/forward cache (P11): another tab may have refreshed or signed out meanwhile.
  Task<Result<void>> restore();
  // A1–A8: stores a new attempt and returns the authorization URL; the caller navigates.
  // `return_to` is an application-internal key of where to go afterwards, never a URL (A6).
  Task<Result<std::string>> begin(std::string return_to);
  // B1–B6, C, D: reads the redirect. On success the session is signed in and `return_to` comes back.
  // An unknown or used state makes no request: rule "B3" (ignored silently by the caller when signed in).
  // Rule "K3" says how far this device's clock is off; tolerate() and begin() again is the person's "continue
  // anyway".
  Task<Result<std::string>> complete(std::string callback_url);
  // A token good for at least a minute; refreshes when needed, one refresh in flight (T1, T4, R4).
  // `refused` is the token that the API just refused (E4): asks for another one than that.
  Task<Result<AccessToken>> access_token(std::optional<SecretText> refused = std::nullopt);
  // Accepts a clock that is off by `skew` from now on (K3).
  void tolerate(Millis skew);
  // Forgets everything local (F7); never revokes consent. Only where `revocation_endpoint` is configured the
  // refresh token is given back, once and in the background (RFC 7009).
  Task<Result<void>> sign_out();

  const SessionInfo& info() const;
  // Called after every change of info().
  std::function<void()> on_change;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace foyer::oauth
