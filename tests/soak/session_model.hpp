// The real session code of 2–6 tabs, of one account or of two, that share a vault, locks and a channel, in
// virtual time, against a provider that rotates, loses and refuses – driven by a schedule of steps, and
// watched (rules T1–T9, K1, S3).
//
// What must never happen (`Verdict::violation` names it):
//  * two refreshes at once by tabs that live,
//  * a request with a refresh token that storage or a living tab knows to be superseded,
//  * the end of a session whose newest token is known here and good at the provider,
//  * a tab that has neither a session nor a clean end once all trouble is over,
//  * a session that comes back after the person has signed out,
//  * a program that ends with its answer (ClientConfig::ends_at_once) and takes along what it could not
//  store.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace foyer::soak {

// splitmix64: small, fast, the same everywhere.
struct Dice {
  std::uint64_t state;
  std::uint64_t next();
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(next() % bound); }
};

enum class Act : std::uint8_t {
  ask,      // a caller wants an access token
  refused,  // the API has refused the tab's token (401)
  wake,     // the tab comes back from the background
  crash,    // the page is killed and loaded again
  sign_out,
  sign_in,
  wait,
  jump,        // the wall clock is set
  fault,       // one of the provider's next answers goes wrong
  deny_reads,  // storage: for everybody, until heal
  deny_writes,
  full,    // the disk, after so many more writes
  hold,    // somebody takes the section of the refreshes and does not give it back, until heal
  script,  // a program asks for a token and ends, in place of the tab
  heal,
};
std::string_view to_string(Act act);

struct Step {
  Act act;
  std::uint8_t tab;
  std::uint32_t amount;  // ms of wait or jump (minutes), or the number of the fault
};

enum class Rotation : std::uint8_t { strict, strict_and_reuse_kills, lenient, none };

struct Schedule {
  std::uint64_t seed;
  int tabs;
  Rotation rotation;
  bool lease;        // the browser has no Web Locks
  int accounts = 1;  // the tabs take turns in them
  int kill_at = 0;   // the first tab is killed at that step of its work; 0: never
  std::vector<Step> steps;
};

enum class Trouble { plain, wide };  // wide: full disks, held locks, scripts and a second account, too
Schedule random_schedule(std::uint64_t seed, Trouble trouble = Trouble::plain);
// One refresh (or, for odd seeds, one sign-in) during which the tab is killed at its `point`-th step.
constexpr int kill_points = 12;
Schedule kill_schedule(std::uint64_t seed, int point);

struct Verdict {
  std::string violation{};  // empty: none
  int requests = 0;         // refreshes that reached the provider
  int ends = 0;             // sessions that ended by refusal
  bool killed = false;
};
Verdict run(const Schedule& schedule);

// The shortest schedule with a violation that dropping steps leads to.
Schedule shortest(Schedule schedule);
std::string text(const Schedule& schedule);

}  // namespace foyer::soak
