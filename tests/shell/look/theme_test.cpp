// Colours can be read: WCAG contrast of every pair the interface uses, in both palettes and in forced
// colours.
#include "shell/look/theme.hpp"

#include <gtest/gtest.h>

namespace foyer::shell {
namespace {

struct ColourPair {
  Token ink, ground;
};

constexpr ColourPair kText[] = {
    {Token::ink, Token::ground},   {Token::ink, Token::surface},  {Token::ink, Token::raised},
    {Token::ink, Token::lit},      {Token::ink, Token::badbg},    {Token::ink2, Token::ground},
    {Token::ink2, Token::surface}, {Token::ink2, Token::raised},  {Token::onaccent, Token::accent},
    {Token::litink, Token::lit},   {Token::warm, Token::surface}, {Token::warm, Token::warmbg},
    {Token::cool, Token::surface}, {Token::cool, Token::coolbg},  {Token::bad, Token::surface},
    {Token::bad, Token::badbg},    {Token::ok, Token::okbg},
};
constexpr ColourPair kOutlines[] = {{Token::edge, Token::surface}, {Token::edge, Token::ground},
                                    {Token::focus, Token::ground}, {Token::focus, Token::surface},
                                    {Token::bad, Token::ground},   {Token::ink2, Token::raised},
                                    {Token::litink, Token::lit}};

TEST(Theme, EveryTextPairHasAContrastOfAtLeastFourPointFive) {
  for (const Palette* palette : {&light_palette(), &dark_palette()})
    for (const ColourPair& pair : kText)
      EXPECT_GE(contrast((*palette)[pair.ink], (*palette)[pair.ground]), 4.5)
          << static_cast<int>(pair.ink) << " on " << static_cast<int>(pair.ground) << " dark "
          << (palette == &dark_palette());
}

TEST(Theme, WhatIsDimmedForADarkRoomIsDarkerAndStillRead) {
  const Palette palette = dimmed(dark_palette());
  for (const ColourPair& pair : kText)
    EXPECT_GE(contrast(palette[pair.ink], palette[pair.ground]), 4.5)
        << static_cast<int>(pair.ink) << " on " << static_cast<int>(pair.ground);
  EXPECT_LT(contrast(palette[Token::ink], 0), 0.5 * contrast(dark_palette()[Token::ink], 0));
}

TEST(Theme, EveryNeededOutlineHasAContrastOfAtLeastThree) {
  for (const Palette* palette : {&light_palette(), &dark_palette()})
    for (const ColourPair& pair : kOutlines)
      EXPECT_GE(contrast((*palette)[pair.ink], (*palette)[pair.ground]), 3.0)
          << static_cast<int>(pair.ink) << " on " << static_cast<int>(pair.ground);
}

TEST(Theme, ForcedColoursUseOnlyThePersonsOwn) {
  const std::vector<Rgb> system{0x000000, 0xFFFFFF, 0xFFFF00, 0x111111,
                                0xEEEEEE, 0x1AEBFF, 0x000001, 0x3FF23F};
  const Palette palette = forced_palette(system);
  for (std::size_t at = 1; at < kTokens; ++at)
    EXPECT_NE(std::find(system.begin(), system.end(), palette.colors[at]), system.end()) << at;
  for (const ColourPair& pair : kText) EXPECT_GE(contrast(palette[pair.ink], palette[pair.ground]), 4.5);
}

TEST(Theme, ForcedColoursWithoutAListStayReadable) {
  const Palette palette = forced_palette({});
  EXPECT_GE(contrast(palette[Token::ink], palette[Token::ground]), 7.0);
}

TEST(Theme, ContrastIsThatOfTheStandard) {
  EXPECT_NEAR(contrast(0x000000, 0xFFFFFF), 21.0, 0.01);
  EXPECT_NEAR(contrast(0x777777, 0xFFFFFF), 4.48, 0.01);
}

TEST(Theme, MixingGoesFromOneColourToTheOther) {
  EXPECT_EQ(mix(0x102030, 0xFFFFFF, 0), 0x102030U);
  EXPECT_EQ(mix(0x102030, 0xFFFFFF, 1), 0xFFFFFFU);
  EXPECT_EQ(mix(0x000000, 0xFFFFFF, 0.5F), 0x808080U);
}

}  // namespace
}  // namespace foyer::shell
