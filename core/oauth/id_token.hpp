// The id_token (OpenID Connect Core section 3.1.3.7, rules D1–D11, R3, K3). Pure functions; the signature
// itself is checked by the crypto port between parse_jws() and check_claims(). Every failure has its rule id
// as code.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/base/time.hpp"

namespace foyer::oauth {

// A signed text whose signature has not been checked yet.
struct Jws {
  std::string alg{};
  std::string kid{};
  std::string payload{};
  std::string signing_input{};
  std::string signature{};
};

// D1 (form), D2 (algorithm), D3 (crit, encryption), C7 (size).
Result<Jws> parse_jws(std::string_view text, const std::vector<std::string>& algorithms);

struct Claims {
  std::string issuer{};
  std::string subject{};
  std::vector<std::string> audience{};
  std::optional<std::string> authorized_party{};
  std::optional<SecretText> nonce{};
  std::optional<std::string> at_hash{};
  std::string name{};  // at most 200 bytes, no control characters
  std::optional<double> expires{}, issued{}, not_before{}, auth_time{};  // seconds since 1970
};

// D1 for JSON that can't be read; else each claim's own rule when it has the wrong type.
Result<Claims> parse_claims(std::string_view payload);

struct Expected {
  std::string issuer{};
  std::string client_id{};
  SecretText nonce{};
  Millis tolerance = Minutes(5);
};

// D6, D7, D9, D8 (or K3 when only the clocks disagree), D10, in this order.
Result<void> check_claims(const Claims& claims, const Expected& expected, Instant now);

// D11: `sha256` of the access token's characters. Fine when the claim is absent.
Result<void> check_at_hash(const Claims& claims, std::string_view sha256);

// What a later id_token of the same session must keep (R3).
struct Identity {
  std::string issuer{};
  std::string subject{};
  std::vector<std::string> audience{};
  std::optional<std::string> authorized_party{};
  SecretText nonce{};
  std::optional<double> auth_time{};  // of the sign-in, not of a refresh
};
// Codes "R3.…"; kind signed_out when it speaks of somebody else.
Result<void> check_refreshed(const Claims& claims, const Identity& original);

}  // namespace foyer::oauth
