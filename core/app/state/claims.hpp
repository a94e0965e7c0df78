// What our own commands claim about readings, and how the cloud's answers settle it. No calls and no waiting
// here.
//
// Each command of a module's aspect is a claim: from the moment it is issued until the cloud shows it
// (confirmed), shows something else twice (not confirmed), or says no (failed). The newest claim per target
// wins; a read that is older than a claim never overwrites it. `Mark` is a place in the order of issuing,
// sending, answering and beginning to read – a comparison of two marks says which came first, without any
// clock.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "core/app/state/store.hpp"
#include "core/model/command.hpp"

namespace foyer {

using Target = std::pair<ModuleId, Aspect>;
using Mark = std::uint64_t;

// Does a reading of this value show that the command was carried out?
bool shows(const Command& command, const Value& value, const Capability* capability);

struct Claim {
  std::uint64_t number = 0;
  PlantId plant{};
  Command command{};
  bool open = true;      // the picture is "sent"
  bool sent = false;     // handed to the gateway
  bool settled = false;  // answered, or lost on the way: reads that begin now tell the truth
  Mark order = 0;        // of the last of these steps
  Instant due{};         // of the next look
  int looks = 0;
  std::optional<Reading> before{};  // what the cloud said last: the way back
  Completion<Result<CommandState>> done{};
};

class Claims {
 public:
  Claims(Host& host, TaskScope& scope, Store& store) : host_(host), scope_(scope), store_(store) {}

  // What the person calls it: what is said of a command says the name that is shown.
  std::string name_here(const Module& module) const;

  // A new command: supersedes open ones of the same target, shows the wish as an optimistic reading and the
  // picture "sent". `plant` and `module` are in the store.
  Claim& begin(const Plant& plant, Module& module, const Command& command);
  // The claim of that number while it is the newest and still open, else null.
  Claim* find(const Target& target, std::uint64_t number);
  void sending(Claim& claim);
  // Answered or lost; the first look is due after 3 s (Q2).
  void settle(Claim& claim);
  // The picture stays "sent", the words change.
  void note(const Target& target, std::string text, std::optional<Instant> again_at = std::nullopt);
  void confirm(const Target& target, Claim& claim);
  // failed or not confirmed: the last word of the cloud comes back.
  void give_back(const Target& target, Claim& claim, CommandState::Picture picture,
                 policy::Condition condition, const std::string& text);

  // A read begins now.
  Mark mark() { return ++order_; }
  // Before a report is applied: confirms what it shows. `read` is the mark of when the read began.
  void learn(const Plant& plant, const StatusReport& report, Mark read);
  // Must this reading stay as it is when an answer of a read from `read` is applied?
  bool keeps(const ModuleId& module, Aspect aspect, Mark read) const;
  // A look at the plant (or one module) has ended, with or without an answer: claims that it could not
  // confirm wait for the next look or are given back.
  void looked(const PlantId& plant, const ModuleId* module, Mark read, bool answered);
  // The person looked again: what is not confirmed is confirmed by the present readings, or put aside.
  void recheck(const ModuleId& module);
  // Earliest and latest look that open claims of the plant wait for.
  std::optional<std::pair<Instant, Instant>> due(const PlantId& plant) const;
  // The module whose claims are the only open ones of the plant, or null.
  const ModuleId* only_module(const PlantId& plant) const;
  // The service refused it in every form: until the program starts again the module no longer offers it.
  void withdraw(const Target& target, const Command& command);
  // After the plant was read: what was withdrawn stays withdrawn.
  void keep_withdrawn(Plant& plant) const;
  // Drops every claim of a plant that is gone.
  void forget(const PlantId& plant);

 private:
  CommandState& picture(const Target& target, CommandState::Picture picture, policy::Condition condition,
                        std::string text);
  void supersede(const Target& target, Claim& claim, Module& module);
  void finish(Claim& claim, Result<CommandState> result);
  Task<void> resolve(Completion<Result<CommandState>> done, Result<CommandState> result);

  Host& host_;
  TaskScope& scope_;
  Store& store_;
  std::map<Target, Claim> claims_{};
  std::map<Target, std::set<std::string>> withdrawn_{};  // words; "between": all but the ends of a range
  std::uint64_t numbers_ = 0;
  Mark order_ = 0;
};

}  // namespace foyer
