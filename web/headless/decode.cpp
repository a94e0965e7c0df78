#include "web/headless/decode.hpp"

#include <algorithm>
#include <array>

#include "core/cloud/decode.hpp"
#include "core/cloud/events/subscriptions.hpp"
#include "core/cloud/netatmo/schedules.hpp"
#include "core/cloud/small/small_apis.hpp"
#include "core/cloud/smarther/smarther.hpp"
#include "core/model/home_json.hpp"
#include "web/headless/history.hpp"
#include "web/headless/plans.hpp"
#include "web/headless/values.hpp"

namespace foyer::headless {
namespace {

struct Asked {
  std::string_view api;
  const Call& call;
  const Answer& answer;
  Minutes offset;
};

Plant nameless(const Asked& asked) { return {.id = PlantId(std::string(asked.api) + ":?")}; }

Json json_of(const std::string& text) { return parse_json(text).value_or(Json(nullptr)); }

Result<Json> homes(const Asked& asked) {
  const Provider* cloud = provider(asked.api);
  const auto plants = cloud ? cloud->read_plants(asked.answer.status, asked.answer.body)
                            : decode::plants(asked.api, asked.answer.status, asked.answer.body);
  if (!plants) return std::unexpected(plants.error());
  Json out = {{"homes", Json::array()}};
  for (const Plant& one : *plants) out["homes"].push_back(json_of(to_json(one)));
  return out;
}

Result<Json> home(const Asked& asked) {
  const Provider* cloud = provider(asked.api);
  const auto plant = cloud ? cloud->read_topology(nameless(asked), asked.answer.body)
                           : myhome::read_topology(asked.answer.body);
  if (!plant) return std::unexpected(plant.error());
  return Json{{"home", json_of(to_json(*plant))}};
}

Result<Json> status(const Asked& asked) {
  const Provider* cloud = provider(asked.api);
  if (!cloud) return fail(ErrorKind::unsupported, "", "this program does not know that cloud");
  const auto report = cloud->read_status(nameless(asked), asked.call, asked.answer.body, asked.offset);
  if (!report) return std::unexpected(report.error());
  Json out = {{"modules", Json::array()}, {"complaints", report->complaints}};
  for (const ModuleStatus& one : report->modules) out["modules"].push_back(status_json(one));
  return out;
}

Result<Json> scenes(const Asked& asked) {
  const Provider* cloud = provider(asked.api);
  if (!cloud) return fail(ErrorKind::unsupported, "", "this program does not know that cloud");
  Plant plant = nameless(asked);
  const auto read = cloud->read_extra(plant, 0, asked.answer.body);
  if (!read) return std::unexpected(read.error());
  auto json = scenes_json(plant);
  if (!json) return std::unexpected(json.error());
  return Json{{"scenes", std::move((*json)["scenes"])}, {"complaints", plant.complaints}};
}

// The list alone, without the home whose gateway would run them. Neither place was seen in public.
Result<Json> scenarios(const Asked& asked) {
  const auto json = decode::parse(asked.answer.body);
  if (!json) return std::unexpected(json.error());
  const JsonView body = json->root().find("body");
  const JsonView list =
      body.find("scenarios").is_array() ? body.find("scenarios") : body.find("home").find("scenarios");
  if (!list.is_array())
    return fail(ErrorKind::malformed, "E15", "body.scenarios: expected a list", "body.scenarios");
  Json out = {{"scenes", Json::array()}, {"complaints", Json::array()}};
  for (const JsonView one : list.elements()) {
    Json scene = {{"id", one.find("id").text().value_or("")}};
    for (const char* name : {"name", "label", "type"})
      if (!scene.contains("name")) put(scene, "name", one.find(name).text().value_or(""));
    out["scenes"].push_back(std::move(scene));
  }
  return out;
}

Result<Json> history(const Asked& asked) {
  HistoryRequest request{.call = asked.call};
  for (const auto& [name, value] : asked.call.query) {
    if (name == "scale") request.query.scale = value;
    if (name == "real_time") request.query.real_time = value == "true";
    if (name == "type") request.query.types = netatmo::split_types(value);
  }
  const auto json = history_json(nameless(asked), request, asked.answer.body, asked.offset);
  if (!json) return std::unexpected(json.error());
  Json out = json_of(*json);
  out.erase("home");
  out.erase("subject");
  return out;
}

Result<Json> programs(const Asked& asked) {
  decode::Complaints complaints;
  const auto list = smarther::read_programs(asked.answer.body, complaints);
  if (!list) return std::unexpected(list.error());
  Json out = {{"programs", Json::array()}, {"complaints", complaints}};
  for (const auto& one : *list) out["programs"].push_back({{"number", one.number}, {"name", one.name}});
  return out;
}

Result<Json> subscribed(const Asked& asked) {
  const auto done = read_subscribed(asked.api, asked.answer.status, asked.answer.body);
  if (!done) return std::unexpected(done.error());
  Json out = {{"there_already", done->there_already}};
  put(out, "subscription", done->id);
  return out;
}

Result<Json> subscriptions(const Asked& asked) {
  const auto found = read_subscriptions(asked.answer.status, asked.answer.body);
  if (!found) return std::unexpected(found.error());
  Json out = {{"subscriptions", Json::array()}, {"complaints", found->complaints}};
  for (const Subscription& one : found->list)
    out["subscriptions"].push_back({{"home", one.plant.text}, {"id", one.id}, {"url", one.url}});
  return out;
}

Result<Json> sockets(const Asked& asked) {
  const auto found = multisocket::read_sockets(asked.answer.body);
  if (!found) return std::unexpected(found.error());
  Json out = {{"modules", Json::array()}, {"complaints", found->complaints}};
  for (const Module& one : found->modules) {
    Json module = {{"id", one.id.text}, {"name", one.name}};
    put(module, "part_of", one.part_of.text);
    if (const auto on = one.flag(Aspect::on_off)) module["on"] = *on;
    out["modules"].push_back(std::move(module));
  }
  return out;
}

// The tickets themselves are secrets; they stand in the raw body, for who wants to hand them on.
Result<Json> tickets(const Asked& asked) {
  const auto found = classe::read_tickets(asked.answer.body);
  if (!found) return std::unexpected(found.error());
  Json out = {{"homes", Json::array()}, {"complaints", found->complaints}};
  for (const classe::Ticket& one : found->list) out["homes"].push_back(one.plant.text);
  return out;
}

Json failures_json(const std::vector<emergency::Failure>& failures) {
  Json out = Json::array();
  for (const emergency::Failure& one : failures) out.push_back({{"flag", one.flag}, {"type", one.type}});
  return out;
}

Result<Json> controllers(const Asked& asked) {
  const auto site = emergency::read_controllers(asked.answer.body);
  if (!site) return std::unexpected(site.error());
  Json out = {{"controllers", Json::array()}, {"complaints", site->complaints}};
  for (const emergency::Controller& one : site->controllers) {
    Json json = {{"id", one.id}};
    put(json, "name", one.name);
    put(json, "reference", one.reference);
    put(json, "serial_number", one.serial_number);
    put(json, "status", one.status);
    put(json, "status_at", one.status_at);
    put(json, "alert", one.alert);
    put(json, "alert_level", one.alert_level);
    put(json, "alert_at", one.alert_at);
    json["failures"] = failures_json(one.failures);
    out["controllers"].push_back(std::move(json));
  }
  return out;
}

Result<Json> failures(const Asked& asked) {
  const auto found = emergency::read_failures(asked.answer.body);
  if (!found) return std::unexpected(found.error());
  return Json{{"failures", failures_json(*found)}};
}

Result<Json> created(const Asked& asked) {
  const auto id = netatmo::read_created(asked.answer.body);
  if (!id) return std::unexpected(id.error());
  return Json{{"schedule", *id}};
}

// "ok" alone does not mean that a module obeyed.
Result<Json> obeyed(const Asked& asked) {
  const auto json = decode::parse(asked.answer.body);
  if (!json) return std::unexpected(json.error());
  const JsonView root = json->root();
  Json out = {{"ok", root.find("status").is_word("ok")}, {"errors", Json::array()}};
  const JsonView body = root.find("body");
  for (const JsonView place : {body, body.find("home")})  // some answers have them in the home
    for (const JsonView one : place.find("errors").elements()) {
      Json error = {{"code", one.find("code").integer().value_or(0)}};
      put(error, "module", one.find("id").text().value_or(""));
      put(error, "message", one.find("message").text().value_or(""));
      out["errors"].push_back(std::move(error));
    }
  return out;
}

struct Decoder {
  std::string_view operation;
  Result<Json> (*read)(const Asked&);
};
constexpr std::array decoders = {
    Decoder{"smarther.plants", homes},
    Decoder{"smarther.topology", home},
    Decoder{"smarther.status", status},
    Decoder{"smarther.measures", history},
    Decoder{"smarther.programs", programs},
    Decoder{"smarther.subscribe", subscribed},
    Decoder{"smarther.subscriptions", subscriptions},
    Decoder{"hc.plants", homes},
    Decoder{"hc.topology", home},
    Decoder{"hc.status", status},
    Decoder{"hc.module_status", status},
    Decoder{"hc.kind_status", status},
    Decoder{"hc.scenes", scenes},
    Decoder{"netatmo.homesdata", homes},
    Decoder{"netatmo.homestatus", status},
    Decoder{"netatmo.getscenarios", scenarios},
    Decoder{"netatmo.getmeasure", history},
    Decoder{"netatmo.getroommeasure", history},
    Decoder{"netatmo.schedule.create", created},
    Decoder{"multisocket.status", sockets},
    Decoder{"myhome.plants", homes},
    Decoder{"myhome.topology", home},
    Decoder{"classe.call_home", tickets},
    Decoder{"emergency.controllers", controllers},
    Decoder{"emergency.decode", failures},
};

const Decoder* decoder_of(const catalog::Operation& operation) {
  const auto at = std::ranges::find(decoders, operation.id, &Decoder::operation);
  return at == decoders.end() ? nullptr : &*at;
}

// Every other write of Netatmo Connect is answered alike.
bool answers_ok(const catalog::Operation& operation) {
  return operation.api() == "netatmo" && operation.method == "POST";
}

}  // namespace

bool is_decoded(const catalog::Operation& operation) {
  return decoder_of(operation) != nullptr || answers_ok(operation);
}

Result<Json> decoded(const catalog::Operation& operation, const Call& call, const Answer& answer,
                     Minutes offset) {
  const Asked asked{operation.api(), call, answer, offset};
  if (const Decoder* decoder = decoder_of(operation)) return decoder->read(asked);
  if (answers_ok(operation)) return obeyed(asked);
  return fail(ErrorKind::unsupported, "", "there is nothing to decode");
}

}  // namespace foyer::headless
