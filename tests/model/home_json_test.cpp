// The last known home survives a reload, and what was damaged meanwhile is refused, not guessed.
#include "core/model/home_json.hpp"

#include <gtest/gtest.h>

namespace foyer {
namespace {

const Instant noon = instant_from_ms(1'767'268'800'123);

Plant full_plant() {
  Plant plant{.id = PlantId("hc:p"), .name = "Rue \"des\" Lilas é", .country = "FR"};
  plant.ambients = {{AmbientId("hc:a"), "Kitchen", "kitchen"}, {AmbientId("hc:b"), "Attic", "", "Second"}};
  plant.gateways = {{GatewayId("hc:g"), "Gateway", noon}, {GatewayId("hc:h"), "", std::nullopt}};
  Module module{
      .id = ModuleId("hc:m"), .name = "Lamp", .kind = Kind::dimmer, .device = "light", .hardware = "NLF"};
  module.appliance = "other";
  module.ambient = AmbientId("hc:a");
  module.gateway = GatewayId("hc:g");
  module.capabilities = {
      {.aspect = Aspect::level, .commandable = true, .unit = Unit::percent, .range = Range{0, 100, 1}},
      {.aspect = Aspect::program, .options = {"0", "1"}, .labels = {"", "Week"}},
      {.aspect = Aspect::run, .readable = false, .commandable = true}};
  module.readings = {
      {.aspect = Aspect::level, .value = 40.25, .unit = Unit::percent, .received = noon, .measured = noon},
      {.aspect = Aspect::on_off, .value = true, .received = noon},
      {.aspect = Aspect::other, .name = "mood", .value = std::string("blue"), .received = noon}};
  module.reach = Reach::unreachable;
  module.unreachable_since = noon;
  module.mode_until = noon;
  module.raw_topology = R"({"id":"m"})";
  module.raw_status = R"({"level":"40.25"})";
  module.product = "Dimmer switch with neutral";
  module.system = "Lighting";
  module.part_of = ModuleId("hc:double");
  module.error = "code 6: unreachable";
  plant.modules = {module, Module{.id = ModuleId("hc:n"), .kind = Kind::unknown, .device = "irrigation"}};
  plant.time_zone = "Europe/Paris";
  plant.setpoint_lasting = Minutes(180);
  Zone comfort{.id = 3, .name = "Comfort", .type = 0, .rooms = {{AmbientId("hc:a"), 20.5, ""}}};
  comfort.rooms.push_back({AmbientId("hc:b"), std::nullopt, "frost_guard"});
  comfort.actions = {{ModuleId("hc:m"), "on", true},
                     {ModuleId("hc:m"), "brightness", 40.0},
                     {ModuleId("hc:n"), "mood", std::string("blue")}};
  const Zone peak{.id = 1, .price = 0.27, .price_type = "peak"};
  plant.schedules = {{.id = "s1",
                      .name = "Winter",
                      .type = "therm",
                      .selected = true,
                      .standard = true,
                      .timetable = {{3, 0}, {1, 420}},
                      .zones = {comfort},
                      .away_temperature = 12,
                      .frost_temperature = 7},
                     {.id = "s2",
                      .type = "electricity",
                      .zones = {peak},
                      .tariff = "edf",
                      .tariff_option = "basic",
                      .power_threshold = 9,
                      .power_unit = "kVA",
                      .raw = R"({"id":"s2"})"}};
  plant.complaints = {"plant.modules[3].id: expected text"};
  plant.topology_at = noon;
  plant.status_at = noon;
  return plant;
}

TEST(HomeJson, APlantComesBackTheSameButCached) {
  Plant expected = full_plant();
  for (Module& module : expected.modules)
    for (Reading& reading : module.readings) reading.origin = Origin::cached;
  const auto back = plant_from_json(to_json(full_plant()));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(*back, expected);
}

TEST(HomeJson, AnEmptyPlantComesBackToo) {
  const Plant plant{.id = PlantId("hc:p")};
  EXPECT_EQ(plant_from_json(to_json(plant)), plant);
}

TEST(HomeJson, TextThatIsNotUtf8IsReplacedNotLost) {
  Plant plant{.id = PlantId("hc:p"), .name = "Caf\xE9"};
  const auto back = plant_from_json(to_json(plant));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->name, "Caf\xEF\xBF\xBD");
}

TEST(HomeJson, WhatIsNoHomeIsRefusedWithTheField) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"null", "schema"},
      {"[]", "schema"},
      {R"({"schema":2,"id":"hc:p"})", "schema"},
      {R"({"schema":1})", "id"},
      {R"({"schema":1,"id":"hc:p","modules":{}})", "modules"},
      {R"({"schema":1,"id":"hc:p","modules":[{"name":"x"}]})", "modules[0].id"},
      {R"({"schema":1,"id":"hc:p","modules":[7]})", "modules[0].id"},
      {R"({"schema":1,"id":"hc:p","ambients":[{}]})", "ambients[0].id"},
      {R"({"schema":1,"id":"hc:p","gateways":[null]})", "gateways[0].id"},
  };
  for (const auto& [text, field] : cases) {
    const auto plant = plant_from_json(text);
    ASSERT_FALSE(plant) << text;
    EXPECT_EQ(plant.error().kind, ErrorKind::malformed);
    EXPECT_EQ(plant.error().field, field) << text;
  }
}

TEST(HomeJson, ReadingsAndCapabilitiesNobodyKnowsAreLeftOut) {
  const auto plant = plant_from_json(
      R"({"schema":1,"id":"hc:p","modules":[{"id":"hc:m","kind":"submarine",
          "capabilities":[{"aspect":"depth"},{"aspect":"level","range":[0,100,0]},{"aspect":"level","range":[0,"x",1]}],
          "readings":[{"aspect":"level"},{"aspect":"level","value":[1],"received":1},{"aspect":"level","value":1},
                      {"aspect":"level","value":7,"received":5}]}]})");
  ASSERT_TRUE(plant);
  const Module& module = plant->modules.at(0);
  EXPECT_EQ(module.kind, Kind::unknown);
  ASSERT_EQ(module.capabilities.size(), 1u);
  EXPECT_EQ(module.capabilities[0].range, std::nullopt);  // a step of 0 is no range
  ASSERT_EQ(module.readings.size(), 1u);
  EXPECT_EQ(module.number(Aspect::level), 7.0);
}

TEST(HomeJson, ACutRecordIsRefusedWhereverItWasCut) {
  const std::string whole = to_json(full_plant());
  for (std::size_t length = 0; length < whole.size(); length += 7)
    EXPECT_FALSE(plant_from_json(std::string_view(whole).substr(0, length)));
}

}  // namespace
}  // namespace foyer
