// The page's program: lends the core the browser, feeds ImGui's input queue, draws when there is a reason,
// and keeps the mirror, the address bar and the title equal to what is drawn.
//
// Everything that comes from JavaScript enters through the exported functions of main.cpp; everything that
// goes there leaves through tell(). Units are CSS pixels and milliseconds.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <imgui.h>

#include "core/app/controller.hpp"
#include "shell/shell.hpp"
#include "web/page/canvas.hpp"
#include "web/page/frame_scheduler.hpp"
#include "web/page/mirror.hpp"
#include "web/ports/ports.hpp"

namespace foyer::web {

// What JavaScript is told; the numbers are those of screen.mjs.
enum class Tell {
  frame = 0,     // ask for an animation frame
  timer = 1,     // call foyer_timer() in `number` ms; below 0: no timer
  mirror = 2,    // difference of the tree (mirror.hpp)
  focus = 3,     // id of the node that has the focus, or empty
  route = 4,     // deep link without '#'; number 1: replace the history entry
  title = 5,     // of the document
  announce = 6,  // politely
  cursor = 7,    // 1: a hand, 2: text, 0: an arrow
  theme = 8,     // "light", "dark" or "" for the system's
  language = 9,  // "en", "fr", "it" or "" for the browser's
};
void tell(Tell what, const std::string& text, double number);

enum class Pointer { move = 0, down = 1, up = 2, leave = 3, cancel = 4 };
enum class Outside { offline = 0, online = 1, hidden = 2, visible = 3, resumed = 4 };

class Page {
 public:
  Page();
  // The error of config.json, or nothing. `base` is the page's folder.
  std::optional<Error> configure(std::string_view config, std::string_view base);
  bool simulated_only() const { return simulated_only_; }
  // True: there is a canvas; false: the mirror is the interface. Shows the first picture.
  bool show();
  // Restores, and completes a sign-in when `url` is its answer.
  void start(std::string url, std::string route);
  void give_up(std::string why);

  void frame();
  void timer() { scheduler_.timer_fired(); }
  void resize(float width, float height, float pixel_ratio);
  void appearance(shell::Appearance look);
  void pointer(Pointer kind, float x, float y, int button, bool touch);
  void wheel(float dx, float dy);
  void key(ImGuiKey key);
  bool act(std::string_view node, shell::Act act, std::string_view text, double number);
  void route(std::string_view text);
  void outside(Outside event);
  void context(bool restored);
  void words(std::string file);
  const FrameScheduler& scheduler() const { return scheduler_; }
  std::uint64_t draws() const { return draws_; }

 private:
  shell::FrameNeed draw();
  void tell_changes();

  Ports ports_{};
  Host host_;
  FrameScheduler scheduler_{};
  Canvas canvas_{};
  MirrorDiff mirror_{};
  std::unique_ptr<Controller> controller_{};
  std::unique_ptr<shell::Shell> shell_{};
  shell::Appearance look_{};
  float width_ = 0, height_ = 0;
  bool simulated_only_ = false;
  Steady drawn_at_{};
  std::uint64_t draws_ = 0, semantics_ = ~std::uint64_t{0}, announced_ = 0;
  std::string focus_{}, title_{};
  int cursor_ = 0;
  std::optional<Theme> theme_{};
  std::optional<std::string> language_{};
};

}  // namespace foyer::web
