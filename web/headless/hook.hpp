// `hook --verify FILE`: a body that a cloud posted, understood; its signature checked
// (docs/hook.schema.json).
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/base/task.hpp"
#include "core/base/time.hpp"
#include "core/ports/crypto.hpp"

namespace foyer::headless {

// `signature` empty: not checked. ErrorKind::config without a secret to check with, ErrorKind::protocol for a
// wrong signature – then nothing of the body is believed.
// `offset` is that of times without a zone: a thermostat's own clock, taken to be where this machine is.
Task<Result<std::string>> hook_json(Signer& signer, std::string body, std::string signature,
                                    SecretText secret, Minutes offset);

}  // namespace foyer::headless
