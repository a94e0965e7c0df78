// Reading Netatmo homes: the largest recorded homesdata and homestatus (139 and 57 modules, 16 schedules),
// and a home of 10,000 modules; from bytes to the model with readings applied. Beside it, in the same
// process, JSON.parse on the same texts (parsing alone, without any mapping).
#include <emscripten/emscripten.h>
#include <emscripten/heap.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/cloud/provider.hpp"

// clang-format off
EM_JS(void, keep_text, (const char* text, int size, int first), {
  if (first) Module['texts'] = [];
  Module['texts'].push(UTF8ToString(text, size));
});
EM_JS(double, parse_kept_texts, (), {
  const start = performance.now();
  for (const text of Module['texts']) if (!JSON.parse(text)) throw new Error('no JSON');
  return performance.now() - start;
});
// clang-format on

namespace {

using namespace foyer;

constexpr int modules = 10'000, per_room = 20;

struct Texts {
  std::vector<std::string> homes{};  // homesdata
  std::string status{};              // homestatus of the first home of the last of them
  std::size_t modules = 0;           // of that home, with what is added for its rooms
};

// Dimmers, sockets and shutters in turn, one bus gateway.
Texts composed() {
  const char* const types[] = {"NLFN", "NLP", "NLV"};
  const char* const states[] = {R"("on":true,"brightness":40,"power":7,)",
                                R"("on":false,"power":0,"offload":false,)",
                                R"("current_position":100,"target_position":100,"target_position:step":1,)"};
  std::string rooms, list = R"({"id":"00:04:74:00:00:01","type":"NLG","name":"Gateway"})", said;
  for (int i = 0; i < modules; ++i) {
    char id[40];
    std::snprintf(id, sizeof id, "00:04:74:00:00:00:%02x:%02x", static_cast<unsigned>(i >> 8),
                  static_cast<unsigned>(i & 255));
    const std::string room = std::to_string(1'000'000 + i / per_room);
    if (i % per_room == 0)
      rooms += std::string(rooms.empty() ? "" : ",") + R"({"id":")" + room +
               R"(","name":"Room","type":"bedroom"})";
    list += std::string(R"(,{"id":")") + id + R"(","type":")" + types[i % 3] + R"(","name":"Module number )" +
            std::to_string(i) + R"(","setup_date":1700000000,"room_id":")" + room +
            R"(","bridge":"00:04:74:00:00:01"})";
    said += std::string(said.empty() ? "" : ",") + R"({"id":")" + id + R"(","type":")" + types[i % 3] +
            "\"," + states[i % 3] +
            R"("firmware_revision":60,"last_seen":1760000080,"reachable":true,"bridge":"00:04:74:00:00:01"})";
  }
  return {
      {R"({"body":{"homes":[{"id":"h","name":"H","rooms":[)" + rooms + R"(],"modules":[)" + list + "]}]}}"},
      R"({"body":{"home":{"id":"h","modules":[)" + said + "]}}}",
      modules + 1};
}

// The bytes of a recorded payload below FOYER_FIXTURES; empty when there is none.
std::string recorded(const std::string& name) {
  const char* folder = std::getenv("FOYER_FIXTURES");
  std::FILE* file = folder ? std::fopen((std::string(folder) + "/netatmo/" + name).c_str(), "rb") : nullptr;
  if (!file) return {};
  std::string bytes(1 << 20, '\0');
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file));
  std::fclose(file);
  return bytes;
}

double parse_and_map(const Provider& connect, const Texts& texts) {
  const double start = emscripten_get_now();
  std::vector<Plant> plants;
  for (const std::string& text : texts.homes) {
    auto read = connect.read_plants(200, text);
    if (!read || read->empty()) std::exit(1);
    plants = std::move(*read);
  }
  const auto report = connect.read_status(plants[0], Call{}, texts.status, Minutes(0));
  if (!report || !report->complaints.empty()) std::exit(1);
  apply(plants[0], *report, instant_from_ms(1), nullptr, nullptr);
  const double spent = emscripten_get_now() - start;
  if (plants[0].modules.size() != texts.modules || !plants[0].complaints.empty()) std::exit(1);
  return spent;
}

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<long>(values.size() / 2));
  return values[values.size() / 2];
}

void measure(const char* name, const Texts& texts, int rounds) {
  const Provider& connect = *provider("netatmo");
  std::size_t bytes = texts.status.size();
  keep_text(texts.status.data(), static_cast<int>(texts.status.size()), 1);
  for (const std::string& text : texts.homes) {
    keep_text(text.data(), static_cast<int>(text.size()), 0);
    bytes += text.size();
  }
  std::vector<double> ours, theirs;
  for (int round = -rounds / 3; round < rounds; ++round) {  // interleaved, so that both see the same machine
    const double mapped = parse_and_map(connect, texts), parsed = parse_kept_texts();
    if (round < 0) continue;
    ours.push_back(mapped);
    theirs.push_back(parsed);
  }
  std::printf("%s: %zu bytes, JSON.parse alone %.3f ms\n", name, bytes, median(theirs));
  std::printf("{\"name\": \"netatmo_%s_ms\", \"value\": %.4f, \"unit\": \"ms\"}\n", name, median(ours));
  std::printf("{\"name\": \"netatmo_%s_over_json_parse\", \"value\": %.4f, \"unit\": \"times\"}\n", name,
              median(ours) / median(theirs));
}

}  // namespace

int main() {
  Texts real;
  bool all = true;
  for (const char* name : {"topology/homesdata_legrand_two_homes.json", "topology/homesdata_mixed_home.json",
                           "status/homestatus_mixed_home.json"}) {
    const std::string text = recorded(name);
    if (text.empty()) std::printf("no fixture %s\n", name), all = false;
    (*name == 't' ? real.homes.emplace_back() : real.status) = text;
  }
  real.modules = 57;
  if (all) measure("recorded", real, 61);
  const Texts home = composed();
  measure("10000", home, 15);
  const Texts again = composed();  // per module, of the whole reading
  const double spent = parse_and_map(*provider("netatmo"), again);
  std::printf("{\"name\": \"netatmo_us_per_module\", \"value\": %.3f, \"unit\": \"us\"}\n",
              spent * 1000 / modules);
  std::printf("{\"name\": \"netatmo_10000_heap_mb\", \"value\": %.1f, \"unit\": \"MB\"}\n",
              static_cast<double>(emscripten_get_heap_size()) / 1e6);
}
