// What survives a reload. Page: IndexedDB and the tab's sessionStorage; Node: files beside the configuration.
//
// Nothing throws: storage that is denied, full, blocked or evicted is ErrorKind::storage with code S3 (rule
// S3); a vault record that cannot be decrypted is deleted and reported with code S2. Every vault write takes
// a fresh 96-bit IV, and the record's name and number are the associated data (S1), so that records cannot be
// exchanged for one another.
#pragma once

#include "core/ports/storage.hpp"

namespace foyer::web {

class Vault final : public foyer::Vault {
 public:
  Task<Result<std::optional<SecretText>>> load(std::string name) override;
  Task<Result<void>> save(std::string name, SecretText value) override;
  Task<Result<void>> remove(std::string name) override;
  Task<Result<void>> reserve() override;
  Task<Result<bool>> replace(std::string name, SecretText value, std::uint64_t expected,
                             std::uint64_t number) override;
};

class Storage final : public foyer::Storage {
 public:
  Task<Result<std::optional<std::string>>> load(Scope scope, std::string name) override;
  Task<Result<void>> save(Scope scope, std::string name, std::string value) override;
  Task<Result<void>> remove(Scope scope, std::string name) override;
  Task<Result<std::vector<std::string>>> names(Scope scope, std::string prefix) override;
};

}  // namespace foyer::web
