// Fault switches of a simulated cloud on this machine, sent over HTTP to its /cloud/_control.
#pragma once

#include <string>
#include <vector>

#include "core/app/session/client_config.hpp"
#include "core/ports/host.hpp"

namespace foyer::native {

struct Switch {
  const char* label;  // "Gateway offline"
  const char* json;   // what is posted
};
const std::vector<Switch>& switches();

class Simulator {
 public:
  // The control address follows from the issuer of the configuration's simulated cloud.
  Simulator(Http& http, const Config& config);
  bool present() const { return !control_.empty(); }
  void post(std::string json);
  const std::string& last() const { return last_; }  // how the last post ended

 private:
  Task<void> run(std::string json);
  Http& http_;
  std::string control_{};
  std::string last_{};
  TaskScope scope_{};
};

}  // namespace foyer::native
