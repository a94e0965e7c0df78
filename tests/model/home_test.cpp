// The home as values: how a status answer is put into a plant, and what must never be overwritten.
#include "core/model/home.hpp"

#include <gtest/gtest.h>

namespace foyer {
namespace {

const Instant new_years_noon = instant_from_ms(1'767'268'800'000);
const Instant later = new_years_noon + Minutes(5);

Module lamp(const std::string& id) {
  Module module{.id = ModuleId(id), .name = "Lamp", .kind = Kind::light, .device = "light"};
  module.capabilities = {{.aspect = Aspect::on_off, .commandable = true}};
  module.reach = Reach::reachable;
  return module;
}

Plant plant_of(std::vector<Module> modules) {
  return {.id = PlantId("hc:p"), .name = "Home", .modules = std::move(modules)};
}

StatusReport report_of(std::vector<ModuleStatus> modules, bool complete = false) {
  return {.modules = std::move(modules), .complete = complete};
}

ModuleStatus says(const std::string& id, std::vector<Reading> readings, Reach reach = Reach::reachable) {
  return {.id = ModuleId(id), .reach = reach, .readings = std::move(readings), .raw = "{}"};
}

TEST(Apply, PutsReadingsReachAndRawTextIntoTheModuleThatIsNamed) {
  Plant plant = plant_of({lamp("hc:1"), lamp("hc:2")});
  apply(plant, report_of({says("hc:2", {{.aspect = Aspect::on_off, .value = true}})}), new_years_noon,
        nullptr, nullptr);
  EXPECT_TRUE(plant.modules[0].readings.empty());
  EXPECT_EQ(plant.modules[1].flag(Aspect::on_off), true);
  EXPECT_EQ(plant.modules[1].reading(Aspect::on_off)->received, new_years_noon);
  EXPECT_EQ(plant.modules[1].raw_status, "{}");
  EXPECT_EQ(plant.status_at, new_years_noon);
}

TEST(Apply, ACompleteReportMakesTheModulesItDoesNotNameUnreachable) {
  Plant plant = plant_of({lamp("hc:1"), lamp("hc:2")});
  apply(plant, report_of({says("hc:2", {})}, true), new_years_noon, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].reach, Reach::unreachable);
  EXPECT_EQ(plant.modules[0].unreachable_since, new_years_noon);
  EXPECT_EQ(plant.modules[1].reach, Reach::reachable);
}

TEST(Apply, AReportOfOneModuleSaysNothingOfTheOthers) {
  Plant plant = plant_of({lamp("hc:1"), lamp("hc:2")});
  apply(plant, report_of({says("hc:2", {})}), new_years_noon, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].reach, Reach::reachable);
}

TEST(Apply, AModuleThatNoTopologyNamesIsShownAsTheAnswerDescribesIt) {
  Plant plant = plant_of({lamp("hc:1")});
  StatusReport report = report_of({says("hc:new", {{.aspect = Aspect::on_off, .value = true}})});
  report.newcomers = {lamp("hc:new"), lamp("hc:1")};
  report.newcomers[1].name = "Not taken: it is known";
  apply(plant, report, new_years_noon, nullptr, nullptr);
  ASSERT_EQ(plant.modules.size(), 2U);
  EXPECT_EQ(plant.modules[0].name, "Lamp");
  EXPECT_EQ(plant.modules[1].kind, Kind::light);
  EXPECT_TRUE(plant.modules[1].capability(Aspect::on_off)->commandable);
  EXPECT_EQ(plant.modules[1].flag(Aspect::on_off), true);
}

TEST(Apply, AnUnknownKindBecomesWhatTheAnswerDescribesAndKnownOnesStay) {
  Module strange{.id = ModuleId("hc:1"), .name = "New", .kind = Kind::unknown, .device = "NLXX"};
  Plant plant = plant_of({strange, lamp("hc:2")});
  ModuleStatus says_fan = says("hc:1", {{.aspect = Aspect::fan_speed, .value = 1.0}});
  says_fan.kind = Kind::fan;
  says_fan.capabilities = {{.aspect = Aspect::fan_speed, .commandable = true, .range = Range{1, 2, 1}}};
  says_fan.product = "Ventilation";
  ModuleStatus other = says_fan;
  other.id = ModuleId("hc:2");
  apply(plant, report_of({says_fan}), new_years_noon, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].kind, Kind::unknown) << "nothing was described";
  says_fan.describes = other.describes = true;
  apply(plant, report_of({says_fan, other}), new_years_noon, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].kind, Kind::fan);
  EXPECT_TRUE(plant.modules[0].capability(Aspect::fan_speed)->commandable);
  EXPECT_EQ(plant.modules[0].product, "Ventilation");
  EXPECT_EQ(plant.modules[1].kind, Kind::light);
}

TEST(Apply, AnErrorOfAModuleStaysUntilTheNextReportOfIt) {
  Plant plant = plant_of({lamp("hc:1"), lamp("hc:2")});
  ModuleStatus broken = says("hc:1", {}, Reach::unreachable);
  broken.error = "code 6: unreachable";
  apply(plant, report_of({broken}), new_years_noon, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].error, "code 6: unreachable");
  apply(plant, report_of({says("hc:2", {})}), later, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].error, "code 6: unreachable");
  apply(plant, report_of({says("hc:1", {})}), later, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].error, "");
}

TEST(Apply, GatewaysThatTheCloudCannotReachAreOfflineSinceTheFirstReport) {
  Plant plant = plant_of({});
  plant.gateways = {{GatewayId("hc:g"), "Hall", std::nullopt}, {GatewayId("hc:h"), "Attic", new_years_noon}};
  StatusReport report;
  apply(plant, report, new_years_noon, nullptr, nullptr);
  EXPECT_EQ(plant.gateways[1].offline_since, new_years_noon) << "a report that does not tell changes nothing";
  report.gateways_told = true;
  report.offline = {GatewayId("hc:g")};
  apply(plant, report, new_years_noon, nullptr, nullptr);
  apply(plant, report, later, nullptr, nullptr);
  EXPECT_EQ(plant.gateways[0].offline_since, new_years_noon);
  EXPECT_EQ(plant.gateways[1].offline_since, std::nullopt);
}

TEST(Apply, ScenesHaveNoStateAndAreNeverUnreachable) {
  Module scene{.id = ModuleId("hc:s"), .name = "Evening", .kind = Kind::scene};
  Plant plant = plant_of({scene});
  apply(plant, report_of({}, true), new_years_noon, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].reach, Reach::unknown);
}

TEST(Apply, UnreachableSinceIsTheFirstTimeItWasSeenAndEndsWhenItIsBack) {
  Plant plant = plant_of({lamp("hc:1")});
  apply(plant, report_of({says("hc:1", {}, Reach::unreachable)}), new_years_noon, nullptr, nullptr);
  apply(plant, report_of({says("hc:1", {}, Reach::unreachable)}), later, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].unreachable_since, new_years_noon);
  apply(plant, report_of({says("hc:1", {})}), later, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].unreachable_since, std::nullopt);
}

TEST(Apply, AnOldValueOfAnUnreachableModuleKeepsItsAge) {
  Plant plant = plant_of({lamp("hc:1")});
  apply(plant, report_of({says("hc:1", {{.aspect = Aspect::on_off, .value = true}})}), new_years_noon,
        nullptr, nullptr);
  apply(plant, report_of({says("hc:1", {{.aspect = Aspect::on_off, .value = true}}, Reach::unreachable)}),
        later, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].reading(Aspect::on_off)->received, new_years_noon);
}

TEST(Apply, AReadingThatTheReportDoesNotNameStaysAndAges) {
  Plant plant = plant_of({lamp("hc:1")});
  plant.modules[0].set_reading(
      {.aspect = Aspect::power, .value = 7.0, .unit = Unit::watt, .received = new_years_noon});
  apply(plant, report_of({says("hc:1", {{.aspect = Aspect::on_off, .value = true}})}), later, nullptr,
        nullptr);
  EXPECT_EQ(plant.modules[0].reading(Aspect::power)->received, new_years_noon);
}

bool keep_on_off(const void* context, const ModuleId& id, Aspect aspect) {
  return id.text == *static_cast<const std::string*>(context) && aspect == Aspect::on_off;
}

TEST(Apply, AReadingThatANewerCommandOwnsIsNotOverwritten) {
  Plant plant = plant_of({lamp("hc:1")});
  plant.modules[0].set_reading({.aspect = Aspect::on_off, .value = true, .origin = Origin::optimistic});
  const std::string owned = "hc:1";
  apply(plant, report_of({says("hc:1", {{.aspect = Aspect::on_off, .value = false}})}), new_years_noon,
        keep_on_off, &owned);
  EXPECT_EQ(plant.modules[0].flag(Aspect::on_off), true);
  EXPECT_EQ(plant.modules[0].reading(Aspect::on_off)->origin, Origin::optimistic);
}

TEST(Apply, AWishThatNobodyOwnsAnyMoreGoesEvenWhenTheReportIsSilent) {
  Plant plant = plant_of({lamp("hc:1")});
  plant.modules[0].set_reading({.aspect = Aspect::on_off, .value = true, .origin = Origin::optimistic});
  apply(plant, report_of({says("hc:1", {})}), new_years_noon, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].reading(Aspect::on_off), nullptr);
}

TEST(Apply, ModulesThatNoTopologyNamesAreAddedAsUnknownOnesAndOnce) {
  Plant plant = plant_of({lamp("hc:1")});
  ModuleStatus stranger = says("hc:9", {{.aspect = Aspect::other, .name = "flow", .value = 3.0}});
  stranger.device = "irrigation";
  apply(plant, report_of({stranger, stranger}), new_years_noon, nullptr, nullptr);
  apply(plant, report_of({stranger}), later, nullptr, nullptr);
  ASSERT_EQ(plant.modules.size(), 2u);
  const Module& added = plant.modules[1];
  EXPECT_EQ(added.kind, Kind::unknown);
  EXPECT_EQ(added.device, "irrigation");
  EXPECT_EQ(added.name, "9");  // something to call it by
  ASSERT_EQ(added.readings.size(), 1u);
  EXPECT_EQ(added.readings[0].received, later);
}

TEST(Apply, ALightThatReportsALevelIsADimmerFromThenOn) {
  Plant plant = plant_of({lamp("hc:1")});
  ModuleStatus status = says("hc:1", {{.aspect = Aspect::level, .value = 40.0, .unit = Unit::percent}});
  status.kind = Kind::dimmer;
  status.capabilities = {{.aspect = Aspect::level, .commandable = true, .range = Range{}}};
  apply(plant, report_of({status}), new_years_noon, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].kind, Kind::dimmer);
  ASSERT_NE(plant.modules[0].capability(Aspect::level), nullptr);
  EXPECT_TRUE(plant.modules[0].capability(Aspect::level)->commandable);
}

TEST(Apply, TheEndOfAModeComesAndGoesWithTheMode) {
  Plant plant = plant_of({lamp("hc:1")});
  ModuleStatus boost = says("hc:1", {{.aspect = Aspect::mode, .value = std::string("boost")}});
  boost.mode_until = later;
  apply(plant, report_of({boost}), new_years_noon, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].mode_until, later);
  apply(plant, report_of({says("hc:1", {})}), new_years_noon, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].mode_until, later);
  apply(plant, report_of({says("hc:1", {{.aspect = Aspect::mode, .value = std::string("off")}})}),
        new_years_noon, nullptr, nullptr);
  EXPECT_EQ(plant.modules[0].mode_until, std::nullopt);
}

TEST(Module, UnknownFieldsAreKeptBesideEachOtherByName) {
  Module module = lamp("hc:1");
  module.set_reading({.aspect = Aspect::other, .name = "a", .value = 1.0});
  module.set_reading({.aspect = Aspect::other, .name = "b", .value = 2.0});
  module.set_reading({.aspect = Aspect::other, .name = "a", .value = 3.0});
  ASSERT_EQ(module.readings.size(), 2u);
  EXPECT_EQ(module.readings[0].value, Value(3.0));
}

TEST(Module, AValueOfAnotherTypeThanAskedForIsNothing) {
  Module module = lamp("hc:1");
  module.set_reading({.aspect = Aspect::level, .value = 40.0});
  EXPECT_EQ(module.number(Aspect::level), 40.0);
  EXPECT_EQ(module.flag(Aspect::level), std::nullopt);
  EXPECT_EQ(module.word(Aspect::level), std::nullopt);
}

TEST(Words, EveryKindAndAspectIsReadBackFromItsName) {
  for (int i = 0; i <= static_cast<int>(Kind::unknown); ++i) {
    const auto kind = static_cast<Kind>(i);
    EXPECT_EQ(kind_from(to_string(kind)), kind);
  }
  for (int i = 0; i <= static_cast<int>(Aspect::other); ++i) {
    const auto aspect = static_cast<Aspect>(i);
    EXPECT_EQ(aspect_from(to_string(aspect)), aspect);
  }
  EXPECT_EQ(aspect_from("colour"), std::nullopt);
  EXPECT_EQ(kind_from(""), std::nullopt);
}

TEST(Words, ValuesAsTextHaveNoBinaryDust) {
  EXPECT_EQ(to_text(Value(20.5)), "20.5");
  EXPECT_EQ(to_text(Value(20.0)), "20");
  EXPECT_EQ(to_text(Value(0.1 + 0.2)), "0.3");
  EXPECT_EQ(to_text(Value(true)), "on");
  EXPECT_EQ(to_text(Value(std::string("boost"))), "boost");
}

}  // namespace
}  // namespace foyer
