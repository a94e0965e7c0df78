#include "core/app/controller_impl.hpp"

namespace foyer {
namespace {

constexpr Millis on_return = Seconds(60);  // who comes back sees values of the last minute

}  // namespace

Controller::Impl::Impl(Controller& controller, Host& lent, Config config)
    : self(controller), tap(lent.http), host{lent.clock, lent.timers,    lent.random,  lent.crypto,
                                             tap,        lent.vault,     lent.storage, lent.navigator,
                                             lent.locks, lent.broadcast, lent.parts} {
  for (CloudConfig& cloud : config.clouds) {
    store.state.accounts.push_back({.id = cloud.id,
                                    .name = cloud.name,
                                    .simulated = cloud.simulated,
                                    .providers = cloud.providers,
                                    .api_base = cloud.api.base,
                                    .redirect_uri = cloud.oauth.redirect_uri,
                                    .keys = static_cast<int>(cloud.api.keys.size())});
    accounts.push_back(std::make_unique<Account>(host, std::move(cloud)));
    Account* account = accounts.back().get();
    store.state.accounts.back().ledger = account->gateway.ledger.value();
    store.state.accounts.back().journal = &account->gateway.journal();
    for (const auto& other : accounts)
      if (other->config.api.base == account->config.api.base)
        account->gateway.breaker = other->gateway.breaker;  // N4: one host, one breaker
    account->gateway.ledger.on_change = [this](const Error* refused) { records.stored(refused); };
    account->session.on_change = [this, account] { session_changed(*account); };
    account->gateway.on_change = [this, account] { gateway_changed(*account); };
  }
  store.on_change = [this] {
    if (arrivals.has(Part::tools)) historian.look();
    if (self.on_change) self.on_change();
  };
  arrivals.on_here = [this] {
    scope.spawn(arrange());
    if (arrivals.has(Part::homes))
      reader.load_missed();  // whichever part was asked for: one file may bring both
  };
  reader.on_loaded = [this] { check_route(); };
  reader.promised = [this](const Account& account, Instant at) { refresher.promise(account, at); };
  reader.next_look = [this](const Account& account) { return refresher.next_look(account); };
}

void Controller::Impl::session_changed(Account& account) {
  if (AccountState* shown = store.account(account.id())) shown->session = account.session.info();
  problems.look_at_session(account);
  store.changed();
  // Signed out by the person in another tab: not theirs alone (P11).
  const bool elsewhere =
      account.session.info().because == oauth::SignedOutBecause::by_user && !account.person.empty();
  if (elsewhere) scope.spawn(leave(account, account.change_person()));
}

void Controller::Impl::gateway_changed(Account& account) {
  if (AccountState* shown = store.account(account.id())) shown->ledger = account.gateway.ledger.value();
  problems.look_at_ledger(account);
  store.changed();
}

void Controller::Impl::go(const Route& route, bool replace) {
  if (route == state().route) return;
  const Plant* before = state().plant();
  const PlantId shown = before ? before->id : PlantId();
  state().route = route;
  look_at(shown);
  fetch_part();
  store.changed();
  if (self.on_route) self.on_route(route, replace);
}

// Another home is shown: what is old or was never read of it is read now.
void Controller::Impl::look_at(const PlantId& before) {
  const Plant* shown = state().plant();
  if (!shown || shown->id == before || !state().online || !state().visible) return;
  const Account* account = reader.account_of(shown->id);
  if (!account || !account->signed_in()) return;
  const bool recent = shown->topology_at && shown->status_at && store.now() - *shown->status_at < on_return;
  if (!recent) scope.spawn(look(shown->id, Reader::Freshness::any_recent));
}

Task<void> Controller::Impl::look(PlantId plant, Reader::Freshness freshness) {
  (void)co_await reader.look(plant, freshness);
  if (const Account* account = reader.account_of(plant)) refresher.go_on(account->id());
}

void Controller::Impl::fetch_part() {
  if (const auto part = part_of(state().route.view)) arrivals.fetch(*part);
}

void Controller::Impl::settle_route() {
  const bool inside = anyone_signed_in();
  if (inside && state().route.view == Route::View::welcome) {
    go(wanted.view == Route::View::welcome ? Route{.view = Route::View::home} : wanted, true);
  } else if (!inside && needs_home(state().route.view)) {
    wanted = state().route;
    go({}, true);
  }
}

void Controller::Impl::check_route() {
  const Route route = state().route;
  if (state().loading || route.plant.empty() || !needs_home(route.view)) return;
  const Plant* plant = store.plant(route.plant);
  const bool gone = !plant || (!route.module.empty() && !plant->module(route.module)) ||
                    (!route.ambient.empty() && !plant->ambient(route.ambient));
  if (!gone) return;
  go({.view = Route::View::home, .plant = plant ? plant->id : PlantId()}, true);
  store.say(phrase(plant ? Phrase::device_gone : Phrase::home_gone));
}

void Controller::Impl::set_online(bool online) {
  if (state().online == online) return;
  state().online = online;
  store.changed();
  if (online) {
    problems.clear({ProblemKey::About::network});
    fetch_part();
    return refresher.go_on_all(just_read);
  }
  refresher.rest();
  std::optional<Instant> last;
  for (const Plant& plant : state().plants)
    if (plant.status_at && (!last || *plant.status_at > *last)) last = plant.status_at;
  problems.offline(last);
}

// --- what hosts call ---

Controller::Controller(Host& host, Config config)
    : impl_(std::make_unique<Impl>(*this, host, std::move(config))) {}
Controller::~Controller() = default;

const State& Controller::state() const { return impl_->store.state; }

void Controller::start(std::string url, const std::string& route) {
  impl_->store.state.route = parse_route(route);
  impl_->store.state.page = url.substr(0, url.find_first_of("?#"));
  impl_->fetch_part();
  impl_->scope.spawn(impl_->run_start(std::move(url)));
}

void Controller::dispatch(const Intent& intent) { impl_->handle(intent); }

void Controller::callback(std::string url) { impl_->scope.spawn(impl_->run_callback(std::move(url))); }

void Controller::give_up(std::string what) {
  impl_->store.state.fatal = std::move(what);
  impl_->store.state.started = true;
  impl_->store.changed();
}

void Controller::words_changed() {
  for (const auto& account : impl_->accounts) {
    impl_->problems.look_at_session(*account);
    impl_->problems.look_at_ledger(*account);
  }
  impl_->store.changed();
}

void Controller::set_online(bool online) { impl_->set_online(online); }

void Controller::set_visible(bool visible) {
  if (impl_->store.state.visible == visible) return;
  impl_->store.state.visible = visible;
  impl_->store.changed();
  if (!visible) impl_->refresher.rest();
  if (visible && impl_->store.state.started) impl_->scope.spawn(impl_->come_back(on_return));
}

void Controller::resumed() {
  for (AccountState& account : impl_->store.state.accounts)
    account.signing_in = false;  // Back from the provider
  impl_->store.changed();
  if (impl_->store.state.started) impl_->scope.spawn(impl_->come_back(just_read));
}

Task<void> Controller::restore() { return impl_->restore(); }

Task<Result<void>> Controller::complete(std::string url) { return impl_->complete(std::move(url)); }

Task<Result<void>> Controller::load(std::string account) {
  const Completion<Result<void>> done = impl_->reader.load(account, Reader::Freshness::anew);
  co_return co_await done;
}

Task<Result<void>> Controller::look(PlantId plant, bool anew) {
  return impl_->reader.look(std::move(plant), anew ? Reader::Freshness::anew : Reader::Freshness::any_recent);
}

Task<Result<void>> Controller::refresh(PlantId plant, policy::Purpose purpose) {
  const Completion<Result<void>> done = impl_->reader.status(plant, purpose);
  co_return co_await done;
}

Task<Result<CommandState>> Controller::command(ModuleId module, Command command) {
  // Whoever knows a module has what commands it.
  if (!impl_->arrivals.has(Part::homes))
    co_return fail(ErrorKind::invalid_input, "", "there is no such module");
  const Completion<Result<CommandState>> done = impl_->commands.send(module, command);
  co_return co_await done;
}

Task<CallResult> Controller::call(std::string account, Call call) {
  Account* one = find_account(impl_->accounts, account);
  if (!one)
    co_return std::unexpected(
        CallFailure{.error = {ErrorKind::invalid_input, "", "there is no account \"" + account + "\""}});
  co_return co_await one->gateway.send(std::move(call));
}

Task<void> Controller::flush() { return impl_->records.flush(); }

Task<void> Controller::examine(bool ask_api, std::string account) {
  if (!co_await impl_->arrivals.bring(Part::tools)) co_return impl_->store.say(phrase(Phrase::rest_missing));
  co_await impl_->desk.examine(ask_api, std::move(account));
}

Task<Result<report::Made>> Controller::report(std::string account) {
  if (!co_await impl_->arrivals.bring(Part::homes) || !co_await impl_->arrivals.bring(Part::tools))
    co_return fail(ErrorKind::transport, "rest", "a part of the program could not be loaded");
  co_return co_await impl_->desk.report(std::move(account));
}

Task<CallResult> Controller::retry(std::string account) {
  Account* one = find_account(impl_->accounts, account);
  if (!one || one->providers.empty() || !co_await impl_->arrivals.bring(Part::homes))
    co_return std::unexpected(
        CallFailure{.error = {ErrorKind::invalid_input, "", "there is no account \"" + account + "\""}});
  one->gateway.lift_halt();
  Call call = one->providers.front()->plants();
  call.purpose = policy::Purpose::pressed;
  co_return co_await one->gateway.send(std::move(call));
}

void Controller::accept_any_clock() { impl_->accept_any_clock(); }

oauth::Session* Controller::session(const std::string& account) {
  Account* one = find_account(impl_->accounts, account);
  return one ? &one->session : nullptr;
}

const CloudGateway* Controller::gateway(const std::string& account) const {
  const Account* one = find_account(impl_->accounts, account);
  return one ? &one->gateway : nullptr;
}

}  // namespace foyer
