// No frame without a reason.
#include <gtest/gtest.h>

#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

using test::Stage;

TEST(Frame, WhenNothingHappensTheNextOneIsDueWhenATextChanges) {
  Stage stage(test::pictured_home());
  const FrameNeed need = stage.settle();
  ASSERT_TRUE(need.within);
  EXPECT_GT(*need.within, Millis(10'000)) << "ten idle seconds need no frame";
  EXPECT_LE(*need.within, Minutes(1));
  EXPECT_EQ(need.reason, "a text changes");
}

TEST(Frame, WithoutAnythingThatAgesThereIsNoNextOne) {
  Stage stage(test::welcome());
  EXPECT_FALSE(stage.settle().within);
}

TEST(Frame, APageIsBuiltOnceHoweverOftenItIsDrawn) {
  Stage stage(test::pictured_home());
  const auto builds = stage.interface.builds();
  for (int frame = 0; frame < 50; ++frame) stage.frame();
  EXPECT_EQ(stage.interface.builds(), builds);
}

TEST(Frame, AnAgeIsWrittenAnewWhenItsTimeHasCome) {
  Stage stage(test::pictured_home());
  EXPECT_EQ(stage.node("module/demo:stale")->description, "Off · 17 min ago");
  stage.time.advance(Minutes(1));
  stage.settle();
  EXPECT_EQ(stage.node("module/demo:stale")->description, "Off · 18 min ago");
}

TEST(Frame, SmoothScrollingEnds) {
  Appearance look;
  Stage stage(test::pictured_home(), 1000, 700, look);
  look.reduced_motion = false;
  stage.interface.set_appearance(look);
  stage.settle();
  stage.move(500, 400);
  ImGui::GetIO().AddMouseWheelEvent(0, -2);
  const FrameNeed need = stage.frame();
  ASSERT_TRUE(need.within);
  EXPECT_EQ(need.reason, "scrolling");
  stage.settle();
}

TEST(Frame, ReducedMotionScrollsAtOnce) {
  Stage stage(test::pictured_home(), 1000, 700);
  const float before = stage.node("module/demo:ceiling")->bounds.y;
  stage.move(500, 400);
  ImGui::GetIO().AddMouseWheelEvent(0, -2);
  stage.frame();
  EXPECT_NEAR(stage.node("module/demo:ceiling")->bounds.y, before - 200, 1);
}

TEST(Frame, TheViewComesBackWhereItWasLeft) {
  Stage stage(test::big_home(200), 900, 700);
  stage.move(500, 400);
  stage.wheel(-8);
  const float left = stage.node("room/demo:room0/heading")->bounds.y;
  stage.state.route.view = Route::View::module;
  stage.state.route.module = ModuleId("demo:60");
  stage.change();
  stage.state.route.view = Route::View::home;
  stage.state.route.module = {};
  stage.change();
  EXPECT_EQ(stage.node("room/demo:room0/heading")->bounds.y, left);
}

TEST(Frame, ALargeHomeIsBuiltNearTheViewOnlyAndDrawsTheSame) {
  Stage stage(test::big_home(10'000));
  EXPECT_LT(stage.interface.page().items.size(), 4000U);
  stage.move(500, 400);
  for (int step = 0; step < 40; ++step) {
    stage.wheel(-7);
    int tiles = 0;
    for (const Node& node : stage.interface.nodes()) tiles += node.role == Role::listitem && node.on_screen;
    EXPECT_GE(tiles, 8) << "after " << step;
  }
}

TEST(Frame, AHeadingFarAwayIsInItsPlaceWhenItComesIntoView) {
  Stage stage(test::big_home(1000));
  stage.move(500, 400);
  for (int step = 0; step < 30; ++step) {
    stage.wheel(-7);
    const Node* last = nullptr;
    for (const Node& node : stage.interface.nodes()) {
      if (node.role != Role::heading || node.level != 2) continue;
      if (last != nullptr) EXPECT_GT(node.bounds.y, last->bounds.y) << node.id;
      last = node.on_screen ? &node : last;
    }
    ASSERT_NE(last, nullptr);
  }
}

TEST(Frame, TheThemeOfThePersonWinsOverTheSystem) {
  Appearance look;
  look.dark = true;
  Stage stage(test::pictured_home(), 1440, 900, look);
  auto ground = [&] { return ImGui::GetDrawData()->CmdLists[0]->VtxBuffer[0].col & 0xFFU; };
  EXPECT_EQ(ground(), dark_palette()[Token::ground] >> 16);
  stage.state.theme = Theme::light;
  stage.change();
  EXPECT_EQ(ground(), light_palette()[Token::ground] >> 16);
}

}  // namespace
}  // namespace foyer::shell
