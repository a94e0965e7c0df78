// Safe hands, favourites, what needs somebody, and finding: what the home offers beside its tiles.
#include <gtest/gtest.h>

#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

using test::Stage;

State home() {
  State state = test::pictured_home();
  state.route.view = Route::View::home;
  return state;
}

Module& module_of(State& state, std::string_view id) {
  return *state.plants[0].module(ModuleId(std::string(id)));
}

State with_lock() {
  State state = home();
  Module door;
  door.id = ModuleId("demo:frontdoor");
  door.name = "Front door";
  door.kind = Kind::door_lock;
  door.reach = Reach::reachable;
  door.capabilities = {{.aspect = Aspect::lock, .commandable = true}};
  door.readings = {{.aspect = Aspect::lock, .value = true, .received = test::evening()}};
  state.plants[0].modules.push_back(door);
  state.route = {.view = Route::View::module, .plant = state.plants[0].id, .ambient = {}, .module = door.id};
  return state;
}

TEST(LightsOff, MeansTheRoomOrWhatASearchLeftOfIt) {
  Stage stage(home());
  stage.click("room/demo:living/all_off");
  const auto* off = stage.last_sent<intent::AllOff>();
  ASSERT_NE(off, nullptr);
  EXPECT_EQ(off->plant, stage.state.plants[0].id);
  EXPECT_EQ(off->ambient.text, "demo:living");
  EXPECT_FALSE(off->among);
  stage.act("search", Act::set_text, "ceiling");
  stage.settle();
  stage.click("room/demo:living/all_off");
  off = stage.last_sent<intent::AllOff>();
  ASSERT_TRUE(off->among);
  EXPECT_EQ(*off->among, (std::vector<ModuleId>{ModuleId("demo:ceiling")}));
}

TEST(LightsOff, IsOfferedOnlyWhereALightIsOn) {
  State state = home();
  for (Module& module : state.plants[0].modules)
    if (module.kind == Kind::light || module.kind == Kind::dimmer)
      module.set_reading({.aspect = Aspect::on_off, .value = false, .received = test::evening()});
  Stage stage(std::move(state));
  EXPECT_EQ(stage.node("room/demo:kitchen/all_off"), nullptr) << "the dishwasher is no light";
}

TEST(LightsOff, SaysWhatItDidAndOffersTheWayBack) {
  for (const float width : {1440.0F, 390.0F}) {
    Stage stage(home(), width, 844);
    EXPECT_EQ(stage.node("toast"), nullptr);
    stage.state.undo = Undo{1, "4 switched off", {}};
    stage.change();
    EXPECT_EQ(stage.node("toast/text")->name, "4 switched off");
    const Node* undo = stage.node("toast/undo");
    EXPECT_TRUE(undo->on_screen);
    stage.click("toast/undo");
    EXPECT_NE(stage.last_sent<intent::Undo>(), nullptr);
  }
}

TEST(WhatIsOn, IsAListOfItsOwnWithASwitchEachAndOneForAllLights) {
  Stage stage(home());
  ASSERT_NE(stage.node("chip/on"), nullptr);
  stage.click("chip/on");
  stage.settle();
  stage.click("on/demo:ceiling/on_off");
  ASSERT_NE(stage.last_sent<intent::Send>(), nullptr);
  EXPECT_EQ(stage.last_sent<intent::Send>()->command.value, Value(false));
  ASSERT_NE(stage.node("menu/lights_off"), nullptr) << "switching leaves the list open";
  stage.click("menu/lights_off");
  const auto* off = stage.last_sent<intent::AllOff>();
  ASSERT_NE(off, nullptr);
  EXPECT_TRUE(off->ambient.empty());
}

TEST(Lock, AsksOnceInWordsBeforeItActs) {
  Stage stage(with_lock());
  stage.click("ask/unlock/demo:frontdoor");
  stage.settle();
  EXPECT_EQ(stage.last_sent<intent::Send>(), nullptr);
  EXPECT_EQ(stage.node("menu/question")->name, "Unlock Front door now?");
  stage.click("menu/yes");
  ASSERT_NE(stage.last_sent<intent::Send>(), nullptr);
  EXPECT_EQ(stage.last_sent<intent::Send>()->command, (Command{Aspect::lock, false, {}}));
  stage.settle();
  EXPECT_EQ(stage.node("menu/question"), nullptr) << "answered";
}

TEST(Lock, NoAnswerIsNo) {
  for (const bool escape : {true, false}) {
    Stage stage(with_lock());
    stage.act("ask/unlock/demo:frontdoor", Act::focus);
    stage.key(ImGuiKey_Enter);
    stage.settle();
    EXPECT_EQ(stage.interface.focused(), "menu/no") << "the question takes the focus, on what does nothing";
    stage.key(escape ? ImGuiKey_Escape : ImGuiKey_Enter);
    stage.settle();
    EXPECT_EQ(stage.node("menu/question"), nullptr);
    EXPECT_EQ(stage.interface.focused(), "ask/unlock/demo:frontdoor") << "and gives it back";
    EXPECT_EQ(stage.last_sent<intent::Send>(), nullptr);
  }
}

TEST(Drag, TheNumberFollowsThePointerAndFarAwayItIsGivenUp) {
  Stage stage(home());
  const Rect track = stage.node("module/demo:floor/level")->bounds;
  const float y = track.y + track.h / 2;
  stage.press(track.x + track.w * 0.4F, y);
  stage.move(track.x + track.w * 0.9F, y);
  stage.frame();
  EXPECT_EQ(stage.node("module/demo:floor/state")->name, "90 %");
  stage.move(track.x + track.w * 0.9F, y + 300);
  stage.frame();
  stage.settle();
  EXPECT_TRUE(stage.node("module/demo:floor/state")->name.starts_with("40 %"));
  stage.move(track.x + track.w * 0.8F, y);  // coming back begins nothing
  stage.release();
  stage.settle();
  EXPECT_TRUE(stage.sent.empty());
}

TEST(Favourites, ComeFirstInTheirOrderAndOneThatIsGoneDoesNoHarm) {
  State state = home();
  state.arrangement.favourites = {"demo:dish", "demo:nobody", "demo:ceiling"};
  Stage stage(std::move(state));
  const Node *first = stage.node("favourite/module/demo:dish"),
             *second = stage.node("favourite/module/demo:ceiling");
  ASSERT_NE(first, nullptr);
  ASSERT_NE(second, nullptr);
  EXPECT_LT(first->bounds.x, second->bounds.x);
  EXPECT_LT(first->bounds.y, stage.node("module/demo:ceiling")->bounds.y);
  stage.click("favourite/module/demo:ceiling/on_off");
  EXPECT_EQ(stage.last_sent<intent::Send>()->module.text, "demo:ceiling");
}

TEST(Favourites, AreChosenOrderedAndNamedOnTheDevicesPage) {
  State state = home();
  state.route = {.view = Route::View::module,
                 .plant = state.plants[0].id,
                 .ambient = {},
                 .module = ModuleId("demo:ceiling")};
  state.arrangement.favourites = {"demo:dish", "demo:ceiling"};
  Stage stage(std::move(state));
  stage.act("arrange/demo:ceiling/favourite", Act::press);
  ASSERT_NE(stage.last_sent<intent::Arrange>(), nullptr);
  EXPECT_EQ(stage.last_sent<intent::Arrange>()->wish.what, ArrangementChange::What::favourite);
  stage.act("arrange/demo:ceiling/earlier", Act::press);
  EXPECT_EQ(stage.last_sent<intent::Arrange>()->wish.what, ArrangementChange::What::earlier);
  EXPECT_TRUE(stage.node("arrange/demo:ceiling/later")->disabled);
  stage.act("arrange/demo:ceiling/name", Act::set_text, "Big lamp");
  stage.settle();
  stage.act("arrange/demo:ceiling/rename", Act::press);
  EXPECT_EQ(stage.last_sent<intent::Arrange>()->wish.text, "Big lamp");
}

TEST(Arranged, NamesHiddenDevicesAndFoldedRoomsAreAsThePersonWantsThem) {
  State state = home();
  state.arrangement.names = {{"demo:ceiling", "Big lamp"}};
  state.arrangement.hidden = {"demo:floor"};
  state.arrangement.folded = {"demo:kitchen"};
  Stage stage(std::move(state));
  EXPECT_EQ(stage.node("module/demo:ceiling")->name, "Big lamp");
  EXPECT_EQ(stage.node("module/demo:floor"), nullptr);
  EXPECT_EQ(stage.node("module/demo:dish"), nullptr);
  EXPECT_EQ(stage.node("room/demo:kitchen/fold")->expanded, false);
  stage.act("search", Act::set_text, "floor");
  stage.settle();
  EXPECT_NE(stage.node("module/demo:floor"), nullptr) << "a search is the way back to what is hidden";
  stage.act("search", Act::set_text, "dish");
  stage.settle();
  EXPECT_NE(stage.node("module/demo:dish"), nullptr);
}

TEST(NeedsSomebody, CountsOfflineDevicesLowBatteriesAndCommandsThatWereNotConfirmed) {
  State state = home();
  state.problems.clear();
  state.commands.clear();
  for (Module& module : state.plants[0].modules) {
    module.reach = Reach::reachable;
    std::erase_if(module.readings, [](const Reading& one) { return one.aspect == Aspect::battery; });
  }
  Stage stage(state);
  stage.state.route.view = Route::View::problems;
  stage.change();
  EXPECT_EQ(stage.node("problems/none")->name, "Everything works.");
  EXPECT_EQ(stage.interface.title(), "Problems – Foyer");
  EXPECT_EQ(stage.interface.open(), 0);
  EXPECT_EQ(stage.node("nav/problems")->name, "Problems");

  module_of(stage.state, "demo:ceiling").reach = Reach::unreachable;
  module_of(stage.state, "demo:dish")
      .set_reading({.aspect = Aspect::battery, .value = std::string("very_low")});
  stage.state.commands[{ModuleId("demo:floor"), Aspect::on_off}] = {
      .number = 1,
      .picture = CommandState::Picture::not_confirmed,
      .text = "Nobody knows whether it worked."};
  stage.change();
  EXPECT_EQ(stage.node("problems/none"), nullptr);
  EXPECT_EQ(stage.node("nav/problems")->name, "Problems, 3 open");
  EXPECT_EQ(stage.interface.title(), "(3) Problems – Foyer");
  EXPECT_EQ(stage.interface.open(), 3);
  EXPECT_EQ(stage.node("attention/2/demo:floor")->name,
            "Details of Floor lamp: Nobody knows whether it worked.");
  EXPECT_NE(stage.node("attention/1/demo:dish")->name.find("Battery nearly empty"), std::string::npos);
  stage.click("attention/0/demo:ceiling");
  EXPECT_EQ(stage.last_sent<intent::Go>()->route.module.text, "demo:ceiling");
  // What hangs on a gateway that is out of reach is one problem: the gateway's.
  stage.state.plants[0].gateways.push_back({GatewayId("demo:gw1"), "Gateway", test::evening()});
  stage.change();
  EXPECT_EQ(stage.node("attention/0/demo:ceiling"), nullptr);
}

TEST(Homes, TwoHundredOpenAtOnceAndAreSearched) {
  State state = home();
  state.accounts.push_back({.id = "other", .name = "Netatmo"});
  for (int at = 0; at < 200; ++at) {
    Plant plant;
    plant.id = PlantId("netatmo:" + std::to_string(at));
    plant.name = "Customer " + std::to_string(at);
    state.plant_account[plant.id] = "other";
    state.plants.push_back(std::move(plant));
  }
  Stage stage(std::move(state));
  stage.act("plants", Act::focus);
  stage.key(ImGuiKey_Enter);
  stage.settle();
  EXPECT_EQ(stage.interface.focused(), "menu/search");
  EXPECT_EQ(stage.node("menu/netatmo:57")->description, "Netatmo");
  stage.act("menu/search", Act::set_text, "57 customer");
  stage.settle();
  EXPECT_NE(stage.node("menu/netatmo:57"), nullptr);
  EXPECT_EQ(stage.node("menu/netatmo:58"), nullptr);
  stage.act("menu/search", Act::press);  // Enter in the page's own field
  ASSERT_NE(stage.last_sent<intent::Go>(), nullptr);
  EXPECT_EQ(stage.last_sent<intent::Go>()->route.plant.text, "netatmo:57");
}

TEST(Homes, OneWithoutANameIsCalledAfterItsCloud) {
  State state = home();
  state.plants[0].name = state.plants[0].id.remote();
  state.plant_account[state.plants[0].id] = "demo";
  Stage stage(std::move(state));
  EXPECT_EQ(stage.node("heading/home")->name, "Home of Demo home");
}

TEST(Search, FindsViewsHomesScenesRoomsAndDevicesOfOtherHomes) {
  State state = home();
  Plant other;
  other.id = PlantId("demo:other");
  other.name = "Chalet";
  other.ambients = {{AmbientId("demo:o1"), "Sauna", {}, {}}};
  other.modules = {test::make_light("oven_light", "Oven light", AmbientId("demo:o1"), true)};
  state.plants.push_back(other);
  Stage stage(std::move(state));
  const auto found = [&](const char* query, const char* name) -> const Node* {
    stage.act("search", Act::set_text, query);
    stage.settle();
    for (const Node& node : stage.interface.nodes())
      if (node.id.starts_with("found/") && node.role == Role::link && node.name == name) return &node;
    return nullptr;
  };
  EXPECT_NE(found("setting", "Settings"), nullptr);
  EXPECT_NE(found("chal", "Chalet"), nullptr);
  EXPECT_NE(found("SAUNA", "Sauna"), nullptr);
  EXPECT_NE(found("light oven", "Oven light"), nullptr) << "words in any order";
  EXPECT_NE(found("oven_light", "Oven light"), nullptr) << "by its id";
  const Node* scene = found("evening", "Evening");
  ASSERT_NE(scene, nullptr);
  stage.click(scene->id + "/run");
  EXPECT_EQ(stage.last_sent<intent::Send>()->command.aspect, Aspect::run);
  EXPECT_EQ(found("nothing like it", "Evening"), nullptr);
  EXPECT_EQ(stage.node("home/empty")->name, "Nothing is called “nothing like it”.");
}

TEST(Search, EnterOpensTheFirst) {
  Stage stage(home());
  stage.key(ImGuiKey_Slash);
  stage.frame();
  for (char letter : std::string("floor lamp"))
    ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(letter));
  stage.settle();
  stage.key(ImGuiKey_Enter);
  stage.settle();
  ASSERT_NE(stage.last_sent<intent::Go>(), nullptr);
  EXPECT_EQ(stage.last_sent<intent::Go>()->route.module.text, "demo:floor");
}

TEST(Search, OpensFromEveryView) {
  State state = home();
  state.route.view = Route::View::settings;
  Stage stage(std::move(state));
  stage.key(ImGuiKey_Slash);
  ASSERT_NE(stage.last_sent<intent::Go>(), nullptr);
  EXPECT_EQ(stage.last_sent<intent::Go>()->route.view, Route::View::home);
}

TEST(Keyboard, AMenuTakesTheFocusArrowsMoveInItAndEscapeGivesItBack) {
  Stage stage(home());
  stage.act("plants", Act::focus);
  stage.key(ImGuiKey_Enter);
  stage.settle();
  const std::string first(stage.interface.focused());
  EXPECT_TRUE(first.starts_with("menu/")) << first;
  stage.key(ImGuiKey_DownArrow);
  EXPECT_TRUE(stage.interface.focused().starts_with("menu/"));
  EXPECT_NE(stage.interface.focused(), first);
  stage.key(ImGuiKey_UpArrow);
  EXPECT_EQ(stage.interface.focused(), first);
  stage.key(ImGuiKey_Escape);
  stage.settle();
  EXPECT_EQ(stage.interface.focused(), "plants");
}

TEST(Keyboard, ArrowsMoveAmongTiles) {
  Stage stage(home());
  stage.act("module/demo:ceiling", Act::focus);
  stage.key(ImGuiKey_RightArrow);
  const std::string right(stage.interface.focused());
  ASSERT_NE(stage.node(right), nullptr);
  EXPECT_GT(stage.node(right)->bounds.x, stage.node("module/demo:ceiling")->bounds.x);
  EXPECT_EQ(stage.node(right)->bounds.y, stage.node("module/demo:ceiling")->bounds.y);
  stage.key(ImGuiKey_LeftArrow);
  EXPECT_EQ(stage.interface.focused(), "module/demo:ceiling");
  stage.key(ImGuiKey_DownArrow);
  EXPECT_GT(stage.node(stage.interface.focused())->bounds.y, stage.node("module/demo:ceiling")->bounds.y);
}

TEST(Keyboard, ThePanelTakesTheFocusAndGivesItBack) {
  Stage stage(home());
  stage.act("module/demo:ceiling", Act::focus);
  stage.key(ImGuiKey_Enter);
  stage.state.route = stage.last_sent<intent::Go>()->route;
  stage.change();
  EXPECT_EQ(stage.interface.focused(), "panel/close");
  stage.key(ImGuiKey_Escape);
  stage.state.route = stage.last_sent<intent::Go>()->route;
  stage.change();
  EXPECT_EQ(stage.interface.focused(), "module/demo:ceiling");
}

TEST(Links, HaveTheAddressTheyLeadTo) {
  Stage stage(home());
  EXPECT_EQ(stage.node("module/demo:ceiling")->place,
            "/home/" + stage.state.plants[0].id.text + "/module/demo:ceiling");
  EXPECT_EQ(stage.node("nav/settings")->place, "/settings");
  for (const Node& node : stage.interface.nodes())
    if (node.role == Role::link && node.operable) EXPECT_FALSE(node.place.empty()) << node.id;
}

}  // namespace
}  // namespace foyer::shell
