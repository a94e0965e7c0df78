// The API gateway, in the vendor's order of checks: route, subscription key, rate limit,
// quota, token; the APIs behind it then check scope, ownership, body and device.
#include <algorithm>

#include "core/base/base64url.hpp"
#include "core/sim/state/parts.hpp"

namespace foyer::sim {
namespace {

constexpr std::size_t smarther_base = 3;      // "api", "smarther", "v2.0"
constexpr std::size_t home_control_base = 4;  // "api", "hc", "api", "v1.0"

std::vector<std::string> behind(const Call& call, std::size_t base) {
  return {call.segments.begin() + static_cast<std::ptrdiff_t>(base), call.segments.end()};
}

bool begins_with(const std::vector<std::string>& segments, std::initializer_list<std::string_view> head) {
  return segments.size() >= head.size() && std::equal(head.begin(), head.end(), segments.begin());
}

std::string bearer(const Call& call) {
  const std::string value = call.header("authorization");
  return value.starts_with("Bearer ") || value.starts_with("bearer ") ? value.substr(7) : std::string();
}

const Grant* grant_of(const State& state, const std::string& key) {
  const auto at = std::ranges::find(state.access, key, &Grant::key);
  return at == state.access.end() ? nullptr : &*at;
}

Response key_refusal(const State& state, const Call& call, bool missing) {
  return faulty(state, call, {.body = missing ? "key-missing" : "key-invalid"}, {});
}

bool over_the_rate(State& state, const std::string& user, Ms now, int& wait) {
  const Switches& switches = state.switches;
  if (switches.rate_calls <= 0) return false;
  Usage& usage = state.usage[user];
  const Ms length = switches.rate_seconds * second;
  if (now < usage.window || now - usage.window >= length) usage.window = now, usage.in_window = 0;
  wait = static_cast<int>((usage.window + length - now + second - 1) / second);
  return ++usage.in_window > switches.rate_calls;
}

bool acceptable(const Call& call) {
  const std::string accept = call.header("accept");
  return accept.empty() || accept.find("*/*") != std::string::npos ||
         accept.find("application/") != std::string::npos;
}

// An identifier in the shape of a UUID, for what the cloud creates (webhook subscriptions).
std::string fresh_uuid(Random& random) {
  const auto bytes = random.bytes(16);
  if (!bytes) return {};
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out.push_back('-');
    const auto byte = static_cast<unsigned char>((*bytes)[i]);
    out.push_back(i == 6 ? '4' : i == 8 ? digits[8 + (byte >> 6)] : digits[byte >> 4]);
    out.push_back(digits[byte & 15U]);
  }
  return out;
}

}  // namespace

int quota_used(const State& state, std::string_view user, Ms now) {
  const auto at = state.usage.find(std::string(user));
  return at == state.usage.end() || at->second.day != now / day ? 0 : at->second.calls;
}

Task<std::string> user_behind(const Core& core, const Call& call) {
  std::string token = bearer(call);
  if (token.empty()) co_return std::string();
  const std::string key = co_await key_of(core, std::move(token));
  const Grant* grant = grant_of(core.state, key);
  co_return grant == nullptr ? std::string() : grant->user;
}

Task<Response> gateway(const Core& core, const Call& call) {
  State& state = core.state;
  const bool hc = begins_with(call.segments, {"api", "hc", "api", "v1.0"});
  const bool thermostats = begins_with(call.segments, {"api", "smarther", "v2.0"});
  const std::vector<std::string> path = hc            ? behind(call, home_control_base)
                                        : thermostats ? behind(call, smarther_base)
                                                      : std::vector<std::string>();
  if (hc && state.switches.hc_retired != 0) co_return documented_error(state, state.switches.hc_retired);
  const bool small = small_api_knows(call), foreign = app_private(call);
  if (!(hc && home_control_knows(call, path)) && !(thermostats && smarther_knows(call, path)) && !small &&
      !foreign)
    co_return documented_error(state, 404);

  std::string key = call.header("ocp-apim-subscription-key");
  if (key.empty()) key = value_of(call.query, "subscription-key");
  if (key.empty()) co_return key_refusal(state, call, true);
  if (foreign || (key != primary_key && key != secondary_key)) co_return key_refusal(state, call, false);

  const std::string token = bearer(call);
  const std::string token_key = co_await key_of(core, token);
  const Grant* grant = grant_of(state, token_key);  // nothing is awaited from here on
  const std::string user = grant == nullptr ? std::string("-") : grant->user;

  int wait = 0;
  if (over_the_rate(state, user, call.now, wait)) co_return rate_refusal(state, wait);
  const int used = quota_used(state, user, call.now);
  if (used >= state.switches.quota_per_day) co_return quota_refusal(state, call.now);
  state.usage[user].calls = used + 1;
  state.usage[user].day = call.now / day;

  if (token.empty()) co_return gateway_error(state, 401, "Unauthorized. Access token is missing or invalid.");
  if (grant == nullptr)
    co_return gateway_error(state, 401, "Unauthorized. Access token is missing or invalid.");
  if (call.now >= grant->expires) co_return expired_token(state);
  if (!acceptable(call)) co_return documented_error(state, 406);

  const Caller caller{grant->user, grant->scope};
  if (small) co_return small_api(state, call, caller);
  if (hc) co_return home_control(state, call, path, caller);
  co_return smarther(state, call, path, caller, fresh_uuid(core.ports.random));
}

}  // namespace foyer::sim
