// HTTP by libcurl's multi interface, driven by the event loop: no threads, no redirects, no cookies, no proxy
// credentials; certificates are always verified.
#pragma once

#include <memory>

#include "core/ports/http.hpp"
#include "native/ports/loop.hpp"

namespace foyer::native {

class CurlHttp final : public Http, public Worker {
 public:
  CurlHttp();
  ~CurlHttp() override;
  CurlHttp(const CurlHttp&) = delete;
  CurlHttp& operator=(const CurlHttp&) = delete;

  Task<HttpOutcome> send(HttpRequest request) override;
  void work() override;
  bool busy() const override;

 private:
  struct Transfers;
  struct Transfer;
  std::unique_ptr<Transfers> transfers_;
};

}  // namespace foyer::native
