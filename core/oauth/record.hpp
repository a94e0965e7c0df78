// What the vault holds of a session, under "session/<account>" (T3, T9). Pure functions of values.
//
// Both tokens are in it: another tab or the next run of the headless client uses the access token instead of
// asking for one more (T2). A signed-out session leaves a record with a newer generation and no token, so
// that a refresh that ends later is discarded (T9).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/base/time.hpp"
#include "core/oauth/id_token.hpp"
#include "core/oauth/session.hpp"

namespace foyer::oauth {

struct Record {
  std::uint64_t generation = 0;
  std::optional<SignedOutBecause> ended{};  // set: signed out, nothing below counts
  std::string issuer{};
  std::string client_id{};
  std::optional<Identity> identity{};  // of the id_token, if there was one; its nonce is in `nonce`
  SecretText nonce{};
  std::string name{};
  std::vector<std::string> requested{};
  std::vector<std::string> scopes{};
  SecretText access_token{};
  SecretText refresh_token{};  // empty: the provider gave none
  Instant received{};          // of the access token
  Millis lifetime{0};
  std::optional<Instant> refresh_issued{}, refresh_expires{};  // of the refresh token (T8)
  std::optional<Instant> refresh_started{};                    // journal before sending (T3)
};

SecretText to_secret(const Record& record);
// ErrorKind::storage, code "S2", when it is none of ours.
Result<Record> record_from_secret(const SecretText& text);

// K1: the life left when the wall clock says `now`; nothing when the clock has gone back behind the receipt.
Millis left_by_wall(const Record& record, Instant now);

// T8: when to warn of the end of the refresh token: after eight ninths of its life.
std::optional<Instant> warn_from(const Record& record);

// T4: refresh when less than this is left. Never more than half the life, for tokens that live minutes.
Millis refresh_threshold(Millis lifetime);

// C4: what was asked for and not granted; the scopes that only steer the sign-in do not count.
std::vector<std::string> missing_scopes(const Record& record);

}  // namespace foyer::oauth
