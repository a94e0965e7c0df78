// Netatmo Connect: homes of Legrand, BTicino and Netatmo devices. One call lists all
// homes with their topology, one tells the state of a home; a heated room and the heating of the home are
// modules of their own, and so are scenarios.
#pragma once

#include <span>

#include "core/cloud/decode.hpp"
#include "core/cloud/provider.hpp"

namespace foyer {

class NetatmoProvider final : public Provider {
 public:
  constexpr NetatmoProvider()
      : Provider({.id = "netatmo", .name = "Netatmo Connect", .part = Part::homes, .lists_topology = true}) {}
  Call plants() const override;
  Result<std::vector<Plant>> read_plants(int status, std::string_view body) const override;
  Call topology(const PlantId& plant) const override;
  Result<Plant> read_topology(const Plant& summary, std::string_view body) const override;
  // The scenarios, where a gateway can run them.
  std::vector<Call> extras(const Plant& plant) const override;
  Result<void> read_extra(Plant& plant, std::size_t index, std::string_view body) const override;
  // The mode of the home's heating is in the topology only: it is read along when it is older than five
  // minutes, or when a command for it waits to be seen.
  std::vector<Call> status(const Plant& plant) const override;
  Call module_status(const Plant& plant, const Module& module) const override;
  Result<StatusReport> read_status(const Plant& plant, const Call& call, std::string_view body,
                                   Minutes offset) const override;
  Result<Call> command(const Plant& plant, const Module& module, const Command& command, Instant now,
                       Minutes offset) const override;
  std::optional<Call> other_form(const Plant& plant, const Module& module, const Command& command,
                                 Instant now, Minutes offset) const override;
  Result<void> read_command(const Module& module, std::string_view body) const override;
};

namespace netatmo {

// What a type of module can do. Commands and readings follow from these; what the status answer shows
// beyond them is kept as a reading.
enum Trait : std::uint32_t {
  on = 1 << 0,        // switched by `on`
  level = 1 << 1,     // dimmed by `brightness`
  position = 1 << 2,  // moved by `target_position`, stopped by -1
  target = 1 << 3,    // … and says only where it was sent to
  preferred = 1 << 4,
  fan = 1 << 5,
  lock = 1 << 6,
  power = 1 << 7,
  shedding = 1 << 8,
  battery = 1 << 9,
  boiler = 1 << 10,      // says whether heat is asked for
  heats = 1 << 11,       // its room takes set points
  bridge = 1 << 12,      // others hang on it
  own = 1 << 13,         // talks to the cloud itself, or tells no `reachable`
  scenarios = 1 << 14,   // runs them
  light_word = 1 << 15,  // says `status` "on" or "off" instead of `on`
  counts = 1 << 16       // energy by getmeasure only
};

struct Type {
  std::string_view word, product;
  Kind kind;
  std::uint32_t traits;
  bool has(Trait trait) const { return (traits & trait) != 0; }
};
// Null for a type nobody knows yet. Letter case counts, as on the wire.
const Type* type(std::string_view word);
std::span<const Type> types();

std::vector<Capability> capabilities(std::uint32_t traits);
// A shutter of `step` 100 takes 0 and 100 only.
Capability position_capability(double step);
// The traits that the fields of a module of unknown type show, and the kind that follows.
std::uint32_t traits_from(JsonView module);
Kind kind_from(std::uint32_t traits);

std::string prefixed(std::string_view remote);
ModuleId heating_id(const PlantId& plant);                             // "netatmo:<home>/heating"
ModuleId room_module_id(const PlantId& plant, std::string_view room);  // "netatmo:<home>/room/<id>"
// Which of ours a module is; `device` words that no cloud sends, as heating_device.
constexpr std::string_view room_device = "room", scene_device = "scenario";

// A room that takes set points, pilot-wire orders or both.
Module room_module(const PlantId& plant, std::string_view room, std::string_view name, bool setpoints,
                   bool orders);
// Their words for the modes of rooms and homes in ours, and back; others stay as they are.
std::string_view mode_word(std::string_view theirs);
std::string_view their_mode(std::string_view ours, bool home);

// A room of a zone of a schedule of that type.
ZoneRoom read_zone_room(JsonView json, const std::string& remote, const std::string& type,
                        const decode::Where& where, decode::Complaints& complaints);
// Whether the word of a room in a heating plan is a mode ("off") and no pilot-wire order.
bool is_mode_order(std::string_view word);
// homes[].schedules into the plant.
void read_schedules(JsonView home, const decode::Where& where, Plant& plant);
// Which plans of that home can be chosen now; nothing when there are none.
std::optional<Capability> plan_choice(const std::vector<Schedule>& schedules, std::string_view function);
// The readings of the home's heating: mode, program, function.
void read_heating(JsonView home, const Plant& plant, const decode::Where& where,
                  std::vector<Reading>& readings, std::optional<Instant>& until,
                  decode::Complaints& complaints);

// One member of a module or room that needs no more than to be read; false when it is none, or its number is
// out of range (a complaint then) and should be kept as it is.
bool read_field(std::string_view name, JsonView value, const decode::Where& where,
                std::vector<Reading>& readings, decode::Complaints& complaints);
// A scalar nobody knows, under its wire name.
void keep(std::string_view name, JsonView value, std::vector<Reading>& readings);
// Position and step of a shutter; `target_only` for those that tell no position of their own.
void read_position(JsonView element, bool target_only, std::uint32_t traits, const decode::Where& where,
                   ModuleStatus& out, decode::Complaints& complaints);
void out_of_range(const decode::Where& where, std::string_view name, double least, double most,
                  decode::Complaints& complaints);
// The text of a module as it was sent, without addresses that let anybody in (`vpn_url` of cameras).
std::string raw_of(JsonView module);
// "code 6: unreachable" of an entry of body.errors.
std::string error_text(JsonView error);
// Unix seconds; 0, null and missing are nothing.
std::optional<Instant> instant(JsonView object, std::string_view name, const decode::Where& where,
                               decode::Complaints& complaints);

}  // namespace netatmo
}  // namespace foyer
