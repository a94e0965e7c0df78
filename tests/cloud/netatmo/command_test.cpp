// Netatmo Connect requests, byte for byte, and the answers to
// them.
#include <gtest/gtest.h>

#include "tests/cloud/netatmo/payloads.hpp"

namespace foyer {
namespace {

using namespace test;
using policy::CommandClass;
using policy::Purpose;

constexpr const char* home = R"({"home":{"id":"5f0000000000000000000001",)";

Plant plant_now() {
  Plant plant = connect_plant();
  const auto report = connect().read_status(plant, Call{}, connect_status, Minutes(0));
  EXPECT_TRUE(report);
  apply(plant, *report, noon, nullptr, nullptr);
  EXPECT_TRUE(connect().read_extra(plant, 0, R"({"body":{"scenarios":[{"id":"sc \"1\"","name":"Soir"}]}})"));
  return plant;
}

Call call_for(const Plant& plant, const ModuleId& id, const char* text) {
  const Module* module = plant.module(id);
  const auto command = parse_command(text);
  EXPECT_TRUE(module && command) << text;
  if (!module || !command) return {};
  EXPECT_TRUE(check(*module, *command)) << text;
  const auto call = connect().command(plant, *module, *command, noon, Minutes(0));
  EXPECT_TRUE(call) << text;
  return call ? *call : Call{};
}

TEST(ConnectReads, PathsAndPurposes) {
  const Plant plant = plant_now();
  EXPECT_EQ(
      connect().plants(),
      (Call{.path = "/api/homesdata", .path_template = "/api/homesdata", .purpose = Purpose::topology}));
  EXPECT_EQ(connect().topology(plant.id), (Call{.path = "/api/homesdata?home_id=5f0000000000000000000001",
                                                .path_template = "/api/homesdata?home_id={home}",
                                                .purpose = Purpose::topology}));
  EXPECT_EQ(connect().extras(plant),
            (std::vector<Call>{{.path = "/api/getscenarios?home_id=5f0000000000000000000001",
                                .path_template = "/api/getscenarios?home_id={home}",
                                .purpose = Purpose::topology}}));
  const Call status = connect().module_status(plant, *plant.module(connect_module("11")));
  EXPECT_EQ(status, (Call{.path = "/api/homestatus?home_id=5f0000000000000000000001",
                          .path_template = "/api/homestatus?home_id={home}",
                          .purpose = Purpose::pressed}));
  EXPECT_EQ(connect().module_status(plant, *plant.module(connect_heating)).path,
            "/api/homesdata?home_id=5f0000000000000000000001");
}

// One call tells the state. The mode of the heating is elsewhere, and is asked for when it is old or waited
// for.
TEST(ConnectReads, TheModeOfTheHeatingIsReadAlongWhenItIsOldOrACommandWaits) {
  Plant plant = plant_now();
  const auto paths = [&] {
    std::string all;
    for (const Call& call : connect().status(plant)) all += call.path.substr(0, call.path.find('?')) + " ";
    return all;
  };
  for (Reading& reading : plant.module(connect_heating)->readings) reading.received = noon;
  EXPECT_EQ(paths(), "/api/homestatus ");
  plant.status_at = noon + Minutes(5);
  EXPECT_EQ(paths(), "/api/homestatus /api/homesdata ");
  plant.status_at = noon;
  plant.module(connect_heating)
      ->set_reading(
          {.aspect = Aspect::mode, .value = "away", .received = noon, .origin = Origin::optimistic});
  EXPECT_EQ(paths(), "/api/homestatus /api/homesdata ");
  std::erase_if(plant.modules, [](const Module& one) { return one.id == connect_heating; });
  EXPECT_EQ(paths(), "/api/homestatus ");
}

TEST(ConnectCommands, ModulesAreSetByStateOnTheirBridge) {
  const Plant plant = plant_now();
  struct Case {
    const char *module, *text, *rest;
  };
  const Case cases[] = {
      {"11", "on", R"("on":true)"},
      {"11", "off", R"("on":false)"},
      {"11", "level=40", R"("on":true,"brightness":40)"},
      {"12", "on", R"("on":true)"},
      {"13", "position=0", R"("target_position":0)"},
      {"13", "position=100", R"("target_position":100)"},
      {"13", "position=37", R"("target_position":37)"},
      {"13", "stop", R"("target_position":-1)"},
      {"13", "preferred", R"("target_position":-2)"},
      {"14", "fan_speed=1", R"("fan_speed":1)"},
      {"14", "fan_speed=2", R"("fan_speed":2)"},
      {"15", "off", R"("on":false)"},
      {"17#1", "on", R"("on":true)"},
      {"18", "unlock", R"("lock":false)"},
      {"18", "lock", R"("lock":true)"},
  };
  for (const Case& one : cases) {
    const Call call = call_for(plant, connect_module(one.module), one.text);
    EXPECT_EQ(call.method, "POST");
    EXPECT_EQ(call.path, "/api/setstate");
    EXPECT_EQ(call.path_template, "/api/setstate");
    EXPECT_EQ(call.purpose, Purpose::write);
    EXPECT_EQ(call.operation, momentary(*parse_command(one.text)) ? CommandClass::momentary_write
                                                                  : CommandClass::absolute_write);
    EXPECT_EQ(call.body, std::string(home) + R"("modules":[{"id":"00:04:74:00:00:00:00:)" + one.module +
                             R"(","bridge":"00:04:74:00:00:01",)" + one.rest + "}]}}")
        << one.text;
  }
}

TEST(ConnectCommands, AModuleWithoutBridgeNamesNone) {
  const Plant plant = connect_plant(R"({"body":{"homes":[{"id":"h","modules":[{"id":"m","type":"NLM"}]}]}})");
  EXPECT_EQ(call_for(plant, ModuleId("netatmo:m"), "on").body,
            R"({"home":{"id":"h","modules":[{"id":"m","on":true}]}})");
}

TEST(ConnectCommands, AScenarioIsRunByItsGateway) {
  const Plant plant = plant_now();
  const Call call = call_for(plant, ModuleId(connect_home.text + "/scenario/sc \"1\""), "run");
  EXPECT_EQ(call.body,
            std::string(home) + R"("modules":[{"id":"00:04:74:00:00:01","scenario":"sc \"1\""}]}})");
  EXPECT_EQ(call.operation, CommandClass::momentary_write);
}

TEST(ConnectCommands, RoomsTakeSetPointsModesAndOrders) {
  const Plant plant = plant_now();
  struct Case {
    const char *room, *text, *rest;
  };
  const Case cases[] = {
      {"1000003", "setpoint=21.5", R"("therm_setpoint_mode":"manual","therm_setpoint_temperature":21.5)"},
      {"1000003", "setpoint=21.5:120",
       R"("therm_setpoint_mode":"manual","therm_setpoint_temperature":21.5,"therm_setpoint_end_time":1760007400)"},
      {"1000003", "mode=manual", R"("therm_setpoint_mode":"manual","therm_setpoint_temperature":21)"},
      {"1000003", "mode=max:30", R"("therm_setpoint_mode":"max","therm_setpoint_end_time":1760002000)"},
      {"1000003", "mode=automatic", R"("therm_setpoint_mode":"home")"},
      {"1000003", "mode=protection", R"("therm_setpoint_mode":"hg")"},
      {"1000003", "mode=off", R"("therm_setpoint_mode":"off")"},
      {"1000002", "pilot_wire=comfort", R"("therm_setpoint_mode":"manual","therm_setpoint_fp":"comfort")"},
      {"1000002", "pilot_wire=away:60",
       R"("therm_setpoint_mode":"manual","therm_setpoint_fp":"away","therm_setpoint_end_time":1760003800)"},
      {"1000002", "pilot_wire=frost_guard",
       R"("therm_setpoint_mode":"hg","therm_setpoint_fp":"frost_guard")"},
      {"1000002", "pilot_wire=stand_by", R"("therm_setpoint_mode":"hg","therm_setpoint_fp":"stand_by")"},
      {"1000002", "mode=automatic", R"("therm_setpoint_mode":"home")"},
  };
  for (const Case& one : cases) {
    const Call call = call_for(plant, connect_room(one.room), one.text);
    EXPECT_EQ(call.path, "/api/setstate");
    EXPECT_EQ(call.operation, CommandClass::absolute_write);
    EXPECT_EQ(call.body, std::string(home) + R"("rooms":[{"id":")" + one.room + R"(",)" + one.rest + "}]}}")
        << one.text;
  }
}

TEST(ConnectCommands, ARoomThatCoolsIsSetUnderTheOtherPrefix) {
  Plant plant = plant_now();
  plant.module(connect_room("1000003"))->set_reading({.aspect = Aspect::function, .value = "cooling"});
  EXPECT_EQ(
      call_for(plant, connect_room("1000003"), "setpoint=26:120").body,
      std::string(home) +
          R"("rooms":[{"id":"1000003","cooling_setpoint_mode":"manual","cooling_setpoint_temperature":26,"cooling_setpoint_end_time":1760007400}]}})");
}

TEST(ConnectCommands, ManualWithoutAnyKnownSetPointIsRefusedHere) {
  const Plant plant = connect_plant();  // no status yet
  const auto call = connect().command(plant, *plant.module(connect_room("1000003")),
                                      *parse_command("mode=manual"), noon, Minutes(0));
  ASSERT_FALSE(call);
  EXPECT_EQ(call.error().code, "E12");
}

TEST(ConnectCommands, ManualNeverSendsASetPointOutsideTheLimitsOfTheRoom) {
  struct Case {
    double setpoint, measured;
    const char* sent;
  };
  const Case cases[] = {{0, 18.3, "18.5"}, {4.5, 31, nullptr}, {31, 4, nullptr},
                        {5, 18, "5"},      {30, 18, "30"},     {-1, 30.2, "30"}};
  for (const Case& one : cases) {
    Plant plant = plant_now();
    Module& room = *plant.module(connect_room("1000003"));
    room.set_reading({.aspect = Aspect::setpoint, .value = one.setpoint});
    room.set_reading({.aspect = Aspect::temperature, .value = one.measured});
    const auto call = connect().command(plant, room, *parse_command("mode=manual"), noon, Minutes(0));
    ASSERT_EQ(call.has_value(), one.sent != nullptr) << one.setpoint;
    if (!call) {
      EXPECT_EQ(call.error().code, "E12");
      continue;
    }
    EXPECT_NE(call->body.find(std::string(R"("therm_setpoint_temperature":)") + one.sent + "}"),
              std::string::npos)
        << call->body;
  }
}

TEST(ConnectCommands, ManualAfterOffStartsAtTheLastSetPoint) {
  Plant plant = plant_now();
  const auto off = connect().read_status(
      plant, Call{},
      R"({"body":{"home":{"rooms":[{"id":"1000003","reachable":true,"therm_setpoint_mode":"off","therm_setpoint_temperature":0}]}}})",
      Minutes(0));
  ASSERT_TRUE(off);
  apply(plant, *off, noon, nullptr, nullptr);
  EXPECT_EQ(plant.module(connect_room("1000003"))->word(Aspect::mode), "off");
  EXPECT_EQ(
      call_for(plant, connect_room("1000003"), "mode=manual").body,
      std::string(home) +
          R"("rooms":[{"id":"1000003","therm_setpoint_mode":"manual","therm_setpoint_temperature":21}]}})");
}

TEST(ConnectCommands, TheHeatingOfTheHomeHasEndpointsOfItsOwn) {
  const Plant plant = plant_now();
  struct Case {
    const char *text, *path, *body;
  };
  const Case cases[] = {
      {"mode=automatic", "/api/setthermmode", R"({"home_id":"5f0000000000000000000001","mode":"schedule"})"},
      {"mode=away", "/api/setthermmode", R"({"home_id":"5f0000000000000000000001","mode":"away"})"},
      {"mode=protection:1440", "/api/setthermmode",
       R"({"home_id":"5f0000000000000000000001","mode":"hg","endtime":1760086600})"},
      {"program=s-summer", "/api/switchhomeschedule",
       R"({"home_id":"5f0000000000000000000001","schedule_id":"s-summer"})"},
  };
  for (const Case& one : cases) {
    const Call call = call_for(plant, connect_heating, one.text);
    EXPECT_EQ(call, (Call{.method = "POST",
                          .path = one.path,
                          .path_template = one.path,
                          .body = one.body,
                          .operation = CommandClass::absolute_write,
                          .purpose = Purpose::write}))
        << one.text;
  }
  const Plant cool = connect_plant(with(connect_topology, R"("temperature_control_mode":"heating")",
                                        R"("temperature_control_mode":"cooling")"));
  EXPECT_EQ(call_for(cool, connect_heating, "program=s-cool").body,
            R"({"home_id":"5f0000000000000000000001","schedule_id":"s-cool","schedule_type":"cooling"})");
}

TEST(ConnectCommands, WhatHasNoWireFormIsRefused) {
  const Plant plant = plant_now();
  const Command cases[] = {{.aspect = Aspect::temperature, .value = 20.0},
                           {.aspect = Aspect::on_off, .value = 1.0},
                           {.aspect = Aspect::level, .value = std::string("high")}};
  for (const ModuleId& id : {connect_module("11"), connect_room("1000003"), connect_heating,
                             ModuleId(connect_home.text + "/scenario/sc \"1\"")})
    for (const Command& command : cases) {
      const auto call = connect().command(plant, *plant.module(id), command, noon, Minutes(0));
      EXPECT_FALSE(call) << id.text;
    }
}

TEST(ConnectAnswers, OkAloneIsNotObedience) {
  const Plant plant = plant_now();
  const Module& lamp = *plant.module(connect_module("11"));
  const auto answer = [&](const char* errors) {
    return connect().read_command(
        lamp, with(R"({"status":"ok","body":{"home":{"id":"h"},"errors":%}})", "%", errors));
  };
  EXPECT_TRUE(connect().read_command(lamp, R"({"status":"ok","time_server":1760000200})"));
  EXPECT_TRUE(connect().read_command(lamp, ""));
  EXPECT_TRUE(answer("[]"));
  EXPECT_TRUE(answer(R"([{"code":6,"id":"00:04:74:00:00:00:00:12"}])")) << "of another module";
  EXPECT_TRUE(answer(R"([{"code":23,"id":"00:04:74:00:00:00:00:11","message":"Already on"}])"))
      << "what was asked for is so";
  struct Case {
    const char *errors, *message;
  };
  const Case cases[] = {
      {R"([{"code":6,"id":"00:04:74:00:00:00:00:11"}])", "code 6: unreachable"},
      {R"([{"code":6,"id":"00:04:74:00:00:01"}])", "code 6: unreachable"},
      {R"([{"code":5,"id":"00:04:74:00:00:00:00:11"}])", "code 5: invalid parameters for this device"},
      {R"([{"code":99,"id":"00:04:74:00:00:00:00:11"}])", "code 99"},
      {R"([{"code":"4"}])", "code 4: unknown command for this device"},
      {R"([{"code":2,"id":"00:04:74:00:00:00:00:11","message":"Try later"}])", "code 2: Try later"},
      {R"([{}])", "code ?"},
  };
  for (const Case& one : cases) {
    const auto refused = answer(one.errors);
    ASSERT_FALSE(refused) << one.errors;
    EXPECT_EQ(refused.error().kind, ErrorKind::refused);
    EXPECT_EQ(refused.error().message, one.message);
  }
  EXPECT_FALSE(connect().read_command(*plant.module(connect_room("1000003")),
                                      R"({"body":{"errors":[{"code":6,"id":"1000003"}]}})"))
      << "rooms are named by their own id";
}

}  // namespace
}  // namespace foyer
