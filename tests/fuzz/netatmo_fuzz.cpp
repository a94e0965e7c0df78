// Netatmo Connect's answers: whatever comes, the homes are built or the answer is refused; what is built can
// be kept, and everything that a module is said to take has a wire form that is JSON.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/json_view.hpp"
#include "core/cloud/provider.hpp"
#include "core/model/home_json.hpp"
#include "tests/fuzz/promise.hpp"

using foyer::test::promise;

namespace {

using namespace foyer;

// One command per thing that can be commanded, inside its limits.
void command_all(const Provider& provider, const Plant& plant, const Module& module) {
  for (const Capability& can : module.capabilities) {
    if (!can.commandable) continue;
    Command command{.aspect = can.aspect};
    if (can.range) command.value = can.range->most;
    if (!can.options.empty()) command.value = can.options.front();
    if (!check(module, command)) continue;  // a range that its own step does not meet
    const auto call = provider.command(plant, module, command, instant_from_ms(1), Minutes(0));
    if (call) promise(JsonText::parse(call->body).has_value(), "a command is JSON");
  }
  static_cast<void>(provider.module_status(plant, module));
}

void read_home(const Provider& provider, Plant plant, std::string_view status) {
  static_cast<void>(provider.read_extra(plant, 0, status));
  const auto report = provider.read_status(plant, provider.status(plant).front(), status, Minutes(0));
  if (report) apply(plant, *report, instant_from_ms(1), nullptr, nullptr);
  for (std::size_t i = 0; i < plant.modules.size() && i < 64; ++i) {
    command_all(provider, plant, plant.modules[i]);
    static_cast<void>(provider.read_command(plant.modules[i], status));
  }
  const auto again = plant_from_json(to_json(plant));
  promise(again.has_value(), "a home that was read can be kept and read again");
  promise(again->modules.size() == plant.modules.size(), "no module is lost on the way");
  promise(again->schedules == plant.schedules, "no schedule is changed on the way");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A zero byte parts the topology from the status.
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t part = text.find('\0');
  const std::string_view status = part == std::string_view::npos ? text : text.substr(part + 1);
  const Provider& provider = *foyer::provider("netatmo");
  const auto plants = provider.read_plants(200, text.substr(0, part));
  if (plants)
    for (const Plant& plant : *plants) read_home(provider, plant, status);
  return 0;
}
