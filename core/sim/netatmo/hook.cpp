// Webhooks: registration, and what would be sent. A page has no socket, so events are kept as data; the
// control interface shows them with their signature and may say that a delivery failed.
#include <algorithm>

#include "core/sim/netatmo/netatmo.hpp"

namespace foyer::sim {
namespace {

constexpr std::size_t most_events = 50;

void queue(NetCall& call, const NetHook& hook, const Json& body) {
  if (call.now() < hook.banned_until) return;  // lost, not kept
  queue_event(call.state, {hook.user, hook.client, hook.url, dump_json(body), call.now()});
}

}  // namespace

void queue_event(State& state, NetEvent event) {
  auto& events = state.net.events;
  if (events.size() >= most_events) events.erase(events.begin());
  events.push_back(std::move(event));
}

void net_tell(NetCall& call, Json body) {
  body["user_id"] = net_user_id(call.user);
  for (const NetHook& hook : call.state.net.hooks)
    if (hook.user == call.user) queue(call, hook, body);
}

void net_tell_point(NetCall& call, const NetRoom& room, const NetPoint& point) {
  const bool back = point.mode == "home";
  Json told = {
      {"id", room.id}, {"name", room.name}, {"type", room.type}, {"therm_setpoint_mode", point.mode}};
  if (point.mode == "manual" && room.climate != NetClimate::pilot)
    told["therm_setpoint_temperature"] = point.temperature;
  if (point.end != 0) told["therm_setpoint_end_time"] = point.end / second;
  Json modules = Json::array();
  for (const NetModule& module : call.home.modules)
    if (module.room == room.id && (net_type(module.type).traits & net_boiler) != 0)
      modules.push_back({{"id", module.id}, {"name", module.name}, {"type", module.type}});
  Json body = {{"room_id", room.id},
               {"home",
                {{"id", call.home.id},
                 {"name", call.home.name},
                 {"country", call.home.country},
                 {"rooms", Json::array({std::move(told)})},
                 {"modules", std::move(modules)}}},
               {"mode", point.mode},
               {"event_type", back ? "cancel_set_point" : "set_point"}};
  if (point.mode == "manual") body["temperature"] = point.temperature;
  body["push_type"] = "display_change";
  net_tell(call, std::move(body));
}

Response net_addwebhook(NetCall& call) {
  const std::string url = text_of(call.args, "url").value_or("");
  if (url.empty()) return net_error(400, 10, "Missing parameters");
  if (!url.starts_with("https://")) return net_error(400, 21, "Invalid url");
  auto& hooks = call.state.net.hooks;
  std::erase_if(hooks,
                [&](const NetHook& hook) { return hook.user == call.user && hook.client == call.client; });
  hooks.push_back({call.user, call.client, url});
  queue(call, hooks.back(), {{"push_type", "webhook_activation"}, {"user_id", net_user_id(call.user)}});
  return net_ok(call);
}

Response net_dropwebhook(NetCall& call) {
  auto& hooks = call.state.net.hooks;
  const auto mine = [&](const NetHook& hook) { return hook.user == call.user && hook.client == call.client; };
  for (const NetHook& hook : hooks)
    if (mine(hook))
      queue(call, hook, {{"push_type", "webhook_deactivation"}, {"user_id", net_user_id(call.user)}});
  std::erase_if(hooks, mine);
  return net_ok(call);
}

}  // namespace foyer::sim
