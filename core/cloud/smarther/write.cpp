#include <chrono>

#include "core/base/json_writer.hpp"
#include "core/base/number.hpp"
#include "core/cloud/smarther/smarther.hpp"

namespace foyer {
namespace smarther {

std::vector<const Module*> thermostats(const Plant& plant) {
  std::vector<const Module*> out;
  for (const Module& module : plant.modules)
    if (module.kind == Kind::thermostat) out.push_back(&module);
  return out;
}

}  // namespace smarther

namespace {

constexpr std::string_view smarther_base = "/smarther/v2.0";
constexpr std::string_view family = "/chronothermostat/thermoregulation/addressLocation/plants/";

Call module_call(const PlantId& plant, const ModuleId& module, std::string_view rest,
                 policy::Purpose purpose) {
  const std::string front = std::string(smarther_base).append(family);
  Call call{.purpose = purpose};
  call.path = front + percent_encode(plant.remote()) + "/modules/parameter/id/value/" +
              percent_encode(module.remote()) + std::string(rest);
  call.path_template = front + "{plant}/modules/parameter/id/value/{module}" + std::string(rest);
  return call;
}

std::unexpected<Error> impossible(Aspect aspect, std::string message) {
  return fail(ErrorKind::invalid_input, "E12", std::move(message), std::string(to_string(aspect)));
}

// "end" for timed modes, local time of the device without a zone.
std::string until(Instant now, Minutes lasting, Minutes offset) {
  return to_iso8601_local(now + lasting, offset);
}

void program(JsonWriter& body, long long number) {
  body.list("programs").object().integer("number", number).end_object().end_list();
}

// The programme to go on with: the one the device is in, or the built-in one.
long long current_program(const Module& module) {
  const auto number = parse_number(module.word(Aspect::program).value_or("0"));
  return number && *number >= 0 && *number <= 11 ? static_cast<long long>(*number) : 0;
}

// `open_end`: how one client says "for ever", where others leave the time out.
Result<void> manual(JsonWriter& body, const Command& command, std::optional<double> degrees, Instant now,
                    Minutes offset, bool open_end) {
  if (!degrees) return impossible(Aspect::setpoint, "The set point is not known yet; give one.");
  body.text("mode", "manual").object("setPoint").number("value", *degrees).text("unit", "C").end_object();
  if (command.lasting) body.text("activationTime", until(now, *command.lasting, offset));
  if (!command.lasting && open_end) body.text("activationTime", "");
  return {};
}

Result<void> mode(JsonWriter& body, const Module& module, const Command& command, Instant now, Minutes offset,
                  bool open_end) {
  const std::string* word = std::get_if<std::string>(&command.value);
  if (!word) return impossible(Aspect::mode, "A word is expected.");
  if (*word == "manual") return manual(body, command, manual_start(module), now, offset, open_end);
  body.text("mode", *word);
  if (*word == "automatic") {
    program(body, current_program(module));
  } else if (*word == "boost") {
    if (!command.lasting) return impossible(Aspect::mode, "A boost lasts 30, 60 or 90 minutes.");
    const Instant start = std::chrono::floor<Minutes>(now);
    body.text("activationTime",
              to_iso8601_local(start, offset) + "/" + until(start, *command.lasting, offset));
  } else if (*word == "off" || *word == "protection") {
    if (command.lasting) body.text("activationTime", until(now, *command.lasting, offset));
  } else {
    return impossible(Aspect::mode, "\"" + *word + "\" is not a mode of this device.");
  }
  return {};
}

Result<void> write_body(JsonWriter& body, const Module& module, const Command& command, Instant now,
                        Minutes offset, bool open_end) {
  body.object().text("function", module.word(Aspect::function).value_or("heating"));
  switch (command.aspect) {
    case Aspect::setpoint: {
      const double* degrees = std::get_if<double>(&command.value);
      return manual(body, command, degrees ? std::optional(*degrees) : std::nullopt, now, offset, open_end);
    }
    case Aspect::mode:
      return mode(body, module, command, now, offset, open_end);
    case Aspect::program: {
      const std::string* word = std::get_if<std::string>(&command.value);
      const auto number = word ? parse_number(*word) : std::nullopt;
      if (!number || *number < 0 || *number > 11)
        return impossible(Aspect::program, "Use a programme from 0 to 11.");
      body.text("mode", "automatic");
      program(body, static_cast<long long>(*number));
      return {};
    }
    default:
      return impossible(command.aspect, "Smarther has no such command.");
  }
}

}  // namespace

Call SmartherProvider::plants() const {
  const std::string path = std::string(smarther_base) + "/plants";
  return {.path = path, .path_template = path, .purpose = policy::Purpose::topology};
}

Call SmartherProvider::topology(const PlantId& plant) const {
  const std::string front = std::string(smarther_base) + "/plants/";
  return {.path = front + percent_encode(plant.remote()) + "/topology",
          .path_template = front + "{plant}/topology",
          .purpose = policy::Purpose::topology};
}

std::vector<Call> SmartherProvider::extras(const Plant& plant) const {
  std::vector<Call> calls;
  for (const Module* module : smarther::thermostats(plant))
    calls.push_back(module_call(plant.id, module->id, "/programlist", policy::Purpose::topology));
  return calls;
}

std::vector<Call> SmartherProvider::status(const Plant& plant) const {
  std::vector<Call> calls;
  for (const Module* module : smarther::thermostats(plant))
    calls.push_back(module_call(plant.id, module->id, "", policy::Purpose::poll));
  return calls;
}

Call SmartherProvider::module_status(const Plant& plant, const Module& module) const {
  return module_call(plant.id, module.id, "", policy::Purpose::pressed);
}

namespace {

Result<Call> write_call(const Plant& plant, const Module& module, const Command& command, Instant now,
                        Minutes offset, bool open_end) {
  if (module.kind != Kind::thermostat)
    return fail(ErrorKind::unsupported, "E12", "This kind of device takes no commands.", "device");
  JsonWriter body;
  const Minutes local = smarther::device_offset(module, offset);
  if (auto done = write_body(body, module, command, now, local, open_end); !done)
    return std::unexpected(done.error());
  Call call = module_call(plant.id, module.id, "", policy::Purpose::write);
  call.method = "POST";
  call.body = body.end_object().take();
  call.operation = policy::CommandClass::absolute_write;
  return call;
}

}  // namespace

Result<Call> SmartherProvider::command(const Plant& plant, const Module& module, const Command& command,
                                       Instant now, Minutes offset) const {
  return write_call(plant, module, command, now, offset, false);
}

std::optional<Call> SmartherProvider::other_form(const Plant& plant, const Module& module,
                                                 const Command& command, Instant now, Minutes offset) const {
  const bool is_manual = command.aspect == Aspect::setpoint ||
                         (command.aspect == Aspect::mode && command.value == Value(std::string("manual")));
  if (!is_manual || command.lasting) return std::nullopt;
  auto call = write_call(plant, module, command, now, offset, true);
  return call ? std::optional(std::move(*call)) : std::nullopt;
}

}  // namespace foyer
