#include "web/headless/client.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/app/problems/doctor.hpp"
#include "core/app/state/words.hpp"
#include "core/base/base64url.hpp"
#include "core/base/json.hpp"
#include "web/headless/client_impl.hpp"
#include "web/headless/hook.hpp"
#include "web/headless/operations.hpp"
#include "web/headless/plans.hpp"
#include "web/headless/recording.hpp"

namespace foyer::headless {

std::unexpected<Error> usage(std::string message, const std::string& command) {
  return fail(ErrorKind::invalid_input, "",
              std::move(message) + (command.empty() ? "; see --help" : "; see: foyer help " + command));
}

Error nobody() { return {ErrorKind::signed_out, "", "nobody is signed in; use: sign-in"}; }

Client::Client(Host host, Config config, Order order, Console& console)
    : host_(host),
      config_(std::move(config)),
      order_(std::move(order)),
      console_(console),
      controller_(host_, config_) {
  controller_.set_visible(false);  // nothing is polled
  controller_.on_change = [this] { tell_events(); };
}

Task<Outcome> Client::run() {
  const Result<void> readable = co_await storage_works();
  co_await controller_.restore();
  Result<Outcome> outcome = readable ? co_await carry_out() : std::unexpected(readable.error());
  tell_events();
  co_await controller_.flush();
  if (outcome && wrote_ && order_.command != "sign-out") {
    const Result<void> kept = co_await tokens_kept();
    if (!kept) co_return refusal(kept.error());
  }
  co_return outcome ? std::move(*outcome) : failure(outcome.error());
}

Task<Result<Outcome>> Client::carry_out() {
  if (!order_.account.empty() && !controller_.session(order_.account))
    co_return fail(ErrorKind::invalid_input, "",
                   order_.file + " has no cloud \"" + order_.account + "\"; it has: " + account_ids());
  struct Command {
    std::string_view name;
    Done (Client::*run)();
  };
  static constexpr Command commands[] = {
      {"sign-in", &Client::sign_in},   {"session", &Client::session},   {"sign-out", &Client::sign_out},
      {"homes", &Client::homes},       {"topology", &Client::topology}, {"state", &Client::state},
      {"watch", &Client::watch},       {"quota", &Client::quota},       {"retry", &Client::retry},
      {"doctor", &Client::doctor},     {"set", &Client::set},           {"schedule", &Client::schedule},
      {"measures", &Client::measures}, {"call", &Client::call},         {"report", &Client::record},
  };
  for (const Command& one : commands)
    if (one.name == order_.command) co_return co_await (this->*one.run)();
  if (order_.command == "schedules") co_return co_await plan(schedules_json);
  if (order_.command == "scenes") co_return co_await plan(scenes_json);
  co_return usage("\"" + order_.command + "\" is not a command");
}

Task<Result<Outcome>> Client::sign_in() {
  if (order_.any_clock) controller_.accept_any_clock();
  oauth::Session* session = controller_.session(account());
  const auto url = co_await session->begin("");
  if (!url) co_return std::unexpected(url.error());
  console_.print(authorize_json(*url));
  for (;;) {
    auto answer = co_await console_.redirect();
    if (!answer) co_return std::unexpected(answer.error());
    const auto done = co_await controller_.complete(std::move(*answer));
    if (done) break;
    // B3: an answer to nobody's question, from whoever found the port; ours is still to come.
    if (rule_of(done.error().code) != "B3") co_return std::unexpected(done.error());
  }
  wrote_ = true;
  co_return Outcome{sessions_json(controller_.state(), account(), host_.clock.now())};
}

// Tokens that came and could not be written: it is tried again for a while, and never passed over.
Task<Result<void>> Client::tokens_kept() {
  const auto unkept = [&] {
    return std::ranges::any_of(config_.clouds, [&](const CloudConfig& cloud) {
      const auto& info = controller_.session(cloud.id)->info();
      return info.status == oauth::Status::signed_in && info.storage_degraded;
    });
  };
  for (int look = 0; unkept() && look < 10; ++look) co_await host_.timers.sleep(Millis(700));
  if (!unkept()) co_return Result<void>();
  co_return fail(ErrorKind::storage, "S3",
                 "the vault can't be written, so the renewed sign-in is lost with this program: free some "
                 "space, then sign in again");
}

// S3: a vault that is refused is no "nobody is signed in", and a sign-in that cannot be kept is none. S2:
// what could not be read any more is told by the run that deletes it.
Task<Result<void>> Client::storage_works() {
  if (order_.command == "doctor") co_return Result<void>();
  for (const CloudConfig& cloud : config_.clouds) {
    if (!concerns(cloud.id)) continue;
    auto stored = co_await controller_.session(cloud.id)->restore();
    const bool lost = !stored && stored.error().code == "S2";
    if (!stored && !(lost && order_.command == "sign-in")) co_return stored;
  }
  // What asks the service must be able to keep what it learns: the calls of the day, renewed tokens.
  constexpr std::array asks_nobody{"session", "sign-out", "quota"};
  if (std::ranges::find(asks_nobody, order_.command) != asks_nobody.end()) co_return Result<void>();
  const auto now = std::to_string(to_ms(host_.clock.now()));
  co_return co_await host_.storage.save(Storage::Scope::device, "last run", now);
}

Task<Result<Outcome>> Client::session() {
  const Instant now = host_.clock.now();
  for (const AccountState& one : controller_.state().accounts)
    if (const auto ending = concerns(one.id) ? ending_text(one, now) : std::nullopt) warn(*ending);
  const bool anyone = !signed_in().empty();
  co_return Outcome{sessions_json(controller_.state(), order_.account, now),
                    anyone ? 0 : exit_code(ErrorKind::signed_out)};
}

Task<Result<Outcome>> Client::sign_out() {
  for (const std::string& id : signed_in()) {
    const auto done = co_await controller_.session(id)->sign_out();
    if (!done) co_return std::unexpected(done.error());
  }
  wrote_ = true;
  co_return Outcome{sessions_json(controller_.state(), order_.account, host_.clock.now())};
}

Task<Result<Outcome>> Client::quota() {
  co_return Outcome{quota_json(controller_.state(), order_.account, host_.clock.now())};
}

// Lifts a halt by one call of the person's own wish (N5); costs nothing where nothing is halted.
Task<Result<Outcome>> Client::retry() {
  if (signed_in().empty()) co_return std::unexpected(nobody());
  std::vector<Retried> all;
  for (const std::string& id : signed_in()) {
    Retried one{.account = id};
    if (controller_.gateway(id)->closed_until() || controller_.gateway(id)->halted()) {
      wrote_ = one.asked = true;
      const CallResult answer = co_await controller_.retry(id);
      if (!answer) one.failure = answer.error();
    }
    all.push_back(std::move(one));
  }
  co_return retried_outcome(all);
}

Task<Result<Outcome>> Client::doctor() {
  const int cost = doctor_cost(controller_.state(), host_.clock.now(), order_.account);
  const bool spend = cost > 0 && co_await console_.may_spend(cost);
  wrote_ = spend;
  co_await controller_.examine(spend, order_.account);
  co_return checks_outcome(controller_.state().doctor.findings);
}

// --- what several commands need ---

const CallFailure* Client::last_failure(const Error& error) const {
  for (const CloudConfig& cloud : config_.clouds) {
    const auto& last = controller_.gateway(cloud.id)->last_failure();
    if (last && last->error.kind == error.kind && last->error.message == error.message) return &*last;
  }
  return nullptr;
}

Json Client::told(const Error& error) const {
  const CallFailure* whole = last_failure(error);
  if (!whole) return error_object(error);
  // A read has no value to choose otherwise (E12).
  const bool choose = whole->failure.condition == policy::Condition::wrong_parameters;
  return error_object(*whole,
                      choose ? policy::message(policy::Condition::bad_request).remedy : std::string_view());
}

Outcome Client::failure(const Error& error) const {
  return {dump_json({{"error", told(error)}}), exit_code(error.kind)};
}

Outcome Client::failure(const CallFailure& why) const {
  return {failure_json(why), exit_code(why.error.kind)};
}

const Plant& Client::plant(const PlantId& id) const {
  return *std::ranges::find(controller_.state().plants, id, &Plant::id);
}

std::string Client::account_of(const PlantId& id) const {
  const auto& owners = controller_.state().plant_account;
  const auto owner = owners.find(id);
  return owner == owners.end() ? account() : owner->second;
}

const std::string& Client::account() const {
  return order_.account.empty() ? config_.clouds.front().id : order_.account;
}

std::string Client::account_ids() const {
  std::string ids;
  for (const CloudConfig& cloud : config_.clouds) ids += (ids.empty() ? "" : ", ") + cloud.id;
  return ids;
}

std::vector<std::string> Client::signed_in() const {
  std::vector<std::string> ids;
  for (const AccountState& one : controller_.state().accounts)
    if (one.session.status == oauth::Status::signed_in && concerns(one.id)) ids.push_back(one.id);
  return ids;
}

void Client::tell_events() {
  for (const CloudConfig& cloud : config_.clouds) {
    std::uint64_t& told = told_[cloud.id];
    for (const JournalEntry& entry : controller_.gateway(cloud.id)->journal()) {
      if (entry.number <= told) continue;
      told = entry.number;
      console_.event(journal_json(cloud.id, entry));
    }
  }
}

void Client::warn(std::string text) const {
  console_.event(dump_json({{"event", "warning"}, {"text", std::move(text)}}));
}

// --- orders ---

Result<Order> read_order(std::string_view json) {
  const auto root = parse_json(json);
  if (!root) return std::unexpected(root.error());
  Order order;
  const auto text = [&](const char* name) { return text_of(*root, name).value_or(""); };
  order.command = text("command");
  order.account = text("account");
  order.redirect = text("redirect");
  order.body = text("body");
  order.config = text("config");
  order.file = text("file");
  order.base = text("base");
  order.history = {.from = text("from"), .to = text("to"), .scale = text("scale"), .type = text("type")};
  order.hook = text("hook");
  order.signature = text("signature");
  order.words = text("words");
  order.secret = SecretText(text("secret"));
  order.fresh = bool_of(*root, "fresh").value_or(false);
  order.any_clock = bool_of(*root, "any_clock").value_or(false);
  order.every = Seconds(integer_of(*root, "every").value_or(60));
  if (const auto ms = integer_of(*root, "lasting")) order.lasting = Millis(*ms);
  if (const Json* list = find(*root, "arguments"); list && list->is_array())
    for (const Json& one : *list)
      if (one.is_string()) order.arguments.push_back(one.get<std::string>());
  return order;
}

namespace {

// The secret of the environment, else that of the Netatmo cloud (or of the one that is named) in config.json.
SecretText hook_secret(const Order& order, const Config& config) {
  if (!order.secret.empty()) return order.secret;
  for (const CloudConfig& cloud : config.clouds)
    if (order.account.empty() ? std::ranges::find(cloud.providers, "netatmo") != cloud.providers.end()
                              : cloud.id == order.account)
      return cloud.oauth.client_secret;
  return SecretText();
}

Task<Outcome> hook(Host host, Signer& signer, Order order) {
  Config config;
  if (!order.config.empty()) {
    auto read = read_config(order.config, {.base = order.base, .file = order.file});
    if (!read) co_return refusal(read.error());
    config = std::move(*read);
  }
  auto body = base64url_decode(order.hook);
  if (!body) co_return refusal({ErrorKind::invalid_input, "", "expected hook --verify FILE; see --help"});
  const auto json = co_await hook_json(signer, std::move(*body), order.signature, hook_secret(order, config),
                                       host.clock.utc_offset(host.clock.now()));
  co_return json ? Outcome{*json} : refusal(json.error());
}

// The words of the core are the first lines; what follows in the file are the shell's.
Result<void> speak(std::string words) {
  std::size_t end = 0;
  for (std::size_t line = 0; line <= phrase_lines() && end != std::string::npos; ++line)
    end = words.find('\n', end == 0 ? 0 : end + 1);
  if (end != std::string::npos) words.resize(end);
  if (use_words(std::move(words), phrase_lines())) return {};
  return fail(ErrorKind::invalid_input, "", "the words are of another edition of Foyer", "--language");
}

}  // namespace

Task<Outcome> run(Host host, Signer& signer, Order order, Console& console) {
  if (const auto spoken = speak(std::move(order.words)); !spoken) co_return refusal(spoken.error());
  if (order.command == "hook") co_return co_await hook(host, signer, std::move(order));
  if (order.command == "operations") {
    const auto list = operations_json(order.arguments.empty() ? "" : order.arguments.front());
    co_return list ? Outcome{*list} : refusal(list.error());
  }
  if (order.command == "replay") co_return co_await replay(host, console);
  auto config = read_config(order.config, {.base = order.base, .file = order.file});
  if (!config) co_return refusal(config.error());
  for (CloudConfig& cloud : config->clouds) cloud.oauth.ends_at_once = true;
  if (!order.redirect.empty())
    for (CloudConfig& cloud : config->clouds) cloud.oauth.redirect_uri = order.redirect;
  Client client(host, std::move(*config), std::move(order), console);
  co_return co_await client.run();
}

}  // namespace foyer::headless
