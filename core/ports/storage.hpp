// Ports: what survives a reload.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/base/task.hpp"

namespace foyer {

// Secrets at rest (rules S1–S3). Page: AES-GCM under a non-extractable WebCrypto key in IndexedDB; headless:
// a file of mode 0600; native: the desktop's keyring, else such a file. A record that cannot be decrypted is
// deleted and reported as ErrorKind::storage with code "S2".
class Vault {
 public:
  virtual ~Vault() = default;
  virtual Task<Result<std::optional<SecretText>>> load(std::string name) = 0;
  virtual Task<Result<void>> save(std::string name, SecretText value) = 0;
  // Compare-and-set in one transaction (T1, T3, T9): saves while the stored record still carries the number
  // `expected`, and gives it `number` (1…2^53). A record that is absent or came by save() carries none and
  // fits any. False: somebody else was faster, and nothing was changed.
  virtual Task<Result<bool>> replace(std::string name, SecretText value, std::uint64_t expected,
                                     std::uint64_t number) = 0;
  virtual Task<Result<void>> remove(std::string name) = 0;
  // Makes sure that the next save() or replace() finds room, of 32 KiB more than there is: asked for before
  // something is spent that can't be had twice. Given back by that write, or at the end of the program. A
  // host that can't promise anything says yes.
  virtual Task<Result<void>> reserve() { co_return Result<void>(); }
};

// Plain records: settings, the last known home, the quota ledger. Never a secret.
// `session` records belong to one tab and end with it (the sign-in attempt, rule A7).
class Storage {
 public:
  virtual ~Storage() = default;
  enum class Scope { device, tab };
  virtual Task<Result<std::optional<std::string>>> load(Scope scope, std::string name) = 0;
  virtual Task<Result<void>> save(Scope scope, std::string name, std::string value) = 0;
  virtual Task<Result<void>> remove(Scope scope, std::string name) = 0;
  // Names of the records of that scope that begin with `prefix`, in any order.
  virtual Task<Result<std::vector<std::string>>> names(Scope scope, std::string prefix) = 0;
};

}  // namespace foyer
