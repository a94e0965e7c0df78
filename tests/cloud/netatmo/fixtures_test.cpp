// Netatmo payloads recorded by others (fixtures/netatmo), with the values that stand in them.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/oauth/token_response.hpp"
#include "tests/cloud/netatmo/payloads.hpp"
#include "tests/support/data.hpp"

namespace foyer {
namespace {

using namespace test;
using Texts = std::vector<std::string>;

std::vector<Plant> homes(const std::string& body) {
  auto plants = connect().read_plants(200, body);
  EXPECT_TRUE(plants) << plants.error().message;
  return plants ? std::move(*plants) : std::vector<Plant>{};
}

void add_status(Plant& plant, const std::string& body) {
  const auto report = connect().read_status(plant, Call{}, body, Minutes(0));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->complaints, Texts{});
  apply(plant, *report, noon, nullptr, nullptr);
}

std::string told(const Plant& plant, const char* id) {
  const Module* module = plant.module(ModuleId(std::string("netatmo:") + id));
  return module ? says(*module) : "there is no such module";
}

std::ptrdiff_t count(const Plant& plant, Kind kind) {
  return std::ranges::count(plant.modules, kind, &Module::kind);
}

TEST(ConnectFixtures, TheMixedHomeHasEverythingOfEveryFamily) {
  FIXTURE(body, "netatmo/topology/homesdata_mixed_home.json");
  const auto plants = homes(*body);
  ASSERT_EQ(plants.size(), 2u);
  const Plant& home = plants[0];
  EXPECT_EQ(home.complaints, Texts{});
  EXPECT_EQ(home.name, "MYHOME");
  EXPECT_EQ(home.time_zone, "Europe/Berlin");
  EXPECT_EQ(home.setpoint_lasting, Minutes(120));
  EXPECT_EQ(home.ambients.size(), 9u);
  EXPECT_EQ(home.modules.size(), 51u + 5u + 1u) << "51 devices, 5 heated rooms, the heating";
  EXPECT_EQ(home.gateways.size(), 11u);
  for (const auto& [kind, number] :
       {std::pair(Kind::gateway, 4), std::pair(Kind::thermostat, 3 + 5 + 1), std::pair(Kind::heater, 2),
        std::pair(Kind::shutter, 6), std::pair(Kind::dimmer, 2), std::pair(Kind::light, 5),
        std::pair(Kind::plug, 1), std::pair(Kind::contactor, 2), std::pair(Kind::fan, 1),
        std::pair(Kind::remote, 2), std::pair(Kind::energy_meter, 11), std::pair(Kind::sensor, 11),
        std::pair(Kind::intercom, 1), std::pair(Kind::unknown, 0)})
    EXPECT_EQ(count(home, kind), number) << to_string(kind);
  const Module& lamp = *home.module(ModuleId("netatmo:00:11:22:33:00:11:45:fe"));
  EXPECT_EQ(lamp.name, "Dimmer switch") << "it has none: what it is";
  EXPECT_EQ(lamp.ambient, AmbientId("netatmo:100007520"));
  EXPECT_EQ(home.module(ModuleId("netatmo:12:34:56:00:16:0e#7"))->name, "Hot water");
  EXPECT_EQ(home.module(ModuleId("netatmo:12:34:56:00:16:0e#7"))->part_of,
            ModuleId("netatmo:12:34:56:00:16:0e"));
  EXPECT_EQ(plants[1].name, "91763b24c43d3e344f424e8c");
  EXPECT_TRUE(plants[1].modules.empty());
  EXPECT_EQ(plants[1].setpoint_lasting, Minutes(180));
}

TEST(ConnectFixtures, TheMixedHomesSchedules) {
  FIXTURE(body, "netatmo/topology/homesdata_mixed_home.json");
  const Plant home = homes(*body).at(0);
  ASSERT_EQ(home.schedules.size(), 2u);
  const Schedule& cooling = home.schedules[0];
  EXPECT_EQ(cooling.type, "cooling");
  EXPECT_TRUE(cooling.selected);
  EXPECT_EQ(cooling.timetable.size(), 25u);
  ASSERT_EQ(cooling.zones.size(), 3u);
  EXPECT_EQ(cooling.zones[2].id, 4);
  EXPECT_EQ(cooling.zones[2].type, 5);
  EXPECT_EQ(cooling.zones[1].rooms, (std::vector<ZoneRoom>{{AmbientId("netatmo:2746182631"), 17.0, ""},
                                                           {AmbientId("netatmo:2746182632"), 18.0, ""}}));
  EXPECT_EQ(home.schedules[1].name, "Winter");
  const Module& heating = *home.module(ModuleId("netatmo:91763b24c43d3e344f424e8b/heating"));
  EXPECT_EQ(says(heating), "mode=automatic function=cooling program=591b54a2764ff4d50d8b5795");
}

TEST(ConnectFixtures, TheMixedHomesStateModuleByModule) {
  FIXTURE(body, "netatmo/topology/homesdata_mixed_home.json");
  FIXTURE(status, "netatmo/status/homestatus_mixed_home.json");
  Plant home = homes(*body).at(0);
  add_status(home, *status);
  EXPECT_EQ(home.modules.size(), 57u) << "nobody is new";
  const std::pair<const char*, const char*> lines[] = {
      {"12:34:56:00:fa:d0", "firmware=174 radio_strength=107 wifi_strength=42"},
      {"12:34:56:00:01:ae",
       "firmware=65 radio_strength=58 battery_level=3793mV boiler_valve_comfort_boost=off anticipating=off "
       "battery=high load_active=off"},
      {"12:34:56:03:a5:54", "firmware=79 radio_strength=51 battery_level=3025mV battery=full"},
      {"0009999992",
       "target_position=0 firmware=16 radio_strength=0 last_seen=2021-12-01T10:05:56Z position=0%"},
      {"12:34:56:80:bb:26",
       "firmware=202 wifi_state=full wifi_strength=45 ts=1702884705 temperature=18.9°C co2=498 humidity=33% "
       "noise=47 "
       "pressure=1034.8 absolute_pressure=956.1"},
      {"12:34:56:80:60:40", "load_shedding=off firmware=211 last_seen=2022-02-11T08:16:12Z wifi_strength=51"},
      {"12:34:56:80:00:12:ac:f2",
       "on_off=on load_shedding=off firmware=62 last_seen=2022-02-11T08:50:25Z power=0W"},
      {"12:34:56:80:00:c3:69:3e", "battery=medium battery_level=2500mV firmware=56"},
      {"12:34:56:00:86:99",
       "battery=high battery_level=5240mV firmware=58 rf_state=full radio_strength=58 "
       "last_seen=2022-01-20T17:02:04Z "
       "last_activity=1627757310 status=no_news"},
      {"12:34:56:00:16:0e", "firmware=14 wifi_strength=38"},
      {"12:34:56:00:16:0e#5", ""},
      {"12:34:56:00:00:a1:4c:da", "firmware=62 last_seen=2022-03-05T20:14:01Z power=476W"},
      {"10:20:30:bd:b8:1e", "firmware=32 wifi_strength=49 boiler_valve_comfort_boost=off load_active=on"},
      {"00:11:22:33:00:11:45:fe", "on_off=off level=63% firmware=57 last_seen=2022-07-06T05:55:39Z power=0W"},
      {"12:34:56:00:01:01:01:b1", "firmware=60 last_seen=2022-07-06T05:55:49Z power=11W fan_speed=1"},
      {"12:34:56:00:01:01:01:b4",
       "firmware=53 last_seen=2025-05-08T18:57:44Z target_position=10 position=0%"},
      {"12:34:56:00:01:01:01:b5", "firmware=7 last_seen=2025-05-08T20:29:11Z position=100%"},
      {"12:34:56:00:01:01:01:b6#2", "on_off=off power=0W"},
      {"12:34:56:00:01:01:01:b9",
       "on_off=off contactor_mode=off load_shedding=off firmware=74 last_seen=2025-05-08T19:19:28Z power=0W"},
      {"12:34:56:00:01:01:01:a1", ""},
      {"91763b24c43d3e344f424e8b/room/2746182631",
       "setpoint=12°C mode=away function=heating temperature=19.8°C load_active=off"},
      {"91763b24c43d3e344f424e8b/room/2940411577",
       "setpoint=7°C mode=protection function=heating temperature=27°C heating_request=0% anticipating=off "
       "open_window=off load_active=off"},
      {"91763b24c43d3e344f424e8b/room/1002003001",
       "setpoint=22°C mode=automatic function=heating anticipating=off heating_request=0% open_window=off "
       "humidity=67% temperature=22°C load_active=on"},
  };
  for (const auto& [id, line] : lines) EXPECT_EQ(told(home, id), line) << id;
}

TEST(ConnectFixtures, TheMixedHomesReachAndSteps) {
  FIXTURE(body, "netatmo/topology/homesdata_mixed_home.json");
  FIXTURE(status, "netatmo/status/homestatus_mixed_home.json");
  Plant home = homes(*body).at(0);
  add_status(home, *status);
  const auto module = [&](const char* id) -> const Module& {
    return *home.module(ModuleId(std::string("netatmo:") + id));
  };
  EXPECT_EQ(module("12:34:56:80:00:c3:69:3c").reach, Reach::unreachable);
  EXPECT_EQ(module("10:20:30:bd:b8:1e").reach, Reach::reachable) << "a BNS does not say";
  EXPECT_EQ(module("12:34:56:00:16:0e#5").reach, Reach::reachable) << "an NLE neither";
  EXPECT_EQ(module("12:34:56:00:01:01:01:b6#2").reach, Reach::reachable) << "its device does";
  EXPECT_EQ(module("12:34:56:00:01:01:01:a1").reach, Reach::unknown) << "not in the answer";
  EXPECT_EQ(can(module("0009999992")), "position![0-100/100] stop! preferred!") << "target_position_step";
  EXPECT_EQ(can(module("0009999993")), "position![0-100/100] stop! preferred!") << "target_position:step";
  EXPECT_EQ(can(module("12:34:56:00:01:01:01:b4")), "position![0-100/1] stop! preferred!");
  EXPECT_EQ(can(module("12:34:56:00:01:01:01:b5")), "position![0-100/1] stop!");
  EXPECT_EQ(module("12:34:56:00:f1:62").raw_status.find("prodvpn"), std::string::npos);
}

TEST(ConnectFixtures, TwoLegrandHomesOfOneAccount) {
  FIXTURE(body, "netatmo/topology/homesdata_legrand_two_homes.json");
  const auto plants = homes(*body);
  ASSERT_EQ(plants.size(), 2u);
  const Plant &big = plants[0], &second = plants[1];
  for (const Plant& home : plants) EXPECT_EQ(home.complaints, Texts{});
  EXPECT_EQ(big.name, "A BIG HOME");
  EXPECT_EQ(big.country, "FR");
  EXPECT_EQ(big.ambients.size(), 19u);
  EXPECT_EQ(big.modules.size(), 104u + 12u + 1u) << "12 rooms with pilot-wire radiators";
  EXPECT_EQ(big.gateways.size(), 2u);
  EXPECT_EQ(big.gateways[1].name, "Gateway 00:04:74:22:52:38") << "a bridge that is no module";
  for (const auto& [kind, number] :
       {std::pair(Kind::gateway, 1), std::pair(Kind::remote, 45), std::pair(Kind::heater, 15 + 12),
        std::pair(Kind::light, 9 + 12 + 3), std::pair(Kind::plug, 7), std::pair(Kind::dimmer, 4),
        std::pair(Kind::energy_meter, 4), std::pair(Kind::contactor, 3), std::pair(Kind::shutter, 1),
        std::pair(Kind::thermostat, 1)})
    EXPECT_EQ(count(big, kind), number) << to_string(kind);
  EXPECT_EQ(big.ambient(AmbientId("netatmo:737850817"))->name, "Extérieur");
  EXPECT_EQ(big.module(ModuleId("netatmo:98:76:54:32:10:00:00:24#1"))->name, "Niche");
  EXPECT_EQ(big.module(ModuleId("netatmo:98:76:54:32:10:00:00:03#2"))->name, "Boutons Cuisine Haut 2");
  EXPECT_EQ(can(*big.module(ModuleId("netatmo:aaaaaaaaaaabbbbbbbbbbccc/room/3707962039"))),
            "mode! pilot_wire!");
  EXPECT_EQ(big.module(ModuleId("netatmo:aaaaaaaaaaabbbbbbbbbbccc/room/1462100035")), nullptr)
      << "a radiator without pilot wire is a switch";
  EXPECT_EQ(second.name, "A SECOND HOME");
  EXPECT_EQ(second.modules.size(), 35u + 6u + 1u);
  EXPECT_EQ(second.gateways.size(), 1u);
  EXPECT_EQ(says(*second.module(ModuleId("netatmo:eeeeeeeeeffffffffffaaaaa/heating"))),
            "mode=protection function=heating program=64e3b6102853d9405304b27a");
}

TEST(ConnectFixtures, SchedulesOfHeatingActionsAndPrices) {
  FIXTURE(body, "netatmo/topology/homesdata_legrand_two_homes.json");
  const auto plants = homes(*body);
  const std::vector<Schedule>& all = plants.at(0).schedules;
  ASSERT_EQ(all.size(), 9u);
  const Schedule* winter = selected_schedule(all, "therm");
  ASSERT_NE(winter, nullptr);
  EXPECT_EQ(winter->name, "Planning Hiver");
  EXPECT_EQ(winter->timetable.size(), 43u);
  ASSERT_EQ(winter->zones.size(), 6u);
  EXPECT_EQ(winter->zones[4].name, "Confort sauf chambres parents");
  EXPECT_EQ(winter->zones[0].rooms.size(), 12u) << "not twice for the mirror";
  EXPECT_EQ(winter->zones[0].rooms[0], (ZoneRoom{AmbientId("netatmo:3707962039"), std::nullopt, "comfort"}));
  EXPECT_EQ(winter->frost_temperature, 7);
  const Schedule* actions = selected_schedule(all, "event");
  ASSERT_NE(actions, nullptr);
  EXPECT_EQ(actions->timetable.size(), 28u);
  EXPECT_EQ(actions->zones[0].actions,
            (std::vector<ZoneAction>{{ModuleId("netatmo:98:76:54:32:10:00:00:67"), "on", false}}));
  const Schedule* prices = selected_schedule(all, "electricity");
  ASSERT_NE(prices, nullptr);
  EXPECT_EQ(prices->zones[0].price, 0.27);
  EXPECT_EQ(prices->zones[1].price_type, "off_peak");
  EXPECT_EQ(prices->tariff, "edf_tarif_bleu");
  EXPECT_EQ(prices->power_threshold, 36);
  EXPECT_EQ(prices->power_unit, "kW");
  const Schedule* basic = selected_schedule(plants.at(1).schedules, "electricity");
  ASSERT_NE(basic, nullptr);
  EXPECT_EQ(basic->zones.at(0).price, 0.2516);
  EXPECT_EQ(basic->power_unit, "kVA");
  const Capability* program =
      plants[0].module(ModuleId("netatmo:aaaaaaaaaaabbbbbbbbbbccc/heating"))->capability(Aspect::program);
  ASSERT_NE(program, nullptr);
  EXPECT_EQ(program->labels, (Texts{"Planning Hiver", "Planning ete", "Full", "Planning Hiver frileux",
                                    "Chambres et SDB", "SDM seulement"}));
}

TEST(ConnectFixtures, AGatewayThatCannotBeReachedTakesAllOfItsModulesAlong) {
  FIXTURE(body, "netatmo/topology/homesdata_legrand_two_homes.json");
  FIXTURE(status, "netatmo/status/homestatus_gateway_unreachable.json");
  Plant home = homes(*body).at(0);
  add_status(home, *status);
  EXPECT_EQ(home.gateways[0].offline_since, noon);
  EXPECT_EQ(home.gateways[1].offline_since, std::nullopt);
  EXPECT_EQ(std::ranges::count(home.modules, Reach::unreachable, &Module::reach), 103 + 12)
      << "all but the meter on the other bridge and the heating of the home";
  EXPECT_EQ(home.module(ModuleId("netatmo:aa:aa:aa:aa:aa:aa"))->error, "code 6: unreachable");
  EXPECT_EQ(home.module(ModuleId("netatmo:98:76:54:32:10:00:00:69"))->reach, Reach::unknown);
}

TEST(ConnectFixtures, ShuttersOfTheBticinoBus) {
  FIXTURE(body, "netatmo/topology/homesdata_bticino_mhs1_shutters.json");
  FIXTURE(status, "netatmo/status/homestatus_bticino_mhs1_shutters.json");
  Plant home = homes(*body).at(0);
  add_status(home, *status);
  EXPECT_EQ(home.name, "BTicino Test Home");
  EXPECT_EQ(home.modules.size(), 5u);
  EXPECT_EQ(home.modules[0].product, "MyHome Server 1");
  const auto module = [&](const char* id) -> const Module& {
    return *home.module(ModuleId(std::string("netatmo:") + id));
  };
  EXPECT_EQ(can(module("bticino_shutter_uncalibrated")), "position![0-100/100] stop!");
  EXPECT_EQ(says(module("bticino_shutter_uncalibrated")),
            "target_position=100 last_seen=2026-04-20T09:03:17Z current_position=never instructed");
  EXPECT_EQ(can(module("bticino_shutter_calibrated")), "position![0-100/5] stop!");
  EXPECT_EQ(module("bticino_shutter_calibrated").number(Aspect::position), 42);
  EXPECT_EQ(module("bticino_blind_calibrated").product, "Automatic blind");
  EXPECT_EQ(module("bticino_blind_calibrated").number(Aspect::position), 30);
  EXPECT_EQ(module("bticino_shade_uncalibrated").number(Aspect::position), std::nullopt);
  for (std::size_t i = 1; i < 5; ++i) {
    EXPECT_EQ(home.modules[i].reach, Reach::reachable);
    EXPECT_EQ(home.modules[i].ambient, AmbientId("netatmo:bticino_room_id"));
  }
}

TEST(ConnectFixtures, TheIntercomsPartsDoNotSayWhatTheyAreAgain) {
  FIXTURE(body, "netatmo/topology/homesdata_bticino_intercom.json");
  FIXTURE(status, "netatmo/status/homestatus_bticino_intercom.json");
  Plant home = homes(*body).at(0);
  add_status(home, *status);
  ASSERT_EQ(home.modules.size(), 3u);
  EXPECT_EQ(home.modules[0].product, "Classe 300 EOS internal unit");
  EXPECT_EQ(says(home.modules[0]), "wifi_strength=65 uptime=86400");
  EXPECT_EQ(home.modules[1].kind, Kind::door_lock);
  EXPECT_EQ(home.modules[1].hardware, "xxx:bndl_doorlock");
  EXPECT_EQ(can(home.modules[1]), "lock!");
  EXPECT_EQ(home.modules[1].flag(Aspect::lock), true);
  EXPECT_EQ(can(home.modules[2]), "on_off!");
  EXPECT_EQ(home.modules[2].flag(Aspect::on_off), false);
  EXPECT_EQ(home.modules[2].gateway, GatewayId("netatmo:AA:BB:CC:DD:EE:FF"));
}

TEST(ConnectFixtures, HomesWithLittleInThem) {
  FIXTURE(empty, "netatmo/topology/homesdata_empty.json");
  FIXTURE(no_modules, "netatmo/topology/homesdata_home_without_modules.json");
  FIXTURE(no_rooms, "netatmo/topology/homesdata_home_without_rooms.json");
  EXPECT_TRUE(homes(*empty).empty());
  const Plant planned = homes(*no_modules).at(0);
  EXPECT_EQ(planned.name, "Home with no modules");
  EXPECT_EQ(planned.ambients.size(), 1u);
  ASSERT_EQ(planned.modules.size(), 1u) << "there is a plan, so there is a heating";
  EXPECT_EQ(says(planned.modules[0]), "mode=away function=heating program=700000000000000000000401");
  EXPECT_EQ(planned.schedules.at(0).timetable.size(), 39u);
  const Plant bare = homes(*no_rooms).at(0);
  EXPECT_EQ(bare.name, "91763b24c43d3e344f424e8c");
  EXPECT_TRUE(bare.modules.empty() && bare.ambients.empty() && bare.schedules.empty());
  EXPECT_EQ(bare.time_zone, "Europe/Berlin");
}

TEST(ConnectFixtures, AnswersThatTellNothingChangeNothing) {
  FIXTURE(body, "netatmo/topology/homesdata_mixed_home.json");
  const Plant before = homes(*body).at(0);
  for (const char* name : {"status/homestatus_empty_body.json", "status/homestatus_persons_only.json"}) {
    FIXTURE(status, std::string("netatmo/") + name);
    Plant home = before;
    add_status(home, *status);
    home.status_at = before.status_at;
    EXPECT_EQ(home, before) << name;
  }
}

TEST(ConnectFixtures, AnswersToCommands) {
  FIXTURE(good, "netatmo/status/command_ok.json");
  FIXTURE(error, "netatmo/errors/setstate_200_with_module_error.json");
  const Plant plant = connect_plant();
  EXPECT_TRUE(connect().read_command(plant.modules[1], *good));
  Module camera{.id = ModuleId("netatmo:12:34:56:00:f1:62")};
  EXPECT_TRUE(connect().read_command(camera, *error)) << "code 23: it is so already";
  EXPECT_FALSE(connect().read_command(camera, with(*error, "\"code\": 23", "\"code\": 6")));
}

TEST(ConnectFixtures, ErrorBodiesAreNoHomes) {
  for (const char* name :
       {"code10_missing_home_id", "code13_scope", "code21_invalid_id", "code21_cannot_set_property"}) {
    FIXTURE(body, std::string("netatmo/errors/") + name + ".json");
    EXPECT_FALSE(connect().read_plants(200, *body)) << name;
    EXPECT_FALSE(connect().read_status(connect_plant(), Call{}, *body, Minutes(0))) << name;
  }
}

TEST(ConnectFixtures, TheTokenAnswer) {
  FIXTURE(body, "netatmo/oauth/token_ok.json");
  HttpResponse response{.status = 200, .body = *body};
  const auto tokens = oauth::read_token_response(response, false);
  ASSERT_TRUE(tokens) << tokens.error().message;
  EXPECT_EQ(tokens->scopes->size(), 7u);
  EXPECT_EQ(tokens->scopes->at(3), "read_thermostat");
  EXPECT_EQ(tokens->lifetime(noon), Millis(Hours(3)));
  EXPECT_TRUE(tokens->access_token.expose().contains('|'));
  FIXTURE(refused, "netatmo/oauth/token_invalid_grant.json");
  const auto failure =
      oauth::read_token_failure(HttpOutcome(HttpResponse{.status = 400, .body = *refused}), noon);
  EXPECT_EQ(failure.error, "invalid_grant");
  EXPECT_EQ(failure.trouble, oauth::TokenTrouble::grant_dead);
}

}  // namespace
}  // namespace foyer
