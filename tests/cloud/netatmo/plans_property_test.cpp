// Nothing of a person's plan is lost by being edited: read → change one thing → what is written differs from
// what was read in that thing only, whatever else the cloud put into it. Over recorded plans and over made-up
// ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/base/json.hpp"
#include "core/cloud/netatmo/netatmo.hpp"
#include "core/cloud/netatmo/schedules.hpp"
#include "tests/cloud/netatmo/payloads.hpp"
#include "tests/support/data.hpp"

namespace foyer {
namespace {

using namespace test;
using Paths = std::vector<std::string>;

// Members of a schedule as it is listed that a request says in another way, or not at all: which schedule it
// is, and whether it is in use.
bool is_address(const std::string& path) {
  constexpr std::string_view names[] = {"/id",      "/type",        "/selected",     "/default",
                                        "/home_id", "/schedule_id", "/schedule_type"};
  return std::ranges::find(names, path) != std::end(names);
}

// An empty list where there was none says the same; `rooms_temp` is an old mirror of `rooms`.
bool is_harmless(const std::string& path, const Json& value) {
  const std::string name = path.substr(path.rfind('/'));
  return name == "/rooms_temp" ||
         (value.is_array() && value.empty() &&
          (name == "/rooms" || name == "/modules" || name.starts_with("/timetable_")));
}

void differences(const Json& read, const Json& written, const std::string& path, Paths& out) {
  if (read.is_object() && written.is_object()) {
    for (const auto& [name, value] : read.items()) {
      const std::string here = path + "/" + name;
      if (is_address(here)) continue;
      if (written.contains(name))
        differences(value, written[name], here, out);
      else if (!is_harmless(here, value))
        out.push_back("lost " + here);
    }
    for (const auto& [name, value] : written.items()) {
      const std::string here = path + "/" + name;
      if (!read.contains(name) && !is_address(here) && !is_harmless(here, value))
        out.push_back("new " + here);
    }
  } else if (read.is_array() && written.is_array() && read.size() == written.size()) {
    for (std::size_t i = 0; i < read.size(); ++i)
      differences(read[i], written[i], path + "/" + std::to_string(i), out);
  } else if (read != written) {
    out.push_back(path);
  }
}

Paths differences(const Json& read, const Call& call) {
  Paths out;
  const auto written = parse_json(call.body);
  EXPECT_TRUE(written) << call.body;
  if (written) differences(read, *written, "", out);
  return out;
}

// Place of the first slot, room … in the list as it was read: what could not be read stands there, too.
std::string place_of(const Json& list, const char* member, const Json& value) {
  for (std::size_t i = 0; i < list.size(); ++i)
    if (list[i].is_object() && list[i].contains(member) && list[i][member] == value) return std::to_string(i);
  return "?";
}

// Every single change that a person can make to a plan.
void change_each_thing(const Plant& plant, const Schedule& schedule, const Json& read) {
  SCOPED_TRACE(schedule.id + " " + read.dump());
  const auto written = [&](const Schedule& edited) {
    const auto call = netatmo::sync_schedule(plant, edited);
    EXPECT_TRUE(call) << call.error().message;
    return call ? differences(read, *call) : Paths{"refused"};
  };
  EXPECT_EQ(written(schedule), Paths{}) << "nothing was changed";

  Schedule named = schedule;
  named.name += " II";
  EXPECT_EQ(written(named), Paths{read.contains("name") ? "/name" : "new /name"});

  Schedule later = schedule;
  const int last = later.timetable.back().minute;
  const bool sorted = std::ranges::is_sorted(later.timetable, {}, &Slot::minute) &&
                      std::ranges::adjacent_find(later.timetable, {}, &Slot::minute) == later.timetable.end();
  if (sorted && last < 10'079) {
    later.timetable.back().minute = 10'079;
    EXPECT_EQ(written(later),
              Paths{"/timetable/" + place_of(read["timetable"], "m_offset", last) + "/m_offset"});
  }

  for (std::size_t zone = 0; zone < schedule.zones.size(); ++zone) {
    const std::string where = "/zones/" + place_of(read["zones"], "id", schedule.zones[zone].id);
    Schedule other = schedule;
    other.zones[zone].name = "Other";
    const Paths renamed = written(other);
    ASSERT_EQ(renamed.size(), 1u) << testing::PrintToString(renamed);
    EXPECT_TRUE(renamed[0].ends_with(where + "/name")) << renamed[0];
    if (schedule.zones[zone].rooms.empty() || !schedule.zones[zone].rooms[0].temperature) continue;
    if (!plant.ambient(schedule.zones[zone].rooms[0].ambient)) continue;
    Schedule warmer = schedule;
    warmer.zones[zone].rooms[0].temperature = 31.5;
    const Paths warmed = written(warmer);
    ASSERT_EQ(warmed.size(), 1u) << testing::PrintToString(warmed);
    EXPECT_TRUE(warmed[0].starts_with(where + "/rooms/")) << warmed[0];
  }
}

bool is_written(const Schedule& schedule) {
  return schedule.type == "therm" || schedule.type == "cooling" || schedule.type == "auto" ||
         schedule.type == "event";
}

int change_all(const std::string& body) {
  int changed = 0;
  const auto plants = connect().read_plants(200, body);
  EXPECT_TRUE(plants);
  if (!plants) return 0;
  for (const Plant& plant : *plants)
    for (const Schedule& schedule : plant.schedules) {
      const auto read = parse_json(schedule.raw);
      if (!read || !is_written(schedule) || schedule.timetable.empty()) continue;
      change_each_thing(plant, schedule, *read);
      ++changed;
    }
  return changed;
}

TEST(PlansKeepEverything, ThatWereRecorded) {
  int changed = 0;
  for (const char* name :
       {"homesdata_mixed_home", "homesdata_legrand_two_homes", "homesdata_bticino_intercom",
        "homesdata_bticino_mhs1_shutters", "homesdata_home_without_rooms"}) {
    const auto body = read_file(fixture_dir() + "/netatmo/topology/" + name + ".json");
    if (body) changed += change_all(*body);
  }
  if (changed == 0) GTEST_SKIP() << "no fixture " << fixture_dir() << "/netatmo/topology/homesdata_*.json";
}

// A home with one plan, full of what nobody here knows: members, elements of other shapes, odd numbers.
class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  std::string home() {
    Json home = {{"id", "h-1"}, {"name", "Home"}, {"modules", Json::array()}, {"rooms", Json::array()}};
    for (int i = 0; i < 3; ++i) home["rooms"].push_back({{"id", "10" + std::to_string(i)}, {"name", "Room"}});
    home["modules"].push_back({{"id", "m-1"}, {"type", "NLP"}, {"name", "Plug"}, {"bridge", "g-1"}});
    home["schedules"].push_back(plan());
    return Json{{"status", "ok"}, {"body", {{"homes", {home}}}}}.dump();
  }

 private:
  int below(int end) { return std::uniform_int_distribution(0, end - 1)(random_); }

  void decorate(Json& object) {
    const Json values[] = {Json{{"deep", {1, 2.5, nullptr, "x"}}},
                           Json("text"),
                           Json(7),
                           Json(true),
                           Json::array({"1"}),
                           Json(nullptr)};
    for (int i = below(3); i > 0; --i) object["x_" + std::to_string(below(50))] = values[below(6)];
  }

  Json plan() {
    static constexpr const char* types[] = {"therm", "cooling", "auto", "event"};
    const std::string type = types[below(4)];
    Json out = {{"id", "s-1"}, {"name", "Plan"}, {"type", type}, {"selected", below(2) == 0}};
    if (type == "therm") out["away_temp"] = 12, out["hg_temp"] = 7.5;
    if (type == "cooling") out["cooling_away_temp"] = 28;
    if (type != "event" && below(2) == 0) out["away_temperature_mode"] = "x";
    if (type == "event")
      out["timetable_sunrise"] = {{{"zone_id", 0}, {"day", 1}}}, out["timetable_sunset"] = Json::array();
    const int zones = 1 + below(3);
    out["zones"] = Json::array();
    for (int i = 0; i < zones; ++i) {
      out["zones"].push_back(zone(i, type));
      if (below(4) == 0) out["zones"].push_back({{"id", "odd"}, {"kept", true}});
    }
    out["timetable"] = Json::array();
    int minute = below(50);
    for (int i = 0; i < 1 + below(5); ++i, minute += 1 + below(1500)) {
      out["timetable"].push_back({{"zone_id", below(zones)}, {"m_offset", minute}});
      decorate(out["timetable"].back());
      if (below(5) == 0) out["timetable"].push_back({{"sunset", -30}});
    }
    decorate(out);
    return out;
  }

  Json zone(int id, const std::string& type) {
    Json out = {{"id", id}, {"name", "Zone " + std::to_string(id)}, {"type", below(9)}};
    if (below(2) == 0) out["scenarios"] = {"4711", 12};
    if (type == "event") {
      out["modules"] = {{{"id", "m-1"}, {"bridge", "g-1"}, {"on", true}, {"list", {1, 2}}}};
      if (below(2) == 0) out["modules"].push_back({{"id", "m-2"}, {"nothing", Json::object()}});
    } else {
      out["rooms"] = Json::array();
      for (int i = 0; i < below(4); ++i) out["rooms"].push_back(room(i, type));
      if (below(4) == 0) out["rooms"].push_back({{"ghost", 1}});
      if (below(2) == 0) out["modules"] = {{{"id", "m-9"}, {"on", false}}};
    }
    decorate(out);
    return out;
  }

  Json room(int id, const std::string& type) {
    Json out = {{"id", id == 2 ? "gone-2" : "10" + std::to_string(id)}};
    switch (below(4)) {
      case 0:
        out[type + "_setpoint_mode"] = "off";
        break;
      case 1:
        out[type == "therm" ? "therm_setpoint_fp" : type + "_setpoint_mode"] =
            type == "therm" ? "comfort" : "off";
        break;
      case 2:
        out[type + "_setpoint_temperature"] = 3;  // below what Foyer itself would offer
        break;
      default:
        out[type + "_setpoint_temperature"] = 16 + below(8) * 0.5;
    }
    decorate(out);
    return out;
  }

  std::mt19937 random_;
};

TEST(PlansKeepEverything, HoweverOddTheyAre) {
  for (unsigned seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(seed);
    change_all(Maker(seed).home());
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace foyer
