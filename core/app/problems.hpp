// The list of problems: one entry per cause, gone when the cause is gone.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/app/account.hpp"
#include "core/app/store.hpp"
#include "core/policy/messages.hpp"

namespace foyer {

// What is said about a session that is over; nothing when there never was one or the person ended it.
std::optional<policy::Notice> session_notice(oauth::SignedOutBecause because);

class Problems {
 public:
  explicit Problems(Store& store) : store_(store) {}

  // Adds it, or renews the one of that key and keeps its `since`.
  void raise(Problem problem);
  void clear(std::string_view key);
  void clear_below(std::string_view prefix);
  // A plant is gone, and with it what was wrong with it.
  void clear_plant(const PlantId& plant);
  const Problem* find(std::string_view key) const;

  // Conditions of the whole account or of one of its APIs (key, quota, halts, no way to the service). False
  // for a condition of a plant or a module only. `api` is the id of the provider.
  bool account_failed(const Account& account, std::string_view api, const CallFailure& failure);
  // A call was answered well: the account's conditions are over, and those of that API.
  void account_answered(const Account& account, std::string_view api);
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
  void raise_while(bool there, std::string_view kind, const std::string& account, policy::Notice notice,
                   const policy::Filling& filling, std::string_view details, bool needs_sign_in = false);
  Store& store_;
  std::map<std::string, std::string, std::less<>> cause_{};  // the API a problem of an account comes from
};

}  // namespace foyer
