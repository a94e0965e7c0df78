#include "web/ports/browser_crypto.hpp"

#include "core/base/base64url.hpp"
#include "web/ports/pending.hpp"

// All answer with one of `Said`.
extern "C" {
int foyer_random(char* out, std::size_t size);
void foyer_crypto_sha256(int number, const char* data, std::size_t size);
void foyer_crypto_verify(int number, const char* n, const char* e, const char* data, std::size_t size,
                         const char* signature, std::size_t signature_size);
void foyer_crypto_generate(int number);
void foyer_crypto_sign(int number, const char* jwk, const char* data, std::size_t size);
void foyer_crypto_hmac(int number, const char* key, std::size_t key_size, const char* data, std::size_t size);
}

namespace foyer::web {
namespace {

enum Said { done = 0, no = 1, unusable_key = 2, unsupported = 3 };

std::unexpected<Error> refuse(int said) {
  if (said == unusable_key) return fail(ErrorKind::invalid_input, "D4", "the RSA key cannot be used");
  return fail(ErrorKind::unsupported, "A4",
              "this browser offers no cryptography here; open the page over https");
}

}  // namespace

Result<std::string> Random::bytes(std::size_t count) {
  std::string out(count, '\0');
  if (foyer_random(out.data(), count) != done)
    return fail(ErrorKind::unsupported, "A4", "this system has no secure random numbers");
  return out;
}

Task<Result<std::string>> Crypto::sha256(std::string data) {
  PortAnswer answer =
      co_await ask([&data](int number) { foyer_crypto_sha256(number, data.data(), data.size()); });
  if (answer.status != done) co_return refuse(answer.status);
  co_return std::move(answer.bytes);
}

Task<Result<bool>> Crypto::verify_rs256(RsaPublicKey key, std::string data, std::string signature) {
  const std::string n = base64url_encode(key.modulus), e = base64url_encode(key.exponent);
  const PortAnswer answer = co_await ask([&](int number) {
    foyer_crypto_verify(number, n.c_str(), e.c_str(), data.data(), data.size(), signature.data(),
                        signature.size());
  });
  if (answer.status > no) co_return refuse(answer.status);
  co_return answer.status == done;
}

Task<Result<SecretText>> Signer::generate_rsa() {
  PortAnswer answer = co_await ask([](int number) { foyer_crypto_generate(number); });
  if (answer.status != done) co_return refuse(answer.status);
  co_return SecretText(std::move(answer.bytes));
}

Task<Result<std::string>> Signer::sign_rs256(SecretText private_jwk, std::string data) {
  PortAnswer answer = co_await ask(
      [&](int number) { foyer_crypto_sign(number, private_jwk.expose().c_str(), data.data(), data.size()); });
  if (answer.status != done) co_return refuse(answer.status);
  co_return std::move(answer.bytes);
}

Task<Result<std::string>> Signer::hmac_sha256(SecretText key, std::string data) {
  PortAnswer answer = co_await ask([&](int number) {
    foyer_crypto_hmac(number, key.expose().data(), key.expose().size(), data.data(), data.size());
  });
  if (answer.status != done) co_return refuse(answer.status);
  co_return std::move(answer.bytes);
}

}  // namespace foyer::web
