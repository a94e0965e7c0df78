// A report's file is a stranger's, and its bodies are anything: read or refused in a sentence; what is
// disguised keeps its form, loses its ids, and is read again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/app/report/report.hpp"
#include "core/base/json_view.hpp"
#include "tests/fuzz/promise.hpp"

using foyer::test::promise;
namespace report = foyer::report;

namespace {

report::Disguise seeded() {
  return report::Disguise(
      [state = std::uint32_t{1}]() mutable { return (state = state * 1664525U + 1013904223U) >> 8; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = report::read_report(text);
  if (!read)
    promise(!read.error().message.empty() && !read.error().message.contains('\n'),
            "a refusal is one sentence");

  report::Disguise disguise = seeded();
  disguise.learn(text);
  const std::string body = disguise.body(text);
  if (foyer::JsonText::parse(text)) {
    promise(foyer::JsonText::parse(body).has_value(), "JSON stays JSON");
    promise(disguise.body(text) == body, "the same again");
    const std::string there = report::with_times_moved(body, foyer::Seconds(86400));
    promise(foyer::JsonText::parse(there).has_value(), "a recording that is moved stays JSON");
  }
  report::Report found{.made_by = "fuzz", .at = foyer::instant_from_ms(1'700'000'000'000)};
  found.clouds.push_back({{"netatmo"}, {{"GET", "/api/homesdata", 200, std::string(text)}}});
  report::Disguise other = seeded();
  const auto again = report::read_report(report::write_report(found, other));
  promise(again.has_value() && again->clouds.size() == 1, "what is written is read");
  return 0;
}
