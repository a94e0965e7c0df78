// Leaving for the provider, the clipboard, and exclusive sections.
#pragma once

#include "core/ports/host.hpp"

namespace foyer::web {

// Page: a full-page navigation (A8) and the browser's clipboard. Node: the program that loaded the module is
// told (Module.foyerOpened), and there is no clipboard.
class Navigator final : public foyer::Navigator {
 public:
  void open(const std::string& url) override;
  bool copy(const std::string& text) override;
};

// Page: Web Locks, shared by all tabs of this page (T1); a browser without them queues inside the tab. Node:
// a lock file beside the vault.
class Locks final : public foyer::Locks {
 public:
  Task<Held> acquire(std::string name) override;
};

}  // namespace foyer::web
