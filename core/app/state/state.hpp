// Everything the person sees, as one value. The shell draws it and keeps none of it; only the controller
// writes.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/app/arrangement/arrangement.hpp"
#include "core/app/history/kept.hpp"
#include "core/app/plans/draft.hpp"
#include "core/app/problems/problem.hpp"
#include "core/base/result.hpp"
#include "core/base/url.hpp"
#include "core/cloud/gateway/journal.hpp"
#include "core/model/command.hpp"
#include "core/model/home.hpp"
#include "core/oauth/session_info.hpp"
#include "core/policy/failure.hpp"
#include "core/policy/quota.hpp"
#include "core/ports/parts.hpp"

namespace foyer {

// A place in the program; its text form is the deep link after '#'.
struct Route {
  enum class View {
#define VIEW(name, text, kind, under, part, word, icon, entry, builder) name,
#include "core/app/state/views.def"
#undef VIEW
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
  // What people read ("Someone is using the thermostat. Trying again in {wait}…"); at_this_moment() of
  // words.hpp writes the wait.
  std::string text{};
  std::optional<Instant> again_at{};  // of that wait
};

// How far a part of the program is.
enum class Arrival : std::uint8_t { here, absent, loading, failed };
// What a view shows all of itself with; it is asked for as soon as the view is wanted.
std::optional<Part> part_of(Route::View view);
bool needs_home(Route::View view);  // is nothing while nobody is signed in

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

// A report (core/app/report) that is being made, or is ready to be saved; what is in it, for who is to agree.
struct ReportedAnswer {
  std::string request{};  // "GET /plants", disguised
  int status = 0;         // 0: no answer
  std::size_t bytes = 0;
};
struct MadeReport {
  std::string text{};  // the file
  std::vector<ReportedAnswer> answers{};
  std::vector<std::string> journal{};  // "call GET /plants 200 80 ms"
  std::size_t replaced = 0;            // how many different texts
};
struct ReportState {
  bool making = false;
  std::string trouble{};  // why there is none
  std::optional<MadeReport> made{};
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

// What was done at one press to many modules, and how it is taken back.
struct Undo {
  std::uint64_t number = 0;
  std::string text{};  // "4 switched off"
  std::vector<std::pair<ModuleId, Command>> back{};
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
  std::string language{};  // a code of shell/words ("fr"), or "en"; empty: like the browser
  std::string notice{};    // last short message for the live region ("Ceiling is on")
  std::uint64_t notice_number = 0;
  std::string fatal{};  // config error or the like: what to do; nothing else works
  std::optional<Instant> next_poll{};
  Doctor doctor{};
  Console console{};
  ReportState report{};
  history::HistoryState history{};
  plan::PlanStates plans{};  // state_of() finds that of a home
  Arrangement arrangement{};
  std::optional<Undo> undo{};  // while it is offered
  std::string page{};          // address the page was opened with, without query; empty: no page
  std::array<Arrival, all_parts.size()> arrivals{};  // of all_parts, in that order

  Arrival& arrival(Part part) { return arrivals[static_cast<std::size_t>(part)]; }
  bool has(Part part) const { return arrivals[static_cast<std::size_t>(part)] == Arrival::here; }
  const Plant* plant() const;  // the plant of the route, or the first one, or null
  const CommandState* command(const ModuleId& id, Aspect aspect) const;
};

}  // namespace foyer
