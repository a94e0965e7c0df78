// The simulated Netatmo Connect: homes as constant tables, and the little that changes in them.
//
// A home is built anew from its table whenever a call needs it; the state keeps deviations only (a lamp that
// was switched, a room that was set), so an installer's 10,000 modules cost nothing until they are touched.
// Everything that lives - shutters on their way, rooms that warm up, ends of set points - is a function of
// the moment: nothing ticks. Only event schedules leave something behind; what they did since somebody last
// asked is caught up before an answer.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/sim/house/house.hpp"

namespace foyer::sim {

// --- what kinds of modules there are, netatmo_types.cpp ---

enum class NetFamily : unsigned char {
  magellan,
  bubendorff,
  smarther,
  thermostat,
  mx,
  mhs1,
  station,
  camera
};
// "magellan" …: the word behind read_ and write_ in scopes.
std::string_view family_word(NetFamily family);

// What a module of a type reports and takes.
enum NetTrait : unsigned {
  net_on = 1U << 0,
  net_dims = 1U << 1,
  net_power = 1U << 2,
  net_sheds = 1U << 3,      // offload
  net_contactor = 1U << 4,  // contactor_mode
  net_moves = 1U << 5,      // target_position, its step and current_position
  net_blindly = 1U << 6,    // no current_position
  net_fan = 1U << 7,        // fan_speed
  net_battery = 1U << 8,    // battery_state, battery_level
  net_wifi = 1U << 9,       // wifi_strength
  net_radio = 1U << 10,     // rf_strength
  net_boiler = 1U << 11,    // boiler_status, boiler_valve_comfort_boost
  net_cooler = 1U << 12,    // cooler_status
  net_lock = 1U << 13,      // lock
  net_worded = 1U << 14,    // status "on" / "off" in place of on
  net_seen = 1U << 15,      // last_seen
  net_reach = 1U << 16,     // reachable
  net_gateway = 1U << 17,
  net_underscore = 1U << 18,  // spells target_position_step
  net_slats = 1U << 19,       // takes target_orientation_float
  net_prefers = 1U << 20,     // takes the preferred position, -2
  net_refuses = 1U << 21,     // answers -2 and inexact positions with module error 5
  net_firmware = 1U << 22,    // firmware_revision
  net_typeless = 1U << 23,    // no type in homestatus
};
struct NetType {
  const char* code = "";
  NetFamily family{};
  unsigned traits = 0;
  const char* extra = nullptr;  // members of a JSON object, added to the status as they stand
};
// The row of that code; unknown codes get one that only switches.
const NetType& net_type(std::string_view code);

// --- a home, netatmo_demo.cpp ---

struct NetValues {
  bool on = false, locked = true;
  int level = 0;  // brightness or position, %; 101: a shutter that was never instructed
  int fan = 1;
};

struct NetModule {
  std::string id, type, name;  // no name: the member is left out
  std::string room, bridge, appliance, variant;
  int watts = 0, step = 100, battery = 3000, firmware = 60;
  bool reachable = true;
  NetValues start{};
};

// How a room can be told its temperature.
enum class NetClimate : unsigned char { none, valve, smarther, pilot };

struct NetRoom {
  std::string id, name, type;
  NetClimate climate = NetClimate::none;
};

struct NetHome {
  std::string id, name, owner, country, timezone;
  double longitude = 0, latitude = 0;
  int altitude = 0;
  bool cooling = false;
  std::vector<NetRoom> rooms{};
  std::vector<NetModule> modules{};
};

// Homes of that user, in order; ines has `installer_homes` of them.
inline constexpr int installer_homes = 200, installer_modules = 50;  // modules of each home
std::vector<NetHome> net_homes_of(std::string_view user);
// Nothing found: empty id.
NetHome net_home(std::string_view id);
std::string net_user_id(std::string_view user);  // 24 hexadecimal digits
struct NetScenario {
  const char* id;
  const char* name;
};
std::vector<NetScenario> net_scenarios();
// What that scenario sets; an empty list for an unknown one.
struct NetStep {
  std::string module;
  NetValues to;
};
std::vector<NetStep> net_scenario_steps(const NetHome& home, std::string_view scenario);

// --- what changes, saved with the state ---

// The cloud shows `before` until `at` plus the lag of that change.
struct NetTouch {
  NetValues now{}, before{};
  Ms at = 0, lag = 0;
};

struct NetPoint {
  std::string mode{};  // manual, max, hg, off; "" or home: what the home says
  double temperature = 0;
  std::string wire{};     // therm_setpoint_fp, pilot wire only
  Ms start = 0, end = 0;  // end 0: none
};
struct NetRoomTouch {
  NetPoint now{}, before{};
  Ms at = 0, lag = 0;
};

struct NetChanges {
  std::string mode = "schedule";  // therm_mode: schedule, away, hg
  Ms mode_end = 0, mode_since = 0;
  std::string schedules{};              // JSON array once somebody edited them
  Ms played = 0;                        // the event schedule was played until then; 0: nobody asked yet
  std::vector<std::string> offline{};   // gateways
  std::map<std::string, bool> reach{};  // modules that were taken off or put on by the control interface
  std::map<std::string, NetTouch> modules{};
  std::map<std::string, NetRoomTouch> rooms{};
};

// A pair of tokens; a refresh replaces it, so both former tokens are dead at once.
struct NetPair {
  std::string access, refresh;  // base64url SHA-256 of the texts
  std::string client, user, scope;
  Ms issued = 0, expires = 0;
};

// What a code, an access token or a refresh token stands for.
struct Grant {
  std::string key;  // base64url SHA-256 of the text
  std::string client, user, scope, nonce, redirect, challenge;
  Ms issued = 0, expires = 0, auth_time = 0;
  bool dead = false;  // used, rotated or revoked
};

struct NetHook {
  std::string user, client, url;
  Ms failed_since = 0, banned_until = 0;
  int failures = 0;
};

// What a webhook would have been sent. The cloud sends nothing itself: the control interface shows it,
// signed.
struct NetEvent {
  std::string user, client, url, body;
  Ms at = 0;
  std::string api = "netatmo";  // Legrand's clouds put theirs into the same list, unsigned
};

struct NetState {
  std::map<std::string, NetChanges> homes{};
  std::vector<Grant> codes{};
  std::vector<NetPair> pairs{};
  std::vector<NetHook> hooks{};
  std::vector<NetEvent> events{};
  std::map<std::string, std::vector<Ms>> calls{};  // by user: the times of the last hour's calls
  int busy_count = 0;
};

// --- how a home lives, netatmo_house.cpp ---

// The heating or cooling week that is in force.
struct NetWeek {
  struct Entry {
    std::string room, wire{};  // wire: pilot-wire order in place of a temperature
    double temperature = 0;
    bool off = false;
  };
  struct Zone {
    int id = 0;
    std::vector<Entry> rooms{};
  };
  struct Turn {
    int minute = 0, zone = 0;  // since Monday 00:00, home local time
  };
  double away = 14, frost = 7;
  std::vector<Zone> zones{};
  std::vector<Turn> turns{};  // ascending
};
// What a home knows of itself at one moment.
struct NetView {
  const NetHome& home;
  const NetChanges& changes;
  Ms now = 0;
  NetWeek week;
};
NetView net_view(const NetHome& home, const NetChanges& changes, Ms now);
NetValues net_reported(const NetView& view, const NetModule& module);
int net_target(const NetView& view, const NetModule& module);  // of a shutter, as reported
bool net_reachable(const NetView& view, const NetModule& module);
bool net_offline(const NetView& view, const NetModule& module);  // its gateway does not answer
int net_watts(const NetView& view, const NetModule& module);
// `values` as the module's own from `now` on, shown `lag` later.
void net_touch(NetChanges& changes, const NetModule& module, NetValues values, Ms now, Ms lag);
NetValues net_present(const NetView& view, const NetModule& module);  // as it stands in the house

std::string net_mode(const NetChanges& changes, Ms now);              // therm_mode, its end considered
const NetPoint& net_point(const NetView& view, const NetRoom& room);  // as reported
struct NetAim {
  std::string mode;  // as in therm_setpoint_mode
  double temperature = 0;
  std::string wire{};
  Ms start = 0, end = 0;
};
// What the room steers to. Schedules are read by the home's own clock.
NetAim net_aim(const NetView& view, const NetRoom& room);
double net_measured(const NetView& view, const NetRoom& room);  // °C, steps of 0.1
int net_request(const NetView& view, const NetRoom& room);      // heating_power_request, %
// Minutes east of UTC of central European time, the zone of every demo home.
int net_zone_minutes(Ms at);

}  // namespace foyer::sim
