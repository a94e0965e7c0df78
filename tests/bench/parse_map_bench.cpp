// Reading a home of 1,000 modules: topology and whole-plant status, from bytes to the model with readings
// applied. Beside it, in the same process, JSON.parse on the same two texts (parsing alone, without any
// mapping).
#include <emscripten/emscripten.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "core/cloud/provider.hpp"

// clang-format off
EM_JS(void, keep_texts, (const char* topology, int topology_size, const char* status, int status_size), {
  Module['texts'] = [UTF8ToString(topology, topology_size), UTF8ToString(status, status_size)];
});
EM_JS(double, parse_kept, (), {
  const start = performance.now();
  for (const text of Module['texts']) if (!JSON.parse(text)) throw new Error('no JSON');
  return performance.now() - start;
});
// clang-format on

namespace {

constexpr int modules = 1000, per_room = 20, rounds = 61, warm_up = 20;

std::string module_id(int number) {
  char id[40];
  std::snprintf(id, sizeof id, "0000000474000001000474000000%04x", static_cast<unsigned>(number));
  return id;
}

// Kinds in turn: dimmer, plug, shutter.
std::string topology() {
  std::string rooms;
  for (int first = 0; first < modules; first += per_room) {
    std::string inside;
    for (int i = first; i < first + per_room; ++i) {
      const char* const device[] = {R"("hw_type":"NLF","device":"light")",
                                    R"("hw_type":"NLP","type":"other","device":"plug")",
                                    R"("hw_type":"NLV","device":"automation")"};
      inside += std::string(inside.empty() ? "" : ",") + R"({"id":")" + module_id(i) +
                R"(","name":"Module number )" + std::to_string(i) + "\"," + device[i % 3] + "}";
    }
    rooms += std::string(rooms.empty() ? "" : ",") + R"({"id":"000000000000000000000000)" +
             std::to_string(10000000 + first) + R"(","name":"Room","type":"livingroom","modules":[)" +
             inside + "]}";
  }
  return R"({"plant":{"id":"000000000000000000000000001a1a50","ambients":[)" + rooms + R"(],"modules":[]}})";
}

std::string status() {
  std::string groups[3];
  const std::string power =
      R"("consumptions":[{"unit":"watt","value":7,"timestamp":"2023-03-01T10:00:00+00:00"}],)";
  for (int i = 0; i < modules; ++i) {
    const std::string fields[] = {R"("status":"on","level":40,"fw":60,)" + power,
                                  R"("status":"off","fw":42,)" + power, R"("level":100,"step":100,"fw":20,)"};
    std::string& group = groups[i % 3];
    group += std::string(group.empty() ? "" : ",") + R"({"reachable":true,)" + fields[i % 3] +
             R"("sender":{"plant":{"module":{"id":")" + module_id(i) + R"("}}}})";
  }
  return R"({"modules":{"lights":[)" + groups[0] + R"(],"plugs":[)" + groups[1] + R"(],"automations":[)" +
         groups[2] + R"(],"energymeters":[],"remotes":[],"heaters":[]}})";
}

double parse_and_map(const foyer::Provider& hc, const std::string& topology_text,
                     const std::string& status_text) {
  const double start = emscripten_get_now();
  foyer::Plant summary;
  summary.id = foyer::PlantId("hc:000000000000000000000000001a1a50");
  auto plant = hc.read_topology(summary, topology_text);
  const auto report = hc.read_status(*plant, foyer::Call{}, status_text, foyer::Minutes(0));
  foyer::apply(*plant, *report, foyer::instant_from_ms(1), nullptr, nullptr);
  const double spent = emscripten_get_now() - start;
  if (plant->modules.size() != modules || !plant->complaints.empty() || !report->complaints.empty() ||
      plant->modules[0].number(foyer::Aspect::level) != 40.0)
    std::exit(1);
  return spent;
}

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<long>(values.size() / 2));
  return values[values.size() / 2];
}

}  // namespace

int main() {
  const std::string topology_text = topology(), status_text = status();
  const foyer::Provider& hc = *foyer::provider("hc");
  keep_texts(topology_text.data(), static_cast<int>(topology_text.size()), status_text.data(),
             static_cast<int>(status_text.size()));
  std::vector<double> ours, theirs;
  for (int round = -warm_up; round < rounds; ++round) {  // interleaved, so that both see the same machine
    const double mapped = parse_and_map(hc, topology_text, status_text), parsed = parse_kept();
    if (round < 0) continue;
    ours.push_back(mapped);
    theirs.push_back(parsed);
  }
  std::printf("%zu bytes, JSON.parse alone %.3f ms\n", topology_text.size() + status_text.size(),
              median(theirs));
  std::printf("{\"name\": \"parse_map_1000_ms\", \"value\": %.4f, \"unit\": \"ms\"}\n", median(ours));
  std::printf("{\"name\": \"parse_map_over_json_parse\", \"value\": %.4f, \"unit\": \"times\"}\n",
              median(ours) / median(theirs));
}
