// The world of the session model: one provider, shared storage, tabs. See session_model.hpp.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/oauth/session.hpp"
#include "core/ports/lease.hpp"
#include "core/ports/memory_host.hpp"
#include "tests/soak/session_model.hpp"

namespace foyer::soak {

// A refresh or access token of the provider: "r<family>-<number>".
struct Mark {
  int family = 0, number = 0;
  bool operator==(const Mark&) const = default;
};
std::optional<Mark> mark_of(std::string_view token);

enum class Fault : std::uint8_t {
  none,
  lost_request,
  lost_reply,
  late,  // after the deadline; the provider has acted
  error_500,
  error_429,
  page_403,
  empty_400,
  invalid_client,
  not_json,
  kinds
};

struct World;

// What a tab does passes here, so that it takes time, fails and is killed on demand.
struct TabVault final : Vault {
  TabVault(World& w, int n) : world(w), tab(n) {}
  Task<Result<std::optional<SecretText>>> load(std::string name) override;
  Task<Result<void>> save(std::string name, SecretText value) override;
  Task<Result<void>> remove(std::string name) override;
  Task<Result<bool>> replace(std::string name, SecretText value, std::uint64_t expected,
                             std::uint64_t number) override;
  Task<Result<void>> reserve() override;
  World& world;
  int tab;
};
struct TabHttp final : Http {
  TabHttp(World& w, int n) : world(w), tab(n) {}
  Task<HttpOutcome> send(HttpRequest request) override;
  World& world;
  int tab;
};
struct TabLocks final : Locks {
  TabLocks(World& w, int n, Vault& vault, Broadcast& broadcast);
  Task<Held> acquire(std::string name) override;
  World& world;
  int tab;
  LeaseLocks lease;
};
// Hashes for the names of attempts only; no id_token comes here.
struct CheapCrypto final : Crypto {
  Task<Result<std::string>> sha256(std::string data) override;
  Task<Result<bool>> verify_rs256(RsaPublicKey, std::string, std::string) override { co_return false; }
};

struct Tab {
  Tab(World& world, int number, bool script);
  ~Tab() { jobs.cancel_all(); }
  TabVault vault;
  TabHttp http;
  MemoryBroadcast broadcast;
  TabLocks locks;
  MemoryNavigator navigator{};
  Parts parts{};
  Host host;
  oauth::Session session;
  std::optional<Mark> knows{};   // the newest refresh token that was delivered to this tab's memory
  int family = 0;                // of the session that is shown
  std::optional<Mark> answer{};  // of the last caller: an access token
  TaskScope jobs{};
};

struct World {
  explicit World(const Schedule& schedule);
  ~World();

  void perform(const Step& step);
  void finish();  // all trouble is over: look at where everybody is

  // A step of the first tab's work; where the schedule says so, the tab stops here for ever.
  Task<void> point(int tab);
  Task<void> take_time() { return time.sleep(Millis(dice.below(3))); }
  void bury_the_dead();
  int account_of(int tab) const { return tab % schedule.accounts; }
  void open(int tab, bool script = false);
  void run_script(int tab);
  void changed(int tab);
  Task<void> ask(int tab, bool refused);
  Task<void> sign_in(int tab);
  Task<void> sign_out(int tab);
  Task<void> wake(int tab);

  void settle(Millis span);
  void heal();

  HttpOutcome exchange();
  HttpOutcome refresh(Mark mark);
  HttpOutcome tokens(Mark mark) const;
  std::optional<Mark> stored(int account) const;
  // The newest refresh token that storage or a living tab knows.
  std::optional<Mark> known(int family) const;
  bool good(const Mark& mark) const;
  void complain(std::string what) {
    if (verdict.violation.empty()) verdict.violation = std::move(what);
  }

  const Schedule& schedule;
  Dice dice;
  VirtualTime time{};
  SeededRandom random;
  CheapCrypto crypto{};
  MemoryVault vault{};
  std::vector<MemoryStorage> storages;  // the tab's own, which survive a reload
  MemoryLocks locks{};
  std::shared_ptr<MemoryBus> bus = std::make_shared<MemoryBus>();
  oauth::ClientConfig config(int account) const;
  std::vector<Locks::Held> stuck{};
  Verdict verdict{};

  // The provider.
  int families = 0;             // each sign-in begins one
  std::map<int, int> newest{};  // the last number of each
  std::set<int> dead{};         // ended by reuse
  std::deque<Fault> faults{};
  bool finishing = false;
  std::map<int, int> in_flight{};  // refreshes of each family
  int points = 0, unclear = 0;
  std::set<int> signed_out{};  // by the person
  std::optional<int> dying{};
  std::vector<std::unique_ptr<Tab>> tabs{};
  TaskScope jobs{};  // of nobody's tab; last: dropped first
};

}  // namespace foyer::soak
