// Sign-in: from the authorization request to checked tokens (rules A–D, X1–X6, X8).
#include <algorithm>

#include "core/base/base64url.hpp"
#include "core/oauth/callback.hpp"
#include "core/oauth/session_impl.hpp"
#include "core/oauth/text.hpp"

namespace foyer::oauth {
namespace {

using Scope = Storage::Scope;

// Deadlines of the token endpoint and the keys: nobody waits for a sign-in longer than for a write (N2).
constexpr Millis token_deadline = Seconds(15), keys_deadline = Seconds(10);
constexpr Millis keys_pause = Minutes(5);  // D5

std::unexpected<Error> no_such_attempt(const char* code = "B3") {
  return fail(ErrorKind::protocol, code,
              "This sign-in answer belongs to no open sign-in. Please sign in again.");
}

Instant instant_of_seconds(double seconds) {
  return instant_from_ms(static_cast<std::int64_t>(seconds * 1000));
}

}  // namespace

HttpRequest Session::Impl::token_request(SecretText form) const {
  return {.method = "POST",
          .url = config.token_endpoint,
          .headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}},
          .secret_body = std::move(form),
          .deadline = token_deadline,
          .max_bytes = max_token_response};
}

Task<Result<std::string>> Session::Impl::begin(std::string return_to) {
  if (auto checked = check_config(config); !checked) co_return std::unexpected(checked.error());
  Attempt attempt{.account = config.account,
                  .issuer = config.issuer,
                  .client_id = config.client_id,
                  .redirect_uri = config.redirect_uri,
                  .scopes = config.scopes,
                  .return_to = std::move(return_to)};
  auto state_bytes = host.random.bytes(random_bytes);
  auto verifier_bytes = host.random.bytes(random_bytes), nonce_bytes = host.random.bytes(random_bytes);
  for (const auto* bytes : {&state_bytes, &verifier_bytes, &nonce_bytes})
    if (!*bytes) co_return std::unexpected(bytes->error());
  const std::string state = unreserved(*state_bytes);
  attempt.verifier = SecretText(unreserved(*verifier_bytes));
  attempt.nonce = SecretText(unreserved(*nonce_bytes));
  foyer::wipe(*verifier_bytes);
  foyer::wipe(*nonce_bytes);
  const auto state_hash = co_await host.crypto.sha256(state);
  const auto verifier_hash = co_await host.crypto.sha256(attempt.verifier.expose());
  if (!state_hash) co_return std::unexpected(state_hash.error());
  if (!verifier_hash) co_return std::unexpected(verifier_hash.error());
  auto url = authorization_url(config, state, attempt.nonce.expose(), s256_challenge(*verifier_hash));
  if (!url) co_return url;

  if (config.ends_at_once)
    if (const auto room = co_await host.vault.reserve(); !room) co_return unkept(room.error());
  co_await clean_attempts(attempts_at_once - 1);
  attempt.created = host.clock.now();
  const std::string name = "attempt/" + base64url_encode(*state_hash);
  const auto saved = co_await host.storage.save(Scope::tab, name, to_json(attempt));
  // The answer comes to another program than this one, or to a page that was loaded anew: without the attempt
  // it would be nobody's.
  if (!saved)
    co_return fail(ErrorKind::storage, "S3",
                   "This browser keeps nothing for this page, not even until you come back from signing in: "
                   "allow it to (cookies and site data), then sign in.");
  co_return url;
}

Task<Result<Attempt>> Session::Impl::take_attempt(std::string name) {
  const auto stored = co_await host.storage.load(Scope::tab, name);
  if (!stored || !*stored) co_return no_such_attempt();
  auto attempt = attempt_from_json(**stored);
  if (attempt && attempt->account != config.account)
    co_return no_such_attempt();  // another session's: left alone
  if (!co_await host.storage.remove(Scope::tab, name))
    co_return fail(ErrorKind::storage, "B6",
                   "The sign-in can't be completed: this device's storage can't be written.");
  if (attempt && is_stale(*attempt, host.clock.now())) co_return no_such_attempt("B3.late");
  if (!attempt || attempt->issuer != config.issuer || attempt->client_id != config.client_id ||
      attempt->redirect_uri != config.redirect_uri)
    co_return no_such_attempt();
  co_return attempt;
}

Task<Result<std::string>> Session::Impl::complete(std::string url) {
  if (auto checked = check_config(config); !checked) co_return std::unexpected(checked.error());
  auto callback = read_callback(url, config);
  foyer::wipe(url);
  if (!callback) co_return std::unexpected(callback.error());
  const auto hash = co_await host.crypto.sha256(callback->state.expose());
  if (!hash) co_return std::unexpected(hash.error());
  const std::string name = "attempt/" + base64url_encode(*hash);
  // Before any wait: of two callers with the same answer one finds it taken (B6).
  if (!consumed.insert(name).second) co_return no_such_attempt();
  auto attempt = co_await take_attempt(name);
  if (!attempt) {
    consumed.erase(name);
    co_return std::unexpected(attempt.error());
  }
  const std::string return_to = attempt->return_to;
  if (auto checked = check_callback(*callback, attempt->issuer, config); !checked) {
    if (checked.error().code == "X9" && !record) {
      info.status = Status::signed_out;
      info.because = SignedOutBecause::denied;
      publish();
    }
    co_return std::unexpected(checked.error());
  }
  auto exchanged = co_await exchange(std::move(*attempt), std::move(callback->code));
  if (!exchanged) co_return std::unexpected(exchanged.error());
  co_return return_to;
}

// Nothing is stored or used until every check has passed (D12).
Task<Result<void>> Session::Impl::exchange(Attempt attempt, SecretText code) {
  const std::uint64_t started = epoch;
  if (config.ends_at_once)  // the person may have taken a while to sign in
    if (const auto room = co_await host.vault.reserve(); !room) co_return unkept(room.error());
  SecretWriter form(
      3 * (code.expose().size() + config.redirect_uri.size() + config.client_secret.expose().size()) + 512 +
      3 * config.client_id.size());
  form.form("grant_type", "authorization_code");
  form.form("code", code.expose());
  form.form("redirect_uri", attempt.redirect_uri);
  form.form("client_id", config.client_id);
  form.form("code_verifier", attempt.verifier.expose());
  if (!config.client_secret.empty()) form.form("client_secret", config.client_secret.expose());
  HttpOutcome outcome = co_await host.http.send(token_request(form.take()));
  const Instant arrived = host.clock.now();
  const Steady arrived_steady = host.clock.steady();
  if (!outcome || outcome->status != 200)
    co_return std::unexpected(to_error(read_token_failure(outcome, arrived), true));
  auto tokens = read_token_response(*outcome, config.openid);
  if (!tokens) co_return std::unexpected(tokens.error());

  Record fresh{.issuer = config.issuer,
               .client_id = config.client_id,
               .nonce = attempt.nonce,
               .requested = attempt.scopes};
  Instant server_now = arrived;
  if (config.openid && tokens->id_token.empty() && asks_for_openid(attempt.scopes))
    co_return fail(ErrorKind::protocol, "D1.absent",
                   "The sign-in can't be trusted: the service did not say who signed in.");
  if (!tokens->id_token.empty()) {
    auto claims = co_await verified(tokens->id_token);
    if (!claims) co_return std::unexpected(claims.error());
    const Expected expected{attempt.issuer, attempt.client_id, attempt.nonce, config.tolerance};
    if (auto checked = check_claims(*claims, expected, arrived); !checked) co_return checked;
    if (auto checked = co_await check_access_hash(*claims, tokens->access_token); !checked) co_return checked;
    server_now = instant_of_seconds(*claims->issued);
    fresh.identity = Identity{claims->issuer,           claims->subject, claims->audience,
                              claims->authorized_party, attempt.nonce,   claims->auth_time};
    fresh.name = claims->name;
  }
  fresh.scopes = tokens->scopes.value_or(attempt.scopes);
  fresh.lifetime = tokens->lifetime(server_now);
  fresh.received = arrived;
  fresh.access_token = std::move(tokens->access_token);
  fresh.refresh_token = std::move(tokens->refresh_token);
  if (!fresh.refresh_token.empty()) {
    fresh.refresh_issued = arrived;
    fresh.refresh_expires = arrived + tokens->refresh_expires_in.value_or(Hours(24 * 90));
  }

  // Newer than whatever there is; a refresh of the former session finds itself overtaken (T9).
  bool written = false;
  for (int tries = 0; tries < 5 && !written; ++tries) {
    const auto stored = co_await load_stored();
    if (stored && *stored) generation = std::max(generation, (*stored)->generation);
    if (epoch != started) co_return fail(ErrorKind::cancelled, "T9", "You signed out meanwhile.");
    const auto done = co_await put(fresh);
    if (epoch != started) co_return fail(ErrorKind::cancelled, "T9", "You signed out meanwhile.");
    if (!done) break;
    written = *done;
  }
  ++epoch;
  record = std::move(fresh);
  received_steady = arrived_steady;
  failures.clear();
  not_before.reset();
  lost_before = unsaved = ending = false;
  shared = written;
  info.because = SignedOutBecause::never;
  degraded = !written;
  publish();
  if (!written) flows.spawn(store_later({}));
  co_return Result<void>();
}

Task<Result<Claims>> Session::Impl::verified(SecretText id_token) {
  auto jws = parse_jws(id_token.expose(), config.algorithms);
  if (!jws) co_return std::unexpected(jws.error());
  auto key = co_await signing_key(jws->alg, jws->kid);
  if (!key) co_return std::unexpected(key.error());
  const auto genuine = co_await host.crypto.verify_rs256(*key, jws->signing_input, jws->signature);
  if (!genuine || !*genuine)
    co_return fail(ErrorKind::protocol, "D4.signature",
                   "The sign-in can't be trusted: its signature is wrong.");
  co_return parse_claims(jws->payload);
}

Task<Result<RsaPublicKey>> Session::Impl::signing_key(std::string alg, std::string kid) {
  const bool known = keys.has_value();
  if (!known)
    if (auto fetched = co_await fetch_keys(); !fetched) co_return std::unexpected(fetched.error());
  auto key = choose_key(*keys, alg, kid);
  // A rotated key: look once more, but nobody makes us fetch for every token (D5).
  const Steady now = host.clock.steady();
  if (key || !known || (keys_refetched && now - *keys_refetched < keys_pause)) co_return key;
  keys_refetched = now;
  if (auto fetched = co_await fetch_keys(); !fetched) co_return std::unexpected(fetched.error());
  co_return choose_key(*keys, alg, kid);
}

Task<Result<void>> Session::Impl::fetch_keys() {
  for (int attempt = 1;; ++attempt) {
    const HttpOutcome outcome = co_await host.http.send({.url = config.jwks_uri,
                                                         .headers = {{"Accept", "application/json"}},
                                                         .deadline = keys_deadline,
                                                         .max_bytes = max_jwks + 1});
    if (outcome && outcome->status == 200 && !outcome->truncated) {
      auto parsed = parse_jwks(outcome->body);
      if (!parsed) co_return std::unexpected(parsed.error());
      keys = std::move(*parsed);
      co_return Result<void>();
    }
    if (outcome && outcome->truncated)
      co_return fail(ErrorKind::protocol, "C7.jwks", "The keys of the sign-in service can't be read.");
    if (attempt == 3)
      co_return fail(ErrorKind::transport, "D4.fetch",
                     "The keys of the sign-in service can't be fetched. Please sign in again.");
    co_await host.timers.sleep(Seconds(attempt));
  }
}

Task<Result<void>> Session::Impl::check_access_hash(Claims claims, SecretText access_token) {
  if (!claims.at_hash) co_return Result<void>();
  const auto hash = co_await host.crypto.sha256(access_token.expose());
  if (!hash) co_return std::unexpected(hash.error());
  co_return check_at_hash(claims, *hash);
}

}  // namespace foyer::oauth
