// What core/app keeps over a reload, none of it secret: the theme, and per account and person the last
// known homes; the ledger of the daily calls (Q6) is opened here and kept by the gateway. Saving is
// coalesced; a storage that refuses is told once, as a problem.
//
// Names in Storage (scope device): "ui", "arrangement", "ledger/<account>/<person>",
// "home/<account>/<person>/<plant>".
#pragma once

#include <map>
#include <set>
#include <string>

#include "core/app/problems/problems.hpp"
#include "core/app/session/account.hpp"
#include "core/app/state/store.hpp"

namespace foyer {

class Records {
 public:
  Records(Host& host, TaskScope& scope, Store& store, Problems& problems)
      : host_(host), scope_(scope), store_(store), problems_(problems) {}

  Task<void> restore_ui();
  void save_ui();
  // Some clouds give no id_token; their one person has a name of our own.
  static std::string person_of(const Account& account);
  // Ledger and cached homes of whoever is signed in now. Somebody else's have left the state.
  Task<void> restore_person(Account& account);
  // What another tab has stored meanwhile: its count of the calls, and homes that are newer than ours (Q2).
  Task<void> adopt(Account& account);
  // Does so whenever another tab says that it has stored a home; ends with the scope.
  Task<void> listen(Account& account);
  // How the person wants the homes (arrangement.hpp): read once the part that shows homes is here, and again
  // when another tab says that it changed; each change is made to what is stored then, and all is gone with
  // the last sign-out of this device. (arranged.cpp)
  Task<void> restore_arrangement();
  void arrange(const ArrangementChange& wish);
  // Needs no part of the program: what was kept goes even when what shows it never came.
  Task<void> forget_arrangement();
  // Soon: several reads within a second are one write.
  void save_home(const Account& account, const PlantId& plant);
  // Writes at once what save_home put off, and waits for whatever else is on its way to the storage.
  Task<void> flush();
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
  // Single readings that are newer than ours in a home that was not read as a whole since: another tab's
  // commands.
  struct Taken {
    bool any = false, all = true;  // something was taken; nothing was left for a command of ours
  };
  Taken take_newer(Plant& own, const Plant& stored) const;
  Task<void> keep_arrangement(ArrangementChange wish);
  Task<void> hear_arrangement();
  Task<void> write(std::string record, std::string text);
  Task<void> remove(std::string record);
  Task<void> write_waiting();
  Task<void> write_homes();
  void end_of_one();

  Host& host_;
  TaskScope& scope_;
  Store& store_;
  Problems& problems_;
  std::set<Home> homes_{};
  std::map<std::string, std::size_t> seen_{};  // hash of what was last read of each home
  bool writing_homes_ = false, hears_ = false;
  int arranging_ = 0;           // wishes that are on their way to the storage
  int under_way_ = 0;           // writes and removals that storage has not answered
  Completion<bool> at_rest_{};  // resolved when there are none
};

}  // namespace foyer
