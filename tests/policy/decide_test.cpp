// The decision table, written down a second time and independently: every row,
// every class, attempt by attempt.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/policy/failure.hpp"
#include "core/policy/table.hpp"

namespace foyer::policy {
namespace {

// "wait 2000", "wait <=1000" (jitter), "wait 10000 +2000" (spread), "read back, resend" …
std::string shown(const Decision& decision) {
  static constexpr const char* names[] = {"done", "refresh", "other key",    "wait",   "read back",
                                          "park", "halt",    "mark offline", "give up"};
  std::string text = names[static_cast<std::size_t>(decision.action)];
  if (decision.delay > Millis(0))
    text += (decision.jitter ? " <=" : " ") + std::to_string(decision.delay.count());
  if (decision.spread > Millis(0)) text += " +" + std::to_string(decision.spread.count());
  if (decision.resend) text += ", resend";
  return text;
}

using Three = std::array<const char*, 3>;  // attempts 1, 2, 3
struct Expectation {
  Condition condition;
  Three read, absolute, momentary;
};

constexpr Three done{"done", "done", "done"}, give_up{"give up", "give up", "give up"};
constexpr Three back_off{"wait <=1000", "wait <=2000", "give up"};
constexpr Three look_and_resend{"read back, resend", "read back", "read back"};
constexpr Three look{"read back", "read back", "read back"};
constexpr Three refresh{"refresh", "refresh", "refresh"};
constexpr Three other_key{"other key", "other key", "other key"};
constexpr Three parked{"park 3600000 +60000", "park 3600000 +60000", "park 3600000 +60000"};
constexpr Three halted{"halt", "halt", "halt"};
constexpr Three mark{"mark offline", "mark offline", "mark offline"};

constexpr Expectation expectations[] = {
    {Condition::ok, done, done, done},
    {Condition::offline, give_up, give_up, give_up},
    {Condition::opaque, back_off, look_and_resend, look},
    {Condition::bad_request, give_up, give_up, give_up},
    {Condition::token_expired, refresh, refresh, refresh},
    {Condition::not_allowed_here, give_up, give_up, give_up},
    {Condition::scope_missing, give_up, give_up, give_up},
    {Condition::key_refused, other_key, other_key, other_key},
    {Condition::quota_exceeded, parked, parked, parked},
    {Condition::forbidden, give_up, give_up, give_up},
    {Condition::gateway_offline, mark, mark, mark},
    {Condition::not_found, give_up, give_up, give_up},
    {Condition::not_acceptable, give_up, give_up, give_up},
    {Condition::request_timeout,
     {"wait 2000", "wait 4000", "give up"},
     {"wait 3000", "read back", "read back"},
     look},
    {Condition::wrong_parameters, give_up, give_up, give_up},
    {Condition::rate_limited,
     {"wait 10000", "give up 10000", "give up 10000"},
     {"wait 10000", "give up 10000", "give up 10000"},
     {"wait 10000", "give up 10000", "give up 10000"}},
    {Condition::conflict, give_up, done, give_up},
    {Condition::no_answer_in_time, back_off, look_and_resend, look},
    {Condition::malformed_answer, back_off, look_and_resend, look},
    {Condition::captive_portal, back_off, look_and_resend, look},
    {Condition::server_error, back_off, look_and_resend, look},
    {Condition::password_expired, halted, halted, halted},
    {Condition::terms_expired, halted, halted, halted},
    {Condition::refused, give_up, give_up, give_up},
    {Condition::busy_device,
     give_up,
     {"wait 10000 +2000", "wait 10000 +2000", "give up 10000"},
     {"wait 10000 +2000", "wait 10000 +2000", "give up 10000"}},
    {Condition::gateway_trouble, back_off, look_and_resend, look},
    {Condition::redirected, give_up, give_up, give_up},
};

const char* name_of(CommandClass operation) {
  return operation == CommandClass::read ? "R" : operation == CommandClass::absolute_write ? "WS" : "WN";
}

class EveryRow : public testing::TestWithParam<std::tuple<Expectation, CommandClass>> {
 protected:
  Condition condition() const { return std::get<0>(GetParam()).condition; }
  CommandClass operation() const { return std::get<1>(GetParam()); }
  const Three& expected() const {
    const Expectation& all = std::get<0>(GetParam());
    return operation() == CommandClass::read             ? all.read
           : operation() == CommandClass::absolute_write ? all.absolute
                                                         : all.momentary;
  }
};

TEST_P(EveryRow, DecidesAttemptByAttempt) {
  for (int number = 1; number <= 3; ++number)
    EXPECT_EQ(shown(decide({.condition = condition()}, {.number = number}, operation())),
              expected()[static_cast<std::size_t>(number - 1)])
        << "attempt " << number;
}

TEST_P(EveryRow, NeverRepeatsWhatWasSupersededOrIsTooLate) {
  for (const Attempt& attempt : {Attempt{.newest = false}, Attempt{.elapsed = Minutes(2)}}) {
    const Decision decision = decide({.condition = condition()}, attempt, operation());
    EXPECT_NE(decision.action, Action::wait_and_retry);
    EXPECT_NE(decision.action, Action::refresh_and_replay);
    EXPECT_NE(decision.action, Action::other_key);
    EXPECT_FALSE(decision.resend);
  }
}

TEST_P(EveryRow, NeverRepeatsAfterTheLastAttempt) {
  const Decision decision = decide({.condition = condition()},
                                   {.number = 99, .refreshed = true, .key_switched = true}, operation());
  EXPECT_NE(decision.action, Action::wait_and_retry);
  EXPECT_NE(decision.action, Action::refresh_and_replay);
  EXPECT_NE(decision.action, Action::other_key);
  EXPECT_FALSE(decision.resend);
}

// The release gate "WN safety": a momentary command is sent again only after a definite refusal.
TEST_P(EveryRow, MomentaryWriteIsRepeatedOnlyAfterADefiniteRefusal) {
  if (operation() != CommandClass::momentary_write) return;
  static const std::set<Condition> definite{Condition::token_expired, Condition::key_refused,
                                            Condition::rate_limited, Condition::busy_device};
  for (const auto wait : {std::optional<Millis>(), std::optional<Millis>(Seconds(2))})
    for (int number = 1; number <= 4; ++number) {
      const Decision decision =
          decide({.condition = condition(), .wait = wait}, {.number = number}, operation());
      const bool again = decision.resend || decision.action == Action::wait_and_retry ||
                         decision.action == Action::refresh_and_replay ||
                         decision.action == Action::other_key;
      EXPECT_TRUE(!again || definite.contains(condition()));
    }
}

INSTANTIATE_TEST_SUITE_P(Table, EveryRow,
                         testing::Combine(testing::ValuesIn(expectations),
                                          testing::Values(CommandClass::read, CommandClass::absolute_write,
                                                          CommandClass::momentary_write)),
                         [](const auto& info) {
                           const Row& of = row(std::get<0>(info.param).condition);
                           return std::to_string(static_cast<int>(of.condition)) + "_" + std::string(of.id) +
                                  "_" + name_of(std::get<1>(info.param));
                         });

TEST(Table, HasEveryConditionOnceInOrder) {
  ASSERT_EQ(table().size(), std::size(expectations) + 11 + 4)
      << "X1…X11 are in token_class_test.cpp, L1…L4 say nothing was sent";
  for (std::size_t i = 0; i < table().size(); ++i)
    EXPECT_EQ(static_cast<std::size_t>(table()[i].condition), i);
  const auto has = [](const std::string& id) {
    return std::ranges::any_of(table(), [&](const Row& one) { return one.id == id; });
  };
  for (int rule = 1; rule <= 22; ++rule) EXPECT_TRUE(has("E" + std::to_string(rule))) << rule;
  for (int rule = 1; rule <= 11; ++rule) {
    const std::string id = "X" + std::to_string(rule);
    EXPECT_TRUE(has(id)) << id;
    EXPECT_EQ(rule_id(condition_of_sign_in(id)), id);
  }
  EXPECT_EQ(condition_of_sign_in("E4"), Condition::ok);
  EXPECT_EQ(condition_of_sign_in("X12"), Condition::ok);
}

TEST(Decide, N1BackoffDoublesUpToTwentySeconds) {
  Attempt attempt{.deadline = Hours(1)};
  const auto bound = [&](int number) {
    attempt.number = number;
    return shown(decide({.condition = Condition::opaque}, attempt, CommandClass::read));
  };
  EXPECT_EQ(bound(1), "wait <=1000");
  EXPECT_EQ(bound(2), "wait <=2000");
}

TEST(Decide, N1WaitTheServerNamedIsAddedToNeverCut) {
  const Decision decision = decide({.condition = Condition::gateway_trouble, .wait = Seconds(5)},
                                   {.deadline = Seconds(15)}, CommandClass::read);
  EXPECT_EQ(shown(decision), "wait 5000 +1000");
  EXPECT_EQ(drawn_delay(decision, 0.0), Seconds(5));
  EXPECT_EQ(drawn_delay(decision, 0.5), Millis(5500));
}

TEST(Decide, N1WaitBeyondTheDeadlineFailsNowAndSaysWhen) {
  EXPECT_EQ(shown(decide({.condition = Condition::gateway_trouble, .wait = Seconds(15)},
                         {.deadline = Seconds(15)}, CommandClass::read)),
            "give up 15000");
  EXPECT_EQ(shown(decide({.condition = Condition::opaque},
                         {.elapsed = Millis(14'001), .deadline = Seconds(15)}, CommandClass::read)),
            "give up");
  EXPECT_EQ(shown(decide({.condition = Condition::opaque},
                         {.elapsed = Millis(14'000), .deadline = Seconds(15)}, CommandClass::read)),
            "wait <=1000");
}

TEST(Decide, N3AnEmptyBucketLeavesNothingToRepeatButWhatWasDefinitelyRefused) {
  for (const Condition condition : {Condition::opaque, Condition::request_timeout, Condition::rate_limited,
                                    Condition::busy_device, Condition::gateway_trouble})
    for (const CommandClass operation :
         {CommandClass::read, CommandClass::absolute_write, CommandClass::momentary_write}) {
      const Decision decision = decide({.condition = condition}, {.may_retry = false}, operation);
      EXPECT_NE(decision.action, Action::wait_and_retry);
      EXPECT_FALSE(decision.resend);
    }
  EXPECT_EQ(
      decide({.condition = Condition::request_timeout}, {.may_retry = false}, CommandClass::absolute_write)
          .action,
      Action::read_back)
      << "ambiguous all the same";
  EXPECT_EQ(decide({.condition = Condition::token_expired}, {.may_retry = false}, CommandClass::read).action,
            Action::refresh_and_replay);
}

TEST(Decide, N1JitterIsDrawnBetweenZeroAndTheBound) {
  const Decision decision{.action = Action::wait_and_retry, .delay = Seconds(4), .jitter = true};
  EXPECT_EQ(drawn_delay(decision, 0.0), Millis(0));
  EXPECT_EQ(drawn_delay(decision, 0.25), Seconds(1));
  EXPECT_LE(drawn_delay(decision, 1.0), Seconds(4));
}

TEST(Decide, E4RefreshIsSpentOncePerCall) {
  const Failure failure{.condition = Condition::token_expired};
  EXPECT_EQ(decide(failure, {.number = 2, .refreshed = true}, CommandClass::read).action, Action::give_up);
  EXPECT_EQ(decide(failure, {.number = 2, .key_switched = true}, CommandClass::momentary_write).action,
            Action::refresh_and_replay);
}

TEST(Decide, E5BothKeysRefusedHaltsTheAccount) {
  EXPECT_EQ(
      decide({.condition = Condition::key_refused}, {.number = 2, .key_switched = true}, CommandClass::read)
          .action,
      Action::halt_account);
}

TEST(Decide, E6ParksForTheTimeTheServiceNamed) {
  const Decision decision =
      decide({.condition = Condition::quota_exceeded, .wait = Hours(3)}, {}, CommandClass::read);
  EXPECT_EQ(shown(decision), "park 10800000 +60000");
  // Even a superseded call tells the account to stop.
  EXPECT_EQ(decide({.condition = Condition::quota_exceeded}, {.newest = false}, CommandClass::absolute_write)
                .action,
            Action::park_account);
}

TEST(Decide, E13WritesWaitOnlyForTenSeconds) {
  for (const auto operation : {CommandClass::absolute_write, CommandClass::momentary_write}) {
    EXPECT_EQ(shown(decide({.condition = Condition::rate_limited, .wait = Seconds(4)}, {}, operation)),
              "wait 4000");
    EXPECT_EQ(shown(decide({.condition = Condition::rate_limited, .wait = Seconds(10)}, {}, operation)),
              "wait 10000");
    EXPECT_EQ(shown(decide({.condition = Condition::rate_limited, .wait = Seconds(26)}, {}, operation)),
              "give up 26000");
  }
}

TEST(Decide, E13ReadsKeepTheGateClosedForAtLeastTenSeconds) {
  EXPECT_EQ(shown(decide({.condition = Condition::rate_limited, .wait = Seconds(4)}, {}, CommandClass::read)),
            "wait 10000");
  EXPECT_EQ(
      shown(decide({.condition = Condition::rate_limited, .wait = Seconds(26)}, {}, CommandClass::read)),
      "wait 26000");
  EXPECT_EQ(shown(decide({.condition = Condition::rate_limited, .wait = Seconds(26)},
                         {.deadline = Seconds(15)}, CommandClass::read)),
            "give up 26000");
}

TEST(Decide, E20ThreeAttemptsWithinFortySeconds) {
  const Failure busy{.condition = Condition::busy_device};
  EXPECT_EQ(shown(decide(busy, {.number = 2, .elapsed = Seconds(28), .deadline = Seconds(15)},
                         CommandClass::absolute_write)),
            "wait 10000 +2000");
  EXPECT_EQ(shown(decide(busy, {.number = 2, .elapsed = Millis(28'001)}, CommandClass::absolute_write)),
            "give up 10000");
}

}  // namespace
}  // namespace foyer::policy
