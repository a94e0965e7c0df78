#include "shell/look/sizes.hpp"

#include <algorithm>
#include <array>

#include "shell/shell.hpp"

namespace foyer::shell {
namespace {

struct Length {
  float px;
  bool grows = false;
};
// In the order of the names.
constexpr std::array<Length, static_cast<std::size_t>(Size::day) + 1> kSizes{{
    {0},         {224, true},  {376, true}, {460, true}, {480, true}, {560, true}, {640, true}, {720, true},
    {880, true}, {1000, true}, {300, true}, {180, true}, {120, true}, {320, true}, {220, true}, {260},
    {170, true}, {96, true},   {150, true}, {260, true}, {40},        {28},        {760},       {56},
    {44},        {44, true},   {64, true},  {76, true},  {40, true},  {48, true},  {52, true},  {64, true},
    {22},        {24},         {32},        {18, true},  {14, true},  {16, true},  {30, true},  {6},
    {28},        {40},         {4},         {200, true}, {22, true},  {96, true},
}};
constexpr std::array<float, static_cast<std::size_t>(Space::columns) + 1> kSpaces{
    0, 1, 2, 4, 6, 8, 12, 14, 16, 20, 24, 28, 32, 24, 48};
constexpr float kTouch = 44;  // of a finger
constexpr int kShutterButtons = 3;

}  // namespace

Metrics metrics(float width, float height, const Appearance& look) {
  Metrics m;
  m.width = width;
  m.height = height;
  m.scale = std::clamp(look.text_scale, 0.8F, 4.0F);
  m.phone = width < 700 * m.scale;
  m.wide = width >= 1100 * m.scale;
  m.touch = look.touch;
  m.target = look.touch ? kTouch : 32;
  return m;
}

float Metrics::px(Space space) const {
  if (phone && space == Space::gap) return 10;
  if (phone && space == Space::pad) return 12;
  if (phone && space == Space::margin) return 16;
  return kSpaces[static_cast<std::size_t>(space)];
}

float Metrics::px(Size size) const {
  const Length length = kSizes[static_cast<std::size_t>(size)];
  const float grown = length.grows ? length.px * scale : length.px;
  switch (size) {
    case Size::tile_least:  // a shutter's buttons side by side
      return std::max(grown, touch ? kShutterButtons * kTouch + 2 * px(Space::pad) + 2 : 0);
    case Size::field:
    case Size::entry:
    case Size::item:
    case Size::scene_high:
    case Size::choice:
    case Size::big:
    case Size::way:
    case Size::switch_row:
      return std::max(grown, target);
    default:
      return grown;
  }
}

}  // namespace foyer::shell
