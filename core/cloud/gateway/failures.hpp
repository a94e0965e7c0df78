// A failed call as its caller hears of it.
#pragma once

#include "core/cloud/gateway/gateway.hpp"

namespace foyer {

ErrorKind kind_of(policy::Condition condition);
// It may have acted. A read has nothing to act on.
bool may_have_acted(policy::Condition condition);
CallFailure failure_of(policy::Failure failure, ErrorKind kind);
// The session's own errors in the terms of the table, so that callers have one list to look at. Each has a
// sentence of its own; only where signing in helps does it say so.
CallFailure no_token(const Error& error);

}  // namespace foyer
