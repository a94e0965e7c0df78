// A person with homes at Netatmo Connect, beside those at the other clouds.
#pragma once

#include <string>

#include "core/base/url.hpp"
#include "tests/journey/journey.hpp"

namespace foyer::test {

inline constexpr const char* netatmo_cloud =
    R"json({"clouds": [{"id": "netatmo", "name": "Netatmo", "providers": ["netatmo"],
  "openid": false, "authorize_endpoint": "./cloud/netatmo/oauth2/authorize",
  "token_endpoint": "./cloud/netatmo/oauth2/token", "client_id": "foyer-demo", "redirect_uri": "./",
  "scopes": ["read_magellan", "write_magellan", "read_bubendorff", "write_bubendorff", "read_smarther", "write_smarther",
             "read_thermostat", "write_thermostat", "read_mx", "write_mx", "read_mhs1", "write_mhs1"],
  "api_base": "./cloud/netatmo"}]})json";

inline const PlantId belle("netatmo:5f0e0000000000000a11ce01");
inline const std::string post = "POST";

class NetatmoJourney : public Journey {
 protected:
  NetatmoJourney() {
    auto more = read_config(netatmo_cloud, "http://localhost:8080/");
    EXPECT_TRUE(more) << more.error().message;
    if (more) config.clouds.push_back(std::move(more->clouds.front()));
  }

  // As a person does it, on Netatmo's own pages.
  void sign_in_to_netatmo(const std::string& user = "alice") {
    open(through_netatmo(user));
    wait(Seconds(5));
  }
  // The address that Netatmo sends the person back to.
  std::string through_netatmo(const std::string& user) {
    const std::string origin = "http://localhost:8080", mark = "name=\"tx\" value=\"";
    if (!app) open(origin + "/");
    app->dispatch(intent::SignIn{"netatmo"});
    wait(Millis(1));
    EXPECT_FALSE(memory.navigator.opened.empty());
    if (memory.navigator.opened.empty()) return {};
    const std::string page = cloud_says("GET", memory.navigator.opened.back().substr(origin.size())).body;
    const auto at = page.find(mark);
    EXPECT_NE(at, std::string::npos) << page.substr(0, 300);
    if (at == std::string::npos) return {};
    const std::string tx = page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size());
    cloud_says("POST", "/cloud/netatmo/oauth2/login", form_encode({{"tx", tx}, {"user", user}}));
    const sim::Response back = cloud_says("POST", "/cloud/netatmo/oauth2/consent",
                                          form_encode({{"tx", tx}, {"decision", "accept"}}));
    return sim::test::header(back, "Location");
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

}  // namespace foyer::test
