#include "web/headless/hook.hpp"

#include "core/base/json.hpp"
#include "core/cloud/events/webhooks.hpp"
#include "web/headless/values.hpp"

namespace foyer::headless {
namespace {

Json room_json(const HookRoom& room) {
  Json out = {{"id", room.ambient.text}};
  put(out, "mode", room.mode);
  if (room.temperature) out["temperature"] = *room.temperature;
  put(out, "until", room.until);
  if (room.setpoint) out["setpoint"] = *room.setpoint;
  if (room.heating_request) out["heating_request"] = *room.heating_request;
  return out;
}

Json event_json(const HookEvent& event) {
  Json out = {{"api", event.api}, {"kind", to_string(event.kind)}};
  put(out, "type", event.type);
  put(out, "id", event.id);
  put(out, "at", event.at);
  put(out, "home", event.plant.text);
  put(out, "module", event.module.text);
  put(out, "mode", event.mode);
  put(out, "previous_mode", event.previous_mode);
  put(out, "schedule", event.schedule);
  put(out, "change", event.change);
  for (const HookRoom& one : event.rooms) out["rooms"].push_back(room_json(one));
  for (const ModuleStatus& one : event.status.modules) out["modules"].push_back(status_json(one));
  return out;
}

}  // namespace

Task<Result<std::string>> hook_json(Signer& signer, std::string body, std::string signature,
                                    SecretText secret, Minutes offset) {
  if (!signature.empty()) {
    if (secret.empty())
      co_return fail(
          ErrorKind::config, "",
          "the signature is made with the application's client_secret: put it into config.json or the "
          "environment's FOYER_CLIENT_SECRET",
          "client_secret");
    const auto right = co_await verify_hook(signer, std::move(secret), body, signature);
    if (!right) co_return std::unexpected(right.error());
  }
  const auto hook = read_hook(body, offset);
  if (!hook) co_return std::unexpected(hook.error());
  Json events = Json::array();
  for (const HookEvent& one : hook->events) events.push_back(event_json(one));
  const auto answer = parse_json(hook->answer);
  co_return dump_json({{"signature", signature.empty() ? "not checked" : "valid"},
                       {"answer", answer ? *answer : Json(nullptr)},
                       {"events", events},
                       {"complaints", hook->complaints}});
}

}  // namespace foyer::headless
