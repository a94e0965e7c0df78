// Everything under /cloud/netatmo: sign-in below oauth2, calls below api. Order of checks: method, global
// guard (11), token (1, 2, 3), deactivated application (5), limits of the user (26), then what each call
// needs [5, 6, 17.3-5].
#include <algorithm>
#include <array>

#include "core/sim/netatmo/netatmo.hpp"

namespace foyer::sim {
namespace {

constexpr std::size_t largest_body = 1U << 20;

enum class Needs : unsigned char { nothing, home };
struct Method {
  std::string_view name;
  Response (*answer)(NetCall&);
  bool reads;
  Needs needs;
};
constexpr std::array<Method, 15> methods{
    {{"homesdata", net_homesdata, true, Needs::nothing},
     {"homestatus", net_homestatus, true, Needs::home},
     {"setstate", net_setstate, false, Needs::nothing},
     {"setroomthermpoint", net_setroomthermpoint, false, Needs::home},
     {"setthermmode", net_setthermmode, false, Needs::home},
     {"switchhomeschedule", net_switchhomeschedule, false, Needs::home},
     {"synchomeschedule", net_synchomeschedule, false, Needs::home},
     {"createnewhomeschedule", net_createnewhomeschedule, false, Needs::home},
     {"renamehomeschedule", net_renamehomeschedule, false, Needs::home},
     {"deletehomeschedule", net_deletehomeschedule, false, Needs::home},
     {"getmeasure", net_getmeasure, true, Needs::nothing},
     {"getroommeasure", net_getroommeasure, true, Needs::home},
     {"getscenarios", net_getscenarios, true, Needs::home},
     {"addwebhook", net_addwebhook, true, Needs::nothing},
     {"dropwebhook", net_dropwebhook, true, Needs::nothing}}};

void take_fields(Json& args, const Fields& fields) {
  for (const auto& [name, value] : fields) args[name] = value;
}

// Query, then form or JSON body; a later one wins. False: the body cannot be read.
bool take_arguments(const Call& call, Json& args) {
  take_fields(args, call.query);
  const std::string& body = call.request.body;
  const auto begin = body.find_first_not_of(" \t\r\n");
  if (call.request.method != "POST" || begin == std::string::npos) return true;
  const bool json = body[begin] == '{' || call.header("content-type").find("json") != std::string::npos;
  if (!json) return take_fields(args, form_decode(body)), true;
  const auto read = parse_json(body, largest_body);
  if (!read || !read->is_object()) return false;
  for (const auto& [name, value] : read->items()) args[name] = value;
  return true;
}

std::string token_of(const Call& call) {
  const std::string value = call.header("authorization");
  if (value.starts_with("Bearer ") || value.starts_with("bearer ")) return value.substr(7);
  std::string text = value_of(call.query, "access_token");  // accepted for years
  if (text.empty() && call.request.body.find("access_token=") != std::string::npos)
    text = value_of(form_decode(call.request.body), "access_token");
  return text;
}

Response over_the_limit(const Switches& switches, Ms wait) {
  constexpr std::array<std::string_view, 3> texts = {
      // as seen over the years
      "User usage reached", "Maximum api usage reached",
      "API limit exceeded. This could be your Application limit or User limit."};
  const std::size_t which = switches.net_limit_text == "user"      ? 0
                            : switches.net_limit_text == "maximum" ? 1
                                                                   : 2;
  Response out = net_error(switches.net_limit_status, 26, texts[which]);
  if (switches.net_retry_after)
    out.headers.push_back({"Retry-After", std::to_string((wait + second - 1) / second)});
  return out;
}

// For how long a caller with these calls waits until fewer than `limit` lie in the window; 0: not at all, or
// no limit.
Ms wait_in(const std::vector<Ms>& calls, int limit, Ms window, Ms now) {
  const auto recent = std::ranges::count_if(calls, [&](Ms at) { return now - at < window; });
  if (limit <= 0 || recent < limit) return 0;
  return calls[calls.size() - static_cast<std::size_t>(limit)] + window - now;
}

// Counts the call for its user and its application and tells for how long no further one is let in; 0: this
// one is.
Ms wait_for_turn(State& state, const NetCall& call) {
  const Switches& switches = state.switches;
  const Ms now = call.now();
  std::vector<Ms>& mine = state.net.calls[call.user];
  std::vector<Ms>& all = state.net.calls["application " + call.client];
  for (std::vector<Ms>* calls : {&mine, &all})
    std::erase_if(*calls, [&](Ms at) { return now - at >= hour || at > now; });
  const Ms wait = std::max({wait_in(mine, switches.net_burst, 10 * second, now),
                            wait_in(mine, switches.net_hourly, hour, now),
                            wait_in(all, switches.net_app_burst, 10 * second, now)});
  if (wait != 0) return wait;
  if (switches.net_burst > 0 || switches.net_hourly > 0) mine.push_back(now);
  if (switches.net_app_burst > 0) all.push_back(now);
  return 0;
}

std::string fresh_hex(Random& random) {
  const auto bytes = random.bytes(9);
  if (!bytes) return {};
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "5f0ec1";
  for (const char c : *bytes) {
    out.push_back(digits[static_cast<unsigned char>(c) >> 4U]);
    out.push_back(digits[static_cast<unsigned char>(c) & 15U]);
  }
  return out;
}

}  // namespace

std::optional<Response> net_enter(NetCall& call, const std::optional<std::string>& id) {
  if (!id || id->empty()) return net_error(400, 10, "Missing home_id");
  call.home = net_home(*id);
  if (call.home.id.empty()) return net_error(400, 21, "Invalid id");
  if (call.home.owner != call.user) return net_error(403, 13, "Forbidden access to home");
  net_play(call.state, call.home, call.now());
  return std::nullopt;
}

Response net_no_scope() { return net_error(403, 13, "Application does not have the good scope rights"); }

NetFamily net_family(const NetRoom& room) {
  return room.climate == NetClimate::smarther ? NetFamily::smarther
         : room.climate == NetClimate::pilot  ? NetFamily::magellan
                                              : NetFamily::thermostat;
}

Response net_error(int status, int code, std::string_view message) {
  return json_answer(status, dump_json({{"error", {{"code", code}, {"message", message}}}}));
}

Response net_documented_error(int status, int code) {
  struct Known {
    int code, status;
    std::string_view message;
  };
  constexpr std::array<Known, 14> known{
      {{11, 429, "Failed to enter concurrency limited section"},
       {26, 429, "API limit exceeded. This could be your Application limit or User limit."},
       {13, 403, "Application does not have the good scope rights"},
       {3, 403, "Access token expired"},
       {2, 403, "Invalid access token"},
       {1, 401, "Access token is missing"},
       {21, 400, "Invalid id"},
       {10, 400, "Missing parameters"},
       {9, 404, "Device not found"},
       {31, 404, "Method not found"},
       {5, 406, "Application is deactivated"},
       {35, 400, "Unable to execute"},
       {41, 400, "Device is unreachable"},
       {0, 500, "Internal error"}}};
  if (status == 502 || status == 503 || status == 504)  // no JSON from the front end
    return plain_answer(status, "text/html",
                        "<html><body><h1>" + std::to_string(status) + "</h1></body></html>");
  for (const Known& row : known)
    if (code != 0 ? row.code == code : row.status == status) return net_error(status, row.code, row.message);
  return net_error(status, code, "Internal error");
}

Response net_ok(const NetCall& call, Json body) {
  Json out = {{"status", "ok"}};
  if (!body.is_null()) out["body"] = std::move(body);
  out["time_exec"] = 0.03125;
  out["time_server"] = call.now() / second;
  return json_answer(200, dump_json(out));
}

bool NetCall::granted(std::string_view word, NetFamily family) const {
  return has_scope(scope, std::string(word).append(family_word(family)));
}

const NetChanges& NetCall::seen(const std::string& home_id) const {
  static const NetChanges untouched;
  const auto at = state.net.homes.find(home_id);
  return at == state.net.homes.end() ? untouched : at->second;
}

std::optional<Ms> NetCall::moment(const Json& object, std::string_view name) {
  const auto seconds = integer_of(object, name);
  if (!seconds) return std::nullopt;
  return std::clamp<Ms>(*seconds, 0, 4'000'000'000) * second;
}

Ms net_lag(const State& state, std::string_view what, Ms at) {
  const Switches& switches = state.switches;
  const Ms span = std::max<Ms>(0, switches.net_lag_to - switches.net_lag_from);
  return switches.net_lag_from + static_cast<Ms>(flicker(what, at) * static_cast<double>(span));
}

Task<Response> net_gate(const Core& core, const Call& call) {
  State& state = core.state;
  const std::string name = call.segments.size() == 3 ? call.segments[2] : std::string();
  const auto method = std::ranges::find(methods, name, &Method::name);
  const bool post = call.request.method == "POST";
  if (method == methods.end() || (!post && !(method->reads && call.request.method == "GET")))
    co_return net_error(404, 31, "Method not found");
  if (state.switches.net_busy_every > 0 && ++state.net.busy_count % state.switches.net_busy_every == 0)
    co_return net_error(429, 11, "Failed to enter concurrency limited section");

  const std::string token = token_of(call);
  const std::string key = co_await key_of(core, token);
  const int refusal = state.switches.net_auth_status;
  if (token.empty()) co_return net_error(refusal, 1, "Access token is missing");
  const auto pair = std::ranges::find(state.net.pairs, key, &NetPair::access);
  if (pair == state.net.pairs.end()) co_return net_error(refusal, 2, "Invalid access token");
  if (call.now >= pair->expires) co_return net_error(refusal, 3, "Access token expired");
  if (state.switches.net_deactivated) co_return net_error(406, 5, "Application is deactivated");
  NetCall inner{state, call, pair->user, pair->client, pair->scope};
  if (const Ms wait = wait_for_turn(state, inner); wait > 0) co_return over_the_limit(state.switches, wait);

  if (!take_arguments(call, inner.args)) co_return net_error(400, 40, "JSON has an invalid encoding");
  inner.fresh_id = fresh_hex(core.ports.random);
  if (method->needs == Needs::home)
    if (auto refused = net_enter(inner, text_of(inner.args, "home_id"))) co_return std::move(*refused);
  co_return method->answer(inner);
}

Task<std::string> net_user_behind(const Core& core, const Call& call) {
  const std::string key = co_await key_of(core, token_of(call));
  const auto pair = std::ranges::find(core.state.net.pairs, key, &NetPair::access);
  co_return pair == core.state.net.pairs.end() ? std::string() : pair->user;
}

}  // namespace foyer::sim
