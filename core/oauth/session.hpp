// One person's session with one provider: authorization code + PKCE, tokens, refresh, sign-out.
//
// Overview: the session keeps its tokens in the vault under "session/<account>", the open attempts in the
// tab's storage under "attempt/<hash of state>" (A7), and survives a reload. All methods run on the host's
// thread; dropping a task cancels it.
//
// Example (compiled by tests/oauth):
//   Session session(host, config);
//   co_await session.restore();                                          // 1. who is signed in already?
//   const auto address = co_await session.begin("home");                 // 2. the host navigates there
//   const auto back_to = co_await session.complete(co_await redirect);   // 3. the answer; "home" comes back
//   const auto token = co_await session.access_token();                  // 4. before each call, never stored
//
// States (info().status): unknown until restore() was awaited; signed_out, with the reason; signed_in,
// perhaps with a reason too (the client's secret has expired) and perhaps in memory only (storage_degraded,
// S3). Nothing but a definite refusal leads from signed_in to signed_out (T5–T7); on_change tells each step.
//
// Errors: Error::code is the rule that was broken ("B3", "D6.iss", "T7"); ErrorKind::signed_out means that
// there is no session, transport, timeout and offline that there still is one. No message holds a token, a
// code or a state.
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
#include "core/oauth/session_info.hpp"
#include "core/ports/host.hpp"

namespace foyer::oauth {

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
