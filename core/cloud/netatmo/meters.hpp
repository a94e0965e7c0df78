// What a module counts, and with which words its history is asked for.
//
// Example (compiled by tests/cloud):
//   const auto asked = netatmo::history_types(module, "1day");
//   asked.front();                       // "sum_energy_elec$0,sum_energy_elec$1,sum_energy_elec$2" for a
//   line of an NLE netatmo::unit_of(netatmo::counted_by(module));  // "Wh"
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/home.hpp"

namespace foyer::netatmo {

// The fluid of a channel. An ecometer has channels for each of them under one type of module.
enum class Counted { electricity, gas, water, heat, pulses };

// By what the channel says it hangs on ("gas", "cold_water" …), else by its number: 6 is gas, 7 and 8 are
// water in the one home that was reported. Everything else is electricity.
Counted counted_by(const Module& module);
// The same from the id alone ("00:04:74:…#6"), for answers whose module is not at hand.
Counted counted_by_id(std::string_view module_id, std::string_view appliance = {});
// "Wh", "l" (1 dm³ of gas, too), or empty where nobody knows.
std::string_view unit_of(Counted counted);

// "a,b" of `type=` as a list.
std::vector<std::string> split_types(std::string_view list);

// The gateway that is asked for a module's history: itself when it talks to the cloud on its own; of a
// channel its device.
std::string bridge_of(const Plant& plant, const Module& module);

// What a room is asked for.
constexpr std::string_view room_types = "temperature,sp_temperature";
// Lists of types for `type=`, best first: the next one is for when the cloud refuses the first or knows no
// value.
std::vector<std::string> history_types(const Module& module, std::string_view scale);

}  // namespace foyer::netatmo
