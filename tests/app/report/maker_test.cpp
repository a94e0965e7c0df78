// A report from the press to the file: what is read for it, what is in it, and what is not.
#include "core/app/report/maker.hpp"

#include <algorithm>

#include "tests/app/support.hpp"

namespace foyer::test {
namespace {

class MakerTest : public App {
 protected:
  void make() {
    app->set_visible(false);  // nothing is polled meanwhile
    app->dispatch(intent::MakeReport{});
    wait(Minutes(1));
    ASSERT_FALSE(state().report.making);
  }
};

TEST_F(MakerTest, HoldsWhatTheCloudAnswersAsNobodysHome) {
  sign_in();
  const int before = state().accounts[0].ledger.used;
  make();
  ASSERT_TRUE(state().report.made) << state().report.trouble;
  EXPECT_GT(state().accounts[0].ledger.used, before) << "the homes are read anew";
  EXPECT_LE(state().accounts[0].ledger.used - before, report::report_cost(state()));
  const MadeReport& made = *state().report.made;
  const auto read = report::read_report(made.text);
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->clouds.size(), 1U);
  EXPECT_EQ(read->clouds[0].answers.size(), made.answers.size());
  EXPECT_GE(made.answers.size(), 3U) << "the list of homes, topology, state";
  EXPECT_GT(made.replaced, 0U);
  EXPECT_TRUE(
      std::ranges::any_of(made.journal, [](const auto& line) { return line.starts_with("finding "); }));
  const Plant& home = state().plants.at(0);
  EXPECT_EQ(made.text.find(home.name), std::string::npos);
  for (const Module& module : home.modules)
    EXPECT_EQ(made.text.find(module.name), std::string::npos) << module.name;
}

TEST_F(MakerTest, ThePriceIsThatOfAStartOrOfTheHomeOnShow) {
  sign_in();
  State one = state();
  EXPECT_EQ(report::report_cost(one), 12) << "a small home fits into what a start may cost";
  one.plants.at(0).topology_at.reset();
  EXPECT_EQ(report::report_cost(one), 61)
      << "the list of homes, and whatever a home may cost that nobody has seen";
  one = state();
  Module lamp = one.plants.at(0).modules.at(0);
  for (int i = 0; i < 100; ++i) {
    lamp.id = ModuleId("hc:lamp" + std::to_string(i));
    lamp.device = "light" + std::to_string(i);
    one.plants.at(0).modules.push_back(lamp);
  }
  EXPECT_EQ(report::report_cost(one), report::report_cost(state())) << "one state holds all of them";
  EXPECT_EQ(report::report_cost(one, "another"), 0);
}

TEST_F(MakerTest, IsSavedAsItWasShownAndGoesWhenItIsDiscarded) {
  sign_in();
  app->dispatch(intent::SaveReport{});
  EXPECT_TRUE(memory.navigator.copied.empty()) << "there is none yet";
  make();
  ASSERT_TRUE(state().report.made);
  const std::string text = state().report.made->text;
  app->dispatch(intent::SaveReport{});
  ASSERT_EQ(memory.navigator.copied.size(), 1U) << "this host has no files";
  EXPECT_EQ(memory.navigator.copied.front(), text);
  app->dispatch(intent::DropReport{});
  EXPECT_FALSE(state().report.made);
}

TEST_F(MakerTest, WhereNothingAnswersThatIsWhatItReports) {
  sign_in();
  vendor.fault = [](const HttpRequest&) -> std::optional<HttpOutcome> {
    return std::unexpected(HttpFailure::offline);
  };
  make();
  ASSERT_TRUE(state().report.made) << "a request without an answer is something to report";
  EXPECT_TRUE(
      std::ranges::all_of(state().report.made->answers, [](const auto& one) { return one.status == 0; }));
  vendor.fault = nullptr;
  wait(Minutes(30));
  make();
  ASSERT_TRUE(state().report.made) << state().report.trouble;
  EXPECT_TRUE(
      std::ranges::any_of(state().report.made->answers, [](const auto& one) { return one.status == 200; }));
}

TEST_F(MakerTest, WhatWasBeingReadBeforeIsReadAgainForIt) {
  sign_in();
  const auto at_once = memory.http.respond;
  memory.http.respond = [this, at_once](const HttpRequest& request) -> Task<HttpOutcome> {
    return [](MemoryHost* memory, auto answer, HttpRequest asked) -> Task<HttpOutcome> {
      co_await memory->time.sleep(Seconds(1));
      co_return co_await answer(asked);
    }(&memory, at_once, request);
  };
  open();
  wait(Millis(1500));
  ASSERT_TRUE(state().loading) << "the list of homes has come, their topology has not";
  make();
  ASSERT_TRUE(state().report.made) << state().report.trouble;
  EXPECT_TRUE(std::ranges::any_of(state().report.made->answers,
                                  [](const auto& one) { return one.request.ends_with("/plants"); }));
}

TEST_F(MakerTest, GoesWithThePersonWhoseHomeItShows) {
  sign_in();
  make();
  ASSERT_TRUE(state().report.made);
  app->dispatch(intent::SignOut{"demo"});
  wait(Seconds(5));
  EXPECT_FALSE(state().report.made);
}

TEST_F(MakerTest, OfAPersonWhoLeavesMeanwhileNothingIsMade) {
  sign_in();
  app->dispatch(intent::MakeReport{});
  app->dispatch(intent::SignOut{"demo"});
  wait(Minutes(1));
  EXPECT_FALSE(state().report.making);
  EXPECT_FALSE(state().report.made);
}

TEST_F(MakerTest, NobodySignedInIsNothingToReportOf) {
  open();
  EXPECT_EQ(report::report_cost(state()), 0);
  app->dispatch(intent::MakeReport{});
  wait(Seconds(1));
  EXPECT_FALSE(state().report.made);
  EXPECT_FALSE(state().report.trouble.empty());
}

}  // namespace
}  // namespace foyer::test
