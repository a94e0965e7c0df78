// The referee: what Dear ImGui itself saw being drawn, against the nodes of the mirror.
#include <gtest/gtest.h>

#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

using test::Stage;

std::vector<State> every_view() {
  std::vector<State> all{test::pictured_home(), test::with_thermostat(), test::welcome(), test::loading(),
                         test::big_home(1000)};
  for (auto which : {Route::View::scenes, Route::View::energy, Route::View::topology, Route::View::problems,
                     Route::View::settings, Route::View::ambient, Route::View::module}) {
    State state = test::pictured_home();
    state.route.view = which;
    if (which == Route::View::ambient) state.route.ambient = AmbientId("demo:kitchen");
    if (which == Route::View::module) state.route.module = ModuleId("demo:floor");
    all.push_back(std::move(state));
  }
  for (auto which : {Route::View::console, Route::View::journal, Route::View::setup, Route::View::problems})
    all.push_back(test::for_developers(which));
  all.push_back(test::for_developers(Route::View::console));
  all.back().console.operation = "hc.light.set";
  return all;
}

class Referee : public testing::TestWithParam<float> {};

TEST_P(Referee, EveryInteractiveItemDrawnHasANamedTwinInTheMirrorAtTheSamePlace) {
  for (State& state : every_view()) {
    Stage stage(std::move(state), GetParam(), 800);
    stage.wheel(-3);
    ASSERT_FALSE(stage.items.empty() && stage.state.started && !stage.state.loading);
    for (const auto& [label, box] : stage.items) {
      const Node* twin = stage.node(label);
      ASSERT_NE(twin, nullptr) << label << " is drawn but not in the mirror";
      EXPECT_FALSE(twin->name.empty()) << label;
      EXPECT_TRUE(twin->operable) << label;
      if (twin->role == Role::textbox) continue;  // its item is the part that takes text
      EXPECT_NEAR(twin->bounds.x, box.x, 1.0F) << label;
      EXPECT_NEAR(twin->bounds.y, box.y, 1.0F) << label;
    }
  }
}

TEST_P(Referee, EveryNodeOnScreenThatCanBeOperatedIsDrawnAsARealItem) {
  for (State& state : every_view()) {
    Stage stage(std::move(state), GetParam(), 800);
    for (const Node& node : stage.interface.nodes()) {
      if (!node.operable || !node.on_screen) continue;
      // Just touching the edge of the view counts neither way.
      if (node.bounds.y + node.bounds.h < 12 || node.bounds.y > 780) continue;
      EXPECT_TRUE(stage.items.contains(node.id)) << node.id << " can be operated but was not drawn";
    }
  }
}

TEST_P(Referee, WhatCanBeOperatedHasANameAndAPlace) {
  for (State& state : every_view()) {
    Stage stage(std::move(state), GetParam(), 800);
    for (const Node& node : stage.interface.nodes()) {
      if (node.role != Role::list && node.role != Role::listitem && node.role != Role::status)
        EXPECT_FALSE(node.name.empty()) << node.id;
      if (node.operable) {
        EXPECT_GE(node.bounds.w, 20) << node.id;
        EXPECT_GE(node.bounds.h, 20) << node.id;
      }
      if (node.role == Role::slider) EXPECT_FALSE(node.value_text.empty()) << node.id;
      if (node.role == Role::toggle || node.role == Role::radio)
        EXPECT_TRUE(node.checked.has_value()) << node.id;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Widths, Referee, testing::Values(390.0F, 900.0F, 1440.0F));

}  // namespace
}  // namespace foyer::shell
