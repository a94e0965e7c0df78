// Gateways that do not answer (E8, N5): who is asked again when. Probes after 1, 5 and 15 min, then every 30
// min.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/app/problems/problems.hpp"
#include "core/app/state/store.hpp"

namespace foyer {

class Outages {
 public:
  Outages(Store& store, Problems& problems) : store_(store), problems_(problems) {}

  // `path` is the read that tells the state of what hangs on the gateway; `module` narrows it to one, or
  // null: the whole plant. Marks the modules unreachable and raises the problem.
  void failed(Plant& plant, const std::string& path, const ModuleId* module, const CallFailure& failure);
  void answered(const std::string& path);
  // May a poll ask now?
  bool may_ask(const std::string& path) const;
  // The next probe of a plant, if any of its reads is down.
  std::optional<Instant> next_probe(const PlantId& plant) const;
  // The person pressed "Try again", or the plant is gone.
  void probe_now(const PlantId& plant);
  // The probe that was due met another trouble: the next one in a minute.
  void postpone(const PlantId& plant);
  void forget(const PlantId& plant);

 private:
  struct Outage {
    PlantId plant;
    ProblemKey problem{};
    std::string name;
    Instant since{}, next{};
    int probes = 0;
  };
  Store& store_;
  Problems& problems_;
  std::map<std::string, Outage> outages_{};
};

}  // namespace foyer
