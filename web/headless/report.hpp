// What the client writes: compact JSON texts, one per report. No secret is in any of them; times are ISO 8601
// in UTC.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app/state/state.hpp"
#include "core/base/json.hpp"
#include "web/headless/client.hpp"

namespace foyer::headless {

// A cloud without an answer beside others that have one.
struct Trouble {
  std::string account{};
  Error error{};
  std::optional<CallFailure> failure{};  // when a call was the reason
};

// --- errors (report_errors.cpp), docs/error.schema.json ---

// What is a button in the page is a command here.
std::string without_button(std::string words);
// What a person at a terminal can do about it.
std::string remedy_text(policy::Condition condition);

// {"kind","code","message","field","remedy","next"}: `remedy` is what a person can do, `next` the command
// that does it.
Json error_object(const Error& error);
// The same with what the service said: status, condition, server, again_at. `remedy` stands in place of the
// table's.
Json error_object(const CallFailure& failure, std::string_view remedy = {});
std::string error_json(const Error& error);
std::string failure_json(const CallFailure& failure, std::string_view remedy = {});
Outcome refusal(const Error& error);
// Adds "incomplete" to an object: which clouds are missing from it, and why. Nothing without troubles.
void put_troubles(Json& out, const std::vector<Trouble>& troubles);

// --- accounts (report_accounts.cpp) ---

// {"accounts":[…]} with what may be shown of each session; `only` is an account id or empty.
std::string sessions_json(const State& state, const std::string& only, Instant now);
// "The sign-in of … ends in 8 days": from day 80 of 90 on (T8).
std::optional<std::string> ending_text(const AccountState& account, Instant now);
// {"accounts":[{"id","limit","used","left","window_end","blocked_until","halted","again_at",…}]}
std::string quota_json(const State& state, const std::string& only, Instant now);
// One account of `retry`: `asked` when there was something to lift and a call was spent on it.
struct Retried {
  std::string account{};
  bool asked = false;
  std::optional<CallFailure> failure{};
};
Outcome retried_outcome(const std::vector<Retried>& all);

// --- homes and answers (report.cpp) ---

Json homes_json(const State& state, const std::string& only, Instant now);
// docs/home.schema.json, with the age of what is kept.
std::string home_json(const Plant& plant, Instant now);
// Adds "topology_at" and "age_seconds" to what is told of a home.
void put_age(Json& out, const Plant& plant, Instant now);
// `why` is the failed call, when there was one.
std::string command_json(const Module& module, const CommandState& state, const CallFailure* why);
// {"status","body"}: the body as JSON when it is JSON.
std::string answer_json(const Answer& answer);
// The same with "decoded", or with "not_decoded" and why.
std::string answer_json(const Answer& answer, const Result<Json>& decoded);
std::string authorize_json(const std::string& url);
// {"event":"call",…}
std::string journal_json(const std::string& account, const JournalEntry& entry);

// {"checks":[…]}; exit code of the first that failed.
Outcome checks_outcome(const std::vector<Finding>& findings);

}  // namespace foyer::headless
