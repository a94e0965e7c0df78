// The sign-in host: discovery, authorization request, login, consent (RFC 6749, 7636,
// 9207).
#include <algorithm>
#include <array>

#include "core/base/base64url.hpp"
#include "core/base/json.hpp"
#include "core/sim/state/parts.hpp"

namespace foyer::sim {
namespace {

constexpr Ms code_life = 5 * minute;
constexpr std::size_t most_codes = 50;

// What the demo applications are registered for.
constexpr std::array<std::string_view, 15> api_scopes = {
    "light.read",       "light.write", "plug.read",    "plug.write",    "automation.read",
    "automation.write", "heater.read", "heater.write", "remote.read",   "energymeter.read",
    "scene.read",       "scene.write", "comfort.read", "comfort.write", "topology.read"};

bool known_client(std::string_view id) { return id == public_client || id == confidential_client; }

// Same origin as the cloud, or plain http on loopback with any port (RFC 8252 section 7.3).
bool redirect_allowed(const Call& call, const std::string& redirect) {
  const auto url = parse_url(redirect);
  if (!url || !url->fragment.empty()) return false;
  if (url->scheme == "http" && url->is_loopback()) return true;
  const auto own = parse_url(call.request.base);
  return own && own->origin() == url->origin();
}

Response refuse_request(std::string_view description) {
  return json_answer(400, dump_json({{"error", "invalid_request"}, {"error_description", description}}));
}

Response discovery(const Call& call) {
  const std::string issuer = call.issuer();
  Json scopes = Json::array({"openid", "offline_access"});
  for (const auto scope : api_scopes) scopes.push_back(scope);
  return json_answer(
      200,
      dump_json({{"issuer", issuer},
                 {"authorization_endpoint", issuer + "/authorize"},
                 {"token_endpoint", issuer + "/token"},
                 {"jwks_uri", issuer + "/jwks"},
                 {"response_types_supported", {"code"}},
                 {"response_modes_supported", {"query"}},
                 {"grant_types_supported", {"authorization_code", "refresh_token"}},
                 {"subject_types_supported", {"public"}},
                 {"id_token_signing_alg_values_supported", {"RS256"}},
                 {"token_endpoint_auth_methods_supported", {"client_secret_post", "none"}},
                 {"code_challenge_methods_supported", {"S256"}},
                 {"scopes_supported", std::move(scopes)},
                 {"claims_supported", {"iss", "sub", "aud", "exp", "iat", "nonce", "oid", "name", "emails"}},
                 {"authorization_response_iss_parameter_supported", true}}));
}

Task<Response> authorize(const Core& core, const Call& call) {
  for (const auto& [name, value] : call.query)
    if (std::ranges::count(call.query, name, &std::pair<std::string, std::string>::first) > 1)
      co_return refuse_request("The parameter " + name + " is repeated");
  Login login;
  login.client = value_of(call.query, "client_id");
  login.redirect = value_of(call.query, "redirect_uri");
  if (!known_client(login.client)) co_return refuse_request("The client_id is not registered");
  if (!redirect_allowed(call, login.redirect)) {
    const auto url = parse_url(login.redirect);
    co_return refuse_request("The reply url host " + (url ? url->host : std::string("(none)")) +
                             " doesn't match with the ones configured on the application");
  }
  login.state = value_of(call.query, "state");
  login.nonce = value_of(call.query, "nonce");
  login.challenge = value_of(call.query, "code_challenge");
  login.scope = granted_scopes(value_of(call.query, "scope"));
  login.at = call.now;
  const auto reject = [&](std::string error, std::string description) {
    return send_back(call, login.redirect,
                     {{"error", std::move(error)},
                      {"error_description", std::move(description)},
                      {"state", login.state},
                      {"iss", call.issuer()}});
  };
  if (value_of(call.query, "response_type") != "code")
    co_return reject("unsupported_response_type", "response_type must be code");
  const bool challenged = !login.challenge.empty();
  if (challenged && value_of(call.query, "code_challenge_method") != "S256")
    co_return reject("invalid_request", "code_challenge_method must be S256");
  if (challenged ? login.challenge.size() != 43 : login.client == public_client)
    co_return reject("invalid_request", "a code_challenge of 43 characters is required");

  const auto id = core.ports.random.bytes(18);
  if (!id) co_return json_answer(500, R"({"message":"Internal error","code":1})");
  login.id = base64url_encode(*id);
  State& state = core.state;
  if (const std::string user = state.switches.auto_login; !user.empty()) {
    login.user = user;
    co_return co_await finish_login(core, call, std::move(login), user != "deny");
  }
  co_return open_login(state, std::move(login), call.now);
}

Task<Response> login_or_consent(const Core& core, const Call& call) {
  auto step = login_step(core.state, call, call.segments[1] == "consent", "/cloud/oauth");
  if (auto* decided = std::get_if<Decided>(&step))
    co_return co_await finish_login(core, call, std::move(decided->login), decided->accepted);
  co_return std::get<Response>(std::move(step));
}

}  // namespace

bool has_scope(std::string_view scopes, std::string_view wanted) {
  while (!scopes.empty()) {
    const auto space = scopes.find(' ');
    if (scopes.substr(0, space) == wanted) return true;
    scopes = space == std::string_view::npos ? std::string_view() : scopes.substr(space + 1);
  }
  return false;
}

std::string granted_scopes(std::string_view requested) {
  const bool chosen =
      std::ranges::any_of(api_scopes, [&](auto scope) { return has_scope(requested, scope); });
  std::string out = "openid";
  for (const auto scope : api_scopes)
    if (!chosen || has_scope(requested, scope)) out.append(" ").append(scope);
  return out;
}

Response send_back(const Call& call, const std::string& redirect, const Fields& fields) {
  std::string target = redirect;
  char separator = redirect.find('?') == std::string::npos ? '?' : '&';
  for (const auto& [name, value] : fields) {
    if (value.empty()) continue;
    target.append(1, separator).append(name).append("=").append(percent_encode(value));
    separator = '&';
  }
  Response out = plain_answer(call.request.method == "POST" ? 303 : 302, "text/plain", "");
  out.headers.push_back({"Location", target});
  out.headers.push_back({"Referrer-Policy", "no-referrer"});
  return out;
}

Task<Response> finish_login(const Core& core, const Call& call, Login login, bool accepted) {
  if (!accepted)
    co_return send_back(call, login.redirect,
                        {{"error", "access_denied"},
                         {"error_description", "Access denied by user"},
                         {"state", login.state},
                         {"iss", call.issuer()}});
  const auto bytes = core.ports.random.bytes(600);  // real codes are about 1 kB long
  if (!bytes) co_return json_answer(500, R"({"message":"Internal error","code":1})");
  const std::string code = "eyJraWQiOiJzaW0ifQ.." + base64url_encode(*bytes);
  Grant grant;
  grant.key = co_await key_of(core, code);
  grant.client = login.client;
  grant.user = login.user;
  grant.scope = login.scope;
  grant.nonce = login.nonce;
  grant.redirect = login.redirect;
  grant.challenge = login.challenge;
  grant.issued = grant.auth_time = call.now;
  grant.expires = call.now + code_life;
  auto& codes = core.state.codes;
  if (codes.size() >= most_codes) codes.erase(codes.begin());
  codes.push_back(std::move(grant));
  co_return send_back(call, login.redirect, {{"code", code}, {"state", login.state}, {"iss", call.issuer()}});
}

Task<Response> oauth(const Core& core, const Call& call) {
  const auto& path = call.segments;
  const bool get = call.request.method == "GET", post = call.request.method == "POST";
  const std::string page = path.size() == 2 ? path[1] : std::string();
  if (get && page == "authorize") co_return co_await authorize(core, call);
  if ((get || post) && (page == "login" || page == "consent"))
    co_return co_await login_or_consent(core, call);
  if (post && page == "token") co_return co_await token_endpoint(core, call);
  if (get && page == "jwks") co_return co_await key_set(core);
  if (get && page == "style.css") co_return style_sheet();
  const std::size_t own = path.size() > 2 && known_client(path[1]) ? 2 : 1;
  if (get && path.size() == own + 2 && path[own] == ".well-known" && path[own + 1] == "openid-configuration")
    co_return discovery(call);
  co_return json_answer(404, R"({"message":"Resource not found","code":404})");
}

}  // namespace foyer::sim
