#include "tests/soak/session_model.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "tests/soak/session_world.hpp"

namespace foyer::soak {
namespace {

constexpr std::string_view acts[] = {"ask",         "refused", "wake", "crash",  "sign_out",
                                     "sign_in",     "wait",    "jump", "fault",  "deny_reads",
                                     "deny_writes", "full",    "hold", "script", "heal"};
constexpr std::string_view rotations[] = {"strict", "strict, reuse kills", "lenient", "none"};

// How often each act is drawn, of 100: the trouble of pages, and with full disks, held locks and scripts
// besides.
using Weights = std::array<std::pair<Act, int>, 15>;
constexpr Weights plain = {{{Act::ask, 30},
                            {Act::refused, 5},
                            {Act::wake, 4},
                            {Act::crash, 8},
                            {Act::sign_out, 1},
                            {Act::sign_in, 4},
                            {Act::wait, 26},
                            {Act::jump, 3},
                            {Act::fault, 12},
                            {Act::deny_reads, 2},
                            {Act::deny_writes, 2},
                            {Act::heal, 3}}};
constexpr Weights wide = {{{Act::ask, 22},
                           {Act::refused, 5},
                           {Act::wake, 4},
                           {Act::crash, 6},
                           {Act::sign_out, 1},
                           {Act::sign_in, 4},
                           {Act::wait, 25},
                           {Act::jump, 2},
                           {Act::fault, 8},
                           {Act::deny_reads, 2},
                           {Act::deny_writes, 2},
                           {Act::heal, 5},
                           {Act::full, 6},
                           {Act::hold, 2},
                           {Act::script, 6}}};

std::uint32_t amount(Act act, Dice& dice) {
  constexpr std::uint32_t waits[] = {1,      5,      40,      300,       1'000,     6'000,
                                     16'000, 40'000, 200'000, 3'300'000, 3'700'000, 86'400'000};
  if (act == Act::wait) return waits[dice.below(std::size(waits))] + dice.below(7);
  if (act == Act::jump) return dice.below(600);  // ±5 h
  if (act == Act::full) return dice.below(6);
  if (act == Act::fault) return 1 + dice.below(static_cast<std::uint32_t>(Fault::kinds) - 1);
  return 0;
}

}  // namespace

std::uint64_t Dice::next() {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

std::string_view to_string(Act act) { return acts[static_cast<std::size_t>(act)]; }

Schedule random_schedule(std::uint64_t seed, Trouble trouble) {
  const Weights& weights = trouble == Trouble::wide ? wide : plain;
  Dice dice{seed};
  Schedule schedule{.seed = seed,
                    .tabs = 2 + static_cast<int>(dice.below(5)),
                    .rotation = static_cast<Rotation>(dice.below(4)),
                    .lease = dice.below(3) == 0,
                    .steps = {}};
  if (trouble == Trouble::wide) schedule.accounts = 1 + static_cast<int>(dice.below(3) == 0);
  const std::uint32_t length = 8 + dice.below(32);
  for (std::uint32_t i = 0; i < length; ++i) {
    int drawn = static_cast<int>(dice.below(100));
    const auto* chosen = weights.data();
    while (drawn >= chosen->second) drawn -= (chosen++)->second;
    schedule.steps.push_back(
        {chosen->first, static_cast<std::uint8_t>(dice.below(6)), amount(chosen->first, dice)});
  }
  return schedule;
}

Schedule kill_schedule(std::uint64_t seed, int point) {
  Dice dice{seed * 31 + static_cast<std::uint64_t>(point)};
  Schedule schedule{.seed = seed,
                    .tabs = 2,
                    .rotation = static_cast<Rotation>(dice.below(4)),
                    .lease = dice.below(2) == 0,
                    .kill_at = point,
                    .steps = {}};
  const bool anew = seed % 2 == 1;
  if (anew) schedule.steps.insert(schedule.steps.end(), {{Act::sign_out, 1, 0}, {Act::wait, 0, 500}});
  if (!anew) schedule.steps.push_back({Act::wait, 0, 3'660'000});
  if (dice.below(3) == 0) schedule.steps.push_back({Act::fault, 0, 1 + dice.below(3)});
  schedule.steps.insert(schedule.steps.end(), {{anew ? Act::sign_in : Act::ask, 0, 0},
                                               {Act::wait, 0, dice.below(1'500)},
                                               {Act::ask, 1, 0},
                                               {Act::wait, 0, 60'000}});
  return schedule;
}

Verdict run(const Schedule& schedule) {
  World world(schedule);
  for (const Step& step : schedule.steps) {
    world.perform(step);
    if (!world.verdict.violation.empty()) return world.verdict;
  }
  world.finish();
  return world.verdict;
}

Schedule shortest(Schedule schedule) {
  for (std::size_t chunk = std::max<std::size_t>(schedule.steps.size() / 2, 1);;
       chunk = std::max<std::size_t>(chunk / 2, 1)) {
    bool dropped = false;
    for (std::size_t at = 0; at < schedule.steps.size();) {
      Schedule fewer = schedule;
      const auto from = fewer.steps.begin() + static_cast<std::ptrdiff_t>(at);
      fewer.steps.erase(from, from + static_cast<std::ptrdiff_t>(std::min(chunk, fewer.steps.size() - at)));
      if (run(fewer).violation.empty()) {
        at += chunk;
        continue;
      }
      schedule = std::move(fewer);
      dropped = true;
    }
    if (chunk == 1 && !dropped) return schedule;
  }
}

std::string text(const Schedule& schedule) {
  std::string out = "seed " + std::to_string(schedule.seed) + ", " + std::to_string(schedule.tabs) +
                    " tabs, rotation " + std::string(rotations[static_cast<std::size_t>(schedule.rotation)]) +
                    (schedule.lease ? ", lease" : ", Web Locks") +
                    (schedule.accounts == 2 ? ", two accounts" : "");
  if (schedule.kill_at != 0) out += ", killed at point " + std::to_string(schedule.kill_at);
  for (const Step& step : schedule.steps) {
    out += "\n  tab " + std::to_string(step.tab % schedule.tabs) + " " + std::string(to_string(step.act));
    if (step.amount != 0) out += " " + std::to_string(step.amount);
  }
  return out;
}

}  // namespace foyer::soak
