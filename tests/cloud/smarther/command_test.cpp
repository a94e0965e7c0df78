// Smarther requests, byte for byte.
#include <gtest/gtest.h>

#include "tests/cloud/payloads.hpp"

namespace foyer {
namespace {

using namespace test;

constexpr const char* address =
    "/smarther/v2.0/chronothermostat/thermoregulation/addressLocation/plants/"
    "11111111-1111-4111-8111-111111111111"
    "/modules/parameter/id/value/22222222-2222-4222-8222-222222222222";
const Instant now = *parse_iso8601("2026-01-10T17:02:42Z");
constexpr Minutes rome(60);

Plant after_status(std::string_view status) {
  Plant plant = smarther_plant();
  const auto report = smarther_api().read_status(plant, smarther_api().status(plant).front(), status, rome);
  apply(plant, *report, now, nullptr, nullptr);
  return plant;
}

Result<Call> command(const Plant& plant, const char* text) {
  const auto parsed = parse_command(text);
  EXPECT_TRUE(check(plant.modules[0], *parsed)) << text;
  return smarther_api().command(plant, plant.modules[0], *parsed, now, rome);
}

std::string body(const Plant& plant, const char* text) {
  const auto call = command(plant, text);
  return call ? call->body : call.error().message;
}

TEST(SmartherReads, PathsAndPurposes) {
  const Plant plant = smarther_plant();
  EXPECT_EQ(smarther_api().plants().path, "/smarther/v2.0/plants");
  EXPECT_EQ(smarther_api().topology(plant.id).path,
            "/smarther/v2.0/plants/11111111-1111-4111-8111-111111111111/topology");
  ASSERT_EQ(smarther_api().status(plant).size(), 1u);
  EXPECT_EQ(smarther_api().status(plant)[0].path, address);
  EXPECT_EQ(smarther_api().status(plant)[0].purpose, policy::Purpose::poll);
  EXPECT_EQ(smarther_api().module_status(plant, plant.modules[0]).path, address);
  EXPECT_EQ(smarther_api().module_status(plant, plant.modules[0]).purpose, policy::Purpose::pressed);
  EXPECT_EQ(smarther_api().extras(plant)[0].path, std::string(address) + "/programlist");
  EXPECT_EQ(
      smarther_api().extras(plant)[0].path_template,
      "/smarther/v2.0/chronothermostat/thermoregulation/addressLocation/plants/{plant}/modules/parameter/id/"
      "value/{module}/programlist");
}

TEST(SmartherCommands, TheRequestIsAPostToTheThermostatAndMayBeRepeated) {
  const auto call = command(smarther_plant(), "mode=off");
  ASSERT_TRUE(call);
  EXPECT_EQ(call->method, "POST");
  EXPECT_EQ(call->path, address);
  EXPECT_EQ(call->operation, policy::CommandClass::absolute_write);
  EXPECT_EQ(call->purpose, policy::Purpose::write);
}

TEST(SmartherCommands, BodiesOfEveryMode) {
  const Plant plant = after_status(smarther_status);
  EXPECT_EQ(body(plant, "setpoint=21"),
            R"({"function":"heating","mode":"manual","setPoint":{"value":21.0,"unit":"C"}})");
  EXPECT_EQ(
      body(plant, "setpoint=21.5:90"),
      R"({"function":"heating","mode":"manual","setPoint":{"value":21.5,"unit":"C"},"activationTime":"2026-01-10T19:32:42"})");
  EXPECT_EQ(body(plant, "mode=manual"),
            R"({"function":"heating","mode":"manual","setPoint":{"value":20.5,"unit":"C"}})");
  EXPECT_EQ(body(plant, "mode=automatic"),
            R"({"function":"heating","mode":"automatic","programs":[{"number":1}]})");
  EXPECT_EQ(body(plant, "program=4"),
            R"({"function":"heating","mode":"automatic","programs":[{"number":4}]})");
  EXPECT_EQ(body(plant, "mode=off"), R"({"function":"heating","mode":"off"})");
  EXPECT_EQ(body(plant, "mode=protection"), R"({"function":"heating","mode":"protection"})");
  EXPECT_EQ(body(plant, "mode=off:120"),
            R"({"function":"heating","mode":"off","activationTime":"2026-01-10T20:02:42"})");
}

TEST(SmartherCommands, ABoostIsAStretchOfWholeLocalMinutes) {
  const Plant plant = after_status(smarther_status);
  EXPECT_EQ(
      body(plant, "mode=boost:30"),
      R"({"function":"heating","mode":"boost","activationTime":"2026-01-10T18:02:00/2026-01-10T18:32:00"})");
  EXPECT_EQ(
      body(plant, "mode=boost:60"),
      R"({"function":"heating","mode":"boost","activationTime":"2026-01-10T18:02:00/2026-01-10T19:02:00"})");
  EXPECT_EQ(
      body(plant, "mode=boost:90"),
      R"({"function":"heating","mode":"boost","activationTime":"2026-01-10T18:02:00/2026-01-10T19:32:00"})");
}

TEST(SmartherCommands, TimesAreThoseOfTheThermostatsOwnClockWhereverThePersonIs) {
  const Plant plant = after_status(smarther_status);  // its clock shows +01:00
  const auto call =
      smarther_api().command(plant, plant.modules[0], *parse_command("mode=boost:30"), now, Minutes(-300));
  ASSERT_TRUE(call);
  EXPECT_EQ(
      call->body,
      R"({"function":"heating","mode":"boost","activationTime":"2026-01-10T18:02:00/2026-01-10T18:32:00"})");
  const Plant silent = smarther_plant();
  const auto assumed =
      smarther_api().command(silent, silent.modules[0], *parse_command("mode=off:30"), now, Minutes(120));
  EXPECT_EQ(assumed->body, R"({"function":"heating","mode":"off","activationTime":"2026-01-10T19:32:42"})");
}

TEST(SmartherCommands, TheFunctionIsTheOneTheDeviceIsIn) {
  const Plant cooling = after_status(R"({"chronothermostats":[{"function":"COOLING"}]})");
  EXPECT_EQ(body(cooling, "mode=off"), R"({"function":"cooling","mode":"off"})");
  EXPECT_EQ(body(smarther_plant(), "mode=off"), R"({"function":"heating","mode":"off"})");
}

TEST(SmartherCommands, AutomaticWithoutAKnownProgrammeTakesTheBuiltInOne) {
  EXPECT_EQ(body(smarther_plant(), "mode=automatic"),
            R"({"function":"heating","mode":"automatic","programs":[{"number":0}]})");
}

TEST(SmartherCommands, ManualWithoutAKnownSetPointAsksForOne) {
  const auto call = command(smarther_plant(), "mode=manual");
  ASSERT_FALSE(call);
  EXPECT_EQ(call.error().code, "E12");
  EXPECT_EQ(call.error().field, "setpoint");
}

TEST(SmartherCommands, WhatWasNotCheckedBeforeIsStillRefused) {
  const Plant plant = smarther_plant();
  const Command bad[] = {{Aspect::setpoint, std::string("warm")},
                         {Aspect::mode, std::string("holiday")},
                         {Aspect::mode, std::string("boost")},
                         {Aspect::program, std::string("12")},
                         {Aspect::program, std::string("x")},
                         {Aspect::mode, 3.0},
                         {Aspect::on_off, true},
                         {Aspect::run, true}};
  for (const Command& one : bad) {
    const auto call = smarther_api().command(plant, plant.modules[0], one, now, rome);
    ASSERT_FALSE(call) << to_text(one);
    EXPECT_EQ(call.error().code, "E12");
  }
  Module stranger = plant.modules[0];
  stranger.kind = Kind::unknown;
  EXPECT_FALSE(smarther_api().command(plant, stranger, *parse_command("mode=off"), now, rome));
}

}  // namespace
}  // namespace foyer
