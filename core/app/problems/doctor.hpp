// The connection doctor: looks at each part of the way to a cloud, one by one, and says what is wrong with it
// and what the person can do. One for the page, the window and the headless client.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/app/session/account.hpp"
#include "core/app/state/store.hpp"

namespace foyer {

struct Examination {
  Host& host;
  const Store& store;
  const Accounts& accounts;
  std::string page{};    // address the page was opened with, or empty: a host without one
  bool ask_api = false;  // may calls of the day be spent? doctor_cost() says how many
  std::string only{};    // id of the one account that is looked at, or empty: all
};

// Device storage; then, per cloud, redirect address, discovery, signing keys, clock, token endpoint, session,
// calls of the day, API, subscription keys, gateways. `tell` hears each finding as it is made. What runs
// through it lives as long as the task.
Task<void> examine(Examination what, std::function<void(Finding)> tell);
// Calls that an examination with `ask_api` costs now: nobody signed in, or a parked account, costs none.
// `only` as above.
int doctor_cost(const State& state, Instant now, std::string_view only = {});

}  // namespace foyer
