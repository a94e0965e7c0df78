// The shell: Dear ImGui views of core/app's state. It knows no platform; a host feeds ImGui's input queue,
// calls draw() between ImGui::NewFrame() and ImGui::Render(), and renders.
//
// The shell keeps nothing but scroll position, focus and text being typed. Everything else is in core/app.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/controller.hpp"
#include "shell/layout/semantics.hpp"

namespace foyer::shell {

// How the surroundings want it to look; a change is a reason for a frame.
struct Appearance {
  bool dark = false;  // the system's colour scheme; the person's theme setting wins
  bool reduced_motion = false;
  bool forced_colors = false;
  bool more_contrast = false;
  bool touch = false;                          // last pointer was a finger: targets of 44 px
  float text_scale = 1.0F;                     // the person's text size, 0.8…2
  std::vector<std::uint32_t> system_colors{};  // forced colours as 0xRRGGBB: Canvas, CanvasText, LinkText,
                                               // ButtonFace, ButtonText, Highlight, HighlightText, GrayText
  friend bool operator==(const Appearance&, const Appearance&) = default;
};

struct FrameNeed {
  std::optional<foyer::Millis>
      within{};               // another frame at the latest then (animation, a text that will change)
  std::string_view reason{};  // printable
};

class Shell {
 public:
  // `controller` and `clock` outlive the shell. An ImGui context must be current for every call.
  Shell(Controller& controller, Clock& clock);
  ~Shell();
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;

  // Adds the embedded fonts to the current ImGui context. Once per context.
  void load_fonts(float device_pixel_ratio);
  void set_appearance(const Appearance& appearance);

  // Draws one frame of `width` × `height` CSS pixels.
  FrameNeed draw(float width, float height);

  // Without WebGL there is no canvas: builds the nodes without drawing (everything, not only what is near the
  // view).
  void build_semantics(float width, float height);

  // The nodes of the last draw() or build_semantics(), in reading order; `semantics_version` grows with each
  // change.
  const std::vector<Node>& nodes() const;
  std::uint64_t semantics_version() const;
  // A short text to be announced politely (number grows), and the title of the document.
  std::string_view announcement() const;
  std::uint64_t announcement_number() const;
  std::string title() const;
  int open() const;  // how much needs somebody
  // The route of the link that a press there would reach, or empty; valid until the next frame.
  std::string_view link_at(float x, float y) const;

  // The same intents as pointer input. False when there is no such node or it cannot do that.
  bool act(std::string_view node, Act act, std::string_view text = {}, double number = 0);
  // Id of the focused node or empty; the host keeps DOM focus equal to it.
  std::string_view focused() const;
  // A textbox has focus and wants the text agent; its caret in CSS pixels.
  std::optional<Rect> text_caret() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace foyer::shell
