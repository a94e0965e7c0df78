#include "web/headless/recording.hpp"

#include <utility>

#include "core/app/report/maker.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/showable.hpp"
#include "web/headless/client_impl.hpp"

namespace foyer::headless {

Task<Result<Outcome>> Client::record() {
  if (signed_in().empty())
    co_return fail(ErrorKind::signed_out, "",
                   "nobody is signed in, so there is nothing to report of; use: sign-in");
  wrote_ = true;
  const auto made = co_await controller_.report(order_.account);
  if (!made) co_return std::unexpected(made.error());
  JsonWriter out;
  out.object()
      .text("report", made->text)
      .raw("summary", report::summary_of(made->report, made->replaced))
      .end_object();
  co_return Outcome{out.take()};
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
