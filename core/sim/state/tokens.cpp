// The token endpoint and the signing key.
#include <algorithm>

#include "core/base/base64url.hpp"
#include "core/base/json.hpp"
#include "core/sim/state/parts.hpp"

namespace foyer::sim {
namespace {

constexpr Ms access_life = hour, refresh_life = 90 * day;
constexpr std::size_t most_tokens = 60;

struct Key {
  SecretText jwk;
  std::string kid;
};

// Makes the signing key when it is first needed; its id is the RFC 7638 thumbprint.
Task<Result<Key>> signing_key(const Core& core) {
  if (core.state.key_jwk.empty()) {
    auto made = co_await core.ports.signer.generate_rsa();
    if (!made) co_return std::unexpected(made.error());
    const auto jwk = parse_json(made->expose());
    if (!jwk) co_return std::unexpected(jwk.error());
    const std::string thumb = R"({"e":")" + text_of(*jwk, "e").value_or("") + R"(","kty":"RSA","n":")" +
                              text_of(*jwk, "n").value_or("") + R"("})";
    std::string kid = co_await key_of(core, thumb);
    if (core.state.key_jwk.empty()) {  // another call may have made one meanwhile
      core.state.key_jwk = made->expose();
      core.state.kid = std::move(kid);
    }
  }
  co_return Key{SecretText(core.state.key_jwk), core.state.kid};
}

Task<Result<std::string>> signed_jwt(const Core& core, const Key& key, std::string claims) {
  const std::string head = R"({"typ":"JWT","alg":"RS256","kid":")" + key.kid + R"("})";
  std::string data = base64url_encode(head) + '.' + base64url_encode(claims);
  const auto signature = co_await core.ports.signer.sign_rs256(key.jwk, data);
  if (!signature) co_return std::unexpected(signature.error());
  co_return data + '.' + base64url_encode(*signature);
}

std::string claims_of(const Call& call, const Grant& grant, bool id_token, std::string_view unique) {
  const User& user = *find_user(grant.user);
  const Ms now = call.now / second;
  Json claims = {{"iss", call.issuer()},
                 {"ver", "1.0"},
                 {"tfp", "B2C_1_Eliot-SignUpOrSignIn-WWL"},
                 {"aud", grant.client},
                 {"exp", now + access_life / second},
                 {"nbf", now},
                 {"iat", now},
                 {"auth_time", grant.auth_time / second},
                 {"sub", user.oid},
                 {"oid", user.oid}};
  if (id_token) {
    claims["name"] = std::string(user.given) + ' ' + user.family;
    claims["given_name"] = user.given;
    claims["family_name"] = user.family;
    claims["emails"] = Json::array({std::string(user.name) + "@example.org"});
    if (!grant.nonce.empty()) claims["nonce"] = grant.nonce;
  } else {
    claims["scp"] = grant.scope;
    claims["jti"] = unique;
  }
  return dump_json(claims);
}

void remember(std::vector<Grant>& grants, Grant grant, Ms now) {
  std::erase_if(grants, [&](const Grant& old) { return now - old.expires > day; });
  if (grants.size() >= most_tokens) grants.erase(grants.begin());
  grants.push_back(std::move(grant));
}

Response token_answer(const State& state, const Call& call, const Grant& grant, const std::string& access,
                      const std::string& id, const std::string& refresh) {
  const Ms now = call.now / second, life = access_life / second;
  const std::string& shape = state.switches.token_answer;
  const bool text = shape == "strings";
  const auto number = [&](Ms value) { return text ? Json(std::to_string(value)) : Json(value); };
  Json body = {
      {"access_token", access}, {"id_token", id}, {"token_type", "Bearer"}, {"not_before", number(now)}};
  body["expires_in"] = number(life);
  if (shape != "expires_in") body["expires_on"] = number(now + life);
  body["id_token_expires_in"] = number(life);
  body["scope"] = grant.scope;
  if (!refresh.empty()) {
    body["refresh_token"] = refresh;
    body["refresh_token_expires_in"] = number(refresh_life / second);
  }
  Response out = json_answer(200, dump_json(body));
  out.headers.push_back({"Pragma", "no-cache"});
  return out;
}

// Tokens for a grant that has been found good. `renewed` is the answer to a refresh.
Task<Response> issue(const Core& core, const Call& call, Grant grant, bool renewed) {
  const auto failure = [] { return json_answer(500, R"({"message":"Internal error","code":1})"); };
  const auto key = co_await signing_key(core);
  const auto bytes = core.ports.random.bytes(64);
  if (!key || !bytes) co_return failure();
  const auto id = co_await signed_jwt(core, *key, claims_of(call, grant, true, ""));
  const auto access =
      co_await signed_jwt(core, *key, claims_of(call, grant, false, base64url_encode(bytes->substr(0, 16))));
  if (!id || !access) co_return failure();

  std::string refresh;
  if (!renewed || core.state.switches.rotation != "none")
    refresh = "eyJraWQiOiJzaW0ifQ.sim." + base64url_encode(bytes->substr(16));
  grant.challenge.clear();
  grant.redirect.clear();
  grant.issued = call.now;
  grant.dead = false;
  if (!refresh.empty()) {
    grant.key = co_await key_of(core, refresh);
    grant.expires = call.now + refresh_life;
    remember(core.state.refresh, grant, call.now);
  }
  grant.key = co_await key_of(core, *access);
  grant.expires = call.now + access_life;
  remember(core.state.access, grant, call.now);
  co_return token_answer(core.state, call, grant, *access, *id, refresh);
}

Response expired_grant(const Call& call) {
  return oauth_error(
      400, "invalid_grant",
      "AADB2C90080: The provided grant has expired. Please re-authenticate and try again. Current time: " +
          std::to_string(call.now / second) + '.',
      call.now);
}

Task<Response> exchange_code(const Core& core, const Call& call, const Fields& form,
                             const std::string& client) {
  State& state = core.state;
  const std::string key = co_await key_of(core, value_of(form, "code"));
  const std::string proof = co_await key_of(core, value_of(form, "code_verifier"));
  const auto at = std::ranges::find(state.codes, key, &Grant::key);
  if (at == state.codes.end() || at->dead || call.now >= at->expires) co_return expired_grant(call);
  at->dead = true;  // a code works once, whatever follows (RFC 6749 section 4.1.2)
  const std::string redirect = value_of(form, "redirect_uri");
  if (at->client != client || (redirect.empty() ? client == public_client : redirect != at->redirect))
    co_return oauth_error(400, "invalid_grant",
                          "AADB2C90088: The provided grant has not been issued for this endpoint.", call.now);
  if (!at->challenge.empty() && (value_of(form, "code_verifier").size() < 43 || proof != at->challenge))
    co_return oauth_error(400, "invalid_grant", "AADB2C90183: The supplied code_verifier is invalid.",
                          call.now);
  Grant grant = *at;
  co_return co_await issue(core, call, std::move(grant), false);
}

Task<Response> refresh_grant(const Core& core, const Call& call, const Fields& form,
                             const std::string& client) {
  State& state = core.state;
  const std::string key = co_await key_of(core, value_of(form, "refresh_token"));
  const auto at = std::ranges::find(state.refresh, key, &Grant::key);
  if (at == state.refresh.end() || at->dead || at->client != client)
    co_return oauth_error(
        400, "invalid_grant",
        "AADB2C90129: The provided grant has been revoked. Please reauthenticate and try again.", call.now);
  if (call.now >= at->expires) co_return expired_grant(call);
  if (state.switches.rotation == "strict") at->dead = true;
  Grant grant = *at;
  co_return co_await issue(core, call, std::move(grant), true);
}

}  // namespace

Task<Response> key_set(const Core& core) {
  const auto key = co_await signing_key(core);
  const auto jwk = key ? parse_json(key->jwk.expose()) : Result<Json>(std::unexpected(key.error()));
  if (!jwk) co_return json_answer(500, R"({"message":"Internal error","code":1})");
  const Json shown = {{"kty", "RSA"},
                      {"use", "sig"},
                      {"alg", "RS256"},
                      {"kid", key->kid},
                      {"n", text_of(*jwk, "n").value_or("")},
                      {"e", text_of(*jwk, "e").value_or("")}};
  co_return json_answer(200, dump_json({{"keys", Json::array({shown})}}));
}

Task<Response> token_endpoint(const Core& core, const Call& call) {
  const Fields form = form_decode(call.request.body);
  const std::string client = value_of(form, "client_id"), grant_type = value_of(form, "grant_type");
  const bool secret_wanted = client == confidential_client || core.state.switches.secret_required;
  if ((client != public_client && client != confidential_client) ||
      (secret_wanted && value_of(form, "client_secret") != client_secret))
    co_return oauth_error(
        401, "invalid_client",
        "AADB2C90081: The specified client_secret does not match the expected value for this client. "
        "Please correct the client_secret and try again.",
        call.now);
  if (grant_type == "authorization_code") co_return co_await exchange_code(core, call, form, client);
  if (grant_type == "refresh_token") co_return co_await refresh_grant(core, call, form, client);
  co_return oauth_error(400, "unsupported_grant_type",
                        "AADB2C90086: The supplied grant_type is not supported.", call.now);
}

}  // namespace foyer::sim
