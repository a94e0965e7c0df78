#include "core/app/developer/desk.hpp"

#include <algorithm>
#include <utility>

#include "core/app/developer/console.hpp"
#include "core/app/problems/doctor.hpp"
#include "core/app/state/words.hpp"
#include "core/base/ascii.hpp"

namespace foyer {
namespace {

constexpr std::size_t kept_exchanges = 20, kept_body = 64U << 10;

// Of an answer that may be shown: what says nothing about a person and helps to understand it.
bool shown(std::string_view name) {
  for (const std::string_view secret : {"set-cookie", "authorization", "ocp-apim-subscription-key"})
    if (same_letters(name, secret)) return false;
  return true;
}

}  // namespace

void Desk::handle(const intent::OpenOperation& wanted) {
  Console& console = store_.state.console;
  console.api = wanted.api;
  console.operation = wanted.operation;
  const auto* operation = catalog::find(wanted.operation);
  console.values =
      operation && wanted.values.empty() ? console_defaults(store_.state, *operation) : wanted.values;
  store_.changed();
}

void Desk::handle(const intent::SendOperation& wanted) {
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
  const CallResult answer = co_await account.gateway.send(std::move(call));
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

void Desk::handle(const intent::CopyCurl& wanted) {
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

void Desk::handle(const intent::Examine& wanted) {
  if (!store_.state.doctor.running) scope_.spawn(examine(wanted.ask_api, {}));
}

Task<void> Desk::examine(bool ask_api, std::string only) {
  Doctor& doctor = store_.state.doctor;
  doctor = {.running = true};
  store_.changed();
  co_await foyer::examine({host_, store_, accounts_, store_.state.page, ask_api, std::move(only)},
                          [this](Finding finding) {
                            store_.state.doctor.findings.push_back(std::move(finding));
                            store_.changed();
                          });
  doctor.running = false;
  doctor.at = store_.now();
  const auto wrong = std::ranges::count(doctor.findings, Finding::State::trouble, &Finding::state);
  store_.say(wrong == 0 ? phrase(Phrase::doctor_well) : phrase(Phrase::doctor_ill, {std::to_string(wrong)}));
}

void Desk::forget(const std::string& account) {
  store_.state.report = {.making = store_.state.report.making};
  std::erase_if(store_.state.console.history, [&](const Exchange& one) { return one.account == account; });
  store_.state.console.values.clear();  // ids of homes and modules
  std::erase_if(store_.state.doctor.findings,
                [&](const Finding& one) { return one.cloud.empty() || one.cloud == account; });
}

void Desk::handle(const intent::SaveJournal& wanted) {
  const std::string& id = wanted.account;
  const Account* account = find_account(accounts_, id);
  if (!account) return;
  handle(intent::SaveText{"foyer-" + id + ".har",
                          to_har(account->gateway.journal(), account->config.api.base), "HAR"});
}

void Desk::handle(const intent::MakeReport&) {
  if (!store_.state.report.making) scope_.spawn(make_report());
}

void Desk::handle(const intent::SaveReport&) {
  if (const auto& made = store_.state.report.made)
    handle(intent::SaveText{"foyer-report.json", made->text, phrase(Phrase::report)});
}

void Desk::handle(const intent::DropReport&) {
  if (store_.state.report.making) return;
  store_.state.report = {};
  store_.changed();
}

Task<void> Desk::make_report() {
  store_.state.report = {.making = true};
  store_.changed();
  const auto everybody = [this] {
    std::vector<std::string> people;
    for (const auto& account : accounts_) people.push_back(account->person);
    return people;
  };
  const auto before = everybody();
  auto done = co_await report({});
  ReportState out;
  if (before != everybody()) {
    // Somebody left or came meanwhile: what was heard is no longer theirs to share.
  } else if (!done) {
    out.trouble = phrase(Phrase::report_trouble) + " [" + done.error().message + "]";
  } else {
    MadeReport& made = out.made.emplace();
    for (const report::Cloud& cloud : done->report.clouds)
      for (const report::Answer& one : cloud.answers)
        made.answers.push_back({one.method + " " + one.target, one.status, one.body.size()});
    for (const report::Entry& one : done->report.journal) made.journal.push_back(one.kind + " " + one.text);
    made.replaced = done->replaced;
    made.text = std::move(done->text);
  }
  store_.state.report = std::move(out);
  store_.say(phrase(store_.state.report.made ? Phrase::report_ready : Phrase::report_none));
}

Task<Result<report::Made>> Desk::report(std::string only) {
  const auto ear = std::make_shared<report::Recorder>(tap_.straight());
  std::vector<std::string> asked;
  for (std::size_t i = 0; i < accounts_.size(); ++i) {
    const Account& account = *accounts_[i];
    if (!account.signed_in() || (!only.empty() && account.id() != only)) continue;
    ear->listen(account.id(), account.config.api.base, i);
    asked.push_back(account.id());
  }
  if (asked.empty())
    co_return fail(ErrorKind::signed_out, "", "nobody is signed in, so there is nothing to report of");
  for (const std::string& id : asked) co_await reader_.settled(id);  // began before anybody listened
  tap_.listen(ear);
  std::optional<Error> first;
  for (const std::string& id : asked) {
    const Completion<Result<void>> read = reader_.load(id, Reader::Freshness::anew);
    const auto done = co_await read;
    if (!done && !first) first = done.error();
  }
  co_await examine(false, only);
  tap_.listen(nullptr);
  const report::Report found = report::gather(*ear, accounts_, store_.state, store_.now(), only);
  if (found.clouds.empty() && first) co_return std::unexpected(std::move(*first));
  if (found.clouds.empty())
    co_return fail(ErrorKind::cancelled, "",
                   "no cloud was asked, so there is nothing to report; the doctor says why");
  co_return report::finish(found, host_.random);
}

void Desk::handle(const intent::SaveText& file) {
  const bool saved = host_.navigator.save(file.name, file.text);
  store_.say(saved || host_.navigator.copy(file.text)
                 ? phrase(saved ? Phrase::saved : Phrase::copied, {file.what})
                 : phrase(Phrase::not_copied));
}

}  // namespace foyer
