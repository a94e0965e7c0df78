// Help: every question is answered and findable, and leads where its answer says.
#include "shell/views/help.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "shell/views/search.hpp"
#include "tests/shell/stage.hpp"
#include "tests/shell/states.hpp"

namespace foyer::shell {
namespace {

using test::Stage;
using View = Route::View;

State help() {
  State state = test::pictured_home();
  state.route.view = View::help;
  return state;
}

TEST(Help, AnswersEachQuestionAndLeadsToItsView) {
  Stage stage(help());
  EXPECT_GE(kHelp.size(), 15U);
  for (std::size_t at = 0; at < kHelp.size(); ++at) {
    const HelpRow& row = kHelp[at];
    const std::string id = "help/" + std::to_string(at);
    ASSERT_NE(stage.node(id), nullptr) << at;
    EXPECT_EQ(stage.node(id)->name, word(row.question));
    EXPECT_EQ(stage.node(id + "/a")->name, word(row.answer));
    if (!row.leads) continue;
    ASSERT_TRUE(stage.act(id + "/go", Act::press)) << at;
    EXPECT_EQ(stage.last_sent<intent::Go>()->route.view, *row.leads);
  }
  EXPECT_NE(stage.named(Role::listitem, "Gateway: the device that itself talks to the cloud"), nullptr);
}

TEST(Help, IsFoundByTheWordsOfAQuestionAfterEverythingElse) {
  const State state = help();
  std::unique_ptr<SearchIndex> kept;
  const auto found = search(search_index(state, kept), "keys subscription");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].what, Found::What::help);
  EXPECT_EQ(kHelp[found[0].at].question, W::help_keys_q);
  const auto all = search(search_index(state, kept), "o");
  const auto first = std::ranges::find(all, Found::What::help, &Found::what);
  EXPECT_TRUE(std::all_of(first, all.end(), [](const Found& one) { return one.what == Found::What::help; }));
}

TEST(Help, IsThereForWhoIsNotSignedIn) {
  State state = test::welcome();
  state.route.view = View::help;
  EXPECT_NE(Stage(state).node("help/0/a"), nullptr);
}

}  // namespace
}  // namespace foyer::shell
