#include "core/oauth/token_response.hpp"

#include <algorithm>

#include "core/base/ascii.hpp"
#include "core/base/json_view.hpp"
#include "core/base/number.hpp"
#include "core/oauth/authorization.hpp"
#include "core/oauth/text.hpp"

namespace foyer::oauth {
namespace {

constexpr Millis assumed_lifetime = Hours(1), longest_lifetime = Hours(24);

// `field` is the member at fault, also named by the code ("C3.expires_in").
std::unexpected<Error> malformed(const char* rule, const char* what, const char* field = "") {
  Error error{.kind = ErrorKind::malformed,
              .code = rule,
              .message = "The sign-in service sent an answer that can't be used: ",
              .field = field};
  error.message += what;
  if (*field) error.code += '.';
  error.code += field;
  return std::unexpected(std::move(error));
}

// The body of the gateway before the service (F9), or its words about quota and rate: not the service's.
bool is_by_the_gateway(JsonView json, std::string_view body) {
  return json.find("statusCode").type() != JsonType::missing || body.contains("quota") ||
         body.contains("ate limit");
}

// C3, F8: a whole number, as number or as digits.
std::optional<long long> digits(JsonView value) {
  const std::string_view text = value.raw();
  const bool plain =
      (value.type() == JsonType::number || value.is_string()) && text.size() <= 15 && all_digits(text);
  return plain ? std::optional(static_cast<long long>(*parse_number(text))) : std::nullopt;
}

// C4: text with spaces between, or where that is agreed a list of texts.
std::optional<std::vector<std::string>> scopes_of(JsonView value, bool openid) {
  if (value.is_string()) return split_scopes(*value.text());
  if (openid || !value.is_array()) return std::nullopt;
  std::vector<std::string> scopes;
  for (const JsonView one : value.elements()) {
    if (!one.is_string()) return std::nullopt;
    scopes.push_back(*one.text());
  }
  return scopes;
}

Result<TokenResponse> read_object(JsonView json, bool openid) {
  if (json.find("error").type() != JsonType::missing)
    return malformed("C5", "success and an error at once", "error");
  TokenResponse tokens;
  tokens.access_token = secret_of(json, "access_token");
  tokens.refresh_token = secret_of(json, "refresh_token");
  if (openid) tokens.id_token = secret_of(json, "id_token");
  if (!is_token_text(tokens.access_token.expose())) return malformed("C2", "no access token", "access_token");
  if (!tokens.refresh_token.empty() && !is_token_text(tokens.refresh_token.expose()))
    return malformed("C2", "an unusable refresh token", "refresh_token");
  const JsonView type = json.find("token_type");
  const bool left_out = !openid && type.is_nothing();
  if (!left_out && !type.is_word("bearer"))
    return malformed("C2", "a token of a kind we can't use", "token_type");
  if (tokens.id_token.expose().size() > max_id_token) return malformed("C7", "it is too large", "id_token");
  const bool other_name = !openid && json.find("expires_in").type() == JsonType::missing;
  if (const JsonView value = json.find(other_name ? "expire_in" : "expires_in"); !value.is_nothing()) {
    const auto seconds = digits(value);
    if (!seconds || *seconds < 1) return malformed("C3", "expected a number of seconds", "expires_in");
    tokens.expires_in = std::min<Millis>(Seconds(std::min(*seconds, 86'400LL)), longest_lifetime);
  }
  if (const JsonView value = json.find("expires_on"); !value.is_nothing() && !tokens.expires_in) {
    const auto seconds = digits(value);
    if (!seconds || *seconds < 1 || *seconds > 1LL << 40)
      return malformed("C3", "expected a time", "expires_on");
    tokens.expires_on = instant_from_ms(*seconds * 1000);
  }
  if (const auto seconds = digits(json.find("refresh_token_expires_in"));
      seconds && *seconds > 0 && *seconds < 10LL * 366 * 86'400)
    tokens.refresh_expires_in = Seconds(*seconds);
  if (const JsonView scope = json.find("scope"); !scope.is_nothing()) {
    tokens.scopes = scopes_of(scope, openid);
    if (!tokens.scopes) return malformed("C4", "expected text", "scope");
  }
  return tokens;
}

std::optional<Millis> retry_after(const HttpResponse& response, Instant now) {
  const auto value = response.header("Retry-After");
  if (!value) return std::nullopt;
  Millis wait{0};
  if (const auto date = parse_http_date(*value))
    wait = *date - now;
  else if (const auto seconds = parse_number(*value))
    wait = Seconds(static_cast<long long>(std::clamp(*seconds, 0.0, 86'400.0)));
  else
    return std::nullopt;
  return std::clamp<Millis>(wait, Seconds(1), Hours(24));
}

bool speaks_of_scopes(const TokenFailure& failure) {
  return failure.error == "invalid_scope" || failure.description.find("scope") != std::string::npos;
}

TokenTrouble trouble_of(const TokenFailure& failure, bool foreign) {
  const std::string& error = failure.error;
  if (failure.status >= 500 || failure.status == 429 || failure.status == 408) return TokenTrouble::transient;
  if (error == "temporarily_unavailable" || error == "server_error" || error == "slow_down")
    return TokenTrouble::transient;
  // A relay's 404, a captive portal's page or a gateway's quota says nothing about the token, whatever it
  // looks like (T5, X8): the service itself answers with one of three.
  const bool by_the_service = failure.status == 400 || failure.status == 401 || failure.status == 403;
  if (!by_the_service) return TokenTrouble::transient;
  if (error == "invalid_grant") {
    // An expired client secret hides behind this text at the vendor.
    if (failure.description.find("AADB2C90085") != std::string::npos) return TokenTrouble::credentials;
    return speaks_of_scopes(failure) ? TokenTrouble::scope_changed : TokenTrouble::grant_dead;
  }
  if (speaks_of_scopes(failure)) return TokenTrouble::scope_changed;
  if (error == "invalid_client") return TokenTrouble::credentials;
  if (error == "invalid_request" || error == "unauthorized_client" || error == "unsupported_grant_type")
    return TokenTrouble::configuration;
  if (foreign) return TokenTrouble::transient;
  return failure.status == 401 ? TokenTrouble::credentials : TokenTrouble::unclear;
}

}  // namespace

Millis TokenResponse::lifetime(Instant server_now) const {
  if (expires_in) return *expires_in;
  if (expires_on) return std::clamp<Millis>(*expires_on - server_now, Seconds(1), longest_lifetime);
  return assumed_lifetime;
}

Result<TokenResponse> read_token_response(HttpResponse& response, bool openid) {
  std::string body = std::move(response.body);
  const auto read = [&]() -> Result<TokenResponse> {
    if (response.truncated)
      return malformed(body.size() >= max_token_response ? "C7.size" : "C2.cut", "it is cut off");
    const auto json = strict_json(body, max_token_response);
    if (!json)
      return malformed(json.error().code == "E15" ? "C2.json" : json.error().code.c_str(),
                       json.error().message.c_str());
    if (!json->root().is_object()) return malformed("C2.object", "expected an object");
    return read_object(json->root(), openid);
  };
  auto tokens = read();
  foyer::wipe(body);
  response.body.clear();
  return tokens;
}

TokenFailure read_token_failure(const HttpOutcome& outcome, Instant now) {
  if (!outcome) {
    const bool sent = outcome.error() == HttpFailure::opaque || outcome.error() == HttpFailure::timeout;
    return {.trouble = sent ? TokenTrouble::lost_reply : TokenTrouble::transient,
            .certificate = outcome.error() == HttpFailure::certificate};
  }
  const HttpResponse& response = *outcome;
  TokenFailure failure{.status = response.status, .wait = retry_after(response, now)};
  if (response.status < 400 || response.status > 599) {
    // A 200 that can't be read may hide new tokens; a redirect was not followed (E22).
    failure.trouble = response.status / 100 == 2 ? TokenTrouble::lost_reply : TokenTrouble::transient;
    return failure;
  }
  // C5: only 4xx JSON carries an error of the protocol.
  const auto json = JsonText::parse(response.body, max_token_response);
  if (json && response.status < 500) {
    failure.error = showable(json->root().find("error").as_string().value_or(""));
    failure.description = showable(json->root().find("error_description").as_string().value_or(""));
  }
  const bool page = !json && response.body.contains('<');
  const bool gateway =
      failure.error.empty() && is_by_the_gateway(json ? json->root() : JsonView(), response.body);
  failure.trouble = trouble_of(failure, page || gateway);
  return failure;
}

Error to_error(const TokenFailure& failure, bool exchange) {
  const std::string said = failure.description.empty() ? "" : " The service says: " + failure.description;
  switch (failure.trouble) {
    case TokenTrouble::transient:
    case TokenTrouble::lost_reply: {
      if (failure.certificate)
        return {ErrorKind::transport, "L4",
                "The certificate of the sign-in service is not accepted. Check the clock of this device; if "
                "it is right, the "
                "certificate has to be renewed."};
      Error error{
          ErrorKind::transport, exchange ? "X1" : "X7",
          exchange ? "The sign-in could not be completed: the service did not answer. Please sign in again."
                   : "The sign-in can't be renewed at the moment. We try again."};
      if (failure.status != 0)
        error.code += '.' + (failure.check.empty() ? std::to_string(failure.status) : failure.check);
      return error;
    }
    case TokenTrouble::grant_dead:
      return exchange
                 ? Error{ErrorKind::refused, "X2",
                         "The sign-in took too long or was used twice. Please sign in again." + said}
                 : Error{ErrorKind::signed_out, "X3", "Your sign-in has ended. Please sign in again." + said};
    case TokenTrouble::scope_changed:
      return {exchange ? ErrorKind::refused : ErrorKind::signed_out, "X4",
              "The permissions of this application have changed. Please sign in again." + said};
    case TokenTrouble::credentials:
      return {
          ErrorKind::config, "X5",
          "The service does not accept this application's own credentials: renew the client secret." + said};
    case TokenTrouble::configuration:
      return {ErrorKind::config, "X6", "The service does not accept how this application is set up." + said};
    case TokenTrouble::unclear:
      return {exchange ? ErrorKind::refused : ErrorKind::signed_out, "X8",
              "The sign-in was refused without a reason. Please sign in again." + said};
  }
  return {};
}

}  // namespace foyer::oauth
