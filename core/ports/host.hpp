// Ports: where the program runs, and the bundle of everything a host lends.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/task.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/crypto.hpp"
#include "core/ports/http.hpp"
#include "core/ports/storage.hpp"

namespace foyer {

class Navigator {
 public:
  virtual ~Navigator() = default;
  // Leaves for the provider: a full-page redirect in the page, the system browser natively, a printed address
  // in the headless client (rule A8). `url` holds no secret.
  virtual void open(const std::string& url) = 0;
  // Puts text on the clipboard; false when the host refuses.
  virtual bool copy(const std::string& text) = 0;
};

// Exclusive sections across everything that shares this storage (tabs, processes): Web Locks in the page, a lock
// file elsewhere (rule T1). The section lasts as long as the returned value lives.
class Locks {
 public:
  virtual ~Locks() = default;
  using Held = std::shared_ptr<void>;
  virtual Task<Held> acquire(std::string name) = 0;
};

// Everything a host lends. References outlive every object of the core.
struct Host {
  Clock& clock;
  Timers& timers;
  Random& random;
  Crypto& crypto;
  Http& http;
  Vault& vault;
  Storage& storage;
  Navigator& navigator;
  Locks& locks;
};

}  // namespace foyer
