// What every real host must do, told as one flow: run against tests/hosts/partner.mjs, an HTTP server that
// misbehaves on demand. The same flow runs over the native ports and over the JavaScript ports.
#pragma once

#include <string>

#include "core/ports/host.hpp"

namespace foyer::test {

// Prints "ok NAME" or "not ok NAME" per behaviour; `failures` is their count when the task is done. `partner`
// is the server's address without trailing slash.
Task<void> probe(Host host, Signer& signer, std::string partner, int& failures);

}  // namespace foyer::test
