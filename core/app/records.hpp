// What core/app keeps over a reload, none of it secret: the theme, and per account and person the last
// known homes; the ledger of the daily calls (Q6) is opened here and kept by the gateway. Saving is
// coalesced; a storage that refuses is told once, as a problem.
//
// Names in Storage (scope device): "ui", "ledger/<account>/<person>", "home/<account>/<person>/<plant>".
#pragma once

#include <map>
#include <set>
#include <string>

#include "core/app/account.hpp"
#include "core/app/problems.hpp"
#include "core/app/store.hpp"

namespace foyer {

class Records {
 public:
  Records(Host& host, TaskScope& scope, Store& store, Problems& problems)
      : host_(host), scope_(scope), store_(store), problems_(problems) {}

  Task<void> restore_ui();
  void save_ui();
  // Ledger and cached homes of whoever is signed in now; homes of somebody else leave the state.
  Task<void> restore_person(Account& account);
  // Soon.
  // What another tab has stored meanwhile: its count of the calls, and homes that are newer than ours (Q2).
  Task<void> adopt(Account& account);
  void save_home(const Account& account, const PlantId& plant);
  // After sign-out: the homes go, the ledger stays (the calls of today stay used).
  Task<void> forget_homes(std::string account, std::string person);
  Task<void> forget_home(std::string account, std::string person, PlantId plant);

  // Something was written, or refused: the problem of a storage that does not keep (S3).
  void stored(const Error* refused);

 private:
  struct Home {
    std::string record;
    PlantId plant;
    auto operator<=>(const Home&) const = default;
  };
  Task<void> look_around(Account& account);
  bool is_news(const Plant& stored) const;
  Task<void> write(std::string record, std::string text);
  Task<void> write_homes();

  Host& host_;
  TaskScope& scope_;
  Store& store_;
  Problems& problems_;
  std::set<Home> homes_{};
  std::map<std::string, std::size_t> seen_{};  // hash of what was last read of each home
  bool writing_homes_ = false;
};

}  // namespace foyer
