// Everything a JavaScript host lends, in the page and in Node alike. One per program; host() lives as long.
//
// Example:
//   static foyer::web::Ports ports;
//   foyer::Host host = ports.host();
#pragma once

#include "web/ports/crypto.hpp"
#include "web/ports/host.hpp"
#include "web/ports/http.hpp"
#include "web/ports/storage.hpp"
#include "web/ports/time.hpp"

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

  Host host() { return {clock, timers, random, crypto, http, vault, storage, navigator, locks, broadcast}; }
};

}  // namespace foyer::web
