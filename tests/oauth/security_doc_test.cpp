// docs/security.md names tests; a name that no longer exists is a claim without proof.
#include <gtest/gtest.h>

#include <cctype>
#include <string>

#include "tests/support/data.hpp"

namespace foyer::oauth {
namespace {

// Parameterised suites and tests carry "Matrix/" before and "/12" behind their names.
bool exists(const std::string& suite, const std::string& name) {
  const testing::UnitTest& all = *testing::UnitTest::GetInstance();
  for (int s = 0; s < all.total_test_suite_count(); ++s) {
    const testing::TestSuite& candidate = *all.GetTestSuite(s);
    const std::string suite_name = candidate.name();
    if (suite_name != suite && !suite_name.ends_with("/" + suite)) continue;
    for (int t = 0; t < candidate.total_test_count(); ++t) {
      const std::string test_name = candidate.GetTestInfo(t)->name();
      if (test_name == name || test_name.starts_with(name + "/")) return true;
    }
  }
  return false;
}

TEST(SecurityDocument, NamesOnlyTestsThatExist) {
  const auto text = test::read_file(std::string(FOYER_PROJECT_DIR) + "/docs/security.md");
  ASSERT_TRUE(text);
  int named = 0;
  for (std::size_t open = text->find('`'); open != std::string::npos; open = text->find('`', open)) {
    const std::size_t close = text->find('`', open + 1);
    ASSERT_NE(close, std::string::npos);
    const std::string quoted = text->substr(open + 1, close - open - 1);
    open = close + 1;
    const auto dot = quoted.find('.');
    const bool is_test = dot != std::string::npos && dot + 1 < quoted.size() &&
                         quoted.find_first_of("/ ") == std::string::npos &&
                         std::isupper(static_cast<unsigned char>(quoted[0])) &&
                         std::isupper(static_cast<unsigned char>(quoted[dot + 1]));
    if (!is_test) continue;
    ++named;
    EXPECT_TRUE(exists(quoted.substr(0, dot), quoted.substr(dot + 1))) << quoted;
  }
  EXPECT_GT(named, 70);
}

}  // namespace
}  // namespace foyer::oauth
