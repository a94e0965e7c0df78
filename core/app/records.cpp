#include "core/app/records.hpp"

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

// Some clouds give no id_token; their one person has a name of our own.
std::string person_of(const Account& account) {
  const std::string& subject = account.session.info().subject;
  return subject.empty() ? "-" : subject;
}

}  // namespace

Task<void> Records::write(std::string record, std::string text) {
  const auto saved = co_await host_.storage.save(Scope::device, std::move(record), std::move(text));
  stored(saved ? nullptr : &saved.error());
}

void Records::stored(const Error* refused) {
  if (!refused) return problems_.clear("storage");
  const policy::Message& words = policy::message(policy::Notice::storage_refused);
  problems_.raise({.key = "storage",
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

Task<void> Records::restore_person(Account& account) {
  const std::string person = person_of(account);
  if (account.person == person) co_return;
  if (!account.person.empty()) store_.drop_plants(account.id());
  account.person = person;

  co_await account.gateway.ledger.open(ledger_name(account.id(), person));
  co_await look_around(account);
  store_.changed();
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

// Takes over what is news; without news nothing has changed and nothing is drawn.
Task<void> Records::look_around(Account& account) {
  AccountState* state = store_.account(account.id());
  if (state && state->ledger != account.gateway.ledger.value()) {
    state->ledger = account.gateway.ledger.value();
    store_.changed();
  }
  if (!account.whole) co_return;
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
      co_await host_.storage.remove(Scope::device, name);
      continue;
    }
    if (!is_news(*plant)) continue;
    Plant* own = store_.plant(plant->id);
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

Task<void> Records::write_homes() {
  while (!homes_.empty()) {
    for (const Home& next : std::exchange(homes_, {}))
      if (const Plant* plant = store_.plant(next.plant)) co_await write(next.record, to_json(*plant));
    co_await host_.timers.sleep(home_pause);
  }
  writing_homes_ = false;
}

Task<void> Records::forget_homes(std::string account, std::string person) {
  const std::string prefix = homes_prefix(account, person);
  std::erase_if(homes_, [&](const Home& home) { return home.record.starts_with(prefix); });
  const auto names = co_await host_.storage.names(Scope::device, prefix);
  if (!names) co_return;
  for (const std::string& name : *names) co_await host_.storage.remove(Scope::device, name);
}

Task<void> Records::forget_home(std::string account, std::string person, PlantId plant) {
  const std::string record = homes_prefix(account, person) + percent_encode(plant.text);
  std::erase_if(homes_, [&](const Home& home) { return home.record == record; });
  co_await host_.storage.remove(Scope::device, record);
}

}  // namespace foyer
