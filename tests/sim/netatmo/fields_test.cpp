// Every field the simulated answers show for a type occurs in a recording of that type, or the reference
// names it.
#include <map>
#include <set>

#include "tests/sim/netatmo/world.hpp"
#include "tests/support/data.hpp"

namespace foyer::sim::test {
namespace {

using FieldsOf = std::map<std::string, std::set<std::string>>;  // by type of module, or "home", "room" …

std::set<std::string> words(std::string_view text) {
  std::set<std::string> out;
  while (!text.empty()) {
    const auto gap = text.find(' ');
    out.emplace(text.substr(0, gap));
    text = gap == std::string_view::npos ? std::string_view() : text.substr(gap + 1);
  }
  return out;
}

void gather(FieldsOf& fields, const std::string& what, const Json& object) {
  if (object.is_object())
    for (const auto& [name, value] : object.items()) fields[what].insert(name);
}

const Json& list(const Json& object, const char* name) {
  static const Json none = Json::array();
  const Json* found = find(object, name);
  return found != nullptr && found->is_array() ? *found : none;
}

// `types` tells the type of modules that say none themselves (intercom parts).
void gather_home(FieldsOf& fields, const Json& home, std::map<std::string, std::string>& types) {
  gather(fields, "home", home);
  for (const Json& room : list(home, "rooms")) gather(fields, "room", room);
  for (const Json& module : list(home, "modules")) {
    const std::string id = text_of(module, "id").value_or("");
    if (const auto type = text_of(module, "type")) types[id] = *type;
    gather(fields, types[id], module);
  }
  for (const Json& schedule : list(home, "schedules")) {
    const std::string type = text_of(schedule, "type").value_or("");
    gather(fields, "schedule " + type, schedule);
    for (const Json& zone : list(schedule, "zones")) {
      gather(fields, "zone " + type, zone);
      for (const char* part : {"rooms", "rooms_temp", "modules"})
        for (const Json& item : list(zone, part)) gather(fields, std::string(part) + " of " + type, item);
    }
  }
}

struct Named {
  const char* what;
  const char* fields;
};
// What homesdata may say of any module, and of homes …
constexpr Named in_homesdata[] = {
    {"*", "id type name setup_date room_id bridge modules_bridged appliance_type"},
    {"home", "cooling_mode"},
    {"schedule cooling", "cooling_away_temp default"},  // 12.1
    {"schedule electricity", "version"},
    {"rooms of cooling", "cooling_setpoint_temperature cooling_setpoint_mode"},
    {"rooms_temp of therm", "temp"},
    {"modules of event", "target_position"}};
// … and 8.1, 9 for modules in homestatus, 8.2 for rooms.
constexpr Named in_homestatus[] = {
    {"*", "id type bridge firmware_revision reachable last_seen"},
    {"NLGS", "offload wifi_strength"},
    {"NLPM", "on power offload"},
    {"NLPBS", "on power"},
    {"NLC", "on power offload"},
    {"NLUP", "on power"},
    {"NLFN", "on brightness power"},
    {"NLFE", "on brightness power"},
    {"NLM", "on power"},
    {"NLUI", "on"},
    {"NLUF", "on brightness power"},
    {"NLUO", "on brightness power"},
    {"NLLM", "current_position target_position target_position:step"},
    {"NLPS", "power"},
    {"NLY", "power"},
    {"BNIL", "on"},
    {"BNLD", "on brightness"},
    {"BNCS", "on"},
    {"BNC1", "wifi_strength uptime"},
    {"NBS", "current_position target_position target_position:step rf_strength"},
    {"TPSRS", "current_position target_position target_position:step"},
    {"Z3L", "on brightness"},
    {"NAC", "fan_speed fan_mode wifi_strength"},
    {"NLZZ", "on power shimmer"},  // of no list, on purpose
    {"room", "therm_setpoint_fp"}};

template <std::size_t N>
void expect_known(const FieldsOf& ours, const FieldsOf& recorded, const Named (&named)[N]) {
  FieldsOf reference;
  for (const Named& row : named) reference[row.what] = words(row.fields);
  for (const auto& [what, names] : ours) {
    const bool module = !what.empty() && what[0] >= 'A' && what[0] <= 'Z';
    for (const std::string& name : names) {
      const auto at = recorded.find(what);
      const bool seen = at != recorded.end() && at->second.count(name) != 0;
      const bool said = reference[what].count(name) != 0 || (module && reference["*"].count(name) != 0);
      EXPECT_TRUE(seen || said) << what << '.' << name
                                << " is in no recording and in no list of the reference";
    }
  }
}

class SimNetFields : public NetWorld {
 protected:
  // Null when the recordings are not there.
  static Json recording(const std::string& name) {
    const auto text = foyer::test::read_file(foyer::test::fixture_dir() + "/netatmo/" + name);
    return text ? parse_json(*text, 16U << 20, Duplicates::last_wins).value_or(Json()) : Json();
  }
  static constexpr const char* topologies[] = {"homesdata_mixed_home", "homesdata_legrand_two_homes",
                                               "homesdata_bticino_mhs1_shutters",
                                               "homesdata_bticino_intercom"};
  static constexpr const char* states[] = {"homestatus_mixed_home", "homestatus_bticino_mhs1_shutters",
                                           "homestatus_bticino_intercom"};
};

TEST_F(SimNetFields, every_field_is_recorded_or_named_by_the_reference) {
  FieldsOf topology, status;
  std::map<std::string, std::string> types;
  for (const char* name : topologies) {
    const Json answer = recording(std::string("topology/") + name + ".json");
    if (answer.is_null())
      GTEST_SKIP() << "no " << foyer::test::fixture_dir() << "/netatmo/topology/" << name << ".json";
    gather(topology, "user", answer["body"].value("user", Json()));
    for (const Json& home : list(answer["body"], "homes")) gather_home(topology, home, types);
  }
  for (const char* name : states) {
    const Json answer = recording(std::string("status/") + name + ".json");
    if (answer.is_null())
      GTEST_SKIP() << "no " << foyer::test::fixture_dir() << "/netatmo/status/" << name << ".json";
    gather_home(status, answer["body"].value("home", Json()), types);
  }

  net_sign_in();
  const Json data = json(net("homesdata"))["body"];
  FieldsOf ours;
  gather(ours, "user", data.value("user", Json()));
  for (const Json& home : list(data, "homes")) gather_home(ours, home, types);
  EXPECT_GT(ours.size(), 70U);
  expect_known(ours, topology, in_homesdata);
  ours.clear();
  gather_home(ours, home_status(), types);
  EXPECT_GT(ours.size(), 66U);
  expect_known(ours, status, in_homestatus);
}

}  // namespace
}  // namespace foyer::sim::test
