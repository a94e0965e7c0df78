// shell_preview FOLDER [part of a name]: draws the views to PNG files, light and dark, wide and phone.
// shell_preview --gallery FOLDER: those of docs/gallery, VIEW-wide-light.png and so on.
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <imgui.h>

#include "core/ports/virtual_time.hpp"
#include "shell/input/interface.hpp"
#include "tests/shell/comfort_states.hpp"
#include "tests/shell/preview/raster.hpp"
#include "tests/shell/states.hpp"

namespace {

using namespace foyer;

struct Shot {
  std::string name;
  State state;
  float width, height;
  bool dark = false;
  float density = 1, scroll = 0, text = 1;
  std::string act{};
};

void shoot(const Shot& shot, const std::string& folder) {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  io.DisplaySize = {shot.width, shot.height};
  io.DisplayFramebufferScale = {shot.density, shot.density};
  VirtualTime time(test::evening());
  shell::load_fonts();
  shell::Interface interface([](Intent) {});
  shell::Appearance look;
  look.dark = shot.dark;
  look.reduced_motion = true;
  look.touch = shot.width < 700;
  look.text_scale = shot.text;
  interface.set_appearance(look);
  test::Picture picture;
  for (int frame = 0; frame < 4; ++frame) {
    io.DeltaTime = 0.016F;
    time.advance(Millis(16));
    if (frame == 1 && shot.scroll > 0) {
      io.AddMousePosEvent(shot.width / 2, shot.height / 2);
      io.AddMouseWheelEvent(0, -shot.scroll / 100);
    }
    ImGui::NewFrame();
    interface.draw(shot.state, time, shot.width, shot.height);
    if (frame == 1 && !shot.act.empty()) interface.act(shot.state, shot.act, shell::Act::press, {}, 0);
    ImGui::Render();
    picture = test::rasterize(*ImGui::GetDrawData());
  }
  test::write_png(picture, folder + "/" + shot.name + ".png");
  ImGui::DestroyContext();
}

State with(State state, Route::View view) {
  state.route.view = view;
  return state;
}

void with_signals(State& state) {
  int strength = 55;
  for (Module& module : state.plants[0].modules) {
    if (module.kind != Kind::scene)
      module.set_reading({.aspect = Aspect::radio_strength,
                          .value = static_cast<double>(strength),
                          .received = test::evening()});
    strength += 4;
  }
}

// A home that says something in that view.
State shown_in(Route::View view) {
  using View = Route::View;
  State state = with(test::pictured_home(), view);
  if (view == View::welcome) return test::welcome();
  if (view == View::module) return test::with_thermostat();
  if (view == View::plans) return test::with_changes();
  if (view == View::energy) return test::with_history();
  if (view == View::problems || view == View::journal || view == View::setup)
    return test::for_developers(view);
  if (view == View::ambient) {
    state = with(test::with_plans(), view);
    state.route.ambient = AmbientId("netatmo:1");
  }
  if (view == View::console) {
    state = test::for_developers(view);
    state.console.operation = "hc.light.level";
    state.console.values = {{"plant", "p1"}, {"module", "m1"}, {"level", "40"}};
  }
  if (view == View::topology) with_signals(state);
  return state;
}

constexpr std::pair<const char*, Route::View> kViews[] = {
#define VIEW(name, text, kind, under, part, word, icon, entry, builder) {#name, Route::View::name},
#include "core/app/state/views.def"
#undef VIEW
};

}  // namespace

int main(int count, char** arguments) {
  if (count == 3 && std::string_view(arguments[1]) == "--gallery") {
    for (const auto& [name, view] : kViews)
      for (const bool dark : {false, true}) {
        const std::string look = dark ? "dark" : "light", of = name;
        shoot({of + "-wide-" + look, shown_in(view), 1280, 800, dark}, arguments[2]);
        shoot({of + "-phone-" + look, shown_in(view), 390, 844, dark}, arguments[2]);
      }
    return 0;
  }
  if (count < 2) return std::fprintf(stderr, "usage: shell_preview FOLDER [part of a name]\n"), 2;
  const std::string folder = arguments[1];
  const std::string_view only = count > 2 ? arguments[2] : "";
  auto view = [](Route::View which, const char* module = "") {
    State state = test::pictured_home();
    state.route.view = which;
    state.route.module = ModuleId(module);
    return state;
  };
  std::vector<Shot> shots;
  auto both = [&](const std::string& name, const State& state, bool dark_too = false) {
    shots.push_back({name + "-wide-light", state, 1440, 900});
    shots.push_back({name + "-phone-light", state, 390, 844});
    if (!dark_too) return;
    shots.push_back({name + "-wide-dark", state, 1440, 900, true});
    shots.push_back({name + "-phone-dark", state, 390, 844, true});
  };
  both("console", test::for_developers(Route::View::console), true);
  State form = test::for_developers(Route::View::console);
  form.console.operation = "smarther.plants";
  both("console-answer", form);
  form.console.operation = "hc.light.level";
  form.console.values = {{"plant", "p1"}, {"module", "m1"}, {"level", "400"}};
  both("console-form", form, true);
  both("journal", test::for_developers(Route::View::journal), true);
  State setup = test::for_developers(Route::View::setup);
  setup.key_step = 1;
  both("setup", setup, true);
  both("doctor", test::for_developers(Route::View::problems), true);
  both("home", test::with_thermostat(), true);
  both("plain", test::pictured_home());
  both("welcome", test::welcome(), true);
  both("scenes", view(Route::View::scenes));
  both("energy", view(Route::View::energy));
  both("plans", test::with_plans());
  both("plan-changes", test::with_changes(), true);
  both("broken-plan", test::with_broken_plan());
  both("history", test::with_history(), true);
  both("history-month", test::with_history(history::Period::month));
  both("history-year", test::with_history(history::Period::year));
  both("temperatures", test::with_temperatures(), true);
  State radio = view(Route::View::topology);
  with_signals(radio);
  both("topology", radio, true);
  State large = test::big_home(200);
  large.route.view = Route::View::topology;
  both("topology-200", large);
  shots.push_back({"topology-list", radio, 1440, 900, false, 1, 0, 1, "topology/as/list"});
  State warm = test::with_plans();
  warm.route.view = Route::View::home;
  both("heated", warm, true);
  for (const float width : {390.0F, 1440.0F})
    shots.push_back({"why-" + std::to_string(static_cast<int>(width)), warm, width, 844, width < 700, 1, 0, 1,
                     "why/tile/netatmo:home/room/1"});
  warm.route.view = Route::View::ambient;
  warm.route.ambient = AmbientId("netatmo:1");
  both("heated-room", warm, true);
  both("homes", view(Route::View::homes), true);
  both("problems", view(Route::View::problems));
  both("settings", view(Route::View::settings), true);
  both("loading", test::loading());
  both("dimmer", view(Route::View::module, "demo:floor"));
  both("shutter", view(Route::View::module, "demo:balcony"));
  shots.push_back({"menu-wide", test::pictured_home(), 1000, 700, false, 1, 0, 1, "plants"});
  shots.push_back({"scrolled-wide", test::with_thermostat(), 1440, 900, false, 1, 300});
  shots.push_back({"dense-wide", test::with_thermostat(), 720, 450, false, 2});
  shots.push_back({"phone2x", test::pictured_home(), 390, 844, false, 2});
  shots.push_back({"big-text", test::pictured_home(), 1000, 900, false, 1, 0, 2});
  shots.push_back({"big-text-phone", test::pictured_home(), 390, 844, true, 1, 0, 1.6F});
  shots.push_back({"many", test::big_home(1000), 1440, 900, false, 1, 3000});
  for (const Shot& shot : shots)
    if (shot.name.find(only) != std::string::npos) shoot(shot, folder);
  return 0;
}
