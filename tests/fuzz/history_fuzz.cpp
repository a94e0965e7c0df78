// Histories of every cloud: whatever is answered, rows and values fit together and times are times.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/cloud/netatmo/measures.hpp"
#include "core/cloud/smarther/smarther.hpp"
#include "tests/fuzz/promise.hpp"

using foyer::test::promise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const char* scale : {"30min", "1month"}) {
    const auto series =
        foyer::netatmo::read_measures(text, {{"temperature", "sum_energy_buy_from_grid$1"}, scale, false});
    if (!series) continue;
    promise(series->values.size() == series->rows.size() * 2, "each row has a place for each column");
    for (const auto& row : series->rows) promise(row.lasting.count() >= 0, "a step is not negative");
    for (const auto& value : series->values) promise(!value || std::isfinite(*value), "a value is finite");
    std::size_t last = 0;
    for (const std::size_t segment : series->segments) {
      promise(segment < series->rows.size() && (segment == 0 || segment > last),
              "segments rise and have rows");
      last = segment;
    }
  }
  foyer::decode::Complaints complaints;
  if (const auto programs = foyer::smarther::read_programs(text, complaints)) {
    promise(!programs->empty() && programs->front().number == 0, "the built-in programme is always there");
  }
  if (const auto measures = foyer::smarther::read_measures(text, foyer::Minutes(60)))
    for (const foyer::Reading& one : measures->readings)
      promise(std::holds_alternative<double>(one.value), "a measure is a number");
  return 0;
}
