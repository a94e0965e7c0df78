// The cryptography that every host lends: known answers, and what a broken key is.
#include "tests/support/crypto.hpp"
#include "tests/support/finished.hpp"

#include <gtest/gtest.h>

#include "core/base/base64url.hpp"
#include "core/base/json.hpp"

namespace foyer {
namespace {

using test::finished;

RsaPublicKey public_part(const SecretText& jwk) {
  const auto json = parse_json(jwk.expose());
  return {*base64url_decode(text_of(*json, "n").value_or("")),
          *base64url_decode(text_of(*json, "e").value_or(""))};
}

TEST(CryptoPort, Sha256GivesThePublishedExampleOfPkce) {
  // RFC 7636 appendix B
  const auto hash = finished(test::crypto().sha256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
  ASSERT_TRUE(hash);
  EXPECT_EQ(base64url_encode(*hash), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST(CryptoPort, Sha256TakesAnyBytesAndNone) {
  const auto none = finished(test::crypto().sha256(""));
  ASSERT_TRUE(none);
  EXPECT_EQ(base64url_encode(*none), "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
  const auto zeros = finished(test::crypto().sha256(std::string(3, '\0')));
  ASSERT_TRUE(zeros);
  EXPECT_EQ(zeros->size(), 32U);
  EXPECT_NE(*zeros, *none);
}

TEST(CryptoPort, HmacGivesThePublishedAnswers) {
  // RFC 4231 cases 1, 2 and 6 (a key longer than the block)
  struct Case {
    std::string key, data, base64url;
  };
  for (const Case& known :
       {Case{std::string(20, '\x0b'), "Hi There", "sDRMYdjbOFNcqK_OrwvxK4gdwgDJgz2nJuk3bC4yz_c"},
        Case{"Jefe", "what do ya want for nothing?", "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM"},
        Case{std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
             "YOQxWR7gtn8Niiaqy_W3f44LxiE3KMUUBUYEDw7jf1Q"}}) {
    const auto mac = finished(test::signer().hmac_sha256(SecretText(known.key), known.data));
    ASSERT_TRUE(mac);
    EXPECT_EQ(base64url_encode(*mac), known.base64url);
  }
}

TEST(CryptoPort, ASignatureHoldsForItsTextAndKeyOnly) {
  const auto key = finished(test::signer().generate_rsa());
  const auto other = finished(test::signer().generate_rsa());
  ASSERT_TRUE(key && other);
  const auto signature = finished(test::signer().sign_rs256(*key, "head.payload"));
  ASSERT_TRUE(signature);
  EXPECT_EQ(signature->size(), 256U);
  EXPECT_EQ(finished(test::crypto().verify_rs256(public_part(*key), "head.payload", *signature)), true);
  EXPECT_EQ(finished(test::crypto().verify_rs256(public_part(*key), "head.payloae", *signature)), false);
  EXPECT_EQ(finished(test::crypto().verify_rs256(public_part(*other), "head.payload", *signature)), false);
  EXPECT_EQ(finished(test::crypto().verify_rs256(public_part(*key), "head.payload", "short")), false);
  EXPECT_EQ(finished(test::crypto().verify_rs256(public_part(*key), "head.payload", "")), false);
}

TEST(CryptoPort, AnUnusableKeyIsAnErrorAndNotAWrongSignature) {
  for (const RsaPublicKey& key :
       {RsaPublicKey{}, RsaPublicKey{"abc", "\x01"}, RsaPublicKey{std::string(256, 'x'), ""}}) {
    const auto said = finished(test::crypto().verify_rs256(key, "text", std::string(256, 's')));
    ASSERT_FALSE(said);
    EXPECT_EQ(said.error().code, "D4");
  }
}

TEST(CryptoPort, SomethingThatIsNoPrivateKeySignsNothing) {
  for (const char* text : {"", "{}", "no json", R"({"kty":"RSA","n":"AQAB","e":"AQAB"})"}) {
    const auto signature = finished(test::signer().sign_rs256(SecretText(text), "text"));
    ASSERT_FALSE(signature) << text;
    EXPECT_EQ(signature.error().kind, ErrorKind::invalid_input);
  }
}

TEST(CryptoPort, AKeyOfRfc7515VerifiesItsPublishedSignature) {
  // RFC 7515 appendix A.2
  const RsaPublicKey key{
      *base64url_decode(
          "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm"
          "4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5r"
          "exMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyx"
          "XFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"),
      *base64url_decode("AQAB")};
  const std::string signature = *base64url_decode(
      "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
      "O8W2Fp5jujGbds9uJdbF9CUAr7t"
      "1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_"
      "eSN9383LcOLn6_dO--xi12"
      "jzDwusC-"
      "eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_"
      "IoypGlU"
      "PQGe77Rw");
  const std::string text =
      "eyJhbGciOiJSUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnV"
      "lfQ";
  EXPECT_EQ(finished(test::crypto().verify_rs256(key, text, signature)), true);
}

}  // namespace
}  // namespace foyer
