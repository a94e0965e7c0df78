// Refresh: single flight, no sign-out but for a definite reason (rules R1–R4, T1–T9, X3–X8).
#include <algorithm>
#include <utility>

#include "core/oauth/session_impl.hpp"
#include "core/oauth/text.hpp"

namespace foyer::oauth {
namespace {

constexpr std::size_t failures_allowed = 3;  // X7
constexpr Millis failures_window = Minutes(5);
constexpr Millis lost_reply_pause = Seconds(1);  // T6: within 10 s
constexpr Millis unclear_pause = Seconds(5);     // X8
// For the section: another tab's whole refresh, or the lease of one that has died (20 s).
constexpr Millis longest_wait = Seconds(30);

std::unexpected<Error> nobody_signed_in() {
  return fail(ErrorKind::signed_out, "T9", "You are signed out. Please sign in.");
}

Result<void> forward(const Result<bool>& ready) {
  return ready ? Result<void>() : std::unexpected(ready.error());
}

std::unexpected<Error> not_now(std::string code) {
  return fail(ErrorKind::parked, std::move(code),
              "The sign-in can't be renewed at the moment. We try again in a few minutes.");
}

}  // namespace

std::unexpected<Error> unkept(const Error& why) {
  return fail(ErrorKind::storage, "S3",
              "Nothing was sent, because what comes back could not be kept: " + why.message +
                  ". Free some space or make the folder writable, then try again.");
}

Task<Result<AccessToken>> Session::Impl::access_token(std::optional<SecretText> refused) {
  if (!record) co_return nobody_signed_in();
  const auto is_refused = [&] { return refused && *refused == record->access_token; };
  const auto current = [&] { return AccessToken{record->access_token, age()}; };
  if (!is_refused() && is_fresh()) co_return current();
  if (record->refresh_token.empty()) {
    if (!is_refused() && left() > Millis(0)) co_return current();
    // T7: unless somebody has signed in again in another tab.
    const auto stored = co_await load_stored();
    if (!record) co_return nobody_signed_in();
    if (stored && *stored && take_over(**stored) && record && is_fresh()) co_return current();
    if (!record) co_return nobody_signed_in();
    co_await end(SignedOutBecause::expired);
    co_return fail(ErrorKind::signed_out, "T7", "Your sign-in has ended. Please sign in again.");
  }
  const Completion<Result<void>> done = refreshing.value_or(Completion<Result<void>>());
  if (!refreshing) {
    // Owned by the session: a caller that is dropped must not take the refresh of the others with it (T1,
    // R4).
    refreshing = done;
    flows.spawn(run_refresh(done, refused));
  }
  const Result<void> outcome = co_await done;
  if (!record && !outcome) co_return std::unexpected(outcome.error());
  if (!record) co_return nobody_signed_in();
  if (is_fresh() && !is_refused()) co_return current();
  // T5: what is still valid is still used.
  if (!is_refused() && left() > Millis(0)) co_return current();
  if (!outcome) co_return std::unexpected(outcome.error());
  co_return fail(ErrorKind::transport, "X7", "The sign-in can't be renewed at the moment. We try again.");
}

Task<void> Session::Impl::run_refresh(Completion<Result<void>> done, std::optional<SecretText> refused) {
  const Result<void> outcome = co_await renew(std::move(refused));
  refreshing.reset();
  done.resolve(outcome);
}

Result<void> Session::Impl::may_refresh() {
  const Steady now = host.clock.steady();
  std::erase_if(failures, [&](Steady at) { return now - at >= failures_window; });
  const bool too_often = failures.size() >= failures_allowed;
  if (!too_often && (!not_before || now >= *not_before)) return {};
  return not_now("X7");
}

void Session::Impl::count_failure(std::optional<Millis> wait) {
  const Steady now = host.clock.steady();
  failures.push_back(now);
  // N1 without jitter: one client and one lock make no herd.
  const Millis pause = Seconds(1LL << std::min<std::size_t>(failures.size(), 4));
  not_before = now + std::max(pause, wait.value_or(Millis(0)));
}

struct Session::Impl::Turn {
  Locks::Held held{};
  bool late = false;
  Completion<bool> decided{};
};

Task<void> Session::Impl::wait_for_section(std::shared_ptr<Turn> turn) {
  Locks::Held held = co_await host.locks.acquire("refresh:" + config.account);
  if (turn->late) co_return;  // given back at once
  turn->held = std::move(held);
  turn->decided.resolve(true);
}

Task<void> Session::Impl::stop_waiting(std::shared_ptr<Turn> turn) {
  co_await host.timers.sleep(longest_wait);
  turn->late = true;
  turn->decided.resolve(false);
}

Task<Locks::Held> Session::Impl::section() {
  const auto turn = std::make_shared<Turn>();
  flows.spawn(wait_for_section(turn));
  if (!turn->decided.resolved()) flows.spawn(stop_waiting(turn));
  co_await turn->decided;
  waited_in_vain = turn->late;
  co_return std::move(turn->held);
}

Task<Result<void>> Session::Impl::renew(std::optional<SecretText> refused) {
  if (auto checked = check_config(config); !checked) co_return checked;
  const std::uint64_t started = epoch;
  Locks::Held held{};
  // Tokens that could not be stored are nobody else's, and their section is still held (T3).
  held = kept ? kept : co_await section();
  if (epoch != started || !record) co_return nobody_signed_in();
  // A session that was never stored is this tab's alone, and stays so until its refresh is over.
  if (!held && shared) {
    if (config.ends_at_once && !waited_in_vain)
      co_return unkept({ErrorKind::storage, "S3", "the lock can't be written"});
    co_return not_now("T1");
  }
  const bool alone = !held;
  const auto ready = co_await prepare(std::move(refused), alone);
  if (!ready) co_return std::unexpected(ready.error());
  if (!*ready) co_return Result<void>();
  const Result<void> done = co_await ask_for_tokens(alone);
  // New tokens that only this tab has: nobody may refresh with the old ones (T3).
  if (std::exchange(overdue, false) && epoch == started && record && !unsaved)
    flows.spawn(store_later(std::move(held)));
  co_return done;
}

Task<Result<bool>> Session::Impl::prepare(std::optional<SecretText> refused, bool alone, bool again) {
  const std::uint64_t started = epoch;
  const auto will_do = [&] { return is_fresh() && !(refused && *refused == record->access_token); };
  for (int tries = 0; tries < 5; ++tries) {
    // T2: what another tab has fetched meanwhile is as good.
    const auto stored = co_await load_stored();
    if (epoch != started || !record) co_return nobody_signed_in();
    // Who can't see whether the tokens have been replaced must not use them.
    if (!stored && stored.error().code != "S2" && shared && !unsaved) co_return not_now("S3");
    if (stored && *stored) take_over(**stored);
    if (!record) co_return nobody_signed_in();
    if (will_do()) co_return false;
    if (record->refresh_token.empty()) co_return not_now("T7");
    if (auto allowed = may_refresh(); !allowed) co_return std::unexpected(allowed.error());
    if (alone && shared) co_return not_now("T1");
    if (alone) co_return true;
    // T3: the journal comes before the request.
    Record next = *record;
    next.refresh_started = host.clock.now();
    const auto written = co_await put(std::move(next));
    if (epoch != started || !record) co_return nobody_signed_in();
    if (written && !*written) continue;  // another tab was faster: look at it
    record->refresh_started = host.clock.now();
    set_degraded(!written);
    if (written) unsaved = false;
    if (config.ends_at_once) {
      // The answer is longer than the journal, and the disk may fill up meanwhile.
      const auto room = written ? co_await host.vault.reserve() : std::unexpected(written.error());
      if (epoch != started || !record) co_return nobody_signed_in();
      if (!room) co_return unkept(room.error());
    }
    // What can't be written now will not be written afterwards either: no hurry while the old token is good.
    if (!written && shared && (again || (left() > Millis(0) && !refused))) co_return not_now("S3");
    co_return true;
  }
  co_return not_now("X7");
}

Task<Result<void>> Session::Impl::ask_for_tokens(bool alone) {
  const std::uint64_t started = epoch;
  bool repeated_lost = false, repeated_unclear = false;
  while (true) {
    const SecretText sent = record->refresh_token;
    SecretWriter form(
        3 * (sent.expose().size() + config.client_secret.expose().size() + config.client_id.size()) + 256);
    form.form("grant_type", "refresh_token");
    form.form("refresh_token", sent.expose());  // R1: no scope
    form.form("client_id", config.client_id);
    if (!config.client_secret.empty()) form.form("client_secret", config.client_secret.expose());
    HttpOutcome outcome = co_await host.http.send(token_request(form.take()));
    if (epoch != started) co_return nobody_signed_in();  // T9: whatever it brought is discarded
    const Instant arrived = host.clock.now();
    const Steady arrived_steady = host.clock.steady();
    std::string check;
    if (outcome && outcome->status == 200) {
      auto tokens = read_token_response(*outcome, config.openid);
      if (tokens) co_return co_await accept(std::move(*tokens), sent, arrived, arrived_steady);
      check = std::move(tokens.error().code);
    }
    TokenFailure failure = read_token_failure(outcome, arrived);
    failure.check = std::move(check);
    if (failure.trouble == TokenTrouble::lost_reply) {
      lost_before = true;
      if (!repeated_lost) {  // T6: the same token once more
        repeated_lost = true;
        failures.push_back(arrived_steady);
        co_await host.timers.sleep(lost_reply_pause);
        if (epoch != started || !record) co_return nobody_signed_in();
        if (const auto again = co_await prepare(record->access_token, alone, true); !again || !*again)
          co_return forward(again);
        continue;
      }
    }
    if (failure.trouble == TokenTrouble::unclear && !repeated_unclear) {  // X8
      repeated_unclear = true;
      failures.push_back(arrived_steady);
      co_await host.timers.sleep(unclear_pause);
      if (epoch != started || !record) co_return nobody_signed_in();
      if (const auto again = co_await prepare(record->access_token, alone, true); !again || !*again)
        co_return forward(again);
      continue;
    }
    co_return co_await grant_refused(std::move(failure), sent);
  }
}

Task<Result<void>> Session::Impl::grant_refused(TokenFailure failure, SecretText sent) {
  const Error error = to_error(failure, false);
  switch (failure.trouble) {
    case TokenTrouble::transient:
    case TokenTrouble::lost_reply:
    case TokenTrouble::configuration:
      count_failure(failure.wait);
      break;
    case TokenTrouble::credentials:  // X5: the refresh token may be as good as ever
      count_failure(failure.wait);
      info.because = SignedOutBecause::secret_expired;
      publish();
      break;
    case TokenTrouble::scope_changed:
    case TokenTrouble::grant_dead:
    case TokenTrouble::unclear: {
      // T7: without shared locks another tab may have been faster; only when nothing newer exists it is over.
      const std::uint64_t started = epoch;
      const auto stored = co_await load_stored();
      if (epoch != started || !record) co_return nobody_signed_in();
      if (stored && *stored) take_over(**stored);
      if (!record) co_return nobody_signed_in();
      if (!(record->refresh_token == sent)) co_return Result<void>();
      if (!stored && stored.error().code != "S2" && shared && !unsaved) {
        count_failure({});
        co_return not_now("S3");
      }
      const bool ran_out = record->refresh_expires && host.clock.now() >= *record->refresh_expires;
      co_await end(failure.trouble == TokenTrouble::scope_changed ? SignedOutBecause::scope_changed
                   : ran_out                                      ? SignedOutBecause::expired
                   : lost_before                                  ? SignedOutBecause::lost_reply
                                                                  : SignedOutBecause::revoked);
      break;
    }
  }
  co_return std::unexpected(error);
}

Task<Result<void>> Session::Impl::accept(TokenResponse tokens, SecretText sent, Instant arrived,
                                         Steady arrived_steady) {
  const std::uint64_t started = epoch;
  Instant server_now = arrived;
  if (!tokens.id_token.empty() && record->identity) {
    auto claims = co_await verified(tokens.id_token);
    if (epoch != started) co_return nobody_signed_in();
    // Keys that can't be fetched just now must not cost the session (T5): TLS vouches for the token endpoint
    // (OpenID Connect Core section 3.1.3.7, 6), and the claims are compared all the same (R3).
    if (!claims && claims.error().kind == ErrorKind::transport) {
      const auto jws = parse_jws(tokens.id_token.expose(), config.algorithms);
      claims = jws ? parse_claims(jws->payload) : Result<Claims>(std::unexpected(jws.error()));
    }
    Result<void> checked =
        claims ? check_refreshed(*claims, *record->identity) : std::unexpected(claims.error());
    if (checked) checked = co_await check_access_hash(*claims, tokens.access_token);
    if (epoch != started) co_return nobody_signed_in();
    if (!checked) {
      if (checked.error().kind == ErrorKind::signed_out)
        co_await end(SignedOutBecause::revoked);
      else
        count_failure({});
      co_return checked;
    }
    if (claims->issued && !tokens.expires_in)
      server_now = instant_from_ms(static_cast<std::int64_t>(*claims->issued * 1000));
  }
  // Signed in again in another tab meanwhile: these tokens are of a session that is over.
  if (!(record->refresh_token == sent)) co_return Result<void>();
  Record next = *record;
  next.access_token = std::move(tokens.access_token);
  if (!tokens.refresh_token.empty()) {  // R2: the old one goes at once
    next.refresh_token = std::move(tokens.refresh_token);
    next.refresh_issued = arrived;
    next.refresh_expires = arrived + tokens.refresh_expires_in.value_or(Hours(24 * 90));
  }
  if (tokens.scopes) next.scopes = std::move(*tokens.scopes);
  next.lifetime = tokens.lifetime(server_now);
  next.received = arrived;
  next.refresh_started.reset();
  co_return co_await commit(std::move(next), std::move(sent), arrived_steady);
}

// T3: tokens and generation in one transaction. T9: unless somebody has signed out or in meanwhile.
Task<Result<void>> Session::Impl::commit(Record next, SecretText sent, Steady arrived_steady) {
  const std::uint64_t started = epoch;
  bool written = false;
  for (int tries = 0; tries < 5; ++tries) {
    const auto done = co_await put(next);
    if (epoch != started || !record) co_return nobody_signed_in();
    written = done && *done;
    if (!done || *done) break;
    const auto stored = co_await load_stored();
    if (epoch != started || !record) co_return nobody_signed_in();
    if (!stored) continue;
    if (*stored) take_over(**stored);
    if (!record) co_return nobody_signed_in();
    if (!(record->refresh_token == sent)) co_return Result<void>();
  }
  record = std::move(next);
  received_steady = arrived_steady;
  failures.clear();
  not_before.reset();
  lost_before = false;
  info.because = SignedOutBecause::never;
  degraded = overdue = !written;
  publish();
  co_return Result<void>();
}

}  // namespace foyer::oauth
