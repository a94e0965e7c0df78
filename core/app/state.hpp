// Everything the person sees, as one value. The shell draws it and keeps none of it; only the controller
// writes.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/cloud/gateway.hpp"
#include "core/model/command.hpp"
#include "core/model/home.hpp"
#include "core/oauth/session.hpp"
#include "core/policy/failure.hpp"
#include "core/policy/quota.hpp"

namespace foyer {

// A place in the program; its text form is the deep link after '#'.
struct Route {
  enum class View {
    welcome,
    home,
    ambient,
    module,
    scenes,
    energy,
    topology,
    problems,
    console,
    settings,
    journal,
    setup
  };
  View view = View::welcome;
  PlantId plant{};
  AmbientId ambient{};
  ModuleId module{};
  friend bool operator==(const Route&, const Route&) = default;
};
// "/home/hc:00aa", "/home/hc:00aa/room/hc:0b01", "/home/hc:00aa/module/hc:…", "/problems", "/settings" …
std::string to_text(const Route& route);
// The welcome route for anything that is not understood.
Route parse_route(std::string_view text);

enum class Theme { system, light, dark };

// The four pictures of a command, and the reason.
struct CommandState {
  enum class Picture { sent, confirmed, not_confirmed, failed };
  std::uint64_t number = 0;
  Command command{};
  Picture picture = Picture::sent;
  Instant at{};                   // of the last change of picture
  policy::Condition condition{};  // for failed and not_confirmed
  std::string text{};  // what people read ("Someone is using the thermostat. Trying again in 10 s…")
};

// What a first visit does without: the views beside the home itself, and the doctor (namespaces `tools` and
// `catalog`). The page fetches it once somebody is signed in or a view wants it; nothing of it may be called
// before it is ready.
enum class Tools : std::uint8_t { absent, loading, ready, failed };
bool wants_tools(Route::View view);  // has a part that comes with them
bool needs_tools(Route::View view);  // is nothing without them
bool needs_home(Route::View view);   // is nothing while nobody is signed in

struct Problem {
  std::string key{};      // stable identity, "account:demo:E6", "gateway:<id>", "plant:<id>"
  std::string account{};  // id of the account it concerns, or empty: of a home, a device, the storage
  policy::Condition condition{};
  std::string what{};  // "Garden gateway is offline since 14:02."
  std::string doing{};
  std::string remedy{};
  std::string details{};  // technical, without secrets
  Instant since{};
  std::optional<Instant> again_at{};
  bool can_retry = false;  // an action "Try again" makes sense
  bool needs_sign_in = false;
  bool clock = false;  // K3: this device's clock is off; the person may continue anyway
};

// What the doctor found at one part of the way to a cloud.
struct Finding {
  enum class State { good, trouble, unknown /* not looked at */ };
  std::string cloud{};  // id of the account; empty: this device
  std::string part{};   // "vault", "redirect", "discovery", "keys", "clock", "token", "session", "calls",
                        // "api", "subscription", "gateways"
  State state = State::good;
  std::string title{}, what{}, remedy{};
  std::string detail{};          // technical, without secrets
  std::optional<Error> error{};  // of trouble
};
struct Doctor {
  bool running = false;
  std::optional<Instant> at{};  // of the last end
  std::vector<Finding> findings{};
};

// One request of the console and its answer.
struct Exchange {
  std::string account{}, operation{};
  Fields values{};  // as they were typed
  Instant at{};
  bool waiting = true;
  int status = 0;  // 0: no answer
  Millis duration{0};
  std::string reading{};          // what the error policy makes of it, in words
  std::string headers{}, body{};  // the body with line breaks when it is JSON
};
struct Console {
  std::string api{}, operation{};  // ids of core/cloud/catalog; empty: none is chosen
  Fields values{};                 // what is proposed
  std::deque<Exchange> history{};  // the last 20, newest first
};

struct AccountState {
  std::string id{};
  std::string name{};
  bool simulated = false;
  std::vector<std::string> providers{};  // ids of the APIs it opens
  std::string api_base{}, redirect_uri{};
  int keys = 0;  // subscription keys that are configured here; none: a relay adds them
  const std::deque<JournalEntry>* journal = nullptr;  // of the gateway; lives as long as the controller
  oauth::SessionInfo session{};
  policy::Ledger ledger{};
  bool signing_in = false;
  bool loaded = false;  // the plants were read since the start; without plants this account has none
};

struct State {
  std::uint64_t version = 0;  // grows with every change; the shell and the mirror compare it
  bool started = false;       // restore has finished
  bool online = true;
  bool visible = true;
  std::vector<AccountState> accounts{};
  std::vector<Plant> plants{};
  std::map<PlantId, std::string> plant_account{};
  bool loading = false;  // first topology is on its way
  std::map<std::pair<ModuleId, Aspect>, CommandState> commands{};
  std::vector<Problem> problems{};
  Route route{};
  Theme theme = Theme::system;
  int key_step = 0;        // how many of the four steps of changing the subscription keys are done (E5)
  std::string language{};  // "en", "fr", "it"; empty: like the browser
  std::string notice{};    // last short message for the live region ("Ceiling is on")
  std::uint64_t notice_number = 0;
  std::string fatal{};  // config error or the like: what to do; nothing else works
  std::optional<Instant> next_poll{};
  Doctor doctor{};
  Console console{};
  std::string page{};  // address the page was opened with, without query; empty: no page
  Tools tools = Tools::ready;

  const Plant* plant() const;  // the plant of the route, or the first one, or null
  const CommandState* command(const ModuleId& id, Aspect aspect) const;
};

}  // namespace foyer
