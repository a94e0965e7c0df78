// What no cloud should send: every reader answers with an error or with what is left, and never falls.
#include <gtest/gtest.h>

#include "tests/cloud/payloads.hpp"

namespace foyer {
namespace {

using namespace test;

// Every reader of both providers gets `body`; true when all of them called it malformed.
bool refused_by_all(std::string_view body) {
  bool all = true;
  for (const Provider* one : {&hc(), &smarther_api()}) {
    Plant plant = one == &hc() ? hc_plant() : smarther_plant();
    const auto plants = one->read_plants(200, body);
    const auto topology = one->read_topology(plant, body);
    const auto status = one->read_status(plant, one->status(plant).front(), body, Minutes(0));
    const auto extra = one->read_extra(plant, 0, body);
    all = all && !plants && !topology && !status && !extra;
    if (!plants) EXPECT_EQ(plants.error().kind, ErrorKind::malformed);
    if (!topology) EXPECT_EQ(topology.error().kind, ErrorKind::malformed);
    if (!status) EXPECT_EQ(status.error().kind, ErrorKind::malformed);
  }
  return all;
}

TEST(BadInput, WhatIsNotJsonIsRefusedByEveryReader) {
  for (const char* body : {"<html><body>Sign in</body></html>", "{", "{\"plant\":", "nul", "\"", "{}{}",
                           "{'plant':1}", "{\"plants\":[],}", "\xEF\xBB", "[1,2"})
    EXPECT_TRUE(refused_by_all(body)) << body;
}

TEST(BadInput, JsonOfAnotherShapeIsNoHome) {
  for (const char* body :
       {"null", "true", "7", "\"text\"", "[]", "{}", R"({"plant":null,"plants":7,"modules":[]})",
        R"({"plant":[],"modules":null,"chronothermostats":{}})"}) {
    for (const Provider* one : {&hc(), &smarther_api()}) {
      const Plant plant = one == &hc() ? hc_plant() : smarther_plant();
      EXPECT_FALSE(one->read_topology(plant, body)) << body;
      EXPECT_FALSE(one->read_plants(200, body)) << body;
      EXPECT_FALSE(one->read_status(plant, one->status(plant).front(), body, Minutes(0))) << body;
    }
  }
}

TEST(BadInput, InvalidUtf8IsRefusedWherever) {
  EXPECT_TRUE(refused_by_all(with(hc_topology, "Study", "St\xFFy")));
  EXPECT_TRUE(refused_by_all(with(smarther_status, "HEATING", "\xC0\x80")));
}

TEST(BadInput, DeepNestingIsRefusedNotFollowed) {
  for (const std::size_t depth : {40u, 100000u}) {
    EXPECT_TRUE(refused_by_all(std::string(depth, '[') + std::string(depth, ']')));
    std::string objects;
    for (std::size_t i = 0; i < depth; ++i) objects += "{\"plant\":";
    EXPECT_TRUE(refused_by_all(objects + "1" + std::string(depth, '}')));
  }
}

TEST(BadInput, TenMegabytesOfModulesAreReadAndOfRubbishRefused) {
  std::string big = R"({"plant":{"modules":[)";
  std::size_t count = 0;
  while (big.size() < (10u << 20)) {
    if (count) big += ",";
    big += R"({"id":"m)" + std::to_string(count++) + R"(","name":")" + std::string(4000, 'n') +
           R"(","device":"plug"})";
  }
  big += "]}}";
  const auto plant = hc().read_topology(summary("hc:p"), big);
  ASSERT_TRUE(plant);
  EXPECT_EQ(plant->modules.size(), count);
  EXPECT_TRUE(refused_by_all(std::string(10u << 20, 'x')));
  EXPECT_TRUE(refused_by_all("\"" + std::string(17u << 20, 'x') + "\""));  // over the limit
}

TEST(BadInput, AnObjectWithVeryManyMembersIsRefusedBeforeItTakesForever) {
  std::string body = R"({"modules":{"lights":[{"sender":{"plant":{"module":{"id":"x"}}})";
  for (int i = 0; i < 200000; ++i) body += ",\"f" + std::to_string(i) + "\":1";
  body += "}]}}";
  const auto report = hc().read_status(hc_plant(), Call{}, body, Minutes(0));
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().message, "an object of the answer has too many members");
}

TEST(BadInput, OfTwoMembersOfOneNameTheLastCounts) {
  const auto plants = hc().read_plants(200, R"({"plants":[{"id":"a","name":"first","name":"last"}]})");
  ASSERT_TRUE(plants);
  EXPECT_EQ(plants->at(0).name, "last");
}

TEST(BadInput, NumbersThatAreNoNumbersDoNotBecomeReadings) {
  for (const char* level :
       {"1e999", "-1e999", "\"inf\"", "\"nan\"", "\"0x10\"", "\"\"", "\" 40\"", "[40]", "{}"}) {
    const std::string body = R"({"modules":{"lights":[{"level":)" + std::string(level) +
                             R"(,"sender":{"plant":{"module":{"id":"x"}}}}]}})";
    const auto report = hc().read_status(hc_plant(), Call{}, body, Minutes(0));
    if (!report) continue;  // not JSON for the parser: refused as a whole
    for (const Reading& reading : report->modules.at(0).readings)
      EXPECT_NE(reading.aspect, Aspect::level) << level;
  }
}

TEST(BadInput, AnAnswerCutAnywhereIsRefused) {
  for (const std::string_view whole : {hc_topology, hc_status, smarther_topology, smarther_status})
    for (std::size_t length = 0; length < whole.size(); length += 11) {
      const Plant plant = hc_plant();
      EXPECT_FALSE(hc().read_topology(plant, whole.substr(0, length)));
      EXPECT_FALSE(hc().read_status(plant, Call{}, whole.substr(0, length), Minutes(0)));
      EXPECT_FALSE(smarther_api().read_status(plant, Call{}, whole.substr(0, length), Minutes(0)));
    }
}

TEST(BadInput, TextWithMarkupOrControlCharactersStaysText) {
  const auto plants = hc().read_plants(200, R"({"plants":[{"id":"a","name":"<b>\u0000\u202e</b>"}]})");
  ASSERT_TRUE(plants);
  EXPECT_EQ(plants->at(0).name, std::string("<b>\0\xE2\x80\xAE</b>", 11));
}

}  // namespace
}  // namespace foyer
