// Errors as a script and a person at a terminal need them: what it is, what helps, which command does it,
// when it may work again.
#include "core/app/state/words.hpp"
#include "core/base/time.hpp"
#include "core/policy/messages.hpp"
#include "web/headless/report.hpp"

namespace foyer::headless {
namespace {

using policy::Condition;

// Several conditions of the table may share a rule; the first one's words are the rule's.
std::optional<Condition> condition_of(std::string_view code) {
  if (code.empty()) return std::nullopt;
  const Condition of_sign_in = policy::condition_of_sign_in(code);
  if (of_sign_in != Condition::ok) return of_sign_in;
  for (std::size_t i = 1; i < policy::conditions; ++i)
    if (policy::rule_id(static_cast<Condition>(i)) == rule_of(code)) return static_cast<Condition>(i);
  return std::nullopt;
}

std::string_view next_of(const Error& error, Condition condition) {
  if (rule_of(error.code) == "K3") return "sign-in --ignore-clock";
  switch (condition) {
    case Condition::key_refused:
    case Condition::password_expired:
    case Condition::terms_expired:
      return "retry";
    default:
      break;
  }
  if (error.code == "N4") return "retry";
  return error.kind == ErrorKind::signed_out ? "sign-in" : "";
}

Json object_of(const Error& error, Condition condition, std::string_view remedy) {
  Json out = {{"kind", to_string(error.kind)}, {"message", error.message}};
  if (!error.code.empty()) out["code"] = error.code;
  if (!error.field.empty()) out["field"] = error.field;
  if (!remedy.empty()) out["remedy"] = without_button(std::string(remedy));
  if (const std::string_view next = next_of(error, condition); !next.empty()) out["next"] = next;
  return out;
}

}  // namespace

std::string without_button(std::string words) {
  const std::string button = phrase(Phrase::press_retry);
  if (const auto at = words.find(button); at != std::string::npos)
    words.replace(at, button.size(), phrase(Phrase::use_retry));
  return words;
}

std::string remedy_text(policy::Condition condition) {
  return without_button(policy::fill(policy::message(condition).remedy, {}));
}

Json error_object(const Error& error) {
  const auto condition = condition_of(error.code);
  const bool ours = error.kind == ErrorKind::config || error.kind == ErrorKind::invalid_input;
  std::string remedy;
  if (condition && !ours) remedy = policy::fill(policy::message(*condition).remedy, {});
  if (remedy.empty() && error.kind == ErrorKind::signed_out)
    remedy = policy::message(policy::Notice::session_expired).remedy;
  return object_of(error, condition.value_or(Condition::ok), remedy);
}

Json error_object(const CallFailure& failure, std::string_view remedy) {
  const Condition condition = failure.failure.condition;
  if (failure.failure.ok() && remedy.empty()) return error_object(failure.error);
  std::string words(remedy);
  if (words.empty()) words = policy::fill(words_of(failure).remedy, {.status = failure.failure.status});
  Json error = object_of(failure.error, condition, words);
  if (failure.failure.status != 0) error["status"] = failure.failure.status;
  if (!failure.failure.ok()) error["condition"] = policy::rule_id(condition);
  if (!failure.failure.server_message.empty()) error["server"] = failure.failure.server_message;
  if (failure.ambiguous) error["ambiguous"] = true;
  if (failure.again_at) error["again_at"] = to_iso8601(*failure.again_at);
  return error;
}

std::string error_json(const Error& error) { return dump_json({{"error", error_object(error)}}); }

std::string failure_json(const CallFailure& failure, std::string_view remedy) {
  return dump_json({{"error", error_object(failure, remedy)}});
}

Outcome refusal(const Error& error) { return {error_json(error), exit_code(error.kind)}; }

void put_troubles(Json& out, const std::vector<Trouble>& troubles) {
  for (const Trouble& one : troubles)
    out["incomplete"].push_back(
        {{"account", one.account},
         {"error", one.failure ? error_object(*one.failure) : error_object(one.error)}});
}

}  // namespace foyer::headless
