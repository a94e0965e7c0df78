#include "native/crypto/openssl.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include <array>
#include <memory>
#include <vector>

#include "core/base/base64url.hpp"
#include "core/base/json.hpp"

namespace foyer::native {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* value) const {
    Free(value);
  }
};
using Number = std::unique_ptr<BIGNUM, Freed<BN_clear_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;

// The numbers of an RSA key: JWK member (RFC 7518 section 6.3) and OpenSSL's name, in the order of PKCS #1.
struct Member {
  const char* jwk;
  const char* openssl;
};
constexpr std::array<Member, 8> members = {{{"n", OSSL_PKEY_PARAM_RSA_N},
                                            {"e", OSSL_PKEY_PARAM_RSA_E},
                                            {"d", OSSL_PKEY_PARAM_RSA_D},
                                            {"p", OSSL_PKEY_PARAM_RSA_FACTOR1},
                                            {"q", OSSL_PKEY_PARAM_RSA_FACTOR2},
                                            {"dp", OSSL_PKEY_PARAM_RSA_EXPONENT1},
                                            {"dq", OSSL_PKEY_PARAM_RSA_EXPONENT2},
                                            {"qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1}}};

const unsigned char* raw(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Number to_number(const std::string& bytes) {
  return Number(BN_bin2bn(raw(bytes), static_cast<int>(bytes.size()), nullptr));
}

// `numbers` in the order of `members`: two make a public key, eight a private one.
Key make_key(const std::vector<Number>& numbers) {
  const Builder builder(OSSL_PARAM_BLD_new());
  for (std::size_t i = 0; i < numbers.size(); ++i)
    if (OSSL_PARAM_BLD_push_BN(builder.get(), members[i].openssl, numbers[i].get()) != 1) return {};
  const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  const int selection = numbers.size() == 2 ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR;
  if (!params || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) != 1)
    return {};
  return Key(key);
}

Result<Key> read_private_jwk(const SecretText& text) {
  const auto refuse = [] {
    return fail(ErrorKind::invalid_input, "D4", "expected an RSA private key as JWK");
  };
  const auto json = parse_json(text.expose(), 16U << 10);
  if (!json) return refuse();
  std::vector<Number> numbers;
  for (const Member& member : members) {
    auto bytes = base64url_decode(text_of(*json, member.jwk).value_or(""));
    if (!bytes || bytes->empty()) return refuse();
    numbers.push_back(to_number(*bytes));
    wipe(*bytes);
  }
  Key key = make_key(numbers);
  if (!key) return refuse();
  return key;
}

std::unexpected<Error> library_failure() {
  return fail(ErrorKind::unsupported, "", "the cryptographic library refused an operation");
}

}  // namespace

Result<std::string> OpenSslRandom::bytes(std::size_t count) {
  std::string out(count, '\0');
  if (RAND_bytes(raw(out), static_cast<int>(count)) != 1)
    return fail(ErrorKind::unsupported, "A4", "this system has no secure random numbers");
  return out;
}

Task<Result<std::string>> OpenSslCrypto::sha256(std::string data) {
  std::string out(32, '\0');
  if (EVP_Digest(data.data(), data.size(), raw(out), nullptr, EVP_sha256(), nullptr) != 1)
    co_return library_failure();
  co_return out;
}

Task<Result<bool>> OpenSslCrypto::verify_rs256(RsaPublicKey key, std::string data, std::string signature) {
  std::vector<Number> numbers;
  numbers.push_back(to_number(key.modulus));
  numbers.push_back(to_number(key.exponent));
  const Key usable =
      BN_num_bits(numbers[0].get()) < 1024 || BN_is_zero(numbers[1].get()) ? Key() : make_key(numbers);
  if (!usable) co_return fail(ErrorKind::invalid_input, "D4", "the RSA key cannot be used");
  const DigestContext context(EVP_MD_CTX_new());
  if (EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, usable.get()) != 1)
    co_return library_failure();
  co_return EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(data), data.size()) == 1;
}

Task<Result<SecretText>> OpenSslSigner::generate_rsa() {
  const Key key(EVP_RSA_gen(2048));
  if (!key) co_return library_failure();
  Json jwk = {{"kty", "RSA"}};
  for (const Member& member : members) {
    BIGNUM* value = nullptr;
    if (EVP_PKEY_get_bn_param(key.get(), member.openssl, &value) != 1) co_return library_failure();
    const Number number(value);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(value)), '\0');
    BN_bn2bin(value, raw(bytes));
    jwk[member.jwk] = base64url_encode(bytes);
    wipe(bytes);
  }
  co_return SecretText(dump_json(jwk));
}

Task<Result<std::string>> OpenSslSigner::sign_rs256(SecretText private_jwk, std::string data) {
  const auto key = read_private_jwk(private_jwk);
  if (!key) co_return std::unexpected(key.error());
  const DigestContext context(EVP_MD_CTX_new());
  std::size_t size = 0;
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key->get()) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, raw(data), data.size()) != 1)
    co_return library_failure();
  std::string out(size, '\0');
  if (EVP_DigestSign(context.get(), raw(out), &size, raw(data), data.size()) != 1)
    co_return library_failure();
  out.resize(size);
  co_return out;
}

Task<Result<std::string>> OpenSslSigner::hmac_sha256(SecretText key, std::string data) {
  std::string out(32, '\0');
  if (HMAC(EVP_sha256(), key.expose().data(), static_cast<int>(key.expose().size()), raw(data), data.size(),
           raw(out), nullptr) == nullptr)
    co_return library_failure();
  co_return out;
}

}  // namespace foyer::native
