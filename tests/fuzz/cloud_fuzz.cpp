// A cloud's answers: whatever it sends, the model is built or the answer is refused – never a crash, never a
// home that cannot be kept.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/cloud/provider.hpp"
#include "core/model/home_json.hpp"
#include "tests/fuzz/promise.hpp"

using foyer::test::promise;

namespace {

void read_all(const foyer::Provider& provider, std::string_view topology, std::string_view status) {
  static_cast<void>(provider.read_plants(200, topology));
  foyer::Plant summary;  // what the list of plants says always has an id
  summary.id = foyer::PlantId("fuzz:plant");
  auto plant = provider.read_topology(summary, topology);
  if (!plant) return;
  for (std::size_t index = 0; index < provider.extras(*plant).size(); ++index) {
    static_cast<void>(provider.read_extra(*plant, index, status));
  }
  for (const foyer::Call& call : provider.status(*plant)) {
    const auto report = provider.read_status(*plant, call, status, foyer::Minutes(60));
    if (report) foyer::apply(*plant, *report, foyer::instant_from_ms(1), nullptr, nullptr);
  }
  const std::string kept = foyer::to_json(*plant);
  const auto again = foyer::plant_from_json(kept);
  promise(again.has_value(), "a home that was read can be kept and read again");
  promise(again->modules.size() == plant->modules.size(), "no module is lost on the way");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A zero byte parts the topology from the status.
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t part = text.find('\0');
  const std::string_view topology = text.substr(0, part);
  const std::string_view status = part == std::string_view::npos ? text : text.substr(part + 1);
  for (const std::string_view id : {"smarther", "hc"}) {
    if (const foyer::Provider* provider = foyer::provider(id)) read_all(*provider, topology, status);
  }
  return 0;
}
