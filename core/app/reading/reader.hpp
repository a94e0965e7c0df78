// Reads homes from the clouds into the state: plants, topology and extras; status of a plant or of one
// module. An answer never costs more than its reason may (core/policy/budget.hpp).
//
// Every failure becomes a problem here, so callers only need the result. Calls are saved: one status read per
// plant at a time is shared (Q3), topology that is younger than 15 min is not read again unless asked for.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "core/app/problems/outages.hpp"
#include "core/app/problems/problems.hpp"
#include "core/app/reading/records.hpp"
#include "core/app/session/account.hpp"
#include "core/app/state/arrivals.hpp"
#include "core/app/state/claims.hpp"
#include "core/app/state/store.hpp"

namespace foyer {

constexpr Millis just_read = Seconds(10);      // a second reason for the same look (N6)
constexpr Millis topology_age = Minutes(15);   // E9, Q1
constexpr Millis read_deadline = Seconds(15);  // N2

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
    Arrivals& arrivals;
  };
  explicit Reader(Parts parts) : parts_(parts) {}

  std::function<void()> on_loaded;  // the plants of an account were read
  // When the account is looked at next, to tell people; nothing while it is not.
  std::function<std::optional<Instant>(const Account&)> next_look;
  // People were told that the account is looked at again at that time.
  std::function<void(const Account&, Instant)> promised;

  enum class Freshness { any_recent, anew };
  // The list of the account's homes; then topology and status of the one that is shown, and of others while
  // the budget of a start lasts. An error only when no list could be read. Joins a load that is under way.
  Completion<Result<void>> load(const std::string& account, Freshness freshness);
  // When no load of that account is under way.
  Task<void> settled(std::string account);
  // The part of the program that reads homes has come: reads those of the accounts that could not be asked
  // without it.
  void load_missed();
  // Somebody looks at that home: topology and what completes it – `anew`, or unless they are recent – then
  // the status. An error when there is no topology, or no new one where that was asked for; what is wrong
  // with the state is a problem.
  Task<Result<void>> look(PlantId plant, Freshness freshness);
  // Status of the whole plant. Joins a read that is under way.
  Completion<Result<void>> status(const PlantId& plant, policy::Purpose purpose);
  // As above, but begins after this moment: a read that is under way is waited for first.
  Task<Result<void>> status_from_now(PlantId plant, policy::Purpose purpose);
  Task<Result<void>> module(PlantId plant, ModuleId module, policy::Purpose purpose);
  // A call failed: raises what it means for account, gateway and topology (commands report here too). False
  // when only the caller can tell it: it concerns one plant or module.
  bool failed(Account& account, const PlantId& plant, const ModuleId* module, const CallFailure& failure);
  // After a 404 that does not say which (Failure::maybe_gone): does the list of devices – without `module`,
  // that of homes – still have it? Reads the list again, at most every 15 min; while nobody can tell, it has.
  Task<bool> still_listed(PlantId plant, std::optional<ModuleId> module);
  // What is said of what is no longer listed.
  static CallFailure gone(bool module);
  // A call was answered well.
  void answered(const Account& account, const PlantId& plant);
  // How many calls one poll of the plant costs, at most budget::poll.
  std::size_t cost(const Plant& plant) const;
  Account* account_of(const PlantId& plant) const;
  // The home is gone, or whoever saw it: nothing of it is remembered, and what was asked of it tells nothing
  // any more.
  void forget(const PlantId& plant);
  // What is shown of the plant was changed by a command: stored for other tabs, soon.
  void keep(const PlantId& plant);

 private:
  // Who joins must be of the same visit to the same account: what was asked before belongs to somebody else.
  struct Underway {
    const Account* account = nullptr;
    std::uint64_t visit = 0;
    Completion<Result<void>> done{};
    bool is_as(const Underway& other) const { return account == other.account && visit == other.visit; }
  };
  // What is said of a home that is no longer here, nor whoever asked for it.
  static CallFailure no_longer_here();
  // One call. An answer that comes after its person has left is none.
  Task<CallResult> ask(Account& account, Call call, Millis deadline = read_deadline,
                       std::function<bool()> still_wanted = {});
  Task<void> run_status(PlantId plant, policy::Purpose purpose, Underway own);
  Task<Result<void>> read_status(PlantId plant, policy::Purpose purpose);
  // `begins`: the first read of a look at the whole plant.
  Task<std::expected<void, CallFailure>> read_one(PlantId plant, Call call, bool begins = false);
  Task<void> run_load(Account& account, Freshness freshness, Underway own);
  void show_loading();
  Result<void> missing(const Account& account);  // its part of the program: one problem for all its providers
  Task<void> load_provider(Account& account, const Provider& provider, Freshness freshness,
                           std::shared_ptr<Result<void>> result);
  Task<std::expected<Plant, CallFailure>> read_topology(Account& account, const Provider& provider,
                                                        Plant summary, std::size_t most);
  Task<void> read_extras(Account& account, const Provider& provider, Plant& plant, std::size_t most);
  Task<void> complete(Account& account, const Provider& provider, PlantId plant, std::size_t most);
  Task<Result<void>> read_home(Account& account, const Provider& provider, PlantId plant, Freshness freshness,
                               std::size_t most);
  bool is_recent(std::optional<Instant> at) const;
  bool read_since(const PlantId& plant, Instant asked) const;
  Task<void> counted(Task<void> task, std::shared_ptr<std::size_t> left, Completion<bool> done);
  Task<void> all(std::vector<Task<void>> tasks);
  void tell_gateways(const Account& account, const Plant& plant);
  Task<Result<std::vector<Plant>>> list_again(Account& account, const Provider& provider);
  bool tell_account(const Account& account, std::string_view api, CallFailure failure);
  // `account`: id, of what no home is the cause of.
  void raise_read_problem(const ProblemKey& key, std::string what, const CallFailure& failure,
                          const std::string& account = {});
  void put_listed(Account& account, Plant fresh, Instant asked);
  Plant* put_plant(Account& account, Plant fresh);
  std::pair<std::size_t, std::size_t> rank(const PlantId& plant) const;  // account, provider
  void drop_missing(Account& account, const Provider& provider, const std::vector<Plant>& listed);

  Parts parts_;
  std::map<PlantId, Underway> reading_{};
  std::map<std::string, Underway> loading_{};
  int first_looks_ = 0;                     // at homes of which nothing is known yet
  std::map<PlantId, Instant> extras_at_{};  // when what completes a topology was last read
  std::map<PlantId, std::size_t> turn_{};   // of a home with more reads than a round may cost
  std::map<PlantId, Instant> missed_{};     // E9: when a list was last read again because of a 404
  std::map<std::string, Millis> pause_{};   // until the next look at a service in trouble, by account
};

}  // namespace foyer
