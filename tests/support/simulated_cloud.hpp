// The simulated cloud behind the client's own HTTP port, without a socket: for journeys in virtual time.
//
// Example:
//   sim::Cloud cloud({memory.time, memory.random, test::crypto(), test::signer()});
//   memory.http.respond = [&](const HttpRequest& request) { return test::ask(cloud, memory.time, request); };
#pragma once

#include <string>
#include <utility>

#include "core/ports/clock.hpp"
#include "core/ports/http.hpp"
#include "core/sim/cloud.hpp"

namespace foyer::test {

// Requests to `base`/cloud/… are answered by `cloud`, everything else is a host that does not exist. Delays
// are waited for in the time of `timers`; one past the deadline is a timeout, a dropped connection is
// HttpFailure::opaque.
inline Task<HttpOutcome> ask(sim::Cloud& cloud, Timers& timers, HttpRequest request,
                             std::string base = "http://localhost:8080") {
  if (!request.url.starts_with(base + "/cloud/")) co_return std::unexpected(HttpFailure::opaque);
  sim::Request asked{.method = request.method, .target = request.url.substr(base.size()), .base = base};
  asked.headers = request.headers;
  for (const SecretHeader& header : request.secret_headers)
    asked.headers.push_back({header.name, header.value.expose()});
  asked.body = request.secret_body.empty() ? request.body : request.secret_body.expose();
  sim::Response answer = co_await cloud.handle(std::move(asked));
  if (answer.delay > request.deadline) {
    co_await timers.sleep(request.deadline);
    co_return std::unexpected(HttpFailure::timeout);
  }
  if (answer.delay > Millis(0)) co_await timers.sleep(answer.delay);
  if (answer.drop) co_return std::unexpected(HttpFailure::opaque);
  if (answer.status >= 300 && answer.status < 400) co_return std::unexpected(HttpFailure::redirected);
  HttpResponse out{
      .status = answer.status, .headers = std::move(answer.headers), .body = std::move(answer.body)};
  out.truncated = out.body.size() > request.max_bytes;
  if (out.truncated) out.body.resize(request.max_bytes);
  co_return out;
}

}  // namespace foyer::test
