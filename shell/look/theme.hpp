// Colours by what they are for. Contrast of every text pair is at least 4.5:1 and of every needed outline
// 3:1; tests/shell/look/theme_test.cpp measures it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace foyer::shell {

enum class Token : std::uint8_t {
  none,     // draws nothing
  ground,   // page
  surface,  // tile, panel
  raised,   // buttons, tracks
  line,     // separators
  edge,     // outline of a control that needs one (3:1)
  ink,      // text
  ink2,     // secondary text
  accent,   // primary action, selected mode
  onaccent,
  lit,  // something is on
  litline,
  litink,
  warm,  // heating
  warmbg,
  cool,  // cooling
  coolbg,
  bad,  // problem
  badbg,
  ok,  // done
  okbg,
  focus,  // 2 px ring, 2 px away
};
inline constexpr std::size_t kTokens = static_cast<std::size_t>(Token::focus) + 1;

// 0xRRGGBB
using Rgb = std::uint32_t;

struct Palette {
  std::array<Rgb, kTokens> colors{};
  Rgb operator[](Token token) const { return colors[static_cast<std::size_t>(token)]; }
};

const Palette& light_palette();
const Palette& dark_palette();
// For a dark room: half the light, all words as strong as the strongest.
Palette dimmed(Palette palette);
// Forced colours: every token becomes one of the person's system colours, in the order Canvas, CanvasText,
// LinkText, ButtonFace, ButtonText, Highlight, HighlightText, GrayText. Missing ones fall back to black on
// white.
Palette forced_palette(const std::vector<Rgb>& system);

// For who wants more contrast: secondary text and lines are as strong as text.
Palette stronger(Palette palette);

// WCAG 2 contrast ratio, 1…21.
double contrast(Rgb a, Rgb b);
// `amount` 0…1 of `over` laid on `base`.
Rgb mix(Rgb base, Rgb over, float amount);

}  // namespace foyer::shell
