// What strangers hand to the sign-in: the redirect, the id_token, the key set, the answers of the token
// endpoint; and the record in the vault.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/oauth/authorization.hpp"
#include "core/oauth/callback.hpp"
#include "core/oauth/id_token.hpp"
#include "core/oauth/jwks.hpp"
#include "core/oauth/record.hpp"
#include "core/oauth/text.hpp"
#include "core/oauth/token_response.hpp"
#include "tests/fuzz/promise.hpp"

using foyer::test::promise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  foyer::oauth::ClientConfig config;
  config.issuer = "https://issuer.example/";
  config.redirect_uri = "https://app.example/cb";

  for (const std::string& url : {std::string(text), config.redirect_uri + "?" + std::string(text)}) {
    if (const auto callback = foyer::oauth::read_callback(url, config)) {
      static_cast<void>(foyer::oauth::check_callback(*callback, config.issuer, config));
    }
  }
  if (const auto jws = foyer::oauth::parse_jws(text, {"RS256"})) {
    promise(jws->alg == "RS256", "only an allowed algorithm is accepted (D2)");
    promise(text.starts_with(jws->signing_input), "what is signed is what was sent");
    static_cast<void>(foyer::oauth::parse_claims(jws->payload));
  }
  static_cast<void>(foyer::oauth::parse_claims(text));
  if (const auto keys = foyer::oauth::parse_jwks(text)) {
    static_cast<void>(foyer::oauth::choose_key(*keys, "RS256", "kid"));
  }
  static_cast<void>(foyer::oauth::attempt_from_json(text));
  for (const bool openid : {true, false}) {
    foyer::HttpResponse answer{.status = 200, .body = std::string(text)};
    const auto tokens = foyer::oauth::read_token_response(answer, openid);
    promise(answer.body.empty(), "the body of a token answer is wiped (S5)");
    if (!tokens) {
      promise(tokens.error().code.starts_with('C'), "a refused token answer names its rule");
      continue;
    }
    promise(foyer::oauth::is_token_text(tokens->access_token.expose()), "a token can be sent (C2)");
    const auto life = tokens->lifetime(foyer::instant_from_ms(0));
    promise(life > foyer::Millis(0) && life <= foyer::Hours(24), "a token lives for at most a day (C3)");
  }
  for (const int status : {400, 403, 429}) {
    const auto failure = foyer::oauth::read_token_failure(
        foyer::HttpResponse{.status = status, .body = std::string(text)}, foyer::instant_from_ms(0));
    promise(failure.error.size() <= 200 && failure.description.size() <= 200, "errors are short (B5)");
  }
  if (const auto record = foyer::oauth::record_from_secret(foyer::SecretText(std::string(text)))) {
    const auto again = foyer::oauth::record_from_secret(foyer::oauth::to_secret(*record));
    promise(again && again->generation == record->generation && again->ended == record->ended,
            "a record that was read can be kept again");
  }
  return 0;
}
