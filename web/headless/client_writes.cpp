// What changes something, and what is sent as it stands.
#include "core/app/developer/console.hpp"
#include "web/headless/choose.hpp"
#include "web/headless/client_impl.hpp"
#include "web/headless/decode.hpp"
#include "web/headless/operations.hpp"
#include "web/headless/plans.hpp"

namespace foyer::headless {
namespace {

int exit_of(const CommandState& state, const CallFailure* why) {
  if (state.picture == CommandState::Picture::confirmed) return 0;
  if (state.picture == CommandState::Picture::not_confirmed) return exit_code(ErrorKind::timeout);
  if (state.condition == policy::Condition::wrong_parameters) return exit_code(ErrorKind::invalid_input);
  if (state.condition == policy::Condition::offline) return exit_code(ErrorKind::offline);
  if (why && why->failure.condition == state.condition) return exit_code(why->error.kind);
  return exit_code(ErrorKind::refused);
}

}  // namespace

Task<Result<Outcome>> Client::set() {
  if (order_.arguments.size() != 3) co_return usage("expected: set HOME MODULE COMMAND", order_.command);
  const auto command = parse_command(order_.arguments[2]);
  if (!command) co_return std::unexpected(command.error());
  const auto id = co_await home(order_.fresh);
  if (!id) co_return std::unexpected(id.error());
  const auto module = choose_module(plant(*id), order_.arguments[1]);
  if (!module) co_return std::unexpected(module.error());
  const ModuleId target = (*module)->id;
  wrote_ = true;
  const auto done = co_await controller_.command(target, *command);
  if (!done) co_return std::unexpected(done.error());
  const Module* now = plant(*id).module(target);
  const auto& last = controller_.gateway(account_of(*id))->last_failure();
  const CallFailure* why = last ? &*last : nullptr;
  co_return Outcome{command_json(now ? *now : **module, *done, why), exit_of(*done, why)};
}

// A schedule that is edited is read first, so that what is sent back whole is what the cloud has now.
// Afterwards the homes of that cloud are read again: what is kept would be wrong.
Task<Result<Outcome>> Client::schedule() {
  const bool edits = order_.arguments.size() > 1 && order_.arguments[1] == "edit";
  const auto id = co_await home(order_.fresh || edits);
  if (!id) co_return std::unexpected(id.error());
  const std::vector<std::string> words(order_.arguments.begin() + 1, order_.arguments.end());
  auto request = schedule_call(plant(*id), words, order_.body);
  if (!request) co_return std::unexpected(request.error());
  wrote_ = true;
  const std::string owner = account_of(*id);
  const CallResult answer = co_await controller_.call(owner, std::move(*request));
  if (!answer) co_return failure(answer.error());
  const auto json = schedule_done_json(plant(*id), words, answer->body);
  if (!json) co_return std::unexpected(json.error());
  if (const auto read = co_await controller_.load(owner); !read)
    warn("the change was made, the homes could not be read again: " + read.error().message);
  co_return Outcome{*json};
}

Task<Result<Outcome>> Client::call() {
  const std::string first = order_.arguments.empty() ? std::string() : order_.arguments.front();
  const catalog::Operation* operation = catalog::find(first);
  const bool named = order_.arguments.size() == 1 || first.find('.') != std::string::npos;
  if (!operation && !first.empty() && named) {
    std::vector<std::string> known;
    for (const catalog::Api& api : catalog::apis())
      for (const catalog::Operation& one : api.operations) known.emplace_back(one.id);
    co_return fail(
        ErrorKind::invalid_input, "",
        "there is no operation \"" + first + "\"" + did_you_mean(first, known) + "; see: operations");
  }
  auto request = operation
                     ? operation_call(*operation, {order_.arguments.begin() + 1, order_.arguments.end()},
                                      controller_.state().plants)
                     : free_call(order_.arguments, order_.body);
  if (!request) co_return std::unexpected(request.error());
  if (!controller_.state().accounts.empty() && signed_in().empty()) co_return std::unexpected(nobody());
  wrote_ = true;
  const std::string from = operation ? account_of_api(operation->api()) : account();
  const CallResult answer = co_await controller_.call(from, *request);
  if (answer && operation && is_decoded(*operation))
    co_return Outcome{answer_json(
        *answer, decoded(*operation, *request, *answer, host_.clock.utc_offset(host_.clock.now())))};
  if (answer) co_return Outcome{answer_json(*answer)};
  if (operation || answer.error().failure.condition != policy::Condition::not_found)
    co_return failure(answer.error());
  // A path of the person's own names no device of a home.
  CallFailure unknown = answer.error();
  unknown.error.message = "The service knows no " + request->method + " " + request->path + ".";
  co_return Outcome{failure_json(unknown, "Compare the path with: foyer operations."),
                    exit_code(unknown.error.kind)};
}

std::string Client::account_of_api(std::string_view api) const {
  if (!order_.account.empty()) return order_.account;
  const AccountState* found = console_account(controller_.state(), api);
  return found ? found->id : account();
}

}  // namespace foyer::headless
