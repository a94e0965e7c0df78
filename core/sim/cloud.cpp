#include "core/sim/cloud.hpp"

#include <algorithm>

#include "core/sim/state/parts.hpp"
#include "core/sim/state/state.hpp"

namespace foyer::sim {
namespace {

constexpr std::string_view root = "/cloud/";

Call take_apart(Request request, Ms now) {
  Call call;
  call.now = now;
  const std::string_view target = request.target;
  const auto question = target.find('?');
  call.path = std::string(target.substr(0, question));
  if (question != std::string_view::npos) call.query = form_decode(target.substr(question + 1));
  std::string_view rest = call.path;
  if (rest.starts_with(root)) rest.remove_prefix(root.size());
  while (!rest.empty()) {
    const auto slash = rest.find('/');
    const auto part = rest.substr(0, slash);
    call.segments.push_back(percent_decode(part).value_or(std::string(part)));
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  }
  call.request = std::move(request);
  return call;
}

// The first fault that fits takes one of its turns.
std::vector<Fault> take_fault(State& state, const Call& call) {
  const auto fits = [&](const Fault& fault) {
    return call.path.starts_with(fault.path) &&
           (fault.method.empty() || fault.method == call.request.method) &&
           call.path.find(fault.contains) != std::string::npos;
  };
  const auto at = std::ranges::find_if(state.faults, fits);
  if (at == state.faults.end()) return {};
  Fault fault = *at;
  if (--at->count <= 0) state.faults.erase(at);
  return {fault};
}

bool carried_out_first(const Fault& fault) {
  return fault.after ||
         (fault.status == 0 && !fault.drop && !fault.literal &&
          (fault.body == "documented" || fault.body == "truncated")) ||
         fault.body == "truncated";
}

void allow_origin(const Call& call, Response& response) {
  const std::string origin = call.header("origin");
  response.headers.push_back({"Access-Control-Allow-Origin", origin.empty() ? "*" : origin});
  response.headers.push_back({"Vary", "Origin"});
  response.headers.push_back({"Access-Control-Expose-Headers", "Retry-After, Date"});
  response.headers.push_back(
      {"Access-Control-Allow-Headers", "authorization, content-type, ocp-apim-subscription-key"});
  response.headers.push_back({"Access-Control-Allow-Methods", "GET, POST, DELETE"});
}

// Which of the clouds' doors a path leads to.
struct Door {
  bool known = false, api = false, token = false, netatmo = false;
};
Door door_of(const Call& call) {
  const std::string& first = call.segments[0];
  const std::string second = call.segments.size() > 1 ? call.segments[1] : std::string();
  if (first == "netatmo")
    return {second == "api" || second == "oauth2", second == "api",
            call.path == "/cloud/netatmo/oauth2/token", true};
  return {first == "api" || first == "oauth", first == "api", call.path == "/cloud/oauth/token", false};
}

Task<Response> answer(const Core& core, const Call& call, const Door& door) {
  if (door.netatmo) {
    if (door.api) co_return co_await net_gate(core, call);
    co_return co_await net_oauth(core, call);
  }
  if (door.api) co_return co_await gateway(core, call);
  co_return co_await oauth(core, call);
}

// Whether a page of another origin may read the answer, and whether a preflight is answered.
bool cross_origin(const Switches& switches, const Door& door, bool preflight) {
  if (!door.api && !door.token) return false;
  if (!door.netatmo) return switches.cors;
  return switches.net_cors == "full" || (switches.net_cors == "simple" && !preflight);
}

}  // namespace

Cloud::Cloud(Ports ports) : ports_(ports), state_(std::make_unique<State>(fresh_state())) {}
Cloud::~Cloud() = default;

std::string Cloud::save() const { return save_state(*state_); }
bool Cloud::load(std::string_view text) { return load_state(*state_, text); }

Task<Response> Cloud::handle(Request request) {
  State& state = *state_;
  const Switches& switches = state.switches;
  const Core core{ports_, state};
  const Call call =
      take_apart(std::move(request), to_ms(ports_.clock.now()) + switches.skew + switches.advanced);
  for (Chalet& house : state.chalets) live(house, call.now);

  if (call.segments.empty() || !call.path.starts_with(root))
    co_return gateway_error(state, 404, "Resource not found");
  if (call.path == "/cloud/_control/webhooks" && call.request.method == "GET")
    co_return co_await webhooks(core);
  if (call.segments[0] == "_control") co_return control(state, call);
  const Door door = door_of(call);
  const bool api = door.api, token = door.token;
  if (!door.known) co_return gateway_error(state, 404, "Resource not found");
  if (call.request.method == "OPTIONS" && cross_origin(switches, door, true)) {
    Response preflight = plain_answer(204, "text/plain", "");
    allow_origin(call, preflight);
    co_return preflight;
  }

  const std::vector<Fault> fault = take_fault(state, call);
  std::string user;
  if (api) user = co_await (door.netatmo ? net_user_behind(core, call) : user_behind(core, call));
  Response response;
  if (fault.empty() || carried_out_first(fault[0]))
    response = co_await answer(core, call, door);
  else if (api && !door.netatmo && !user.empty())  // a refused call is a call, too
    state.usage[user].calls = quota_used(state, user, call.now) + 1, state.usage[user].day = call.now / day;
  if (!fault.empty()) response = faulty(state, call, fault[0], std::move(response));
  if (api || token) {
    response.delay += Millis(state.switches.latency);
    if (cross_origin(switches, door, false)) allow_origin(call, response);
    note(state, call, user, response);
  }
  co_return response;
}

}  // namespace foyer::sim
