// Randomness, hashing and signatures by the host's WebCrypto, the same in pages, workers and Node.
//
// Outside a secure context (plain http that is not loopback) there is no WebCrypto: every operation then
// fails with ErrorKind::unsupported.
#pragma once

#include "core/ports/crypto.hpp"

namespace foyer::web {

class Random final : public foyer::Random {
 public:
  Result<std::string> bytes(std::size_t count) override;
};

class Crypto final : public foyer::Crypto {
 public:
  Task<Result<std::string>> sha256(std::string data) override;
  Task<Result<bool>> verify_rs256(RsaPublicKey key, std::string data, std::string signature) override;
};

class Signer final : public foyer::Signer {
 public:
  Task<Result<SecretText>> generate_rsa() override;
  Task<Result<std::string>> sign_rs256(SecretText private_jwk, std::string data) override;
  Task<Result<std::string>> hmac_sha256(SecretText key, std::string data) override;
};

}  // namespace foyer::web
