// A report from what was heard: gathered, disguised, and read once more as a stranger will.
#pragma once

#include <string>
#include <string_view>

#include "core/app/report/report.hpp"
#include "core/app/session/account.hpp"
#include "core/app/state/state.hpp"

namespace foyer::report {

struct Made {
  std::string text{};  // the file
  Report report{};     // the same, disguised
  std::size_t replaced = 0;
};

// What the recorder heard, with the calls of the journal, the problems and the doctor's findings. The
// recorder's clouds are the accounts in their order. `only`: id of the one account that is reported; empty:
// all.
Report gather(const Recorder& heard, const Accounts& accounts, const State& state, Instant now,
              std::string_view only);
// ErrorKind::unsupported "A4" when the host lends no random numbers.
Result<Made> finish(const Report& found, Random& random);

// How many calls of the day making one may cost; nobody signed in: none. `only` as above.
int report_cost(const State& state, std::string_view only = {});

}  // namespace foyer::report
