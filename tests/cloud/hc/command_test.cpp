// Home + Control requests, byte for byte.
#include <gtest/gtest.h>

#include "tests/cloud/payloads.hpp"

namespace foyer {
namespace {

using namespace test;
using policy::CommandClass;
using policy::Purpose;

constexpr const char* plant_path = "/hc/api/v1.0/plants/00000000aa00000000000000000000a1";
constexpr const char* address =
    "/addressLocation/plants/00000000aa00000000000000000000a1/modules/parameter/id/value/";

Call command(std::size_t module, const char* text) {
  const Plant plant = hc_plant();
  const auto parsed = parse_command(text);
  EXPECT_TRUE(check(plant.modules[module], *parsed)) << text;
  const auto call = hc().command(plant, plant.modules[module], *parsed, Instant{}, Minutes(0));
  EXPECT_TRUE(call);
  return call ? *call : Call{};
}

TEST(HcReads, PathsAndPurposes) {
  const Plant plant = hc_plant();
  EXPECT_EQ(hc().plants(), (Call{.path = "/hc/api/v1.0/plants",
                                 .path_template = "/hc/api/v1.0/plants",
                                 .purpose = Purpose::topology}));
  EXPECT_EQ(hc().topology(plant.id), (Call{.path = std::string(plant_path) + "/topology",
                                           .path_template = "/hc/api/v1.0/plants/{plant}/topology",
                                           .purpose = Purpose::topology}));
  EXPECT_EQ(hc().status(plant),
            (std::vector<Call>{{.path = plant_path, .path_template = "/hc/api/v1.0/plants/{plant}"}}));
  EXPECT_EQ(hc().extras(plant).front().path,
            "/hc/api/v1.0/scene/comfort/addressLocation/plants/00000000aa00000000000000000000a1");
}

TEST(HcReads, OneModuleHasAPathPerKindAndUnknownKindsAreReadWithThePlant) {
  const Plant plant = hc_plant();
  const char* kinds[] = {"plug/energy",   "automation/automation", "light/lighting",
                         "remote/remote", "meter/energy",          "heater/comfort"};
  for (std::size_t i = 0; i < 6; ++i) {
    const Call call = hc().module_status(plant, plant.modules[i]);
    EXPECT_EQ(call.path, "/hc/api/v1.0/" + std::string(kinds[i]) + address + plant.modules[i].id.remote());
    EXPECT_EQ(call.path_template, "/hc/api/v1.0/" + std::string(kinds[i]) +
                                      "/addressLocation/plants/{plant}/modules/parameter/id/value/{module}");
    EXPECT_EQ(call.purpose, Purpose::pressed);
  }
  EXPECT_EQ(hc().module_status(plant, plant.modules[6]).path, plant_path);
}

TEST(HcCommands, BodiesAreThoseOfTheReference) {
  struct Case {
    std::size_t module;
    const char *text, *path, *body;
  };
  const Case cases[] = {
      {0, "on", "plug/energy", R"({"status":"on"})"},
      {0, "off", "plug/energy", R"({"status":"off"})"},
      {2, "on", "light/lighting", R"({"status":"on"})"},
      {2, "level=40", "light/lighting", R"({"level":40})"},
      {2, "level=0", "light/lighting", R"({"level":0})"},
      {1, "position=100", "automation/automation", R"({"level":100})"},
      {1, "position=0", "automation/automation", R"({"level":0})"},
      {5, "on", "heater/comfort", R"({"status":"on"})"},
  };
  for (const Case& one : cases) {
    const Call call = command(one.module, one.text);
    EXPECT_EQ(call.method, "POST");
    EXPECT_EQ(call.path,
              "/hc/api/v1.0/" + std::string(one.path) + address + hc_plant().modules[one.module].id.remote());
    EXPECT_EQ(call.body, one.body);
    EXPECT_EQ(call.operation, CommandClass::absolute_write);
    EXPECT_EQ(call.purpose, Purpose::write);
    EXPECT_TRUE(call.query.empty());
  }
}

TEST(HcCommands, StopAndScenesAreMomentary) {
  const Call stop = command(1, "stop");
  EXPECT_EQ(stop.body, R"({"level":-1})");
  EXPECT_EQ(stop.operation, CommandClass::momentary_write);

  Plant plant = hc_plant();
  ASSERT_TRUE(hc().read_extra(
      plant, 0, R"({"scenes":[{"name":"Evening","sender":{"plant":{"module":{"id":"s/1"}}}}]})"));
  const auto run = hc().command(plant, plant.modules.back(), *parse_command("run"), Instant{}, Minutes(0));
  ASSERT_TRUE(run);
  EXPECT_EQ(run->path, "/hc/api/v1.0/scene/comfort" + std::string(address) + "s%2F1");  // ids are no path
  EXPECT_EQ(run->body, R"({"enable":true})");
  EXPECT_EQ(run->operation, CommandClass::momentary_write);
}

TEST(HcCommands, WhatTheCloudHasNoWordForIsRefused) {
  const Plant plant = hc_plant();
  const auto unknown = hc().command(plant, plant.modules[6], *parse_command("on"), Instant{}, Minutes(0));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().kind, ErrorKind::unsupported);
  const auto warm =
      hc().command(plant, plant.modules[0], *parse_command("setpoint=20"), Instant{}, Minutes(0));
  ASSERT_FALSE(warm);
  EXPECT_EQ(warm.error().code, "E12");
  const Command odd{.aspect = Aspect::level, .value = std::string("high")};
  EXPECT_FALSE(hc().command(plant, plant.modules[2], odd, Instant{}, Minutes(0)));
}

TEST(Providers, AreFoundByTheirIdAndHaveANamePeopleKnow) {
  EXPECT_EQ(provider("hc")->name(), "Home + Control");
  EXPECT_EQ(provider("smarther")->name(), "Smarther");
  EXPECT_EQ(provider("netatmo")->name(), "Netatmo Connect");
  EXPECT_EQ(provider_ids(), "\"smarther\", \"hc\", \"netatmo\"");
  EXPECT_EQ(provider("eliot"), nullptr);
  EXPECT_EQ(provider(""), nullptr);
}

}  // namespace
}  // namespace foyer
