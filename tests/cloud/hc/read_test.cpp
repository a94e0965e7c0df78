// Home + Control answers in the forms that were seen.
#include <gtest/gtest.h>

#include "core/model/command.hpp"
#include "tests/cloud/payloads.hpp"

namespace foyer {
namespace {

using namespace test;

StatusReport read_status(std::string_view body) {
  const auto report = hc().read_status(hc_plant(), hc().status(hc_plant()).front(), body, Minutes(0));
  EXPECT_TRUE(report) << (report ? "" : report.error().message);
  return report ? *report : StatusReport{};
}

Plant with_status(std::string_view body) {
  Plant plant = hc_plant();
  apply(plant, read_status(body), instant_from_ms(1000), nullptr, nullptr);
  return plant;
}

TEST(HcPlants, AreReadWithPrefixedIds) {
  const auto plants = hc().read_plants(
      200, R"({"plants":[{"id":"aa","name":"Rue","country":"FR"},{"id":"bb","name":"Mer","country":"IT"}]})");
  ASSERT_TRUE(plants);
  ASSERT_EQ(plants->size(), 2u);
  EXPECT_EQ((*plants)[0].id.text, "hc:aa");
  EXPECT_EQ((*plants)[0].name, "Rue");
  EXPECT_EQ((*plants)[1].country, "IT");
}

TEST(HcPlants, NoContentIsAnEmptyList) {
  EXPECT_EQ(hc().read_plants(204, ""), std::vector<Plant>());
  EXPECT_EQ(hc().read_plants(200, " \n"), std::vector<Plant>());
  EXPECT_EQ(hc().read_plants(200, R"({"plants":[]})"), std::vector<Plant>());
  EXPECT_EQ(hc().read_plants(200, R"({"plants":null})"), std::vector<Plant>());
}

TEST(HcPlants, ABrokenPlantHidesNoOtherAndAnAnswerWithoutAnyPlantIsAnError) {
  const auto plants = hc().read_plants(200, R"({"plants":[{"name":"lost"},7,{"id":42}]})");
  ASSERT_TRUE(plants);
  ASSERT_EQ(plants->size(), 1u);
  EXPECT_EQ((*plants)[0].id.text, "hc:42");  // a number as id is taken as text
  EXPECT_EQ((*plants)[0].name, "42");        // shown under its id
  EXPECT_EQ((*plants)[0].complaints,
            (std::vector<std::string>{"plants[0].id: expected text", "plants[1]: expected an object"}));
  const auto none = hc().read_plants(200, R"({"plants":[{"name":"lost"}]})");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().field, "plants[0].id");
  const auto error_shape = hc().read_plants(200, R"({"statusCode":403,"message":"no"})");
  ASSERT_FALSE(error_shape);
  EXPECT_EQ(error_shape.error().field, "plants");
}

TEST(HcTopology, RoomsModulesAndThoseOfNoRoomAreThere) {
  const Plant plant = hc_plant();
  EXPECT_EQ(plant.complaints, std::vector<std::string>());
  ASSERT_EQ(plant.ambients.size(), 2u);
  EXPECT_EQ(plant.ambients[0],
            (Ambient{AmbientId("hc:00000000000000000000000000000b01"), "Study", "home_office"}));
  ASSERT_EQ(plant.modules.size(), 7u);
  const Module& socket = plant.modules[0];
  EXPECT_EQ(socket.id, hc_module("01"));
  EXPECT_EQ(socket.name, "Desk socket");
  EXPECT_EQ(socket.hardware, "NLP");
  EXPECT_EQ(socket.appliance, "other");
  EXPECT_EQ(socket.ambient, plant.ambients[0].id);
  EXPECT_TRUE(plant.modules[3].ambient.empty());
  EXPECT_NE(socket.raw_topology.find("\"Desk socket\""), std::string::npos);
}

TEST(HcTopology, KindsComeFromTheDeviceWordInAnyCaseAndDimmersFromTheHardware) {
  const Plant plant = hc_plant();
  const Kind kinds[] = {Kind::plug,         Kind::shutter, Kind::dimmer, Kind::remote,
                        Kind::energy_meter, Kind::heater,  Kind::unknown};
  for (std::size_t i = 0; i < plant.modules.size(); ++i) EXPECT_EQ(plant.modules[i].kind, kinds[i]) << i;
  EXPECT_EQ(plant.modules[6].device, "irrigation");
  EXPECT_TRUE(plant.modules[6].capabilities.empty());
}

TEST(HcTopology, TheGatewayIsReadFromModuleIdsThatHoldItsAddress) {
  const Plant plant = hc_plant();
  ASSERT_EQ(plant.gateways.size(), 2u);
  EXPECT_EQ(plant.gateways[0].id.text, "hc:000474000001");
  EXPECT_EQ(plant.gateways[0].name, "Gateway 00:04:74:00:00:01");
  EXPECT_EQ(plant.modules[0].gateway, plant.gateways[0].id);
  EXPECT_EQ(plant.modules[4].gateway, plant.gateways[1].id);
  EXPECT_TRUE(plant.modules[5].gateway.empty());  // "radiator" holds none
}

TEST(HcTopology, ShuttersMoveToTheirEndsOnlyUntilTheStatusSaysOtherwise) {
  const Plant plant = hc_plant();
  const Capability* position = plant.modules[1].capability(Aspect::position);
  ASSERT_NE(position, nullptr);
  EXPECT_EQ(position->range, (Range{0, 100, 100}));
  const Plant fine = with_status(with(hc_status, "\"step\": 100", "\"step\": \"1\""));
  EXPECT_EQ(fine.module(hc_module("02"))->capability(Aspect::position)->range, (Range{0, 100, 1}));
}

TEST(HcTopology, BrokenModulesBecomeComplaintsAndTheRestStays) {
  const auto plant = hc().read_topology(summary("hc:a"), R"({"plant":{"ambients":[
      {"id":"r1","name":"One","modules":[{"name":"no id","device":"plug"},null,"text",{"id":["x"]},{"id":"m1","device":"plug"}]},
      {"name":"nameless room","modules":[{"id":"m2","device":"light"}]},
      {"id":"r3","modules":"none"},
      17],
    "modules":[{"id":"m1","device":"light"},{"id":"m3","device":{"a":1},"name":5}]}})");
  ASSERT_TRUE(plant);
  ASSERT_EQ(plant->modules.size(), 3u);
  EXPECT_EQ(plant->modules[0].id.text, "hc:m1");
  EXPECT_EQ(plant->modules[0].name, "m1");  // no name: shown under its id
  EXPECT_EQ(plant->modules[1].id.text, "hc:m2");
  EXPECT_TRUE(plant->modules[1].ambient.empty());
  EXPECT_EQ(plant->modules[2].name, "5");
  EXPECT_EQ(plant->modules[2].kind, Kind::unknown);
  EXPECT_EQ(
      plant->complaints,
      (std::vector<std::string>{
          "plant.ambients[0].modules[0].id: expected text",
          "plant.ambients[0].modules[1]: expected an object",
          "plant.ambients[0].modules[2]: expected an object",
          "plant.ambients[0].modules[3].id: expected text", "plant.ambients[1].id: expected text",
          "plant.ambients[2].modules: expected a list", "plant.ambients[3]: expected an object",
          "plant.modules[0].id: used by another module too", "plant.modules[1].device: expected text"}));
}

TEST(HcStatus, ReadingsOfEveryKindOfGroup) {
  const Plant plant = with_status(hc_status);
  const Module& light = *plant.module(hc_module("03"));
  EXPECT_EQ(light.reach, Reach::reachable);
  EXPECT_EQ(light.flag(Aspect::on_off), true);
  EXPECT_EQ(light.number(Aspect::level), 40.0);
  EXPECT_EQ(light.number(Aspect::power), 7.0);
  EXPECT_EQ(light.word(Aspect::firmware), "60");
  EXPECT_EQ(light.reading(Aspect::power)->measured, parse_iso8601("2023-03-01T10:00:00Z"));
  EXPECT_EQ(light.reading(Aspect::power)->unit, Unit::watt);
  EXPECT_EQ(plant.module(hc_module("02"))->number(Aspect::position), 100.0);
  EXPECT_EQ(plant.module(hc_module("09"))->word(Aspect::battery), "high");
  EXPECT_NE(light.raw_status.find("\"level\": 40"), std::string::npos);
}

TEST(HcStatus, ModulesThatACompleteAnswerDoesNotNameAreUnreachable) {
  const Plant plant = with_status(hc_status);
  EXPECT_EQ(plant.module(hc_module("01"))->reach, Reach::unreachable);
  EXPECT_EQ(plant.module(ModuleId("hc:radiator"))->reach, Reach::unreachable);
}

TEST(HcStatus, FieldsOfAnUnknownKindAreKeptUnderTheirOwnNames) {
  const Module fountain = *with_status(hc_status).module(ModuleId("hc:fountain"));
  EXPECT_EQ(fountain.kind, Kind::unknown);
  EXPECT_EQ(fountain.reach, Reach::reachable);
  ASSERT_EQ(fountain.readings.size(), 2u);
  EXPECT_EQ(fountain.readings[0].name, "status");
  EXPECT_EQ(fountain.readings[0].value, Value(std::string("spraying")));
  EXPECT_EQ(fountain.readings[1].value, Value(2.5));
  EXPECT_NE(fountain.raw_status.find("\"nested\""), std::string::npos);
}

TEST(HcStatus, NumbersAsTextAndWordsInAnyCaseAreTaken) {
  const Plant plant =
      with_status(R"({"modules":{"lights":[{"reachable":"true","status":"ON","level":"40.0","fw":"60",
      "consumptions":[{"unit":"Watt","value":"7"}],"sender":{"plant":{"module":{"id":"00000004740000010004740000000003"}}}}],
      "Plugs":[{"reachable":1,"status":false,"sender":{"plant":{"module":{"id":"00000004740000010004740000000001"}}}}]}})");
  const Module& light = *plant.module(hc_module("03"));
  EXPECT_EQ(light.flag(Aspect::on_off), true);
  EXPECT_EQ(light.number(Aspect::level), 40.0);
  EXPECT_EQ(light.number(Aspect::power), 7.0);
  EXPECT_EQ(light.reach, Reach::reachable);
  EXPECT_EQ(plant.module(hc_module("01"))->flag(Aspect::on_off), false);
}

TEST(HcStatus, MissingAndNullFieldsAreNoReadingAndNoComplaint) {
  const StatusReport report = read_status(
      R"({"modules":{"lights":[{"level":null,"status":null,"consumptions":null,"sender":{"plant":{"module":{"id":"x"}}}}]}})");
  ASSERT_EQ(report.modules.size(), 1u);
  EXPECT_TRUE(report.modules[0].readings.empty());
  EXPECT_EQ(report.modules[0].reach, Reach::unknown);
  EXPECT_TRUE(report.complaints.empty());
  EXPECT_TRUE(report.complete);
}

TEST(HcStatus, AFieldOfTheWrongTypeIsAComplaintAndTheOtherFieldsStay) {
  const StatusReport report = read_status(
      R"({"modules":{"lights":[{"reachable":{},"status":"on","level":"bright","consumptions":"none","sender":{"plant":{"module":{"id":"x"}}}}]}})");
  ASSERT_EQ(report.modules.size(), 1u);
  ASSERT_EQ(report.modules[0].readings.size(), 1u);
  EXPECT_EQ(report.complaints,
            (std::vector<std::string>{"modules.lights[0].reachable: expected true or false",
                                      "modules.lights[0].consumptions: expected a list",
                                      "modules.lights[0].level: expected a number"}));
}

TEST(HcStatus, WordsAndLevelsThatMeanNothingToUsAreKeptAsTheyAre) {
  const StatusReport report = read_status(
      R"({"modules":{"lights":[{"status":"blinking","level":255,"mood":"blue","sender":{"plant":{"module":{"id":"x"}}}}]}})");
  const auto& readings = report.modules.at(0).readings;
  ASSERT_EQ(readings.size(), 3u);
  for (const Reading& one : readings) EXPECT_EQ(one.aspect, Aspect::other);
  EXPECT_EQ(readings[0].value, Value(std::string("blinking")));
  EXPECT_EQ(readings[1].value, Value(255.0));
  EXPECT_EQ(readings[2].name, "mood");
}

TEST(HcStatus, WhenAnElementCannotBeAssignedAbsenceProvesNothing) {
  const StatusReport report = read_status(R"({"modules":{"lights":[{"status":"on"}],"plugs":7}})");
  EXPECT_FALSE(report.complete);
  EXPECT_EQ(report.complaints,
            (std::vector<std::string>{"modules.lights[0].sender.plant.module.id: expected text",
                                      "modules.plugs: expected a list"}));
}

TEST(HcStatus, TheAnswerForOneModuleIsItsGroupAlone) {
  const StatusReport report = read_status(
      R"({"plugs":[{"reachable":false,"status":"off","sender":{"plant":{"module":{"id":"00000004740000010004740000000001"}}}}]})");
  EXPECT_FALSE(report.complete);
  ASSERT_EQ(report.modules.size(), 1u);
  EXPECT_EQ(report.modules[0].reach, Reach::unreachable);
  EXPECT_EQ(report.modules[0].device, "plug");
}

TEST(HcStatus, TheNewestPowerCountsAndOtherUnitsAreKept) {
  const StatusReport report = read_status(
      R"({"modules":{"energymeters":[{"consumptions":[
          {"unit":"watt","value":5,"timestamp":"2023-03-01T11:00:00+00:00"},
          {"unit":"watt","value":9,"timestamp":"2023-03-01T10:00:00+00:00"},
          {"unit":"watt_hour","value":77}],"sender":{"plant":{"module":{"id":"x"}}}}]}})");
  const auto& readings = report.modules.at(0).readings;
  ASSERT_EQ(readings.size(), 2u);
  EXPECT_EQ(readings[0].name, "consumptions.watt_hour");
  EXPECT_EQ(readings[1].aspect, Aspect::power);
  EXPECT_EQ(readings[1].value, Value(5.0));
}

TEST(HcScenes, BecomeModulesThatCanBeRunAndReplaceThoseOfBefore) {
  Plant plant = hc_plant();
  const std::string body =
      R"({"scenes":[{"name":"Evening","sender":{"plant":{"module":{"id":"00000004740000015ce0000000000001"}}}},{"name":"lost"}]})";
  ASSERT_EQ(hc().extras(plant).size(), 1u);
  ASSERT_TRUE(hc().read_extra(plant, 0, body));
  ASSERT_TRUE(hc().read_extra(plant, 0, body));
  ASSERT_EQ(plant.modules.size(), 8u);
  const Module& scene = plant.modules.back();
  EXPECT_EQ(scene.kind, Kind::scene);
  EXPECT_EQ(scene.name, "Evening");
  EXPECT_EQ(scene.device, "scene");
  EXPECT_TRUE(scene.capability(Aspect::run)->commandable);
  EXPECT_EQ(scene.gateway.text, "hc:000474000001");
  EXPECT_EQ(plant.complaints.back(), "scenes[1].sender.plant.module.id: expected text");
  ASSERT_TRUE(hc().read_extra(plant, 0, ""));
  EXPECT_EQ(plant.modules.size(), 7u);
  EXPECT_FALSE(hc().read_extra(plant, 1, body));
}

TEST(HcStatus, AModuleThatOnlyTheStatusKnowsIsWhatItsListSays) {
  Plant plant{.id = PlantId("hc:h-1")};
  const auto report =
      hc().read_status(plant, Call{}, R"({"modules":{"lights":[{"reachable":true,"status":"off","level":63,
        "sender":{"plant":{"module":{"id":"00000004aabbccddeeff000100000000"}}}}],
       "plugs":[{"reachable":true,"status":"on","sender":{"plant":{"module":{"id":"p"}}}}],
       "comets":[{"reachable":true,"sender":{"plant":{"module":{"id":"c"}}}}]}})",
                       Minutes(0));
  ASSERT_TRUE(report);
  apply(plant, *report, instant_from_ms(1000), nullptr, nullptr);
  const Module* light = plant.module(ModuleId("hc:00000004aabbccddeeff000100000000"));
  ASSERT_NE(light, nullptr);
  EXPECT_EQ(light->kind, Kind::dimmer);
  EXPECT_EQ(light->gateway.text, "hc:0004aabbccdd");
  EXPECT_TRUE(check(*light, {.aspect = Aspect::on_off, .value = true}));
  EXPECT_TRUE(check(*light, {.aspect = Aspect::level, .value = 40.0}));
  const auto call = hc().command(plant, *light, {.aspect = Aspect::on_off, .value = true}, {}, {});
  ASSERT_TRUE(call);
  EXPECT_NE(call->path.find("/light/lighting/"), std::string::npos);
  EXPECT_EQ(plant.module(ModuleId("hc:p"))->kind, Kind::plug);
  EXPECT_EQ(plant.module(ModuleId("hc:c"))->kind, Kind::unknown) << "nobody knows that list";
}

}  // namespace
}  // namespace foyer
