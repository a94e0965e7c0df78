// Carries commands out: collapses, sends, checks, reads back (Q2, Q3).
//
// Absolute commands to the same target within 400 ms become one call with the last value. One call per module
// at a time, so that two cannot overtake each other; momentary ones (stop, run) never wait. An ambiguous
// outcome is read back: an absolute command is sent once more when the state is different, a momentary one
// never again.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/app/reading/reader.hpp"
#include "core/app/session/account.hpp"
#include "core/app/state/claims.hpp"
#include "core/app/state/intent.hpp"
#include "core/app/state/store.hpp"

namespace foyer {

class Commands {
 public:
  Commands(Host& host, TaskScope& scope, Store& store, Claims& claims, Reader& reader)
      : host_(host), scope_(scope), store_(store), claims_(claims), reader_(reader) {}

  // [[gnu::noinline]]: called by what is there at once. Inlined into it, they would no longer come later.
  // Starts it. The completion comes with confirmed, not confirmed or failed; an error when a newer one took
  // over.
  Completion<Result<CommandState>> send(const ModuleId& module, const Command& command);
  // Lights off, as the intent says; what was on is in State::undo for a while. (lights.cpp, like undo())
  [[gnu::noinline]] void all_off(const intent::AllOff& what);
  // Everything as it was before.
  [[gnu::noinline]] void undo();
  // Reads one module back because the person wants to know; not confirmed commands of it are settled by it.
  [[gnu::noinline]] void look_again(const ModuleId& module);

 private:
  struct Order {
    Target target;
    std::uint64_t number = 0;
    PlantId plant;
    Command command;
    Instant issued;
  };
  // What keeps every command of this home from being sent.
  struct Hindrance {
    policy::Condition condition = policy::Condition::ok;
    std::string text{};
  };
  std::optional<Hindrance> hindrance(const PlantId& plant) const;
  Completion<Result<CommandState>> refuse(const ModuleId& module, const Command& command,
                                          policy::Condition condition, std::string text);
  Task<void> run(Order order);
  Task<CallResult> transmit(const Order& order);
  Task<CallResult> transmit(const Order& order, bool other_form);
  Task<bool> read_back(const Order& order);
  Task<void> on_ambiguous(Order order, CallFailure failure, bool may_resend);
  void on_failure(const Order& order, const CallFailure& failure);
  void on_wait(const Order& order, const CallFailure& why);
  void on_success(const Order& order);
  Task<void> withdraw_undo(std::uint64_t number);
  void look_later(const PlantId& plant, bool anyway);
  Task<void> look(PlantId plant);
  Task<void> look_now(PlantId plant, ModuleId module);

  Host& host_;
  TaskScope& scope_;
  Store& store_;
  Claims& claims_;
  Reader& reader_;
  std::map<ModuleId, Completion<bool>> busy_{};  // resolved when the module's call is over
  std::uint64_t undos_ = 0;                      // how often something was offered to be taken back
  std::set<ModuleId> looked_at_{};               // by a press that has no answer yet
  std::set<Target> other_{};                     // whose commands the cloud took in the other form
  // Plants with a flow of looks; the time when one is wanted whether or not a command waits for it.
  std::map<PlantId, std::optional<Instant>> looking_{};
};

}  // namespace foyer
