// A house for long runs in virtual time: one Home + Control plant with a lamp and a scene, a vendor that
// counts calls and can be told to answer anything, and a vault with a signed-in person. No cryptography, no
// GoogleTest: benchmarks use it too.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/app/controller.hpp"
#include "core/oauth/record.hpp"
#include "core/ports/memory_host.hpp"
#include "tests/support/no_crypto.hpp"

namespace foyer::soak {

using test::NoCrypto;

inline const PlantId plant{"hc:p1"};
// The n-th home, from 1; in the first is the lamp.
inline PlantId plant_at(int number) { return PlantId("hc:p" + std::to_string(number)); }
inline const ModuleId lamp{"hc:lamp"}, scene{"hc:scene"};

// Reproducible on every platform (splitmix64).
struct Dice {
  std::uint64_t state;
  std::uint64_t next() {
    std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  int below(int limit) { return static_cast<int>(next() % static_cast<std::uint64_t>(limit)); }
  bool one_in(int n) { return below(n) == 0; }
};

inline HttpResponse answer(int status, std::string body = "") {
  return {.status = status, .headers = {}, .body = std::move(body)};
}

class House {
 public:
  explicit House(std::uint64_t seed, int daily_limit = 500, int homes = 1);

  // What the vendor's service does with a call of the API: acts and answers. Tests put faults around it.
  HttpOutcome serve(const HttpRequest& request);
  static bool is_command(const HttpRequest& request) { return request.method == "POST"; }
  static bool is_scene(const HttpRequest& request) { return request.url.ends_with("/scene"); }

  std::unique_ptr<Controller> make();  // a program on this device, signed in once it is started
  std::unique_ptr<Controller> open();  // another tab
  // On another device of the same person: it shares the service and nothing else.
  std::unique_ptr<Controller> open_elsewhere();
  void wait(Millis span);

  NoCrypto crypto;
  MemoryHost memory;
  Host host;
  Config config;
  bool lamp_on = false;
  int scenes_run = 0;
  // Calls of the API (never of the token endpoint) pass through this; set it to play the service.
  // `device`: 0 here, 1 elsewhere.
  std::function<Task<HttpOutcome>(HttpRequest, int device)> on_call;

 private:
  Task<HttpOutcome> respond(const HttpRequest& request, int device);
  int homes_ = 1;
  MemoryHost elsewhere_;  // its clock is not used
};

}  // namespace foyer::soak
