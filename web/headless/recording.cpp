#include "web/headless/recording.hpp"

#include <algorithm>
#include <utility>

#include "core/app/report/report.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/showable.hpp"
#include "core/base/version.hpp"
#include "web/headless/client_impl.hpp"

namespace foyer::headless {
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

}  // namespace

Task<Result<Outcome>> Client::record(report::Recorder& recorder) {
  if (signed_in().empty())
    co_return fail(ErrorKind::signed_out, "",
                   "nobody is signed in, so there is nothing to report of; use: sign-in");
  Dice dice(host_.random);
  if (const auto filled = dice.fill(); !filled) co_return std::unexpected(filled.error());
  co_await know(true);
  co_await controller_.examine(false, order_.account);
  report::Report found{.made_by = "foyer " + std::string(version()), .at = host_.clock.now()};
  for (std::size_t i = 0; i < config_.clouds.size(); ++i) {
    const CloudConfig& cloud = config_.clouds[i];
    if (auto answers = recorder.answers(i); !answers.empty())
      found.clouds.push_back({cloud.providers, std::move(answers)});
    if (!concerns(cloud.id)) continue;
    for (const JournalEntry& entry : controller_.gateway(cloud.id)->journal())
      found.journal.push_back({entry.at, "call", call_text(entry)});
  }
  if (found.clouds.empty()) {
    if (!troubles_.empty()) co_return std::unexpected(troubles_.front().error);
    co_return fail(ErrorKind::cancelled, "",
                   "no cloud was asked, so there is nothing to report; foyer doctor says why");
  }
  for (const Problem& problem : controller_.state().problems)
    found.journal.push_back({problem.since, "problem", problem_text(problem)});
  for (const Finding& finding : controller_.state().doctor.findings)
    found.journal.push_back({found.at, "finding", finding_text(finding)});
  report::Disguise disguise([&dice] { return dice.draw(); });
  const std::string text = report::write_report(found, disguise);
  if (dice.broken())
    co_return fail(ErrorKind::unsupported, "A4",
                   "this machine lends no random numbers, so nothing was written");
  const auto read = report::read_report(text);
  if (!read) co_return std::unexpected(read.error());
  JsonWriter out;
  out.object().text("report", text).raw("summary", report::summary_of(*read, disguise.count())).end_object();
  co_return Outcome{out.take()};
}

Task<Outcome> record(Host host, Config config, Order order, Console& console) {
  report::Recorder recorder(host.http);
  for (std::size_t i = 0; i < config.clouds.size(); ++i)
    recorder.listen(config.clouds[i].id, config.clouds[i].api.base, i);
  const Host listening{host.clock,   host.timers,    host.random, host.crypto,    recorder,  host.vault,
                       host.storage, host.navigator, host.locks,  host.broadcast, host.parts};
  Client client(listening, std::move(config), std::move(order), console, &recorder);
  co_return co_await client.run();
}

Task<Outcome> replay(Host host, Console& console) {
  const auto file = co_await console.file();
  if (!file) co_return refusal(file.error());
  const auto read = report::read_report(*file);
  if (!read) co_return refusal(read.error());
  const auto by = std::chrono::duration_cast<Seconds>(host.clock.now() - read->at);
  JsonWriter out;
  out.object().text("made_by", showable(read->made_by)).list("clouds");
  for (const report::Cloud& cloud : read->clouds) {
    out.object().list("providers");
    for (const std::string& one : cloud.providers) out.text({}, one);
    out.end_list().list("answers");
    for (const report::Answer& answer : cloud.answers)
      out.object()
          .text("method", answer.method)
          .text("target", answer.target)
          .integer("status", answer.status)
          .text("body", report::with_times_moved(answer.body, by))
          .end_object();
    out.end_list().end_object();
  }
  out.end_list().list("journal");
  for (const report::Entry& entry : read->journal)
    out.object()
        .text("at", to_iso8601(entry.at + by))
        .text("kind", showable(entry.kind))
        .text("text", showable(entry.text))
        .end_object();
  co_return Outcome{out.end_list().end_object().take()};
}

}  // namespace foyer::headless
