// Real cryptography for tests, on every platform: OpenSSL natively, Node's own library in Node.
//
// Contract: everything is done at once, so that a test in virtual time never has to wait; keys and signatures
// of the two platforms can be exchanged. Link it with `DEPENDS … test_crypto` in foyer_test(…).
//
// Example:
//   MemoryHost memory(test::crypto());
#pragma once

#include "core/ports/crypto.hpp"

namespace foyer::test {

Crypto& crypto();
Signer& signer();

}  // namespace foyer::test
