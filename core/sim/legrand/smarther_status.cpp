// Status and notifications of Smarther v2.0 in the forms seen in recordings: upper-case words, numbers as
// text, no zone in activationTime.
#include "core/sim/legrand/smarther.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/time.hpp"

namespace foyer::sim {
namespace {

constexpr Minutes device_zone{device_zone_minutes};

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

// "20.50000": fixed decimals without a locale.
std::string fixed(double value, int decimals) {
  long long scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  const long long scaled = std::llround(std::fabs(value) * static_cast<double>(scale));
  std::string out = (value < 0 && scaled != 0 ? "-" : "") + std::to_string(scaled / scale);
  if (decimals == 0) return out;
  std::string rest = std::to_string(scaled % scale);
  return out + '.' + std::string(static_cast<std::size_t>(decimals) - rest.size(), '0') + rest;
}

std::string device_time(Ms at) { return to_iso8601_local(instant_from_ms(at), device_zone); }

std::string end_text(const Switches& switches, const Setting& setting) {
  if (switches.activation == "Z") return to_iso8601(instant_from_ms(setting.until));
  if (switches.activation == "offset") return device_time(setting.until) + "+01:00";
  if (switches.activation == "range") return device_time(setting.since) + '/' + device_time(setting.until);
  return device_time(setting.until);
}

Json number(const Switches& switches, double value, int decimals) {
  if (switches.numbers_as == "number") return std::round(value * 10) / 10;
  return fixed(value, decimals);
}

double shown_degrees(const Switches& switches, double celsius) {
  return switches.unit == "F" ? celsius * 1.8 + 32 : celsius;
}

}  // namespace

Json smarther_measure(const Switches& switches, Ms now, double value, const char* unit) {
  return {{"measures", Json::array({{{"timeStamp", device_time(now) + "+01:00"},
                                     {"value", number(switches, value, 1)},
                                     {"unit", unit}}})}};
}

Json smarther_degrees(const Switches& switches, Ms now, double celsius) {
  return smarther_measure(switches, now, shown_degrees(switches, celsius), switches.unit.c_str());
}

Json smarther_sender(const Chalet& plant, const Thermostat& thermostat) {
  return {{"addressType", "addressLocation"},
          {"system", "thermoregulation"},
          {"plant", {{"id", plant.id}, {"module", {{"id", thermostat.id}}}}}};
}

Json smarther_status(const State& state, const Chalet& plant, const Thermostat& thermostat, Ms now,
                     Ms delay) {
  const Switches& switches = state.switches;
  const Setting& setting = reported(thermostat, now, delay);
  const auto word = [&](const std::string& text) {
    return switches.enum_case == "lower" ? text : upper(text);
  };
  const double point = setting.mode == "off" ? setting.set_point : target(thermostat, setting, now);
  Json out = {{"function", word(setting.function)},
              {"mode", word(setting.mode)},
              {"setPoint",
               {{"value", number(switches, shown_degrees(switches, point), switches.decimals)},
                {"unit", switches.unit}}},
              {"programs", Json::array({{{"number", setting.program}}})}};
  if (setting.until != 0) out["activationTime"] = end_text(switches, setting);
  out["temperatureFormat"] = switches.unit;
  out["loadState"] = word(thermostat.heating ? "active" : "inactive");
  out["time"] = device_time(now) + "+01:00";
  out["thermometer"] = smarther_degrees(switches, now, thermostat.temperature);
  out["hygrometer"] = smarther_measure(switches, now, thermostat.humidity, "%");
  out["sender"] = smarther_sender(plant, thermostat);
  return out;
}

void tell_c2c(State& state, const Call& call, Chalet& plant, const Thermostat& thermostat,
              const std::string& id) {
  for (const Webhook& hook : plant.webhooks) {
    if (call.now < hook.banned_until) continue;  // lost, not queued
    Json status = smarther_status(state, plant, thermostat, call.now, 0);
    status["programs"][0]["number"] = std::to_string(thermostat.setting.program);  // text in notifications
    status["online"] = true;
    status["sender"]["addressType"] = "AddressLocation";
    status["receiver"] = {{"oid", Json::array({find_user(plant.owner)->oid})}};
    Json data = {{"chronothermostats", Json::array({std::move(status)})}};
    const std::string subject = "bs_cloud_" + plant.id;
    Json body = state.switches.c2c_shape == "object"
                    ? data
                    : Json::array({{{"id", id},
                                    {"eventType", "DeviceToCloud"},
                                    {"subject", "///" + subject + "//"},
                                    {"eventTime", to_iso8601(instant_from_ms(call.now))},
                                    {"data", data},
                                    {"subjectElements", {{"plantId", subject}}}}});
    queue_event(state, {plant.owner, "", hook.url, dump_json(body), call.now, "smarther"});
  }
}

void tell_c2c_handshake(State& state, const Call& call, const Chalet& plant, const Webhook& hook) {
  const Json body = Json::array({{{"id", hook.id},
                                  {"eventType", "Microsoft.EventGrid.SubscriptionValidationEvent"},
                                  {"eventTime", to_iso8601(instant_from_ms(call.now))},
                                  {"data", {{"validationCode", hook.id}}}}});
  queue_event(state, {plant.owner, "", hook.url, dump_json(body), call.now, "smarther"});
}

}  // namespace foyer::sim
