// Keys of an issuer (rules D4, D5, C7; RFC 7517), as functions of values.
#include "core/oauth/jwks.hpp"

#include "tests/oauth/world.hpp"

namespace foyer::oauth {
namespace {

Json good(const std::string& kid = "k1") { return public_jwk(signing_key(), kid); }
std::string set_of(const std::vector<Json>& keys) {
  Json list = Json::array();
  for (const Json& key : keys) list.push_back(key);
  return dump_json(Json{{"keys", list}});
}
std::size_t usable(const Json& key) { return parse_jwks(set_of({key}))->size(); }
std::string chosen(const std::vector<Json>& keys, const std::string& kid, const std::string& alg = "RS256") {
  const auto key = choose_key(parse_jwks(set_of(keys)).value(), alg, kid);
  return key ? "ok" : key.error().code;
}
Json changed(const char* member, Json value) {
  Json key = good();
  key[member] = std::move(value);
  return key;
}

TEST(Jwks, D4UnreadableSetIsRefused) {
  for (const char* bad : {"", "{}", "[]", "null", "{\"keys\":{}}", "{\"keys\":null}", "{\"keys\":[", "<html>",
                          "{\"keys\":[],\"keys\":[]}"})
    EXPECT_EQ(parse_jwks(bad).error().code, "D4") << bad;
  EXPECT_TRUE(parse_jwks("{\"keys\":[]}")->empty());
}

TEST(Jwks, C7SizesAreLimited) {
  EXPECT_EQ(parse_jwks("{\"keys\":[]" + std::string(128U << 10, ' ') + "}").error().code, "C7");
  std::string many = "{\"keys\":[0";
  for (int i = 0; i < 100; ++i) many += ",0";
  EXPECT_EQ(parse_jwks(many + "]}").error().code, "C7");
}

TEST(Jwks, D5UnknownTypesAndBrokenKeysAreIgnoredAndHideNothing) {
  const Json elliptic{{"kty", "EC"}, {"crv", "P-256"}, {"x", "AA"}, {"y", "AA"}, {"kid", "k1"}};
  const Json future{{"kty", "PQ"}, {"kid", "k1"}};
  EXPECT_EQ(chosen({elliptic, future, Json(1), Json("x"), Json(nullptr), Json::object(), good()}, "k1"),
            "ok");
  EXPECT_EQ(usable(elliptic), 0U);
}

TEST(Jwks, D4UseOperationsAndAlgorithmMustPermitVerifying) {
  EXPECT_EQ(usable(good()), 1U);
  EXPECT_EQ(usable(changed("use", "enc")), 0U);
  EXPECT_EQ(usable(changed("use", 1)), 0U);
  EXPECT_EQ(usable(changed("key_ops", Json::array({"verify"}))), 1U);
  EXPECT_EQ(usable(changed("key_ops", Json::array({"encrypt"}))), 0U);
  EXPECT_EQ(usable(changed("key_ops", "verify")), 0U);
  EXPECT_EQ(usable(changed("kty", "oct")), 0U);
  EXPECT_EQ(usable(changed("kid", 1)), 0U);
  EXPECT_EQ(chosen({changed("alg", "RS512")}, "k1"), "D5");
  EXPECT_EQ(chosen({changed("alg", "RSA-OAEP")}, "k1"), "D5");
  Json any = good();
  any.erase("alg");
  any.erase("use");
  EXPECT_EQ(chosen({any}, "k1"), "ok");
}

TEST(Jwks, D4WeakAndBrokenNumbersAreIgnored) {
  EXPECT_EQ(usable(changed("n", base64url_encode(std::string(128, '\xFF')))), 0U);           // 1024 bits
  EXPECT_EQ(usable(changed("n", base64url_encode("\x7F" + std::string(255, '\xFF')))), 0U);  // 2047 bits
  EXPECT_EQ(usable(changed("n", base64url_encode(std::string(256, '\xFF')))), 1U);
  EXPECT_EQ(usable(changed("n", base64url_encode(std::string(1, '\0') + std::string(256, '\xFF')))), 1U);
  EXPECT_EQ(usable(changed("n", base64url_encode(std::string(1025, '\xFF')))), 0U);
  EXPECT_EQ(usable(changed("n", base64url_encode(std::string(256, '\0')))), 0U);
  EXPECT_EQ(usable(changed("n", "not base64url!")), 0U);
  EXPECT_EQ(usable(changed("n", "")), 0U);
  EXPECT_EQ(usable(changed("e", "AQ")), 0U);    // 1
  EXPECT_EQ(usable(changed("e", "Ag")), 0U);    // 2
  EXPECT_EQ(usable(changed("e", "Aw")), 1U);    // 3
  EXPECT_EQ(usable(changed("e", "AQAB")), 1U);  // 65537
  EXPECT_EQ(usable(changed("e", "")), 0U);
  EXPECT_EQ(usable(changed("e", 65537)), 0U);
}

TEST(Jwks, D5KeyIsChosenByKid) {
  EXPECT_EQ(chosen({good("k1"), good("k2")}, "k2"), "ok");
  EXPECT_EQ(chosen({good("k1"), good("k2")}, "k3"), "D5");
  EXPECT_EQ(chosen({good("k1"), good("k1")}, "k1"), "D5");
}

TEST(Jwks, D5WithoutKidOnlyWhenExactlyOneKeyFits) {  // [kid-absent-single-jwks, kid-absent-multiple-jwks]
  EXPECT_EQ(chosen({good("k1")}, ""), "ok");
  EXPECT_EQ(chosen({good("k1"), good("k2")}, ""), "D5");
  EXPECT_EQ(chosen({good("k1"), changed("use", "enc")}, ""), "ok");
  EXPECT_EQ(chosen({}, ""), "D5");
}

}  // namespace
}  // namespace foyer::oauth
