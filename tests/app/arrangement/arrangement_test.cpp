// What a person arranges: which devices go off with the lights, favourites, names; and that it is kept.
#include "core/app/arrangement/arrangement.hpp"

#include "tests/app/support.hpp"

namespace foyer {
namespace {

using What = ArrangementChange::What;

Module device(Kind kind, const char* appliance = "") {
  Module made;
  made.id = ModuleId("hc:x");
  made.name = "X";
  made.kind = kind;
  made.appliance = appliance;
  made.capabilities = {{.aspect = Aspect::on_off, .commandable = true}};
  return made;
}

TEST(Arrangement, LampsGoOffWithTheLightsAndNothingElse) {
  const Arrangement none;
  for (const Module& lamp : {device(Kind::light), device(Kind::dimmer), device(Kind::plug, "light"),
                             device(Kind::light, "light"), device(Kind::contactor, "light")})
    EXPECT_TRUE(goes_off_with_lights(none, lamp)) << to_string(lamp.kind) << lamp.appliance;
  for (const Module& other :
       {device(Kind::plug), device(Kind::plug, "fridge_freezer"), device(Kind::plug, "router"),
        device(Kind::contactor, "water_heater"), device(Kind::light, "water_heater"), device(Kind::fan),
        device(Kind::heater), device(Kind::unknown), device(Kind::shutter)})
    EXPECT_FALSE(goes_off_with_lights(none, other)) << to_string(other.kind) << other.appliance;
  Module told = device(Kind::light);  // nothing can switch it
  told.capabilities[0].commandable = false;
  EXPECT_FALSE(goes_off_with_lights(none, told));
}

TEST(Arrangement, WhatThePersonSaysOfADeviceCountsMore) {
  Arrangement all;
  const Module fridge = device(Kind::plug, "fridge_freezer"), lamp = device(Kind::light);
  EXPECT_TRUE(change(all, {What::with_lights, fridge.id.text, {}}, &fridge));
  EXPECT_TRUE(goes_off_with_lights(all, fridge));
  EXPECT_TRUE(change(all, {What::with_lights, fridge.id.text, {}}, &fridge));
  EXPECT_FALSE(goes_off_with_lights(all, fridge));
  EXPECT_TRUE(all.lights.empty()) << "what is as it was needs no entry";
  EXPECT_TRUE(change(all, {What::with_lights, lamp.id.text, {}}, &lamp));
  EXPECT_FALSE(goes_off_with_lights(all, lamp));
}

TEST(Arrangement, FavouritesHaveAnOrder) {
  Arrangement all;
  for (const char* id : {"a", "b", "c"}) EXPECT_TRUE(change(all, {What::favourite, id, {}}, nullptr));
  EXPECT_TRUE(change(all, {What::earlier, "c", {}}, nullptr));
  EXPECT_EQ(all.favourites, (std::vector<std::string>{"a", "c", "b"}));
  EXPECT_FALSE(change(all, {What::earlier, "a", {}}, nullptr));
  EXPECT_FALSE(change(all, {What::later, "b", {}}, nullptr));
  EXPECT_FALSE(change(all, {What::later, "nobody", {}}, nullptr));
  EXPECT_TRUE(change(all, {What::favourite, "c", {}}, nullptr));
  EXPECT_EQ(all.favourites, (std::vector<std::string>{"a", "b"}));
}

TEST(Arrangement, ANameIsCutBetweenCharactersAndTheCloudsOwnIsNoName) {
  Arrangement all;
  const Module lamp = device(Kind::light);
  std::string longer;
  for (int at = 0; at < 300; ++at) longer += "é";
  EXPECT_TRUE(change(all, {What::rename, lamp.id.text, longer}, &lamp));
  EXPECT_EQ(name_of(all, lamp).size(), 200U);
  EXPECT_TRUE(change(all, {What::rename, lamp.id.text, "X"}, &lamp));
  EXPECT_TRUE(all.names.empty());
  EXPECT_EQ(name_of(all, lamp), "X");
  EXPECT_FALSE(change(all, {What::rename, lamp.id.text, ""}, &lamp));
}

Plant home(std::initializer_list<const char*> rooms) {
  Plant made;
  made.id = PlantId("hc:home");
  made.name = "Home";
  for (const char* id : rooms) made.ambients.push_back({AmbientId(id), id});
  return made;
}

TEST(Arrangement, RoomsAndHomesHaveNamesThatAreNoDevices) {
  Arrangement all;
  const Plant house = home({"hc:x"});
  Module lamp = device(Kind::light);
  ASSERT_EQ(lamp.id.text, house.ambients[0].id.text) << "numbered alike";
  EXPECT_TRUE(change(all, {What::rename, named(house.ambients[0]), "Den"}, nullptr));
  EXPECT_TRUE(change(all, {What::rename, named(house), "Ours"}, nullptr));
  EXPECT_EQ(name_of(all, house.ambients[0]), "Den");
  EXPECT_EQ(name_of(all, house), "Ours");
  EXPECT_EQ(name_of(all, lamp), "X");
  EXPECT_TRUE(change(all, {What::rename, named(house), ""}, nullptr));
  EXPECT_EQ(name_of(all, house), "Home");
}

std::string ordered(const Arrangement& all, const Plant& plant) {
  std::string out;
  for (const std::size_t at : room_order(all, plant)) out += plant.ambients[at].id.text;
  return out;
}

TEST(Arrangement, RoomsHaveAnOrderOfTheirHome) {
  Arrangement all;
  Plant house = home({"a", "b", "c"});
  EXPECT_EQ(ordered(all, house), "abc");
  EXPECT_TRUE(change(all, room_moved(all, house, AmbientId("c"), true), nullptr));
  EXPECT_EQ(ordered(all, house), "acb");
  EXPECT_TRUE(change(all, room_moved(all, house, AmbientId("a"), false), nullptr));
  EXPECT_EQ(ordered(all, house), "cab");
  EXPECT_FALSE(change(all, room_moved(all, house, AmbientId("c"), true), nullptr)) << "it is the first";
  EXPECT_FALSE(change(all, room_moved(all, house, AmbientId("nobody"), true), nullptr));
  house.ambients.insert(house.ambients.begin(), {AmbientId("d"), "d"});
  EXPECT_EQ(ordered(all, house), "cabd") << "what is new comes last";
  std::erase_if(house.ambients, [](const Ambient& one) { return one.id.text == "a"; });
  EXPECT_EQ(ordered(all, house), "cbd") << "what is gone does no harm";
  EXPECT_TRUE(change(all, {What::order, house.id.text}, nullptr));
  EXPECT_EQ(ordered(all, house), "dbc");
}

TEST(Arrangement, WhatIsWrittenIsReadAndWhatIsNoArrangementIsNone) {
  Arrangement all;
  all.favourites = {"b", "a"};
  all.hidden = {"h"};
  all.folded = {"r"};
  all.names = {{"a", "My \"lamp\""}};
  all.lights = {{"a", false}, {"b", true}};
  all.rooms = {{"hc:home", {"hc:2", "hc:1"}}};
  EXPECT_EQ(arrangement_from_json(to_json(all)), all);
  for (const char* text :
       {"", "[]", "{", R"({"favourites":3,"names":[["a"],[1,2],"x"],"lights":[["a","b"]]})"})
    EXPECT_EQ(arrangement_from_json(text), Arrangement{}) << text;
  EXPECT_EQ(arrangement_from_json(R"({"favourites":["a","a",1,"b"]})").favourites,
            (std::vector<std::string>{"a", "b"}));
}

class Arranged : public test::App {};

TEST_F(Arranged, IsKeptOverAReloadAndGoneAfterSigningOut) {
  sign_in();
  app->dispatch(intent::Arrange{{What::favourite, test::lamp.text, {}}});
  app->dispatch(intent::Arrange{{What::rename, test::lamp.text, "Reading corner"}});
  wait(Seconds(1));
  open();
  wait(Seconds(1));
  ASSERT_EQ(state().arrangement.favourites, (std::vector<std::string>{test::lamp.text}));
  EXPECT_EQ(name_of(state().arrangement, module(test::lamp)), "Reading corner");
  app->dispatch(intent::SignOut{"demo"});
  wait(Seconds(1));
  EXPECT_EQ(state().arrangement, Arrangement{});
  open();
  wait(Seconds(1));
  EXPECT_EQ(state().arrangement, Arrangement{});
}

TEST_F(Arranged, BackGoesWhereTheHostKnowsAndElsewhereToItsOtherwise) {
  sign_in();
  app->dispatch(intent::Back{{.view = Route::View::settings}});
  EXPECT_EQ(state().route.view, Route::View::settings);
  Route asked;
  app->on_back = [&](const Route& otherwise) { asked = otherwise; };
  app->dispatch(intent::Back{{.view = Route::View::problems}});
  EXPECT_EQ(asked.view, Route::View::problems);
  EXPECT_EQ(state().route.view, Route::View::settings);
}

TEST(Arrangement, ANameOfAPersonBecomesOneHarmlessLine) {
  Arrangement all;
  const Module lamp{.id = ModuleId("hc:lamp"), .name = "Lamp"};
  ASSERT_TRUE(change(all, {What::rename, lamp.id.text, "Corner\n\xE2\x80\xAElamp"}, &lamp));
  EXPECT_EQ(name_of(all, lamp), "Corner lamp");
  EXPECT_FALSE(change(all, {What::rename, "hc:other", "\xE2\x80\x8B"}, nullptr))
      << "nothing to see is no name";
  EXPECT_EQ(arrangement_from_json(R"({"names":[["a","x\ny"]]})").names.at("a"), "x y");
}

// The part that shows homes comes late, or not at all.
TEST_F(Arranged, WhatIsStoredIsNeverReplacedByAnEmptyOne) {
  sign_in();
  app->dispatch(intent::Arrange{{What::favourite, test::lamp.text, {}}});
  wait(Seconds(1));
  memory.parts.later = true;
  memory.parts.reachable = false;
  open();
  wait(Seconds(1));
  EXPECT_EQ(state().arrangement, Arrangement{});
  memory.parts.reachable = true;
  app->dispatch(intent::BringPart{Part::homes});
  wait(Seconds(5));
  EXPECT_EQ(state().arrangement.favourites, (std::vector<std::string>{test::lamp.text}))
      << "read when its part came";
  app->dispatch(intent::Arrange{{What::favourite, test::plug.text, {}}});
  wait(Seconds(1));
  open();
  wait(Seconds(1));
  EXPECT_EQ(state().arrangement.favourites, (std::vector<std::string>{test::lamp.text, test::plug.text}));
}

TEST_F(Arranged, HomesAreReadWhenTheirPartComesWithAnother) {
  sign_in();
  memory.parts.later = true;
  memory.parts.reachable = false;
  open();
  wait(Seconds(1));
  EXPECT_FALSE(state().has(Part::homes));
  EXPECT_FALSE(state().problems.empty());
  memory.parts.reachable = memory.parts.together = true;
  app->dispatch(intent::BringPart{Part::tools});
  wait(Seconds(5));
  ASSERT_TRUE(state().has(Part::homes));
  EXPECT_NE(state().plant(), nullptr) << "nobody pressed anything for it";
  EXPECT_TRUE(state().problems.empty());
}

TEST_F(Arranged, GoesWithTheLastSignOutAlsoWhenWhatShowsItNeverCame) {
  sign_in();
  app->dispatch(intent::Arrange{{What::rename, test::lamp.text, "Anna's lamp"}});
  wait(Seconds(1));
  memory.parts.later = true;
  memory.parts.reachable = false;
  open();
  wait(Seconds(1));
  app->dispatch(intent::SignOut{"demo"});
  wait(Seconds(5));
  for (const auto& [name, text] : memory.storage.records)
    EXPECT_EQ(text.find("Anna"), std::string::npos) << name.second;
}

TEST_F(Arranged, AWishThatIsOnItsWayDoesNotOutliveTheSignOut) {
  sign_in();
  app->dispatch(intent::Arrange{{What::rename, test::lamp.text, "Anna's lamp"}});
  app->dispatch(intent::SignOut{"demo"});
  wait(Seconds(5));
  EXPECT_EQ(state().arrangement, Arrangement{});
  for (const auto& [name, text] : memory.storage.records)
    EXPECT_EQ(text.find("Anna"), std::string::npos) << name.second;
}

TEST_F(Arranged, TwoTabsWishAndNeitherWishIsLost) {
  const auto bus = std::make_shared<MemoryBus>();
  MemoryBroadcast one_end{memory.time, bus}, other_end{memory.time, bus};
  const auto with = [&](MemoryBroadcast& channel) {
    return Host{host.clock,   host.timers,    host.random, host.crypto, host.http, host.vault,
                host.storage, host.navigator, host.locks,  channel,     host.parts};
  };
  sign_in();
  Host here = with(one_end), there = with(other_end);
  app = std::make_unique<Controller>(here, test::demo_config());
  app->start(test::page, "");
  wait(Seconds(2));
  Controller second(there, test::demo_config());
  second.start(test::page, "");
  wait(Seconds(2));
  app->dispatch(intent::Arrange{{What::favourite, test::lamp.text, {}}});
  second.dispatch(intent::Arrange{{What::hide, test::plug.text, {}}});
  wait(Seconds(2));
  for (const State* one : {&state(), &second.state()}) {
    EXPECT_EQ(one->arrangement.favourites, (std::vector<std::string>{test::lamp.text}));
    EXPECT_TRUE(one->arrangement.hidden.contains(test::plug.text));
  }
}

}  // namespace
}  // namespace foyer
