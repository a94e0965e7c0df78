// Exclusive sections for hosts that share a vault but have no locks (rule T1): a lease with owner and number,
// taken, kept and given back by compare-and-set.
//
// Contract: the holder renews its lease every 5 s; whoever waits takes it over after it has seen the same
// lease for 20 s by its own steady clock, so that a wall clock that jumps takes nobody's section away. A
// holder that was stopped for longer has lost it without knowing: what it writes then must be
// compared-and-set, too. A vault that cannot be used for 10 s gives a null section.
// A holder that cannot renew because the vault refuses writes says every 5 s that it is alive: who hears it
// waits on. Without a broadcast the lease runs out after 20 s of that.
#pragma once

#include <memory>
#include <string>

#include "core/ports/host.hpp"

namespace foyer {

class LeaseLocks final : public Locks {
 public:
  static constexpr Millis expiry = Seconds(20), renewal = Seconds(5), look = Millis(500),
                          patience = Seconds(10);

  LeaseLocks(Vault& vault, Timers& timers, Clock& clock, Random& random, Broadcast& broadcast)
      : vault_(vault), timers_(timers), clock_(clock), random_(random), broadcast_(broadcast) {}
  Task<Held> acquire(std::string name) override;

 private:
  struct Lease;
  Task<void> keep(std::shared_ptr<Lease> lease);
  Task<void> give_back(std::shared_ptr<Lease> lease);
  Task<void> listen(std::string name, Steady& alive);

  Vault& vault_;
  Timers& timers_;
  Clock& clock_;
  Random& random_;
  Broadcast& broadcast_;
  // Dropped with the locks: a section that outlives them has nothing to give back to.
  std::shared_ptr<TaskScope> flows_ = std::make_shared<TaskScope>();
};

}  // namespace foyer
