#include "web/page/canvas.hpp"

#include <GLES3/gl3.h>
#include <emscripten/html5_webgl.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

namespace foyer::web {

bool Canvas::open() {
  EmscriptenWebGLContextAttributes wanted;
  emscripten_webgl_init_context_attributes(&wanted);
  wanted.majorVersion = 2;
  wanted.alpha = wanted.depth = wanted.stencil = wanted.antialias = false;  // ImGui smooths its own edges
  wanted.enableExtensionsByDefault = false;
  const EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context = emscripten_webgl_create_context("#canvas", &wanted);
  if (context <= 0 || emscripten_webgl_make_context_current(context) != EMSCRIPTEN_RESULT_SUCCESS)
    return false;
  drawing_ = ImGui_ImplOpenGL3_Init("#version 300 es");
  return drawing_;
}

void Canvas::restored() {
  // The old objects died with the context; forgetting them makes the backend and the atlas start again.
  ImGui_ImplOpenGL3_DestroyDeviceObjects();
  drawing_ = true;
}

void Canvas::begin_frame() { ImGui_ImplOpenGL3_NewFrame(); }

void Canvas::render() {
  const ImGuiIO& io = ImGui::GetIO();
  glViewport(0, 0, static_cast<int>(io.DisplaySize.x * io.DisplayFramebufferScale.x),
             static_cast<int>(io.DisplaySize.y * io.DisplayFramebufferScale.y));
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace foyer::web
