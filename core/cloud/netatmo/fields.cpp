// The fields of modules and rooms in a homestatus answer, one by one.
#include <algorithm>

#include "core/cloud/netatmo/netatmo.hpp"

namespace foyer::netatmo {
namespace {

using decode::Complaints;
using decode::Where;

enum class Form : std::uint8_t { flag, number, word };

// The fields that need no more than to be read. `on` and `status` come first in a module's list.
struct Field {
  std::string_view name;
  Aspect aspect;
  Form form;
  Unit unit;
  double least, most;
};
constexpr double any = 1e9;
constexpr Field fields[] = {
    {"on", Aspect::on_off, Form::flag, Unit::none, 0, 0},
    {"brightness", Aspect::level, Form::number, Unit::percent, 0, 100},
    {"power", Aspect::power, Form::number, Unit::watt, -any, any},
    {"offload", Aspect::load_shedding, Form::flag, Unit::none, 0, 0},
    {"fan_speed", Aspect::fan_speed, Form::number, Unit::none, 0, 100},
    {"lock", Aspect::lock, Form::flag, Unit::none, 0, 0},
    {"battery_level", Aspect::battery_level, Form::number, Unit::millivolt, 0, any},
    {"battery_percent", Aspect::battery_level, Form::number, Unit::percent, 0, 100},
    {"wifi_strength", Aspect::wifi_strength, Form::number, Unit::none, 0, any},
    {"rf_strength", Aspect::radio_strength, Form::number, Unit::none, 0, any},
    {"anticipating", Aspect::anticipating, Form::flag, Unit::none, 0, 0},
    {"temperature", Aspect::temperature, Form::number, Unit::celsius, -100, 100},
    {"humidity", Aspect::humidity, Form::number, Unit::percent, 0, 100},
    {"therm_measured_temperature", Aspect::temperature, Form::number, Unit::celsius, -100, 100},
    {"heating_power_request", Aspect::heating_request, Form::number, Unit::percent, 0, 100},
    {"open_window", Aspect::open_window, Form::flag, Unit::none, 0, 0},
    {"open_windows", Aspect::open_window, Form::flag, Unit::none, 0, 0},
    {"therm_setpoint_fp", Aspect::pilot_wire, Form::word, Unit::none, 0, 0},
};

std::string_view meaning(long long code) {
  switch (code) {
    case 1:
      return "unknown error";
    case 2:
      return "internal error";
    case 3:
      return "parser error";
    case 4:
      return "unknown command for this device";
    case 5:
      return "invalid parameters for this device";
    case 6:
      return "unreachable";
    case 23:
      return "already in that state";
    default:
      return "";
  }
}

}  // namespace

void out_of_range(const Where& where, std::string_view name, double least, double most,
                  Complaints& complaints) {
  complaints.push_back(where.text(name) + ": expected a number from " + to_text(Value(least)) + " to " +
                       to_text(Value(most)));
}

// One member of the table; false when it is not in it.
bool read_field(std::string_view name, JsonView value, const Where& where, std::vector<Reading>& readings,
                Complaints& complaints) {
  const Field* field = std::ranges::find(fields, name, &Field::name);
  if (field == std::end(fields)) return false;
  if (value.is_nothing()) return true;
  Reading out{.aspect = field->aspect, .unit = field->unit};
  if (field->form == Form::flag) {
    const auto flag = value.flag();
    if (!flag) return complaints.push_back(where.text(name) + ": expected true or false"), true;
    out.value = *flag;
  } else if (field->form == Form::number) {
    const auto number = value.number();
    if (!number) return complaints.push_back(where.text(name) + ": expected a number"), true;
    if (*number < field->least || *number > field->most)
      return out_of_range(where, name, field->least, field->most, complaints), false;
    out.value = *number;
  } else {
    auto word = value.text();
    if (!word) return complaints.push_back(where.text(name) + ": expected text"), true;
    out.value = std::move(*word);
  }
  readings.push_back(std::move(out));
  return true;
}

// What nobody knows is kept under its wire name; addresses that let anybody in are not.
void keep(std::string_view name, JsonView value, std::vector<Reading>& readings) {
  if (name == "vpn_url") return;
  Reading out{.aspect = Aspect::other, .name = std::string(name)};
  if (value.type() == JsonType::boolean) {
    out.value = value.flag().value_or(false);
  } else if (value.type() == JsonType::number) {
    out.value = value.number().value_or(0);
  } else if (value.type() == JsonType::string) {
    out.value = value.text().value_or("");
  } else {
    return;  // lists and objects are shown as raw text
  }
  readings.push_back(std::move(out));
}

// 101 says that a shutter of the BTicino bus was never instructed.
void read_position(JsonView element, bool target_only, std::uint32_t traits, const Where& where,
                   ModuleStatus& out, Complaints& complaints) {
  const char* name = target_only ? "target_position" : "current_position";
  if (const auto position = decode::number(element, name, where, complaints)) {
    if (*position >= 0 && *position <= 100) {
      out.readings.push_back({.aspect = Aspect::position, .value = *position, .unit = Unit::percent});
    } else if (*position == 101) {
      out.readings.push_back({.aspect = Aspect::other, .name = name, .value = "never instructed"});
    } else {
      out_of_range(where, name, 0, 100, complaints);
    }
  }
  if ((traits & position) == 0) return;
  const std::size_t told = out.capabilities.size();
  for (const char* spelling : {"target_position:step", "target_position_step"}) {
    const auto step = decode::number(element, spelling, where, complaints);
    if (!step) continue;
    if (*step >= 1 && *step <= 100) {
      out.capabilities.push_back(position_capability(*step));
    } else {
      out_of_range(where, spelling, 1, 100, complaints);
    }
  }
  // Nothing is said of its steps, but it stands in between: then it can be sent there, too.
  const auto stands = std::ranges::find(out.readings, Aspect::position, &Reading::aspect);
  const double* at = stands == out.readings.end() ? nullptr : std::get_if<double>(&stands->value);
  if (out.capabilities.size() == told && !target_only && at && *at > 0 && *at < 100)
    out.capabilities.push_back(position_capability(1));
}
std::string raw_of(JsonView module) {
  std::string raw(module.raw());
  const JsonView address = module.find("vpn_url");
  if (address.type() != JsonType::string) return raw;
  const auto at = static_cast<std::size_t>(address.raw().data() - module.raw().data());
  return raw.replace(at, address.raw().size(), "…");
}

std::string error_text(JsonView error) {
  const auto code = error.find("code").integer();
  std::string text = "code " + (code ? std::to_string(*code) : std::string("?"));
  std::string words = error.find("message").text().value_or("");
  if (words.empty() && code) words = meaning(*code);
  return words.empty() ? text : text + ": " + words;
}

}  // namespace foyer::netatmo
