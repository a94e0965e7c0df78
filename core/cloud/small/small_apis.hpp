// The smaller APIs of Legrand's gateway, as far as their answers are known: multi-sockets,
// MyHOME_Up, the door entry unit Classe 100X, emergency lighting. Requests stand in the catalogue; nothing
// polls these.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/secret.hpp"
#include "core/cloud/decode.hpp"
#include "core/cloud/provider.hpp"

namespace foyer {

struct ModuleList {
  std::vector<Module> modules{};
  decode::Complaints complaints{};
};

namespace multisocket {

// GET …/parameter/{by}/value/{value}: a strip and, when it has several, each of its sockets as a module that
// is part of it
// ("multisocket:<id>#1" is the first).
Result<ModuleList> read_sockets(std::string_view body);
// The whole strip is written at once, so the other sockets keep what `modules` last said of them.
// ErrorKind::invalid_input for a module that is no socket of it.
Result<Call> set_socket(const PlantId& plant, const std::vector<Module>& modules, const ModuleId& socket,
                        bool on);

}  // namespace multisocket

namespace myhome {

// GET …/topology: floors become the ambients' `floor`. Modules have no commands: the API offers none.
Result<Plant> read_topology(std::string_view body);

}  // namespace myhome

namespace classe {

// Of the documented call-home: for Legrand's Door Entry SDK; without it a ticket is of no use.
struct Ticket {
  PlantId plant{};
  SecretText jwt{};
};
struct Tickets {
  std::vector<Ticket> list{};
  decode::Complaints complaints{};
};
Result<Tickets> read_tickets(std::string_view body);

// Captures of the vendor's own app, so that they are understood; Foyer never asks for them. The
// modules of a door entry unit, without addresses and people; and the state of a Wi-Fi switch (on_off,
// level).
Result<ModuleList> read_modules(std::string_view body);
Result<ModuleStatus> read_state(std::string_view body);

}  // namespace classe

namespace emergency {

struct Failure {
  std::string flag{}, type{};  // type: dotted, "BLOCK.…" or "REMOTE.STATUS.…"
  friend bool operator==(const Failure&, const Failure&) = default;
};
struct Controller {
  std::string id{}, name{}, reference{}, serial_number{}, status{};
  std::string alert{}, alert_level{};
  std::optional<Instant> status_at{}, alert_at{};
  std::vector<Failure> failures{};
};
struct Site {
  std::vector<Controller> controllers{};
  decode::Complaints complaints{};
};
// The list itself or the object that holds it: its name was never seen.
Result<Site> read_controllers(std::string_view body);
// Failures of decodeFailureFlag: a list, an object with `failures`, or one failure.
Result<std::vector<Failure>> read_failures(std::string_view body);

}  // namespace emergency
}  // namespace foyer
