// A lock between processes as a file, in the form that the headless client uses too (web/ports/node_host.js):
// both may share one vault.
//
// Contract: the file holds the number of its process, when that began, and a word of its own. One whose
// process has ended, that holds no number, or that is older than a minute, was left behind and is taken over
// by one process at a time. Nobody sees it empty, and a full disk leaves nothing.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.hpp"

namespace foyer::native {

class LockFile {
 public:
  // The lock; null when somebody else has it. ErrorKind::storage, "S3", when it can't be written.
  static Result<std::unique_ptr<LockFile>> take(const std::string& path);
  // Gives it back, unless it has become another's meanwhile.
  ~LockFile();
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

 private:
  LockFile(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {}
  std::string path_, text_;
};

}  // namespace foyer::native
