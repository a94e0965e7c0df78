#include "native/crypto/openssl.hpp"
#include "tests/support/crypto.hpp"

namespace foyer::test {

Crypto& crypto() {
  static native::OpenSslCrypto instance;
  return instance;
}

Signer& signer() {
  static native::OpenSslSigner instance;
  return instance;
}

}  // namespace foyer::test
