// The wire forms of reads and commands, and what the answer to a command says.
#include <algorithm>
#include <cmath>

#include "core/base/json_view.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/number.hpp"
#include "core/cloud/netatmo/netatmo.hpp"

namespace foyer {
namespace {

constexpr Millis heating_age = Minutes(5);

Call home_call(std::string_view front, const PlantId& plant, policy::Purpose purpose) {
  Call call{.purpose = purpose};
  call.path = std::string(front) + "?home_id=" + percent_encode(plant.remote());
  call.path_template = std::string(front) + "?home_id={home}";
  return call;
}

std::string json_text(std::string_view text) {
  JsonWriter json;
  json.text({}, text);
  return json.take();
}

// ",\"name\":value"
std::string member(std::string_view name, const std::string& value) {
  return std::string(",\"").append(name).append("\":").append(value);
}

std::string whole(double number) { return std::to_string(std::lround(number)); }

std::unexpected<Error> no_such(Aspect aspect, std::string message) {
  return fail(ErrorKind::invalid_input, "E12", std::move(message), std::string(to_string(aspect)));
}

std::string end_time(std::string_view name, Instant now, const Command& command) {
  return command.lasting ? member(name, std::to_string(to_ms(now + *command.lasting) / 1000)) : std::string();
}

// The properties of a module in setstate, after id and bridge.
Result<std::string> properties(const Command& command) {
  const double* number = std::get_if<double>(&command.value);
  const bool* flag = std::get_if<bool>(&command.value);
  const std::string truth = flag && *flag ? "true" : "false";
  switch (command.aspect) {
    case Aspect::on_off:
      if (flag != nullptr) return member("on", truth);
      break;
    case Aspect::lock:
      if (flag != nullptr) return member("lock", truth);
      break;
    case Aspect::level:  // whether brightness alone switches a lamp on is not known
      if (number && std::isfinite(*number))
        return member("on", *number > 0 ? "true" : "false") +
               member("brightness", whole(std::clamp(*number, 0.0, 100.0)));
      break;
    case Aspect::position:
      if (number && std::isfinite(*number))
        return member("target_position", whole(std::clamp(*number, 0.0, 100.0)));
      break;
    case Aspect::stop:
      return member("target_position", "-1");
    case Aspect::preferred:
      return member("target_position", "-2");
    case Aspect::fan_speed:
      if (number && std::isfinite(*number)) return member("fan_speed", whole(std::clamp(*number, 1.0, 2.0)));
      break;
    default:
      break;
  }
  return no_such(command.aspect, "Netatmo Connect has no such command.");
}

bool cools(const Plant& plant, const Module& room) { return function_of(plant, room) == "cooling"; }

// What the plan in force asks of a room at this moment; null when it says nothing of it.
const ZoneRoom* planned_room(const Plant& plant, const Module& room, Instant now, Minutes offset) {
  const Schedule* plan = plan_of(plant, room);
  const Zone* zone = plan ? zone_at(*plan, minute_of_week(now, offset)) : nullptr;
  if (!zone) return nullptr;
  const auto at = std::ranges::find(zone->rooms, room.ambient, &ZoneRoom::ambient);
  return at == zone->rooms.end() ? nullptr : &*at;
}

std::optional<double> planned(const Plant& plant, const Module& room, Instant now, Minutes offset) {
  const ZoneRoom* found = planned_room(plant, room, now, offset);
  return found ? found->temperature : std::nullopt;
}

std::optional<std::string> planned_order(const Plant& plant, const Module& room, Instant now,
                                         Minutes offset) {
  const ZoneRoom* found = planned_room(plant, room, now, offset);
  const bool order = found && !found->order.empty() && !netatmo::is_mode_order(found->order);
  return order ? std::optional(found->order) : std::nullopt;
}

// What a room is asked for; in a home that cools, under the other prefix.
Result<std::string> room_properties(const Plant& plant, const Module& room, const Command& command,
                                    Instant now, Minutes offset) {
  const bool cooling = cools(plant, room);
  // A pilot wire heats, whatever the home does.
  const bool order = command.aspect == Aspect::pilot_wire ||
                     (room.capability(Aspect::pilot_wire) && !room.capability(Aspect::setpoint));
  const std::string front = cooling && !order ? "cooling_setpoint_" : "therm_setpoint_";
  const std::string* word = std::get_if<std::string>(&command.value);
  const double* number = std::get_if<double>(&command.value);
  std::optional<double> degrees = number ? std::optional(*number) : std::nullopt;
  std::string mode = "manual", more;
  if (command.aspect == Aspect::mode && word) {
    mode = netatmo::their_mode(*word, false);
    if (mode == "manual") degrees = manual_start(room, planned(plant, room, now, offset));
  } else if (command.aspect == Aspect::pilot_wire && word) {
    if (*word == "frost_guard" || *word == "stand_by") mode = "hg";
    more = member(front + "fp", json_text(*word));
  } else if (command.aspect != Aspect::setpoint || !degrees) {
    return no_such(command.aspect, "Netatmo Connect has no such command.");
  }
  if (mode == "manual" && more.empty()) {
    if (!degrees || !std::isfinite(*degrees))
      return no_such(Aspect::setpoint, "The set point is not known yet; give one.");
    more = member(front + "temperature", number_text(*degrees));
  }
  return member(front + "mode", json_text(mode)) + more + end_time(front + "end_time", now, command);
}

// {"home":{"id":H,"modules":[{"id":M,…}]}}
std::string setstate(const PlantId& plant, std::string_view list, std::string_view id,
                     const std::string& rest) {
  return "{\"home\":{\"id\":" + json_text(plant.remote()) + ",\"" + std::string(list) +
         "\":[{\"id\":" + json_text(id) + rest + "}]}}";
}

Result<Call> heating_command(const Plant& plant, const Command& command, Instant now, Call call) {
  const std::string* word = std::get_if<std::string>(&command.value);
  if (!word || (command.aspect != Aspect::mode && command.aspect != Aspect::program))
    return no_such(command.aspect, "Netatmo Connect has no such command.");
  call.body = "{\"home_id\":" + json_text(plant.id.remote());
  if (command.aspect == Aspect::mode) {
    call.path = "/api/setthermmode";
    call.body +=
        member("mode", json_text(netatmo::their_mode(*word, true))) + end_time("endtime", now, command);
  } else {
    call.path = "/api/switchhomeschedule";
    call.body += member("schedule_id", json_text(*word));
    const auto schedule = std::ranges::find(plant.schedules, *word, &Schedule::id);
    if (schedule != plant.schedules.end() && schedule->type != "therm")
      call.body += member("schedule_type", json_text(schedule->type));
  }
  call.body += '}';
  call.path_template = call.path;
  return call;
}

// A room in the forms of other clients.
std::optional<Call> room_form(const Plant& plant, const Module& room, const Command& command, Instant now,
                              Minutes offset, Call call) {
  const std::string* word = std::get_if<std::string>(&command.value);
  const bool orders = room.capability(Aspect::pilot_wire) != nullptr;
  if (orders && command.aspect == Aspect::mode && *word == "automatic") {
    const std::string order = planned_order(plant, room, now, offset).value_or("comfort");
    auto rest = room_properties(plant, room, {.aspect = Aspect::pilot_wire, .value = order}, now, offset);
    if (!rest) return std::nullopt;
    call.body = setstate(plant.id, "rooms", room.ambient.remote(), *rest);
    return call;
  }
  if (command.aspect == Aspect::pilot_wire || cools(plant, room)) return std::nullopt;
  const double* number = std::get_if<double>(&command.value);
  std::optional<double> degrees = number ? std::optional(*number) : std::nullopt;
  std::string_view mode = word ? netatmo::their_mode(*word, false) : "manual";
  if (mode != "manual" && mode != "home" && mode != "max") return std::nullopt;  // refused there
  if (mode == "manual" && !degrees) degrees = manual_start(room, planned(plant, room, now, offset));
  Fields fields = {
      {"home_id", plant.id.remote()}, {"room_id", room.ambient.remote()}, {"mode", std::string(mode)}};
  if (degrees) fields.push_back({"temp", number_text(*degrees)});
  if (command.lasting) fields.push_back({"endtime", std::to_string(to_ms(now + *command.lasting) / 1000)});
  call.path = call.path_template = "/api/setroomthermpoint";
  call.body = form_encode(fields);
  call.form = true;
  return call;
}

// The id a command is for as the cloud writes it: a room's for its thermostat, the gateway's for a scenario.
std::string target_of(const Module& module) {
  if (module.device == netatmo::room_device) return module.ambient.remote();
  return module.kind == Kind::scene ? module.gateway.remote() : module.id.remote();
}

}  // namespace

Call NetatmoProvider::plants() const {
  return {.path = "/api/homesdata", .path_template = "/api/homesdata", .purpose = policy::Purpose::topology};
}

Call NetatmoProvider::topology(const PlantId& plant) const {
  return home_call("/api/homesdata", plant, policy::Purpose::topology);
}

std::vector<Call> NetatmoProvider::status(const Plant& plant) const {
  std::vector<Call> calls{home_call("/api/homestatus", plant.id, policy::Purpose::poll)};
  const Module* heating = plant.module(netatmo::heating_id(plant.id));
  if (!heating) return calls;
  const Reading* mode = heating->reading(Aspect::mode);
  const bool waits = std::ranges::any_of(heating->readings,
                                         [](const Reading& one) { return one.origin == Origin::optimistic; });
  const bool old = !mode || (plant.status_at && *plant.status_at - mode->received >= heating_age);
  if (waits || old) calls.push_back(home_call("/api/homesdata", plant.id, policy::Purpose::poll));
  return calls;
}

Call NetatmoProvider::module_status(const Plant& plant, const Module& module) const {
  const bool heating = module.device == heating_device;
  return home_call(heating ? "/api/homesdata" : "/api/homestatus", plant.id, policy::Purpose::pressed);
}

Result<Call> NetatmoProvider::command(const Plant& plant, const Module& module, const Command& command,
                                      Instant now, Minutes offset) const {
  Call call{.method = "POST",
            .path = "/api/setstate",
            .path_template = "/api/setstate",
            .operation = momentary(command) ? policy::CommandClass::momentary_write
                                            : policy::CommandClass::absolute_write,
            .purpose = policy::Purpose::write};
  if (module.device == heating_device) return heating_command(plant, command, now, std::move(call));
  const std::string target = target_of(module);
  if (module.kind == Kind::scene) {
    if (command.aspect != Aspect::run || target.empty())
      return no_such(command.aspect, "Netatmo Connect has no such command.");
    const std::string scenario = module.id.text.substr(module.id.text.rfind('/') + 1);
    call.body = setstate(plant.id, "modules", target, member("scenario", json_text(scenario)));
    return call;
  }
  const bool room = module.device == netatmo::room_device;
  auto rest = room ? room_properties(plant, module, command, now, offset) : properties(command);
  if (!rest) return std::unexpected(rest.error());
  const bool bridged = !room && !module.gateway.empty() && module.gateway.text != module.id.text;
  if (bridged) *rest = member("bridge", json_text(module.gateway.remote())) + *rest;
  call.body = setstate(plant.id, room ? "rooms" : "modules", target, *rest);
  return call;
}

// What public clients send in other forms (docs/apis.md): rooms of thermostats and valves by
// setroomthermpoint, a level without `on`, a pilot wire that follows its plan by the plan's order, the home's
// mode as a form.
std::optional<Call> NetatmoProvider::other_form(const Plant& plant, const Module& module,
                                                const Command& command, Instant now, Minutes offset) const {
  auto first = this->command(plant, module, command, now, offset);
  if (!first) return std::nullopt;
  Call call = std::move(*first);
  const std::string* word = std::get_if<std::string>(&command.value);
  if (module.device == heating_device) {
    Fields fields = {{"home_id", plant.id.remote()}};
    if (command.aspect == Aspect::mode)
      fields.push_back({"mode", std::string(netatmo::their_mode(*word, true))});
    else
      fields.push_back({"schedule_id", *word});
    if (command.lasting) fields.push_back({"endtime", std::to_string(to_ms(now + *command.lasting) / 1000)});
    call.body = form_encode(fields);
    call.form = true;
    return call;
  }
  if (module.device == netatmo::room_device)
    return room_form(plant, module, command, now, offset, std::move(call));
  if (command.aspect != Aspect::level) return std::nullopt;
  constexpr std::string_view with_on = ",\"on\":true";
  const auto at = call.body.find(with_on);
  if (at == std::string::npos) return std::nullopt;
  call.body.erase(at, with_on.size());
  return call;
}

// "ok" alone does not mean that the module obeyed. Being there already is what was asked for.
Result<void> NetatmoProvider::read_command(const Module& module, std::string_view body) const {
  const auto json = JsonText::parse(body);
  if (!json) return {};  // the service took it; there is nothing more to know
  const std::string target = target_of(module);
  const JsonView answer = json->root().find("body");
  for (const JsonView place : {answer, answer.find("home")})  // some answers have them in the home
    for (const JsonView error : place.find("errors").elements()) {
      const auto id = error.find("id").text();
      const auto code = error.find("code").integer();
      if (code == 7 || code == 23) continue;
      if (id && *id != target && *id != module.gateway.remote() && *id != module.id.remote()) continue;
      const bool form = code == 4 || code == 5;  // the command or its values
      return fail(ErrorKind::refused,
                  code == 6 ? "E8"
                  : form    ? "E12"
                            : "E19",
                  netatmo::error_text(error), "errors");
    }
  return {};
}

}  // namespace foyer
