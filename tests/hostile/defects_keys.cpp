// Defects of the provider's keys.
#include "tests/hostile/defects.hpp"

namespace foyer::oauth::hostile {
namespace {

constexpr auto place_keys = Place::keys;

Switch more_keys(std::function<void(Json&)> add) {
  return [=](World& w) { add(w.keys["keys"]); };
}

Switch no_kid(Switch more) {
  return [=](World& w) {
    w.change_header = [](Json& h) { h.erase("kid"); };
    more(w);
  };
}

}  // namespace

std::vector<Defect> defects_of_keys() {
  static const std::string weak = "\"" + base64url_encode(std::string(128, '\xFF')) + "\"";
  static const std::string even = "\"" + base64url_encode(std::string(255, '\xFF') + "\xFE") + "\"";
  static const std::string giant = "\"" + base64url_encode(std::string(2048, '\xFF')) + "\"";
  return {
      {"keys_not_json", strict, place_keys, "D4.json", keys_text("<html>")},
      {"keys_list", strict, place_keys, "D4.keys", keys_text("[]")},
      {"keys_member_twice", hardening, place_keys, "D4.twice", keys_text(R"({"keys":[],"keys":[]})")},
      {"keys_error_503", strict, place_keys, "D4.fetch", keys_text("", 503), 1, 3},
      {"keys_redirect_302", strict, place_keys, "D4.fetch", keys_text("", 302), 1, 3},
      {"keys_unreachable", strict, place_keys, "D4.fetch",
       [](World& w) { w.key_faults.assign(3, std::unexpected(HttpFailure::opaque)); }, 1, 3},
      {"keys_129_kib", hardening, place_keys, "C7.jwks",
       [](World& w) { w.change_keys = [](HttpResponse& r) { r.body.append(129U << 10, ' '); }; }},
      {"keys_101", hardening, place_keys, "C7.keys", more_keys([](Json& list) {
         for (int i = 0; i < 100; ++i) list.push_back({{"kty", "EC"}, {"kid", std::to_string(i)}});
       })},
      {"keys_none", strict, place_keys, "D5.kid", more_keys([](Json& list) { list.clear(); }), 1, 2},
      {"kid_unknown", strict, place_keys, "D5.kid", header("kid", "\"k9\""), 1, 2},  // [kid-absent-…]
      {"kid_twice", strict, place_keys, "D5.many",
       more_keys([](Json& list) { list.push_back(public_jwk(other_signing_key(), "k1")); }), 1, 2},
      {"no_kid_and_two_keys", strict, place_keys, "D5.many",
       no_kid(more_keys([](Json& list) { list.push_back(public_jwk(other_signing_key(), "k2")); })), 1, 2},
      {"key_for_encryption", strict, place_keys, "D4.use", key("use", "\"enc\""), 1, 2},
      {"key_ops_sign_only", strict, place_keys, "D4.key_ops", key("key_ops", "[\"sign\"]"), 1, 2},
      {"key_for_another_algorithm", strict, place_keys, "D4.alg", key("alg", "\"RS512\""), 1, 2},
      {"key_of_type_oct", strict, place_keys, "D4.kty", key("kty", "\"oct\""), 1, 2},
      {"key_of_type_ec", strict, place_keys, "D4.kty", key("kty", "\"EC\""), 1, 2},
      {"key_alg_number", strict, place_keys, "D4.type", key("alg", "1"), 1, 2},
      {"key_1024_bits", strict, place_keys, "D4.n", key("n", weak.c_str()), 1, 2},
      {"key_even_modulus", hardening, place_keys, "D4.n", key("n", even.c_str()), 1, 2},
      {"key_16384_bits", hardening, place_keys, "D4.n", key("n", giant.c_str()), 1, 2},
      {"key_exponent_one", hardening, place_keys, "D4.e", key("e", "\"AQ\""), 1, 2},
      {"key_exponent_even", hardening, place_keys, "D4.e", key("e", "\"AQAA\""), 1, 2},
      {"key_exponent_huge", hardening, place_keys, "D4.e", key("e", "\"AQAAAAAAAAAAAAAAAAAB\""), 1, 2},
      {"key_modulus_not_base64url", strict, place_keys, "D4.number", key("n", "\"+/==\""), 1, 2},
      {"key_modulus_missing", strict, place_keys, "D4.number", key("n", nullptr), 1, 2},
  };
}

}  // namespace foyer::oauth::hostile
