// What we write is JSON, in the order it was said.
#include "core/base/json_writer.hpp"

#include <gtest/gtest.h>

#include "core/base/json.hpp"

namespace foyer {
namespace {

TEST(JsonWriter, TheExampleOfTheHeader) {
  JsonWriter json;
  json.object().text("id", "a").integer("level", 40).list("rooms").text({}, "hall").end_list().end_object();
  EXPECT_EQ(json.take(), R"({"id":"a","level":40,"rooms":["hall"]})");
}

TEST(JsonWriter, NestsWithCommasWhereTheyBelong) {
  JsonWriter json;
  json.object().list("none").end_list().object("empty").end_object().flag("on", true).flag("off", false);
  json.list("all").object().integer("n", -1).end_object().object().integer("n", 2).end_object().end_list();
  EXPECT_EQ(json.end_object().take(),
            R"({"none":[],"empty":{},"on":true,"off":false,"all":[{"n":-1},{"n":2}]})");
}

TEST(JsonWriter, ANumberKeepsItsPointAndAnIntegerHasNone) {
  EXPECT_EQ(
      JsonWriter().list().number({}, 21).number({}, 20.5).number({}, 1e300).integer({}, 21).end_list().take(),
      "[21.0,20.5,1e+300,21]");
}

TEST(JsonWriter, AnyTextReadsBackAsItWas) {
  std::string all;
  for (int c = 0; c < 0x80; ++c) all += static_cast<char>(c);
  for (const std::string& text : {all, std::string("é€😀"), std::string("[{,:}]"), std::string()}) {
    const auto read = parse_json(JsonWriter().object().text("t", text).end_object().take());
    ASSERT_TRUE(read);
    EXPECT_EQ(text_of(*read, "t"), text);
  }
}

TEST(JsonWriter, InvalidUtf8IsReplacedAndNeverPassedOn) {
  EXPECT_EQ(JsonWriter().list().text({}, "a\xFF\xC3").end_list().take(), "[\"a\xEF\xBF\xBD\xEF\xBF\xBD\"]");
}

}  // namespace
}  // namespace foyer
