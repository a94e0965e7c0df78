// The sentences of what comes next and why.
#include "shell/views/comfort.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/shell/states.hpp"

namespace foyer::shell {
namespace {

using plan::Outlook;
using plan::Why;

Times clock_of() { return {test::evening(), Minutes(0)}; }

Outlook planned() {
  Outlook out{.why = Why::plan, .now = {.temperature = 20}, .plan = "Week", .zone = "Comfort"};
  out.next = {
      .at = test::evening() + Hours(2), .asks = {.temperature = 17.5}, .zone = "Night", .of_plan = true};
  return out;
}

TEST(Comfort, SaysWhatComesNext) {
  Times times = clock_of();
  const std::string at = times.until(test::evening() + Hours(2));
  EXPECT_EQ(next_text(planned(), times), "20° until " + at + ", then 17.5° (Week)");
  Outlook back = planned();
  back.why = Why::by_hand;
  back.next->asks = {};
  EXPECT_EQ(next_text(back, times), "20° until " + at + ", then the plan goes on");
  back.now = {};
  EXPECT_EQ(next_text(back, times), "At " + at + " the plan goes on");
  Outlook radiator = planned();
  radiator.now = {.order = "comfort"};
  radiator.next->asks = {.order = "away"};
  radiator.plan.clear();
  radiator.next->zone.clear();
  EXPECT_EQ(next_text(radiator, times), "Comfort until " + at + ", then Eco");
  EXPECT_EQ(next_text(Outlook{}, times), "");
}

TEST(Comfort, EveryReasonHasASentenceAndItsEndIsSaid) {
  Times times = clock_of();
  std::set<std::string> seen;
  for (int i = 0; i <= static_cast<int>(Why::programme); ++i) {
    const std::string text = why_text({.why = static_cast<Why>(i), .plan = "Week"}, times);
    EXPECT_FALSE(text.empty()) << i;
    EXPECT_TRUE(seen.insert(text).second) << "two reasons share a sentence: " << text;
  }
  EXPECT_EQ(why_text(planned(), times), "The plan “Week” is at “Comfort”.");
  const Instant end = test::evening() + Hours(3);
  for (const Why why : {Why::off, Why::frost_guard, Why::away, Why::boost, Why::by_hand, Why::house_off,
                        Why::house_away, Why::house_frost_guard})
    EXPECT_TRUE(why_text({.why = why, .until = end}, times).contains(times.until(end)))
        << static_cast<int>(why);
}

}  // namespace
}  // namespace foyer::shell
