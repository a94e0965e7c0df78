// Names that others wrote, on one harmless line.
#include "core/base/showable.hpp"

#include <gtest/gtest.h>

#include "core/base/utf8.hpp"

namespace foyer {
namespace {

TEST(Showable, LeavesNamesOfEveryScriptAlone) {
  for (const char* name :
       {"Kitchen", "Дом", "客厅", "Σαλόνι", "مطبخ", "बैठक", "ห้องครัว", "거실", "מטבח", "Küche 2 – Sud",
        "Cuisine 🍳", "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "می‌خواهم"})
    EXPECT_EQ(showable(name), name);
}

TEST(Showable, MakesBreaksAndControlCharactersOneSpace) {
  EXPECT_EQ(showable("Kitchen\r\n\tlamp"), "Kitchen lamp");
  EXPECT_EQ(showable(std::string_view("a\0b\x1B[31mc\x7F", 10)), "a b [31mc");
  EXPECT_EQ(showable("one\xE2\x80\xA8two\xC2\x85three"), "one two three");
  EXPECT_EQ(showable("  \n "), "");
}

TEST(Showable, DropsWhatTurnsTheTextAroundItAndWhatIsNothingToSee) {
  EXPECT_EQ(showable("lamp\xE2\x80\xAEgnp.exe\xE2\x80\xAC"), "lampgnp.exe");
  EXPECT_EQ(showable("\xE2\x81\xA7x\xE2\x81\xA9y\xE2\x80\x8Bz\xEF\xBB\xBF"), "xyz");
}

TEST(Showable, CutsWhatIsLongerThanAnyName) {
  const std::string shown = showable(std::string(100'000, 'x'));
  EXPECT_EQ(shown, std::string(200, 'x') + "…");
  std::string long_one;
  for (int i = 0; i < 300; ++i) long_one += "屋";
  EXPECT_EQ(showable(long_one).size(), 200 * 3 + 3U);
}

TEST(Showable, SaysWhereBytesAreNoText) {
  EXPECT_EQ(showable("a\xFF"
                     "b\xC3"),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
}

TEST(Utf8, KnowsTheEdgesOfTheTableRfc3629) {
  const auto is = [](std::string_view text, char32_t value, std::size_t size) {
    const CodePoint one = code_point(text, 0);
    return one.value == value && one.size == size;
  };
  EXPECT_TRUE(is("\x7F", 0x7F, 1));
  EXPECT_TRUE(is("\xC2\x80", 0x80, 2));
  EXPECT_TRUE(is("\xE0\xA0\x80", 0x800, 3));
  EXPECT_TRUE(is("\xF4\x8F\xBF\xBF", 0x10FFFF, 4));
  for (const char* broken : {"\x80", "\xC1\x81", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                             "\xF8\x88\x80\x80\x80", "\xE2\x82"})
    EXPECT_TRUE(is(broken, 0xFFFD, 1));
}

}  // namespace
}  // namespace foyer
