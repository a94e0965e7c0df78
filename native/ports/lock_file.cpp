#include "native/ports/lock_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <random>

namespace foyer::native {
namespace {

constexpr int lock_age = 60;  // seconds

std::optional<std::string> content(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  char block[4096];
  const ssize_t got = ::read(file, block, sizeof block);
  ::close(file);
  if (got < 0) return std::nullopt;
  return std::string(block, static_cast<std::size_t>(got));
}

// The n-th word, from 0.
std::string word_of(const std::string& text, int n) {
  std::size_t at = 0;
  for (; n > 0 && at != std::string::npos; --n) {
    at = text.find(' ', at);
    if (at != std::string::npos) ++at;
  }
  return at == std::string::npos ? std::string() : text.substr(at, text.find(' ', at) - at);
}

// When a process began, in the system's own ticks: its number may be another's by now. "-" where nobody says.
std::string began(long process) {
  const auto stat = content("/proc/" + std::to_string(process) + "/stat");
  const auto named = stat ? stat->rfind(") ") : std::string::npos;
  return named == std::string::npos ? "-" : word_of(stat->substr(named + 2), 19);
}

bool lives(long process, const std::string& since) {
  if (::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH) return false;
  const std::string now = began(process);
  return since.empty() || since == "-" || now == "-" || since == now;
}

// The word of a lock that was left behind, else "".
std::string left_behind(const std::string& path) {
  struct stat found{};
  const auto text = content(path);
  if (!text || ::stat(path.c_str(), &found) != 0) return {};
  const auto age = std::time(nullptr) - found.st_mtime;
  std::string word = word_of(*text, 2);
  if (word.empty()) word = std::to_string(found.st_ino) + "-" + std::to_string(found.st_mtime);
  const long process = std::strtol(text->c_str(), nullptr, 10);
  // Where there are no hard links a file is empty for a moment before its number is in it.
  if (process <= 0) return age > 1 ? word : std::string();
  return age > lock_age || !lives(process, word_of(*text, 1)) ? word : std::string();
}

bool write_new(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool whole = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (::close(file) == 0 && whole) return true;
  const int why = errno;
  ::unlink(path.c_str());
  errno = why;
  return false;
}

// Creates the lock and returns what was written; "" when there is one.
Result<std::string> create(const std::string& path) {
  std::random_device random;
  std::string word = std::to_string(random()) + std::to_string(random());
  const std::string process = std::to_string(::getpid());
  std::string text = process + " " + began(::getpid()) + " " + word;
  const std::string own = path + "." + process + "." + word;
  bool made = write_new(own, text);
  if (made) {
    made = ::link(own.c_str(), path.c_str()) == 0;
    const int why = errno;
    ::unlink(own.c_str());
    errno = why;
    if (!made && (why == EPERM || why == ENOTSUP || why == ENOSYS || why == EMLINK))
      made = write_new(path, text);  // a file system without hard links
  }
  if (made) return text;
  if (errno == EEXIST) return std::string();
  return fail(ErrorKind::storage, "S3", "the lock " + path + " can't be written");
}

}  // namespace

Result<std::unique_ptr<LockFile>> LockFile::take(const std::string& path) {
  auto text = create(path);
  if (!text) return std::unexpected(text.error());
  if (text->empty()) {
    const std::string left = left_behind(path);
    if (left.empty()) return nullptr;
    // Of all that look at it one creates this file, and that one knows that it removes what it looked at.
    const auto over = take(path + ".over." + left);
    if (!over) return std::unexpected(over.error());
    if (!*over || left_behind(path) != left) return nullptr;
    const std::string away = path + "." + std::to_string(::getpid()) + ".away";
    if (::rename(path.c_str(), away.c_str()) != 0) return nullptr;
    // One that slept for more than a minute may have woken up and given it to somebody just now: that one's
    // goes back.
    const auto taken = content(away);
    const std::string word = taken ? word_of(*taken, 2) : std::string();
    if (!word.empty() && word != left) static_cast<void>(::link(away.c_str(), path.c_str()));
    ::unlink(away.c_str());
    text = create(path);
    if (!text) return std::unexpected(text.error());
    if (text->empty()) return nullptr;
  }
  return std::unique_ptr<LockFile>(new LockFile(path, std::move(*text)));
}

LockFile::~LockFile() {
  if (content(path_) == text_) ::unlink(path_.c_str());
}

}  // namespace foyer::native
