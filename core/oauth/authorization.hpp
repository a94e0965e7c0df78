// The authorization request (rules A1–A8): everything but the redirect itself. Pure functions of values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/base/time.hpp"
#include "core/oauth/config.hpp"

namespace foyer::oauth {

constexpr Millis attempt_lifetime = Minutes(10);  // B3
constexpr std::size_t attempts_at_once = 5;       // a sixth takes the place of the oldest
constexpr std::size_t random_bytes = 32;          // 256 bits for state, verifier and nonce (A3, A4, A5)

// One open sign-in, kept in the tab's storage until its answer comes (A7).
struct Attempt {
  std::string account{};
  std::string issuer{};
  std::string client_id{};
  std::string redirect_uri{};
  SecretText verifier{};
  SecretText nonce{};
  std::vector<std::string> scopes{};
  std::string return_to{};
  Instant created{};
};

// A1: https, or http for loopback only. The redirect URI must be absolute and without fragment.
// ErrorKind::config, code "A1" or "A6", `field` names the setting.
Result<void> check_config(const ClientConfig& config);

// RFC 7636 section 4.1: 43 unreserved characters of 32 random bytes; also used for state and nonce.
std::string unreserved(std::string_view random);
// RFC 7636 section 4.2: base64url of the SHA-256 of the verifier.
std::string s256_challenge(std::string_view sha256_of_verifier);

// `challenge`: s256_challenge. Code flow and S256 only (A2, A4); a nonce always (F2).
Result<std::string> authorization_url(const ClientConfig& config, std::string_view state,
                                      std::string_view nonce, std::string_view challenge);

// Where a browser goes after a sign-out to end the session at the provider, too (OpenID Connect RP-Initiated
// Logout 1.0 section 2); empty without `end_session_endpoint`. It names the client, not the person: an
// id_token in an address would stay in histories and logs (C6). `return_to` is the registered
// post_logout_redirect_uri, to the letter, or empty.
std::string logout_url(const ClientConfig& config, std::string_view return_to, std::string_view state);

// The stored form of an attempt, for the tab's own storage.
std::string to_json(const Attempt& attempt);
Result<Attempt> attempt_from_json(std::string_view text);

// Over its ten minutes, or from a clock that has since been put back (B3, S4).
bool is_stale(const Attempt& attempt, Instant now);

bool asks_for_openid(const std::vector<std::string>& scopes);

// "a b" <-> {"a", "b"}
std::string join_scopes(const std::vector<std::string>& scopes);
std::vector<std::string> split_scopes(std::string_view text);

}  // namespace foyer::oauth
