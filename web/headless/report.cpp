#include "web/headless/report.hpp"

#include <algorithm>

#include "core/base/json.hpp"
#include "core/base/time.hpp"

namespace foyer::headless {
namespace {

Json time_json(const std::optional<Instant>& at) { return at ? Json(to_iso8601(*at)) : Json(nullptr); }

Json error_object(const Error& error) {
  Json out = {{"kind", to_string(error.kind)}, {"message", error.message}};
  if (!error.code.empty()) out["code"] = error.code;
  if (!error.field.empty()) out["field"] = error.field;
  return out;
}

std::string_view word(oauth::Status status) {
  switch (status) {
    case oauth::Status::signed_in:
      return "signed_in";
    case oauth::Status::signed_out:
      return "signed_out";
    case oauth::Status::unknown:
      return "unknown";
  }
  return "";
}

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

}  // namespace

std::string error_json(const Error& error) { return dump_json({{"error", error_object(error)}}); }

std::string failure_json(const CallFailure& failure) {
  Json error = error_object(failure.error);
  if (failure.failure.status != 0) error["status"] = failure.failure.status;
  if (!failure.failure.ok()) error["condition"] = policy::rule_id(failure.failure.condition);
  if (!failure.failure.server_message.empty()) error["server"] = failure.failure.server_message;
  if (failure.ambiguous) error["ambiguous"] = true;
  if (failure.again_at) error["again_at"] = time_json(failure.again_at);
  return dump_json({{"error", error}});
}

Outcome refusal(const Error& error) { return {error_json(error), exit_code(error.kind)}; }

std::string sessions_json(const State& state, const std::string& only) {
  Json list = Json::array();
  for (const AccountState& account : state.accounts) {
    if (!only.empty() && account.id != only) continue;
    const oauth::SessionInfo& info = account.session;
    Json one = {{"id", account.id}, {"name", account.name}, {"status", word(info.status)}};
    if (info.status == oauth::Status::signed_in) {
      one["subject"] = info.subject;
      one["person"] = info.name;
      one["scopes"] = info.scopes;
      one["missing_scopes"] = info.missing_scopes;
      one["access_expires"] = time_json(info.access_expires);
      one["refresh_expires"] = time_json(info.refresh_expires);
      one["refreshed_at"] = time_json(info.refreshed_at);
    } else {
      one["because"] = to_string(info.because);
    }
    one["storage_degraded"] = info.storage_degraded;
    list.push_back(std::move(one));
  }
  return dump_json({{"accounts", list}});
}

std::string homes_json(const State& state, const std::string& only) {
  Json list = Json::array();
  for (const Plant& plant : state.plants) {
    const auto owner = state.plant_account.find(plant.id);
    const std::string account = owner == state.plant_account.end() ? std::string() : owner->second;
    if (!only.empty() && account != only) continue;
    list.push_back({{"id", plant.id.text},
                    {"name", plant.name},
                    {"country", plant.country},
                    {"account", account},
                    {"ambients", plant.ambients.size()},
                    {"modules", plant.modules.size()},
                    {"complaints", plant.complaints}});
  }
  return dump_json({{"homes", list}});
}

std::string quota_json(const State& state, const std::string& only) {
  Json list = Json::array();
  for (const AccountState& account : state.accounts) {
    if (!only.empty() && account.id != only) continue;
    const policy::Ledger& ledger = account.ledger;
    list.push_back({{"id", account.id},
                    {"limit", ledger.limit},
                    {"used", ledger.used},
                    {"left", std::max(0, ledger.limit - ledger.used)},
                    {"window_end", time_json(ledger.window_end)},
                    {"blocked_until", time_json(ledger.blocked_until)},
                    {"last_server_text", ledger.last_server_text}});
  }
  return dump_json({{"accounts", list}});
}

std::string command_json(const Module& module, const CommandState& state) {
  Json out = {{"module", module.id.text},
              {"name", module.name},
              {"command", to_text(state.command)},
              {"picture", word(state.picture)}};
  if (!state.text.empty()) out["text"] = state.text;
  if (state.condition != policy::Condition::ok) out["condition"] = policy::rule_id(state.condition);
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
