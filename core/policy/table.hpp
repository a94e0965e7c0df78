// The decision table of the error policy as data. decide() reads it,
// docs/errors.md is generated from it, and the tests walk over it.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "core/base/time.hpp"
#include "core/policy/failure.hpp"

namespace foyer::policy {

// What a row does with one class of command.
enum class Move {
  done,          // counts as success
  give_up,       // tell the person, no repetition
  back_off,      // N1: uniform 0…min(20 s, 1 s · 2^(n−1)), after the wait the service named
  wait,          // `wait` · n, or longer when the service says so
  wait_busy,     // E20: `wait` and up to 2 s, within 40 s
  wait_gate,     // E13 reads: the longer of `wait` and the named time
  wait_short,    // E13 writes: the same, but only when that is at most `wait`
  read_back,     // ambiguous: look first; send again only if the state differs and attempts are left
  refresh,       // E4
  switch_key,    // E5
  park,          // E6
  halt,          // E17, E18
  mark_offline,  // E8
  again_once,    // class T: the same request once more after `wait` (T6, X8)
  later,         // class T: the tokens stay; at most `max` requests in 5 min, with growing pauses (X7)
  sign_in        // class T: only a new sign-in helps
};

struct Rule {
  Move move = Move::give_up;
  int max = 1;     // attempts, the first included
  Millis wait{0};  // before jitter
};

struct Row {
  Condition condition;
  std::string_view id;        // "E8"
  std::string_view name;      // "404, gateway text or a known id"
  std::array<Rule, 4> rules;  // by CommandClass
  const Rule& rule(CommandClass operation) const { return rules[static_cast<std::size_t>(operation)]; }
};

// All rows, in the order of the enum.
std::span<const Row> table();
const Row& row(Condition condition);

}  // namespace foyer::policy
