// Plants, topology and extras: what there is in a home.
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/app/reader.hpp"
#include "core/app/words.hpp"

namespace foyer {
namespace {

using policy::Purpose;

constexpr Millis read_deadline = Seconds(15);  // N2
constexpr Millis topology_age = Minutes(15);   // E9, Q1

// A fresh topology says what there is; what was known of its state stays until the status arrives.
void keep_known(const Plant& old, Plant& fresh) {
  std::unordered_map<std::string_view, const Module*> known;
  for (const Module& module : old.modules) known.emplace(module.id.text, &module);
  for (Module& module : fresh.modules) {
    const auto at = known.find(module.id.text);
    if (at == known.end()) continue;
    for (const Reading& reading : at->second->readings)
      if (reading.aspect == Aspect::other || reading.origin == Origin::optimistic ||
          !module.reading(reading.aspect))
        module.set_reading(reading);
    if (module.kind == Kind::unknown && module.device == at->second->device) {  // its state said more
      module.kind = at->second->kind;
      module.capabilities = at->second->capabilities;
      module.product = at->second->product;
    }
    module.reach = at->second->reach;
    module.unreachable_since = at->second->unreachable_since;
    if (!module.mode_until) module.mode_until = at->second->mode_until;
    module.error = at->second->error;
    module.raw_status = at->second->raw_status;
  }
  for (Gateway& gateway : fresh.gateways)
    for (const Gateway& before : old.gateways)
      if (before.id == gateway.id) gateway.offline_since = before.offline_since;
  fresh.status_at = old.status_at;
}

}  // namespace

Completion<Result<void>> Reader::load(const std::string& id, Freshness freshness) {
  if (const auto at = loading_.find(id); at != loading_.end()) return at->second;
  const Completion<Result<void>> done;
  Account* account = find_account(parts_.accounts, id);
  if (!account) {
    done.resolve(fail(ErrorKind::invalid_input, "", "there is no such account"));
    return done;
  }
  loading_.emplace(id, done);
  parts_.scope.spawn(run_load(*account, freshness, done));
  return done;
}

Task<void> Reader::run_load(Account& account, Freshness freshness, Completion<Result<void>> done) {
  State& state = parts_.store.state;
  state.loading = true;
  parts_.store.changed();
  if (!account.whole) account.whole = co_await parts_.host.navigator.bring_rest();
  std::vector<std::shared_ptr<Result<void>>> results;
  std::vector<Task<void>> tasks;
  if (!account.whole) results.push_back(std::make_shared<Result<void>>(not_whole(account)));
  for (const Provider* provider : account.providers) {
    if (!account.whole) break;
    results.push_back(std::make_shared<Result<void>>());
    tasks.push_back(load_provider(account, *provider, freshness, results.back()));
  }
  co_await all(std::move(tasks));

  const bool any = std::ranges::any_of(results, [](const auto& one) { return one->has_value(); });
  if (AccountState* shown = parts_.store.account(account.id()); shown && any) shown->loaded = true;
  loading_.erase(account.id());
  state.loading = !loading_.empty();
  parts_.store.changed();
  if (any && on_loaded) on_loaded();
  done.resolve(any ? Result<void>() : *results.front());
}

// The page could not fetch the rest of itself.
Result<void> Reader::not_whole(const Account& account) {
  parts_.problems.raise({.key = "provider:" + account.id() + ":rest",
                         .what = phrase(Phrase::rest_missing),
                         .doing = phrase(Phrase::rest_not_asked, {account.config.name}),
                         .remedy = phrase(Phrase::rest_remedy),
                         .can_retry = true});
  return fail(ErrorKind::transport, "rest", "a part of the program could not be loaded");
}

// All of them side by side; they live in the program's scope, so that none outlives what it works on.
Task<void> Reader::all(std::vector<Task<void>> tasks) {
  const auto left = std::make_shared<std::size_t>(tasks.size());
  const Completion<bool> done;
  if (tasks.empty()) co_return;
  for (Task<void>& task : tasks) parts_.scope.spawn(counted(std::move(task), left, done));
  co_await done;
}

Task<void> Reader::counted(Task<void> task, std::shared_ptr<std::size_t> left, Completion<bool> done) {
  co_await task;
  if (--*left == 0) done.resolve(true);
}

Task<void> Reader::load_provider(Account& account, const Provider& provider, Freshness freshness,
                                 std::shared_ptr<Result<void>> result) {
  const std::string key = "provider:" + account.id() + ":" + std::string(provider.id());
  const CallResult answer = co_await account.gateway.send(provider.plants(), {}, read_deadline);
  Result<std::vector<Plant>> listed = std::vector<Plant>();
  CallFailure failure;
  if (answer) {
    listed = provider.read_plants(answer->status, answer->body);
    if (!listed) failure = malformed_answer(listed.error());
  } else {
    failure = answer.error();
  }
  if (!answer || !listed) {
    const bool told = tell_account(account, provider.id(), failure);
    if (!told && failure.error.kind != ErrorKind::cancelled)
      parts_.problems.raise({.key = key,
                             .condition = failure.failure.condition,
                             .what = phrase(Phrase::homes_unread, {provider.name()}),
                             .doing = sentence(parts_.store, failure),
                             .details = details(failure),
                             .again_at = failure.again_at,
                             .can_retry = true});
    *result = std::unexpected(failure.error);
    co_return;
  }
  parts_.problems.clear(key);
  parts_.problems.account_answered(account, provider.id());
  drop_missing(account, provider, *listed);
  for (Plant& summary : *listed) {
    const PlantId id = summary.id;
    const Account* owner = account_of(id);  // two accounts may see the same home: the first one shows it
    if (owner && owner != &account && owner->signed_in()) continue;
    const Plant* known = parts_.store.plant(id);
    const bool recent = known && known->topology_at &&
                        parts_.store.now() - *known->topology_at < topology_age &&
                        parts_.store.now() >= *known->topology_at;
    if (freshness == Freshness::anew || !recent || provider.lists_topology()) {
      auto fresh = co_await read_topology(account, provider, summary);
      if (fresh) {
        put_plant(account, std::move(*fresh));
      } else if (!parts_.store.plant(id)) {
        put_plant(account, std::move(summary));  // named at least
      }
    }
    if (!parts_.store.plant(id)->topology_at) continue;  // nothing to put a state into
    const Completion<Result<void>> status_read = status(id, Purpose::pressed);
    (void)co_await status_read;
  }
}

Task<Result<Plant>> Reader::read_topology(Account& account, const Provider& provider, Plant summary) {
  Result<Plant> plant = summary;
  std::optional<CallFailure> failure;
  if (!provider.lists_topology()) {
    const CallResult answer = co_await account.gateway.send(provider.topology(summary.id), {}, read_deadline);
    if (!answer) {
      failure = answer.error();
    } else {
      plant = provider.read_topology(summary, answer->body);
      if (!plant) failure = malformed_answer(plant.error());
    }
  }
  if (failure) {
    // A home of which nothing is known says so even when the whole API is in trouble: that trouble is over
    // with the next good answer, the empty home is not.
    const Plant* known = parts_.store.plant(summary.id);
    const bool told = tell_account(account, provider.id(), *failure);
    if (!told || !known || !known->topology_at)
      raise_read_problem("topology:" + summary.id.text, phrase(Phrase::topology_unread, {summary.name}),
                         *failure);
    co_return std::unexpected(failure->error);
  }
  const std::vector<Call> extras = provider.extras(*plant);
  for (std::size_t i = 0; i < extras.size(); ++i) {
    const CallResult more = co_await account.gateway.send(extras[i], {}, read_deadline);
    const Result<void> read =
        more ? provider.read_extra(*plant, i, more->body) : Result<void>(std::unexpected(more.error().error));
    if (!read) plant->complaints.push_back(extras[i].path_template + ": " + read.error().message);
  }
  const Instant now = parts_.store.now();
  plant->topology_at = now;
  for (Module& module : plant->modules)
    for (Reading& reading : module.readings) reading.received = now;
  co_return plant;
}

void Reader::put_plant(Account& account, Plant fresh) {
  const PlantId id = fresh.id;
  parts_.problems.complaints(fresh);
  if (fresh.topology_at) parts_.problems.clear("topology:" + id.text);
  parts_.store.state.plant_account[id] = account.id();
  if (Plant* old = parts_.store.plant(id)) {
    keep_known(*old, fresh);
    *old = std::move(fresh);
  } else {
    parts_.store.state.plants.push_back(std::move(fresh));
    // As the configuration lists them, whichever cloud answered first: the first plant is the one that is
    // shown.
    // By insertion, which is stable and needs no scratch memory.
    auto& plants = parts_.store.state.plants;
    for (auto at = plants.begin(); at != plants.end(); ++at)
      std::rotate(std::ranges::upper_bound(plants.begin(), at, rank(at->id), {},
                                           [this](const Plant& plant) { return rank(plant.id); }),
                  at, at + 1);
  }
  parts_.records.save_home(account, id);
  parts_.store.changed();
}

std::pair<std::size_t, std::size_t> Reader::rank(const PlantId& plant) const {
  const Account* owner = account_of(plant);
  if (!owner) return {parts_.accounts.size(), 0};
  std::size_t account = 0, provider = 0;
  while (parts_.accounts[account].get() != owner) ++account;
  while (provider < owner->providers.size() && owner->providers[provider] != owner->provider_of(plant))
    ++provider;
  return {account, provider};
}

void Reader::drop_missing(Account& account, const Provider& provider, const std::vector<Plant>& listed) {
  const std::string prefix = std::string(provider.id()) + ":";
  std::vector<PlantId> gone;
  for (const auto& [id, owner] : parts_.store.state.plant_account)
    if (owner == account.id() && id.text.starts_with(prefix) &&
        std::ranges::find(listed, id, &Plant::id) == listed.end())
      gone.push_back(id);
  for (const PlantId& id : gone) {
    parts_.claims.forget(id);
    parts_.outages.forget(id);
    parts_.problems.clear_plant(id);
    parts_.scope.spawn(parts_.records.forget_home(account.id(), account.person, id));
  }
  if (!gone.empty())
    parts_.store.drop_plants(account.id(),
                             [&](const PlantId& id) { return std::ranges::find(gone, id) == gone.end(); });
}

}  // namespace foyer
