#include "core/app/problems.hpp"

#include <algorithm>
#include <utility>

#include "core/app/words.hpp"

namespace foyer {
namespace {

using policy::Condition;

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
      return Extent::api;
    default:
      return Extent::one_thing;
  }
}

struct SessionWords {
  std::string_view what, remedy;
};

SessionWords over(oauth::SignedOutBecause because) {
  using enum oauth::SignedOutBecause;
  switch (because) {
    case expired:
      return {"Your sign-in has run out.", "Please sign in again."};
    case revoked:
      return {"The permission for Foyer was withdrawn.", "Sign in again if you want to go on."};
    case scope_changed:
      return {"The permissions of this application have changed.", "Please sign in again."};
    case storage_lost:
      return {"The stored sign-in can no longer be read on this device.", "Please sign in again."};
    case secret_expired:
      return {"The service no longer accepts this application's credentials.",
              "Whoever runs this installation has to renew the client secret."};
    case denied:
      return {
          "Access was declined.",
          "Foyer needs the listed permissions to show and switch your home. Sign in again to allow them."};
    case lost_reply:
      return {"The sign-in was lost while it was being renewed.", "Please sign in again."};
    case never:
    case by_user:
      break;
  }
  return {};
}

std::string account_key(const Account& account) { return "account:" + account.id() + ":"; }

}  // namespace

const Problem* Problems::find(std::string_view key) const {
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

void Problems::clear(std::string_view key) {
  if (std::erase_if(store_.state.problems, [&](const Problem& one) { return one.key == key; }) > 0)
    store_.changed();
}

void Problems::clear_below(std::string_view prefix) {
  const auto gone =
      std::erase_if(store_.state.problems, [&](const Problem& one) { return one.key.starts_with(prefix); });
  if (gone > 0) store_.changed();
}

void Problems::clear_plant(const PlantId& plant) {
  for (const char* kind : {"read:", "topology:", "plant:"}) clear(kind + plant.text);
}

bool Problems::account_failed(const Account& account, std::string_view api, const CallFailure& failure) {
  const Condition condition = failure.failure.condition;
  if (extent_of(condition) == Extent::one_thing) return false;
  if (!account.signed_in()) return true;        // look_at_session says it better
  if (failure.error.code == "Q1") return true;  // our own plan of the day: look_at_ledger says it
  const std::string key = account_key(account) + std::string(policy::rule_id(condition));
  std::erase_if(store_.state.problems, [&](const Problem& one) {
    return one.key != key && one.key.starts_with(account_key(account));  // one cause at a time
  });
  const Problem* before = find(key);
  const policy::Message& words = policy::message(condition);
  const auto fill = filling(store_, failure.failure, failure.again_at, before ? before->since : store_.now(),
                            account.config.name);
  const bool waits = condition == Condition::quota_exceeded || condition == Condition::rate_limited;
  cause_[key] = api;
  raise({.key = key,
         .condition = condition,
         .what = policy::fill(words.what, fill),
         .doing = policy::fill(words.doing, fill),
         .remedy = policy::fill(words.remedy, fill),
         .details = details(failure),
         .again_at = failure.again_at,
         .can_retry = !waits && condition != Condition::scope_missing,
         .needs_sign_in = condition == Condition::scope_missing || condition == Condition::token_expired});
  return true;
}

void Problems::account_answered(const Account& account, std::string_view api) {
  const auto over = std::erase_if(store_.state.problems, [&](const Problem& one) {
    return one.key.starts_with(account_key(account)) &&
           (extent_of(one.condition) == Extent::account || cause_[one.key] == api);
  });
  if (over > 0) store_.changed();
}

void Problems::look_at_session(const Account& account) {
  const oauth::SessionInfo& info = account.session.info();
  const std::string& id = account.id();
  const bool signed_in = info.status == oauth::Status::signed_in;

  const SessionWords words = info.status == oauth::Status::unknown ? SessionWords{} : over(info.because);
  if (words.what.empty()) {
    clear("session:" + id);
  } else if (!find("sign_in:" + id)) {
    raise({.key = "session:" + id,
           .what = std::string(words.what),
           .remedy = std::string(words.remedy),
           .details = std::string(to_string(info.because)),
           .needs_sign_in = true});
  }
  if (signed_in) clear("sign_in:" + id);

  if (signed_in && !info.missing_scopes.empty()) {
    std::string missing;
    for (const std::string& scope : info.missing_scopes) missing += (missing.empty() ? "" : ", ") + scope;
    const policy::Message& scope_words = policy::message(Condition::scope_missing);
    const policy::Filling fill{.detail = missing};
    raise({.key = "scopes:" + id,
           .condition = Condition::scope_missing,
           .what = policy::fill(scope_words.what, fill),
           .doing = policy::fill(scope_words.doing, fill),
           .remedy = policy::fill(scope_words.remedy, fill),
           .details = missing,
           .needs_sign_in = true});
  } else {
    clear("scopes:" + id);
  }

  if (signed_in && info.storage_degraded) {
    raise({.key = "storage:" + id,
           .what = "This device does not let Foyer store anything.",
           .doing = "You stay signed in until this page is closed.",
           .remedy = "Allow storage for this page to stay signed in longer.",
           .details = "S3"});
  } else {
    clear("storage:" + id);
  }

  if (signed_in && info.refresh_expires && *info.refresh_expires - store_.now() < Hours(240)) {  // T8
    raise({.key = "renew:" + id,
           .what = "Your sign-in ends in " + wait_text(*info.refresh_expires - store_.now()) + ".",
           .remedy = "Sign in again before then; everything else stays.",
           .details = "T8",
           .needs_sign_in = true});
  } else {
    clear("renew:" + id);
  }
}

void Problems::look_at_ledger(const Account& account) {
  const policy::Ledger& ledger = account.gateway.ledger;
  const std::string key = "quota:" + account.id();
  const bool blocked = ledger.blocked_until && *ledger.blocked_until > store_.now();
  if (blocked || ledger.used * 5 < ledger.limit * 4 || ledger.window_end <= store_.now()) return clear(key);
  raise({.key = key,
         .what = std::to_string(ledger.used) + " of " + std::to_string(ledger.limit) +
                 " calls of today are used.",
         .doing = "Foyer looks less often until " + store_.clock(ledger.window_end) + ".",
         .remedy = "Switching still works; values may be older than usual.",
         .details = "Q10",
         .again_at = ledger.window_end});
}

void Problems::sign_in_failed(const Account& account, const Error& error) {
  const bool declined =
      error.code == "X9" || account.session.info().because == oauth::SignedOutBecause::denied;
  Problem problem{.key = "sign_in:" + account.id(), .details = error.code, .needs_sign_in = true};
  if (declined) {
    const SessionWords words = over(oauth::SignedOutBecause::denied);
    problem.what = std::string(words.what);
    problem.remedy = std::string(words.remedy);
    problem.details = error.message;
  } else {
    problem.what = error.message;
    problem.doing = "Nothing of this answer was used.";
    const bool said = error.message.contains("sign in again");
    problem.remedy = error.kind == ErrorKind::config ? "Check the configuration."
                     : said                          ? ""
                                                     : "Please sign in again.";
    problem.details += (error.code.empty() ? "" : " · ") + account.config.name;
  }
  clear("session:" + account.id());
  raise(std::move(problem));
}

void Problems::unknown_sign_in(const Account& account) {
  raise({.key = "sign_in:" + account.id(),
         .what = "This sign-in answer belongs to no sign-in of this page, or was used already.",
         .doing = "It was not used.",
         .remedy = "Please sign in again.",
         .details = "B3",
         .needs_sign_in = true});
}

void Problems::gateway_offline(const std::string& key, const std::string& name, Instant since,
                               Instant again_at, const CallFailure& failure) {
  const policy::Message& words = policy::message(Condition::gateway_offline);
  const auto fill = filling(store_, failure.failure, again_at, since, name);
  raise({.key = key,
         .condition = Condition::gateway_offline,
         .what = policy::fill(words.what, fill),
         .doing = policy::fill(words.doing, fill),
         .remedy = policy::fill(words.remedy, fill),
         .details = details(failure),
         .since = since,
         .again_at = again_at,
         .can_retry = true});
}

void Problems::offline(std::optional<Instant> last_seen) {
  const policy::Message& words = policy::message(Condition::offline);
  const auto fill =
      filling(store_, {.condition = Condition::offline}, std::nullopt, last_seen.value_or(store_.now()));
  raise({.key = "offline",
         .condition = Condition::offline,
         .what = policy::fill(words.what, fill),
         .doing = policy::fill(words.doing, fill),
         .remedy = policy::fill(words.remedy, fill),
         .details = "E1"});
}

void Problems::complaints(const Plant& plant) {
  const std::string key = "plant:" + plant.id.text;
  if (plant.complaints.empty()) return clear(key);
  std::string all;
  for (const std::string& one : plant.complaints) all += (all.empty() ? "" : "\n") + one;
  raise({.key = key,
         .condition = Condition::malformed_answer,
         .what = "A part of " + plant.name + " could not be understood.",
         .doing = "Everything else is shown.",
         .remedy = "The details help whoever looks after this program.",
         .details = all});
}

}  // namespace foyer
