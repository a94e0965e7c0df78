// Smarther v2.0: plants, topology, status, settings, measures, programs, webhook subscriptions.
// Answers have the forms seen in recordings: upper-case words, numbers as text, no zone in activationTime.
#include <algorithm>
#include <array>

#include "core/base/ascii.hpp"
#include "core/base/time.hpp"
#include "core/sim/legrand/smarther.hpp"

namespace foyer::sim {
namespace {

constexpr Minutes device_zone{device_zone_minutes};
constexpr std::array<std::string_view, 7> thermostat_head = {
    "chronothermostat", "thermoregulation", "addressLocation", "plants", "", "modules", "parameter"};

// {T}: …/plants/{p}/modules/parameter/id/value/{m}
bool is_thermostat(const std::vector<std::string>& path) {
  if (path.size() < 10 || path[7] != "id" || path[8] != "value") return false;
  for (std::size_t i = 0; i < thermostat_head.size(); ++i)
    if (!thermostat_head[i].empty() && path[i] != thermostat_head[i]) return false;
  return true;
}

Response plants(const State& state, const Caller& caller) {
  Json list = Json::array();
  for (const Chalet& plant : state.chalets)
    if (plant.owner == caller.user) {
      list.push_back({{"id", plant.id}});  // name and type may be missing
      if (!state.switches.sparse) list.back()["name"] = plant.name, list.back()["type"] = plant.type;
    }
  if (list.empty()) return {.status = 204};
  return json_answer(200, dump_json({{"plants", list}}));
}

Response topology(const Chalet& plant, bool sparse) {
  Json modules = Json::array();
  for (const Thermostat& thermostat : plant.thermostats) {
    Json capabilities = Json::array();
    for (const auto& [name, settable] :
         {std::pair("function", true), std::pair("mode", true), std::pair("setPoint", true),
          std::pair("programs", true), std::pair("temperature", false), std::pair("humidity", false),
          std::pair("loadState", false)})
      capabilities.push_back({{"capability", name},
                              {"canDo",
                               {{"command", {{"do", settable}}},
                                {"request", {{"do", true}}},
                                {"notification", {{"do", true}}}}}});
    modules.push_back({{"device", "chronothermostat"}, {"id", thermostat.id}, {"name", thermostat.name}});
    if (!sparse) modules.back()["capabilities"] = std::move(capabilities);
  }
  return json_answer(200,
                     dump_json({{"plant", {{"id", plant.id}, {"name", plant.name}, {"modules", modules}}}}));
}

// "start/end" or "end"; a trailing Z is overlooked, the time is the device's own.
bool read_times(const std::string& text, Ms now, Ms& start, Ms& end) {
  start = now;
  const auto slash = text.find('/');
  const auto moment = [](std::string part, Ms& out) {
    if (part.ends_with('Z')) part.pop_back();
    const auto at = parse_iso8601(part, device_zone);
    if (at) out = to_ms(*at);
    return at.has_value();
  };
  if (slash != std::string::npos && !moment(text.substr(0, slash), start)) return false;
  return moment(slash == std::string::npos ? text : text.substr(slash + 1), end) && end > start;
}

bool boost_length(Ms length) {
  return std::ranges::any_of(std::array{30, 60, 90}, [&](int minutes) {
    return std::llabs(length - minutes * minute) < 90 * second;
  });
}

// What the definition says and the real cloud does not insist on: lower-case words, the value
// as text, unit C, no empty time and no zone behind it.
bool by_the_book(const Json& body) {
  for (const char* name : {"function", "mode"})
    if (const auto word = text_of(body, name); word && *word != lowered(*word)) return false;
  if (const Json* time = find(body, "activationTime"))
    if (!time->is_string() || time->get_ref<const std::string&>().empty() ||
        time->get_ref<const std::string&>().find_first_of("Z+") != std::string::npos)
      return false;
  const Json* point = find(body, "setPoint");
  if (point == nullptr) return true;
  const Json* value = find(*point, "value");
  return value != nullptr && value->is_string() && text_of(*point, "unit") == "C";
}

// The setting a body asks for; nothing when a value is out of range or missing: 430.
std::optional<Setting> read_setting(const Json& body, const Setting& before, Ms now) {
  Setting out = before;
  out.function = lowered(text_of(body, "function").value_or(""));
  out.mode = lowered(text_of(body, "mode").value_or(""));
  out.until = 0;
  if (out.function != "heating" && out.function != "cooling") return std::nullopt;
  const std::string time = text_of(body, "activationTime").value_or("");
  Ms start = now, end = 0;
  if (!time.empty() && out.mode != "automatic" && !read_times(time, now, start, end)) return std::nullopt;
  if (out.mode == "manual") {
    const Json* point = find(body, "setPoint");
    const auto value = point ? number_of(*point, "value") : std::nullopt;
    const std::string unit = point ? text_of(*point, "unit").value_or("C") : "C";
    if (!value || *value < 3 || *value > 40 || (unit != "C" && unit != "\u00b0C")) return std::nullopt;
    out.set_point = *value;
  } else if (out.mode == "automatic") {
    const Json* programs = find(body, "programs");
    const auto number = programs && programs->is_array() && programs->size() == 1
                            ? integer_of((*programs)[0], "number")
                            : std::nullopt;
    if (!number || *number < 0 || *number > 11) return std::nullopt;
    out.program = static_cast<int>(*number);
  } else if (out.mode == "boost") {
    if (end == 0 || !boost_length(end - start)) return std::nullopt;
  } else if (out.mode != "off" && out.mode != "protection") {
    return std::nullopt;
  }
  if (end != 0 && end <= now) return std::nullopt;
  if (out.mode != "automatic") out.until = end;
  return out;
}

Response set_status(State& state, const Call& call, Chalet& plant, Thermostat& thermostat, const Json& body,
                    const std::string& fresh_id) {
  auto wanted = read_setting(body, thermostat.setting, call.now);
  if (!wanted || (state.switches.smarther_strict && !by_the_book(body))) return documented_error(state, 430);
  if (call.now < thermostat.busy_until) return documented_error(state, 486);
  command(thermostat, std::move(*wanted), call.now, state.switches.state_delay);
  tell_c2c(state, call, plant, thermostat, fresh_id);
  return {.status = 200};
}

Response programs(const Chalet& plant, const Thermostat& thermostat) {
  Json list = Json::array();
  for (const Program& program : thermostat.programs)
    list.push_back({{"number", program.number}, {"name", program.name}});
  return json_answer(
      200,
      dump_json({{"chronothermostats",
                  Json::array({{{"programs", list}, {"sender", smarther_sender(plant, thermostat)}}})}}));
}

Response subscriptions(const State& state, const Caller& caller) {
  Json list = Json::array();
  for (const Chalet& plant : state.chalets)
    for (const Webhook& hook : plant.webhooks)
      if (plant.owner == caller.user)
        list.push_back({{"plantId", plant.id}, {"subscriptionId", hook.id}, {"EndPointUrl", hook.url}});
  if (list.empty()) return {.status = 204};
  return json_answer(200, dump_json(list));
}

Response subscribe(State& state, const Call& call, Chalet& plant, const Json& body, std::string fresh_id) {
  const std::string url = text_of(body, "EndPointUrl").value_or("");
  if (!url.starts_with("https://")) return documented_error(state, 400);
  if (!plant.webhooks.empty()) return documented_error(state, 409);
  plant.webhooks.push_back({fresh_id, url});
  if (state.switches.c2c_handshake) tell_c2c_handshake(state, call, plant, plant.webhooks.back());
  return json_answer(201, dump_json({{"subscriptionId", fresh_id}}));
}

Response unsubscribe(State& state, Chalet& plant, const std::string& id) {
  const auto removed = std::erase_if(plant.webhooks, [&](const Webhook& hook) { return hook.id == id; });
  return removed != 0 ? Response{.status = 200} : documented_error(state, 404);
}

}  // namespace

bool smarther_knows(const Call& call, const std::vector<std::string>& path) {
  const std::string& method = call.request.method;
  const bool get = method == "GET", post = method == "POST";
  if (is_thermostat(path)) {
    if (path.size() == 10) return get || post;
    return path.size() == 11 && get && (path[10] == "measures" || path[10] == "programlist");
  }
  if (path.size() == 1) return get && (path[0] == "plants" || path[0] == "subscription");
  if (path.size() < 3 || path[0] != "plants") return false;
  if (path.size() == 3) return (get && path[2] == "topology") || (post && path[2] == "subscription");
  return path.size() == 4 && path[2] == "subscription" && method == "DELETE";
}

Response smarther(State& state, const Call& call, const std::vector<std::string>& path, const Caller& caller,
                  std::string fresh_id) {
  const bool post = call.request.method == "POST";
  const bool of_thermostat = is_thermostat(path);
  const bool map = path.size() == 1 ? path[0] == "plants" : path.size() == 3 && path[2] == "topology";
  const std::string_view scope = map                     ? "topology.read"
                                 : of_thermostat && post ? "comfort.write"
                                                         : "comfort.read";
  if ((!map || state.switches.strict_scopes) && !has_scope(caller.scopes, scope))
    return documented_error(state, 403);
  if (path.size() == 1) return path[0] == "plants" ? plants(state, caller) : subscriptions(state, caller);

  const auto plant = std::ranges::find(state.chalets, path[of_thermostat ? 4 : 1], &Chalet::id);
  if (plant == state.chalets.end()) return documented_error(state, 404);
  if (plant->owner != caller.user) return documented_error(state, 401);  // "not the owner"

  Json body;
  if (post) {
    auto read = parse_json(call.request.body);
    if (!read || !read->is_object()) return documented_error(state, 400);
    body = std::move(*read);
  }
  if (!of_thermostat) {
    if (path[2] == "topology") return topology(*plant, state.switches.sparse);
    return post ? subscribe(state, call, *plant, body, std::move(fresh_id))
                : unsubscribe(state, *plant, path[3]);
  }

  const auto thermostat = std::ranges::find(plant->thermostats, path[9], &Thermostat::id);
  if (thermostat == plant->thermostats.end()) return documented_error(state, 404);
  const bool offline = plant->offline || !thermostat->reachable;
  if (offline &&
      !(post && !read_setting(body, thermostat->setting, call.now)))  // the body is checked before the device
    return gateway_error(state, 404, "Gateway Offline");
  if (post) return set_status(state, call, *plant, *thermostat, body, fresh_id);
  if (path.size() == 10)
    return json_answer(
        200,
        dump_json({{"chronothermostats", Json::array({smarther_status(state, *plant, *thermostat, call.now,
                                                                      state.switches.state_delay)})}}));
  if (path[10] == "programlist") return programs(*plant, *thermostat);
  return json_answer(
      200, dump_json({{"thermometer", smarther_degrees(state.switches, call.now, thermostat->temperature)},
                      {"hygrometer", smarther_measure(state.switches, call.now, thermostat->humidity, "%")},
                      {"sender", smarther_sender(*plant, *thermostat)}}));
}

}  // namespace foyer::sim
