// Keys of an issuer (RFC 7517; rules D4, D5, C7). Pure functions of values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/ports/crypto.hpp"

namespace foyer::oauth {

constexpr std::size_t max_jwks = 128U << 10;  // C7
constexpr std::size_t max_keys = 100;

// An RSA key that may verify signatures; all others are left out on reading.
struct Jwk {
  std::string kid{};
  std::string alg{};  // empty: any that fits the type
  RsaPublicKey key{};
};

// Keys of unknown type, for encryption, weaker than 2048 bits or with a broken number are ignored (RFC 7517
// §5), so that one bad key never hides a good one. Code "C7" or "D4" when the whole set can't be read.
Result<std::vector<Jwk>> parse_jwks(std::string_view text);

// By `kid`; without one, only if exactly one key fits (D5). Two fitting keys of one kid are refused.
Result<RsaPublicKey> choose_key(const std::vector<Jwk>& keys, std::string_view alg, std::string_view kid);

}  // namespace foyer::oauth
