// The one place that holds the state while the program runs, and tells that it changed.
//
// Every part of core/app writes through it. Pointers into the state are good until the next co_await.
#pragma once

#include <functional>
#include <string>

#include "core/app/state/state.hpp"
#include "core/base/task.hpp"
#include "core/ports/host.hpp"

namespace foyer {

class Store {
 public:
  // `host` and `scope` outlive the store.
  Store(Host& host, TaskScope& scope) : host_(host), scope_(scope) {}
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  State state{};
  std::function<void()> on_change;  // at most once per event of the host

  // The state was changed: the version grows now, on_change follows from the event loop.
  void changed();
  // A short message for the live region.
  void say(std::string text);

  AccountState* account(const std::string& id);
  Plant* plant(const PlantId& id);
  // The plant that has this module, or null.
  Plant* plant_of(const ModuleId& id);
  // Takes the plants of an account out, all or those that `keep` says no to.
  void drop_plants(const std::string& account, const std::function<bool(const PlantId&)>& keep = {});

  Instant now() const { return host_.clock.now(); }
  Minutes offset(Instant at) const { return host_.clock.utc_offset(at); }
  // "14:02" for people.
  std::string clock(Instant at) const { return clock_text(at, offset(at)); }

 private:
  Task<void> tell();

  Host& host_;
  TaskScope& scope_;
  bool telling_ = false;
};

}  // namespace foyer
