#include "native/window/loopback.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace foyer::native {
namespace {

constexpr std::size_t most_text = 8192;
constexpr Millis most_time = Seconds(5);
constexpr std::size_t most_visitors = 8;

std::unexpected<Error> refuse(const std::string& address, const char* why) {
  return fail(ErrorKind::unsupported, "", "can't listen at " + address + ": " + why, "--redirect");
}

std::string page(bool known) {
  const std::string body =
      known ? "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Foyer</title>"
              "<h1>Back to Foyer</h1><p>The window goes on. You can close this page.</p></html>\n"
            : "Nothing is here.\n";
  return std::string(known ? "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                           : "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n") +
         "Content-Security-Policy: default-src 'none'\r\nReferrer-Policy: no-referrer\r\nCache-Control: "
         "no-store\r\n"
         "Connection: close\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

Loopback::~Loopback() {
  for (const Visitor& visitor : visitors_) ::close(visitor.socket);
  if (socket_ >= 0) ::close(socket_);
}

Result<std::string> Loopback::listen(const std::string& address) {
  // The URL type has no port 0: it is the scheme's own there.
  const bool any_port = address.find(":0/") != std::string::npos;
  const auto url = parse_url(any_port ? std::string(address).replace(address.find(":0/"), 2, "") : address);
  if (!url || url->scheme != "http" || !url->is_loopback() || url->host == "[::1]")
    return refuse(address, "expected an address like http://127.0.0.1:PORT/callback");
  address_ = *url;
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(static_cast<std::uint16_t>(any_port ? 0 : address_.port == 0 ? 80 : address_.port));
  const std::string host = address_.host == "localhost" ? "127.0.0.1" : address_.host;
  if (::inet_pton(AF_INET, host.c_str(), &where.sin_addr) != 1) return refuse(address, "it is no address");
  const int yes = 1;
  ::setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (socket_ < 0) return refuse(address, "the system refuses");
  if (::bind(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where) != 0)
    return refuse(address, errno == EADDRINUSE ? "another program uses that port" : "the system refuses");
  if (::listen(socket_, 8) != 0) return refuse(address, "the system refuses");
  socklen_t size = sizeof where;
  ::getsockname(socket_, reinterpret_cast<sockaddr*>(&where), &size);
  address_.port = ntohs(where.sin_port);
  return address_.text();
}

void Loopback::work() {
  if (socket_ < 0) return;
  while (visitors_.size() < most_visitors) {
    const int visitor = ::accept4(socket_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (visitor < 0) break;
    visitors_.push_back({visitor, clock_.steady()});
  }
  for (auto at = visitors_.begin(); at != visitors_.end();) {
    if (serve(*at)) {
      ::close(at->socket);
      at = visitors_.erase(at);
    } else {
      ++at;
    }
  }
}

// True when the visit is over.
bool Loopback::serve(Visitor& visitor) {
  char block[2048];
  for (;;) {
    const ssize_t got = ::recv(visitor.socket, block, sizeof block, 0);
    if (got == 0) return true;
    if (got < 0) {
      const bool later = errno == EAGAIN || errno == EWOULDBLOCK;
      return !later || clock_.steady() - visitor.since > most_time;
    }
    visitor.text.append(block, static_cast<std::size_t>(got));
    if (visitor.text.find("\r\n\r\n") != std::string::npos) break;
    if (visitor.text.size() > most_text) return true;
  }
  reply(visitor);
  return true;
}

void Loopback::reply(const Visitor& visitor) {
  const std::string line = visitor.text.substr(0, visitor.text.find("\r\n"));
  const auto end = line.rfind(" HTTP/1.");
  const std::string target =
      line.starts_with("GET /") && end != std::string::npos ? line.substr(4, end - 4) : "";
  const auto url = parse_url(address_.origin() + target);
  const bool known = !target.empty() && url && url->path == address_.path;
  const std::string text = page(known);
  (void)::send(visitor.socket, text.data(), text.size(), MSG_NOSIGNAL);
  if (known && on_answer) on_answer(url->text());
}

}  // namespace foyer::native
