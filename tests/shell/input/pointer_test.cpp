// Pointer: sliders commit on release, a cancelled drag restores, fingers scroll without moving anything.
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

using test::Stage;

const char* const kSlider = "module/demo:floor/level";

Appearance by_touch() {
  Appearance look;
  look.touch = true;
  return look;
}

TEST(Slider, FollowsThePointerAndSendsOnlyWhenLetGo) {
  Stage stage(test::pictured_home());
  const Rect at = stage.node(kSlider)->bounds;
  stage.press(at.x + at.w * 0.5F, at.y + at.h / 2);
  stage.move(at.x + at.w * 0.7F, at.y + at.h / 2);
  stage.frame();
  EXPECT_NEAR(*stage.node(kSlider)->value, 70, 1);
  EXPECT_TRUE(stage.sent.empty()) << "calls are money: nothing while dragging";
  stage.move(at.x + at.w * 0.8F, at.y + at.h / 2);
  stage.release();
  ASSERT_EQ(stage.sent.size(), 1U);
  const auto* send = stage.last_sent<intent::Send>();
  ASSERT_NE(send, nullptr);
  EXPECT_NEAR(std::get<double>(send->command.value), 80, 1);
}

TEST(Slider, EscapeDuringADragRestores) {
  Stage stage(test::pictured_home());
  const Rect at = stage.node(kSlider)->bounds;
  stage.press(at.x + at.w * 0.9F, at.y + at.h / 2);
  stage.frame();
  stage.key(ImGuiKey_Escape);
  stage.release();
  EXPECT_EQ(stage.node(kSlider)->value, 40);
  EXPECT_TRUE(stage.sent.empty());
}

TEST(Slider, AClickWithoutChangeSendsNothing) {
  Stage stage(test::pictured_home());
  const Rect at = stage.node(kSlider)->bounds;
  stage.press(at.x + at.w * 0.4F, at.y + at.h / 2);
  stage.release();
  EXPECT_TRUE(stage.sent.empty());
}

TEST(Slider, ValuesStayOnTheirSteps) {
  State state = test::pictured_home();
  state.plants[0].modules[1].capabilities[1].range = Range{0, 100, 25};
  Stage stage(std::move(state));
  const Rect at = stage.node(kSlider)->bounds;
  stage.press(at.x + at.w * 0.7F, at.y + at.h / 2);
  stage.release();
  EXPECT_EQ(std::get<double>(stage.last_sent<intent::Send>()->command.value), 75);
}

TEST(Links, AreWhatAPressThereWouldReach) {
  Stage stage(test::pictured_home());
  const Node* tile = stage.node("module/demo:floor");
  ASSERT_NE(tile, nullptr);
  const std::string route = tile->place;
  ASSERT_FALSE(route.empty());
  const auto middle = [&](const Rect& at) {
    return stage.interface.link_at(at.x + at.w / 2, at.y + at.h / 2);
  };
  const Rect box = tile->bounds, slider = stage.node(kSlider)->bounds;
  EXPECT_EQ(stage.interface.link_at(box.x + 2, box.y + 2), route);
  EXPECT_EQ(middle(slider), "") << "the slider lies over the tile";
  EXPECT_EQ(stage.interface.link_at(-1, -1), "");
  EXPECT_EQ(middle(stage.node("nav/scenes")->bounds), stage.node("nav/scenes")->place);
  stage.click("plants");
  EXPECT_EQ(stage.interface.link_at(box.x + 2, box.y + 2), "") << "under an open menu only the menu reacts";
}

TEST(Touch, ScrollingOverASliderMovesTheViewAndNotTheSlider) {
  Stage stage(test::pictured_home(), 390, 700, by_touch());
  stage.finger(true);
  const Rect at = stage.node(kSlider)->bounds;
  stage.press(at.x + at.w * 0.8F, at.y + at.h / 2);
  for (int step = 1; step <= 10; ++step)
    stage.move(at.x + at.w * 0.8F, at.y + at.h / 2 - static_cast<float>(step) * 12);
  stage.release();
  EXPECT_LT(stage.node(kSlider)->bounds.y, at.y - 80);
  EXPECT_EQ(stage.node(kSlider)->value, 40);
  EXPECT_TRUE(stage.sent.empty());
}

TEST(Touch, HoldingATileAsksWhatCanBeDoneWithItAndPressesNothing) {
  Stage stage(test::pictured_home(), 390, 700, by_touch());
  stage.finger(true);
  const Rect tile = stage.node("module/demo:floor")->bounds;
  stage.press(tile.x + 3, tile.y + 3);
  const FrameNeed need = stage.frame();
  ASSERT_TRUE(need.within) << "the moment when it is long enough";
  EXPECT_LE(*need.within, Millis(500));
  stage.time.advance(Millis(300));
  stage.frame();
  EXPECT_EQ(stage.node("menu/favourite"), nullptr);
  stage.time.advance(Millis(300));
  stage.settle();
  ASSERT_NE(stage.node("menu/favourite"), nullptr);
  stage.release();
  stage.settle();
  EXPECT_TRUE(stage.sent.empty());
  EXPECT_NE(stage.node("menu/favourite"), nullptr) << "letting go closes nothing";
  stage.click("menu/favourite");
  const auto* sent = stage.last_sent<intent::Arrange>();
  ASSERT_NE(sent, nullptr);
  EXPECT_EQ(sent->wish.what, ArrangementChange::What::favourite);
  EXPECT_EQ(sent->wish.id, "demo:floor");
}

TEST(Touch, HoldingASliderOrMovingAwayOpensNothing) {
  for (const bool slider : {true, false}) {
    Stage stage(test::pictured_home(), 390, 700, by_touch());
    stage.finger(true);
    const Rect at = stage.node(slider ? kSlider : "module/demo:floor")->bounds;
    stage.press(at.x + 3, at.y + 3);
    if (!slider) stage.move(at.x + 3, at.y - 40);
    stage.time.advance(Millis(700));
    stage.frame();
    stage.release();
    EXPECT_EQ(stage.node("menu/favourite"), nullptr) << slider;
  }
}

TEST(Touch, AScrollThatBeginsAsideOfASliderMovesTheViewAndSendsNothing) {
  const std::vector<std::vector<std::pair<float, float>>> ways = {
      {{10, -4}, {14, -20}, {15, -60}, {15, -140}},
      {{-12, 3}, {-14, 30}, {-10, 60}, {-8, 120}},
      {{9, 0}, {25, -6}, {28, -40}, {30, -150}},
  };
  for (const auto& way : ways) {
    Stage stage(test::pictured_home(), 390, 700, by_touch());
    stage.finger(true);
    const Rect at = stage.node(kSlider)->bounds;
    const float x = at.x + at.w * 0.5F, y = at.y + at.h / 2;
    stage.press(x, y);
    for (const auto& [dx, dy] : way) {
      stage.move(x + dx, y + dy);
      stage.frame();
    }
    stage.release();
    EXPECT_EQ(stage.node(kSlider)->value, 40);
    EXPECT_TRUE(stage.sent.empty());
  }
}

TEST(Touch, ASliderThatIsBeingDraggedMayWander) {
  Stage stage(test::pictured_home(), 390, 1500, by_touch());
  stage.finger(true);
  const Rect at = stage.node(kSlider)->bounds;
  const float x = at.x + at.w * 0.4F, y = at.y + at.h / 2;
  stage.press(x, y);
  for (const auto& [dx, dy] : {std::pair{20.0F, 2.0F}, {60.0F, 10.0F}, {60.0F, 70.0F}}) {
    stage.move(x + dx, y + dy);
    stage.frame();
  }
  stage.release();
  EXPECT_EQ(stage.sent.size(), 1U);
}

TEST(Touch, ScrollingOverATileOpensNothing) {
  Stage stage(test::pictured_home(), 390, 700, by_touch());
  stage.finger(true);
  const Rect at = stage.node("module/demo:ceiling")->bounds;
  stage.press(at.x + 40, at.y + 100);
  for (int step = 1; step <= 6; ++step) stage.move(at.x + 40, at.y + 100 - static_cast<float>(step) * 10);
  stage.release();
  EXPECT_TRUE(stage.sent.empty());
}

TEST(Touch, GoingSidewaysMovesTheSlider) {
  Stage stage(test::pictured_home(), 390, 1500, by_touch());
  stage.finger(true);
  const Rect at = stage.node(kSlider)->bounds;
  stage.press(at.x + at.w * 0.4F, at.y + at.h / 2);
  for (int step = 1; step <= 6; ++step)
    stage.move(at.x + at.w * (0.4F + 0.08F * static_cast<float>(step)), at.y + at.h / 2);
  stage.release();
  ASSERT_EQ(stage.sent.size(), 1U);
  EXPECT_NEAR(std::get<double>(stage.last_sent<intent::Send>()->command.value), 88, 2);
}

TEST(Touch, ATapSetsTheSliderWhereTheFingerWas) {
  Stage stage(test::pictured_home(), 390, 1500, by_touch());
  stage.finger(true);
  const Rect at = stage.node(kSlider)->bounds;
  stage.press(at.x + at.w * 0.6F, at.y + at.h / 2);
  stage.release();
  ASSERT_EQ(stage.sent.size(), 1U);
  EXPECT_NEAR(std::get<double>(stage.last_sent<intent::Send>()->command.value), 60, 2);
}

TEST(Touch, TargetsAreAtLeastFortyFourPixels) {
  Stage stage(test::pictured_home(), 390, 844, by_touch());
  for (const Node& node : stage.interface.nodes()) {
    if (!node.operable) continue;
    EXPECT_GE(node.bounds.h, 43.9F) << node.id;
    if (node.role != Role::link) EXPECT_GE(node.bounds.w, 43.0F) << node.id;
  }
}

TEST(Dial, DraggingTheRingSetsTheSetpointOnRelease) {
  Stage stage(test::with_thermostat());
  const char* dial = "control/demo:22220000aaaabbbb00002222/setpoint";
  const Rect at = stage.node(dial)->bounds;
  // Straight up is the middle of the range, 5…30 °C.
  stage.press(at.x + at.w / 2, at.y + 12);
  stage.release();
  ASSERT_EQ(stage.sent.size(), 1U);
  EXPECT_EQ(std::get<double>(stage.last_sent<intent::Send>()->command.value), 17.5);
}

TEST(Dial, PressingItsMiddleChangesNothing) {
  Stage stage(test::with_thermostat());
  const Rect at = stage.node("control/demo:22220000aaaabbbb00002222/setpoint")->bounds;
  stage.press(at.x + at.w / 2, at.y + at.h / 2);
  stage.release();
  EXPECT_TRUE(stage.sent.empty());
}

TEST(Dial, SeveralStepsOfPlusAreOneCommand) {
  Stage stage(test::with_thermostat());
  const std::string dial = "control/demo:22220000aaaabbbb00002222/setpoint";
  stage.click(dial + "/more");
  stage.click(dial + "/more");
  stage.click(dial + "/more");
  EXPECT_TRUE(stage.sent.empty());
  EXPECT_EQ(stage.node(dial)->value, 22.0);
  const FrameNeed need = stage.frame();
  ASSERT_TRUE(need.within);
  EXPECT_LE(*need.within, Millis(800));
  stage.time.advance(Millis(800));
  stage.settle();
  ASSERT_EQ(stage.sent.size(), 1U);
  EXPECT_EQ(std::get<double>(stage.last_sent<intent::Send>()->command.value), 22.0);
}

TEST(Dial, TheWheelTurnsItOnlyWhereItHasTheFocusAndLiesUnderThePointer) {
  Stage stage(test::with_thermostat());
  const std::string dial = "control/demo:22220000aaaabbbb00002222/setpoint";
  const Rect at = stage.node(dial)->bounds;
  const double now = *stage.node(dial)->value;
  stage.move(at.x + at.w / 2, at.y + at.h / 2);
  stage.wheel(1);
  stage.time.advance(Seconds(1));
  stage.settle();
  EXPECT_TRUE(stage.sent.empty()) << "only passing by";
  ASSERT_TRUE(stage.act(dial, Act::focus));
  stage.settle();
  const Rect there = stage.node(dial)->bounds;
  stage.move(there.x + there.w / 2, there.y + there.h / 2);
  stage.wheel(1);
  stage.wheel(1);
  stage.wheel(0.5F);
  stage.wheel(0.5F);
  EXPECT_TRUE(stage.sent.empty()) << "several notches are one command";
  EXPECT_EQ(stage.node(dial)->value, now + 1.5) << "0.5 °C a notch";
  stage.time.advance(Millis(800));
  stage.settle();
  ASSERT_EQ(stage.sent.size(), 1U);
  EXPECT_EQ(std::get<double>(stage.last_sent<intent::Send>()->command.value), now + 1.5);
  stage.move(500, 500);
  const float tile = stage.node("module/demo:ceiling")->bounds.y;
  stage.wheel(-1);
  EXPECT_NEAR(stage.node("module/demo:ceiling")->bounds.y, tile - 100, 1) << "elsewhere it scrolls";
}

TEST(Wheel, ScrollsTheLayerUnderThePointerAndStopsAtItsEnds) {
  Stage stage(test::with_thermostat());
  const float tile = stage.node("module/demo:ceiling")->bounds.y,
              dial = stage.node("heading/module")->bounds.y;
  stage.move(500, 500);
  stage.wheel(-1);
  EXPECT_NEAR(stage.node("module/demo:ceiling")->bounds.y, tile - 100, 1);
  EXPECT_EQ(stage.node("heading/module")->bounds.y, dial);
  stage.move(1300, 500);
  stage.wheel(-1);
  EXPECT_NEAR(stage.node("heading/module")->bounds.y, dial - 100, 1);
  stage.move(500, 500);
  stage.wheel(50);
  EXPECT_EQ(stage.node("module/demo:ceiling")->bounds.y, tile);
}

TEST(Pointer, AClickCountsEvenWhenMoveAndPressComeInOneFrame) {
  Stage stage(test::welcome());
  const Rect at = stage.node("sign_in/demo")->bounds;
  ImGui::GetIO().AddMousePosEvent(at.x + 50, at.y + 20);
  ImGui::GetIO().AddMouseButtonEvent(0, true);
  stage.frame();
  ImGui::GetIO().AddMouseButtonEvent(0, false);
  stage.frame();
  EXPECT_NE(stage.last_sent<intent::SignIn>(), nullptr);
}

TEST(Pointer, AControlInsideATileTakesThePressAndTheTileDoesNot) {
  Stage stage(test::pictured_home());
  const Rect at = stage.node("module/demo:ceiling/on_off")->bounds;
  ImGui::GetIO().AddMousePosEvent(at.x + 20, at.y + 15);
  ImGui::GetIO().AddMouseButtonEvent(0, true);
  stage.frame();
  ImGui::GetIO().AddMouseButtonEvent(0, false);
  stage.frame();
  ASSERT_EQ(stage.sent.size(), 1U);
  EXPECT_NE(stage.last_sent<intent::Send>(), nullptr);
}

TEST(Menu, APressOutsideClosesItAndDoesNothingElse) {
  Stage stage(test::pictured_home());
  stage.click("plants");
  ASSERT_NE(stage.node("menu"), nullptr);
  stage.click("module/demo:path");
  EXPECT_EQ(stage.node("menu"), nullptr);
  EXPECT_TRUE(stage.sent.empty());
}

}  // namespace
}  // namespace foyer::shell
