#include "core/app/desk.hpp"

#include <algorithm>
#include <utility>

#include "core/app/console.hpp"
#include "core/app/doctor.hpp"
#include "core/app/words.hpp"
#include "core/base/ascii.hpp"

namespace foyer::tools {
namespace {

constexpr Millis console_deadline = Seconds(15);
constexpr std::size_t kept_exchanges = 20, kept_body = 64U << 10;

// Of an answer that may be shown: what says nothing about a person and helps to understand it.
bool shown(std::string_view name) {
  for (const std::string_view secret : {"set-cookie", "authorization", "ocp-apim-subscription-key"})
    if (same_letters(name, secret)) return false;
  return true;
}

}  // namespace

void Desk::open(const intent::OpenOperation& wanted) {
  Console& console = store_.state.console;
  console.api = wanted.api;
  console.operation = wanted.operation;
  const auto* operation = catalog::find(wanted.operation);
  console.values =
      operation && wanted.values.empty() ? console_defaults(store_.state, *operation) : wanted.values;
  store_.changed();
}

void Desk::send(const intent::SendOperation& wanted) {
  const auto* operation = catalog::find(wanted.operation);
  const AccountState* shown = operation ? console_account(store_.state, operation->api()) : nullptr;
  Account* account = shown ? find_account(accounts_, shown->id) : nullptr;
  if (!account) return;
  auto call = catalog::make_call(*operation, wanted.values);
  if (!call) return store_.say(call.error().message);
  call->purpose = policy::Purpose::pressed;
  auto& history = store_.state.console.history;
  const Instant at = store_.now();
  history.push_front(
      {.account = account->id(), .operation = wanted.operation, .values = wanted.values, .at = at});
  if (history.size() > kept_exchanges) history.pop_back();
  store_.changed();
  scope_.spawn(exchange(*account, std::move(*call), at));
}

Task<void> Desk::exchange(Account& account, Call call, Instant at) {
  const Steady began = host_.clock.steady();
  const std::string operation = store_.state.console.history.front().operation;
  const CallResult answer = co_await account.gateway.send(std::move(call), {}, console_deadline);
  auto& history = store_.state.console.history;
  const auto found = std::ranges::find_if(history, [&](const Exchange& one) {
    return one.waiting && one.at == at && one.operation == operation;
  });
  if (found == history.end()) co_return;
  found->waiting = false;
  found->duration = host_.clock.steady() - began;
  if (answer) {
    found->status = answer->status;
    found->reading = phrase(Phrase::console_good);
    for (const Header& one : answer->headers)
      if (shown(one.name)) found->headers += one.name + ": " + one.value + "\n";
    found->body = pretty_json(std::string_view(answer->body).substr(0, kept_body));
  } else {
    const CallFailure& failure = answer.error();
    found->status = failure.failure.status;
    found->reading = sentence(store_, failure) + " [" + details(failure) + "]";
    found->body = failure.failure.server_message;
  }
  store_.say(std::to_string(found->status) + " · " + found->reading);
}

void Desk::copy_curl(const intent::CopyCurl& wanted) {
  const auto* operation = catalog::find(wanted.operation);
  const AccountState* shown = operation ? console_account(store_.state, operation->api()) : nullptr;
  Account* account = shown ? find_account(accounts_, shown->id) : nullptr;
  auto call = account ? catalog::make_call(*operation, wanted.values) : Result<Call>();
  if (account && call) scope_.spawn(curl(*account, std::move(*call)));
}

// The only place where a secret leaves the program for a person: on their own press, to their clipboard.
Task<void> Desk::curl(Account& account, Call call) {
  const auto token = co_await account.session.access_token();
  const auto& keys = account.config.api.keys;
  const auto key = std::min<std::size_t>(static_cast<std::size_t>(account.gateway.ledger.value().key),
                                         keys.empty() ? 0 : keys.size() - 1);
  const bool done =
      token && host_.navigator.copy(curl_text(call, account.config.api.base, token->token.expose(),
                                              keys.empty() ? "" : keys[key].expose()));
  store_.say(done ? phrase(Phrase::copied, {"cURL"}) : phrase(Phrase::not_copied));
}

Task<void> Desk::examine(bool ask_api) {
  Doctor& doctor = store_.state.doctor;
  doctor = {.running = true};
  store_.changed();
  co_await tools::examine({host_, store_, accounts_, store_.state.page, ask_api}, [this](Finding finding) {
    store_.state.doctor.findings.push_back(std::move(finding));
    store_.changed();
  });
  doctor.running = false;
  doctor.at = store_.now();
  const auto wrong = std::ranges::count(doctor.findings, Finding::State::trouble, &Finding::state);
  store_.say(wrong == 0 ? phrase(Phrase::doctor_well) : phrase(Phrase::doctor_ill, {std::to_string(wrong)}));
}

void Desk::save_journal(const std::string& id) {
  const Account* account = find_account(accounts_, id);
  if (!account) return;
  const std::string har = to_har(account->gateway.journal(), account->config.api.base);
  const bool saved = host_.navigator.save("foyer-" + id + ".har", har);
  store_.say(saved || host_.navigator.copy(har) ? phrase(saved ? Phrase::saved : Phrase::copied, {"HAR"})
                                                : phrase(Phrase::not_copied));
}

}  // namespace foyer::tools
