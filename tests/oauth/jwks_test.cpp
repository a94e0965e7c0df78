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
// The flaw of a key, or nothing.
std::string flaw(const Json& key) {
  const char* said = parse_jwks(set_of({key}))->at(0).flaw;
  return said ? said : "";
}
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
    EXPECT_EQ(rule_of(parse_jwks(bad).error().code), "D4") << bad;
  EXPECT_TRUE(parse_jwks("{\"keys\":[]}")->empty());
}

TEST(Jwks, C7SizesAreLimited) {
  EXPECT_EQ(parse_jwks("{\"keys\":[]" + std::string(128U << 10, ' ') + "}").error().code, "C7.jwks");
  std::string many = "{\"keys\":[0";
  for (int i = 0; i < 100; ++i) many += ",0";
  EXPECT_EQ(parse_jwks(many + "]}").error().code, "C7.keys");
  many.erase(many.size() - 2);
  EXPECT_EQ(parse_jwks(many + "]}")->size(), 100U) << "a hundred are not too many";
  const std::string empty = "{\"keys\":[]";
  EXPECT_TRUE(parse_jwks(empty + std::string((128U << 10) - empty.size() - 1, ' ') + "}"));
}

TEST(Jwks, D5UnknownTypesAndBrokenKeysAreIgnoredAndHideNothing) {
  const Json elliptic{{"kty", "EC"}, {"crv", "P-256"}, {"x", "AA"}, {"y", "AA"}, {"kid", "k1"}};
  const Json future{{"kty", "PQ"}, {"kid", "k1"}};
  EXPECT_EQ(chosen({elliptic, future, Json(1), Json("x"), Json(nullptr), Json::object(), good()}, "k1"),
            "ok");
  EXPECT_EQ(flaw(elliptic), "D4.kty");
}

TEST(Jwks, D4UseOperationsAndAlgorithmMustPermitVerifying) {
  EXPECT_EQ(flaw(good()), "");
  EXPECT_EQ(flaw(changed("use", "enc")), "D4.use");
  EXPECT_EQ(flaw(changed("use", 1)), "D4.use");
  EXPECT_EQ(flaw(changed("key_ops", Json::array({"verify"}))), "");
  EXPECT_EQ(flaw(changed("key_ops", Json::array({"encrypt"}))), "D4.key_ops");
  EXPECT_EQ(flaw(changed("key_ops", "verify")), "D4.key_ops");
  EXPECT_EQ(flaw(changed("kty", "oct")), "D4.kty");
  EXPECT_EQ(flaw(changed("kid", 1)), "D4.type");
  EXPECT_EQ(chosen({changed("alg", "RS512")}, "k1"), "D4.alg");
  EXPECT_EQ(chosen({changed("alg", "RSA-OAEP")}, "k1"), "D4.alg");
  Json any = good();
  any.erase("alg");
  any.erase("use");
  EXPECT_EQ(chosen({any}, "k1"), "ok");
}

TEST(Jwks, D4WeakAndBrokenNumbersAreIgnored) {
  EXPECT_EQ(flaw(changed("n", base64url_encode(std::string(128, '\xFF')))), "D4.n");           // 1024 bits
  EXPECT_EQ(flaw(changed("n", base64url_encode("\x7F" + std::string(255, '\xFF')))), "D4.n");  // 2047 bits
  EXPECT_EQ(flaw(changed("n", base64url_encode(std::string(256, '\xFF')))), "");
  EXPECT_EQ(flaw(changed("n", base64url_encode(std::string(1, '\0') + std::string(256, '\xFF')))), "");
  EXPECT_EQ(flaw(changed("n", base64url_encode(std::string(1024, '\xFF')))), "");  // 8192 bits
  EXPECT_EQ(flaw(changed("n", base64url_encode(std::string(1025, '\xFF')))), "D4.n");
  EXPECT_EQ(flaw(changed("n", base64url_encode(std::string(256, '\0')))), "D4.n");
  EXPECT_EQ(flaw(changed("n", "not base64url!")), "D4.number");
  EXPECT_EQ(flaw(changed("n", "")), "D4.n");
  EXPECT_EQ(flaw(changed("e", "AQ")), "D4.e");                                  // 1
  EXPECT_EQ(flaw(changed("e", "Ag")), "D4.e");                                  // 2
  EXPECT_EQ(flaw(changed("e", "Aw")), "");                                      // 3
  EXPECT_EQ(flaw(changed("e", "AQAB")), "");                                    // 65537
  EXPECT_EQ(flaw(changed("e", base64url_encode(std::string(8, '\xFF')))), "");  // 64 bits
  EXPECT_EQ(flaw(changed("e", base64url_encode("\x01" + std::string(8, '\xFF')))), "D4.e");
  EXPECT_EQ(flaw(changed("e", "")), "D4.e");
  EXPECT_EQ(flaw(changed("e", 65537)), "D4.number");
}

TEST(Jwks, D5KeyIsChosenByKid) {
  EXPECT_EQ(chosen({good("k1"), good("k2")}, "k2"), "ok");
  EXPECT_EQ(chosen({good("k1"), good("k2")}, "k3"), "D5.kid");
  EXPECT_EQ(chosen({good("k1"), good("k1")}, "k1"), "D5.many");
}

TEST(Jwks, D5WithoutKidOnlyWhenExactlyOneKeyFits) {  // [kid-absent-single-jwks, kid-absent-multiple-jwks]
  EXPECT_EQ(chosen({good("k1")}, ""), "ok");
  EXPECT_EQ(chosen({good("k1"), good("k2")}, ""), "D5.many");
  EXPECT_EQ(chosen({good("k1"), changed("use", "enc")}, ""), "ok");
  EXPECT_EQ(chosen({}, ""), "D5.kid");
}

}  // namespace
}  // namespace foyer::oauth
