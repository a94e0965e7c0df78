// Names that the interface's own font has no letters for: which part the host draws, how it is measured, cut
// and kept.
#include "shell/look/runs.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include "shell/look/type.hpp"
#include "tests/shell/stage.hpp"
#include "tests/shell/states.hpp"

namespace foyer::shell {
namespace {

// Half an em for each byte of a run; draws a filled box from its left end up to its width.
class BoxHost final : public RunHost {
 public:
  float width(const std::string& run, float em, bool) override {
    ++measured;
    return em * 0.5F * static_cast<float>(run.size());
  }
  void draw(const std::string& run, float em, bool semibold, std::uint32_t color,
            const Picture& into) override {
    drawn.push_back(run);
    const int from = static_cast<int>(into.left),
              to = std::min(into.width, from + static_cast<int>(width(run, em, semibold)));
    for (int y = 0; y < static_cast<int>(into.baseline); ++y)
      for (int x = from; x < to; ++x) {
        std::uint8_t* pixel = into.pixels + 4 * (y * into.width + x);
        for (unsigned part = 0; part < 3; ++part)
          pixel[part] = static_cast<std::uint8_t>(color >> (16 - 8 * part));
        pixel[3] = 255;
      }
  }
  int measured = 0;
  std::vector<std::string> drawn{};
};

class Runs : public testing::Test {
 protected:
  Runs() { lend_runs(&host); }
  ~Runs() override { lend_runs(nullptr); }
  BoxHost host;
};

void expect_split(std::string_view text, std::string_view before, std::string_view run,
                  std::string_view after) {
  const Split parts = split_runs(text);
  EXPECT_EQ(parts.before, before) << text;
  EXPECT_EQ(parts.run, run) << text;
  EXPECT_EQ(parts.after, after) << text;
}

TEST_F(Runs, WhatTheOwnFontHasStaysWithIt) {
  for (const char* own : {"", "Kitchen", "Küche – Süd", "Œuvre", "Łazienka", "20,5 °C → 21 °C", "“Ça” … €"})
    expect_split(own, own, "", "");
}

TEST_F(Runs, TheHostGetsFromTheFirstForeignLetterToTheLast) {
  expect_split("Дом", "", "Дом", "");
  expect_split("Cuisine 🍳", "Cuisine ", "🍳", "");
  expect_split("Дом 2", "", "Дом", " 2");
  expect_split("A 客厅 and 寝室 B", "A ", "客厅 and 寝室", " B");
}

TEST_F(Runs, WhereLettersRunFromTheRightTheOrderIsTheHosts) {
  expect_split("Salon مطبخ 2", "", "Salon مطبخ 2", "");
  expect_split("מטבח 2", "", "מטבח 2", "");
}

TEST_F(Runs, AMarkBringsTheLetterItStandsOn) {
  expect_split("re\xCC\x81sume", "r", "e\xCC\x81", "sume");
  expect_split("No 1\xEF\xB8\x8F\xE2\x83\xA3", "No ", "1\xEF\xB8\x8F\xE2\x83\xA3", "");
}

TEST_F(Runs, ACharacterIsWhatPeopleCount) {
  for (const char* one :
       {"e", "e\xCC\x81", "👨‍👩‍👧‍👦", "👍🏽", "🇫🇷", "1\xEF\xB8\x8F\xE2\x83\xA3", "客"}) {
    const std::string text = std::string(one) + "x";
    EXPECT_EQ(character_end(text, 0), std::string(one).size()) << one;
  }
  EXPECT_EQ(character_end("🇫🇷🇮🇹", 0), std::string("🇫🇷").size());
}

TEST_F(Runs, WidthIsThatOfBothAndIsAskedForOnce) {
  test::Stage stage(test::pictured_home());
  const float own = text_width("Cuisine ", Type::body, 1);
  const int before = host.measured;
  const float both = text_width("Cuisine 🍳", Type::body, 1);
  EXPECT_FLOAT_EQ(both, own + run_width("🍳", em_size(Type::body, 1), false));
  EXPECT_FLOAT_EQ(text_width("Cuisine 🍳", Type::body, 1), both);
  EXPECT_EQ(host.measured, before + 1);
}

TEST_F(Runs, ACutNeverParts) {
  test::Stage stage(test::pictured_home());
  const std::string family = "👨‍👩‍👧‍👦", name = family + family + family;
  const float two = text_width(family + family, Type::body, 1);
  EXPECT_EQ(ellipsize(name, Type::body, 1, two + text_width("…", Type::body, 1) + 1), family + family + "…");
  for (const std::string& line : wrap(name, Type::body, 1, two + 1))
    EXPECT_EQ(line.size() % family.size(), 0U) << line;
}

TEST_F(Runs, WithoutAHostEverythingIsTheOwnFonts) {
  lend_runs(nullptr);
  expect_split("Дом", "Дом", "", "");
}

State named(const char* name) {
  State state = test::pictured_home();
  state.plants.front().modules.front().name = name;
  return state;
}

// Pixels of the atlas that have this colour, or any colour, and are not white.
int colored(std::uint32_t color) {
  const ImTextureData& texture = *ImGui::GetIO().Fonts->TexData;
  int count = 0;
  for (int i = 0; i < texture.Width * texture.Height; ++i) {
    const std::uint8_t* pixel = texture.Pixels + 4 * i;
    count += pixel[3] == 255 && pixel[0] == ((color >> 16) & 255) && pixel[1] == ((color >> 8) & 255) &&
                     pixel[2] == (color & 255)
                 ? 1
                 : 0;
  }
  return count;
}

TEST_F(Runs, ATileShowsAForeignNameOnceDrawnInItsInk) {
  test::Stage stage(named("客厅"));
  stage.settle();
  ASSERT_FALSE(host.drawn.empty());
  EXPECT_EQ(std::ranges::count(host.drawn, "客厅"), 1);
  EXPECT_GT(colored(light_palette()[Token::ink]), 50);
  const auto first = host.drawn.size();
  stage.settle();
  EXPECT_EQ(host.drawn.size(), first) << "a picture is kept";
}

TEST_F(Runs, AHomeWithoutSuchNamesAsksNothing) {
  test::Stage stage(test::pictured_home());
  stage.settle();
  EXPECT_EQ(host.measured, 0);
  EXPECT_TRUE(host.drawn.empty());
}

// A thousand rooms seen one after the other: pictures that are not in sight make room.
TEST_F(Runs, TheAtlasDoesNotGrowForEver) {
  test::Stage stage(test::pictured_home());
  ImDrawList list(ImGui::GetDrawListSharedData());
  for (int i = 0; i < 1000; ++i) {
    stage.frame();
    list._ResetForNewFrame();
    list.PushTexture(ImGui::GetIO().Fonts->TexRef);
    draw_run(list, "屋" + std::to_string(i), {0, 0}, 30, true, 0x102030, 3);
  }
  EXPECT_EQ(host.drawn.size(), 1000U);
  const ImTextureData& texture = *ImGui::GetIO().Fonts->TexData;
  EXPECT_LE(texture.Width * texture.Height, 4096 * 4096 / 2);
}

}  // namespace
}  // namespace foyer::shell
