#include "core/oauth/id_token.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/base64url.hpp"
#include "core/base/json_view.hpp"
#include "core/oauth/text.hpp"
#include "core/oauth/token_response.hpp"

namespace foyer::oauth {
namespace {

// `more` is put behind the code: one piece of code makes the text of all of them.
std::unexpected<Error> broken(const char* code, const char* what, const char* more = "") {
  Error error{.kind = ErrorKind::protocol, .code = code, .message = "The sign-in can't be trusted: "};
  error.code += more;
  error.message += what;
  return std::unexpected(std::move(error));
}

// ".twice", ".depth" … of what the reader says of a text, ".json" when it is none or no object.
const char* json_flaw(const Result<JsonText>& read) {
  const std::size_t dot = read ? std::string::npos : read.error().code.find('.');
  return dot == std::string::npos ? ".json" : read.error().code.c_str() + dot;
}

// Text or nothing; false when the member is of another type.
bool read_text(JsonView json, std::string_view name, std::optional<std::string>& into) {
  const JsonView value = json.find(name);
  into = value.as_string();
  return into || value.type() == JsonType::missing;
}

// D8: a finite number, never digits in text.
bool read_time(JsonView json, std::string_view name, std::optional<double>& into) {
  const JsonView value = json.find(name);
  into = value.as_number();
  return into ? std::fabs(*into) <= 1e13 : value.type() == JsonType::missing;
}

bool read_audience(JsonView json, std::vector<std::string>& into) {
  const JsonView value = json.find("aud");
  if (value.is_string()) into.push_back(*value.text());
  for (const JsonView one : value.elements()) {
    if (!one.is_string()) return false;
    into.push_back(*one.text());
  }
  return value.is_string() || value.is_array();
}

std::string about(Millis delta) {
  const Millis::rep minutes = (delta < Millis(0) ? -delta : delta).count() / 60'000;
  return minutes < 120 ? std::to_string(minutes) + " min" : std::to_string((minutes + 30) / 60) + " h";
}

// The nonce proves that the token is from this very attempt, so a distance between iat and now is the clocks'
// (K3).
Result<void> check_times(const Claims& claims, const Expected& expected, Instant now) {
  if (!claims.expires) return broken("D8.exp", "its times are missing.");
  if (!claims.issued) return broken("D8.iat", "its times are missing.");
  if (*claims.expires <= *claims.issued) return broken("D8.order", "it ends before it begins.");
  const double here = static_cast<double>(to_ms(now)) / 1000;
  const double tolerance = static_cast<double>(expected.tolerance.count()) / 1000;
  const double ahead = *claims.issued - here;  // of the server's clock
  if (std::fabs(ahead) > tolerance) {
    const Millis delta(static_cast<Millis::rep>(ahead * 1000));
    return fail(ErrorKind::protocol, ahead > 0 ? "K3.behind" : "K3.ahead",
                "This device's clock is about " + about(delta) + (ahead > 0 ? " behind" : " ahead") +
                    " of the sign-in service's. Set the clock, or continue anyway.",
                about(delta));
  }
  // exp + tolerance is in the future by now: exp > iat, and iat is within the tolerance.
  if (claims.not_before && here < *claims.not_before - tolerance)
    return broken("D8.nbf", "it is not valid yet.");
  return {};
}

}  // namespace

Result<Jws> parse_jws(std::string_view text, const std::vector<std::string>& algorithms) {
  if (text.size() > max_id_token) return broken("C7.id_token", "it is too large.");
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('.', at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  if (parts.size() == 5) return broken("D3.jwe", "it is encrypted.");
  if (parts.size() != 3) return broken("D1.parts", "it is not a signed token.");
  constexpr const char* encodings[] = {"D1.header64", "D1.claims64", "D1.signature64"};
  std::string decoded[3];
  for (std::size_t i = 0; i < 3; ++i) {
    auto bytes = base64url_decode(parts[i]);
    if (!bytes) return broken(encodings[i], "its encoding is broken.");
    decoded[i] = std::move(*bytes);
  }
  const auto parsed = strict_json(decoded[0], max_id_token);
  if (!parsed || !parsed->root().is_object())
    return broken("D1.header", "its header can't be read.", json_flaw(parsed));
  const JsonView header = parsed->root();
  std::optional<std::string> alg, kid;
  // Checked before the emptiness of the signature: "none" has its own name in the report (D2).
  if (!read_text(header, "alg", alg) || !alg || !contains(algorithms, *alg) || *alg != "RS256")
    return broken(!alg                     ? "D2.absent"
                  : *alg == "none"         ? "D2.none"
                  : alg->starts_with("HS") ? "D2.hmac"
                                           : "D2.alg",
                  "its signature method is not allowed.");
  if (header.find("crit").type() != JsonType::missing)
    return broken("D3.crit", "it asks for an extension we don't know.");
  if (!read_text(header, "kid", kid)) return broken("D1.kid", "its header can't be read.");
  if (decoded[1].empty() || decoded[2].empty()) return broken("D1.empty", "a part of it is empty.");
  return Jws{.alg = *alg,
             .kid = kid.value_or(""),
             .payload = std::move(decoded[1]),
             .signing_input = std::string(text.substr(0, parts[0].size() + 1 + parts[1].size())),
             .signature = std::move(decoded[2])};
}

Result<Claims> parse_claims(std::string_view payload) {
  const auto parsed = strict_json(payload, max_id_token);
  if (!parsed || !parsed->root().is_object())
    return broken("D1.claims", "its content can't be read.", json_flaw(parsed));
  const JsonView json = parsed->root();
  Claims claims;
  std::optional<std::string> issuer, subject, name, nonce;
  if (!read_text(json, "iss", issuer) || !issuer)
    return broken("D6.absent", "it does not say who issued it.");
  if (!read_audience(json, claims.audience)) return broken("D7.type", "it does not say whom it is for.");
  if (!read_text(json, "azp", claims.authorized_party))
    return broken("D7.type.azp", "it does not say whom it is for.");
  // The texts are the codes, the members' names lie in them.
  constexpr const char* times[] = {"D8.type.exp", "D8.type.iat", "D8.type.nbf", "D8.type.auth_time"};
  std::optional<double>* const targets[] = {&claims.expires, &claims.issued, &claims.not_before,
                                            &claims.auth_time};
  for (std::size_t i = 0; i < std::size(times); ++i)
    if (!read_time(json, times[i] + std::size("D8.type.") - 1, *targets[i]))
      return broken(times[i], "its times can't be read.");
  if (!read_text(json, "nonce", nonce)) return broken("D9.type", "it does not belong to this sign-in.");
  if (!read_text(json, "sub", subject) || !subject)
    return broken("D10.absent", "it does not say who signed in.");
  if (!read_text(json, "at_hash", claims.at_hash))
    return broken("D11.type", "it does not belong to these tokens.");
  claims.issuer = std::move(*issuer);
  claims.subject = std::move(*subject);
  if (nonce) claims.nonce = SecretText(std::move(*nonce));
  // For showing only (D13), so an unusable one is left out.
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (read_text(json, "name", name) && name && name->size() <= 200 && std::ranges::none_of(*name, control))
    claims.name = std::move(*name);
  return claims;
}

Result<void> check_claims(const Claims& claims, const Expected& expected, Instant now) {
  if (claims.issuer != expected.issuer) return broken("D6.iss", "it was issued by another service.");
  const auto ours = std::ranges::count(claims.audience, expected.client_id);
  if (ours == 0 || static_cast<std::size_t>(ours) != claims.audience.size())
    return broken(claims.audience.empty() ? "D7.empty"
                  : ours == 0             ? "D7.aud"
                                          : "D7.others",
                  "it is meant for another application.");
  if (claims.authorized_party && *claims.authorized_party != expected.client_id)
    return broken("D7.azp", "it is meant for another application.");
  // Before the times: only with the right nonce does their distance speak of clocks (K3).
  if (!claims.nonce || !(*claims.nonce == expected.nonce))
    return broken(claims.nonce ? "D9.nonce" : "D9.absent", "it does not belong to this sign-in.");
  if (auto times = check_times(claims, expected, now); !times) return times;
  const bool ascii = std::ranges::all_of(claims.subject, [](char c) { return c >= 0x20 && c < 0x7F; });
  if (claims.subject.empty() || claims.subject.size() > 255 || !ascii)
    return broken(claims.subject.empty() ? "D10.empty"
                  : ascii                ? "D10.long"
                                         : "D10.ascii",
                  "it does not say who signed in.");
  return {};
}

Result<void> check_at_hash(const Claims& claims, std::string_view sha256) {
  if (!claims.at_hash || *claims.at_hash == base64url_encode(sha256.substr(0, sha256.size() / 2))) return {};
  return broken("D11.hash", "it does not belong to these tokens.");
}

Result<void> check_refreshed(const Claims& claims, const Identity& original) {
  if (claims.issuer != original.issuer || claims.subject != original.subject)
    return fail(ErrorKind::signed_out, claims.issuer != original.issuer ? "R3.iss" : "R3.sub",
                "The service renewed the sign-in of somebody else. Please sign in again.");
  if (claims.audience != original.audience || claims.authorized_party != original.authorized_party)
    return broken(claims.audience != original.audience ? "R3.aud" : "R3.azp",
                  "the renewed one is meant for another application.");
  if (claims.nonce && !(*claims.nonce == original.nonce))
    return broken("R3.nonce", "the renewed one does not belong to this sign-in.");
  if (claims.auth_time && original.auth_time && *claims.auth_time != *original.auth_time)
    return broken("R3.auth_time", "the renewed one does not belong to this sign-in.");
  return {};
}

}  // namespace foyer::oauth
