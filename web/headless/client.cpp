#include "web/headless/client.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/app/console.hpp"
#include "core/app/controller.hpp"
#include "core/app/words.hpp"
#include "core/base/base64url.hpp"
#include "core/base/json.hpp"
#include "core/base/url.hpp"
#include "core/model/home_json.hpp"
#include "web/headless/choose.hpp"
#include "web/headless/decode.hpp"
#include "web/headless/hook.hpp"
#include "web/headless/operations.hpp"
#include "web/headless/plans.hpp"
#include "web/headless/report.hpp"

namespace foyer::headless {
namespace {

// Longer than the core waits before it writes homes and ledger to the storage.
constexpr Millis writing_time = Millis(1200);

std::unexpected<Error> usage(std::string message) {
  return fail(ErrorKind::invalid_input, "", std::move(message) + "; see --help");
}

class Client {
 public:
  Client(Host host, Config config, Order order, Console& console)
      : host_(host),
        config_(std::move(config)),
        order_(std::move(order)),
        console_(console),
        controller_(host_, config_) {
    controller_.set_visible(false);  // nothing is polled
    controller_.on_change = [this] { tell_events(); };
  }

  Task<Outcome> run() {
    const Result<void> readable = co_await storage_works();
    co_await controller_.restore();
    Result<Outcome> outcome = readable ? co_await carry_out() : std::unexpected(readable.error());
    tell_events();
    if (wrote_) co_await host_.timers.sleep(writing_time);
    co_return outcome ? std::move(*outcome) : refusal(outcome.error());
  }

 private:
  Task<Result<Outcome>> carry_out() {
    if (!order_.account.empty() && !controller_.session(order_.account))
      co_return fail(ErrorKind::invalid_input, "",
                     "config.json has no cloud \"" + order_.account + "\"; it has: " + account_ids());
    const std::string& command = order_.command;
    if (command == "sign-in") co_return co_await sign_in();
    if (command == "session") co_return session();
    if (command == "sign-out") co_return co_await sign_out();
    if (command == "homes") co_return co_await homes();
    if (command == "topology") co_return co_await topology();
    if (command == "state") co_return co_await state();
    if (command == "quota") co_return Outcome{quota_json(controller_.state(), order_.account)};
    if (command == "doctor") {
      co_await controller_.examine(true);
      co_return checks_outcome(controller_.state().doctor.findings);
    }
    if (command == "set") co_return co_await set();
    if (command == "schedules") co_return co_await plan(schedules_json);
    if (command == "scenes") co_return co_await plan(scenes_json);
    if (command == "schedule") co_return co_await schedule();
    if (command == "measures") co_return co_await measures();
    if (command == "call") co_return co_await call();
    co_return usage("\"" + command + "\" is not a command");
  }

  Task<Result<Outcome>> sign_in() {
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
    co_return Outcome{sessions_json(controller_.state(), account())};
  }

  // S3: a vault that is refused is no "nobody is signed in", and a sign-in that cannot be kept is none. S2:
  // what could not be read any more is told by the run that deletes it.
  Task<Result<void>> storage_works() {
    if (order_.command == "doctor") co_return Result<void>();
    for (const CloudConfig& cloud : config_.clouds) {
      if (!order_.account.empty() && cloud.id != order_.account) continue;
      auto stored = co_await controller_.session(cloud.id)->restore();
      const bool lost = !stored && stored.error().code == "S2";
      if (!stored && !(lost && order_.command == "sign-in")) co_return stored;
    }
    co_return Result<void>();
  }

  Outcome session() {
    const bool anyone = !signed_in().empty();
    return {sessions_json(controller_.state(), order_.account),
            anyone ? 0 : exit_code(ErrorKind::signed_out)};
  }

  Task<Result<Outcome>> sign_out() {
    for (const std::string& id : signed_in()) {
      const auto done = co_await controller_.session(id)->sign_out();
      if (!done) co_return std::unexpected(done.error());
    }
    wrote_ = true;
    co_return Outcome{sessions_json(controller_.state(), order_.account)};
  }

  // Reads plants and topology of every account that is signed in.
  Task<Result<void>> load() {
    const std::vector<std::string> accounts = signed_in();
    if (accounts.empty()) co_return fail(ErrorKind::signed_out, "", "nobody is signed in; use: sign-in");
    wrote_ = true;
    for (const std::string& id : accounts) {
      auto done = co_await controller_.load(id);
      if (!done) co_return done;
    }
    co_return Result<void>();
  }

  Task<Result<Outcome>> homes() {
    const auto done = co_await load();
    if (!done) co_return std::unexpected(done.error());
    co_return Outcome{homes_json(controller_.state(), order_.account)};
  }

  // The home of the first argument; what is in the storage is asked before the cloud, because calls are
  // counted.
  Task<Result<PlantId>> home(bool anew) {
    if (order_.arguments.empty()) co_return usage("which HOME? Its id or name is expected");
    if (signed_in().empty()) co_return fail(ErrorKind::signed_out, "", "nobody is signed in; use: sign-in");
    const auto look = [this] { return choose_home(controller_.state().plants, order_.arguments.front()); };
    if (!anew) {
      if (const auto known = look()) co_return (*known)->id;
    }
    const auto loaded = co_await load();
    const auto found = look();
    if (found) co_return (*found)->id;
    if (!loaded) co_return std::unexpected(loaded.error());
    co_return std::unexpected(found.error());
  }

  const Plant& plant(const PlantId& id) const {
    return *std::ranges::find(controller_.state().plants, id, &Plant::id);
  }

  Task<Result<Outcome>> topology() {
    const auto id = co_await home(true);
    if (!id) co_return std::unexpected(id.error());
    co_return Outcome{to_json(plant(*id))};
  }

  Task<Result<Outcome>> state() {
    const auto id = co_await home(false);
    if (!id) co_return std::unexpected(id.error());
    wrote_ = true;
    const auto read = co_await controller_.refresh(*id);
    if (!read) co_return std::unexpected(read.error());
    co_return Outcome{to_json(plant(*id))};
  }

  Task<Result<Outcome>> set() {
    if (order_.arguments.size() != 3) co_return usage("expected: set HOME MODULE COMMAND");
    const auto command = parse_command(order_.arguments[2]);
    if (!command) co_return std::unexpected(command.error());
    const auto id = co_await home(false);
    if (!id) co_return std::unexpected(id.error());
    const auto module = choose_module(plant(*id), order_.arguments[1]);
    if (!module) co_return std::unexpected(module.error());
    const ModuleId target = (*module)->id;
    wrote_ = true;
    const auto done = co_await controller_.command(target, *command);
    if (!done) co_return std::unexpected(done.error());
    const Module* now = plant(*id).module(target);
    co_return Outcome{command_json(now ? *now : **module, *done), exit_of(*done)};
  }

  static int exit_of(const CommandState& state) {
    if (state.picture == CommandState::Picture::confirmed) return 0;
    if (state.picture == CommandState::Picture::not_confirmed) return exit_code(ErrorKind::timeout);
    if (state.condition == policy::Condition::wrong_parameters) return exit_code(ErrorKind::invalid_input);
    if (state.condition == policy::Condition::offline) return exit_code(ErrorKind::offline);
    return exit_code(ErrorKind::refused);
  }

  // What the topology tells of plans and scenes.
  Task<Result<Outcome>> plan(Result<std::string> (*report)(const Plant&)) {
    const auto id = co_await home(true);
    if (!id) co_return std::unexpected(id.error());
    const auto json = report(plant(*id));
    if (!json) co_return std::unexpected(json.error());
    co_return Outcome{*json};
  }

  // Reads first, so that what is sent back whole is what the cloud has now.
  Task<Result<Outcome>> schedule() {
    const auto id = co_await home(true);
    if (!id) co_return std::unexpected(id.error());
    const std::vector<std::string> words(order_.arguments.begin() + 1, order_.arguments.end());
    auto call = schedule_call(plant(*id), words, order_.body);
    if (!call) co_return std::unexpected(call.error());
    const CallResult answer = co_await controller_.call(account_of(*id), std::move(*call));
    if (!answer) co_return Outcome{failure_json(answer.error()), exit_code(answer.error().error.kind)};
    const auto json = schedule_done_json(plant(*id), words, answer->body);
    if (!json) co_return std::unexpected(json.error());
    co_return Outcome{*json};
  }

  Task<Result<Outcome>> measures() {
    if (order_.arguments.size() != 2) co_return usage("expected: measures HOME MODULE|ROOM");
    const auto id = co_await home(false);
    if (!id) co_return std::unexpected(id.error());
    const Instant now = host_.clock.now();
    HistoryWish wish = order_.history;
    wish.target = order_.arguments[1];
    const auto request = history_request(plant(*id), wish, now);
    if (!request) co_return std::unexpected(request.error());
    wrote_ = true;
    const CallResult answer = co_await controller_.call(account_of(*id), request->call);
    if (!answer) co_return Outcome{failure_json(answer.error()), exit_code(answer.error().error.kind)};
    const auto json = history_json(plant(*id), *request, answer->body, host_.clock.utc_offset(now));
    if (!json) co_return std::unexpected(json.error());
    co_return Outcome{*json};
  }

  std::string account_of(const PlantId& id) const {
    const auto& owners = controller_.state().plant_account;
    const auto owner = owners.find(id);
    return owner == owners.end() ? account() : owner->second;
  }

  Task<Result<Outcome>> call() {
    const std::string first = order_.arguments.empty() ? std::string() : order_.arguments.front();
    const catalog::Operation* operation = catalog::find(first);
    if (!operation && first.find('.') != std::string::npos)
      co_return fail(ErrorKind::invalid_input, "",
                     "there is no operation \"" + first + "\"; see: operations");
    auto call = operation ? operation_call(*operation, {order_.arguments.begin() + 1, order_.arguments.end()},
                                           controller_.state().plants)
                          : free_call(order_.arguments, order_.body);
    if (!call) co_return std::unexpected(call.error());
    if (!controller_.state().accounts.empty() && signed_in().empty())
      co_return fail(ErrorKind::signed_out, "", "nobody is signed in; use: sign-in");
    wrote_ = true;
    const std::string from = operation ? account_of(operation->api()) : account();
    const CallResult answer = co_await controller_.call(from, *call);
    if (answer && operation && is_decoded(*operation))
      co_return Outcome{answer_json(
          *answer, decoded(*operation, *call, *answer, host_.clock.utc_offset(host_.clock.now())))};
    if (answer) co_return Outcome{answer_json(*answer)};
    co_return Outcome{failure_json(answer.error()), exit_code(answer.error().error.kind)};
  }

  std::string account_of(std::string_view api) const {
    if (!order_.account.empty()) return order_.account;
    const AccountState* found = tools::console_account(controller_.state(), api);
    if (found) return found->id;
    return account();
  }

  // The account of orders that need exactly one.
  const std::string& account() const {
    return order_.account.empty() ? config_.clouds.front().id : order_.account;
  }

  std::string account_ids() const {
    std::string ids;
    for (const CloudConfig& cloud : config_.clouds) ids += (ids.empty() ? "" : ", ") + cloud.id;
    return ids;
  }

  // Accounts that are signed in, of those the order is about.
  std::vector<std::string> signed_in() const {
    std::vector<std::string> ids;
    for (const AccountState& one : controller_.state().accounts)
      if (one.session.status == oauth::Status::signed_in &&
          (order_.account.empty() || order_.account == one.id))
        ids.push_back(one.id);
    return ids;
  }

  void tell_events() {
    for (const CloudConfig& cloud : config_.clouds) {
      std::uint64_t& told = told_[cloud.id];
      for (const JournalEntry& entry : controller_.gateway(cloud.id)->journal()) {
        if (entry.number <= told) continue;
        told = entry.number;
        console_.event(journal_json(cloud.id, entry));
      }
    }
  }

  Host host_;
  Config config_;
  Order order_;
  Console& console_;
  Controller controller_;
  std::map<std::string, std::uint64_t> told_{};
  bool wrote_ = false;  // something may wait to be written to the storage
};

}  // namespace

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
  order.base = text("base");
  order.history = {.from = text("from"), .to = text("to"), .scale = text("scale"), .type = text("type")};
  order.hook = text("hook");
  order.signature = text("signature");
  order.words = text("words");
  order.secret = SecretText(text("secret"));
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
    auto read = read_config(order.config, order.base);
    if (!read) co_return refusal(read.error());
    config = std::move(*read);
  }
  auto body = base64url_decode(order.hook);
  if (!body) co_return refusal({ErrorKind::invalid_input, "", "expected hook --verify FILE; see --help"});
  const auto json = co_await hook_json(signer, std::move(*body), order.signature, hook_secret(order, config),
                                       host.clock.utc_offset(host.clock.now()));
  co_return json ? Outcome{*json} : refusal(json.error());
}

}  // namespace

// The words of the core are the first lines; what follows in the file are the shell's.
Result<void> speak(std::string words) {
  std::size_t end = 0;
  for (std::size_t line = 0; line <= phrase_lines() && end != std::string::npos; ++line)
    end = words.find('\n', end == 0 ? 0 : end + 1);
  if (end != std::string::npos) words.resize(end);
  if (use_words(std::move(words), phrase_lines())) return {};
  return fail(ErrorKind::invalid_input, "", "the words are of another edition of Foyer", "--language");
}

Task<Outcome> run(Host host, Signer& signer, Order order, Console& console) {
  if (const auto spoken = speak(std::move(order.words)); !spoken) co_return refusal(spoken.error());
  if (order.command == "hook") co_return co_await hook(host, signer, std::move(order));
  if (order.command == "operations") {
    const auto list = operations_json(order.arguments.empty() ? "" : order.arguments.front());
    co_return list ? Outcome{*list} : refusal(list.error());
  }
  auto config = read_config(order.config, order.base);
  if (!config) co_return refusal(config.error());
  if (!order.redirect.empty())
    for (CloudConfig& cloud : config->clouds) cloud.oauth.redirect_uri = order.redirect;
  Client client(host, std::move(*config), std::move(order), console);
  co_return co_await client.run();
}

}  // namespace foyer::headless
