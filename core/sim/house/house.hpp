// The simulated houses: what stands in them and how it lives on by itself.
//
// All values are the houses' own, not the client's model. Times are milliseconds since 1970 on the cloud's
// clock. live() moves a house to a moment; reading functions then tell what the cloud would report at that
// moment, which lags behind a command by `delay` (the real cloud shows a new state about half a second late).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::sim {

using Ms = std::int64_t;

// What a module of Home + Control can be told and will report.
struct Pose {
  bool on = false;
  int level = 0;  // 0…100; dimmers and shutters
};

struct Module {
  std::string id, name, hw,
      device;               // device: light, plug, automation, remote, heater, energymeter, or a foreign word
  std::string appliance{};  // plugs: the vendor's `type`
  std::string ambient{};    // empty: belongs to no room
  std::string battery{};    // remotes: full, high, medium, low, very_low
  int watts = 0;            // draw when fully on
  int firmware = 60;
  bool reachable = true;
  bool dims = false;
  Pose pose{}, shown{};  // `shown` is reported until changed_at + delay
  Ms changed_at = 0;
  int way_from =
      0;  // shutters: level when the present movement began at changed_at; pose.level is the end of the way
};

struct Ambient {
  std::string id, name, type;
};

struct SceneStep {
  std::string module;
  bool on = false;
  int level = -1;  // -1: switch only
};

struct Scene {
  std::string id, name;
  std::vector<SceneStep> steps{};
};

// A plant of Home + Control.
struct Plant {
  std::string id, name, country, owner;
  bool offline = false;
  std::vector<Ambient> ambients{};
  std::vector<Module> modules{};
  std::vector<Scene> scenes{};
};

// How a thermostat is set; lower-case words of the API definition.
struct Setting {
  std::string function = "heating", mode = "automatic";
  double set_point = 20;
  int program = 1;
  Ms until = 0;  // end of the mode; 0: for ever
  Ms since = 0;  // beginning of the mode
};

struct Program {
  int number = 0;
  std::string name;
  double day = 20, night = 17;  // °C from 06:30 to 22:00, else night
};

struct Thermostat {
  std::string id, name;
  Setting setting{}, former{}, shown{};  // `former` returns after boost
  Ms changed_at = 0, busy_until = 0;
  bool reachable = true;
  double temperature = 19.4, humidity = 47;
  bool heating = false;  // relay
  std::vector<Program> programs{};
};

struct Webhook {
  std::string id, url;
  int failures = 0;
  Ms banned_until = 0;
};

// A connected socket strip (Multisocket): one switch per socket.
struct Strip {
  std::string id, name, type, plant;
  std::vector<int> on{};  // 0 or 1
};

// A plant of Smarther.
struct Chalet {
  std::string id, name, type, owner;
  bool offline = false;
  Ms lived_to = 0;
  std::vector<Thermostat> thermostats{};
  std::vector<Webhook> webhooks{};
};

inline constexpr int device_zone_minutes = 60;  // the devices' own clocks stand on +01:00
inline constexpr Ms shutter_way = 20'000;       // ms from closed to open

// A number in [0, 1) that depends on the text and the moment only: the houses move, equally in every run.
double flicker(std::string_view text, Ms moment);

// --- Home + Control modules ---
void command(Module& module, Pose wanted, Ms now, Ms delay);
void stop(Module& module, Ms now);
Pose reported(const Module& module, Ms now, Ms delay);
// Active power in watts, moving a little from minute to minute; whole-house meters add up the plant.
int power(const Plant& plant, const Module& module, Ms now);

// --- thermostats ---
void command(Thermostat& thermostat, Setting wanted, Ms now, Ms delay);
const Setting& reported(const Thermostat& thermostat, Ms now, Ms delay);
// Degrees the thermostat steers to; nothing meaningful in mode off.
double target(const Thermostat& thermostat, const Setting& setting, Ms now);
// Temperatures, relays and ends of modes up to `now`; long gaps are lived through in coarse steps.
void live(Chalet& house, Ms now);

// --- what the demo holds ---
Plant demo_plant();
Plant big_plant(int modules);
// The n-th of an installer's 200 plants, 50 modules each; built when asked for and not stored.
inline constexpr int installer_plants = 200, modules_of_installed = 50;
Plant installed_plant(int number);
// Its number, or -1: no such id.
int installed_number(std::string_view plant);
std::vector<Strip> demo_strips();
std::vector<Chalet> demo_chalets();

}  // namespace foyer::sim
