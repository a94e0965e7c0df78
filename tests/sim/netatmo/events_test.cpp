// Event schedules play their commands.
#include "tests/sim/netatmo/world.hpp"

namespace foyer::sim::test {
namespace {

// 2026-11-22 12:00 UTC is a Sunday, 13:00 in the home: minute 9420 of its week.
class SimNetEvents : public NetWorld {
 protected:
  void SetUp() override {
    net_sign_in();
    control(R"({"netatmoLagFromMs":0,"netatmoLagToMs":0,"netatmoPer10S":0,"netatmoPerHour":0})");
  }
  void later(Millis by) {
    time.advance(by);
    net_sign_in();
  }
  // A selected schedule of one zone, 7, with these modules, played at these minutes of the week.
  void play(const std::string& modules, std::initializer_list<int> minutes) {
    std::string table;
    for (const int at : minutes)
      table += (table.empty() ? "" : ",") + (R"({"zone_id":7,"m_offset":)" + std::to_string(at) + "}");
    const Response made =
        net_json("createnewhomeschedule", R"({"home_id":"5f0e0000000000000a11ce01","schedule_type":"event",)"
                                          R"("name":"Mine","selected":true,"timetable":[)" +
                                              table + R"(],"zones":[{"id":7,"modules":[)" + modules + "]}]}");
    EXPECT_EQ(made.status, 200) << made.body;
  }
  const std::string left = "00:04:74:00:00:0a:11:04", lamp = "00:04:74:00:00:0a:11:01",
                    gateway = "00:04:74:0a:11:67";
  const std::string lamp_off = R"({"id":"00:04:74:00:00:0a:11:01","bridge":"00:04:74:0a:11:67","on":false})";
};

TEST_F(SimNetEvents, the_shutters_open_at_half_past_seven_by_the_clock_of_the_home) {
  EXPECT_EQ(module_status(left)["current_position"], 60);
  later(Minutes(18 * 60 + 29));
  EXPECT_EQ(module_status(left)["current_position"], 60) << "06:29 UTC on Monday";
  later(Minutes(1) + Seconds(4));
  EXPECT_GT(module_status(left)["current_position"], 60) << "07:30 in the home, on its way for four seconds";
  EXPECT_LT(module_status(left)["current_position"], 100);
  EXPECT_EQ(module_status(left)["target_position"], 100);
  later(Minutes(1));
  EXPECT_EQ(module_status(left)["current_position"], 100);
}

TEST_F(SimNetEvents, whoever_asks_late_finds_the_turn_and_what_came_after_it) {
  module_status(lamp);
  later(Hours(72));
  EXPECT_EQ(module_status(left)["current_position"], 100);
  set_module(left, R"("target_position":0)");
  later(Minutes(5));
  EXPECT_EQ(module_status(left)["current_position"], 0) << "a turn is played once";
  later(Hours(24));
  EXPECT_EQ(module_status(left)["current_position"], 100) << "and again the next day";
}

TEST_F(SimNetEvents, a_person_outdoes_an_earlier_turn_only) {
  play(lamp_off, {9425});
  later(Minutes(10));
  set_module(lamp, R"("on":true)");
  EXPECT_EQ(module_status(lamp)["on"], true) << "the turn came first though nobody looked";
  control(R"({"set":{"00:04:74:00:00:0a:11:01":{"on":true}}})");
  later(Hours(7 * 24) - Minutes(6));
  EXPECT_EQ(module_status(lamp)["on"], true);
  later(Minutes(2));
  EXPECT_EQ(module_status(lamp)["on"], false) << "a week later";
}

TEST_F(SimNetEvents, what_becomes_selected_orders_nothing_of_the_past) {
  play(lamp_off, {9419, 9420});
  later(Minutes(30));
  EXPECT_EQ(module_status(lamp)["on"], true);
}

TEST_F(SimNetEvents, a_schedule_put_to_rest_orders_nothing_more) {
  play(lamp_off, {9425});
  net_json("switchhomeschedule",
           R"({"home_id":"5f0e0000000000000a11ce01","schedule_type":"event","selected":false})");
  later(Minutes(10));
  EXPECT_EQ(module_status(lamp)["on"], true);
}

TEST_F(SimNetEvents, a_module_out_of_reach_misses_its_turn) {
  play(lamp_off, {9425, 9450});
  control(R"({"gatewayOffline":"00:04:74:0a:11:67"})");
  later(Minutes(10));
  control(R"({"gatewayOffline":false})");
  EXPECT_EQ(module_status(lamp)["on"], true);
  later(Minutes(25));
  EXPECT_EQ(module_status(lamp)["on"], false);
}

TEST_F(SimNetEvents, what_a_module_does_not_take_harms_nothing) {
  play(R"({"id":"00:04:74:00:00:0a:11:04","on":true},{"id":"nobody","on":true},{},7,)"
       R"({"id":"00:04:74:00:00:0a:11:01","brightness":300},)" +
           lamp_off,
       {9425});
  later(Minutes(10));
  EXPECT_EQ(module_status(left)["current_position"], 60);
  EXPECT_EQ(module_status(lamp)["on"], false);
  EXPECT_EQ(module_status(lamp)["brightness"], 70);
}

TEST_F(SimNetEvents, the_lag_of_the_cloud_is_in_it_too) {
  control(R"({"netatmoLagFromMs":60000,"netatmoLagToMs":60000})");
  play(lamp_off, {9425});
  later(Minutes(5) + Seconds(59));
  EXPECT_EQ(module_status(lamp)["on"], true);
  later(Seconds(1));
  EXPECT_EQ(module_status(lamp)["on"], false);
}

// The clocks go forward on 2027-03-28, 01:00 UTC: 07:30 is 05:30 UTC from then on.
TEST_F(SimNetEvents, summer_time_moves_the_turns) {
  later(parse_iso8601("2027-03-28T05:29:00Z")->time_since_epoch() - Seconds(1'795'348'800));
  set_module(left, R"("target_position":0)");
  later(Minutes(2));
  EXPECT_EQ(module_status(left)["target_position"], 100);
}

}  // namespace
}  // namespace foyer::sim::test
