// The list of problems: one entry per cause, gone when the cause is gone.
#pragma once

#include <string>
#include <string_view>

#include "core/app/account.hpp"
#include "core/app/store.hpp"

namespace foyer {

class Problems {
 public:
  explicit Problems(Store& store) : store_(store) {}

  // Adds it, or renews the one of that key and keeps its `since`.
  void raise(Problem problem);
  void clear(std::string_view key);
  void clear_below(std::string_view prefix);
  const Problem* find(std::string_view key) const;

  // Conditions of the whole account (key, quota, halts, no way to the service); others are ignored.
  void account_failed(const Account& account, const CallFailure& failure);
  // A call of this account was answered well: its conditions are over.
  void account_answered(const Account& account);
  // What the session and the ledger tell by themselves: over, degraded, scopes missing, 80 % used (Q10).
  void look_at_session(const Account& account);
  void look_at_ledger(const Account& account);
  // The answer to a sign-in was no, or could not be used.
  void sign_in_failed(const Account& account, const Error& error);
  void unknown_sign_in(const Account& account);
  // A gateway does not answer (E8); `key` is what is probed, `since` when it was first seen.
  void gateway_offline(const std::string& key, const std::string& name, Instant since, Instant again_at,
                       const CallFailure& failure);
  // The service cannot be reached from here at all.
  void offline(std::optional<Instant> last_seen);
  // Parts of a plant were not understood.
  void complaints(const Plant& plant);

 private:
  Store& store_;
};

}  // namespace foyer
