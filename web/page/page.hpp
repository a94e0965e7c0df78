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
#include "web/page/text.hpp"
#include "web/ports/ports.hpp"

namespace foyer::web {

// What JavaScript is told; the numbers are those of screen.mjs.
enum class Tell {
  frame = 0,     // ask for an animation frame
  timer = 1,     // call foyer_timer() in `number` ms; below 0: no timer
  mirror = 2,    // difference of the tree (mirror.hpp)
  focus = 3,     // id of the node that has the focus, or empty
  route = 4,     // deep link without '#'; number 1: replace the history entry
  title = 5,     // of the document; number: how much needs somebody
  announce = 6,  // politely
  cursor = 7,    // 1: a hand, 2: text, 0: an arrow
  theme = 8,     // "light", "dark" or "" for the system's
  language = 9,  // a code of shell/words ("fr"), "en", or "" for the browser's
  back = 10,     // a step back in the history, or to the deep link when nothing of ours is before
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
  bool simulates() const { return simulates_; }
  // True: there is a canvas; false: the mirror is the interface. Shows the first picture.
  bool show();
  // Restores, and completes a sign-in when `url` is its answer.
  void start(std::string url, std::string route);
  void give_up(std::string why);

  void frame();
  void timer() { scheduler_.timer_fired(); }
  void resize(float width, float height, float pixel_ratio);
  // `look.touch`: whether the device's first pointer is coarse; what points later decides from then on.
  void appearance(shell::Appearance look);
  void pointer(Pointer kind, float x, float y, int button, bool touch);
  // The deep link, without '#', of what a press there would reach; empty when that is no link.
  std::string_view link_at(float x, float y) const { return shell_->link_at(x, y); }
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
  std::optional<Error> beyond_policy(const Config& config);
  shell::FrameNeed draw();
  void take_pointer();
  void tell_changes();

  Ports ports_{};
  Host host_;
  FrameScheduler scheduler_{};
  Canvas canvas_{};
  BrowserText text_{};
  MirrorDiff mirror_{};
  std::unique_ptr<Controller> controller_{};
  std::unique_ptr<shell::Shell> shell_{};
  shell::Appearance look_{};
  bool pointed_ = false, by_touch_ = false;  // somebody has pressed, and with a finger
  float width_ = 0, height_ = 0;
  bool simulated_only_ = false, simulates_ = false;
  Steady drawn_at_{};
  std::uint64_t draws_ = 0, semantics_ = ~std::uint64_t{0}, announced_ = 0;
  std::string focus_{}, title_{};
  int open_ = -1;
  int cursor_ = 0;
  std::optional<Theme> theme_{};
  std::optional<std::string> language_{};
};

}  // namespace foyer::web
