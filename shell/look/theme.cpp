#include "shell/look/theme.hpp"

#include <algorithm>
#include <cmath>

namespace foyer::shell {
namespace {

//   none, ground, surface, raised, line, edge, ink, ink2, accent, onaccent, lit, litline, litink,
//   warm, warmbg, cool, coolbg, bad, badbg, ok, okbg, focus
constexpr Palette kLight{{0,        0xF4F3F0, 0xFFFFFF, 0xECEAE5, 0xD9D6CF, 0x8A867D, 0x1D1C1A, 0x5B5852,
                          0x1F5FA8, 0xFFFFFF, 0xFFF0CC, 0xE9C46A, 0x7A4D00, 0xB3401D, 0xFBE6DF, 0x1F6E8C,
                          0xDDF0F6, 0xA1202B, 0xFBE3E4, 0x246B3A, 0xDFF1E4, 0x0B57D0}};
constexpr Palette kDark{{0,        0x151617, 0x1F2123, 0x2A2D30, 0x3A3E42, 0x7C8187, 0xF1F0ED, 0xB4B1AA,
                         0x8AB8F0, 0x10243B, 0x3B3115, 0x8C6F25, 0xFFD98A, 0xFFA588, 0x3D241C, 0x8FD3EA,
                         0x17323B, 0xFF9A9F, 0x42191C, 0x93D9A8, 0x16321F, 0xA8C7FA}};

double channel(Rgb color, int shift) {
  double part = static_cast<double>((color >> shift) & 0xFFU) / 255.0;
  return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(Rgb color) {
  return 0.2126 * channel(color, 16) + 0.7152 * channel(color, 8) + 0.0722 * channel(color, 0);
}

}  // namespace

const Palette& light_palette() { return kLight; }
const Palette& dark_palette() { return kDark; }

Palette forced_palette(const std::vector<Rgb>& system) {
  constexpr std::array<Rgb, 8> fallback{0xFFFFFF, 0x000000, 0x0000EE, 0xFFFFFF,
                                        0x000000, 0x0000A0, 0xFFFFFF, 0x6D6D6D};
  auto pick = [&](std::size_t index) { return index < system.size() ? system[index] : fallback[index]; };
  const Rgb canvas = pick(0), text = pick(1), face = pick(3), highlight = pick(5), on_highlight = pick(6);
  return Palette{{0,         canvas,       canvas, face,   text,   text,     text,   text,
                  highlight, on_highlight, canvas, canvas, text,   text,     canvas, text,
                  canvas,    text,         canvas, text,   canvas, highlight}};
}

Palette stronger(Palette palette) {
  const auto at = [&](Token token) -> Rgb& { return palette.colors[static_cast<std::size_t>(token)]; };
  at(Token::line) = at(Token::edge) = at(Token::ink2) = at(Token::ink);
  return palette;
}

Palette dimmed(Palette palette) {
  palette.colors[static_cast<std::size_t>(Token::ink2)] = palette[Token::ink];
  for (Rgb& color : palette.colors) {
    // What is dark anyway loses more, so that words keep their contrast.
    const Rgb brightest = std::max({color >> 16 & 0xFFU, color >> 8 & 0xFFU, color & 0xFFU});
    color = mix(0, color, 0.4F + 0.3F * static_cast<float>(brightest) / 255);
  }
  return palette;
}

double contrast(Rgb a, Rgb b) {
  double one = luminance(a) + 0.05, two = luminance(b) + 0.05;
  return std::max(one, two) / std::min(one, two);
}

Rgb mix(Rgb base, Rgb over, float amount) {
  Rgb out = 0;
  for (int shift : {16, 8, 0}) {
    auto from = static_cast<float>((base >> shift) & 0xFFU), to = static_cast<float>((over >> shift) & 0xFFU);
    out |= static_cast<Rgb>(std::lround(from + (to - from) * amount)) << shift;
  }
  return out;
}

}  // namespace foyer::shell
