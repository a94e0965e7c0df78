// Randomness, hashing and signatures by OpenSSL 3: the native window's ports, and what native tests use.
//
// Contract: see core/ports/crypto.hpp. Every operation is done at once, so the tasks never wait. A public key
// is unusable when its modulus has fewer than 1024 bits or its exponent is empty; how many bits a token needs
// is the caller's rule (D4). Signer keys travel as private JWK text with the members n, e, d, p, q, dp, dq
// and qi.
#pragma once

#include "core/ports/crypto.hpp"

namespace foyer::native {

class OpenSslRandom final : public Random {
 public:
  Result<std::string> bytes(std::size_t count) override;
};

class OpenSslCrypto final : public Crypto {
 public:
  Task<Result<std::string>> sha256(std::string data) override;
  Task<Result<bool>> verify_rs256(RsaPublicKey key, std::string data, std::string signature) override;
};

class OpenSslSigner final : public Signer {
 public:
  Task<Result<SecretText>> generate_rsa() override;
  Task<Result<std::string>> sign_rs256(SecretText private_jwk, std::string data) override;
  Task<Result<std::string>> hmac_sha256(SecretText key, std::string data) override;
};

}  // namespace foyer::native
