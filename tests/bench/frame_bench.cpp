// What a frame costs: the interface in front of ImGui with a null renderer, as WebAssembly with the page's
// own flags.
//
// A person scrolls and moves the pointer without pause – the worst there is, idle needs no frame at all –,
// and every sixtieth frame brings an answer of the cloud that changes the state. Prints one JSON line per
// figure.
#include <algorithm>
#include <cstdio>
#include <vector>

#include <emscripten.h>
#include <emscripten/heap.h>
#include <imgui.h>

#include "core/ports/virtual_time.hpp"
#include "shell/input/interface.hpp"
#include "tests/shell/states.hpp"

// Processor time of this process: what else runs on the machine does not count as ours.
EM_JS(double, cpu_milliseconds, (), {
  const used = process['cpuUsage']();
  return (used['user'] + used['system']) / 1000;
});

namespace {

using namespace foyer;

constexpr int kWarm = 60, kFrames = 1200;

// Milliseconds of every frame at that many modules, sorted.
std::vector<double> measure(int modules) {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  io.DisplaySize = {1440, 900};
  VirtualTime time(test::evening());
  shell::load_fonts();
  shell::Interface interface([](Intent) {});
  State state = test::big_home(modules);
  std::vector<double> spent;
  for (int frame = 0; frame < kWarm + kFrames; ++frame) {
    time.advance(Millis(16));
    io.DeltaTime = 0.016F;
    io.AddMousePosEvent(300.0F + static_cast<float>(frame % 600), 300.0F + static_cast<float>(frame % 400));
    if (frame % 6 == 0) io.AddMouseWheelEvent(0, frame % 600 < 450 ? -1.0F : 3.0F);
    if (frame % 60 == 59) {
      ++state.version;
      Module& module = state.plants[0].modules[static_cast<std::size_t>(frame % modules)];
      for (Reading& reading : module.readings) reading.received = time.now();
    }
    const double start = cpu_milliseconds();
    ImGui::NewFrame();
    interface.draw(state, time, 1440, 900);
    ImGui::Render();
    const double end = cpu_milliseconds();
    if (frame >= kWarm) spent.push_back(end - start);
    for (ImTextureData* texture : *ImGui::GetDrawData()->Textures)
      if (texture->Status != ImTextureStatus_OK && texture->Status != ImTextureStatus_Destroyed) {
        texture->SetTexID(texture->Status == ImTextureStatus_WantDestroy ? ImTextureID_Invalid : 1);
        texture->SetStatus(texture->Status == ImTextureStatus_WantDestroy ? ImTextureStatus_Destroyed
                                                                          : ImTextureStatus_OK);
      }
  }
  ImGui::DestroyContext();
  std::sort(spent.begin(), spent.end());
  return spent;
}

// The cost of a usual frame: the mean without the slowest and fastest tenth, which belong to the machine.
double usual(const std::vector<double>& sorted) {
  const std::size_t skip = sorted.size() / 10;
  double sum = 0;
  for (std::size_t at = skip; at < sorted.size() - skip; ++at) sum += sorted[at];
  return sum / static_cast<double>(sorted.size() - 2 * skip);
}

double percentile(const std::vector<double>& sorted, double part) {
  return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * part)];
}

}  // namespace

int main() {
  measure(100);  // the compiler of the engine warms up
  const auto thousand = measure(1000);
  // Interleaved, and the least of three: other work on the machine only ever adds.
  double few = 1e9, many = 1e9, worst = 1e9;
  for (int round = 0; round < 3; ++round) {
    few = std::min(few, usual(measure(100)));
    const auto all = measure(10'000);
    many = std::min(many, usual(all));
    worst = std::min(worst, percentile(all, 0.995));
  }
  std::printf(
      "usual frame: %.3f ms at 100 modules, %.3f ms at 10,000; at 1,000: median %.3f, 99th percentile %.3f "
      "ms\n",
      few, many, percentile(thousand, 0.5), percentile(thousand, 0.99));
  std::printf("frame with a new state at 10,000 modules: %.2f ms\n", worst);
  std::printf("{\"name\":\"heap_10000_bytes\",\"value\":%zu,\"unit\":\"byte\"}\n",
              emscripten_get_heap_size());
  std::printf("{\"name\":\"frame_cpu_1000_p95_ms\",\"value\":%.4f,\"unit\":\"ms\"}\n",
              percentile(thousand, 0.95));
  std::printf("{\"name\":\"frame_cost_10000_over_100\",\"value\":%.4f,\"unit\":\"x\"}\n", many / few);
  return 0;
}
