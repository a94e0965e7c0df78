// The wall display: what stands on it, how large, and how it is left.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/app/state/words.hpp"
#include "shell/look/format.hpp"
#include "tests/shell/stage.hpp"
#include "tests/shell/states.hpp"

namespace foyer::shell {
namespace {

using test::Stage;

State wall() {
  State state = test::pictured_home();
  state.route.view = Route::View::wall;
  return state;
}

TEST(Wall, ShowsTheHourAndWhatIsUsedAndNothingOfTheFrame) {
  Stage stage(wall());
  ASSERT_NE(stage.node("wall/clock"), nullptr);
  EXPECT_EQ(stage.node("wall/clock")->role, Role::heading);
  const Node* list = stage.node("wall");
  ASSERT_NE(list, nullptr);
  EXPECT_GE(std::ranges::count_if(stage.interface.nodes(),
                                  [](const Node& one) { return one.id.starts_with("wall/tile/demo:"); }),
            3);
  EXPECT_EQ(stage.named(Role::navigation, word(W::nav)), nullptr);
  EXPECT_EQ(stage.node("skip/content"), nullptr);
}

TEST(Wall, ShowsTheFavouritesOnceThereAreSome) {
  State state = wall();
  const Module& last = state.plants.at(0).modules.back();
  state.arrangement.favourites = {last.id.text};
  Stage stage(state);
  const auto tiles = std::ranges::count_if(stage.interface.nodes(),
                                           [](const Node& one) { return one.id.starts_with("wall/tile/"); });
  EXPECT_EQ(tiles, 1) << last.id.text;
}

TEST(Wall, TheClockGoesOnByTheMinute) {
  Stage stage(wall());
  stage.settle();
  const std::string before = stage.node("wall/clock")->name;
  const auto builds = stage.interface.builds();
  stage.time.advance(Minutes(1));
  stage.frame();
  EXPECT_NE(stage.node("wall/clock")->name, before);
  EXPECT_EQ(stage.interface.builds(), builds + 1);
}

TEST(Wall, IsLargerWhereThereIsRoom) {
  const auto height = [](float width, Route::View view) {
    State state = wall();
    state.route.view = view;
    Stage stage(state, width, 1000);
    return stage.node(view == Route::View::wall ? "wall/clock" : "heading/home")->bounds.h;
  };
  EXPECT_GT(height(1400, Route::View::wall), 1.4F * height(800, Route::View::wall));
}

TEST(Wall, IsLeftByItsButtonAndByEscape) {
  Stage stage(wall());
  ASSERT_TRUE(stage.act("wall/leave", Act::press));
  ASSERT_NE(stage.last_sent<intent::Back>(), nullptr);
  EXPECT_EQ(stage.last_sent<intent::Back>()->otherwise.view, Route::View::home);
  stage.sent.clear();
  stage.key(ImGuiKey_Escape);
  EXPECT_NE(stage.last_sent<intent::Back>(), nullptr);
}

TEST(Wall, NightIsFromTenToSeven) {
  const Instant noon = instant_from_ms(1'767'268'800'000);
  const auto at = [&](int hours, int minutes) {
    return Times(noon + Hours(hours) + Minutes(minutes), Minutes(0)).night();
  };
  EXPECT_FALSE(at(9, 59));
  EXPECT_TRUE(at(10, 0));
  EXPECT_TRUE(at(18, 59));
  EXPECT_FALSE(at(19, 0));
  EXPECT_EQ(Times(noon, Minutes(0)).today(), "Thursday, 1 Jan");
  EXPECT_EQ(Times(noon, Minutes(61)).clock(), "13:01");
}

}  // namespace
}  // namespace foyer::shell
