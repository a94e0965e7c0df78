// For tests in which nothing is hashed or verified: every operation says so.
#pragma once

#include <string>

#include "core/ports/crypto.hpp"

namespace foyer::test {

class NoCrypto final : public Crypto {
 public:
  Task<Result<std::string>> sha256(std::string) override {
    co_return fail(ErrorKind::unsupported, "", "none");
  }
  Task<Result<bool>> verify_rs256(RsaPublicKey, std::string, std::string) override {
    co_return fail(ErrorKind::unsupported, "", "none");
  }
};

}  // namespace foyer::test
