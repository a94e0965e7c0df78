// No frame without a reason, natively: who asks for a frame says why, and gets a few settling ones.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace foyer::native {

class Frames {
 public:
  void request(std::string_view reason, int frames = 3) {
    if (reasons_.empty() || reasons_.back() != reason) reasons_.emplace_back(reason);
    if (reasons_.size() > 40) reasons_.pop_front();
    if (left_ < frames) left_ = frames;
  }
  bool wanted() const { return left_ > 0; }
  void drawn() {
    if (left_ > 0) --left_;
    ++count_;
  }
  std::uint64_t count() const { return count_; }
  const std::deque<std::string>& reasons() const { return reasons_; }  // newest last

 private:
  int left_ = 0;
  std::uint64_t count_ = 0;
  std::deque<std::string> reasons_{};
};

}  // namespace foyer::native
