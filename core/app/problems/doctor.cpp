#include "core/app/problems/doctor.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "core/app/problems/problems.hpp"
#include "core/app/state/words.hpp"
#include "core/base/json_view.hpp"
#include "core/base/url.hpp"
#include "core/oauth/text.hpp"

namespace foyer {
namespace {

// One call; with two keys one more for each of them.
int cost_of(int keys) { return keys > 1 ? 3 : 1; }

using policy::Condition;
using policy::Notice;

constexpr std::size_t largest_answer = 128U << 10;  // C7
constexpr Millis clock_tolerance = Minutes(5);      // K3

std::string origin_of(const std::string& url) {
  const auto parsed = parse_url(url);
  return parsed ? parsed->origin() : url;
}

struct Look {
  Host& host;
  const Examination& what;
  const std::function<void(Finding)>& tell;
  Account* account = nullptr;
  std::optional<bool> own_server{};                   // answers; asked once
  mutable std::set<std::string, std::less<>> said{};  // what each trouble is

  void say(Phrase title, std::string_view part, Finding::State state, std::string words,
           std::string remedy = {}, std::optional<Error> error = {}, std::string detail = {}) const {
    if (state == Finding::State::trouble) said.insert(words);
    tell({account ? account->id() : "", std::string(part), state, phrase(title), std::move(words),
          std::move(remedy), std::move(detail), std::move(error)});
  }
  void good(Phrase title, std::string_view part, std::string words, std::string detail = {}) const {
    say(title, part, Finding::State::good, std::move(words), {}, {}, std::move(detail));
  }
  void message(Phrase title, std::string_view part, const policy::Message& words,
               const policy::Filling& filling, Error error) const {
    say(title, part, Finding::State::trouble, policy::fill(words.what, filling),
        policy::fill(words.remedy, filling), std::move(error));
  }

  Task<HttpOutcome> send(std::string method, std::string url, std::string body = {}) {
    HttpRequest request{.method = std::move(method), .url = std::move(url), .body = std::move(body)};
    request.headers.push_back({"Accept", "application/json"});
    if (!request.body.empty())
      request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    request.max_bytes = largest_answer;
    co_return co_await host.http.send(std::move(request));
  }

  // The difference between no network, a stopped relay and a blocked host (E1, E2): a browser tells none of
  // them.
  Task<void> no_answer(Phrase title, std::string_view part, HttpFailure failure, std::string url) {
    if (failure == HttpFailure::offline || !what.store.state.online) {
      message(title, part, policy::message(Condition::offline), {},
              {ErrorKind::offline, "E1", "this machine is offline"});
      co_return;
    }
    const std::string where = origin_of(url);
    if (failure == HttpFailure::certificate) {
      message(title, part, policy::message(Condition::certificate), {},
              {ErrorKind::transport, "L4", where + " shows a certificate that is not accepted"});
      co_return;
    }
    if (failure != HttpFailure::opaque) {
      const bool slow = failure == HttpFailure::timeout;
      message(title, part, policy::message(slow ? Condition::no_answer_in_time : Condition::redirected), {},
              slow ? Error{ErrorKind::timeout, "E15", where + " did not answer in time"}
                   : Error{ErrorKind::transport, "E22",
                           where + " answers with a redirect; use the final address"});
      co_return;
    }
    if (!host.navigator.may_connect(url))
      co_return say(title, part, Finding::State::trouble, phrase(Phrase::doctor_policy, {where}),
                    phrase(Phrase::doctor_policy_remedy),
                    Error{ErrorKind::config, "P1", "connect-src in index.html does not allow " + where,
                          part == "api" ? "api_base" : ""});
    const std::string page = origin_of(what.page);
    if (!own_server && !what.page.empty()) own_server = (co_await send("GET", what.page)).has_value();
    const Phrase remedy = own_server == false ? Phrase::doctor_no_server
                          : where == page     ? Phrase::doctor_relay_down
                                              : Phrase::doctor_blocked;
    say(title, part, Finding::State::trouble, phrase(Phrase::doctor_unreachable, {where}), phrase(remedy),
        Error{ErrorKind::transport, "E2",
              where + " can't be reached; check the address, the name and the network"});
  }

  // The relay is there, what is behind it is not; or there is no relay and the web server says so with a
  // page.
  bool upstream(Phrase title, std::string_view part, const HttpResponse& answer,
                const std::string& url) const {
    const std::string status = std::to_string(answer.status);
    if (answer.status >= 500) {
      say(title, part, Finding::State::trouble, phrase(Phrase::doctor_outage, {status}),
          phrase(Phrase::doctor_wait), Error{ErrorKind::transport, "E21", url + " answers with " + status});
    } else if (!JsonText::parse(answer.body, largest_answer)) {
      say(title, part, Finding::State::trouble, phrase(Phrase::doctor_page, {url, status}),
          phrase(Phrase::doctor_no_relay),
          Error{ErrorKind::malformed, "C5", url + " answers with status " + status + " and no JSON"});
    } else {
      return false;
    }
    return true;
  }

  Task<void> vault() {
    auto kept = co_await host.vault.save("doctor", SecretText("probe"));
    if (kept) {
      const auto loaded = co_await host.vault.load("doctor");
      if (!loaded)
        kept = std::unexpected(loaded.error());
      else if (!*loaded || (*loaded)->expose() != "probe")
        kept = fail(ErrorKind::storage, "S2", "what was saved did not come back");
      else
        kept = co_await host.vault.remove("doctor");
    }
    if (kept) co_return good(Phrase::part_vault, "vault", phrase(Phrase::doctor_vault));
    message(Phrase::part_vault, "vault", policy::message(Notice::session_memory), {}, kept.error());
  }

  // A6: the one registered constant, and in a page the place where it is open.
  void redirect() const {
    const std::string& wanted = account->config.oauth.redirect_uri;
    const auto url = parse_url(wanted);
    const std::string& here = what.page;
    if (!url || (!here.empty() && here != wanted))
      return say(Phrase::part_redirect, "redirect", Finding::State::trouble,
                 phrase(Phrase::doctor_redirect, {here, wanted}), phrase(Phrase::doctor_redirect_remedy),
                 Error{ErrorKind::config, "A6", "the redirect address is not this page's", "redirect_uri"});
    const bool loopback = url->is_loopback() && url->scheme == "http";
    good(Phrase::part_redirect, "redirect", phrase(Phrase::doctor_good),
         here.empty() && !loopback
             ? wanted + " is a page's address: sign in here with --redirect http://127.0.0.1:PORT/callback"
             : wanted);
  }

  // Not comparing is no proof: a wrong issuer shows itself at the next sign-in only.
  void unproven(std::string detail) const {
    say(Phrase::part_discovery, "discovery", Finding::State::unknown, phrase(Phrase::doctor_unproven), {}, {},
        std::move(detail));
  }
  Task<void> discovery() {
    const auto& oauth = account->config.oauth;
    std::string_view below = oauth.issuer;  // OpenID Connect Discovery 1.0 section 4: without its last '/'
    if (below.ends_with('/')) below.remove_suffix(1);
    std::string where = std::string(below) + "/.well-known/openid-configuration";
    if (!account->config.discovery.empty()) where = account->config.discovery;  // F3
    // Behind a relay the issuer is another host's name; its addresses are what counts then.
    const bool apart = origin_of(where) != origin_of(oauth.token_endpoint) && !what.page.empty();
    if (apart && !host.navigator.may_connect(where))
      co_return unproven("the page asks its relay only; compare with: foyer doctor");
    const HttpOutcome outcome = co_await send("GET", where);
    if (!outcome && apart) co_return unproven(where + " can't be reached from a page");
    if (!outcome) co_return co_await no_answer(Phrase::part_discovery, "discovery", outcome.error(), where);
    const auto json = JsonText::parse(outcome->body, largest_answer);
    if (outcome->status != 200 || !json)
      co_return unproven(where + " answers with status " + std::to_string(outcome->status));
    const std::string issuer = json->root().find("issuer").text().value_or("");
    if (issuer == oauth.issuer)
      co_return good(Phrase::part_discovery, "discovery", phrase(Phrase::doctor_good), issuer);
    message(
        Phrase::part_discovery, "discovery", policy::message(Condition::client_unknown), {},
        {ErrorKind::config, "D6",
         "the service calls itself \"" + issuer + "\", config.json says \"" + oauth.issuer + "\"", "issuer"});
  }

  Task<void> keys_and_clock() {
    const std::string& url = account->config.oauth.jwks_uri;
    const HttpOutcome outcome = co_await send("GET", url);
    if (!outcome) co_return co_await no_answer(Phrase::part_keys, "keys", outcome.error(), url);
    const auto json = JsonText::parse(outcome->body, largest_answer);
    const std::size_t keys = json ? json->root().find("keys").size() : 0;
    if (outcome->status == 200 && keys > 0) {
      good(Phrase::part_keys, "keys", phrase(Phrase::doctor_good), std::to_string(keys) + " keys");
    } else if (!upstream(Phrase::part_keys, "keys", *outcome, url)) {
      message(Phrase::part_keys, "keys", policy::message(Condition::client_unknown), {},
              {ErrorKind::protocol, "D4", "no keys are published there", "jwks_uri"});
    }
    const auto header = outcome->header("Date");
    const auto date = header ? parse_http_date(*header) : std::nullopt;
    if (!date)
      co_return say(Phrase::part_clock, "clock", Finding::State::unknown, phrase(Phrase::doctor_no_time));
    const Millis ahead = host.clock.now() - *date, off = std::chrono::abs(ahead);
    if (off <= clock_tolerance) co_return good(Phrase::part_clock, "clock", phrase(Phrase::doctor_good));
    say(Phrase::part_clock, "clock", Finding::State::trouble,
        phrase(ahead > Millis(0) ? Phrase::doctor_ahead : Phrase::doctor_behind, {wait_text(off)}),
        phrase(Phrase::doctor_set_clock),
        Error{ErrorKind::protocol, "K3",
              "this machine's clock is off by " + std::to_string(off.count() / 60000) + " min"});
  }

  // A code that nobody was given is refused by every service. How, tells whether it knows this application: a
  // wrong id or secret is another refusal (RFC 6749 section 5.2) than a wrong code.
  Task<void> token() {
    const oauth::ClientConfig& client = account->config.oauth;
    HttpRequest request{.method = "POST", .url = client.token_endpoint};
    request.headers = {{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}};
    oauth::SecretWriter form(512 + 3 * (client.client_id.size() + client.redirect_uri.size() +
                                        client.client_secret.expose().size()));
    form.form("grant_type", "authorization_code");
    form.form("client_id", client.client_id);
    form.form("redirect_uri", client.redirect_uri);
    form.form("code", "doctor");
    form.form("code_verifier", std::string(43, 'd'));
    if (!client.client_secret.empty()) form.form("client_secret", client.client_secret.expose());
    request.secret_body = form.take();
    request.max_bytes = largest_answer;
    const std::string& url = client.token_endpoint;
    const HttpOutcome outcome = co_await host.http.send(std::move(request));
    if (!outcome) co_return co_await no_answer(Phrase::part_token, "token", outcome.error(), url);
    if (upstream(Phrase::part_token, "token", *outcome, url)) co_return;
    const auto json = JsonText::parse(outcome->body, largest_answer);
    const std::string refusal = json ? json->root().find("error").text().value_or("") : "";
    if (refusal == "invalid_client" || refusal == "unauthorized_client")
      co_return say(
          Phrase::part_token, "token", Finding::State::trouble, phrase(Phrase::doctor_client),
          phrase(Phrase::doctor_client_remedy),
          Error{ErrorKind::config, "X5", "the token service answers with " + refusal, "client_secret"});
    good(Phrase::part_token, "token", phrase(Phrase::doctor_answers), refusal);
  }

  void session() const {
    const oauth::SessionInfo& info = account->session.info();
    if (info.status == oauth::Status::signed_in)
      return good(Phrase::part_session, "session", phrase(Phrase::doctor_good));
    const auto notice = session_notice(info.because);
    if (!notice)
      return say(Phrase::part_session, "session", Finding::State::unknown, phrase(Phrase::doctor_signed_out));
    message(Phrase::part_session, "session", policy::message(*notice), {},
            {ErrorKind::signed_out, "T7", std::string(to_string(info.because))});
  }

  bool parked() const { return policy::parked(account->gateway.ledger.value(), host.clock.now()); }
  void calls() const {
    const policy::Ledger& ledger = account->gateway.ledger.value();
    const Store& store = what.store;
    if (parked())
      return message(Phrase::part_calls, "calls", policy::message(Condition::quota_exceeded),
                     filling(store, {.condition = Condition::quota_exceeded}, ledger.blocked_until),
                     {ErrorKind::parked, "E6", "the account is parked"});
    if (const auto halt = account->gateway.halted())
      return message(Phrase::part_calls, "calls", policy::message(*halt), {},
                     {ErrorKind::refused, std::string(policy::rule_id(*halt)), "calls are halted"});
    good(Phrase::part_calls, "calls",
         phrase(Phrase::doctor_calls, {std::to_string(ledger.used), std::to_string(ledger.limit)}));
  }

  // Both keys, one call each: one that is refused is noticed before it is the only one.
  Task<void> subscription() {
    const auto checks = co_await account->gateway.check_keys(account->providers.front()->plants());
    if (checks.size() < 2) co_return;
    const policy::Message* words = message_of(checks[0], checks[1]);
    if (!words) co_return;
    if (words == &policy::message(Notice::key_both_work))
      co_return good(Phrase::part_subscription, "subscription", std::string(words->what));
    for (const KeyCheck& one : checks)
      if (one.condition == Condition::key_refused)
        co_return message(Phrase::part_subscription, "subscription", *words, {},
                          {ErrorKind::config, "E5", "a subscription key is refused", "subscription_keys"});
    // What hindered the look is no fault of the keys; the service of the homes tells it below.
    say(Phrase::part_subscription, "subscription", Finding::State::unknown, policy::fill(words->what, {}));
  }

  Task<void> api() {
    const int cost = cost_of(static_cast<int>(account->config.api.keys.size()));
    if (!account->signed_in() || parked())
      co_return say(Phrase::part_api, "api", Finding::State::unknown,
                    phrase(parked() ? Phrase::doctor_parked : Phrase::doctor_signed_out));
    if (!what.ask_api)
      co_return say(Phrase::part_api, "api", Finding::State::unknown,
                    phrase(Phrase::doctor_not_asked, {std::to_string(cost)}));
    account->gateway.lift_halt();  // the person wants to know (N5)
    if (cost > 1 && !account->gateway.halted()) co_await subscription();
    const CallResult answer = co_await account->gateway.send(account->providers.front()->plants());
    if (answer) co_return good(Phrase::part_api, "api", phrase(Phrase::doctor_answers));
    const CallFailure& failure = answer.error();
    message(Phrase::part_api, "api", policy::message(failure.failure.condition),
            filling(what.store, failure.failure, failure.again_at), failure.error);
  }

  void gateways() const {
    for (const Problem& problem : what.store.state.problems)
      if (problem.condition == Condition::gateway_offline)
        say(Phrase::part_gateways, "gateways", Finding::State::trouble, problem.what, problem.remedy,
            Error{ErrorKind::refused, "E8", problem.details});
  }
  // "In order" is not said while a problem stands beside it.
  void known_problems() const {
    for (const Problem& problem : what.store.state.problems) {
      const bool other = !what.only.empty() && !problem.account.empty() && problem.account != what.only;
      if (other || problem.condition == Condition::gateway_offline || said.contains(problem.what)) continue;
      const std::string rule = problem.details.substr(0, problem.details.find(' '));
      say(Phrase::part_problem, "problem", Finding::State::trouble, problem.what, problem.remedy,
          Error{problem.needs_sign_in ? ErrorKind::signed_out : ErrorKind::refused,
                problem.condition == Condition::ok ? rule : std::string(policy::rule_id(problem.condition)),
                problem.details});
    }
  }
};

}  // namespace

int doctor_cost(const State& state, Instant now, std::string_view only) {
  int cost = 0;
  for (const AccountState& one : state.accounts) {
    if (!only.empty() && one.id != only) continue;
    if (one.session.status == oauth::Status::signed_in && !policy::parked(one.ledger, now))
      cost += cost_of(one.keys);
  }
  return cost;
}

Task<void> examine(Examination what, std::function<void(Finding)> tell) {
  Look look{what.host, what, tell};
  co_await look.vault();
  for (const auto& account : what.accounts) {
    if (!what.only.empty() && account->id() != what.only) continue;
    look.account = account.get();
    look.redirect();
    if (account->config.oauth.openid) {  // without it there is neither discovery nor an id_token
      co_await look.discovery();
      co_await look.keys_and_clock();
    }
    co_await look.token();
    look.session();
    if (account->signed_in()) look.calls();
    co_await look.api();
  }
  look.account = nullptr;
  look.gateways();
  look.known_problems();
}

}  // namespace foyer
