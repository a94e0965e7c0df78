#include "core/oauth/jwks.hpp"

#include <algorithm>
#include <optional>

#include "core/base/base64url.hpp"
#include "core/base/json_view.hpp"
#include "core/oauth/text.hpp"

namespace foyer::oauth {
namespace {

constexpr int least_bits = 2048, most_bits = 8192;  // RFC 7518 section 3.3; more only costs time

std::unexpected<Error> unreadable(std::string_view code) {
  return fail(ErrorKind::protocol, std::string(code), "The keys of the sign-in service can't be read.");
}

// A big-endian number without its leading zeros.
std::optional<std::string> number(JsonView jwk, std::string_view name) {
  const auto text = jwk.find(name).as_string();
  if (!text) return std::nullopt;
  auto bytes = base64url_decode(*text);
  if (!bytes) return std::nullopt;
  bytes->erase(0, std::min(bytes->find_first_not_of('\0'), bytes->size()));
  return bytes;
}

int bits(std::string_view number) {
  if (number.empty()) return 0;
  int top = 0;
  for (auto c = static_cast<unsigned char>(number[0]); c != 0; c >>= 1) ++top;
  return top + 8 * (static_cast<int>(number.size()) - 1);
}

// Absent, or exactly `wanted`.
bool permits(JsonView jwk, std::string_view name, std::string_view wanted) {
  const JsonView value = jwk.find(name);
  return value.type() == JsonType::missing || value.is_string(wanted);
}

bool may_verify(JsonView jwk) {
  const JsonView operations = jwk.find("key_ops");
  for (const JsonView operation : operations.elements())
    if (operation.is_string("verify")) return true;
  return operations.type() == JsonType::missing;
}

// The check that forbids the use of the key, or null; its numbers are read on the way.
const char* flaw_of(JsonView jwk, RsaPublicKey& key) {
  if (!jwk.find("kty").is_string("RSA")) return "D4.kty";
  if (!permits(jwk, "use", "sig")) return "D4.use";
  if (!may_verify(jwk)) return "D4.key_ops";
  auto modulus = number(jwk, "n"), exponent = number(jwk, "e");
  if (!modulus || !exponent) return "D4.number";
  if (bits(*modulus) < least_bits || bits(*modulus) > most_bits || !(modulus->back() & 1)) return "D4.n";
  // An exponent of 1 makes every text its own signature; an even one is none.
  if (bits(*exponent) < 2 || bits(*exponent) > 64 || !(exponent->back() & 1)) return "D4.e";
  key = {std::move(*modulus), std::move(*exponent)};
  return nullptr;
}

Jwk read_key(JsonView jwk) {
  Jwk key;
  key.flaw = flaw_of(jwk, key.key);
  for (const auto& [name, target] : {std::pair("kid", &key.kid), std::pair("alg", &key.alg)}) {
    const JsonView value = jwk.find(name);
    if (value.type() != JsonType::missing && !value.is_string()) key.flaw = "D4.type";
    *target = value.as_string().value_or("");
  }
  return key;
}

}  // namespace

Result<std::vector<Jwk>> parse_jwks(std::string_view text) {
  const auto json = strict_json(text, max_jwks);
  if (!json)
    return unreadable(text.size() > max_jwks       ? "C7.jwks"
                      : json.error().code == "E15" ? "D4.json"
                                                   : "D4.twice");
  const JsonView list = json->root().find("keys");
  if (!list.is_array()) return unreadable("D4.keys");
  if (list.size() > max_keys) return unreadable("C7.keys");
  std::vector<Jwk> keys;
  for (const JsonView jwk : list.elements()) keys.push_back(read_key(jwk));
  return keys;
}

Result<RsaPublicKey> choose_key(const std::vector<Jwk>& keys, std::string_view alg, std::string_view kid) {
  const Jwk* chosen = nullptr;
  const char* flaw = "D5.kid";
  for (const Jwk& jwk : keys) {
    if (!kid.empty() && jwk.kid != kid) continue;
    const bool other = !jwk.alg.empty() && jwk.alg != alg;
    if (jwk.flaw || other) {
      flaw = jwk.flaw ? jwk.flaw : "D4.alg";
      continue;
    }
    if (chosen)
      return fail(ErrorKind::protocol, "D5.many", "The sign-in token does not say which key signed it.");
    chosen = &jwk;
  }
  if (!chosen) return fail(ErrorKind::protocol, flaw, "The sign-in token was signed with an unknown key.");
  return chosen->key;
}

}  // namespace foyer::oauth
