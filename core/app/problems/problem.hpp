// What needs somebody, as everybody shows it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.hpp"
#include "core/policy/failure.hpp"

namespace foyer {

// One cause is one problem: what it is about, of what, and of which part of that.
struct ProblemKey {
  enum class About : std::uint8_t {
    network,   // this device is offline
    storage,   // of an account: its sign-in is not kept; without id: nothing is
    account,   // `part`: the rule that says what halts or hinders it
    provider,  // `part`: the API whose homes are not told
    session,   // it is over
    sign_in,   // it was refused, or could not be used
    scopes,    // less is permitted than was asked for
    renewal,   // it ends soon
    quota,     // the calls of the day
    gateway,   // does not answer
    home,      // parts of it were not understood
    topology,  // could not be read
    status,    // likewise
  };
  About about = About::network;
  std::string id{};    // of the account, the gateway or the home
  std::string part{};  // see above
  auto operator<=>(const ProblemKey&) const = default;
};
std::string_view to_string(ProblemKey::About about);
// "account:demo:E17", for the ids of nodes.
std::string to_text(const ProblemKey& key);

struct Problem {
  ProblemKey key{};
  std::string account{};  // id of the account it concerns, or empty: of a home, a device, the storage
  policy::Condition condition{};
  std::string what{};   // "Garden gateway is offline since 14:02."
  std::string doing{};  // its waits are "{wait}": at_this_moment() of words.hpp writes them
  std::string remedy{};
  std::string details{};  // technical, without secrets
  Instant since{};
  std::optional<Instant> again_at{};
  bool can_retry = false;  // an action "Try again" makes sense
  bool needs_sign_in = false;
  bool clock = false;  // K3: this device's clock is off; the person may continue anyway
};

}  // namespace foyer
