// The demo homes. Names are plain words a visitor understands; ids have the shape of the real ones.
#include <array>
#include <initializer_list>
#include <string>

#include "core/sim/house/house.hpp"

namespace foyer::sim {
namespace {

std::string hex4(unsigned value) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (int shift = 12; shift >= 0; shift -= 4) out.push_back(digits[(value >> shift) & 0xFU]);
  return out;
}

// "0000", the gateway's MAC, the module's EUI-64.
std::string module_id(unsigned number, std::string_view gateway = "000474000001") {
  return std::string("0000").append(gateway).append("000474000000").append(hex4(number));
}

std::string ambient_id(unsigned number) { return std::string(28, '0').append(hex4(0xb00U + number)); }
std::string scene_id(unsigned number) {
  return std::string("00000004740000015ce000000000").append(hex4(number));
}

// Plants of an installer: this and four digits.
constexpr std::string_view installed_prefix = "00000000000000000000000001e5";

struct Spec {
  unsigned number = 0;
  const char* name = "";
  const char* hw = "";
  const char* device = "";
  int watts = 0;
  const char* extra = "";  // plug: appliance; remote: battery; light: "dim"
  bool on = false;
  int level = 0;
};

Module build(const Spec& spec, const std::string& ambient) {
  Module module{.id = module_id(spec.number), .name = spec.name, .hw = spec.hw, .device = spec.device};
  module.ambient = ambient;
  module.watts = spec.watts;
  module.firmware = 20 + static_cast<int>(spec.number % 50);
  module.dims = std::string_view(spec.extra) == "dim";
  if (module.device == "plug") module.appliance = spec.extra;
  if (module.device == "remote") module.battery = spec.extra;
  module.pose = module.shown = {spec.on, spec.level};
  module.way_from = spec.level;
  return module;
}

void room(Plant& plant, const char* name, const char* type, std::initializer_list<Spec> specs) {
  std::string id;
  if (type != nullptr) {
    id = ambient_id(static_cast<unsigned>(plant.ambients.size()) + 1);
    plant.ambients.push_back({id, name, type});
  }
  for (const Spec& spec : specs) plant.modules.push_back(build(spec, id));
}

void scenes(Plant& plant) {
  Scene evening{scene_id(1), "Evening", {}};
  evening.steps = {{module_id(0x01), true, 40}, {module_id(0x02), true, 25}, {module_id(0x18), true, 60},
                   {module_id(0x05), false, 0}, {module_id(0x06), false, 0}, {module_id(0x20), true, 30}};
  Scene morning{scene_id(2), "Good morning", {}};
  Scene away{scene_id(3), "Leave home", {}};
  Scene film{scene_id(4), "Film night", {}};
  film.steps = {{module_id(0x01), false}, {module_id(0x02), true, 10}, {module_id(0x04), true}};
  for (const Module& module : plant.modules) {
    if (module.device == "automation") {
      morning.steps.push_back({module.id, false, 100});
      away.steps.push_back({module.id, false, 0});
    }
    if (module.device == "light") away.steps.push_back({module.id, false});
  }
  morning.steps.push_back({module_id(0x10), true});
  plant.scenes = {evening, morning, away, film};
}

Thermostat thermostat(std::string id, std::string name, double temperature) {
  Thermostat made{.id = std::move(id), .name = std::move(name)};
  made.temperature = temperature;
  made.programs = {
      {0, "Default", 20, 17}, {1, "At home", 20.5, 18}, {2, "Weekend", 21, 18}, {3, "Away", 16, 15}};
  made.shown = made.former = made.setting;
  return made;
}

}  // namespace

Plant demo_plant() {
  Plant plant{
      .id = "000000000000000000000000001a1a50", .name = "Rue des Lilas", .country = "FR", .owner = "alice"};
  room(plant, "Living room", "livingroom",
       {{0x01, "Ceiling light", "NLF", "light", 60, "dim", true, 70},
        {0x02, "Floor lamp", "NLF", "light", 40, "dim", false, 30},
        {0x03, "Reading lamp", "NLP", "plug", 11, "light", true},
        {0x04, "Television", "NLP", "plug", 95, "multimedia", true},
        {0x05, "Left shutter", "NLV", "automation", 0, "", false, 100},
        {0x06, "Right shutter", "NLLV", "automation", 0, "", false, 100},
        {0x07, "Sofa remote", "NLT", "remote", 0, "high"}});
  room(plant, "Kitchen", "kitchen",
       {{0x10, "Ceiling light", "NLL", "light", 48, "", true},
        {0x11, "Worktop light", "NLL", "light", 18, ""},
        {0x12, "Fridge", "NLP", "plug", 85, "fridge_freezer", true},
        {0x13, "Dishwasher", "NLP", "plug", 1150, "dishwasher"},
        {0x14, "Coffee machine", "NLC", "plug", 900, "cooking"},
        {0x15, "Blind", "NLV", "automation", 0, "", false, 0}});
  room(plant, "Dining room", "dining_room", {{0x18, "Table light", "NLF", "light", 36, "dim", false, 80}});
  room(plant, "Bedroom", "bedroom",
       {{0x20, "Ceiling light", "NLF", "light", 45, "dim", false, 50},
        {0x21, "Left bedside", "NLM", "light", 7, ""},
        {0x22, "Right bedside", "NLM", "light", 7, ""},
        {0x23, "Shutter", "NBR", "automation", 0, "", false, 0},
        {0x24, "Radiator", "NLC", "heater", 1000, "", true},
        {0x25, "Bedside remote", "NLT", "remote", 0, "low"}});
  room(plant, "Children", "bedroom",
       {{0x30, "Ceiling light", "NLF", "light", 40, "dim", true, 100},
        {0x31, "Night light", "NLP", "plug", 3, "light", true},
        {0x32, "Shutter", "NBR", "automation", 0, "", false, 100},
        {0x33, "Radiator", "NLC", "heater", 750, "", true}});
  room(plant, "Study", "home_office",
       {{0x40, "Desk lamp", "NLF", "light", 14, "dim", true, 90},
        {0x41, "Desk socket", "NLP", "plug", 120, "other", true},
        {0x42, "Blind", "NLV", "automation", 0, "", false, 100},
        {0x43, "Bicycle charger", "NLPM", "plug", 210, "electric_charger"}});
  room(plant, "Bathroom", "bathroom",
       {{0x50, "Mirror light", "NLM", "light", 12, ""},
        {0x51, "Towel rail", "NLC", "heater", 500, ""},
        {0x52, "Washing machine", "NLP", "plug", 640, "washing_machine", true}});
  room(plant, "Hall", "lobby",
       {{0x60, "Entrance light", "NLPT", "light", 24, ""},
        {0x61, "Double switch", "NLD", "remote", 0, "full"}});
  room(plant, "Garden", "custom",
       {{0x70, "Garden light", "NLM", "light", 30, ""},
        {0x71, "Fountain", "NLXX", "irrigation", 20, "", true},
        {0x72, "Terrace socket", "NLPM", "plug", 300, "other"}});
  room(plant, "Attic", "custom", {});
  room(plant, "", nullptr,
       {{0x90, "Away switch", "NLT", "remote", 0, "medium"},
        {0x91, "Mains meter", "NLPC", "energymeter"},
        {0x92, "Workshop meter", "NLPC", "energymeter", 320},
        {0x93, "Water heater", "NLPO", "plug", 1800, "water_heater", true}});
  for (Module& module : plant.modules)
    if (module.id == module_id(0x70)) module.reachable = false;
  scenes(plant);
  return plant;
}

Plant big_plant(int modules) {
  Plant plant{
      .id = "00000000000000000000000000000b16", .name = "Big house", .country = "IT", .owner = "alice"};
  constexpr std::array<Spec, 6> kinds{{{0, "Light", "NLF", "light", 20, "dim", true, 60},
                                       {0, "Socket", "NLP", "plug", 50, "other", true},
                                       {0, "Shutter", "NLV", "automation", 0, "", false, 100},
                                       {0, "Remote", "NLT", "remote", 0, "high"},
                                       {0, "Radiator", "NLC", "heater", 800, "", true},
                                       {0, "Lamp", "NLL", "light", 15, ""}}};
  for (int i = 0; i < modules; ++i) {
    if (i % 10 == 0) {
      const auto number = static_cast<unsigned>(plant.ambients.size()) + 1;
      plant.ambients.push_back({std::string(24, '0').append("000b").append(hex4(number)),
                                "Room " + std::to_string(number), number % 2 == 0 ? "bedroom" : "custom"});
    }
    Module module = build(kinds[static_cast<std::size_t>(i) % kinds.size()], plant.ambients.back().id);
    module.id = module_id(static_cast<unsigned>(i), "000474000b16");
    module.name += ' ' + std::to_string(i + 1);
    plant.modules.push_back(std::move(module));
  }
  return plant;
}

Plant installed_plant(int number) {
  const auto n = static_cast<unsigned>(number);
  Plant plant{.id = std::string(installed_prefix) + hex4(n),
              .name = "Customer " + std::to_string(number + 1),
              .country = "FR",
              .owner = "ines"};
  constexpr std::array<Spec, 5> kinds{{{0, "Light", "NLF", "light", 20, "dim", true, 60},
                                       {0, "Socket", "NLP", "plug", 50, "other", true},
                                       {0, "Shutter", "NLV", "automation", 0, "", false, 100},
                                       {0, "Remote", "NLT", "remote", 0, "high"},
                                       {0, "Lamp", "NLL", "light", 15, ""}}};
  for (unsigned i = 0; i < modules_of_installed; ++i) {
    if (i % 10 == 0)
      plant.ambients.push_back({std::string(20, '0').append("01e5").append(hex4(n)).append(hex4(i / 10)),
                                "Room " + std::to_string(i / 10 + 1), i == 0 ? "livingroom" : "bedroom"});
    Module module = build(kinds[i % kinds.size()], plant.ambients.back().id);
    module.id = module_id(i, std::string("000474e5").append(hex4(n)));
    module.name += ' ' + std::to_string(i + 1);
    plant.modules.push_back(std::move(module));
  }
  return plant;
}

int installed_number(std::string_view plant) {
  if (plant.size() != 32 || !plant.starts_with(installed_prefix)) return -1;
  int number = 0;
  for (const char c : plant.substr(installed_prefix.size())) {
    const auto digit = std::string_view("0123456789abcdef").find(c);
    if (digit == std::string_view::npos) return -1;
    number = number * 16 + static_cast<int>(digit);
  }
  return number < installer_plants ? number : -1;
}

std::vector<Strip> demo_strips() {
  return {{"5b000000-0000-4000-8000-000000000001",
           "Desk strip",
           "plug",
           "000000000000000000000000001a1a50",
           {1, 1, 0, 0}}};
}

std::vector<Chalet> demo_chalets() {
  Chalet alice{"5a000000-0000-4000-8000-0000000000c1", "Chalet", "House", "alice"};
  alice.thermostats = {thermostat("5a000000-0000-4000-8000-0000000000d1", "Living room", 19.4)};
  Chalet bruno{"5a000000-0000-4000-8000-0000000000c2", "Casa Bruno", "House", "bruno"};
  bruno.thermostats = {thermostat("5a000000-0000-4000-8000-0000000000d2", "Hall", 18.2)};
  return {alice, bruno};
}

}  // namespace foyer::sim
