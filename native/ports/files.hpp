// Vault, records and locks as files beside the configuration, in the form that the headless client uses too.
//
// Contract: both files are one JSON object of texts, mode 0600, replaced as a whole. A vault that others can
// read is refused (S3), one that is no JSON any more is deleted and reported (S2). Processes that share a
// file change it one at a time, and hold sections by files of the same kind (lock_file.hpp, T1).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/ports/host.hpp"
#include "native/ports/lock_file.hpp"

namespace foyer::native {

// One such file.
class RecordFile {
 public:
  explicit RecordFile(std::string path) : path_(std::move(path)) {}
  using Records = std::map<std::string, std::string>;
  Result<Records> read() const;
  Result<void> write(const Records& records) const;
  // Writes what is left, also on a full disk.
  Result<void> take_out(const Records& records) const;
  // For as long as it lives, nobody else changes the file.
  Result<std::unique_ptr<LockFile>> lock() const;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class FileVault final : public Vault {
 public:
  explicit FileVault(std::string path) : file_(std::move(path)) {}
  Task<Result<std::optional<SecretText>>> load(std::string name) override;
  Task<Result<void>> save(std::string name, SecretText value) override;
  Task<Result<void>> remove(std::string name) override;
  Task<Result<bool>> replace(std::string name, SecretText value, std::uint64_t expected,
                             std::uint64_t number) override;

 private:
  Result<bool> put(const std::string& name, const SecretText& value, std::optional<std::uint64_t> expected,
                   std::uint64_t number) const;
  RecordFile file_;
};

// The tab's records live as long as the program.
class FileStorage final : public Storage {
 public:
  explicit FileStorage(std::string path) : file_(std::move(path)) {}
  Task<Result<std::optional<std::string>>> load(Scope scope, std::string name) override;
  Task<Result<void>> save(Scope scope, std::string name, std::string value) override;
  Task<Result<void>> remove(Scope scope, std::string name) override;
  Task<Result<std::vector<std::string>>> names(Scope scope, std::string prefix) override;

 private:
  Result<RecordFile::Records> read(Scope scope) const;
  Result<void> write(Scope scope, RecordFile::Records records);
  RecordFile file_;
  RecordFile::Records tab_{};
};

class FileLocks final : public Locks {
 public:
  FileLocks(Timers& timers, std::string prefix) : timers_(timers), prefix_(std::move(prefix)) {}
  Task<Held> acquire(std::string name) override;

 private:
  Timers& timers_;
  std::string prefix_;  // of the lock files
};

}  // namespace foyer::native
