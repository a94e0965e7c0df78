#include "core/oauth/session.hpp"

#include <algorithm>

#include "core/base/base64url.hpp"
#include "core/oauth/session_impl.hpp"
#include "core/oauth/text.hpp"

namespace foyer::oauth {

Session::Session(Host& host, ClientConfig config)
    : impl_(std::make_unique<Impl>(*this, host, std::move(config))) {}
Session::~Session() = default;

// Not coroutines themselves: the flow is alive as long as the returned task, whatever happens to the
// arguments.
Task<Result<void>> Session::restore() { return impl_->restore(); }
Task<Result<std::string>> Session::begin(std::string return_to) { return impl_->begin(std::move(return_to)); }
Task<Result<std::string>> Session::complete(std::string callback_url) {
  return impl_->complete(std::move(callback_url));
}
Task<Result<AccessToken>> Session::access_token(std::optional<SecretText> refused) {
  return impl_->access_token(std::move(refused));
}
void Session::tolerate(Millis skew) { impl_->config.tolerance = std::max(impl_->config.tolerance, skew); }
const SessionInfo& Session::info() const { return impl_->info; }

Task<Result<void>> Session::sign_out() {
  const SecretText token = impl_->record ? impl_->record->refresh_token : SecretText();
  const bool stored = co_await impl_->end(SignedOutBecause::by_user);
  if (!token.empty() && !impl_->config.revocation_endpoint.empty() && check_config(impl_->config))
    impl_->flows.spawn(impl_->revoke(token));
  if (stored) co_return Result<void>();
  co_return fail(
      ErrorKind::storage, "S3",
      impl_->config.ends_at_once
          ? "You are signed out, but the saved sign-in can't be removed: delete the vault file."
          : "You are signed out, but this device's storage can't be written: clear the data of this site.");
}

Session::Impl::Impl(Session& session, Host& lent, ClientConfig settings)
    : self(session), host(lent), config(std::move(settings)) {}

Task<void> Session::Impl::revoke(SecretText refresh_token) {
  SecretWriter form(
      3 * (refresh_token.expose().size() + config.client_secret.expose().size() + config.client_id.size()) +
      128);
  form.form("token", refresh_token.expose());
  form.form("token_type_hint", "refresh_token");
  form.form("client_id", config.client_id);
  if (!config.client_secret.empty()) form.form("client_secret", config.client_secret.expose());
  HttpRequest request = token_request(form.take());
  request.url = config.revocation_endpoint;
  request.outlives_page = true;  // the way to the provider's own logout leaves the page
  // The person is signed out here whatever the answer is; a 503 is not waited for (RFC 7009 section 2.2.1).
  static_cast<void>(co_await host.http.send(std::move(request)));
}

void Session::Impl::publish() {
  info.storage_degraded = degraded;
  if (record) {
    info.status = Status::signed_in;
    info.subject = record->identity ? record->identity->subject : "";
    info.name = record->name;
    info.scopes = record->scopes;
    info.missing_scopes = missing_scopes(*record);
    info.access_expires = record->received + record->lifetime;
    info.refresh_expires = record->refresh_expires;
    info.warn_from = warn_from(*record);
    info.refreshed_at = record->received;
    if (listening && !(attended == record->nonce)) {
      attended = record->nonce;
      flows.spawn(hear_end(attended));
    }
  }
  if (self.on_change) self.on_change();
}

Millis Session::Impl::age() const {
  const Millis by_wall = host.clock.now() - record->received;
  if (received_steady) return std::max<Millis>(host.clock.steady() - *received_steady, by_wall);
  return by_wall < Millis(0) ? record->lifetime : by_wall;  // K1: a clock that went back means expired
}

Millis Session::Impl::left() const {
  if (!received_steady) return left_by_wall(*record, host.clock.now());
  return std::max<Millis>(record->lifetime - age(), Millis(0));
}

Task<Result<std::optional<Record>>> Session::Impl::load_stored() {
  auto loaded = co_await host.vault.load(vault_name());
  if (!loaded) co_return std::unexpected(loaded.error());
  if (!*loaded) co_return std::optional<Record>();
  auto read = record_from_secret(**loaded);
  if (read) co_return std::optional(std::move(*read));
  // S2: deleted and reported, not tried again.
  co_await host.vault.remove(vault_name());
  co_return std::unexpected(read.error());
}

bool Session::Impl::take_over(Record stored) {
  // What was read before an end was written must not bring the session back (T9).
  if (stored.generation < generation || (record && stored.generation == generation)) return false;
  if (ending && !stored.ended) return false;  // its end comes after it, and is on its way
  if (stored.ended && record && !shared) {
    // The end of an older session: this one has begun since and was never stored.
    generation = std::max(generation, stored.generation);
    return false;
  }
  if (stored.ended) {
    forget(*stored.ended, stored.generation);
    return true;
  }
  generation = std::max(generation, stored.generation);
  if (stored.issuer != config.issuer || stored.client_id != config.client_id) return false;
  shared = true;
  unsaved = false;  // what was not saved has been replaced
  lost_before = stored.refresh_started.has_value();
  // Only a journal was added: what this program knows of the token's age is better than the wall clock (K1).
  if (!record || !(record->access_token == stored.access_token)) {
    const Millis by_wall = host.clock.now() - stored.received;
    received_steady = host.clock.steady() - (by_wall < Millis(0) ? stored.lifetime : by_wall);
  }
  record = std::move(stored);
  info.because = SignedOutBecause::never;
  publish();
  return true;
}

void Session::Impl::set_degraded(bool now) {
  if (degraded == now) return;
  degraded = now;
  publish();
}

Task<Result<bool>> Session::Impl::put(Record next) {
  const std::uint64_t before = generation;
  next.generation = before + 1;
  const auto done = co_await host.vault.replace(vault_name(), to_secret(next), before, before + 1);
  if (!done || !*done) co_return done;
  generation = std::max(generation, before + 1);
  shared = true;
  host.broadcast.tell(vault_name());
  co_return done;
}

Task<void> Session::Impl::store_later(Locks::Held section) {
  const std::uint64_t started = epoch;
  unsaved = true;
  kept = section;
  for (int round = 0; epoch == started && record; ++round) {
    constexpr Seconds delays[] = {Seconds(1), Seconds(5), Seconds(30), Seconds(120)};
    if (round > 0) co_await host.timers.sleep(delays[std::min(round - 1, 3)]);
    if (epoch != started || !record || !unsaved) break;
    if (!section && refreshing) continue;  // what others may see, only one may renew
    const auto stored = co_await load_stored();
    if (epoch != started || !record) break;
    if (!stored && stored.error().code != "S2") continue;
    // A record that another tab has written meanwhile is never overwritten by an older one.
    if (stored && *stored && take_over(**stored)) break;
    const auto saved = co_await put(*record);
    if (saved && *saved) break;
  }
  kept.reset();
  section.reset();  // the frame of a finished flow lives on for a while
  if (epoch != started || !record) co_return;
  unsaved = false;
  set_degraded(false);
}

Task<void> Session::Impl::read_later() {
  constexpr Seconds delays[] = {Seconds(1), Seconds(5), Seconds(30), Seconds(120)};
  for (int round = 0; !record && info.because == SignedOutBecause::never; ++round) {
    co_await host.timers.sleep(delays[std::min(round, 3)]);
    const auto stored = co_await load_stored();
    if (record || !stored) continue;
    if (*stored) take_over(**stored);
    set_degraded(false);
    co_return;
  }
}

Task<void> Session::Impl::listen() {
  for (;;) {
    co_await host.broadcast.hear(vault_name());
    flows.spawn(look_again());
  }
}

Task<void> Session::Impl::look_again() {
  const auto stored = co_await load_stored();
  if (stored && *stored) take_over(**stored);
}

void Session::Impl::forget(SignedOutBecause because, std::uint64_t newest) {
  ++epoch;
  generation = std::max(generation, newest);
  record.reset();
  received_steady.reset();
  failures.clear();
  not_before.reset();
  lost_before = unsaved = ending = false;
  info = SessionInfo{.status = Status::signed_out, .because = because};
  publish();
}

bool Session::Impl::Ending::spares(const Record& stored) const {
  if (stored.ended) return false;
  if (told) return !(stored.nonce == nonce);
  return because != SignedOutBecause::by_user && !(stored.refresh_token == refresh_token);
}

Task<bool> Session::Impl::end(SignedOutBecause because, bool told) {
  const bool had_record = record.has_value();
  Ending what{.because = because, .told = told};
  if (had_record) {
    what.refresh_token = record->refresh_token;
    what.nonce = record->nonce;
  }
  forget(because, generation);
  const std::uint64_t mine = epoch;
  ending = true;
  const bool whatever_it_is = because == SignedOutBecause::by_user && !told;
  bool in_sight = true;
  for (int tries = 0; tries < 5; ++tries) {
    // Another tab may have refreshed more often than we know of: the end must be newer than that, too (T9).
    const auto stored = co_await load_stored();
    if (epoch != mine) co_return true;
    // What can't be read may be another's session, which only the person ends.
    in_sight = stored || stored.error().code == "S2" || whatever_it_is;
    if (!in_sight) break;
    if (stored && *stored) {
      if (what.spares(**stored)) {
        ending = false;
        take_over(**stored);
        co_return true;
      }
      generation = std::max(generation, (*stored)->generation);
    }
    const auto written = co_await put(Record{.ended = because});
    if (epoch != mine) co_return true;
    if (!written) break;
    if (!*written) {
      if (!stored) ++generation;  // unreadable, but writable: find the number by trying
      continue;
    }
    ending = false;
    co_return true;
  }
  const bool removed = in_sight && (co_await host.vault.remove(vault_name())).has_value();
  host.broadcast.tell(vault_name());
  if (had_record && because == SignedOutBecause::by_user) flows.spawn(tell_end(what.nonce));
  if (mine == epoch) {
    if (had_record) set_degraded(true);
    if (had_record)
      flows.spawn(end_later(what));
    else
      ending = false;
  }
  co_return removed || !had_record;
}

// Other tabs still believe in the session: the end is written as soon as the storage allows.
Task<void> Session::Impl::end_later(Ending what) {
  const std::uint64_t mine = epoch;
  for (int round = 0; epoch == mine; ++round) {
    co_await host.timers.sleep(Seconds(round < 5 ? 2 : 60));
    const auto stored = co_await load_stored();
    if (epoch != mine) co_return;
    if (!stored) continue;
    if (*stored && what.spares(**stored)) {
      ending = false;
      take_over(**stored);
      co_return;
    }
    // Nothing there: it was removed, and the end must be newer than whatever that was.
    generation = *stored ? (*stored)->generation : generation + 1000;
    const auto written = co_await put(Record{.ended = what.because});
    if (!written || !*written) continue;
    if (epoch != mine) co_return;
    ending = false;
    set_degraded(false);
    co_return;
  }
}

Task<std::string> Session::Impl::end_topic(SecretText nonce) {
  const auto hash = co_await host.crypto.sha256(nonce.expose());
  co_return hash ? vault_name() + "/end/" + base64url_encode(*hash) : std::string();
}

Task<void> Session::Impl::tell_end(SecretText nonce) {
  const std::string topic = co_await end_topic(std::move(nonce));
  if (!topic.empty()) host.broadcast.tell(topic);
}

Task<void> Session::Impl::hear_end(SecretText nonce) {
  const std::string topic = co_await end_topic(nonce);
  if (topic.empty()) co_return;
  co_await host.broadcast.hear(topic);
  if (record && record->nonce == nonce) co_await end(SignedOutBecause::by_user, true);
}

Task<Result<void>> Session::Impl::restore() {
  if (!listening) {
    listening = true;
    flows.spawn(listen());
  }
  co_await clean_attempts(attempts_at_once);
  auto stored = co_await load_stored();
  const bool lost = !stored && stored.error().code == "S2";
  set_degraded((!stored && !lost) || unsaved || (record && !shared));
  if (stored && *stored) {
    if (!take_over(**stored) && !record && !ending) forget(SignedOutBecause::never, generation);
  } else if (!record && !ending) {
    forget(lost ? SignedOutBecause::storage_lost : SignedOutBecause::never, generation);
    if (!stored && !lost) flows.spawn(read_later());
  } else if (record && (stored || lost) && !unsaved) {
    flows.spawn(store_later({}));  // still known here: the copy at rest was evicted, or is what broke
  } else {
    publish();
  }
  if (!stored) co_return std::unexpected(stored.error());
  co_return Result<void>();
}

// S4: stale ones go at every start, the oldest when there are more than `keep`.
Task<void> Session::Impl::clean_attempts(std::size_t keep) {
  using Scope = Storage::Scope;
  const auto names = co_await host.storage.names(Scope::tab, "attempt/");
  if (!names) co_return;
  std::vector<std::pair<Instant, std::string>> open;
  for (const std::string& name : *names) {
    const auto text = co_await host.storage.load(Scope::tab, name);
    if (!text || !*text) continue;
    const auto attempt = attempt_from_json(**text);
    if (attempt && !is_stale(*attempt, host.clock.now()))
      open.emplace_back(attempt->created, name);
    else
      co_await host.storage.remove(Scope::tab, name);
  }
  std::ranges::sort(open);
  for (std::size_t i = 0; i + keep < open.size(); ++i)
    co_await host.storage.remove(Scope::tab, open[i].second);
}

}  // namespace foyer::oauth
