// What heats says what comes next and, when it is asked, why: on the tile, on the room's page and on its own.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/shell/comfort_states.hpp"
#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

using test::Stage;

constexpr const char* kTile = "why/tile/netatmo:home/room/1";
constexpr const char* kRoom = "why/room/netatmo:home/room/1";

// Saturday 18:02: the plan asks 20° until 23:30, then 17°.
State heated() {
  State state = test::with_plans();
  state.route.view = Route::View::home;
  return state;
}

void set(Module& module, Aspect aspect, Value value) {
  module.set_reading({.aspect = aspect, .value = std::move(value), .received = test::evening()});
}

struct Mood {
  const char* name;
  void (*make)(Plant& plant, Module& room);
  const char* next;  // on the room's page; empty: nobody knows
  const char* why;
  const char* way;  // node of the menu that leads out of it; empty: nothing Foyer could do
};

const Mood kMoods[] = {
    {"plan", [](Plant&, Module&) {}, "20° until today 23:30, then 17° (Winter week)",
     "The plan “Winter week” is at “Comfort”.", "menu/plans"},
    {"override",
     [](Plant&, Module& room) {
       set(room, Aspect::mode, std::string("manual"));
       room.mode_until = test::evening() + Hours(2);
     },
     "20° until today 20:02, then 20° (Winter week)", "Set by hand until today 20:02.", "menu/back"},
    {"override without end", [](Plant&, Module& room) { set(room, Aspect::mode, std::string("manual")); }, "",
     "Set by hand, until somebody changes it.", "menu/back"},
    {"boost",
     [](Plant&, Module& room) {
       set(room, Aspect::mode, std::string("boost"));
       room.mode_until = test::evening() + Minutes(30);
     },
     "20° until today 18:32, then 20° (Winter week)", "Boost is on until today 18:32.", "menu/back"},
    {"window", [](Plant&, Module& room) { set(room, Aspect::open_window, true); },
     "20° until today 23:30, then 17° (Winter week)", "A window is open: heating waits until it is closed.",
     ""},
    {"away",
     [](Plant& plant, Module&) {
       set(plant.modules[0], Aspect::mode, std::string("away"));
       plant.modules[0].mode_until = test::evening() + Hours(48);
     },
     "20° until 12 Jan 18:02, then 20° (Winter week)", "The whole house is set to away until 12 Jan 18:02.",
     "menu/back"},
    {"off", [](Plant&, Module& room) { set(room, Aspect::mode, std::string("off")); }, "",
     "Switched off here; a plan doesn’t count.", "menu/back"},
    {"frost guard",
     [](Plant& plant, Module&) { set(plant.modules[0], Aspect::mode, std::string("protection")); }, "",
     "The whole house is on frost guard.", "menu/back"},
    {"offline", [](Plant&, Module& room) { room.reach = Reach::unreachable; }, "",
     "Out of reach: nobody knows what it does now.", "menu/problems"},
    {"unknown",
     [](Plant&, Module& room) {
       std::erase_if(room.readings, [](const Reading& one) { return one.aspect == Aspect::mode; });
     },
     "", "The cloud doesn’t tell why.", ""},
};

State in_mood(const Mood& mood) {
  State state = heated();
  mood.make(state.plants[0], *state.plants[0].module(test::warmed));
  return state;
}

TEST(Why, OnePressAtATileSaysWhyAndLeadsOutOfIt) {
  for (const Mood& mood : kMoods) {
    SCOPED_TRACE(mood.name);
    Stage stage(in_mood(mood));
    ASSERT_NE(stage.node(kTile), nullptr);
    EXPECT_EQ(stage.node(kTile)->role, Role::button);
    EXPECT_EQ(stage.node(kTile)->name, "Living room: why?");
    EXPECT_EQ(stage.node(kTile)->description, mood.next);
    stage.click(kTile);
    stage.settle();
    ASSERT_NE(stage.node("menu/why"), nullptr);
    EXPECT_EQ(stage.node("menu/why")->name, mood.why);
    for (const char* way : {"menu/plans", "menu/back", "menu/problems"})
      EXPECT_EQ(stage.node(way) != nullptr, std::string_view(way) == mood.way) << way;
    EXPECT_NE(stage.node("menu/details"), nullptr);
  }
}

TEST(Why, TheRoomsPageAndTheThermostatsSayTheSame) {
  for (const Mood& mood : kMoods) {
    SCOPED_TRACE(mood.name);
    State state = in_mood(mood);
    state.route.view = Route::View::ambient;
    state.route.ambient = AmbientId("netatmo:1");
    Stage room(state, 390, 844, {.touch = true});
    EXPECT_EQ(room.node("room/next") == nullptr ? "" : room.node("room/next")->name, mood.next);
    room.act(kRoom, Act::press);
    room.settle();
    EXPECT_EQ(room.node("menu/why")->name, mood.why);
    state.route.view = Route::View::module;
    state.route.ambient = {};
    state.route.module = test::warmed;
    Stage page(state);
    EXPECT_EQ(page.node("control/netatmo:home/room/1/why")->name, mood.why);
  }
}

TEST(Why, BackToThePlanIsSentToWhatStandsAboveIt) {
  Stage stage(in_mood(kMoods[1]));
  stage.click(kTile);
  stage.settle();
  stage.click("menu/back");
  stage.settle();
  const auto* sent = stage.last_sent<intent::Send>();
  ASSERT_NE(sent, nullptr);
  EXPECT_EQ(sent->module, test::warmed);
  EXPECT_EQ(sent->command, (Command{Aspect::mode, std::string("automatic"), {}}));
  EXPECT_EQ(stage.node("menu/why"), nullptr) << "it is changed: the reason is over";

  Stage away(in_mood(kMoods[5]));
  away.click(kTile);
  away.settle();
  away.click("menu/back");
  EXPECT_EQ(away.last_sent<intent::Send>()->module, ModuleId("netatmo:home/heating"));
}

TEST(Why, OfflineNothingIsSentAndTheSentenceIsThere) {
  State state = in_mood(kMoods[1]);
  state.online = false;
  Stage stage(state);
  stage.act(kTile, Act::press);
  stage.settle();
  EXPECT_NE(stage.node("menu/why"), nullptr);
  EXPECT_TRUE(stage.node("menu/back")->disabled);
}

TEST(Next, StandsOnTheTileAndInTheRoomsHeading) {
  Stage stage(heated());
  bool drawn = false;
  for (const Item& item : stage.interface.page().items) drawn |= item.text == "Until 23:30, then 17°";
  EXPECT_TRUE(drawn);
  EXPECT_TRUE(stage.node("module/netatmo:home/room/1")
                  ->description.ends_with("20° until today 23:30, then 17° (Winter week)"));
  EXPECT_TRUE(
      stage.node("room/netatmo:1/summary")->name.contains("20° until today 23:30, then 17° (Winter week)"));
  EXPECT_EQ(stage.node("why/tile/demo:ceiling"), nullptr) << "a lamp has no plan";
}

TEST(Next, ChangesWhenItsTimeHasCome) {
  Stage stage(heated());
  stage.time.advance(Hours(5) + Minutes(29));
  stage.settle();
  EXPECT_TRUE(stage.node(kTile)->description.contains("then 20°")) << stage.node(kTile)->description;
}

TEST(Next, AFavouriteAsksForItself) {
  State state = heated();
  state.arrangement.favourites = {test::warmed.text};
  Stage stage(state);
  ASSERT_NE(stage.node("why/favourite/netatmo:home/room/1"), nullptr);
  stage.click("why/favourite/netatmo:home/room/1");
  stage.settle();
  EXPECT_NE(stage.node("menu/why"), nullptr);
  stage.key(ImGuiKey_Escape);
  stage.settle();
  EXPECT_EQ(stage.interface.focused(), "why/favourite/netatmo:home/room/1");
}

TEST(Hold, WhatWasSetByHandSaysHowLongItHoldsAndLetsOneChoose) {
  const std::string id = "control/netatmo:home/room/1/hold/";
  State state = heated();
  state.route.view = Route::View::module;
  state.route.module = ModuleId("netatmo:home/room/1");
  EXPECT_EQ(Stage(state).node(id + "1h"), nullptr) << "the plan holds by itself";
  Plant& plant = state.plants[0];
  Module& room = *std::ranges::find(plant.modules, state.route.module, &Module::id);
  set(room, Aspect::mode, std::string("manual"));
  {
    Stage stage(state);
    ASSERT_NE(stage.node(id + "change"), nullptr);
    EXPECT_EQ(stage.node(id + "change")->name, "Until the plan changes, 23:30");
    EXPECT_EQ(stage.node(id + "always")->checked, true);
    ASSERT_TRUE(stage.act(id + "change", Act::press));
    EXPECT_EQ(stage.last_sent<intent::Send>()->command.lasting, Minutes(5 * 60 + 28));
    ASSERT_TRUE(stage.act(id + "3h", Act::press));
    const Command sent = stage.last_sent<intent::Send>()->command;
    EXPECT_EQ(sent, (Command{Aspect::setpoint, 20.0, Hours(3)}));
    ASSERT_TRUE(stage.act(id + "always", Act::press));
    EXPECT_EQ(stage.last_sent<intent::Send>()->command.lasting, std::nullopt);
  }
  plant.setpoint_lasting = Minutes(180);  // this cloud ends it by itself
  room.mode_until = test::evening() + Hours(5) + Minutes(28);
  Stage ends(state);
  EXPECT_EQ(ends.node(id + "always"), nullptr);
  EXPECT_EQ(ends.node(id + "change")->checked, true);
}

}  // namespace
}  // namespace foyer::shell
