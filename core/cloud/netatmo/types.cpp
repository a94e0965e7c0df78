// Every module type of the reference: the name people know, what it is to them, and what it really can.
#include <algorithm>
#include <array>

#include "core/cloud/netatmo/netatmo.hpp"

namespace foyer::netatmo {
namespace {

constexpr std::uint32_t meter = power, socket = on | power, dimmer = on | level | power;
constexpr std::uint32_t shutter = position, gateway = bridge | own;

// In the order of the reference. Preferred positions: not on the BTicino bus (module error 5) and not on a
// garage door.
constexpr auto table = std::to_array<Type>({
    // 9.1 Legrand
    {"NLG", "Gateway of the starter pack", Kind::gateway, gateway | scenarios | shedding},
    {"NLGS", "Stand-alone gateway", Kind::gateway, gateway | scenarios | shedding},
    {"NLP", "Power socket", Kind::plug, socket | shedding},
    {"NLPM", "Mobile plug", Kind::plug, socket | shedding},
    {"NLPBS", "British-standard socket", Kind::plug, socket},
    {"NLPO", "Contactor", Kind::contactor, socket | shedding},
    {"NLPT", "Latching relay (teleruptor)", Kind::light, socket},
    {"NLPD", "Dry contact", Kind::contactor, socket | shedding},
    {"NLC", "Cable outlet", Kind::plug, socket | shedding},
    {"NLUP", "Plug-in outlet", Kind::plug, socket},
    {"NLF", "Dimmer switch", Kind::dimmer, dimmer},
    {"NLFN", "Dimmer switch with neutral", Kind::dimmer, dimmer},
    {"NLFE", "Dimmer switch evolution", Kind::dimmer, dimmer},
    {"NLM", "Light micro-module", Kind::light, socket},
    {"NLL", "Light switch with neutral", Kind::light, socket},
    {"NLIS", "Double light switch", Kind::light, socket},
    {"NLUI", "In-wall switch", Kind::light, on},
    {"NLUF", "In-wall dimmer", Kind::dimmer, dimmer},
    {"NLUO", "Plug-in dimmer", Kind::dimmer, dimmer},
    {"NLV", "Shutter switch", Kind::shutter, shutter | preferred},
    {"NLLV", "Shutter switch with level control", Kind::shutter, shutter | preferred},
    {"NLLM", "Shutter micro-module", Kind::shutter, shutter | preferred},
    {"NLJ", "Garage door opener", Kind::shutter, shutter | target},
    {"NLLF", "Centralised ventilation", Kind::fan, fan | power},
    {"NLT", "Wireless remote switch", Kind::remote, battery},
    {"NLD", "Double wireless switch", Kind::remote, battery},
    {"NLDD", "Wireless dimmer remote", Kind::remote, 0},
    {"NLAO", "Battery-less wireless switch", Kind::remote, 0},
    {"NLAS", "Battery-less wireless scene switch", Kind::remote, 0},
    {"NLDP", "Pocket remote", Kind::remote, 0},
    {"NLTS", "Motion sensor", Kind::sensor, 0},
    {"NLPC", "Energy meter", Kind::energy_meter, meter},
    {"NLPS", "Load shedder", Kind::energy_meter, meter},
    {"NLE", "Ecometer", Kind::energy_meter, own | counts},
    {"NLY", "Multi-channel meter", Kind::energy_meter, meter},
    // 9.2 BTicino
    {"BNS", "Smarther with Netatmo", Kind::thermostat, own | boiler | heats},
    {"BNMH", "MyHome Server 1", Kind::gateway, gateway},
    {"BNTH", "MyHome thermostat", Kind::thermostat, heats},
    {"BNFC", "Fan coil", Kind::heater, heats},
    {"BNTR", "Towel-rail radiator", Kind::heater, heats},
    {"BNIL", "MyHome light", Kind::light, on},
    {"BNLD", "MyHome dimmer", Kind::dimmer, on | level},
    {"BNCS", "MyHome controlled socket", Kind::plug, on},
    {"BNAS", "Automatic shutter", Kind::shutter, shutter},
    {"BNAB", "Automatic blind", Kind::shutter, shutter},
    {"BNMS", "Motorised shade", Kind::shutter, shutter},
    {"BNXM", "X meter", Kind::energy_meter, meter},
    {"BNCX", "Classe 300 EOS internal unit", Kind::gateway, gateway},
    {"BNC1", "Classe 100X/300X internal unit", Kind::gateway, gateway},
    {"BNEU", "External unit", Kind::intercom, 0},
    {"BNDL", "Door lock", Kind::door_lock, lock},
    {"BNSL", "Staircase light", Kind::light, on | light_word},
    {"BFII", "BTicino IP device", Kind::unknown, 0},
    {"BPAC", "BTicino device", Kind::unknown, 0},
    {"BPVC", "BTicino device", Kind::unknown, 0},
    {"BDIY", "BTicino device", Kind::unknown, 0},
    {"BNHY", "BTicino device", Kind::unknown, 0},
    {"NDL", "Netatmo device", Kind::unknown, 0},
    // 9.3 Bubendorff, Somfy, Zigbee
    {"NBG", "iDiamant gateway", Kind::gateway, gateway},
    {"NBR", "Roller shutter", Kind::shutter, shutter | preferred},
    {"NBO", "Orientable shutter", Kind::shutter, shutter | preferred},
    {"NBS", "Swing shutter", Kind::shutter, shutter | preferred},
    {"TPSRS", "Somfy io shutter", Kind::shutter, shutter},
    {"Z3L", "Zigbee light", Kind::dimmer, on | level},
    {"Z3V", "Zigbee shutter", Kind::shutter, shutter},
    {"EBU", "Gas meter", Kind::energy_meter, 0},
    {"NXG", "VELUX gateway", Kind::gateway, gateway},
    {"NXO", "VELUX window or shutter", Kind::shutter, shutter},
    {"NXS", "VELUX climate sensor", Kind::sensor, battery},
    {"NXD", "VELUX departure switch", Kind::remote, battery},
    // 9.4 Netatmo heating
    {"NAPlug", "Thermostat relay", Kind::gateway, gateway},
    {"NATherm1", "Smart thermostat", Kind::thermostat, battery | boiler | heats},
    {"NRV", "Smart radiator valve", Kind::heater, battery | heats},
    {"OTH", "OpenTherm gateway", Kind::gateway, gateway},
    {"OTM", "Modulating thermostat", Kind::thermostat, battery | boiler | heats},
    {"NAC", "Air-conditioning controller", Kind::thermostat, heats},
    // 9.5 seen in the same homes, outside of this product
    {"NACamera", "Indoor camera", Kind::sensor, gateway},
    {"NPC", "Indoor camera", Kind::sensor, gateway},
    {"NOC", "Outdoor camera", Kind::sensor, own},
    {"NDB", "Video doorbell", Kind::intercom, own},
    {"NIS", "Indoor siren", Kind::sensor, battery},
    {"NACamDoorTag", "Door and window sensor", Kind::sensor, battery},
    {"NSD", "Smoke alarm", Kind::sensor, own},
    {"NCO", "Carbon monoxide alarm", Kind::sensor, own},
    {"NAMain", "Weather station", Kind::sensor, gateway},
    {"NAModule1", "Outdoor module", Kind::sensor, battery},
    {"NAModule2", "Wind gauge", Kind::sensor, battery},
    {"NAModule3", "Rain gauge", Kind::sensor, battery},
    {"NAModule4", "Indoor module", Kind::sensor, battery},
    {"NHC", "Indoor air monitor", Kind::sensor, own},
});

}  // namespace

const Type* type(std::string_view word) {
  const auto* found = std::ranges::find(table, word, &Type::word);
  return found == table.end() ? nullptr : found;
}

std::span<const Type> types() { return table; }

Capability position_capability(double step) {
  return {
      .aspect = Aspect::position, .commandable = true, .unit = Unit::percent, .range = Range{0, 100, step}};
}

std::vector<Capability> capabilities(std::uint32_t traits) {
  std::vector<Capability> out;
  const auto add = [&](Trait trait, Aspect aspect, bool readable, bool commandable, Unit unit = Unit::none) {
    if ((traits & trait) == 0) return;
    out.push_back({.aspect = aspect, .readable = readable, .commandable = commandable, .unit = unit});
  };
  add(on, Aspect::on_off, true, true);
  add(level, Aspect::level, true, true, Unit::percent);
  if ((traits & level) != 0) out.back().range = Range{1, 100, 1};  // 0 is off, and that is `on`
  if ((traits & position) != 0) out.push_back(position_capability(100));
  add(position, Aspect::stop, false, true);
  add(preferred, Aspect::preferred, false, true);
  add(fan, Aspect::fan_speed, true, true);
  if ((traits & fan) != 0) out.back().range = Range{1, 2, 1};
  add(lock, Aspect::lock, true, true);
  add(power, Aspect::power, true, false, Unit::watt);
  add(shedding, Aspect::load_shedding, true, false);
  add(battery, Aspect::battery, true, false);
  if ((traits & battery) != 0) out.back().options = {"full", "high", "medium", "low", "very_low"};
  add(counts, Aspect::energy_today, true, false, Unit::watt_hour);
  add(boiler, Aspect::load_active, true, false);
  return out;
}

std::uint32_t traits_from(JsonView module) {
  constexpr std::pair<std::string_view, std::uint32_t> signs[] = {
      {"on", on},
      {"brightness", level},
      {"target_position", position},
      {"fan_speed", fan},
      {"lock", lock},
      {"power", power},
      {"offload", shedding},
      {"battery_state", battery},
      {"boiler_status", boiler},
      {"modules_bridged", bridge},
  };
  std::uint32_t traits = 0;
  for (const auto& [name, trait] : signs)
    if (!module.find(name).is_nothing()) traits |= trait;
  return traits;
}

Kind kind_from(std::uint32_t traits) {
  if ((traits & bridge) != 0) return Kind::gateway;
  if ((traits & fan) != 0) return Kind::fan;
  if ((traits & position) != 0) return Kind::shutter;
  if ((traits & level) != 0) return Kind::dimmer;
  if ((traits & lock) != 0) return Kind::door_lock;
  if ((traits & on) != 0) return Kind::contactor;  // a switch of whatever hangs on it
  if ((traits & boiler) != 0) return Kind::thermostat;
  if ((traits & power) != 0) return Kind::energy_meter;
  return (traits & battery) != 0 ? Kind::sensor : Kind::unknown;
}

}  // namespace foyer::netatmo
