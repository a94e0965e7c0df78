#include "core/app/reading/shown_names.hpp"

#include <string>
#include <vector>

#include "core/base/showable.hpp"

namespace foyer {
namespace {

void show(std::string& name) { name = showable(name); }

void show(std::vector<Capability>& capabilities) {
  for (Capability& one : capabilities)
    for (std::string& label : one.labels) show(label);
}

void show(std::vector<Module>& modules) {
  for (Module& one : modules) show(one.name), show(one.capabilities);
}

}  // namespace

void show_names(Plant& plant) {
  show(plant.name);
  for (Ambient& one : plant.ambients) show(one.name), show(one.floor);
  show(plant.modules);
  for (Gateway& one : plant.gateways) show(one.name);
  for (Schedule& one : plant.schedules) {
    show(one.name);
    for (Zone& zone : one.zones) show(zone.name);
  }
}

void show_names(StatusReport& report) {
  for (ModuleStatus& one : report.modules) show(one.capabilities);
  show(report.newcomers);
}

}  // namespace foyer
