#include "core/app/reading/reader.hpp"

#include <algorithm>
#include <utility>

#include "core/app/reading/shown_names.hpp"
#include "core/app/state/words.hpp"
#include "core/policy/budget.hpp"

namespace foyer {
namespace {

using policy::Condition;
using policy::Purpose;

constexpr Millis background_deadline = Seconds(60);                        // N2
constexpr Millis shortest_pause = Minutes(1), longest_pause = Minutes(5);  // of a service in trouble

// The module whose own address the read has, if it has one.
std::optional<ModuleId> module_of(const Plant& plant, const Call& call) {
  for (const Module& module : plant.modules)
    if (call.path.ends_with("/" + percent_encode(module.id.remote()))) return module.id;
  return std::nullopt;
}

}  // namespace

Account* Reader::account_of(const PlantId& plant) const {
  const auto at = parts_.store.state.plant_account.find(plant);
  return at == parts_.store.state.plant_account.end() ? nullptr : find_account(parts_.accounts, at->second);
}

std::size_t Reader::cost(const Plant& plant) const {
  const Account* account = account_of(plant.id);
  const Provider* provider = account ? account->provider_of(plant.id) : nullptr;
  return provider ? std::clamp<std::size_t>(provider->status(plant).size(), 1, policy::budget::poll) : 1;
}

void Reader::forget(const PlantId& plant) {
  parts_.claims.forget(plant);
  parts_.outages.forget(plant);
  parts_.problems.clear_plant(plant);
  extras_at_.erase(plant);
  turn_.erase(plant);
  missed_.erase(plant);
}

CallFailure Reader::no_longer_here() {
  return {.error = {ErrorKind::cancelled, "", "the home is no longer here"}};
}

Task<CallResult> Reader::ask(Account& account, Call call, Millis deadline,
                             std::function<bool()> still_wanted) {
  const std::uint64_t visit = account.visit;
  CallResult answer = co_await account.gateway.send(std::move(call), std::move(still_wanted), deadline);
  if (account.visit != visit) co_return std::unexpected(no_longer_here());
  co_return answer;
}

// --- failures ---

bool Reader::tell_account(const Account& account, std::string_view api, CallFailure failure) {
  const Instant now = parts_.store.now();
  const auto next = next_look ? next_look(account) : std::nullopt;
  // A service in trouble is looked at sooner than polling would: what is promised is kept (`promised`).
  if (next && !failure.again_at && policy::blames_host(failure.failure.condition)) {
    Millis& pause = pause_[account.id()];
    pause = pause == Millis(0) ? shortest_pause : std::min(2 * pause, longest_pause);
    failure.again_at = std::min(now + pause, std::max(*next, now));
  }
  if (!failure.again_at) failure.again_at = next;
  if (!parts_.problems.account_failed(account, api, failure, next.has_value())) return false;
  if (next && failure.again_at && promised) promised(account, *failure.again_at);
  return true;
}

Task<Result<std::vector<Plant>>> Reader::list_again(Account& account, const Provider& provider) {
  const CallResult answer = co_await ask(account, provider.plants());
  if (!answer) co_return std::unexpected(answer.error().error);
  co_return provider.read_plants(answer->status, answer->body);
}

Task<bool> Reader::still_listed(PlantId id, std::optional<ModuleId> module) {
  Account* account = account_of(id);
  const Provider* provider = account ? account->provider_of(id) : nullptr;
  const auto listed = [&] {
    const Plant* plant = parts_.store.plant(id);
    return plant && (!module || plant->module(*module));
  };
  if (!provider || !listed()) co_return listed();
  const Instant now = parts_.store.now();
  const Plant* plant = parts_.store.plant(id);
  const auto [last, first] = missed_.try_emplace(id, now);
  // Known to be silent, also from a run before this one: the list was compared when that began.
  const auto silent = [&](const Module& one) {
    return (module && one.id != *module) || one.kind == Kind::scene || one.reach == Reach::unreachable;
  };
  const bool compared = is_recent(plant->topology_at) && std::ranges::all_of(plant->modules, silent);
  if ((!first && is_recent(last->second)) || compared) co_return true;
  last->second = now;
  if (module && !provider->lists_topology()) {
    auto fresh = co_await read_topology(*account, *provider, *plant, 1);
    if (fresh) put_plant(*account, std::move(*fresh));
    // The home may be what is gone.
    if (fresh || !fresh.error().failure.maybe_gone) co_return listed();
  }
  const Instant asked = parts_.store.now();
  auto homes = co_await list_again(*account, *provider);
  if (!homes) co_return listed();
  drop_missing(*account, *provider, *homes);
  const auto mine = std::ranges::find(*homes, id, &Plant::id);
  if (mine != homes->end() && provider->lists_topology()) put_listed(*account, std::move(*mine), asked);
  co_return listed();
}

CallFailure Reader::gone(bool module) {
  const policy::Message words =
      module ? policy::message(Condition::not_found) : policy::message(policy::Notice::home_gone);
  return {.failure = {.condition = Condition::not_found, .status = 404},
          .error = {ErrorKind::refused, "E9", std::string(words.what)},
          .key = words.key};
}

bool Reader::failed(Account& account, const PlantId& id, const ModuleId* module, const CallFailure& failure) {
  if (failure.error.kind == ErrorKind::cancelled && failure.failure.ok()) return true;
  const Provider* provider = account.provider_of(id);
  if (tell_account(account, provider ? provider->id() : "", failure)) return true;
  Plant* plant = parts_.store.plant(id);
  if (!plant || !provider) return false;
  const Condition condition = failure.failure.condition;
  if (condition == Condition::gateway_offline) {
    const std::vector<Call> reads = provider->status(*plant);
    Module* one = module ? plant->module(*module) : nullptr;
    if (failure.failure.maybe_gone && one && plant->modules.size() > 1 && reads.size() == 1) {
      // Of this module alone; the next look at the home tells whether it is back.
      one->reach = Reach::unreachable;
      if (!one->unreachable_since) one->unreachable_since = parts_.store.now();
      parts_.records.save_home(account, id);
      parts_.store.changed();
      return true;
    }
    const bool whole = reads.size() == 1 || !one;
    if (reads.empty()) return false;
    parts_.outages.failed(*plant, whole ? reads.front().path : provider->module_status(*plant, *one).path,
                          whole && plant->modules.size() > 1 ? nullptr : module, failure);
    parts_.records.save_home(account, id);
    return true;
  }
  return false;
}

void Reader::answered(const Account& account, const PlantId& plant) {
  pause_.erase(account.id());
  if (const Provider* provider = account.provider_of(plant))
    parts_.problems.account_answered(account, provider->id());
}

// Of what only this plant has: no permission, not found, refused.
void Reader::raise_read_problem(const ProblemKey& key, std::string what, const CallFailure& failure,
                                const std::string& account) {
  const policy::Message words = words_of(failure);
  auto fill = filling(parts_.store, failure.failure, failure.again_at);
  if (failure.again_at) fill.wait = live_wait;
  const std::string reason = policy::fill(words.what, fill), doing = policy::fill(words.doing, fill);
  parts_.problems.raise({.key = key,
                         .account = account,
                         .condition = failure.failure.condition,
                         .what = std::move(what),
                         .doing = reason + (doing.empty() ? "" : " " + doing),
                         .remedy = policy::fill(words.remedy, fill),
                         .details = details(failure),
                         .again_at = failure.again_at,
                         .can_retry = true});
}

// --- status ---

Completion<Result<void>> Reader::status(const PlantId& plant, Purpose purpose) {
  const Account* account = account_of(plant);
  const Underway own{.account = account, .visit = account ? account->visit : 0};
  if (const auto at = reading_.find(plant); at != reading_.end() && at->second.is_as(own))
    return at->second.done;
  reading_.insert_or_assign(plant, own);
  parts_.scope.spawn(run_status(plant, purpose, own));
  return own.done;
}

Task<Result<void>> Reader::status_from_now(PlantId plant, Purpose purpose) {
  if (const auto at = reading_.find(plant); at != reading_.end()) {
    const Completion<Result<void>> other = at->second.done;
    (void)co_await other;
  }
  const Completion<Result<void>> own = status(plant, purpose);
  co_return co_await own;
}

Task<void> Reader::run_status(PlantId plant, Purpose purpose, Underway own) {
  auto result = co_await read_status(plant, purpose);
  if (const auto at = reading_.find(plant); at != reading_.end() && at->second.is_as(own)) reading_.erase(at);
  own.done.resolve(std::move(result));
}

Task<Result<void>> Reader::read_status(PlantId id, Purpose purpose) {
  const Plant* plant = parts_.store.plant(id);
  Account* account = account_of(id);
  const Provider* provider = account ? account->provider_of(id) : nullptr;
  if (!plant || !provider) co_return fail(ErrorKind::invalid_input, "", "there is no such home");
  if (!plant->topology_at) {  // nobody has looked at it yet, or it could not be read
    auto fresh = co_await read_topology(*account, *provider, *plant, policy::budget::look);
    if (!fresh) co_return std::unexpected(std::move(fresh.error().error));
    plant = put_plant(*account, std::move(*fresh));
  }
  std::vector<Call> calls = provider->status(*plant);
  if (calls.size() > policy::budget::poll) {  // some now, the others in the next rounds
    std::size_t& turn = turn_[id];
    turn = turn < calls.size() ? turn : 0;
    std::rotate(calls.begin(), calls.begin() + static_cast<std::ptrdiff_t>(turn), calls.end());
    calls.resize(policy::budget::poll);
    turn += policy::budget::poll;
  }
  Result<void> result;
  bool any = false;
  for (Call& call : calls) {
    if (purpose == Purpose::poll && !parts_.outages.may_ask(call.path)) continue;
    call.purpose = purpose;
    const auto read = co_await read_one(id, call, !any);
    any = any || read.has_value();
    if (read) continue;
    if (result) result = std::unexpected(read.error().error);
    const Condition condition = read.error().failure.condition;
    const ErrorKind kind = read.error().error.kind;
    if (kind == ErrorKind::parked || kind == ErrorKind::cancelled || condition == Condition::offline ||
        condition == Condition::opaque || condition == Condition::quota_exceeded)
      break;  // the next one would say the same
  }
  if (any) {
    if (Plant* now = parts_.store.plant(id)) now->status_at = parts_.store.now();
    parts_.records.save_home(*account, id);
    parts_.problems.clear({ProblemKey::About::status, id.text});
  }
  co_return any ? Result<void>() : result;
}

Task<std::expected<void, CallFailure>> Reader::read_one(PlantId id, Call call, bool begins) {
  Account* account = account_of(id);
  const Provider* provider = account ? account->provider_of(id) : nullptr;
  if (!provider) co_return std::unexpected(no_longer_here());  // gone while another read of it was waited for
  const std::uint64_t visit = account->visit;
  const bool polling = call.purpose == Purpose::poll;
  const Mark mark = parts_.claims.mark();
  std::function<bool()> wanted;
  if (polling) wanted = [this] { return parts_.store.state.visible && parts_.store.state.online; };
  call.listed = true;
  const CallResult answer =
      co_await ask(*account, call, polling ? background_deadline : read_deadline, wanted);
  Plant* plant = parts_.store.plant(id);
  if (!plant) co_return std::unexpected(no_longer_here());

  std::optional<CallFailure> failure;
  Result<StatusReport> report = StatusReport{};
  if (!answer) {
    failure = answer.error();
  } else {
    report = provider->read_status(*plant, call, answer->body, parts_.store.offset(parts_.store.now()));
    if (!report) failure = malformed_answer(report.error());
  }
  if (failure) {
    const std::optional<ModuleId> only = module_of(*plant, call);
    if (failure->failure.maybe_gone && !co_await still_listed(id, only)) {
      if (account->visit != visit) co_return std::unexpected(no_longer_here());
      if (only) parts_.store.say(phrase(Phrase::device_gone));
      co_return std::unexpected(gone(only.has_value()));
    }
    plant = parts_.store.plant(id);  // may have been read anew, or have left
    if (!plant) co_return std::unexpected(no_longer_here());
    if (!failed(*account, id, only ? &*only : nullptr, *failure))
      raise_read_problem({ProblemKey::About::status, id.text},
                         phrase(Phrase::status_unread, {name_of(parts_.store.state.arrangement, *plant)}),
                         *failure);
    co_return std::unexpected(std::move(*failure));
  }

  answered(*account, id);
  show_names(*report);
  parts_.outages.answered(call.path);
  struct Keep {
    const Claims& claims;
    Mark mark;
  };
  const Keep keep{parts_.claims, mark};
  parts_.claims.learn(*plant, *report, mark);
  if (begins) forget_state_complaints(*plant);
  apply(
      *plant, *report, parts_.store.now(),
      [](const void* context, const ModuleId& module, Aspect aspect) {
        const auto& held = *static_cast<const Keep*>(context);
        return held.claims.keeps(module, aspect, held.mark);
      },
      &keep);
  parts_.claims.keep_withdrawn(*plant);
  parts_.problems.complaints(*plant);
  if (report->gateways_told) tell_gateways(*account, *plant);
  parts_.store.changed();
  co_return std::expected<void, CallFailure>();
}

void Reader::keep(const PlantId& plant) {
  if (const Account* account = account_of(plant)) parts_.records.save_home(*account, plant);
}

// A good answer may say that a gateway is out of the cloud's own reach (code 6).
void Reader::tell_gateways(const Account& account, const Plant& plant) {
  const auto next = next_look ? next_look(account) : std::nullopt;
  for (const Gateway& gateway : plant.gateways) {
    const ProblemKey key{ProblemKey::About::gateway, gateway.id.text};
    if (!gateway.offline_since) {
      parts_.problems.clear(key);
      continue;
    }
    CallFailure failure{.error = {ErrorKind::refused, "E8", "code 6: unreachable"}};
    failure.failure.condition = Condition::gateway_offline;
    parts_.problems.gateway_offline(key, std::string(name_of(parts_.store.state.arrangement, gateway)),
                                    *gateway.offline_since, next.value_or(parts_.store.now() + Minutes(5)),
                                    failure);
  }
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

}  // namespace foyer
