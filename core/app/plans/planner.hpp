// Sends what was changed in a weekly plan, once, and looks whether the cloud kept it.
//
// A plan is sent whole; what its model does not know goes back as it came (core/cloud/netatmo/schedules.hpp).
// An answer that is lost is settled by reading the plan back, never by sending it a second time.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "core/app/plans/draft.hpp"
#include "core/app/reading/reader.hpp"
#include "core/app/session/account.hpp"
#include "core/app/state/intent.hpp"
#include "core/app/state/store.hpp"

namespace foyer::plan {

// Belongs to Part::tools. Whatever is pressed means the home on show at that moment.
class Planner {
 public:
  // All outlive it.
  Planner(TaskScope& scope, Store& store, Reader& reader) : scope_(scope), store_(store), reader_(reader) {}

  // [[gnu::noinline]]: called by what is there at once. Inlined into it, they would no longer come later.
  // Another plan is on show. Changes that were not sent are kept until then.
  [[gnu::noinline]] void handle(const intent::ShowPlan& wanted);
  [[gnu::noinline]] void handle(const intent::EditPlan& wanted);
  [[gnu::noinline]] void handle(const intent::DropPlan& wanted);
  [[gnu::noinline]] void handle(const intent::SavePlan& wanted);
  [[gnu::noinline]] void handle(const intent::TakeBackPlan& wanted);
  [[gnu::noinline]] void handle(const intent::UsePlan& wanted);
  [[gnu::noinline]] void handle(const intent::CopyPlan& wanted);
  [[gnu::noinline]] void handle(const intent::DeletePlan& wanted);

 private:
  struct Job {
    PlantId plant{};
    Schedule wanted{};
    std::optional<Schedule> before{};  // of a save: what is kept to take it back
    std::set<std::string> there{};     // ids before a copy was made: none of them is the copy
    enum class Deed : std::uint8_t { contents, use, create, remove } deed = Deed::contents;
  };
  static Result<Call> call_of(const Plant& plant, const Job& job);
  // What was read back is what was wanted.
  static const Schedule* found(const Plant& plant, const Job& job);
  static bool kept(const Plant& plant, const Job& job);
  // The home on show and its plans; no plans while something of them is on its way.
  struct Here {
    const Plant* plant = nullptr;
    PlanState* state = nullptr;
  };
  Here here();
  void start(PlanState& state, Job job);
  Task<void> run(Job job);
  void settle(const Job& job, std::string trouble);

  TaskScope& scope_;
  Store& store_;
  Reader& reader_;
};

}  // namespace foyer::plan
