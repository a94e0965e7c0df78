// The console, the journal, set-up and the doctor, as a person meets them: by role and name.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

using test::for_developers;
using test::Stage;
using View = Route::View;

TEST(Doctor, ShowsEachFindingWithItsStateInWordsAndARemedy) {
  Stage stage(for_developers(View::problems));
  const Node* clock = stage.named(Role::listitem, "Clock of this device: needs you");
  ASSERT_NE(clock, nullptr);
  EXPECT_NE(stage.named(Role::text, "It is about 12 min ahead."), nullptr);
  EXPECT_NE(stage.named(Role::listitem, "Storage of this device: in order"), nullptr);
  EXPECT_NE(stage.named(Role::listitem, "Service of the homes: not looked at"), nullptr);
}

TEST(Doctor, SpendsCallsOnlyOnTheButtonThatSaysSo) {
  Stage stage(for_developers(View::problems));
  ASSERT_TRUE(stage.act("doctor/run", Act::press));
  ASSERT_NE(stage.last_sent<intent::Examine>(), nullptr);
  EXPECT_FALSE(stage.last_sent<intent::Examine>()->ask_api);
  const Node* all = stage.named(Role::button, "Check everything (3 of today’s calls)");
  ASSERT_NE(all, nullptr);
  ASSERT_TRUE(stage.act(all->id, Act::press));
  EXPECT_TRUE(stage.last_sent<intent::Examine>()->ask_api);
}

TEST(Console, ListsTheOperationsOfAnApiAndOpensOne) {
  Stage stage(for_developers(View::console));
  const Node* one = stage.node("console/o/smarther.plants");
  ASSERT_NE(one, nullptr);
  EXPECT_EQ(one->role, Role::button);
  ASSERT_TRUE(stage.act(one->id, Act::press));
  ASSERT_NE(stage.last_sent<intent::OpenOperation>(), nullptr);
  EXPECT_EQ(stage.last_sent<intent::OpenOperation>()->operation, "smarther.plants");
}

State form() {
  State state = for_developers(View::console);
  state.console.operation = "hc.light.level";
  state.console.values = {{"plant", "p1"}, {"module", "m1"}};
  return state;
}

TEST(Console, WhatIsTypedIsValidatedAndInTheRequestAtOnce) {
  Stage stage(form());
  const Node* level = stage.node("console/p/level");
  ASSERT_NE(level, nullptr);
  EXPECT_EQ(level->role, Role::textbox);
  ASSERT_TRUE(stage.act("console/p/level", Act::set_text, "400"));
  stage.settle();
  EXPECT_TRUE(stage.node("console/send")->disabled) << "400 % is out of range";
  ASSERT_TRUE(stage.act("console/p/level", Act::set_text, "40"));
  stage.settle();
  ASSERT_FALSE(stage.node("console/send")->disabled) << stage.node("console/send")->description;
  const std::string curl = stage.node("console/curl")->name;
  EXPECT_TRUE(curl.contains("curl -X POST 'https://home.example/foyer/relay/api/hc/api/v1.0/")) << curl;
  EXPECT_TRUE(curl.contains("\"level\":40")) << curl;
  EXPECT_TRUE(curl.contains("Bearer •••")) << curl;
  ASSERT_TRUE(stage.act("console/send", Act::press));
  const auto* sent = stage.last_sent<intent::SendOperation>();
  ASSERT_NE(sent, nullptr);
  EXPECT_EQ(sent->operation, "hc.light.level");
  EXPECT_NE(std::ranges::find(sent->values, std::pair<std::string, std::string>("level", "40")),
            sent->values.end());
}

TEST(Console, EveryWrongFieldSaysWhatIsWrongWithIt) {
  State state = for_developers(View::console);
  state.console.operation = "smarther.set";
  state.console.values = {{"plant", "p1"}, {"module", "m1"}, {"function", "heating"}, {"mode", "manual"}};
  Stage stage(state);
  ASSERT_TRUE(stage.act("console/p/setpoint", Act::set_text, "41"));
  ASSERT_TRUE(stage.act("console/p/program", Act::set_text, "12"));
  stage.settle();
  ASSERT_NE(stage.node("console/p/setpoint/wrong"), nullptr);
  EXPECT_EQ(stage.node("console/p/setpoint/wrong")->name, "setpoint: expected 3 to 40 °C in steps of 0.1");
  ASSERT_NE(stage.node("console/p/program/wrong"), nullptr);
  EXPECT_TRUE(stage.node("console/p/program/wrong")->name.starts_with("program: goes with "));
  EXPECT_EQ(stage.node("console/p/setpoint")->description, stage.node("console/p/setpoint/wrong")->name);
  EXPECT_EQ(stage.node("console/why"), nullptr) << "each is said at its field";
  EXPECT_TRUE(stage.node("console/send")->disabled);
  ASSERT_TRUE(stage.act("console/p/module", Act::set_text, ""));
  stage.settle();
  ASSERT_NE(stage.node("console/why"), nullptr);
  EXPECT_EQ(stage.node("console/why")->name.contains("setpoint"), false) << stage.node("console/why")->name;
  EXPECT_TRUE(stage.node("console/why")->name.contains("module: is missing"));
}

TEST(Console, EachFieldKeepsItsOwnText) {
  Stage stage(form());
  ASSERT_TRUE(stage.act("console/p/plant", Act::set_text, "first"));
  ASSERT_TRUE(stage.act("console/p/module", Act::set_text, "second"));
  stage.settle();
  EXPECT_EQ(stage.node("console/p/plant")->value_text, "first");
  EXPECT_EQ(stage.node("console/p/module")->value_text, "second");
}

TEST(Console, ShowsTheAnswerWithItsReading) {
  State state = for_developers(View::console);
  state.console.operation = "smarther.plants";
  Stage stage(state);
  EXPECT_EQ(stage.node("console/status")->name, "200 · 182 ms · A good answer.");
  EXPECT_TRUE(stage.node("console/body")->name.contains("\"id\": \"1111\""));
  EXPECT_EQ(stage.node("console/headers/text"), nullptr);
  ASSERT_TRUE(stage.act("console/headers", Act::press));
  stage.settle();
  EXPECT_NE(stage.node("console/headers/text"), nullptr);
}

TEST(Journal, SaysWhatEachCallWasAndWhatBecameOfIt) {
  Stage stage(for_developers(View::journal));
  const Node* last = stage.node("journal/demo/3");
  ASSERT_NE(last, nullptr);
  EXPECT_TRUE(last->name.contains("GET /smarther/v2.0/plants")) << last->name;
  EXPECT_TRUE(last->name.contains("no answer · 10000 ms · waits, then again (E15) · attempt 2 · calls: 1"))
      << last->name;
  ASSERT_TRUE(stage.act("journal/demo/har", Act::press));
  EXPECT_NE(stage.last_sent<intent::SaveJournal>(), nullptr);
}

TEST(Meter, WarnsFrom80PercentAndSaysWhatTheRestAllows) {
  State state = for_developers(View::journal);
  state.accounts.front().ledger.used = 212;
  state.accounts.front().ledger.limit = 500;
  state.accounts.front().ledger.window_end = test::evening() + Hours(6);
  Stage stage(state);
  const Node* meter = stage.node("journal/demo/calls");
  ASSERT_NE(meter, nullptr);
  EXPECT_EQ(meter->value_text, "212 of 500 calls today");
  EXPECT_TRUE(stage.node("journal/demo/rest")->name.contains("Foyer looks every")) << "Q2";
}

// With an account of one's own at Legrand.
State registered() {
  State state = for_developers(View::setup);
  state.accounts.front().simulated = false;
  return state;
}

TEST(SetUp, AsksForTheVendorWhereNoneOrBothAreConfigured) {
  State state = for_developers(View::setup);
  state.accounts.front().simulated = true;
  Stage stage(state);
  EXPECT_EQ(stage.node("setup/1"), nullptr);
  EXPECT_EQ(stage.node("doctor/run"), nullptr);
  ASSERT_TRUE(stage.act("setup/vendor/netatmo", Act::press));
  stage.settle();
  EXPECT_TRUE(stage.node("setup/1/text")->name.contains("dev.netatmo.com"));
  EXPECT_NE(stage.node("setup/6"), nullptr);
  EXPECT_EQ(stage.node("setup/7"), nullptr);
  EXPECT_EQ(stage.node("setup/key1"), nullptr) << "Netatmo has no subscription keys";
  EXPECT_EQ(stage.node("setup/redirect/demo"), nullptr) << "that account is Legrand's";
  ASSERT_TRUE(stage.act("setup/vendor/legrand", Act::press));
  stage.settle();
  EXPECT_TRUE(stage.node("setup/1/text")->name.contains("developer.legrand.com"));
  EXPECT_NE(stage.node("setup/key1"), nullptr);
  State both = registered();
  both.accounts.push_back(both.accounts.front());
  both.accounts.back().id = "netatmo";
  both.accounts.back().providers = {"netatmo"};
  EXPECT_EQ(Stage(both).node("setup/1"), nullptr);
}

TEST(SetUp, ShowsTheVendorThatIsConfigured) {
  State state = registered();
  EXPECT_TRUE(Stage(state).node("setup/1/text")->name.contains("developer.legrand.com"));
  state.accounts.front().providers = {"netatmo"};
  Stage netatmo(state);
  EXPECT_TRUE(netatmo.node("setup/1/text")->name.contains("dev.netatmo.com"));
  EXPECT_NE(netatmo.node("setup/redirect/demo"), nullptr);
  EXPECT_EQ(netatmo.node("setup/homes/demo")->name, state.accounts.front().name + ": homes found: 2.");
}

TEST(SetUp, ComparesTheRegisteredAddressWithThePage) {
  State state = registered();
  Stage same(state);
  EXPECT_EQ(same.node("setup/redirect/demo")->name,
            state.accounts.front().name + ": config.json says the same.");
  ASSERT_TRUE(same.act("setup/copy", Act::press));
  EXPECT_EQ(same.last_sent<intent::CopyText>()->text, "https://home.example/foyer/");
  state.accounts.front().redirect_uri = "https://home.example/";
  Stage other(state);
  EXPECT_TRUE(other.node("setup/redirect/demo")->name.contains("config.json says https://home.example/."));
}

TEST(SetUp, SaysUnderEachStepWhatIsKnownOfIt) {
  State state = registered();
  Stage stage(state);
  const std::string name = state.accounts.front().name;
  ASSERT_NE(stage.node("setup/scopes/demo"), nullptr);
  EXPECT_EQ(stage.node("setup/scopes/demo")->name, name + ": everything asked for is permitted.");
  EXPECT_EQ(stage.node("setup/homes/demo")->name, name + ": homes found: 2.");
  EXPECT_TRUE(stage.node("setup/8/0")->name.starts_with("Clock of this device: It is about 12 min ahead."));
  state.accounts.front().session.missing_scopes = {"light.write"};
  Stage lacking(state);
  EXPECT_TRUE(lacking.node("setup/scopes/demo")->name.contains("Not permitted: light.write"));
}

TEST(SetUp, SaysWhyTheClasse300XHasNoEndpointAndHowItsAccountIsLinked) {
  Stage stage(registered());
  EXPECT_NE(stage.named(Role::heading, "Classe 300X (C300X13E)"), nullptr);
  EXPECT_TRUE(stage.node("setup/intercom/hint")->name.contains("no address for partners is known"));
  EXPECT_TRUE(stage.node("setup/intercom/2/text")->name.contains("Third-party access"));
  State state = for_developers(View::console);
  state.console.api = "classe";
  Stage console(state);
  ASSERT_TRUE(console.act("console/intercom", Act::press));
  EXPECT_EQ(console.last_sent<intent::Go>()->route.view, View::setup);
}

TEST(SetUp, RemembersWhichStepOfChangingAKeyIsNextE5) {
  State state = registered();
  state.key_step = 1;
  Stage stage(state);
  EXPECT_EQ(stage.node("setup/key1/done"), nullptr);
  ASSERT_TRUE(stage.act("setup/key2/done", Act::press));
  EXPECT_EQ(stage.last_sent<intent::KeyStep>()->done, 2);
  ASSERT_TRUE(stage.act("setup/keys/again", Act::press));
  EXPECT_EQ(stage.last_sent<intent::KeyStep>()->done, 0);
}

TEST(Tools, AViewThatNeedsThemSaysThatTheyAreOnTheirWayOrFailed) {
  for (const View view : {View::console, View::journal, View::setup}) {
    State state = for_developers(view);
    state.arrival(Part::tools) = Arrival::loading;
    Stage stage(state);
    EXPECT_NE(stage.named(Role::text, "Loading…"), nullptr);
    EXPECT_EQ(stage.node("console/apis"), nullptr);
    state.arrival(Part::tools) = Arrival::failed;
    Stage failed(state);
    ASSERT_TRUE(failed.act("tools/again", Act::press));
    EXPECT_NE(failed.last_sent<intent::BringPart>(), nullptr);
  }
  State state = for_developers(View::problems);
  state.arrival(Part::tools) = Arrival::absent;
  Stage stage(state);
  EXPECT_EQ(stage.node("doctor/run"), nullptr);
  EXPECT_NE(stage.named(Role::heading, "Problems"), nullptr);
}

TEST(SetUp, TellsTheVendorsFourStepsOfChangingAKey) {
  Stage stage(registered());
  for (const char* id : {"setup/key1", "setup/key2", "setup/key3", "setup/key4"}) {
    ASSERT_NE(stage.node(id), nullptr) << id;
    EXPECT_EQ(stage.node(id)->role, Role::heading);
  }
  EXPECT_EQ(stage.node("setup/key5"), nullptr);
}

}  // namespace
}  // namespace foyer::shell
