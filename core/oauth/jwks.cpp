#include "core/oauth/jwks.hpp"

#include <algorithm>
#include <optional>

#include "core/base/base64url.hpp"
#include "core/base/json_view.hpp"

namespace foyer::oauth {
namespace {

constexpr int least_bits = 2048, most_bits = 8192;  // RFC 7518 §3.3; more only costs time

std::unexpected<Error> unreadable(std::string code) {
  return fail(ErrorKind::protocol, std::move(code), "The keys of the sign-in service can't be read.");
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

std::optional<Jwk> read_key(JsonView jwk) {
  if (!jwk.find("kty").is_string("RSA") || !permits(jwk, "use", "sig") || !may_verify(jwk))
    return std::nullopt;
  auto modulus = number(jwk, "n"), exponent = number(jwk, "e");
  if (!modulus || !exponent) return std::nullopt;
  if (bits(*modulus) < least_bits || bits(*modulus) > most_bits || !(modulus->back() & 1))
    return std::nullopt;
  // An exponent of 1 makes every text its own signature; an even one is none.
  if (bits(*exponent) < 2 || bits(*exponent) > 64 || !(exponent->back() & 1)) return std::nullopt;
  Jwk key{.key = {std::move(*modulus), std::move(*exponent)}};
  for (const auto& [name, target] : {std::pair("kid", &key.kid), std::pair("alg", &key.alg)}) {
    const JsonView value = jwk.find(name);
    if (value.type() != JsonType::missing && !value.is_string()) return std::nullopt;
    *target = value.text().value_or("");
  }
  return key;
}

}  // namespace

Result<std::vector<Jwk>> parse_jwks(std::string_view text) {
  if (text.size() > max_jwks) return unreadable("C7");
  const auto json = JsonText::parse(text, max_jwks, Repeated::refused);
  if (!json) return unreadable("D4");
  const JsonView list = json->root().find("keys");
  if (!list.is_array()) return unreadable("D4");
  if (list.size() > max_keys) return unreadable("C7");
  std::vector<Jwk> keys;
  for (const JsonView jwk : list.elements())
    if (auto key = read_key(jwk)) keys.push_back(std::move(*key));
  return keys;
}

Result<RsaPublicKey> choose_key(const std::vector<Jwk>& keys, std::string_view alg, std::string_view kid) {
  const Jwk* chosen = nullptr;
  for (const Jwk& jwk : keys) {
    if ((!jwk.alg.empty() && jwk.alg != alg) || (!kid.empty() && jwk.kid != kid)) continue;
    if (chosen) return fail(ErrorKind::protocol, "D5", "The sign-in token does not say which key signed it.");
    chosen = &jwk;
  }
  if (!chosen) return fail(ErrorKind::protocol, "D5", "The sign-in token was signed with an unknown key.");
  return chosen->key;
}

}  // namespace foyer::oauth
