// Each view, in each of its states, says what it should and offers what it should.
#include <set>

#include <gtest/gtest.h>

#include "core/base/version.hpp"
#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

using test::Stage;

State view(Route::View which, const char* module = "") {
  State state = test::pictured_home();
  state.route.view = which;
  state.route.module = ModuleId(module);
  return state;
}

TEST(Welcome, OffersTheDemoAndTheSignInAndSaysItIsIndependent) {
  Stage stage(test::welcome());
  ASSERT_NE(stage.named(Role::button, "Try the demo home"), nullptr);
  ASSERT_NE(stage.named(Role::button, "Sign in with Legrand"), nullptr);
  EXPECT_NE(stage.node("welcome/independent"), nullptr);
  stage.click("sign_in/demo");
  const auto* sign_in = stage.last_sent<intent::SignIn>();
  ASSERT_NE(sign_in, nullptr);
  EXPECT_EQ(sign_in->account, "demo");
}

TEST(Welcome, LeadsToSetUpAndSaysWhatForWhereNoCloudIsReal) {
  Stage stage(test::welcome());
  const Node* way = stage.named(Role::button, "Set up your own home");
  ASSERT_NE(way, nullptr);
  EXPECT_EQ(stage.node("welcome/setup/more"), nullptr);
  stage.click("welcome/setup");
  const auto* went = stage.last_sent<intent::Go>();
  ASSERT_NE(went, nullptr);
  EXPECT_EQ(went->route.view, Route::View::setup);

  State demo = test::welcome();
  demo.accounts.pop_back();
  EXPECT_NE(Stage(std::move(demo)).node("welcome/setup/more"), nullptr);
}

TEST(Welcome, SaysWhyTheSessionEnded) {
  State state = test::welcome();
  state.accounts[1].session.because = oauth::SignedOutBecause::expired;
  Stage stage(std::move(state));
  EXPECT_EQ(stage.node("welcome/why/legrand")->name, "Your session has ended. Sign in again to go on.");
}

TEST(Welcome, AFatalErrorTakesThePlaceOfEverything) {
  State state = test::welcome();
  state.fatal = "config.json: clouds[0].client_id is missing.";
  Stage stage(std::move(state));
  EXPECT_EQ(stage.node("welcome/fatal")->name, "config.json: clouds[0].client_id is missing.");
  EXPECT_EQ(stage.node("sign_in/demo"), nullptr);
}

TEST(Welcome, OfflineNothingCanBePressedAndItSaysWhy) {
  State state = test::welcome();
  state.online = false;
  Stage stage(std::move(state));
  EXPECT_TRUE(stage.node("sign_in/demo")->disabled);
  EXPECT_FALSE(stage.node("sign_in/demo")->description.empty());
}

TEST(Home, NamesRoomsAndDevicesWithTheirControls) {
  Stage stage(test::pictured_home());
  EXPECT_EQ(stage.node("room/demo:living/heading")->role, Role::heading);
  const Node* lamp = stage.named(Role::toggle, "Ceiling");
  ASSERT_NE(lamp, nullptr);
  EXPECT_EQ(lamp->checked, true);
  const Node* level = stage.named(Role::slider, "Floor lamp brightness");
  ASSERT_NE(level, nullptr);
  EXPECT_EQ(level->value, 40);
  EXPECT_EQ(level->value_text, "40 %");
  EXPECT_NE(stage.named(Role::button, "Stop Balcony shutter"), nullptr);
  EXPECT_NE(stage.named(Role::button, "Lights off in Living room"), nullptr);
  EXPECT_EQ(stage.interface.title(), "(6) Rue des Lilas – Foyer");
}

TEST(Home, WhoCannotWaitForTheNextLookRefreshesAndOfflineIsNotOfferedIt) {
  Stage stage(view(Route::View::home));
  stage.click("refresh");
  EXPECT_NE(stage.last_sent<intent::Refresh>(), nullptr);
  State offline = view(Route::View::home);
  offline.online = false;
  EXPECT_EQ(Stage(std::move(offline)).node("refresh"), nullptr);
}

TEST(Home, TheToggleSendsTheOppositeOfWhatIs) {
  Stage stage(test::pictured_home());
  stage.click("module/demo:ceiling/on_off");
  const auto* send = stage.last_sent<intent::Send>();
  ASSERT_NE(send, nullptr);
  EXPECT_EQ(send->module.text, "demo:ceiling");
  EXPECT_EQ(send->command.value, Value(false));
}

TEST(Home, ATileLeadsToItsModuleAndAnIconInsideDoesNot) {
  Stage stage(test::pictured_home());
  const Rect tile = stage.node("module/demo:ceiling")->bounds;
  stage.press(tile.x + 30, tile.y + tile.h - 20);
  stage.release();
  const auto* go = stage.last_sent<intent::Go>();
  ASSERT_NE(go, nullptr);
  EXPECT_EQ(go->route.view, Route::View::module);
  EXPECT_EQ(go->route.module.text, "demo:ceiling");
}

TEST(Home, NotConfirmedLooksAgainAndFailedTriesAgain) {
  Stage stage(test::pictured_home());
  stage.act("module/demo:worktop/again", Act::press);
  ASSERT_NE(stage.last_sent<intent::LookAgain>(), nullptr);
  stage.act("module/demo:hood/again", Act::press);
  ASSERT_NE(stage.last_sent<intent::Send>(), nullptr);
  EXPECT_EQ(stage.last_sent<intent::Send>()->module.text, "demo:hood");
}

TEST(Home, OfflineDevicesHaveNoControlsButAPage) {
  Stage stage(test::pictured_home());
  EXPECT_EQ(stage.node("module/demo:path/on_off"), nullptr);
  ASSERT_NE(stage.node("module/demo:path"), nullptr);
  EXPECT_EQ(stage.node("module/demo:path")->description, "Offline since 14:02");
}

TEST(Home, WithoutNetworkControlsAreOffAndItSaysSo) {
  State state = test::pictured_home();
  state.online = false;
  Stage stage(std::move(state));
  EXPECT_TRUE(stage.node("module/demo:ceiling/on_off")->disabled);
  EXPECT_NE(stage.node("offline"), nullptr);
  stage.click("module/demo:ceiling/on_off");
  EXPECT_EQ(stage.last_sent<intent::Send>(), nullptr);
}

TEST(Home, TheProblemThatMattersIsOnTopWithAWayToItsDetails) {
  Stage stage(test::pictured_home());
  EXPECT_EQ(stage.node("strip/text")->name,
            "Garden gateway is offline since 14:02. Check its power and network. We look again in 5 min.");
  stage.click("strip/details");
  EXPECT_EQ(stage.last_sent<intent::Go>()->route.view, Route::View::problems);
}

TEST(Home, WhenOnlySigningInHelpsTheStripOffersIt) {
  State state = test::pictured_home();
  state.problems[1].needs_sign_in = true;
  Stage stage(std::move(state));
  stage.click("strip/sign_in");
  ASSERT_NE(stage.last_sent<intent::SignIn>(), nullptr);
  EXPECT_EQ(stage.last_sent<intent::SignIn>()->account, "demo");
}

TEST(Home, IsShownToWhoIsSignedInEvenWithoutADeepLink) {
  State state = test::pictured_home();
  state.route = {};
  Stage stage(std::move(state));
  EXPECT_NE(stage.node("heading/home"), nullptr);
  EXPECT_TRUE(stage.node("nav/home")->current);
}

TEST(Home, AnotherPlantCanBeChosen) {
  Stage stage(test::pictured_home());
  stage.click("plants");
  EXPECT_EQ(stage.node("plants")->expanded, true);
  stage.click("menu/demo:33330000cccc3333");
  EXPECT_EQ(stage.last_sent<intent::Go>()->route.plant.text, "demo:33330000cccc3333");
  stage.settle();
  EXPECT_EQ(stage.node("menu/demo:33330000cccc3333"), nullptr) << "the menu closes";
}

TEST(Home, LoadingAndEmptyHomesSaySo) {
  Stage waiting(test::loading());
  EXPECT_EQ(waiting.node("heading/home")->name, "Loading your home…");
  State state = test::loading();
  state.loading = false;
  Stage empty(std::move(state));
  EXPECT_NE(empty.node("home/refresh"), nullptr);
}

TEST(Home, AHomeThatCouldNotBeReadSaysWhyAndTriesAgain) {
  State state = test::loading();
  state.loading = false;
  state.problems.push_back({.key = {ProblemKey::About::provider, "demo", "hc"},
                            .what = "The homes could not be read.",
                            .can_retry = true});
  Stage stage(std::move(state));
  EXPECT_NE(stage.named(Role::heading, "The homes could not be read."), nullptr);
  stage.click("problem/provider:demo:hc/retry");
  ASSERT_NE(stage.last_sent<intent::Retry>(), nullptr);
  EXPECT_EQ(stage.last_sent<intent::Retry>()->problem,
            (ProblemKey{ProblemKey::About::provider, "demo", "hc"}));
}

TEST(Home, TheRailShowsTheCallsOfTodayAndTheOpenProblems) {
  Stage stage(test::pictured_home());
  EXPECT_EQ(stage.node("calls")->value_text, "212 of 500 calls today");
  EXPECT_EQ(stage.node("nav/problems")->name, "Problems, 6 open");
  EXPECT_TRUE(stage.node("nav/home")->current);
}

TEST(Home, ThePhoneHasFiveTabs) {
  Stage stage(test::pictured_home(), 390, 844);
  int tabs = 0;
  for (const Node& node : stage.interface.nodes()) tabs += node.id.starts_with("nav/");
  EXPECT_EQ(tabs, 5);
}

TEST(ModulePage, WideItStandsBesideTheHomeAndNarrowItIsAPage) {
  Stage wide(test::with_thermostat());
  EXPECT_NE(wide.node("panel"), nullptr);
  EXPECT_NE(wide.node("module/demo:ceiling"), nullptr);
  EXPECT_TRUE(wide.node("module/demo:22220000aaaabbbb00002222")->current);
  Stage narrow(test::with_thermostat(), 900, 800);
  EXPECT_EQ(narrow.node("panel"), nullptr);
  EXPECT_EQ(narrow.node("module/demo:ceiling"), nullptr);
  narrow.click("back");
  EXPECT_EQ(narrow.last_sent<intent::Back>()->otherwise.view, Route::View::home);
}

TEST(ModulePage, TheThermostatHasSetpointModesBoostAndProgramme) {
  Stage stage(test::with_thermostat());
  const std::string id = "control/demo:22220000aaaabbbb00002222";
  EXPECT_EQ(stage.node(id + "/setpoint")->value, 20.5);
  EXPECT_EQ(stage.node(id + "/setpoint")->step, 0.5);
  EXPECT_EQ(stage.node(id + "/mode/manual")->checked, true);
  stage.click(id + "/boost/60");
  const auto* boost = stage.last_sent<intent::Send>();
  ASSERT_NE(boost, nullptr);
  EXPECT_EQ(boost->command.aspect, Aspect::mode);
  EXPECT_EQ(boost->command.lasting, Minutes(60));
  stage.click(id + "/program/2");
  EXPECT_EQ(stage.last_sent<intent::Send>()->command.value, Value(std::string("2")));
}

TEST(ModulePage, EveryReadingHasAnAgeAndIdsAreCopiedWhole) {
  Stage stage(test::with_thermostat());
  const Node* first = stage.node("detail/demo:22220000aaaabbbb00002222/reading/0");
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->name, "Setpoint: 20.5 °C, just now");
  EXPECT_EQ(stage.node("detail/demo:22220000aaaabbbb00002222/module_id"), nullptr)
      << "folded: for developers";
  stage.act("detail/demo:22220000aaaabbbb00002222/technical", Act::press);
  EXPECT_TRUE(stage.act("detail/demo:22220000aaaabbbb00002222/module_id", Act::press));
  EXPECT_EQ(stage.last_sent<intent::CopyText>()->text, "22220000aaaabbbb00002222");
}

TEST(ModulePage, TheRawAnswerOpensOnDemand) {
  Stage stage(test::with_thermostat());
  const std::string id = "detail/demo:22220000aaaabbbb00002222/raw_status";
  stage.act("detail/demo:22220000aaaabbbb00002222/technical", Act::press);
  EXPECT_EQ(stage.node(id)->expanded, false);
  stage.act(id, Act::press);
  EXPECT_EQ(stage.node(id)->expanded, true);
  EXPECT_NE(stage.node(id + "/text")->name.find("\"setPoint\""), std::string::npos);
}

TEST(ModulePage, WhatBecameOfTheCommandIsTold) {
  Stage stage(test::with_thermostat());
  const Node* text = stage.node("control/demo:22220000aaaabbbb00002222/command/text");
  ASSERT_NE(text, nullptr);
  EXPECT_TRUE(text->name.starts_with("Sent 20.5 °C at 18:02."));
}

TEST(ModulePage, AModuleThatIsGoneSaysSo) {
  Stage stage(view(Route::View::module, "demo:nobody"));
  EXPECT_NE(stage.node("module/gone"), nullptr);
}

TEST(Scenes, RunSendsTheMomentaryCommand) {
  Stage stage(view(Route::View::scenes));
  stage.click("scene/demo:evening/run");
  EXPECT_EQ(stage.last_sent<intent::Send>()->command.aspect, Aspect::run);
}

TEST(Energy, ListsWhoUsesPowerMostFirst) {
  Stage stage(view(Route::View::energy));
  EXPECT_EQ(stage.node("energy/total")->name, "84 W measured now");
  EXPECT_LT(stage.node("row/demo:dish")->bounds.y, stage.node("row/demo:ceiling")->bounds.y);
}

TEST(Topology, ShowsPlantGatewayRoomAndModuleWithIdsToCopy) {
  Stage stage(view(Route::View::topology));
  stage.click("topology/as/list");
  stage.settle();
  EXPECT_NE(stage.node("tree/demo:11110000aaaa1111"), nullptr);
  EXPECT_NE(stage.node("tree/demo:gw2"), nullptr);
  EXPECT_NE(stage.node("tree/demo:living"), nullptr);
  stage.act("tree/demo:floor/copy", Act::press);
  EXPECT_EQ(stage.last_sent<intent::CopyText>()->text, "floor");
}

TEST(Problems, SayWhatIsWhatWeDoAndWhatYouCanDo) {
  Stage stage(view(Route::View::problems));
  EXPECT_EQ(stage.node("problem/gateway:demo:gw2/what")->name, "Garden gateway is offline since 14:02.");
  EXPECT_EQ(stage.node("problem/gateway:demo:gw2/doing")->name, "We look again in 5 min.");
  EXPECT_EQ(stage.node("problem/gateway:demo:gw2/remedy")->name, "Check its power and network.");
  stage.click("problem/gateway:demo:gw2/retry");
  EXPECT_EQ(stage.last_sent<intent::Retry>()->problem, (ProblemKey{ProblemKey::About::gateway, "demo:gw2"}));
  stage.click("problem/gateway:demo:gw2/details");
  EXPECT_NE(stage.node("problem/gateway:demo:gw2/details/text"), nullptr);
}

TEST(Problems, TheQuestionThatOneRaisesIsAnsweredInPlace) {
  State state = test::pictured_home();
  state.route.view = Route::View::problems;
  Stage stage(state);
  const std::string id = "problem/gateway:demo:gw2/help";
  ASSERT_NE(stage.node(id), nullptr);
  EXPECT_EQ(stage.node(id)->name, word(W::help_offline_q));
  EXPECT_EQ(stage.node(id)->expanded, false);
  EXPECT_EQ(stage.node(id + "/text"), nullptr);
  stage.click(id);
  EXPECT_EQ(stage.node(id)->expanded, true);
  EXPECT_EQ(stage.node(id + "/text")->name, word(W::help_offline_a));
}

TEST(Problems, SigningInAgainIsOfferedWhereItHelps) {
  State state = view(Route::View::problems);
  state.problems[1].needs_sign_in = true;
  Stage stage(std::move(state));
  stage.click("problem/account:demo:E17/sign_in");
  EXPECT_EQ(stage.last_sent<intent::SignIn>()->account, "demo");
}

TEST(Problems, NoneIsGoodNews) {
  State state = view(Route::View::problems);
  state.problems.clear();
  EXPECT_EQ(Stage(state).node("problems/none"), nullptr) << "devices need somebody";
  state.plants.clear();
  Stage stage(std::move(state));
  EXPECT_EQ(stage.node("problems/none")->name, "Everything works.");
}

TEST(Settings, ThemeAndSignOut) {
  Stage stage(view(Route::View::settings));
  stage.click("theme/dark");
  EXPECT_EQ(stage.last_sent<intent::SetTheme>()->theme, Theme::dark);
  stage.click("account/demo/sign_out");
  EXPECT_EQ(stage.last_sent<intent::SignOut>()->account, "demo");
}

TEST(Settings, SayTheVersionAndLeadToTheLicences) {
  Stage stage(view(Route::View::settings));
  ASSERT_NE(stage.node("about/version"), nullptr);
  EXPECT_EQ(stage.node("about/version")->name, "Version " + std::string(version()));
  EXPECT_TRUE(stage.act("about/notices", Act::press));
  EXPECT_NE(stage.last_sent<intent::OpenNotices>(), nullptr);
}

TEST(Mirror, IdsAreUniqueAndStableOverFramesAndChanges) {
  for (auto which : {Route::View::home, Route::View::scenes, Route::View::energy, Route::View::topology,
                     Route::View::problems, Route::View::settings}) {
    Stage stage(view(which));
    std::set<std::string> ids;
    for (const Node& node : stage.interface.nodes()) EXPECT_TRUE(ids.insert(node.id).second) << node.id;
    stage.change();
    std::set<std::string> again;
    for (const Node& node : stage.interface.nodes()) again.insert(node.id);
    EXPECT_EQ(ids, again);
  }
}

TEST(Mirror, ParentsComeBeforeTheirChildren) {
  Stage stage(test::with_thermostat());
  std::set<std::string> seen{""};
  for (const Node& node : stage.interface.nodes()) {
    EXPECT_TRUE(seen.contains(node.parent)) << node.id << " in " << node.parent;
    seen.insert(node.id);
  }
}

TEST(Mirror, TheVersionGrowsOnlyWithAChange) {
  Stage stage(test::pictured_home());
  const auto before = stage.interface.semantics_version();
  stage.change();
  EXPECT_EQ(stage.interface.semantics_version(), before) << "nothing that is shown has changed";
  stage.state.plants[0].modules[0].set_reading(
      {.aspect = Aspect::on_off, .value = false, .received = test::evening()});
  stage.change();
  EXPECT_GT(stage.interface.semantics_version(), before);
  EXPECT_EQ(stage.named(Role::toggle, "Ceiling")->checked, false);
}

TEST(Mirror, LargeHomesAreWindowedButAllRoomsAreThereAndWithoutCanvasEverything) {
  Stage stage(test::big_home(1000));
  std::size_t tiles = 0, headings = 0;
  auto count = [&] {
    tiles = headings = 0;
    for (const Node& node : stage.interface.nodes()) {
      tiles += node.role == Role::listitem;
      headings += node.role == Role::heading && node.level == 2;
    }
  };
  count();
  EXPECT_LT(tiles, 150U);
  EXPECT_EQ(headings, 50U);
  stage.interface.build_semantics(stage.state, stage.time, 1440, 900);
  count();
  EXPECT_EQ(tiles, 1000U);
}

}  // namespace
}  // namespace foyer::shell
