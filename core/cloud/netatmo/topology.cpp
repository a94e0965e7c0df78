// homesdata and getscenarios: what there is in a home.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/cloud/netatmo/meters.hpp"
#include "core/cloud/netatmo/netatmo.hpp"

namespace foyer {
namespace {

using decode::Complaints;
using decode::Where;
using netatmo::prefixed;

// "00:04:74:00:00:00:00:24#1" is channel 1 of the module before the '#'.
std::string_view device_part(std::string_view remote) { return remote.substr(0, remote.find('#')); }

// Reads one home of homesdata. Ids in lists may be missing here or there, so everything is joined at the end.
class HomeReader {
 public:
  HomeReader(JsonView home, Plant& plant) : home_(home), plant_(plant) {}

  void read() {
    rooms();
    modules();
    for (Module& module : plant_.modules) join(module);
    gateways();
    netatmo::read_schedules(home_, where_, plant_);
    heated_rooms();
    heating();
  }

 private:
  void rooms() {
    std::size_t index = 0;
    for (const JsonView room : decode::list(home_, "rooms", where_, plant_.complaints, true).elements()) {
      const Where where{&where_, "rooms", index++};
      const auto remote = decode::id(room, where, plant_.complaints);
      if (!remote) continue;
      const AmbientId id(prefixed(*remote));
      if (!rooms_.insert(id.text).second) {
        plant_.complaints.push_back(where.text("id") + ": used by another room too");
        continue;
      }
      Ambient ambient{id, decode::text(room, "name", where, plant_.complaints).value_or(""),
                      decode::text(room, "type", where, plant_.complaints).value_or("")};
      if (ambient.name.empty()) ambient.name = *remote;
      plant_.ambients.push_back(std::move(ambient));
      for (const JsonView one : decode::list(room, "module_ids", where, plant_.complaints, true).elements())
        if (auto module = one.text()) room_of_.emplace(prefixed(*module), id);
    }
  }

  void modules() {
    const JsonView list = decode::list(home_, "modules", where_, plant_.complaints, true);
    plant_.modules.reserve(list.size());
    std::size_t index = 0;
    for (const JsonView one : list.elements()) module(one, Where{&where_, "modules", index++});
  }

  void module(JsonView json, const Where& where) {
    Complaints& complaints = plant_.complaints;
    const auto remote = decode::id(json, where, complaints);
    if (!remote) return;
    Module out;
    out.id = ModuleId(prefixed(*remote));
    if (!at_.emplace(out.id.text, plant_.modules.size()).second) {
      complaints.push_back(where.text("id") + ": used by another module too");
      return;
    }
    out.name = decode::text(json, "name", where, complaints).value_or("");
    out.device = decode::text(json, "type", where, complaints).value_or("");
    out.appliance = decode::text(json, "appliance_type", where, complaints).value_or("");
    out.hardware = decode::text(json, "variant", where, complaints).value_or("");
    const netatmo::Type* type = netatmo::type(out.device);
    const bool plain = type && type->kind != Kind::unknown;
    const std::uint32_t traits = plain ? type->traits : netatmo::traits_from(json);
    out.kind = plain ? type->kind : netatmo::kind_from(traits);
    if (type) out.product = type->product;
    if (out.device == "NLC" && out.appliance.starts_with("radiator")) out.kind = Kind::heater;
    if (out.device == "NLPT" && !out.appliance.empty() && out.appliance != "light")
      out.kind = Kind::contactor;
    out.capabilities = netatmo::capabilities(traits);
    if (netatmo::counted_by(out) != netatmo::Counted::electricity)  // gas and water are no energy
      std::erase_if(out.capabilities,
                    [](const Capability& one) { return one.aspect == Aspect::energy_today; });
    out.ambient = AmbientId(room(decode::text(json, "room_id", where, complaints), out.id));
    if (const auto bridge = decode::text(json, "bridge", where, complaints); bridge && !bridge->empty())
      out.gateway = GatewayId(prefixed(*bridge));
    for (const JsonView one : decode::list(json, "modules_bridged", where, complaints, true).elements())
      if (auto bridged = one.text()) bridge_of_.emplace(prefixed(*bridged), out.id.text);
    if ((traits & (netatmo::bridge | netatmo::own)) != 0 && out.gateway.empty())
      out.gateway = GatewayId(out.id.text);
    out.raw_topology = netatmo::raw_of(json);
    plant_.modules.push_back(std::move(out));
  }

  // The room a module names, if there is one, or the one that names the module.
  std::string room(const std::optional<std::string>& remote, const ModuleId& module) const {
    if (remote && rooms_.contains(prefixed(*remote))) return prefixed(*remote);
    const auto at = room_of_.find(module.text);
    return at == room_of_.end() ? std::string() : at->second.text;
  }

  // Channels belong to their device; a device with channels is switched and measured by
  // these, not by itself.
  void join(Module& module) {
    const std::string remote = module.id.remote();
    const std::string_view front = device_part(remote);
    Module* device = nullptr;
    if (front.size() < remote.size())
      if (const auto at = at_.find(prefixed(front)); at != at_.end()) device = &plant_.modules[at->second];
    if (device) {
      module.part_of = device->id;
      if (module.ambient.empty()) module.ambient = device->ambient;
      device->capabilities.clear();
      if (module.kind == Kind::remote) module.capabilities.clear();  // a key of it
    }
    if (module.gateway.empty() || module.gateway.text == module.id.text) {
      const auto at = bridge_of_.find(module.id.text);
      if (at != bridge_of_.end() && at->second != module.id.text) module.gateway = GatewayId(at->second);
      if (module.gateway.empty() && device) module.gateway = device->gateway;
    }
    if (!module.name.empty()) return;
    module.name = device && !device->name.empty() ? device->name : module.product;
    if (module.name.empty()) module.name = module.device.empty() ? remote : module.device;
    if (front.size() < remote.size()) module.name.append(" ").append(remote, front.size() + 1);
  }

  void gateways() {
    for (const Module& module : plant_.modules) {
      if (module.gateway.empty() || has_gateway(module.gateway)) continue;
      const auto at = at_.find(module.gateway.text);
      plant_.gateways.push_back(
          {.id = module.gateway,
           .name = at == at_.end() ? "Gateway " + module.gateway.remote() : plant_.modules[at->second].name});
    }
  }

  bool has_gateway(const GatewayId& id) const {
    for (auto at = plant_.gateways.rbegin(); at != plant_.gateways.rend(); ++at)
      if (at->id == id) return true;
    return false;
  }

  // A room is heated when a device in it says so, or a heating plan has a temperature or an order for it.
  void heated_rooms() {
    struct Heat {
      bool setpoints = false, orders = false;
      GatewayId gateway{};
    };
    std::unordered_map<std::string, Heat> heats;  // by room
    for (const Module& module : plant_.modules) {
      const netatmo::Type* type = netatmo::type(module.device);
      const bool order = module.device == "NLC" && module.appliance == "radiator";
      if (module.ambient.empty() || (!order && (!type || !type->has(netatmo::heats)))) continue;
      Heat& heat = heats[module.ambient.text];
      (order ? heat.orders : heat.setpoints) = true;
      if (heat.gateway.empty()) heat.gateway = module.gateway;
    }
    for (const Schedule& schedule : plant_.schedules)
      for (const Zone& zone : schedule.zones)
        for (const ZoneRoom& room : zone.rooms) {
          if (!rooms_.contains(room.ambient.text)) continue;
          Heat& heat = heats[room.ambient.text];
          if (room.temperature) heat.setpoints = true;
          if (!room.temperature && schedule.type == "therm" && !room.order.empty() &&
              !netatmo::is_mode_order(room.order))
            heat.orders = true;
        }
    for (const Ambient& room : plant_.ambients) {
      const auto at = heats.find(room.id.text);
      if (at == heats.end()) continue;
      plant_.modules.push_back(netatmo::room_module(plant_.id, room.id.remote(), room.name,
                                                    at->second.setpoints, at->second.orders));
      plant_.modules.back().gateway = at->second.gateway;
    }
  }

  void heating() {
    const bool heated = !plant_.modules.empty() && plant_.modules.back().device == netatmo::room_device;
    const bool planned = std::ranges::any_of(plant_.schedules, [](const Schedule& one) {
      return one.type == "therm" || one.type == "cooling" || one.type == "auto";
    });
    if (!heated && !planned) return;
    Module out{.id = netatmo::heating_id(plant_.id), .name = "Heating", .kind = Kind::thermostat};
    out.device = heating_device;
    netatmo::read_heating(home_, plant_, where_, out.readings, out.mode_until, plant_.complaints);
    out.capabilities = {
        {.aspect = Aspect::mode, .commandable = true, .options = {"automatic", "away", "protection"}},
        {.aspect = Aspect::function}};
    if (auto program = netatmo::plan_choice(plant_.schedules, out.word(Aspect::function).value_or("")))
      out.capabilities.push_back(std::move(*program));
    plant_.modules.push_back(std::move(out));
  }

  JsonView home_;
  Plant& plant_;
  const Where where_{nullptr, "home"};
  std::unordered_set<std::string> rooms_{};
  std::unordered_map<std::string, AmbientId> room_of_{};
  std::unordered_map<std::string, std::string> bridge_of_{};
  std::unordered_map<std::string, std::size_t> at_{};
};

void read_home(JsonView home, Plant& plant) {
  const Where where{nullptr, "home"};
  plant.country = decode::text(home, "country", where, plant.complaints).value_or("");
  plant.time_zone = decode::text(home, "timezone", where, plant.complaints).value_or("");
  if (const auto minutes = decode::number(home, "therm_setpoint_default_duration", where, plant.complaints);
      minutes && *minutes >= 1 && *minutes <= 30 * 24 * 60)
    plant.setpoint_lasting = Minutes(static_cast<int>(*minutes));
  HomeReader(home, plant).read();
}

// body.homes; malformed when there is no such list.
Result<JsonView> homes_of(const JsonText& json) {
  const JsonView homes = json.root().find("body").find("homes");
  if (!homes.is_array())
    return fail(ErrorKind::malformed, "E15", "body.homes: expected a list", "body.homes");
  return homes;
}

Plant summary_of(JsonView home, const std::string& remote, const Where& where) {
  Plant plant{.id = PlantId(prefixed(remote))};
  plant.name = decode::text(home, "name", where, plant.complaints).value_or("");
  if (plant.name.empty()) plant.name = remote;
  return plant;
}

// "wake_up" → "Wake up": scenarios that came with the home have a type instead of a name.
std::string words_of(std::string text) {
  std::ranges::replace(text, '_', ' ');
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

const Module* scenario_gateway(const Plant& plant) {
  for (const Module& module : plant.modules)
    if (const netatmo::Type* type = netatmo::type(module.device); type && type->has(netatmo::scenarios))
      return &module;
  return nullptr;
}

}  // namespace

Result<std::vector<Plant>> NetatmoProvider::read_plants(int, std::string_view body) const {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const auto homes = homes_of(*json);
  if (!homes) return std::unexpected(homes.error());
  std::vector<Plant> out;
  Complaints complaints;
  std::unordered_set<std::string> seen;
  std::size_t index = 0;
  for (const JsonView home : homes->elements()) {
    const Where where{nullptr, "body.homes", index++};
    const auto remote = decode::id(home, where, complaints);
    if (!remote || !decode::unique_home(*remote, seen, where, complaints)) continue;
    Plant plant = summary_of(home, *remote, where);
    read_home(home, plant);
    out.push_back(std::move(plant));
  }
  if (complaints.empty()) return out;
  if (out.empty()) {
    std::string field = complaints.front().substr(0, complaints.front().find(':'));
    return fail(ErrorKind::malformed, "E15", std::move(complaints.front()), std::move(field));
  }
  std::ranges::move(complaints, std::back_inserter(out.front().complaints));
  return out;
}

Result<Plant> NetatmoProvider::read_topology(const Plant& summary, std::string_view body) const {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const auto homes = homes_of(*json);
  if (!homes) return std::unexpected(homes.error());
  for (const JsonView home : homes->elements()) {
    if (home.find("id").text() != summary.id.remote()) continue;
    Plant plant = summary_of(home, summary.id.remote(), Where{nullptr, "home"});
    if (plant.name == summary.id.remote() && !summary.name.empty()) plant.name = summary.name;
    read_home(home, plant);
    return plant;
  }
  return fail(ErrorKind::malformed, "E9", "body.homes: expected this home", "body.homes");
}

std::vector<Call> NetatmoProvider::extras(const Plant& plant) const {
  if (!scenario_gateway(plant)) return {};
  return {{.path = "/api/getscenarios?home_id=" + percent_encode(plant.id.remote()),
           .path_template = "/api/getscenarios?home_id={home}",
           .purpose = policy::Purpose::topology}};
}

// The shape of the answer was never seen: body.home.scenarios or body.scenarios, with id and a name.
Result<void> NetatmoProvider::read_extra(Plant& plant, std::size_t index, std::string_view body) const {
  if (index != 0) return fail(ErrorKind::invalid_input, "", "there is one further read only", "index");
  std::erase_if(plant.modules, [](const Module& module) { return module.kind == Kind::scene; });
  const Module* gateway = scenario_gateway(plant);
  if (decode::blank(body) || !gateway) return {};
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView root = json->root().find("body");
  const JsonView home = root.find("home").find("scenarios").is_nothing() ? root : root.find("home");
  const GatewayId runs(gateway->id.text);
  std::size_t number = 0;
  for (const JsonView one : decode::list(home, "scenarios", Where{}, plant.complaints, true).elements()) {
    const Where here{nullptr, "scenarios", number++};
    const auto remote = decode::id(one, here, plant.complaints);
    if (!remote) continue;
    Module scene{.id = ModuleId(plant.id.text + "/scenario/" + *remote), .kind = Kind::scene};
    if (plant.module(scene.id)) {
      plant.complaints.push_back(here.text("id") + ": used by another scenario too");
      continue;
    }
    for (const char* name : {"name", "label"})
      if (scene.name.empty()) scene.name = decode::text(one, name, here, plant.complaints).value_or("");
    if (scene.name.empty())
      scene.name = words_of(decode::text(one, "type", here, plant.complaints).value_or(*remote));
    scene.device = netatmo::scene_device;
    scene.gateway = runs;
    scene.capabilities = {{.aspect = Aspect::run, .readable = false, .commandable = true}};
    scene.raw_topology = netatmo::raw_of(one);
    plant.modules.push_back(std::move(scene));
  }
  return {};
}

}  // namespace foyer
