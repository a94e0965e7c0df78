// The list of problems: one entry per cause, gone when the cause is gone.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/app/problems/problem.hpp"
#include "core/app/session/account.hpp"
#include "core/app/state/store.hpp"
#include "core/policy/messages.hpp"

namespace foyer {

// What is said about a session that is over; nothing when there never was one or the person ended it.
std::optional<policy::Notice> session_notice(oauth::SignedOutBecause because);

class Problems {
 public:
  explicit Problems(Store& store) : store_(store) {}

  // Adds it, or renews the one of that key and keeps its `since`.
  void raise(Problem problem);
  void clear(const ProblemKey& key);
  // All parts of it.
  void clear_all(ProblemKey::About about, std::string_view id);
  // A plant is gone, and with it what was wrong with it.
  void clear_plant(const PlantId& plant);
  const Problem* find(const ProblemKey& key) const;

  // Conditions of the whole account or of one of its APIs (key, quota, halts, no way to the service). False
  // for a condition of a plant or a module only. `api` is the id of the provider; `promised`: somebody looks
  // again at `again_at`.
  bool account_failed(const Account& account, std::string_view api, const CallFailure& failure,
                      bool promised);
  // A call was answered well: the account's conditions are over, and those of that API.
  void account_answered(const Account& account, std::string_view api);
  // What the session and the ledger tell by themselves: over, degraded, scopes missing, 80 % used (Q10).
  void look_at_session(const Account& account);
  void look_at_ledger(const Account& account);
  // The answer to a sign-in was no, or could not be used.
  void sign_in_failed(const Account& account, const Error& error);
  void unknown_sign_in(const Account& account);
  // A gateway does not answer (E8); `key` is what is probed, `since` when it was first seen.
  void gateway_offline(const ProblemKey& key, const std::string& name, Instant since, Instant again_at,
                       const CallFailure& failure);
  // The service cannot be reached from here at all.
  void offline(std::optional<Instant> last_seen);
  // Parts of a plant were not understood.
  void complaints(const Plant& plant);

 private:
  void look_at_halt(const Account& account);
  void raise_while(bool there, const ProblemKey& key, policy::Notice notice, const policy::Filling& filling,
                   std::string_view details, bool needs_sign_in = false);
  Store& store_;
  std::map<ProblemKey, std::string> cause_{};  // the API a problem of an account comes from
};

}  // namespace foyer
