// A person with homes at two clouds: both in one view, Netatmo's read, commanded, read back and refused,
// against the simulated cloud.
#include <algorithm>

#include "tests/journey/netatmo.hpp"

namespace foyer::test {
namespace {

TEST_F(NetatmoJourney, ASignInWithoutOpenIdShowsTheHomes) {
  sign_in_to_netatmo();
  EXPECT_EQ(state().accounts[1].session.status, oauth::Status::signed_in);
  const Plant& plant = home();
  EXPECT_EQ(plant.name, "Belle-Île");
  EXPECT_GE(plant.ambients.size(), 4U);
  EXPECT_GE(plant.schedules.size(), 2U);
  for (const Kind kind :
       {Kind::light, Kind::dimmer, Kind::plug, Kind::shutter, Kind::remote, Kind::energy_meter, Kind::scene,
        Kind::thermostat, Kind::gateway, Kind::contactor, Kind::fan, Kind::door_lock})
    EXPECT_TRUE(std::ranges::any_of(plant.modules, [&](const Module& each) { return each.kind == kind; }))
        << to_string(kind);
  EXPECT_TRUE(std::ranges::any_of(plant.modules,
                                  [](const Module& each) { return each.number(Aspect::power).has_value(); }));
  EXPECT_EQ(calls("GET", "/api/homesdata"), 1) << "one call for all homes";
}

TEST_F(NetatmoJourney, TwoCloudsStandInOneViewAndTheirIdsDoNotMeet) {
  sign_in();
  const std::size_t legrand = state().plants.size();
  sign_in_to_netatmo();
  EXPECT_GT(state().plants.size(), legrand);
  std::vector<std::string> ids;
  for (const Plant& plant : state().plants) {
    ids.push_back(plant.id.text);
    for (const Module& module : plant.modules) {
      ids.push_back(module.id.text);
      EXPECT_TRUE(module.id.text.starts_with(plant.id.text.substr(0, plant.id.text.find(':') + 1)));
    }
  }
  std::ranges::sort(ids);
  EXPECT_EQ(std::ranges::adjacent_find(ids), ids.end());
  confirmed(one(Kind::plug, Aspect::on_off), {.aspect = Aspect::on_off, .value = true});
  confirmed(hc("0002"), {.aspect = Aspect::on_off, .value = false});
  app->dispatch(intent::SignOut{"netatmo"});
  wait(Seconds(1));
  EXPECT_EQ(state().plants.size(), legrand) << "the other cloud's homes stay";
}

// What was read a moment ago was read for somebody else.
TEST_F(NetatmoJourney, WhoSignsInAgainInTheSameRunHasTheirScenes) {
  sign_in_to_netatmo();
  const auto scenes = [this] {
    return std::ranges::count_if(home().modules, [](const Module& one) { return one.kind == Kind::scene; });
  };
  const auto before = scenes();
  ASSERT_GT(before, 0);
  app->dispatch(intent::SignOut{"netatmo"});
  wait(Seconds(1));
  app->callback(through_netatmo("alice"));
  wait(Seconds(5));
  EXPECT_EQ(scenes(), before);
}

TEST_F(NetatmoJourney, CommandsAreSentAndSeen) {
  sign_in_to_netatmo();
  const ModuleId lamp = one(Kind::dimmer, Aspect::level);
  confirmed(lamp, {.aspect = Aspect::level, .value = 37.0});
  EXPECT_EQ(module(lamp).number(Aspect::level), 37);
  confirmed(lamp, {.aspect = Aspect::on_off, .value = false});
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), false);
  confirmed(one(Kind::fan, Aspect::fan_speed), {.aspect = Aspect::fan_speed, .value = 2.0});
  confirmed(one(Kind::contactor, Aspect::on_off), {.aspect = Aspect::on_off, .value = true});
  confirmed(one(Kind::door_lock, Aspect::lock), {.aspect = Aspect::lock, .value = false});
  confirmed(one(Kind::scene, Aspect::run), {.aspect = Aspect::run, .value = true});
  const ModuleId shutter = one(Kind::shutter, Aspect::position);
  confirmed(shutter, {.aspect = Aspect::position, .value = 100.0});
  confirmed(shutter, {.aspect = Aspect::stop, .value = true});
}

TEST_F(NetatmoJourney, RoomsAndTheHeatingOfTheHomeAreSetAndSeen) {
  sign_in_to_netatmo();
  const ModuleId room = one(Kind::thermostat, Aspect::setpoint);
  confirmed(room, {.aspect = Aspect::setpoint, .value = 21.5, .lasting = Minutes(120)});
  EXPECT_EQ(module(room).number(Aspect::setpoint), 21.5);
  EXPECT_EQ(module(room).word(Aspect::mode), "manual");
  ASSERT_TRUE(module(room).mode_until);
  confirmed(room, {.aspect = Aspect::mode, .value = std::string("automatic")});
  const ModuleId heating(belle.text + "/heating");
  confirmed(heating, {.aspect = Aspect::mode, .value = std::string("away")});
  EXPECT_EQ(module(heating).word(Aspect::mode), "away");
  confirmed(heating, {.aspect = Aspect::mode, .value = std::string("automatic")});
  const Capability* program = module(heating).capability(Aspect::program);
  ASSERT_TRUE(program);
  ASSERT_GE(program->options.size(), 2U);
  const std::string now = module(heating).word(Aspect::program).value_or("");
  const std::string other = program->options[program->options[0] == now ? 1 : 0];
  confirmed(heating, {.aspect = Aspect::program, .value = other});
  EXPECT_EQ(module(heating).word(Aspect::program), other);
}

TEST_F(NetatmoJourney, AModuleThatDoesNotObeyFailsInsideAGoodAnswer) {
  sign_in_to_netatmo();
  const ModuleId lamp = one(Kind::dimmer, Aspect::level);
  const Value before = module(lamp).reading(Aspect::on_off)->value;
  control(R"({"moduleOffline":{")" + lamp.remote() + R"(":true}})");
  send(lamp, {.aspect = Aspect::on_off, .value = before == Value(false)});
  wait(Seconds(10));
  EXPECT_EQ(picture(lamp, Aspect::on_off), "failed");
  EXPECT_TRUE(text(lamp, Aspect::on_off).contains("code 6: unreachable")) << text(lamp, Aspect::on_off);
  EXPECT_EQ(module(lamp).reading(Aspect::on_off)->value, before);
}

TEST_F(NetatmoJourney, AnOfflineGatewayIsShownAndComesBack) {
  sign_in_to_netatmo();
  const ModuleId lamp = one(Kind::dimmer, Aspect::level);
  const GatewayId gateway = module(lamp).gateway;
  control(R"({"gatewayOffline":")" + gateway.remote() + "\"}");
  app->dispatch(intent::Refresh{});
  wait(Seconds(5));
  EXPECT_EQ(module(lamp).reach, Reach::unreachable);
  const auto offline = [&] {
    return std::ranges::any_of(home().gateways,
                               [&](const Gateway& each) { return each.id == gateway && each.offline_since; });
  };
  EXPECT_TRUE(offline());
  ASSERT_TRUE(problem("gateway:" + gateway.text)) << problems();
  control(R"({"gatewayOffline":false})");
  app->dispatch(intent::Refresh{});
  wait(Seconds(5));
  EXPECT_EQ(module(lamp).reach, Reach::reachable);
  EXPECT_FALSE(offline());
  EXPECT_EQ(problems(), "");
}

TEST_F(NetatmoJourney, TokensRotateWhileThePageIsOpen) {
  sign_in_to_netatmo();
  wait(Hours(4));
  EXPECT_EQ(state().accounts[1].session.status, oauth::Status::signed_in) << problems();
  EXPECT_GE(calls(post, "/oauth2/token"), 2);
  app->dispatch(intent::Refresh{});
  wait(Seconds(5));
  EXPECT_EQ(problems(), "");
}

}  // namespace
}  // namespace foyer::test
