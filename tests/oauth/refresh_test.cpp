// Refresh (rules R1, R2, R4, T1–T6, X7): whatever goes wrong on the way, nobody is signed out by it.
#include "tests/oauth/signed_in.hpp"

namespace foyer::oauth {
namespace {

TEST_F(Refresh, T4OnDemandWhenATenthIsLeft) {
  world.pass(Minutes(54));
  EXPECT_EQ(token(), "access-canary-1");
  world.pass(Millis(1));
  EXPECT_EQ(world.refreshes, 0);  // no blind timer
  EXPECT_EQ(token(), "access-canary-2");
  EXPECT_EQ(world.refreshes, 1);
  EXPECT_EQ(token(), "access-canary-2");
  EXPECT_EQ(world.refreshes, 1);
}

TEST_F(Refresh, T4NothingHappensWithoutARequest) {
  world.pass(Hours(24 * 30));
  EXPECT_EQ(world.refreshes, 0);
  EXPECT_EQ(token(), "access-canary-2");
}

TEST_F(Refresh, R1AsksForNoScopeAndR2ReplacesTheToken) {
  let_it_run_out();
  EXPECT_EQ(token(), "access-canary-2");
  const Fields& form = world.forms.back();
  EXPECT_EQ(field(form, "refresh_token"), "refresh-canary-1");
  EXPECT_EQ(form.size(), 3U);
  let_it_run_out();
  EXPECT_EQ(token(), "access-canary-3");
  EXPECT_EQ(field(world.forms.back(), "refresh_token"), "refresh-canary-2");
}

TEST_F(Refresh, R2KeepsTheOldTokenWhenNoNewOneComes) {
  world.rotate = false;
  world.change_tokens = [](Json& tokens) { tokens.erase("refresh_token"); };
  for (int i = 2; i < 5; ++i) {
    let_it_run_out();
    EXPECT_EQ(token(), "access-canary-" + std::to_string(i));
    EXPECT_EQ(field(world.forms.back(), "refresh_token"), "refresh-canary-1");
  }
}

TEST_F(Refresh, T1ConcurrentCallersShareOneRefresh) {
  world.service_time = Seconds(2);
  let_it_run_out();
  std::vector<Task<Result<AccessToken>>> callers;
  for (int i = 0; i < 20; ++i) {
    callers.push_back(world.session->access_token());
    callers.back().start();
  }
  world.memory.time.settle();
  for (auto& caller : callers) {
    ASSERT_TRUE(caller.done());
    EXPECT_EQ(world.plain(caller.take()), "access-canary-2");
  }
  EXPECT_EQ(world.refreshes, 1);
}

TEST_F(Refresh, R4CallerThatLeavesDoesNotTakeTheRefreshAlong) {
  world.service_time = Seconds(2);
  let_it_run_out();
  auto first = world.session->access_token(), second = world.session->access_token();
  first.start();
  second.start();
  first.cancel();
  world.memory.time.settle();
  ASSERT_TRUE(second.done());
  EXPECT_EQ(world.plain(second.take()), "access-canary-2");
}

TEST_F(Refresh, T2SecondTabUsesWhatTheFirstHasFetched) {
  const auto tab = second_tab();
  let_it_run_out();
  EXPECT_EQ(token(), "access-canary-2");
  EXPECT_EQ(world.plain(world.run(tab->access_token())), "access-canary-2");
  EXPECT_EQ(world.refreshes, 1);
}

TEST_F(Refresh, T1TabsAtTheSameMomentMakeOneRequest) {
  std::vector<std::unique_ptr<Session>> tabs;
  for (int i = 0; i < 4; ++i) tabs.push_back(second_tab());
  world.service_time = Seconds(2);
  let_it_run_out();
  std::vector<Task<Result<AccessToken>>> callers;
  for (const auto& tab : tabs) {
    callers.push_back(tab->access_token());
    callers.back().start();
  }
  world.memory.time.settle();
  for (auto& caller : callers) {
    ASSERT_TRUE(caller.done());
    EXPECT_EQ(world.plain(caller.take()), "access-canary-2");
  }
  EXPECT_EQ(world.refreshes, 1);
}

TEST_F(Refresh, E4RefusedTokenIsRenewedOnceForAllWhoWereRefused) {
  world.pass(Minutes(5));
  const SecretText refused("access-canary-1");
  EXPECT_EQ(world.plain(world.token(refused)), "access-canary-2");
  EXPECT_EQ(world.plain(world.token(refused)), "access-canary-2");  // a late one of the same 401
  EXPECT_EQ(world.refreshes, 1);
}

TEST_F(Refresh, E4AgeTellsAFreshTokenFromAnOldOne) {
  EXPECT_EQ(world.token()->age, Millis(0));
  world.pass(Minutes(5));
  EXPECT_EQ(world.token()->age, Minutes(5));
  world.restart();
  EXPECT_EQ(world.token()->age, Minutes(5));
}

TEST_F(Refresh, T5TransientFailureKeepsTheTokenWhileItIsValid) {
  for (const auto& failure :
       {HttpOutcome(std::unexpected(HttpFailure::offline)), HttpOutcome(HttpResponse{.status = 429}),
        HttpOutcome(HttpResponse{.status = 500}), HttpOutcome(HttpResponse{.status = 503}),
        HttpOutcome(HttpResponse{.status = 404, .body = "<html>"})}) {
    World fresh;
    ASSERT_TRUE(fresh.sign_in());
    fresh.pass(Minutes(56));
    fresh.faults.push_back(failure);
    EXPECT_EQ(fresh.plain(fresh.token()), "access-canary-1");
    EXPECT_EQ(fresh.refreshes, 1);
    EXPECT_EQ(fresh.session->info().status, Status::signed_in);
  }
}

TEST_F(Refresh, T5NeverSignsOutHoweverLongTheTroubleLasts) {
  let_it_run_out();
  for (int i = 0; i < 500; ++i) {
    switch (i % 6) {
      case 0:
        world.faults.push_back(std::unexpected(HttpFailure::opaque));
        break;
      case 1:
        world.faults.push_back(std::unexpected(HttpFailure::timeout));
        break;
      case 2:
        world.faults.push_back(HttpResponse{.status = 502, .body = "<html>"});
        break;
      case 3:
        world.faults.push_back(HttpResponse{.status = 429});
        break;
      case 4:
        world.faults.push_back(HttpResponse{.status = 403, .body = "<html>captive</html>"});
        break;
      case 5:
        world.faults.push_back(std::unexpected(HttpFailure::redirected));
        break;
    }
  }
  while (!world.faults.empty()) {
    EXPECT_FALSE(world.token());
    ASSERT_EQ(status(), Status::signed_in);
    world.pass(Minutes(2));
  }
  world.pass(Minutes(6));
  EXPECT_TRUE(token().starts_with("access-canary-"));
}

TEST_F(Refresh, X7AtMostThreeFailedAttemptsInFiveMinutes) {
  let_it_run_out();
  for (int i = 0; i < 50; ++i) world.faults.push_back(HttpResponse{.status = 500});
  for (int i = 0; i < 150; ++i) {
    EXPECT_FALSE(world.token());
    world.pass(Seconds(2));
  }
  EXPECT_LE(world.refreshes, 3 + 1);  // the last one may lie just behind the five minutes
  EXPECT_GE(world.refreshes, 3);
}

TEST_F(Refresh, X7RetryAfterIsHonoured) {
  let_it_run_out();
  world.faults.push_back(HttpResponse{.status = 429, .headers = {{"Retry-After", "60"}}});
  EXPECT_EQ(token(), "! X7.429");
  world.pass(Seconds(59));
  EXPECT_EQ(token(), "! X7");
  EXPECT_EQ(world.refreshes, 1);
  world.pass(Seconds(1));
  EXPECT_EQ(token(), "access-canary-2");
}

TEST_F(Refresh, T6LostRequestIsRepeatedOnceWithTheSameToken) {
  let_it_run_out();
  const Instant before = world.memory.time.now();
  world.faults.push_back(std::unexpected(HttpFailure::opaque));
  EXPECT_EQ(token(), "access-canary-2");
  EXPECT_EQ(world.refreshes, 2);
  EXPECT_EQ(field(world.forms[world.forms.size() - 1], "refresh_token"),
            field(world.forms[world.forms.size() - 2], "refresh_token"));
  EXPECT_LE(world.memory.time.now() - before, Seconds(10));
}

TEST_F(Refresh, T6LostReplySavesTheSessionWhereOldTokensStayUsable) {
  world.rotate = false;
  let_it_run_out();
  world.lose_replies = 1;
  EXPECT_EQ(token(), "access-canary-3");
  EXPECT_EQ(status(), Status::signed_in);
}

TEST_F(Refresh, T6LostReplyOfARotatingServerEndsWithItsOwnReason) {
  let_it_run_out();
  world.lose_replies = 1;
  EXPECT_EQ(token(), "! X3");
  EXPECT_EQ(status(), Status::signed_out);
  EXPECT_EQ(because(), SignedOutBecause::lost_reply);
}

TEST_F(Refresh, T6UnreadableReplyCountsAsLost) {
  world.rotate = false;
  let_it_run_out();
  world.faults.push_back(HttpResponse{.status = 200, .body = "<html>"});
  EXPECT_EQ(token(), "access-canary-2");
}

TEST_F(Refresh, T3PageKilledWhileAskingKnowsItAfterwards) {
  world.service_time = Seconds(5);
  let_it_run_out();
  auto caller = world.session->access_token();
  caller.start();
  world.pass(Seconds(1));
  caller.cancel();
  world.valid.clear();  // the server has rotated, the answer never came
  world.service_time = Millis(0);
  world.restart();
  EXPECT_EQ(token(), "! X3");
  EXPECT_EQ(because(), SignedOutBecause::lost_reply);
}

}  // namespace
}  // namespace foyer::oauth
