// Class T and the sign-in (X1…X11, T5, T6, X7, X8): what the table says, written down a second time.
#include <gtest/gtest.h>

#include "core/policy/messages.hpp"
#include "core/policy/table.hpp"

namespace foyer::policy {
namespace {

struct Expectation {
  Condition condition;
  Action first;
  Millis delay;          // after the first attempt
  std::string_view key;  // after the first attempt
};

constexpr Expectation expectations[] = {
    {Condition::ok, Action::done, Millis(0), ""},
    {Condition::offline, Action::give_up, Seconds(2), "problem.offline"},
    {Condition::opaque, Action::wait_and_retry, Seconds(1), "problem.opaque"},
    {Condition::bad_request, Action::wait_and_retry, Seconds(5), "problem.bad_request"},
    {Condition::token_expired, Action::give_up, Seconds(2), "problem.token_expired"},
    {Condition::scope_missing, Action::give_up, Millis(0), "problem.scope_missing"},
    {Condition::key_refused, Action::give_up, Seconds(2), "problem.key_refused"},
    {Condition::quota_exceeded, Action::give_up, Seconds(2), "problem.quota_exceeded"},
    {Condition::forbidden, Action::wait_and_retry, Seconds(5), "problem.forbidden"},
    {Condition::request_timeout, Action::give_up, Seconds(2), "problem.request_timeout"},
    {Condition::rate_limited, Action::give_up, Seconds(2), "problem.rate_limited"},
    {Condition::no_answer_in_time, Action::wait_and_retry, Seconds(1), "problem.no_answer_in_time"},
    {Condition::malformed_answer, Action::wait_and_retry, Seconds(1), "problem.malformed_answer"},
    {Condition::captive_portal, Action::wait_and_retry, Seconds(1), "problem.captive_portal"},
    {Condition::server_error, Action::give_up, Seconds(2), "problem.server_error"},
    {Condition::gateway_trouble, Action::give_up, Seconds(2), "problem.gateway_trouble"},
    {Condition::redirected, Action::give_up, Seconds(2), "problem.redirected"},
    {Condition::code_lost, Action::give_up, Millis(0), "sign_in.code_lost"},
    {Condition::code_refused, Action::give_up, Millis(0), "sign_in.code_refused"},
    {Condition::sign_in_over, Action::give_up, Millis(0), "sign_in.over"},
    {Condition::scopes_changed, Action::give_up, Millis(0), "sign_in.scopes_changed"},
    {Condition::client_refused, Action::give_up, Seconds(2), "sign_in.client_refused"},
    {Condition::client_unknown, Action::give_up, Seconds(2), "sign_in.client_unknown"},
    {Condition::renewal_delayed, Action::give_up, Seconds(2), "sign_in.renewal_delayed"},
    {Condition::refused_unclear, Action::wait_and_retry, Seconds(5), "sign_in.refused_unclear"},
    {Condition::declined, Action::give_up, Millis(0), "sign_in.declined"},
    {Condition::sign_in_wanted, Action::give_up, Millis(0), "sign_in.wanted"},
    {Condition::provider_trouble, Action::give_up, Millis(0), "sign_in.provider_trouble"},
    {Condition::local_storage, Action::give_up, Seconds(2), "local.storage"},
};

TEST(TokenClass, DecidesAsTheTableSaysAndRepeatsAtMostOnce) {
  for (const Expectation& one : expectations) {
    const Decision first = decide({.condition = one.condition}, {}, CommandClass::token);
    EXPECT_EQ(first.action, one.first) << one.key;
    EXPECT_EQ(first.delay, one.delay) << one.key;
    EXPECT_EQ(first.key, one.key);
    const Decision second = decide({.condition = one.condition}, {.number = 2}, CommandClass::token);
    EXPECT_NE(second.action, Action::wait_and_retry) << one.key;
  }
}

TEST(TokenClass, NothingOfTheApisOwnTroubleStopsTheSessionOrTheAccount) {
  for (const Row& row : table()) {
    const Decision decision = decide({.condition = row.condition}, {.number = 9}, CommandClass::token);
    EXPECT_NE(decision.action, Action::park_account) << row.id;
    EXPECT_NE(decision.action, Action::halt_account) << row.id;
    EXPECT_NE(decision.action, Action::mark_offline) << row.id;
    EXPECT_NE(decision.action, Action::refresh_and_replay) << row.id;
    EXPECT_NE(decision.action, Action::other_key) << row.id;
  }
}

TEST(TokenClass, AWaitThatTheServiceNamesIsKept) {
  const Decision decision =
      decide({.condition = Condition::rate_limited, .wait = Seconds(90)}, {}, CommandClass::token);
  EXPECT_EQ(decision.delay, Seconds(90));
}

}  // namespace
}  // namespace foyer::policy
