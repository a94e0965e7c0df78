#include "tests/soak/session_world.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "core/base/url.hpp"

namespace foyer::soak {
namespace {

constexpr std::string_view refresh_member = "\"refresh_token\":\"";

std::unexpected<Error> no_storage() { return fail(ErrorKind::storage, "S3", "not available"); }

std::string_view field_of(std::string_view form, std::string_view name) {
  const auto at = form.find(name);
  if (at == std::string_view::npos) return {};
  const auto from = at + name.size();
  return form.substr(from, std::min(form.find_first_of("&\"", from), form.size()) - from);
}

}  // namespace

std::optional<Mark> mark_of(std::string_view token) {
  const auto dash = token.find('-');
  if (token.size() < 4 || dash == std::string_view::npos) return std::nullopt;
  return Mark{std::atoi(std::string(token.substr(1, dash - 1)).c_str()),
              std::atoi(std::string(token.substr(dash + 1)).c_str())};
}

Task<Result<std::optional<SecretText>>> TabVault::load(std::string name) {
  co_await world.take_time();
  co_await world.point(tab);
  auto loaded = world.vault.load(std::move(name));
  loaded.start();
  auto value = loaded.take();
  co_await world.take_time();
  co_return value;
}

Task<Result<void>> TabVault::save(std::string, SecretText) { co_return no_storage(); }

Task<Result<void>> TabVault::remove(std::string name) {
  co_await world.take_time();
  auto removed = world.vault.remove(std::move(name));
  removed.start();
  co_return removed.take();
}

Task<Result<bool>> TabVault::replace(std::string name, SecretText value, std::uint64_t expected,
                                     std::uint64_t number) {
  co_await world.take_time();
  co_await world.point(tab);
  auto replaced = world.vault.replace(std::move(name), std::move(value), expected, number);
  replaced.start();
  auto done = replaced.take();
  co_await world.point(tab);
  co_await world.take_time();
  co_return done;
}

Task<Result<void>> TabVault::reserve() {
  co_await world.take_time();
  auto reserved = world.vault.reserve();
  reserved.start();
  co_return reserved.take();
}

TabLocks::TabLocks(World& w, int n, Vault& shared, Broadcast& channel)
    : world(w), tab(n), lease(shared, w.time, w.time, w.random, channel) {}

Task<Locks::Held> TabLocks::acquire(std::string name) {
  Held held = world.schedule.lease ? co_await lease.acquire(name) : co_await world.locks.acquire(name);
  co_await world.point(tab);
  co_return held;
}

Task<Result<std::string>> CheapCrypto::sha256(std::string data) {
  std::uint64_t hash = 1469598103934665603ULL;
  for (const char c : data) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  std::string out(32, '\0');
  for (int i = 0; i < 8; ++i) out[i] = static_cast<char>(hash >> (8 * i));
  co_return out;
}

Task<HttpOutcome> TabHttp::send(HttpRequest request) {
  const bool refresh = request.secret_body.expose().find("grant_type=refresh") != std::string::npos;
  std::optional<Mark> mark;
  if (refresh) {
    mark = mark_of(field_of(request.secret_body.expose(), "refresh_token="));
    if (++world.in_flight[mark ? mark->family : 0] > 1) world.complain("two refreshes at once");
    const auto known = mark ? world.known(mark->family) : std::nullopt;
    if (!mark) world.complain("a request without a refresh token");
    if (known && mark && known->number > mark->number) world.complain("a superseded token was used");
    ++world.verdict.requests;
  }
  struct Flight {
    int* count;
    Flight(int* c) : count(c) {}
    Flight(const Flight&) = delete;
    Flight& operator=(const Flight&) = delete;
    ~Flight() {
      if (count) --*count;
    }
  } const flight(mark ? &world.in_flight[mark->family] : nullptr);
  co_await world.point(tab);
  Fault fault = Fault::none;
  if (!world.faults.empty() && !world.finishing) {
    fault = world.faults.front();
    world.faults.pop_front();
  }
  co_await world.time.sleep(Millis(5 + world.dice.below(400)));
  if (fault == Fault::lost_request) co_return std::unexpected(HttpFailure::opaque);
  if (fault == Fault::error_500) co_return HttpResponse{.status = 500};
  if (fault == Fault::error_429) co_return HttpResponse{.status = 429, .headers = {{"Retry-After", "40"}}};
  if (fault == Fault::page_403) co_return HttpResponse{.status = 403, .body = "<html>"};
  if (fault == Fault::empty_400) {
    ++world.unclear;
    co_return HttpResponse{.status = 400};
  }
  if (fault == Fault::invalid_client)
    co_return HttpResponse{.status = 401, .body = R"({"error":"invalid_client"})"};
  HttpOutcome outcome = refresh ? world.refresh(*mark) : world.exchange();
  co_await world.point(tab);
  co_await world.time.sleep(fault == Fault::late ? request.deadline : Millis(5 + world.dice.below(400)));
  if (fault == Fault::late) co_return std::unexpected(HttpFailure::timeout);
  if (fault == Fault::lost_reply) co_return std::unexpected(HttpFailure::opaque);
  if (fault == Fault::not_json) co_return HttpResponse{.status = 200, .body = "<html>"};
  // What comes to a session that is over is thrown away (T9).
  const bool wanted = !refresh || world.tabs[tab]->family == mark->family;
  if (outcome->status == 200 && wanted)
    world.tabs[tab]->knows = mark_of(field_of(outcome->body, refresh_member));
  co_return outcome;
}

oauth::ClientConfig World::config(int account) const {
  oauth::ClientConfig made;
  made.account = "soak" + std::to_string(account);
  made.issuer = "https://issuer.example";
  made.authorize_endpoint = made.issuer + "/authorize";
  made.token_endpoint = made.issuer + "/token";
  made.jwks_uri = made.issuer + "/keys";
  made.client_id = "soak";
  made.redirect_uri = "https://app.example/";
  made.scopes = {"home"};
  return made;
}

namespace {
oauth::ClientConfig of_a_tab(oauth::ClientConfig made, bool script) {
  made.ends_at_once = script;
  return made;
}
}  // namespace

Tab::Tab(World& w, int n, bool script)
    : vault(w, n),
      http(w, n),
      broadcast(w.time, w.bus),
      locks(w, n, vault, broadcast),
      host{w.time,        w.time,    w.random, w.crypto,  http, vault,
           w.storages[n], navigator, locks,    broadcast, parts},
      session(host, of_a_tab(w.config(w.account_of(n)), script)) {
  session.on_change = [&w, n] { w.changed(n); };
}

HttpOutcome World::tokens(Mark mark) const {
  const std::string of = std::to_string(mark.family);
  const int kept = schedule.rotation == Rotation::none ? 1 : mark.number;
  return HttpResponse{.status = 200,
                      .body = R"({"access_token":"a)" + of + "-" + std::to_string(mark.number) +
                              R"(","token_type":"Bearer","expires_in":3600,"scope":")" + of +
                              R"(","refresh_token":"r)" + of + "-" + std::to_string(kept) + "\"}"};
}

HttpOutcome World::exchange() {
  newest[++families] = 1;
  return tokens({families, 1});
}

bool World::good(const Mark& mark) const {
  const auto at = newest.find(mark.family);
  if (at == newest.end() || dead.contains(mark.family)) return false;
  return schedule.rotation == Rotation::lenient || schedule.rotation == Rotation::none ||
         mark.number == at->second;
}

HttpOutcome World::refresh(Mark mark) {
  if (good(mark)) return tokens({mark.family, ++newest[mark.family]});
  if (schedule.rotation == Rotation::strict_and_reuse_kills) dead.insert(mark.family);
  return HttpResponse{.status = 400, .body = R"({"error":"invalid_grant"})"};
}

std::optional<Mark> World::stored(int account) const {
  const auto at = vault.records.find("session/soak" + std::to_string(account));
  if (at == vault.records.end()) return std::nullopt;
  return mark_of(field_of(at->second.expose(), refresh_member));
}

std::optional<Mark> World::known(int of) const {
  std::optional<Mark> best;
  const auto look = [&](const std::optional<Mark>& mark) {
    if (mark && mark->family == of && (!best || mark->number > best->number)) best = mark;
  };
  for (int account = 0; account < schedule.accounts; ++account) look(stored(account));
  for (const auto& tab : tabs)
    if (tab) look(tab->knows);
  return best;
}

void World::changed(int number) {
  Tab& tab = *tabs[number];
  const oauth::SessionInfo& info = tab.session.info();
  if (info.status == oauth::Status::signed_in) {
    tab.family = info.scopes.empty() ? 0 : std::atoi(info.scopes.front().c_str());
    return;
  }
  const int of = std::exchange(tab.family, 0);
  using enum oauth::SignedOutBecause;
  if (of == 0 || info.because == by_user || signed_out.contains(of)) return tab.knows.reset();
  ++verdict.ends;
  const auto newest_known = known(of);
  tab.knows.reset();
  // Two refusals without a reason are one with a reason (X8).
  if (newest_known && good(*newest_known) && unclear < 2)
    complain("signed out (" + std::string(to_string(info.because)) + ") although the session was good");
}

Task<void> World::point(int tab) {
  if (schedule.kill_at == 0 || finishing || tab != 0 || ++points != schedule.kill_at) co_return;
  dying = tab;
  co_await Completion<bool>();
}

}  // namespace foyer::soak
