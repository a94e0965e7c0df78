#include <algorithm>
#include <iterator>

#include "core/base/result.hpp"
#include "core/policy/messages.hpp"
#include "core/policy/table.hpp"

namespace foyer::policy {
namespace {

using enum Move;
constexpr Millis no_wait{0};

constexpr Rule once{give_up, 1, no_wait};
// Class T: T5 and X7, T6, X8.
constexpr Rule renew_later{later, 3, Seconds(2)};
constexpr Rule lost_reply{again_once, 2, Seconds(1)};
constexpr Rule unclear{again_once, 2, Seconds(5)};
constexpr Rule end_session{sign_in, 1, no_wait};

using Rules = std::array<Rule, 4>;
constexpr Rules all_classes(Rule rule, Rule token = renew_later) { return {rule, rule, rule, token}; }
constexpr Rules surface = all_classes(once);
// E2, E15, E16 and E21 treat the classes alike: reads back off, writes are ambiguous.
constexpr Rules ambiguous(Rule token) {
  return {{{back_off, 3, no_wait}, {read_back, 2, no_wait}, {read_back, 1, no_wait}, token}};
}
constexpr Rules at_sign_in(Rule token) { return all_classes(once, token); }

constexpr Row rows[] = {
    {Condition::ok, "", "answered", all_classes({done, 1, no_wait}, {done, 1, no_wait})},
    // A command is refused while offline and never replayed later; a read waits for the refresher.
    {Condition::offline, "E1", "known to be offline", surface},
    {Condition::opaque, "E2", "no readable answer", ambiguous(lost_reply)},
    {Condition::bad_request, "E3", "400", all_classes(once, unclear)},
    {Condition::token_expired, "E4", "401, or 400 with an expired token", all_classes({refresh, 2, no_wait})},
    {Condition::not_allowed_here, "E4", "401 with a fresh token", surface},
    {Condition::scope_missing, "E4", "insufficient_scope", all_classes(once, end_session)},
    {Condition::key_refused, "E5", "401, subscription key", all_classes({switch_key, 2, no_wait})},
    {Condition::quota_exceeded, "E6", "403, quota of an hour or a day", all_classes({park, 1, Hours(1)})},
    {Condition::forbidden, "E7", "403", all_classes(once, unclear)},
    {Condition::gateway_offline, "E8", "404, gateway or listed device",
     all_classes({mark_offline, 1, no_wait})},
    {Condition::not_found, "E9", "404", surface},
    {Condition::not_acceptable, "E10", "406", surface},
    {Condition::request_timeout,
     "E11",
     "408",
     {{{Move::wait, 3, Seconds(2)}, {Move::wait, 2, Seconds(3)}, {read_back, 1, no_wait}, renew_later}}},
    {Condition::wrong_parameters, "E12", "430", surface},
    {Condition::rate_limited,
     "E13",
     "429, Netatmo's code 26, or rate-limit text",
     {{{wait_gate, 2, Seconds(10)},
       {wait_short, 2, Seconds(10)},
       {wait_short, 2, Seconds(10)},
       renew_later}}},
    // "Exists already" is what an absolute write wanted; a momentary one did not happen.
    {Condition::conflict, "E14", "409", {{once, {done, 1, no_wait}, once, renew_later}}},
    {Condition::no_answer_in_time, "E15", "no answer in time", ambiguous(lost_reply)},
    {Condition::malformed_answer, "E15", "truncated, not JSON, wrong shape", ambiguous(lost_reply)},
    {Condition::captive_portal, "E15", "a web page instead of an answer", ambiguous(lost_reply)},
    {Condition::server_error, "E16", "500 and other 5xx", ambiguous(renew_later)},
    {Condition::password_expired, "E17", "469", all_classes({halt, 1, no_wait})},
    {Condition::terms_expired, "E18", "470", all_classes({halt, 1, no_wait})},
    {Condition::refused, "E19", "other 4xx", surface},
    {Condition::busy_device,
     "E20",
     "486",
     {{once, {wait_busy, 3, Seconds(10)}, {wait_busy, 3, Seconds(10)}, renew_later}}},
    {Condition::gateway_trouble, "E21", "502, 503, 504", ambiguous(renew_later)},
    {Condition::redirected, "E22", "3xx", surface},
    {Condition::code_lost, "X1", "the sign-in was not answered", at_sign_in(end_session)},
    {Condition::code_refused, "X2", "code refused (invalid_grant)", at_sign_in(end_session)},
    {Condition::sign_in_over, "X3", "renewal refused (invalid_grant)", at_sign_in(end_session)},
    {Condition::scopes_changed, "X4", "invalid_scope", at_sign_in(end_session)},
    {Condition::client_refused, "X5", "invalid_client, 401", at_sign_in(renew_later)},
    {Condition::client_unknown, "X6", "invalid_request, unauthorized_client, unsupported_grant_type",
     at_sign_in(renew_later)},
    {Condition::renewal_delayed, "X7", "429, 5xx, timeout, no readable answer", at_sign_in(renew_later)},
    {Condition::refused_unclear, "X8", "4xx without a readable error", at_sign_in(unclear)},
    {Condition::declined, "X9", "access_denied", at_sign_in(end_session)},
    {Condition::sign_in_wanted, "X10", "login_required, consent_required, interaction_required",
     at_sign_in(end_session)},
    {Condition::provider_trouble, "X11", "server_error, temporarily_unavailable", at_sign_in(end_session)},
    {Condition::local_storage, "L1", "the storage of this device refuses", all_classes(once)},
    {Condition::renewed_elsewhere, "L2", "another window or program renews the sign-in", all_classes(once)},
    {Condition::misconfigured, "L3", "the configuration can't be used", surface},
    {Condition::certificate, "L4", "the service's certificate is not accepted", surface},
};
static_assert(std::size(rows) == conditions);

// Never automatically repeated: what was superseded, what is over its attempts or its deadline (N1).
bool in_time(const Attempt& attempt, Millis wait, Millis deadline) {
  return attempt.newest && attempt.elapsed + wait <= deadline;
}
bool may_repeat(const Rule& rule, const Attempt& attempt, Millis wait, Millis deadline) {
  return attempt.number < rule.max && attempt.may_retry && in_time(attempt, wait, deadline);
}

Decision wait_or_tell(const Rule& rule, const Attempt& attempt, Decision retry, Millis announced,
                      Millis deadline) {
  if (may_repeat(rule, attempt, retry.delay + retry.spread, deadline)) return retry;
  return {.action = Action::give_up, .delay = announced};
}

// N1: doubling from 1 s, at most 20 s. A wait the service named is added to, never cut.
Decision backing_off(const Failure& failure, const Attempt& attempt) {
  const int doublings = std::clamp(attempt.number - 1, 0, 5);
  const Millis bound = std::min<Millis>(Seconds(20), Seconds(1LL << doublings));
  if (failure.wait) return {.action = Action::wait_and_retry, .delay = *failure.wait, .spread = bound};
  return {.action = Action::wait_and_retry, .delay = bound, .jitter = true};
}

Decision choose(const Failure& failure, const Attempt& attempt, CommandClass operation) {
  const Rule& rule = row(failure.condition).rule(operation);
  const Millis named = failure.wait.value_or(no_wait);
  switch (rule.move) {
    case done:
      return {};
    case give_up:
      return {.action = Action::give_up, .delay = named};
    case back_off:
      return wait_or_tell(rule, attempt, backing_off(failure, attempt), named, attempt.deadline);
    case Move::wait: {
      const Millis delay = std::max(rule.wait * attempt.number, named);
      if (may_repeat(rule, attempt, delay, attempt.deadline))
        return {.action = Action::wait_and_retry, .delay = delay};
      // 408 on a write is ambiguous: look before anything is said.
      if (operation == CommandClass::read) return {.action = Action::give_up, .delay = named};
      return {.action = Action::read_back};
    }
    case wait_busy:
      return wait_or_tell(
          rule, attempt,
          {.action = Action::wait_and_retry, .delay = std::max(rule.wait, named), .spread = Seconds(2)},
          std::max(rule.wait, named), Seconds(40));
    case wait_gate:
    case wait_short: {
      const Millis delay = std::max(rule.wait, named);
      if (rule.move == wait_short && named > rule.wait) return {.action = Action::give_up, .delay = delay};
      // A write that was told to come back sooner does so (E13: resend after N).
      const Millis own = rule.move == wait_short && failure.wait ? named : delay;
      return wait_or_tell(rule, attempt, {.action = Action::wait_and_retry, .delay = own}, delay,
                          attempt.deadline);
    }
    case read_back:
      return {.action = Action::read_back,
              .delay = named,
              .resend = may_repeat(rule, attempt, named, attempt.deadline)};
    case refresh:
      // Counted by `refreshed` and not by number: another key may have been tried before.
      if (attempt.refreshed || !in_time(attempt, no_wait, attempt.deadline))
        return {.action = Action::give_up};
      return {.action = Action::refresh_and_replay};
    case switch_key:
      if (attempt.key_switched) return {.action = Action::halt_account};
      if (!in_time(attempt, no_wait, attempt.deadline)) return {.action = Action::give_up};
      return {.action = Action::other_key};
    case park:
      return {
          .action = Action::park_account, .delay = failure.wait.value_or(rule.wait), .spread = Seconds(60)};
    case halt:
      return {.action = Action::halt_account};
    case mark_offline:
      return {.action = Action::mark_offline};
    case again_once:
      return wait_or_tell(rule, attempt, {.action = Action::wait_and_retry, .delay = rule.wait}, named,
                          attempt.deadline);
    case later:
      return {.action = Action::give_up, .delay = std::max(rule.wait, named)};
    case sign_in:
      return {.action = Action::give_up};
  }
  return {.action = Action::give_up};
}

// What is said about it; the table's "–" is an empty key.
std::string_view said(const Failure& failure, const Decision& decision, CommandClass operation) {
  const bool momentary = operation == CommandClass::momentary_write;
  switch (decision.action) {
    case Action::done:
    case Action::refresh_and_replay:
    case Action::other_key:
      return {};
    case Action::read_back:
      return message(momentary ? Notice::not_sure : Notice::checking).key;
    default:
      break;
  }
  if (failure.condition == Condition::offline && momentary) return message(Notice::not_sent_offline).key;
  return message(failure.condition).key;
}

}  // namespace

std::span<const Row> table() { return rows; }
const Row& row(Condition condition) { return rows[static_cast<std::size_t>(condition)]; }
std::string_view rule_id(Condition condition) { return row(condition).id; }

Condition condition_of_sign_in(std::string_view rule) {
  if (!rule.starts_with('X')) return Condition::ok;
  const auto at = std::ranges::find(rows, rule_of(rule), &Row::id);
  return at == std::end(rows) ? Condition::ok : at->condition;
}

Condition condition_of_session(const Error& error) {
  const Condition named = condition_of_sign_in(error.code);
  if (named != Condition::ok) return named;
  const std::string_view rule = rule_of(error.code);
  if (error.kind == ErrorKind::storage || rule == "S2" || rule == "S3") return Condition::local_storage;
  if (rule == "T1") return Condition::renewed_elsewhere;
  if (rule == "L4") return Condition::certificate;
  switch (error.kind) {
    case ErrorKind::signed_out:
      return Condition::token_expired;
    case ErrorKind::offline:
      return Condition::offline;
    case ErrorKind::transport:
      return Condition::opaque;
    case ErrorKind::timeout:
      return Condition::no_answer_in_time;
    case ErrorKind::config:
    case ErrorKind::unsupported:
      return Condition::misconfigured;
    case ErrorKind::cancelled:
      return Condition::ok;
    default:  // an answer that could not be used; the tokens stay
      return Condition::renewal_delayed;
  }
}

Decision decide(const Failure& failure, const Attempt& attempt, CommandClass operation) {
  Decision decision = choose(failure, attempt, operation);
  decision.key = said(failure, decision, operation);
  return decision;
}

Millis drawn_delay(const Decision& decision, double uniform) {
  const auto part = [uniform](Millis whole) {
    return Millis(
        static_cast<Millis::rep>(static_cast<double>(whole.count()) * std::clamp(uniform, 0.0, 1.0)));
  };
  return (decision.jitter ? part(decision.delay) : decision.delay) + part(decision.spread);
}

}  // namespace foyer::policy
