// What a person presses becomes work.
#include <variant>

#include "core/app/controller_impl.hpp"
#include "core/base/url.hpp"

namespace foyer {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

}  // namespace

void Controller::Impl::retry(const std::string& key) {
  const Problem* problem = problems.find(key);
  if (!problem) return;
  const bool needs_sign_in = problem->needs_sign_in;
  const auto first = key.find(':');
  const std::string kind = key.substr(0, first);
  std::string id = first == std::string::npos ? "" : key.substr(first + 1);
  if (kind == "account" || kind == "provider") id = id.substr(0, id.find(':'));
  const bool of_plant = kind == "read" || kind == "plant" || kind == "topology";
  if (of_plant) {
    const Account* owner = reader.account_of(PlantId(id));
    if (owner) id = owner->id();
  }
  if (needs_sign_in) return scope.spawn(sign_in(id));
  for (const auto& account : accounts) {
    if (kind == "account" && account->id() != id) continue;
    account->gateway.lift_halt();
  }
  if (of_plant || kind == "provider") {
    problems.clear(key);
    reader.load(id, Reader::Freshness::anew);
    return;
  }
  refresher.pressed();
}

void Controller::Impl::handle(const Intent& intent) {
  std::visit(Overloaded{
                 [&](const intent::SignIn& one) { scope.spawn(sign_in(one.account)); },
                 [&](const intent::ContinueAnyway& one) { scope.spawn(continue_anyway(one.account)); },
                 [&](const intent::SignOut& one) { scope.spawn(sign_out(one.account)); },
                 [&](const intent::Go& one) { go(one.route, false); },
                 [&](const intent::Send& one) { commands.send(one.module, one.command); },
                 [&](const intent::AllOff& one) { commands.all_off(one.ambient); },
                 [&](const intent::Refresh&) { refresh(); },
                 [&](const intent::LookAgain& one) { commands.look_again(one.module); },
                 [&](const intent::Retry& one) { retry(one.problem); },
                 [&](const intent::Dismiss& one) { problems.clear(one.problem); },
                 [&](const intent::SetTheme& one) {
                   state().theme = one.theme;
                   records.save_ui();
                   store.changed();
                 },
                 [&](const intent::SetLanguage& one) {
                   state().language = one.language;
                   records.save_ui();
                   store.changed();
                 },
                 [&](const intent::KeyStep& one) {
                   state().key_step = one.done;
                   records.save_ui();
                   store.changed();
                 },
                 [&](const intent::FetchTools&) { fetch_tools(); },
                 [&](const intent::Examine& one) {
                   if (ready() && !state().doctor.running) scope.spawn(desk.examine(one.ask_api));
                 },
                 [&](const intent::OpenOperation& one) {
                   if (ready()) desk.open(one);
                 },
                 [&](const intent::SendOperation& one) {
                   if (ready()) desk.send(one);
                 },
                 [&](const intent::CopyCurl& one) {
                   if (ready()) desk.copy_curl(one);
                 },
                 [&](const intent::OpenLock&) {
                   if (const auto from = parse_url(state().page))
                     if (const auto to = resolve_url(*from, "lock.html")) host.navigator.open(to->text());
                 },
                 [&](const intent::SaveJournal& one) {
                   if (ready()) desk.save_journal(one.account);
                 },
                 [&](const intent::CopyText& one) {
                   store.say(host.navigator.copy(one.text) ? phrase(Phrase::copied, {one.what})
                                                           : phrase(Phrase::not_copied));
                 },
             },
             intent);
}

void Controller::Impl::refresh() {
  if (!state().online) return store.say(phrase(Phrase::offline));
  refresher.pressed();
}

}  // namespace foyer
