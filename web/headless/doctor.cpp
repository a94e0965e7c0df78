#include "web/headless/doctor.hpp"

#include <chrono>

#include "core/base/json.hpp"
#include "core/base/url.hpp"
#include "core/cloud/provider.hpp"

namespace foyer::headless {
namespace {

constexpr std::size_t largest_answer = 128U << 10;  // C7
constexpr Millis clock_tolerance = Minutes(5);      // K3

Error no_answer(HttpFailure failure, const std::string& url) {
  const auto parsed = parse_url(url);
  const std::string where = parsed ? parsed->origin() : url;
  switch (failure) {
    case HttpFailure::offline:
      return {ErrorKind::offline, "E1", "this machine is offline"};
    case HttpFailure::timeout:
      return {ErrorKind::timeout, "E15", where + " did not answer in time"};
    case HttpFailure::redirected:
      return {ErrorKind::transport, "E22", where + " answers with a redirect; use the final address"};
    case HttpFailure::opaque:
      break;
  }
  return {ErrorKind::transport, "E2",
          where + " can't be reached; check the address, the name and the network"};
}

Task<HttpOutcome> fetch(Host& host, std::string url) {
  HttpRequest request;
  request.url = std::move(url);
  request.headers.push_back({"Accept", "application/json"});
  request.max_bytes = largest_answer;
  co_return co_await host.http.send(std::move(request));
}

Task<Result<std::string>> look_at_vault(Host& host) {
  const auto saved = co_await host.vault.save("doctor", SecretText("probe"));
  if (!saved) co_return std::unexpected(saved.error());
  const auto loaded = co_await host.vault.load("doctor");
  if (!loaded) co_return std::unexpected(loaded.error());
  const auto removed = co_await host.vault.remove("doctor");
  if (!removed) co_return std::unexpected(removed.error());
  if (!*loaded || (*loaded)->expose() != "probe")
    co_return fail(ErrorKind::storage, "S2", "what was saved did not come back");
  co_return "secrets can be kept";
}

Result<std::string> look_at_redirect(const oauth::ClientConfig& oauth) {
  const auto url = parse_url(oauth.redirect_uri);
  if (!url) return std::unexpected(url.error());
  if (url->is_loopback() && url->scheme == "http") return oauth.redirect_uri;
  return oauth.redirect_uri +
         " is a page's address: sign in here with --redirect http://127.0.0.1:PORT/callback";
}

// Optional: some providers publish it under another address.
Task<Result<std::string>> look_at_discovery(Host& host, const oauth::ClientConfig& oauth) {
  if (!oauth.openid) co_return "this service has no OpenID";
  const HttpOutcome outcome = co_await fetch(host, oauth.issuer + "/.well-known/openid-configuration");
  if (!outcome) co_return std::unexpected(no_answer(outcome.error(), oauth.issuer));
  const auto json = parse_json(outcome->body, largest_answer);
  if (outcome->status != 200 || !json)
    co_return "nothing is published below the issuer; the addresses of config.json are used";
  const std::string issuer = text_of(*json, "issuer").value_or("");
  if (issuer != oauth.issuer)
    co_return fail(ErrorKind::config, "D6",
                   "the service calls itself \"" + issuer + "\", config.json says \"" + oauth.issuer + "\"",
                   "issuer");
  co_return "the issuer is the one of config.json";
}

Task<Result<std::string>> look_at_keys(Host& host, const oauth::ClientConfig& oauth,
                                       std::optional<Instant>& date) {
  if (!oauth.openid) co_return "none are needed: this service sends no id_token";
  const HttpOutcome outcome = co_await fetch(host, oauth.jwks_uri);
  if (!outcome) co_return std::unexpected(no_answer(outcome.error(), oauth.jwks_uri));
  if (const auto header = outcome->header("Date")) date = parse_http_date(*header);
  const auto json = parse_json(outcome->body, largest_answer);
  const Json* keys = json ? find(*json, "keys") : nullptr;
  if (outcome->status != 200 || !keys || !keys->is_array() || keys->empty())
    co_return fail(ErrorKind::protocol, "D4", "no keys are published there", "jwks_uri");
  co_return std::to_string(keys->size()) + " keys";
}

Result<std::string> look_at_clock(Host& host, const std::optional<Instant>& date) {
  if (!date) return "the service does not tell its time";
  const Millis ahead = host.clock.now() - *date;
  if (std::chrono::abs(ahead) <= clock_tolerance) return "right";
  const auto minutes = std::chrono::duration_cast<Minutes>(std::chrono::abs(ahead)).count();
  return fail(ErrorKind::protocol, "K3",
              "this machine's clock is about " + std::to_string(minutes) + " min " +
                  (ahead > Millis(0) ? "ahead" : "behind") + "; set it right");
}

// An empty token request is refused by every service; that it answers is what counts.
Task<Result<std::string>> look_at_token(Host& host, const oauth::ClientConfig& oauth) {
  HttpRequest request;
  request.method = "POST";
  request.url = oauth.token_endpoint;
  request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  request.body = "grant_type=none";
  request.max_bytes = largest_answer;
  const HttpOutcome outcome = co_await host.http.send(std::move(request));
  if (!outcome) co_return std::unexpected(no_answer(outcome.error(), oauth.token_endpoint));
  if (outcome->status >= 400 && outcome->status < 500 && parse_json(outcome->body, largest_answer))
    co_return "answers";
  co_return fail(ErrorKind::malformed, "C5",
                 "answers with status " + std::to_string(outcome->status) + " and not like a token endpoint",
                 "token_endpoint");
}

Task<Result<std::string>> look_at_api(Controller& controller, const CloudConfig& cloud) {
  const oauth::Session* session = controller.session(cloud.id);
  if (!session || session->info().status != oauth::Status::signed_in)
    co_return "not looked at: nobody is signed in to it";
  const Provider* known = provider(cloud.providers.front());
  const CallResult answer = co_await controller.call(cloud.id, known->plants());
  if (answer) co_return "answers";
  co_return std::unexpected(answer.error().error);
}

}  // namespace

Task<std::vector<Check>> examine(Host& host, const Config& config, Controller& controller) {
  std::vector<Check> checks;
  checks.push_back({"", "vault", co_await look_at_vault(host)});
  for (const CloudConfig& cloud : config.clouds) {
    std::optional<Instant> date;
    checks.push_back({cloud.id, "redirect", look_at_redirect(cloud.oauth)});
    checks.push_back({cloud.id, "discovery", co_await look_at_discovery(host, cloud.oauth)});
    checks.push_back({cloud.id, "keys", co_await look_at_keys(host, cloud.oauth, date)});
    checks.push_back({cloud.id, "clock", look_at_clock(host, date)});
    checks.push_back({cloud.id, "token", co_await look_at_token(host, cloud.oauth)});
    checks.push_back({cloud.id, "api", co_await look_at_api(controller, cloud)});
  }
  co_return checks;
}

}  // namespace foyer::headless
