// URLs and form encoding, as far as a client of known hosts needs them.
//
// Foyer only builds URLs from its own configuration and reads its own redirect; it accepts absolute http and
// https URLs without user info and refuses everything else.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"

namespace foyer {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Url {
  std::string scheme;  // "http" or "https"
  std::string host;    // lower case; IPv6 with brackets
  int port = 0;        // 0: the scheme's own
  std::string path;    // begins with '/'
  std::string query;   // without '?'
  std::string fragment;

  // "https://host:port"
  std::string origin() const;
  std::string text() const;
  // 127.0.0.0/8, ::1 or localhost: the only hosts that may be spoken to without TLS (rule A1).
  bool is_loopback() const;
};

Result<Url> parse_url(std::string_view text);
// `reference` may be absolute, begin with '/', or be relative to the folder of `base` ("./cloud/x").
Result<Url> resolve_url(const Url& base, std::string_view reference);

// Percent-encoding of everything but unreserved characters (RFC 3986 section 2.3).
std::string percent_encode(std::string_view text);
// Nothing for a truncated or non-hexadecimal escape. '+' stays.
std::optional<std::string> percent_decode(std::string_view text);

// application/x-www-form-urlencoded
std::string form_encode(const Fields& fields);
// Keeps the order and repeated names (the caller decides, rule B2). Broken escapes are kept as they stand.
Fields form_decode(std::string_view text);

}  // namespace foyer
