// What may be shown of the accounts: sessions, calls of the day, and what halts them.
#include <algorithm>

#include "core/app/state/words.hpp"
#include "core/base/time.hpp"
#include "core/policy/messages.hpp"
#include "web/headless/report.hpp"

namespace foyer::headless {
namespace {

Json time_json(const std::optional<Instant>& at) { return at ? Json(to_iso8601(*at)) : Json(nullptr); }

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

// Why nothing is sent at the moment, in the words of the table.
void put_halt(Json& out, const policy::Ledger& ledger, Instant now) {
  const bool halted = ledger.halt != policy::Condition::ok;
  const bool blocked = policy::parked(ledger, now);
  const bool gated = ledger.gate_until > now;
  const policy::Condition why = halted    ? ledger.halt
                                : blocked ? policy::Condition::quota_exceeded
                                : gated   ? policy::Condition::rate_limited
                                          : policy::Condition::ok;
  out["halted"] = halted ? Json(policy::rule_id(ledger.halt)) : Json(nullptr);
  out["again_at"] = time_json(policy::closed_until(ledger, now));
  if (why == policy::Condition::ok) return;
  const policy::Message words = policy::message(why);
  out["condition"] = policy::rule_id(why);
  out["message"] = policy::fill(words.what, {});
  out["remedy"] = remedy_text(why);
  if (halted) out["next"] = "retry";
}

}  // namespace

std::optional<std::string> ending_text(const AccountState& account, Instant now) {
  const oauth::SessionInfo& info = account.session;
  if (info.status != oauth::Status::signed_in || !info.warn_from || now < *info.warn_from)
    return std::nullopt;
  const Millis left = info.refresh_expires ? std::max(*info.refresh_expires - now, Millis(0)) : Millis(0);
  const policy::Message words = policy::message(policy::Notice::session_ending);
  return account.name + ": " + policy::fill(words.what, {.wait = wait_text(left)}) + " " +
         policy::fill(words.remedy, {}) + " (foyer sign-in --account " + account.id + ")";
}

std::string sessions_json(const State& state, const std::string& only, Instant now) {
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
      if (const auto ending = ending_text(account, now)) one["warning"] = *ending;
    } else {
      one["because"] = to_string(info.because);
    }
    one["storage_degraded"] = info.storage_degraded;
    list.push_back(std::move(one));
  }
  return dump_json({{"accounts", list}});
}

std::string quota_json(const State& state, const std::string& only, Instant now) {
  Json list = Json::array();
  for (const AccountState& account : state.accounts) {
    if (!only.empty() && account.id != only) continue;
    const policy::Ledger& ledger = account.ledger;
    Json one = {{"id", account.id},
                {"limit", ledger.limit},
                {"used", ledger.used},
                {"left", std::max(0, ledger.limit - ledger.used)},
                {"window_end", ledger.window_end == Instant{} ? Json(nullptr) : time_json(ledger.window_end)},
                {"blocked_until", time_json(ledger.blocked_until)},
                {"last_server_text", ledger.last_server_text}};
    put_halt(one, ledger, now);
    list.push_back(std::move(one));
  }
  return dump_json({{"accounts", list}});
}

Outcome retried_outcome(const std::vector<Retried>& all) {
  Json list = Json::array();
  int exit = 0;
  for (const Retried& one : all) {
    Json said = {{"id", one.account}, {"asked", one.asked}, {"works", !one.failure}};
    if (one.failure) {
      said["error"] = error_object(*one.failure);
      if (exit == 0) exit = exit_code(one.failure->error.kind);
    }
    list.push_back(std::move(said));
  }
  return {dump_json({{"accounts", list}}), exit};
}

}  // namespace foyer::headless
