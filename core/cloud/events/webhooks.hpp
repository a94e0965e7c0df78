// What the clouds post to a registered address: Home + Control and Smarther, Netatmo Connect.
// The page receives nothing; a relay or a script hands the bytes in.
//
// Example (compiled by tests/cloud):
//   const auto hook = read_hook(body, Minutes(60));
//   reply_with_status_200(hook->answer);           // at once: slow receivers are banned (F13)
//   for (const HookEvent& event : hook->events) …  // events may come twice: compare HookEvent::id
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/secret.hpp"
#include "core/base/task.hpp"
#include "core/cloud/decode.hpp"
#include "core/ports/crypto.hpp"

namespace foyer {

enum class HookKind {
  validation,  // the address itself is tested; the answer must hold the code
  status,      // modules have new readings
  set_point,   // a room was commanded or follows the home again
  home_mode,   // the heating mode of the home
  schedule,    // another schedule, or new contents of one
  topology,    // something was added, renamed or moved
  connection,  // a device came or went
  activation,  // the webhook itself began or ended
  other,       // kept under its type
};
std::string_view to_string(HookKind kind);

struct HookRoom {
  AmbientId ambient{};
  std::string mode{};                   // "manual", "home", "max", "off", "hg", "away" – the cloud's word
  std::optional<double> temperature{};  // °C: the measured one; where the set point was changed, that one
  std::optional<Instant> until{};
  std::optional<double> setpoint{};         // °C, beside a measured temperature
  std::optional<double> heating_request{};  // %
  friend bool operator==(const HookRoom&, const HookRoom&) = default;
};

struct HookEvent {
  std::string_view api{};  // "hc", "smarther", "netatmo"
  HookKind kind = HookKind::other;
  std::string type{};  // the cloud's words, "display_change/set_point"
  std::string id{};    // of the event, where the cloud gives one
  std::optional<Instant> at{};
  PlantId plant{};  // empty: the event does not tell
  ModuleId module{};
  std::vector<HookRoom> rooms{};
  std::string mode{}, previous_mode{};  // of the home, the cloud's words
  std::string schedule{};               // the one that was chosen; empty when contents changed
  std::string change{};                 // of a topology: "room_created"
  StatusReport status{};
};

struct Hook {
  std::vector<HookEvent> events{};
  std::string answer{};  // body of the reply, JSON or empty
  decode::Complaints complaints{};
};

// Arrays and objects of every cloud. A broken event is skipped with a complaint. `offset` is that of zoneless
// times. ErrorKind::malformed for what no cloud posts.
Result<Hook> read_hook(std::string_view body, Minutes offset);

// Does `signature` (X-Netatmo-secret, hex in any case) belong to the raw body? ErrorKind::protocol otherwise.
// Compared in time that tells nothing.
Task<Result<void>> verify_hook(Signer& signer, SecretText client_secret, std::string body,
                               std::string signature);

namespace netatmo {
// One object of Netatmo Connect, for read_hook.
HookEvent read_event(JsonView json, const decode::Where& where, Minutes offset,
                     decode::Complaints& complaints);
}  // namespace netatmo

}  // namespace foyer
