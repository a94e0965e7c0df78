// Payloads recorded by others (fixtures/eliot), with the values that stand in them.
#include <gtest/gtest.h>

#include "tests/cloud/payloads.hpp"
#include "tests/support/data.hpp"

namespace foyer {
namespace {

using namespace test;

constexpr const char* recorded = "smarther:1ee68d6f-46b7-8f11-e053-27182d0a846a";

Result<StatusReport> read(const std::string& body) {
  return smarther_api().read_status(smarther_plant(), Call{}, body, Minutes(60));
}

Module thermostat(const StatusReport& report) {
  Plant plant = summary("smarther:b5e48d6f-cbad-2711-e053-27182d0ad74c");
  plant.modules = {{.id = ModuleId(recorded), .kind = Kind::thermostat}};
  apply(plant, report, instant_from_ms(1000), nullptr, nullptr);
  return plant.modules.at(0);
}

TEST(Fixtures, RecordedStatusInAutomatic) {
  FIXTURE(body, "eliot/smarther/status_get_automatic.json");
  const auto report = read(*body);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->complaints.empty());
  ASSERT_EQ(report->modules.size(), 1u);
  const Module module = thermostat(*report);
  EXPECT_EQ(module.id.text, recorded);
  EXPECT_EQ(module.word(Aspect::function), "heating");
  EXPECT_EQ(module.word(Aspect::mode), "automatic");
  EXPECT_EQ(module.number(Aspect::setpoint), 18.0);
  EXPECT_EQ(module.word(Aspect::program), "1");
  EXPECT_EQ(module.flag(Aspect::load_active), false);
  EXPECT_EQ(module.number(Aspect::temperature), 19.5);
  EXPECT_EQ(module.number(Aspect::humidity), 61.9);
  EXPECT_EQ(module.reading(Aspect::temperature)->measured, parse_iso8601("2021-02-27T20:49:32Z"));
  EXPECT_EQ(module.mode_until, std::nullopt);
}

TEST(Fixtures, RecordedNotificationInManualWithAnEnd) {
  FIXTURE(body, "eliot/c2c/c2c_data_manual_until.json");
  const auto report = read(*body);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->complaints.empty());
  const Module module = thermostat(*report);
  EXPECT_EQ(module.word(Aspect::mode), "manual");
  EXPECT_EQ(module.number(Aspect::setpoint), 19.1);
  EXPECT_EQ(module.word(Aspect::program), "1");
  EXPECT_EQ(module.number(Aspect::temperature), 24.6);
  EXPECT_EQ(module.mode_until, parse_iso8601("2019-11-17T02:00:47Z"));
}

TEST(Fixtures, TheDefinitionsOwnExamplesGiveAModuleAndSayWhatIsNoValue) {
  FIXTURE(body, "eliot/smarther/status_200_schema_example.json");
  const auto report = read(*body);
  ASSERT_TRUE(report);
  ASSERT_EQ(report->modules.size(), 1u);
  EXPECT_EQ(report->modules[0].id.text, "smarther:string");
  EXPECT_EQ(report->complaints, (std::vector<std::string>{
                                    "chronothermostats[0].setPoint.value: expected a number",
                                    "chronothermostats[0].activationTime: expected a date and time",
                                    "chronothermostats[0].thermometer.measures[0].value: expected a number",
                                    "chronothermostats[0].hygrometer.measures[0].value: expected a number"}));
}

TEST(Fixtures, PlantsTopologyAndMeasuresOfTheDefinition) {
  FIXTURE(plants, "eliot/smarther/plants_200_schema_example.json");
  FIXTURE(topology, "eliot/smarther/topology_200_schema_example.json");
  FIXTURE(measures, "eliot/smarther/measures_200_schema_example.json");
  const auto list = smarther_api().read_plants(200, *plants);
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 1u);
  EXPECT_EQ(list->at(0).id.text, "smarther:string");
  const auto plant = smarther_api().read_topology(list->at(0), *topology);
  ASSERT_TRUE(plant);
  ASSERT_EQ(plant->modules.size(), 1u);
  EXPECT_EQ(plant->modules[0].kind, Kind::thermostat);
  EXPECT_TRUE(plant->complaints.empty());
  const auto report = read(*measures);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->modules.size(), 1u);
}

TEST(Fixtures, MeasuresComeAsNumberOrTextInEveryUnit) {
  FIXTURE(celsius, "eliot/smarther/measure_celsius_number.json");
  FIXTURE(fahrenheit, "eliot/smarther/measure_fahrenheit_string.json");
  FIXTURE(percent, "eliot/smarther/measure_percent_number.json");
  const auto value = [](const std::string& group, const std::string& measure) {
    const auto report = read("{\"" + group + "\":{\"measures\":[" + measure +
                             "]},\"sender\":{\"plant\":{\"module\":{\"id\":\"m\"}}}}");
    return report ? report->modules.at(0).readings.at(0) : Reading{};
  };
  EXPECT_EQ(value("thermometer", *celsius).value, Value(25.0));
  EXPECT_EQ(value("thermometer", *fahrenheit).value, Value(77.0));
  EXPECT_EQ(value("thermometer", *fahrenheit).unit, Unit::fahrenheit);
  EXPECT_EQ(value("hygrometer", *percent).value, Value(50.0));
}

TEST(Fixtures, CommandBodiesOfOtherClientsAreOurs) {
  FIXTURE(automatic, "eliot/smarther/set_automatic.json");
  FIXTURE(off, "eliot/smarther/set_off.json");
  const auto squeezed = [](std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r'; });
    return text;
  };
  const Plant plant = smarther_plant();
  const auto body = [&](const char* text) {
    return smarther_api().command(plant, plant.modules[0], *parse_command(text), Instant{}, Minutes(0))->body;
  };
  EXPECT_EQ(body("mode=automatic"), squeezed(*automatic));
  EXPECT_EQ(body("mode=off"), squeezed(*off));
}

TEST(Fixtures, AnErrorBodyIsNoHome) {
  FIXTURE(body, "eliot/errors/smarther_404.json");
  EXPECT_FALSE(smarther_api().read_plants(200, *body));
  EXPECT_FALSE(smarther_api().read_topology(summary("smarther:p"), *body));
  EXPECT_FALSE(read(*body));
  EXPECT_FALSE(hc().read_plants(200, *body));
}

}  // namespace
}  // namespace foyer
