// From the first visit to a home that does what its people want, through the real sign-in and the real
// answers.
#include <algorithm>

#include "tests/journey/journey.hpp"

namespace foyer::test {
namespace {

using View = Route::View;
const std::string post = "POST";

class HomeJourney : public Journey {};

TEST_F(HomeJourney, ASignInShowsBothHomesWithEveryKindOfModule) {
  sign_in();
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(state().accounts[0].session.status, oauth::Status::signed_in);
  EXPECT_FALSE(state().accounts[0].session.subject.empty()) << "the id_token was verified";
  EXPECT_EQ(state().route.view, View::home);
  ASSERT_EQ(state().plants.size(), 2U);
  const Plant* house = nullptr;
  for (const Plant& plant : state().plants)
    if (plant.id == lilas) house = &plant;
  ASSERT_TRUE(house);
  EXPECT_EQ(house->name, "Rue des Lilas");
  EXPECT_GE(house->ambients.size(), 7U);
  EXPECT_GE(house->modules.size(), 30U);
  for (const Kind kind : {Kind::light, Kind::dimmer, Kind::plug, Kind::shutter, Kind::remote,
                          Kind::energy_meter, Kind::heater, Kind::scene, Kind::unknown})
    EXPECT_TRUE(std::ranges::any_of(house->modules, [&](const Module& one) { return one.kind == kind; }))
        << to_string(kind);
  EXPECT_EQ(module(hc("0070")).reach, Reach::unreachable) << "the garden light";
  EXPECT_EQ(module(hc("0071")).name, "Fountain") << "a kind nobody knows is shown";
  EXPECT_EQ(module(thermostat).kind, Kind::thermostat);
  EXPECT_TRUE(module(thermostat).number(Aspect::temperature));
}

TEST_F(HomeJourney, ADeclinedConsentIsExplainedX9) {
  sign_in("alice", "deny");
  ASSERT_TRUE(problem("sign_in:demo")) << problems();
  EXPECT_TRUE(problem("sign_in:demo")->needs_sign_in);
  EXPECT_EQ(state().accounts[0].session.status, oauth::Status::signed_out);
  EXPECT_EQ(state().route.view, View::welcome);
  open(through_login("alice", "accept"));
  wait(Seconds(2));
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(state().plants.size(), 2U);
}

TEST_F(HomeJourney, PeopleWithOneHomeAndWithNone) {
  sign_in("bruno");
  ASSERT_EQ(state().plants.size(), 1U) << problems();
  EXPECT_EQ(state().plants[0].name, "Casa Bruno");
  app->dispatch(intent::SignOut{"demo"});
  wait(Seconds(1));
  open(through_login("nora", "accept"));
  wait(Seconds(2));
  EXPECT_TRUE(state().plants.empty()) << "nothing of Bruno's home is left";
  EXPECT_TRUE(state().accounts[0].loaded);
  EXPECT_EQ(problems(), "");
}

TEST_F(HomeJourney, ALampASliderAndAPlug) {
  sign_in();
  send(hc("0011"), {Aspect::on_off, true});
  send(hc("0018"), {Aspect::level, 40.0});
  send(hc("0013"), {Aspect::on_off, true});
  EXPECT_EQ(picture(hc("0011"), Aspect::on_off), "sent");
  wait(Seconds(6));
  EXPECT_EQ(picture(hc("0011"), Aspect::on_off), "confirmed");
  EXPECT_EQ(picture(hc("0018"), Aspect::level), "confirmed") << text(hc("0018"), Aspect::level);
  EXPECT_EQ(picture(hc("0013"), Aspect::on_off), "confirmed");
  EXPECT_EQ(module(hc("0018")).number(Aspect::level), 40);
  EXPECT_EQ(module(hc("0011")).reading(Aspect::on_off)->origin, Origin::cloud);
  EXPECT_EQ(calls(post, "/modules/"), 3);
}

TEST_F(HomeJourney, AShutterTakesItsTimeAndStopsWhereItIs) {
  sign_in();
  const ModuleId left = hc("0005");
  ASSERT_EQ(module(left).number(Aspect::position), 100);
  send(left, {Aspect::position, 0.0});
  wait(Seconds(4));
  EXPECT_EQ(picture(left, Aspect::position), "sent");
  const double half_way = module(left).number(Aspect::position).value_or(-1);
  EXPECT_GT(half_way, 50) << "not yet down";
  EXPECT_LT(half_way, 100);
  wait(Seconds(30));
  EXPECT_EQ(picture(left, Aspect::position), "confirmed") << text(left, Aspect::position);
  EXPECT_EQ(module(left).number(Aspect::position), 0);

  send(left, {Aspect::position, 100.0});
  wait(Seconds(6));
  send(left, {Aspect::stop, true});
  wait(Seconds(5));
  EXPECT_EQ(picture(left, Aspect::stop), "confirmed");
  const double stopped = module(left).number(Aspect::position).value_or(-1);
  EXPECT_GT(stopped, 10);
  EXPECT_LT(stopped, 60);
}

TEST_F(HomeJourney, AThermostatFollowsSetPointModeAndBoost) {
  sign_in();
  send(thermostat, {Aspect::setpoint, 22.5});
  wait(Seconds(5));
  EXPECT_EQ(picture(thermostat, Aspect::setpoint), "confirmed") << text(thermostat, Aspect::setpoint);
  EXPECT_EQ(module(thermostat).word(Aspect::mode), "manual") << "a set point means manual";
  send(thermostat, {Aspect::mode, std::string("boost"), Minutes(30)});
  wait(Seconds(5));
  EXPECT_EQ(picture(thermostat, Aspect::mode), "confirmed") << text(thermostat, Aspect::mode);
  ASSERT_TRUE(module(thermostat).mode_until);
  const auto left = *module(thermostat).mode_until - memory.time.now();
  EXPECT_GT(left, Minutes(20));
  EXPECT_LE(left, Minutes(31));
  send(thermostat, {Aspect::mode, std::string("automatic")});
  wait(Seconds(5));
  EXPECT_EQ(picture(thermostat, Aspect::mode), "confirmed") << text(thermostat, Aspect::mode);
  send(thermostat, {Aspect::setpoint, 99.0});
  EXPECT_EQ(picture(thermostat, Aspect::setpoint), "failed") << "E12, before anything is sent";
}

TEST_F(HomeJourney, ASceneActsOnceAndItsWorkIsSeen) {
  sign_in();
  const auto* house = app->state().plant();
  ASSERT_TRUE(house);
  ModuleId evening;
  for (const Plant& plant : state().plants)
    for (const Module& one : plant.modules)
      if (one.kind == Kind::scene && one.name == "Evening") evening = one.id;
  ASSERT_FALSE(evening.empty());
  std::vector<std::string> before;
  for (const Plant& plant : state().plants)
    for (const Module& one : plant.modules) before.push_back(one.raw_status);
  send(evening, {Aspect::run, true});
  wait(Seconds(5));
  EXPECT_EQ(picture(evening, Aspect::run), "confirmed");
  EXPECT_EQ(calls(post, "/scene/"), 1);
  std::vector<std::string> after;
  for (const Plant& plant : state().plants)
    for (const Module& one : plant.modules) after.push_back(one.raw_status);
  EXPECT_NE(before, after);
}

TEST_F(HomeJourney, LightsOffInARoomLeavesTheTelevisionOn) {
  sign_in();
  const AmbientId living{
      "hc:0000000000000000000000000000"
      "0b01"};
  app->dispatch(intent::AllOff{.plant = state().plants.front().id, .ambient = living});
  wait(Seconds(8));
  for (const char* number : {"0001", "0003"}) {  // 3 is a lamp on a socket
    EXPECT_EQ(module(hc(number)).flag(Aspect::on_off), false) << number;
    EXPECT_EQ(picture(hc(number), Aspect::on_off), "confirmed") << number;
  }
  EXPECT_EQ(module(hc("0004")).flag(Aspect::on_off), true);
  app->dispatch(intent::Undo{});
  wait(Seconds(8));
  EXPECT_EQ(module(hc("0001")).flag(Aspect::on_off), true);
  EXPECT_EQ(module(hc("0001")).number(Aspect::level), 70);
}

TEST_F(HomeJourney, AWallSwitchIsSeenByTheNextPoll) {
  sign_in();
  EXPECT_EQ(module(hc("0011")).flag(Aspect::on_off), false);
  control(R"({"set":{")" + sim::test::module_id("0011") + R"(":{"status":"on"}}})");
  wait(Minutes(10));
  EXPECT_EQ(module(hc("0011")).flag(Aspect::on_off), true);
}

TEST_F(HomeJourney, AReloadKeepsSessionAndHomeAndBackDoesNoHarm) {
  open("http://localhost:8080/");
  const std::string callback = through_login("alice", "accept");
  open(callback);
  wait(Seconds(2));
  open("http://localhost:8080/");
  EXPECT_EQ(state().accounts[0].session.status, oauth::Status::signed_in);
  EXPECT_EQ(state().plants.size(), 2U);
  open(callback);  // Back to the callback, or a bookmark of it
  wait(Seconds(1));
  EXPECT_EQ(state().accounts[0].session.status, oauth::Status::signed_in);
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(calls(post, "/oauth/token"), 1) << "a code is sent once (B6)";
}

TEST_F(HomeJourney, TokensAreRenewedSilentlyAndARevokedConsentIsToldT7) {
  sign_in();
  control(R"({"expireTokens":true})");
  wait(Minutes(2));
  app->dispatch(intent::Refresh{});
  wait(Seconds(5));
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(calls(post, "/oauth/token"), 2);

  control(R"({"expireTokens":true,"revokeTokens":true})");
  wait(Minutes(2));
  app->dispatch(intent::Refresh{});
  wait(Minutes(1));
  EXPECT_EQ(state().accounts[0].session.status, oauth::Status::signed_out);
  ASSERT_TRUE(problem("session:demo")) << problems();
  EXPECT_TRUE(problem("session:demo")->needs_sign_in);
  EXPECT_EQ(state().plants.size(), 2U) << "the last known values stay on the screen";
  open(through_login("alice", "accept"));
  wait(Seconds(2));
  EXPECT_EQ(problems(), "");
}

TEST_F(HomeJourney, TwoProgramsSwitchTheSameLampAndSeeEachOther) {
  sign_in();
  send(hc("0011"), {Aspect::on_off, true});
  wait(Seconds(5));
  const std::unique_ptr<Controller> first = std::move(app);
  open("http://localhost:8080/");
  wait(Seconds(2));
  EXPECT_EQ(module(hc("0011")).flag(Aspect::on_off), true);
  send(hc("0011"), {Aspect::on_off, false});
  wait(Seconds(5));
  first->dispatch(intent::Refresh{});
  wait(Seconds(1));
  for (const Plant& plant : first->state().plants)
    if (const Module* one = plant.module(hc("0011"))) EXPECT_EQ(one->flag(Aspect::on_off), false);
}

TEST_F(HomeJourney, AVisibleDayWithBothHomesStaysInsideTheBudgetQ1) {
  sign_in();
  wait(Hours(24));
  EXPECT_LE(calls("GET", "/cloud/api/"), 415);
  EXPECT_GE(calls("GET", "/cloud/api/"), 200);
  EXPECT_EQ(problem("account:"), nullptr) << problems();
}

// Another tab signed out and somebody else in; this one learns it with the next answer of the sign-in.
TEST_F(HomeJourney, NothingOfTheFormerPersonIsLeftWhenAnotherOneSignsIn) {
  sign_in();
  wait(Seconds(5));
  control(R"({"fault":{"path":"/cloud/","status":500,"count":20}})");
  app->dispatch(intent::Refresh{});
  wait(Seconds(60));
  ASSERT_FALSE(state().problems.empty());
  control(R"({"clearFaults":true})");
  const std::vector<Plant> before = state().plants;
  app->callback(through_login("bruno", "accept"));
  wait(Seconds(20));
  EXPECT_TRUE(state().plants.empty())
      << "the host rests, and nothing of the former person is shown meanwhile";
  wait(Minutes(6));
  ASSERT_FALSE(state().plants.empty()) << problems();
  for (const Plant& old : before)
    EXPECT_EQ(std::ranges::find(state().plants, old.id, &Plant::id), state().plants.end()) << old.name;
  EXPECT_TRUE(state().problems.empty()) << problems();
  EXPECT_TRUE(state().accounts[0].loaded);
}

}  // namespace
}  // namespace foyer::test
