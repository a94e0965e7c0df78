// What a person may ask of a module, and the limits that are named when it is not allowed (E12).
#include "core/model/command.hpp"

#include <gtest/gtest.h>

namespace foyer {
namespace {

Module thermostat() {
  Module module{.id = ModuleId("smarther:t"), .name = "Hall", .kind = Kind::thermostat};
  module.capabilities = {
      {.aspect = Aspect::setpoint, .commandable = true, .unit = Unit::celsius, .range = Range{3, 40, 0.5}},
      {.aspect = Aspect::mode,
       .commandable = true,
       .options = {"automatic", "manual", "boost", "off", "protection"}},
      {.aspect = Aspect::program, .commandable = true, .range = Range{0, 11, 1}},
      {.aspect = Aspect::temperature, .unit = Unit::celsius}};
  return module;
}

Module shutter(double step) {
  Module module{.id = ModuleId("hc:s"), .name = "Blind", .kind = Kind::shutter};
  module.capabilities = {
      {.aspect = Aspect::position, .commandable = true, .unit = Unit::percent, .range = Range{0, 100, step}},
      {.aspect = Aspect::stop, .readable = false, .commandable = true}};
  return module;
}

Result<void> check_text(const Module& module, const char* text) {
  const auto command = parse_command(text);
  EXPECT_TRUE(command) << text;
  return check(module, *command);
}

std::string refusal(const Module& module, const char* text) {
  const auto result = check_text(module, text);
  EXPECT_FALSE(result) << text;
  if (result) return "allowed";
  EXPECT_EQ(result.error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(result.error().code, "E12");
  return result.error().message;
}

TEST(ParseCommand, EveryFormIsReadAndWrittenBackTheSame) {
  for (const char* text : {"on", "off", "level=40", "position=0", "stop", "setpoint=20.5", "setpoint=20.5:90",
                           "mode=boost:60", "mode=automatic", "mode=off:120", "program=2", "run", "preferred",
                           "fan_speed=2", "lock", "unlock", "pilot_wire=comfort", "pilot_wire=stand_by:60"}) {
    const auto command = parse_command(text);
    ASSERT_TRUE(command) << text;
    EXPECT_EQ(to_text(*command), text);
  }
}

TEST(ParseCommand, WhatIsNotUnderstoodIsAnsweredWithTheListOfForms) {
  for (const char* text : {"",
                           "On",
                           "toggle",
                           "level",
                           "level=",
                           "level=forty",
                           "level=40%",
                           "level=nan",
                           "level=1e999",
                           "setpoint=:30",
                           "setpoint=20:",
                           "setpoint=20:0",
                           "mode=",
                           "mode=:60",
                           "mode=boost:-5",
                           "mode=boost:99999999999",
                           "temperature=20",
                           "stop=1",
                           "on_off=on",
                           "fan_speed=fast",
                           "lock=on",
                           "preferred=1",
                           "pilot_wire=:60",
                           "=3"}) {
    const auto command = parse_command(text);
    ASSERT_FALSE(command) << text;
    EXPECT_EQ(command.error().kind, ErrorKind::invalid_input);
    EXPECT_NE(command.error().message.find("mode=WORD[:MINUTES]"), std::string::npos);
  }
}

TEST(CheckCommand, NumbersInsideRangeAndStepAreAllowed) {
  for (const char* text : {"setpoint=3", "setpoint=20.5", "setpoint=40", "setpoint=21:60"})
    EXPECT_TRUE(check_text(thermostat(), text)) << text;
  for (const char* text : {"position=0", "position=100", "stop"})
    EXPECT_TRUE(check_text(shutter(100), text)) << text;
  EXPECT_TRUE(check_text(shutter(1), "position=37"));
}

TEST(CheckCommand, TheRefusalNamesTheLimits) {
  EXPECT_EQ(refusal(thermostat(), "setpoint=21.7"), "21.7 °C is not allowed; use 3–40 in steps of 0.5.");
  EXPECT_EQ(refusal(thermostat(), "setpoint=2.5"), "2.5 °C is not allowed; use 3–40 in steps of 0.5.");
  EXPECT_EQ(refusal(thermostat(), "setpoint=40.5"), "40.5 °C is not allowed; use 3–40 in steps of 0.5.");
  EXPECT_EQ(refusal(shutter(100), "position=40"), "40 % is not allowed; use 0 or 100.");
  EXPECT_EQ(refusal(shutter(1), "position=101"), "101 % is not allowed; use 0–100 in steps of 1.");
}

TEST(CheckCommand, WordsAreThoseOfTheModule) {
  EXPECT_TRUE(check_text(thermostat(), "mode=protection"));
  EXPECT_EQ(refusal(thermostat(), "mode=holiday"),
            "\"holiday\" is not offered here; use automatic, manual, boost, off, protection.");
}

TEST(CheckCommand, ProgrammesAreNumbersUntilTheListIsKnownThenThoseOfTheList) {
  EXPECT_TRUE(check_text(thermostat(), "program=0"));
  EXPECT_TRUE(check_text(thermostat(), "program=11"));
  EXPECT_EQ(refusal(thermostat(), "program=12"), "12 is not allowed; use 0–11 in steps of 1.");
  EXPECT_EQ(refusal(thermostat(), "program=week"), "\"week\" is not a number.");
  Module known = thermostat();
  known.capabilities[2].options = {"0", "3"};
  EXPECT_TRUE(check_text(known, "program=3"));
  EXPECT_EQ(refusal(known, "program=4"), "\"4\" is not offered here; use 0, 3.");
}

TEST(CheckCommand, ABoostLastsThirtySixtyOrNinetyMinutes) {
  for (const char* text : {"mode=boost:30", "mode=boost:60", "mode=boost:90"})
    EXPECT_TRUE(check_text(thermostat(), text)) << text;
  for (const char* text : {"mode=boost", "mode=boost:45"})
    EXPECT_EQ(refusal(thermostat(), text), "A boost lasts 30, 60 or 90 minutes.");
}

TEST(CheckCommand, OnlyTimedModesHaveAnEnd) {
  for (const char* text : {"mode=manual:45", "mode=off:45", "mode=protection:45"})
    EXPECT_TRUE(check_text(thermostat(), text)) << text;
  EXPECT_EQ(refusal(thermostat(), "mode=automatic:45"), "This has no end time.");
  Command program{.aspect = Aspect::program, .value = std::string("1"), .lasting = Minutes(5)};
  EXPECT_FALSE(check(thermostat(), program));
}

TEST(CheckCommand, WhatTheModuleCannotDoIsRefused) {
  EXPECT_EQ(refusal(shutter(100), "on"), "This device does not take the command \"on_off\".");
  const Command read_only{.aspect = Aspect::temperature, .value = 20.0};
  EXPECT_FALSE(check(thermostat(), read_only));
}

TEST(CheckCommand, AValueOfTheWrongTypeIsRefused) {
  EXPECT_FALSE(check(thermostat(), {.aspect = Aspect::setpoint, .value = std::string("warm")}));
  EXPECT_FALSE(check(thermostat(), {.aspect = Aspect::setpoint, .value = true}));
  EXPECT_FALSE(check(thermostat(), {.aspect = Aspect::mode, .value = 1.0}));
}

TEST(CheckCommand, FansLocksAndPilotWiresHaveTheirOwnLimits) {
  Module module{.id = ModuleId("netatmo:m"), .name = "Fan", .kind = Kind::fan};
  module.capabilities = {{.aspect = Aspect::fan_speed, .commandable = true, .range = Range{1, 2, 1}},
                         {.aspect = Aspect::lock, .commandable = true},
                         {.aspect = Aspect::pilot_wire, .commandable = true, .options = {"comfort", "away"}},
                         {.aspect = Aspect::preferred, .readable = false, .commandable = true}};
  for (const char* text : {"fan_speed=1", "fan_speed=2", "lock", "unlock", "pilot_wire=away",
                           "pilot_wire=comfort:90", "preferred"})
    EXPECT_TRUE(check_text(module, text)) << text;
  EXPECT_EQ(refusal(module, "fan_speed=3"), "3 is not allowed; use 1 or 2.");
  EXPECT_EQ(refusal(module, "pilot_wire=warm"), "\"warm\" is not offered here; use comfort, away.");
  EXPECT_FALSE(check(module, {.aspect = Aspect::lock, .value = 1.0}));
  EXPECT_EQ(refusal(shutter(1), "preferred"), "This device does not take the command \"preferred\".");
}

// A door that was unlocked twice may have been opened twice.
TEST(Momentary, StopRunPreferredAndLocksAreNeverRepeated) {
  for (const char* text : {"stop", "run", "preferred", "lock", "unlock"})
    EXPECT_TRUE(momentary(*parse_command(text)));
  for (const char* text : {"on", "level=4", "position=0", "setpoint=20", "mode=boost:30", "program=1"})
    EXPECT_FALSE(momentary(*parse_command(text)));
}

}  // namespace
}  // namespace foyer
