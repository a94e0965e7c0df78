// Asks for the history that somebody looks at, and keeps it.
//
// A period and the one before it are one call; what is over is never asked again, the present after 15
// minutes. When the cloud refuses, what is there stays and the reason is told; it is asked again when
// somebody does, when the device is back in the network, and when the time has come that the reason names.
#pragma once

#include "core/app/history/kept.hpp"
#include "core/app/reading/reader.hpp"
#include "core/app/session/account.hpp"
#include "core/app/state/intent.hpp"
#include "core/app/state/store.hpp"
#include "core/cloud/netatmo/measures.hpp"

namespace foyer::history {

// One question – a stretch and a step on both sides of it – with all forms its words have; the next is for
// when the cloud refuses one or knows no value.
struct Question {
  std::vector<Call> forms{};
  std::vector<netatmo::MeasureQuery> queries{};  // one for each form
};
Result<Question> question(const Plant& plant, const Module& subject, const Stretch& of, bool hours);
// The values of an answer as lines: what is used in all and by tariff, with its cost where the home's
// contract tells prices.
std::vector<Line> lines_of(const netatmo::MeasureSeries& series, const Plant& plant, const Module& subject);

class Historian {
 public:
  // All outlive it.
  Historian(Host& host, TaskScope& scope, Store& store, Reader& reader)
      : host_(host), scope_(scope), store_(store), reader_(reader) {}

  // [[gnu::noinline]]: called by what is there at once. Inlined into it, they would no longer come later.
  [[gnu::noinline]] void handle(const intent::ShowHistory& what);
  // The state has changed: asks for what is on show and missing, unless that was refused.
  [[gnu::noinline]] void look();
  // Homes have left: what was read of their modules goes too.
  [[gnu::noinline]] void forget();
  // Somebody pressed: what was refused may be asked again.
  void pressed() { refused_ = {}; }

 private:
  struct Job {
    PlantId plant{};
    ModuleId subject{};
    Stretch of{};
    bool hours = false;
    friend bool operator==(const Job&, const Job&) = default;
  };
  // What is missing of what is on show.
  std::optional<Job> wanted() const;
  Task<void> run(Job job);
  void keep(const Job& job, std::vector<Line> lines);
  void settle(const Job& job, std::string trouble);
  Task<void> again(Job job, Instant at);

  Host& host_;
  TaskScope& scope_;
  Store& store_;
  Reader& reader_;
  std::optional<Job> refused_{};
  std::map<ModuleId, std::size_t> form_{};  // the form of the question that brought values last
};

}  // namespace foyer::history
