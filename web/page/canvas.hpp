// The canvas of the page: a WebGL 2 context, ImGui's own renderer on it, and its loss and return.
#pragma once

namespace foyer::web {

class Canvas {
 public:
  // Makes the context of the element #canvas. False without WebGL 2: the mirror has to do.
  bool open();
  bool drawing() const { return drawing_; }
  void lost() { drawing_ = false; }
  // After the browser gave the context back: everything on it is made anew with the next frame.
  void restored();

  void begin_frame();  // before ImGui::NewFrame()
  void render();       // after ImGui::Render()

 private:
  bool drawing_ = false;
};

}  // namespace foyer::web
