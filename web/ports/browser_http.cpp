#include "web/ports/browser_http.hpp"

#include <algorithm>

#include "web/ports/pending.hpp"

extern "C" void foyer_http_send(int number, const char* method, const char* url, const char* headers,
                                const char* body, std::size_t body_size, int deadline_ms, double max_bytes,
                                bool outlives_page);

namespace foyer::web {
namespace {

// What JavaScript answers: an HTTP status, plus `cut` when the body is not whole, or one of the failures.
constexpr int cut = 1000;
enum Failed { offline = -1, opaque = -2, timeout = -3, redirected = -4, certificate = -5 };

bool plain(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c == '\n' || c == '\r' || c == '\0'; });
}

// "name\nvalue\n…"; nothing when a line break in a value would make two headers of one.
std::optional<std::string> header_lines(const HttpRequest& request) {
  std::string out;
  const auto add = [&out](std::string_view name, std::string_view value) {
    out.append(name).append("\n").append(value).append("\n");
    return plain(name) && plain(value);
  };
  for (const Header& header : request.headers)
    if (!add(header.name, header.value)) return std::nullopt;
  for (const SecretHeader& header : request.secret_headers)
    if (!add(header.name, header.value.expose())) return std::nullopt;
  return out;
}

// Header lines, an empty line, then the body.
HttpResponse read_answer(PortAnswer answer) {
  HttpResponse response;
  response.truncated = answer.status >= cut;
  response.status = answer.status % cut;
  std::size_t at = 0;
  const auto line = [&] {
    const auto end = std::min(answer.bytes.find('\n', at), answer.bytes.size());
    std::string text = answer.bytes.substr(at, end - at);
    at = std::min(end + 1, answer.bytes.size());
    return text;
  };
  for (std::string name = line(); !name.empty(); name = line()) response.headers.push_back({name, line()});
  response.body = answer.bytes.substr(at);
  wipe(answer.bytes);
  return response;
}

}  // namespace

Task<HttpOutcome> Http::send(HttpRequest request) {
  std::optional<std::string> lines = header_lines(request);
  if (!lines) co_return std::unexpected(HttpFailure::opaque);
  PortAnswer answer = co_await ask([&](int number) {
    const std::string& body = request.secret_body.empty() ? request.body : request.secret_body.expose();
    foyer_http_send(number, request.method.c_str(), request.url.c_str(), lines->c_str(), body.data(),
                    body.size(),
                    static_cast<int>(std::clamp<std::int64_t>(request.deadline.count(), 0, 600'000)),
                    static_cast<double>(request.max_bytes), request.outlives_page);
    wipe(*lines);
  });
  switch (answer.status) {
    case offline:
      co_return std::unexpected(HttpFailure::offline);
    case opaque:
      co_return std::unexpected(HttpFailure::opaque);
    case timeout:
      co_return std::unexpected(HttpFailure::timeout);
    case redirected:
      co_return std::unexpected(HttpFailure::redirected);
    case certificate:
      co_return std::unexpected(HttpFailure::certificate);
    default:
      co_return read_answer(std::move(answer));
  }
}

}  // namespace foyer::web
