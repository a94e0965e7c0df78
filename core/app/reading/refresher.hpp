// Looks at the homes again: while the page is visible, online and signed in, and no more often than the
// ledger affords (Q2). Of several visible tabs the one that holds the lock "poll:<account>" asks the service,
// the others look at what it stores. One flow per account; whatever happens outside restarts it, so there is
// one refresh after a sleep, however many events tell of it (N6).
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/app/problems/outages.hpp"
#include "core/app/reading/reader.hpp"
#include "core/app/reading/records.hpp"
#include "core/app/session/account.hpp"
#include "core/app/state/store.hpp"

namespace foyer {

class Refresher {
 public:
  struct Parts {
    Host& host;
    TaskScope& scope;
    Store& store;
    Accounts& accounts;
    Reader& reader;
    Outages& outages;
    Records& records;
  };
  explicit Refresher(Parts parts)
      : host_(parts.host),
        scope_(parts.scope),
        store_(parts.store),
        accounts_(parts.accounts),
        reader_(parts.reader),
        outages_(parts.outages),
        records_(parts.records) {}

  // Goes on with polling: at once when what is shown is older than `at_most`, else when the ledger says.
  void go_on(const std::string& account, std::optional<Millis> at_most = std::nullopt);
  void go_on_all(std::optional<Millis> at_most);
  // The person pressed refresh: at once, and from the part of the calls that is kept for it (Q1).
  // `only`: the id of an account; empty: all.
  void pressed(const std::string& only = {});
  // Nobody looks any more (hidden, offline, signed out): another tab may lead.
  void rest();
  // Somebody signed out: when their homes were looked at is nothing to the next one.
  void forget(const std::string& account);
  // When the account is looked at next; nothing while it is not.
  std::optional<Instant> next_look(const Account& account) const;
  // People were told of a look at that time: it is kept, however long the interval is.
  void promise(const Account& account, Instant at);

 private:
  struct Beat {
    std::uint64_t round = 0;      // a newer round ends the flow of an older one
    std::optional<Instant> last;  // when it was last tried
    std::optional<Instant> last_load{};
    std::optional<Millis> at_most{};    // an earlier look than the ledger's is wanted
    std::optional<Instant> promised{};  // as a problem says; void once a look was made after it
    std::optional<Instant> sleeps_until{};
    Locks::Held lead{};  // while this tab is the one that asks
    bool leads = false, waits = false;
  };
  Task<void> lead(Account& account);
  bool may_poll(const Account& account) const;
  std::optional<Instant> due(const Account& account) const;
  std::optional<Instant> due_but_probes(const Account& account) const;
  Instant closed_until(const Account& account) const;
  void show_next();
  Task<void> poll(std::string account, std::uint64_t round);
  Task<void> refresh(Account& account, policy::Purpose purpose, bool all);
  bool topology_older_than(const std::string& account, Millis age) const;
  Task<void> refresh_pressed(std::string account);

  Host& host_;
  TaskScope& scope_;
  Store& store_;
  Accounts& accounts_;
  Reader& reader_;
  Outages& outages_;
  Records& records_;
  std::map<std::string, Beat> beats_{};
};

}  // namespace foyer
