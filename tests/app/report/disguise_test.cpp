// A home as nobody's: nothing of the person is left, everything of the form is.
#include "core/app/report/disguise.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <random>
#include <set>

#include "core/app/report/vocabulary.hpp"
#include "core/base/json.hpp"
#include "core/cloud/provider.hpp"
#include "tests/support/data.hpp"

namespace foyer::report {
namespace {

namespace fs = std::filesystem;

Disguise seeded_disguise(unsigned seed = 1) {
  return Disguise(
      [generator = std::mt19937(seed)]() mutable { return static_cast<std::uint32_t>(generator()); });
}

std::string disguised(const std::string& body, unsigned seed = 1) {
  Disguise disguise = seeded_disguise(seed);
  disguise.learn(body);
  return disguise.body(body);
}

std::string text(const Json& json) { return json.get<std::string>(); }

std::string small(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

// Every text of a tree, and its long numbers; names of members too.
void collect(const Json& json, std::string_view member, const auto& take) {
  if (json.is_object()) {
    for (const auto& [name, value] : json.items()) {
      take("", Json(name));
      collect(value, name, take);
    }
  } else if (json.is_array()) {
    for (const Json& one : json) collect(one, member, take);
  } else {
    take(member, json);
  }
}

// What must not be left of a tree: written down here once more, without the program's own rules.
std::set<std::string> own_of(const Json& tree) {
  std::set<std::string> own;
  collect(tree, "", [&](std::string_view member, const Json& value) {
    const bool named = member == "name" || member == "pseudo" || member == "email" || member == "city" ||
                       member == "country";
    const bool is_id = member == "id" || member.ends_with("_id") || member == "bridge" || member == "oid";
    const bool placed = member == "coordinates" || member == "altitude";
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    if (text.empty() || value.is_boolean() || value.is_null() || text.starts_with("0001-"))
      return;  // "never"
    if (value.is_number() && !placed && text.size() < 9) return;
    const bool digits = text.find_first_not_of("0123456789.-") == std::string::npos;
    if (placed || (named && text.size() > 1) || (is_id && text.size() > 3) ||
        (!digits && text.size() >= 12) || (digits && text.size() >= 9))
      if (named || placed || !is_vocabulary(text)) own.insert(small(text));
  });
  return own;
}

// Texts of a tree as they stand; of words that the vendor says, only those of names count.
std::multiset<std::string> texts_of(const Json& tree, bool names_only) {
  std::multiset<std::string> out;
  collect(tree, "", [&](std::string_view member, const Json& value) {
    if (names_only && member != "name") return;
    out.insert(small(value.is_string() ? value.get<std::string>() : value.dump()));
  });
  return out;
}

// A sentence of the service, no word of which is anybody's.
bool is_said_by_the_vendor(const std::string& text) {
  std::string word;
  for (const char c : text + " ") {
    if (c != ' ') {
      if (std::string_view(".,!?[]").find(c) == std::string_view::npos) word += c;
    } else {
      if (!word.empty() && !is_vocabulary(word)) return false;
      word.clear();
    }
  }
  return true;
}

bool is_new_word_of_the_vendor(const std::string& text) {
  const bool term = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_:$") == std::string::npos;
  return term && text.size() < 49;
}

void expect_nobody(const std::string& body, const std::string& after, const std::string& where) {
  const auto before = parse_json(body), tree = parse_json(after);
  ASSERT_TRUE(tree) << where << ": " << tree.error().message;
  EXPECT_EQ(body.size(), after.size()) << where << ": the size stays";
  const auto texts = texts_of(*tree, false), names = texts_of(*tree, true);
  for (const std::string& one : own_of(*before)) {
    if (is_vocabulary(one)) {
      EXPECT_EQ(names.count(one), 0U) << where << ": the name " << one;
    } else if (!is_new_word_of_the_vendor(one) && !is_said_by_the_vendor(one)) {
      EXPECT_EQ(texts.count(one), 0U) << where << ": " << one;
      if (one.size() > 7)
        EXPECT_EQ(small(after).find(one), std::string::npos) << where << ": inside a text: " << one;
    }
  }
}

// The same kinds of values at the same places.
void expect_same_form(const Json& a, const Json& b, const std::string& where) {
  ASSERT_EQ(a.type(), b.type()) << where;
  ASSERT_EQ(a.size(), b.size()) << where;
  if (a.is_array())
    for (std::size_t i = 0; i < a.size(); ++i) expect_same_form(a[i], b[i], where + "[]");
  if (!a.is_object()) return;
  auto at = b.begin();
  for (const auto& [name, value] : a.items()) {
    if (is_vocabulary(name)) {
      EXPECT_EQ(name, at.key()) << where << ": order and names";
    }
    expect_same_form(value, at.value(), where + "." + name);
    ++at;
  }
}

constexpr const char* home =
    R"({"body":{"homes":[{"id":"5f0c2a9be1d34c7788aa0001","name":"Chez Zoé","altitude":112,
 "coordinates":[2.35219, 48.85661],"country":"FR","timezone":"Europe/Paris","city":"Meudon",
 "rooms":[{"id":"3141592653","name":"Salle à manger","type":"livingroom","module_ids":["00:04:74:0a:1b:2c","00:04:74:0a:1b:2c#2"]}],
 "modules":[{"id":"00:04:74:0A:1B:2C","type":"NLXY","name":"Caf\u00e9","setup_date":1544554678,"room_id":"3141592653","bridge":"00:04:74:00:99:01"},
  {"id":"00:04:74:0a:1b:2c#2","type":"NLP","name":"home","room_id":3141592653,"power":1500.25,"level" : 40}],
 "schedules":[{"id":"5f0c2a9be1d34c7788aa0002","name":"Night","zones":[{"id":0,"type":0,"temp":19.0,"rooms_temp":[{"room_id":"3141592653","temp":19.5}]}],
  "timetable":[{"zone_id":0,"m_offset":420}],"mode":"schedule"}],
 "wobble_factor":{"inner":"Aunt Mary","wobble_state":"half_open","gps_like":48.123456,"count":12}}],
 "user":{"email":"zoe@example.org","language":"fr-FR"}},"status":"ok","time_server":1718000000,
 "note":"http:\/\/192.168.178.44\/5f0c2a9be1d34c7788aa0001","when":"2024-06-10T06:13:20+02:00","opt":"{\"owner\":\"Zoe Martin\",\"n\":1}"})";

TEST(Disguise, NothingOfThePersonIsLeft) {
  for (unsigned seed = 1; seed < 30; ++seed) {
    const std::string after = disguised(home, seed);
    expect_nobody(home, after, "seed " + std::to_string(seed));
    for (const char* secret :
         {"Zo\u00e9",   "manger",     "Meudon",     "2.35219",    "48.85661",  "48.123456",        "5f0c2a9b",
          "3141592653", "00:04:74:0", "1544554678", "1718000000", "Aunt Mary", "zoe@example",      "192.168",
          "Martin",     "\"FR\"",     "Paris",      "Caf\\u00e9", "Night",     "\"altitude\":112,"})
      EXPECT_EQ(after.find(secret), std::string::npos) << secret << "\n" << after;
  }
}

TEST(Disguise, WhatIsTheVendorsStays) {
  const std::string after = disguised(home);
  for (const char* kept :
       {"\"type\":\"NLXY\"", "\"type\":\"livingroom\"", "\"power\":1500.25,\"level\" : 40",
        "\"m_offset\":420", "wobble_factor", "\"wobble_state\":\"half_open\"", "\"count\":12",
        "\"temp\":19.0", "\"zone_id\":0", "http:\\/\\/", "\"mode\":\"schedule\"", "\"n\\\":1"})
    EXPECT_NE(after.find(kept), std::string::npos) << kept << "\n" << after;
  EXPECT_NE(after.find("\\u00"), std::string::npos) << "an escaped letter is escaped again";
  expect_same_form(*parse_json(home), *parse_json(after), "home");
}

TEST(Disguise, ReferencesStillFit) {
  const Json tree = *parse_json(disguised(home));
  const Json& one = tree["body"]["homes"][0];
  const std::string room = text(one["rooms"][0]["id"]), module = text(one["modules"][0]["id"]);
  EXPECT_EQ(one["modules"][0]["room_id"], room);
  EXPECT_EQ(one["modules"][1]["room_id"].dump(), room) << "as a number, too";
  EXPECT_EQ(one["schedules"][0]["zones"][0]["rooms_temp"][0]["room_id"], room);
  EXPECT_EQ(small(module), one["rooms"][0]["module_ids"][0].get<std::string>()) << "capitals stay capitals";
  EXPECT_EQ(one["rooms"][0]["module_ids"][1], small(module) + "#2");
  EXPECT_EQ(one["modules"][1]["id"], small(module) + "#2");
}

TEST(Disguise, BodiesAndAddressesOfOneHouseholdFit) {
  Disguise disguise = seeded_disguise();
  const std::string list = R"({"plants":[{"id":"b5e48d6f-cbad-2711","name":"Villa"}]})";
  const std::string state = R"({"sender":{"plant":{"id":"b5e48d6f-cbad-2711"}}})";
  disguise.learn(list);
  disguise.learn(state);
  disguise.learn(
      R"({"rooms":[{"name":"Smarther"},{"name":"plants"}]})");  // people say the vendor's words, too
  const std::string id = text((*parse_json(disguise.body(list)))["plants"][0]["id"]);
  EXPECT_EQ((*parse_json(disguise.body(state)))["sender"]["plant"]["id"], id);
  EXPECT_EQ(disguise.target("/smarther/v2.0/plants/b5e48d6f-cbad-2711/topology"),
            "/smarther/v2.0/plants/" + id + "/topology");
  EXPECT_EQ(disguise.target("/api/homestatus?home_id=b5e48d6f-cbad-2711"), "/api/homestatus?home_id=" + id);
}

// What one body made known by and by changes nothing in the next.
TEST(Disguise, TheOrderOfTheBodiesDoesNotMatter) {
  const std::string one = R"({"wobble":"20481","pin":20481,"a":["2048",2048]})",
                    other = R"({"x":[2048,20481],"note":"2048"})";
  Disguise disguise = seeded_disguise();
  disguise.learn(one);
  disguise.learn(other);
  const std::string first = disguise.body(one);
  EXPECT_NE(first.find("\"2048\",2048"), std::string::npos) << first;
  (void)disguise.body(other);
  EXPECT_EQ(disguise.body(one), first);
}

TEST(Disguise, TimesMoveTogetherByWholeWeeks) {
  const std::string after = disguised(home);
  const Json tree = *parse_json(after);
  const auto now = tree["time_server"].get<long long>();
  const auto setup = tree["body"]["homes"][0]["modules"][0]["setup_date"].get<long long>();
  EXPECT_EQ(now - setup, 1718000000 - 1544554678);
  const long long by = 1718000000 - now;
  EXPECT_GT(by, 0);
  EXPECT_EQ(by % (7 * 24 * 3600), 0) << "weekday and clock stay";
  const auto when = parse_iso8601(tree["when"].get<std::string>());
  ASSERT_TRUE(when);
  EXPECT_EQ(to_ms(*parse_iso8601("2024-06-10T06:13:20+02:00")) - to_ms(*when), by * 1000);
  EXPECT_TRUE(tree["when"].get<std::string>().ends_with("06:13:20+02:00"));
  // Those of members that are times, as histories have them.
  const Json history =
      *parse_json(disguised(R"({"body":{"1718000000":[1.5],"1718003600":[2]},"n":"0001-01-01T00:00:00"})"));
  EXPECT_EQ(history["body"].begin().key().size(), 10U);
  EXPECT_EQ(std::stoll(std::next(history["body"].begin()).key()) - std::stoll(history["body"].begin().key()),
            3600);
  EXPECT_EQ(history["n"], "0001-01-01T00:00:00") << "no time at all";
}

TEST(Disguise, MovesBackWhatARecordingTells) {
  EXPECT_EQ(moved_time("1718000000", Seconds(60)), "1718000060");
  EXPECT_EQ(moved_time("1718000000123", Seconds(60)), "1718000060123");
  EXPECT_EQ(moved_time("2024-02-28T23:59:30.250Z", Seconds(60)), "2024-02-29T00:00:30.250Z");
  EXPECT_EQ(moved_time("2024-02-28", Hours(24)), "2024-02-29");
  for (const char* none : {"", "1000", "3141592653", "00:04:74:00:00:01", "2024-13-40T00:00:00Z",
                           "2024-02-28T99:00:00", "yesterday"})
    EXPECT_EQ(moved_time(none, Seconds(60)), std::nullopt) << none;
  EXPECT_EQ(with_times_moved(R"({"room_id":"1718000000", "t" : 1718000000 })", Seconds(1)),
            R"({"room_id":"1718000000", "t" : 1718000001 })");
  EXPECT_EQ(with_times_moved("<html>1718000000", Seconds(1)), "<html>1718000000");
}

TEST(Disguise, WhatIsNoJsonLosesItsWordsAndKeepsItsForm) {
  const std::string page = "<html><body>Zoe's home 00:04:74:0a:1b:2c is offline</body></html>";
  const std::string after = disguised(page);
  EXPECT_EQ(after.size(), page.size());
  EXPECT_EQ(after.find("Zoe"), std::string::npos);
  EXPECT_EQ(after.find("00:04:74"), std::string::npos);
  EXPECT_NE(after.find("is offline</body>"), std::string::npos) << after;
  const std::string cut = R"({"home":{"id":"5f0c2a9be1d3","name":"Chez)";
  EXPECT_TRUE(disguised(cut).starts_with("{\"home\":{\"id\":\"")) << disguised(cut);
  EXPECT_EQ(disguised(cut).find("5f0c"), std::string::npos);
  EXPECT_EQ(disguised(""), "");
}

TEST(Disguise, ErrorsKeepTheirWords) {
  const std::string said =
      R"({"error":{"code":21,"message":"cannot set property level for module 00:04:74:0a:1b:2c"}})";
  const std::string after = disguised(said);
  EXPECT_NE(after.find("\"cannot set property level for module "), std::string::npos) << after;
  EXPECT_EQ(after.find("00:04:74"), std::string::npos);
  for (const char* whole :
       {R"({"statusCode":403,"message":"Out of call volume quota. Quota will be replenished in 04:12:33."})",
        R"({"message":"Rate limit is exceeded. Try again in 12 seconds."})", R"({"error":"invalid_grant"})"})
    EXPECT_EQ(disguised(whole), whole);
}

TEST(Disguise, DifferentTextsStayDifferent) {
  std::string body = "[";
  for (int i = 0; i < 500; ++i)
    body += (i ? "," : "") + std::string(R"({"name":")") + static_cast<char>('A' + i % 26) +
            std::to_string(i % 90) + "\"}";
  const auto before = *parse_json(body + "]"), after = *parse_json(disguised(body + "]"));
  std::map<std::string, std::string> to;
  std::set<std::string> all;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto [at, fresh] = to.emplace(text(before[i]["name"]), text(after[i]["name"]));
    EXPECT_EQ(at->second, after[i]["name"].get<std::string>());
    if (fresh) EXPECT_TRUE(all.insert(small(at->second)).second) << at->second;
  }
}

// --- payloads recorded by others ---

TEST(Disguise, NothingOfARecordedPayloadIsLeft) {
  std::error_code none;
  if (!fs::is_directory(test::fixture_dir(), none)) GTEST_SKIP() << "no fixtures " << test::fixture_dir();
  int seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator(test::fixture_dir(), none)) {
    if (entry.path().extension() != ".json") continue;
    const std::string body = *test::read_file(entry.path().string());
    if (!parse_json(body)) continue;
    ++seen;
    const std::string after = disguised(body, static_cast<unsigned>(seen));
    expect_nobody(body, after, entry.path().string());
    expect_same_form(*parse_json(body), *parse_json(after), entry.path().string());
  }
  EXPECT_GE(seen, 55);
}

// Rooms, modules, kinds, capabilities, readings, complaints: as a home is seen.
std::string view_of(const Plant& plant) {
  std::string out = std::to_string(plant.ambients.size()) + " rooms, " +
                    std::to_string(plant.schedules.size()) + " plans, " +
                    std::to_string(plant.complaints.size()) + " complaints\n";
  for (const Module& module : plant.modules) {
    out += std::to_string(static_cast<int>(module.kind)) + " " + module.device + " " +
           std::to_string(module.capabilities.size());
    const auto room = std::ranges::find(plant.ambients, module.ambient, &Ambient::id);
    out += " in " + std::to_string(room - plant.ambients.begin()) + ":";
    for (const Reading& reading : module.readings)
      out += " " + std::to_string(static_cast<int>(reading.aspect));
    out += "\n";
  }
  return out;
}

std::string seen(const std::string& list, const std::string& state) {
  const Provider& netatmo = *provider("netatmo");
  auto homes = netatmo.read_plants(200, list);
  EXPECT_TRUE(homes);
  std::string out;
  for (Plant& plant : *homes) {
    const auto report = netatmo.read_status(plant, {}, state, Minutes(60));
    if (report && &plant == &homes->front()) apply(plant, *report, instant_from_ms(1000), nullptr, nullptr);
    out += view_of(plant);
  }
  return out;
}

TEST(Disguise, ARecordedHomeIsSeenAsBefore) {
  const std::string folder = test::fixture_dir() + "/netatmo/";
  struct Home {
    const char *topology, *status;
    int lines;
  };
  for (const Home& one : {Home{"homesdata_mixed_home", "homestatus_mixed_home", 55},
                          {"homesdata_legrand_two_homes", "homestatus_gateway_unreachable", 135},
                          {"homesdata_bticino_mhs1_shutters", "homestatus_bticino_mhs1_shutters", 4},
                          {"homesdata_bticino_intercom", "homestatus_bticino_intercom", 4},
                          {"homesdata_home_without_modules", "homestatus_empty_body", 1},
                          {"homesdata_home_without_rooms", "homestatus_persons_only", 1}}) {
    const auto topology = test::read_file(folder + "topology/" + one.topology + ".json");
    const auto status = test::read_file(folder + "status/" + one.status + ".json");
    if (!topology || !status) GTEST_SKIP() << "no fixtures " << folder;
    Disguise disguise = seeded_disguise();
    disguise.learn(*topology);
    disguise.learn(*status);
    const std::string before = seen(*topology, *status);
    EXPECT_GE(std::ranges::count(before, '\n'), one.lines) << one.topology;
    EXPECT_EQ(before, seen(disguise.body(*topology), disguise.body(*status))) << one.topology;
    EXPECT_EQ(before, seen(with_times_moved(disguise.body(*topology), Hours(1000)),
                           with_times_moved(disguise.body(*status), Hours(1000))))
        << one.topology << " in a replay";
  }
}

}  // namespace
}  // namespace foyer::report
