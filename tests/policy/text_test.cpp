#include "core/policy/text.hpp"

#include <gtest/gtest.h>

namespace foyer::policy {
namespace {

TEST(Showable, ControlCharactersBecomeOneSpace) {
  EXPECT_EQ(showable("AADB2C90080: expired.\r\n\tCorrelation ID", 512),
            "AADB2C90080: expired. Correlation ID");
  EXPECT_EQ(showable("  \r\n ", 512), "");
}

TEST(Showable, S5RunsThatLookLikeSecretsAreLeftOutAndIdsStay) {
  EXPECT_EQ(showable("key 0123456789abcdef0123456789abcdef!", 512), "key …!");
  EXPECT_EQ(showable("plant 0a1b2c3d-0000-4000-8000-0123456789ab gone", 512),
            "plant 0a1b2c3d-0000-4000-8000-0123456789ab gone");
  EXPECT_EQ(showable("31 characters: 0123456789abcdef0123456789abcde", 512),
            "31 characters: 0123456789abcdef0123456789abcde");
}

TEST(Showable, IsCutBetweenCharacters) {
  EXPECT_EQ(showable("àé", 3), "à");
  EXPECT_EQ(showable("àé", 4), "àé");
  EXPECT_EQ(showable("€€", 5), "€");
  EXPECT_EQ(showable("😀😀", 7), "😀");
}

TEST(ContainsNoCase, IgnoresTheCaseOfAsciiLetters) {
  EXPECT_TRUE(contains_no_case("Gateway OFFLINE", "offline"));
  EXPECT_FALSE(contains_no_case("off", "offline"));
  EXPECT_TRUE(contains_no_case("", ""));
}

}  // namespace
}  // namespace foyer::policy
