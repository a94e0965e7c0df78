// The closed list of error kinds: every one has a name and an exit code of its own.
#include "core/base/result.hpp"

#include <gtest/gtest.h>

#include <set>

namespace foyer {
namespace {

// The example of result.hpp.
Result<int> half(int n) {
  if (n % 2) return fail(ErrorKind::invalid_input, "", "expected an even number");
  return n / 2;
}

TEST(Result, HoldsAValueOrWhyThereIsNone) {
  EXPECT_EQ(half(4), 2);
  const auto odd = half(3);
  ASSERT_FALSE(odd);
  EXPECT_EQ(odd.error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(odd.error().message, "expected an even number");
  EXPECT_TRUE(odd.error().field.empty());
}

TEST(Result, EveryKindHasItsOwnNameAndExitCode) {
  std::set<std::string_view> names;
  std::set<int> codes;
  for (int i = 0; i <= static_cast<int>(ErrorKind::cancelled); ++i) {
    names.insert(to_string(static_cast<ErrorKind>(i)));
    codes.insert(exit_code(static_cast<ErrorKind>(i)));
  }
  EXPECT_EQ(names.size(), 13U);
  EXPECT_EQ(codes.size(), 13U);
  EXPECT_EQ(*codes.begin(), 2);
  EXPECT_EQ(*codes.rbegin(), 14);
  EXPECT_EQ(to_string(ErrorKind::signed_out), "signed_out");
  EXPECT_EQ(to_string(ErrorKind::cancelled), "cancelled");
}

}  // namespace
}  // namespace foyer
