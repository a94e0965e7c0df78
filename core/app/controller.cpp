#include "core/app/controller_impl.hpp"

namespace foyer {

Controller::Controller(Host& host, Config config)
    : impl_(std::make_unique<Impl>(*this, host, std::move(config))) {}
Controller::~Controller() = default;

const State& Controller::state() const { return impl_->store.state; }

void Controller::start(std::string url, std::string route) {
  impl_->store.state.route = parse_route(route);
  impl_->store.state.page = url.substr(0, url.find_first_of("?#"));
  if (wants_tools(impl_->store.state.route.view)) impl_->fetch_tools();
  impl_->scope.spawn(impl_->run_start(std::move(url)));
}

void Controller::dispatch(Intent intent) { impl_->handle(intent); }

void Controller::callback(std::string url) { impl_->scope.spawn(impl_->run_callback(std::move(url))); }

void Controller::give_up(std::string what) {
  impl_->store.state.fatal = std::move(what);
  impl_->store.state.started = true;
  impl_->store.changed();
}

void Controller::tools_later() { impl_->store.state.tools = Tools::absent; }

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

Task<Result<void>> Controller::refresh(PlantId plant) {
  const Completion<Result<void>> done = impl_->reader.status(plant, policy::Purpose::pressed);
  co_return co_await done;
}

Task<Result<CommandState>> Controller::command(ModuleId module, Command command) {
  const Completion<Result<CommandState>> done = impl_->commands.send(module, command);
  co_return co_await done;
}

Task<CallResult> Controller::call(std::string account, Call call) {
  Account* one = find_account(impl_->accounts, account);
  if (!one)
    co_return std::unexpected(
        CallFailure{.error = {ErrorKind::invalid_input, "", "there is no account \"" + account + "\""}});
  co_return co_await one->gateway.send(std::move(call), {}, console_deadline);
}

Task<void> Controller::examine(bool ask_api) { return impl_->desk.examine(ask_api); }

oauth::Session* Controller::session(const std::string& account) {
  Account* one = find_account(impl_->accounts, account);
  return one ? &one->session : nullptr;
}

const CloudGateway* Controller::gateway(const std::string& account) const {
  const Account* one = find_account(impl_->accounts, account);
  return one ? &one->gateway : nullptr;
}

}  // namespace foyer
