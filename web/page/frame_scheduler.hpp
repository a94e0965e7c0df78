// No frame without a reason: decides when the browser is asked for an animation frame.
//
// Every request names its reason and buys a few settling frames (ImGui shows the effect of an input one frame
// later); a frame may ask for the next one at a time (FrameNeed). When nothing is pending no frame and no
// timer is asked for. While the page is hidden nothing is asked for at all; what came meanwhile is drawn when
// it is shown again.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "shell/shell.hpp"

namespace foyer::web {

class FrameScheduler {
 public:
  static constexpr int kSettling = 3;  // frames that one request buys, the first included
  static constexpr std::size_t kRemembered = 32;

  std::function<void()> ask_frame;                       // requestAnimationFrame, once until begin()
  std::function<void(std::optional<Millis>)> set_timer;  // calls timer_fired() then; nothing: no timer

  void request(std::string_view reason, int frames = kSettling);
  void timer_fired();
  void set_visible(bool visible);
  // Around every frame that the browser grants. `again`: input still waits in ImGui's queue.
  void begin();
  void end(const shell::FrameNeed& need, bool again);

  std::uint64_t frames() const { return frames_; }
  std::string reasons() const;  // newest last, one per line

 private:
  void ask();
  void remember(std::string_view reason);

  bool visible_ = true, asked_ = false;
  int left_ = 0;
  std::uint64_t frames_ = 0;
  std::string timer_reason_{};
  std::deque<std::string> reasons_{};
};

}  // namespace foyer::web
