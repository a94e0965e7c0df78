// Home + Control v1.0: rooms of lights, plugs, shutters, remotes, heaters and energy meters,
// one status call for the whole plant, scenes as modules of their own.
#pragma once

#include "core/cloud/provider.hpp"

namespace foyer {

class HomeControlProvider final : public Provider {
 public:
  constexpr HomeControlProvider() : Provider({.id = "hc", .name = "Home + Control", .part = Part::homes}) {}
  Call plants() const override;
  Result<std::vector<Plant>> read_plants(int status, std::string_view body) const override;
  Call topology(const PlantId& plant) const override;
  Result<Plant> read_topology(const Plant& summary, std::string_view body) const override;
  std::vector<Call> extras(const Plant& plant) const override;
  Result<void> read_extra(Plant& plant, std::size_t index, std::string_view body) const override;
  std::vector<Call> status(const Plant& plant) const override;
  Call module_status(const Plant& plant, const Module& module) const override;
  Result<StatusReport> read_status(const Plant& plant, const Call& call, std::string_view body,
                                   Minutes offset) const override;
  Result<Call> command(const Plant& plant, const Module& module, const Command& command, Instant now,
                       Minutes offset) const override;
};

namespace hc {

// One row per device the API knows: its word in topologies, its group in status answers, its part of a
// path.
struct Device {
  std::string_view word, group, path;
  Kind kind;
};
// Null for a word we do not know. Any letter case.
const Device* device_of_word(std::string_view word);
const Device* device_of_group(std::string_view group);

// Shutters of this API move to their ends only; `step` of the status answer may say otherwise.
Capability position_capability(double step);
Capability level_capability();

}  // namespace hc
}  // namespace foyer
