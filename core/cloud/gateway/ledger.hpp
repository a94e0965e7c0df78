// The ledger as all tabs of one account share it (Q6): every change is one transaction on the stored record –
// lock, read the newest, change, write, unlock. Without storage it counts from half of the calls in memory
// (Q9).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/task.hpp"
#include "core/policy/quota.hpp"
#include "core/ports/host.hpp"

namespace foyer {

// Of subscription keys together: tells that they were edited, and nothing else about them.
std::uint32_t mark_of(const std::vector<SecretText>& keys);

class SharedLedger {
 public:
  // `keys_mark`: of the configured subscription keys; a record made with others forgets what it knew of them.
  SharedLedger(Host& host, const policy::Plan& plan, std::uint32_t keys_mark);

  // Shares it under that name in Storage (scope device) from now on; an empty name: in memory, from zero.
  Task<void> open(std::string record);
  // As this tab last saw it. Pointers into it are good until the next co_await.
  const policy::Ledger& value() const { return value_; }
  // Reads what other tabs did.
  Task<void> refresh();
  // Asks, and when granted counts, in one transaction (Q6). `retry` counts against N3 too.
  Task<policy::Grant> spend(policy::Purpose purpose, bool retry);
  // One transaction. `what` runs once, at once or after the lock came.
  Task<void> change(std::function<void(policy::Ledger&)> what);
  // The person pressed Retry: the next call may be the probe of a halt.
  void press() { pressed_ = true; }
  bool pressed() const { return pressed_; }

  // After each stored or failed change; the error when storage refuses (S3).
  std::function<void(const Error*)> on_change;

 private:
  void take(const Result<std::optional<std::string>>& stored);

  Host& host_;
  policy::Plan plan_;
  std::uint32_t keys_mark_;
  std::string record_{};
  policy::Ledger value_{};
  bool pressed_ = false;
};

}  // namespace foyer
