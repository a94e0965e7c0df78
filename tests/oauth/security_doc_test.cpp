// docs/security.md names tests; a name that no longer exists is a claim without proof.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>
#include <vector>

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

// The test sources of the other programs, without line breaks and runs of spaces.
const std::vector<std::string>& sources() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> texts;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::string(FOYER_PROJECT_DIR) + "/tests"))
      if (entry.path().extension() == ".cpp") {
        std::string text = test::read_file(entry.path().string()).value_or("");
        std::erase_if(text, [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; });
        texts.push_back(std::move(text));
      }
    return texts;
  }();
  return all;
}

bool exists_elsewhere(const std::string& suite, const std::string& name) {
  const std::string form = "(" + suite + "," + name + ")";
  return std::ranges::any_of(sources(), [&](const std::string& text) { return text.contains(form); });
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
    const std::string suite = quoted.substr(0, dot), name = quoted.substr(dot + 1);
    EXPECT_TRUE(exists(suite, name) || exists_elsewhere(suite, name)) << quoted;
  }
  EXPECT_GT(named, 70);
}

}  // namespace
}  // namespace foyer::oauth
