// Netatmo Connect: what a status answer that says little, or says it elsewhere, still tells.
#include <gtest/gtest.h>

#include "tests/cloud/netatmo/payloads.hpp"

namespace foyer {
namespace {

using namespace test;

void hear(Plant& plant, std::string_view answer) {
  const auto report = connect().read_status(plant, Call{}, answer, Minutes(0));
  ASSERT_TRUE(report) << report.error().message;
  apply(plant, *report, noon, nullptr, nullptr);
}

std::string rooms(std::string_view list) {
  return R"({"status":"ok","body":{"home":{"id":"5f0000000000000000000001","rooms":[)" + std::string(list) +
         "]}}}";
}

constexpr std::string_view heats =
    R"({"id":"1000003","reachable":true,"therm_measured_temperature":18.5,"therm_setpoint_temperature":20,"therm_setpoint_mode":"home","heating_power_request":80})";

TEST(ConnectReach, ARoomThatSaysOnlyThatItIsSilentIsSilentAndDoesNotHeat) {
  Plant plant = connect_plant();
  hear(plant, rooms(heats));
  const Module& room = *plant.module(connect_room("1000003"));
  ASSERT_EQ(room.flag(Aspect::load_active), true);
  hear(plant, rooms(R"({"id":"1000003","reachable":false})"));
  EXPECT_EQ(room.reach, Reach::unreachable);
  EXPECT_EQ(room.unreachable_since, noon);
  EXPECT_EQ(room.flag(Aspect::load_active), false);
  EXPECT_EQ(room.number(Aspect::temperature), 18.5) << "the last one known, as an old one";
  hear(plant, rooms(heats));
  EXPECT_EQ(room.reach, Reach::reachable);
  EXPECT_EQ(room.flag(Aspect::load_active), true);
}

TEST(ConnectReach, ItIsSilentInTheFirstAnswerToo) {
  Plant plant = connect_plant();
  hear(plant, rooms(R"({"id":"1000003","reachable":false},{"id":"1000001","reachable":false})"));
  EXPECT_EQ(plant.module(connect_room("1000003"))->reach, Reach::unreachable);
  EXPECT_EQ(plant.module(connect_room("1000001")), nullptr) << "nothing heats there";
}

TEST(ConnectReach, TheDemandOfASilentRoomIsOld) {
  Plant plant = connect_plant();
  hear(plant, rooms(R"({"id":"1000003","reachable":false,"heating_power_request":100})"));
  EXPECT_EQ(plant.module(connect_room("1000003"))->flag(Aspect::load_active), false);
}

TEST(ConnectReach, ARoomMissingAmongTheOthersIsSilent) {
  Plant plant = connect_plant();
  hear(plant, rooms(heats));
  const Module& room = *plant.module(connect_room("1000003"));
  hear(plant, rooms(""));
  EXPECT_EQ(room.reach, Reach::reachable) << "no room is named at all";
  hear(plant, rooms(R"({"id":"1000002","reachable":true,"therm_setpoint_mode":"home"})"));
  EXPECT_EQ(room.reach, Reach::unreachable);
  EXPECT_EQ(room.flag(Aspect::load_active), false);
}

TEST(ConnectReach, ErrorsInsideTheHomeCountLikeThoseBesideIt) {
  Plant plant = connect_plant();
  hear(
      plant,
      R"({"body":{"home":{"errors":[{"code":6,"id":"00:04:74:00:00:00:00:12"},{"code":6,"id":"10:20:30:00:00:01"}]},"errors":[{"code":5,"id":"00:04:74:00:00:00:00:13"}]}})");
  EXPECT_EQ(plant.module(connect_module("12"))->reach, Reach::unreachable);
  EXPECT_EQ(plant.module(connect_module("12"))->error, "code 6: unreachable");
  EXPECT_EQ(plant.module(connect_module("13"))->error, "code 5: invalid parameters for this device");
  EXPECT_EQ(plant.gateways[1].offline_since, noon);
}

TEST(ConnectReach, ACommandIsRefusedByAnErrorInsideTheHomeToo) {
  const Plant plant = connect_plant();
  const Module& plug = *plant.module(connect_module("12"));
  const auto refused = connect().read_command(
      plug, R"({"status":"ok","body":{"home":{"errors":[{"code":6,"id":"00:04:74:00:00:00:00:12"}]}}})");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "E8");
  EXPECT_TRUE(connect().read_command(
      plug, R"({"body":{"home":{"errors":[{"code":6,"id":"00:04:74:00:00:00:00:13"}]}}})"))
      << "of another module";
}

TEST(ConnectReach, OnlyOkMakesUpForAMissingBody) {
  const Plant plant = connect_plant();
  for (const char* answer : {"{}", R"({"status":"failed"})", R"({"status":"ok","body":"none"})"})
    EXPECT_FALSE(connect().read_status(plant, Call{}, answer, Minutes(0))) << answer;
}

}  // namespace
}  // namespace foyer
