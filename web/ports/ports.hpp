// Everything a JavaScript host lends, in the page and in Node alike. One per program; host() lives as long.
//
// Example:
//   static foyer::web::Ports ports;
//   foyer::Host host = ports.host();
#pragma once

#include "web/ports/browser_crypto.hpp"
#include "web/ports/browser_host.hpp"
#include "web/ports/browser_http.hpp"
#include "web/ports/browser_storage.hpp"
#include "web/ports/browser_time.hpp"

namespace foyer::web {

struct Ports {
  Clock clock;
  Timers timers;
  Random random;
  Crypto crypto;
  Http http;
  Vault vault;
  Storage storage;
  Navigator navigator;
  Broadcast broadcast;
  Locks locks{vault, timers, clock, random, broadcast};

  Parts parts;

  Host host() {
    return {clock, timers, random, crypto, http, vault, storage, navigator, locks, broadcast, parts};
  }
};

}  // namespace foyer::web
