#include "core/oauth/authorization.hpp"

#include <algorithm>

#include "core/base/base64url.hpp"
#include "core/base/json_view.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/url.hpp"
#include "core/oauth/text.hpp"

namespace foyer::oauth {
namespace {

Result<void> check_address(const std::string& address, const char* field) {
  const auto url = parse_url(address);
  if (!url)
    return fail(ErrorKind::config, "A1", std::string(field) + ": expected an absolute https address", field);
  // A1: the one exception to TLS is this very machine.
  if (url->scheme != "https" && !url->is_loopback())
    return fail(ErrorKind::config, "A1", std::string(field) + ": plain http is allowed on this machine only",
                field);
  if (!url->fragment.empty())
    return fail(ErrorKind::config, "A6", std::string(field) + ": expected an address without '#'", field);
  return {};
}

}  // namespace

Result<void> check_config(const ClientConfig& config) {
  const std::pair<const std::string*, const char*> addresses[] = {
      {&config.authorize_endpoint, "authorize_endpoint"},
      {&config.token_endpoint, "token_endpoint"},
      {&config.jwks_uri, "jwks_uri"},
      {&config.redirect_uri, "redirect_uri"}};
  for (const auto& [address, field] : addresses)
    if (config.openid || address != &config.jwks_uri)
      if (auto checked = check_address(*address, field); !checked) return checked;
  // G: optional, but as safe as the others where they are set.
  for (const auto& [address, field] : {std::pair(&config.revocation_endpoint, "revocation_endpoint"),
                                       std::pair(&config.end_session_endpoint, "end_session_endpoint")})
    if (!address->empty())
      if (auto checked = check_address(*address, field); !checked) return checked;
  if (config.client_id.empty()) return fail(ErrorKind::config, "A1", "client_id: expected text", "client_id");
  if (config.issuer.empty()) return fail(ErrorKind::config, "D6", "issuer: expected text", "issuer");
  return {};
}

std::string unreserved(std::string_view random) { return base64url_encode(random); }
std::string s256_challenge(std::string_view sha256_of_verifier) {
  return base64url_encode(sha256_of_verifier);
}

Result<std::string> authorization_url(const ClientConfig& config, std::string_view state,
                                      std::string_view nonce, std::string_view challenge) {
  if (auto checked = check_config(config); !checked) return std::unexpected(checked.error());
  Fields fields{{"response_type", "code"},
                {"client_id", config.client_id},
                {"redirect_uri", config.redirect_uri},
                {"state", std::string(state)},
                {"code_challenge", std::string(challenge)},
                {"code_challenge_method", "S256"}};
  if (config.openid) fields.emplace_back("nonce", nonce);
  if (config.send_scope && !config.scopes.empty()) fields.emplace_back("scope", join_scopes(config.scopes));
  Url url = *parse_url(config.authorize_endpoint);
  if (!url.query.empty()) url.query += '&';
  url.query += form_encode(fields);
  return url.text();
}

std::string logout_url(const ClientConfig& config, std::string_view return_to, std::string_view state) {
  auto url = parse_url(config.end_session_endpoint);
  if (!url) return {};
  Fields fields{{"client_id", config.client_id}};
  if (!return_to.empty()) {
    fields.emplace_back("post_logout_redirect_uri", return_to);
    if (!state.empty()) fields.emplace_back("state", state);
  }
  if (!url->query.empty()) url->query += '&';
  url->query += form_encode(fields);
  return url->text();
}

std::string to_json(const Attempt& attempt) {
  return JsonWriter()
      .object()
      .integer("schema", 1)
      .text("account", attempt.account)
      .text("issuer", attempt.issuer)
      .text("client_id", attempt.client_id)
      .text("redirect_uri", attempt.redirect_uri)
      .text("verifier", attempt.verifier.expose())
      .text("nonce", attempt.nonce.expose())
      .text("scopes", join_scopes(attempt.scopes))
      .text("return_to", attempt.return_to)
      .integer("created", to_ms(attempt.created))
      .end_object()
      .take();
}

Result<Attempt> attempt_from_json(std::string_view text) {
  const auto parsed = JsonText::parse(text, 64U << 10, Repeated::refused);
  if (!parsed) return std::unexpected(parsed.error());
  const JsonView json = parsed->root();
  Attempt attempt;
  attempt.verifier = secret_of(json, "verifier");
  attempt.nonce = secret_of(json, "nonce");
  const auto created = json.find("created").integer();
  if (json.find("schema").integer() != 1 || !created || attempt.verifier.empty() || attempt.nonce.empty())
    return fail(ErrorKind::malformed, "A7", "the stored sign-in can't be read");
  attempt.account = text_of(json, "account");
  attempt.issuer = text_of(json, "issuer");
  attempt.client_id = text_of(json, "client_id");
  attempt.redirect_uri = text_of(json, "redirect_uri");
  attempt.scopes = split_scopes(text_of(json, "scopes"));
  attempt.return_to = text_of(json, "return_to");
  attempt.created = instant_from_ms(*created);
  return attempt;
}

bool is_stale(const Attempt& attempt, Instant now) {
  return now - attempt.created > attempt_lifetime || attempt.created - now > attempt_lifetime;
}

bool asks_for_openid(const std::vector<std::string>& scopes) { return contains(scopes, "openid"); }

std::string join_scopes(const std::vector<std::string>& scopes) {
  std::string out;
  for (const std::string& scope : scopes) {
    if (!out.empty()) out.push_back(' ');
    out += scope;
  }
  return out;
}

std::vector<std::string> split_scopes(std::string_view text) {
  std::vector<std::string> scopes;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0 && !contains(scopes, text.substr(0, end))) scopes.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return scopes;
}

}  // namespace foyer::oauth
