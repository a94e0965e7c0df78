// A person with homes at two clouds: both in one view, Netatmo's read, commanded, read back and refused,
// against the simulated cloud.
#include <algorithm>

#include "core/base/url.hpp"
#include "tests/journey/journey.hpp"

namespace foyer::test {
namespace {

constexpr const char* netatmo_cloud =
    R"json({"clouds": [{"id": "netatmo", "name": "Netatmo", "providers": ["netatmo"],
  "openid": false, "authorize_endpoint": "./cloud/netatmo/oauth2/authorize",
  "token_endpoint": "./cloud/netatmo/oauth2/token", "client_id": "foyer-demo", "redirect_uri": "./",
  "scopes": ["read_magellan", "write_magellan", "read_bubendorff", "write_bubendorff", "read_smarther", "write_smarther",
             "read_thermostat", "write_thermostat", "read_mx", "write_mx", "read_mhs1", "write_mhs1"],
  "api_base": "./cloud/netatmo"}]})json";

const PlantId belle("netatmo:5f0e0000000000000a11ce01");
const std::string post = "POST";

class NetatmoJourney : public Journey {
 protected:
  NetatmoJourney() {
    auto more = read_config(netatmo_cloud, "http://localhost:8080/");
    EXPECT_TRUE(more) << more.error().message;
    if (more) config.clouds.push_back(std::move(more->clouds.front()));
  }

  // As a person does it, on Netatmo's own pages.
  void sign_in_to_netatmo(const std::string& user = "alice") {
    const std::string origin = "http://localhost:8080", mark = "name=\"tx\" value=\"";
    if (!app) open(origin + "/");
    app->dispatch(intent::SignIn{"netatmo"});
    wait(Millis(1));
    ASSERT_FALSE(memory.navigator.opened.empty());
    const std::string page = cloud_says("GET", memory.navigator.opened.back().substr(origin.size())).body;
    const auto at = page.find(mark);
    ASSERT_NE(at, std::string::npos) << page.substr(0, 300);
    const std::string tx = page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size());
    cloud_says("POST", "/cloud/netatmo/oauth2/login", form_encode({{"tx", tx}, {"user", user}}));
    const sim::Response back = cloud_says("POST", "/cloud/netatmo/oauth2/consent",
                                          form_encode({{"tx", tx}, {"decision", "accept"}}));
    open(sim::test::header(back, "Location"));
    wait(Seconds(5));
  }

  const Plant& home() const {
    for (const Plant& plant : state().plants)
      if (plant.id == belle) return plant;
    ADD_FAILURE() << "the home is missing: " << problems();
    static const Plant none;
    return none;
  }

  // The first module that can be reached, is of that kind and takes such a command.
  ModuleId one(Kind kind, Aspect aspect) const {
    for (const Module& module : home().modules) {
      const Capability* can = module.capability(aspect);
      const bool there = module.reach == Reach::reachable || kind == Kind::scene;  // scenes have no state
      if (module.kind == kind && there && can && can->commandable) return module.id;
    }
    ADD_FAILURE() << "no " << to_string(kind) << " that takes " << to_string(aspect);
    return {};
  }

  ModuleId named(const std::string& name) const {
    for (const Module& module : home().modules)
      if (module.name == name) return module.id;
    ADD_FAILURE() << "no module is called " << name;
    return {};
  }

  // Sent, confirmed by what the cloud shows later.
  void confirmed(const ModuleId& id, const Command& command) {
    send(id, command);
    wait(Seconds(45));
    EXPECT_EQ(picture(id, command.aspect), "confirmed") << module(id).name << " " << to_text(command) << ": "
                                                        << text(id, command.aspect) << " " << problems();
  }
};

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
