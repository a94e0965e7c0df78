// Carries commands out: collapses, sends, checks, reads back (§4.1, §4.3, Q2, Q3).
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

#include "core/app/account.hpp"
#include "core/app/claims.hpp"
#include "core/app/reader.hpp"
#include "core/app/store.hpp"

namespace foyer {

class Commands {
 public:
  Commands(Host& host, TaskScope& scope, Store& store, Claims& claims, Reader& reader)
      : host_(host), scope_(scope), store_(store), claims_(claims), reader_(reader) {}

  // Starts it. The completion comes with confirmed, not confirmed or failed; an error when a newer one took
  // over.
  Completion<Result<CommandState>> send(const ModuleId& module, const Command& command);
  // Every light, dimmer and plug of the room that is on.
  void all_off(const AmbientId& ambient);
  // Reads one module back because the person wants to know; not confirmed commands of it are settled by it.
  void look_again(const ModuleId& module);
  // The gateway waits and tries again: those who wait for a command are told why.
  void retrying(const Account& account, const JournalEntry& entry);

 private:
  struct Order {
    Target target;
    std::uint64_t number = 0;
    PlantId plant;
    Command command;
    Instant issued;
  };
  Completion<Result<CommandState>> refuse(const ModuleId& module, const Command& command,
                                          policy::Condition condition, std::string text);
  Task<void> run(Order order);
  Task<CallResult> transmit(const Order& order);
  Task<bool> read_back(const Order& order);
  Task<void> on_ambiguous(Order order, CallFailure failure, bool may_resend);
  void on_failure(const Order& order, const CallFailure& failure);
  void on_wait(const Order& order, const CallFailure& why);
  void on_success(const Order& order);
  void look_later(const PlantId& plant, bool anyway);
  Task<void> look(PlantId plant);
  Task<void> look_now(PlantId plant, ModuleId module);

  Host& host_;
  TaskScope& scope_;
  Store& store_;
  Claims& claims_;
  Reader& reader_;
  std::map<ModuleId, Completion<bool>> busy_{};  // resolved when the module's call is over
  std::set<ModuleId> looked_at_{};               // by a press that has no answer yet
  std::map<ModuleId, Target> under_way_{};       // what the call is for
  // Plants with a flow of looks; the time when one is wanted whether or not a command waits for it.
  std::map<PlantId, std::optional<Instant>> looking_{};
};

}  // namespace foyer
