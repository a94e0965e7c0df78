// What a person calls a home, a room or a device is what every view calls it: the cloud's name is nowhere.
#include <gtest/gtest.h>

#include <functional>

#include "shell/views/views.hpp"
#include "tests/shell/comfort_states.hpp"
#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

using test::Stage;

constexpr const char *kCloud = "CLOUDNAME", *kOwn = "Ownname";

// Every name of the cloud is one word, every name of the person another.
State renamed(State state) {
  Arrangement& all = state.arrangement;
  int number = 0;
  const auto rename = [&](const std::string& id, std::string& name) {
    name = kCloud + std::to_string(++number);
    all.names[id] = kOwn + std::to_string(number);
  };
  for (Plant& plant : state.plants) {
    rename(named(plant), plant.name);
    for (Ambient& room : plant.ambients) rename(named(room), room.name);
    for (Module& module : plant.modules) rename(named(module), module.name);
    for (Gateway& gateway : plant.gateways) rename(gateway.id.text, gateway.name);
  }
  return state;
}

std::string everything(const Stage& stage) {
  std::string out = stage.interface.title() + "\n";
  for (const Node& node : stage.interface.nodes()) {
    // The field to type a name into says which one is there without it.
    if (node.id.starts_with("arrange/") && node.id.ends_with("/name")) continue;
    out += node.name + "\n" + node.value_text + "\n" + node.description + "\n" + node.title + "\n";
  }
  for (const Item& item : stage.interface.page().items)
    if (item.kind != Item::Kind::field) out += item.text + "\n";
  return out;
}

struct Look {
  const char* name;
  State state;
  std::function<void(Stage&)> open = [](Stage&) {};
};

std::vector<Look> looks() {
  std::vector<Look> all;
  for (const ViewRow& row : all_views()) {
    State state = test::for_developers(row.view);
    all.push_back({"a view of the registry", state});
  }
  const auto at = [](State state, Route::View view, const AmbientId& room, const ModuleId& module) {
    state.route.view = view;
    state.route.ambient = room;
    state.route.module = module;
    return state;
  };
  all.push_back({"room", at(test::pictured_home(), Route::View::ambient, AmbientId("demo:kitchen"), {})});
  all.push_back({"thermostat", test::with_thermostat()});
  all.push_back({"device", at(test::pictured_home(), Route::View::module, {}, ModuleId("demo:floor"))});
  all.push_back({"shutter", at(test::pictured_home(), Route::View::module, {}, ModuleId("demo:balcony"))});
  all.push_back({"changed plan", test::with_changes()});
  all.push_back({"energy", test::with_history(), [](Stage& stage) { stage.act("energy/of", Act::press); }});
  all.push_back({"temperatures", test::with_temperatures()});
  all.push_back({"homes", test::pictured_home(), [](Stage& stage) { stage.act("plants", Act::press); }});
  all.push_back(
      {"what is on", test::pictured_home(), [](Stage& stage) { stage.act("chip/on", Act::press); }});
  all.push_back({"search", test::pictured_home(),
                 [](Stage& stage) { stage.act("search", Act::set_text, "cloudname"); }});
  State warm = test::with_plans();
  warm.route.view = Route::View::home;
  all.push_back({"why", warm, [](Stage& stage) { stage.act("why/tile/netatmo:home/room/1", Act::press); }});
  return all;
}

TEST(Names, ThePersonsNamesAreShownInEveryView) {
  std::string found;
  for (const Look& look : looks())
    for (const float width : {390.0F, 1440.0F}) {
      State state = renamed(look.state);
      state.problems.clear();  // told by the core, in words of their own
      Stage stage(std::move(state), width, 1200);
      look.open(stage);
      stage.settle();
      const std::string all = everything(stage);
      if (const auto at = all.find(kCloud); at != all.npos) {
        const auto from = all.rfind('\n', at) + 1;
        found += std::string("\n") + look.name + ", " +
                 std::to_string(static_cast<int>(look.state.route.view)) + ": " +
                 all.substr(from, all.find('\n', at) - from);
      }
    }
  EXPECT_EQ(found, "");
}

TEST(Names, ARoomAndAHomeAreNamedWhereTheyAreShown) {
  State state = test::pictured_home();
  state.route.view = Route::View::ambient;
  state.route.ambient = AmbientId("demo:kitchen");
  Stage stage(state);
  EXPECT_TRUE(stage.node("arrange/room/demo:kitchen/rename")->disabled);
  stage.act("arrange/room/demo:kitchen/name", Act::set_text, "Galley");
  stage.settle();
  stage.act("arrange/room/demo:kitchen/rename", Act::press);
  const auto* wish = stage.last_sent<intent::Arrange>();
  ASSERT_NE(wish, nullptr);
  EXPECT_TRUE(change(stage.state.arrangement, wish->wish, nullptr));
  stage.change();
  EXPECT_EQ(stage.node("heading/page")->name, "Galley");
  stage.act("arrange/room/demo:kitchen/name", Act::set_text, "Kitchen");
  stage.settle();
  stage.act("arrange/room/demo:kitchen/rename", Act::press);
  EXPECT_TRUE(change(stage.state.arrangement, stage.last_sent<intent::Arrange>()->wish, nullptr));
  EXPECT_TRUE(stage.state.arrangement.names.empty()) << "the cloud's own name is no name";
}

TEST(Rooms, AreInTheOrderOfThePerson) {
  State state = test::pictured_home();
  state.route.view = Route::View::ambient;
  state.route.ambient = AmbientId("demo:garden");
  Stage stage(state);
  EXPECT_TRUE(stage.node("arrange/room/demo:garden/later")->disabled) << "it is the last";
  for (int times = 0; times < 2; ++times) {
    stage.act("arrange/room/demo:garden/earlier", Act::press);
    EXPECT_TRUE(change(stage.state.arrangement, stage.last_sent<intent::Arrange>()->wish, nullptr));
    stage.change();
  }
  EXPECT_TRUE(stage.node("arrange/room/demo:garden/earlier")->disabled);
  stage.state.route.view = Route::View::home;
  stage.state.route.ambient = {};
  stage.change();
  const auto top = [&](const char* room) {
    return stage.node("room/demo:" + std::string(room) + "/heading")->bounds.y;
  };
  EXPECT_LT(top("garden"), top("living"));
  EXPECT_LT(top("living"), top("kitchen"));
}

}  // namespace
}  // namespace foyer::shell
