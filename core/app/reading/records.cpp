#include "core/app/reading/records.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "core/base/json_view.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/url.hpp"
#include "core/model/home_json.hpp"

namespace foyer {
namespace {

using Scope = Storage::Scope;

constexpr Millis home_pause = Seconds(1);        // between two writes of the homes
constexpr Millis command_settles = Seconds(20);  // a read that another tab began before may end after it

std::string ledger_name(const std::string& account, const std::string& person) {
  return "ledger/" + account + "/" + percent_encode(person);
}
std::string homes_prefix(const std::string& account, const std::string& person) {
  return "home/" + account + "/" + percent_encode(person) + "/";
}

// "home/<account>" of a home's record: what tabs tell each other when it was written.
std::string topic(const std::string& record) { return record.substr(0, record.find('/', 5)); }

}  // namespace

Task<void> Records::forget_arrangement() {
  ++under_way_;
  const Locks::Held held =
      co_await host_.locks.acquire("arrangement");  // a wish that is on its way comes first
  store_.state.arrangement = {};
  co_await remove("arrangement");
  end_of_one();
}

Task<void> Records::write(std::string record, std::string text) {
  ++under_way_;
  const auto saved = co_await host_.storage.save(Scope::device, std::move(record), std::move(text));
  stored(saved ? nullptr : &saved.error());
  end_of_one();
}

Task<void> Records::remove(std::string record) {
  ++under_way_;
  co_await host_.storage.remove(Scope::device, record);
  seen_.erase(record);
  end_of_one();
}

void Records::end_of_one() {
  if (--under_way_ == 0) std::exchange(at_rest_, {}).resolve(true);
}

Task<void> Records::flush() {
  co_await write_waiting();
  while (under_way_ > 0) co_await Completion<bool>(at_rest_);
}

void Records::stored(const Error* refused) {
  if (!refused) return problems_.clear({ProblemKey::About::storage});
  const policy::Message& words = policy::message(policy::Notice::storage_refused);
  problems_.raise({.key = {ProblemKey::About::storage},
                   .what = std::string(words.what),
                   .doing = std::string(words.doing),
                   .remedy = std::string(words.remedy),
                   .details = "S3 · " + refused->message});
}

Task<void> Records::restore_ui() {
  const auto text = co_await host_.storage.load(Scope::device, "ui");
  if (!text || !*text) co_return;
  const auto json = JsonText::parse(**text, 4096);
  if (!json) co_return;
  const auto theme = json->root().find("theme").text();
  store_.state.theme = theme == "dark" ? Theme::dark : theme == "light" ? Theme::light : Theme::system;
  store_.state.language = json->root().find("language").text().value_or("");
  store_.state.key_step =
      static_cast<int>(std::clamp(json->root().find("key_step").integer().value_or(0), 0LL, 4LL));
  store_.changed();
}

void Records::save_ui() {
  const Theme theme = store_.state.theme;
  const std::string_view word = theme == Theme::dark ? "dark" : theme == Theme::light ? "light" : "system";
  scope_.spawn(write("ui", JsonWriter()
                               .object()
                               .text("theme", word)
                               .text("language", store_.state.language)
                               .integer("key_step", store_.state.key_step)
                               .end_object()
                               .take()));
}

std::string Records::person_of(const Account& account) {
  const std::string& subject = account.session.info().subject;
  return subject.empty() ? "-" : subject;
}

Task<void> Records::restore_person(Account& account) {
  const std::string person = person_of(account);
  if (account.person == person) co_return;
  account.change_person(person);

  co_await account.gateway.ledger.open(ledger_name(account.id(), person));
  co_await look_around(account);
  store_.changed();
}

Task<void> Records::listen(Account& account) {
  const std::string about = topic("home/" + account.id() + "/");
  for (;;) {
    co_await host_.broadcast.hear(about);
    scope_.spawn(adopt(account));  // the next notice may come before it is done
  }
}

Task<void> Records::adopt(Account& account) {
  if (account.person.empty()) co_return;
  co_await account.gateway.ledger.refresh();
  co_await look_around(account);
}

// Newer than what is shown, and not older than what was commanded here.
bool Records::is_news(const Plant& stored) const {
  const Plant* own = store_.plant(stored.id);
  if (!own) return true;
  if (!stored.status_at || (own->status_at && *own->status_at >= *stored.status_at)) return false;
  return std::ranges::none_of(own->modules, [&](const Module& module) {
    return std::ranges::any_of(store_.state.commands, [&](const auto& one) {
      const CommandState& command = one.second;
      return one.first.first == module.id && (command.picture == CommandState::Picture::sent ||
                                              command.at + command_settles > *stored.status_at);
    });
  });
}

Records::Taken Records::take_newer(Plant& own, const Plant& stored) const {
  Taken out;
  for (const Module& theirs : stored.modules) {
    Module* ours = own.module(theirs.id);
    const bool open = std::ranges::any_of(store_.state.commands, [&](const auto& one) {
      return one.first.first == theirs.id && one.second.picture == CommandState::Picture::sent;
    });
    out.all = out.all && !open;
    if (!ours || open) continue;
    for (const Reading& reading : theirs.readings) {
      const Reading* now = ours->reading(reading.aspect);
      if (!reading.name.empty() || (now && now->received >= reading.received)) continue;
      ours->set_reading(reading);
      out.any = true;
    }
  }
  return out;
}

// Takes over what is news; without news nothing has changed and nothing is drawn.
Task<void> Records::look_around(Account& account) {
  AccountState* state = store_.account(account.id());
  if (state && state->ledger != account.gateway.ledger.value()) {
    state->ledger = account.gateway.ledger.value();
    problems_.look_at_ledger(account);
    store_.changed();
  }
  if (!account.has_all()) co_return;
  const std::string person = account.person, prefix = homes_prefix(account.id(), person);
  const auto names = co_await host_.storage.names(Scope::device, prefix);
  if (!names) co_return;
  for (const std::string& name : *names) {
    const auto text = co_await host_.storage.load(Scope::device, name);
    if (!text || !*text || account.person != person) continue;
    std::size_t& seen = seen_[name];
    if (const auto now = std::hash<std::string>()(**text); std::exchange(seen, now) == now) continue;
    auto plant = plant_from_json(**text);
    if (!plant || !account.provider_of(plant->id)) {  // of another version: it will be read anew
      co_await remove(name);
      continue;
    }
    Plant* own = store_.plant(plant->id);
    if (!is_news(*plant)) {
      const Taken taken = own ? take_newer(*own, *plant) : Taken();
      if (taken.any) store_.changed();
      if (!taken.all) seen_.erase(name);  // once our own command is settled, the rest is news
      continue;
    }
    store_.state.plant_account.try_emplace(plant->id, account.id());
    if (own)
      *own = std::move(*plant);
    else
      store_.state.plants.push_back(std::move(*plant));
    store_.changed();
  }
}

void Records::save_home(const Account& account, const PlantId& plant) {
  if (account.person.empty()) return;
  homes_.insert({homes_prefix(account.id(), account.person) + percent_encode(plant.text), plant});
  if (std::exchange(writing_homes_, true)) return;
  scope_.spawn(write_homes());
}

// One after the other, so that whoever calls meanwhile takes what is left and nothing is written twice.
Task<void> Records::write_waiting() {
  while (!homes_.empty()) {
    const Home next = std::move(homes_.extract(homes_.begin()).value());
    const Plant* plant = store_.plant(next.plant);
    if (!plant) continue;
    co_await write(next.record, to_json(*plant));
    host_.broadcast.tell(topic(next.record));
  }
}

Task<void> Records::write_homes() {
  while (!homes_.empty()) {
    co_await write_waiting();
    co_await host_.timers.sleep(home_pause);
  }
  writing_homes_ = false;
}

Task<void> Records::forget_homes(std::string account, std::string person) {
  const std::string prefix = homes_prefix(account, person);
  std::erase_if(homes_, [&](const Home& home) { return home.record.starts_with(prefix); });
  ++under_way_;
  const auto names = co_await host_.storage.names(Scope::device, prefix);
  if (names)
    for (const std::string& name : *names) co_await remove(name);
  end_of_one();
}

Task<void> Records::forget_home(std::string account, std::string person, PlantId plant) {
  const std::string record = homes_prefix(account, person) + percent_encode(plant.text);
  std::erase_if(homes_, [&](const Home& home) { return home.record == record; });
  co_await remove(record);
}

}  // namespace foyer
