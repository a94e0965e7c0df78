// `measures HOME MODULE|ROOM`: what each cloud offers of present and past values, as
// docs/measures.schema.json says.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/cloud/netatmo/measures.hpp"
#include "core/cloud/provider.hpp"

namespace foyer::headless {

// The command line's words; empty where not given.
struct HistoryWish {
  std::string target{};      // module or room
  std::string from{}, to{};  // ISO 8601 or Unix seconds
  std::string scale{}, type{};
};

struct HistoryRequest {
  Call call{};
  std::vector<HistoryRequest>
      others{};           // other words for the same: for when the first are refused or bring nothing
  std::string subject{};  // id of the module or room
  netatmo::MeasureQuery query{};
};

// Which call answers it. ErrorKind::unsupported, with the reason, for a cloud or module that has no history.
Result<HistoryRequest> history_request(const Plant& plant, const HistoryWish& wish, Instant now);
// An answer of history_request()'s call without a single value.
bool brings_nothing(const HistoryRequest& request, std::string_view body);
Result<std::string> history_json(const Plant& plant, const HistoryRequest& request, std::string_view body,
                                 Minutes offset);

}  // namespace foyer::headless
