// Netatmo's own sign-in: no discovery, no PKCE, scopes in the request, a secret, string errors, and a
// refresh that kills both former tokens at once.
#include <algorithm>
#include <array>

#include "core/base/base64url.hpp"
#include "core/base/json.hpp"
#include "core/sim/state/parts.hpp"

namespace foyer::sim {
namespace {

constexpr Ms code_life = 5 * minute;
constexpr std::size_t most_codes = 50, most_pairs = 60;
constexpr std::string_view home = "/cloud/netatmo/oauth2";
constexpr std::array<std::string_view, 27> scopes = {  // access_* are given by Netatmo alone
    "read_magellan",    "write_magellan",     "read_bubendorff",
    "write_bubendorff", "read_smarther",      "write_smarther",
    "read_thermostat",  "write_thermostat",   "read_mx",
    "write_mx",         "read_mhs1",          "write_mhs1",
    "read_bfi",         "write_bfi",          "read_station",
    "read_homecoach",   "read_camera",        "write_camera",
    "access_camera",    "read_presence",      "write_presence",
    "access_presence",  "read_doorbell",      "write_doorbell",
    "access_doorbell",  "read_smokedetector", "read_carbonmonoxidedetector"};

Response refuse(std::string_view error) { return json_answer(400, dump_json({{"error", error}})); }

bool known_client(std::string_view id) { return id == public_client || id == confidential_client; }

// Same origin as the cloud, or loopback; the portal itself only looks for "://".
bool redirect_allowed(const Call& call, const std::string& redirect) {
  const auto url = parse_url(redirect), own = parse_url(call.request.base);
  if (!url || !url->fragment.empty()) return false;
  return (url->scheme == "http" && url->is_loopback()) || (own && own->origin() == url->origin());
}

// The known words of the request, each once; nothing asked: read_station (the default scope). Unknown: no
// value.
std::optional<std::string> granted(std::string_view asked) {
  std::string out;
  while (!asked.empty()) {
    const auto gap = asked.find(' ');
    const auto word = asked.substr(0, gap);
    asked = gap == std::string_view::npos ? std::string_view() : asked.substr(gap + 1);
    if (word.empty() || has_scope(out, word)) continue;
    if (std::ranges::count(scopes, word) == 0) return std::nullopt;
    out.append(out.empty() ? "" : " ").append(word);
  }
  return out.empty() ? std::string("read_station") : out;
}

Task<Response> finish(const Core& core, const Call& call, Login login, bool accepted) {
  if (!accepted)
    co_return send_back(call, login.redirect, {{"state", login.state}, {"error", "access_denied"}});
  const auto bytes = core.ports.random.bytes(16);
  if (!bytes) co_return json_answer(500, R"({"error":"internal error"})");
  const std::string code = hex_of(*bytes);  // 32 hexadecimal digits
  Grant grant;
  grant.key = co_await key_of(core, code);
  grant.client = login.client;
  grant.user = login.user;
  grant.scope = login.scope;
  grant.redirect = login.redirect;
  grant.issued = grant.auth_time = call.now;
  grant.expires = call.now + code_life;
  auto& codes = core.state.net.codes;
  if (codes.size() >= most_codes) codes.erase(codes.begin());
  codes.push_back(std::move(grant));
  co_return send_back(call, login.redirect, {{"state", login.state}, {"code", code}});
}

Task<Response> authorize(const Core& core, const Call& call) {
  Login login;
  login.client = value_of(call.query, "client_id");
  login.redirect = value_of(call.query, "redirect_uri");
  login.state = value_of(call.query, "state");
  login.at = call.now;
  if (!known_client(login.client)) co_return refuse("invalid_client");
  if (!redirect_allowed(call, login.redirect)) co_return refuse("redirect_uri_mismatch");
  const auto scope = granted(value_of(call.query, "scope"));
  if (!scope) co_return send_back(call, login.redirect, {{"state", login.state}, {"error", "invalid_scope"}});
  login.scope = *scope;
  const std::string type = value_of(call.query, "response_type");  // optional
  if (!type.empty() && type != "code")
    co_return send_back(call, login.redirect, {{"state", login.state}, {"error", "invalid_request"}});
  const auto id = core.ports.random.bytes(18);
  if (!id) co_return json_answer(500, R"({"error":"internal error"})");
  login.id = base64url_encode(*id);
  State& state = core.state;
  if (const std::string user = state.switches.auto_login; !user.empty()) {
    login.user = user;
    co_return co_await finish(core, call, std::move(login), user != "deny");
  }
  co_return open_login(state, std::move(login), call.now);
}

Task<Response> login_or_consent(const Core& core, const Call& call) {
  auto step = login_step(core.state, call, call.segments[2] == "consent", home);
  if (auto* decided = std::get_if<Decided>(&step))
    co_return co_await finish(core, call, std::move(decided->login), decided->accepted);
  co_return std::get<Response>(std::move(step));
}

Task<Response> issue(const Core& core, const Call& call, NetPair pair) {
  const auto bytes = core.ports.random.bytes(32);
  if (!bytes) co_return json_answer(500, R"({"error":"internal error"})");
  const std::string owner = net_user_id(pair.user) + '|';
  const std::string access = owner + hex_of(bytes->substr(0, 16)),
                    refresh = owner + hex_of(bytes->substr(16));
  pair.access = co_await key_of(core, access);
  pair.refresh = co_await key_of(core, refresh);
  const Ms life = core.state.switches.net_token_life;
  pair.issued = call.now;
  pair.expires = call.now + life;
  Json list = Json::array();
  for (const auto word : scopes)
    if (has_scope(pair.scope, word)) list.push_back(word);
  auto& pairs = core.state.net.pairs;
  if (pairs.size() >= most_pairs) pairs.erase(pairs.begin());
  pairs.push_back(std::move(pair));
  Json body = {{"access_token", access}, {"refresh_token", refresh}, {"scope", std::move(list)}};
  body["expires_in"] = life / second;
  if (core.state.switches.token_answer != "expires_in") body["expire_in"] = life / second;
  co_return json_answer(200, dump_json(body));
}

Task<Response> token(const Core& core, const Call& call) {
  if (call.header("content-type").find("application/x-www-form-urlencoded") == std::string::npos)
    co_return refuse("invalid_request");  // form body only
  const Fields form = form_decode(call.request.body);
  const std::string client = value_of(form, "client_id"), kind = value_of(form, "grant_type");
  const bool code = kind == "authorization_code";
  const std::string proof = value_of(form, code ? "code" : "refresh_token");
  if (client.empty() || kind.empty()) co_return refuse("invalid_request");
  const bool needs_secret = client == confidential_client || core.state.switches.net_secret;
  if (!known_client(client) || (needs_secret && value_of(form, "client_secret") != client_secret))
    co_return refuse("invalid_client");
  if (!code && kind != "refresh_token") co_return refuse("invalid_grant");  // password is gone
  if (proof.empty() || (code && value_of(form, "redirect_uri").empty())) co_return refuse("invalid_request");
  const std::string key = co_await key_of(core, proof);
  NetPair pair;
  if (code) {
    auto& codes = core.state.net.codes;
    const auto at = std::ranges::find(codes, key, &Grant::key);
    if (at == codes.end() || at->dead || call.now >= at->expires || at->client != client ||
        at->redirect != value_of(form, "redirect_uri"))
      co_return refuse("invalid_grant");
    at->dead = true;
    pair.user = at->user;
    pair.scope = at->scope;
  } else {
    auto& pairs = core.state.net.pairs;
    const auto at = std::ranges::find(pairs, key, &NetPair::refresh);
    if (at == pairs.end() || at->client != client) co_return refuse("invalid_grant");
    pair.user = at->user;
    pair.scope = at->scope;
    pairs.erase(at);  // both former tokens, at once
  }
  pair.client = client;
  co_return co_await issue(core, call, std::move(pair));
}

}  // namespace

Task<Response> net_oauth(const Core& core, const Call& call) {
  const bool get = call.request.method == "GET", post = call.request.method == "POST";
  const std::string page = call.segments.size() == 3 ? call.segments[2] : std::string();
  if (get && page == "authorize") co_return co_await authorize(core, call);
  if ((get || post) && (page == "login" || page == "consent"))
    co_return co_await login_or_consent(core, call);
  if (post && page == "token") co_return co_await token(core, call);
  if (get && page == "style.css") co_return style_sheet();
  co_return json_answer(404, R"({"error":"not found"})");
}

}  // namespace foyer::sim
