// What shell/layout promises: widths go down, heights come up, order stays.
#include <gtest/gtest.h>

#include "shell/views/home_plan.hpp"
#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

// A page of its own beside a stage, which lends its fonts.
struct Sheet_ {
  test::Stage stage{test::pictured_home()};
  Page page{};
  Memory memory{};
  HomePlan plan{};
  Builder b;
  explicit Sheet_(float width = 400, Appearance look = {})
      : b{page, stage.state, memory, plan, metrics(width, 800, look), Times(test::evening(), Minutes(0))} {
    b.main_area = {0, 0, width, 800};
    b.everything = true;
  }
  const Rect& at(std::string_view id) const {
    return page.places[static_cast<std::size_t>(page.find(id))].rect;
  }
  void put(Body body) {
    b.sheet(Layer::main, b.main_area, Token::none, kEdge, body);
    b.finish();
  }
  void leaf(const char* id, float w, float h) {
    const Rect rect = b.take(w, h);
    b.box(rect, Token::ink, 0);
    b.node({.id = id, .role = Role::text, .name = id}, rect);
  }
};

// The example of shell/layout/flow.hpp.
void soup(Builder& b, const std::vector<std::string>& recipes) {
  b.view({.title = W::scenes}, [&] {
    b.split([&] { b.paragraph("hint", Type::body, Token::ink2, "What there is today"); },
            [&] { b.button({.id = "again", .label = "Look again"}, Intent{intent::Refresh{}}); });
    b.list({}, recipes.size(), [&](std::size_t n) {
      b.card({.link = {.id = recipes[n], .role = Role::link, .name = recipes[n]}, .action = go({})},
             [&] { b.line(Type::name, Token::ink, recipes[n]); });
    });
  });
}

TEST(Flow, TheExampleStandsWhereItSays) {
  Sheet_ sheet(900);
  soup(sheet.b, {"Leek", "Onion", "Pumpkin"});
  sheet.b.finish();
  EXPECT_LT(sheet.at("hint").x, sheet.at("again").x) << "beside each other";
  EXPECT_LT(sheet.at("again").y, sheet.at("Leek").y);
  EXPECT_GE(sheet.at("Onion").y, sheet.at("Leek").y + sheet.at("Leek").h + 8);
  EXPECT_EQ(sheet.at("Pumpkin").w, 900 - 48);
  EXPECT_GE(sheet.page.area(Layer::main).extent, sheet.at("Pumpkin").y + sheet.at("Pumpkin").h);
}

TEST(Flow, AColumnPutsOneBelowTheOther) {
  Sheet_ sheet;
  sheet.put([&] {
    sheet.b.column({.gap = Space::small}, [&] {
      sheet.leaf("a", 50, 20);
      sheet.leaf("b", 60, 30);
    });
    sheet.leaf("c", 10, 10);
  });
  EXPECT_EQ(sheet.at("a"), (Rect{0, 0, 50, 20}));
  EXPECT_EQ(sheet.at("b"), (Rect{0, 28, 60, 30}));
  EXPECT_EQ(sheet.at("c"), (Rect{0, 58, 10, 10}));
}

TEST(Flow, ARowPutsThemBesideEachOtherWithTheirMiddlesInLine) {
  Sheet_ sheet;
  sheet.put([&] {
    sheet.b.row({}, [&] {
      sheet.leaf("a", 50, 40);
      sheet.leaf("b", 60, 20);
      sheet.b.spring();
      sheet.leaf("c", 30, 10);
    });
  });
  EXPECT_EQ(sheet.at("a"), (Rect{0, 0, 50, 40}));
  EXPECT_EQ(sheet.at("b"), (Rect{58, 10, 60, 20}));
  EXPECT_EQ(sheet.at("c"), (Rect{370, 15, 30, 10})) << "pushed to the right end";
}

TEST(Flow, AWrapGoesOnInANewLine) {
  Sheet_ sheet(100);
  sheet.put([&] {
    sheet.b.wrap({}, [&] {
      sheet.leaf("a", 50, 20);
      sheet.leaf("b", 30, 20);
      sheet.leaf("c", 30, 20);
    });
    sheet.leaf("d", 10, 10);
  });
  EXPECT_EQ(sheet.at("b"), (Rect{58, 0, 30, 20}));
  EXPECT_EQ(sheet.at("c"), (Rect{0, 28, 30, 20}));
  EXPECT_EQ(sheet.at("d").y, 48);
}

TEST(Flow, ASplitStandsBelowWhereTheRoomIsTooSmall) {
  for (const float width : {400.0F, 200.0F}) {
    Sheet_ sheet(width);
    sheet.put([&] { sheet.b.split([&] { sheet.leaf("a", 40, 20); }, [&] { sheet.leaf("b", 90, 20); }); });
    EXPECT_EQ(sheet.at("b").x, width > 300 ? 310 : 0);
    EXPECT_EQ(sheet.at("b").y, width > 300 ? 0 : 28);
  }
}

// Every seventh row breaks into two lines.
float row_height(std::size_t row) { return row % 7 == 3 ? 60.0F : 25.0F; }
constexpr std::size_t kRows = 400;

TEST(Flow, EveryRowOfAListIsAsHighAsItIs) {
  KeptHeights kept;
  test::Stage stage(test::pictured_home());
  Memory memory;
  HomePlan plan;
  const auto look = [&](float from, bool everything) {
    Page page;
    Builder b{page, stage.state, memory, plan, metrics(400, 800, {}), Times(test::evening(), Minutes(0))};
    b.main_area = {0, 0, 400, 800};
    b.heights = &kept;
    b.everything = everything;
    b.window_top = from;
    b.window_bottom = from + 800;
    b.sheet(Layer::main, b.main_area, Token::none, kEdge, [&] {
      b.list({.gap = Space::fine}, kRows, [&](std::size_t at) {
        const Rect rect = b.take(100, row_height(at));
        b.node({.id = "row/" + std::to_string(at), .role = Role::text, .name = "x"}, rect);
      });
    });
    b.finish();
    float bottom = -1;
    for (const Place& place : page.places) {
      EXPECT_GE(place.rect.y, bottom) << "rows lie on each other";
      bottom = place.rect.y + place.rect.h;
    }
    return page;
  };
  float height = 0;
  for (std::size_t at = 0; at < kRows; ++at) height += row_height(at) + 4;
  height -= 4;
  const Page first = look(0, false);
  EXPECT_LT(first.nodes.size(), 60U) << "only what is near";
  EXPECT_NE(first.area(Layer::main).extent, height) << "nobody saw the rest";
  for (float from = 0; from < height; from += 700) look(from, false);
  EXPECT_EQ(look(0, false).area(Layer::main).extent, height) << "everything was seen and is kept";
  const Page far = look(height - 800, false);
  const Place& last = far.places.back();
  EXPECT_EQ(far.nodes.back().id, "row/399");
  EXPECT_EQ(last.rect.y + last.rect.h, height);
  EXPECT_EQ(look(0, true).area(Layer::main).extent, height);
}

TEST(Flow, ACardEndsWhereItsContentEnds) {
  Sheet_ sheet;
  sheet.put([&] {
    sheet.b.card({.pad = Space::wide, .gap = Space::small, .parent = {.id = "card", .role = Role::region}},
                 [&] {
                   sheet.leaf("a", 50, 20);
                   sheet.leaf("b", 60, 500);
                 });
    sheet.leaf("c", 10, 10);
  });
  EXPECT_EQ(sheet.at("card"), (Rect{0, 0, 400, 568}));
  EXPECT_EQ(sheet.at("c").y, 568);
  EXPECT_EQ(sheet.page.nodes[static_cast<std::size_t>(sheet.page.find("a"))].parent, "card");
  EXPECT_EQ(sheet.page.nodes[static_cast<std::size_t>(sheet.page.find("c"))].parent, "");
}

TEST(Flow, ACardOfKnownHeightKeepsItAndSpringsPushDown) {
  Sheet_ sheet;
  sheet.put([&] {
    sheet.b.card({.pad = Space::wide, .height = 200}, [&] {
      sheet.leaf("a", 50, 20);
      sheet.b.spring();
      sheet.leaf("b", 60, 30);
    });
    sheet.leaf("c", 10, 10);
  });
  EXPECT_EQ(sheet.at("a").y, 20);
  EXPECT_EQ(sheet.at("b").y, 150);
  EXPECT_EQ(sheet.at("c").y, 200);
}

TEST(Flow, AListBuildsOnlyWhatIsNearTheWindow) {
  Sheet_ sheet;
  sheet.b.everything = false;
  sheet.b.window_top = 10'000;
  sheet.b.window_bottom = 12'000;
  std::size_t built = 0, least = 10'000;
  sheet.put([&] {
    sheet.b.list({.gap = Space::none}, 10'000, [&](std::size_t at) {
      ++built;
      if (at > 0) least = std::min(least, at);
      sheet.leaf(std::to_string(at).c_str(), 50, 20);
    });
    sheet.leaf("after", 10, 10);
  });
  EXPECT_LT(built, 110U);
  EXPECT_EQ(least, 500U);
  EXPECT_EQ(sheet.at("500").y, 10'000);
  EXPECT_EQ(sheet.at("after").y, 200'000);
}

TEST(Flow, AListHasAsManyColumnsAsFit) {
  Sheet_ sheet(400);
  sheet.put([&] {
    sheet.b.list({.gap = Space::gap, .least = Size::tile_least}, 4,
                 [&](std::size_t at) { sheet.leaf(std::to_string(at).c_str(), sheet.b.room(), 20); });
  });
  EXPECT_EQ(sheet.at("2").y, 0);
  EXPECT_EQ(sheet.at("3").y, 30);
  EXPECT_NEAR(sheet.at("0").w, 380.0F / 3, 0.01F);
}

TEST(Flow, GroupsEndWhereTheirItemsEnd) {
  Sheet_ sheet;
  sheet.put([&] {
    sheet.leaf("a", 50, 20);
    sheet.b.card({.pad = Space::none}, [&] { sheet.leaf("b", 50, 3000); });
  });
  for (const Group& group : sheet.page.groups)
    for (std::uint32_t at = group.first; at < group.last; ++at) {
      EXPECT_LE(group.top, sheet.page.items[at].rect.y);
      EXPECT_GE(group.bottom, sheet.page.items[at].rect.y + sheet.page.items[at].rect.h);
    }
  EXPECT_EQ(sheet.page.groups.back().bottom, 3020);
}

TEST(Flow, MeasuringLeavesNothingBehind) {
  Sheet_ sheet;
  sheet.put([&] {
    const Flow::Extent extent = sheet.b.measure(200, [&] {
      sheet.b.paragraph("p", Type::body, Token::ink,
                        "Words that go on and on until they need a second line and a third");
    });
    EXPECT_GE(extent.h, 44);
    EXPECT_LE(extent.w, 200);
  });
  EXPECT_TRUE(sheet.page.nodes.empty());
  EXPECT_TRUE(sheet.page.items.empty());
}

TEST(Flow, WhatIsCutIsTheTitleOfWhatCanBePressedAroundIt) {
  Sheet_ sheet(120);
  const std::string name = "A name that somebody made very long on purpose";
  sheet.put([&] {
    sheet.b.card({.link = {.id = "card", .role = Role::link, .name = name}, .action = go({})},
                 [&] { sheet.b.line(Type::name, Token::ink, name); });
    sheet.b.label("label", Type::small, Token::ink, name);
  });
  EXPECT_EQ(sheet.page.nodes[static_cast<std::size_t>(sheet.page.find("card"))].title, name);
  EXPECT_EQ(sheet.page.nodes[static_cast<std::size_t>(sheet.page.find("label"))].title, name);
}

TEST(Flow, SizesThatHoldTextGrowWithIt) {
  Appearance look;
  look.text_scale = 2;
  EXPECT_EQ(metrics(1440, 900, look).px(Size::tile), 2 * metrics(1440, 900, {}).px(Size::tile));
  EXPECT_EQ(metrics(1440, 900, look).px(Space::page), metrics(1440, 900, {}).px(Space::page));
  EXPECT_TRUE(metrics(1300, 900, look).phone) << "there is as little room for words as on a phone";
}

}  // namespace
}  // namespace foyer::shell
