// The whole core against the whole simulated cloud, in virtual time: what the page does with both, without a
// browser.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/app/controller.hpp"
#include "core/ports/memory_host.hpp"
#include "core/sim/cloud.hpp"
#include "tests/sim/world.hpp"

namespace foyer::test {

class Journey : public testing::Test {
 protected:
  Journey();
  // A load of the page at `url`; storage stays, memory goes.
  void open(const std::string& url, const std::string& route = "");
  // Signs in as a person does it: press, choose the user, decide, come back.
  void sign_in(const std::string& user = "alice", const std::string& decision = "accept");
  // The address that the sign-in host sends the person back to.
  std::string through_login(const std::string& user, const std::string& decision);
  sim::Response cloud_says(const std::string& method, const std::string& target,
                           const std::string& body = "");
  void control(const std::string& body);
  void wait(Millis span) { memory.time.advance(span); }
  void send(const ModuleId& module, Command command) {
    app->dispatch(intent::Send{module, std::move(command)});
  }

  const State& state() const { return app->state(); }
  const Module& module(const ModuleId& id) const;
  std::string picture(const ModuleId& id, Aspect aspect) const;
  std::string text(const ModuleId& id, Aspect aspect) const;
  const Problem* problem(const std::string& key_part) const;
  // Keys of all problems, for messages.
  std::string problems() const;
  // Calls of that method with `part` in their address since the beginning.
  int calls(const std::string& method, const std::string& part) const;

  static ModuleId hc(const char* number) { return ModuleId("hc:" + sim::test::module_id(number)); }

  MemoryHost memory;
  Host host;
  sim::test::OneKeySigner signer{};
  sim::Cloud cloud;
  Config config{};
  std::unique_ptr<Controller> app{};
};

inline const PlantId lilas{std::string("hc:") + sim::test::lilas};
inline const PlantId chalet{std::string("smarther:") + sim::test::chalet};
inline const ModuleId thermostat{"smarther:5a000000-0000-4000-8000-0000000000d1"};

}  // namespace foyer::test
