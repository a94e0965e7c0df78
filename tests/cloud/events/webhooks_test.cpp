// What clouds post: the handshake, arrays and objects, signatures.
#include "core/cloud/events/webhooks.hpp"

#include <gtest/gtest.h>

#include "tests/cloud/payloads.hpp"
#include "tests/support/crypto.hpp"
#include "tests/support/data.hpp"

namespace foyer {
namespace {

using namespace test;

HookEvent only(std::string_view body) {
  const auto hook = read_hook(body, Minutes(60));
  EXPECT_TRUE(hook) << (hook ? "" : hook.error().message);
  if (!hook || hook->events.size() != 1) {
    ADD_FAILURE() << "one event expected";
    return {};
  }
  EXPECT_EQ(hook->complaints, decode::Complaints{});
  return hook->events.front();
}

std::optional<Value> reading(const HookEvent& event, Aspect aspect) {
  for (const ModuleStatus& module : event.status.modules)
    for (const Reading& one : module.readings)
      if (one.aspect == aspect) return one.value;
  return std::nullopt;
}

TEST(Webhooks, TheHandshakeIsAnsweredWithBothKeys) {
  const auto hook = read_hook(
      R"([{"id":"e1","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","eventTime":"2019-03-09T15:25:52.83003Z",
          "data":{"validationCode":"7d4b\"4c96"}}])",
      Minutes(0));
  ASSERT_TRUE(hook);
  EXPECT_EQ(hook->answer, R"({"validationResponse":"7d4b\"4c96","validationCode":"7d4b\"4c96"})");
  EXPECT_EQ(hook->events.at(0).kind, HookKind::validation);
  EXPECT_EQ(hook->events.at(0).id, "e1");
}

constexpr std::string_view smarther_event =
    R"([{"id": "33333333-3333-4333-8333-333333333333", "eventType": "DeviceToCloud",
  "subject": "///bs_cloud_11111111-1111-4111-8111-111111111111//", "eventTime": "2026-01-10T17:02:12Z",
  "data": {"chronothermostats": [{"function": "HEATING", "mode": "BOOST", "setPoint": {"value": "30.00000", "unit": "C"},
    "programs": [{"number": "1"}], "activationTime": "2026-01-10T18:32:00", "temperatureFormat": "C",
    "loadState": "ACTIVE", "time": "2026-01-10T17:02:12+00:00",
    "thermometer": {"measures": [{"timeStamp": "2026-01-10T17:02:11+00:00", "value": "19", "unit": "C"}]},
    "hygrometer": {"measures": [{"timeStamp": "2026-01-10T17:02:11+00:00", "value": "47.0", "unit": "%"}]},
    "online": true,
    "sender": {"addressType": "AddressLocation", "system": "thermoregulation",
      "plant": {"id": "11111111-1111-4111-8111-111111111111", "module": {"id": "22222222-2222-4222-8222-222222222222"}}},
    "receiver": {"oid": ["44444444-4444-4444-8444-444444444444"]}}]},
  "subjectElements": {"plantId": "bs_cloud_11111111-1111-4111-8111-111111111111"}}])";

TEST(Webhooks, SmartherArraysTellTheThermostat) {
  const HookEvent event = only(smarther_event);
  EXPECT_EQ(event.api, "smarther");
  EXPECT_EQ(event.kind, HookKind::status);
  EXPECT_EQ(event.type, "DeviceToCloud");
  EXPECT_EQ(event.id, "33333333-3333-4333-8333-333333333333");
  EXPECT_EQ(event.at, parse_iso8601("2026-01-10T17:02:12Z"));
  EXPECT_EQ(event.plant.text, "smarther:11111111-1111-4111-8111-111111111111");
  EXPECT_EQ(event.module.text, "smarther:22222222-2222-4222-8222-222222222222");
  EXPECT_EQ(reading(event, Aspect::mode), Value(std::string("boost")));
  EXPECT_EQ(reading(event, Aspect::temperature), Value(19.0));
  EXPECT_EQ(event.status.modules.at(0).mode_until, parse_iso8601("2026-01-10T17:32:00Z"));
  EXPECT_EQ(event.status.modules.at(0).reach, Reach::reachable);
}

TEST(Webhooks, SmartherObjectsToo) {
  const std::string list =
      R"("chronothermostats":[{"mode":"OFF","sender":{"plant":{"id":"p","module":{"id":"m"}}}}])";
  for (const std::string& body :
       {"{" + list + "}", R"({"data":{)" + list + "}}", R"({"plant":{)" + list + "}}"}) {
    const HookEvent event = only(body);
    EXPECT_EQ(event.plant.text, "smarther:p") << body;
    EXPECT_EQ(event.module.text, "smarther:m") << body;
    EXPECT_EQ(reading(event, Aspect::mode), Value(std::string("off"))) << body;
  }
}

TEST(Webhooks, HomeControlEventsNameTheModule) {
  const HookEvent lamp = only(
      R"([{"id":"1","eventType":"x","data":{"status":"on","level":40,"reachable":true,"sender":{"plant":{"id":"p","module":{"id":"m1"}}}}}])");
  EXPECT_EQ(lamp.api, "hc");
  EXPECT_EQ(lamp.plant.text, "hc:p");
  EXPECT_EQ(lamp.module.text, "hc:m1");
  EXPECT_EQ(reading(lamp, Aspect::on_off), Value(true));
  EXPECT_EQ(reading(lamp, Aspect::level), Value(40.0));
  const HookEvent shutter =
      only(R"([{"data":{"level":100,"step":100,"sender":{"plant":{"module":{"id":"m2"}}}}}])");
  EXPECT_EQ(reading(shutter, Aspect::position), Value(100.0));
  const HookEvent remote = only(R"([{"data":{"battery":"LOW","sender":{"plant":{"module":{"id":"m3"}}}}}])");
  EXPECT_EQ(reading(remote, Aspect::battery), Value(std::string("low")));
  const HookEvent meter = only(
      R"([{"data":{"consumptions":[{"unit":"watt","value":7,"timestamp":"2023-03-01T10:00:00+00:00"}],"sender":{"plant":{"module":{"id":"m4"}}}}}])");
  EXPECT_EQ(reading(meter, Aspect::power), Value(7.0));
}

TEST(Webhooks, NetatmoKinds) {
  EXPECT_EQ(only(R"({"push_type":"webhook_activation","user_id":"u"})").kind, HookKind::activation);
  const HookEvent chosen =
      only(R"({"push_type":"home_event_changed","event_type":"schedule","home_id":"h","schedule_id":"s"})");
  EXPECT_EQ(chosen.kind, HookKind::schedule);
  EXPECT_EQ(chosen.schedule, "s");
  const HookEvent topology =
      only(R"({"push_type":"topology_changed","home_id":"h","change":"room_created"})");
  EXPECT_EQ(topology.kind, HookKind::topology);
  EXPECT_EQ(topology.change, "room_created");
  EXPECT_EQ(only(R"({"push_type":"BNCX-disconnection","event_type":"disconnection","device_id":"d"})").kind,
            HookKind::connection);
  EXPECT_EQ(only(R"({"push_type":"NACamera-movement","event_type":"movement"})").kind, HookKind::other);
  const HookEvent warm = only(
      R"({"push_type":"device_event","home_id":"h","extra_params":{"event_type":"temperature_variation_event","room_id":"7","temperature":19.5}})");
  EXPECT_EQ(warm.type, "device_event/temperature_variation_event");
  EXPECT_EQ(warm.rooms.at(0).ambient.text, "netatmo:7");
  EXPECT_EQ(warm.rooms.at(0).temperature, 19.5);
  const HookEvent moved = only(
      R"({"push_type":"device_event","extra_params":{"type":"motor_data_event","module_id":"m","current_position":30}})");
  EXPECT_EQ(moved.module.text, "netatmo:m");
  EXPECT_EQ(reading(moved, Aspect::position), Value(30.0));
  const HookEvent boiler = only(
      R"({"push_type":"device_event","extra_params":{"type":"boiler_event","module_id":"m","boiler_status":"boiler_on"}})");
  EXPECT_EQ(reading(boiler, Aspect::load_active), Value(true));
}

HookEvent device(const std::string& extra) {
  return only(R"({"push_type":"device_event","home_id":"h","device_id":"relay","extra_params":{)" + extra +
              "}}");
}

TEST(Webhooks, HeatingEventsTellMeasuredAndWantedApart) {
  const auto room = [](const std::string& extra) { return device(extra + R"(,"room_id":"7")").rooms.at(0); };
  const AmbientId seven("netatmo:7");
  EXPECT_EQ(room(R"("event_type":"heating_power_request_event","heating_power_request":65)"),
            (HookRoom{.ambient = seven, .heating_request = 65}));
  EXPECT_EQ(
      room(
          R"("event_type":"setpoint_event","mode":"manual","temperature":17,"therm_measured_temperature":21.25,"ts_end":1760007400)"),
      (HookRoom{.ambient = seven,
                .mode = "manual",
                .temperature = 21.25,
                .until = instant_from_ms(1'760'007'400'000),
                .setpoint = 17}));
  EXPECT_EQ(room(R"("event_type":"setpoint_event","mode":"off","temperature":0,"ts_end":0)"),
            (HookRoom{.ambient = seven, .mode = "off"}));
  EXPECT_EQ(
      room(R"("event_type":"temperature_variation_event","mode":"home","setpoint":18.5,"temperature":20.75)"),
      (HookRoom{.ambient = seven, .mode = "home", .temperature = 20.75, .setpoint = 18.5}));
}

TEST(Webhooks, ABoilerHangsOnTheDeviceAndAValveCountsItsSteps) {
  const HookEvent boiler = device(R"("event_type":"boiler_event","boiler_status":"boiler_on")");
  EXPECT_EQ(boiler.module.text, "netatmo:relay");
  ASSERT_EQ(boiler.status.modules.size(), 1u);
  EXPECT_EQ(boiler.status.modules[0].id.text, "netatmo:relay");
  EXPECT_EQ(reading(boiler, Aspect::load_active), Value(true));
  const HookEvent valve =
      device(R"("event_type":"motor_data_event","module_id":"v","current_position":1840)");
  EXPECT_EQ(valve.module.text, "netatmo:v");
  EXPECT_EQ(reading(valve, Aspect::position), std::nullopt);
  EXPECT_EQ(reading(valve, Aspect::other), Value(1840.0));
}

TEST(Webhooks, ASetPointEventBelowDisplayChangeIsAChangeOfTheSetPoint) {
  const auto changed = [](const std::string& kind, const std::string& room) {
    const HookEvent event =
        only(R"({"push_type":"display_change","event_type":")" + kind + R"(","home_id":"h","room_id":"7",)" +
             room + R"(,"home":{"rooms":[{"id":"7"}]}})");
    EXPECT_EQ(event.kind, HookKind::set_point);
    return event.rooms.at(0);
  };
  const AmbientId seven("netatmo:7");
  EXPECT_EQ(changed("setpoint_event", R"("mode":"manual","temperature":14.5)"),
            (HookRoom{.ambient = seven, .mode = "manual", .temperature = 14.5}));
  for (const char* mode : {"off", "home"})
    for (const char* kind : {"setpoint_event", "set_point"})
      EXPECT_EQ(changed(kind, R"("temperature":0,"mode":")" + std::string(mode) + "\""),
                (HookRoom{.ambient = seven, .mode = mode}))
          << "0 is no temperature";
}

TEST(Webhooks, ConnectionsAndCallsNameTheirDevice) {
  EXPECT_EQ(only(R"({"push_type":"disconnection","event_type":"disconnection","device_id":"d"})").kind,
            HookKind::connection);
  EXPECT_EQ(only(R"({"push_type":"connection","device_id":"d"})").kind, HookKind::connection);
  const HookEvent call =
      only(R"({"push_type":"BNC1-missed_call","extra_params":{"home_id":"h","device_id":"d"}})");
  EXPECT_EQ(call.plant.text, "netatmo:h");
  EXPECT_EQ(call.module.text, "netatmo:d");
}

TEST(Webhooks, ABrokenEventIsNamedAndTheOthersStay) {
  const auto hook = read_hook(
      R"([7,{"data":{}},{"data":{"chronothermostats":[{"mode":"OFF","setPoint":{"value":"warm"},"sender":{"plant":{"module":{"id":"m"}}}}]}},
          {"data":{"chronothermostats":[{"mode":"OFF"},{"mode":"OFF"}]}}])",
      Minutes(0));
  ASSERT_TRUE(hook);
  EXPECT_EQ(hook->events.size(), 2u);
  EXPECT_EQ(hook->complaints,
            (decode::Complaints{"[0]: expected an object", "[1].data: expected an event",
                                "[2].data.chronothermostats[0].setPoint.value: expected a number",
                                "[3].data.chronothermostats[0].sender.plant.module.id: expected text",
                                "[3].data.chronothermostats[1].sender.plant.module.id: expected text"}));
}

TEST(Webhooks, WhatNoCloudPostsIsRefused) {
  for (const char* body : {"", "7", "null", "\"x\"", "{", "{}", R"({"a":1})", "[7]", "[{}]", "[\"\xFF\"]"}) {
    const auto hook = read_hook(body, Minutes(0));
    ASSERT_FALSE(hook) << body;
    EXPECT_EQ(hook.error().kind, ErrorKind::malformed);
  }
  EXPECT_TRUE(read_hook("[]", Minutes(0))->events.empty());
}

Result<void> verified(const char* secret, const char* body, const char* signature) {
  auto task = verify_hook(signer(), SecretText(secret), body, signature);
  task.start();
  return task.take();
}

TEST(Webhooks, TheSignatureIsTheHmacOfTheRawBody) {
  // RFC 4231, test case 2.
  const char* right = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  const char* body = "what do ya want for nothing?";
  EXPECT_TRUE(verified("Jefe", body, right));
  EXPECT_TRUE(verified("Jefe", body, "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843"));
  EXPECT_FALSE(verified("jefe", body, right));
  EXPECT_FALSE(verified("Jefe", "what do ya want for nothing? ", right));
  EXPECT_FALSE(verified("Jefe", body, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3842"));
  EXPECT_FALSE(verified("Jefe", body, "5bdcc146"));
  EXPECT_FALSE(verified("Jefe", body, ""));
  EXPECT_EQ(verified("Jefe", body, "x").error().kind, ErrorKind::protocol);
}

TEST(WebhookFixtures, SetPoints) {
  FIXTURE(manual, "netatmo/webhook/set_point_manual.json");
  FIXTURE(max, "netatmo/webhook/set_point_max.json");
  FIXTURE(off, "netatmo/webhook/set_point_off_without_room_id.json");
  FIXTURE(cancel, "netatmo/webhook/cancel_set_point.json");
  struct Wanted {
    const std::string& body;
    const char* type;
    HookRoom room;
  };
  const AmbientId living("netatmo:2746182631");
  for (const Wanted& wanted :
       {Wanted{*manual, "display_change/set_point", {living, "manual", 21.0, instant_from_ms(1612734552000)}},
        {*max, "display_change/set_point", {living, "max", {}, instant_from_ms(1612749189000)}},
        {*off, "display_change/set_point", {living, "off", {}, {}}},
        {*cancel, "display_change/cancel_set_point", {living, "home", {}, {}}}}) {
    const HookEvent event = only(wanted.body);
    EXPECT_EQ(event.api, "netatmo");
    EXPECT_EQ(event.kind, HookKind::set_point);
    EXPECT_EQ(event.type, wanted.type);
    EXPECT_EQ(event.plant.text, "netatmo:91763b24c43d3e344f424e8b");
    EXPECT_EQ(event.rooms, std::vector<HookRoom>{wanted.room});
  }
}

TEST(WebhookFixtures, HomeModesAndSchedules) {
  FIXTURE(hg, "netatmo/webhook/therm_mode_hg.json");
  FIXTURE(back, "netatmo/webhook/therm_mode_schedule.json");
  FIXTURE(away, "netatmo/webhook/therm_mode_away.json");
  FIXTURE(contents, "netatmo/webhook/schedule_changed_without_id.json");
  const auto modes = [](const std::string& body) {
    const HookEvent event = only(body);
    EXPECT_EQ(event.kind, HookKind::home_mode);
    EXPECT_EQ(event.plant.text, "netatmo:91763b24c43d3e344f424e8b");
    return event.previous_mode + " > " + event.mode;
  };
  EXPECT_EQ(modes(*hg), "schedule > hg");
  EXPECT_EQ(modes(*back), "hg > schedule");
  EXPECT_EQ(modes(*away), "schedule > away");
  const HookEvent changed = only(*contents);
  EXPECT_EQ(changed.kind, HookKind::schedule);
  EXPECT_EQ(changed.schedule, "");
  EXPECT_EQ(changed.plant.text, "netatmo:91763b24c43d3e344f424e8b");
}

TEST(WebhookFixtures, RecordedSmartherNotification) {
  const auto body = read_file(fixture_dir() + "/eliot/c2c/c2c_data_manual_until.json");
  if (!body) GTEST_SKIP() << "no fixture " << fixture_dir() << "/eliot/c2c/c2c_data_manual_until.json";
  const HookEvent event = only(*body);
  EXPECT_EQ(event.plant.text, "smarther:b5e48d6f-cbad-2711-e053-27182d0ad74c");
  EXPECT_EQ(event.module.text, "smarther:1ee68d6f-46b7-8f11-e053-27182d0a846a");
  EXPECT_EQ(reading(event, Aspect::setpoint), Value(19.1));
  EXPECT_EQ(reading(event, Aspect::humidity), Value(24.6));
  EXPECT_EQ(event.status.modules.at(0).mode_until, parse_iso8601("2019-11-17T02:00:47Z"));
}

}  // namespace
}  // namespace foyer
