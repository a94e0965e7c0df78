// What the controller is made of; for controller*.cpp alone.
#pragma once

#include <algorithm>
#include <utility>

#include "core/app/commands/commands.hpp"
#include "core/app/controller.hpp"
#include "core/app/developer/desk.hpp"
#include "core/app/history/historian.hpp"
#include "core/app/plans/planner.hpp"
#include "core/app/problems/outages.hpp"
#include "core/app/problems/problems.hpp"
#include "core/app/reading/reader.hpp"
#include "core/app/reading/records.hpp"
#include "core/app/reading/refresher.hpp"
#include "core/app/session/account.hpp"
#include "core/app/state/arrivals.hpp"
#include "core/app/state/claims.hpp"
#include "core/app/state/store.hpp"
#include "core/app/state/words.hpp"

namespace foyer {

struct Controller::Impl {
  Controller& self;
  report::Tap tap;
  Host host;
  TaskScope scope{};
  Store store{host, scope};
  Accounts accounts{};
  Problems problems{store};
  Records records{host, scope, store, problems};
  Claims claims{host, scope, store};
  Outages outages{store, problems};
  Arrivals arrivals{host.parts, scope, store};
  Reader reader{{host, scope, store, accounts, problems, records, claims, outages, arrivals}};
  Commands commands{host, scope, store, claims, reader};
  Refresher refresher{{host, scope, store, accounts, reader, outages, records}};
  plan::Planner planner{scope, store, reader};
  history::Historian historian{host, scope, store, reader};
  Route wanted{};  // a deep link that waits for the sign-in
  Desk desk{host, scope, store, accounts, reader, tap};
  bool restored = false, arranged = false;

  Impl(Controller& controller, Host& lent, Config config);
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { scope.cancel_all(); }  // before anything that the flows work on

  State& state() { return store.state; }
  bool anyone_signed_in() const {
    return std::ranges::any_of(accounts, [](const auto& one) { return one->signed_in(); });
  }

  void session_changed(Account& account);
  void gateway_changed(Account& account);
  void set_online(bool online);

  // Routes, and the part of the program that the one at hand needs.
  void go(const Route& route, bool replace);
  void fetch_part();
  void look_at(const PlantId& before);
  Task<void> look(PlantId plant, Reader::Freshness freshness);
  // Signed in: not the welcome page. Not signed in: the deep link waits.
  void settle_route();
  // After a load: a link to what is no longer there leads to the home.
  void check_route();

  // --- sessions (controller_session.cpp) ---

  // Somebody is signed in: what is needed to show their homes, and what is known of them.
  Task<void> enter(Account& account);
  // How the person wants the homes, once somebody is signed in and what shows them is here.
  Task<void> arrange();
  // Nothing of that person's homes is remembered or under way any more.
  void forget_homes(const Account& account);
  Task<void> restore();
  // P11: another tab may have signed out meanwhile, and its notice may have been lost.
  Task<void> come_back(Millis fresh_enough);
  Task<void> run_start(std::string url);
  Task<Result<void>> complete(std::string url);
  Task<void> run_callback(std::string url);
  Task<void> sign_in(std::string id);
  // K3: the nonce has proven that the answer is fresh, so only the clocks disagree. The redirect is a reload
  // of the page; the choice is kept for this tab.
  void accept_any_clock();
  Task<void> continue_anyway(std::string id);
  Task<void> sign_out(std::string id);
  // What was that person's goes, in this tab and at rest.
  Task<void> leave(Account& account, std::string person);

  // --- what the person presses (controller_intents.cpp) ---

  void retry(ProblemKey key);
  std::string account_of(const ProblemKey& key) const;  // of a problem; empty: of all, or of none
  void handle(const Intent& intent);
  void refresh();
  void open_beside(const std::string& file);  // what lies beside the page or the program
};

}  // namespace foyer
