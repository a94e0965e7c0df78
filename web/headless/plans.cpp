#include "web/headless/plans.hpp"

#include <algorithm>

#include "core/base/json.hpp"
#include "core/cloud/netatmo/schedules.hpp"
#include "core/model/schedule_json.hpp"

namespace foyer::headless {
namespace {

std::unexpected<Error> usage(std::string message) {
  return fail(ErrorKind::invalid_input, "", std::move(message) + "; see --help");
}

bool of(const Plant& plant, std::string_view cloud) {
  return plant.id.text.starts_with(cloud) && plant.id.text.substr(cloud.size()).starts_with(':');
}

Json programs_json(const Module& module, const Capability& capability) {
  Json programs = Json::array();
  for (std::size_t i = 0; i < capability.options.size(); ++i)
    programs.push_back({{"number", capability.options[i]},
                        {"name", i < capability.labels.size() ? capability.labels[i] : std::string()}});
  Json out = {{"module", module.id.text}, {"name", module.name}, {"programs", programs}};
  if (const auto now = module.word(Aspect::program)) out["selected"] = *now;
  return out;
}

// By id or by name; names may be shared by schedules of several types.
Result<const Schedule*> choose_schedule(const Plant& plant, const std::string& wanted) {
  std::vector<const Schedule*> named;
  std::string known;
  for (const Schedule& one : plant.schedules) {
    if (one.id == wanted) return &one;
    if (one.name == wanted) named.push_back(&one);
    known += (known.empty() ? "" : ", ") + (one.name.empty() ? one.id : one.name);
  }
  if (named.size() == 1) return named.front();
  std::string ids;
  for (const Schedule* one : named) ids += (ids.empty() ? "" : ", ") + one->id + " (" + one->type + ")";
  if (named.empty())
    return fail(ErrorKind::invalid_input, "", "there is no schedule \"" + wanted + "\"; known: " + known);
  return fail(ErrorKind::invalid_input, "", "several are called \"" + wanted + "\": " + ids);
}

Json tree_of(const Schedule& schedule) {
  JsonWriter json;
  write_json(json, schedule);
  return parse_json(json.take()).value_or(Json());
}

// `changes` over `base`; members that a schedule does not have are refused.
Result<Schedule> merged(const Schedule& base, const std::string& changes) {
  const auto json = parse_json(changes);
  if (!json || !json->is_object()) return usage("--body is no JSON object");
  constexpr std::string_view known[] = {"name",      "type",  "selected",         "standard",
                                        "timetable", "zones", "away_temperature", "frost_temperature"};
  Json whole = tree_of(base);
  for (const auto& [name, value] : json->items()) {
    if (name == "id" || name == "raw") continue;  // as they were printed
    if (std::ranges::find(known, name) == std::end(known))
      return fail(ErrorKind::invalid_input, "", "--body: a schedule has no \"" + name + "\"", name);
    whole[name] = value;
  }
  const std::string text = dump_json(whole);
  const auto read = JsonText::parse(text);
  if (!read) return std::unexpected(read.error());
  return schedule_from_json(read->root());
}

Result<Call> change_call(const Plant& plant, const Schedule& schedule, const std::vector<std::string>& words,
                         const std::string& body) {
  const std::string& action = words[0];
  if (action == "switch") return netatmo::switch_schedule(plant, schedule);
  if (action == "end") return netatmo::end_schedule(plant, schedule);
  if (action == "delete") return netatmo::delete_schedule(plant, schedule);
  if (action == "rename") {
    if (words.size() != 3) return usage("expected: schedule HOME rename SCHEDULE NAME");
    return netatmo::rename_schedule(plant, schedule, words[2]);
  }
  if (action == "edit") {
    const auto edited = merged(schedule, body);
    if (!edited) return std::unexpected(edited.error());
    return netatmo::sync_schedule(plant, *edited);
  }
  return usage("\"" + action + "\" is nothing to do with a schedule");
}

}  // namespace

Result<Json> schedules_json(const Plant& plant) {
  if (of(plant, "hc"))
    return fail(ErrorKind::unsupported, "",
                "Home + Control has no schedules; they are kept by the vendor's app");
  Json out = {{"home", plant.id.text}, {"schedules", Json::array()}, {"thermostats", Json::array()}};
  for (const Schedule& one : plant.schedules) out["schedules"].push_back(tree_of(one));
  if (of(plant, "smarther"))
    for (const Module& module : plant.modules)
      if (const Capability* capability = module.capability(Aspect::program))
        out["thermostats"].push_back(programs_json(module, *capability));
  return out;
}

Result<Json> scenes_json(const Plant& plant) {
  if (of(plant, "smarther")) return fail(ErrorKind::unsupported, "", "Smarther has no scenes");
  Json out = {{"home", plant.id.text}, {"scenes", Json::array()}};
  for (const Module& module : plant.modules) {
    if (module.kind != Kind::scene) continue;
    Json scene = {{"id", module.id.text}, {"name", module.name}};
    if (!module.gateway.empty()) scene["gateway"] = module.gateway.text;
    out["scenes"].push_back(std::move(scene));
  }
  return out;
}

Result<Call> schedule_call(const Plant& plant, const std::vector<std::string>& words,
                           const std::string& body) {
  if (of(plant, "smarther"))
    return fail(ErrorKind::unsupported, "",
                "programmes of a Smarther are edited in the vendor's app only; choose one with: set HOME "
                "MODULE program=N");
  if (!of(plant, "netatmo"))
    return fail(ErrorKind::unsupported, "", "this cloud has no schedules; they are kept by the vendor's app");
  if (words.empty()) return usage("expected: schedule HOME switch|end|rename|delete|edit|create …");
  if (words[0] == "create") {
    const auto schedule = merged(Schedule{.type = "therm"}, body);
    if (!schedule) return std::unexpected(schedule.error());
    return netatmo::create_schedule(plant, *schedule);
  }
  if (words.size() < 2) return usage("which SCHEDULE? Its id or name is expected");
  const auto schedule = choose_schedule(plant, words[1]);
  if (!schedule) return std::unexpected(schedule.error());
  return change_call(plant, **schedule, words, body);
}

Result<std::string> schedule_done_json(const Plant& plant, const std::vector<std::string>& words,
                                       std::string_view answer) {
  Json out = {{"home", plant.id.text}, {"action", words[0]}};
  if (words[0] == "create") {
    const auto id = netatmo::read_created(answer);
    if (!id) return std::unexpected(id.error());
    out["schedule"] = *id;
  } else {
    const auto schedule = choose_schedule(plant, words[1]);
    out["schedule"] = schedule ? (*schedule)->id : words[1];
  }
  return dump_json(out);
}

}  // namespace foyer::headless
