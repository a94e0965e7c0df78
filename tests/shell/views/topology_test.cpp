// Topology as a picture: what hangs on which gateway, how well, and one press to each device.
#include <gtest/gtest.h>

#include <set>

#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

using test::Stage;

State drawn(State state = test::pictured_home()) {
  state.route.view = Route::View::topology;
  return state;
}

void set(State& state, const char* module, Aspect aspect, Value value) {
  state.plants[0]
      .module(ModuleId(module))
      ->set_reading({.aspect = aspect, .value = std::move(value), .received = test::evening()});
}

TEST(Picture, HasADeviceOfEachRoomOnItsGateway) {
  Stage stage(drawn());
  const Node *gateway = stage.node("picture/demo:gw1"), *lamp = stage.node("picture/demo:ceiling");
  ASSERT_NE(gateway, nullptr);
  ASSERT_NE(lamp, nullptr);
  EXPECT_EQ(gateway->name, "House gateway");
  EXPECT_EQ(lamp->role, Role::link);
  EXPECT_EQ(lamp->place, "/home/demo:11110000aaaa1111/module/demo:ceiling");
  EXPECT_GT(lamp->bounds.y, gateway->bounds.y);
  EXPECT_NE(stage.node("picture/demo:gw1/demo:kitchen"), nullptr);
  EXPECT_EQ(stage.node("picture/demo:leaving"), nullptr) << "a scene hangs on nothing";
  EXPECT_EQ(stage.node("picture/demo:gw2")->description, "Offline since 14:02");
  stage.click("picture/demo:ceiling");
  EXPECT_EQ(stage.last_sent<intent::Go>()->route.module, ModuleId("demo:ceiling"));
}

TEST(Picture, SaysReachSignalBatteryAndFirmware) {
  State state = drawn();
  set(state, "demo:ceiling", Aspect::radio_strength, 85.0);
  set(state, "demo:ceiling", Aspect::firmware, std::string("46"));
  set(state, "demo:floor", Aspect::radio_strength, 60.0);
  Stage stage(state);
  EXPECT_EQ(stage.node("picture/demo:ceiling")->description, "Radio signal: Weak (85), Firmware 46");
  EXPECT_EQ(stage.node("picture/demo:door")->description, "Battery low");
  EXPECT_EQ(stage.node("picture/demo:path")->description, "Offline since 14:02");
  // The stronger the signal, the thicker the line that leads down to it; dashes lead to what is out of reach.
  const auto thickness = [&](const char* id) {
    const Rect& place =
        stage.interface.page().places[static_cast<std::size_t>(stage.interface.page().find(id))].rect;
    float found = 0;
    for (const Item& item : stage.interface.page().items)
      if (item.kind == Item::Kind::line && item.rect.w == 0 &&
          std::abs(item.rect.x - place.x - place.w / 2) < 2 && item.rect.y < place.y &&
          item.rect.y + item.rect.h >= place.y)
        found = item.value;
    return found;
  };
  EXPECT_GT(thickness("picture/demo:floor"), thickness("picture/demo:ceiling"));
  EXPECT_GT(thickness("picture/demo:ceiling"), 0);
  int dashes = 0;
  for (const Item& item : stage.interface.page().items)
    dashes += item.kind == Item::Kind::line && item.ink == Token::bad ? 1 : 0;
  EXPECT_GE(dashes, 3);
}

TEST(Picture, AHomeWithoutGatewayHangsOnItself) {
  State state = drawn();
  state.plants[0].gateways.clear();
  Stage stage(state);
  EXPECT_EQ(stage.node("picture/demo:11110000aaaa1111")->description, "No gateway is told of these.");
  EXPECT_NE(stage.node("picture/demo:ceiling"), nullptr);
  State none = drawn();
  none.plants[0].gateways.clear();
  none.plants[0].modules.clear();
  Stage empty(none);
  EXPECT_NE(empty.node("picture/demo:11110000aaaa1111"), nullptr);
}

TEST(Picture, TwoHundredDevicesStayReadableAndReachableByKeys) {
  for (const float width : {390.0F, 1440.0F}) {
    Stage stage(drawn(test::big_home(200)), width, 900);
    std::size_t devices = 0;
    std::vector<Rect> all;
    const Page& page = stage.interface.page();
    for (std::size_t at = 0; at < page.nodes.size(); ++at) {
      if (page.nodes[at].role != Role::link || !page.nodes[at].id.starts_with("picture/")) continue;
      ++devices;
      all.push_back(page.places[at].rect);
      EXPECT_GE(page.places[at].rect.w, 100) << page.nodes[at].id;
    }
    EXPECT_EQ(devices, 200U);
    for (std::size_t at = 1; at < all.size(); ++at)
      EXPECT_TRUE(all[at].y >= all[at - 1].y + all[at - 1].h || all[at].x >= all[at - 1].x + all[at - 1].w);
    stage.act("picture/demo:0", Act::focus);
    std::set<std::string> reached;
    for (int at = 0; at < 12; ++at) {
      stage.key(ImGuiKey_DownArrow);
      reached.insert(std::string(stage.interface.focused()));
    }
    EXPECT_GE(reached.size(), 10U) << "arrows go among the devices";
  }
}

TEST(Picture, OfThousandsOnlyWhatIsNearIsBuilt) {
  Stage stage(drawn(test::big_home(5000)));
  std::size_t built = 0;
  for (const Node& node : stage.interface.nodes())
    built += node.id.starts_with("picture/") && node.role == Role::link ? 1 : 0;
  EXPECT_GT(built, 20U);
  EXPECT_LT(built, 600U);
}

TEST(Picture, AndTheListStandBehindEachOther) {
  Stage stage(drawn(), 390, 844);
  EXPECT_EQ(stage.node("tree/demo:floor/copy"), nullptr);
  stage.act("topology/as/list", Act::press);
  stage.settle();
  EXPECT_NE(stage.node("tree/demo:floor/copy"), nullptr);
  EXPECT_EQ(stage.node("picture/demo:floor"), nullptr);
  stage.act("topology/as/picture", Act::press);
  stage.settle();
  EXPECT_NE(stage.node("picture/demo:floor"), nullptr);
}

}  // namespace
}  // namespace foyer::shell
