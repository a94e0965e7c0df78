// Where tests find data written by others, natively and in Node alike.
// Contract: `fixture_dir()` and `vector_dir()` honour FOYER_FIXTURES and FOYER_VECTORS, else point beside the
// project
// (`../shared/fixtures`, `../shared/vectors`). Either may be absent: `read_file` then returns nullopt and the
// test says GTEST_SKIP with the path, so that a skip is counted and never silent.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

namespace foyer::test {

inline std::string dir_from(const char* variable, const char* beside) {
  const char* given = std::getenv(variable);
  return given != nullptr && *given != '\0' ? std::string(given) : std::string(FOYER_PROJECT_DIR) + beside;
}

inline std::string fixture_dir() { return dir_from("FOYER_FIXTURES", "/../shared/fixtures"); }
inline std::string vector_dir() { return dir_from("FOYER_VECTORS", "/../shared/vectors"); }

/// The whole file as bytes, or nullopt when it cannot be opened.
inline std::optional<std::string> read_file(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return std::nullopt;
  std::string bytes;
  char block[65536];
  for (std::size_t got = 0; (got = std::fread(block, 1, sizeof block, file)) > 0;) bytes.append(block, got);
  std::fclose(file);
  return bytes;
}

}  // namespace foyer::test

// Reads a file of the fixtures into `variable`, or skips the test by the name of what is missing. For gtest's
// tests.
#define FIXTURE(variable, name)                                                                       \
  const auto variable = foyer::test::read_file(foyer::test::fixture_dir() + "/" + std::string(name)); \
  if (!variable) GTEST_SKIP() << "no fixture " << foyer::test::fixture_dir() << "/" << (name)
