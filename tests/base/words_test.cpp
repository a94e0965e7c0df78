// The language in use: a file of lines, taken whole or not at all.
#include "core/base/words.hpp"

#include <gtest/gtest.h>

namespace foyer {
namespace {

struct Words : testing::Test {
  ~Words() override { use_words({}, 0); }
};

TEST_F(Words, OfAShortFileAreReadAsThoseOfALongOne) {
  // A text of a few bytes lies inside its string and moves along with it.
  ASSERT_TRUE(use_words("fr\nun\ndeux", 2));
  const std::string over(64, 'x');  // what might lie where the text was
  EXPECT_EQ(language(), "fr");
  EXPECT_EQ(translated(0, "one"), "un");
  EXPECT_EQ(translated(1, "two"), "deux");
  EXPECT_EQ(translated(2, "three"), "three");
  const std::string long_line(1000, 'l');
  ASSERT_TRUE(use_words("it\n" + long_line + "\ndue\n", 2));
  EXPECT_EQ(translated(0, "one"), long_line);
  EXPECT_EQ(language(), "it");
}

TEST_F(Words, OfAnotherEditionChangeNothing) {
  ASSERT_TRUE(use_words("fr\nun", 1));
  EXPECT_FALSE(use_words("it\nuno\ndue", 1));
  EXPECT_FALSE(use_words("it", 1));
  EXPECT_EQ(language(), "fr");
  ASSERT_TRUE(use_words("", 1));
  EXPECT_EQ(language(), "en");
  EXPECT_EQ(translated(0, "one"), "one");
}

TEST_F(Words, PlacesAreFilledInTheOrderOfTheirNumbers) {
  EXPECT_EQ(fill_places("{1} of {0}, {9}", {"500", "7"}), "7 of 500, ");
}

}  // namespace
}  // namespace foyer
