// The program says the version of the one file that has it.
#include "core/base/version.hpp"

#include <gtest/gtest.h>

#include "tests/support/data.hpp"

namespace foyer::test {
namespace {

TEST(Version, IsThatOfTheFile) {
  const auto text = read_file(FOYER_PROJECT_DIR "/VERSION");
  ASSERT_TRUE(text);
  EXPECT_EQ(std::string(version()) + '\n', *text);
}

}  // namespace
}  // namespace foyer::test
