// A stage for the interface: an ImGui context with a null renderer, virtual time, a pointer and keys, and the
// referee – ImGui's own item hooks, which see every real item that was drawn.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "core/ports/virtual_time.hpp"
#include "shell/input/interface.hpp"
#include "tests/shell/states.hpp"

namespace foyer::test {

class Stage {
 public:
  explicit Stage(State start, float width = 1440, float height = 900, shell::Appearance look = {});
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  // One frame of 16 ms.
  shell::FrameNeed frame();
  // Frames until none is asked for at once; fails the test when that never happens.
  shell::FrameNeed settle();
  void change();  // the state changed

  const shell::Node* node(std::string_view id) const;
  const shell::Node* named(shell::Role role, std::string_view name) const;
  bool act(std::string_view id, shell::Act act, std::string_view text = {}, double number = 0);

  void move(float x, float y);
  void press(float x, float y);
  void release();
  void click(std::string_view id);  // presses and releases in the middle of the node
  void finger(bool on) { finger_ = on; }
  void wheel(float notches);
  void key(ImGuiKey key);  // pressed and released
  void hold(ImGuiKey key, bool down);

  template <class T>
  const T* last_sent() const {
    return sent.empty() ? nullptr : std::get_if<T>(&sent.back());
  }

  State state;
  VirtualTime time;
  std::vector<Intent> sent{};
  std::map<std::string, ImVec4> items{};  // drawn in the last frame: label → rectangle
  shell::Interface interface;

 private:
  void pointer_event();
  ImGuiContext* context_ = nullptr;  // several stages may stand beside each other
  float width_, height_;
  bool finger_ = false;
};

}  // namespace foyer::test
