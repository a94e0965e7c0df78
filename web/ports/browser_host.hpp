// Leaving for the provider, the clipboard, and exclusive sections.
#pragma once

#include "core/ports/host.hpp"
#include "core/ports/lease.hpp"

namespace foyer::web {

// Page: a full-page navigation (A8) and the browser's clipboard. Node: there is neither.
class Navigator final : public foyer::Navigator {
 public:
  void open(const std::string& url) override;
  bool may_connect(const std::string& url) override;
  bool copy(const std::string& text) override;
  bool save(const std::string& name, const std::string& text) override;
};

// Page: whatever came later than the rest is one file (later.wasm), fetched and checked once. Node: one
// program.
class Parts final : public foyer::Parts {
 public:
  Parts();
  bool has(Part) const override { return here_; }
  Task<bool> bring(Part) override;

 private:
  bool here_;
};

// Page: Web Locks, shared by all tabs of this page (T1), or a lease in the vault where the browser has none.
// Node: a lock file beside the vault.
class Locks final : public foyer::Locks {
 public:
  Locks(Vault& vault, Timers& timers, Clock& clock, Random& random, Broadcast& broadcast)
      : lease_(vault, timers, clock, random, broadcast) {}
  Task<Held> acquire(std::string name) override;

 private:
  LeaseLocks lease_;
};

// Page: a BroadcastChannel. Node: nobody else is told.
class Broadcast final : public foyer::Broadcast {
 public:
  void tell(const std::string& topic) override;
  Task<void> hear(std::string topic) override;
};

}  // namespace foyer::web
