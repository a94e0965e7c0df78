// The controller owns the state: it restores the session and the last known home, plans calls, runs commands
// and polls while visible. Hosts create one, tell it what happens outside, and draw state().
//
// Example (compiled by tests/app):
//   Controller foyer(host, config);
//   foyer.on_change = [&] { request_frame("state"); };
//   foyer.start("https://home.example/?code=…&state=…", "#/home");   // the address the page was opened with
//   foyer.dispatch(intent::Send{lamp, {Aspect::on_off, true}});
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/app/config.hpp"
#include "core/app/intent.hpp"
#include "core/app/state.hpp"
#include "core/ports/host.hpp"

namespace foyer {

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

  // Restores session and cached home; when `url` is the redirect URI with an answer, completes the sign-in
  // (the host has already cleaned the address bar, B1). `route` is the deep link ("/home/…") or empty.
  void start(std::string url, const std::string& route);
  void dispatch(const Intent& intent);
  // Nothing can work (no readable config.json): `what` says what to do. Only the message is shown.
  void give_up(std::string what);
  // An answer of the sign-in host that arrived while the program runs (the loopback redirect of the native
  // window); the page gives it to start().
  void callback(std::string url);

  // Before start(), by a host whose Navigator::bring_rest() has something to bring: State::tools is `absent`.
  void tools_later();
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
  Task<Result<void>> load(std::string account);  // plants and topology
  Task<Result<void>> refresh(PlantId plant);     // status
  Task<Result<CommandState>> command(ModuleId module,
                                     Command command);    // until confirmed, not confirmed or failed
  Task<CallResult> call(std::string account, Call call);  // the request console
  // The doctor (core/app/doctor.hpp); the findings are in the state as they are made.
  Task<void> examine(bool ask_api);
  oauth::Session* session(const std::string& account);
  const CloudGateway* gateway(const std::string& account) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace foyer
