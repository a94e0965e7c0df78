// Public vectors: RFC 7515 A.2 and Wycheproof's JWS and JWK cases, as a relying party that allows RS256 only.
#include <map>
#include <set>

#include "core/oauth/id_token.hpp"
#include "core/oauth/jwks.hpp"
#include "tests/oauth/world.hpp"
#include "tests/support/data.hpp"

namespace foyer::oauth {
namespace {

bool verifies(const std::string& jwks, const std::string& text) {
  const auto jws = parse_jws(text, {"RS256"});
  if (!jws) return false;
  const auto keys = parse_jwks(jwks);
  if (!keys) return false;
  const auto key = choose_key(*keys, jws->alg, jws->kid);
  if (!key) return false;
  const auto genuine = finished(test::crypto().verify_rs256(*key, jws->signing_input, jws->signature));
  return genuine && *genuine;
}

TEST(Vectors, Rfc7515AppendixA2) {
  const std::string jwks =
      R"({"keys":[{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}]})";
  const std::string text =
      "eyJhbGciOiJSUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
      "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
      "O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_"
      "nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-"
      "eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_"
      "IoypGlUPQGe77Rw";
  EXPECT_TRUE(verifies(jwks, text));
  std::string broken = text;
  broken[broken.size() - 30] = broken[broken.size() - 30] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(verifies(jwks, broken));
}

// Deliberate deviations, by name.
const std::set<long long> refused_on_purpose{
    259,  // emptyPayload: an id_token without content is none (D1)
    372,  // InvalidCharacterInsertedInHeader: a lenient base64 reader skips the '?', a strict one does not
          // (D1)
    373,  // InvalidCharacterInsertedInPayload: the same
};
const std::set<long long> accepted_on_purpose{
    7,  // rejectsKeyWithRocaVulnerability: how the issuer of our configuration makes its keys is its own
        // business
};

struct Deviation {
  int accepted = 0, refused = 0;
  std::set<long long> wrongly_accepted{}, wrongly_refused{};
};

// Walks over all cases of a file. "Valid" cases with an algorithm other than RS256 are refused by D2 and not
// counted as deviations: the allow-list is the point.
Deviation walk(const std::string& text) {
  Deviation found;
  const auto file = parse_json(text, 64U << 20, Duplicates::last_wins);
  if (!file) {
    ADD_FAILURE() << file.error().message;
    return found;
  }
  for (const Json& group : (*file)["testGroups"]) {
    const Json* key = find(group, "public");
    if (!key) key = find(group, "private");
    const std::string jwks =
        find(*key, "keys") ? dump_json(*key) : dump_json(Json{{"keys", Json::array({*key})}});
    for (const Json& one : group["tests"]) {
      const std::string jws = one["jws"].get<std::string>();
      const bool valid = one["result"].get<std::string>() == "valid", accepted = verifies(jwks, jws);
      ++(accepted ? found.accepted : found.refused);
      if (accepted && !valid) found.wrongly_accepted.insert(one["tcId"].get<long long>());
      const auto form = parse_jws(jws, {"RS256"});
      if (!accepted && valid && (form || rule_of(form.error().code) != "D2"))
        found.wrongly_refused.insert(one["tcId"].get<long long>());
    }
  }
  return found;
}

const std::string signature_file = test::vector_dir() + "/wycheproof/json_web_signature_test.json";
const std::string key_file = test::vector_dir() + "/wycheproof/json_web_key_test.json";

TEST(Vectors, WycheproofJsonWebSignature) {
  const auto text = test::read_file(signature_file);
  if (!text) GTEST_SKIP() << "not there: " << signature_file;
  const Deviation found = walk(*text);
  EXPECT_EQ(found.accepted + found.refused, 401);
  EXPECT_GE(found.accepted, 5);
  EXPECT_EQ(found.wrongly_accepted, (std::set<long long>{}));
  EXPECT_EQ(found.wrongly_refused, refused_on_purpose);
}

TEST(Vectors, WycheproofJsonWebKey) {
  const auto text = test::read_file(key_file);
  if (!text) GTEST_SKIP() << "not there: " << key_file;
  const Deviation found = walk(*text);
  EXPECT_EQ(found.accepted + found.refused, 26);
  EXPECT_EQ(found.wrongly_accepted, accepted_on_purpose);
  EXPECT_EQ(found.wrongly_refused, (std::set<long long>{}));
}

}  // namespace
}  // namespace foyer::oauth
