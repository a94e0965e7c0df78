// Inside of Session: shared by session.cpp (what is kept), session_sign_in.cpp and session_refresh.cpp (the
// flows).
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
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

// ClientConfig::ends_at_once: what would have come back could not be kept, so nothing was sent (S3).
std::unexpected<Error> unkept(const Error& why);

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
  // Takes what another tab or an earlier run has stored, its end included. False when nothing changed by it.
  bool take_over(Record stored);
  // Writes `next` as the generation after the newest seen, unless another tab was faster (false) – T3, T9.
  Task<Result<bool>> put(Record next);
  // Writes `record` again and again until it is stored or overtaken; the section is held meanwhile (T3, S3).
  Task<void> store_later(Locks::Held section);
  void set_degraded(bool now);
  // Storage that could not be read at the start may be readable later: the session may be in it (S3).
  Task<void> read_later();
  // Another tab has stored something: look at it (T3, P11).
  Task<void> listen();
  Task<void> look_again();
  // The session is over: memory first, then a newer generation without tokens (T9). False when storage
  // refused.
  Task<bool> end(SignedOutBecause because, bool told = false);
  // What ends, and how far: a refusal ends the session whose token was refused, an end told by another tab
  // the session of that sign-in, the person's own word whatever is stored.
  struct Ending {
    SignedOutBecause because{};
    bool told = false;
    SecretText refresh_token{}, nonce{};
    bool spares(const Record& stored) const;
  };
  Task<void> end_later(Ending what);
  // A sign-out that storage refuses to keep is told by word: a removed record alone looks like an evicted
  // one, which the other tabs would write again (S3, T9). The topic names the sign-in that is over.
  Task<std::string> end_topic(SecretText nonce);
  Task<void> tell_end(SecretText nonce);
  Task<void> hear_end(SecretText nonce);
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
  // The exclusive section of refreshes, or null when it does not come in time.
  Task<Locks::Held> section();
  struct Turn;
  bool waited_in_vain = false;  // section(): somebody else had it for all that time
  Task<void> wait_for_section(std::shared_ptr<Turn> turn);
  Task<void> stop_waiting(std::shared_ptr<Turn> turn);
  // T2 and T3, before every request: true when the journal is written and the request may go out; false when
  // another tab's tokens will do.
  // `alone`: without the section, for a session that only this program has.
  // `again`: it is a repetition (T6, X8), for which the time of an unrenewed lease does not suffice.
  Task<Result<bool>> prepare(std::optional<SecretText> refused, bool alone, bool again = false);
  Task<Result<void>> ask_for_tokens(bool alone);
  // `sent` is the refresh token of the request: what is answered to a token that has been replaced meanwhile
  // says nothing about the session.
  Task<Result<void>> accept(TokenResponse tokens, SecretText sent, Instant arrived, Steady arrived_steady);
  Task<Result<void>> commit(Record next, SecretText sent, Steady arrived_steady);
  Task<Result<void>> grant_refused(TokenFailure failure, SecretText sent);
  Result<void> may_refresh();
  void count_failure(std::optional<Millis> wait);

  HttpRequest token_request(SecretText form) const;
  // RFC 7009, only where the configuration names the endpoint: after the local end, whatever comes of it.
  Task<void> revoke(SecretText refresh_token);

  Session& self;
  Host& host;
  ClientConfig config;
  SessionInfo info{};
  std::optional<Record> record{};
  // The newest seen, journals and tombstones included; the number of the vault's record.
  std::uint64_t generation = 0;
  std::uint64_t epoch = 0;  // grows with every end of a session: a flow begun before is discarded (T9)
  std::optional<Steady> received_steady{};
  bool degraded = false;
  // The record is or was in the vault, so that other tabs may use its tokens; else this session is in memory
  // only.
  bool shared = false;
  bool listening = false;
  SecretText attended{};  // the nonce of the session whose end is listened for
  bool ending = false;    // the end of the session is being written
  bool unsaved = false;   // store_later() is at work
  bool overdue = false;   // new tokens could not be written
  Locks::Held kept{};     // the section that store_later() holds

  std::set<std::string> consumed{};  // names of the attempts this program has taken (B6)

  std::optional<Completion<Result<void>>> refreshing{};  // single flight (T1)
  std::vector<Steady> failures{};                        // failed refreshes of the last 5 minutes (X7)
  std::optional<Steady> not_before{};                    // back-off (N1, Retry-After)
  bool lost_before = false;  // an earlier refresh of this very token got no answer

  std::optional<std::vector<Jwk>> keys{};
  std::optional<Steady> keys_refetched{};  // D5

  TaskScope flows{};  // last: dropped first
};

}  // namespace foyer::oauth
