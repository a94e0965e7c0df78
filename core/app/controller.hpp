// Overview: the controller owns the state. It restores the session and the last known home, plans calls, runs
// commands and polls while visible. Hosts create one, tell it what happens outside, and draw state().
//
// Example (compiled by tests/app):
//   Controller foyer(host, config);                                // 1. a host and its configuration
//   foyer.on_change = [&] { draw(foyer.state()); };                // 2. what to do when something changed
//   foyer.start(address, "/home");                                 // 3. the address the page was opened with
//   foyer.dispatch(intent::Send{lamp, {Aspect::on_off, true}});    // 4. what the person means
//
// States: everything is in state(), one value. It has `started` once the past is restored, `fatal` when
// nothing can work; each account is signed in, on its way or out; each command is sent, confirmed, not
// confirmed or failed.
//
// Errors: dispatch() has none to return. What goes wrong becomes a Problem in the state, with what it is,
// what Foyer does and what the person can do, and goes when its cause goes. Only the awaited calls (`load`,
// `refresh`, `command`, `call`) return theirs too.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/app/session/client_config.hpp"
#include "core/app/state/intent.hpp"
#include "core/app/state/state.hpp"
#include "core/ports/host.hpp"

namespace foyer {

namespace report {
struct Made;  // core/app/report/maker.hpp
}

class Controller {
 public:
  // `host` must outlive the controller.
  Controller(Host& host, Config config);
  ~Controller();
  Controller(const Controller&) = delete;
  Controller& operator=(const Controller&) = delete;

  const State& state() const;
  // After every change of the state, at most once per event of the host.
  std::function<void()> on_change;
  // The route changed: by intent::Go, or by itself (sign-in finished, plant vanished, nobody signed in). The
  // host puts it into the address bar unless the address says it already. `replace`: do not add a history
  // entry.
  std::function<void(const Route&, bool replace)> on_route;
  // intent::Back: the host goes back in its history, or to `otherwise` when nothing of ours is in it. Empty:
  // there is no history, and `otherwise` it is.
  std::function<void(const Route& otherwise)> on_back;

  // Restores session and cached home; when `url` is the redirect URI with an answer, completes the sign-in
  // (the host has already cleaned the address bar, B1). `route` is the deep link ("/home/…") or empty.
  void start(std::string url, const std::string& route);
  void dispatch(const Intent& intent);
  // Nothing can work (no readable config.json): `what` says what to do. Only the message is shown.
  void give_up(std::string what);
  // An answer of the sign-in host that arrived while the program runs (the loopback redirect of the native
  // window); the page gives it to start().
  void callback(std::string url);

  // Another language is in use (core/base/words.hpp): what the state says in words is said anew.
  void words_changed();

  // Events of the host.
  void set_online(bool online);
  void set_visible(bool visible);
  void resumed();  // after sleep, or a page restored from the back/forward cache (N6, P11)

  // For the headless client and the console: awaits what dispatch() only starts. Call set_visible(false)
  // before, then nothing is polled. Ids of accounts are the `id`s of config.json.
  Task<void> restore();  // sessions, ledgers, cached homes; start() does it by itself
  Task<Result<void>> complete(
      std::string url);  // the redirect with the answer; code "B3" for an unknown state
  // The lists of homes, and as many homes as a start may cost (core/policy/budget.hpp).
  Task<Result<void>> load(std::string account);
  Task<Result<void>> look(PlantId plant, bool anew = true);  // topology and state of one home
  // Its status. A poll leaves alone what is kept for presses and commands (Q1) and gateways that are silent
  // (E8).
  Task<Result<void>> refresh(PlantId plant, policy::Purpose purpose = policy::Purpose::pressed);
  Task<Result<CommandState>> command(ModuleId module,
                                     Command command);    // until confirmed, not confirmed or failed
  Task<CallResult> call(std::string account, Call call);  // the request console
  // The doctor (core/app/problems/doctor.hpp); the findings are in the state as they are made.
  // `account`: only of that one; empty: of all.
  Task<void> examine(bool ask_api, std::string account = {});
  // What the clouds answer now, as nobody's home (core/app/report); spends calls. `account` as above.
  Task<Result<report::Made>> report(std::string account = {});
  // The person says that what halted the account is settled: one call asks (N5).
  Task<CallResult> retry(std::string account);
  void accept_any_clock();  // K3: the person's "continue anyway"
  // Everything that is to be kept is in the storage, or was refused. Before the program ends: saving is put
  // off by up to a second otherwise.
  Task<void> flush();
  oauth::Session* session(const std::string& account);
  const CloudGateway* gateway(const std::string& account) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace foyer
