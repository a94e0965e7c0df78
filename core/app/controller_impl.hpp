// What the controller is made of; for controller*.cpp alone.
#pragma once

#include <algorithm>
#include <utility>

#include "core/app/account.hpp"
#include "core/app/claims.hpp"
#include "core/app/commands.hpp"
#include "core/app/controller.hpp"
#include "core/app/desk.hpp"
#include "core/app/outages.hpp"
#include "core/app/problems.hpp"
#include "core/app/reader.hpp"
#include "core/app/records.hpp"
#include "core/app/refresher.hpp"
#include "core/app/store.hpp"
#include "core/app/words.hpp"

namespace foyer {

constexpr Millis just_read = Seconds(10);  // a second reason for the same refresh (N6)

struct Controller::Impl {
  Controller& self;
  Host host;
  TaskScope scope{};
  Store store{host, scope};
  Accounts accounts{};
  Problems problems{store};
  Records records{host, scope, store, problems};
  Claims claims{host, scope, store};
  Outages outages{store, problems};
  Reader reader{{host, scope, store, accounts, problems, records, claims, outages}};
  Commands commands{host, scope, store, claims, reader};
  Refresher refresher{{host, scope, store, accounts, reader, outages, records}};
  Route wanted{};  // a deep link that waits for the sign-in
  tools::Desk desk{host, scope, store, accounts};
  bool restored = false;

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

  // Routes, and the part of the program that they need.
  void go(const Route& route, bool replace);
  void fetch_tools();       // unless they are there or on their way
  Task<bool> load_tools();  // State::tools follows
  // Signed in: not the welcome page. Not signed in: the deep link waits.
  void settle_route();
  // After a load: a link to what is no longer there leads to the home.
  void check_route();

  // --- sessions (controller_session.cpp) ---

  // Somebody is signed in: what is needed to show their homes, and what is known of them.
  Task<void> enter(Account& account);
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

  void retry(const std::string& key);
  bool ready() { return state().tools == Tools::ready; }
  void handle(const Intent& intent);
  void refresh();
};

}  // namespace foyer
