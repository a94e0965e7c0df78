// A text field where the host types: in the page the mirror's own input lies over the canvas while it has
// the focus, so caret, input methods, paste and the phone's keyboard are the browser's, and ImGui's text
// editor (about 6 KB brotli) stays out of a first visit. Here the field is a picture and a target.
#include <imgui.h>

#include "shell/input/interface.hpp"

namespace foyer::shell {

void Interface::field(int node, const Item& item) {
  const Node& twin = page_.nodes[static_cast<std::size_t>(node)];
  const Place& place = page_.places[static_cast<std::size_t>(node)];
  const float dy = page_.area(place.layer).clip.y - scroll(place.layer).at;
  field_picture(node, item, dy);
  focus_field_ = leave_field_ = false;
  if (place.layer != Layer::overlay && page_.area(Layer::overlay).used) return;
  ImGui::SetCursorScreenPos({on_canvas(node).x, item.rect.y + dy});
  ImGui::InvisibleButton(twin.id.c_str(), {item.rect.w, item.rect.h});
  if (ImGui::IsItemActivated()) focus(node, true);
  if (ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
}

}  // namespace foyer::shell
