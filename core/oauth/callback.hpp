// The authorization response (rules B2–B5, X9–X11): reading the redirect. Pure functions of values.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/oauth/config.hpp"

namespace foyer::oauth {

struct Callback {
  SecretText state{};
  SecretText code{};
  std::string error{};
  std::string error_description{};  // showable
  std::string issuer{};             // the `iss` parameter, or empty
  bool has_issuer = false;
};

// A6: the address must be the redirect URI. B2: no parameter twice. B3: there must be a state.
Result<Callback> read_callback(std::string_view url, const ClientConfig& config);

// To be asked after the attempt was found (B3) and deleted (B6). B4 comes first, for refusals too; then an
// error wins over a code (B5): X9 declined, X10 interaction needed, X11 trouble at the provider, "B5.error"
// for any other, "B5.code" when there is neither.
Result<void> check_callback(const Callback& callback, std::string_view issuer, const ClientConfig& config);

}  // namespace foyer::oauth
