// The loopback redirect (RFC 8252 section 7.3): a tiny HTTP server on this machine that takes the provider's
// answer.
//
// Contract: listens on loopback only; answers one GET of its own path with a page that says the window goes
// on, anything else with 404. A request has 8 KiB and 5 s. Nothing waits: work() does what can be done.
#pragma once

#include <functional>
#include <list>
#include <string>

#include "core/base/result.hpp"
#include "core/base/url.hpp"
#include "native/ports/loop.hpp"

namespace foyer::native {

class Loopback final : public Worker {
 public:
  explicit Loopback(const Clock& clock) : clock_(clock) {}
  ~Loopback() override;
  Loopback(const Loopback&) = delete;
  Loopback& operator=(const Loopback&) = delete;

  // `address`: http on this machine; port 0 takes a free one. The address with its real port comes back.
  Result<std::string> listen(const std::string& address);

  void work() override;
  bool busy() const override { return waiting || !visitors_.empty(); }

  bool waiting = false;                          // somebody may come soon
  std::function<void(std::string)> on_answer{};  // the whole URL of the answer

 private:
  struct Visitor {
    int socket;
    Steady since;
    std::string text{};
  };
  bool serve(Visitor& visitor);
  void reply(const Visitor& visitor);

  const Clock& clock_;
  Url address_{};
  int socket_ = -1;
  std::list<Visitor> visitors_{};
};

}  // namespace foyer::native
