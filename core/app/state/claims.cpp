#include "core/app/state/claims.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/app/arrangement/arrangement.hpp"
#include "core/app/state/words.hpp"

namespace foyer {
namespace {

using Picture = CommandState::Picture;

constexpr Millis first_look = Seconds(3);  // Q2
constexpr Millis second_look = Seconds(5);
constexpr Millis shutter_look = Seconds(12);  // a shutter needs its time
constexpr Millis together = Millis(1500);     // looks that are this close are one

// Aspects that say the same thing: a newer one of the group makes an older one void.
Aspect group(Aspect aspect) {
  switch (aspect) {
    case Aspect::stop:
      return Aspect::position;
    case Aspect::mode:
    case Aspect::program:
      return Aspect::setpoint;
    default:
      return aspect;
  }
}

// A moving shutter is shown where it is, not where it shall be.
bool is_shown_ahead(const Module& module, const Command& command) {
  const Capability* capability = module.capability(command.aspect);
  return !momentary(command) && command.aspect != Aspect::position && capability && capability->readable;
}

void put_back(Module& module, Aspect aspect, const std::optional<Reading>& before) {
  if (before) {
    module.set_reading(*before);
  } else {
    std::erase_if(module.readings, [&](const Reading& one) {
      return one.aspect == aspect && one.origin == Origin::optimistic;
    });
  }
}

constexpr const char* between = "between";

void trim(Capability& capability, const std::set<std::string>& words) {
  if (words.contains(between) && capability.range) capability.range->step = capability.range->most;
  for (std::size_t i = capability.options.size(); i-- > 0;) {
    if (!words.contains(capability.options[i])) continue;
    capability.options.erase(capability.options.begin() + static_cast<std::ptrdiff_t>(i));
    if (i < capability.labels.size())
      capability.labels.erase(capability.labels.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

}  // namespace

bool shows(const Command& command, const Value& value, const Capability* capability) {
  const auto* wanted = std::get_if<double>(&command.value);
  const auto* shown = std::get_if<double>(&value);
  if (!wanted || !shown) return command.value == value;
  const double step = capability && capability->range ? capability->range->step : 1;
  const double slack = command.aspect == Aspect::position ? 1 : std::min(step, 1.0) / 2;
  return std::abs(*wanted - *shown) <= slack;
}

std::string Claims::name_here(const Module& module) const {
  return std::string(name_of(store_.state.arrangement, module));
}

Claim& Claims::begin(const Plant& plant, Module& module, const Command& command) {
  const Target target{module.id, command.aspect};
  std::optional<Reading> before;
  if (const Reading* now = module.reading(command.aspect); now && now->origin != Origin::optimistic)
    before = *now;
  for (auto at = claims_.lower_bound({module.id, Aspect{}});
       at != claims_.end() && at->first.first == module.id; ++at) {
    if (!at->second.open || group(at->first.second) != group(command.aspect)) continue;
    if (at->first == target) before = at->second.before;
    supersede(at->first, at->second, module);
  }
  Claim& claim = claims_[target];
  claim =
      Claim{.number = ++numbers_, .plant = plant.id, .command = command, .order = ++order_, .before = before};
  if (is_shown_ahead(module, command)) {
    const Capability* capability = module.capability(command.aspect);
    module.set_reading({.aspect = command.aspect,
                        .value = command.value,
                        .unit = capability->unit,
                        .received = store_.now(),
                        .origin = Origin::optimistic});
  }
  CommandState& shown = store_.state.commands[target];
  shown = {.number = claim.number, .command = command, .at = store_.now()};
  store_.changed();
  return claim;
}

void Claims::supersede(const Target& target, Claim& claim, Module& module) {
  if (!claim.sent) put_back(module, target.second, claim.before);
  claim.open = false;
  store_.state.commands.erase(target);
  finish(claim, fail(ErrorKind::cancelled, "", "a newer command took its place"));
}

Claim* Claims::find(const Target& target, std::uint64_t number) {
  const auto at = claims_.find(target);
  return at != claims_.end() && at->second.open && at->second.number == number ? &at->second : nullptr;
}

void Claims::sending(Claim& claim) {
  claim.sent = true;
  claim.settled = false;
  claim.order = ++order_;
}

void Claims::settle(Claim& claim) {
  claim.settled = true;
  claim.order = ++order_;
  claim.due = store_.now() + first_look;
}

CommandState& Claims::picture(const Target& target, Picture picture, policy::Condition condition,
                              std::string text) {
  CommandState& state = store_.state.commands[target];
  state.picture = picture;
  state.condition = condition;
  state.text = std::move(text);
  state.again_at.reset();
  state.at = store_.now();
  store_.changed();
  return state;
}

void Claims::note(const Target& target, std::string text, std::optional<Instant> again_at) {
  const auto at = store_.state.commands.find(target);
  if (at == store_.state.commands.end() || (at->second.text == text && at->second.again_at == again_at))
    return;
  at->second.text = std::move(text);
  at->second.again_at = again_at;
  store_.changed();
}

void Claims::confirm(const Target& target, Claim& claim) {
  claim.open = false;
  std::string notice;
  if (const Plant* plant = store_.plant_of(target.first))
    if (const Module* module = plant->module(target.first))
      notice = name_here(*module) + ": " + wish_text(*module, claim.command) + ".";
  const CommandState state = picture(target, Picture::confirmed, policy::Condition::ok, "");
  if (!notice.empty()) store_.say(notice);
  finish(claim, state);
}

void Claims::give_back(const Target& target, Claim& claim, Picture shown, policy::Condition condition,
                       const std::string& text) {
  claim.open = false;
  std::string name;
  if (Plant* plant = store_.plant_of(target.first))
    if (Module* module = plant->module(target.first)) {
      put_back(*module, target.second, claim.before);
      name = name_here(*module);
    }
  const CommandState state = picture(target, shown, condition, text);
  store_.say(name.empty() ? text : name + ": " + text);
  finish(claim, state);
}

// From the event loop: whoever waits for a command must not run in the middle of applying a report.
Task<void> Claims::resolve(Completion<Result<CommandState>> done, Result<CommandState> result) {
  co_await host_.timers.sleep(Millis(0));
  done.resolve(std::move(result));
}

void Claims::finish(Claim& claim, Result<CommandState> result) {
  scope_.spawn(resolve(claim.done, std::move(result)));
}

void Claims::learn(const Plant& plant, const StatusReport& report, Mark read) {
  if (std::ranges::none_of(claims_, [](const auto& one) { return one.second.open; })) return;
  for (const ModuleStatus& status : report.modules) {
    for (auto at = claims_.lower_bound({status.id, Aspect{}});
         at != claims_.end() && at->first.first == status.id; ++at) {
      Claim& claim = at->second;
      const auto reading = std::ranges::find(status.readings, at->first.second, &Reading::aspect);
      if (!claim.open || reading == status.readings.end()) continue;
      const bool after = claim.settled && read > claim.order;
      if (claim.sent && !after) continue;  // nobody knows on which side of the command this was read
      const Module* module = plant.module(status.id);
      if (after &&
          shows(claim.command, reading->value, module ? module->capability(at->first.second) : nullptr)) {
        confirm(at->first, claim);
        continue;
      }
      claim.before = *reading;
      claim.before->received = store_.now();
    }
  }
}

bool Claims::keeps(const ModuleId& module, Aspect aspect, Mark read) const {
  const auto at = claims_.find({module, aspect});
  if (at == claims_.end()) return false;
  const Claim& claim = at->second;
  if (claim.open && aspect != Aspect::position) return true;
  const auto shown = store_.state.commands.find(at->first);
  const bool lost = shown != store_.state.commands.end() && (shown->second.picture == Picture::failed ||
                                                             shown->second.picture == Picture::not_confirmed);
  return !lost && read < claim.order;
}

void Claims::looked(const PlantId& plant, const ModuleId* module, Mark read, bool answered) {
  const Instant now = store_.now();
  for (auto& [target, claim] : claims_) {
    if (!claim.open || !claim.settled || claim.plant != plant || (module && target.first != *module))
      continue;
    if (read < claim.order || claim.due > now + together) continue;
    const bool shutter = target.second == Aspect::position;
    ++claim.looks;
    if (claim.looks < (shutter ? 3 : 2)) {
      claim.due = now + (shutter ? shutter_look : second_look);
      continue;
    }
    const bool known = answered && claim.before;
    const policy::Filling fill{.detail = known ? value_text(claim.before->value, claim.before->unit)
                                               : std::string()};
    const policy::Message words = policy::message(policy::Notice::not_confirmed);
    give_back(target, claim, Picture::not_confirmed, policy::Condition::ok,
              policy::fill(words.what, fill) + " " + std::string(words.remedy));
  }
}

void Claims::recheck(const ModuleId& id) {
  const Plant* plant = store_.plant_of(id);
  const Module* module = plant ? plant->module(id) : nullptr;
  if (!module) return;
  for (auto& [target, claim] : claims_) {
    const auto shown = store_.state.commands.find(target);
    if (target.first != id || claim.open || shown == store_.state.commands.end() ||
        shown->second.picture == Picture::confirmed)
      continue;
    const Reading* reading = module->reading(target.second);
    if (reading && shows(claim.command, reading->value, module->capability(target.second))) {
      picture(target, Picture::confirmed, policy::Condition::ok, "");
    } else {
      store_.state.commands.erase(shown);
      store_.changed();
    }
    if (reading) store_.say(name_here(*module) + ": " + value_text(reading->value, reading->unit) + ".");
  }
}

std::optional<std::pair<Instant, Instant>> Claims::due(const PlantId& plant) const {
  std::optional<std::pair<Instant, Instant>> found;
  for (const auto& [target, claim] : claims_) {
    if (!claim.open || !claim.settled || claim.plant != plant) continue;
    if (!found) found.emplace(claim.due, claim.due);
    found->first = std::min(found->first, claim.due);
    found->second = std::max(found->second, claim.due);
  }
  return found;
}

const ModuleId* Claims::only_module(const PlantId& plant) const {
  const ModuleId* only = nullptr;
  for (const auto& [target, claim] : claims_) {
    if (!claim.open || !claim.settled || claim.plant != plant) continue;
    if (only && *only != target.first) return nullptr;
    only = &target.first;
  }
  return only;
}

void Claims::withdraw(const Target& target, const Command& command) {
  Plant* plant = store_.plant_of(target.first);
  Module* module = plant ? plant->module(target.first) : nullptr;
  const Capability* can = module ? module->capability(target.second) : nullptr;
  if (!can) return;
  const std::string* word = std::get_if<std::string>(&command.value);
  const double* number = std::get_if<double>(&command.value);
  if (word && can->options.size() > 1) {
    withdrawn_[target].insert(*word);
  } else if (number && target.second == Aspect::position && can->range && *number > can->range->least &&
             *number < can->range->most) {
    withdrawn_[target].insert(between);
  }
  keep_withdrawn(*plant);
}

void Claims::keep_withdrawn(Plant& plant) const {
  for (const auto& [target, words] : withdrawn_)
    if (Module* module = plant.module(target.first))
      for (Capability& capability : module->capabilities)
        if (capability.aspect == target.second) trim(capability, words);
}

void Claims::forget(const PlantId& plant) {
  std::vector<Target> gone;
  for (auto& [target, claim] : claims_) {
    if (claim.plant != plant) continue;
    if (claim.open) finish(claim, fail(ErrorKind::cancelled, "", "the home is no longer here"));
    gone.push_back(target);
  }
  for (const Target& target : gone) claims_.erase(target);
}

}  // namespace foyer
