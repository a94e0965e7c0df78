// One list of fields per record serves both directions, so saving and loading cannot disagree.
#include <type_traits>

#include "core/base/json.hpp"
#include "core/sim/state/state.hpp"

namespace foyer::sim {
namespace {

constexpr int state_version = 2;
constexpr std::size_t largest_state = 64U << 20;

template <class A>
void fields(A& a, Pose& r) {
  a("on", r.on), a("level", r.level);
}
template <class A>
void fields(A& a, Module& r) {
  a("id", r.id), a("name", r.name), a("hw", r.hw), a("device", r.device), a("appliance", r.appliance);
  a("ambient", r.ambient), a("battery", r.battery), a("watts", r.watts), a("firmware", r.firmware);
  a("reachable", r.reachable), a("dims", r.dims), a("pose", r.pose), a("shown", r.shown);
  a("changed_at", r.changed_at), a("way_from", r.way_from);
}
template <class A>
void fields(A& a, Ambient& r) {
  a("id", r.id), a("name", r.name), a("type", r.type);
}
template <class A>
void fields(A& a, SceneStep& r) {
  a("module", r.module), a("on", r.on), a("level", r.level);
}
template <class A>
void fields(A& a, Scene& r) {
  a("id", r.id), a("name", r.name), a("steps", r.steps);
}
template <class A>
void fields(A& a, Plant& r) {
  a("id", r.id), a("name", r.name), a("country", r.country), a("owner", r.owner), a("offline", r.offline);
  a("ambients", r.ambients), a("modules", r.modules), a("scenes", r.scenes);
}
template <class A>
void fields(A& a, Setting& r) {
  a("function", r.function), a("mode", r.mode), a("set_point", r.set_point), a("program", r.program);
  a("until", r.until), a("since", r.since);
}
template <class A>
void fields(A& a, Program& r) {
  a("number", r.number), a("name", r.name), a("day", r.day), a("night", r.night);
}
template <class A>
void fields(A& a, Thermostat& r) {
  a("id", r.id), a("name", r.name), a("setting", r.setting), a("former", r.former), a("shown", r.shown);
  a("changed_at", r.changed_at), a("busy_until", r.busy_until), a("reachable", r.reachable);
  a("temperature", r.temperature), a("humidity", r.humidity), a("heating", r.heating),
      a("programs", r.programs);
}
template <class A>
void fields(A& a, Webhook& r) {
  a("id", r.id), a("url", r.url), a("failures", r.failures), a("banned_until", r.banned_until);
}
template <class A>
void fields(A& a, Strip& r) {
  a("id", r.id), a("name", r.name), a("type", r.type), a("plant", r.plant), a("on", r.on);
}
template <class A>
void fields(A& a, Chalet& r) {
  a("id", r.id), a("name", r.name), a("type", r.type), a("owner", r.owner), a("offline", r.offline);
  a("lived_to", r.lived_to), a("thermostats", r.thermostats), a("webhooks", r.webhooks);
}
template <class A>
void fields(A& a, Login& r) {
  a("id", r.id), a("client", r.client), a("redirect", r.redirect), a("state", r.state), a("nonce", r.nonce);
  a("challenge", r.challenge), a("scope", r.scope), a("user", r.user), a("at", r.at);
}
template <class A>
void fields(A& a, Grant& r) {
  a("key", r.key), a("client", r.client), a("user", r.user), a("scope", r.scope), a("nonce", r.nonce);
  a("redirect", r.redirect), a("challenge", r.challenge), a("issued", r.issued), a("expires", r.expires);
  a("auth_time", r.auth_time), a("dead", r.dead);
}
template <class A>
void fields(A& a, Fault& r) {
  a("status", r.status), a("count", r.count), a("method", r.method), a("path", r.path),
      a("contains", r.contains);
  a("body", r.body), a("text", r.text), a("retry_after", r.retry_after), a("delay", r.delay),
      a("drop", r.drop);
  a("after", r.after), a("literal", r.literal), a("code", r.code);
}
template <class A>
void fields(A& a, Switches& r) {
  a("latency", r.latency), a("state_delay", r.state_delay), a("skew", r.skew), a("advanced", r.advanced);
  a("quota_per_day", r.quota_per_day), a("quota_status", r.quota_status), a("rate_calls", r.rate_calls);
  a("rate_seconds", r.rate_seconds), a("rotation", r.rotation), a("token_answer", r.token_answer);
  a("code_as", r.code_as), a("expired_shape", r.expired_shape), a("enum_case", r.enum_case);
  a("activation", r.activation), a("auto_login", r.auto_login), a("decimals", r.decimals);
  a("hc_retired", r.hc_retired), a("big", r.big), a("secret_required", r.secret_required), a("cors", r.cors);
  a("strict_scopes", r.strict_scopes);
  a("unit", r.unit), a("numbers_as", r.numbers_as), a("c2c_shape", r.c2c_shape), a("sparse", r.sparse);
  a("smarther_strict", r.smarther_strict), a("c2c_handshake", r.c2c_handshake);
  a("net_lag_from", r.net_lag_from), a("net_lag_to", r.net_lag_to), a("net_token_life", r.net_token_life);
  a("net_burst", r.net_burst), a("net_app_burst", r.net_app_burst), a("net_hourly", r.net_hourly),
      a("net_limit_status", r.net_limit_status);
  a("net_auth_status", r.net_auth_status), a("net_busy_every", r.net_busy_every);
  a("net_limit_text", r.net_limit_text), a("net_new_id", r.net_new_id), a("net_scenarios", r.net_scenarios);
  a("net_cors", r.net_cors), a("net_secret", r.net_secret), a("net_retry_after", r.net_retry_after);
  a("net_deactivated", r.net_deactivated), a("net_strict", r.net_strict);
}
template <class A>
void fields(A& a, Usage& r) {
  a("day", r.day), a("calls", r.calls), a("window", r.window), a("in_window", r.in_window);
}
template <class A>
void fields(A& a, LogEntry& r) {
  a("number", r.number), a("at", r.at), a("method", r.method), a("path", r.path), a("user", r.user);
  a("status", r.status);
}
template <class A>
void fields(A& a, NetValues& r) {
  a("on", r.on), a("locked", r.locked), a("level", r.level), a("fan", r.fan);
}
template <class A>
void fields(A& a, NetTouch& r) {
  a("now", r.now), a("before", r.before), a("at", r.at), a("lag", r.lag);
}
template <class A>
void fields(A& a, NetPoint& r) {
  a("mode", r.mode), a("temperature", r.temperature), a("wire", r.wire), a("start", r.start), a("end", r.end);
}
template <class A>
void fields(A& a, NetRoomTouch& r) {
  a("now", r.now), a("before", r.before), a("at", r.at), a("lag", r.lag);
}
template <class A>
void fields(A& a, NetChanges& r) {
  a("mode", r.mode), a("mode_end", r.mode_end), a("mode_since", r.mode_since), a("schedules", r.schedules),
      a("played", r.played);
  a("offline", r.offline), a("reach", r.reach), a("modules", r.modules), a("rooms", r.rooms);
}
template <class A>
void fields(A& a, NetPair& r) {
  a("access", r.access), a("refresh", r.refresh), a("client", r.client), a("user", r.user),
      a("scope", r.scope);
  a("issued", r.issued), a("expires", r.expires);
}
template <class A>
void fields(A& a, NetHook& r) {
  a("user", r.user), a("client", r.client), a("url", r.url), a("failed_since", r.failed_since);
  a("banned_until", r.banned_until), a("failures", r.failures);
}
template <class A>
void fields(A& a, NetEvent& r) {
  a("user", r.user), a("client", r.client), a("url", r.url), a("body", r.body), a("at", r.at),
      a("api", r.api);
}
template <class A>
void fields(A& a, NetState& r) {
  a("homes", r.homes), a("codes", r.codes), a("pairs", r.pairs), a("hooks", r.hooks), a("events", r.events);
  a("calls", r.calls), a("busy_count", r.busy_count);
}
template <class A>
void fields(A& a, State& r) {
  a("key_jwk", r.key_jwk), a("kid", r.kid), a("switches", r.switches), a("logins", r.logins),
      a("codes", r.codes);
  a("access", r.access), a("refresh", r.refresh), a("usage", r.usage), a("faults", r.faults), a("log", r.log);
  a("logged", r.logged), a("plants", r.plants), a("chalets", r.chalets);
  a("strips", r.strips), a("told_plants", r.told_plants), a("touched", r.touched), a("net", r.net);
}

struct Writer {
  Json object = Json::object();
  template <class T>
  void operator()(const char* name, T& value) {
    object[name] = write(value);
  }

  template <class T>
  static Json write(T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
      return Json(value);
    } else if constexpr (requires { typename T::mapped_type; }) {
      Json out = Json::object();
      for (auto& [key, item] : value) out[key] = write(item);
      return out;
    } else if constexpr (requires { value.push_back(*value.begin()); }) {
      Json out = Json::array();
      for (auto& item : value) out.push_back(write(item));
      return out;
    } else {
      Writer inner;
      fields(inner, value);
      return std::move(inner.object);
    }
  }
};

// A missing or misshapen member keeps its default: an old text never breaks the cloud.
struct StateReader {
  const Json& object;
  template <class T>
  void operator()(const char* name, T& value) {
    if (const Json* found = find(object, name)) read(*found, value);
  }

  template <class T>
  static void read(const Json& json, T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
      if (json.is_string()) value = json.get<std::string>();
    } else if constexpr (std::is_same_v<T, bool>) {
      if (json.is_boolean()) value = json.get<bool>();
    } else if constexpr (std::is_arithmetic_v<T>) {
      if (json.is_number()) value = json.get<T>();
    } else if constexpr (requires { typename T::mapped_type; }) {
      value.clear();
      for (const auto& [key, item] : json.items()) read(item, value[key]);
    } else if constexpr (requires { value.push_back(*value.begin()); }) {
      value.clear();
      for (const Json& item : json) read(item, value.emplace_back());
    } else {
      StateReader inner{json};
      fields(inner, value);
    }
  }
};

}  // namespace

const User* find_user(std::string_view name) {
  for (const User& user : users)
    if (user.name == name) return &user;
  return nullptr;
}

State fresh_state() {
  State state;
  state.plants.push_back(demo_plant());
  state.chalets = demo_chalets();
  state.strips = demo_strips();
  return state;
}

std::string save_state(const State& state) {
  Json out =
      Writer::write(const_cast<State&>(state));  // fields() serves both directions; writing changes nothing
  out["version"] = state_version;
  return dump_json(out);
}

bool load_state(State& state, std::string_view text) {
  const auto json = parse_json(text, largest_state);
  if (!json || integer_of(*json, "version") != state_version) return false;
  State loaded;
  StateReader reader{*json};
  fields(reader, loaded);
  state = std::move(loaded);
  return true;
}

}  // namespace foyer::sim
