// A text field where ImGui itself takes the text: the native window and the tests. The page has
// field_host.cpp.
#include <algorithm>
#include <cstring>

#include <imgui.h>
#include <imgui_internal.h>

#include "shell/input/interface.hpp"
#include "shell/look/type.hpp"

namespace foyer::shell {

void Interface::field(int node, const Item& item) {
  const Node& twin = page_.nodes[static_cast<std::size_t>(node)];
  const Place& place = page_.places[static_cast<std::size_t>(node)];
  const float dy = page_.area(place.layer).clip.y - scroll(place.layer).at;
  const float size = font_size(Type::body, built_metrics_.scale);
  if (place.layer != Layer::overlay && page_.area(Layer::overlay).used)
    return field_picture(node, item, dy);  // under an open menu
  const std::size_t length = std::min(twin.value_text.size(), query_.size() - 1);
  std::memcpy(query_.data(), twin.value_text.data(), length);
  query_[length] = 0;
  ImGui::PushFont(font(Type::body), size);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, (item.rect.h - size) / 2});
  auto tint = [&](Token token) {
    const Rgb rgb = palette_[token];
    return IM_COL32((rgb >> 16) & 0xFFU, (rgb >> 8) & 0xFFU, rgb & 0xFFU, 255);
  };
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
  ImGui::PushStyleColor(ImGuiCol_Text, tint(Token::ink));
  ImGui::PushStyleColor(ImGuiCol_TextDisabled, tint(Token::ink2));
  ImGui::PushStyleColor(ImGuiCol_InputTextCursor, tint(Token::ink));
  ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, (tint(Token::accent) & 0x00FFFFFFU) | 0x60000000U);
  ImGui::SetCursorScreenPos({on_canvas(node).x, item.rect.y + dy});
  ImGui::SetNextItemWidth(item.rect.w);
  if (focus_field_ && focused_ == twin.id) {
    ImGui::SetKeyboardFocusHere();
    focus_field_ = false;
  }
  if (leave_field_) ImGui::ClearActiveID();
  leave_field_ = false;
  if (ImGui::InputTextWithHint(("##" + twin.id).c_str(), item.text.c_str(), query_.data(), query_.size(),
                               twin.id == "search" ? ImGuiInputTextFlags_EscapeClearsAll : 0))
    put_text(twin.id, query_.data());
  if (ImGui::IsItemDeactivated() && ImGui::IsKeyPressed(ImGuiKey_Enter, false)) entered(twin.id);
  if (ImGui::IsItemActivated()) focus(node, true);
  if (ImGui::IsItemActive()) {
    typing_ = true;
    const ImGuiPlatformImeData& ime = ImGui::GetCurrentContext()->PlatformImeData;
    caret_ = Rect{ime.InputPos.x, ime.InputPos.y, 1, size};
  }
  ImGui::PopStyleColor(5);
  ImGui::PopStyleVar();
  ImGui::PopFont();
}

}  // namespace foyer::shell
