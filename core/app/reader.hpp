// Reads homes from the clouds into the state: plants, topology and extras; status of a plant or of one
// module.
//
// Every failure becomes a problem here, so callers only need the result. Calls are saved: one status read per
// plant at a time is shared (Q3), topology that is younger than 15 min is not read again unless asked for.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "core/app/account.hpp"
#include "core/app/claims.hpp"
#include "core/app/outages.hpp"
#include "core/app/problems.hpp"
#include "core/app/records.hpp"
#include "core/app/store.hpp"

namespace foyer {

class Reader {
 public:
  struct Parts {
    Host& host;
    TaskScope& scope;
    Store& store;
    Accounts& accounts;
    Problems& problems;
    Records& records;
    Claims& claims;
    Outages& outages;
  };
  explicit Reader(Parts parts) : parts_(parts) {}

  std::function<void()> on_loaded;  // the plants of an account were read
  // When the account is looked at next, to tell people; nothing while it is not.
  std::function<std::optional<Instant>(const Account&)> next_look;

  enum class Freshness { any_recent, anew };
  // All plants of the account with their topology; then their status. An error only when nothing could be
  // read. Joins a load that is under way.
  Completion<Result<void>> load(const std::string& account, Freshness freshness);
  // Status of the whole plant. Joins a read that is under way.
  Completion<Result<void>> status(const PlantId& plant, policy::Purpose purpose);
  // As above, but begins after this moment: a read that is under way is waited for first.
  Task<Result<void>> status_from_now(PlantId plant, policy::Purpose purpose);
  Task<Result<void>> module(PlantId plant, ModuleId module, policy::Purpose purpose);
  // A call failed: raises what it means for account, gateway and topology (commands report here too). False
  // when only the caller can tell it: it concerns one plant or module.
  bool failed(Account& account, const PlantId& plant, const ModuleId* module, const CallFailure& failure);
  // A call was answered well.
  void answered(const Account& account, const PlantId& plant);
  // How many calls one poll of the plant costs.
  std::size_t cost(const Plant& plant) const;
  Account* account_of(const PlantId& plant) const;

 private:
  Task<void> run_status(PlantId plant, policy::Purpose purpose, Completion<Result<void>> done);
  Task<Result<void>> read_status(PlantId plant, policy::Purpose purpose);
  Task<std::expected<void, CallFailure>> read_one(PlantId plant, Call call);
  Task<void> run_load(Account& account, Freshness freshness, Completion<Result<void>> done);
  Result<void> not_whole(const Account& account);
  Task<void> load_provider(Account& account, const Provider& provider, Freshness freshness,
                           std::shared_ptr<Result<void>> result);
  Task<Result<Plant>> read_topology(Account& account, const Provider& provider, Plant summary);
  Task<void> counted(Task<void> task, std::shared_ptr<std::size_t> left, Completion<bool> done);
  Task<void> all(std::vector<Task<void>> tasks);
  void tell_gateways(const Account& account, const Plant& plant);
  bool tell_account(const Account& account, std::string_view api, CallFailure failure);
  void raise_read_problem(const std::string& key, std::string what, const CallFailure& failure);
  void put_plant(Account& account, Plant fresh);
  std::pair<std::size_t, std::size_t> rank(const PlantId& plant) const;  // account, provider
  void drop_missing(Account& account, const Provider& provider, const std::vector<Plant>& listed);

  Parts parts_;
  std::map<PlantId, Completion<Result<void>>> reading_{};
  std::map<std::string, Completion<Result<void>>> loading_{};
  std::map<PlantId, Instant> missed_{};  // E9: when a topology was last read again because something was gone
};

}  // namespace foyer
