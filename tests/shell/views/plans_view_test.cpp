// The plans view: everything it says and does, by role and name.
#include <gtest/gtest.h>

#include "core/app/plans/week.hpp"
#include "tests/shell/comfort_states.hpp"
#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

using test::Stage;

std::string all_text(const Stage& stage, std::string_view below) {
  std::string out;
  for (const Node& node : stage.interface.nodes())
    if (node.id.starts_with(below)) out += node.name + "\n";
  return out;
}

const Schedule& drafted(const Stage& stage) { return stage.last_sent<intent::EditPlan>()->draft; }

// As the planner does: what was edited is the draft that is on show.
void take(Stage& stage) {
  const auto* edit = stage.last_sent<intent::EditPlan>();
  ASSERT_NE(edit, nullptr);
  stage.state.plans[stage.state.plants[0].id].draft = edit->draft;
  stage.state.plans[stage.state.plants[0].id].shown = edit->draft.id;
  stage.change();
}

TEST(Plans, SaysWhatIsInForceNowAndWhatComesNext) {
  Stage stage(test::with_plans());
  EXPECT_EQ(stage.node("plans/now")->name, "Comfort 18–20° until today 23:30, then Night 17°");
  EXPECT_TRUE(stage.named(Role::radio, "Winter week · in force")->checked.value_or(false));
  EXPECT_EQ(stage.named(Role::radio, "Holidays")->checked, false);
}

TEST(Plans, TheKindsOfPlansStandApart) {
  Stage stage(test::with_plans());
  for (const char* kind : {"Heating", "Cooling", "Actions"})
    EXPECT_NE(stage.named(Role::radiogroup, kind), nullptr) << kind;
  EXPECT_EQ(stage.named(Role::radiogroup, "Heating and cooling"), nullptr) << "the home has none";
  stage.act("plans/choice/lamps", Act::press);
  EXPECT_EQ(stage.last_sent<intent::ShowPlan>()->schedule, "lamps");
}

TEST(Plans, OneThatIsNotInForceCanBeUsed) {
  Stage stage(test::with_plans());
  EXPECT_EQ(stage.node("plans/use"), nullptr);
  stage.state.plans[stage.state.plants[0].id].shown = "holidays";
  stage.change();
  stage.act("plans/use", Act::press);
  EXPECT_EQ(stage.last_sent<intent::UsePlan>()->schedule, "holidays");
}

TEST(Plans, TheWeekIsSevenDaysOfSpansWithNamesAndTemperatures) {
  Stage stage(test::with_plans());
  for (int day = 0; day < 7; ++day) {
    const std::string id = "plans/week/" + std::to_string(day) + "/";
    const auto spans = plan::spans_of_day(stage.state.plants[0].schedules[0], day);
    for (std::size_t at = 0; at < spans.size(); ++at) {
      const Node* node = stage.node(id + std::to_string(at));
      ASSERT_NE(node, nullptr) << id << at;
      EXPECT_EQ(node->bounds.h > 24, node->operable) << "what is too low to be pressed is in the day's list";
    }
  }
  EXPECT_EQ(stage.node("plans/week/0/1")->name, "06:30–09:00: Comfort, 18–20°");
  EXPECT_TRUE(stage.node("plans/day/5")->current) << "10 January 2026 is a Saturday";
}

TEST(Plans, APressedSpanOpensInTheDaysList) {
  Stage stage(test::with_plans());
  stage.click("plans/week/2/2");
  stage.settle();
  EXPECT_EQ(stage.node("plans/heading")->name, "Wednesday");
  EXPECT_EQ(stage.node("plans/span/2")->name, "09:00–17:00 Away by day 16°");
  EXPECT_TRUE(stage.node("plans/span/2")->expanded.value_or(false));
  stage.click("plans/span/2/sooner");
  take(stage);
  EXPECT_EQ(plan::spans_of_day(*stage.state.plans[stage.state.plants[0].id].draft, 2)[2].from, 8 * 60 + 45);
  EXPECT_TRUE(stage.node("plans/span/2")->expanded.value_or(false)) << "it stays open while it moves";
}

TEST(Plans, ZonesSplittingRemovingAndCopyingEditThatDayAlone) {
  Stage stage(test::with_plans());
  const Schedule before = stage.state.plants[0].schedules[0];
  stage.click("plans/week/2/2");
  stage.settle();
  stage.act("plans/span/2/zone/1", Act::press);
  EXPECT_EQ(plan::differences(before, drafted(stage)).size(), 1U);
  EXPECT_EQ(zone_at(drafted(stage), 2 * 1440 + 600)->name, "Night");
  stage.act("plans/span/2/split", Act::press);
  EXPECT_EQ(plan::spans_of_day(drafted(stage), 2).size(), plan::spans_of_day(before, 2).size() + 1);
  stage.act("plans/span/2/remove", Act::press);
  EXPECT_EQ(plan::spans_of_day(drafted(stage), 2).size(), plan::spans_of_day(before, 2).size() - 2)
      << "Comfort before and after become one";
  stage.act("plans/copy", Act::press);
  stage.settle();
  stage.act("plans/copy/6", Act::press);
  const auto like = plan::spans_of_day(drafted(stage), 2), copied = plan::spans_of_day(drafted(stage), 6);
  ASSERT_EQ(like.size(), copied.size());
  for (std::size_t at = 0; at < like.size(); ++at) EXPECT_EQ(like[at].zone, copied[at].zone);
}

TEST(Plans, TheTemperaturesOfAZoneChangeByHalfDegrees) {
  Stage stage(test::with_plans());
  stage.act("plans/zones/0", Act::press);
  stage.settle();
  EXPECT_EQ(stage.named(Role::group, "Bedroom: 18.0°")->id, "plans/room/netatmo:3");
  stage.act("plans/room/netatmo:3/more", Act::press);
  EXPECT_EQ(drafted(stage).zone(0)->rooms[2].temperature, 18.5);
  stage.act("plans/zones/4", Act::press);
  stage.settle();
  EXPECT_EQ(stage.node("plans/room/netatmo:4/more"), nullptr) << "an order has no degrees";
  EXPECT_NE(stage.named(Role::group, "Bathroom: Comfort"), nullptr);
}

TEST(Plans, ChangesAreToldInWordsAndSavedOrUndone) {
  Stage stage(test::with_changes());
  EXPECT_EQ(stage.named(Role::region, "Not saved yet: 2")->id, "plans/changes");
  const std::string told = all_text(stage, "plans/change/");
  EXPECT_TRUE(told.contains("Wednesday 12:00–17:00: Comfort instead of Away by day")) << told;
  EXPECT_TRUE(told.contains("Bathroom, Comfort: 21° instead of 20°")) << told;
  stage.act("plans/save", Act::press);
  EXPECT_NE(stage.last_sent<intent::SavePlan>(), nullptr);
  stage.act("plans/drop", Act::press);
  EXPECT_NE(stage.last_sent<intent::DropPlan>(), nullptr);
}

TEST(Plans, WhatIsBeingSentIsNotChangedAndWhatWasSavedCanBeTakenBack) {
  State sending = test::with_changes();
  sending.plans[sending.plants[0].id].busy = true;
  Stage busy(sending);
  EXPECT_EQ(busy.node("plans/save"), nullptr);
  EXPECT_NE(busy.node("plans/busy"), nullptr);
  busy.act("plans/span/1", Act::press);
  busy.settle();
  EXPECT_EQ(busy.node("plans/span/1/later"), nullptr);

  State saved = test::with_plans();
  saved.plans[saved.plants[0].id].former = saved.plants[0].schedules[0];
  Stage stage(saved);
  stage.act("plans/take_back", Act::press);
  EXPECT_NE(stage.last_sent<intent::TakeBackPlan>(), nullptr);
}

TEST(Plans, TroubleIsToldAndOfflineNothingIsSaved) {
  State state = test::with_changes();
  state.plans[state.plants[0].id].trouble = "The cloud said no. Look again.";
  state.online = false;
  Stage stage(state);
  EXPECT_EQ(stage.node("plans/trouble")->name, "The cloud said no. Look again.");
  EXPECT_TRUE(stage.node("plans/save")->disabled);
  EXPECT_NE(stage.node("plans/save")->description, "");
}

TEST(Plans, APlanThatIsNotUnderstoodIsShownAndLeftAlone) {
  Stage stage(test::with_broken_plan());
  EXPECT_TRUE(stage.node("plans/fault")->name.contains("Sunday")) << stage.node("plans/fault")->name;
  EXPECT_NE(stage.node("plans/week/0/0"), nullptr);
  stage.act("plans/span/1", Act::press);
  stage.settle();
  EXPECT_EQ(stage.node("plans/span/1/later"), nullptr);
  EXPECT_EQ(stage.node("plans/more"), nullptr);
}

TEST(Plans, APhoneShowsADayAtATime) {
  Stage stage(test::with_plans(), 390, 844, {.touch = true});
  EXPECT_EQ(stage.node("plans/week/0/0"), nullptr);
  stage.act("plans/day/0", Act::press);
  stage.settle();
  EXPECT_EQ(stage.node("plans/heading")->name, "Monday");
  for (int at = 0; at < 5; ++at) EXPECT_GE(stage.node("plans/span/" + std::to_string(at))->bounds.h, 44);
}

TEST(Plans, TheWholeHouseGoesAwayUntilADayAndAnHour) {
  Stage stage(test::with_plans());
  stage.act("plans/away", Act::press);
  stage.settle();
  stage.act("plans/away/days/more", Act::press);
  stage.settle();
  EXPECT_EQ(stage.node("plans/away/day")->name, "Tuesday 13 Jan");
  stage.act("plans/away/hour/more", Act::press);
  stage.settle();
  EXPECT_EQ(stage.node("plans/away/clock")->name, "19:00");
  stage.act("plans/away/leave", Act::press);
  const auto* sent = stage.last_sent<intent::Send>();
  EXPECT_EQ(sent->module, ModuleId("netatmo:home/heating"));
  EXPECT_EQ(sent->command.value, Value(std::string("away")));
  EXPECT_EQ(sent->command.lasting, Minutes(3 * 1440 + 58)) << "Saturday 18:02 to Tuesday 19:00";

  stage.state.plants[0].modules[0].readings[0].value = std::string("away");
  stage.state.plants[0].modules[0].mode_until = test::evening() + Hours(2);
  stage.change();
  EXPECT_EQ(stage.node("plans/now")->name, "Away until today 20:02");
  stage.act("plans/house/automatic", Act::press);
  EXPECT_EQ(stage.last_sent<intent::Send>()->command.value, Value(std::string("automatic")));
}

TEST(Plans, NamesAreTypedAndZonesAreMadeAndRemoved) {
  Stage stage(test::with_plans());
  stage.act("plans/zones/4", Act::press);
  stage.act("plans/zone/more", Act::press);
  stage.settle();
  EXPECT_TRUE(stage.node("plans/zone/remove")->disabled) << "the week uses it";
  EXPECT_TRUE(stage.node("plans/zone/rename")->disabled) << "nothing was typed";
  stage.act("plans/zone/name/4", Act::set_text, "Sunday bath");
  stage.settle();
  stage.act("plans/zone/rename", Act::press);
  EXPECT_EQ(drafted(stage).zone(4)->name, "Sunday bath");
  stage.act("plans/zone/add", Act::press);
  EXPECT_EQ(drafted(stage).zones.size(), 5U);
  stage.act("plans/more", Act::press);
  stage.settle();
  stage.act("plans/name/winter", Act::set_text, "Cold days");
  stage.settle();
  stage.act("plans/rename", Act::press);
  EXPECT_EQ(drafted(stage).name, "Cold days");
}

State with_more(const char* shown) {
  State state = test::with_plans();
  state.plans[state.plants[0].id].shown = shown;
  return state;
}

TEST(Plans, ACopyIsMadeUnderAnotherName) {
  Stage stage(with_more("holidays"));
  stage.act("plans/more", Act::press);
  stage.settle();
  stage.act("plans/create", Act::press);
  const auto* copy = stage.last_sent<intent::CopyPlan>();
  ASSERT_NE(copy, nullptr);
  EXPECT_EQ(copy->schedule, "holidays");
  EXPECT_NE(copy->name, "Holidays") << "two of one name can't be told apart";
  stage.act("plans/name/holidays", Act::set_text, "Guests");
  stage.settle();
  stage.act("plans/create", Act::press);
  EXPECT_EQ(stage.last_sent<intent::CopyPlan>()->name, "Guests");
}

TEST(Plans, DeletingAsksOnceInWords) {
  Stage stage(with_more("holidays"));
  stage.act("plans/more", Act::press);
  stage.settle();
  stage.act("ask/delete/holidays", Act::press);
  stage.settle();
  EXPECT_EQ(stage.last_sent<intent::DeletePlan>(), nullptr) << "nothing goes before it is answered";
  ASSERT_NE(stage.node("menu/question"), nullptr);
  EXPECT_EQ(stage.node("menu/question")->name, "Delete “Holidays” for good?");
  EXPECT_TRUE(stage.node("menu/question")->on_screen);
  EXPECT_EQ(stage.interface.focused(), "menu/no");
  stage.act("menu/no", Act::press);
  stage.settle();
  EXPECT_EQ(stage.last_sent<intent::DeletePlan>(), nullptr);
  EXPECT_EQ(stage.interface.focused(), "ask/delete/holidays");
  stage.act("ask/delete/holidays", Act::press);
  stage.settle();
  stage.click("menu/yes");
  const auto* gone = stage.last_sent<intent::DeletePlan>();
  ASSERT_NE(gone, nullptr);
  EXPECT_EQ(gone->schedule, "holidays");
  stage.settle();
  EXPECT_EQ(stage.node("menu/question"), nullptr);
}

TEST(Plans, OneInForceIsNotDeletedAndSaysWhy) {
  Stage stage(with_more("winter"));
  stage.act("plans/more", Act::press);
  stage.settle();
  EXPECT_TRUE(stage.node("ask/delete/winter")->disabled);
  EXPECT_EQ(stage.node("ask/delete/winter")->description, "A plan in force can’t be deleted.");
  stage.act("ask/delete/winter", Act::press);
  stage.settle();
  EXPECT_EQ(stage.node("menu/question"), nullptr);
}

TEST(Plans, ProgrammesWithoutTimesSaySo) {
  State state = test::pictured_home();
  state.route.view = Route::View::plans;
  for (Module& module : state.plants[0].modules)
    if (module.kind == Kind::thermostat)
      module.capabilities.push_back({.aspect = Aspect::program,
                                     .commandable = true,
                                     .options = {"1", "2"},
                                     .labels = {"Week", "Guests"}});
  Stage stage(state);
  EXPECT_NE(stage.node("plans/programmes"), nullptr);
  stage.act("plans/programme/demo:22220000aaaabbbb00002222/2", Act::press);
  EXPECT_EQ(stage.last_sent<intent::Send>()->command.aspect, Aspect::program);
}

TEST(Plans, DrawnOnceNothingMoves) {
  Stage stage(test::with_plans());
  stage.settle();
  const auto builds = stage.interface.builds();
  for (int at = 0; at < 20; ++at) stage.frame();
  EXPECT_EQ(stage.interface.builds(), builds);
}

}  // namespace
}  // namespace foyer::shell
