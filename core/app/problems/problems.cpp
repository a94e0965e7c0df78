#include "core/app/problems/problems.hpp"

#include <algorithm>
#include <utility>

#include "core/app/session/scopes.hpp"
#include "core/app/state/words.hpp"

namespace foyer {
namespace {

using policy::Condition;
using policy::message;
using policy::Notice;

enum class Extent { one_thing, api, account };

// Whom a condition concerns: one plant or module, one API, or the whole account.
Extent extent_of(Condition condition) {
  switch (condition) {
    case Condition::offline:
    case Condition::token_expired:
    case Condition::scope_missing:
    case Condition::key_refused:
    case Condition::quota_exceeded:
    case Condition::rate_limited:
    case Condition::captive_portal:
    case Condition::password_expired:
    case Condition::terms_expired:
      return Extent::account;
    case Condition::opaque:
    case Condition::no_answer_in_time:
    case Condition::malformed_answer:
    case Condition::server_error:
    case Condition::gateway_trouble:
    case Condition::redirected:
    case Condition::certificate:
      return Extent::api;
    default:
      return condition > Condition::redirected ? Extent::account : Extent::one_thing;
  }
}

// Only a new sign-in helps.
bool asks_for_sign_in(Condition condition) {
  switch (condition) {
    case Condition::token_expired:
    case Condition::scope_missing:
    case Condition::code_lost:
    case Condition::code_refused:
    case Condition::sign_in_over:
    case Condition::scopes_changed:
    case Condition::refused_unclear:
    case Condition::declined:
    case Condition::sign_in_wanted:
    case Condition::provider_trouble:
      return true;
    default:
      return false;
  }
}

Problem worded(const policy::Message& words, const policy::Filling& fill = {}) {
  return {.what = policy::fill(words.what, fill),
          .doing = policy::fill(words.doing, fill),
          .remedy = policy::fill(words.remedy, fill)};
}

using About = ProblemKey::About;

bool is_of(const Problem& one, About about, std::string_view id) {
  return one.key.about == about && one.key.id == id;
}

}  // namespace

std::optional<Notice> session_notice(oauth::SignedOutBecause because) {
  using enum oauth::SignedOutBecause;
  switch (because) {
    case expired:
      return Notice::session_expired;
    case revoked:
      return Notice::session_revoked;
    case scope_changed:
      return Notice::session_scopes;
    case storage_lost:
      return Notice::session_storage;
    case secret_expired:
      return Notice::session_secret;
    case denied:
      return Notice::session_denied;
    case lost_reply:
      return Notice::session_lost;
    case never:
    case by_user:
      break;
  }
  return std::nullopt;
}

const Problem* Problems::find(const ProblemKey& key) const {
  const auto at = std::ranges::find(store_.state.problems, key, &Problem::key);
  return at == store_.state.problems.end() ? nullptr : &*at;
}

void Problems::raise(Problem problem) {
  const auto at = std::ranges::find(store_.state.problems, problem.key, &Problem::key);
  if (at == store_.state.problems.end()) {
    if (problem.since == Instant{}) problem.since = store_.now();
    store_.state.problems.push_back(std::move(problem));
  } else {
    problem.since = at->since;
    *at = std::move(problem);
  }
  store_.changed();
}

void Problems::clear(const ProblemKey& key) {
  if (std::erase_if(store_.state.problems, [&](const Problem& one) { return one.key == key; }) > 0)
    store_.changed();
}

void Problems::clear_all(About about, std::string_view id) {
  const auto gone =
      std::erase_if(store_.state.problems, [&](const Problem& one) { return is_of(one, about, id); });
  if (gone > 0) store_.changed();
}

void Problems::clear_plant(const PlantId& plant) {
  for (const About about : {About::status, About::topology, About::home}) clear({about, plant.text});
  if (const Plant* gone = store_.plant(plant))
    for (const Gateway& gateway : gone->gateways) clear({About::gateway, gateway.id.text});
}

bool Problems::account_failed(const Account& account, std::string_view api, const CallFailure& failure,
                              bool promised) {
  const Condition condition = failure.failure.condition;
  if (extent_of(condition) == Extent::one_thing) return false;
  if (!account.signed_in()) return true;        // look_at_session says it better
  if (failure.error.code == "Q1") return true;  // our own plan of the day: look_at_ledger says it
  const ProblemKey key{About::account, account.id(), std::string(policy::rule_id(condition))};
  std::erase_if(store_.state.problems, [&](const Problem& one) {
    return one.key != key && is_of(one, About::account, account.id());  // one cause at a time
  });
  const Problem* before = find(key);
  policy::Filling fill = filling(store_, failure.failure, failure.again_at,
                                 before ? before->since : store_.now(), account.config.name);
  if (failure.again_at) fill.wait = live_wait;
  if (failure.again_at && promised) fill.again = live_wait;
  Problem problem = worded(words_of(failure), fill);
  const bool waits = condition == Condition::quota_exceeded || condition == Condition::rate_limited;
  cause_[key] = api;
  problem.key = key;
  problem.account = account.id();
  problem.condition = condition;
  problem.details = details(failure);
  problem.again_at = failure.again_at;
  problem.can_retry = !waits && condition != Condition::scope_missing;
  problem.needs_sign_in = asks_for_sign_in(condition);
  raise(std::move(problem));
  return true;
}

void Problems::account_answered(const Account& account, std::string_view api) {
  const auto over = std::erase_if(store_.state.problems, [&](const Problem& one) {
    return is_of(one, About::account, account.id()) &&
           (extent_of(one.condition) == Extent::account || cause_[one.key] == api);
  });
  if (over > 0) store_.changed();
}

void Problems::look_at_session(const Account& account) {
  const oauth::SessionInfo& info = account.session.info();
  const std::string& id = account.id();
  const bool signed_in = info.status == oauth::Status::signed_in;

  const auto notice = info.status == oauth::Status::unknown ? std::nullopt : session_notice(info.because);
  raise_while(notice && !find({About::sign_in, id}), {About::session, id},
              notice.value_or(Notice::session_expired), {}, std::string(to_string(info.because)), true);
  if (signed_in) clear({About::sign_in, id});

  std::string missing;
  for (const std::string& scope : info.missing_scopes) missing += (missing.empty() ? "" : ", ") + scope;
  if (signed_in && !missing.empty()) {
    Problem problem = worded(message(Condition::scope_missing), {.detail = missing});
    problem.doing = scopes_cost(info.missing_scopes);
    problem.key = {About::scopes, id};
    problem.account = id;
    problem.condition = Condition::scope_missing;
    problem.details = missing;
    problem.needs_sign_in = true;
    raise(std::move(problem));
  } else {
    clear({About::scopes, id});
  }
  raise_while(signed_in && info.storage_degraded, {About::storage, id}, Notice::session_memory, {}, "S3");
  const Millis left = info.refresh_expires ? *info.refresh_expires - store_.now() : Millis::max();
  const bool ending = signed_in && info.warn_from && store_.now() >= *info.warn_from;  // T8
  raise_while(ending, {About::renewal, id}, Notice::session_ending, {.wait = ending ? wait_text(left) : ""},
              "T8", true);
}

void Problems::raise_while(bool there, const ProblemKey& key, Notice notice, const policy::Filling& fill,
                           std::string_view details, bool needs_sign_in) {
  if (!there) return clear(key);
  Problem problem = worded(message(notice), fill);
  problem.key = key;
  problem.account = key.id;
  problem.details = details;
  problem.needs_sign_in = needs_sign_in;
  raise(std::move(problem));
}

// What an earlier run or another tab learned is as true as what we meet ourselves: it is in the stored
// ledger.
void Problems::look_at_halt(const Account& account) {
  const policy::Ledger& ledger = account.gateway.ledger.value();
  const bool blocked = policy::parked(ledger, store_.now());
  for (const Condition condition : {Condition::key_refused, Condition::password_expired,
                                    Condition::terms_expired, Condition::quota_exceeded}) {
    const bool waits = condition == Condition::quota_exceeded;
    const bool there =
        account.signed_in() && (waits ? blocked && ledger.halt == Condition::ok : ledger.halt == condition);
    const std::string rule(policy::rule_id(condition));
    const ProblemKey key{About::account, account.id(), rule};
    const Problem* known = find(key);
    if (!there) {
      clear(key);
    } else if (!known || known->details == rule) {  // the failed call itself says more
      const auto again_at = waits ? ledger.blocked_until : std::optional(ledger.halt_until);
      const policy::Failure failure{.condition = condition, .server_message = {}};
      Problem problem =
          worded(message(condition), filling(store_, failure, again_at, {}, account.config.name));
      problem.key = key;
      problem.account = account.id();
      problem.condition = condition;
      problem.details = rule;
      problem.again_at = again_at;
      problem.can_retry = !waits;
      raise(std::move(problem));
    }
  }
}

void Problems::look_at_ledger(const Account& account) {
  const policy::Ledger& ledger = account.gateway.ledger.value();
  const bool blocked = policy::parked(ledger, store_.now());
  look_at_halt(account);
  const bool tight = !blocked && ledger.used * 5 >= ledger.limit * 4 && ledger.window_end > store_.now();
  const bool met_others = !blocked && ledger.planned > 0;  // Q7
  const bool guessed = !blocked && ledger.assumed;         // Q9
  const Notice notice = tight        ? Notice::quota_used
                        : met_others ? Notice::quota_shared
                                     : Notice::quota_assumed;
  raise_while(tight || met_others || guessed, {About::quota, account.id()}, notice,
              {.until = store_.clock(ledger.window_end),
               .used = std::to_string(ledger.used),
               .limit = std::to_string(ledger.limit)},
              tight        ? "Q10"
              : met_others ? "Q7"
                           : "Q9");
}

void Problems::sign_in_failed(const Account& account, const Error& error) {
  const bool declined =
      error.code == "X9" || account.session.info().because == oauth::SignedOutBecause::denied;
  const Condition condition = declined ? Condition::declined : policy::condition_of_sign_in(error.code);
  Problem problem = condition != Condition::ok
                        ? worded(message(condition))
                        : worded(message(Notice::sign_in_failed), {.detail = sign_in_text(error)});
  problem.key = {About::sign_in, account.id()};
  problem.account = account.id();
  problem.needs_sign_in = true;
  problem.details = error.code + (error.code.empty() ? "" : " · ") + account.config.name;
  problem.details += " · " + error.message;
  if (error.kind == ErrorKind::config && condition == Condition::ok)
    problem.remedy = phrase(Phrase::check_configuration);
  problem.clock = error.code.starts_with("K3");
  // The message names it.
  if (problem.clock || error.kind == ErrorKind::signed_out) problem.remedy.clear();
  clear({About::session, account.id()});
  raise(std::move(problem));
}

void Problems::unknown_sign_in(const Account& account) {
  raise_while(true, {About::sign_in, account.id()}, Notice::sign_in_unknown, {}, "B3", true);
}

void Problems::gateway_offline(const ProblemKey& key, const std::string& name, Instant since,
                               Instant again_at, const CallFailure& failure) {
  policy::Filling fill = filling(store_, failure.failure, again_at, since, name);
  fill.again = fill.wait = live_wait;
  Problem problem = worded(message(Condition::gateway_offline), fill);
  problem.key = key;
  problem.condition = Condition::gateway_offline;
  problem.details = details(failure);
  problem.since = since;
  problem.again_at = again_at;
  problem.can_retry = true;
  raise(std::move(problem));
}

void Problems::offline(std::optional<Instant> last_seen) {
  Problem problem = worded(
      message(Condition::offline),
      filling(store_, {.condition = Condition::offline}, std::nullopt, last_seen.value_or(store_.now())));
  problem.key = {About::network};
  problem.condition = Condition::offline;
  problem.details = "E1";
  raise(std::move(problem));
}

void Problems::complaints(const Plant& plant) {
  const ProblemKey key{About::home, plant.id.text};
  if (plant.complaints.empty()) return clear(key);
  std::string all;
  for (const std::string& one : plant.complaints) all += (all.empty() ? "" : "\n") + one;
  Problem problem = worded(message(Notice::part_unreadable),
                           {.detail = std::string(name_of(store_.state.arrangement, plant))});
  problem.key = key;
  problem.condition = Condition::malformed_answer;
  problem.details = std::move(all);
  raise(std::move(problem));
}

}  // namespace foyer
