#include "core/oauth/session.hpp"

#include <algorithm>

#include "core/oauth/session_impl.hpp"

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
  const bool stored = co_await impl_->end(SignedOutBecause::by_user);
  if (stored) co_return Result<void>();
  co_return fail(
      ErrorKind::storage, "S3",
      "You are signed out, but this device's storage can't be written: clear the data of this site.");
}

Session::Impl::Impl(Session& session, Host& lent, ClientConfig settings)
    : self(session), host(lent), config(std::move(settings)) {}

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
    info.refreshed_at = record->received;
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

bool Session::Impl::adopt(Record stored) {
  generation = std::max(generation, stored.generation);
  if (stored.issuer != config.issuer || stored.client_id != config.client_id) return false;
  lost_before = stored.refresh_started.has_value();
  record = std::move(stored);
  received_steady.reset();
  info.because = SignedOutBecause::never;
  return true;
}

Task<void> Session::Impl::store() {
  const std::uint64_t written = record->generation;
  const auto saved = co_await host.vault.save(vault_name(), to_secret(*record));
  const bool failed = !saved;
  if (failed == degraded) co_return;
  degraded = failed;
  publish();
  if (failed && record && record->generation == written) flows.spawn(store_later());
}

Task<void> Session::Impl::store_later() {
  for (const Seconds delay : {Seconds(1), Seconds(5), Seconds(30), Seconds(120)}) {
    co_await host.timers.sleep(delay);
    if (!record || !degraded) co_return;
    // A record that another tab has written meanwhile is never overwritten by an older one.
    const auto stored = co_await load_stored();
    if (!record || (stored && *stored && (*stored)->generation > record->generation)) co_return;
    const auto saved = co_await host.vault.save(vault_name(), to_secret(*record));
    if (!saved) continue;
    degraded = false;
    publish();
    co_return;
  }
}

void Session::Impl::forget(SignedOutBecause because, std::uint64_t newest) {
  ++epoch;
  generation = std::max(generation, newest);
  record.reset();
  received_steady.reset();
  failures.clear();
  not_before.reset();
  lost_before = false;
  info = SessionInfo{.status = Status::signed_out, .because = because};
  publish();
}

Task<bool> Session::Impl::end(SignedOutBecause because) {
  const bool had_record = record.has_value();
  forget(because, generation + 1);
  const std::uint64_t mine = epoch;
  // Another tab may have refreshed more often than we know of: the end must be newer than that, too.
  const auto stored = co_await load_stored();
  if (stored && *stored) generation = std::max(generation, (*stored)->generation + 1);
  const Record tombstone{.generation = generation, .ended = because};
  if (co_await host.vault.save(vault_name(), to_secret(tombstone))) co_return true;
  const bool removed = (co_await host.vault.remove(vault_name())).has_value();
  if (mine == epoch && !degraded) {
    degraded = true;
    publish();
  }
  co_return removed || !had_record;
}

Task<Result<void>> Session::Impl::restore() {
  co_await clean_attempts(attempts_at_once);
  auto stored = co_await load_stored();
  if (!stored) {
    const bool lost = stored.error().code == "S2";
    if (!lost) degraded = true;
    if (record && lost)
      co_await store();  // still known here: the copy at rest is what broke
    else if (!record)
      forget(lost ? SignedOutBecause::storage_lost : SignedOutBecause::never, generation);
    else
      publish();
    co_return std::unexpected(stored.error());
  }
  if (!*stored) {
    if (record)
      co_await store();  // evicted while we were away
    else
      forget(SignedOutBecause::never, generation);
    co_return Result<void>();
  }
  Record& found = **stored;
  if (record && found.generation <= record->generation) co_return Result<void>();
  if (found.ended) {
    forget(*found.ended, found.generation);
  } else if (adopt(std::move(found))) {
    publish();
  } else {
    forget(SignedOutBecause::never, generation);
  }
  co_return Result<void>();
}

// S4, §2.3: stale ones go at every start, the oldest when there are more than `keep`.
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
