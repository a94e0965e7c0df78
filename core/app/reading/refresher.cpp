#include "core/app/reading/refresher.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/policy/breaker.hpp"
#include "core/policy/budget.hpp"

namespace foyer {
namespace {

constexpr Millis longest = Minutes(30);            // Q2
constexpr Millis feed_pause = Seconds(20);         // of a tab that another one feeds
constexpr Millis topology_for_a_poll = Hours(12);  // new devices are seen on a page that is never closed

std::vector<PlantId> plants_of(const State& state, const std::string& account) {
  std::vector<PlantId> found;
  for (const Plant& plant : state.plants)
    if (const auto owner = state.plant_account.find(plant.id);
        owner != state.plant_account.end() && owner->second == account)
      found.push_back(plant.id);
  return found;
}

// Those that are looked at by themselves: of an account with many homes the one that is shown.
std::vector<PlantId> watched(const State& state, const std::string& account) {
  std::vector<PlantId> found = plants_of(state, account);
  if (found.size() <= policy::budget::homes_polled) return found;
  const Plant* shown = state.plant();
  std::erase_if(found, [&](const PlantId& id) { return !shown || id != shown->id; });
  return found;
}

}  // namespace

bool Refresher::may_poll(const Account& account) const {
  return store_.state.visible && store_.state.online && account.signed_in();
}

// Nothing is sent before: daily limit (E6), halts (N5), rate limit (E13), a host at rest (N4).
Instant Refresher::closed_until(const Account& account) const {
  return account.gateway.closed_until().value_or(Instant{});
}

// When the account is looked at next, probes of silent gateways apart; nothing while there is nothing to look
// at.
std::optional<Instant> Refresher::due_but_probes(const Account& account) const {
  static const Beat none{};
  const auto at_beat = beats_.find(account.id());
  const Beat& beat = at_beat == beats_.end() ? none : at_beat->second;
  const std::optional<Instant> last = beat.last, promised = beat.promised;
  const std::optional<Millis> wanted = beat.at_most;
  const AccountState* shown = store_.account(account.id());
  const std::vector<PlantId> plants = watched(store_.state, account.id());
  const Instant now = store_.now();
  const auto kept = [&](Instant at) {
    return promised ? std::min(at, std::max(*promised, closed_until(account))) : at;
  };
  if (!shown || !shown->loaded) {
    const Millis interval = policy::poll_interval(account.gateway.ledger.value(), now);
    return kept(
        std::max(last ? *last + std::min(wanted.value_or(interval), interval) : now, closed_until(account)));
  }
  if (plants.empty()) return std::nullopt;

  std::size_t cost = 0;
  Instant base = last.value_or(Instant{});
  std::optional<Instant> oldest;
  for (const PlantId& id : plants) {
    const Plant& plant = *store_.plant(id);
    if (outages_.next_probe(id) && reader_.cost(plant) == 1) continue;  // all of it is silent (E8)
    cost += reader_.cost(plant);
    const Instant at = plant.status_at.value_or(Instant{});
    oldest = oldest ? std::min(*oldest, at) : at;
  }
  if (oldest) base = std::max(base, *oldest);  // a look after a command counts as one

  if (cost == 0) return std::nullopt;
  const Millis interval =
      std::clamp(policy::poll_interval(account.gateway.ledger.value(), now) * static_cast<std::int64_t>(cost),
                 Millis(Seconds(60)), longest);
  return kept(std::max(base + (wanted ? std::min(*wanted, interval) : interval), closed_until(account)));
}

std::optional<Instant> Refresher::due(const Account& account) const {
  std::optional<Instant> next = due_but_probes(account);
  for (const PlantId& id : watched(store_.state, account.id()))
    if (const auto probe = outages_.next_probe(id)) {
      const Instant at = std::max(*probe, closed_until(account));
      next = next ? std::min(*next, at) : at;
    }
  return next;
}

void Refresher::promise(const Account& account, Instant at) {
  if (!may_poll(account)) return;
  Beat& beat = beats_[account.id()];
  beat.promised = at;
  if (beat.sleeps_until && at < *beat.sleeps_until) go_on(account.id());
  show_next();
}

void Refresher::go_on(const std::string& id, std::optional<Millis> at_most) {
  Beat& beat = beats_[id];
  if (at_most) beat.at_most = beat.at_most ? std::min(*beat.at_most, *at_most) : *at_most;
  Account* account = find_account(accounts_, id);
  if (account && may_poll(*account) && !beat.leads && !beat.waits) scope_.spawn(lead(*account));
  scope_.spawn(poll(id, ++beat.round));
}

// Waits until no other visible tab leads.
Task<void> Refresher::lead(Account& account) {
  beats_[account.id()].waits = true;
  Locks::Held held = co_await host_.locks.acquire("poll:" + account.id());
  Beat& beat = beats_[account.id()];
  beat.waits = false;
  if (!may_poll(account)) co_return;  // hidden meanwhile: the next one's turn
  beat.lead = std::move(held);
  beat.leads = true;
  if (beat.round > 0) scope_.spawn(poll(account.id(), ++beat.round));
}

void Refresher::rest() {
  for (const auto& account : accounts_) {
    if (may_poll(*account)) continue;
    Beat& beat = beats_[account->id()];
    beat.leads = false;
    beat.lead.reset();
  }
}

void Refresher::forget(const std::string& id) {
  Beat& beat = beats_[id];
  beat.last.reset();
  beat.last_load.reset();
  beat.promised.reset();
}

void Refresher::go_on_all(std::optional<Millis> at_most) {
  for (const auto& account : accounts_) go_on(account->id(), at_most);
}

std::optional<Instant> Refresher::next_look(const Account& account) const {
  return may_poll(account) ? due(account) : std::nullopt;
}

void Refresher::show_next() {
  std::optional<Instant> next;
  for (const auto& account : accounts_) {
    const auto at = next_look(*account);
    if (at && (!next || *at < *next)) next = at;
  }
  if (next == store_.state.next_poll) return;
  store_.state.next_poll = next;
  store_.changed();
}

Task<void> Refresher::poll(std::string id, std::uint64_t round) {
  Account* account = find_account(accounts_, id);
  if (!account || !may_poll(*account)) co_return;
  co_await records_.adopt(*account);  // another tab may have looked a moment ago
  for (;;) {
    if (beats_[id].round != round) co_return;
    show_next();
    AccountState* shown = store_.account(id);
    const bool first = shown && !shown->loaded && plants_of(store_.state, id).empty();
    if (!beats_[id].leads && !first) {
      if (!may_poll(*account)) co_return;
      co_await host_.timers.sleep(feed_pause);
      if (beats_[id].round != round) co_return;
      beats_[id].at_most.reset();
      co_await records_.adopt(*account);
      shown = store_.account(id);
      if (shown && !plants_of(store_.state, id).empty()) shown->loaded = true;  // by the one that leads
      continue;
    }
    const auto at = due(*account);
    if (!may_poll(*account) || !at) co_return;
    if (*at > store_.now()) {
      const Instant wall = store_.now();
      const Steady steady = host_.clock.steady();
      beats_[id].sleeps_until = at;
      co_await host_.timers.sleep(*at - wall);
      if (beats_[id].round != round) co_return;
      beats_[id].sleeps_until.reset();
      // N6: whatever fell due meanwhile is one look, at once.
      if (policy::slept(store_.now() - wall, host_.clock.steady() - steady)) beats_[id].at_most = just_read;
      continue;  // the world may have changed meanwhile
    }
    Beat& beat = beats_[id];
    const auto normal = due_but_probes(*account);
    beat.at_most.reset();
    const bool probes_only = !normal || *normal > store_.now();
    if (!probes_only) {
      beat.last = store_.now();
      beat.promised.reset();
    }
    co_await refresh(*account, policy::Purpose::poll, !probes_only);
    for (const PlantId& plant : plants_of(store_.state, id)) outages_.postpone(plant);
  }
}

bool Refresher::topology_older_than(const std::string& account, Millis age) const {
  return std::ranges::any_of(watched(store_.state, account), [&](const PlantId& id) {
    const auto at = store_.plant(id)->topology_at;
    return !at || store_.now() - *at > age;
  });
}

// One read per plant; what was never loaded, or long ago, is loaded.
Task<void> Refresher::refresh(Account& account, policy::Purpose purpose, bool all) {
  const AccountState* shown = store_.account(account.id());
  const bool pressed = purpose == policy::Purpose::pressed;
  std::optional<Instant>& last_load = beats_[account.id()].last_load;
  const bool old = all && topology_older_than(account.id(), pressed ? topology_age : topology_for_a_poll) &&
                   (!last_load || store_.now() - *last_load > topology_age);
  if (!shown || !shown->loaded || old) {
    last_load = store_.now();
    const auto load = reader_.load(account.id(), Reader::Freshness::any_recent);
    (void)co_await load;
    co_return;
  }
  for (const PlantId& plant : watched(store_.state, account.id())) {
    const auto probe = outages_.next_probe(plant);
    if (!all && (!probe || *probe > store_.now())) continue;
    const auto read = reader_.status(plant, purpose);
    (void)co_await read;
  }
}

void Refresher::pressed(const std::string& only) {
  for (const auto& account : accounts_)
    if (account->signed_in() && (only.empty() || only == account->id()))
      scope_.spawn(refresh_pressed(account->id()));
}

Task<void> Refresher::refresh_pressed(std::string id) {
  for (const PlantId& plant : plants_of(store_.state, id)) outages_.probe_now(plant);
  beats_[id].last = store_.now();
  beats_[id].promised.reset();
  co_await refresh(*find_account(accounts_, id), policy::Purpose::pressed, true);
  go_on(id);
}

}  // namespace foyer
