// Rooms, modes and schedules.
#include <map>

#include "core/base/time.hpp"
#include "core/sim/house/netatmo_house.hpp"
#include "tests/sim/netatmo/world.hpp"

namespace foyer::sim::test {
namespace {

class SimNetClimate : public NetWorld {
 protected:
  void SetUp() override {
    net_sign_in();
    control(R"({"netatmoLagFromMs":0,"netatmoLagToMs":0,"netatmoPer10S":0,"netatmoPerHour":0})");
  }
  Json schedules(const std::string& home = belle) { return home_data(home)["schedules"]; }
  Json schedule_of(const std::string& type, const std::string& home = belle) {
    for (const Json& item : schedules(home))
      if (text_of(item, "type") == type) return item;
    return {};
  }
  const std::string living = "1885923001", guest = "1885923004", study = "1885923006", kitchen = "1885923002";
};

// 2026-11-22 12:00 UTC is a Sunday, 13:00 in the home.
TEST_F(SimNetClimate, the_week_is_played_by_the_clock_of_the_home) {
  EXPECT_EQ(room_status(living)["therm_setpoint_temperature"], 18) << "eco from 09:00 to 17:00";
  EXPECT_EQ(room_status(living)["therm_setpoint_mode"], "schedule");
  EXPECT_EQ(room_status(guest)["therm_setpoint_fp"], "away");
  time.advance(Hours(4));
  net_sign_in();
  EXPECT_EQ(room_status(living)["therm_setpoint_temperature"], 20.5) << "comfort at 17:00 local, 16:00 UTC";
  EXPECT_EQ(room_status(guest)["therm_setpoint_fp"], "comfort");
  EXPECT_GT(room_status(living)["heating_power_request"], 50);
  time.advance(Hours(7));
  net_sign_in();
  EXPECT_EQ(room_status(living)["therm_setpoint_temperature"], 17)
      << "the last entry of the week is still in force";
}

TEST(SimNetTime, central_europe_changes_its_clocks_on_the_last_sundays) {
  const auto at = [](const char* text) { return to_ms(*parse_iso8601(text)); };
  EXPECT_EQ(net_zone_minutes(at("2026-03-29T00:59:59Z")), 60);
  EXPECT_EQ(net_zone_minutes(at("2026-03-29T01:00:00Z")), 120);
  EXPECT_EQ(net_zone_minutes(at("2026-10-25T00:59:59Z")), 120);
  EXPECT_EQ(net_zone_minutes(at("2026-10-25T01:00:00Z")), 60);
  EXPECT_EQ(net_zone_minutes(at("2027-03-28T01:00:00Z")), 120);
}

TEST_F(SimNetClimate, a_room_shows_what_real_rooms_show) {
  const Json room = room_status(study);
  for (const char* name : {"reachable", "anticipating", "heating_power_request", "open_window", "humidity",
                           "therm_measured_temperature", "therm_setpoint_temperature", "therm_setpoint_mode",
                           "therm_setpoint_start_time", "therm_setpoint_end_time"})
    EXPECT_TRUE(room.contains(name)) << name;
  EXPECT_TRUE(room["therm_setpoint_end_time"].is_null()) << "no end as null";
  EXPECT_EQ(room_status(living)["therm_setpoint_end_time"], 0) << "no end as 0";
  EXPECT_FALSE(room_status(guest).contains("therm_setpoint_end_time")) << "no end as nothing";
  EXPECT_TRUE(room_status(kitchen).is_null()) << "not controlled";
}

TEST_F(SimNetClimate, a_manual_set_point_ends_when_it_said_and_the_schedule_is_back) {
  EXPECT_EQ(set_room(living, R"("therm_setpoint_mode":"manual","therm_setpoint_temperature":21.5,)"
                             R"("therm_setpoint_end_time":1795352400)")
                .status,
            200);
  const Json room = room_status(living);
  EXPECT_EQ(room["therm_setpoint_mode"], "manual");
  EXPECT_EQ(room["therm_setpoint_temperature"], 21.5);
  EXPECT_EQ(room["therm_setpoint_start_time"], 1795348800);
  EXPECT_EQ(room["therm_setpoint_end_time"], 1795352400);
  time.advance(Hours(1));
  EXPECT_EQ(room_status(living)["therm_setpoint_mode"], "schedule");
}

TEST_F(SimNetClimate, without_an_end_the_default_duration_of_the_home_applies) {
  set_room(study, R"("therm_setpoint_mode":"manual","therm_setpoint_temperature":22)");
  EXPECT_EQ(room_status(study)["therm_setpoint_end_time"], 1795348800 + 180 * 60);
  set_room(study, R"("therm_setpoint_mode":"home")");
  EXPECT_EQ(room_status(study)["therm_setpoint_mode"], "home");
}

TEST_F(SimNetClimate, rooms_warm_up_towards_what_they_are_told) {
  const double before = room_status(living)["therm_measured_temperature"].get<double>();
  set_room(living, R"("therm_setpoint_mode":"max")");
  EXPECT_EQ(room_status(living)["therm_setpoint_temperature"], 30);
  EXPECT_EQ(module_status("04:00:00:0a:11:41")["boiler_status"], true);
  time.advance(Minutes(60));
  EXPECT_GT(room_status(living)["therm_measured_temperature"].get<double>(), before + 3);
}

TEST_F(SimNetClimate, a_pilot_wire_takes_orders) {
  EXPECT_EQ(set_room(guest, R"("therm_setpoint_mode":"manual","therm_setpoint_fp":"comfort")").status, 200);
  EXPECT_EQ(room_status(guest)["therm_setpoint_fp"], "comfort");
  EXPECT_EQ(set_room(guest, R"("therm_setpoint_mode":"hg","therm_setpoint_fp":"frost_guard")").status, 200);
  EXPECT_EQ(room_status(guest)["therm_setpoint_fp"], "frost_guard");
  EXPECT_EQ(room_status(guest)["therm_setpoint_mode"], "hg");
  EXPECT_EQ(set_room(guest, R"("therm_setpoint_mode":"max")").body,
            R"({"error":{"code":21,"message":"mode not authorized"}})");
  EXPECT_EQ(code(set_room(guest, R"("therm_setpoint_mode":"manual","therm_setpoint_fp":"cosy")")), 21);
  EXPECT_EQ(code(set_room(living, R"("therm_setpoint_mode":"manual","therm_setpoint_fp":"comfort")")), 21);
}

TEST_F(SimNetClimate, wrong_room_settings_are_refused) {
  EXPECT_EQ(code(set_room(living, R"("therm_setpoint_mode":"away")")), 21);
  EXPECT_EQ(code(set_room(living, R"("therm_setpoint_mode":"manual")")), 10);
  EXPECT_EQ(code(set_room(living, R"("therm_setpoint_temperature":20)")), 10);
  EXPECT_EQ(code(set_room(living, R"("therm_setpoint_mode":"manual","therm_setpoint_temperature":31)")), 21);
  EXPECT_EQ(code(set_room(living, R"("therm_setpoint_mode":"max","therm_setpoint_end_time":1)")), 25);
  EXPECT_EQ(code(set_room(kitchen, R"("therm_setpoint_mode":"home")")), 21);
  EXPECT_EQ(code(set_room("77", R"("therm_setpoint_mode":"home")")), 21);
  EXPECT_EQ(code(set_room(living, R"("cooling_setpoint_mode":"home")")), 21);
}

TEST_F(SimNetClimate, a_cooling_home_speaks_of_cooling) {
  net_sign_in("bruno");
  const std::string room = room_named("Soggiorno", bruno_home);
  EXPECT_EQ(room_status(room, bruno_home)["cooling_setpoint_temperature"], 25);
  EXPECT_FALSE(room_status(room, bruno_home).contains("therm_setpoint_mode"));
  EXPECT_EQ(code(set_room(room, R"("therm_setpoint_mode":"max")", bruno_home)), 21);
  EXPECT_EQ(
      set_room(room, R"("cooling_setpoint_mode":"manual","cooling_setpoint_temperature":23)", bruno_home)
          .status,
      200);
  EXPECT_EQ(room_status(room, bruno_home)["cooling_setpoint_temperature"], 23);
}

TEST_F(SimNetClimate, setroomthermpoint_takes_forms_and_knows_fewer_modes) {
  const auto set = [&](Fields more) {
    Fields fields{{"home_id", belle}, {"room_id", living}};
    fields.insert(fields.end(), more.begin(), more.end());
    return net_form("setroomthermpoint", fields);
  };
  const Response done = set({{"mode", "manual"}, {"temp", "20.5"}, {"endtime", "1795352400"}});
  EXPECT_EQ(done.status, 200);
  EXPECT_EQ(json(done)["status"], "ok");
  EXPECT_FALSE(json(done).contains("body"));
  EXPECT_EQ(room_status(living)["therm_setpoint_temperature"], 20.5);
  EXPECT_EQ(set({{"mode", "away"}}).body, R"({"error":{"code":21,"message":"Invalid mode"}})");
  EXPECT_EQ(set({{"mode", "hg"}}).status, 400);
  EXPECT_EQ(set({}).body, R"({"error":{"code":10,"message":"mode is missing"}})");
  EXPECT_EQ(code(set({{"mode", "manual"}})), 10);
}

TEST_F(SimNetClimate, with_smarther_scopes_alone_setroomthermpoint_is_forbidden_and_setstate_is_not) {
  net_sign_in("alice", "read_smarther write_smarther");
  const Response refused = net_form(
      "setroomthermpoint", {{"home_id", belle}, {"room_id", study}, {"mode", "manual"}, {"temp", "20"}});
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(code(refused), 13);
  EXPECT_EQ(set_room(study, R"("therm_setpoint_mode":"manual","therm_setpoint_temperature":20)").status, 200);
  EXPECT_EQ(net_form("setthermmode", {{"home_id", belle}, {"mode", "away"}}).status, 200);
}

TEST_F(SimNetClimate, the_mode_of_the_home_moves_every_room) {
  set_room(living, R"("therm_setpoint_mode":"manual","therm_setpoint_temperature":25)");
  EXPECT_EQ(
      net_form("setthermmode", {{"home_id", belle}, {"mode", "away"}, {"endtime", "1795352400"}}).status,
      200);
  EXPECT_EQ(home_data()["therm_mode"], "away");
  EXPECT_EQ(room_status(living)["therm_setpoint_mode"], "away");
  EXPECT_EQ(room_status(living)["therm_setpoint_temperature"], 14);
  EXPECT_EQ(room_status(guest)["therm_setpoint_fp"], "away");
  EXPECT_EQ(room_status(living)["therm_setpoint_end_time"], 1795352400);
  time.advance(Hours(1));
  EXPECT_EQ(home_data()["therm_mode"], "schedule");
  net_form("setthermmode", {{"home_id", belle}, {"mode", "hg"}});
  EXPECT_EQ(room_status(living)["therm_setpoint_temperature"], 7);
  EXPECT_EQ(net_form("setthermmode", {{"home_id", belle}}).body,
            R"({"error":{"code":10,"message":"mode is missing"}})");
  EXPECT_EQ(code(net_form("setthermmode", {{"home_id", belle}, {"mode", "manual"}})), 21);
  EXPECT_EQ(
      net_form("setthermmode", {{"home_id", belle}, {"mode", "schedule"}, {"schedule_id", "blah"}}).body,
      R"({"error":{"code":21,"message":"schedule <blah> is not therm schedule"}})");
}

TEST_F(SimNetClimate, presets_are_refused_while_a_thermostat_is_off) {
  set_room(living, R"("therm_setpoint_mode":"off")");
  EXPECT_EQ(code(net_form("setthermmode", {{"home_id", belle}, {"mode", "away"}})), 21);
  set_room(living, R"("therm_setpoint_mode":"manual","therm_setpoint_temperature":20)");
  EXPECT_EQ(net_form("setthermmode", {{"home_id", belle}, {"mode", "away"}}).status, 200);
}

TEST_F(SimNetClimate, schedules_of_four_types_with_one_of_each_selected) {
  std::map<std::string, int> selected;
  for (const Json& item : schedules())
    if (bool_of(item, "selected") == true) ++selected[text_of(item, "type").value_or("")];
  EXPECT_EQ(selected, (std::map<std::string, int>{{"electricity", 1}, {"event", 1}, {"therm", 1}}));
  EXPECT_FALSE(schedule_of("cooling").contains("selected")) << "absent is false";
  const Json therm = schedule_of("therm"), event = schedule_of("event"), price = schedule_of("electricity");
  EXPECT_EQ(therm["zones"][0]["rooms"][0], (Json{{"id", living}, {"therm_setpoint_temperature", 20.5}}));
  EXPECT_EQ(therm["zones"][0]["rooms_temp"][2], (Json{{"room_id", guest}, {"therm_setpoint_fp", "comfort"}}));
  EXPECT_EQ(event["timetable_sunrise"], Json::array());
  EXPECT_EQ(event["zones"][0]["modules"][0]["target_position"], 100);
  EXPECT_EQ(price["zones"][1], (Json{{"id", 1}, {"price", 0.2068}, {"price_type", "off_peak"}}));
}

TEST_F(SimNetClimate, another_schedule_can_be_selected_and_an_event_schedule_put_to_rest) {
  EXPECT_EQ(net_form("switchhomeschedule", {{"home_id", belle}, {"schedule_id", "5f0e0000000000000a11cea2"}})
                .status,
            200);
  EXPECT_EQ(entry(schedules(), "5f0e0000000000000a11cea2")["selected"], true);
  EXPECT_FALSE(entry(schedules(), "5f0e0000000000000a11cea1").contains("selected"));
  time.advance(Hours(4));
  net_sign_in();
  EXPECT_EQ(room_status(living)["therm_setpoint_temperature"], 16) << "comfort of the other week";
  EXPECT_EQ(net_json("switchhomeschedule",
                     R"({"home_id":"5f0e0000000000000a11ce01","schedule_type":"event","selected":false})")
                .status,
            200);
  for (const Json& item : schedules())
    if (text_of(item, "type") == "event") EXPECT_FALSE(item.contains("selected"));
  EXPECT_EQ(code(net_form("switchhomeschedule", {{"home_id", belle}})), 10);
  EXPECT_EQ(code(net_form("switchhomeschedule", {{"home_id", belle}, {"schedule_id", "x"}})), 21);
}

TEST_F(SimNetClimate, a_sync_replaces_the_whole_schedule) {
  const std::string body =
      R"({"timetable":[{"zone_id":1,"m_offset":600},{"id":0,"m_offset":0}],"zones":[{"id":0,"name":"A","type":0,"rooms":)"
      R"([{"id":"1885923001","therm_setpoint_temperature":19}]},{"id":1,"name":"B","type":1,"rooms":)"
      R"([{"id":"1885923001","therm_setpoint_temperature":23}]}],"away_temp":13,"hg_temp":8})";
  const std::string query =
      "?" + form_encode({{"home_id", belle}, {"schedule_id", "5f0e0000000000000a11cea1"}, {"name", "Mine"}});
  EXPECT_EQ(net_json("synchomeschedule" + query, body).status, 200) << "ids in the query as one client does";
  const Json got = entry(schedules(), "5f0e0000000000000a11cea1");
  EXPECT_EQ(got["name"], "Mine");
  EXPECT_EQ(got["timetable"], *parse_json(R"([{"zone_id":0,"m_offset":0},{"zone_id":1,"m_offset":600}])"));
  EXPECT_EQ(got["zones"].size(), 2U);
  EXPECT_EQ(got["selected"], true);
  EXPECT_EQ(room_status(living)["therm_setpoint_temperature"], 23);
  net_form("setthermmode", {{"home_id", belle}, {"mode", "away"}});
  EXPECT_EQ(room_status(living)["therm_setpoint_temperature"], 13);
}

TEST_F(SimNetClimate, a_schedule_with_a_room_that_is_not_controlled_is_refused) {
  const Response refused = net_json(
      "synchomeschedule",
      R"({"home_id":"5f0e0000000000000a11ce01","schedule_id":"5f0e0000000000000a11cea1","timetable":[],"zones":[{"id":0,)"
      R"("rooms":[{"id":"1885923002","therm_setpoint_temperature":19}]}]})");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(said(refused), "Invalid rooms_temp: some rooms aren't controlled");
  for (const char* wrong : {R"("zones":[],"timetable":[{"zone_id":0,"m_offset":0}])",
                            R"("zones":[{"id":0}],"timetable":[{"zone_id":0,"m_offset":10080}])",
                            R"("zones":[{}],"timetable":[])"})
    EXPECT_EQ(
        code(net_json("synchomeschedule",
                      R"({"home_id":"5f0e0000000000000a11ce01","schedule_id":"5f0e0000000000000a11cea1",)" +
                          std::string(wrong) + "}")),
        21)
        << wrong;
  EXPECT_EQ(
      code(net_json("synchomeschedule",
                    R"({"home_id":"5f0e0000000000000a11ce01","schedule_id":"5f0e0000000000000a11cea1"})")),
      10);
}

TEST_F(SimNetClimate, schedules_are_created_renamed_and_deleted) {
  const std::string body =
      R"({"home_id":"5f0e0000000000000a11ce01","name":"Mi-saison","timetable":[{"zone_id":0,"m_offset":0}],"zones":[{"id":0,)"
      R"("name":"Z","type":0,"rooms":[{"id":"1885923001","therm_setpoint_temperature":19}]}],"away_temp":13,"hg_temp":8})";
  const Json made = json(net_json("createnewhomeschedule", body));
  const std::string id = text_of(made, "schedule_id").value_or("");
  ASSERT_EQ(id.size(), 24U);
  EXPECT_EQ(entry(schedules(), id)["name"], "Mi-saison");
  EXPECT_EQ(entry(schedules(), id)["type"], "therm");
  control(R"({"netatmoNewId":"body"})");
  const Json other = json(net_json("createnewhomeschedule", body));
  EXPECT_EQ(text_of(other["body"], "schedule_id").value_or("").size(), 24U);
  EXPECT_EQ(
      net_form("renamehomeschedule", {{"home_id", belle}, {"schedule_id", id}, {"name", "Printemps"}}).status,
      200);
  EXPECT_EQ(entry(schedules(), id)["name"], "Printemps");
  EXPECT_EQ(code(net_form("renamehomeschedule", {{"home_id", belle}, {"schedule_id", id}, {"name", "<b>"}})),
            36);
  EXPECT_EQ(net_form("deletehomeschedule", {{"home_id", belle}, {"schedule_id", id}}).status, 200);
  EXPECT_TRUE(entry(schedules(), id).is_null());
  EXPECT_EQ(
      code(net_form("deletehomeschedule", {{"home_id", belle}, {"schedule_id", "5f0e0000000000000a11cea1"}})),
      13)
      << "the one in force stays";
}

}  // namespace
}  // namespace foyer::sim::test
