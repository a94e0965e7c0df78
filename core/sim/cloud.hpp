// The simulated Legrand cloud: sign-in host, API gateway, two APIs and living houses, as one value.
//
// Purpose: the same cloud answers in the page's service worker, in the development server and in native
// tests. It knows no socket and no page: a Request goes in, a Response comes out. It writes every answer on
// its own from the public description of the real cloud and shares no encoder with the client.
//
// Contract:
//  * Time, randomness, hashing and RS256 signing come through the ports only; equal ports give equal answers.
//  * Everything under `<base>/cloud/` belongs to it: /cloud/oauth (discovery, pages, token, keys), /cloud/api
//    (gateway), /cloud/_control (fault switches) and /cloud/_control/log. Any other path answers 404.
//  * handle() may be called again while an earlier call waits for the signer; no state is half-changed in
//  between.
//  * save() gives the whole state as one JSON text, load() takes it back; a host that is stopped between two
//  calls
//    loses nothing. A text of another version or no JSON is refused and changes nothing.
//  * Delays and dropped connections are data in the Response: the host carries them out.
//
// Example (compiled by tests/sim):
//   sim::Cloud cloud({clock, random, crypto, signer});
//   sim::Response r = co_await cloud.handle({.target = "/cloud/oauth/jwks", .base =
//   "http://localhost:8080"});
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/task.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/crypto.hpp"
#include "core/ports/http.hpp"

namespace foyer::sim {

struct Request {
  std::string method = "GET";
  std::string target;             // path and query below `base`: "/cloud/oauth/authorize?client_id=…"
  std::vector<Header> headers{};  // names in any letter case
  std::string body{};
  std::string base =
      "http://localhost";  // what the browser sees before `target`: origin and folder, no trailing '/'
};

struct Response {
  int status = 200;
  std::vector<Header> headers{};
  std::string body{};
  bool drop = false;  // cut the connection instead of answering
  Millis delay{0};    // wait that long before answering or cutting
};

struct Ports {
  Clock& clock;  // only now() is read
  Random& random;
  Crypto& crypto;
  Signer& signer;
};

struct State;

class Cloud {
 public:
  explicit Cloud(Ports ports);
  ~Cloud();
  Cloud(const Cloud&) = delete;
  Cloud& operator=(const Cloud&) = delete;

  Task<Response> handle(Request request);

  std::string save() const;
  // False when `text` is not a state this version wrote; the present state then stays.
  bool load(std::string_view text);

 private:
  Ports ports_;
  std::unique_ptr<State> state_;
};

// What the demo registers with the cloud; the same for everyone, so no secret at all.
inline constexpr std::string_view public_client = "foyer-demo";
inline constexpr std::string_view confidential_client = "foyer-secret";
inline constexpr std::string_view client_secret = "s3cret.with+url,chars~0123456789abcdef";
inline constexpr std::string_view primary_key = "11111111111111111111111111111111";
inline constexpr std::string_view secondary_key = "22222222222222222222222222222222";

}  // namespace foyer::sim
