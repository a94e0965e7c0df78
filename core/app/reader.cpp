#include "core/app/reader.hpp"

#include <algorithm>
#include <utility>

#include "core/app/words.hpp"

namespace foyer {
namespace {

using policy::Condition;
using policy::Purpose;

constexpr Millis read_deadline = Seconds(15);        // N2
constexpr Millis background_deadline = Seconds(60);  // N2
constexpr Millis topology_age = Minutes(15);         // E9, Q1

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

// --- failures ---

bool Reader::tell_account(const Account& account, std::string_view api, CallFailure failure) {
  if (!failure.again_at && next_look) failure.again_at = next_look(account);
  return parts_.problems.account_failed(account, api, failure);
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
    const Module* one = module ? plant->module(*module) : nullptr;
    const bool whole = reads.size() == 1 || !one;
    if (reads.empty()) return false;
    parts_.outages.failed(*plant, whole ? reads.front().path : provider->module_status(*plant, *one).path,
                          whole && plant->modules.size() > 1 ? nullptr : module, failure);
    return true;
  }
  if (condition != Condition::not_found) return false;
  const auto [last, first] = missed_.try_emplace(id, parts_.store.now());
  if (first || parts_.store.now() - last->second >= topology_age) {
    last->second = parts_.store.now();
    load(account.id(), Freshness::anew);
  }
  return false;
}

void Reader::answered(const Account& account, const PlantId& plant) {
  if (const Provider* provider = account.provider_of(plant))
    parts_.problems.account_answered(account, provider->id());
}

// Of what only this plant has: no permission, not found, refused.
void Reader::raise_read_problem(const std::string& key, std::string what, const CallFailure& failure) {
  const policy::Message words = policy::message(failure.failure.condition);
  const auto fill = filling(parts_.store, failure.failure, failure.again_at);
  const std::string reason = policy::fill(words.what, fill), doing = policy::fill(words.doing, fill);
  parts_.problems.raise({.key = key,
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
  if (!plant->topology_at) {  // it could not be read when the homes were listed
    auto fresh = co_await read_topology(*account, *provider, *plant);
    if (!fresh) co_return std::unexpected(std::move(fresh.error()));
    put_plant(*account, std::move(*fresh));
    plant = parts_.store.plant(id);
  }
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
    if (!report) failure = malformed_answer(report.error());
  }
  if (failure) {
    const ModuleId* only = nullptr;
    for (const Module& module : plant->modules) {
      if (failure->failure.condition != Condition::gateway_offline) break;
      if (provider->module_status(*plant, module).path != call.path) continue;
      only = &module.id;
      break;
    }
    if (!failed(*account, id, only, *failure))
      raise_read_problem("read:" + id.text, phrase(Phrase::status_unread, {plant->name}), *failure);
    co_return std::unexpected(std::move(*failure));
  }

  answered(*account, id);
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
  if (report->gateways_told) tell_gateways(*account, *plant);
  parts_.store.changed();
  co_return std::expected<void, CallFailure>();
}

// A good answer may say that a gateway is out of the cloud's own reach (code 6, netatmo-api §6.3).
void Reader::tell_gateways(const Account& account, const Plant& plant) {
  const auto next = next_look ? next_look(account) : std::nullopt;
  for (const Gateway& gateway : plant.gateways) {
    const std::string key = "gateway:" + gateway.id.text;
    if (!gateway.offline_since) {
      parts_.problems.clear(key);
      continue;
    }
    CallFailure failure{.error = {ErrorKind::refused, "E8", "code 6: unreachable"}};
    failure.failure.condition = Condition::gateway_offline;
    parts_.problems.gateway_offline(key, gateway.name, *gateway.offline_since,
                                    next.value_or(parts_.store.now() + Minutes(5)), failure);
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
