// What people read: plain and without blame – what is, what we do, what they can do.
#include "core/policy/messages.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/policy/table.hpp"

namespace foyer::policy {
namespace {

TEST(Messages, EveryConditionSaysWhatIsAndWhatToDo) {
  std::set<std::string_view> keys;
  for (const Row& row : table()) {
    const Message& text = message(row.condition);
    EXPECT_TRUE(keys.insert(text.key).second) << text.key;
    EXPECT_TRUE(text.key.starts_with(row.id.starts_with('X')   ? "sign_in."
                                     : row.id.starts_with('L') ? "local."
                                                               : "problem."));
    EXPECT_FALSE(text.what.empty());
    if (row.condition != Condition::ok) EXPECT_FALSE(text.remedy.empty()) << text.key;
  }
}

TEST(Messages, KeysAreUniqueAndSayWhichKindOfTextTheyAre) {
  std::set<std::string_view> keys;
  for (const Message& text : messages()) {
    EXPECT_TRUE(keys.insert(text.key).second) << text.key;
    EXPECT_TRUE(text.key.contains('.')) << text.key;
    EXPECT_FALSE(text.what.empty()) << text.key;
  }
  EXPECT_EQ(message(Notice::not_sent_offline).key, "command.not_sent_offline");
  EXPECT_EQ(message(Notice::session_expired).key, "session.expired");
  EXPECT_EQ(message(Notice::key_step_return).key, "keys.step_return");
}

TEST(Messages, NoCodesNoShoutingNoBlame) {
  const Filling filling{
      .gateway = "Garden gateway", .since = "14:02", .until = "00:00", .wait = "5 min", .status = 404};
  for (const Message& message : messages())
    for (const std::string_view part : {message.what, message.doing, message.remedy}) {
      const std::string text = fill(part, filling);
      EXPECT_EQ(text.find_first_of("{}[]|!"), std::string::npos) << text;
      for (const char* code : {"404", "401", "E8", "HTTP", "you must", "your fault"})
        EXPECT_EQ(text.find(code), std::string::npos) << text;
    }
}

TEST(Messages, AreWholeSentencesWithoutAnyFilling) {
  for (const Message& message : messages())
    for (const std::string_view part : {message.what, message.doing, message.remedy}) {
      const std::string text = fill(part, {});
      const bool needs_values = message.key == "quota.used" || message.key == "command.limits";
      if (text.empty() || needs_values) continue;
      EXPECT_TRUE(text.ends_with('.') || text.ends_with("…")) << text;
      EXPECT_EQ(text.find("  "), std::string::npos) << text;
      EXPECT_EQ(text.find(" ."), std::string::npos) << text;
    }
}

TEST(Messages, E8NamesTheGatewayAndTheTime) {
  const Message& text = message(Condition::gateway_offline);
  EXPECT_EQ(fill(text.what, {.gateway = "Garden gateway", .since = "14:02"}),
            "Garden gateway is offline since 14:02.");
  EXPECT_EQ(fill(text.what, {}), "The gateway is offline.");
  EXPECT_EQ(fill(text.doing, {.again = "5 min"}), "We look again in 5 min.");
  EXPECT_EQ(fill(text.doing, {.wait = "5 min"}), "") << "nobody promised to look";
  EXPECT_EQ(text.remedy, "Check its power and network.");
}

TEST(Messages, E6SaysWhenItGoesOn) {
  EXPECT_EQ(fill(message(Condition::quota_exceeded).doing, {.until = "00:00", .wait = "3 h 12 min"}),
            "Available again at 00:00 (in 3 h 12 min). Until then the last known values are shown.");
}

TEST(Messages, E17HasNoPasswordFieldButTheApp) {
  EXPECT_EQ(message(Condition::password_expired).remedy, "Renew it in that app, then press Try again.");
}

TEST(Fill, UnknownAndBrokenPlaceholdersStayOut) {
  EXPECT_EQ(fill("a {nothing} b", {}), "a  b");
  EXPECT_EQ(fill("a {unclosed", {}), "a ");
  EXPECT_EQ(fill("{detail}", {.detail = "{gateway}"}), "{gateway}");  // what is filled in is not read again
  EXPECT_EQ(fill("{status}", {.status = 404}), "404");
}

}  // namespace
}  // namespace foyer::policy
