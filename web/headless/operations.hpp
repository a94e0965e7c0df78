// The catalogue of operations for the command line: `operations` and `call OPERATION name=value …`.
#pragma once

#include <string>
#include <vector>

#include "core/app/state/state.hpp"
#include "core/cloud/catalog/catalog.hpp"

namespace foyer::headless {

// {"apis":[{"id","title","note","operations":[…]}]}, docs/operations.schema.json; `api` is one's id or empty
// for all.
Result<std::string> operations_json(const std::string& api);

// The request of an operation from "name=value" words. Homes, modules, gateways and rooms may be named as
// elsewhere ("Rue des Lilas", "Living room/Ceiling light") as far as `plants` knows them; any other text is
// taken for the cloud's own id.
Result<Call> operation_call(const catalog::Operation& operation, const std::vector<std::string>& words,
                            const std::vector<Plant>& plants);

// The request that METHOD PATH and a body describe.
Result<Call> free_call(const std::vector<std::string>& words, const std::string& body);

}  // namespace foyer::headless
