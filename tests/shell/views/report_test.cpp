// Problems → Report a fault, as a person meets it: the price first, then what is in it, then the file.
#include <gtest/gtest.h>

#include "core/app/report/maker.hpp"
#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

using test::for_developers;
using test::Stage;
using View = Route::View;

TEST(FaultReport, SaysWhatItCostsBeforeItIsMade) {
  State state = for_developers(View::problems);
  state.report = {};
  Stage stage(state);
  const Node* make = stage.node("report/make");
  ASSERT_NE(make, nullptr);
  EXPECT_EQ(make->name,
            "Make a report (up to " + std::to_string(report::report_cost(state)) + " of today’s calls)");
  ASSERT_TRUE(stage.act(make->id, Act::press));
  EXPECT_NE(stage.last_sent<intent::MakeReport>(), nullptr);
  state.report.making = true;
  Stage waiting(state);
  ASSERT_NE(waiting.node("report/make"), nullptr);
  EXPECT_TRUE(waiting.node("report/make")->disabled);
  EXPECT_EQ(waiting.node("report/make")->name, "Reading your homes…");
}

TEST(FaultReport, ShowsWhatIsInItBeforeItIsSaved) {
  State state = for_developers(View::problems);
  MadeReport made{.text = "{}", .replaced = 7};
  made.answers = {{"GET /plants", 200, 812}, {"GET /plants/x", 0, 0}};
  for (int i = 0; i < 30; ++i) made.journal.push_back("call " + std::to_string(i));
  state.report = {.made = made};
  Stage stage(state);
  EXPECT_NE(stage.named(Role::text,
                        "2 answers and 30 lines about calls and problems. 7 ids, names, places and other "
                        "texts were replaced, and all times moved."),
            nullptr);
  EXPECT_NE(stage.named(Role::listitem, "GET /plants · 200, 812 bytes"), nullptr);
  EXPECT_NE(stage.named(Role::listitem, "GET /plants/x · no answer, 0 bytes"), nullptr);
  EXPECT_EQ(stage.named(Role::listitem, "call 29"), nullptr) << "the first twenty";
  ASSERT_TRUE(stage.act("report/journal/all", Act::press));
  stage.settle();
  EXPECT_NE(stage.named(Role::listitem, "call 29"), nullptr);
  ASSERT_TRUE(stage.act("report/save", Act::press));
  EXPECT_NE(stage.last_sent<intent::SaveReport>(), nullptr);
  ASSERT_TRUE(stage.act("report/drop", Act::press));
  EXPECT_NE(stage.last_sent<intent::DropReport>(), nullptr);
}

TEST(FaultReport, SaysWhyThereIsNoneAndIsNotOfferedToNobody) {
  State state = for_developers(View::problems);
  state.report = {.trouble = "No cloud could be read."};
  EXPECT_NE(Stage(state).named(Role::text, "No cloud could be read."), nullptr);
  for (AccountState& account : state.accounts) account.session.status = oauth::Status::signed_out;
  state.report = {};
  EXPECT_EQ(Stage(state).node("report/make"), nullptr);
}

}  // namespace
}  // namespace foyer::shell
