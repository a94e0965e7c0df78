// All homes on one page, and the ways over everything between: to content, navigation and search.
#include <gtest/gtest.h>

#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

using test::Stage;

State at(Route::View view) {
  State state = test::pictured_home();
  state.route.view = view;
  return state;
}

TEST(Homes, StandSideBySideWithWhatIsOnAndWhatNeedsSomebody) {
  Stage stage(at(Route::View::homes));
  const Node *first = stage.node("homes/demo:11110000aaaa1111"),
             *second = stage.node("homes/demo:33330000cccc3333");
  ASSERT_NE(first, nullptr);
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(first->bounds.y, second->bounds.y);
  EXPECT_LT(first->bounds.x, second->bounds.x);
  EXPECT_EQ(stage.node("homes/demo:11110000aaaa1111/summary")->name, "12 devices · 3 on · 91 W now");
  EXPECT_EQ(stage.node("homes/demo:33330000cccc3333/summary")->name, "0 devices");
  EXPECT_EQ(stage.node("homes/demo:33330000cccc3333/attention")->name, "Everything works.");
  EXPECT_TRUE(stage.node("homes/demo:11110000aaaa1111/attention")->name.starts_with("Needs attention: "));
  stage.click("homes/demo:33330000cccc3333");
  EXPECT_EQ(stage.last_sent<intent::Go>()->route.plant, PlantId("demo:33330000cccc3333"));
}

TEST(Homes, AreReachedFromTheChooser) {
  Stage stage(at(Route::View::home), 390, 844);
  stage.act("plants", Act::press);
  stage.settle();
  stage.act("menu/all", Act::press);
  EXPECT_EQ(stage.last_sent<intent::Go>()->route.view, Route::View::homes);
}

TEST(Homes, AreNamedThere) {
  Stage stage(at(Route::View::homes));
  stage.act("homes/demo:33330000cccc3333/here", Act::press);
  stage.settle();
  stage.act("arrange/home/demo:33330000cccc3333/name", Act::set_text, "Mountains");
  stage.settle();
  stage.act("arrange/home/demo:33330000cccc3333/rename", Act::press);
  ASSERT_TRUE(change(stage.state.arrangement, stage.last_sent<intent::Arrange>()->wish, nullptr));
  stage.change();
  EXPECT_EQ(stage.node("homes/demo:33330000cccc3333")->name, "Mountains");
}

TEST(Homes, NobodySignedInIsToldSo) {
  State state = test::welcome();
  state.route.view = Route::View::homes;
  Stage stage(state);
  EXPECT_EQ(stage.node("homes/none")->name, "Not signed in");
}

TEST(Skip, IsTheFirstForTheKeyboardAndGoesWhereItSays) {
  for (const float width : {390.0F, 1440.0F}) {
    Stage stage(at(Route::View::energy), width, 844);
    stage.key(ImGuiKey_Tab);
    EXPECT_EQ(stage.interface.focused(), "skip/content");
    EXPECT_EQ(stage.node("skip/content")->name, "To the content");
    stage.key(ImGuiKey_Enter);
    stage.settle();
    const Node* focused = stage.node(stage.interface.focused());
    ASSERT_NE(focused, nullptr);
    EXPECT_NE(focused->parent, "nav");
    EXPECT_FALSE(focused->id.starts_with("skip/"));
    stage.act("skip/nav", Act::press);
    stage.settle();
    EXPECT_EQ(stage.node(stage.interface.focused())->parent, "nav");
  }
}

TEST(Skip, ToTheSearchLeadsHomeFirstWhereThereIsNone) {
  Stage stage(at(Route::View::energy));
  stage.act("skip/search", Act::press);
  ASSERT_NE(stage.last_sent<intent::Go>(), nullptr);
  EXPECT_EQ(stage.last_sent<intent::Go>()->route.view, Route::View::home);
  stage.state.route.view = Route::View::home;
  stage.change();
  stage.act("skip/search", Act::press);
  EXPECT_EQ(stage.interface.focused(), "search");
}

TEST(Skip, LiesInNobodysWay) {
  Stage stage(at(Route::View::home));
  const Rect& place = stage.node("skip/content")->bounds;
  stage.press(place.x + place.w / 2, place.y + place.h / 2);
  stage.release();
  EXPECT_TRUE(stage.sent.empty());
  EXPECT_FALSE(stage.interface.focused().starts_with("skip/"));
}

}  // namespace
}  // namespace foyer::shell
