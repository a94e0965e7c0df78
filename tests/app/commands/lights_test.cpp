// Lights off at one press, and everything as it was at another.
#include "tests/app/support.hpp"

namespace foyer::test {
namespace {

class LightsTest : public App {
 protected:
  LightsTest() { sign_in(); }
  void lamp_is_on() {
    vendor.devices["lamp"].on = true;
    app->dispatch(intent::Refresh{});
    wait(Seconds(1));
  }
};

// A socket may feed a fridge: it goes off with the lights only when its owner says so.
TEST_F(LightsTest, LightsOffSwitchesLampsLooksOnceAndLeavesSocketsOn) {
  lamp_is_on();
  const int status = vendor.calls["status"];
  app->dispatch(intent::AllOff{.plant = plant_id, .ambient = kitchen});
  wait(Seconds(6));
  EXPECT_EQ(vendor.commands, (std::vector<std::string>{R"(lamp {"status":"off"})"}));
  EXPECT_EQ(vendor.calls["status"], status + 1);
  EXPECT_EQ(picture(lamp), "confirmed");
  EXPECT_EQ(module(plug).flag(Aspect::on_off), true);
}

TEST_F(LightsTest, WhatThePersonAddedGoesOffWithTheLightsAndWhatTheyTookOutDoesNot) {
  lamp_is_on();
  for (const ModuleId& id : {lamp, plug})
    app->dispatch(intent::Arrange{{ArrangementChange::What::with_lights, id.text, {}}});
  app->dispatch(intent::AllOff{.plant = plant_id});
  wait(Seconds(6));
  EXPECT_EQ(vendor.commands, (std::vector<std::string>{R"(plug {"status":"off"})"}));
}

TEST_F(LightsTest, LightsOffActsOnWhatASearchShowsAlone) {
  lamp_is_on();
  app->dispatch(
      intent::AllOff{.plant = plant_id, .ambient = kitchen, .among = std::vector<ModuleId>{shutter}});
  wait(Seconds(6));
  EXPECT_EQ(posts(), 0);
  EXPECT_EQ(state().notice, "No light is on here.");
  EXPECT_FALSE(state().undo);
}

TEST_F(LightsTest, LightsOffIsTakenBackForTenSeconds) {
  lamp_is_on();
  app->dispatch(intent::AllOff{.plant = plant_id});
  ASSERT_TRUE(state().undo);
  EXPECT_EQ(state().undo->text, "1 switched off");
  wait(Seconds(6));
  EXPECT_FALSE(vendor.devices["lamp"].on);
  app->dispatch(intent::Undo{});
  EXPECT_FALSE(state().undo);
  wait(Seconds(6));
  EXPECT_TRUE(vendor.devices["lamp"].on);
  EXPECT_EQ(module(lamp).flag(Aspect::on_off), true);

  app->dispatch(intent::AllOff{.plant = plant_id});
  wait(Millis(9'999));
  EXPECT_TRUE(state().undo);
  wait(Millis(1));
  EXPECT_FALSE(state().undo);
  const int sent = posts();
  app->dispatch(intent::Undo{});
  wait(Seconds(6));
  EXPECT_EQ(posts(), sent);
}

// A second press begins its own ten seconds: the first one's end does not take its way back.
TEST_F(LightsTest, EachLightsOffHasItsOwnTimeToBeTakenBack) {
  lamp_is_on();
  app->dispatch(intent::AllOff{.plant = plant_id});
  wait(Seconds(6));
  app->dispatch(intent::Undo{});
  wait(Seconds(3));
  app->dispatch(intent::AllOff{.plant = plant_id});
  wait(Seconds(5));
  EXPECT_TRUE(state().undo);
}

TEST_F(LightsTest, LightsOffPromisesNoWayBackWhereNothingWasSent) {
  lamp_is_on();
  app->set_online(false);
  app->dispatch(intent::AllOff{.plant = plant_id});
  wait(Seconds(1));
  EXPECT_FALSE(state().undo);
  EXPECT_EQ(state().notice.find("switched off"), std::string::npos) << state().notice;
  EXPECT_EQ(picture(lamp), "none");
  EXPECT_EQ(posts(), 0);
}

TEST_F(LightsTest, WhatCannotBeTakenBackNowIsStillOffered) {
  lamp_is_on();
  app->dispatch(intent::AllOff{.plant = plant_id});
  wait(Seconds(3));
  app->set_online(false);
  app->dispatch(intent::Undo{});
  EXPECT_TRUE(state().undo);
  app->set_online(true);
  app->dispatch(intent::Undo{});
  wait(Seconds(5));
  EXPECT_TRUE(vendor.devices["lamp"].on);
}

TEST_F(LightsTest, NothingIsOfferedToBeTakenBackOfAHomeThatHasLeft) {
  lamp_is_on();
  app->dispatch(intent::AllOff{.plant = plant_id});
  ASSERT_TRUE(state().undo);
  app->dispatch(intent::SignOut{"demo"});
  wait(Seconds(1));
  EXPECT_FALSE(state().undo);
}

}  // namespace
}  // namespace foyer::test
