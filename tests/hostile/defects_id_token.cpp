// Defects of the id_token: form, header, signature, claims. Names in brackets are modules of the OpenID
// conformance suite for relying parties.
#include "tests/hostile/defects.hpp"

namespace foyer::oauth::hostile {
namespace {

constexpr auto place_header = Place::header, place_claims = Place::claims, place_signature = Place::signature;

// The next character of the alphabet: bits behind the last byte are set.
void spoil_last_bits(std::string& text, std::size_t end) {
  char& c = text[end - 1];
  c = c == '-' ? '_' : c == '9' ? '-' : c == 'Z' ? 'a' : c == 'z' ? '0' : static_cast<char>(c + 1);
}

std::string part(const std::string& text, int index) {
  std::size_t from = 0;
  for (int i = 0; i < index; ++i) from = text.find('.', from) + 1;
  return text.substr(from, text.find('.', from) - from);
}

// Claims are read without a change but with another header and signature.
void resign_with_public_key(std::string& text) {
  const std::string head = base64url_encode(R"({"alg":"HS256","kid":"k1"})");
  const std::string input = head + "." + part(text, 1);
  const std::string secret = dump_json(public_jwk(signing_key(), "k1"));
  text =
      input + "." + base64url_encode(finished(test::signer().hmac_sha256(SecretText(secret), input)).value());
}

Switch audience(const char* json) { return claim("aud", json); }

Switch times(std::function<void(Json&)> change) {
  return [=](World& w) { w.change_claims = change; };
}

}  // namespace

std::vector<Defect> defects_of_id_tokens() {
  static const std::string sub_256 = "\"" + std::string(256, 's') + "\"";
  return {
      {"jws_two_parts", strict, place_header, "D1.parts",
       id_token([](std::string& t) { t.resize(t.rfind('.')); }), 1, 0},
      {"jws_four_parts", strict, place_header, "D1.parts", id_token([](std::string& t) { t += ".AAAA"; }), 1,
       0},
      {"jws_no_token_at_all", strict, place_header, "D1.parts", id_token([](std::string& t) { t = "x"; }), 1,
       0},
      {"jwe_five_parts", strict, place_header, "D3.jwe",
       id_token([](std::string& t) { t = part(t, 0) + ".AAAA.AAAA.AAAA.AAAA"; }), 1, 0},
      {"header_padded", strict, place_header, "D1.header64",
       id_token([](std::string& t) { t.insert(t.find('.'), "="); }), 1, 0},
      {"header_last_bits", hardening, place_header, "D1.header64", id_token([](std::string& t) {
         const std::string head = base64url_encode(R"({"alg":"RS256" })");
         t = head + t.substr(t.find('.'));
         spoil_last_bits(t, head.size());
       }),
       1, 0},
      {"claims_with_space", strict, place_claims, "D1.claims64",
       id_token([](std::string& t) { t.insert(t.find('.') + 5, " "); }), 1, 0},
      {"claims_plain_base64", strict, place_claims, "D1.claims64",
       id_token([](std::string& t) { t[t.find('.') + 5] = '+'; }), 1, 0},
      {"signature_padded", strict, place_signature, "D1.signature64",
       id_token([](std::string& t) { t += "=="; }), 1, 0},
      {"signature_line_break", strict, place_signature, "D1.signature64",
       id_token([](std::string& t) { t += "\n"; }), 1, 0},
      {"signature_last_bits", hardening, place_signature, "D1.signature64",
       id_token([](std::string& t) { spoil_last_bits(t, t.size()); }), 1, 0},
      {"signature_empty", strict, place_signature, "D1.empty",
       id_token([](std::string& t) { t.resize(t.rfind('.') + 1); }), 1, 0},
      {"header_not_json", strict, place_header, "D1.header.json",
       id_token([](std::string& t) { t = base64url_encode("alg=RS256") + t.substr(t.find('.')); }), 1, 0},
      {"header_list", strict, place_header, "D1.header.json",
       id_token([](std::string& t) { t = base64url_encode("[]") + t.substr(t.find('.')); }), 1, 0},
      {"header_alg_twice", strict, place_header, "D1.header.twice", twice_in_header(R"("alg":"none",)"), 1,
       0},
      {"header_byte_order_mark", hardening, place_header, "D1.header.json",
       [](World& w) {
         w.change_texts = [](std::string& head, std::string&) { head.insert(0, "\xEF\xBB\xBF"); };
       },
       1, 0},
      {"header_depth_33", hardening, place_header, "D1.header.depth",
       [](World& w) {
         w.change_texts = [](std::string& head, std::string&) {
           head.insert(1, "\"x\":" + std::string(33, '[') + std::string(33, ']') + ",");
         };
       },
       1, 0},
      {"header_kid_number", strict, place_header, "D1.kid", header("kid", "1"), 1, 0},
      {"alg_missing", strict, place_header, "D2.absent", header("alg", nullptr), 1, 0},
      {"alg_none", strict, place_header, "D2.none",  // [idtoken-sig-none]
       id_token([](std::string& t) { t = base64url_encode(R"({"alg":"none"})") + "." + part(t, 1) + "."; }),
       1, 0},
      {"alg_none_in_other_case", strict, place_header, "D2.alg", header("alg", "\"nOnE\""), 1, 0},
      {"alg_hs256_with_the_public_key", strict, place_header, "D2.hmac", id_token(resign_with_public_key), 1,
       0},
      {"alg_rs384", strict, place_header, "D2.alg", header("alg", "\"RS384\""), 1, 0},
      {"alg_es256_on_an_rsa_key", strict, place_header, "D2.alg", header("alg", "\"ES256\""), 1, 0},
      {"alg_list", strict, place_header, "D2.absent", header("alg", "[\"RS256\"]"), 1, 0},
      {"crit_unknown", strict, place_header, "D3.crit", header("crit", "[\"b64\"]"), 1, 0},
      {"crit_empty", strict, place_header, "D3.crit", header("crit", "[]"), 1, 0},
      {"signed_with_another_key", strict, place_signature, "D4.signature",  // [invalid-sig-rs256]
       [](World& w) { w.signer = other_signing_key(); }},
      {"key_in_the_header", strict, place_signature, "D4.signature",
       [](World& w) {
         w.signer = other_signing_key();
         w.change_header = [](Json& h) { h["jwk"] = public_jwk(other_signing_key(), "k1"); };
       }},
      {"signature_changed", strict, place_signature, "D4.signature",
       id_token([](std::string& t) { t[t.size() - 20] = t[t.size() - 20] == 'A' ? 'B' : 'A'; })},
      {"claims_changed_after_signing", strict, place_signature, "D4.signature", id_token([](std::string& t) {
         const std::string body = base64url_encode(R"({"iss":"https://issuer.example/v2.0/"})");
         t = part(t, 0) + "." + body + "." + part(t, 2);
       })},
      {"claims_not_json", strict, place_claims, "D1.claims.json",
       [](World& w) { w.change_texts = [](std::string&, std::string& c) { c = "sub=1"; }; }},
      {"claims_list", strict, place_claims, "D1.claims.json",
       [](World& w) { w.change_texts = [](std::string&, std::string& c) { c = "[]"; }; }},
      {"claims_sub_twice", strict, place_claims, "D1.claims.twice",
       twice_in_claims(R"("sub":"somebody-else",)")},
      {"claims_byte_order_mark", hardening, place_claims, "D1.claims.json",
       [](World& w) { w.change_texts = [](std::string&, std::string& c) { c.insert(0, "\xEF\xBB\xBF"); }; }},
      {"iss_missing", strict, place_claims, "D6.absent", claim("iss", nullptr)},
      {"iss_list", strict, place_claims, "D6.absent", claim("iss", "[\"https://issuer.example/v2.0/\"]")},
      {"iss_other", strict, place_claims, "D6.iss", claim("iss", "\"https://evil.example/\"")},
      {"iss_without_slash", strict, place_claims, "D6.iss", claim("iss", "\"https://issuer.example/v2.0\"")},
      {"iss_in_other_case", strict, place_claims, "D6.iss", claim("iss", "\"https://Issuer.example/v2.0/\"")},
      {"aud_missing", strict, place_claims, "D7.type", audience(nullptr)},
      {"aud_object", strict, place_claims, "D7.type", audience(R"({"client-1":1})")},
      {"aud_list_with_number", strict, place_claims, "D7.type", audience(R"(["client-1",1])")},
      {"aud_empty", strict, place_claims, "D7.empty", audience("[]")},
      {"aud_other", strict, place_claims, "D7.aud", audience("\"client-2\"")},  // [invalid-aud]
      {"aud_part_of_a_text", strict, place_claims, "D7.aud", audience("\"client-1 client-2\"")},
      {"aud_with_a_foreign_one", strict, place_claims, "D7.others", audience(R"(["client-1","client-2"])")},
      {"azp_other", strict, place_claims, "D7.azp", claim("azp", "\"client-2\"")},
      {"azp_number", strict, place_claims, "D7.type.azp", claim("azp", "1")},
      {"exp_missing", strict, place_claims, "D8.exp", claim("exp", nullptr)},
      {"exp_text", strict, place_claims, "D8.type.exp", claim("exp", "\"1767229200\"")},
      {"exp_endless", hardening, place_claims, "D8.type.exp", claim("exp", "1e300")},
      {"iat_missing", strict, place_claims, "D8.iat", claim("iat", nullptr)},  // [missing-iat]
      {"iat_true", strict, place_claims, "D8.type.iat", claim("iat", "true")},
      {"nbf_text", strict, place_claims, "D8.type.nbf", claim("nbf", "\"1\"")},
      {"auth_time_text", hardening, place_claims, "D8.type.auth_time", claim("auth_time", "\"1\"")},
      {"exp_before_iat", hardening, place_claims, "D8.order",
       times([](Json& c) { c["exp"] = c["iat"].get<long long>() - 1; })},
      {"exp_equals_iat", hardening, place_claims, "D8.order", times([](Json& c) { c["exp"] = c["iat"]; })},
      {"exp_in_the_past", strict, place_claims, "K3.ahead", times([](Json& c) {
         c["iat"] = c["iat"].get<long long>() - 7'200;
         c["exp"] = c["iat"].get<long long>() + 3'600;
       })},
      {"nbf_in_the_future", strict, place_claims, "D8.nbf",
       times([](Json& c) { c["nbf"] = c["iat"].get<long long>() + 3'000; })},
      {"iat_in_the_future", hardening, place_claims, "K3.behind",
       [](World& w) { w.server_ahead = Hours(2); }},
      {"iat_in_the_past", hardening, place_claims, "K3.ahead", [](World& w) { w.server_ahead = -Hours(2); }},
      {"nonce_missing", strict, place_claims, "D9.absent", claim("nonce", nullptr)},
      {"nonce_number", strict, place_claims, "D9.type", claim("nonce", "1")},
      {"nonce_other", strict, place_claims, "D9.nonce", claim("nonce", "\"other\"")},  // [nonce-invalid]
      {"nonce_in_other_case", strict, place_claims, "D9.nonce", times([](Json& c) {
         auto text = c["nonce"].get<std::string>();
         for (char& one : text)
           if (one >= 'a' && one <= 'z') one = static_cast<char>(one - 32);
         c["nonce"] = text;
       })},
      {"nonce_with_more_behind", strict, place_claims, "D9.nonce",
       times([](Json& c) { c["nonce"] = c["nonce"].get<std::string>() + "A"; })},
      {"sub_missing", strict, place_claims, "D10.absent", claim("sub", nullptr)},  // [missing-sub]
      {"sub_number", strict, place_claims, "D10.absent", claim("sub", "1")},
      {"sub_empty", hardening, place_claims, "D10.empty", claim("sub", "\"\"")},
      {"sub_256_characters", strict, place_claims, "D10.long", claim("sub", sub_256.c_str())},
      {"sub_not_ascii", strict, place_claims, "D10.ascii", claim("sub", "\"é\"")},
      {"at_hash_number", strict, place_claims, "D11.type", claim("at_hash", "1")},
      {"at_hash_wrong", strict, place_claims, "D11.hash", claim("at_hash", "\"AAAAAAAAAAAAAAAAAAAAAA\"")},
      {"at_hash_empty", strict, place_claims, "D11.hash", claim("at_hash", "\"\"")},
      {"at_hash_of_another_token", strict, place_claims, "D11.hash", member("access_token", "\"swapped\"")},
  };
}

}  // namespace foyer::oauth::hostile
