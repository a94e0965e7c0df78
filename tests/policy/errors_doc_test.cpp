#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "tests/policy/errors_doc.hpp"
#include "tests/support/data.hpp"

namespace foyer::policy {
namespace {

TEST(ErrorsDocument, SaysWhatTheTableSays) {
  const std::string path = std::string(FOYER_PROJECT_DIR) + "/docs/errors.md";
  if (std::getenv("FOYER_WRITE_DOCS") != nullptr) {
    std::FILE* file = std::fopen(path.c_str(), "wb");
    ASSERT_NE(file, nullptr) << path;
    const std::string text = errors_document();
    std::fwrite(text.data(), 1, text.size(), file);
    std::fclose(file);
  }
  EXPECT_EQ(test::read_file(path).value_or("missing"), errors_document())
      << "docs/errors.md is older than the table: run this program with FOYER_WRITE_DOCS=1";
}

}  // namespace
}  // namespace foyer::policy
