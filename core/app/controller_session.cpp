// Sessions of all accounts: restored at the start, signed in to, left.
#include "core/app/controller_impl.hpp"
#include "core/base/url.hpp"
#include "core/oauth/authorization.hpp"

namespace foyer {
namespace {

constexpr Millis any_clock = Hours(24) * 36525;  // K3

// The redirect of a sign-in, by what only such an answer has.
bool is_answer(const std::string& url) {
  const auto parsed = parse_url(url);
  if (!parsed) return false;
  return std::ranges::any_of(form_decode(parsed->query), [](const auto& field) {
    return field.first == "code" || field.first == "error";
  });
}

}  // namespace

Task<void> Controller::Impl::enter(Account& account) {
  for (const Provider* one : account.providers)
    if (one->part()) (void)co_await arrivals.bring(*one->part());
  if (!account.person.empty() && account.person != Records::person_of(account)) forget_homes(account);
  co_await records.restore_person(account);
  co_await arrange();
}

Task<void> Controller::Impl::arrange() {
  if (!anyone_signed_in() || !arrivals.has(Part::homes) || std::exchange(arranged, true)) co_return;
  co_await records.restore_arrangement();
}

void Controller::Impl::forget_homes(const Account& account) {
  const std::string id = account.id();
  std::vector<PlantId> homes;
  for (const auto& [plant, owner] : state().plant_account)
    if (owner == id) homes.push_back(plant);
  for (const PlantId& plant : homes) reader.forget(plant);
  refresher.forget(id);
  if (arrivals.has(Part::tools)) desk.forget(id);
  store.drop_plants(id);
  if (arrivals.has(Part::tools)) historian.forget();
  using About = ProblemKey::About;
  for (const About about : {About::account, About::provider, About::quota}) problems.clear_all(about, id);
  if (AccountState* shown = store.account(id)) shown->loaded = false;
}

Task<void> Controller::Impl::restore() {
  if (std::exchange(restored, true)) co_return;
  co_await records.restore_ui();
  const auto kept = co_await host.storage.load(Storage::Scope::tab, "any_clock");
  if (kept && *kept) accept_any_clock();
  for (const auto& account : accounts) {
    (void)co_await account->session.restore();  // what it means is in info()
    session_changed(*account);
    if (account->signed_in()) co_await enter(*account);
  }
}

Task<void> Controller::Impl::come_back(Millis fresh_enough) {
  for (const auto& account : accounts)
    if (account->signed_in()) (void)co_await account->session.restore();  // tells what it finds itself
  refresher.go_on_all(fresh_enough);
}

Task<void> Controller::Impl::run_start(std::string url) {
  co_await restore();
  if (is_answer(url)) (void)co_await complete(std::move(url));
  state().started = true;
  settle_route();
  if (anyone_signed_in()) arrivals.fetch(Part::tools);  // soon wanted, and here when the network is not
  for (const auto& account : accounts) {
    scope.spawn(records.listen(*account));
    if (account->signed_in()) refresher.go_on(account->id(), just_read);
  }
  store.changed();
}

Task<Result<void>> Controller::Impl::complete(std::string url) {
  for (const auto& account : accounts) {
    auto back = co_await account->session.complete(url);
    if (!back && (rule_of(back.error().code) == "B3" || back.error().code == "A6"))
      continue;  // an attempt of another account, or none at all
    if (AccountState* shown = store.account(account->id())) shown->signing_in = false;
    session_changed(*account);
    if (!back) {
      problems.sign_in_failed(*account, back.error());
      co_return std::unexpected(std::move(back.error()));
    }
    co_await enter(*account);
    // N5: whoever signs in has settled what halted it; the next call is the probe.
    const Instant now = store.now();
    if (account->gateway.halted())
      co_await account->gateway.ledger.change([now](policy::Ledger& ledger) { policy::press(ledger, now); });
    problems.clear({ProblemKey::About::sign_in, account->id()});
    Route route = parse_route(*back);  // A6: one of our own routes, whatever it says
    if (route.view == Route::View::welcome) route.view = Route::View::home;
    go(route, true);
    store.say(phrase(Phrase::signed_in, {account->config.name}));
    co_return Result<void>();
  }
  if (!anyone_signed_in() && !accounts.empty()) problems.unknown_sign_in(*accounts.front());
  co_return fail(ErrorKind::protocol, "B3", "this answer belongs to no open sign-in");
}

Task<void> Controller::Impl::run_callback(std::string url) {
  const auto done = co_await complete(std::move(url));
  settle_route();
  if (!done) co_return;
  arrivals.fetch(Part::tools);
  for (const auto& account : accounts)
    if (account->signed_in()) refresher.go_on(account->id(), just_read);
}

Task<void> Controller::Impl::sign_in(std::string id) {
  Account* account = find_account(accounts, id);
  if (!account) co_return;
  if (!state().online) co_return store.say(phrase(Phrase::offline_sign_in));
  const bool outside = state().route.view == Route::View::welcome;
  if (AccountState* shown = store.account(id)) shown->signing_in = true;
  store.changed();
  const auto url = co_await account->session.begin(to_text(outside ? wanted : state().route));
  if (url) {
    host.navigator.open(*url);
    co_return;
  }
  if (AccountState* shown = store.account(id)) shown->signing_in = false;
  problems.sign_in_failed(*account, url.error());
}

void Controller::Impl::accept_any_clock() {
  for (const auto& account : accounts) account->session.tolerate(any_clock);
}

Task<void> Controller::Impl::continue_anyway(std::string id) {
  accept_any_clock();
  (void)co_await host.storage.save(Storage::Scope::tab, "any_clock", "1");  // denied: it is asked once more
  co_await sign_in(std::move(id));
}

Task<void> Controller::Impl::sign_out(std::string id) {
  Account* account = find_account(accounts, id);
  if (!account) co_return;
  std::string person = account->change_person();
  const Result<void> kept = co_await account->session.sign_out();
  co_await leave(*account, std::move(person));
  if (!kept)
    store.say(phrase(Phrase::sign_out_unkept));  // S3: only clearing the site's data forgets it for good
  const std::string onward = oauth::logout_url(account->config.oauth, account->config.oauth.redirect_uri, "");
  if (!onward.empty()) host.navigator.open(onward);  // rules G: the provider's own session, too
}

Task<void> Controller::Impl::leave(Account& account, std::string person) {
  const std::string id = account.id();
  refresher.rest();
  forget_homes(account);
  session_changed(account);
  wanted = {};
  if (!anyone_signed_in()) go({}, true);
  store.say(phrase(Phrase::signed_out, {account.config.name}));
  if (!person.empty()) co_await records.forget_homes(id, person);
  if (!anyone_signed_in()) {
    arranged = false;
    co_await records.forget_arrangement();
  }
  for (AccountState& other : state().accounts) {  // homes that both could see
    if (other.id == id || other.session.status != oauth::Status::signed_in) continue;
    other.loaded = false;
    refresher.go_on(other.id, Millis(0));
  }
}

}  // namespace foyer
