// Type: the sizes of the interface, and measuring, cutting and wrapping of text. Needs a current ImGui
// context with load_fonts() done; measures in CSS pixels.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

struct ImFont;

namespace foyer::shell {

enum class Type : std::uint8_t {
  title,         // 28/36 semibold
  panel,         // 20/28 semibold
  section,       // 17/24 semibold
  body,          // 15/22
  name,          // 15/22 semibold: the pictures' weight, and a third face would cost 13 KB
  strong,        // 15/22 semibold
  small,         // 13/18
  small_strong,  // 13/18 semibold
  tab,           // 12/16 semibold
  huge,          // 48/56 semibold
};

// Adds Inter and the icons to the current context. Once per context.
void load_fonts();
// The framebuffer's pixels per CSS pixel, before anything is measured or drawn in a frame.
void set_density(float device_pixel_ratio);

ImFont* font(Type type);
ImFont* icon_font();
// What ImGui calls the size: ascender to descender, from the em size.
float font_size(Type type, float scale);
float line_height(Type type, float scale);

// From the top of a line's letters (font_size() high) to their baseline.
float ascent(Type type, float scale);
float em_size(Type type, float scale);
bool is_semibold(Type type);

float text_width(std::string_view text, Type type, float scale);
// The text, or its beginning with "…" so that it is not wider than `width`.
std::string ellipsize(std::string_view text, Type type, float scale, float width);
// Lines of at most `width`; a word wider than that is broken. At least one line, of at most `most` when it is
// not 0 (the last one then ends in "…").
std::vector<std::string> wrap(std::string_view text, Type type, float scale, float width, int most = 0);

}  // namespace foyer::shell
