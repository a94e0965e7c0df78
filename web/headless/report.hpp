// What the client writes: compact JSON texts, one per report. No secret is in any of them.
#pragma once

#include <string>
#include <vector>

#include "core/app/state.hpp"
#include "core/base/json.hpp"
#include "web/headless/client.hpp"

namespace foyer::headless {

// {"error":{"kind","code","message","field"}}
std::string error_json(const Error& error);
// The same with what the service said: status, condition, server.
std::string failure_json(const CallFailure& failure);
Outcome refusal(const Error& error);

// {"accounts":[…]} with what may be shown of each session; `only` is an account id or empty.
std::string sessions_json(const State& state, const std::string& only);
std::string homes_json(const State& state, const std::string& only);
// {"accounts":[{"id","limit","used","left","window_end","blocked_until"}]}
std::string quota_json(const State& state, const std::string& only);
std::string command_json(const Module& module, const CommandState& state);
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
