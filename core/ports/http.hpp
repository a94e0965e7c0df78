// Port: one HTTP exchange.
//
// Overview: the core describes a request as a value and gets a response or the reason why there is none. What
// a browser, libcurl or Node do for it, each host says for itself; tests answer from a function
// (ScriptedHttp).
//
// Example (compiled by tests/ports):
//   HttpRequest request{.url = "https://api.example/plants"};            // 1. what is asked
//   request.secret_headers.push_back({"Authorization", std::move(bearer)});  // 2. secrets by their own type
//   const HttpOutcome outcome = co_await http.send(std::move(request));    // 3. one exchange
//   co_return outcome ? outcome->status : 0;                               // 4. an answer, or why none
//
// States: a request is on its way until its task is done; dropping the task aborts it. There are no others:
// no connection, no pool, no retry (the gateway decides about that).
//
// Errors: HttpFailure, when no answer came. Every status, 500 as well as 200, is an answer, and a body that
// was cut says so (`truncated`).
//
// Contract for every host version: redirects are never followed (rule E22), no cookies, no cache, no referrer
// (C1); at most `max_bytes` of body are kept; a request that is dropped is aborted. Secret header values and
// bodies are of their own type, so that a journal or an error text cannot show them.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/secret.hpp"
#include "core/base/task.hpp"
#include "core/base/time.hpp"

namespace foyer {

struct Header {
  std::string name;  // as sent; compared without case
  std::string value;
};

struct SecretHeader {
  std::string name;
  SecretText value;
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;  // absolute; never holds a secret
  std::vector<Header> headers{};
  std::vector<SecretHeader> secret_headers{};
  std::string body{};        // sent when secret_body is empty
  SecretText secret_body{};  // the token request's form
  Millis deadline = Seconds(10);
  std::size_t max_bytes = 16U << 20;
  bool outlives_page =
      false;              // is finished by the browser when the page is left meanwhile; small bodies only
  std::string account{};  // whose call of an interface; empty for a sign-in's. For who listens, never sent
};

struct HttpResponse {
  int status = 0;  // 100…599
  std::vector<Header> headers{};
  std::string body{};
  bool truncated = false;  // cut at max_bytes or in the middle by the peer

  // First header of that name, compared without case; absent when missing or not readable (rule K2).
  std::optional<std::string> header(std::string_view name) const;
};

// Why there is no answer. In a browser `opaque` covers DNS, TLS, refused connections and CORS alike (E2);
// other hosts tell `certificate` apart: it is out of date, of another name, or of nobody who is trusted.
// Nothing was sent then.
enum class HttpFailure { offline, opaque, timeout, redirected, certificate };
std::string_view to_string(HttpFailure failure);

using HttpOutcome = std::expected<HttpResponse, HttpFailure>;

class Http {
 public:
  virtual ~Http() = default;
  // Dropping the task aborts the exchange.
  virtual Task<HttpOutcome> send(HttpRequest request) = 0;
};

}  // namespace foyer
