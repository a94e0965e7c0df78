// Layout from 320 to 2560 px and with large text: nothing overlaps, no text leaves its place.
#include <gtest/gtest.h>

#include "shell/look/type.hpp"
#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

using test::Stage;

bool overlap(const Rect& a, const Rect& b) {
  return a.x + 0.5F < b.x + b.w && b.x + 0.5F < a.x + a.w && a.y + 0.5F < b.y + b.h && b.y + 0.5F < a.y + a.h;
}

// Texts of one layer, as drawn.
std::vector<Item> texts(const Page& page, Layer layer) {
  std::vector<Item> found;
  for (const Group& group : page.groups)
    if (group.layer == layer)
      for (std::uint32_t at = group.first; at < group.last; ++at)
        if (page.items[at].kind == Item::Kind::text && !page.items[at].text.empty())
          found.push_back(page.items[at]);
  return found;
}

void expect_tidy(const Stage& stage, const std::string& where) {
  const Page& page = stage.interface.page();
  for (Layer layer : {Layer::main, Layer::rail, Layer::panel, Layer::bar}) {
    if (!page.area(layer).used) continue;
    const auto all = texts(page, layer);
    const Rect clip = page.area(layer).clip;
    const float left = layer == Layer::bar ? 0 : clip.x;
    for (std::size_t one = 0; one < all.size(); ++one) {
      EXPECT_GE(all[one].rect.x, left - 0.5F) << all[one].text << where;
      EXPECT_LE(all[one].rect.x + all[one].rect.w, left + clip.w + 0.5F) << all[one].text << where;
      for (std::size_t two = one + 1; two < all.size(); ++two)
        EXPECT_FALSE(overlap(all[one].rect, all[two].rect))
            << all[one].text << " / " << all[two].text << where;
    }
  }
}

class Width : public testing::TestWithParam<int> {};

TEST_P(Width, NoTextOverlapsAnotherOrLeavesItsLayer) {
  const auto width = static_cast<float>(GetParam());
  for (auto which : {Route::View::home, Route::View::module, Route::View::scenes, Route::View::energy,
                     Route::View::topology, Route::View::problems, Route::View::settings}) {
    State state = test::with_thermostat();
    state.route.view = which;
    Stage stage(std::move(state), width, 900);
    expect_tidy(stage,
                " at " + std::to_string(GetParam()) + " view " + std::to_string(static_cast<int>(which)));
  }
  Stage welcome(test::welcome(), width, 900);
  expect_tidy(welcome, " at " + std::to_string(GetParam()) + " welcome");
}

INSTANTIATE_TEST_SUITE_P(Widths, Width,
                         testing::Values(320, 360, 390, 480, 699, 700, 820, 1024, 1099, 1100, 1280, 1440,
                                         1920, 2560));

TEST(Layout, TextOfATileStaysInsideTheTileHoweverLongItIs) {
  State state = test::pictured_home();
  for (Module& module : state.plants[0].modules)
    module.name = "A name that somebody made very, very long on purpose " + module.name;
  state.commands.begin()->second.picture = CommandState::Picture::failed;
  state.commands.begin()->second.text = "A reason that is much longer than any tile could ever be wide";
  for (float width : {320.0F, 390.0F, 900.0F, 1440.0F}) {
    Stage stage(state, width, 900);
    const Page& page = stage.interface.page();
    for (std::size_t node = 0; node < page.nodes.size(); ++node) {
      if (page.nodes[node].role != Role::listitem) continue;
      const Rect tile = page.places[node].rect;
      for (const Item& item : page.items) {
        const bool inside = item.rect.y >= tile.y && item.rect.y < tile.y + tile.h && item.rect.x >= tile.x &&
                            item.rect.x < tile.x + tile.w;
        if (inside && item.kind == Item::Kind::text)
          EXPECT_LE(item.rect.x + item.rect.w, tile.x + tile.w - 10) << item.text;
      }
    }
  }
}

TEST(Layout, LargeTextStaysTidy) {
  for (float scale : {1.25F, 1.5F, 2.0F})
    for (float width : {390.0F, 1000.0F, 1440.0F}) {
      Appearance look;
      look.text_scale = scale;
      Stage stage(test::pictured_home(), width, 900, look);
      const auto all = texts(stage.interface.page(), Layer::main);
      for (std::size_t one = 0; one < all.size(); ++one)
        for (std::size_t two = one + 1; two < all.size(); ++two)
          EXPECT_FALSE(overlap(all[one].rect, all[two].rect))
              << all[one].text << " / " << all[two].text << " " << scale << " " << width;
    }
}

TEST(Type, EllipsisCutsToTheWidthAndKeepsWholeCharacters) {
  Stage stage(test::pictured_home());
  const std::string cut = ellipsize("Éclairage extérieur", Type::name, 1, 80);
  EXPECT_LE(text_width(cut, Type::name, 1), 80);
  EXPECT_TRUE(cut.ends_with("…"));
  EXPECT_EQ(ellipsize("Short", Type::name, 1, 200), "Short");
}

TEST(Type, WrappingBreaksAtSpacesAndBreaksWordsThatAreTooLong) {
  Stage stage(test::pictured_home());
  for (const std::string& line :
       wrap("one two three four five sixteenhundredandtwentyfour", Type::body, 1, 90))
    EXPECT_LE(text_width(line, Type::body, 1), 90) << line;
  const auto address = wrap("/plants/{plantId}/modules/parameter/id/value/{moduleId}", Type::body, 1, 160);
  EXPECT_GT(address.size(), 1U);
  for (const std::string& line : address)
    EXPECT_EQ(line.front(), '/') << "broken before a slash, not in the middle of a word: " << line;
  EXPECT_EQ(wrap("", Type::body, 1, 90).size(), 1U);
  EXPECT_EQ(wrap("a b c d e f g h i j k l m n", Type::body, 1, 40, 2).size(), 2U);
}

TEST(Type, FiguresAreTabularAndAccentsArePresent) {
  Stage stage(test::pictured_home());
  EXPECT_EQ(text_width("111", Type::body, 1), text_width("888", Type::body, 1));
  for (const char* letter : {"é", "ç", "ž", "ł", "…", "°", "–", "≥", "·"})
    EXPECT_GT(text_width(letter, Type::body, 1), 1) << letter;
}

}  // namespace
}  // namespace foyer::shell
