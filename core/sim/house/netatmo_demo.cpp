// The homes of the simulated Netatmo cloud: constant tables, built into values when a call asks for them. Ids
// have the shapes of real ones: 24 hexadecimal digits for homes, 6 or 8 bytes for modules, "#n" for channels.
//
// Sloppy on purpose: a home without a name, channels without names, a bridge that lists a module
// nobody else knows, a module that no bridge lists, types of no list, names beyond ASCII.
#include "core/sim/house/netatmo_house.hpp"

namespace foyer::sim {
namespace {

std::string hex(unsigned value, int digits) {
  constexpr std::string_view all = "0123456789abcdef";
  std::string out;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out.push_back(all[(value >> shift) & 0xFU]);
  return out;
}

// A row of a table. A channel ("#1") is a row of its own behind its parent.
struct Row {
  const char* type = "";
  const char* id = "";  // below the house's prefix, see id_of
  const char* name = nullptr;
  int room = 0;             // 1…: place in the list of rooms; 0: none
  const char* bridge = "";  // "" none
  int watts = 0;
  int level = 0;
  bool on = false;
  int step = 100;
  const char* extra = "";  // appliance_type; "bndl_…": variant
};
struct Place {
  const char* name;
  const char* type;
  NetClimate climate;
};

constexpr Place belle_rooms[] = {
    {"Living room", "livingroom", NetClimate::valve},  // 1
    {"Kitchen", "kitchen", NetClimate::none},          // 2
    {"Bedroom", "bedroom", NetClimate::valve},         // 3
    {"Chambre d'amis", "bedroom", NetClimate::pilot},  // 4
    {"Bathroom", "bathroom", NetClimate::pilot},       // 5
    {"Study", "home_office", NetClimate::smarther},    // 6
    {"Entr\xC3\xA9"
     "e",
     "lobby", NetClimate::none},                        // 7
    {"V\xC3\xA9randa", "custom", NetClimate::none},     // 8
    {"Garage", "garage", NetClimate::none},             // 9
    {"Garden", "outdoor", NetClimate::none},            // 10
    {"Panel", "electrical_cabinet", NetClimate::none},  // 11
    {"Attic", "custom", NetClimate::none},              // 12, empty
};
// Gateways: g Legrand, h Legrand in the garage, m MyHOME, i intercom, b Bubendorff, t heating relay, o
// OpenTherm
constexpr Row belle_rows[] = {
    {"NLG", "g", "Gateway", 7, ""},
    {"NLF", "01", "Ceiling light", 1, "g", 60, 70, true},
    {"NLFN", "02", "Floor lamp", 1, "g", 40, 30},
    {"NLP", "03", "Television", 1, "g", 95, 0, true, 100, "multimedia"},
    {"NLLV", "04", "Left shutter", 1, "g", 0, 60, false, 1},
    {"NLV", "05", "Right shutter", 1, "g", 0, 100},
    {"NLT", "06", "Sofa remote", 1, "g"},
    {"NLAS", "07", "Scene switch", 1, "g"},
    {"NLL", "10", "Ceiling light", 2, "g", 48, 0, true},
    {"NLP", "11", "Fridge", 2, "g", 85, 0, true, 100, "fridge_freezer"},
    {"NLPBS", "12", "Kettle", 2, "g", 2000, 0, false, 100, "cooking"},
    {"NLUP", "13", "Coffee machine", 2, "g", 900, 0, false, 100, "cooking"},
    {"NLLF", "14", "Ventilation", 2, "g", 35},
    {"NLLM", "15", "Blind", 2, "g", 0, 0, false, 1},
    {"NLFE", "20", "Ceiling light", 3, "g", 45, 50},
    {"NLIS", "21", nullptr, 0, "g"},
    {"NLIS", "21#1", "Left bedside", 3, "g", 7},
    {"NLIS", "21#2", "Right bedside", 3, "g", 7, 0, true},
    {"NLD", "22", "Bedside remote", 3, "g"},
    {"NLD", "22#1", nullptr, 3, "g"},
    {"NLC", "30", "Radiator", 4, "g", 1000, 0, true, 100, "radiator"},
    {"NLM", "31", "Reading light", 4, "g", 9},
    {"NLDD", "32", "Dimmer remote", 4, "g"},
    {"NLC", "40", "Towel rail", 5, "g", 500, 0, false, 100, "radiator"},
    {"NLUI", "41", "Mirror light", 5, "g"},
    {"NLTS", "42", "Motion", 5, "g"},
    {"NLUF", "50", "Desk lamp", 6, "g", 14, 90, true},
    {"NLUO", "51", "Lava lamp", 6, "g", 25, 40},
    {"NLPT", "60", "Entrance light", 7, "g", 24},
    {"NLAO", "61", "Battery-less switch", 7, "g"},
    {"NLAO", "61#1", nullptr, 0, "g"},
    {"NLDP", "62", "Pocket remote", 0, "g"},
    {"NLM", "70", "Lanterns", 10, "g", 30},
    {"NLPM", "71", "Terrace socket", 10, "g", 300, 0, false, 100, "other"},
    {"NLZZ", "72", "Fountain", 10, "g", 20, 0, true},
    {"NLPO", "80", "Water heater", 11, "g", 1800, 0, true, 100, "water_heater"},
    {"NLPD", "81", "Pool pump", 11, "g", 750, 0, false, 100, "other"},
    {"NLPC", "82", "Cooking circuit", 11, "g", 320},
    {"NLPS", "83", "Load shedder", 11, "g", 900},
    {"NLY", "84", "Meter", 11, "g", 1200},
    {"NLY", "84#1", "Ground floor", 11, "g", 500},
    {"NLY", "84#2", "First floor", 11, "g", 400},
    {"NLY", "84#3", nullptr, 11, "g", 300},
    {"Z3L", "85", "Strip light", 8, "g", 0, 55, true},
    {"Z3V", "86", "Roof blind", 8, "g", 0, 100},
    {"TPSRS", "87", "Sun screen", 8, "g", 0, 20, false, 1},
    {"EBU", "88", "Gas meter", 11, "g"},
    {"NLGS", "h", "Garage gateway", 9, ""},
    {"NLJ", "h1", "Garage door", 9, "h", 0, 0, false, 1},
    {"NLP", "h2", "Car charger", 9, "h", 3600, 0, false, 100, "electric_charger"},
    {"NLE", "e",
     "\xC3\x89"
     "cocompteur",
     11, ""},
    {"NLE", "e#0", "Line 1", 11, "e", 400},
    {"NLE", "e#1", "Line 2", 11, "e", 250},
    {"NLE", "e#2", "Line 3", 11, "e", 180},
    {"NLE", "e#3", "Line 4", 11, "e", 600},
    {"NLE", "e#4", "Line 5", 11, "e", 90},
    {"NLE", "e#5", "Total", 11, "e", 1520},
    {"NLE", "e#6", "Gas", 11, "e", 800},
    {"NLE", "e#7", "Hot water", 11, "e", 60},
    {"NLE", "e#8", "Cold water", 11, "e", 140},
    {"BNS", "s", "Smarther", 6, ""},
    {"BNMH", "m", "MyHOME server", 11, ""},
    {"BNIL", "m1", "Stairs light", 7, "m"},
    {"BNLD", "m2", "Wall wash", 7, "m", 0, 35, true},
    {"BNCS", "m3", "Aquarium", 8, "m", 0, 0, true},
    {"BNAS", "m4", "V\xC3\xA9randa left", 8, "m", 0, 42, false, 5},
    {"BNAB", "m5", "V\xC3\xA9randa right", 8, "m", 0, 30, false, 5},
    {"BNMS", "m6", "Roller", 8, "m", 0, 101},
    {"BNTH", "m7", "MyHOME thermostat", 7, "m"},
    {"BNFC", "m8", "Fan coil", 8, "m"},
    {"BNTR", "m9", "Towel radiator", 5, "m"},
    {"BNXM", "ma", "Bus meter", 11, "m"},
    {"BNCX", "i", "Video intercom", 7, ""},
    {"BNEU", "i0", "Street door panel", 7, "i"},
    {"BNDL", "i1", "Front door", 7, "i", 0, 0, false, 100, "xxx:bndl_doorlock"},
    {"BNSL", "i2", "Staircase light", 7, "i", 0, 0, false, 100, "xxx:bnsl_staircase_light"},
    {"BNC1", "j", "Classe 100X", 9, ""},
    {"NBG", "b", "iDiamant", 3, ""},
    {"NBR", "0009990001", "Street shutter", 3, "b", 0, 0},
    {"NBO", "0009990002", "Yard shutter", 3, "b", 0, 100},
    {"NBS", "0009990003", "Swing shutters", 4, "b", 0, 100},
    {"NAPlug", "t", "Boiler relay", 0, ""},
    {"NATherm1", "t1", "Thermostat", 1, "t"},
    {"NRV", "t2", "Bedroom valve", 3, "t"},
    {"OTH", "o", "OpenTherm relay", 9, ""},
    {"OTM", "o1", "Modulating thermostat", 1, "o"},
    {"NAC", "a", "Air conditioner", 3, ""},
    {"NAMain", "w", "Weather station", 1, ""},
    {"NAModule1", "w1", "Outdoor sensor", 10, "w"},
    {"NACamera", "c", "Hall camera", 7, ""},
};

constexpr Place bruno_rooms[] = {{"Soggiorno", "livingroom", NetClimate::smarther},
                                 {"Camera", "bedroom", NetClimate::none}};
constexpr Row bruno_rows[] = {
    {"BNS", "s", "Smarther", 1, ""},
    {"NLG", "g", "Gateway", 1, ""},
    {"NLFN", "01", "Lampadario", 1, "g", 40, 80, true},
    {"NLV", "02", "Tapparella", 2, "g", 0, 100},
};

// Of an installer's homes; every module's number goes round these.
constexpr Place installed_rooms[] = {{"Living room", "livingroom", NetClimate::smarther},
                                     {"Kitchen", "kitchen", NetClimate::none},
                                     {"Bedroom", "bedroom", NetClimate::none},
                                     {"Bathroom", "bathroom", NetClimate::none},
                                     {"Hall", "lobby", NetClimate::none}};
constexpr Row installed_rows[] = {{"NLFN", "", "Light", 1, "g", 20, 60, true},
                                  {"NLP", "", "Socket", 2, "g", 50, 0, true, 100, "other"},
                                  {"NLV", "", "Shutter", 3, "g", 0, 100},
                                  {"NLT", "", "Remote", 4, "g"},
                                  {"NLL", "", "Lamp", 5, "g", 15},
                                  {"NLPC", "", "Circuit", 5, "g", 200}};

// Names of gateways and what hangs on them, as addresses of a house.
std::string id_of(std::string_view house, std::string_view short_id) {
  const auto sharp = short_id.find('#');
  if (sharp != std::string_view::npos)
    return id_of(house, short_id.substr(0, sharp)).append(short_id.substr(sharp));
  if (short_id.size() > 2) return std::string(short_id);  // Bubendorff's are decimal
  const std::string byte = hex(static_cast<unsigned char>(short_id[0]), 2);
  if (short_id.size() == 1) return std::string("00:04:74:").append(house).append(":").append(byte);
  const char first = short_id[0];
  if (first == 'm')
    return std::string("bus-").append(house.substr(3)).append("-").append(hex(0x40U, 2)) + short_id[1];
  if (first == 'i')  // intercom parts: hex-hex-hex
    return std::string("3f")
        .append(house.substr(0, 2))
        .append("-0")
        .append(1, short_id[1])
        .append("-8a")
        .append(house.substr(3));
  if (first == 't' || first == 'o' || first == 'w')
    return std::string("04:00:00:")
               .append(house)
               .append(":")
               .append(hex(static_cast<unsigned char>(first), 1)) +
           short_id[1];
  return std::string("00:04:74:00:00:").append(house).append(":").append(short_id[0] == 'h' ? "f" : "") +
         (short_id[0] == 'h' ? std::string(short_id.substr(1)) : std::string(short_id));
}

NetModule build(const Row& row, std::string_view house, const NetHome& home) {
  NetModule out;
  out.type = row.type;
  out.id = id_of(house, row.id);
  if (row.name != nullptr) out.name = row.name;
  if (row.room > 0) out.room = home.rooms[static_cast<std::size_t>(row.room) - 1].id;
  if (*row.bridge != '\0') out.bridge = id_of(house, row.bridge);
  const std::string_view extra = row.extra;
  (extra.starts_with("xxx:") ? out.variant : out.appliance) = extra;
  out.watts = row.watts;
  out.step = row.step;
  out.start.on = row.on;
  out.start.level = row.level;
  out.firmware = 40 + static_cast<int>(flicker(out.id, 1) * 40);
  out.battery = 2500 + static_cast<int>(flicker(out.id, 2) * 800);
  if (out.type == "NATherm1" || out.type == "OTM") out.battery += 1000;  // three cells
  return out;
}

template <std::size_t R, std::size_t M>
void furnish(NetHome& home, std::string_view house, const Place (&places)[R], const Row (&rows)[M]) {
  int number = 0;
  for (const Place& place : places)
    home.rooms.push_back(
        {std::to_string(1'000'000'000 + 1000 * static_cast<long long>(flicker(house, 7) * 9e5) + ++number),
         place.name, place.type, place.climate});
  for (const Row& row : rows) home.modules.push_back(build(row, house, home));
}

constexpr std::string_view belle_id = "5f0e0000000000000a11ce01", cabin_id = "5f0e0000000000000a11ce02",
                           bruno_id = "5f0e00000000000000b50001", installed_prefix = "5f0e000000000000001e5";

NetHome belle() {
  NetHome home{.id = std::string(belle_id),
               .name = "Belle-\xC3\x8Ele",
               .owner = "alice",
               .country = "FR",
               .timezone = "Europe/Paris",
               .longitude = -3.19,
               .latitude = 47.33,
               .altitude = 41};
  furnish(home, "0a:11", belle_rooms, belle_rows);
  for (NetModule& module : home.modules) {
    if (module.name == "Lanterns") module.reachable = false;
    if (module.name == "Bedside remote") module.battery = 2350;
  }
  return home;
}

NetHome cabin() {  // begun and never finished
  NetHome home;
  home.id = cabin_id;
  home.owner = "alice";
  home.country = "FR";
  return home;
}

NetHome casa() {
  NetHome home{.id = std::string(bruno_id),
               .name = "Casa Bruno",
               .owner = "bruno",
               .country = "IT",
               .timezone = "Europe/Rome",
               .longitude = 9.19,
               .latitude = 45.46,
               .altitude = 120,
               .cooling = true};
  furnish(home, "0b:50", bruno_rooms, bruno_rows);
  return home;
}

NetHome installed(unsigned number) {
  const std::string house = "e" + hex(number >> 8U, 1) + ":" + hex(number & 0xFFU, 2);
  const std::string count = std::to_string(number + 1);
  NetHome home{.id = std::string(installed_prefix) + hex(number, 3),
               .name = "Customer " + count,
               .owner = "ines",
               .country = "FR",
               .timezone = "Europe/Paris",
               .longitude = 2.35,
               .latitude = 48.86,
               .altitude = 35};
  int at = 0;
  for (const Place& place : installed_rooms)
    home.rooms.push_back(
        {std::to_string(2'000'000'000LL + number * 10LL + ++at), place.name, place.type, place.climate});
  constexpr Row gateway{"NLG", "g", "Gateway", 5, ""}, thermostat{"BNS", "s", "Smarther", 1, ""};
  home.modules = {build(gateway, house, home), build(thermostat, house, home)};
  for (unsigned i = 2; i < installer_modules; ++i) {
    Row row = installed_rows[i % std::size(installed_rows)];
    const std::string id = hex(i, 2), name = std::string(row.name) + " " + std::to_string(i - 1);
    row.id = id.c_str();
    row.name = name.c_str();
    home.modules.push_back(build(row, house, home));
  }
  return home;
}

}  // namespace

std::string net_user_id(std::string_view user) {
  std::string out = "5f0e5e";
  for (const char c : user) out += hex(static_cast<unsigned char>(c), 2);
  return out.append(24 - std::min<std::size_t>(out.size(), 24), '0').substr(0, 24);
}

std::vector<NetHome> net_homes_of(std::string_view user) {
  std::vector<NetHome> out;
  if (user == "alice") out = {belle(), cabin()};
  if (user == "bruno") out = {casa()};
  if (user == "ines")
    for (unsigned i = 0; i < installer_homes; ++i) out.push_back(installed(i));
  return out;
}

NetHome net_home(std::string_view id) {
  if (id == belle_id) return belle();
  if (id == cabin_id) return cabin();
  if (id == bruno_id) return casa();
  if (id.size() != 24 || !id.starts_with(installed_prefix)) return {};
  unsigned number = 0;
  for (const char c : id.substr(installed_prefix.size())) {
    const auto digit = std::string_view("0123456789abcdef").find(c);
    if (digit == std::string_view::npos) return {};
    number = number * 16 + static_cast<unsigned>(digit);
  }
  return number < installer_homes ? installed(number) : NetHome{};
}

std::vector<NetScenario> net_scenarios() {
  return {{"5f0ec0000000000000000001", "Home"},
          {"5f0ec0000000000000000002", "Away"},
          {"5f0ec0000000000000000003", "Wake up"},
          {"5f0ec0000000000000000004", "Bedtime"},
          {"5f0ec0000000000000000005",
           "Soir\xC3\xA9"
           "e cin\xC3\xA9ma"}};
}

std::vector<NetStep> net_scenario_steps(const NetHome& home, std::string_view scenario) {
  const auto known = net_scenarios();
  std::size_t which = 0;
  while (which < known.size() && known[which].id != scenario) ++which;
  std::vector<NetStep> out;
  for (const NetModule& module : home.modules) {
    const unsigned traits = net_type(module.type).traits;
    const bool lamp = (traits & net_dims) != 0, shutter = (traits & net_moves) != 0 && module.type != "NLJ";
    if (shutter && (which == 0 || which == 2)) out.push_back({module.id, {.level = 100}});
    if (shutter && (which == 1 || which == 3)) out.push_back({module.id, {.level = 0}});
    if (lamp && (which == 1 || which == 3))
      out.push_back({module.id, {.on = false, .level = module.start.level}});
    if (lamp && which == 4) out.push_back({module.id, {.on = true, .level = 10}});
  }
  return out;
}

}  // namespace foyer::sim
