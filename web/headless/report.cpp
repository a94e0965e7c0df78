#include "web/headless/report.hpp"

#include <algorithm>

#include "core/app/state/words.hpp"
#include "core/base/json.hpp"
#include "core/base/time.hpp"
#include "core/model/home_json.hpp"

namespace foyer::headless {
namespace {

std::string_view word(CommandState::Picture picture) {
  switch (picture) {
    case CommandState::Picture::sent:
      return "sent";
    case CommandState::Picture::confirmed:
      return "confirmed";
    case CommandState::Picture::not_confirmed:
      return "not_confirmed";
    case CommandState::Picture::failed:
      return "failed";
  }
  return "";
}

std::string_view word(policy::Action action) {
  switch (action) {
    case policy::Action::done:
      return "done";
    case policy::Action::refresh_and_replay:
      return "refresh_and_replay";
    case policy::Action::other_key:
      return "other_key";
    case policy::Action::wait_and_retry:
      return "wait_and_retry";
    case policy::Action::read_back:
      return "read_back";
    case policy::Action::park_account:
      return "park_account";
    case policy::Action::halt_account:
      return "halt_account";
    case policy::Action::mark_offline:
      return "mark_offline";
    case policy::Action::give_up:
      return "give_up";
  }
  return "";
}

// Members of a home that are times. Kept in milliseconds, told like every other time.
constexpr std::string_view times[] = {"received",      "measured",          "topology_at", "status_at",
                                      "offline_since", "unreachable_since", "mode_until"};

void tell_times(Json& json) {
  if (json.is_object())
    for (auto& [name, member] : json.items())
      if (member.is_number_integer() && std::ranges::find(times, name) != std::end(times))
        member = to_iso8601(instant_from_ms(member.get<std::int64_t>()));
      else
        tell_times(member);
  else if (json.is_array())
    for (Json& one : json) tell_times(one);
}

}  // namespace

void put_age(Json& out, const Plant& plant, Instant now) {
  if (!plant.topology_at) return;
  out["topology_at"] = to_iso8601(*plant.topology_at);
  out["age_seconds"] =
      std::max<std::int64_t>(0, std::chrono::floor<Seconds>(now - *plant.topology_at).count());
}

std::string home_json(const Plant& plant, Instant now) {
  auto json = parse_json(to_json(plant), std::size_t{64} << 20);
  if (!json) return error_json(json.error());
  tell_times(*json);
  put_age(*json, plant, now);
  return dump_json(*json);
}

Json homes_json(const State& state, const std::string& only, Instant now) {
  Json list = Json::array();
  for (const Plant& plant : state.plants) {
    const auto owner = state.plant_account.find(plant.id);
    const std::string account = owner == state.plant_account.end() ? std::string() : owner->second;
    if (!only.empty() && account != only) continue;
    Json one = {{"id", plant.id.text},
                {"name", plant.name},
                {"country", plant.country},
                {"account", account},
                {"complaints", plant.complaints}};
    if (plant.topology_at) {  // of many homes some are read when somebody looks at them
      one["ambients"] = plant.ambients.size();
      one["modules"] = plant.modules.size();
    }
    put_age(one, plant, now);
    list.push_back(std::move(one));
  }
  Json out = {{"homes", list}};
  for (const AccountState& account : state.accounts) {
    const bool asked = account.loaded && (only.empty() || account.id == only);
    const bool empty =
        std::ranges::none_of(state.plant_account, [&](const auto& one) { return one.second == account.id; });
    if (asked && empty)
      out["hints"].push_back({{"account", account.id}, {"text", no_homes_text(account.providers)}});
  }
  return out;
}

std::string command_json(const Module& module, const CommandState& state, const CallFailure* why) {
  Json out = {{"module", module.id.text},
              {"name", module.name},
              {"command", to_text(state.command)},
              {"picture", word(state.picture)}};
  if (!state.text.empty()) out["text"] = without_button(state.text);
  if (state.condition != policy::Condition::ok) out["condition"] = policy::rule_id(state.condition);
  if (state.picture == CommandState::Picture::failed && why && why->failure.condition == state.condition)
    out["error"] = error_object(*why);
  return dump_json(out);
}

namespace {

Json answer_object(const Answer& answer) {
  const auto body = parse_json(answer.body, 16U << 20, Duplicates::last_wins);
  return {{"status", answer.status}, {"body", body ? *body : Json(answer.body)}};
}

}  // namespace

std::string answer_json(const Answer& answer) { return dump_json(answer_object(answer)); }

std::string answer_json(const Answer& answer, const Result<Json>& decoded) {
  Json out = answer_object(answer);
  if (decoded) {
    out["decoded"] = *decoded;
  } else {
    out["not_decoded"] = error_object(decoded.error());
  }
  return dump_json(out);
}

std::string authorize_json(const std::string& url) { return dump_json({{"authorize", url}}); }

std::string journal_json(const std::string& account, const JournalEntry& entry) {
  return dump_json({{"event", "call"},
                    {"account", account},
                    {"number", entry.number},
                    {"at", to_iso8601(entry.at)},
                    {"method", entry.method},
                    {"path", entry.path_template},
                    {"status", entry.status},
                    {"ms", entry.duration.count()},
                    {"condition", policy::rule_id(entry.condition)},
                    {"action", word(entry.action)},
                    {"attempt", entry.attempt}});
}

Outcome checks_outcome(const std::vector<Finding>& findings) {
  Json list = Json::array();
  int exit = 0;
  for (const Finding& found : findings) {
    Json one = {{"cloud", found.cloud},           {"name", found.part},
                {"ok", !found.error.has_value()}, {"what", found.what},
                {"remedy", found.remedy},         {"looked", found.state != Finding::State::unknown}};
    if (found.error) {
      one["error"] = error_object(*found.error);
      if (exit == 0) exit = exit_code(found.error->kind);
    } else {
      one["detail"] = found.detail.empty() ? found.what : found.detail;
    }
    list.push_back(std::move(one));
  }
  return {dump_json({{"checks", list}}), exit};
}

}  // namespace foyer::headless
