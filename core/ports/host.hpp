// Ports: where the program runs, and the bundle of everything a host lends.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "core/base/task.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/crypto.hpp"
#include "core/ports/http.hpp"
#include "core/ports/parts.hpp"
#include "core/ports/storage.hpp"

namespace foyer {

class Navigator {
 public:
  virtual ~Navigator() = default;
  // Leaves for the provider: a full-page redirect in the page, the system browser natively, a printed address
  // in the headless client (rule A8). `url` holds no secret.
  virtual void open(const std::string& url) = 0;
  // May this program connect there at all? A page's own policy (connect-src) forbids other origins.
  virtual bool may_connect(const std::string& /*url*/) { return true; }
  // Puts text on the clipboard; false when the host refuses.
  virtual bool copy(const std::string& text) = 0;
  // Gives the person a file; false when the host has no way to.
  virtual bool save(const std::string& /*name*/, const std::string& /*text*/) { return false; }
};

// Exclusive sections across everything that shares this storage (tabs, processes): Web Locks in the page, a
// lease in the vault where they are missing, a lock file elsewhere (rule T1). The section lasts as long as
// the returned value lives; a null value means that the section could not be had.
class Locks {
 public:
  virtual ~Locks() = default;
  using Held = std::shared_ptr<void>;
  virtual Task<Held> acquire(std::string name) = 0;

 protected:
  // A section that is given back by `release`, called without arguments.
  template <class Release>
  static Held section(Release release) {
    static char something;
    return Held(&something, [release = std::move(release)](void*) { release(); });
  }
};

// "Look again" between the tabs of one page (T3): topics only, never a value. A notice may get lost; nothing
// may depend on it.
class Broadcast {
 public:
  virtual ~Broadcast() = default;
  // To every other tab that listens; never inline.
  virtual void tell(const std::string& topic) = 0;
  // Waits for the next notice on that topic from another tab. Where there are no other tabs: for ever.
  virtual Task<void> hear(std::string topic) = 0;
};

// For hosts whose programs do not hear each other.
class NoBroadcast final : public Broadcast {
 public:
  void tell(const std::string&) override {}
  Task<void> hear(std::string) override { co_await Completion<bool>(); }
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
  Broadcast& broadcast;
  Parts& parts;
};

}  // namespace foyer
