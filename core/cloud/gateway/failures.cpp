#include "core/cloud/gateway/failures.hpp"

#include <utility>

#include "core/policy/breaker.hpp"
#include "core/policy/messages.hpp"

namespace foyer {
namespace {

using policy::Condition;

const policy::Message& words_of(const policy::Failure& failure) {
  // What a home lists is told by who reads its list again (core/app/reading).
  return failure.condition == Condition::not_found ? policy::message(policy::Notice::nothing_there)
                                                   : policy::message(failure.condition);
}

}  // namespace

ErrorKind kind_of(Condition condition) {
  switch (condition) {
    case Condition::offline:
      return ErrorKind::offline;
    case Condition::opaque:
    case Condition::captive_portal:
    case Condition::certificate:
      return ErrorKind::transport;
    case Condition::no_answer_in_time:
    case Condition::request_timeout:
      return ErrorKind::timeout;
    case Condition::malformed_answer:
      return ErrorKind::malformed;
    case Condition::token_expired:
      return ErrorKind::signed_out;
    case Condition::quota_exceeded:
    case Condition::rate_limited:
      return ErrorKind::parked;
    case Condition::wrong_parameters:
      return ErrorKind::invalid_input;
    case Condition::redirected:
      return ErrorKind::protocol;
    default:
      return ErrorKind::refused;
  }
}

bool may_have_acted(Condition condition) {
  if (condition == Condition::certificate) return false;  // it was looked at before anything was sent
  return condition == Condition::request_timeout || policy::blames_host(condition);
}

CallFailure failure_of(policy::Failure failure, ErrorKind kind) {
  std::string text =
      policy::fill(words_of(failure).what, {.detail = failure.server_message, .status = failure.status});
  CallFailure out{.failure = std::move(failure), .error = {kind, {}, std::move(text)}};
  out.error.code = policy::rule_id(out.failure.condition);
  out.key = words_of(out.failure).key;
  return out;
}

CallFailure no_token(const Error& error) {
  CallFailure out{.failure = {.condition = policy::condition_of_session(error)}, .error = error};
  const policy::Message& words = policy::message(out.failure.condition);
  if (out.failure.condition == Condition::misconfigured) out.failure.server_message = error.message;
  if (!out.failure.ok() && error.kind != ErrorKind::signed_out && error.kind != ErrorKind::config) {
    out.error.message = policy::fill(words.what, {});
    out.key = words.key;
  }
  return out;
}

}  // namespace foyer
