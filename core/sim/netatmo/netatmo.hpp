// What the endpoints of the simulated Netatmo API share. Internal to core/sim; for .cpp files only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/json.hpp"
#include "core/sim/state/parts.hpp"

namespace foyer::sim {

// Until a change of that thing at that moment shows, from netatmoLagFromMs to netatmoLagToMs.
Ms net_lag(const State& state, std::string_view what, Ms at);

// One call behind the gate: who calls, what with, and which home is meant.
struct NetCall {
  State& state;
  const Call& call;
  std::string user, client, scope;
  Json args = Json::object();  // query, form and JSON body in one; texts where they came as texts
  NetHome home{};              // of home_id, owned by the user
  std::string fresh_id{};      // 24 hexadecimal digits, for what is created

  Ms now() const { return call.now; }
  bool granted(std::string_view word, NetFamily family) const;  // word: "read_", "write_"
  NetChanges& changes() { return state.net.homes[home.id]; }
  // The home's changes for reading: nothing is created for a home nobody touched.
  const NetChanges& seen(const std::string& home_id) const;
  // A moment given in Unix seconds, between 1970 and 2096.
  static std::optional<Ms> moment(const Json& object, std::string_view name);
  Ms lag(std::string_view what) const { return net_lag(state, what, now()); }
};

// {"error":{"code","message"}}
Response net_error(int status, int code, std::string_view message);
// What a token without the scope gets: 403, code 13.
Response net_no_scope();
// Whose scopes a room needs.
NetFamily net_family(const NetRoom& room);
// {"status":"ok",…}; `body` null: none
Response net_ok(const NetCall& call, Json body = nullptr);

// Makes that home the one that is meant, its event schedule played until now; or why the caller can't have
// it.
std::optional<Response> net_enter(NetCall& call, const std::optional<std::string>& id);

Response net_homesdata(NetCall& call);
Response net_homestatus(NetCall& call);
Response net_setstate(NetCall& call);
Response net_setroomthermpoint(NetCall& call);
Response net_setthermmode(NetCall& call);
Response net_switchhomeschedule(NetCall& call);
Response net_synchomeschedule(NetCall& call);
Response net_createnewhomeschedule(NetCall& call);
Response net_renamehomeschedule(NetCall& call);
Response net_deletehomeschedule(NetCall& call);
Response net_getmeasure(NetCall& call);
Response net_getroommeasure(NetCall& call);
Response net_getscenarios(NetCall& call);
Response net_addwebhook(NetCall& call);
Response net_dropwebhook(NetCall& call);

// --- netatmo/schedule.cpp ---
// The home's schedules as homesdata shows them: those it has at first, or what they became.
Json net_schedules(const NetHome& home, const NetChanges& changes);
// Makes that schedule the selected one of its type (or, `on` false, none). False: there is none such of that
// type; an empty type takes any.
bool net_select_schedule(NetCall& call, std::string_view id, std::string_view type, bool on);

// --- netatmo/events.cpp ---
// Carries out what the home's selected event schedule ordered since the last time, each at its own moment,
// oldest first; of more than a week the last week only. The first call of a home begins the play.
void net_play(State& state, const NetHome& home, Ms now);
void net_play_all(State& state, Ms now);  // every home that somebody asked about

// --- netatmo/write.cpp ---
// The values of that module once it obeyed one entry of a list of commands; nothing: it takes no such
// command.
std::optional<NetValues> net_ordered(const NetView& view, const NetModule& module, const Json& entry);

// --- netatmo/hook.cpp ---
// Puts what a webhook of the calling user would be sent into the list of events; `body` gets user_id.
void net_tell(NetCall& call, Json body);
// A room's set point changed.
void net_tell_point(NetCall& call, const NetRoom& room, const NetPoint& point);

// --- netatmo/control.cpp: what the control interface does to these homes ---
// A gateway by its id, all gateways of a home by the home's, or all there are by "". False: nothing of that
// name.
bool net_gateway_offline(State& state, const std::string& id, bool offline);
bool net_set_reach(State& state, const std::string& module, bool reachable);
// Somebody presses a switch: {"on","level","fan","locked"}, visible at once.
bool net_press(State& state, const std::string& module, const Json& values, Ms now);
// That many deliveries of webhooks failed now; five within an hour ban for a day.
void net_count_failures(State& state, int count, Ms now);
void net_list_homes(const State& state, Json& list);
}  // namespace foyer::sim
