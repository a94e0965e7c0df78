// Every member of an answer replaced by every wrong value: a decoder names the field, and what stands beside
// it stays as it was.
#include <gtest/gtest.h>

#include <functional>

#include "core/base/json.hpp"
#include "core/cloud/events/subscriptions.hpp"
#include "core/cloud/events/webhooks.hpp"
#include "core/cloud/netatmo/measures.hpp"
#include "core/cloud/small/small_apis.hpp"
#include "core/cloud/smarther/smarther.hpp"

namespace foyer {
namespace {

// What a decoder made of an answer: one text for each item, and what it complained of.
struct Seen {
  std::vector<std::string> items{};
  decode::Complaints complaints{};
};

struct Decoder {
  const char* name;
  const char* good;    // two items, both whole
  const char* broken;  // JSON pointer to the first item: what stands there is replaced
  std::function<Result<Seen>(std::string_view)> read;
};

std::string text(const std::vector<Reading>& readings) {
  std::string out;
  for (const Reading& one : readings)
    out +=
        std::string(to_string(one.aspect)) + "=" + to_text(one.value) + std::string(symbol(one.unit)) + " ";
  return out;
}

Seen seen(const ModuleList& list) {
  Seen out{.complaints = list.complaints};
  for (const Module& one : list.modules)
    out.items.push_back(one.id.text + " " + one.name + " " + std::string(to_string(one.kind)) + " " +
                        text(one.readings));
  return out;
}

template <class T, class Make>
Result<Seen> made(const Result<T>& value, const Make& make) {
  if (!value) return std::unexpected(value.error());
  return make(*value);
}

std::vector<Decoder> decoders() {
  return {
      {"netatmo measures",
       R"({"body":[{"beg_time":1710459900,"step_time":1800,"value":[[20.5],[null],[21]]},
           {"beg_time":1710559900,"step_time":1800,"value":[[1],[2]]}]})",
       "/body/0",
       [](std::string_view body) {
         return made(netatmo::read_measures(body, {{"temperature"}, "30min", false}), [](const auto& series) {
           Seen out{.complaints = series.complaints};
           for (std::size_t row = 0; row < series.rows.size(); ++row)
             out.items.push_back(to_iso8601(series.rows[row].from) + " " +
                                 number_text(series.value(row, 0).value_or(-1)));
           return out;
         });
       }},
      {"smarther measures",
       R"({"thermometer":{"measures":[{"timeStamp":"2026-01-10T18:02:11+01:00","value":"19.8","unit":"C"},
           {"timeStamp":"2026-01-10T18:03:11+01:00","value":"19.9","unit":"C"}]},"hygrometer":{"measures":[]}})",
       "/thermometer/measures/0",
       [](std::string_view body) {
         return made(smarther::read_measures(body, Minutes(0)), [](const auto& measures) {
           Seen out{.complaints = measures.complaints};
           for (const Reading& one : measures.readings) out.items.push_back(text({one}));
           return out;
         });
       }},
      {"smarther subscriptions",
       R"([{"plantId":"p1","subscriptionId":"s1","EndPointUrl":"https://a"},
           {"plantId":"p2","subscriptionId":"s2","EndPointUrl":"https://b"}])",
       "/0",
       [](std::string_view body) {
         return made(read_subscriptions(200, body), [](const auto& found) {
           Seen out{.complaints = found.complaints};
           for (const Subscription& one : found.list) out.items.push_back(one.plant.text + one.id + one.url);
           return out;
         });
       }},
      {"multi-sockets",
       R"({"plugs":[{"id":"a","name":"Desk","status":[true,false]},{"id":"b","name":"Bed","status":[true]}]})",
       "/plugs/0", [](std::string_view body) { return made(multisocket::read_sockets(body), seen); }},
      {"modules of a door entry unit",
       R"([{"id":"1","device":"gateway","deviceType":"C1X","connectionState":"CONNECTED","firmwareVersion":"1","name":""},
           {"id":"2","device":"lock","deviceType":"Lock","connectionState":"UNKNOWN","gatewayId":"1","name":"Gate"}])",
       "/0", [](std::string_view body) { return made(classe::read_modules(body), seen); }},
      {"tickets",
       R"({"audiovideounits":[{"ticket":"a.b.c","sender":{"plant":{"id":"p1"}}},{"ticket":"d.e.f","sender":{"plant":{"id":"p2"}}}]})",
       "/audiovideounits/0",
       [](std::string_view body) {
         return made(classe::read_tickets(body), [](const auto& tickets) {
           Seen out{.complaints = tickets.complaints};
           for (const auto& one : tickets.list) out.items.push_back(one.plant.text + one.jwt.expose());
           return out;
         });
       }},
      {"MyHOME_Up",
       R"({"plant":{"id":"b","name":"Hotel","floors":[
           {"id":"f1","name":"First","ambients":[{"id":"r1","name":"101","modules":[{"id":"m1","device":"Light","name":"Bed"}]}]},
           {"id":"f2","name":"Second","ambients":[{"id":"r2","name":"201","modules":[{"id":"m2","device":"Light","name":"Desk"}]}]}]}})",
       "/plant/floors/0",
       [](std::string_view body) {
         return made(myhome::read_topology(body), [](const Plant& plant) {
           Seen out = seen(ModuleList{plant.modules, plant.complaints});
           for (const Ambient& one : plant.ambients) out.items.push_back(one.id.text + one.name + one.floor);
           return out;
         });
       }},
      {"emergency lighting",
       R"({"siteControllers":[{"id":"1","name":"Stairs","status":"OK","failures":[{"flag":"4","failureType":"BLOCK.A"}],"alert":true,
           "lastStatusUpdate":"2026-01-10T17:02:12Z"},{"id":"2","name":"Hall","failures":[{"flag":"1","failureType":"BLOCK.B"}]}]})",
       "/siteControllers/0",
       [](std::string_view body) {
         return made(emergency::read_controllers(body), [](const auto& site) {
           Seen out{.complaints = site.complaints};
           for (const auto& one : site.controllers)
             out.items.push_back(one.id + one.name + (one.failures.empty() ? "" : one.failures[0].type));
           return out;
         });
       }},
      {"Smarther notifications",
       R"([{"id":"e1","eventType":"DeviceToCloud","eventTime":"2026-01-10T17:02:12Z","data":{"chronothermostats":[
            {"mode":"OFF","setPoint":{"value":"20","unit":"C"},"sender":{"plant":{"id":"p","module":{"id":"m1"}}}}]}},
           {"id":"e2","data":{"chronothermostats":[{"mode":"MANUAL","sender":{"plant":{"id":"p","module":{"id":"m2"}}}}]}}])",
       "/0",
       [](std::string_view body) {
         return made(read_hook(body, Minutes(0)), [](const Hook& hook) {
           Seen out{.complaints = hook.complaints};
           for (const HookEvent& one : hook.events)
             out.items.push_back(one.id + one.plant.text +
                                 (one.status.modules.empty() ? "" : text(one.status.modules[0].readings)));
           return out;
         });
       }},
      {"Netatmo events",
       R"([{"push_type":"display_change","event_type":"set_point","home":{"id":"h","rooms":[{"id":"1","therm_setpoint_mode":"manual",
            "therm_setpoint_temperature":21,"therm_setpoint_end_time":1612734552}]},"mode":"manual","temperature":21},
           {"push_type":"device_event","home_id":"h","extra_params":{"type":"motor_data_event","module_id":"m","current_position":30}}])",
       "/0",
       [](std::string_view body) {
         return made(read_hook(body, Minutes(0)), [](const Hook& hook) {
           Seen out{.complaints = hook.complaints};
           for (const HookEvent& one : hook.events)
             out.items.push_back(one.type + one.plant.text + one.module.text +
                                 (one.status.modules.empty() ? "" : text(one.status.modules[0].readings)));
           return out;
         });
       }},
  };
}

using Path = std::vector<std::string>;

// "/plugs/0" as steps.
Path path(std::string_view pointer) {
  Path out;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    out.emplace_back(pointer.substr(0, end));
    pointer.remove_prefix(end);
  }
  return out;
}

Json& at(Json& json, const Path& steps) {
  Json* here = &json;
  for (const std::string& step : steps) here = here->is_array() ? &(*here)[std::stoul(step)] : &(*here)[step];
  return *here;
}

Path below(Path steps, std::string name) {
  steps.push_back(std::move(name));
  return steps;
}

void collect(const Json& json, const Path& steps, std::vector<Path>& out) {
  out.push_back(steps);
  if (json.is_object())
    for (const auto& [name, value] : json.items()) collect(value, below(steps, name), out);
  if (json.is_array())
    for (std::size_t i = 0; i < json.size(); ++i) collect(json[i], below(steps, std::to_string(i)), out);
}

Json nested(int depth) {
  Json out = 1;
  for (int i = 0; i < depth; ++i) out = Json::array({out});
  return out;
}

std::vector<Json> wrong_values() {
  return {nullptr,
          7,
          -1,
          1e300,
          "",
          "text",
          "7",
          "1e999",
          "\u0000\u202e",
          true,
          false,
          Json::array(),
          Json::array({7}),
          Json::array({Json::object()}),
          Json::object(),
          {{"id", 7}},
          nested(10),
          std::string(3000, 'x'),
          99999999999999LL};
}

void expect_named(const Decoder& decoder, const std::string& body, const std::string& kept) {
  const auto result = decoder.read(body);
  if (!result) {
    EXPECT_EQ(result.error().kind, ErrorKind::malformed) << body;
    EXPECT_FALSE(result.error().message.empty()) << body;
    EXPECT_TRUE(kept.empty()) << "all was refused: " << result.error().message << "\n" << body;
    return;
  }
  for (const std::string& one : result->complaints) EXPECT_NE(one.find(": "), std::string::npos) << one;
  if (kept.empty()) return;
  EXPECT_NE(std::ranges::find(result->items, kept), result->items.end()) << kept << " is gone from\n" << body;
}

TEST(BadValues, EachMemberOfTheFirstItemMayBeAnythingAndTheSecondStays) {
  int tried = 0;
  for (const Decoder& decoder : decoders()) {
    SCOPED_TRACE(decoder.name);
    Json good = *parse_json(decoder.good);
    const auto whole = decoder.read(decoder.good);
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->complaints, decode::Complaints{});
    ASSERT_GE(whole->items.size(), 2u);
    const std::string kept = whole->items.back();
    std::vector<Path> places;
    const Path first = path(decoder.broken);
    collect(at(good, first), first, places);
    for (const Path& place : places) {
      for (const Json& value : wrong_values()) {
        Json bad = good;
        at(bad, place) = value;
        expect_named(decoder, dump_json(bad), kept);
        ++tried;
      }
      if (place == first) continue;
      Json bad = good;
      Json& parent = at(bad, Path(place.begin(), place.end() - 1));
      if (parent.is_object()) parent.erase(place.back());
      expect_named(decoder, dump_json(bad), kept);
    }
  }
  EXPECT_GT(tried, 1500);
}

TEST(BadValues, TheRestOfTheAnswerMayBeAnythingToo) {
  for (const Decoder& decoder : decoders()) {
    SCOPED_TRACE(decoder.name);
    const Json good = *parse_json(decoder.good);
    std::vector<Path> places;
    collect(good, Path(), places);
    for (const Path& place : places)
      for (const Json& value : wrong_values()) {
        Json bad = good;
        at(bad, place) = value;
        expect_named(decoder, dump_json(bad), "");
      }
  }
}

TEST(BadValues, WhatIsNoJsonIsMalformedForEveryDecoder) {
  for (const Decoder& decoder : decoders()) {
    SCOPED_TRACE(decoder.name);
    const std::string good = decoder.good;
    std::vector<std::string> bad = {"<html></html>",
                                    "{",
                                    "nul",
                                    "\"",
                                    good + "x",
                                    std::string(40, '[') + std::string(40, ']'),
                                    std::string(10u << 20, ' '),
                                    std::string(10u << 20, 'x')};
    std::string broken = good;
    broken[broken.find('"') + 1] = '\xFF';
    bad.push_back(broken);
    std::string lone = good;
    bad.push_back(lone.insert(lone.find('"') + 1, "\\ud800"));
    for (std::size_t length = 1; length + 1 < good.size(); length += 7) bad.push_back(good.substr(0, length));
    for (const std::string& body : bad) {
      const auto result = decoder.read(body);
      if (!decode::blank(body)) ASSERT_FALSE(result) << body.substr(0, 200);
      if (!result) EXPECT_EQ(result.error().kind, ErrorKind::malformed);
    }
  }
}

TEST(BadValues, OfTwoMembersOfOneNameTheLastCounts) {
  const auto sockets =
      multisocket::read_sockets(R"({"plugs":[{"id":"a","id":"b","status":[true],"status":[false]}]})");
  ASSERT_TRUE(sockets);
  EXPECT_EQ(sockets->modules.at(0).id.text, "multisocket:b");
  EXPECT_EQ(sockets->modules.at(0).flag(Aspect::on_off), false);
}

TEST(BadValues, TenMegabytesOfRowsAreRead) {
  std::string body = R"({"body":[{"beg_time":1,"step_time":1,"value":[[1])";
  for (int row = 1; row < 1'500'000; ++row) body += ",[123]";
  const auto series = netatmo::read_measures(body + "]}]}", {{"temperature"}, "", false});
  ASSERT_TRUE(series);
  EXPECT_EQ(series->rows.size(), 1'500'000u);
  EXPECT_EQ(series->value(1'499'999, 0), 123.0);
}

}  // namespace
}  // namespace foyer
