// One HTTP exchange by fetch(): no redirects, no cookies, no cache, no referrer; the deadline covers the body
// too.
//
// A browser does not say why an exchange failed: everything but "known offline" and "too late" is opaque
// (E2).
#pragma once

#include "core/ports/http.hpp"

namespace foyer::web {

class Http final : public foyer::Http {
 public:
  Task<HttpOutcome> send(HttpRequest request) override;
};

}  // namespace foyer::web
