// Answers of Netatmo Connect, composed by hand from the reference, and a home made of
// them.
#pragma once

#include "core/cloud/netatmo/netatmo.hpp"
#include "tests/cloud/payloads.hpp"

namespace foyer::test {

inline const Instant noon = instant_from_ms(1'760'000'200'000);  // a Thursday, 08:56 UTC

inline const Provider& connect() { return *provider("netatmo"); }

inline constexpr std::string_view connect_topology =
    R"({"status":"ok","time_exec":0.05,"time_server":1760000000,
 "body":{"homes":[{"id":"5f0000000000000000000001","name":"Maison","country":"FR","timezone":"Europe/Paris",
  "altitude":35,"coordinates":[2.35,48.85],
  "rooms":[{"id":"1000001","name":"Salon","type":"livingroom","module_ids":["00:04:74:00:00:00:00:11","00:04:74:00:00:00:00:12"]},
   {"id":"1000002","name":"Chambre","type":"bedroom"},
   {"id":"1000003","name":"Bureau","type":"home_office"}],
  "modules":[
   {"id":"00:04:74:00:00:01","type":"NLG","name":"Passerelle","setup_date":1700000000,"modules_bridged":["00:04:74:00:00:00:00:11","00:04:74:00:00:00:00:19"]},
   {"id":"00:04:74:00:00:00:00:11","type":"NLFN","name":"Plafonnier","room_id":"1000001","bridge":"00:04:74:00:00:01"},
   {"id":"00:04:74:00:00:00:00:12","type":"NLP","name":"Prise","bridge":"00:04:74:00:00:01","appliance_type":"multimedia"},
   {"id":"00:04:74:00:00:00:00:13","type":"NLLV","name":"Volet","room_id":"1000001","bridge":"00:04:74:00:00:01"},
   {"id":"00:04:74:00:00:00:00:14","type":"NLLF","name":"VMC","room_id":"9999999","bridge":"00:04:74:00:00:01"},
   {"id":"00:04:74:00:00:00:00:15","type":"NLPO","name":"Chauffe-eau","bridge":"00:04:74:00:00:01","appliance_type":"water_heater"},
   {"id":"00:04:74:00:00:00:00:16","type":"NLC","name":"Radiateur","room_id":"1000002","bridge":"00:04:74:00:00:01","appliance_type":"radiator"},
   {"id":"00:04:74:00:00:00:00:17","type":"NLIS","bridge":"00:04:74:00:00:01"},
   {"id":"00:04:74:00:00:00:00:17#1","type":"NLIS","name":"Lit","room_id":"1000002","bridge":"00:04:74:00:00:01"},
   {"id":"00:04:74:00:00:00:00:17#2","type":"NLIS","bridge":"00:04:74:00:00:01"},
   {"id":"00:04:74:00:00:00:00:18","type":"BNDL","name":"Porte","variant":"x:bndl_doorlock","bridge":"00:04:74:00:00:01"},
   {"id":"00:04:74:00:00:00:00:19","type":"NLXY","name":"Nouveau","room_id":"1000001"},
   {"id":"10:20:30:00:00:01","type":"BNS","name":"Smarther","room_id":"1000003"}],
  "temperature_control_mode":"heating","therm_mode":"schedule","therm_setpoint_default_duration":180,
  "schedules":[
   {"id":"s-winter","name":"Hiver","type":"therm","selected":true,"away_temp":14,"hg_temp":7,
    "timetable":[{"zone_id":0,"m_offset":420},{"zone_id":1,"m_offset":1320}],
    "zones":[{"id":0,"name":"Confort","type":0,"rooms":[{"id":"1000003","therm_setpoint_temperature":20.5},{"id":"1000002","therm_setpoint_fp":"comfort"}]},
             {"id":1,"name":"Nuit","type":1,"rooms":[{"id":"1000003","therm_setpoint_temperature":17}],"rooms_temp":[{"room_id":"1000003","temp":17}]}]},
   {"id":"s-summer","name":"Été","type":"therm"},
   {"id":"s-cool","name":"Frais","type":"cooling","selected":true,"cooling_away_temp":28},
   {"id":"s-actions","name":"Actions","type":"event","selected":true,"timetable_sunrise":[],
    "zones":[{"id":0,"modules":[{"id":"00:04:74:00:00:00:00:11","bridge":"00:04:74:00:00:01","on":true,"brightness":40}]}]},
   {"id":"s-power","type":"electricity","tariff":"edf_tarif_bleu","tariff_option":"peak_and_off_peak","power_threshold":9,
    "contract_power_unit":"kVA","selected":true,"timetable":[{"zone_id":0,"m_offset":0}],
    "zones":[{"id":0,"price":0.27,"price_type":"peak"},{"id":1,"price":0.2068,"price_type":"off_peak"}]}]}],
 "user":{"email":"a@example.com","language":"fr-FR","id":"5f00000000000000000000aa"}}})";

inline constexpr std::string_view connect_status = R"({"status":"ok","time_server":1760000100,
 "body":{"home":{"id":"5f0000000000000000000001",
  "modules":[
   {"id":"00:04:74:00:00:01","type":"NLG","offload":false,"firmware_revision":250,"last_seen":1760000090,"wifi_strength":55,"reachable":true},
   {"id":"00:04:74:00:00:00:00:11","type":"NLFN","on":true,"brightness":70,"power":9,"firmware_revision":60,"last_seen":1760000080,"reachable":true,"bridge":"00:04:74:00:00:01"},
   {"id":"00:04:74:00:00:00:00:12","type":"NLP","on":false,"power":0,"offload":true,"reachable":true},
   {"id":"00:04:74:00:00:00:00:13","type":"NLLV","current_position":30,"target_position":30,"target_position:step":1,"reachable":true},
   {"id":"00:04:74:00:00:00:00:14","type":"NLLF","fan_speed":2,"power":20,"reachable":true},
   {"id":"00:04:74:00:00:00:00:15","type":"NLPO","on":true,"contactor_mode":"off","power":1200,"reachable":true},
   {"id":"00:04:74:00:00:00:00:17","type":"NLIS","firmware_revision":20,"reachable":true},
   {"id":"00:04:74:00:00:00:00:17#1","type":"NLIS","on":true,"power":4},
   {"id":"00:04:74:00:00:00:00:18","lock":true,"reachable":true},
   {"id":"00:04:74:00:00:00:00:19","type":"NLXY","on":true,"brightness":5,"target":"moon","reachable":true},
   {"id":"10:20:30:00:00:01","type":"BNS","firmware_revision":32,"wifi_strength":49,"boiler_status":true,"cooler_status":false}],
  "rooms":[{"id":"1000003","reachable":true,"therm_measured_temperature":20.4,"therm_setpoint_temperature":21,
    "therm_setpoint_mode":"manual","therm_setpoint_start_time":1759999000,"therm_setpoint_end_time":1760007400,
    "heating_power_request":0,"anticipating":false,"open_window":true,"humidity":45},
   {"id":"1000002","reachable":true,"therm_setpoint_mode":"hg","therm_setpoint_fp":"frost_guard","therm_setpoint_end_time":0}]},
  "errors":[{"code":6,"id":"00:04:74:00:00:00:00:16"}]}})";

inline const PlantId connect_home("netatmo:5f0000000000000000000001");

inline Plant connect_plant(std::string_view topology = connect_topology) {
  auto plants = connect().read_plants(200, topology);
  return plants && !plants->empty() ? std::move(plants->front()) : Plant{};
}

inline ModuleId connect_module(std::string_view end) {
  return ModuleId("netatmo:00:04:74:00:00:00:00:" + std::string(end));
}
inline ModuleId connect_room(std::string_view room) {
  return ModuleId(connect_home.text + "/room/" + std::string(room));
}
inline const ModuleId connect_heating(connect_home.text + "/heating");

// "on_off! level![1-100/1] power": what a module can do, `!` for what can be commanded.
inline std::string can(const Module& module) {
  std::string out;
  for (const Capability& one : module.capabilities) {
    out.append(out.empty() ? "" : " ").append(to_string(one.aspect)).append(one.commandable ? "!" : "");
    if (one.range)
      out += "[" + to_text(Value(one.range->least)) + "-" + to_text(Value(one.range->most)) + "/" +
             to_text(Value(one.range->step)) + "]";
  }
  return out;
}

// "on_off=on level=63 %": what it says, the readings that nobody knows under their wire names.
inline std::string says(const Module& module) {
  std::string out;
  for (const Reading& one : module.readings) {
    out.append(out.empty() ? "" : " ").append(one.name.empty() ? to_string(one.aspect) : one.name);
    out.append("=").append(to_text(one.value)).append(symbol(one.unit));
  }
  return out;
}

}  // namespace foyer::test
