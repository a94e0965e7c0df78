#include "core/cloud/events/webhooks.hpp"
#include "core/base/ascii.hpp"

#include <array>

#include "core/base/json_writer.hpp"
#include "core/cloud/provider.hpp"

namespace foyer {
namespace {

using decode::Complaints;
using decode::Where;

constexpr std::string_view validation_type = "Microsoft.EventGrid.SubscriptionValidationEvent";

// Takes a report of `text`, an answer of the status call that the event repeats.
void take_report(HookEvent& event, const std::string& text, const Where& where, Minutes offset,
                 Complaints& complaints) {
  const Provider* cloud = provider(event.api);
  if (!cloud) return;
  auto report = cloud->read_status(Plant{.id = event.plant}, Call{}, text, offset);
  if (!report) return complaints.push_back(where.text() + ": " + report.error().message);
  for (const std::string& one : report->complaints) complaints.push_back(where.text(one));
  report->complaints.clear();
  report->complete = false;  // an event names what changed
  event.status = std::move(*report);
  event.kind = HookKind::status;
}

// "bs_cloud_<plant>" of subjectElements, or the sender of the first thermostat.
std::string smarther_plant(JsonView event, JsonView thermostats) {
  constexpr std::string_view front = "bs_cloud_";
  std::string id = event.find("subjectElements").find("plantId").text().value_or("");
  if (id.starts_with(front)) return id.substr(front.size());
  if (thermostats.size() == 0) return id;
  return (*thermostats.elements().begin()).find("sender").find("plant").find("id").text().value_or(id);
}

// Which list of a status answer would hold this element; only its fields can tell.
std::string_view hc_group(JsonView data) {
  if (!data.find("step").is_nothing()) return "automations";
  if (!data.find("status").is_nothing() || !data.find("level").is_nothing()) return "lights";
  return data.find("battery").is_nothing() ? "energymeters" : "remotes";
}

void read_home_control(HookEvent& event, JsonView data, const Where& where, Minutes offset,
                       Complaints& complaints) {
  event.api = "hc";
  const JsonView plant = data.find("sender").find("plant");
  if (auto id = plant.find("id").text()) event.plant = PlantId("hc:" + *id);
  event.module = ModuleId("hc:" + plant.find("module").find("id").text().value_or(""));
  take_report(event, "{\"" + std::string(hc_group(data)) + "\":[" + std::string(data.raw()) + "]}", where,
              offset, complaints);
}

// Where a notification keeps its thermostats: the vendor's tutorials and clients know several places.
JsonView with_thermostats(JsonView json) {
  for (const JsonView at : {json.find("data"), json, json.find("plant")})
    if (at.find("chronothermostats").is_array()) return at;
  return {};
}

void read_eliot(JsonView json, const Where& where, Minutes offset, Hook& hook) {
  HookEvent event{.type = json.find("eventType").text().value_or(""),
                  .id = json.find("id").text().value_or("")};
  if (const auto at = json.find("eventTime").text()) event.at = parse_iso8601(*at);
  const JsonView data = json.find("data");
  if (const auto code = data.find("validationCode").text();
      code && decode::same_word(event.type, validation_type)) {
    event.api = "hc";
    event.kind = HookKind::validation;
    // Azure's standard and the vendor's text name the key differently: both.
    hook.answer = JsonWriter()
                      .object()
                      .text("validationResponse", *code)
                      .text("validationCode", *code)
                      .end_object()
                      .take();
  } else if (const JsonView holder = with_thermostats(json); holder.is_object()) {
    event.api = "smarther";
    event.plant = PlantId("smarther:" + smarther_plant(json, holder.find("chronothermostats")));
    const Where here{&where, holder.raw().data() == json.raw().data() ? "" : "data"};
    take_report(event, std::string(holder.raw()), here, offset, hook.complaints);
    if (!event.status.modules.empty()) event.module = event.status.modules.front().id;
  } else if (data.find("sender").is_object()) {
    read_home_control(event, data, Where{&where, "data"}, offset, hook.complaints);
  } else if (json.find("sender").is_object()) {
    read_home_control(event, json, where, offset, hook.complaints);
  } else {
    return hook.complaints.push_back(where.text("data") + ": expected an event");
  }
  hook.events.push_back(std::move(event));
}

void read_one(JsonView json, const Where& where, Minutes offset, Hook& hook) {
  if (!json.is_object()) return hook.complaints.push_back(where.text() + ": expected an object");
  if (json.find("push_type").text() || json.find("event_type").text()) {
    hook.events.push_back(netatmo::read_event(json, where, offset, hook.complaints));
  } else {
    read_eliot(json, where, offset, hook);
  }
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char byte : bytes) {
    out += digits[static_cast<unsigned char>(byte) >> 4];
    out += digits[static_cast<unsigned char>(byte) & 15];
  }
  return out;
}

}  // namespace

std::string_view to_string(HookKind kind) {
  constexpr std::array<std::string_view, 9> words = {"validation", "status",     "set_point",
                                                     "home_mode",  "schedule",   "topology",
                                                     "connection", "activation", "other"};
  return words[static_cast<std::size_t>(kind)];
}

Result<Hook> read_hook(std::string_view body, Minutes offset) {
  const auto json = decode::parse(body);
  if (!json) return std::unexpected(json.error());
  const JsonView root = json->root();
  Hook hook;
  if (root.is_array()) {
    std::size_t index = 0;
    for (const JsonView one : root.elements()) read_one(one, Where{nullptr, {}, index++}, offset, hook);
  } else if (root.is_object()) {
    read_one(root, Where{}, offset, hook);
  } else {
    return fail(ErrorKind::malformed, "E15", "expected events");
  }
  if (hook.events.empty() && !hook.complaints.empty())
    return fail(ErrorKind::malformed, "E15", hook.complaints.front());
  return hook;
}

Task<Result<void>> verify_hook(Signer& signer, SecretText client_secret, std::string body,
                               std::string signature) {
  const auto made = co_await signer.hmac_sha256(std::move(client_secret), std::move(body));
  if (!made) co_return std::unexpected(made.error());
  if (SecretText(hex(*made)) == SecretText(lowered(signature))) co_return Result<void>();
  co_return fail(ErrorKind::protocol, "", "the signature does not belong to this body and client secret");
}

}  // namespace foyer
