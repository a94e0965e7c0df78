// The catalogue: every operation's request byte for byte as the vendors publish it.
#include "core/cloud/catalog/catalog.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/base/json_view.hpp"

namespace foyer {
namespace {

using catalog::find;
using catalog::make_call;
using catalog::Operation;
using catalog::Parameter;
using catalog::Values;

TEST(Catalogue, IsWellFormed) {
  std::set<std::string_view> ids;
  for (const catalog::Api& api : catalog::apis()) {
    EXPECT_FALSE(api.title.empty());
    for (const Operation& operation : api.operations) {
      SCOPED_TRACE(operation.id);
      EXPECT_TRUE(ids.insert(operation.id).second);
      EXPECT_EQ(operation.api(), api.id);
      EXPECT_EQ(find(operation.id), &operation);
      EXPECT_FALSE(operation.title.empty());
      EXPECT_EQ(operation.method == "GET", operation.command == policy::CommandClass::read);
      EXPECT_GE(operation.cost, 1);
      std::set<std::string_view> names;
      std::string filled(operation.path);
      for (const Parameter& one : operation.parameters) {
        SCOPED_TRACE(one.name);
        EXPECT_TRUE(names.insert(one.name).second);
        EXPECT_EQ(one.type == catalog::Type::enumeration, !one.options.empty());
        if (one.place == catalog::Place::path || one.place == catalog::Place::address) {
          const auto at = filled.find("{" + std::string(one.name) + "}");
          ASSERT_NE(at, std::string::npos);
          filled.erase(at, one.name.size() + 2);
        }
        if (one.place == catalog::Place::body) EXPECT_NE(operation.method, "GET");
        for (const std::string_view when : {one.only_when, one.needed_when})
          if (!when.empty()) EXPECT_TRUE(names.contains(when.substr(0, when.find('=')))) << when;
      }
      EXPECT_EQ(filled.find('{'), std::string::npos) << filled;
    }
  }
  EXPECT_EQ(find(""), nullptr);
  EXPECT_EQ(find("smarther"), nullptr);
}

TEST(Catalogue, WhatIsProposedIsAccepted) {
  for (const catalog::Api& api : catalog::apis())
    for (const Operation& operation : api.operations) {
      Values values;
      for (const Parameter& one : operation.parameters)
        if (one.type != catalog::Type::constant && one.only_when.empty()) {
          std::string value(one.preset);
          if (value.empty() && one.required)
            value = one.options.empty() ? "x" : one.options.substr(0, one.options.find('|'));
          values.emplace_back(one.name, value);
        }
      // A preset mode may need a value that has none of its own.
      for (const Error& fault : catalog::faults(operation, values))
        EXPECT_TRUE(fault.message.ends_with(": is missing")) << fault.message;
    }
}

TEST(Catalogue, ForeignIdsMayCarryFoyersPrefixAndAreNoPath) {
  const auto call = make_call(*find("hc.topology"), {{"plant", "hc:a/../b?c"}});
  ASSERT_TRUE(call);
  EXPECT_EQ(call->path, "/hc/api/v1.0/plants/a%2F..%2Fb%3Fc/topology");
  const auto other = make_call(*find("smarther.topology"), {{"plant", "hc:1"}});
  EXPECT_EQ(other->path, "/smarther/v2.0/plants/hc%3A1/topology");
}

TEST(Catalogue, JsonThatFitsAloneOnlyIsNotSent) {
  for (const std::string& json :
       {std::string(32, '[') + std::string(32, ']'), std::string("\xEF\xBB\xBF[]")}) {
    const auto call = make_call(*find("netatmo.setstate"), {{"json", json}});
    ASSERT_FALSE(call);
    EXPECT_EQ(call.error().kind, ErrorKind::invalid_input);
  }
}

struct Bad {
  const char* id;
  Values values;
  const char* field;
  const char* message;
};

TEST(Catalogue, WhatDoesNotFitIsNamed) {
  const Values ids = {{"plant", "p"}, {"module", "m"}};
  const auto with = [&](Values more) {
    more.insert(more.begin(), ids.begin(), ids.end());
    return more;
  };
  const Bad cases[] = {
      {"hc.topology", {}, "plant", "plant: is missing"},
      {"hc.topology", {{"plant", ""}}, "plant", "plant: is missing"},
      {"hc.topology", {{"plant", "p"}, {"plant", "q"}}, "plant", "plant: given twice"},
      {"hc.topology", {{"plant", "p"}, {"level", "1"}}, "level", "level: there is no such parameter"},
      {"hc.automation.stop", with({{"level", "1"}}), "level", "level: there is no such parameter"},
      {"hc.light.level", with({{"level", "x"}}), "level", "level: expected a whole number"},
      {"hc.light.level", with({{"level", "4.5"}}), "level", "level: expected a whole number"},
      {"hc.light.level", with({{"level", "101"}}), "level", "level: expected 0 to 100 %"},
      {"hc.light.level", with({{"level", "1e400"}}), "level", "level: expected a whole number"},
      {"hc.automation.set", with({{"level", "40"}}), "level", "level: expected 0 to 100 % in steps of 100"},
      {"multisocket.set",
       {{"plant", "p"}, {"by", "id"}, {"value", "v"}, {"status", "111e1111"}},
       "status",
       "status: a number in it is beyond every double"},
      {"multisocket.set",
       {{"plant", "p"}, {"by", "id"}, {"value", "v"}, {"status", R"([{"a":[1,-1e309]}])"}},
       "status",
       "status: a number in it is beyond every double"},
      {"hc.light.set", with({{"status", "ON"}}), "status", "status: expected one of on|off"},
      {"hc.module_status", with({{"kind", "light"}}), "kind",
       "kind: expected one of "
       "light/lighting|plug/energy|automation/automation|remote/remote|heater/comfort|meter/"
       "energy"},
      {"smarther.set", with({{"function", "heating"}, {"mode", "manual"}}), "setpoint",
       "setpoint: is missing"},
      {"smarther.set", with({{"function", "heating"}, {"mode", "boost"}}), "activationTime",
       "activationTime: is missing"},
      {"smarther.set", with({{"function", "heating"}, {"mode", "off"}, {"setpoint", "20"}}), "setpoint",
       "setpoint: goes with mode=manual only"},
      {"smarther.set", with({{"function", "heating"}, {"mode", "manual"}, {"setpoint", "41"}}), "setpoint",
       "setpoint: expected 3 to 40 °C in steps of 0.1"},
      {"smarther.set", with({{"function", "heating"}, {"mode", "automatic"}, {"program", "12"}}), "program",
       "program: expected 0 to 11"},
      {"multisocket.set",
       {{"plant", "p"}, {"by", "id"}, {"value", "v"}, {"status", "[true"}},
       "status",
       "status: expected JSON"},
      {"multisocket.set",
       {{"plant", "p"}, {"by", "id"}, {"value", "v"}, {"status", "[true,{\"a\":[111e1111]}]"}},
       "status",
       "status: a number in it is beyond every double"},
      {"netatmo.switch", {{"home", "h"}, {"module", "m"}, {"on", "1"}}, "on", "on: expected true or false"},
      {"classe.call_home",
       {{"address", "https://elsewhere/x"}},
       "address",
       "address: expected what follows the API's address, beginning with /"},
  };
  for (const Bad& bad : cases) {
    const auto call = make_call(*find(bad.id), bad.values);
    ASSERT_FALSE(call) << bad.id << " " << bad.message;
    EXPECT_EQ(call.error().kind, ErrorKind::invalid_input);
    EXPECT_EQ(call.error().field, bad.field);
    EXPECT_EQ(call.error().message, bad.message);
  }
}

TEST(Catalogue, EverythingThatDoesNotFitIsNamedAtOnceAndOnce) {
  const Values values = {{"colour", "red"}, {"colour", "blue"}, {"colour", "blue"},
                         {"module", "m"},   {"module", "n"},    {"level", "140"}};
  const auto all = catalog::faults(*find("hc.light.level"), values);
  std::vector<std::string> fields, messages;
  for (const Error& fault : all) {
    EXPECT_EQ(fault.kind, ErrorKind::invalid_input);
    fields.push_back(fault.field), messages.push_back(fault.message);
  }
  EXPECT_EQ(fields, (std::vector<std::string>{"colour", "module", "plant", "level"}));
  EXPECT_EQ(messages, (std::vector<std::string>{"colour: there is no such parameter", "module: given twice",
                                                "plant: is missing", "level: expected 0 to 100 %"}));
  const auto call = make_call(*find("hc.light.level"), values);
  ASSERT_FALSE(call);
  EXPECT_EQ(call.error().field, "colour");
  EXPECT_EQ(
      call.error().message,
      "colour: there is no such parameter; module: given twice; plant: is missing; level: expected 0 to "
      "100 %");
  EXPECT_TRUE(
      catalog::faults(*find("hc.light.level"), {{"plant", "p"}, {"module", "m"}, {"level", "40"}}).empty());
}

}  // namespace
}  // namespace foyer
