// Another language replaces every word at once, and a file of another edition none.
#include "shell/words.hpp"

#include <gtest/gtest.h>

#include "core/app/state/words.hpp"
#include "shell/look/format.hpp"
#include "tests/shell/stage.hpp"

namespace foyer::shell {
namespace {

// A file in which every text is its own line number, but those given.
std::string file(std::initializer_list<std::pair<W, std::string_view>> words) {
  std::string out = "xx";
  const std::size_t lines = phrase_lines() + static_cast<std::size_t>(W::count);
  for (std::size_t line = 0; line < lines; ++line) {
    std::string text = std::to_string(line);
    for (const auto& [key, word] : words)
      if (phrase_lines() + static_cast<std::size_t>(key) == line) text = word;
    out += "\n" + text;
  }
  return out + "\n";
}

struct Languages : testing::Test {
  ~Languages() override { use_words(""); }
};

TEST_F(Languages, AreEnglishWithoutAFile) {
  EXPECT_EQ(language(), "en");
  EXPECT_EQ(word(W::home), "Home");
  EXPECT_EQ(phrase(Phrase::offline), "You are offline.");
}

TEST_F(Languages, OfAnotherLanguageComeFromItsFile) {
  ASSERT_TRUE(use_words(file({{W::home, "Maison"}, {W::calls_today, "{1}: {0}"}})));
  EXPECT_EQ(language(), "xx");
  EXPECT_EQ(word(W::home), "Maison");
  EXPECT_EQ(say(W::calls_today, {"1", "500"}), "500: 1");
  EXPECT_EQ(policy::message(policy::Condition::ok).what, "0");
  EXPECT_EQ(phrase(static_cast<Phrase>(0)), std::to_string(policy::message_lines()));
  ASSERT_TRUE(use_words(""));
  EXPECT_EQ(word(W::home), "Home");
}

TEST_F(Languages, OfAnotherEditionChangeNothing) {
  EXPECT_FALSE(use_words(file({}) + "one more\n"));
  EXPECT_FALSE(use_words("xx\nMaison\n"));
  EXPECT_EQ(word(W::home), "Home");
}

TEST_F(Languages, NumbersAndDatesFollow) {
  ASSERT_TRUE(use_words(file({{W::decimal, ","}, {W::months, "janv. févr."}, {W::date_at, "{0} {1}"}})));
  EXPECT_EQ(degrees(20.5), "20,5°");
  EXPECT_EQ(quantity(1250, Unit::watt), "1,25 kW");
  EXPECT_EQ(number_text(40), "40");
  Times times(test::evening(), Minutes(0));
  EXPECT_EQ(times.at(test::evening() - Hours(48)), "8 janv. 18:02");
}

TEST_F(Languages, TheLanguageIsChosenInTheSettings) {
  State state = test::pictured_home();
  state.route = {.view = Route::View::settings};
  test::Stage stage(state);
  stage.settle();
  const Node* french = stage.named(Role::radio, "Français");
  ASSERT_NE(french, nullptr);
  EXPECT_EQ(french->checked, false);
  ASSERT_TRUE(stage.act(french->id, Act::press));
  ASSERT_NE(stage.last_sent<intent::SetLanguage>(), nullptr);
  EXPECT_EQ(stage.last_sent<intent::SetLanguage>()->language, "fr");
}

}  // namespace
}  // namespace foyer::shell
