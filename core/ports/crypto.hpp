// Ports: cryptographic randomness, hashing and signatures, all done by the host's library (WebCrypto in the
// page and in Node, OpenSSL natively). Foyer has no cryptography of its own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/base/task.hpp"

namespace foyer {

class Random {
 public:
  virtual ~Random() = default;
  // `count` bytes of the system's secure generator. ErrorKind::unsupported when there is none; there is no
  // fallback (rule A4).
  virtual Result<std::string> bytes(std::size_t count) = 0;
};

// An RSA public key: big-endian numbers, no sign byte needed.
struct RsaPublicKey {
  std::string modulus;
  std::string exponent;
};

class Crypto {
 public:
  virtual ~Crypto() = default;
  // 32 bytes.
  virtual Task<Result<std::string>> sha256(std::string data) = 0;
  // RSASSA-PKCS1-v1_5 with SHA-256 (JWS "RS256"). False for a wrong signature; an error for an unusable key.
  virtual Task<Result<bool>> verify_rs256(RsaPublicKey key, std::string data, std::string signature) = 0;
};

// Making signatures. Only the simulated cloud holds a private key; the client makes a HMAC to compare a
// posted event's signature with. Apart from Crypto, so that the page carries none of it.
class Signer {
 public:
  virtual ~Signer() = default;
  // A new 2048-bit RSA key as private JWK text (RFC 7517).
  virtual Task<Result<SecretText>> generate_rsa() = 0;
  // RS256 signature bytes.
  virtual Task<Result<std::string>> sign_rs256(SecretText private_jwk, std::string data) = 0;
  // 32 bytes. `key` is not empty. Whoever compares does it in constant time.
  virtual Task<Result<std::string>> hmac_sha256(SecretText key, std::string data) = 0;
};

}  // namespace foyer
