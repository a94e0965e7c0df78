#include "core/base/base64url.hpp"
#include "tests/support/crypto.hpp"

// tests/support/crypto_node.js
extern "C" {
void foyer_test_sha256(const char* data, std::size_t size, char* out32);
// 1 right, 0 wrong, -1 the key cannot be used.
int foyer_test_verify(const char* n, const char* e, const char* data, std::size_t size, const char* signature,
                      std::size_t signature_size);
// Bytes written, or -1.
int foyer_test_generate(char* out, std::size_t room);
void foyer_test_hmac(const char* key, std::size_t key_size, const char* data, std::size_t size, char* out32);
int foyer_test_sign(const char* jwk, const char* data, std::size_t size, char* out, std::size_t room);
}

namespace foyer::test {
namespace {

class NodeCrypto final : public Crypto {
 public:
  Task<Result<std::string>> sha256(std::string data) override {
    std::string out(32, '\0');
    foyer_test_sha256(data.data(), data.size(), out.data());
    co_return out;
  }
  Task<Result<bool>> verify_rs256(RsaPublicKey key, std::string data, std::string signature) override {
    const std::string n = base64url_encode(key.modulus), e = base64url_encode(key.exponent);
    const int said =
        foyer_test_verify(n.c_str(), e.c_str(), data.data(), data.size(), signature.data(), signature.size());
    if (said < 0) co_return fail(ErrorKind::invalid_input, "D4", "the RSA key cannot be used");
    co_return said == 1;
  }
};

class NodeSigner final : public Signer {
 public:
  Task<Result<SecretText>> generate_rsa() override {
    std::string out(4096, '\0');
    const int size = foyer_test_generate(out.data(), out.size());
    if (size < 0)
      co_return fail(ErrorKind::unsupported, "", "the cryptographic library refused an operation");
    out.resize(static_cast<std::size_t>(size));
    co_return SecretText(std::move(out));
  }
  Task<Result<std::string>> sign_rs256(SecretText private_jwk, std::string data) override {
    std::string out(1024, '\0');
    const int size =
        foyer_test_sign(private_jwk.expose().c_str(), data.data(), data.size(), out.data(), out.size());
    if (size < 0) co_return fail(ErrorKind::invalid_input, "D4", "expected an RSA private key as JWK");
    out.resize(static_cast<std::size_t>(size));
    co_return out;
  }
  Task<Result<std::string>> hmac_sha256(SecretText key, std::string data) override {
    std::string out(32, '\0');
    foyer_test_hmac(key.expose().data(), key.expose().size(), data.data(), data.size(), out.data());
    co_return out;
  }
};

}  // namespace

Crypto& crypto() {
  static NodeCrypto instance;
  return instance;
}

Signer& signer() {
  static NodeSigner instance;
  return instance;
}

}  // namespace foyer::test
