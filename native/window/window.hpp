// The window: GLFW, OpenGL 3 and Dear ImGui's own backends for both. One per program.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

struct GLFWwindow;

namespace foyer::native {

class Window {
 public:
  Window() = default;
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Makes the window and the ImGui context. ErrorKind::unsupported with what is missing.
  Result<void> open(int width, int height);
  // Waits for input, at most so long; input calls on_input.
  void wait(Millis longest);
  bool wants_to_close() const;
  // One frame: `draw` gets the size in CSS pixels between NewFrame and Render. With `picture`, a PNG file of
  // it is written; nothing else can fail.
  Result<void> frame(const std::function<void(float, float)>& draw, const std::string& picture = {});
  void set_title(const std::string& title);
  bool copy(const std::string& text);
  // Pixels of the framebuffer per CSS pixel.
  float density() const;
  bool visible() const;

  std::function<void(std::string_view)> on_input{};  // why a frame is needed ("pointer", "key", "resize")

 private:
  Result<void> write_picture(const std::string& path, int width, int height) const;

  GLFWwindow* window_ = nullptr;
  std::string title_{};
};

}  // namespace foyer::native
