#include "web/page/frame_scheduler.hpp"

#include <algorithm>

namespace foyer::web {

void FrameScheduler::remember(std::string_view reason) {
  if (!reasons_.empty() && reasons_.back() == reason) return;
  reasons_.emplace_back(reason);
  if (reasons_.size() > kRemembered) reasons_.pop_front();
}

void FrameScheduler::ask() {
  if (!visible_ || asked_ || left_ <= 0) return;
  asked_ = true;
  set_timer(std::nullopt);
  ask_frame();
}

void FrameScheduler::request(std::string_view reason, int frames) {
  remember(reason);
  left_ = std::max(left_, frames);
  ask();
}

void FrameScheduler::timer_fired() { request(timer_reason_, 1); }

void FrameScheduler::set_visible(bool visible) {
  visible_ = visible;
  if (!visible) {
    set_timer(std::nullopt);
    return;
  }
  asked_ = false;  // a frame asked for while hiding may never come
  request("shown again");
}

void FrameScheduler::begin() {
  asked_ = false;
  ++frames_;
  left_ = std::max(0, left_ - 1);
}

void FrameScheduler::end(const shell::FrameNeed& need, bool again) {
  if (again) left_ = std::max(left_, 1);
  if (need.within && need.within->count() <= 0) {
    remember(need.reason);
    left_ = std::max(left_, 1);
  }
  if (left_ > 0) return ask();
  if (!need.within || !visible_) return;
  timer_reason_ = need.reason;
  set_timer(need.within);
}

std::string FrameScheduler::reasons() const {
  std::string text;
  for (const std::string& reason : reasons_) text += reason + "\n";
  return text;
}

}  // namespace foyer::web
