// Answers of the two APIs, composed by hand from the reference.
#pragma once

#include <string>
#include <string_view>

#include "core/cloud/provider.hpp"

namespace foyer::test {

inline const Provider& hc() { return *provider("hc"); }
inline const Provider& smarther_api() { return *provider("smarther"); }

inline constexpr std::string_view hc_topology = R"({"plant": {
  "id": "00000000aa00000000000000000000a1",
  "ambients": [
    {"id": "00000000000000000000000000000b01", "name": "Study", "type": "home_office",
     "modules": [
       {"id": "00000004740000010004740000000001", "name": "Desk socket", "hw_type": "NLP", "type": "other", "device": "plug"},
       {"id": "00000004740000010004740000000002", "name": "Blind", "hw_type": "NLV", "device": "automation"},
       {"id": "00000004740000010004740000000003", "name": "Ceiling", "hw_type": "NLF", "device": "Light"}]},
    {"id": "00000000000000000000000000000b02", "name": "Attic", "type": "custom", "modules": []}],
  "modules": [
    {"id": "00000004740000010004740000000009", "name": "Away switch", "hw_type": "NLT", "device": "remote"},
    {"id": "00000004740000020004740000000010", "name": "Mains", "hw_type": "NLPC", "device": "energymeter"},
    {"id": "radiator", "name": "Radiator", "hw_type": "NLC", "device": "heater"},
    {"id": "fountain", "name": "Fountain", "hw_type": "NLXX", "device": "irrigation", "spray": 3}]}})";

inline constexpr std::string_view hc_status = R"({"modules": {
  "lights": [{"reachable": true, "status": "on", "level": 40, "fw": 60,
     "consumptions": [{"unit": "watt", "value": 7, "timestamp": "2023-03-01T10:00:00+00:00"}],
     "sender": {"plant": {"module": {"id": "00000004740000010004740000000003"}}}}],
  "plugs": [],
  "automations": [{"reachable": true, "level": 100, "step": 100, "fw": 20,
     "sender": {"plant": {"module": {"id": "00000004740000010004740000000002"}}}}],
  "energymeters": [],
  "remotes": [{"reachable": true, "battery": "high", "fw": 36,
     "sender": {"plant": {"module": {"id": "00000004740000010004740000000009"}}}}],
  "heaters": [],
  "irrigations": [{"reachable": true, "status": "spraying", "flow": 2.5, "nested": {"a": 1},
     "sender": {"plant": {"module": {"id": "fountain"}}}}]}})";

inline constexpr std::string_view smarther_topology =
    R"({"plant": {"id": "11111111-1111-4111-8111-111111111111", "name": "Home",
  "modules": [{"device": "chronothermostat", "id": "22222222-2222-4222-8222-222222222222", "name": "Hall",
    "capabilities": [{"capability": "mode", "canDo": {"command": {"do": true}, "request": {"do": true}, "notification": {"do": true}}}]}]}})";

inline constexpr std::string_view smarther_status = R"({"chronothermostats": [{
  "function": "HEATING", "mode": "MANUAL",
  "setPoint": {"value": "20.50000", "unit": "C"},
  "programs": [{"number": 1}],
  "activationTime": "2026-01-10T23:30:00",
  "temperatureFormat": "C", "loadState": "ACTIVE",
  "time": "2026-01-10T18:02:11+01:00",
  "thermometer": {"measures": [{"timeStamp": "2026-01-10T18:02:11+01:00", "value": "19.8", "unit": "C"}]},
  "hygrometer": {"measures": [{"timeStamp": "2026-01-10T18:02:11+01:00", "value": "47.3", "unit": "%"}]},
  "sender": {"addressType": "addressLocation", "system": "thermoregulation",
    "plant": {"id": "11111111-1111-4111-8111-111111111111",
      "module": {"id": "22222222-2222-4222-8222-222222222222"}}}}]})";

inline Plant summary(std::string_view id) { return {.id = PlantId(std::string(id)), .name = "Home"}; }

inline Plant hc_plant() {
  return *hc().read_topology(summary("hc:00000000aa00000000000000000000a1"), hc_topology);
}

inline Plant smarther_plant() {
  return *smarther_api().read_topology(summary("smarther:11111111-1111-4111-8111-111111111111"),
                                       smarther_topology);
}

inline ModuleId hc_module(std::string_view end) {
  return ModuleId("hc:000000047400000100047400000000" + std::string(end));
}

// `text` with the first `from` replaced.
inline std::string with(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  const auto at = out.find(from);
  return at == std::string::npos ? "the payload has no such part" : out.replace(at, from.size(), to);
}

}  // namespace foyer::test
