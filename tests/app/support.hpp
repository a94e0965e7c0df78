// A program under virtual time and a tiny vendor: one Home + Control plant with a lamp, a dimmer, a shutter,
// a plug and a scene. The vendor answers as the API reference says; it shares nothing with the client or with
// the simulator.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/app/controller.hpp"
#include "core/ports/memory_host.hpp"
#include "tests/support/crypto.hpp"

namespace foyer::test {

inline const std::string page = "https://home.example/foyer/";

struct Device {
  std::string group, word, hardware;  // "lights", "light", "NLL"
  bool on = false;
  int level = -1;  // -1: has none
  bool reachable = true;
};

class Vendor {
 public:
  Vendor();
  HttpOutcome answer(const HttpRequest& request);

  std::map<std::string, Device> devices{};
  std::string plant_name = "Rue des Lilas";
  bool deaf = false;           // accepts commands and does nothing
  bool shutter_moves = false;  // a shutter keeps its level until the test moves it
  // Looked at first; nothing: the vendor answers as usual.
  std::function<std::optional<HttpOutcome>(const HttpRequest&)> fault{};
  std::vector<std::string> commands{};  // "lamp {"status":"on"}" in order of arrival
  std::map<std::string, int>
      calls{};  // by the last words: "plants", "topology", "scenes", "status", "module", …

 private:
  HttpOutcome api(const HttpRequest& request, const std::string& path);
  HttpOutcome command(const std::string& id, const std::string& body);
  std::string status_of(const std::string& group) const;
  std::string topology() const;
};

HttpResponse json(std::string body, int status = 200);
// The gateway's error body.
HttpResponse refusal(int status, const std::string& message);

inline const PlantId plant_id{"hc:p1"};
inline const ModuleId lamp{"hc:lamp"}, dimmer{"hc:dimmer"}, shutter{"hc:shutter"}, plug{"hc:plug"},
    scene{"hc:scene"};
inline const AmbientId kitchen{"hc:a1"};

// `second`: another account of the same page, with the same vendor behind another address.
Config demo_config(bool second = false);

// A device (storage, vault, time) and one running program on it; restart() is a reload of the page.
class App : public testing::Test {
 protected:
  App();
  // Opens the page at `url` with `route`; nothing of the former run is left but what was stored.
  void open(const std::string& url = page, const std::string& route = "");
  void open_hidden();
  // Presses sign-in and gives the answer that the provider would send (nothing is fetched yet).
  std::string answer_url(const std::string& what = "code=c1", const std::string& account = "demo");
  // Opens, signs in, comes back: the home is loaded.
  void sign_in(const std::string& route = "");
  void wait(Millis span) { memory.time.advance(span); }
  void send(const ModuleId& module, Aspect aspect, Value value = true) {
    app->dispatch(intent::Send{module, {aspect, std::move(value)}});
  }
  const State& state() const { return app->state(); }
  const Module& module(const ModuleId& id) const { return *state().plants.at(0).module(id); }
  // "sent", "confirmed", "not confirmed", "failed", or "none".
  std::string picture(const ModuleId& id, Aspect aspect = Aspect::on_off) const;
  std::string text(const ModuleId& id, Aspect aspect = Aspect::on_off) const;
  const Problem* problem(const std::string& key_part) const;
  int posts() const { return static_cast<int>(vendor.commands.size()); }

  MemoryHost memory;
  Host host;
  Vendor vendor{};
  std::unique_ptr<Controller> app{};
  bool two_accounts = false;
  std::vector<std::string> providers{"hc"};  // of the first account
  std::string end_session{};                 // its end_session_endpoint
  int changes = 0;
  std::vector<std::pair<Route, bool>> routes{};
};

}  // namespace foyer::test
