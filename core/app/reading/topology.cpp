// Plants, topology and extras: what there is in a home.
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/app/reading/reader.hpp"
#include "core/app/reading/shown_names.hpp"
#include "core/app/state/words.hpp"
#include "core/policy/budget.hpp"

namespace foyer {
namespace {

using policy::Purpose;
namespace budget = policy::budget;

constexpr std::size_t least_of_a_home = 3;  // topology, one read that completes it, one of the state

// Programmes are not always read along; the steps of a shutter are told by its state.
void keep_offer(const Capability& before, Capability& fresh) {
  if (fresh.aspect == Aspect::program && fresh.options.empty())
    fresh.options = before.options, fresh.labels = before.labels;
  if (fresh.aspect == Aspect::position && before.range) fresh.range = before.range;
}

// A fresh topology says what there is; what was known of its state stays until the status arrives.
void keep_known(const Plant& old, Plant& fresh) {
  for (const std::string& one : old.complaints)
    if (one.starts_with(of_state)) fresh.complaints.push_back(one);
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
    // What completes a topology is not always read along.
    for (Capability& mine : module.capabilities)
      if (const Capability* before = at->second->capability(mine.aspect)) keep_offer(*before, mine);
    module.error = at->second->error;
    module.raw_status = at->second->raw_status;
  }
  for (Gateway& gateway : fresh.gateways)
    for (const Gateway& before : old.gateways)
      if (before.id == gateway.id) gateway.offline_since = before.offline_since;
  fresh.status_at = old.status_at;
}

// A topology tells nothing of scenes: those that were read stay until they are read again.
void keep_scenes(const Plant& old, Plant& fresh) {
  for (const Module& module : old.modules)
    if (module.kind == Kind::scene && !fresh.module(module.id)) fresh.modules.push_back(module);
}

void received(Plant& plant, Instant at) {
  for (Module& module : plant.modules)
    for (Reading& reading : module.readings) reading.received = at;
}

bool shown_is(const State& state, const PlantId& id) {
  const Plant* shown = state.plant();
  return shown && shown->id == id;
}

}  // namespace

Task<void> Reader::load_provider(Account& account, const Provider& provider, Freshness freshness,
                                 std::shared_ptr<Result<void>> result) {
  const ProblemKey key{ProblemKey::About::provider, account.id(), std::string(provider.id())};
  const std::uint64_t began = account.gateway.sent();
  const Instant asked = parts_.store.now();
  const std::uint64_t visit = account.visit;
  *result = std::unexpected(no_longer_here().error);
  if (account.visit != visit) co_return;
  const CallResult answer = co_await ask(account, provider.plants());
  Result<std::vector<Plant>> listed = std::vector<Plant>();
  CallFailure failure;
  if (answer) {
    listed = provider.read_plants(answer->status, answer->body);
    if (!listed) failure = malformed_answer(listed.error());
  } else {
    failure = answer.error();
  }
  if (!answer || !listed) {
    if (failure.error.kind != ErrorKind::cancelled && !tell_account(account, provider.id(), failure))
      raise_read_problem(key, phrase(Phrase::homes_unread, {provider.name()}), failure, account.id());
    *result = std::unexpected(failure.error);
    co_return;
  }
  parts_.problems.clear(key);
  pause_.erase(account.id());
  parts_.problems.account_answered(account, provider.id());
  *result = {};
  drop_missing(account, provider, *listed);
  std::vector<PlantId> mine;
  for (Plant& summary : *listed) {
    const PlantId id = summary.id;
    const Account* owner = account_of(id);  // two accounts may see the same home: the first one shows it
    if (owner && owner != &account && owner->signed_in()) continue;
    mine.push_back(id);
    if (provider.lists_topology()) {
      if (!read_since(id, asked)) put_listed(account, std::move(summary), asked);
    } else if (!parts_.store.plant(id)) {
      put_plant(account, std::move(summary));  // named at least
    }
  }
  const Plant* shown = parts_.store.state.plant();
  const auto front = shown ? std::ranges::find(mine, shown->id) : mine.end();
  if (front != mine.end()) std::rotate(mine.begin(), front, front + 1);
  // What the list told is new; what completes it is not.
  const bool told = provider.lists_topology();
  for (const PlantId& id : mine) {
    if (account.visit != visit) break;
    if (told && freshness == Freshness::anew) extras_at_.erase(id);
    const bool is_shown = shown_is(parts_.store.state, id);
    const auto spent = static_cast<std::size_t>(account.gateway.sent() - began);
    if (!is_shown && spent + least_of_a_home > budget::start) break;
    (void)co_await read_home(account, provider, id, told ? Freshness::any_recent : freshness,
                             is_shown ? budget::look : budget::start - spent);
  }
}

bool Reader::is_recent(std::optional<Instant> at) const {
  const Instant now = parts_.store.now();
  return at && now >= *at && now - *at < topology_age;
}

// A look that began after that moment told more than an answer to what was asked then.
bool Reader::read_since(const PlantId& id, Instant asked) const {
  const Plant* known = parts_.store.plant(id);
  return known && known->topology_at && *known->topology_at > asked &&
         *known->topology_at <= parts_.store.now();
}

// `most` calls at the most; what does not fit waits for the next look.
Task<Result<void>> Reader::read_home(Account& account, const Provider& provider, PlantId id,
                                     Freshness freshness, std::size_t most) {
  const std::uint64_t began = account.gateway.sent();
  const auto left = [&] {
    const auto spent = static_cast<std::size_t>(account.gateway.sent() - began);
    return spent < most ? static_cast<std::size_t>(most - spent) : 0;
  };
  const Plant* plant = parts_.store.plant(id);
  if (!plant) co_return fail(ErrorKind::invalid_input, "", "there is no such home");
  const bool anew = freshness == Freshness::anew;
  const Instant asked = parts_.store.now();
  Result<void> result;
  if (anew || !is_recent(plant->topology_at)) {
    auto fresh = co_await read_topology(account, provider, *plant, left());
    if (fresh && !read_since(id, asked)) put_plant(account, std::move(*fresh));
    plant = parts_.store.plant(id);
    if (!plant) co_return std::unexpected(no_longer_here().error);
    if (!fresh && (anew || !plant->topology_at)) result = std::unexpected(fresh.error().error);
    if (!plant->topology_at) co_return result;
  } else if (const auto at = extras_at_.find(id);
             provider.lists_topology() && (at == extras_at_.end() || !is_recent(at->second))) {
    co_await complete(account, provider, id, left());
  }
  plant = parts_.store.plant(id);
  if (!plant) co_return std::unexpected(no_longer_here().error);
  const bool fits = most >= budget::look || cost(*plant) <= left();
  if (!fits) co_return result;
  const Completion<Result<void>> status_read = status(id, Purpose::pressed);
  (void)co_await status_read;  // what is wrong with it was told as a problem, and is no fault of the topology
  co_return result;
}

Task<std::expected<Plant, CallFailure>> Reader::read_topology(Account& account, const Provider& provider,
                                                              Plant summary, std::size_t most) {
  std::expected<Plant, CallFailure> plant = summary;
  const std::uint64_t visit = account.visit;
  const Instant asked = parts_.store.now();
  Call call = provider.topology(summary.id);
  call.listed = true;
  const CallResult answer = co_await ask(account, std::move(call));
  if (!answer) {
    plant = std::unexpected(answer.error());
  } else if (auto read = provider.read_topology(summary, answer->body)) {
    plant = std::move(*read);
  } else {
    plant = std::unexpected(malformed_answer(read.error()));
  }
  if (!plant && plant.error().error.kind == ErrorKind::cancelled) co_return plant;
  if (!plant) {
    // A home of which nothing is known says so even when the whole API is in trouble: that trouble is over
    // with the next good answer, the empty home is not.
    const Plant* known = parts_.store.plant(summary.id);
    const bool told = tell_account(account, provider.id(), plant.error());
    if (!told || !known || !known->topology_at)
      raise_read_problem({ProblemKey::About::topology, summary.id.text},
                         phrase(Phrase::topology_unread, {summary.name}), plant.error());
    co_return plant;
  }
  if (const Plant* known = parts_.store.plant(summary.id)) keep_scenes(*known, *plant);
  co_await read_extras(account, provider, *plant, most > 0 ? most - 1 : 0);
  if (account.visit != visit) co_return std::unexpected(no_longer_here());
  plant->topology_at = asked;
  received(*plant, parts_.store.now());
  co_return plant;
}

// Scenes, programmes: what completes a topology, at most `most` reads of it.
Task<void> Reader::read_extras(Account& account, const Provider& provider, Plant& plant, std::size_t most) {
  std::vector<Call> extras = provider.extras(plant);
  if (extras.empty()) std::erase_if(plant.modules, [](const Module& one) { return one.kind == Kind::scene; });
  // As many again are needed for the state of what they complete. What does not fit is asked at the next
  // look.
  if (extras.size() * 2 > most + 1)
    extras.resize((most + 1) / 2), extras_at_.erase(plant.id);
  else
    extras_at_[plant.id] = parts_.store.now();
  for (std::size_t i = 0; i < extras.size(); ++i) {
    extras[i].listed = true;
    const CallResult more = co_await ask(account, extras[i]);
    if (!more && more.error().error.kind == ErrorKind::cancelled) co_return;
    // A device out of reach, or one that has no programmes: nothing was misunderstood.
    if (!more && more.error().failure.condition == policy::Condition::gateway_offline) continue;
    const Result<void> read =
        more ? provider.read_extra(plant, i, more->body) : Result<void>(std::unexpected(more.error().error));
    if (!read) plant.complaints.push_back(extras[i].path_template + ": " + read.error().message);
  }
}

// What completes the topology of a home that a list told.
Task<void> Reader::complete(Account& account, const Provider& provider, PlantId id, std::size_t most) {
  Plant whole = *parts_.store.plant(id);
  const auto told = whole.topology_at;
  const std::uint64_t visit = account.visit;
  const Instant began = parts_.store.now();
  co_await read_extras(account, provider, whole, most);
  const Plant* plant = parts_.store.plant(id);
  // What was read anew meanwhile is completed by whoever read it.
  if (account.visit != visit || !plant || plant->topology_at != told) co_return;
  for (Module& module : whole.modules)
    if (const Module* now = plant->module(module.id))
      for (const Reading& reading : now->readings)
        if (reading.received >= began)
          module.set_reading(reading);  // its state was read, or commanded, meanwhile
  put_plant(account, std::move(whole));
}

// A home of a list that tells topologies.
void Reader::put_listed(Account& account, Plant fresh, Instant asked) {
  fresh.topology_at = asked;
  received(fresh, parts_.store.now());
  if (const Plant* known = parts_.store.plant(fresh.id)) keep_scenes(*known, fresh);
  put_plant(account, std::move(fresh));
}

Plant* Reader::put_plant(Account& account, Plant fresh) {
  const PlantId id = fresh.id;
  show_names(fresh);
  parts_.problems.complaints(fresh);
  parts_.claims.keep_withdrawn(fresh);
  if (fresh.topology_at) parts_.problems.clear({ProblemKey::About::topology, id.text});
  parts_.store.state.plant_account[id] = account.id();
  if (Plant* old = parts_.store.plant(id)) {
    keep_known(*old, fresh);
    *old = std::move(fresh);
  } else {
    // As the configuration lists them, whichever cloud answered first: the first plant is the one that is
    // shown.
    auto& plants = parts_.store.state.plants;
    const auto place =
        std::ranges::upper_bound(plants, rank(id), {}, [this](const Plant& one) { return rank(one.id); });
    plants.insert(place, std::move(fresh));
  }
  Plant* put = parts_.store.plant(id);
  if (put->topology_at) parts_.records.save_home(account, id);
  parts_.store.changed();
  return put;
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
    forget(id);
    parts_.scope.spawn(parts_.records.forget_home(account.id(), account.person, id));
  }
  if (!gone.empty())
    parts_.store.drop_plants(account.id(),
                             [&](const PlantId& id) { return std::ranges::find(gone, id) == gone.end(); });
}

}  // namespace foyer
