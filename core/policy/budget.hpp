// What one reason may cost at most, in calls, whatever the answers say. The ledger (quota.hpp) keeps the day;
// these keep one answer – a list of 600,000 homes, a home of 10,000 thermostats – from using it up.
#pragma once

#include <cstddef>

namespace foyer::policy::budget {

// An account is opened: its lists of homes, the home that is shown, and others while this lasts. The home
// that is shown may exceed it up to `look`.
constexpr std::size_t start = 12;
// A home is looked at: topology, what completes it, state. The rest of its modules waits for the next look.
constexpr std::size_t look = 60;
// One round of polling; what does not fit is asked in the next round.
constexpr std::size_t poll = 60;
// What one press may command ("everything off").
constexpr std::size_t command = 60;
// One request for a history, the second form of its words included.
constexpr std::size_t history = 2;
// Homes that are kept of one list.
constexpr std::size_t homes = 2000;
// An account with more homes is polled only where somebody looks.
constexpr std::size_t homes_polled = 3;

}  // namespace foyer::policy::budget
