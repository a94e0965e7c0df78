#include "core/model/command.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/number.hpp"

namespace foyer {
namespace {

constexpr std::string_view understood =
    "expected on, off, level=0…100, position=0…100, stop, setpoint=DEGREES[:MINUTES], mode=WORD[:MINUTES], "
    "program=NUMBER, run, preferred, fan_speed=NUMBER, lock, unlock or pilot_wire=WORD[:MINUTES]";
constexpr int longest_minutes = 30 * 24 * 60;

std::unexpected<Error> not_understood() {
  return fail(ErrorKind::invalid_input, "", std::string(understood), "command");
}

std::unexpected<Error> not_possible(Aspect aspect, std::string message) {
  return fail(ErrorKind::invalid_input, "E12", std::move(message), std::string(to_string(aspect)));
}

std::optional<Minutes> minutes(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1 || value > longest_minutes)
    return std::nullopt;
  return Minutes(value);
}

std::string with_unit(double value, Unit unit) {
  std::string text = to_text(Value(value));
  if (unit != Unit::none) text.append(" ").append(symbol(unit));
  return text;
}

bool on_step(double value, const Range& range) {
  const double steps = (value - range.least) / range.step;
  return std::fabs(steps - std::round(steps)) < 1e-6;
}

// "21.7 °C is not allowed; use 3–40 in steps of 0.5."
std::string outside(double value, Unit unit, const Range& range) {
  std::string text = with_unit(value, unit) + " is not allowed; use " + to_text(Value(range.least));
  if (range.least + range.step >= range.most) return text + " or " + to_text(Value(range.most)) + ".";
  return text + "–" + to_text(Value(range.most)) + " in steps of " + to_text(Value(range.step)) + ".";
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

Result<void> check_number(const Capability& capability, const Value& value) {
  const double* number = std::get_if<double>(&value);
  if (!number || !std::isfinite(*number)) return not_possible(capability.aspect, "A number is expected.");
  const Range range = capability.range.value_or(Range{});
  if (*number < range.least || *number > range.most || !on_step(*number, range))
    return not_possible(capability.aspect, outside(*number, capability.unit, range));
  return {};
}

Result<void> check_word(const Capability& capability, const Value& value) {
  const std::string* word = std::get_if<std::string>(&value);
  if (!word) return not_possible(capability.aspect, "A word is expected.");
  if (capability.options.empty()) {
    if (!capability.range) return {};
    const auto number = parse_number(*word);
    if (!number) return not_possible(capability.aspect, "\"" + *word + "\" is not a number.");
    return check_number(capability, Value(*number));
  }
  if (std::ranges::find(capability.options, *word) != capability.options.end()) return {};
  return not_possible(capability.aspect,
                      "\"" + *word + "\" is not offered here; use " + joined(capability.options) + ".");
}

// A boost lasts 30, 60 or 90 minutes; other modes end by themselves only when told to.
Result<void> check_lasting(const Command& command) {
  const bool boost = command.aspect == Aspect::mode && command.value == Value(std::string("boost"));
  const long long asked = command.lasting ? command.lasting->count() : 0;
  if (boost) {
    if (asked == 30 || asked == 60 || asked == 90) return {};
    return not_possible(Aspect::mode, "A boost lasts 30, 60 or 90 minutes.");
  }
  if (!command.lasting) return {};
  const bool timed = command.aspect == Aspect::setpoint || command.aspect == Aspect::pilot_wire ||
                     (command.aspect == Aspect::mode && command.value != Value(std::string("automatic")));
  if (!timed) return not_possible(command.aspect, "This has no end time.");
  if (asked < 1 || asked > longest_minutes)
    return not_possible(command.aspect, "The end must be between a minute and 30 days away.");
  return {};
}

}  // namespace

std::optional<double> manual_start(const Module& module, std::optional<double> planned) {
  const Capability* capability = module.capability(Aspect::setpoint);
  const Range limits = capability && capability->range ? *capability->range : Range{5, 30, 0.5};
  const auto fits = [&](const std::optional<double>& degrees) {
    return degrees && std::isfinite(*degrees) && *degrees >= limits.least && *degrees <= limits.most;
  };
  const std::string mode = module.word(Aspect::mode).value_or("");
  const bool guarded = mode == "protection";
  const auto last = module.number(Aspect::setpoint);
  if (!guarded && (!last || fits(last))) return last;
  if (guarded && fits(planned)) return planned;
  auto measured = module.number(Aspect::temperature);
  if (measured && limits.step > 0)
    measured = limits.least + std::round((*measured - limits.least) / limits.step) * limits.step;
  return fits(measured) ? measured : std::nullopt;
}

bool momentary(const Command& command) {
  return command.aspect == Aspect::stop || command.aspect == Aspect::run ||
         command.aspect == Aspect::preferred || command.aspect == Aspect::lock;
}

Result<Command> parse_command(std::string_view text) {
  if (text == "on" || text == "off") return Command{Aspect::on_off, Value(text == "on")};
  if (text == "stop") return Command{Aspect::stop, Value(true)};
  if (text == "run") return Command{Aspect::run, Value(true)};
  if (text == "preferred") return Command{Aspect::preferred, Value(true)};
  if (text == "lock" || text == "unlock") return Command{Aspect::lock, Value(text == "lock")};
  const auto equals = text.find('=');
  if (equals == std::string_view::npos) return not_understood();
  const auto aspect = aspect_from(text.substr(0, equals));
  std::string_view value = text.substr(equals + 1);
  if (!aspect || value.empty()) return not_understood();

  Command command{.aspect = *aspect};
  if (*aspect == Aspect::setpoint || *aspect == Aspect::mode || *aspect == Aspect::pilot_wire) {
    if (const auto colon = value.find(':'); colon != std::string_view::npos) {
      command.lasting = minutes(value.substr(colon + 1));
      if (!command.lasting) return not_understood();
      value = value.substr(0, colon);
    }
  }
  switch (*aspect) {
    case Aspect::level:
    case Aspect::position:
    case Aspect::fan_speed:
    case Aspect::setpoint: {
      const auto number = parse_number(value);
      if (!number) return not_understood();
      command.value = *number;
      return command;
    }
    case Aspect::mode:
    case Aspect::program:
    case Aspect::pilot_wire:
      if (value.empty()) return not_understood();
      command.value = std::string(value);
      return command;
    default:
      return not_understood();
  }
}

std::string to_text(const Command& command) {
  if (command.aspect == Aspect::on_off) return to_text(command.value);
  if (command.aspect == Aspect::lock && command.value == Value(false)) return "unlock";
  std::string text(to_string(command.aspect));
  if (momentary(command)) return text;
  text.append("=").append(to_text(command.value));
  if (command.lasting) text.append(":").append(std::to_string(command.lasting->count()));
  return text;
}

Result<void> check(const Module& module, const Command& command) {
  const Capability* capability = module.commandable(command.aspect);
  if (!capability)
    return not_possible(command.aspect, "This device does not take the command \"" +
                                            std::string(to_string(command.aspect)) + "\".");
  if (auto lasting = check_lasting(command); !lasting) return lasting;
  switch (command.aspect) {
    case Aspect::on_off:
    case Aspect::lock:
      if (!std::holds_alternative<bool>(command.value)) return not_possible(command.aspect, "Use on or off.");
      return {};
    case Aspect::level:
    case Aspect::position:
    case Aspect::fan_speed:
    case Aspect::setpoint:
      return check_number(*capability, command.value);
    case Aspect::mode:
    case Aspect::program:
    case Aspect::pilot_wire:
      return check_word(*capability, command.value);
    default:
      return {};
  }
}

}  // namespace foyer
