// What real homes send that the reference does not show: values that were lost, bent or believed too much,
// and commands in the forms that other clients use (docs/apis.md).
#include <gtest/gtest.h>

#include <algorithm>

#include "core/cloud/netatmo/measures.hpp"
#include "core/cloud/netatmo/meters.hpp"
#include "tests/cloud/netatmo/payloads.hpp"

namespace foyer {
namespace {

using namespace test;

std::string topology(const std::string& home) {
  return R"({"body":{"homes":[{"id":"h1","name":"Home",)" + home + "}]}}";
}
Plant home_of(const std::string& home) { return connect_plant(topology(home)); }
void hears(Plant& plant, const std::string& home, const std::string& errors = "[]") {
  const auto report = connect().read_status(
      plant, Call{}, R"({"body":{"home":{"id":"h1",)" + home + R"(},"errors":)" + errors + "}}", Minutes(0));
  ASSERT_TRUE(report);
  apply(plant, *report, noon, nullptr, nullptr);
}
const Module& module_of(const Plant& plant, const std::string& id) {
  return *plant.module(ModuleId("netatmo:" + id));
}
const Module& room_of(const Plant& plant, const std::string& id) {
  return *plant.module(netatmo::room_module_id(plant.id, id));
}
std::string sent(const Plant& plant, const Module& module, const char* command) {
  const auto call = connect().command(plant, module, *parse_command(command), noon, Minutes(0));
  return call ? call->body : call.error().message;
}
std::string other(const Plant& plant, const Module& module, const char* command) {
  const auto call = connect().other_form(plant, module, *parse_command(command), noon, Minutes(0));
  if (!call) return "none";
  EXPECT_EQ(call->form, call->body.empty() || call->body[0] != '{');
  return call->path + " " + call->body;
}

// --- plans of the mode that is in force ---

constexpr const char* all_year =
    R"("temperature_control_mode":"auto","therm_mode":"schedule","modules":[{"id":"ac","type":"NAC","room_id":"1"}],
       "rooms":[{"id":"1","name":"Room"}],"schedules":[
        {"id":"w","name":"Winter","type":"therm","selected":true},{"id":"a","name":"Year","type":"auto","selected":true},
        {"id":"b","name":"Holiday","type":"auto"},{"id":"c","name":"Cool","type":"cooling","selected":true}])";

TEST(ConnectTruth, AHomeInAutomaticControlFollowsAndOffersItsAutomaticPlans) {
  const Plant plant = home_of(all_year);
  const Module& heating = *plant.module(netatmo::heating_id(plant.id));
  EXPECT_EQ(heating.word(Aspect::program), "a");
  EXPECT_EQ(heating.capability(Aspect::program)->options, (std::vector<std::string>{"a", "b"}));
  EXPECT_NE(sent(plant, heating, "program=b").find(R"("schedule_type":"auto")"), std::string::npos);
}

TEST(ConnectTruth, WithTheSeasonTheOfferFollows) {
  Plant plant = home_of(all_year);
  std::string cooling = topology(all_year);
  cooling.replace(cooling.find("\"auto\","), 7, "\"cooling\",");
  const auto report = connect().read_status(plant, Call{}, cooling, Minutes(0));
  ASSERT_TRUE(report);
  apply(plant, *report, noon, nullptr, nullptr);
  const Module& heating = *plant.module(netatmo::heating_id(plant.id));
  EXPECT_EQ(heating.word(Aspect::program), "c");
  EXPECT_EQ(heating.capability(Aspect::program)->options, std::vector<std::string>{"c"});
}

// --- manual, and pilot wires in a home that cools ---

Plant cooling_home() {
  Plant plant = home_of(
      R"("temperature_control_mode":"cooling","modules":[{"id":"ac","type":"BNS","room_id":"1"},
          {"id":"wire","type":"NLC","appliance_type":"radiator","room_id":"2"}],
         "rooms":[{"id":"1","name":"Bedroom"},{"id":"2","name":"Study"}],
         "schedules":[{"id":"c","type":"cooling","selected":true,"timetable":[{"zone_id":0,"m_offset":0}],
           "zones":[{"id":0,"rooms":[{"id":"1","cooling_setpoint_temperature":25.5}]}]}])");
  hears(plant, R"("rooms":[{"id":"1","reachable":true,"therm_measured_temperature":29.2,
      "cooling_setpoint_mode":"hg","cooling_setpoint_temperature":7},
     {"id":"2","reachable":true,"therm_setpoint_mode":"hg","therm_setpoint_fp":"stand_by"}])");
  return plant;
}

TEST(ConnectTruth, ManualStartsAtThePlanAndNotAtTheFrostGuard) {
  Plant plant = cooling_home();
  EXPECT_NE(sent(plant, room_of(plant, "1"), "mode=manual").find(R"("cooling_setpoint_temperature":25.5)"),
            std::string::npos);
  plant.schedules.clear();
  EXPECT_NE(sent(plant, room_of(plant, "1"), "mode=manual").find(R"("cooling_setpoint_temperature":29)"),
            std::string::npos)
      << "else at what is measured, on the step";
}

TEST(ConnectTruth, APilotWireHeatsWhateverTheHomeDoes) {
  const Plant plant = cooling_home();
  const std::string order = sent(plant, room_of(plant, "2"), "pilot_wire=comfort");
  EXPECT_NE(order.find(R"("therm_setpoint_fp":"comfort")"), std::string::npos) << order;
  EXPECT_EQ(order.find("cooling"), std::string::npos) << order;
}

TEST(ConnectTruth, ManualStart) {
  Module room;
  EXPECT_EQ(manual_start(room), std::nullopt);
  room.set_reading({.aspect = Aspect::temperature, .value = 19.2});
  room.set_reading({.aspect = Aspect::setpoint, .value = 21.0});
  EXPECT_EQ(manual_start(room), 21.0);
  room.set_reading({.aspect = Aspect::mode, .value = "off"});
  EXPECT_EQ(manual_start(room, 18.0), 21.0) << "the last one a person or a plan asked for";
  room.set_reading({.aspect = Aspect::mode, .value = "protection"});
  EXPECT_EQ(manual_start(room), 19.0) << "not the guard's";
  EXPECT_EQ(manual_start(room, 18.0), 18.0);
  room.set_reading({.aspect = Aspect::mode, .value = "manual"});
  room.set_reading({.aspect = Aspect::setpoint, .value = 0.0});
  EXPECT_EQ(manual_start(room), 19.0);
}

// --- the other forms ---

TEST(ConnectTruth, OtherFormsOfTheSameCommand) {
  Plant plant = home_of(
      R"("modules":[{"id":"valve","type":"NRV","room_id":"1"},{"id":"lamp","type":"NLFN","bridge":"g"},
      {"id":"wire","type":"NLC","appliance_type":"radiator","room_id":"2"}],
     "rooms":[{"id":"1","name":"Bedroom"},{"id":"2","name":"Study"}],
     "schedules":[{"id":"w","type":"therm","selected":true,"timetable":[{"zone_id":0,"m_offset":0}],
       "zones":[{"id":0,"rooms":[{"id":"2","therm_setpoint_fp":"away"}]}]}])");
  EXPECT_EQ(other(plant, room_of(plant, "1"), "setpoint=21.5:60"),
            "/api/setroomthermpoint home_id=h1&room_id=1&mode=manual&temp=21.5&endtime=1760003800");
  EXPECT_EQ(other(plant, room_of(plant, "1"), "mode=automatic"),
            "/api/setroomthermpoint home_id=h1&room_id=1&mode=home");
  EXPECT_EQ(other(plant, room_of(plant, "1"), "mode=protection"), "none") << "refused there";
  EXPECT_EQ(other(plant, module_of(plant, "lamp"), "level=40"),
            R"(/api/setstate {"home":{"id":"h1","modules":[{"id":"lamp","bridge":"g","brightness":40}]}})");
  EXPECT_EQ(
      other(plant, room_of(plant, "2"), "mode=automatic"),
      R"(/api/setstate {"home":{"id":"h1","rooms":[{"id":"2","therm_setpoint_mode":"manual","therm_setpoint_fp":"away"}]}})");
  EXPECT_EQ(other(plant, *plant.module(netatmo::heating_id(plant.id)), "mode=away"),
            "/api/setthermmode home_id=h1&mode=away");
}

// --- readings ---

TEST(ConnectTruth, VoltAndPercentOfABatteryAreTwoReadings) {
  Plant plant = home_of(R"("modules":[{"id":"s","type":"NXS"},{"id":"t","type":"NLT"}])");
  hears(
      plant,
      R"("modules":[{"id":"s","battery_percent":38,"battery_level":3724},{"id":"t","battery_level":2900}])");
  EXPECT_EQ(module_of(plant, "s").number(Aspect::battery_level), 38);
  bool volts = false;
  for (const Reading& one : module_of(plant, "s").readings)
    volts |= one.name == "battery_level" && one.value == Value(3724.0) && one.unit == Unit::millivolt;
  EXPECT_TRUE(volts);
  EXPECT_EQ(module_of(plant, "t").number(Aspect::battery_level), 2900);
}

TEST(ConnectTruth, ANameOfTheFirmwareGoesBeforeItsNumberInAnyOrder) {
  Plant plant =
      home_of(R"("modules":[{"id":"a","type":"NDB"},{"id":"b","type":"NDB"},{"id":"c","type":"NDB"}])");
  hears(plant, R"("modules":[{"id":"a","firmware_name":"2.18.0","firmware_revision":2018000},
      {"id":"b","firmware_revision":2018000,"firmware_name":"2.18.0"},{"id":"c","firmware_revision":7}])");
  EXPECT_EQ(module_of(plant, "a").word(Aspect::firmware), "2.18.0");
  EXPECT_EQ(module_of(plant, "b").word(Aspect::firmware), "2.18.0");
  EXPECT_EQ(module_of(plant, "c").word(Aspect::firmware), "7");
}

TEST(ConnectTruth, VeluxTellsTenthsOfADegree) {
  Plant plant = home_of(R"("rooms":[{"id":"91","name":"Attic","module_ids":["x"]},{"id":"92","name":"Hall"}],
      "modules":[{"id":"x","type":"NXS","room_id":"91"}])");
  hears(plant, R"("rooms":[{"id":"91","temperature":95,"humidity":56},{"id":"92","temperature":21.5}])");
  EXPECT_EQ(room_of(plant, "91").number(Aspect::temperature), 9.5) << "also where it could be a degree";
  EXPECT_EQ(room_of(plant, "92").number(Aspect::temperature), 21.5);
}

TEST(ConnectTruth, ValuesOfAWrongTypeAreComplainedOfUntilTheNextLook) {
  Plant plant = home_of(R"("modules":[{"id":"p","type":"NLP"}])");
  hears(plant, R"("modules":[{"id":"p","on":"yes","power":"many"}])");
  const auto says = [&](const char* part) {
    return std::ranges::any_of(plant.complaints, [&](const std::string& one) { return one.contains(part); });
  };
  EXPECT_TRUE(says("home.modules[0].on: expected true or false"));
  EXPECT_TRUE(says("power: expected a number"));
  const std::size_t before = plant.complaints.size();
  hears(plant, R"("modules":[{"id":"p","on":"yes","power":"many"}])");
  EXPECT_EQ(plant.complaints.size(), before) << "said once";
  forget_state_complaints(plant);
  hears(plant, R"("modules":[{"id":"p","on":true,"power":3}])");
  EXPECT_EQ(plant.complaints, std::vector<std::string>{});
}

TEST(ConnectTruth, AnErrorMayNameARoom) {
  Plant plant =
      home_of(R"("rooms":[{"id":"7","name":"Hall"}],"modules":[{"id":"v","type":"NRV","room_id":"7"}])");
  hears(plant,
        R"("rooms":[{"id":"7","reachable":true,"therm_measured_temperature":20,"heating_power_request":50,
      "therm_setpoint_temperature":21,"therm_setpoint_mode":"home"}])",
        R"([{"code":6,"id":"7"}])");
  const Module& room = room_of(plant, "7");
  EXPECT_EQ(room.reach, Reach::unreachable);
  EXPECT_EQ(room.error, "code 6: unreachable");
  EXPECT_EQ(room.flag(Aspect::load_active), false) << "nothing heats on the word of a room that is not heard";
}

TEST(ConnectTruth, AShutterThatStandsInBetweenCanBeSentThere) {
  Plant plant = home_of(R"("modules":[{"id":"r","type":"NBR"},{"id":"s","type":"NLV"}])");
  hears(
      plant,
      R"("modules":[{"id":"r","current_position":10},{"id":"s","current_position":10,"target_position:step":100}])");
  EXPECT_EQ(module_of(plant, "r").capability(Aspect::position)->range->step, 1);
  EXPECT_EQ(module_of(plant, "s").capability(Aspect::position)->range->step, 100) << "it says so";
}

// --- meters ---

Module channel(const char* id, const char* appliance = "") {
  Module out{.id = ModuleId(std::string("netatmo:") + id), .kind = Kind::energy_meter, .device = "NLE"};
  out.appliance = appliance;
  return out;
}

TEST(Meters, UnitsFollowTheChannel) {
  using netatmo::Counted;
  EXPECT_EQ(netatmo::counted_by(channel("00:04#1")), Counted::electricity);
  EXPECT_EQ(netatmo::counted_by(channel("00:04#6")), Counted::gas);
  EXPECT_EQ(netatmo::counted_by(channel("00:04#7")), Counted::water);
  EXPECT_EQ(netatmo::counted_by(channel("00:04#8")), Counted::water);
  EXPECT_EQ(netatmo::counted_by(channel("00:04#2", "gas")), Counted::gas)
      << "what it says goes before its number";
  EXPECT_EQ(netatmo::counted_by(channel("00:04#7", "heat")), Counted::heat);
  EXPECT_EQ(netatmo::counted_by(channel("00:04#3", "water_heater")), Counted::electricity);
  Module other = channel("00:04#6");
  other.device = "NLY";
  EXPECT_EQ(netatmo::counted_by(other), Counted::electricity) << "only the ecometer counts fluids";
  EXPECT_EQ(netatmo::measure_column("sum_energy_elec$0", Counted::gas).unit, "l")
      << "whatever the type is called";
  EXPECT_EQ(netatmo::measure_column("sum_fluid_consumption$0", Counted::heat).unit, "");
  EXPECT_EQ(netatmo::measure_column("sum_energy_elec$1").unit, "Wh");
}

TEST(Meters, EachProductIsAskedWithItsOwnTypes) {
  using netatmo::history_types;
  EXPECT_EQ(history_types(channel("00:04#1"), "1day").front(),
            "sum_energy_elec$0,sum_energy_elec$1,sum_energy_elec$2");
  EXPECT_EQ(history_types(channel("00:04#1"), "1day").size(), 2u)
      << "the other words for when these are refused";
  for (const char* fluid : {"00:04#6", "00:04#7"})
    EXPECT_EQ(history_types(channel(fluid), "1day"), std::vector<std::string>{"sum_fluid_consumption$0"});
  Module plug{.id = ModuleId("netatmo:p"), .kind = Kind::plug, .device = "NLP"};
  EXPECT_TRUE(history_types(plug, "1hour").front().starts_with("sum_energy_buy_from_grid$0"));
  Module thermostat{.id = ModuleId("netatmo:t"), .kind = Kind::thermostat, .device = "NATherm1"};
  EXPECT_EQ(history_types(thermostat, "1hour").front(), "boileron,boileroff");
  EXPECT_EQ(history_types(thermostat, "1day").front(), "sum_boiler_on,sum_boiler_off");
}

TEST(Meters, RowsComeInTheOrderOfTimeAndOnePerInstant) {
  const netatmo::MeasureQuery query{
      .types = {"temperature", "humidity"}, .scale = "1hour", .real_time = true};
  const auto series = netatmo::read_measures(
      R"({"body":[{"beg_time":7200,"step_time":3600,"value":[[3,null],[4,40]]},
                  {"beg_time":0,"step_time":3600,"value":[[1,10],[2,20],[null,30]]}]})",
      query);
  ASSERT_TRUE(series);
  ASSERT_EQ(series->rows.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(to_ms(series->rows[i].from), static_cast<long long>(i) * 3'600'000);
    EXPECT_EQ(series->value(i, 0), static_cast<double>(i + 1));
    EXPECT_EQ(series->value(i, 1), static_cast<double>(10 * (i + 1)));
  }
  EXPECT_EQ(series->segments, std::vector<std::size_t>{0});
}

}  // namespace
}  // namespace foyer
