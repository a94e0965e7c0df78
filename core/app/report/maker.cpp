#include "core/app/report/maker.hpp"

#include <algorithm>

#include "core/base/version.hpp"
#include "core/cloud/provider.hpp"
#include "core/policy/budget.hpp"
#include "core/policy/messages.hpp"

namespace foyer::report {
namespace {

// Bytes of the system's generator, fetched by the thousand.
class Dice {
 public:
  explicit Dice(Random& random) : random_(random) {}
  Result<void> fill() {
    auto more = random_.bytes(4096);
    if (!more) return std::unexpected(more.error());
    bytes_ = std::move(*more);
    at_ = 0;
    return {};
  }
  std::uint32_t draw() {
    if (at_ + 4 > bytes_.size() && !fill()) broken_ = true;
    std::uint32_t out = 0;
    for (int i = 0; i < 4 && at_ < bytes_.size(); ++i)
      out = out << 8 | static_cast<unsigned char>(bytes_[at_++]);
    return out;
  }
  bool broken() const { return broken_; }

 private:
  Random& random_;
  std::string bytes_{};
  std::size_t at_ = 0;
  bool broken_ = false;
};

std::string call_text(const JournalEntry& entry) {
  return entry.method + " " + entry.path_template + " " + std::to_string(entry.status) + " " +
         std::to_string(entry.duration.count()) + " ms " + std::string(policy::rule_id(entry.condition));
}

std::string problem_text(const Problem& problem) {
  return std::string(to_string(problem.key.about)) + " " + std::string(policy::rule_id(problem.condition));
}

std::string finding_text(const Finding& finding) {
  static constexpr std::string_view states[] = {"good", "trouble", "not looked at"};
  std::string text = finding.part + " " + std::string(states[static_cast<std::size_t>(finding.state)]);
  if (finding.error) text += " " + finding.error->code;
  return text;
}

// What reading the home on show costs, which goes before all budgets of a start but its own.
std::size_t cost_of(const Plant& home) {
  const Provider* cloud = provider(home.id.text.substr(0, home.id.text.find(':')));
  if (cloud == nullptr || !home.topology_at) return policy::budget::look;
  return std::min(policy::budget::look, 1 + cloud->extras(home).size()) +
         std::min(policy::budget::poll, cloud->status(home).size());
}

}  // namespace

Report gather(const Recorder& heard, const Accounts& accounts, const State& state, Instant now,
              std::string_view only) {
  Report found{.made_by = "foyer " + std::string(version()), .at = now};
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    const Account& account = *accounts[i];
    if (auto answers = heard.answers(i); !answers.empty())
      found.clouds.push_back({account.config.providers, std::move(answers)});
    if (!only.empty() && account.id() != only) continue;
    for (const JournalEntry& entry : account.gateway.journal())
      found.journal.push_back({entry.at, "call", call_text(entry)});
  }
  for (const Problem& problem : state.problems)
    found.journal.push_back({problem.since, "problem", problem_text(problem)});
  for (const Finding& finding : state.doctor.findings)
    found.journal.push_back({now, "finding", finding_text(finding)});
  return found;
}

Result<Made> finish(const Report& found, Random& random) {
  Dice dice(random);
  if (const auto filled = dice.fill(); !filled) return std::unexpected(filled.error());
  Disguise disguise([&dice] { return dice.draw(); });
  Made out{.text = write_report(found, disguise), .replaced = disguise.count()};
  if (dice.broken())
    return fail(ErrorKind::unsupported, "A4", "this machine lends no random numbers, so nothing was written");
  auto read = read_report(out.text);
  if (!read) return std::unexpected(read.error());
  out.report = std::move(*read);
  return out;
}

int report_cost(const State& state, std::string_view only) {
  const Plant* shown = state.plant();
  std::size_t cost = 0;
  for (const AccountState& one : state.accounts) {
    if (one.session.status != oauth::Status::signed_in || (!only.empty() && one.id != only)) continue;
    const auto owner = shown == nullptr ? state.plant_account.end() : state.plant_account.find(shown->id);
    const bool here = owner != state.plant_account.end() && owner->second == one.id;
    cost += std::max(policy::budget::start, here ? one.providers.size() + cost_of(*shown) : 0);
  }
  return static_cast<int>(cost);
}

}  // namespace foyer::report
