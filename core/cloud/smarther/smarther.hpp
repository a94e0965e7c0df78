// Smarther v2.0: thermostats, each its own gateway, one status call per thermostat.
#pragma once

#include "core/cloud/decode.hpp"
#include "core/cloud/provider.hpp"

namespace foyer {

class SmartherProvider final : public Provider {
 public:
  constexpr SmartherProvider() : Provider({.id = "smarther", .name = "Smarther", .part = Part::homes}) {}
  Call plants() const override;
  Result<std::vector<Plant>> read_plants(int status, std::string_view body) const override;
  Call topology(const PlantId& plant) const override;
  Result<Plant> read_topology(const Plant& summary, std::string_view body) const override;
  std::vector<Call> extras(const Plant& plant) const override;
  Result<void> read_extra(Plant& plant, std::size_t index, std::string_view body) const override;
  std::vector<Call> status(const Plant& plant) const override;
  Call module_status(const Plant& plant, const Module& module) const override;
  // `offset` counts for end times without a zone when the device's own clock does not show one.
  Result<StatusReport> read_status(const Plant& plant, const Call& call, std::string_view body,
                                   Minutes offset) const override;
  // A set point is manual mode, a programme is automatic mode. A boost starts at the full minute of `now`.
  // Times are written as the thermostat's own clock shows them; `offset` counts while its last status does
  // not tell its zone.
  Result<Call> command(const Plant& plant, const Module& module, const Command& command, Instant now,
                       Minutes offset) const override;
  std::optional<Call> other_form(const Plant& plant, const Module& module, const Command& command,
                                 Instant now, Minutes offset) const override;
};

namespace smarther {

// One measure of a thermometer (Aspect::temperature, °C or °F) or hygrometer (Aspect::humidity, %). `local`
// is the offset of stamps without a zone. Nothing and a complaint when it has no value.
std::optional<Reading> measure(JsonView json, Aspect aspect, const decode::Where& where, Minutes local,
                               decode::Complaints& complaints);

// The answer of /measures: all measures of both meters, in the answer's order. Present values, no
// history.
struct Measures {
  ModuleId module{};  // empty when the answer does not name it
  std::vector<Reading> readings{};
  decode::Complaints complaints{};
};
Result<Measures> read_measures(std::string_view body, Minutes offset);

// What both meters measured at one instant.
struct MeasureRow {
  std::optional<Instant> at{};
  std::optional<double> temperature{}, humidity{};
  friend bool operator==(const MeasureRow&, const MeasureRow&) = default;
};
// In the order of time, one for each instant. Measures that do not tell their time come first, each alone.
std::vector<MeasureRow> rows(const Measures& measures);

// The answer of /programlist by number; programme 0 is built in and always there.
struct Program {
  long long number = 0;  // 0 … 11
  std::string name{};
  friend bool operator==(const Program&, const Program&) = default;
};
Result<std::vector<Program>> read_programs(std::string_view body, decode::Complaints& complaints);

// The thermostats of a plant, in the order in which status() and extras() ask for them.
std::vector<const Module*> thermostats(const Plant& plant);

// The offset of the thermostat's own clock, from the last status; `assumed` when that does not tell.
Minutes device_offset(const Module& module, Minutes assumed);

// The end of a mode as the cloud writes it: "", local time, with Z, with an offset, or "start/end".
// `local` is the offset of the device's clock. Nothing when there is no end; malformed otherwise.
Result<std::optional<Instant>> end_time(std::string_view text, Minutes local);

}  // namespace smarther
}  // namespace foyer
