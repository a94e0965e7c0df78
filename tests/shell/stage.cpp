#include "tests/shell/stage.hpp"

#include <cstdarg>
#include <cstring>

#include <gtest/gtest.h>
#include <imgui_internal.h>

namespace {

// What the hooks report of the frame being drawn.
std::map<ImGuiID, ImVec4> g_bounds;
std::map<std::string, ImVec4> g_items;

}  // namespace

// Dear ImGui calls these four when it is built with IMGUI_ENABLE_TEST_ENGINE.
void ImGuiTestEngineHook_ItemAdd(ImGuiContext*, ImGuiID id, const ImRect& box, const ImGuiLastItemData*) {
  g_bounds[id] = {box.Min.x, box.Min.y, box.Max.x, box.Max.y};
}
void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID id, const char* label, ImGuiItemStatusFlags) {
  // Windows report themselves too: ours, which is the whole canvas, and ImGui's fallback.
  if (label == nullptr || std::strcmp(label, "foyer") == 0 || std::strcmp(label, "Debug##Default") == 0)
    return;
  g_items[std::strncmp(label, "##", 2) == 0 ? label + 2 : label] = g_bounds[id];
}
void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}
const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return nullptr; }

namespace foyer::test {

Stage::Stage(State start, float width, float height, shell::Appearance look)
    : state(std::move(start)),
      time(evening()),
      interface([this](Intent intent) { sent.push_back(std::move(intent)); }),
      width_(width),
      height_(height) {
  context_ = ImGui::CreateContext();
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  io.DisplaySize = {width, height};
  // One frame takes all events of a press, however fast they follow.
  io.ConfigInputTrickleEventQueue = false;
  ImGui::GetCurrentContext()->TestEngineHookItems = true;
  shell::load_fonts();
  look.reduced_motion = true;
  interface.set_appearance(look);
  settle();
}

Stage::~Stage() { ImGui::DestroyContext(context_); }

shell::FrameNeed Stage::frame() {
  ImGui::SetCurrentContext(context_);
  time.advance(Millis(16));
  ImGui::GetIO().DeltaTime = 0.016F;
  g_bounds.clear();
  g_items.clear();
  ImGui::NewFrame();
  shell::FrameNeed need = interface.draw(state, time, width_, height_);
  ImGui::Render();
  for (ImTextureData* texture : *ImGui::GetDrawData()->Textures) {
    const bool destroy = texture->Status == ImTextureStatus_WantDestroy;
    if (texture->Status == ImTextureStatus_OK || texture->Status == ImTextureStatus_Destroyed) continue;
    texture->SetTexID(destroy ? ImTextureID_Invalid : 1);
    texture->SetStatus(destroy ? ImTextureStatus_Destroyed : ImTextureStatus_OK);
  }
  items = g_items;
  return need;
}

shell::FrameNeed Stage::settle() {
  for (int count = 0; count < 200; ++count) {
    shell::FrameNeed need = frame();
    if (!need.within || *need.within > Millis(0)) return need;
  }
  ADD_FAILURE() << "frames are asked for without end";
  return {};
}

void Stage::change() {
  ++state.version;
  settle();
}

const shell::Node* Stage::node(std::string_view id) const {
  for (const shell::Node& node : interface.nodes())
    if (node.id == id) return &node;
  return nullptr;
}

const shell::Node* Stage::named(shell::Role role, std::string_view name) const {
  for (const shell::Node& node : interface.nodes())
    if (node.role == role && node.name == name) return &node;
  return nullptr;
}

bool Stage::act(std::string_view id, shell::Act act, std::string_view text, double number) {
  ImGui::SetCurrentContext(context_);
  const bool done = interface.act(state, id, act, text, number);
  settle();
  return done;
}

void Stage::pointer_event() {
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().AddMouseSourceEvent(finger_ ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
}

void Stage::move(float x, float y) {
  pointer_event();
  ImGui::GetIO().AddMousePosEvent(x, y);
  frame();
}

void Stage::press(float x, float y) {
  move(x, y);
  pointer_event();
  ImGui::GetIO().AddMouseButtonEvent(0, true);
  frame();
}

void Stage::release() {
  pointer_event();
  ImGui::GetIO().AddMouseButtonEvent(0, false);
  frame();
  settle();
}

void Stage::click(std::string_view id) {
  const shell::Node* found = node(id);
  ASSERT_NE(found, nullptr) << id;
  const shell::Rect at = found->bounds;
  press(at.x + at.w / 2, at.y + at.h / 2);
  release();
}

void Stage::wheel(float notches) {
  ImGui::GetIO().AddMouseWheelEvent(0, notches);
  frame();
  settle();
}

void Stage::hold(ImGuiKey key, bool down) {
  ImGui::GetIO().AddKeyEvent(key, down);
  frame();
}

void Stage::key(ImGuiKey key) {
  hold(key, true);
  hold(key, false);
  settle();
}

}  // namespace foyer::test
