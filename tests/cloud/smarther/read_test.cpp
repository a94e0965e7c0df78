// Smarther answers in the forms that were seen.
#include <gtest/gtest.h>

#include "tests/cloud/payloads.hpp"

namespace foyer {
namespace {

using namespace test;

const ModuleId hall("smarther:22222222-2222-4222-8222-222222222222");

StatusReport read(std::string_view body, Minutes offset = Minutes(60)) {
  const Plant plant = smarther_plant();
  const auto report = smarther_api().read_status(plant, smarther_api().status(plant).front(), body, offset);
  EXPECT_TRUE(report) << (report ? "" : report.error().message);
  return report ? *report : StatusReport{};
}

Module applied(std::string_view body, Minutes offset = Minutes(60)) {
  Plant plant = smarther_plant();
  apply(plant, read(body, offset), instant_from_ms(1000), nullptr, nullptr);
  return *plant.module(hall);
}

TEST(SmartherTopology, AThermostatIsItsOwnGateway) {
  const Plant plant = smarther_plant();
  EXPECT_EQ(plant.complaints, std::vector<std::string>());
  ASSERT_EQ(plant.modules.size(), 1u);
  const Module& module = plant.modules[0];
  EXPECT_EQ(module.id, hall);
  EXPECT_EQ(module.kind, Kind::thermostat);
  EXPECT_EQ(module.name, "Hall");
  EXPECT_EQ(module.gateway.text, hall.text);
  ASSERT_EQ(plant.gateways.size(), 1u);
  EXPECT_EQ(plant.gateways[0].name, "Hall");
  const Capability* setpoint = module.capability(Aspect::setpoint);
  ASSERT_NE(setpoint, nullptr);
  EXPECT_EQ(setpoint->range, (Range{3, 40, 0.5}));
  EXPECT_TRUE(setpoint->commandable);
  EXPECT_FALSE(module.capability(Aspect::temperature)->commandable);
}

TEST(SmartherTopology, WhatTheCloudSaysCannotBeSetIsNotOffered) {
  const auto plant = smarther_api().read_topology(
      summary("smarther:p"),
      R"({"plant":{"modules":[{"device":"ChronoThermostat","id":"m","capabilities":[
          {"capability":"Mode","canDo":{"command":{"do":false}}},{"capability":"new one","canDo":{"command":{"do":false}}},
          {"capability":"setPoint","canDo":{}},null]}]}})");
  ASSERT_TRUE(plant);
  EXPECT_FALSE(plant->modules.at(0).capability(Aspect::mode)->commandable);
  EXPECT_TRUE(plant->modules.at(0).capability(Aspect::setpoint)->commandable);
}

TEST(SmartherTopology, OtherDevicesAreKeptAsUnknown) {
  const auto plant = smarther_api().read_topology(
      summary("smarther:p"),
      R"({"plant":{"modules":[{"device":"string","id":"m","name":"New thing"},{"device":"x"}]}})");
  ASSERT_TRUE(plant);
  ASSERT_EQ(plant->modules.size(), 1u);
  EXPECT_EQ(plant->modules[0].kind, Kind::unknown);
  EXPECT_EQ(plant->complaints, (std::vector<std::string>{"plant.modules[1].id: expected text"}));
  EXPECT_TRUE(smarther_api().status(*plant).empty());
}

TEST(SmartherTopology, APlantWithoutNameInTheListGetsTheOneOfItsTopology) {
  const auto plants = smarther_api().read_plants(200, R"({"plants":[{"id":"p"}]})");
  ASSERT_TRUE(plants);
  const auto plant =
      smarther_api().read_topology(plants->at(0), R"({"plant":{"name":"Chalet","modules":[]}})");
  ASSERT_TRUE(plant);
  EXPECT_EQ(plant->name, "Chalet");
}

TEST(SmartherStatus, EveryFieldOfTheAnswer) {
  const Module module = applied(smarther_status);
  EXPECT_EQ(module.reach, Reach::reachable);
  EXPECT_EQ(module.word(Aspect::function), "heating");
  EXPECT_EQ(module.word(Aspect::mode), "manual");
  EXPECT_EQ(module.number(Aspect::setpoint), 20.5);
  EXPECT_EQ(module.word(Aspect::program), "1");
  EXPECT_EQ(module.flag(Aspect::load_active), true);
  EXPECT_EQ(module.number(Aspect::temperature), 19.8);
  EXPECT_EQ(module.number(Aspect::humidity), 47.3);
  EXPECT_EQ(module.reading(Aspect::temperature)->measured, parse_iso8601("2026-01-10T17:02:11Z"));
  EXPECT_EQ(module.mode_until, parse_iso8601("2026-01-10T22:30:00Z"));
  EXPECT_NE(module.raw_status.find("20.50000"), std::string::npos);
}

TEST(SmartherStatus, TheEndOfAModeComesInFourForms) {
  const auto expected = parse_iso8601("2026-01-10T22:30:00Z");
  for (const char* form : {"2026-01-10T23:30:00", "2026-01-10T22:30:00Z", "2026-01-11T00:30:00+02:00",
                           "2026-01-10T22:00:00/2026-01-10T23:30:00"})
    EXPECT_EQ(applied(with(smarther_status, "2026-01-10T23:30:00", form)).mode_until, expected) << form;
  EXPECT_EQ(applied(with(smarther_status, "2026-01-10T23:30:00", "")).mode_until, std::nullopt);
  EXPECT_EQ(applied(with(smarther_status, "\"activationTime\": \"2026-01-10T23:30:00\",", "")).mode_until,
            std::nullopt);
}

TEST(SmartherStatus, ALocalEndTimeIsReadOnTheClockOfTheDeviceWhenItShowsItsZone) {
  const Minutes elsewhere(-300);
  EXPECT_EQ(applied(smarther_status, elsewhere).mode_until, parse_iso8601("2026-01-10T22:30:00Z"));
  // A clock written in UTC does not tell where the device is.
  for (const char* clock : {"2026-01-10T17:02:11Z", "2026-01-10T17:02:11+00:00"})
    EXPECT_EQ(applied(with(smarther_status, "2026-01-10T18:02:11+01:00", clock), Minutes(60)).mode_until,
              parse_iso8601("2026-01-10T22:30:00Z"));
}

TEST(SmartherStatus, AnEndTimeThatIsNoTimeIsAComplaintAndNothingElseIsLost) {
  const StatusReport report = read(with(smarther_status, "2026-01-10T23:30:00", "tomorrow"));
  EXPECT_EQ(report.complaints,
            (std::vector<std::string>{"chronothermostats[0].activationTime: expected a date and time"}));
  EXPECT_EQ(report.modules.at(0).mode_until, std::nullopt);
  EXPECT_EQ(report.modules.at(0).readings.size(), 7u);
}

TEST(SmartherStatus, NumbersComeAsTextOrAsNumbersAndWordsInAnyCase) {
  const Module module = applied(
      R"({"chronothermostats":[{"function":"cooling","mode":"Automatic","setPoint":{"value":26,"unit":"c"},
          "programs":[{"number":"3"}],"loadState":"inactive",
          "thermometer":{"measures":[{"timeStamp":"2026-01-10T17:02:11Z","value":19.5,"unit":"C"}]},
          "hygrometer":{"measures":[{"value":"61","unit":"%"}]}}]})");
  EXPECT_EQ(module.word(Aspect::function), "cooling");
  EXPECT_EQ(module.word(Aspect::mode), "automatic");
  EXPECT_EQ(module.number(Aspect::setpoint), 26.0);
  EXPECT_EQ(module.word(Aspect::program), "3");
  EXPECT_EQ(module.flag(Aspect::load_active), false);
  EXPECT_EQ(module.number(Aspect::temperature), 19.5);
  EXPECT_EQ(module.number(Aspect::humidity), 61.0);
  EXPECT_EQ(module.reading(Aspect::humidity)->measured, std::nullopt);
}

TEST(SmartherStatus, ASetPointInFahrenheitIsTurnedIntoWhatCommandsUse) {
  const std::string fahrenheit =
      with(smarther_status, R"("20.50000", "unit": "C")", R"("68.9", "unit": "F")");
  EXPECT_EQ(applied(fahrenheit).number(Aspect::setpoint), 20.5);
  const std::string room = with(smarther_status, R"("19.8", "unit": "C")", R"("67.6", "unit": "F")");
  EXPECT_EQ(applied(room).number(Aspect::temperature), 67.6);
  EXPECT_EQ(applied(room).reading(Aspect::temperature)->unit, Unit::fahrenheit);
}

TEST(SmartherStatus, TheSetPointMeansNothingInABoost) {
  EXPECT_EQ(applied(with(smarther_status, "MANUAL", "BOOST")).reading(Aspect::setpoint), nullptr);
}

TEST(SmartherStatus, TheNewestMeasureCounts) {
  const Module module = applied(
      R"({"chronothermostats":[{"thermometer":{"measures":[
          {"timeStamp":"2026-01-10T17:00:00Z","value":"1"},{"timeStamp":"2026-01-10T19:00:00+01:00","value":"2"},
          {"timeStamp":"2026-01-10T17:30:00Z","value":"3"}]}}]})");
  EXPECT_EQ(module.number(Aspect::temperature), 2.0);
}

TEST(SmartherStatus, AnAnswerWithoutSenderBelongsToTheModuleThatWasAskedFor) {
  const StatusReport report = read(R"({"chronothermostats":[{"mode":"off"}]})");
  ASSERT_EQ(report.modules.size(), 1u);
  EXPECT_EQ(report.modules[0].id, hall);
  const auto two =
      smarther_api().read_status(smarther_plant(), smarther_api().status(smarther_plant()).front(),
                                 R"({"chronothermostats":[{"mode":"off"},{"mode":"off"}]})", Minutes(0));
  ASSERT_TRUE(two);
  EXPECT_TRUE(two->modules.empty());
  EXPECT_EQ(two->complaints.size(), 2u);
}

TEST(SmartherStatus, UnknownWordsAndFieldsAreKept) {
  const Module module = applied(
      R"({"chronothermostats":[{"mode":"HOLIDAY","loadState":"DEFROST","window":true,"receiver":{"oid":[]}}]})");
  EXPECT_EQ(module.word(Aspect::mode), "holiday");
  ASSERT_EQ(module.readings.size(), 3u);
  EXPECT_EQ(module.readings[1].name, "loadState");
  EXPECT_EQ(module.readings[2].name, "window");
}

TEST(SmartherStatus, AnOfflineNoticeMakesItUnreachable) {
  EXPECT_EQ(applied(R"({"chronothermostats":[{"online":false}]})").reach, Reach::unreachable);
}

TEST(SmartherStatus, TheAnswerOfMeasuresIsReadToo) {
  const StatusReport report = read(
      R"({"thermometer":{"measures":[{"timeStamp":"2026-01-10T17:00:00Z","value":"19.8","unit":"C"}]},
          "hygrometer":{"measures":[]},"sender":{"plant":{"module":{"id":"22222222-2222-4222-8222-222222222222"}}}})");
  ASSERT_EQ(report.modules.size(), 1u);
  EXPECT_EQ(report.modules[0].id, hall);
  ASSERT_EQ(report.modules[0].readings.size(), 1u);
  EXPECT_EQ(report.modules[0].readings[0].value, Value(19.8));
}

TEST(SmartherStatus, FieldsOfTheWrongTypeAreComplaints) {
  const StatusReport report = read(
      R"({"chronothermostats":[{"function":[],"setPoint":{"value":"warm"},"programs":[{"number":"x"}],"thermometer":7,
          "hygrometer":{"measures":{}}}]})");
  EXPECT_EQ(report.complaints,
            (std::vector<std::string>{"chronothermostats[0].function: expected text",
                                      "chronothermostats[0].setPoint.value: expected a number",
                                      "chronothermostats[0].programs[0].number: expected a number",
                                      "chronothermostats[0].thermometer.measures: expected a list",
                                      "chronothermostats[0].hygrometer.measures: expected a list"}));
}

TEST(SmartherPrograms, BecomeTheOptionsWithTheirNamesAndTheBuiltInOneIsAlwaysThere) {
  Plant plant = smarther_plant();
  ASSERT_EQ(smarther_api().extras(plant).size(), 1u);
  ASSERT_TRUE(smarther_api().read_extra(
      plant, 0,
      R"({"chronothermostats":[{"programs":[{"number":2,"name":"Office"},{"number":"1","name":"Week"},{"number":99},{}]}]})"));
  const Capability* program = plant.modules[0].capability(Aspect::program);
  EXPECT_EQ(program->options, (std::vector<std::string>{"0", "1", "2"}));
  EXPECT_EQ(program->labels, (std::vector<std::string>{"", "Week", "Office"}));
  EXPECT_FALSE(smarther_api().read_extra(plant, 1, "{}"));
  EXPECT_FALSE(smarther_api().read_extra(plant, 0, "<html>"));
}

TEST(SmartherPrograms, AnEmptyAnswerChangesNothing) {
  Plant plant = smarther_plant();
  ASSERT_TRUE(smarther_api().read_extra(plant, 0, ""));
  EXPECT_TRUE(plant.modules[0].capability(Aspect::program)->options.empty());
}

}  // namespace
}  // namespace foyer
