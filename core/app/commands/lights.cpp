// Lights off at one press, and everything as it was at another.
#include <algorithm>
#include <utility>
#include <vector>

#include "core/app/commands/commands.hpp"
#include "core/app/state/words.hpp"
#include "core/policy/budget.hpp"

namespace foyer {
namespace {

constexpr Millis undo_time = Seconds(10);

// What switches it off, and what brings it back; nothing when it is off already.
std::optional<std::pair<Command, Command>> off_and_back(const Module& module) {
  if (module.commandable(Aspect::on_off)) {
    if (!module.flag(Aspect::on_off).value_or(false)) return std::nullopt;
    return std::pair(Command{Aspect::on_off, false, {}}, Command{Aspect::on_off, true, {}});
  }
  const Capability* level = module.capability(Aspect::level);
  const double now = module.number(Aspect::level).value_or(0), least = level->range.value_or(Range{}).least;
  if (now <= least) return std::nullopt;
  return std::pair(Command{Aspect::level, least, {}}, Command{Aspect::level, now, {}});
}

}  // namespace

void Commands::all_off(const intent::AllOff& what) {
  const Plant* plant = store_.plant(what.plant);
  if (!plant) return;
  const Arrangement& arranged = store_.state.arrangement;
  const auto meant = [&](const Module& module) {
    if (what.among) return std::ranges::find(*what.among, module.id) != what.among->end();
    return (what.ambient.empty() || module.ambient == what.ambient) &&
           !arranged.hidden.contains(module.id.text);
  };
  std::vector<std::pair<ModuleId, Command>> off;
  Undo undo{.number = ++undos_};
  for (const Module& module : plant->modules) {
    if (module.reach == Reach::unreachable || !goes_off_with_lights(arranged, module) || !meant(module))
      continue;
    auto both = off_and_back(module);
    if (!both || off.size() == policy::budget::command) continue;
    off.emplace_back(module.id, std::move(both->first));
    undo.back.emplace_back(module.id, std::move(both->second));
  }
  if (off.empty()) return store_.say(phrase(Phrase::everything_off));
  if (auto why = hindrance(plant->id)) return store_.say(std::move(why->text));
  for (const auto& [module, command] : off) send(module, command);
  undo.text = phrase(Phrase::switched_off, {std::to_string(off.size())});
  store_.say(undo.text);
  scope_.spawn(withdraw_undo(undo.number));
  store_.state.undo = std::move(undo);
}

Task<void> Commands::withdraw_undo(std::uint64_t number) {
  co_await host_.timers.sleep(undo_time);
  if (!store_.state.undo || store_.state.undo->number != number) co_return;
  store_.state.undo.reset();
  store_.changed();
}

void Commands::undo() {
  if (!store_.state.undo) return;
  std::erase_if(store_.state.undo->back,
                [&](const auto& one) { return store_.plant_of(one.first) == nullptr; });
  for (const auto& [module, command] : store_.state.undo->back)
    if (auto why = hindrance(store_.plant_of(module)->id))
      return store_.say(std::move(why->text));  // still offered
  const Undo undo = *std::exchange(store_.state.undo, std::nullopt);
  if (undo.back.empty()) return store_.say(phrase(Phrase::device_gone));
  for (const auto& [module, command] : undo.back) send(module, command);
  store_.say(phrase(Phrase::as_before));
}

}  // namespace foyer
