// What a tile says in each of its states.
#include "shell/views/tile.hpp"

#include <gtest/gtest.h>

#include "tests/shell/states.hpp"

namespace foyer::shell {
namespace {

class TileTest : public testing::Test {
 protected:
  State state = test::pictured_home();
  Times times{test::evening(), Minutes(0)};
  Module& module(const char* id) { return *state.plants[0].module(ModuleId(std::string("demo:") + id)); }
  Tile tile(const char* id) { return make_tile(state, module(id), times); }
};

TEST_F(TileTest, ALampThatIsOnIsLitAndSaysItsPower) {
  const Tile lamp = tile("ceiling");
  EXPECT_TRUE(lamp.on);
  EXPECT_EQ(lamp.line, "On · 7 W");
  EXPECT_EQ(lamp.control, TileControl::toggle);
  EXPECT_EQ(lamp.icon, Icon::lamp_on);
}

TEST_F(TileTest, ADimmerSaysItsLevelAndHasASlider) {
  const Tile dimmer = tile("floor");
  EXPECT_TRUE(dimmer.dimmable);
  EXPECT_EQ(dimmer.line, "40 %");
  EXPECT_TRUE(tall_tile(module("floor")));
}

TEST_F(TileTest, AShutterSaysHowFarItIsOpenAndIsNeverLit) {
  EXPECT_EQ(tile("balcony").line, "Closed");
  module("balcony").readings[0].value = 60.0;
  EXPECT_EQ(tile("balcony").line, "60 % open");
  EXPECT_FALSE(tile("balcony").on);
  EXPECT_EQ(tile("balcony").control, TileControl::shutter);
}

TEST_F(TileTest, AThermostatShowsTheTemperatureAndWhatItDoes) {
  const Tile heating = tile("22220000aaaabbbb00002222");
  EXPECT_EQ(heating.number, "19.8°");
  EXPECT_EQ(heating.line, "Heating to 20.5°");
  EXPECT_EQ(heating.line_icon, Icon::flame);
  module("22220000aaaabbbb00002222")
      .set_reading(
          {.aspect = Aspect::function, .value = std::string("cooling"), .received = test::evening()});
  EXPECT_EQ(tile("22220000aaaabbbb00002222").line, "Cooling to 20.5°");
  EXPECT_EQ(tile("22220000aaaabbbb00002222").line_icon, Icon::snow) << "never colour alone";
}

TEST_F(TileTest, AThermostatClaimsToHeatOnlyWhenThatIsTold) {
  Module& hall = module("22220000aaaabbbb00002222");
  const auto set = [&](Aspect aspect, Value value) {
    hall.set_reading({.aspect = aspect, .value = std::move(value), .received = test::evening()});
  };
  set(Aspect::mode, std::string("protection"));
  EXPECT_EQ(tile("22220000aaaabbbb00002222").line, "Frost");
  EXPECT_NE(tile("22220000aaaabbbb00002222").line_icon, Icon::flame);
  set(Aspect::mode, std::string("manual"));
  set(Aspect::load_active, false);
  EXPECT_EQ(tile("22220000aaaabbbb00002222").line, "Set to 20.5°");
  std::erase_if(hall.readings, [](const Reading& one) { return one.aspect == Aspect::load_active; });
  for (const char* function : {"heating", "cooling"}) {
    set(Aspect::function, std::string(function));
    const Tile silent = tile("22220000aaaabbbb00002222");
    EXPECT_EQ(silent.line, "Set to 20.5°") << function;
    EXPECT_NE(silent.line_icon, Icon::flame);
    EXPECT_NE(silent.line_icon, Icon::snow);
  }
}

TEST_F(TileTest, SentWaitsWithAClock) {
  const Tile sent = tile("dish");
  EXPECT_EQ(sent.picture, TilePicture::sent);
  EXPECT_EQ(sent.line, "Sent, waiting…");
  EXPECT_EQ(sent.line_icon, Icon::clock);
}

TEST_F(TileTest, NotConfirmedAndFailedSaySoWithAGlyph) {
  EXPECT_EQ(tile("worktop").line, "Not confirmed");
  EXPECT_EQ(tile("worktop").picture, TilePicture::not_confirmed);
  EXPECT_EQ(tile("hood").picture, TilePicture::failed);
  EXPECT_EQ(tile("hood").line, "The lamp did not answer. Try again.");
  EXPECT_NE(tile("hood").line_icon, Icon::none);
}

TEST_F(TileTest, ConfirmedIsNoLongerSpokenOf) {
  state.commands.begin()->second.picture = CommandState::Picture::confirmed;
  EXPECT_EQ(open_command(state, state.commands.begin()->first.first), nullptr);
}

TEST_F(TileTest, AgeIsShownFromFiveMinutesOn) {
  EXPECT_EQ(tile("stale").picture, TilePicture::stale);
  EXPECT_EQ(tile("stale").line, "Off · 17 min ago");
  EXPECT_EQ(tile("ceiling").picture, TilePicture::plain);
  ASSERT_TRUE(times.next_change());
  EXPECT_LE(*times.next_change(), test::evening() + Minutes(5)) << "a frame is due when it becomes stale";
}

TEST_F(TileTest, OfflineSaysSinceWhenAndOffersNoControl) {
  const Tile path = tile("path");
  EXPECT_EQ(path.picture, TilePicture::offline);
  EXPECT_EQ(path.line, "Offline since 14:02");
  EXPECT_FALSE(path.enabled);
}

TEST_F(TileTest, UnknownKindsAreShown) {
  const Tile odd = tile("odd");
  EXPECT_EQ(odd.picture, TilePicture::unknown);
  EXPECT_EQ(odd.icon, Icon::unknown);
  EXPECT_EQ(odd.name, "NLXX 17");
}

TEST_F(TileTest, ALowBatteryIsNamed) {
  EXPECT_EQ(tile("door").line, "Battery low");
  EXPECT_EQ(tile("door").line_icon, Icon::battery_low);
}

TEST_F(TileTest, ANamelessModuleIsCalledByItsKind) {
  module("ceiling").name.clear();
  module("ceiling").device.clear();
  EXPECT_EQ(tile("ceiling").name, "Light");
}

}  // namespace
}  // namespace foyer::shell
