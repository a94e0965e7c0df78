#include "core/cloud/netatmo/meters.hpp"

#include <array>

#include "core/cloud/netatmo/measures.hpp"

namespace foyer::netatmo {
namespace {

struct Hint {
  std::string_view word;
  Counted counted;
};
// A water heater is an appliance that uses electricity.
constexpr std::array hints = {
    Hint{"gas", Counted::gas},
    Hint{"water", Counted::water},
    Hint{"hot_water", Counted::water},
    Hint{"cold_water", Counted::water},
    Hint{"water_hot", Counted::water},
    Hint{"water_cold", Counted::water},
    Hint{"heat", Counted::heat},
    Hint{"thermal", Counted::heat},
    Hint{"thermal_energy", Counted::heat},
    Hint{"pulse", Counted::pulses},
    Hint{"pulses", Counted::pulses},
    Hint{"pulse_counter", Counted::pulses},
};

constexpr std::string_view grid =
    "sum_energy_buy_from_grid$0,sum_energy_buy_from_grid$1,sum_energy_buy_from_grid$2";
constexpr std::string_view legacy = "sum_energy_elec$0,sum_energy_elec$1,sum_energy_elec$2";
constexpr std::string_view fluid = "sum_fluid_consumption$0";

bool is_a_day_or_more(std::string_view scale) {
  const Seconds step = scale_length(scale);
  return step == Seconds(0) || step >= Hours(24);
}

}  // namespace

Counted counted_by_id(std::string_view module_id, std::string_view appliance) {
  for (const Hint& one : hints)
    if (one.word == appliance) return one.counted;
  const auto mark = module_id.rfind('#');
  const std::string_view channel = mark == std::string_view::npos ? "" : module_id.substr(mark + 1);
  if (channel == "6") return Counted::gas;
  return channel == "7" || channel == "8" ? Counted::water : Counted::electricity;
}

Counted counted_by(const Module& module) {
  if (module.device == "EBU") return Counted::gas;
  // Only the ecometer counts other things than electricity.
  return counted_by_id(module.device == "NLE" ? std::string_view(module.id.text) : "", module.appliance);
}

std::string_view unit_of(Counted counted) {
  switch (counted) {
    case Counted::electricity:
      return "Wh";
    case Counted::gas:
    case Counted::water:
      return "l";
    case Counted::heat:
    case Counted::pulses:
      break;
  }
  return "";
}

std::vector<std::string> split_types(std::string_view list) {
  std::vector<std::string> out;
  for (;;) {
    const auto comma = list.find(',');
    out.emplace_back(list.substr(0, comma));
    if (comma == list.npos) return out;
    list.remove_prefix(comma + 1);
  }
}

std::string bridge_of(const Plant& plant, const Module& module) {
  if (!module.part_of.empty())
    if (const Module* whole = plant.module(module.part_of); whole && whole->gateway.text == whole->id.text)
      return whole->id.text;
  return module.gateway.empty() ? module.id.text : module.gateway.text;
}

std::vector<std::string> history_types(const Module& module, std::string_view scale) {
  const bool meter = module.kind == Kind::energy_meter;
  if (!meter && (module.kind == Kind::thermostat || module.capability(Aspect::load_active)))
    return {is_a_day_or_more(scale) ? "sum_boiler_on,sum_boiler_off" : "boileron,boileroff"};
  if (counted_by(module) != Counted::electricity) return {std::string(fluid)};
  // Two public clients ask the ecometer with the older words; the others are documented for all.
  if (module.device == "NLE") return {std::string(legacy), std::string(grid)};
  return {std::string(grid), std::string(legacy)};
}

}  // namespace foyer::netatmo
