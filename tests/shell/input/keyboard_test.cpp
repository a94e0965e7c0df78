// Everything works with keys alone, and with the mirror's acts.
#include <gtest/gtest.h>

#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

using test::Stage;

const char* const kLevelSlider = "module/demo:floor/level";

TEST(Keyboard, TabGoesThroughTheNodesInTheirOrderAndBack) {
  Stage stage(test::pictured_home());
  std::vector<std::string> order;
  for (const Node& node : stage.interface.nodes())
    if (node.operable) order.push_back(node.id);
  for (std::size_t at = 0; at < 6; ++at) {
    stage.key(ImGuiKey_Tab);
    EXPECT_EQ(stage.interface.focused(), order[at]);
  }
  stage.hold(ImGuiMod_Shift, true);
  stage.key(ImGuiKey_Tab);
  stage.hold(ImGuiMod_Shift, false);
  EXPECT_EQ(stage.interface.focused(), order[4]);
}

TEST(Keyboard, TabReachesTheLastTileOfALargeHomeAndScrollsThere) {
  Stage stage(test::big_home(1000));
  stage.act("module/demo:0", Act::focus);
  for (int step = 0; step < 400; ++step) stage.key(ImGuiKey_Tab);
  const Node* focused = stage.node(stage.interface.focused());
  ASSERT_NE(focused, nullptr);
  EXPECT_TRUE(focused->on_screen) << focused->id;
}

TEST(Keyboard, EnterAndSpaceActivate) {
  Stage stage(test::pictured_home());
  stage.act("module/demo:ceiling/on_off", Act::focus);
  stage.key(ImGuiKey_Space);
  ASSERT_NE(stage.last_sent<intent::Send>(), nullptr);
  stage.act("module/demo:ceiling", Act::focus);
  stage.key(ImGuiKey_Enter);
  ASSERT_NE(stage.last_sent<intent::Go>(), nullptr);
}

TEST(Keyboard, ArrowsPageHomeAndEndMoveASliderAndTheKeysReleaseSends) {
  Stage stage(test::pictured_home());
  stage.act(kLevelSlider, Act::focus);
  stage.hold(ImGuiKey_RightArrow, true);
  stage.frame();
  EXPECT_EQ(stage.node(kLevelSlider)->value, 41);
  EXPECT_TRUE(stage.sent.empty());
  stage.hold(ImGuiKey_RightArrow, false);
  stage.settle();
  ASSERT_EQ(stage.sent.size(), 1U);
  EXPECT_EQ(std::get<double>(stage.last_sent<intent::Send>()->command.value), 41);
  stage.key(ImGuiKey_PageUp);
  EXPECT_EQ(std::get<double>(stage.last_sent<intent::Send>()->command.value), 50);
  stage.key(ImGuiKey_End);
  EXPECT_EQ(std::get<double>(stage.last_sent<intent::Send>()->command.value), 100);
  stage.key(ImGuiKey_Home);
  EXPECT_EQ(std::get<double>(stage.last_sent<intent::Send>()->command.value), 0);
}

TEST(Keyboard, EscapeGoesBackOneStepAtATime) {
  State state = test::with_thermostat();
  state.route.ambient = AmbientId("demo:living");
  Stage stage(std::move(state));
  stage.key(ImGuiKey_Escape);
  ASSERT_NE(stage.last_sent<intent::Go>(), nullptr);
  EXPECT_EQ(stage.last_sent<intent::Go>()->route.view, Route::View::ambient);
  stage.state.route = stage.last_sent<intent::Go>()->route;
  stage.change();
  stage.key(ImGuiKey_Escape);
  ASSERT_NE(stage.last_sent<intent::Back>(), nullptr) << "a page is left to where one came from";
  EXPECT_EQ(stage.last_sent<intent::Back>()->otherwise.view, Route::View::home);
}

TEST(Keyboard, SlashGoesToTheSearchAndTypingFilters) {
  Stage stage(test::pictured_home());
  stage.key(ImGuiKey_Slash);
  EXPECT_EQ(stage.interface.focused(), "search");
  stage.frame();
  EXPECT_TRUE(stage.interface.text_caret().has_value());
  for (char letter : std::string("floor")) ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(letter));
  stage.settle();
  EXPECT_EQ(stage.node("search")->value_text, "floor");
  EXPECT_NE(stage.node("module/demo:floor"), nullptr);
  EXPECT_EQ(stage.node("module/demo:ceiling"), nullptr);
  stage.click("search/clear");
  EXPECT_NE(stage.node("module/demo:ceiling"), nullptr);
}

TEST(Keyboard, ThePhonesSearchOpensByItsButton) {
  Stage stage(test::pictured_home(), 390, 844);
  EXPECT_EQ(stage.node("search"), nullptr);
  stage.click("search/open");
  EXPECT_NE(stage.node("search"), nullptr);
  stage.act("search", Act::set_text, "kitchen");
  EXPECT_EQ(stage.node("module/demo:ceiling"), nullptr);
  EXPECT_NE(stage.node("module/demo:dish"), nullptr);
}

TEST(Mirror, ActsAreTheSameIntentsAsThePointer) {
  Stage stage(test::pictured_home());
  EXPECT_TRUE(stage.act("module/demo:ceiling/on_off", Act::press));
  EXPECT_NE(stage.last_sent<intent::Send>(), nullptr);
  EXPECT_TRUE(stage.act(kLevelSlider, Act::set_value, {}, 63.4));
  EXPECT_EQ(std::get<double>(stage.last_sent<intent::Send>()->command.value), 63);
  EXPECT_TRUE(stage.act(kLevelSlider, Act::set_value, {}, 4000));
  EXPECT_EQ(std::get<double>(stage.last_sent<intent::Send>()->command.value), 100);
}

TEST(Mirror, WithoutCanvasPlusSendsAtOnceAsNoFrameFollows) {
  Stage stage(test::with_thermostat());
  const std::string dial = "control/demo:22220000aaaabbbb00002222/setpoint";
  stage.interface.build_semantics(stage.state, stage.time, 1440, 900);
  EXPECT_TRUE(stage.interface.act(stage.state, dial + "/more", Act::press, {}, 0));
  ASSERT_NE(stage.last_sent<intent::Send>(), nullptr);
  EXPECT_EQ(std::get<double>(stage.last_sent<intent::Send>()->command.value), 21.0);
}

TEST(Mirror, WhatCannotBeDoneIsRefused) {
  Stage stage(test::pictured_home());
  EXPECT_FALSE(stage.act("nobody", Act::press));
  EXPECT_FALSE(stage.act(kLevelSlider, Act::press));
  EXPECT_FALSE(stage.act("module/demo:ceiling", Act::set_value, {}, 1));
  EXPECT_FALSE(stage.act("module/demo:ceiling", Act::set_text, "x"));
  EXPECT_FALSE(stage.act("room/demo:living/heading", Act::focus));
  EXPECT_TRUE(stage.sent.empty());
}

TEST(Mirror, FocusThereIsFocusHereAndBlurEndsIt) {
  Stage stage(test::pictured_home());
  EXPECT_TRUE(stage.act("module/demo:path", Act::focus));
  EXPECT_EQ(stage.interface.focused(), "module/demo:path");
  EXPECT_TRUE(stage.node("module/demo:path")->on_screen) << "it is scrolled into view";
  EXPECT_TRUE(stage.act("module/demo:path", Act::blur));
  EXPECT_TRUE(stage.interface.focused().empty());
}

TEST(Mirror, AFocusedSwitchIsShownWithItsWholeTile) {
  Stage stage(test::pictured_home(), 390, 500);
  const shell::Node* tile = nullptr;
  for (const shell::Node& node : stage.interface.nodes())
    if (node.role == shell::Role::listitem && !node.on_screen) tile = &node;
  ASSERT_NE(tile, nullptr) << "something lies below the fold";
  const std::string id = tile->id;
  std::string within;
  for (const shell::Node& node : stage.interface.nodes())
    if (node.parent == id && node.operable && within.empty()) within = node.id;
  ASSERT_FALSE(within.empty());
  EXPECT_TRUE(stage.act(within, Act::focus));
  const shell::Rect& shown = stage.node(id)->bounds;
  EXPECT_GE(shown.y, 0);
  EXPECT_LE(shown.y + shown.h, 500 - 68) << "not below the bar at the bottom either";
}

}  // namespace
}  // namespace foyer::shell
