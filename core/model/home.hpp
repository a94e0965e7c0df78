// The home as values: plant, ambient, module, gateway – the vendor's own words (see docs/glossary in the
// README).
//
// Everything here is plain data that can be copied and compared. It is the same for every cloud; what a
// module can do is said by its capabilities, never by its kind. Unknown kinds, words and fields are kept and
// shown.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/ids.hpp"
#include "core/model/schedule.hpp"

namespace foyer {

// What a module is to a person; chooses icon and layout only.
enum class Kind {
  light,
  dimmer,
  plug,
  shutter,
  remote,
  energy_meter,
  heater,
  scene,
  thermostat,
  gateway,
  fan,
  contactor,  // a relay of the electrical panel
  door_lock,
  sensor,
  intercom,
  unknown,
};
// "light", "energy_meter" …
std::string_view to_string(Kind kind);
std::optional<Kind> kind_from(std::string_view name);

// One aspect of a module that can be read, commanded, or both.
enum class Aspect {
  on_off,           // bool
  level,            // number, percent
  position,         // number, percent; 0 closed, 100 open
  stop,             // momentary: halts a moving shutter
  setpoint,         // number, degrees
  mode,             // word: "automatic", "manual", "boost", "max", "away", "off", "protection"
  function,         // word: "heating", "cooling"
  program,          // word: number or id of the weekly programme in text; Smarther's "0" is the built-in one
  run,              // momentary: runs a scene
  temperature,      // number, degrees
  humidity,         // number, percent
  power,            // number, watt
  energy_today,     // number, watt-hours
  battery,          // word: "full", "high", "medium", "low", "very_low"
  load_active,      // bool: the boiler or valve is on
  firmware,         // word
  preferred,        // momentary: moves a shutter to the position its owner has stored
  fan_speed,        // number, 1 is the slowest
  lock,             // bool, true is locked; momentary, for a door may open by it
  pilot_wire,       // word: "comfort", "comfort_1", "comfort_2", "away" (eco), "frost_guard", "stand_by"
  open_window,      // bool
  anticipating,     // bool: heats early for the next slot of the programme
  heating_request,  // number, percent: how much heat the room asks for
  load_shedding,    // bool: switched off to keep below the contract's power
  battery_level,    // number, percent or millivolt
  wifi_strength,    // number, attenuation: 56 good, 71 average, 86 bad
  radio_strength,   // number, attenuation: 60 full, 70 high, 80 medium, 90 low
  other,            // a field we do not know; `Reading::name` tells its wire name
};
std::string_view to_string(Aspect aspect);
std::optional<Aspect> aspect_from(std::string_view name);

enum class Unit { none, percent, celsius, fahrenheit, watt, watt_hour, millivolt };
// "", "%", "°C", "°F", "W", "Wh", "mV"
std::string_view symbol(Unit unit);

// "on", "40", "automatic" – for machines (the headless client, logs).
std::string to_text(const Value& value);

struct Range {
  double least = 0, most = 100, step = 1;  // in the capability's unit; step > 0
  friend bool operator==(const Range&, const Range&) = default;
};

struct Capability {
  Aspect aspect = Aspect::other;
  bool readable = true;
  bool commandable = false;
  Unit unit = Unit::none;
  std::optional<Range> range{};        // for numbers
  std::vector<std::string> options{};  // for words; empty: any word inside `range`, if there is one
  std::vector<std::string>
      labels{};  // people's names of the options (weekly programmes), same order, or empty
  friend bool operator==(const Capability&, const Capability&) = default;
};

// Where a reading comes from. A cached one survived a reload; an optimistic one is our own wish.
enum class Origin { cloud, cached, optimistic };
std::string_view to_string(Origin origin);

struct Reading {
  Aspect aspect = Aspect::other;
  std::string name{};  // wire name, only for Aspect::other
  Value value{};
  Unit unit = Unit::none;
  Instant received{};                 // when we learnt it; its age is now − received
  std::optional<Instant> measured{};  // when the device measured it, if the cloud says so
  Origin origin = Origin::cloud;
  friend bool operator==(const Reading&, const Reading&) = default;
};

enum class Reach { unknown, reachable, unreachable };

struct Module {
  ModuleId id{};
  std::string name{};
  Kind kind = Kind::unknown;
  std::string device{};     // the cloud's word ("light", "chronothermostat", "NLF")
  std::string product{};    // what it says on the box ("Dimmer switch with neutral") or empty
  std::string system{};     // device system ("Lighting") or empty
  std::string hardware{};   // hardware type ("NLF") or empty
  std::string appliance{};  // what hangs on a plug ("dishwasher") or empty
  AmbientId ambient{};      // empty: in no room
  GatewayId gateway{};      // empty: not known
  ModuleId part_of{};       // of a channel or a socket of a multi-socket: the device it is a part of
  std::vector<Capability> capabilities{};
  std::vector<Reading> readings{};
  Reach reach = Reach::unknown;
  std::optional<Instant> unreachable_since{};
  std::optional<Instant> mode_until{};  // end of the current mode of a thermostat
  std::string raw_topology{};           // the cloud's own JSON text for this module, for the module page
  std::string raw_status{};
  std::string error{};  // what the cloud said of this module last ("code 6: unreachable") or empty

  const Capability* capability(Aspect aspect) const;
  // The same, when the aspect takes commands.
  const Capability* commandable(Aspect aspect) const;
  const Reading* reading(Aspect aspect) const;
  // Replaces the reading of that aspect (and name, for `other`), or adds it.
  void set_reading(Reading reading);
  std::optional<bool> flag(Aspect aspect) const;
  std::optional<double> number(Aspect aspect) const;
  std::optional<std::string> word(Aspect aspect) const;
  friend bool operator==(const Module&, const Module&) = default;
};

struct Ambient {
  AmbientId id{};
  std::string name{};
  std::string type{};   // "kitchen", "livingroom" … or empty
  std::string floor{};  // its name, or empty
  friend bool operator==(const Ambient&, const Ambient&) = default;
};

struct Gateway {
  GatewayId id{};
  std::string name{};
  std::optional<Instant> offline_since{};
  friend bool operator==(const Gateway&, const Gateway&) = default;
};

struct Plant {
  PlantId id{};
  std::string name{};
  std::string country{};
  std::vector<Ambient> ambients{};
  std::vector<Module> modules{};  // of all rooms and of none; scenes too
  std::vector<Gateway> gateways{};
  std::string time_zone{};                    // IANA name ("Europe/Paris") or empty
  std::optional<Minutes> setpoint_lasting{};  // how long a set point holds when nobody says so
  std::vector<Schedule> schedules{};
  std::vector<std::string> complaints{};  // what could not be understood, with the path of the field
  std::optional<Instant> topology_at{};   // when what was last read of it was asked for
  std::optional<Instant> status_at{};

  const Module* module(const ModuleId& id) const;
  Module* module(const ModuleId& id);
  const Ambient* ambient(const AmbientId& id) const;
  friend bool operator==(const Plant&, const Plant&) = default;
};

// What a status answer says of one module; `reach` and readings replace those of the module.
struct ModuleStatus {
  ModuleId id{};
  Reach reach = Reach::unknown;
  std::vector<Reading> readings{};
  std::optional<Instant> mode_until{};
  std::string raw{};
  std::string device{};       // the cloud's word for the group it came in, for modules that no topology names
  Kind kind = Kind::unknown;  // what the answer reveals: a light that reports a level is a dimmer
  std::vector<Capability> capabilities{};  // revealed by the answer; each replaces the one of its aspect
  std::string product{};                   // as in Module, if the answer reveals it
  std::string error{};                     // as in Module; empty ends the module's last one
  bool describes = false;  // a module of unknown kind becomes what this says: kind and capabilities
};

struct StatusReport {
  std::vector<ModuleStatus> modules{};
  bool complete = false;             // every module of the plant: those not named are unreachable
  std::vector<Module> newcomers{};   // modules that no topology names, where the answer describes them
  std::vector<GatewayId> offline{};  // gateways that the cloud cannot reach …
  bool gateways_told = false;        // … and all others it can
  std::vector<std::string> complaints{};
};

// Complaints of status answers stand among those of the plant, with this in front.
constexpr std::string_view of_state = "state: ";
// A new look at the whole plant begins: what the last one complained of goes.
void forget_state_complaints(Plant& plant);

// Puts a report into a plant. Modules that are in the report but not in the topology are added as unknown
// ones. Readings of an aspect for which `keep` answers true stay as they are (a newer command owns them);
// `keep` may be null. A reading that the report does not name stays and ages; an optimistic one that nobody
// keeps goes. In a complete report modules that are not named become unreachable, except scenes and gateways,
// which have no state. Newcomers are added before.
void apply(Plant& plant, const StatusReport& report, Instant received,
           bool (*keep)(const void* context, const ModuleId&, Aspect), const void* context);

}  // namespace foyer
