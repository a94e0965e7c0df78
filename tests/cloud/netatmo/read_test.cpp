// Netatmo Connect: homes, rooms, modules and their state in the model.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/cloud/netatmo/payloads.hpp"

namespace foyer {
namespace {

using namespace test;
using Texts = std::vector<std::string>;

Plant with_status(std::string_view status = connect_status) {
  Plant plant = connect_plant();
  const auto report = connect().read_status(plant, Call{}, status, Minutes(0));
  EXPECT_TRUE(report) << report.error().message;
  if (report) {
    EXPECT_EQ(report->complaints, Texts{});
    apply(plant, *report, noon, nullptr, nullptr);
  }
  return plant;
}

TEST(ConnectHomes, OneCallTellsThePlantWithAllThatIsInIt) {
  EXPECT_TRUE(connect().lists_topology());
  const Plant plant = connect_plant();
  EXPECT_EQ(plant.id, connect_home);
  EXPECT_EQ(plant.name, "Maison");
  EXPECT_EQ(plant.country, "FR");
  EXPECT_EQ(plant.time_zone, "Europe/Paris");
  EXPECT_EQ(plant.setpoint_lasting, Minutes(180));
  EXPECT_EQ(plant.complaints, Texts{});
  ASSERT_EQ(plant.ambients.size(), 3u);
  EXPECT_EQ(plant.ambients[0], (Ambient{AmbientId("netatmo:1000001"), "Salon", "livingroom"}));
  EXPECT_EQ(plant.modules.size(), 13u + 2u + 1u) << "13 devices, 2 heated rooms, the heating";
  ASSERT_EQ(plant.gateways.size(), 2u);
  EXPECT_EQ(plant.gateways[0].name, "Passerelle");
  EXPECT_EQ(plant.gateways[1].name, "Smarther");
}

TEST(ConnectHomes, TheTopologyOfOneHomeIsTheSame) {
  const auto one = connect().read_topology(summary(connect_home.text), connect_topology);
  ASSERT_TRUE(one);
  EXPECT_EQ(*one, connect_plant());
  EXPECT_FALSE(connect().read_topology(summary("netatmo:other"), connect_topology));
}

TEST(ConnectHomes, ModulesAreInTheRoomTheyNameOrTheRoomThatNamesThem) {
  const Plant plant = connect_plant();
  EXPECT_EQ(plant.module(connect_module("11"))->ambient, AmbientId("netatmo:1000001"));
  EXPECT_EQ(plant.module(connect_module("12"))->ambient, AmbientId("netatmo:1000001")) << "by module_ids";
  EXPECT_EQ(plant.module(connect_module("14"))->ambient, AmbientId()) << "its room does not exist";
  EXPECT_EQ(plant.module(connect_module("15"))->ambient, AmbientId());
}

TEST(ConnectHomes, AModuleHangsOnItsBridgeOrOnTheGatewayThatNamesItOrOnItself) {
  const Plant plant = connect_plant();
  const GatewayId gateway("netatmo:00:04:74:00:00:01");
  EXPECT_EQ(plant.module(connect_module("11"))->gateway, gateway);
  EXPECT_EQ(plant.module(connect_module("19"))->gateway, gateway) << "by modules_bridged";
  EXPECT_EQ(plant.module(ModuleId("netatmo:10:20:30:00:00:01"))->gateway,
            GatewayId("netatmo:10:20:30:00:00:01"));
}

TEST(ConnectHomes, ChannelsBelongToTheirDeviceAndActInItsPlace) {
  const Plant plant = connect_plant();
  const Module& device = *plant.module(connect_module("17"));
  const Module& named = *plant.module(connect_module("17#1"));
  const Module& nameless = *plant.module(connect_module("17#2"));
  EXPECT_EQ(device.name, "Double light switch");
  EXPECT_EQ(can(device), "");
  EXPECT_EQ(named.name, "Lit");
  EXPECT_EQ(named.part_of, device.id);
  EXPECT_EQ(can(named), "on_off! power");
  EXPECT_EQ(named.ambient, AmbientId("netatmo:1000002"));
  EXPECT_EQ(nameless.name, "Double light switch 2");
  EXPECT_EQ(can(nameless), "on_off! power");
}

TEST(ConnectHomes, ARadiatorIsAHeaterAndItsRoomTakesPilotWireOrders) {
  const Plant plant = connect_plant();
  EXPECT_EQ(plant.module(connect_module("16"))->kind, Kind::heater);
  const Module& room = *plant.module(connect_room("1000002"));
  EXPECT_EQ(room.name, "Chambre");
  EXPECT_EQ(room.kind, Kind::heater);
  EXPECT_EQ(can(room), "mode! pilot_wire!");
  EXPECT_EQ(room.capability(Aspect::mode)->options, (Texts{"automatic", "protection", "off"}));
  EXPECT_EQ(room.capability(Aspect::pilot_wire)->options,
            (Texts{"comfort", "away", "frost_guard", "stand_by"}));
  EXPECT_EQ(room.gateway, GatewayId("netatmo:00:04:74:00:00:01"));
}

TEST(ConnectHomes, ARoomWithAThermostatTakesSetPoints) {
  const Plant plant = connect_plant();
  const Module& room = *plant.module(connect_room("1000003"));
  EXPECT_EQ(room.kind, Kind::thermostat);
  EXPECT_EQ(can(room), "setpoint![5-30/0.5] temperature mode!");
  EXPECT_EQ(room.capability(Aspect::mode)->options,
            (Texts{"automatic", "manual", "max", "protection", "off"}));
  EXPECT_EQ(plant.module(connect_room("1000001")), nullptr) << "nothing heats there";
}

TEST(ConnectHomes, TheHeatingOfTheHomeHasAModeAndTheSchedulesOfItsSeason) {
  const Plant plant = connect_plant();
  const Module& heating = *plant.module(connect_heating);
  EXPECT_EQ(can(heating), "mode! function program!");
  EXPECT_EQ(says(heating), "mode=automatic function=heating program=s-winter");
  EXPECT_EQ(heating.capability(Aspect::program)->options, (Texts{"s-winter", "s-summer"}));
  EXPECT_EQ(heating.capability(Aspect::program)->labels, (Texts{"Hiver", "Été"}));
  const Plant cool = connect_plant(with(connect_topology, R"("temperature_control_mode":"heating")",
                                        R"("temperature_control_mode":"cooling","cooling_mode":"away")"));
  EXPECT_EQ(says(*cool.module(connect_heating)), "mode=away function=cooling program=s-cool");
  EXPECT_EQ(cool.module(connect_heating)->capability(Aspect::program)->labels, Texts{"Frais"});
}

TEST(ConnectHomes, ModesOfTheHomeAreInOurWordsAndUnknownOnesStay) {
  for (const auto& [theirs, ours] : {std::pair("schedule", "automatic"), std::pair("away", "away"),
                                     std::pair("hg", "protection"), std::pair("party", "party")}) {
    const Plant plant = connect_plant(
        with(connect_topology, R"("therm_mode":"schedule")",
             std::string(R"("therm_mode":")") + theirs + R"(","therm_mode_endtime":1760086400)"));
    EXPECT_EQ(plant.module(connect_heating)->word(Aspect::mode), ours);
    EXPECT_EQ(plant.module(connect_heating)->mode_until, instant_from_ms(1'760'086'400'000));
  }
}

TEST(ConnectHomes, SchedulesOfEveryTypeAreReadWithTheirZones) {
  const Plant plant = connect_plant();
  ASSERT_EQ(plant.schedules.size(), 5u);
  const Schedule& winter = plant.schedules[0];
  EXPECT_EQ(winter.name, "Hiver");
  EXPECT_TRUE(winter.selected);
  EXPECT_EQ(winter.away_temperature, 14);
  EXPECT_EQ(winter.frost_temperature, 7);
  EXPECT_EQ(winter.timetable, (std::vector<Slot>{{0, 420}, {1, 1320}}));
  ASSERT_EQ(winter.zones.size(), 2u);
  EXPECT_EQ(winter.zones[0].rooms,
            (std::vector<ZoneRoom>{{AmbientId("netatmo:1000003"), 20.5, ""},
                                   {AmbientId("netatmo:1000002"), std::nullopt, "comfort"}}));
  EXPECT_EQ(winter.zones[1].rooms.size(), 1u) << "the mirror rooms_temp is not read twice";
  EXPECT_EQ(zone_at(winter, 0)->name, "Nuit");
  EXPECT_EQ(plant.schedules[2].away_temperature, 28);
  EXPECT_EQ(plant.schedules[3].zones[0].actions,
            (std::vector<ZoneAction>{{connect_module("11"), "on", true},
                                     {connect_module("11"), "brightness", 40.0}}));
  const Schedule& prices = plant.schedules[4];
  EXPECT_EQ(prices.name, "s-power") << "nobody named it";
  EXPECT_EQ(prices.tariff, "edf_tarif_bleu");
  EXPECT_EQ(prices.tariff_option, "peak_and_off_peak");
  EXPECT_EQ(prices.power_threshold, 9);
  EXPECT_EQ(prices.power_unit, "kVA");
  EXPECT_EQ(prices.zones[1].price, 0.2068);
  EXPECT_EQ(prices.zones[1].price_type, "off_peak");
  EXPECT_TRUE(prices.raw.starts_with(R"({"id":"s-power")")) << "kept whole, to be edited and sent back";
}

TEST(ConnectHomes, AnOlderScheduleTellsItsRoomsInTheMirrorOnly) {
  const Plant plant = connect_plant(
      with(connect_topology, R"("rooms":[{"id":"1000003","therm_setpoint_temperature":17}],)", ""));
  EXPECT_EQ(plant.schedules[0].zones[1].rooms,
            (std::vector<ZoneRoom>{{AmbientId("netatmo:1000003"), 17.0, ""}}));
}

TEST(ConnectHomes, EmptyHomesAreHomes) {
  const auto none = connect().read_plants(200, R"({"body":{"homes":[]}})");
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->empty());
  const Plant bare = connect_plant(R"({"body":{"homes":[{"id":"h"}]}})");
  EXPECT_EQ(bare, (Plant{.id = PlantId("netatmo:h"), .name = "h"}));
}

TEST(ConnectHomes, PersonalDataOfTheUserIsNotKept) {
  const Plant plant = connect_plant();
  for (const Module& module : plant.modules)
    EXPECT_EQ(module.raw_topology.find("example.com"), std::string::npos);
}

TEST(ConnectStatus, EveryModuleSaysWhatItSays) {
  const Plant plant = with_status();
  const auto told = [&](const char* end) { return says(*plant.module(connect_module(end))); };
  EXPECT_EQ(says(*plant.module(ModuleId("netatmo:00:04:74:00:00:01"))),
            "load_shedding=off firmware=250 last_seen=2025-10-09T08:54:50Z wifi_strength=55");
  EXPECT_EQ(told("11"), "on_off=on level=70% power=9W firmware=60 last_seen=2025-10-09T08:54:40Z");
  EXPECT_EQ(told("12"), "on_off=off power=0W load_shedding=on");
  EXPECT_EQ(told("13"), "target_position=30 position=30%");
  EXPECT_EQ(told("14"), "fan_speed=2 power=20W");
  EXPECT_EQ(told("15"), "on_off=on contactor_mode=off power=1200W");
  EXPECT_EQ(told("17#1"), "on_off=on power=4W");
  EXPECT_EQ(told("18"), "lock=on");
  EXPECT_EQ(says(*plant.module(ModuleId("netatmo:10:20:30:00:00:01"))),
            "firmware=32 wifi_strength=49 load_active=on");
}

TEST(ConnectStatus, ReachIsTheModulesOwnWordItsDevicesOrThatItAnsweredAtAll) {
  const Plant plant = with_status();
  EXPECT_EQ(plant.module(connect_module("11"))->reach, Reach::reachable);
  EXPECT_EQ(plant.module(connect_module("17#1"))->reach, Reach::reachable) << "its device says so";
  EXPECT_EQ(plant.module(ModuleId("netatmo:10:20:30:00:00:01"))->reach, Reach::reachable)
      << "a BNS never says";
  EXPECT_EQ(plant.module(connect_module("17#2"))->reach, Reach::unknown) << "not in the answer";
  const Plant silent = with_status(
      with(connect_status, R"("power":9,"firmware_revision":60,"last_seen":1760000080,"reachable":true)",
           R"("reachable":false)"));
  EXPECT_EQ(silent.module(connect_module("11"))->reach, Reach::unreachable);
}

TEST(ConnectStatus, AnErrorInsideTheAnswerIsTheModules) {
  const Plant plant = with_status();
  const Module& radiator = *plant.module(connect_module("16"));
  EXPECT_EQ(radiator.reach, Reach::unreachable);
  EXPECT_EQ(radiator.error, "code 6: unreachable");
  EXPECT_EQ(plant.gateways[0].offline_since, std::nullopt);
}

TEST(ConnectStatus, WhatHangsOnASilentGatewayIsUnreachable) {
  Plant plant = with_status();
  const auto report = connect().read_status(
      plant, Call{},
      R"({"status":"ok","body":{"errors":[{"code":6,"id":"00:04:74:00:00:01"}],"home":{"id":"5f0000000000000000000001"}}})",
      Minutes(0));
  ASSERT_TRUE(report);
  apply(plant, *report, noon, nullptr, nullptr);
  EXPECT_EQ(plant.gateways[0].offline_since, noon);
  EXPECT_EQ(plant.gateways[1].offline_since, std::nullopt);
  EXPECT_EQ(plant.module(ModuleId("netatmo:00:04:74:00:00:01"))->error, "code 6: unreachable");
  for (const char* end : {"11", "12", "13", "14", "15", "16", "17", "17#1", "18", "19"})
    EXPECT_EQ(plant.module(connect_module(end))->reach, Reach::unreachable) << end;
  EXPECT_EQ(plant.module(connect_room("1000002"))->reach, Reach::unreachable);
  EXPECT_EQ(plant.module(connect_room("1000003"))->reach, Reach::reachable) << "heated by another one";
  EXPECT_EQ(plant.module(connect_heating)->reach, Reach::unknown);
  const auto again = connect().read_status(plant, Call{}, connect_status, Minutes(0));
  ASSERT_TRUE(again);
  apply(plant, *again, noon, nullptr, nullptr);
  EXPECT_EQ(plant.gateways[0].offline_since, std::nullopt);
  EXPECT_EQ(plant.module(connect_module("11"))->error, "");
}

TEST(ConnectStatus, RoomsSayModeSetPointEndAndWhetherTheBoilerRuns) {
  const Plant plant = with_status();
  const Module& room = *plant.module(connect_room("1000003"));
  EXPECT_EQ(says(room),
            "setpoint=21°C mode=manual function=heating temperature=20.4°C heating_request=0% "
            "anticipating=off open_window=on humidity=45% load_active=on");
  EXPECT_EQ(room.mode_until, instant_from_ms(1'760'007'400'000));
  const Module& radiators = *plant.module(connect_room("1000002"));
  EXPECT_EQ(says(radiators), "mode=protection function=heating pilot_wire=frost_guard");
  EXPECT_EQ(radiators.mode_until, std::nullopt) << "0 is no end";
}

TEST(ConnectStatus, ACoolingRoomSpeaksUnderAnotherPrefix) {
  const Plant plant = with_status(with(
      connect_status,
      R"("therm_setpoint_temperature":21,
    "therm_setpoint_mode":"manual","therm_setpoint_start_time":1759999000,"therm_setpoint_end_time":1760007400,)",
      R"("cooling_setpoint_temperature":26.5,"cooling_setpoint_mode":"home","cooling_setpoint_end_time":null,)"));
  const Module& room = *plant.module(connect_room("1000003"));
  EXPECT_EQ(room.number(Aspect::setpoint), 26.5);
  EXPECT_EQ(room.word(Aspect::mode), "automatic");
  EXPECT_EQ(room.word(Aspect::function), "cooling");
  EXPECT_EQ(room.mode_until, std::nullopt);
}

TEST(ConnectStatus, TheStepOfAShutterIsReadInBothSpellings) {
  for (const char* spelling : {"target_position:step", "target_position_step"}) {
    const Plant plant = with_status(
        with(connect_status, R"("target_position:step":1)", std::string("\"") + spelling + "\":5"));
    EXPECT_EQ(can(*plant.module(connect_module("13"))), "position![0-100/5] stop! preferred!");
  }
  const Plant ends =
      with_status(with(connect_status, R"("target_position:step":1)", R"("target_position:step":100)"));
  EXPECT_EQ(can(*ends.module(connect_module("13"))), "position![0-100/100] stop! preferred!");
  EXPECT_FALSE(check(*ends.module(connect_module("13")), *parse_command("position=40")));
}

TEST(ConnectStatus, APositionOf101WasNeverInstructed) {
  const Plant plant =
      with_status(with(connect_status, R"("current_position":30)", R"("current_position":101)"));
  EXPECT_EQ(plant.module(connect_module("13"))->number(Aspect::position), std::nullopt);
  EXPECT_EQ(says(*plant.module(connect_module("13"))),
            "target_position=30 current_position=never instructed");
}

TEST(ConnectStatus, AnUnknownTypeIsShownByWhatItTells) {
  EXPECT_EQ(connect_plant().module(connect_module("19"))->kind, Kind::unknown);
  const Module module = *with_status().module(connect_module("19"));
  EXPECT_EQ(module.kind, Kind::dimmer);
  EXPECT_EQ(module.device, "NLXY");
  EXPECT_EQ(can(module), "on_off! level![1-100/1]");
  EXPECT_EQ(says(module), "on_off=on level=5% target=moon");
}

TEST(ConnectStatus, TheFieldsOfUnknownTypesGiveKindAndControls) {
  struct Case {
    const char* fields;
    Kind kind;
    const char* can;
  };
  const Case cases[] = {
      {R"("on":true)", Kind::contactor, "on_off!"},
      {R"("on":true,"brightness":3)", Kind::dimmer, "on_off! level![1-100/1]"},
      {R"("target_position":0,"current_position":0)", Kind::shutter, "position![0-100/100] stop!"},
      {R"("target_position":0,"target_position:step":1)", Kind::shutter, "position![0-100/1] stop!"},
      {R"("fan_speed":1)", Kind::fan, "fan_speed![1-2/1]"},
      {R"("power":7)", Kind::energy_meter, "power"},
      {R"("battery_state":"full")", Kind::sensor, "battery"},
      {R"("lock":true)", Kind::door_lock, "lock!"},
      {R"("moon":"full")", Kind::unknown, ""},
  };
  for (const Case& one : cases) {
    const Plant plant =
        with_status(with(connect_status, R"("on":true,"brightness":5,"target":"moon")", one.fields));
    const Module& module = *plant.module(connect_module("19"));
    EXPECT_EQ(module.kind, one.kind) << one.fields;
    std::string order = can(module);
    if (one.kind == Kind::shutter) order = one.can;  // the step comes with its own capability
    EXPECT_EQ(order, one.can) << one.fields;
    if (one.kind == Kind::shutter) {
      EXPECT_TRUE(check(module, *parse_command("stop")));
      EXPECT_TRUE(check(module, *parse_command("position=100")));
      EXPECT_EQ(static_cast<bool>(check(module, *parse_command("position=40"))),
                std::string(one.can).find("/1]") != std::string::npos);
    }
  }
}

TEST(ConnectStatus, AModuleThatNoTopologyNamesIsShownWithWhatItIs) {
  const Plant plant = with_status(with(
      connect_status, R"({"id":"00:04:74:00:00:00:00:18",)",
      R"({"id":"77","type":"NLM","on":true,"bridge":"00:04:74:00:00:01"},{"id":"00:04:74:00:00:00:00:18",)"));
  const Module& module = *plant.module(ModuleId("netatmo:77"));
  EXPECT_EQ(module.kind, Kind::light);
  EXPECT_EQ(module.product, "Light micro-module");
  EXPECT_EQ(can(module), "on_off! power");
  EXPECT_EQ(module.gateway, GatewayId("netatmo:00:04:74:00:00:01"));
  EXPECT_EQ(module.flag(Aspect::on_off), true);
}

TEST(ConnectStatus, ARoomThatNothingPromisedToHeatIsShownWhenItSaysSo) {
  const Plant plant = with_status(with(
      connect_status, R"({"id":"1000002",)",
      R"({"id":"1000001","therm_measured_temperature":19,"therm_setpoint_temperature":18,"therm_setpoint_mode":"home"},{"id":"1000002",)"));
  const Module& room = *plant.module(connect_room("1000001"));
  EXPECT_EQ(room.name, "Salon");
  EXPECT_EQ(room.ambient, AmbientId("netatmo:1000001"));
  EXPECT_EQ(can(room), "setpoint![5-30/0.5] temperature mode!");
  EXPECT_EQ(room.number(Aspect::setpoint), 18);
}

TEST(ConnectStatus, AnAnswerWithNothingChangesNothing) {
  const Plant before = with_status();
  for (const char* body :
       {R"({"status":"ok","body":{}})", R"({"status":"ok","body":[]})",
        R"({"status":"ok","time_server":1760000100})", R"({"body":{"home":{"persons":[{"id":"p"}]}}})",
        R"({"body":{"home":null,"errors":null}})"}) {
    Plant plant = before;
    const auto report = connect().read_status(plant, Call{}, body, Minutes(0));
    ASSERT_TRUE(report) << body;
    apply(plant, *report, noon, nullptr, nullptr);
    EXPECT_EQ(plant, before) << body;
  }
}

TEST(ConnectStatus, ATopologyTellsTheModeOfTheHeating) {
  Plant plant = connect_plant();
  const std::string later =
      with(with(connect_topology, R"("therm_mode":"schedule")", R"("therm_mode":"hg")"),
           R"("name":"Été","type":"therm")", R"("name":"Été","type":"therm","selected":true)");
  const auto report = connect().read_status(
      plant, Call{}, with(later, R"("selected":true,"away_temp")", R"("away_temp")"), Minutes(0));
  ASSERT_TRUE(report);
  ASSERT_EQ(report->modules.size(), 1u);
  apply(plant, *report, noon, nullptr, nullptr);
  EXPECT_EQ(says(*plant.module(connect_heating)), "mode=protection function=heating program=s-summer");
}

TEST(ConnectStatus, AddressesOfCamerasAreNotKept) {
  const Plant plant = with_status(
      with(connect_status, R"("lock":true,)", R"("lock":true,"vpn_url":"https://vpn.example/secret",)"));
  const Module& module = *plant.module(connect_module("18"));
  EXPECT_EQ(says(module), "lock=on");
  EXPECT_EQ(module.raw_status,
            R"({"id":"00:04:74:00:00:00:00:18","lock":true,"vpn_url":"…","reachable":true})");
}

}  // namespace
}  // namespace foyer
