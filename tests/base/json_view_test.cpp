// The reader of API answers: strict where JSON is strict, and the same values as everybody else.
#include "core/base/json_view.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "core/base/json.hpp"
#include "tests/support/data.hpp"

namespace foyer {
namespace {

// `text` must live as long as what is looked at.
JsonView root_of(const Result<JsonText>& json) {
  EXPECT_TRUE(json);
  return json ? json->root() : JsonView();
}

bool accepted(std::string_view text) { return JsonText::parse(text).has_value(); }

// The same value built by the general parser, compared member by member.
void expect_same(JsonView view, const Json& json) {
  if (json.is_object()) {
    ASSERT_TRUE(view.is_object());
    for (const auto& [name, value] : json.items()) expect_same(view.find(name), value);
  } else if (json.is_array()) {
    ASSERT_TRUE(view.is_array());
    ASSERT_EQ(view.size(), json.size());
    std::size_t index = 0;
    for (const JsonView element : view.elements()) expect_same(element, json[index++]);
  } else if (json.is_string()) {
    EXPECT_EQ(view.text(), json.get<std::string>());
  } else if (json.is_number()) {
    ASSERT_TRUE(view.number());
    EXPECT_EQ(*view.number(), json.get<double>());
  } else if (json.is_boolean()) {
    EXPECT_EQ(view.flag(), json.get<bool>());
  } else {
    EXPECT_EQ(view.type(), JsonType::null);
  }
}

TEST(JsonText, TheExampleOfTheHeader) {
  const auto json = JsonText::parse(R"({"level":"40","on":true})");
  EXPECT_EQ(root_of(json).find("level").number(), 40.0);
  EXPECT_EQ(root_of(json).find("colour").text(), std::nullopt);
}

TEST(JsonText, ValuesAreThoseOfTheGeneralParser) {
  const std::string text =
      R"( { "a" : [ 1 , -0.5e+3, 1e-7, 123456789012345678, 0.1, 20.50000, {}, [] , null, true,false ],
          "\u0041\n\/\"\\\b\f\r\t" : "é\u00e9\uD83D\uDE00 \u20ac 😀", "":"", "deep":{"deeper":{"deepest":[[["x"]]]}} } )";
  const auto json = JsonText::parse(text);
  expect_same(root_of(json), Json::parse(text, nullptr, false));
}

TEST(JsonText, NumbersAreReadExactly) {
  for (const char* text : {"0", "-0", "7", "20.5", "19.8", "61.9", "0.1", "123456.789012345",
                           "99999999999999.9", "999999999999999", "1000000000000000", "0.000000000000001",
                           "-273.15", "1e22", "1E-5", "3.14159265358979323846", "9007199254740993"}) {
    const auto json = JsonText::parse(text);
    EXPECT_EQ(root_of(json).number(), std::strtod(text, nullptr)) << text;
  }
}

// RFC 8259 section 6 lets a reader set limits; nobody could do anything with such a number.
TEST(JsonText, ANumberBeyondEveryDoubleIsRefusedAndInAStringItIsText) {
  const std::vector<std::string> beyond = {"1e999",    "-1e999",  "123e4567",
                                           "111e1111", "1.8e308", std::string(400, '9')};
  for (const std::string& number : beyond) {
    const std::string text = R"({"level":)" + number + "}", worded = R"({"level":")" + number + "\"}";
    const auto json = JsonText::parse(text);
    ASSERT_FALSE(json) << number;
    EXPECT_EQ(json.error().code, "C7.number");
    const auto kept = JsonText::parse(worded);
    EXPECT_EQ(root_of(kept).find("level").text(), number);
    EXPECT_EQ(root_of(kept).find("level").number(), std::nullopt);
  }
  for (const char* text : {"1.7976931348623157e308", "1e-999", "-0.0e999"})
    EXPECT_TRUE(accepted(text)) << text;
}

TEST(JsonText, EveryValueStandsWhereItWasWhateverIsAroundIt) {
  for (const std::string before : {"", " ", "\r\n\t", "\xEF\xBB\xBF", "\xEF\xBB\xBF  "})
    for (const std::string after : {"", " ", "\n\n"})
      for (const std::string value :
           {"7", "-0.5e+1", "true", "null", "\"\"", "\"a,:\\\"\"", "[]", "{ }", "[1,2]"}) {
        SCOPED_TRACE(before + value + after);
        const std::string text = before + value + after;
        const auto json = JsonText::parse(text);
        const std::string_view raw = root_of(json).raw();
        EXPECT_EQ(raw, root_of(json).is_string() ? value.substr(1, value.size() - 2) : value);
        const std::string list = before + "[" + after + value + after + "," + after + value + "]" + after;
        const auto twice = JsonText::parse(list);
        int seen = 0;
        for (const JsonView one : root_of(twice).elements()) {
          EXPECT_EQ(one.raw(), raw);
          ++seen;
        }
        EXPECT_EQ(seen, 2);
      }
}

TEST(JsonText, WhatIsNotQuiteJsonIsRefused) {
  for (const std::string_view text :
       {std::string_view("{}\0", 3), std::string_view("1\0 2", 4),
        std::string_view("\xEF\xBB\xBF\xEF\xBB\xBF{}"), std::string_view("\"\\ud800\""),
        std::string_view("\"\\udc00\\ud800\""), std::string_view("\"\xC0\x80\""),
        std::string_view("\"\xED\xA0\x80\""), std::string_view("// no\n1"), std::string_view("[1,]"),
        std::string_view("1 2"), std::string_view("nul"), std::string_view("'a'"), std::string_view("-"),
        std::string_view()})
    EXPECT_FALSE(accepted(text)) << text;
}

TEST(JsonText, TextThatIsANumberIsOneAndNothingElseIs) {
  const auto number = [](std::string_view text) {
    const std::string json = "\"" + std::string(text) + "\"";
    return JsonText::parse(json)->root().number();
  };
  EXPECT_EQ(number("18.00000"), 18.0);
  EXPECT_EQ(number("-3"), -3.0);
  for (const char* text :
       {"", " 1", "1 ", "+1", "01", "1.", ".5", "0x10", "nan", "inf", "1,5", "[1]", "1e", "--1"})
    EXPECT_EQ(number(text), std::nullopt) << text;
}

TEST(JsonText, RawIsTheTextAsItWasSent) {
  const auto json = JsonText::parse(R"({"a": {"b" :  [1, 2]} })");
  EXPECT_EQ(root_of(json).find("a").raw(), R"({"b" :  [1, 2]})");
  EXPECT_EQ(root_of(json).find("a").find("b").raw(), "[1, 2]");
}

TEST(JsonText, OfTwoMembersOfOneNameTheLastCountsHoweverItIsWritten) {
  const auto json = JsonText::parse(R"({"a":1,"b":2,"\u0061":3})");
  EXPECT_EQ(root_of(json).find("a").number(), 3.0);
}

TEST(JsonText, ARepeatedNameIsRefusedAtAnyDepthWhenTheCallerSaysSo) {
  for (const char* text :
       {R"({"a":1,"a":1})", R"([{"b":{"a":1,"c":2,"a":3}}])", R"({"a":1,"\u0061":2})", R"({"":"","":""})"}) {
    const auto strict = JsonText::parse(text, 1000, Repeated::refused);
    ASSERT_FALSE(strict) << text;
    EXPECT_EQ(strict.error().code, "C2.twice");
    EXPECT_TRUE(accepted(text)) << text;
  }
  EXPECT_TRUE(JsonText::parse(R"({"a":{"a":1},"b":{"a":[{"a":1},{"a":2}]}})", 1000, Repeated::refused))
      << "the same name in different objects is no repetition";
}

TEST(JsonText, ATextOverTheLimitIsNotLookedAtAndNeverQuoted) {
  const auto big = JsonText::parse("[1,2,3]", 6);
  ASSERT_FALSE(big);
  EXPECT_EQ(big.error().code, "C7.size");
  for (const char* text :
       {R"({"access_token":"t0ken)", "t0ken", R"({"t0ken":1,"t0ken":2})", "\"t0ken\xFF\""}) {
    const auto refused = JsonText::parse(text, 1000, Repeated::refused);
    ASSERT_FALSE(refused);
    EXPECT_EQ((refused.error().message + refused.error().field).find("t0ken"), std::string::npos);
  }
}

TEST(JsonText, ReadersOfOneTypeTakeNoOther) {
  const auto json = JsonText::parse(R"(["1",1,1.0,true,null])");
  std::vector<JsonView> one;
  for (const JsonView element : root_of(json).elements()) one.push_back(element);
  EXPECT_EQ(one[0].as_string(), "1");
  EXPECT_EQ(one[0].as_number(), std::nullopt);
  EXPECT_EQ(one[1].as_string(), std::nullopt);
  EXPECT_EQ(one[1].as_integer(), 1);
  EXPECT_EQ(one[2].as_number(), 1.0);
  EXPECT_EQ(one[2].as_integer(), std::nullopt);
  EXPECT_EQ(one[3].as_flag(), true);
  EXPECT_EQ(one[1].as_flag(), std::nullopt);
  EXPECT_EQ(one[4].as_string(), std::nullopt);
}

TEST(JsonText, ViewsOfWhatIsNotThereAreEmptyAndHarmless) {
  const auto json = JsonText::parse("[null,7]");
  const JsonView missing = root_of(json).find("a").find("b");
  EXPECT_EQ(missing.type(), JsonType::missing);
  EXPECT_TRUE(missing.is_nothing());
  EXPECT_EQ(missing.size(), 0u);
  EXPECT_EQ(missing.raw(), "");
  EXPECT_EQ(missing.text(), std::nullopt);
  EXPECT_EQ(missing.flag(), std::nullopt);
  EXPECT_FALSE(missing.is_word(""));
  for (const JsonView one : missing.elements()) ADD_FAILURE() << one.raw();
  for (const auto member : missing.members()) ADD_FAILURE() << member.name.raw();
}

TEST(JsonText, FlagsAndWords) {
  const auto json = JsonText::parse(R"([true,"false",1,"0",2,"yes",null])");
  std::vector<std::optional<bool>> flags;
  for (const JsonView one : root_of(json).elements()) flags.push_back(one.flag());
  EXPECT_EQ(flags, (std::vector<std::optional<bool>>{true, false, true, false, {}, {}, {}}));
  const auto word = JsonText::parse(R"("\u0041ctive")");
  EXPECT_TRUE(root_of(word).is_word("ACTIVE"));
  EXPECT_FALSE(root_of(word).is_word("active "));
}

TEST(JsonText, AByteOrderMarkIsIgnored) {
  EXPECT_TRUE(accepted("\xEF\xBB\xBF{}"));
  EXPECT_FALSE(accepted("\xEF\xBB\xBF"));
}

TEST(JsonText, LimitsAreThirtyTwoLevelsAndElevenHundredMembers) {
  EXPECT_TRUE(accepted(std::string(32, '[') + std::string(32, ']')));
  EXPECT_FALSE(accepted(std::string(33, '[') + std::string(33, ']')));
  std::string members;
  for (int i = 0; i < 1100; ++i) members += (i ? ",\"" : "\"") + std::to_string(i) + "\":0";
  EXPECT_TRUE(accepted("{" + members + "}"));
  EXPECT_FALSE(accepted("{" + members + ",\"more\":0}"));
}

// JSONTestSuite: y_ is accepted with the values of the general parser, n_ is refused, i_ is free but never
// another value.
TEST(JsonText, RefusesEveryNAndReadsEveryYOfTheTestSuite) {
  const std::string folder = test::vector_dir() + "/json-test-suite/test_parsing";
  std::error_code none;
  if (!std::filesystem::is_directory(folder, none)) GTEST_SKIP() << "missing: " << folder;
  int seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    const std::string name = entry.path().filename().string();
    SCOPED_TRACE(name);
    const auto text = test::read_file(entry.path().string());
    ASSERT_TRUE(text);
    ++seen;
    const auto json = JsonText::parse(*text);
    if (name.starts_with("n_")) EXPECT_FALSE(json);
    if (name.starts_with("y_")) EXPECT_TRUE(json);
    const auto general = parse_json(*text, 1 << 20, Duplicates::last_wins);
    if (json && general) expect_same(json->root(), *general);
  }
  EXPECT_EQ(seen, 318);
}

}  // namespace
}  // namespace foyer
