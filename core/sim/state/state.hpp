// Everything the simulated cloud remembers. Saved and loaded as a whole (state_json.cpp lists the fields
// once).
//
// Codes and tokens are kept by the base64url SHA-256 of their text: the state never holds one that could be
// used.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/sim/house/house.hpp"
#include "core/sim/house/netatmo_house.hpp"

namespace foyer::sim {

struct User {
  const char* name;  // also the id in forms and in the control interface
  const char* given;
  const char* family;
  const char* oid;
  const char* about;
};
inline constexpr User users[] = {
    {"alice", "Alice", "Lilas", "a11ce000-0000-4000-8000-000000000001",
     "a house full of devices and a chalet"},
    {"bruno", "Bruno", "Rossi", "b4000000-0000-4000-8000-000000000002", "one thermostat"},
    {"nora", "Nora", "Neu", "20a00000-0000-4000-8000-000000000003", "no home yet"},
    {"ines", "In\xC3\xA8s", "Martin", "19e50000-0000-4000-8000-000000000004",
     "an installer with 200 customers"}};
const User* find_user(std::string_view name);

// One sign-in, from the login page to the code.
struct Login {
  std::string id, client, redirect, state, nonce, challenge, scope, user;
  Ms at = 0;
};

struct Fault {
  int status = 0;  // 0: 200
  int count = 1;
  std::string method{}, path = "/cloud/api/", contains{};
  std::string body = "documented", text{};
  int code = 0;          // Netatmo: the code in the error object; 0: the usual one of that status
  int retry_after = -1;  // s; -1: none
  Ms delay = 0;
  bool drop = false, after = false, literal = false;  // literal: `text` is the body
};

struct Switches {
  Ms latency = 0, state_delay = 500, skew = 0, advanced = 0;
  int quota_per_day = 500, quota_status = 403;
  int rate_calls = 60, rate_seconds = 10;  // 0 calls: off
  std::string rotation = "lenient", token_answer = "both", code_as = "number", expired_shape = "A",
              enum_case = "upper", activation = "local", auto_login{};
  int decimals = 5, hc_retired = 0, big = 0;
  bool secret_required = false, cors = false, strict_scopes = false;
  // Smarther
  std::string unit = "C", numbers_as = "text", c2c_shape = "array";
  bool smarther_strict = false, sparse = false, c2c_handshake = false;
  // Netatmo Connect; lags and life in ms
  Ms net_lag_from = 1000, net_lag_to = 3000, net_token_life = 10'800'000;
  int net_burst = 50, net_hourly = 500;  // calls per 10 s and per hour and user; 0: off
  int net_app_burst = 0;                 // calls per 10 s of all users of one application; 0: off
  int net_limit_status = 429, net_auth_status = 403;
  int net_busy_every = 0;  // each n-th call meets the global guard
  std::string net_limit_text = "application", net_new_id = "top", net_scenarios = "home", net_cors = "off";
  bool net_secret = false, net_retry_after = false, net_deactivated = false, net_strict = false;
};

struct Usage {
  std::int64_t day = 0;  // days since 1970, UTC
  int calls = 0;
  Ms window = 0;  // begin of the rate-limit window
  int in_window = 0;
};

struct LogEntry {
  std::int64_t number = 0;
  Ms at = 0;
  std::string method, path, user;
  int status = 0;  // 0: dropped
};

struct State {
  std::string key_jwk{};  // private signing key; empty until the first token
  std::string kid{};
  Switches switches{};
  std::vector<Login> logins{};
  std::vector<Grant> codes{}, access{}, refresh{};
  std::map<std::string, Usage> usage{};
  std::vector<Fault> faults{};
  std::deque<LogEntry> log{};
  std::int64_t logged = 0;
  std::vector<Plant> plants{};
  std::vector<Chalet> chalets{};
  std::vector<Strip> strips{};
  std::vector<std::string> told_plants{};   // of Home + Control, subscribed to notifications
  std::map<std::string, Module> touched{};  // modules of an installer's plants that were commanded, by id
  NetState net{};
};

// The houses and switches as at the first start.
State fresh_state();

inline constexpr Ms second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;

std::string save_state(const State& state);
bool load_state(State& state, std::string_view text);

}  // namespace foyer::sim
