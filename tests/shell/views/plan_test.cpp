// Where the tiles of a home lie.
#include "shell/views/home_plan.hpp"

#include "shell/views/home_tiles.hpp"
#include "shell/views/search.hpp"

#include <gtest/gtest.h>

#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

HomePlan plan(const State& state, float width, std::string_view query = {}, const AmbientId& only = {}) {
  Page page;
  const Memory memory;
  const HomePlan none;
  Builder b{page, state, memory, none, metrics(width + 300, 900, {}), Times(test::evening(), Minutes(0))};
  std::unique_ptr<SearchIndex> index;
  return plan_home(state, state.plants[0], query, only, tile_sizes(b, width), index);
}

TEST(HomePlan, RoomsComeInThePlantsOrderWithTheirDevices) {
  test::Stage stage(test::pictured_home());
  const HomePlan home = plan(stage.state, 792);
  ASSERT_EQ(home.rooms.size(), 3U);
  EXPECT_EQ(home.rooms[0].count, 5U);
  EXPECT_EQ(home.rooms[1].count, 5U);
  EXPECT_EQ(home.rooms[2].count, 2U);
  EXPECT_EQ(home.tiles.size(), 12U) << "scenes have a view of their own";
}

TEST(HomePlan, SaysWhatIsOnAndHowWarmItIs) {
  test::Stage stage(test::pictured_home());
  const HomePlan home = plan(stage.state, 792);
  EXPECT_EQ(home.rooms[0].on, 2);
  EXPECT_EQ(home.rooms[0].temperature, 19.8);
  EXPECT_EQ(home.rooms[1].watts, 84) << "the meter measures what the dishwasher uses";
  EXPECT_TRUE(home.rooms[0].can_switch_off);
  EXPECT_FALSE(home.rooms[2].can_switch_off);
}

TEST(HomePlan, TilesNeverOverlapAndStayInsideAtAnyWidth) {
  test::Stage stage(test::pictured_home());
  for (float width = 240; width < 2300; width += 37) {
    const HomePlan home = plan(stage.state, width);
    const TileSizes& sizes = home.sizes;
    EXPECT_LE(
        sizes.width * static_cast<float>(sizes.columns) + sizes.gap * static_cast<float>(sizes.columns - 1),
        width + 0.01F);
    EXPECT_GE(sizes.width, 108) << "at " << width;
    for (std::size_t at = 1; at < home.rows.size(); ++at)
      EXPECT_GE(home.rows[at].top, home.rows[at - 1].top + home.rows[at - 1].height);
  }
}

TEST(HomePlan, AChannelOfAMeterHasATileAndAKeyOfARemoteHasNone) {
  test::Stage stage(test::pictured_home());
  Plant& home = stage.state.plants[0];
  home.modules.push_back({.id = ModuleId("meter"), .name = "Meter", .kind = Kind::energy_meter});
  home.modules.push_back(
      {.id = ModuleId("meter#6"), .name = "Gas", .kind = Kind::energy_meter, .part_of = ModuleId("meter")});
  home.modules.push_back(
      {.id = ModuleId("remote#1"), .name = "Key", .kind = Kind::remote, .part_of = ModuleId("remote")});
  EXPECT_EQ(plan(stage.state, 792, "gas").tiles.size(), 1U) << "it tells its history";
  EXPECT_EQ(plan(stage.state, 792, "key").tiles.size(), 0U);
  EXPECT_EQ(plan(stage.state, 792).tiles.size(), 13U) << "twelve before; the device is told by its channel";
}

TEST(HomePlan, FindsByNameOfDeviceOrRoomWithoutCaseAndAccents) {
  test::Stage stage(test::pictured_home());
  stage.state.plants[0].modules[0].name = "Éclairage";
  EXPECT_EQ(plan(stage.state, 792, "eclair").tiles.size(), 1U);
  EXPECT_EQ(plan(stage.state, 792, "KITCHEN").tiles.size(), 5U);
  EXPECT_EQ(plan(stage.state, 792, "nothing like it").tiles.size(), 0U);
}

TEST(HomePlan, FindsWordsInAnyOrderWithWhateverSpacesAKeyboardOrAPasteAdds) {
  EXPECT_TRUE(matches("Floor lamp", "floor lamp"));
  for (const char* query : {"Floor lamp ", " floor", "Floor  lamp", "Floor\tlamp", "Floor\u00A0lamp",
                            "Floor\u202Flamp", "lamp floor", "lam flo", "   "})
    EXPECT_TRUE(matches("Floor lamp", query)) << query;
  EXPECT_TRUE(matches("Éclairage\u00A0salon", "salon ECLAIRAGE"));
  for (const char* query : {"floor lamb", "floor lamp two", "floorlamp"})
    EXPECT_FALSE(matches("Floor lamp", query)) << query;
  test::Stage stage(test::pictured_home());
  EXPECT_EQ(plan(stage.state, 792, " \t").tiles.size(), plan(stage.state, 792).tiles.size());
}

TEST(HomePlan, ARoomOfItsOwnHasOnlyItsDevices) {
  test::Stage stage(test::pictured_home());
  EXPECT_EQ(plan(stage.state, 792, {}, AmbientId("demo:garden")).tiles.size(), 2U);
}

TEST(HomePlan, DevicesOfAnUnknownRoomAreNotLost) {
  test::Stage stage(test::pictured_home());
  stage.state.plants[0].modules[0].ambient = AmbientId("demo:nowhere");
  const HomePlan home = plan(stage.state, 792);
  EXPECT_EQ(home.rooms.back().ambient, -1);
  EXPECT_EQ(home.tiles.size(), 12U);
}

TEST(HomePlan, BisectionFindsTheFirstRowInView) {
  test::Stage stage(test::big_home(1000));
  const HomePlan home = plan(stage.state, 792);
  const std::size_t row = home.row_at(5000);
  ASSERT_GT(row, 0U);
  EXPECT_GE(home.rows[row].top + home.rows[row].height, 5000);
  EXPECT_LT(home.rows[row - 1].top + home.rows[row - 1].height, 5000);
}

}  // namespace
}  // namespace foyer::shell
