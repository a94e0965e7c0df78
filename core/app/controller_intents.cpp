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

using About = ProblemKey::About;

bool of_plant(const ProblemKey& key) {
  return key.about == About::status || key.about == About::home || key.about == About::topology;
}

}  // namespace

void Controller::Impl::retry(ProblemKey key) {
  const Problem* problem = problems.find(key);
  if (!problem) return;
  const bool needs_sign_in = problem->needs_sign_in;
  const std::string id = account_of(key);
  if (needs_sign_in) return scope.spawn(sign_in(id));
  // What halted the others is not settled by this press.
  if (Account* account = find_account(accounts, id)) account->gateway.lift_halt();
  if (of_plant(key)) {
    problems.clear(key);
    return scope.spawn(look(PlantId(key.id), Reader::Freshness::anew));
  }
  if (key.about == About::provider) {
    problems.clear(key);
    reader.load(id, Reader::Freshness::anew);
    return;
  }
  refresher.pressed(id);
}

std::string Controller::Impl::account_of(const ProblemKey& key) const {
  const auto owner = [this](const PlantId& plant) {
    const Account* account = reader.account_of(plant);
    return account ? account->id() : "";
  };
  if (of_plant(key)) return owner(PlantId(key.id));
  if (key.about == About::gateway)
    for (const Plant& plant : store.state.plants)
      if (plant.id.text == key.id || plant.module(ModuleId(key.id)) ||
          std::ranges::find(plant.gateways, GatewayId(key.id), &Gateway::id) != plant.gateways.end())
        return owner(plant.id);
  return find_account(accounts, key.id) ? key.id : "";
}

void Controller::Impl::handle(const Intent& intent) {
  std::visit(
      Overloaded{
          [&](const intent::SignIn& one) { scope.spawn(sign_in(one.account)); },
          [&](const intent::ContinueAnyway& one) { scope.spawn(continue_anyway(one.account)); },
          [&](const intent::SignOut& one) { scope.spawn(sign_out(one.account)); },
          [&](const intent::Go& one) { go(one.route, false); },
          [&](const intent::Send& one) {
            if (arrivals.has(Part::homes)) commands.send(one.module, one.command);
          },
          [&](const intent::AllOff& one) {
            if (arrivals.has(Part::homes)) commands.all_off(one);
          },
          [&](const intent::Undo&) {
            if (arrivals.has(Part::homes)) commands.undo();
          },
          [&](const intent::Arrange& one) {
            if (arrivals.has(Part::homes)) records.arrange(one.wish);
          },
          [&](const intent::Back& one) {
            self.on_back ? self.on_back(one.otherwise) : go(one.otherwise, false);
          },
          [&](const intent::Refresh&) { refresh(); },
          [&](const intent::LookAgain& one) {
            if (arrivals.has(Part::homes)) commands.look_again(one.module);
          },
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
          [&](const intent::BringPart& one) { arrivals.fetch(one.part); },
          [&](const intent::OpenLock&) { open_beside("lock.html"); },
          [&](const intent::OpenNotices&) { open_beside("THIRD_PARTY_NOTICES.txt"); },
          [&](const intent::OpenOperation& one) {
            if (!arrivals.has(Part::tools)) return;
            desk.handle(one);
            // Proposed by another view.
            if (!one.values.empty() && state().route.view != Route::View::console)
              go({.view = Route::View::console}, false);
          },
          [&](const intent::CopyText& one) {
            store.say(host.navigator.copy(one.text) ? phrase(Phrase::copied, {one.what})
                                                    : phrase(Phrase::not_copied));
          },
          // All others are of the tools. Their views come with them, so before that nobody can mean one.
          [&](const auto& one) {
            if (!arrivals.has(Part::tools)) return;
            if constexpr (requires { planner.handle(one); })
              planner.handle(one);
            else if constexpr (requires { historian.handle(one); })
              historian.handle(one);
            else
              desk.handle(one);
          },
      },
      intent);
}

void Controller::Impl::open_beside(const std::string& file) {
  if (state().page.empty()) return host.navigator.open(file);  // the host knows where its program lies
  if (const auto from = parse_url(state().page))
    if (const auto to = resolve_url(*from, file)) host.navigator.open(to->text());
}

void Controller::Impl::refresh() {
  if (!state().online) return store.say(phrase(Phrase::offline));
  if (arrivals.has(Part::tools)) historian.pressed();
  refresher.pressed();
}

}  // namespace foyer
