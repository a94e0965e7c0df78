#include "native/window/window.hpp"

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <vector>

#include "native/window/png.hpp"

namespace foyer::native {
namespace {

void tell(GLFWwindow* window, std::string_view reason) {
  const auto* self = static_cast<Window*>(glfwGetWindowUserPointer(window));
  if (self && self->on_input) self->on_input(reason);
}

// Installed before ImGui's own, which hand on to these.
void listen(GLFWwindow* window) {
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double, double) { tell(w, "pointer moved"); });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int, int, int) { tell(w, "pointer"); });
  glfwSetScrollCallback(window, [](GLFWwindow* w, double, double) { tell(w, "wheel"); });
  glfwSetKeyCallback(window, [](GLFWwindow* w, int, int, int, int) { tell(w, "key"); });
  glfwSetCharCallback(window, [](GLFWwindow* w, unsigned) { tell(w, "text"); });
  glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int) { tell(w, "pointer"); });
  glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int) { tell(w, "focus"); });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { tell(w, "resize"); });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { tell(w, "uncovered"); });
  glfwSetWindowIconifyCallback(window, [](GLFWwindow* w, int) { tell(w, "shown again"); });
}

std::unexpected<Error> missing(const char* what) {
  const char* why = nullptr;
  glfwGetError(&why);
  return fail(ErrorKind::unsupported, "",
              std::string(what) + (why ? std::string(": ") + why : std::string()));
}

}  // namespace

Window::~Window() {
  if (window_) {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext();
    glfwDestroyWindow(window_);
  }
  glfwTerminate();
}

Result<void> Window::open(int width, int height) {
  if (!glfwInit()) return missing("there is no display to open a window on");
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  window_ = glfwCreateWindow(width, height, "Foyer", nullptr, nullptr);
  if (!window_) return missing("there is no OpenGL 3.3 here");
  glfwSetWindowUserPointer(window_, this);
  glfwMakeContextCurrent(window_);
  glfwSwapInterval(1);
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  listen(window_);
  ImGui_ImplGlfw_InitForOpenGL(window_, true);
  ImGui_ImplOpenGL3_Init("#version 330 core");
  return {};
}

void Window::wait(Millis longest) {
  if (longest.count() <= 0) {
    glfwPollEvents();
  } else {
    glfwWaitEventsTimeout(static_cast<double>(longest.count()) / 1000.0);
  }
}

bool Window::wants_to_close() const { return glfwWindowShouldClose(window_) != 0; }

float Window::density() const {
  int width = 0, pixels = 0, ignored = 0;
  glfwGetWindowSize(window_, &width, &ignored);
  glfwGetFramebufferSize(window_, &pixels, &ignored);
  return width > 0 && pixels > 0 ? static_cast<float>(pixels) / static_cast<float>(width) : 1.0F;
}

bool Window::visible() const { return glfwGetWindowAttrib(window_, GLFW_ICONIFIED) == 0; }

Result<void> Window::frame(const std::function<void(float, float)>& draw, const std::string& picture) {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  if (size.x > 0 && size.y > 0) draw(size.x, size.y);
  ImGui::Render();
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  glViewport(0, 0, width, height);
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  Result<void> written;
  if (!picture.empty()) written = write_picture(picture, width, height);
  glfwSwapBuffers(window_);
  return written;
}

Result<void> Window::write_picture(const std::string& path, int width, int height) const {
  const std::size_t row = static_cast<std::size_t>(width) * 3;
  std::vector<std::uint8_t> bottom_up(row * static_cast<std::size_t>(height)), pixels(bottom_up.size());
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadBuffer(GL_BACK);
  glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, bottom_up.data());
  for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y)
    std::copy_n(
        bottom_up.begin() + static_cast<std::ptrdiff_t>((static_cast<std::size_t>(height) - 1 - y) * row),
        row, pixels.begin() + static_cast<std::ptrdiff_t>(y * row));
  if (!write_png(path, width, height, pixels))
    return fail(ErrorKind::storage, "", "the picture can't be written to " + path);
  return {};
}

void Window::set_title(const std::string& title) {
  if (title == title_) return;
  title_ = title;
  glfwSetWindowTitle(window_, title.c_str());
}

bool Window::copy(const std::string& text) {
  glfwSetClipboardString(window_, text.c_str());
  return true;
}

}  // namespace foyer::native
