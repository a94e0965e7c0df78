// What the schedule does to the world, and the look at everybody afterwards.
#include <algorithm>
#include <utility>

#include "core/base/url.hpp"
#include "tests/soak/session_world.hpp"

namespace foyer::soak {
namespace {

std::string query_of(const Fields& fields, std::string_view name) {
  for (const auto& [key, value] : fields)
    if (key == name) return value;
  return {};
}

}  // namespace

World::World(const Schedule& s)
    : schedule(s), dice{s.seed * 0x9E3779B97F4A7C15ULL + 1}, random(s.seed + 1), storages(s.tabs) {
  tabs.resize(s.tabs);
  for (int i = 0; i < s.accounts; ++i) {
    open(i);
    time.advance(Seconds(1));
    tabs[i]->jobs.spawn(sign_in(i));
    time.advance(Seconds(2));
  }
  for (int i = s.accounts; i < s.tabs; ++i) open(i);
  time.advance(Seconds(1));
  points = 0;
}

World::~World() {
  for (auto& tab : tabs) tab.reset();
}

void World::open(int tab, bool script) {
  tabs[tab].reset();
  tabs[tab] = std::make_unique<Tab>(*this, tab, script);
  tabs[tab]->jobs.spawn(wake(tab));
}

// As a cron job does: it starts, asks, writes for a while, and is gone.
void World::run_script(int tab) {
  open(tab, true);
  time.advance(Seconds(1));
  tabs[tab]->jobs.spawn(ask(tab, false));
  time.advance(Minutes(2));
  const auto kept = stored(account_of(tab));
  const auto& knows = tabs[tab]->knows;
  if (knows && kept && kept->family == knows->family && kept->number < knows->number)
    complain("a program ended with tokens that it had not stored");
  open(tab);
}

void World::bury_the_dead() {
  if (!dying) return;
  const int tab = *std::exchange(dying, std::nullopt);
  verdict.killed = true;
  open(tab);
}

Task<void> World::wake(int tab) { static_cast<void>(co_await tabs[tab]->session.restore()); }

Task<void> World::ask(int tab, bool refused) {
  std::optional<SecretText> token;
  if (refused) {
    const auto now = co_await tabs[tab]->session.access_token();
    if (now) token = now->token;
  }
  const auto got = co_await tabs[tab]->session.access_token(std::move(token));
  tabs[tab]->answer = got ? mark_of(got->token.expose()) : std::nullopt;
}

Task<void> World::sign_in(int tab) {
  oauth::Session& session = tabs[tab]->session;
  if (session.info().status == oauth::Status::signed_in) co_return;
  const auto url = co_await session.begin("home");
  if (!url) co_return;
  const std::string state = query_of(form_decode(parse_url(*url)->query), "state");
  static_cast<void>(co_await session.complete("https://app.example/?code=c&state=" + state));
}

Task<void> World::sign_out(int tab) {
  const int of = tabs[tab]->family;
  if (of == 0) co_return;
  // A page that is killed before the end is written has not signed out.
  // Nor has one that signs in again while the end is being written.
  if (co_await tabs[tab]->session.sign_out() && tabs[tab]->family == 0) signed_out.insert(of);
}

void World::perform(const Step& step) {
  const int number = step.tab % schedule.tabs;
  Tab& tab = *tabs[number];
  switch (step.act) {
    case Act::ask:
    case Act::refused:
      tab.jobs.spawn(ask(number, step.act == Act::refused));
      break;
    case Act::wake:
      tab.jobs.spawn(wake(number));
      break;
    case Act::crash:
      open(number);
      break;
    case Act::sign_out:
      tab.jobs.spawn(sign_out(number));
      break;
    case Act::sign_in:
      tab.jobs.spawn(sign_in(number));
      break;
    case Act::wait:
      settle(Millis(step.amount));
      break;
    case Act::jump:
      time.jump_wall(Minutes(static_cast<int>(step.amount) - 300));
      break;
    case Act::fault:
      faults.push_back(static_cast<Fault>(step.amount % static_cast<unsigned>(Fault::kinds)));
      break;
    case Act::deny_reads:
      vault.fail_reads = true;
      break;
    case Act::deny_writes:
      vault.fail_writes = true;
      break;
    case Act::full:
      vault.writes_left = static_cast<int>(step.amount);
      break;
    case Act::hold:
      if (!schedule.lease)
        jobs.spawn([](World* self, int account) -> Task<void> {
          self->stuck.push_back(co_await self->locks.acquire("refresh:soak" + std::to_string(account)));
        }(this, account_of(number)));
      break;
    case Act::script:
      run_script(number);
      break;
    case Act::heal:
      heal();
      break;
  }
  bury_the_dead();
}

void World::heal() {
  vault.fail_reads = vault.fail_writes = false;
  vault.writes_left.reset();
  jobs.cancel_all();
  stuck.clear();
}

void World::settle(Millis span) {
  time.advance(span);
  bury_the_dead();
}

void World::finish() {
  finishing = true;
  faults.clear();
  heal();
  settle(Minutes(61));  // longer than any pause, window and token
  for (int round = 0; round < 3; ++round)
    for (int i = 0; i < schedule.tabs; ++i) {
      tabs[i]->jobs.spawn(wake(i));
      settle(Millis(100));
      tabs[i]->answer.reset();
      tabs[i]->jobs.spawn(ask(i, false));
      settle(Minutes(1));
    }
  for (int account = 0; account < schedule.accounts; ++account)
    if (const auto kept = stored(account); kept && !good(*kept))
      complain("a dead session stays in the storage");
  for (int number = 0; number < schedule.tabs; ++number) {
    const auto& tab = tabs[number];
    const auto kept = stored(account_of(number));
    const oauth::SessionInfo& info = tab->session.info();
    const bool in = info.status == oauth::Status::signed_in;
    if (in && signed_out.contains(tab->family)) complain("a session came back after its sign-out");
    if (in != kept.has_value())
      complain(in ? "a session that storage does not know" : "a tab without the session");
    if (in && kept && tab->family != kept->family) complain("tabs with different sessions");
    if (in && !(tab->answer && tab->answer->family == tab->family)) complain("a session without a token");
    if (info.status == oauth::Status::unknown) complain("a tab that knows nothing");
    if (in && info.storage_degraded) complain("storage is still said to be broken");
  }
}

}  // namespace foyer::soak
