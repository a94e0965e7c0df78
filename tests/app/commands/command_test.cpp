// Commands and truth: the four pictures, the newest wins, nothing older overwrites, nothing doubtful is
// repeated.
#include <algorithm>

#include "core/app/state/words.hpp"
#include "core/base/words.hpp"
#include "tests/app/support.hpp"

namespace foyer::test {
namespace {

class CommandTest : public App {
 protected:
  CommandTest() { sign_in(); }

  // The next POST of a command ends with `outcome`; `acts`: the service did it all the same.
  void fail_command(HttpOutcome outcome, bool acts = false, int times = 1) {
    vendor.fault = [this, outcome, acts,
                    times](const HttpRequest& asked) mutable -> std::optional<HttpOutcome> {
      if (asked.method != "POST" || !asked.url.contains("/modules/") || times-- <= 0) return std::nullopt;
      const auto keep = std::exchange(vendor.fault, {});
      if (acts) {
        (void)vendor.answer(asked);
      } else {
        vendor.commands.push_back("lost");
      }
      vendor.fault = keep;
      return outcome;
    };
  }
};

TEST_F(CommandTest, AWishIsShownAtOnceAndConfirmedByTheNextLook) {
  send(lamp, Aspect::on_off, true);
  EXPECT_EQ(picture(lamp), "sent");
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), true);
  EXPECT_EQ(module(lamp).reading(Aspect::on_off)->origin, Origin::optimistic);
  const int status = vendor.calls["status"];
  wait(Millis(3300));  // 0.4 s to collapse, 3 s to the look (Q2)
  EXPECT_EQ(vendor.commands, std::vector<std::string>{R"(lamp {"status":"on"})"});
  EXPECT_EQ(picture(lamp), "sent");
  EXPECT_EQ(vendor.calls["status"], status);
  wait(Millis(200));
  EXPECT_EQ(picture(lamp), "confirmed");
  EXPECT_EQ(vendor.calls["status"], status + 1) << "one look";
  EXPECT_EQ(module(lamp).reading(Aspect::on_off)->origin, Origin::cloud);
  EXPECT_TRUE(state().notice.contains("The lamp")) << state().notice;
}

TEST_F(CommandTest, AWishThatIsNotSeenTwiceIsNotConfirmed) {
  vendor.deaf = true;
  send(lamp, Aspect::on_off, true);
  wait(Seconds(4));
  EXPECT_EQ(picture(lamp), "sent");
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), true) << "the command owns the reading while it is open";
  wait(Seconds(6));
  EXPECT_EQ(picture(lamp), "not confirmed");
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), false) << "the truth is back";
  EXPECT_EQ(posts(), 1);

  // The person looks again; meanwhile it happened.
  vendor.devices["lamp"].on = true;
  app->dispatch(intent::LookAgain{lamp});
  wait(Seconds(1));
  EXPECT_EQ(picture(lamp), "confirmed");
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), true);
}

TEST_F(CommandTest, ARefusedWishIsGivenBackWithTheReason) {
  fail_command(refusal(406, "Not acceptable"));
  send(lamp, Aspect::on_off, true);
  wait(Seconds(1));
  EXPECT_EQ(picture(lamp), "failed");
  EXPECT_EQ(state().command(lamp, Aspect::on_off)->condition, policy::Condition::not_acceptable);
  EXPECT_FALSE(text(lamp).empty());
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), false);
  EXPECT_EQ(posts(), 1);
}

TEST_F(CommandTest, AWaitIsExplainedWhileItLastsE20) {
  fail_command(refusal(486, "Busy visual user interface"));
  send(lamp, Aspect::on_off, true);
  wait(Seconds(1));
  EXPECT_EQ(picture(lamp), "sent");
  EXPECT_TRUE(text(lamp).starts_with("Someone is using the thermostat. Trying again in {wait}"))
      << text(lamp);
  EXPECT_TRUE(state().notice.starts_with("The lamp: Someone is using the thermostat. Trying again in 1"))
      << state().notice;
  wait(Seconds(12));
  EXPECT_EQ(posts(), 2);
  EXPECT_EQ(text(lamp), "") << "it went through";
  wait(Seconds(4));
  EXPECT_EQ(picture(lamp), "confirmed");
}

TEST_F(CommandTest, AWaitIsToldToTheCommandThatWaitsOnly) {
  const auto usual = memory.http.respond;
  memory.http.respond = [this, usual](const HttpRequest& asked) -> Task<HttpOutcome> {
    const bool slow = asked.method == "POST" && asked.url.ends_with("/dimmer");
    return [](VirtualTime* time, Task<HttpOutcome> answer, bool late) -> Task<HttpOutcome> {
      HttpOutcome now = co_await answer;
      if (late) co_await time->sleep(Seconds(5));
      co_return now;
    }(&memory.time, usual(asked), slow);
  };
  send(dimmer, Aspect::level, 20.0);
  wait(Millis(500));
  fail_command(refusal(486, "Busy visual user interface"));
  send(lamp, Aspect::on_off, true);
  wait(Seconds(1));
  EXPECT_NE(text(lamp), "");
  EXPECT_EQ(text(dimmer, Aspect::level), "") << "nothing is wrong with this one";
}

TEST_F(CommandTest, ValuesInQuickSuccessionBecomeOneCallQ3) {
  for (const double level : {10.0, 20.0, 30.0, 40.0}) {
    send(dimmer, Aspect::level, level);
    wait(Millis(100));
  }
  EXPECT_EQ(posts(), 0);
  wait(Seconds(4));
  EXPECT_EQ(vendor.commands, std::vector<std::string>{R"(dimmer {"level":40})"});
  EXPECT_EQ(picture(dimmer, Aspect::level), "confirmed");
}

TEST_F(CommandTest, TheNewestWinsOverOneThatIsUnderWay) {
  memory.http.latency = Seconds(2);
  send(lamp, Aspect::on_off, true);
  wait(Seconds(1));  // the first is on its way
  send(lamp, Aspect::on_off, false);
  wait(Millis(1500));
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), false);
  EXPECT_EQ(picture(lamp), "sent");
  wait(Seconds(12));
  EXPECT_EQ(vendor.commands,
            (std::vector<std::string>{R"(lamp {"status":"on"})", R"(lamp {"status":"off"})"}))
      << "one after the other, in order";
  EXPECT_EQ(picture(lamp), "confirmed");
  EXPECT_FALSE(vendor.devices["lamp"].on);
}

TEST_F(CommandTest, AFailureOfASupersededCommandIsNobodysBusiness) {
  memory.http.latency = Seconds(2);
  fail_command(refusal(500, "broken"), false);
  send(lamp, Aspect::on_off, true);
  wait(Seconds(1));
  send(lamp, Aspect::on_off, true);
  wait(Seconds(12));
  EXPECT_EQ(picture(lamp), "confirmed");
}

TEST_F(CommandTest, APollThatIsOlderThanTheCommandNeverOverwritesIt) {
  // A status read begins, its answer was made before the command and arrives after it was confirmed.
  const HttpOutcome old = vendor.answer({.url = "https://login.example/api/hc/api/v1.0/plants/p1"});
  const Completion<bool> late;
  bool held = false;
  const auto usual = memory.http.respond;
  memory.http.respond = [&](const HttpRequest& asked) -> Task<HttpOutcome> {
    if (!held && asked.url.ends_with("/plants/p1")) {
      held = true;
      return [](Completion<bool> until, HttpOutcome then) -> Task<HttpOutcome> {
        co_await until;
        co_return then;
      }(late, old);
    }
    return usual(asked);
  };
  app->dispatch(intent::Refresh{});
  wait(Millis(0));
  ASSERT_TRUE(held);
  send(lamp, Aspect::on_off, true);
  wait(Seconds(1));
  late.resolve(true);
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), true);
  EXPECT_EQ(picture(lamp), "sent");
  wait(Seconds(5));
  EXPECT_EQ(picture(lamp), "confirmed");
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), true);
}

TEST_F(CommandTest, ALostAnswerIsReadBackAndNotSentAgainWhenItWorkedE2) {
  fail_command(std::unexpected(HttpFailure::opaque), true);
  send(lamp, Aspect::on_off, true);
  wait(Seconds(1));
  EXPECT_EQ(picture(lamp), "sent");
  EXPECT_TRUE(text(lamp).contains("Checking")) << text(lamp);
  wait(Seconds(5));
  EXPECT_EQ(picture(lamp), "confirmed");
  EXPECT_EQ(posts(), 1);
}

TEST_F(CommandTest, ALostCommandIsSentOnceMoreWhenTheStateDiffersE2) {
  fail_command(std::unexpected(HttpFailure::opaque), false);
  send(lamp, Aspect::on_off, true);
  wait(Seconds(10));
  EXPECT_EQ(picture(lamp), "confirmed");
  EXPECT_EQ(posts(), 2);
}

TEST_F(CommandTest, ACommandThatIsLostTwiceIsNotConfirmedAndNotSentAThirdTime) {
  fail_command(refusal(504, "gateway timeout"), false, 9);
  send(lamp, Aspect::on_off, true);
  wait(Minutes(1));
  EXPECT_EQ(picture(lamp), "not confirmed");
  EXPECT_EQ(posts(), 2);
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), false);
  EXPECT_TRUE(text(lamp).contains("Not sure that worked")) << text(lamp);
}

// Never repeated after an ambiguous outcome.
TEST_F(CommandTest, ASceneIsNeverRunTwiceWhateverBecameOfIt) {
  for (const HttpOutcome& outcome :
       {HttpOutcome(std::unexpected(HttpFailure::opaque)), HttpOutcome(std::unexpected(HttpFailure::timeout)),
        HttpOutcome(refusal(500, "x")), HttpOutcome(refusal(504, "x")), HttpOutcome(refusal(408, "x"))}) {
    vendor.commands.clear();
    fail_command(outcome, true, 9);
    send(scene, Aspect::run, true);
    wait(Minutes(2));
    EXPECT_EQ(posts(), 1);
    EXPECT_EQ(picture(scene, Aspect::run), "not confirmed");
  }
}

TEST_F(CommandTest, ASceneIsSentAtOnceAndTheHomeIsLookedAtAfterwards) {
  const int status = vendor.calls["status"];
  send(scene, Aspect::run, true);
  wait(Millis(1));
  EXPECT_EQ(vendor.commands, std::vector<std::string>{R"(scene {"enable":true})"});
  EXPECT_EQ(picture(scene, Aspect::run), "confirmed");
  vendor.devices["lamp"].on = true;  // the scene's work
  wait(Seconds(4));
  EXPECT_EQ(vendor.calls["status"], status + 1);
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), true);
}

TEST_F(CommandTest, OfflineACommandIsRefusedAtOnceAndNeverSentLaterE1) {
  app->set_online(false);
  EXPECT_TRUE(problem("offline"));
  send(lamp, Aspect::on_off, true);
  EXPECT_EQ(picture(lamp), "failed");
  EXPECT_TRUE(text(lamp).contains("Not sent")) << text(lamp);
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), false);
  app->set_online(true);
  EXPECT_FALSE(problem("offline"));
  wait(Minutes(10));
  EXPECT_EQ(posts(), 0);
}

TEST_F(CommandTest, TheCloudGoesInTheMiddleOfACommandAndNothingIsLost) {
  bool gone = false;
  vendor.fault = [&](const HttpRequest& asked) -> std::optional<HttpOutcome> {
    gone = gone || asked.method == "POST";
    if (gone) return std::unexpected(HttpFailure::opaque);
    return std::nullopt;
  };
  send(lamp, Aspect::on_off, true);
  wait(Minutes(1));
  EXPECT_EQ(picture(lamp), "not confirmed");
  EXPECT_EQ(state().plants[0].modules.size(), 5U);
  EXPECT_TRUE(problem("account:demo:E2"));
  vendor.fault = {};
  app->dispatch(intent::Refresh{});  // a host at rest is asked by an explicit look first (N4)
  wait(Seconds(5));
  send(lamp, Aspect::on_off, true);
  wait(Seconds(5));
  EXPECT_EQ(picture(lamp), "confirmed");
  EXPECT_FALSE(problem("account:demo:E2"));
}

TEST_F(CommandTest, AMovingShutterIsShownWhereItIs) {
  vendor.shutter_moves = true;
  send(shutter, Aspect::position, 0.0);
  EXPECT_EQ(module(shutter).number(Aspect::position), 100) << "not where it shall be";
  wait(Millis(500));
  EXPECT_EQ(text(shutter, Aspect::position), "Closing…");
  vendor.devices["shutter"].level = 80;
  wait(Seconds(4));
  EXPECT_EQ(module(shutter).number(Aspect::position), 80);
  EXPECT_EQ(picture(shutter, Aspect::position), "sent");
  vendor.devices["shutter"].level = 0;
  wait(Seconds(15));
  EXPECT_EQ(module(shutter).number(Aspect::position), 0);
  EXPECT_EQ(picture(shutter, Aspect::position), "confirmed");
}

TEST_F(CommandTest, AShutterThatOpensSaysSoInEveryLanguage) {
  vendor.shutter_moves = true;
  vendor.devices["shutter"].level = 0;
  wait(Minutes(10));
  ASSERT_EQ(module(shutter).number(Aspect::position), 0);
  std::string file = "xx\n";
  for (std::size_t line = 0; line < phrase_lines(); ++line) file += std::to_string(line) + "\n";
  ASSERT_TRUE(use_words(file, phrase_lines()));
  const std::string opening = phrase(Phrase::shutter_opening);
  send(shutter, Aspect::position, 100.0);
  wait(Millis(500));
  const std::string said = text(shutter, Aspect::position);
  ASSERT_TRUE(use_words({}, 0));
  EXPECT_EQ(said, opening);
  send(shutter, Aspect::position, 100.0);
  wait(Millis(500));
  EXPECT_EQ(text(shutter, Aspect::position), "Opening…");
}

TEST_F(CommandTest, StopEndsTheWishForAPosition) {
  vendor.shutter_moves = true;
  send(shutter, Aspect::position, 0.0);
  wait(Seconds(1));
  send(shutter, Aspect::stop);
  EXPECT_EQ(picture(shutter, Aspect::position), "none");
  vendor.devices["shutter"].level = 60;
  wait(Seconds(5));
  EXPECT_EQ(vendor.commands.back(), R"(shutter {"level":-1})");
  EXPECT_EQ(picture(shutter, Aspect::stop), "confirmed");
  EXPECT_EQ(module(shutter).number(Aspect::position), 60);
}

TEST_F(CommandTest, WhatTheModuleCannotDoIsNotSentE12) {
  send(dimmer, Aspect::level, 140.0);
  wait(Seconds(5));
  EXPECT_EQ(picture(dimmer, Aspect::level), "failed");
  EXPECT_EQ(module(dimmer).number(Aspect::level), 50);
  EXPECT_EQ(posts(), 0);
}

TEST_F(CommandTest, AnAwaitedCommandEndsWithItsPicture) {
  std::optional<Result<CommandState>> result;
  TaskScope scope;
  scope.spawn([](Controller& app, std::optional<Result<CommandState>>& to) -> Task<void> {
    to = co_await app.command(lamp, {Aspect::on_off, true});
  }(*app, result));
  wait(Seconds(2));
  EXPECT_FALSE(result);
  wait(Seconds(3));
  ASSERT_TRUE(result);
  ASSERT_TRUE(*result);
  EXPECT_EQ((*result)->picture, CommandState::Picture::confirmed);
}

TEST_F(CommandTest, AnAwaitedCommandThatWasOvertakenSaysSo) {
  std::optional<Result<CommandState>> result;
  TaskScope scope;
  scope.spawn([](Controller& app, std::optional<Result<CommandState>>& to) -> Task<void> {
    to = co_await app.command(lamp, {Aspect::on_off, true});
  }(*app, result));
  send(lamp, Aspect::on_off, false);
  wait(Seconds(5));
  ASSERT_TRUE(result);
  ASSERT_FALSE(*result);
  EXPECT_EQ(result->error().kind, ErrorKind::cancelled);
}

TEST_F(CommandTest, AnUnknownModuleIsAnError) {
  std::optional<Result<CommandState>> result;
  TaskScope scope;
  scope.spawn([](Controller& app, std::optional<Result<CommandState>>& to) -> Task<void> {
    to = co_await app.command(ModuleId("hc:nobody"), {Aspect::on_off, true});
  }(*app, result));
  ASSERT_TRUE(result);
  EXPECT_FALSE(*result);
}

TEST_F(CommandTest, WhatIsSaidOfACommandSaysThePersonsOwnName) {
  app->dispatch(intent::Arrange{{ArrangementChange::What::rename, lamp.text, "Reading corner"}});
  send(lamp, Aspect::on_off);
  wait(Seconds(6));
  EXPECT_TRUE(state().notice.starts_with("Reading corner: ")) << state().notice;
}

}  // namespace
}  // namespace foyer::test
