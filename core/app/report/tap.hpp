// Http that can be listened to while the program runs.
#pragma once

#include <memory>
#include <utility>

#include "core/ports/http.hpp"

namespace foyer::report {

class Tap final : public Http {
 public:
  explicit Tap(Http& to) : to_(to) {}

  // From now on requests go through `ear`, which sends them on by itself; nothing: straight on. An ear lives
  // until the last request that it heard is answered.
  void listen(std::shared_ptr<Http> ear) { ear_ = std::move(ear); }
  Http& straight() { return to_; }

  Task<HttpOutcome> send(HttpRequest request) override {
    const std::shared_ptr<Http> ear = ear_;
    co_return co_await (ear ? *ear : to_).send(std::move(request));
  }

 private:
  Http& to_;
  std::shared_ptr<Http> ear_{};
};

}  // namespace foyer::report
