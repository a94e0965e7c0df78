// Numbers in text: the same doubles as the standard library's, and the shortest texts.
#include "core/base/number.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>

#include "core/base/json_view.hpp"

namespace foyer {
namespace {

std::optional<double> of_json(const std::string& text) {
  const auto json = JsonText::parse(text);
  return json ? json->root().number() : std::nullopt;
}

TEST(Number, IsReadWithoutLocaleAndOnlyWhenNothingElseIsThere) {
  EXPECT_EQ(parse_number("-12.50"), -12.5);
  EXPECT_EQ(parse_number("1e3"), 1000);
  EXPECT_EQ(parse_number("0120"), 120);
  for (const char* text : {"", "-", ".", "+1", "1,5", "0x10", "nan", "inf", "1 ", " 1", "1e999", "--1",
                           "1.2.3", "1e", "1e+", "e5"})
    EXPECT_FALSE(parse_number(text)) << text;
  EXPECT_FALSE(parse_number(std::string(65, '1')));
}

TEST(Number, IsTheNearestDoubleAsTheStandardLibrarySays) {
  std::string halves = "1." + std::string(60, '0'),
              long_tail = "9007199254740993." + std::string(900, '0') + "1";
  for (const std::string& text :
       {std::string("9007199254740993"), std::string("9007199254740995"),
        std::string("2.2250738585072011e-308"), std::string("2.2250738585072014e-308"),
        std::string("4.9e-324"), std::string("2.4703282292062327e-324"),
        std::string("2.4703282292062328e-324"), std::string("1.7976931348623157e308"), std::string("1e23"),
        std::string("8.5e22"), std::string("3.14159265358979323846"), std::string("123456789012345678"),
        std::string("1e-400"), std::string("0e999999999"), std::string("0.000001e309"), halves + "1",
        long_tail, std::string(400, '1') + "e-390", "0." + std::string(400, '0') + "17e200"})
    EXPECT_EQ(of_json(text), std::strtod(text.c_str(), nullptr)) << text;
  for (const char* text : {"1.7976931348623159e308", "1e309", "1e99999999999", "2e308"})
    EXPECT_FALSE(of_json(text)) << text;
}

TEST(Number, OfAnyBitsReadsBackFromItsText) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 3000; ++i) {
    const double value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    const std::string text = number_text(value);
    ASSERT_EQ(std::strtod(text.c_str(), nullptr), value) << text;
    ASSERT_EQ(parse_number(text), value) << text;
    ASSERT_LE(text.size(), std::string("-1.2345678901234567e-308").size()) << text;
    char digits[40];
    std::snprintf(digits, sizeof digits, "%.17g", value);
    ASSERT_EQ(parse_number(digits), value) << digits;
  }
}

// Temperatures, levels, energies: what has few decimals is written with them and no more.
TEST(Number, WithFewDecimalsIsWrittenWithThose) {
  for (int i = -30'000; i <= 300'000; i += 7)
    for (const double places : {1.0, 10.0, 100.0, 1000.0}) {
      const double value = i / places;
      char shortest[40];
      std::snprintf(shortest, sizeof shortest, "%.12g", value);
      ASSERT_EQ(number_text(value), value == 0 ? "0" : shortest);
    }
}

TEST(Number, IsWrittenShort) {
  EXPECT_EQ(number_text(20.5), "20.5");
  EXPECT_EQ(number_text(20), "20");
  EXPECT_EQ(number_text(-0.1), "-0.1");
  EXPECT_EQ(number_text(0.30000000000000004), "0.30000000000000004");
  EXPECT_EQ(number_text(1764000000000), "1764000000000");
  EXPECT_EQ(number_text(123456789.125), "123456789.125");
  EXPECT_EQ(number_text(1e300), "1e+300");
  EXPECT_EQ(number_text(5e-324), "5e-324");
  EXPECT_EQ(number_text(-1.25e-7), "-1.25e-07");
  EXPECT_EQ(number_text(0), "0");
  EXPECT_EQ(number_text(std::numeric_limits<double>::infinity()), "0");
}

}  // namespace
}  // namespace foyer
