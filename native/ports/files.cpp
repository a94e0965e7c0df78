#include "native/ports/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "core/base/json.hpp"
#include "core/base/url.hpp"
#include "native/ports/lock_file.hpp"

namespace foyer::native {
namespace {

constexpr Millis lock_pause = Millis(25);

std::unexpected<Error> denied(const std::string& path) {
  return fail(ErrorKind::storage, "S3", "the file " + path + " can't be used");
}

// The whole file, or nothing.
std::optional<std::string> content(int file) {
  std::string bytes;
  char block[16384];
  for (;;) {
    const ssize_t got = ::read(file, block, sizeof block);
    if (got < 0) return std::nullopt;
    if (got == 0) return bytes;
    bytes.append(block, static_cast<std::size_t>(got));
  }
}

bool put(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(file, bytes.data(), bytes.size());
    if (done <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

// Who may change the folder may put another file in place of this one; in a folder like /tmp only its owner
// may, and a person's own group is nobody else.
bool others_change_folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  struct stat folder{};
  if (::stat(slash == std::string::npos ? "." : path.substr(0, slash + 1).c_str(), &folder) != 0)
    return false;
  const bool by_group = (folder.st_mode & S_IWGRP) != 0 && folder.st_gid != folder.st_uid;
  return (by_group || (folder.st_mode & S_IWOTH) != 0) && (folder.st_mode & S_ISVTX) == 0;
}

// Why a file can't be changed, as the system says it.
std::unexpected<Error> unwritable(const std::string& path, int why) {
  const char* reason = why == ENOSPC || why == EDQUOT  ? "the disk is full"
                       : why == EROFS || why == EACCES ? "it can only be read"
                                                       : "the system refuses";
  return fail(ErrorKind::storage, "S3", path + " can't be written: " + reason);
}

// One process at a time reads, changes and replaces a file; a change takes moments.
Result<std::unique_ptr<LockFile>> lock_of(const std::string& path) {
  for (int tries = 0; tries < 200; ++tries) {
    auto lock = LockFile::take(path + ".lock");
    if (!lock || *lock) return lock;
    ::usleep(10'000);
  }
  return fail(ErrorKind::storage, "S3",
              "another process holds " + path + ".lock; when none runs any more, delete it");
}

}  // namespace

Result<RecordFile::Records> RecordFile::read() const {
  if (others_change_folder_of(path_)) {
    return fail(
        ErrorKind::storage, "S3",
        "the folder of " + path_ + " can be changed by others; make it yours alone with: chmod 700 FOLDER");
  }
  const int file = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return errno == ENOENT ? Result<Records>(Records()) : denied(path_);
  struct stat found{};
  if (::fstat(file, &found) != 0 || (found.st_mode & 077) != 0) {
    ::close(file);
    return fail(ErrorKind::storage, "S3",
                "the file " + path_ + " can be read by others; make it yours alone with: chmod 600 FILE");
  }
  auto bytes = content(file);
  ::close(file);
  if (!bytes) return denied(path_);
  const auto json = parse_json(*bytes);
  wipe(*bytes);
  if (!json || !json->is_object()) {
    ::unlink(path_.c_str());
    return fail(ErrorKind::storage, "S2",
                "the file " + path_ + " could not be read any more and was deleted");
  }
  Records records;
  for (const auto& [name, value] : json->items())
    if (value.is_string()) records.emplace(name, value.get<std::string>());
  return records;
}

Result<void> RecordFile::write(const Records& records) const {
  Json json = Json::object();
  for (const auto& [name, value] : records) json[name] = value;
  std::string text = dump_json(json);
  const std::string fresh = path_ + "." + std::to_string(::getpid()) + ".new";
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return unwritable(path_, errno);
  const bool whole = put(file, text) && ::fsync(file) == 0;
  int why = errno;
  wipe(text);
  if (::close(file) == 0 && whole) {
    if (std::rename(fresh.c_str(), path_.c_str()) == 0) return {};
    why = errno;
  }
  ::unlink(fresh.c_str());
  return unwritable(path_, why);
}

Result<void> RecordFile::take_out(const Records& records) const {
  const auto holds = [](const auto& record) {
    return !record.first.ends_with('#') && record.first != "#lock";
  };
  if (std::ranges::none_of(records, holds) && (::unlink(path_.c_str()) == 0 || errno == ENOENT)) return {};
  auto written = write(records);
  if (written) return written;
  // No room for a second file: what is left is shorter than what is there.
  Json json = Json::object();
  for (const auto& [name, value] : records) json[name] = value;
  std::string text = dump_json(json);
  const int file = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return written;
  const bool whole = put(file, text) && ::ftruncate(file, static_cast<off_t>(text.size())) == 0;
  wipe(text);
  return ::close(file) == 0 && whole ? Result<void>() : written;
}

Result<std::unique_ptr<LockFile>> RecordFile::lock() const { return lock_of(path_); }

Task<Result<std::optional<SecretText>>> FileVault::load(std::string name) {
  auto records = file_.read();
  if (!records) co_return std::unexpected(records.error());
  std::optional<SecretText> found;
  for (auto& [key, value] : *records) {
    if (key == name) found = SecretText(value);
    wipe(value);
  }
  co_return found;
}

// The number of a record (replace) stands beside it, under its name with '#'.
Result<bool> FileVault::put(const std::string& name, const SecretText& value,
                            std::optional<std::uint64_t> expected, std::uint64_t number) const {
  const auto lock = file_.lock();
  if (!lock) return std::unexpected(lock.error());
  auto records = file_.read();
  if (!records && records.error().code != "S2") return std::unexpected(records.error());
  RecordFile::Records all = records ? std::move(*records) : RecordFile::Records();
  const auto known = all.find(name + "#");
  const bool fits = !expected || known == all.end() || known->second == std::to_string(*expected);
  Result<void> written;
  if (fits) {
    all[name] = value.expose();
    if (number != 0)
      all[name + "#"] = std::to_string(number);
    else
      all.erase(name + "#");
    written = file_.write(all);
  }
  for (auto& [key, text] : all) wipe(text);
  if (!written) return std::unexpected(written.error());
  return fits;
}

Task<Result<void>> FileVault::save(std::string name, SecretText value) {
  const auto done = put(name, value, std::nullopt, 0);
  if (!done) co_return std::unexpected(done.error());
  co_return Result<void>();
}

Task<Result<bool>> FileVault::replace(std::string name, SecretText value, std::uint64_t expected,
                                      std::uint64_t number) {
  co_return put(name, value, expected, number);
}

Task<Result<void>> FileVault::remove(std::string name) {
  const auto lock = file_.lock();  // on a full disk there is none, and a way to forget all the same
  auto records = file_.read();
  if (!records) co_return std::unexpected(records.error());
  records->erase(name);
  records->erase(name + "#");
  const auto written = file_.take_out(*records);
  for (auto& [key, text] : *records) wipe(text);
  co_return written;
}

Result<RecordFile::Records> FileStorage::read(Scope scope) const {
  return scope == Scope::tab ? Result<RecordFile::Records>(tab_) : file_.read();
}

Result<void> FileStorage::write(Scope scope, RecordFile::Records records) {
  if (scope == Scope::device) return file_.write(records);
  tab_ = std::move(records);
  return {};
}

Task<Result<std::optional<std::string>>> FileStorage::load(Scope scope, std::string name) {
  const auto records = read(scope);
  if (!records) co_return std::unexpected(records.error());
  const auto at = records->find(name);
  co_return at == records->end() ? std::optional<std::string>() : std::optional(at->second);
}

Task<Result<void>> FileStorage::save(Scope scope, std::string name, std::string value) {
  const auto lock = scope == Scope::device ? file_.lock() : Result<std::unique_ptr<LockFile>>();
  if (!lock) co_return std::unexpected(lock.error());
  auto records = read(scope);
  if (!records && records.error().code != "S2") co_return std::unexpected(records.error());
  RecordFile::Records all = records ? std::move(*records) : RecordFile::Records();
  all[std::move(name)] = std::move(value);
  co_return write(scope, std::move(all));
}

Task<Result<void>> FileStorage::remove(Scope scope, std::string name) {
  const auto lock = scope == Scope::device ? file_.lock() : Result<std::unique_ptr<LockFile>>();
  auto records = read(scope);
  if (!records) co_return std::unexpected(records.error());
  if (records->erase(name) == 0) co_return Result<void>();
  co_return write(scope, std::move(*records));
}

Task<Result<std::vector<std::string>>> FileStorage::names(Scope scope, std::string prefix) {
  const auto records = read(scope);
  if (!records) co_return std::unexpected(records.error());
  std::vector<std::string> found;
  for (const auto& [name, value] : *records)
    if (name.starts_with(prefix)) found.push_back(name);
  co_return found;
}

Task<Locks::Held> FileLocks::acquire(std::string name) {
  const std::string path = prefix_ + "." + percent_encode(name) + ".lock";
  for (;;) {
    auto lock = LockFile::take(path);
    if (!lock) co_return Held();
    if (*lock) co_return Held(std::move(*lock));
    co_await timers_.sleep(lock_pause);
  }
}

}  // namespace foyer::native
