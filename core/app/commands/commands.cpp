#include "core/app/commands/commands.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/app/state/words.hpp"

namespace foyer {
namespace {

using policy::Condition;
using policy::Notice;
using policy::Purpose;
using Picture = CommandState::Picture;

constexpr Millis collapse = Millis(400);      // Q3
constexpr Millis look_delay = Seconds(3);     // Q2
constexpr Millis burst = Seconds(2);          // looks of commands given together are one (Q2)
constexpr Millis settle_time = Millis(1500);  // before an ambiguous outcome is read back: clouds show it late
constexpr Millis write_deadline = Seconds(30);  // N2

// The service said a definite no to what was asked, not to who asked.
bool refused_form(const CallFailure& failure) {
  if (failure.ambiguous) return false;
  switch (failure.failure.condition) {
    case Condition::bad_request:
    case Condition::wrong_parameters:
    case Condition::forbidden:
    case Condition::refused:
      return true;
    default:  // 200, but the module did not take it
      return failure.failure.ok() && failure.error.code == "E12" && failure.error.kind == ErrorKind::refused;
  }
}

std::string what_of(const policy::Message& message, const policy::Filling& filling = {}) {
  return policy::fill(message.what, filling);
}

}  // namespace

Completion<Result<CommandState>> Commands::refuse(const ModuleId& module, const Command& command,
                                                  Condition condition, std::string text) {
  Completion<Result<CommandState>> done;
  Plant* plant = store_.plant_of(module);
  Module* target = plant ? plant->module(module) : nullptr;
  if (!target) {
    store_.say(text);
    done.resolve(fail(ErrorKind::invalid_input, "E9", std::move(text)));
    return done;
  }
  Claim& claim = claims_.begin(*plant, *target, command);
  claims_.give_back({module, command.aspect}, claim, Picture::failed, condition, text);
  return claim.done;
}

std::optional<Commands::Hindrance> Commands::hindrance(const PlantId& plant) const {
  if (!store_.state.online)
    return Hindrance{Condition::offline, what_of(policy::message(Notice::not_sent_offline))};
  const Account* account = reader_.account_of(plant);
  if (!account || !account->signed_in())
    return Hindrance{Condition::ok, what_of(policy::message(Notice::not_sent_signed_out))};
  return std::nullopt;
}

Completion<Result<CommandState>> Commands::send(const ModuleId& id, const Command& command) {
  Plant* plant = store_.plant_of(id);
  Module* module = plant ? plant->module(id) : nullptr;
  if (!module)
    return refuse(id, command, Condition::not_found, what_of(policy::message(Condition::not_found)));
  if (const auto allowed = check(*module, command); !allowed)
    return refuse(id, command, Condition::wrong_parameters, allowed.error().message);
  if (auto why = hindrance(plant->id)) return refuse(id, command, why->condition, std::move(why->text));
  const Claim& claim = claims_.begin(*plant, *module, command);
  const Completion<Result<CommandState>> done = claim.done;
  scope_.spawn(run({.target = {id, command.aspect},
                    .number = claim.number,
                    .plant = plant->id,
                    .command = command,
                    .issued = store_.now()}));
  return done;
}

// --- one command ---

Task<void> Commands::run(Order order) {
  if (!momentary(order.command)) {
    co_await host_.timers.sleep(collapse);
    while (claims_.find(order.target, order.number)) {
      const auto other = busy_.find(order.target.first);
      if (other == busy_.end()) break;
      const Completion<bool> over = other->second;
      co_await over;
    }
    if (!claims_.find(order.target, order.number)) co_return;
    busy_.insert_or_assign(order.target.first, Completion<bool>());
  }
  const CallResult answer = co_await transmit(order);
  if (!claims_.find(order.target, order.number)) {
    look_later(order.plant, true);  // a newer one took over; what this one did is seen by the next look
  } else if (answer) {
    on_success(order);
  } else if (answer.error().ambiguous) {
    co_await on_ambiguous(order, answer.error(), answer.error().may_resend);
  } else {
    on_failure(order, answer.error());
  }
  if (momentary(order.command)) co_return;
  const Completion<bool> over = busy_.extract(order.target.first).mapped();
  over.resolve(true);
}

// The command in the form that worked last, else in the usual one; once more in the other when that is
// refused.
Task<CallResult> Commands::transmit(const Order& order) {
  const bool other_first = other_.contains(order.target);
  CallResult answer = co_await transmit(order, other_first);
  if (answer || !refused_form(answer.error()) || !claims_.find(order.target, order.number)) co_return answer;
  CallResult again = co_await transmit(order, !other_first);
  if (!again) co_return answer;
  if (other_first) other_.erase(order.target);
  if (!other_first) other_.insert(order.target);
  co_return again;
}

// One call. The claim counts as sent from here on.
Task<CallResult> Commands::transmit(const Order& order, bool other_form) {
  const Plant* plant = store_.plant(order.plant);
  const Module* module = plant ? plant->module(order.target.first) : nullptr;
  Account* account = reader_.account_of(order.plant);
  const Provider* provider = account ? account->provider_of(order.plant) : nullptr;
  if (!module || !provider) co_return std::unexpected(Reader::gone(true));
  Module told = *module;  // as the cloud told it, without the wish that is shown already
  if (const Claim* claim = claims_.find(order.target, order.number); claim && claim->before)
    told.set_reading(*claim->before);
  const Instant now = store_.now();
  CallFailure failure;
  Result<Call> call = provider->command(*plant, told, order.command, now, store_.offset(now));
  if (call && other_form) {
    auto other = provider->other_form(*plant, told, order.command, now, store_.offset(now));
    call = other ? Result<Call>(std::move(*other))
                 : fail(ErrorKind::unsupported, "E12", "there is no other form");
  }
  if (!call) {
    failure.error = call.error();
    co_return std::unexpected(failure);
  }
  call->listed = true;
  claims_.sending(*claims_.find(order.target, order.number));
  auto answer = co_await account->gateway.send(
      std::move(*call), [this, order] { return claims_.find(order.target, order.number) != nullptr; },
      write_deadline, [this, order](const CallFailure& why) { on_wait(order, why); });
  if (!answer && answer.error().failure.maybe_gone &&
      !co_await reader_.still_listed(order.plant, order.target.first))
    answer = std::unexpected(Reader::gone(true));
  if (answer) {
    reader_.answered(*account, order.plant);
    plant = store_.plant(order.plant);  // may have been read anew meanwhile
    module = plant ? plant->module(order.target.first) : nullptr;
    if (const auto obeyed = module ? provider->read_command(*module, answer->body) : Result<void>();
        !obeyed) {
      failure.error = obeyed.error();
      failure.error.message = phrase(Phrase::not_done, {failure.error.message});
      co_return std::unexpected(failure);
    }
  } else {
    (void)reader_.failed(*account, order.plant, &order.target.first,
                         answer.error());  // the picture tells the rest
  }
  co_return answer;
}

// A wait is explained while it lasts.
void Commands::on_wait(const Order& order, const CallFailure& why) {
  if (!claims_.find(order.target, order.number)) return;
  policy::Filling fill = filling(store_, why.failure, why.again_at);
  fill.again = fill.wait = live_wait;
  const std::string text = sentence(words_of(why), fill);
  claims_.note(order.target, text, why.again_at);
  if (const Plant* plant = store_.plant(order.plant))
    if (const Module* module = plant->module(order.target.first))
      store_.say(claims_.name_here(*module) + ": " + at_this_moment(text, why.again_at, store_.now()));
}

void Commands::on_success(const Order& order) {
  Claim* claim = claims_.find(order.target, order.number);
  claims_.settle(*claim);
  claims_.note(order.target, {});
  const Plant* plant = store_.plant(order.plant);
  const Module* module = plant ? plant->module(order.target.first) : nullptr;
  const Capability* capability = module ? module->capability(order.target.second) : nullptr;
  if (order.command.aspect == Aspect::position && module)
    claims_.note(order.target, moving_text(*module, order.command));
  // Nothing shows a momentary command or what cannot be read: the service's word is all there is.
  const bool unseen = momentary(order.command) || !capability || !capability->readable;
  if (unseen) claims_.confirm(order.target, *claim);
  reader_.keep(order.plant);  // other tabs show it now, not after the look
  look_later(order.plant, unseen);
}

void Commands::on_failure(const Order& order, const CallFailure& failure) {
  Claim* claim = claims_.find(order.target, order.number);
  const Plant* plant = store_.plant(order.plant);
  const Module* module = plant ? plant->module(order.target.first) : nullptr;
  const std::string whose = !plant ? std::string()
                            : failure.failure.maybe_gone && module
                                ? claims_.name_here(*module)
                                : gateway_name(store_.state.arrangement, *plant, module);
  std::string text = sentence(store_, failure, whose);
  if (failure.failure.maybe_gone) look_later(order.plant, true);  // the home itself tells whether it is back
  const Condition condition = failure.failure.condition;
  if (module && refused_form(failure) && condition != Condition::forbidden && condition != Condition::refused)
    claims_.withdraw(order.target, order.command);
  if (condition == Condition::wrong_parameters && module) {  // E12: name the limits
    const Capability* can = module->capability(order.target.second);
    if (can && can->range && !check(*module, order.command))
      text = what_of(policy::message(Notice::limits), {.detail = value_text(order.command.value, can->unit),
                                                       .least = value_text(can->range->least, Unit::none),
                                                       .most = value_text(can->range->most, Unit::none),
                                                       .step = value_text(can->range->step, Unit::none)});
  }
  if (condition == Condition::gateway_offline || condition == Condition::offline)
    text += " " + what_of(policy::message(Notice::not_sent));
  claims_.give_back(order.target, *claim, Picture::failed, condition, text);
}

// --- ambiguous outcomes ---

// True when the module could be read.
Task<bool> Commands::read_back(const Order& order) {
  claims_.note(order.target, what_of(policy::message(Notice::checking)));
  co_await host_.timers.sleep(settle_time);
  const auto read = co_await reader_.module(order.plant, order.target.first, Purpose::write);
  co_return read.has_value();
}

Task<void> Commands::on_ambiguous(Order order, CallFailure failure, bool may_resend) {
  claims_.settle(*claims_.find(order.target, order.number));
  const bool seen = co_await read_back(order);  // confirms the claim by itself when the state shows it
  Claim* claim = claims_.find(order.target, order.number);
  if (!claim) co_return;
  if (may_resend && seen && store_.now() - order.issued < write_deadline && store_.state.online) {
    claims_.note(order.target, what_of(policy::message(Notice::sending_again)));
    const CallResult answer = co_await transmit(order);
    claim = claims_.find(order.target, order.number);
    if (!claim) co_return;
    if (answer) co_return on_success(order);
    if (!answer.error().ambiguous) co_return on_failure(order, answer.error());
    co_return co_await on_ambiguous(std::move(order), answer.error(), false);
  }
  const std::string says = claim->before ? value_text(claim->before->value, claim->before->unit) : "";
  std::string text =
      sentence(store_, failure) + " " + what_of(policy::message(Notice::not_sure), {.detail = says});
  claims_.give_back(order.target, *claim, Picture::not_confirmed, failure.failure.condition, text);
  look_later(order.plant, true);
}

// --- looks ---

// `anyway`: even when no command waits to be confirmed (after a scene, a stop, a command that was overtaken).
void Commands::look_later(const PlantId& plant, bool anyway) {
  const auto [at, is_new] = looking_.try_emplace(plant);
  if (anyway) at->second = store_.now() + look_delay;
  if (is_new) scope_.spawn(look(plant));
}

Task<void> Commands::look(PlantId plant) {
  for (;;) {
    std::optional<Instant>& anyway = looking_[plant];
    std::optional<Instant> at = anyway;
    if (const auto due = claims_.due(plant)) {
      const Instant wanted = std::min(due->first + burst, due->second);
      at = at ? std::min(*at, wanted) : wanted;
    }
    if (!at || !store_.plant(plant)) break;
    if (*at > store_.now()) {
      co_await host_.timers.sleep(*at - store_.now());
      continue;  // more commands may have come meanwhile
    }
    const bool whole_plant = anyway.has_value();
    anyway.reset();
    const ModuleId* only = claims_.only_module(plant);
    const Plant* now = store_.plant(plant);
    const Mark mark = claims_.mark();
    Result<void> read;
    if (!whole_plant && only && reader_.cost(*now) > 1) {
      const ModuleId module = *only;
      read = co_await reader_.module(plant, module, Purpose::write);
      claims_.looked(plant, &module, mark, read.has_value());
    } else {
      read = co_await reader_.status_from_now(plant, Purpose::write);
      claims_.looked(plant, nullptr, mark, read.has_value());
    }
  }
  looking_.erase(plant);
}

void Commands::look_again(const ModuleId& module) {
  const Plant* plant = store_.plant_of(module);
  if (plant && looked_at_.insert(module).second) scope_.spawn(look_now(plant->id, module));  // Q3
}

Task<void> Commands::look_now(PlantId plant, ModuleId module) {
  const auto read = co_await reader_.module(plant, module, Purpose::pressed);
  looked_at_.erase(module);
  if (read) {
    claims_.recheck(module);
  } else {
    store_.say(read.error().message);
  }
}

}  // namespace foyer
