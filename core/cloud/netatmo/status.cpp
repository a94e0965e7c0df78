// homestatus and the errors inside a 200: the state of modules and rooms.
#include <algorithm>
#include <unordered_map>

#include "core/cloud/netatmo/netatmo.hpp"

namespace foyer {
namespace netatmo {
namespace {

using decode::Complaints;
using decode::Where;

// Reads one homestatus answer. Order: modules, errors, rooms (which want to know what the modules said).
class StatusReader {
 public:
  StatusReader(const Plant& plant, StatusReport& report) : plant_(plant), report_(report) {
    known_.reserve(plant.modules.size());
    for (const Module& module : plant.modules) known_.emplace(module.id.text, &module);
  }

  void read(JsonView body) {
    const JsonView home = body.find("home");
    if (!home.is_object() && !home.is_nothing())
      report_.complaints.emplace_back("body.home: expected an object");
    const JsonView modules = decode::list(home, "modules", home_, report_.complaints, true);
    report_.modules.reserve(modules.size() + plant_.ambients.size());
    index_.reserve(modules.size());
    std::size_t index = 0;
    for (const JsonView one : modules.elements()) module(one, Where{&home_, "modules", index++});
    channels();
    errors(body, body_);
    errors(home, home_);  // some answers have them there
    index = 0;
    for (const JsonView one : decode::list(home, "rooms", home_, report_.complaints, true).elements())
      room(one, Where{&home_, "rooms", index++});
    errors_of_rooms();
    unreachable_gateways();
    silent_rooms();
    report_.gateways_told = home.is_object() || !report_.offline.empty();
  }

 private:
  const Module* known(const std::string& id) const {
    const auto at = known_.find(id);
    return at == known_.end() ? nullptr : at->second;
  }

  ModuleStatus* named(const std::string& id) {
    const auto at = index_.find(id);
    return at == index_.end() ? nullptr : &report_.modules[at->second];
  }

  ModuleStatus& add(ModuleStatus status) {
    index_.emplace(status.id.text, report_.modules.size());
    report_.modules.push_back(std::move(status));
    return report_.modules.back();
  }

  void module(JsonView json, const Where& where) {
    Complaints& complaints = report_.complaints;
    const auto remote = decode::id(json, where, complaints);
    if (!remote) return;
    ModuleStatus out{.id = ModuleId(prefixed(*remote))};
    if (index_.contains(out.id.text)) {
      complaints.push_back(where.text("id") + ": used by another module too");
      return;
    }
    const Module* mine = known(out.id.text);
    out.device = decode::text(json, "type", where, complaints).value_or("");
    if (mine && !mine->device.empty()) out.device = mine->device;
    const Type* type = netatmo::type(out.device);
    const bool plain = type && type->kind != Kind::unknown;
    const std::uint32_t traits = plain ? type->traits : traits_from(json);
    out.kind = plain ? type->kind : kind_from(traits);
    out.readings.reserve(json.size());
    if (const auto reachable = decode::flag(json, "reachable", where, complaints))
      out.reach = *reachable ? Reach::reachable : Reach::unreachable;
    else if ((traits & (own | bridge)) != 0)
      out.reach = Reach::reachable;  // says so by being in the answer
    members(json, type, traits, where, out);
    if (!json.find("current_position").is_nothing() || !json.find("target_position").is_nothing())
      read_position(json, type && type->has(target), traits, where, out, complaints);
    if (!plain && traits != 0) {  // shown by what it tells
      out.describes = true;
      auto can = capabilities(traits);
      std::erase_if(can, [](const Capability& one) { return one.aspect == Aspect::position; });
      if ((traits & position) != 0 && out.capabilities.empty())
        out.capabilities.push_back(position_capability(100));
      std::ranges::move(can, std::back_inserter(out.capabilities));
    }
    out.raw = raw_of(json);
    if (!mine) newcomer(out, json, type, traits);
    if (mine && !mine->ambient.empty())
      for (const Reading& reading : out.readings)
        if (reading.aspect == Aspect::load_active)
          boilers_[mine->ambient.text] |= reading.value == Value(true);
    if (out.reach == Reach::unreachable && (traits & bridge) != 0) report_.offline.emplace_back(out.id.text);
    add(std::move(out));
  }

  void members(JsonView json, const Type* type, std::uint32_t traits, const Where& where, ModuleStatus& out) {
    Complaints& complaints = report_.complaints;
    std::optional<bool> load;
    for (const auto [key, value] : json.members()) {
      const std::string_view name = key.raw();
      if (name == "id" || name == "type" || name == "bridge" || name == "reachable" ||
          name == "current_position" || name == "target_position:step" || name == "target_position_step")
        continue;
      if (name == "boiler_status" || name == "cooler_status") {
        if (const auto active = decode::flag(json, name, where, complaints))
          load = load.value_or(false) || *active;
      } else if (name == "battery_state") {
        if (auto word = decode::text(json, name, where, complaints))
          out.readings.push_back({.aspect = Aspect::battery, .value = *word == "max" ? "full" : *word});
      } else if (name == "firmware_name") {
        if (auto word = decode::text(json, name, where, complaints))
          out.readings.push_back({.aspect = Aspect::firmware, .value = *word});
      } else if (name == "firmware_revision") {  // beside a name no more than a number
        const bool named = json.find("firmware_name").text().has_value();
        if (auto word = decode::text(json, name, where, complaints))
          out.readings.push_back({.aspect = named ? Aspect::other : Aspect::firmware,
                                  .name = named ? "firmware_revision" : "",
                                  .value = *word});
      } else if (name == "battery_level" && json.find("battery_percent").number()) {  // mV beside %
        if (const auto level = decode::number(json, name, where, complaints))
          out.readings.push_back(
              {.aspect = Aspect::other, .name = "battery_level", .value = *level, .unit = Unit::millivolt});
      } else if (name == "temperature" && in_tenths(out.device)) {
        tenths(value, name, where, out.readings);
      } else if (name == "last_seen") {
        if (const auto seen = instant(json, name, where, complaints))
          out.readings.push_back({.aspect = Aspect::other, .name = "last_seen", .value = to_iso8601(*seen)});
      } else if (name == "status" && type && type->has(light_word) && decode::on_off(value)) {
        out.readings.push_back({.aspect = Aspect::on_off, .value = *decode::on_off(value)});
      } else if (name == "target_position" && (traits & target) != 0) {
        continue;
      } else if (!read_field(name, value, where, out.readings, complaints)) {
        keep(name, value, out.readings);
      }
    }
    if (load) out.readings.push_back({.aspect = Aspect::load_active, .value = *load});
  }

  // VELUX devices tell tenths of a degree.
  static bool in_tenths(std::string_view device) { return device.starts_with("NX"); }
  void tenths(JsonView value, std::string_view name, const Where& where, std::vector<Reading>& readings) {
    const auto number = value.number();
    if (number && *number >= -500 && *number <= 1000)
      readings.push_back({.aspect = Aspect::temperature, .value = *number / 10, .unit = Unit::celsius});
    else if (!value.is_nothing())
      report_.complaints.push_back(where.text(name) + ": expected tenths of a degree");
  }
  bool room_in_tenths(const std::string& ambient) const {
    return std::ranges::any_of(plant_.modules, [&](const Module& one) {
      return one.ambient.text == ambient && in_tenths(one.device);
    });
  }

  static void set(ModuleStatus& out, Reading reading) {
    const auto mine = std::ranges::find(out.readings, reading.aspect, &Reading::aspect);
    if (mine == out.readings.end()) {
      out.readings.push_back(std::move(reading));
    } else {
      *mine = std::move(reading);
    }
  }

  // In the status but not in the topology: shown all the same, in no room.
  void newcomer(const ModuleStatus& status, JsonView json, const Type* type, std::uint32_t traits) {
    Module out{.id = status.id, .name = status.id.remote(), .kind = status.kind, .device = status.device};
    if (type) out.product = type->product;
    if (const auto bridge = json.find("bridge").text()) out.gateway = GatewayId(prefixed(*bridge));
    out.capabilities = capabilities(traits);
    report_.newcomers.push_back(std::move(out));
  }

  // The channels of a double switch do not say whether they can be reached; the device does.
  void channels() {
    for (ModuleStatus& status : report_.modules) {
      if (status.reach != Reach::unknown) continue;
      const auto mark = status.id.text.find('#');
      const ModuleStatus* device =
          mark == std::string::npos ? nullptr : named(status.id.text.substr(0, mark));
      if (device) status.reach = device->reach;
    }
  }

  void errors(JsonView parent, const Where& where) {
    std::size_t index = 0;
    for (const JsonView one : decode::list(parent, "errors", where, report_.complaints, true).elements()) {
      const auto remote = decode::id(one, Where{&where, "errors", index++}, report_.complaints);
      if (!remote) continue;
      const std::string id = prefixed(*remote);
      const bool unreachable = one.find("code").integer() == 6;
      const bool is_gateway =
          std::ranges::find(plant_.gateways, id, [](const Gateway& gateway) -> const std::string& {
            return gateway.id.text;
          }) != plant_.gateways.end();
      if (unreachable && is_gateway) report_.offline.emplace_back(id);
      const Module* mine = known(id);
      ModuleStatus* status = named(id);
      if (!status && !mine) {
        room_errors_.push_back({room_module_id(plant_.id, *remote), error_text(one), unreachable});
        continue;
      }
      if (!status) status = &add({.id = ModuleId(id), .reach = mine->reach, .device = mine->device});
      status->error = error_text(one);
      if (unreachable) status->reach = Reach::unreachable;
    }
  }

  // Some errors name a room instead of a module.
  void errors_of_rooms() {
    for (const auto& [id, text, unreachable] : room_errors_) {
      const Module* mine = known(id.text);
      ModuleStatus* status = named(id.text);
      if (!status && !mine) continue;
      if (!status) status = &add({.id = id, .reach = mine->reach, .device = mine->device});
      status->error = text;
      if (!unreachable) continue;
      status->reach = Reach::unreachable;
      if (mine) rest(*mine, *status);
    }
  }

  // What hangs on a gateway that cannot be reached is missing from the answer.
  void unreachable_gateways() {
    for (const GatewayId& gateway : report_.offline)
      for (const Module& module : plant_.modules) {
        if (module.gateway != gateway || module.kind == Kind::scene || named(module.id.text)) continue;
        ModuleStatus out{.id = module.id, .reach = Reach::unreachable, .device = module.device};
        out.error = "its gateway cannot be reached";
        if (module.device == room_device) rest(module, out);
        add(std::move(out));
      }
  }

  void room(JsonView json, const Where& where) {
    Complaints& complaints = report_.complaints;
    const auto remote = decode::id(json, where, complaints);
    if (!remote) return;
    ModuleStatus out{.id = room_module_id(plant_.id, *remote), .kind = Kind::thermostat};
    out.device = room_device;
    if (index_.contains(out.id.text)) {
      complaints.push_back(where.text("id") + ": used by another room too");
      return;
    }
    if (const auto reachable = decode::flag(json, "reachable", where, complaints))
      out.reach = *reachable ? Reach::reachable : Reach::unreachable;
    const std::string_view prefix = setpoint(json, where, out);
    for (const auto [key, value] : json.members()) {
      const std::string_view name = key.raw();
      if (name == "id" || name == "reachable" || (!prefix.empty() && is_setpoint(name, prefix))) continue;
      if (name == "temperature" && room_in_tenths(prefixed(*remote))) {
        tenths(value, name, where, out.readings);
        continue;
      }
      if (!read_field(name, value, where, out.readings, complaints)) keep(name, value, out.readings);
    }
    told_ = true;
    const Module* mine = known(out.id.text);
    // A room without heating tells nothing; of one that heats, its reach is news even when it is all.
    if (out.readings.empty() && (!mine || out.reach == Reach::unknown)) return;
    load(AmbientId(prefixed(*remote)), out);
    if (mine && out.reach == Reach::unreachable) rest(*mine, out);
    if (!mine) new_room(*remote, !prefix.empty(), out);
    out.raw = json.raw();
    add(std::move(out));
  }

  // Nothing heats on the word of a room that is not heard any more, unless the boiler itself says so.
  void rest(const Module& module, ModuleStatus& out) const {
    if (boilers_.contains(module.ambient.text)) return;
    const bool demand =
        std::ranges::find(out.readings, Aspect::load_active, &Reading::aspect) != out.readings.end();
    if (!demand && module.flag(Aspect::load_active) != true) return;
    set(out, {.aspect = Aspect::load_active, .value = false});
  }

  // A room that was heard and is missing among the others is not heard any more. An answer without any room
  // says nothing of them.
  void silent_rooms() {
    if (!told_) return;
    for (const Module& module : plant_.modules) {
      if (module.device != room_device || module.reach != Reach::reachable || named(module.id.text)) continue;
      ModuleStatus out{.id = module.id, .reach = Reach::unreachable, .device = module.device};
      rest(module, out);
      add(std::move(out));
    }
  }

  static bool is_setpoint(std::string_view name, std::string_view prefix) {
    if (!name.starts_with(prefix)) return false;
    name.remove_prefix(prefix.size());
    return name == "temperature" || name == "mode" || name == "start_time" || name == "end_time";
  }

  // The set point under the name of what the home does: cooling, automatic or heating. Answers its
  // prefix, or nothing.
  std::string_view setpoint(JsonView json, const Where& where, ModuleStatus& out) {
    struct Way {
      std::string_view prefix, function;
    };
    static constexpr Way ways[] = {
        {"cooling_setpoint_", "cooling"}, {"auto_setpoint_", "automatic"}, {"therm_setpoint_", "heating"}};
    Complaints& complaints = report_.complaints;
    for (const Way& way : ways) {
      const std::string front(way.prefix);
      if (json.find(front + "mode").is_nothing() && json.find(front + "temperature").is_nothing()) continue;
      if (const auto value = decode::number(json, front + "temperature", where, complaints)) {
        if (*value == 0 && json.find(front + "mode").text() == "off") {
          // No temperature: the last one stays known, for when the room is switched on again.
        } else if (*value >= -50 && *value <= 100) {
          out.readings.push_back({.aspect = Aspect::setpoint, .value = *value, .unit = Unit::celsius});
        } else {
          out_of_range(where, front + "temperature", -50, 100, complaints);
        }
      }
      if (const auto mode = decode::text(json, front + "mode", where, complaints))
        out.readings.push_back({.aspect = Aspect::mode, .value = std::string(mode_word(*mode))});
      out.mode_until = instant(json, front + "end_time", where, complaints);
      out.readings.push_back({.aspect = Aspect::function, .value = std::string(way.function)});
      return way.prefix;
    }
    return {};
  }

  // Whether it heats right now: the boiler's word if a device of the room has one, else the demand.
  void load(const AmbientId& ambient, ModuleStatus& out) {
    std::optional<bool> active;
    if (const auto at = boilers_.find(ambient.text); at != boilers_.end()) active = at->second;
    const auto demand = std::ranges::find(out.readings, Aspect::heating_request, &Reading::aspect);
    if (!active && demand != out.readings.end()) active = std::get<double>(demand->value) > 0;
    if (active) out.readings.push_back({.aspect = Aspect::load_active, .value = *active});
  }

  void new_room(const std::string& remote, bool setpoints, const ModuleStatus& status) {
    const Ambient* ambient = plant_.ambient(AmbientId(prefixed(remote)));
    const bool orders =
        std::ranges::find(status.readings, Aspect::pilot_wire, &Reading::aspect) != status.readings.end();
    Module out = room_module(plant_.id, remote, ambient ? ambient->name : remote, setpoints, orders);
    if (!ambient) out.ambient = {};
    if (!setpoints && !orders)
      out.kind = Kind::sensor, out.capabilities = {{.aspect = Aspect::temperature, .unit = Unit::celsius}};
    report_.newcomers.push_back(std::move(out));
  }

  const Plant& plant_;
  StatusReport& report_;
  const Where body_{nullptr, "body"};
  const Where home_{nullptr, "home"};
  std::unordered_map<std::string_view, const Module*> known_{};
  std::unordered_map<std::string, std::size_t> index_{};
  std::unordered_map<std::string_view, bool> boilers_{};  // by room
  struct RoomError {
    ModuleId id;
    std::string text;
    bool unreachable;
  };
  std::vector<RoomError> room_errors_{};
  bool told_ = false;  // whether the answer names any room
};

}  // namespace

}  // namespace netatmo

Result<StatusReport> NetatmoProvider::read_status(const Plant& plant, const Call&, std::string_view body,
                                                  Minutes) const {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView root = json->root().find("body");
  StatusReport report;
  if (!root.is_object()) {
    if (root.is_array() && root.size() == 0) return report;  // nothing, as some languages write it
    // Homes without devices are answered without a body at all.
    if (root.is_nothing() && json->root().find("status").text() == "ok") return report;
    return fail(ErrorKind::malformed, "E15", "body: expected an object", "body");
  }
  const JsonView homes = root.find("homes");
  if (!homes.is_array()) {
    netatmo::StatusReader(plant, report).read(root);
    return report;
  }
  for (const JsonView home : homes.elements()) {  // a topology, read for the mode of the heating
    const ModuleId id = netatmo::heating_id(plant.id);
    if (home.find("id").text() != plant.id.remote() || !plant.module(id)) continue;
    const decode::Where where{nullptr, "home"};
    Plant fresh{.id = plant.id};
    netatmo::read_schedules(home, where, fresh);
    ModuleStatus status{.id = id, .reach = Reach::reachable, .device = std::string(heating_device)};
    netatmo::read_heating(home, fresh, where, status.readings, status.mode_until, report.complaints);
    const auto control = std::ranges::find(status.readings, Aspect::function, &Reading::aspect);
    if (control != status.readings.end())  // with the season the home may follow other plans
      if (auto choice = netatmo::plan_choice(fresh.schedules, std::get<std::string>(control->value)))
        status.capabilities.push_back(std::move(*choice));
    report.modules.push_back(std::move(status));
  }
  return report;
}

}  // namespace foyer
