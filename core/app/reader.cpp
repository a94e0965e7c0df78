#include "core/app/reader.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/app/words.hpp"

namespace foyer {
namespace {

using policy::Condition;
using policy::Purpose;

constexpr Millis read_deadline = Seconds(15);        // N2
constexpr Millis background_deadline = Seconds(60);  // N2
constexpr Millis topology_age = Minutes(15);         // E9, Q1

CallFailure not_understood(const Error& error) {
  return {.failure = {.condition = Condition::malformed_answer, .status = 200}, .error = error};
}

// A fresh topology says what there is; what was known of its state stays until the status arrives.
void keep_known(const Plant& old, Plant& fresh) {
  std::unordered_map<std::string_view, const Module*> known;
  for (const Module& module : old.modules) known.emplace(module.id.text, &module);
  for (Module& module : fresh.modules) {
    const auto at = known.find(module.id.text);
    if (at == known.end()) continue;
    for (const Reading& reading : at->second->readings)
      if (reading.aspect == Aspect::other || !module.reading(reading.aspect)) module.set_reading(reading);
    module.reach = at->second->reach;
    module.unreachable_since = at->second->unreachable_since;
    module.mode_until = at->second->mode_until;
    module.raw_status = at->second->raw_status;
  }
  for (Gateway& gateway : fresh.gateways)
    for (const Gateway& before : old.gateways)
      if (before.id == gateway.id) gateway.offline_since = before.offline_since;
  fresh.status_at = old.status_at;
}

}  // namespace

Account* Reader::account_of(const PlantId& plant) const {
  const auto at = parts_.store.state.plant_account.find(plant);
  return at == parts_.store.state.plant_account.end() ? nullptr : find_account(parts_.accounts, at->second);
}

std::size_t Reader::cost(const Plant& plant) const {
  const Account* account = account_of(plant.id);
  const Provider* provider = account ? account->provider_of(plant.id) : nullptr;
  return provider ? std::max<std::size_t>(1, provider->status(plant).size()) : 1;
}

// --- failures
// ---------------------------------------------------------------------------------------------------

void Reader::failed(Account& account, const PlantId& id, const ModuleId* module, const CallFailure& failure) {
  if (failure.error.kind == ErrorKind::cancelled && failure.failure.ok()) return;
  parts_.problems.account_failed(account, failure);
  Plant* plant = parts_.store.plant(id);
  const Provider* provider = account.provider_of(id);
  if (!plant || !provider) return;
  const Condition condition = failure.failure.condition;
  if (condition == Condition::gateway_offline) {
    const std::vector<Call> reads = provider->status(*plant);
    const Module* one = module ? plant->module(*module) : nullptr;
    const bool whole = reads.size() == 1 || !one;
    if (reads.empty()) return;
    parts_.outages.failed(*plant, whole ? reads.front().path : provider->module_status(*plant, *one).path,
                          whole && plant->modules.size() > 1 ? nullptr : module, failure);
    return;
  }
  if (condition == Condition::not_found) {
    const auto [last, first] = missed_.try_emplace(id, parts_.store.now());
    if (!first && parts_.store.now() - last->second < topology_age) return;
    last->second = parts_.store.now();
    load(account.id(), Freshness::anew);
  }
}

// --- status
// -----------------------------------------------------------------------------------------------------

Completion<Result<void>> Reader::status(const PlantId& plant, Purpose purpose) {
  if (const auto at = reading_.find(plant); at != reading_.end()) return at->second;
  const Completion<Result<void>> done;
  reading_.emplace(plant, done);
  parts_.scope.spawn(run_status(plant, purpose, done));
  return done;
}

Task<Result<void>> Reader::status_from_now(PlantId plant, Purpose purpose) {
  if (const auto at = reading_.find(plant); at != reading_.end()) {
    const Completion<Result<void>> other = at->second;
    (void)co_await other;
  }
  const Completion<Result<void>> own = status(plant, purpose);
  co_return co_await own;
}

Task<void> Reader::run_status(PlantId plant, Purpose purpose, Completion<Result<void>> done) {
  auto result = co_await read_status(plant, purpose);
  reading_.erase(plant);
  done.resolve(std::move(result));
}

Task<Result<void>> Reader::read_status(PlantId id, Purpose purpose) {
  const Plant* plant = parts_.store.plant(id);
  Account* account = account_of(id);
  const Provider* provider = account ? account->provider_of(id) : nullptr;
  if (!plant || !provider) co_return fail(ErrorKind::invalid_input, "", "there is no such home");
  std::vector<Call> calls = provider->status(*plant);
  Result<void> result;
  bool any = false;
  for (Call& call : calls) {
    if (purpose == Purpose::poll && !parts_.outages.may_ask(call.path)) continue;
    call.purpose = purpose;
    const auto read = co_await read_one(id, call);
    any = any || read.has_value();
    if (read) continue;
    if (result) result = std::unexpected(read.error().error);
    const Condition condition = read.error().failure.condition;
    if (read.error().error.kind == ErrorKind::parked || condition == Condition::offline ||
        condition == Condition::opaque || condition == Condition::quota_exceeded)
      break;  // the next one would say the same
  }
  if (any) {
    if (Plant* now = parts_.store.plant(id)) now->status_at = parts_.store.now();
    parts_.records.save_home(*account, id);
    parts_.problems.clear("read:" + id.text);
  }
  co_return any ? Result<void>() : result;
}

Task<std::expected<void, CallFailure>> Reader::read_one(PlantId id, Call call) {
  Account* account = account_of(id);
  const Provider* provider = account->provider_of(id);
  const bool polling = call.purpose == Purpose::poll;
  const Mark mark = parts_.claims.mark();
  std::function<bool()> wanted;
  if (polling) wanted = [this] { return parts_.store.state.visible && parts_.store.state.online; };
  const CallResult answer =
      co_await account->gateway.send(call, wanted, polling ? background_deadline : read_deadline);
  Plant* plant = parts_.store.plant(id);
  if (!plant)
    co_return std::unexpected(CallFailure{.error = {ErrorKind::cancelled, "", "the home is no longer here"}});

  std::optional<CallFailure> failure;
  Result<StatusReport> report = StatusReport{};
  if (!answer) {
    failure = answer.error();
  } else {
    report = provider->read_status(*plant, call, answer->body, parts_.store.offset(parts_.store.now()));
    if (!report) failure = not_understood(report.error());
  }
  if (failure) {
    const ModuleId* only = nullptr;
    for (const Module& module : plant->modules) {
      if (failure->failure.condition != Condition::gateway_offline) break;
      if (provider->module_status(*plant, module).path != call.path) continue;
      only = &module.id;
      break;
    }
    failed(*account, id, only, *failure);
    co_return std::unexpected(std::move(*failure));
  }

  parts_.outages.answered(call.path);
  struct Keep {
    const Claims& claims;
    Mark mark;
  };
  const Keep keep{parts_.claims, mark};
  parts_.claims.learn(*plant, *report, mark);
  apply(
      *plant, *report, parts_.store.now(),
      [](const void* context, const ModuleId& module, Aspect aspect) {
        const auto& held = *static_cast<const Keep*>(context);
        return held.claims.keeps(module, aspect, held.mark);
      },
      &keep);
  parts_.store.changed();
  co_return std::expected<void, CallFailure>();
}

Task<Result<void>> Reader::module(PlantId id, ModuleId module_id, Purpose purpose) {
  const Plant* plant = parts_.store.plant(id);
  const Module* module = plant ? plant->module(module_id) : nullptr;
  Account* account = account_of(id);
  const Provider* provider = account ? account->provider_of(id) : nullptr;
  if (!module || !provider) co_return fail(ErrorKind::invalid_input, "", "there is no such module");
  Call call = provider->module_status(*plant, *module);
  call.purpose = purpose;
  auto read = co_await read_one(id, std::move(call));
  if (!read) co_return std::unexpected(std::move(read.error().error));
  parts_.records.save_home(*account, id);
  co_return Result<void>();
}

// --- topology
// ---------------------------------------------------------------------------------------------------

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
  std::vector<std::shared_ptr<Result<void>>> results;
  std::vector<Task<void>> tasks;
  for (const Provider* provider : account.providers) {
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
    if (!listed) failure = not_understood(listed.error());
  } else {
    failure = answer.error();
  }
  if (!answer || !listed) {
    failed(account, PlantId(), nullptr, failure);
    if (failure.error.kind != ErrorKind::cancelled && failure.error.kind != ErrorKind::signed_out &&
        parts_.problems.find("account:" + account.id() + ":" +
                             std::string(policy::rule_id(failure.failure.condition))) == nullptr)
      parts_.problems.raise({.key = key,
                             .condition = failure.failure.condition,
                             .what = "The homes of " + std::string(provider.name()) + " could not be read.",
                             .doing = sentence(parts_.store, failure),
                             .details = details(failure),
                             .again_at = failure.again_at,
                             .can_retry = true});
    *result = std::unexpected(failure.error);
    co_return;
  }
  parts_.problems.clear(key);
  drop_missing(account, provider, *listed);
  for (Plant& summary : *listed) {
    const PlantId id = summary.id;
    const Plant* known = parts_.store.plant(id);
    const bool recent = known && known->topology_at &&
                        parts_.store.now() - *known->topology_at < topology_age &&
                        parts_.store.now() >= *known->topology_at;
    if (freshness == Freshness::anew || !recent) {
      auto fresh = co_await read_topology(account, provider, summary);
      if (fresh) {
        put_plant(account, std::move(*fresh));
      } else if (!parts_.store.plant(id)) {
        put_plant(account, std::move(summary));  // named at least
      }
    }
    const Completion<Result<void>> status_read = status(id, Purpose::pressed);
    (void)co_await status_read;
  }
}

Task<Result<Plant>> Reader::read_topology(Account& account, const Provider& provider, Plant summary) {
  const CallResult answer = co_await account.gateway.send(provider.topology(summary.id), {}, read_deadline);
  Result<Plant> plant = Plant{};
  std::optional<CallFailure> failure;
  if (!answer) {
    failure = answer.error();
  } else {
    plant = provider.read_topology(summary, answer->body);
    if (!plant) failure = not_understood(plant.error());
  }
  if (failure) {
    failed(account, PlantId(), nullptr, *failure);
    parts_.problems.raise({.key = "read:" + summary.id.text,
                           .condition = failure->failure.condition,
                           .what = "The rooms and modules of " + summary.name + " could not be read.",
                           .doing = sentence(parts_.store, *failure, summary.name),
                           .details = details(*failure),
                           .again_at = failure->again_at,
                           .can_retry = true});
    co_return std::unexpected(failure->error);
  }
  const std::vector<Call> extras = provider.extras(*plant);
  for (std::size_t i = 0; i < extras.size(); ++i) {
    const CallResult more = co_await account.gateway.send(extras[i], {}, read_deadline);
    const Result<void> read =
        more ? provider.read_extra(*plant, i, more->body) : Result<void>(std::unexpected(more.error().error));
    if (!read) plant->complaints.push_back(extras[i].path_template + ": " + read.error().message);
  }
  plant->topology_at = parts_.store.now();
  co_return plant;
}

void Reader::put_plant(Account& account, Plant fresh) {
  const PlantId id = fresh.id;
  parts_.problems.complaints(fresh);
  parts_.problems.clear("read:" + id.text);
  parts_.store.state.plant_account[id] = account.id();
  if (Plant* old = parts_.store.plant(id)) {
    keep_known(*old, fresh);
    *old = std::move(fresh);
  } else {
    parts_.store.state.plants.push_back(std::move(fresh));
  }
  parts_.records.save_home(account, id);
  parts_.store.changed();
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
    parts_.problems.clear("plant:" + id.text);
    parts_.problems.clear("read:" + id.text);
    parts_.scope.spawn(parts_.records.forget_home(account.id(), account.person, id));
  }
  if (!gone.empty())
    parts_.store.drop_plants(account.id(),
                             [&](const PlantId& id) { return std::ranges::find(gone, id) == gone.end(); });
}

}  // namespace foyer
