// What stands before every read of homes: their part of the program is here, and nobody asks twice at once.
#include <algorithm>
#include <memory>

#include "core/app/reading/reader.hpp"
#include "core/app/state/words.hpp"
#include "core/policy/budget.hpp"

namespace foyer {
namespace {

ProblemKey rest_key(const Account& account) { return {ProblemKey::About::provider, account.id(), "rest"}; }

}  // namespace

Completion<Result<void>> Reader::load(const std::string& id, Freshness freshness) {
  Account* account = find_account(parts_.accounts, id);
  const Underway own{.account = account, .visit = account ? account->visit : 0};
  if (const auto at = loading_.find(id); at != loading_.end() && at->second.is_as(own))
    return at->second.done;
  if (!account) {
    own.done.resolve(fail(ErrorKind::invalid_input, "", "there is no such account"));
    return own.done;
  }
  loading_.insert_or_assign(id, own);
  parts_.scope.spawn(run_load(*account, freshness, own));
  return own.done;
}

void Reader::show_loading() {
  parts_.store.state.loading = !loading_.empty() || first_looks_ > 0;
  parts_.store.changed();
}

Task<void> Reader::run_load(Account& account, Freshness freshness, Underway own) {
  show_loading();
  std::vector<std::shared_ptr<Result<void>>> results;
  std::vector<Task<void>> tasks;
  const bool here = co_await parts_.arrivals.bring(Part::homes);
  if (here) parts_.problems.clear(rest_key(account));
  for (const Provider* provider : account.providers) {
    results.push_back(
        std::make_shared<Result<void>>(here ? std::unexpected(no_longer_here().error) : missing(account)));
    if (here && account.visit == own.visit)
      tasks.push_back(load_provider(account, *provider, freshness, results.back()));
  }
  co_await all(std::move(tasks));

  // Who has left meanwhile has no homes here.
  const bool gone = account.visit != own.visit;
  const bool any = !gone && std::ranges::any_of(results, [](const auto& one) { return one->has_value(); });
  if (AccountState* shown = parts_.store.account(account.id()); shown && any) shown->loaded = true;
  if (const auto at = loading_.find(account.id()); at != loading_.end() && at->second.is_as(own))
    loading_.erase(at);
  show_loading();
  if (any && on_loaded) on_loaded();
  own.done.resolve(any    ? Result<void>()
                   : gone ? Result<void>(std::unexpected(no_longer_here().error))
                          : *results.front());
}

Task<void> Reader::settled(std::string account) {
  const auto at = loading_.find(account);
  if (at == loading_.end()) co_return;
  const Completion<Result<void>> done = at->second.done;
  (void)co_await done;
}

void Reader::load_missed() {
  for (const auto& account : parts_.accounts)
    if (account->signed_in() && parts_.problems.find(rest_key(*account)) != nullptr)
      load(account->id(), Freshness::any_recent);
}

// The page could not fetch a part of itself.
Result<void> Reader::missing(const Account& account) {
  parts_.problems.raise({.key = rest_key(account),
                         .account = account.id(),
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

Task<Result<void>> Reader::look(PlantId id, Freshness freshness) {
  if (Account* owner = account_of(id); owner && !co_await parts_.arrivals.bring(Part::homes))
    co_return missing(*owner);
  Account* account = account_of(id);  // may have left while the part came
  const Provider* provider = account ? account->provider_of(id) : nullptr;
  const Plant* plant = parts_.store.plant(id);
  if (!provider || !plant) co_return fail(ErrorKind::invalid_input, "", "there is no such home");
  const bool just_now =
      plant->topology_at && plant->status_at && parts_.store.now() - *plant->status_at < just_read;
  if (freshness == Freshness::any_recent && just_now) co_return Result<void>();
  const bool first = !plant->topology_at;
  if (first) ++first_looks_, show_loading();
  auto result = co_await read_home(*account, *provider, id, freshness, policy::budget::look);
  if (first) --first_looks_, show_loading();
  co_return result;
}

}  // namespace foyer
