// Fault switches over HTTP: GET shows everything, POST sets what is named. Never asks for a key or a token.
#include <algorithm>
#include <array>

#include "core/base/json.hpp"
#include "core/base/time.hpp"
#include "core/sim/netatmo/netatmo.hpp"

namespace foyer::sim {
namespace {

constexpr std::size_t longest_log = 200;

std::string iso(Ms at) { return to_iso8601(instant_from_ms(at)); }

// How a switch is called outside, where it lives, and what it takes.
struct NumberSwitch {
  const char* name = nullptr;
  long long (*get)(const Switches&) = nullptr;
  void (*set)(Switches&, long long) = nullptr;
  long long lowest = 0, highest = 0;
};
#define FOYER_NUMBER(name, field, unit, lowest, highest)                                                \
  NumberSwitch {                                                                                        \
    name, [](const Switches& s) { return static_cast<long long>(s.field) / (unit); },                   \
        [](Switches& s, long long v) { s.field = static_cast<decltype(s.field)>(v * (unit)); }, lowest, \
        highest                                                                                         \
  }
constexpr long long far = 400LL * 86'400;
constexpr std::array<NumberSwitch, 17> numbers{
    {FOYER_NUMBER("latencyMs", latency, 1, 0, 600'000),
     FOYER_NUMBER("stateDelayMs", state_delay, 1, 0, 600'000),
     FOYER_NUMBER("clockSkewS", skew, second, -far, far),
     FOYER_NUMBER("quotaPerDay", quota_per_day, 1, 0, 1'000'000'000),
     FOYER_NUMBER("quotaStatus", quota_status, 1, 403, 429),
     FOYER_NUMBER("setPointDecimals", decimals, 1, 0, 6), FOYER_NUMBER("hcRetired", hc_retired, 1, 0, 599),
     FOYER_NUMBER("big", big, 1, 0, 20'000), FOYER_NUMBER("netatmoLagFromMs", net_lag_from, 1, 0, 600'000),
     FOYER_NUMBER("netatmoLagToMs", net_lag_to, 1, 0, 600'000),
     FOYER_NUMBER("netatmoTokenS", net_token_life, second, 1, far),
     FOYER_NUMBER("netatmoPer10S", net_burst, 1, 0, 1'000'000),
     FOYER_NUMBER("netatmoAppPer10S", net_app_burst, 1, 0, 1'000'000),
     FOYER_NUMBER("netatmoPerHour", net_hourly, 1, 0, 1'000'000),
     FOYER_NUMBER("netatmoLimitStatus", net_limit_status, 1, 403, 429),
     FOYER_NUMBER("netatmoAuthStatus", net_auth_status, 1, 401, 403),
     FOYER_NUMBER("netatmoBusyEvery", net_busy_every, 1, 0, 1'000'000)}};
#undef FOYER_NUMBER

struct WordSwitch {
  const char* name = nullptr;
  std::string Switches::* field = nullptr;
  std::array<std::string_view, 6> words{};
};
constexpr std::array<WordSwitch, 14> choices{
    {{"rotation", &Switches::rotation, {"lenient", "strict", "none"}},
     {"tokenAnswer", &Switches::token_answer, {"both", "expires_in", "strings"}},
     {"statusCodeAs", &Switches::code_as, {"number", "string"}},
     {"expiredShape", &Switches::expired_shape, {"A", "B"}},
     {"enumCase", &Switches::enum_case, {"upper", "lower"}},
     {"activationTime", &Switches::activation, {"local", "Z", "offset", "range"}},
     {"autoLogin", &Switches::auto_login, {"", "alice", "bruno", "nora", "ines", "deny"}},
     {"smartherUnit", &Switches::unit, {"C", "F"}},
     {"numbersAs", &Switches::numbers_as, {"text", "number"}},
     {"c2cShape", &Switches::c2c_shape, {"array", "object"}},
     {"netatmoLimitText", &Switches::net_limit_text, {"application", "maximum", "user"}},
     {"netatmoNewId", &Switches::net_new_id, {"top", "body"}},
     {"netatmoScenarios", &Switches::net_scenarios, {"home", "body"}},
     {"netatmoCors", &Switches::net_cors, {"off", "simple", "full"}}}};

struct FlagSwitch {
  const char* name = nullptr;
  bool Switches::* field = nullptr;
};
constexpr std::array<FlagSwitch, 10> flags{{{"secretRequired", &Switches::secret_required},
                                            {"cors", &Switches::cors},
                                            {"strictScopes", &Switches::strict_scopes},
                                            {"smartherStrict", &Switches::smarther_strict},
                                            {"sparse", &Switches::sparse},
                                            {"c2cHandshake", &Switches::c2c_handshake},
                                            {"netatmoSecret", &Switches::net_secret},
                                            {"netatmoRetryAfter", &Switches::net_retry_after},
                                            {"netatmoDeactivated", &Switches::net_deactivated},
                                            {"netatmoStrict", &Switches::net_strict}}};

// Reads the members of one POST, one after the other; the first complaint ends it.
class Setter {
 public:
  Setter(State& state, Ms now) : state_(state), now_(now) {}

  // The complaint, or "" when everything was taken.
  std::string apply(const Json& body) {
    if (!body.is_object()) return "an object is expected";
    for (const auto& [name, value] : body.items())
      if (!one(name, value)) return name + ": unknown member or unsuitable value";
    return {};
  }

 private:
  bool one(const std::string& name, const Json& value) {
    return number(name, value) || word(name, value) || flag(name, value) || quota(name, value) ||
           tokens(name, value) || faults(name, value) || houses(name, value) || everything(name, value);
  }

  bool number(const std::string& name, const Json& value) {
    const auto at =
        std::ranges::find(numbers, name, [](const NumberSwitch& s) { return std::string_view(s.name); });
    if (at == numbers.end() || !value.is_number_integer()) return false;
    const auto wanted = value.get<long long>();
    if (wanted < at->lowest || wanted > at->highest) return false;
    at->set(state_.switches, wanted);
    if (name == "big") {
      std::erase_if(state_.plants, [](const Plant& plant) { return plant.id.ends_with("b16"); });
      if (wanted > 0) state_.plants.push_back(big_plant(static_cast<int>(wanted)));
    }
    return true;
  }

  bool word(const std::string& name, const Json& value) {
    const auto at =
        std::ranges::find(choices, name, [](const WordSwitch& s) { return std::string_view(s.name); });
    if (at == choices.end() || !value.is_string()) return false;
    const auto wanted = value.get<std::string>();
    if ((wanted.empty() && name != "autoLogin") || std::ranges::count(at->words, wanted) == 0) return false;
    state_.switches.*(at->field) = wanted;
    return true;
  }

  bool flag(const std::string& name, const Json& value) {
    const auto at =
        std::ranges::find(flags, name, [](const FlagSwitch& s) { return std::string_view(s.name); });
    if (at == flags.end() || !value.is_boolean()) return false;
    state_.switches.*(at->field) = value.get<bool>();
    return true;
  }

  bool quota(const std::string& name, const Json& value) {
    if (name == "quotaLeft" && value.is_number_integer()) {
      for (const std::string user : {"alice", "bruno", "nora", "ines", "-"}) {
        state_.usage[user].day = now_ / day;
        state_.usage[user].calls = state_.switches.quota_per_day - static_cast<int>(value.get<long long>());
      }
      return true;
    }
    if (name != "rateLimit") return false;
    if (value.is_number_integer() && value.get<int>() == 0) return state_.switches.rate_calls = 0, true;
    const auto calls = integer_of(value, "calls"), seconds = integer_of(value, "perS");
    if (!calls || !seconds || *calls < 1 || *seconds < 1) return false;
    state_.switches.rate_calls = static_cast<int>(*calls);
    state_.switches.rate_seconds = static_cast<int>(*seconds);
    return true;
  }

  bool tokens(const std::string& name, const Json& value) {
    const bool expire = name == "expireTokens";
    if ((!expire && name != "revokeTokens") || !value.is_boolean()) return false;
    if (!value.get<bool>()) return true;
    for (Grant& grant : expire ? state_.access : state_.refresh) {
      if (expire)
        grant.expires = std::min(grant.expires, now_);
      else
        grant.dead = true;
    }
    for (NetPair& pair : state_.net.pairs) {
      if (expire)
        pair.expires = std::min(pair.expires, now_);
      else
        pair.refresh.clear();
    }
    return true;
  }

  bool faults(const std::string& name, const Json& value) {
    if (name == "fault") return add_fault(value);
    if (name == "faults" && value.is_array())
      return std::ranges::all_of(value, [&](const Json& f) { return add_fault(f); });
    if (name == "clearFaults" && value.is_boolean()) return state_.faults.clear(), true;
    return false;
  }

  bool add_fault(const Json& json) {
    if (!json.is_object()) return false;
    Fault fault;
    fault.status = static_cast<int>(integer_of(json, "status").value_or(0));
    fault.count = static_cast<int>(integer_of(json, "count").value_or(1));
    fault.method = text_of(json, "method").value_or("");
    fault.path = text_of(json, "path").value_or(fault.path);
    fault.contains = text_of(json, "contains").value_or("");
    fault.body = text_of(json, "body").value_or(fault.body);
    fault.literal = find(json, "text") != nullptr;
    fault.text = text_of(json, "text").value_or("");
    fault.code = static_cast<int>(integer_of(json, "code").value_or(0));
    fault.retry_after = static_cast<int>(integer_of(json, "retryAfter").value_or(-1));
    fault.delay = integer_of(json, "delayMs").value_or(0);
    fault.drop = bool_of(json, "drop").value_or(false);
    fault.after = bool_of(json, "after").value_or(false);
    constexpr std::array<std::string_view, 12> bodies = {
        "documented", "empty", "truncated", "html",        "not-json",    "huge",
        "quota",      "rate",  "expired",   "key-missing", "key-invalid", "gateway-offline"};
    const bool known = std::ranges::count(bodies, fault.body) != 0 || fault.body == "permission";
    if (!known || fault.count < 1 || (fault.status != 0 && (fault.status < 200 || fault.status > 599)))
      return false;
    state_.faults.push_back(std::move(fault));
    return true;
  }

  bool houses(const std::string& name, const Json& value) {
    if (name == "advanceS" && value.is_number_integer()) {
      const Ms span = value.get<Ms>() * second;
      if (span < 0) return false;
      state_.switches.advanced += span;
      for (Chalet& house : state_.chalets) live(house, now_ + span);
      return true;
    }
    if (name == "screenBusyS" && value.is_number_integer()) {
      for (Chalet& house : state_.chalets)
        for (Thermostat& thermostat : house.thermostats)
          thermostat.busy_until = now_ + value.get<Ms>() * second;
      return true;
    }
    if (name == "webhookFailures" && value.is_number_integer())
      return net_count_failures(state_, value.get<int>(), now_), true;
    if (name == "gatewayOffline") return gateway_offline(value);
    if (name == "moduleOffline" && value.is_object()) {
      for (const auto& [id, offline] : value.items())
        if (!offline.is_boolean() || !reach(id, !offline.get<bool>())) return false;
      return true;
    }
    if (name != "set" || !value.is_object()) return false;
    for (const auto& [id, pose] : value.items())
      if (!press(id, pose)) return false;
    return true;
  }

  bool gateway_offline(const Json& value) {
    if (!value.is_boolean() && !value.is_string()) return false;
    bool found = value.is_boolean();
    const auto set = [&](auto& plant) {
      if (value.is_boolean())
        plant.offline = value.get<bool>();
      else if (value.get<std::string>() == plant.id)
        plant.offline = found = true;
    };
    for (Plant& plant : state_.plants) set(plant);
    for (Chalet& plant : state_.chalets) set(plant);
    if (value.is_boolean()) return net_gateway_offline(state_, "", value.get<bool>());
    return net_gateway_offline(state_, value.get<std::string>(), true) || found;
  }

  bool reach(const std::string& id, bool reachable) {
    for (Plant& plant : state_.plants)
      for (Module& module : plant.modules)
        if (module.id == id) return module.reachable = reachable, true;
    for (Chalet& plant : state_.chalets)
      for (Thermostat& thermostat : plant.thermostats)
        if (thermostat.id == id) return thermostat.reachable = reachable, true;
    return net_set_reach(state_, id, reachable);
  }

  // Somebody in the house presses a switch: visible at once.
  bool press(const std::string& id, const Json& json) {
    for (Plant& plant : state_.plants)
      for (Module& module : plant.modules) {
        if (module.id != id || !json.is_object()) continue;
        Pose pose = module.pose;
        if (const auto status = text_of(json, "status")) pose.on = *status == "on";
        if (const auto level = integer_of(json, "level"))
          pose.level = static_cast<int>(std::clamp(*level, 0LL, 100LL));
        command(module, pose, now_, 0);
        module.shown = pose;
        return true;
      }
    return json.is_object() && net_press(state_, id, json, now_);
  }

  bool everything(const std::string& name, const Json& value) {
    if (!value.is_boolean()) return false;
    if (name == "clearLog") return state_.log.clear(), true;
    if (name != "reset") return false;
    State fresh = fresh_state();
    fresh.key_jwk = state_.key_jwk;
    fresh.kid = state_.kid;
    state_ = std::move(fresh);
    return true;
  }

  State& state_;
  Ms now_;
};

Json fault_json(const Fault& fault) {
  return {
      {"status", fault.status}, {"count", fault.count},       {"method", fault.method},
      {"path", fault.path},     {"contains", fault.contains}, {"body", fault.literal ? "text" : fault.body},
      {"drop", fault.drop},     {"after", fault.after},       {"delayMs", fault.delay}};
}

Json houses_json(const State& state) {
  Json list = Json::array();
  for (const Plant& plant : state.plants) {
    Json modules = Json::object(), names = Json::object();
    for (const Module& module : plant.modules) modules[module.id] = module.name;
    for (const Scene& scene : plant.scenes) names[scene.id] = scene.name;
    list.push_back({{"api", "hc"},
                    {"id", plant.id},
                    {"name", plant.name},
                    {"owner", plant.owner},
                    {"offline", plant.offline},
                    {"modules", std::move(modules)},
                    {"scenes", std::move(names)}});
  }
  for (const Chalet& plant : state.chalets) {
    Json modules = Json::object();
    for (const Thermostat& thermostat : plant.thermostats) modules[thermostat.id] = thermostat.name;
    list.push_back({{"api", "smarther"},
                    {"id", plant.id},
                    {"name", plant.name},
                    {"owner", plant.owner},
                    {"offline", plant.offline},
                    {"modules", std::move(modules)}});
  }
  net_list_homes(state, list);
  return list;
}

Json show(const State& state, Ms now) {
  const Switches& switches = state.switches;
  Json out = {{"now", iso(now)}, {"advancedS", switches.advanced / second}};
  for (const NumberSwitch& entry : numbers) out[entry.name] = entry.get(switches);
  for (const WordSwitch& entry : choices) out[entry.name] = switches.*(entry.field);
  for (const FlagSwitch& entry : flags) out[entry.name] = switches.*(entry.field);
  out["rateLimit"] = {{"calls", switches.rate_calls}, {"perS", switches.rate_seconds}};
  Json used = Json::object(), list = Json::array();
  for (const User& user : users) used[user.name] = quota_used(state, user.name, now);
  for (const Fault& fault : state.faults) list.push_back(fault_json(fault));
  out["quotaUsed"] = std::move(used);
  Json calls = Json::object();
  for (const User& user : users) {
    const auto at = state.net.calls.find(user.name);
    calls[user.name] = at == state.net.calls.end()
                           ? 0
                           : std::ranges::count_if(at->second, [&](Ms t) { return now - t < hour; });
  }
  out["netatmoCalls"] = std::move(calls);  // of the last hour
  out["faults"] = std::move(list);
  out["plants"] = houses_json(state);
  return out;
}

}  // namespace

Response control(State& state, const Call& call) {
  const std::string& method = call.request.method;
  if (call.segments.size() == 2 && call.segments[1] == "log" && method == "GET") {
    Json calls = Json::array();
    for (const LogEntry& entry : state.log)
      calls.push_back({{"n", entry.number},
                       {"time", iso(entry.at)},
                       {"method", entry.method},
                       {"path", entry.path},
                       {"status", entry.status},
                       {"user", entry.user}});
    return json_answer(200, dump_json({{"calls", std::move(calls)}}));
  }
  if (call.segments.size() != 1 || (method != "GET" && method != "POST"))
    return json_answer(404, R"({"error":"not found"})");
  Ms now = call.now;
  if (method == "POST") {
    const auto body = parse_json(call.request.body);
    if (!body) return json_answer(400, R"({"error":"the body is not JSON"})");
    State tried = state;       // all or nothing
    net_play_all(tried, now);  // what lies behind happened in the house as it was
    if (const std::string complaint = Setter(tried, now).apply(*body); !complaint.empty())
      return json_answer(400, dump_json({{"error", complaint}}));
    now += tried.switches.advanced - state.switches.advanced + tried.switches.skew - state.switches.skew;
    state = std::move(tried);
  }
  return json_answer(200, dump_json(show(state, now)));
}

void note(State& state, const Call& call, std::string_view user, const Response& response) {
  state.log.push_back({++state.logged, call.now, call.request.method, call.path, std::string(user),
                       response.drop ? 0 : response.status});
  if (state.log.size() > longest_log) state.log.pop_front();
}

}  // namespace foyer::sim
