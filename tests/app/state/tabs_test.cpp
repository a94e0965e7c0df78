// Several visible tabs on one device: one asks the service, the others show what it learned (Q2, Q6).
#include "tests/app/support.hpp"

namespace foyer::test {
namespace {

class TabsTest : public App {
 protected:
  // Another tab of the same browser; signed in by what the first one stored.
  std::unique_ptr<Controller> another() {
    auto tab = std::make_unique<Controller>(host, demo_config());
    tab->start(page, "");
    wait(Seconds(2));
    return tab;
  }
  static bool lamp_on(const Controller& tab) {
    return tab.state().plants.at(0).module(lamp)->flag(Aspect::on_off).value_or(false);
  }
  int looks() { return vendor.calls["status"]; }
};

TEST_F(TabsTest, OneOfThemAsksAndTheOthersAreFed) {
  sign_in();
  const auto second = another(), third = another();
  const auto calls = memory.http.sent.size();
  const int before = looks();
  vendor.devices["lamp"].on = true;
  wait(Minutes(10));
  EXPECT_GE(looks() - before, 2);
  EXPECT_LE(looks() - before, 3) << "three tabs, the polls of one";
  EXPECT_EQ(static_cast<int>(memory.http.sent.size() - calls), looks() - before);
  EXPECT_TRUE(lamp_on(*second));
  EXPECT_TRUE(lamp_on(*third));
  EXPECT_EQ(second->state().accounts[0].ledger.used, state().accounts[0].ledger.used);
}

TEST_F(TabsTest, WhenTheOneThatAsksIsHiddenAnotherTakesOver) {
  sign_in();
  const auto second = another();
  app->set_visible(false);
  const int before = looks();
  wait(Minutes(10));
  EXPECT_GE(looks() - before, 2);
  EXPECT_LE(looks() - before, 3);
}

TEST_F(TabsTest, WhenTheOneThatAsksIsClosedAnotherTakesOver) {
  sign_in();
  const auto second = another();
  app.reset();
  const int before = looks();
  wait(Minutes(10));
  EXPECT_GE(looks() - before, 2);
}

TEST_F(TabsTest, ATabThatIsShownAfterAnotherLookedAsksNothing) {
  sign_in();
  const auto second = another();
  wait(Minutes(1));
  second->set_visible(false);
  wait(Minutes(9));
  app->dispatch(intent::Refresh{});
  wait(Seconds(5));
  app->set_visible(false);
  const auto calls = memory.http.sent.size();
  second->set_visible(true);
  wait(Seconds(5));
  EXPECT_EQ(memory.http.sent.size(), calls);
  EXPECT_LT(memory.time.now() - *second->state().plants[0].status_at, Minutes(1));
}

TEST_F(TabsTest, WhatIsCommandedHereIsNotOverwrittenByWhatAnotherTabReadBefore) {
  sign_in();
  const auto second = another();
  vendor.deaf = true;  // the service says yes and shows it late
  second->dispatch(intent::Send{lamp, {Aspect::on_off, true}});
  wait(Millis(600));
  app->dispatch(intent::Refresh{});
  wait(Seconds(2));
  EXPECT_TRUE(lamp_on(*second)) << "the wish is shown while the command is open";
}

TEST_F(TabsTest, ReturningAfterMoreThanAMinuteLooksAtOnceEvenBeforeTheNextPollIsDue) {
  sign_in();
  app->set_visible(false);
  wait(Seconds(90));
  const int before = looks();
  app->set_visible(true);
  wait(Seconds(1));
  EXPECT_EQ(looks(), before + 1);
}

// Tabs that hear each other: each has its own end of one channel.
class HearingTabsTest : public TabsTest {
 protected:
  std::unique_ptr<Controller> hearing(MemoryBroadcast& channel) {
    auto& lent = hosts_.emplace_back(std::make_unique<Host>(
        memory.time, memory.time, memory.random, memory.crypto, memory.http, memory.vault, memory.storage,
        memory.navigator, memory.locks, channel, memory.parts));
    auto tab = std::make_unique<Controller>(*lent, demo_config());
    tab->start(page, "");
    wait(Seconds(2));
    return tab;
  }
  std::shared_ptr<MemoryBus> bus = std::make_shared<MemoryBus>();
  MemoryBroadcast one{memory.time, bus}, two{memory.time, bus};

 private:
  std::vector<std::unique_ptr<Host>> hosts_{};
};

TEST_F(HearingTabsTest, ALampSwitchedInOneIsOnInTheOtherWithinASecondAndCostsNoCall) {
  sign_in();
  app.reset();
  const auto first = hearing(one), second = hearing(two);
  wait(Seconds(30));
  const auto calls = memory.http.sent.size();
  for (const bool on : {true, false}) {
    const auto &here = on ? second : first, &there = on ? first : second;
    here->dispatch(intent::Send{lamp, {Aspect::on_off, on}});
    wait(Seconds(1));
    EXPECT_EQ(lamp_on(*there), on);
    wait(Seconds(10));
    EXPECT_EQ(lamp_on(*there), on);
    EXPECT_EQ(lamp_on(*here), on);
  }
  EXPECT_EQ(memory.http.sent.size() - calls, 4U) << "two commands and a look after each";
}

TEST_F(HearingTabsTest, AReadingOfAnotherTabDoesNotReplaceWhatWasLearnedLaterHere) {
  sign_in();
  app.reset();
  const auto first = hearing(one), second = hearing(two);
  second->dispatch(intent::Send{lamp, {Aspect::on_off, true}});
  wait(Seconds(5));
  const auto kept = memory.storage.records;
  first->dispatch(intent::Send{lamp, {Aspect::on_off, false}});
  wait(Seconds(10));
  memory.storage.records = kept;  // an older picture comes late
  MemoryBroadcast third{memory.time, bus};
  third.tell("home/demo");
  wait(Seconds(1));
  EXPECT_FALSE(lamp_on(*first));
  EXPECT_FALSE(lamp_on(*second));
}

}  // namespace
}  // namespace foyer::test
