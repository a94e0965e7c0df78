// Netatmo Connect: scenarios and every type of module.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/cloud/netatmo/payloads.hpp"

namespace foyer {
namespace {

using namespace test;
using Texts = std::vector<std::string>;

TEST(ConnectScenarios, AreModulesThatTheirGatewayRuns) {
  const char* scenarios =
      R"({"id":"sc-1","name":"Soir"},{"id":"sc-2","label":"Départ"},{"id":"sc-3","type":"wake_up"},{"id":"sc-4"})";
  for (const char* shape :
       {R"({"body":{"home":{"id":"h","scenarios":[%]}}})", R"({"body":{"scenarios":[%]}})"}) {
    Plant plant = connect_plant();
    const std::size_t before = plant.modules.size();
    ASSERT_EQ(connect().extras(plant).size(), 1u);
    for (int twice = 0; twice < 2; ++twice)
      ASSERT_TRUE(connect().read_extra(plant, 0, with(shape, "%", scenarios)));
    ASSERT_EQ(plant.modules.size(), before + 4) << "a second reading replaces the first";
    EXPECT_EQ(plant.complaints, Texts{});
    const char* names[] = {"Soir", "Départ", "Wake up", "Sc-4"};
    for (std::size_t i = 0; i < 4; ++i) {
      const Module& scene = plant.modules[before + i];
      EXPECT_EQ(scene.name, names[i]);
      EXPECT_EQ(scene.kind, Kind::scene);
      EXPECT_EQ(scene.gateway, GatewayId("netatmo:00:04:74:00:00:01"));
      EXPECT_EQ(can(scene), "run!");
    }
  }
}

TEST(ConnectScenarios, AHomeWithoutAGatewayThatRunsThemIsNotAsked) {
  EXPECT_TRUE(
      connect()
          .extras(connect_plant(R"({"body":{"homes":[{"id":"h","modules":[{"id":"a","type":"BNS"}]}]}})"))
          .empty());
}

TEST(ConnectTypes, EachHasANameAKindAndOneRow) {
  std::vector<std::string_view> words;
  for (const netatmo::Type& one : netatmo::types()) {
    EXPECT_FALSE(one.product.empty()) << one.word;
    EXPECT_EQ(std::ranges::find(words, one.word), words.end()) << one.word;
    words.push_back(one.word);
    EXPECT_EQ(netatmo::type(one.word), &one);
    const bool moves = one.has(netatmo::position);
    EXPECT_EQ(one.kind == Kind::shutter, moves) << one.word;
    EXPECT_TRUE(moves || !one.has(netatmo::preferred)) << one.word;
    EXPECT_EQ(one.kind == Kind::dimmer, one.has(netatmo::level)) << one.word;
  }
  EXPECT_EQ(words.size(), 90u);
}

// Every documented type in a home of its own, with its name and what it can do.
TEST(ConnectTypes, WhatEachTypeCanDo) {
  struct Row {
    const char *types, *can;
  };
  const Row rows[] = {
      {"NLG NLGS", "load_shedding"},
      {"NLP NLPM NLPO NLPD NLC", "on_off! power load_shedding"},
      {"NLPBS NLPT NLUP NLM NLL NLIS", "on_off! power"},
      {"NLF NLFN NLFE NLUF NLUO", "on_off! level![1-100/1] power"},
      {"NLUI BNIL BNCS BNSL", "on_off!"},
      {"BNLD Z3L", "on_off! level![1-100/1]"},
      {"NLV NLLV NLLM NBR NBO NBS", "position![0-100/100] stop! preferred!"},
      {"NLJ BNAS BNAB BNMS TPSRS Z3V NXO", "position![0-100/100] stop!"},
      {"NLLF", "fan_speed![1-2/1] power"},
      {"NLT NLD NRV NXS NXD NIS NACamDoorTag NAModule1 NAModule2 NAModule3 NAModule4", "battery"},
      {"NLPC NLPS NLY BNXM", "power"},
      {"NLE", "energy_today"},
      {"BNDL", "lock!"},
      {"BNS", "load_active"},
      {"NATherm1 OTM", "battery load_active"},
      {"NLDD NLAO NLAS NLDP NLTS BNMH BNTH BNFC BNTR BNCX BNC1 BNEU BFII BPAC BPVC BDIY BNHY NDL NBG EBU NXG "
       "NAPlug OTH NAC "
       "NACamera NPC NOC NDB NSD NCO NAMain NHC",
       ""},
  };
  std::size_t seen = 0;
  for (const Row& row : rows) {
    std::string_view rest = row.types;
    while (!rest.empty()) {
      const std::string word(rest.substr(0, rest.find(' ')));
      rest.remove_prefix(std::min(rest.size(), word.size() + 1));
      const Plant plant =
          connect_plant(R"({"body":{"homes":[{"id":"h","modules":[{"id":"m","type":")" + word + R"("}]}]}})");
      ASSERT_FALSE(plant.modules.empty()) << word;
      EXPECT_EQ(can(plant.modules[0]), row.can) << word;
      ASSERT_NE(netatmo::type(word), nullptr) << word;
      EXPECT_EQ(plant.modules[0].name, netatmo::type(word)->product);
      EXPECT_EQ(plant.modules[0].product, netatmo::type(word)->product);
      ++seen;
    }
  }
  EXPECT_EQ(seen, netatmo::types().size());
}

TEST(ConnectHomes, ARoomThatAPlanSwitchesOffHasNoPilotWire) {
  for (const char* type : {"mode", "fp"}) {
    const std::string word = std::string(type) == "mode" ? "off" : "away";
    const Plant plant = connect_plant(
        with(connect_topology, R"({"id":"1000003","therm_setpoint_temperature":20.5})",
             R"({"id":"1000001","therm_setpoint_)" + std::string(type) + R"(":")" + word + R"("})"));
    const Module* room = plant.module(connect_room("1000001"));
    ASSERT_TRUE(room);
    EXPECT_EQ(room->capability(Aspect::pilot_wire) != nullptr, word == "away");
    EXPECT_EQ(plant.schedules[0].zones[0].rooms[0].order, word);
  }
}

}  // namespace
}  // namespace foyer
