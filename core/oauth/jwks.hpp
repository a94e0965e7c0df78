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

// A key of the set; only RSA keys that may verify signatures have no flaw.
struct Jwk {
  std::string kid{};
  std::string alg{};  // empty: any that fits the type
  RsaPublicKey key{};
  const char* flaw = nullptr;  // "D4.use", "D4.n" …: never chosen, but named when nothing else fits
};

// Keys of unknown type, for encryption, weaker than 2048 bits or with a broken number are passed over
// (RFC 7517 section 5), so that one bad key never hides a good one. Codes "C7.…" or "D4.…" when the whole set
// can't be read.
Result<std::vector<Jwk>> parse_jwks(std::string_view text);

// By `kid`; without one, only if exactly one key fits (D5). Two fitting keys of one kid are refused
// ("D5.many"); without any the code is the flaw of the one that was meant, or "D5.kid".
Result<RsaPublicKey> choose_key(const std::vector<Jwk>& keys, std::string_view alg, std::string_view kid);

}  // namespace foyer::oauth
