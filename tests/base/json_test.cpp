// Reading foreign JSON: strict in form (JSONTestSuite, rules C2, C7, D1), lenient in the types both clouds
// mix.
#include "core/base/json.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "tests/support/data.hpp"

namespace foyer {
namespace {

TEST(Json, RefusesEveryNAndAcceptsEveryYOfTheTestSuite) {
  const std::string folder = test::vector_dir() + "/json-test-suite/test_parsing";
  std::error_code none;
  if (!std::filesystem::is_directory(folder, none)) GTEST_SKIP() << "missing: " << folder;
  // RFC 8259 lets a parser refuse these; C2 and D1 oblige us to.
  const std::set<std::string> refused_on_purpose = {"y_object_duplicated_key.json",
                                                    "y_object_duplicated_key_and_value.json"};
  int seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    const std::string name = entry.path().filename().string();
    const auto text = test::read_file(entry.path().string());
    ASSERT_TRUE(text) << name;
    ++seen;
    const bool accepted = parse_json(*text).has_value();
    if (name.starts_with("n_") || refused_on_purpose.contains(name)) {
      EXPECT_FALSE(accepted) << name;
    } else if (name.starts_with("y_")) {
      EXPECT_TRUE(accepted) << name;
    }
  }
  EXPECT_EQ(seen, 318);
}

TEST(Json, ARepeatedNameIsRefusedAtAnyDepthUnlessTheCallerAllowsIt) {
  for (const char* text : {R"({"a":1,"a":1})", R"([{"b":{"a":1,"c":2,"a":3}}])", R"({"a":1,"\u0061":2})"}) {
    const auto strict = parse_json(text);
    ASSERT_FALSE(strict) << text;
    EXPECT_EQ(strict.error().kind, ErrorKind::malformed);
    EXPECT_TRUE(parse_json(text, 1000, Duplicates::last_wins)) << text;
  }
  EXPECT_TRUE(parse_json(R"({"a":{"a":1},"b":{"a":2}})"))
      << "the same name in different objects is no repetition";
}

TEST(Json, NestingStopsAtThirtyTwo) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(parse_json(nested(32)));
  EXPECT_FALSE(parse_json(nested(34)));
  EXPECT_FALSE(parse_json(std::string(1'000'000, '[')));
  EXPECT_FALSE(parse_json(nested(100), 1000, Duplicates::last_wins));
}

TEST(Json, ATextOverTheLimitIsNotLookedAt) {
  const auto big = parse_json("[1,2,3]", 6);
  ASSERT_FALSE(big);
  EXPECT_EQ(big.error().code, "C7");
}

TEST(Json, TheMessageNeverQuotesTheText) {
  for (const char* text :
       {R"({"access_token":"t0ken)", "t0ken", R"({"t0ken":1,"t0ken":2})", "\"t0ken\xFF\""}) {
    const auto refused = parse_json(text);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message.find("t0ken"), std::string::npos);
    EXPECT_EQ(refused.error().field.find("t0ken"), std::string::npos);
  }
}

TEST(Json, NumbersAndTextsStandForEachOther) {
  const auto json = parse_json(
      R"({"n":18.5,"t":"18.50000","i":3,"b":true,"bt":"true","one":1,"bad":"12x","null":null,"list":[1],"big":1e300,"neg":"-4"})");
  ASSERT_TRUE(json);
  EXPECT_EQ(number_of(*json, "n"), 18.5);
  EXPECT_EQ(number_of(*json, "t"), 18.5);
  EXPECT_EQ(number_of(*json, "neg"), -4);
  EXPECT_EQ(number_of(*json, "bad"), std::nullopt);
  EXPECT_EQ(number_of(*json, "null"), std::nullopt);
  EXPECT_EQ(number_of(*json, "list"), std::nullopt);
  EXPECT_EQ(number_of(*json, "absent"), std::nullopt);
  EXPECT_EQ(integer_of(*json, "i"), 3);
  EXPECT_EQ(integer_of(*json, "n"), std::nullopt);
  EXPECT_EQ(integer_of(*json, "big"), std::nullopt);
  EXPECT_EQ(text_of(*json, "i"), "3");
  EXPECT_EQ(text_of(*json, "n"), "18.5");
  EXPECT_EQ(text_of(*json, "b"), "true");
  EXPECT_EQ(text_of(*json, "list"), std::nullopt);
  EXPECT_EQ(bool_of(*json, "b"), true);
  EXPECT_EQ(bool_of(*json, "bt"), true);
  EXPECT_EQ(bool_of(*json, "one"), true);
  EXPECT_EQ(bool_of(*json, "i"), std::nullopt);
  EXPECT_EQ(text_of(Json::array(), "x"), std::nullopt) << "an array has no members";
}

TEST(Json, ARefusalNamesThePathOfTheField) {
  const auto json = parse_json(R"({"id":"","list":{}})");
  const auto text = require_text(*json, "id", "plant.ambients[3]");
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().field, "plant.ambients[3].id");
  const auto list = array_of(*json, "list", "");
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().field, "list");
  const auto missing = array_of(*json, "none", "");
  ASSERT_TRUE(missing);
  EXPECT_TRUE((*missing)->empty());
}

TEST(Json, InvalidUtf8InOurOwnTextIsReplacedAndNeverThrown) {
  EXPECT_EQ(dump_json(Json("a\xFF")), "\"a\xEF\xBF\xBD\"");
}

}  // namespace
}  // namespace foyer
