// What the answer of an operation says, as far as Foyer understands it: the member "decoded" of `call
// OPERATION`.
#pragma once

#include "core/base/json.hpp"
#include "core/cloud/catalog/catalog.hpp"
#include "core/cloud/gateway/gateway.hpp"

namespace foyer::headless {

// Is there a decoder for this operation's answers? Commands that are answered with an empty body have none.
bool is_decoded(const catalog::Operation& operation);
// The decoder's error when the answer is not what it should be. `offset` is that of zoneless times.
Result<Json> decoded(const catalog::Operation& operation, const Call& call, const Answer& answer,
                     Minutes offset);

}  // namespace foyer::headless
