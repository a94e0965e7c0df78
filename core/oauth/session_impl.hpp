// Inside of Session: shared by session.cpp (what is kept), session_sign_in.cpp and session_refresh.cpp (the
// flows).
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/oauth/authorization.hpp"
#include "core/oauth/id_token.hpp"
#include "core/oauth/jwks.hpp"
#include "core/oauth/record.hpp"
#include "core/oauth/session.hpp"
#include "core/oauth/token_response.hpp"

namespace foyer::oauth {

struct Session::Impl {
  Impl(Session& session, Host& lent, ClientConfig settings);

  // What is kept (session.cpp).
  std::string vault_name() const { return "session/" + config.account; }
  void publish();
  // K1: monotonic while this program has held the token, by the wall clock after a reload; a machine that
  // slept has a wall clock that went further, which counts too.
  Millis age() const;
  Millis left() const;
  bool is_fresh() const { return left() >= refresh_threshold(record->lifetime); }
  Task<Result<std::optional<Record>>> load_stored();
  // Takes what another tab or an earlier run has stored; false when it is of another registration.
  bool adopt(Record stored);
  // Writes `record`; a failure keeps it in memory, says so and tries again (T3, S3).
  Task<void> store();
  Task<void> store_later();
  // The session is over: memory first, then a newer generation without tokens (T9). False when storage
  // refused.
  Task<bool> end(SignedOutBecause because);
  // Signed out elsewhere.
  void forget(SignedOutBecause because, std::uint64_t newest);
  Task<Result<void>> restore();
  Task<void> clean_attempts(std::size_t keep);

  // Sign-in (session_sign_in.cpp).
  Task<Result<std::string>> begin(std::string return_to);
  Task<Result<std::string>> complete(std::string url);
  Task<Result<Attempt>> take_attempt(std::string name);
  Task<Result<void>> exchange(Attempt attempt, SecretText code);
  // D1–D5: form, algorithm, key and signature.
  Task<Result<Claims>> verified(SecretText id_token);
  Task<Result<RsaPublicKey>> signing_key(std::string alg, std::string kid);
  Task<Result<void>> fetch_keys();
  Task<Result<void>> check_access_hash(Claims claims, SecretText access_token);

  // Refresh (session_refresh.cpp).
  Task<Result<AccessToken>> access_token(std::optional<SecretText> refused);
  Task<void> run_refresh(Completion<Result<void>> done, std::optional<SecretText> refused);
  Task<Result<void>> renew(std::optional<SecretText> refused);
  Task<Result<void>> ask_for_tokens();
  Task<Result<void>> accept(TokenResponse tokens, Instant arrived, Steady arrived_steady);
  Task<Result<void>> grant_refused(TokenFailure failure);
  Result<void> may_refresh();
  void count_failure(std::optional<Millis> wait);

  HttpRequest token_request(SecretText form) const;

  Session& self;
  Host& host;
  ClientConfig config;
  SessionInfo info{};
  std::optional<Record> record{};
  std::uint64_t generation = 0;  // the newest seen, tombstones included
  std::uint64_t epoch = 0;       // grows with every end of a session: a flow begun before is discarded (T9)
  std::optional<Steady> received_steady{};
  bool degraded = false;

  std::set<std::string> consumed{};  // names of the attempts this program has taken (B6)
  std::map<std::string, SecretText> attempts_in_memory{};  // when the tab's storage refuses (S3)

  std::optional<Completion<Result<void>>> refreshing{};  // single flight (T1)
  std::vector<Steady> failures{};                        // failed refreshes of the last 5 minutes (X7)
  std::optional<Steady> not_before{};                    // back-off (N1, Retry-After)
  bool lost_before = false;  // an earlier refresh of this very token got no answer

  std::optional<std::vector<Jwk>> keys{};
  std::optional<Steady> keys_refetched{};  // D5

  TaskScope flows{};  // last: dropped first
};

}  // namespace foyer::oauth
