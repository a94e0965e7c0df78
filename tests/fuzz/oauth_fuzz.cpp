// What strangers hand to the sign-in: the redirect, the id_token, the key set.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/oauth/authorization.hpp"
#include "core/oauth/callback.hpp"
#include "core/oauth/id_token.hpp"
#include "core/oauth/jwks.hpp"
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
  return 0;
}
