// What the controller is made of; included by controller.cpp alone.
#pragma once

#include "core/app/controller.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/app/account.hpp"
#include "core/app/claims.hpp"
#include "core/app/commands.hpp"
#include "core/app/desk.hpp"
#include "core/app/outages.hpp"
#include "core/app/problems.hpp"
#include "core/app/reader.hpp"
#include "core/app/records.hpp"
#include "core/app/refresher.hpp"
#include "core/app/store.hpp"
#include "core/app/words.hpp"
#include "core/base/url.hpp"
#include "core/oauth/authorization.hpp"

namespace foyer {
namespace {

constexpr Millis just_read = Seconds(10);        // a second reason for the same refresh (N6)
constexpr Millis on_return = Seconds(60);        // who comes back sees values of the last minute
constexpr Millis any_clock = Hours(24) * 36525;  // K3
constexpr Millis console_deadline = Seconds(15);

// The redirect of a sign-in, by what only such an answer has.
bool is_answer(const std::string& url) {
  const auto parsed = parse_url(url);
  if (!parsed) return false;
  return std::ranges::any_of(form_decode(parsed->query), [](const auto& field) {
    return field.first == "code" || field.first == "error";
  });
}

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

}  // namespace

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

  Impl(Controller& controller, Host& lent, Config config) : self(controller), host(lent) {
    for (CloudConfig& cloud : config.clouds) {
      store.state.accounts.push_back({.id = cloud.id,
                                      .name = cloud.name,
                                      .simulated = cloud.simulated,
                                      .providers = cloud.providers,
                                      .api_base = cloud.api.base,
                                      .redirect_uri = cloud.oauth.redirect_uri,
                                      .keys = static_cast<int>(cloud.api.keys.size())});
      accounts.push_back(std::make_unique<Account>(host, std::move(cloud)));
      Account* account = accounts.back().get();
      store.state.accounts.back().ledger = account->gateway.ledger.value();
      store.state.accounts.back().journal = &account->gateway.journal();
      for (const auto& other : accounts)
        if (other->config.api.base == account->config.api.base)
          account->gateway.breaker = other->gateway.breaker;  // N4: one host, one breaker
      account->gateway.ledger.on_change = [this](const Error* refused) { records.stored(refused); };
      account->session.on_change = [this, account] { session_changed(*account); };
      account->gateway.on_change = [this, account] { gateway_changed(*account); };
    }
    store.on_change = [this] {
      if (self.on_change) self.on_change();
    };
    reader.on_loaded = [this] { check_route(); };
    reader.next_look = [this](const Account& account) { return refresher.next_look(account); };
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { scope.cancel_all(); }  // before anything that the flows work on

  State& state() { return store.state; }
  bool anyone_signed_in() const {
    return std::ranges::any_of(accounts, [](const auto& one) { return one->signed_in(); });
  }

  void session_changed(Account& account) {
    if (AccountState* shown = store.account(account.id())) shown->session = account.session.info();
    problems.look_at_session(account);
    store.changed();
    // Signed out by the person in another tab: not theirs alone (P11).
    const bool elsewhere =
        account.session.info().because == oauth::SignedOutBecause::by_user && !account.person.empty();
    if (elsewhere) scope.spawn(leave(account, std::exchange(account.person, {})));
  }

  void gateway_changed(Account& account) {
    if (AccountState* shown = store.account(account.id())) shown->ledger = account.gateway.ledger.value();
    problems.look_at_ledger(account);
    const auto& journal = account.gateway.journal();
    if (!journal.empty() && journal.back().number != account.journal_seen) {
      account.journal_seen = journal.back().number;
      commands.retrying(account, journal.back());
    }
    store.changed();
  }

  // --- routes ---

  void go(const Route& route, bool replace) {
    if (route == state().route) return;
    state().route = route;
    if (wants_tools(route.view)) fetch_tools();
    store.changed();
    if (self.on_route) self.on_route(route, replace);
  }

  void fetch_tools() {
    Tools& tools = state().tools;
    if (tools == Tools::ready || tools == Tools::loading) return;
    tools = Tools::loading;
    store.changed();
    scope.spawn(load_tools());
  }
  Task<void> load_tools() {
    state().tools = co_await host.navigator.bring_rest() ? Tools::ready : Tools::failed;
    store.changed();
  }

  // Signed in: not the welcome page. Not signed in: the deep link waits.
  void settle_route() {
    const bool inside = anyone_signed_in();
    if (inside && state().route.view == Route::View::welcome) {
      go(wanted.view == Route::View::welcome ? Route{.view = Route::View::home} : wanted, true);
    } else if (!inside && needs_home(state().route.view)) {
      wanted = state().route;
      go({}, true);
    }
  }

  // After a load: a link to what is no longer there leads to the home.
  void check_route() {
    const Route route = state().route;
    if (state().loading || route.plant.empty() || !needs_home(route.view)) return;
    const Plant* plant = store.plant(route.plant);
    const bool gone = !plant || (!route.module.empty() && !plant->module(route.module)) ||
                      (!route.ambient.empty() && !plant->ambient(route.ambient));
    if (!gone) return;
    go({.view = Route::View::home, .plant = plant ? plant->id : PlantId()}, true);
    store.say(phrase(plant ? Phrase::device_gone : Phrase::home_gone));
  }

  // Somebody is signed in: what is needed to show their homes, and what is known of them.
  Task<void> enter(Account& account) {
    if (!account.whole) account.whole = co_await host.navigator.bring_rest();
    co_await records.restore_person(account);
  }

  // --- sign-in ---

  Task<void> restore() {
    if (std::exchange(restored, true)) co_return;
    co_await records.restore_ui();
    const auto kept = co_await host.storage.load(Storage::Scope::tab, "any_clock");
    if (kept && *kept) accept_any_clock();
    for (const auto& account : accounts) {
      (void)co_await account->session.restore();  // what it means is in info()
      session_changed(*account);
      if (account->signed_in()) co_await enter(*account);
    }
  }

  // P11: another tab may have signed out meanwhile, and its notice may have been lost.
  Task<void> come_back(Millis fresh_enough) {
    for (const auto& account : accounts)
      if (account->signed_in()) (void)co_await account->session.restore();  // tells what it finds itself
    refresher.go_on_all(fresh_enough);
  }

  Task<void> run_start(std::string url) {
    co_await restore();
    if (is_answer(url)) (void)co_await complete(std::move(url));
    state().started = true;
    settle_route();
    if (anyone_signed_in()) fetch_tools();  // soon wanted, and there when the network is not
    for (const auto& account : accounts)
      if (account->signed_in()) refresher.go_on(account->id(), just_read);
    store.changed();
  }

  Task<Result<void>> complete(std::string url) {
    for (const auto& account : accounts) {
      auto back = co_await account->session.complete(url);
      if (!back && (rule_of(back.error().code) == "B3" || back.error().code == "A6"))
        continue;  // an attempt of another account, or none at all
      if (AccountState* shown = store.account(account->id())) shown->signing_in = false;
      session_changed(*account);
      if (!back) {
        problems.sign_in_failed(*account, back.error());
        co_return std::unexpected(std::move(back.error()));
      }
      co_await enter(*account);
      problems.clear("sign_in:" + account->id());
      Route route = parse_route(*back);  // A6: one of our own routes, whatever it says
      if (route.view == Route::View::welcome) route.view = Route::View::home;
      go(route, true);
      store.say(phrase(Phrase::signed_in, {account->config.name}));
      co_return Result<void>();
    }
    if (!anyone_signed_in() && !accounts.empty()) problems.unknown_sign_in(*accounts.front());
    co_return fail(ErrorKind::protocol, "B3", "this answer belongs to no open sign-in");
  }

  Task<void> run_callback(std::string url) {
    const auto done = co_await complete(std::move(url));
    settle_route();
    if (done) fetch_tools();
    if (done)
      for (const auto& account : accounts)
        if (account->signed_in()) refresher.go_on(account->id(), just_read);
  }

  Task<void> sign_in(std::string id) {
    Account* account = find_account(accounts, id);
    if (!account) co_return;
    if (!state().online) co_return store.say(phrase(Phrase::offline_sign_in));
    const bool outside = state().route.view == Route::View::welcome;
    if (AccountState* shown = store.account(id)) shown->signing_in = true;
    store.changed();
    const auto url = co_await account->session.begin(to_text(outside ? wanted : state().route));
    if (url) {
      host.navigator.open(*url);
      co_return;
    }
    if (AccountState* shown = store.account(id)) shown->signing_in = false;
    problems.sign_in_failed(*account, url.error());
  }

  // K3: the nonce has proven that the answer is fresh, so only the clocks disagree. The redirect is a reload
  // of the page; the choice is kept for this tab.
  void accept_any_clock() {
    for (const auto& account : accounts) account->session.tolerate(any_clock);
  }
  Task<void> continue_anyway(std::string id) {
    accept_any_clock();
    (void)co_await host.storage.save(Storage::Scope::tab, "any_clock", "1");  // denied: it is asked once more
    co_await sign_in(std::move(id));
  }

  Task<void> sign_out(std::string id) {
    Account* account = find_account(accounts, id);
    if (!account) co_return;
    std::string person = std::exchange(account->person, {});
    const Result<void> kept = co_await account->session.sign_out();
    co_await leave(*account, std::move(person));
    if (!kept) store.say(kept.error().message);  // S3: only clearing the site's data forgets it for good
    const std::string onward =
        oauth::logout_url(account->config.oauth, account->config.oauth.redirect_uri, "");
    if (!onward.empty()) host.navigator.open(onward);  // rules G: the provider's own session, too
  }

  // What was that person's goes, in this tab and at rest.
  Task<void> leave(Account& account, std::string person) {
    const std::string id = account.id();
    refresher.rest();
    std::vector<PlantId> homes;
    for (const auto& [plant, owner] : state().plant_account)
      if (owner == id) homes.push_back(plant);
    for (const PlantId& plant : homes) {
      claims.forget(plant);
      outages.forget(plant);
      problems.clear_plant(plant);
    }
    store.drop_plants(id);
    for (const char* kind : {"account:", "provider:"}) problems.clear_below(kind + id + ":");
    problems.clear("quota:" + id);
    if (AccountState* shown = store.account(id)) shown->loaded = false;
    session_changed(account);
    wanted = {};
    if (!anyone_signed_in()) go({}, true);
    store.say(phrase(Phrase::signed_out, {account.config.name}));
    if (!person.empty()) co_await records.forget_homes(id, person);
    for (AccountState& other : state().accounts) {  // homes that both could see
      if (other.id == id || other.session.status != oauth::Status::signed_in) continue;
      other.loaded = false;
      refresher.go_on(other.id, Millis(0));
    }
  }

  // --- what the person presses ---

  void retry(const std::string& key) {
    const Problem* problem = problems.find(key);
    if (!problem) return;
    const bool needs_sign_in = problem->needs_sign_in;
    const auto first = key.find(':');
    const std::string kind = key.substr(0, first);
    std::string id = first == std::string::npos ? "" : key.substr(first + 1);
    if (kind == "account" || kind == "provider") id = id.substr(0, id.find(':'));
    const bool of_plant = kind == "read" || kind == "plant" || kind == "topology";
    if (of_plant) {
      const Account* owner = reader.account_of(PlantId(id));
      if (owner) id = owner->id();
    }
    if (needs_sign_in) return scope.spawn(sign_in(id));
    for (const auto& account : accounts) {
      if (kind == "account" && account->id() != id) continue;
      account->gateway.lift_halt();
    }
    if (of_plant || kind == "provider") {
      problems.clear(key);
      reader.load(id, Reader::Freshness::anew);
      return;
    }
    refresher.pressed();
  }

  bool ready() { return state().tools == Tools::ready; }

  void handle(const Intent& intent) {
    std::visit(Overloaded{
                   [&](const intent::SignIn& one) { scope.spawn(sign_in(one.account)); },
                   [&](const intent::ContinueAnyway& one) { scope.spawn(continue_anyway(one.account)); },
                   [&](const intent::SignOut& one) { scope.spawn(sign_out(one.account)); },
                   [&](const intent::Go& one) { go(one.route, false); },
                   [&](const intent::Send& one) { commands.send(one.module, one.command); },
                   [&](const intent::AllOff& one) { commands.all_off(one.ambient); },
                   [&](const intent::Refresh&) { refresh(); },
                   [&](const intent::LookAgain& one) { commands.look_again(one.module); },
                   [&](const intent::Retry& one) { retry(one.problem); },
                   [&](const intent::Dismiss& one) { problems.clear(one.problem); },
                   [&](const intent::SetTheme& one) {
                     state().theme = one.theme;
                     records.save_ui();
                     store.changed();
                   },
                   [&](const intent::SetLanguage& one) {
                     state().language = one.language;
                     records.save_ui();
                     store.changed();
                   },
                   [&](const intent::KeyStep& one) {
                     state().key_step = one.done;
                     records.save_ui();
                     store.changed();
                   },
                   [&](const intent::FetchTools&) { fetch_tools(); },
                   [&](const intent::Examine& one) {
                     if (ready() && !state().doctor.running) scope.spawn(desk.examine(one.ask_api));
                   },
                   [&](const intent::OpenOperation& one) {
                     if (ready()) desk.open(one);
                   },
                   [&](const intent::SendOperation& one) {
                     if (ready()) desk.send(one);
                   },
                   [&](const intent::CopyCurl& one) {
                     if (ready()) desk.copy_curl(one);
                   },
                   [&](const intent::SaveJournal& one) {
                     if (ready()) desk.save_journal(one.account);
                   },
                   [&](const intent::CopyText& one) {
                     store.say(host.navigator.copy(one.text) ? phrase(Phrase::copied, {one.what})
                                                             : phrase(Phrase::not_copied));
                   },
               },
               intent);
  }

  void refresh() {
    if (!state().online) return store.say(phrase(Phrase::offline));
    refresher.pressed();
  }

  void set_online(bool online) {
    if (state().online == online) return;
    state().online = online;
    store.changed();
    if (online) {
      problems.clear("offline");
      if (wants_tools(state().route.view)) fetch_tools();
      return refresher.go_on_all(just_read);
    }
    refresher.rest();
    std::optional<Instant> last;
    for (const Plant& plant : state().plants)
      if (plant.status_at && (!last || *plant.status_at > *last)) last = plant.status_at;
    problems.offline(last);
  }
};

}  // namespace foyer
