// Every module type the reference names, with the fields recordings show for it.
#include <array>

#include "core/sim/house/netatmo_house.hpp"

namespace foyer::sim {
namespace {

using F = NetFamily;
constexpr unsigned common = net_firmware | net_seen | net_reach;
constexpr unsigned lamp = common | net_on | net_power;
constexpr unsigned dimmer = lamp | net_dims;
constexpr unsigned outlet = lamp | net_sheds;
constexpr unsigned shutter = common | net_moves;
constexpr unsigned remote = common | net_battery;
constexpr unsigned meter = common | net_power;
constexpr unsigned bus = net_seen | net_reach;  // what hangs on a MyHOME server tells no firmware
constexpr unsigned bus_shutter = bus | net_moves | net_refuses;
constexpr unsigned valve = net_firmware | net_reach | net_radio | net_battery;

constexpr std::array<NetType, 71> types{{
    // Legrand
    {"NLG", F::magellan, common | net_sheds | net_wifi | net_gateway},
    {"NLGS", F::magellan, common | net_sheds | net_wifi | net_gateway},
    {"NLP", F::magellan, outlet},
    {"NLPM", F::magellan, outlet},
    {"NLPBS", F::magellan, lamp},
    {"NLPO", F::magellan, outlet | net_contactor},
    {"NLPT", F::magellan, lamp},
    {"NLPD", F::magellan, outlet},
    {"NLC", F::magellan, outlet},
    {"NLUP", F::magellan, lamp},
    {"NLF", F::magellan, dimmer},
    {"NLFN", F::magellan, dimmer},
    {"NLFE", F::magellan, dimmer},
    {"NLM", F::magellan, lamp},
    {"NLL", F::magellan, lamp},
    {"NLIS", F::magellan, lamp},
    {"NLUI", F::magellan, common | net_on},
    {"NLUF", F::magellan, dimmer},
    {"NLUO", F::magellan, dimmer},
    {"NLV", F::magellan, shutter},
    {"NLLV", F::magellan, shutter | net_slats},
    {"NLLM", F::magellan, shutter},
    {"NLJ", F::magellan, shutter | net_blindly},
    {"NLLF", F::magellan, common | net_fan | net_power},
    {"NLT", F::magellan, remote},
    {"NLD", F::magellan, remote},
    {"NLDD", F::magellan, common},
    {"NLAO", F::magellan, common},
    {"NLAS", F::magellan, common},
    {"NLDP", F::magellan, common},
    {"NLTS", F::magellan, common},
    {"NLPC", F::magellan, meter},
    {"NLPS", F::magellan, meter},
    {"NLE", F::magellan, net_firmware | net_wifi},  // with #n behind the id: nothing of its own
    {"NLY", F::magellan, meter},
    // BTicino
    {"BNS", F::smarther, net_firmware | net_wifi | net_boiler | net_cooler},
    {"BNMH", F::mhs1, bus | net_gateway},
    {"BNTH", F::mhs1, bus},
    {"BNFC", F::mhs1, bus},
    {"BNTR", F::mhs1, bus},
    {"BNIL", F::mhs1, bus | net_on},
    {"BNLD", F::mhs1, bus | net_on | net_dims},
    {"BNCS", F::mhs1, bus | net_on},
    {"BNAS", F::mhs1, bus_shutter},
    {"BNAB", F::mhs1, bus_shutter},
    {"BNMS", F::mhs1, bus_shutter},
    {"BNXM", F::mhs1, bus},
    {"BNCX", F::mx, net_typeless | net_wifi | net_gateway, R"({"uptime":86400})"},
    {"BNC1", F::mx, net_typeless | net_wifi | net_gateway, R"({"uptime":604800})"},
    {"BNEU", F::mx, net_typeless | net_reach},
    {"BNDL", F::mx, net_typeless | net_reach | net_lock},
    {"BNSL", F::mx, net_typeless | net_reach | net_on | net_worded},
    // Bubendorff, Somfy, Zigbee
    {"NBG", F::bubendorff, net_firmware | net_reach | net_wifi | net_gateway},
    {"NBR", F::bubendorff, shutter | net_radio | net_prefers | net_underscore},
    {"NBO", F::bubendorff, shutter | net_radio | net_prefers | net_slats},
    {"NBS", F::bubendorff, shutter | net_radio | net_prefers},
    {"TPSRS", F::magellan, shutter},
    {"Z3L", F::magellan, common | net_on | net_dims},
    {"Z3V", F::magellan, shutter | net_underscore},
    {"EBU", F::magellan, common},
    // Netatmo heating
    {"NAPlug", F::thermostat, net_firmware | net_radio | net_wifi | net_gateway},
    {"NATherm1", F::thermostat, valve | net_boiler, R"({"anticipating":false})"},
    {"NRV", F::thermostat, valve},
    {"OTH", F::thermostat, net_firmware | net_wifi | net_gateway,
     R"({"boiler_control":"onoff","dhw_control":"none","hardware_version":222,"outdoor_temperature":8.2})"},
    {"OTM", F::thermostat, valve | net_boiler | net_seen, R"({"radio_id":2})"},
    {"NAC", F::thermostat, common | net_wifi, R"({"fan_speed":2,"fan_mode":"auto"})"},
    // Outside this API's reference, but in the same lists
    {"NAMain", F::station, net_firmware | net_wifi,
     R"({"temperature":21.3,"co2":612,"humidity":44,"noise":38,"pressure":1016.2,"absolute_pressure":1009.8})"},
    {"NAModule1", F::station, valve | net_seen, R"({"temperature":6.4,"humidity":81})"},
    {"NACamera", F::camera, 0,
     R"({"monitoring":"on","sd_status":4,"alim_status":2,"locked":false,"is_local":false})"},
    {"NPC", F::camera, 0,
     R"({"monitoring":"off","sd_status":4,"alim_status":2,"locked":false,"is_local":false})"},
    // Of no list: a client has to live with what it has never heard of
    {"", F::magellan, lamp, R"({"shimmer":3})"},
}};

constexpr std::array<std::string_view, 8> words = {"magellan", "bubendorff", "smarther", "thermostat",
                                                   "mx",       "mhs1",       "station",  "camera"};

}  // namespace

const NetType& net_type(std::string_view code) {
  for (const NetType& type : types)
    if (code == type.code) return type;
  return types.back();
}

std::string_view family_word(NetFamily family) { return words[static_cast<std::size_t>(family)]; }

}  // namespace foyer::sim
