// A 404 does not say whether a device is out of reach or no longer there: the home's own list does, in every
// run of the program.
#include "tests/app/support.hpp"

namespace foyer::test {
namespace {

class MissingTest : public App {
 protected:
  // Whatever asks for something that ends so is told that there is nothing.
  void hide(const std::string& end, const std::string& method = "GET") {
    vendor.fault = [end, method](const HttpRequest& asked) -> std::optional<HttpOutcome> {
      if (asked.method == method && asked.url.ends_with(end)) return refusal(404, "Resource not found");
      return std::nullopt;
    };
  }
  std::string problems() const {
    std::string all;
    for (const Problem& one : state().problems) all += one.what + " " + one.doing + " " + one.remedy + "\n";
    return all;
  }
};

TEST_F(MissingTest, AHomeThatIsListedIsOffline) {
  sign_in();
  hide("/plants/p1");
  app->dispatch(intent::Refresh{});
  wait(Seconds(2));
  EXPECT_EQ(module(lamp).reach, Reach::unreachable);
  EXPECT_NE(problems().find("is offline"), std::string::npos) << problems();
  EXPECT_EQ(problems().find("no longer"), std::string::npos) << problems();
}

TEST_F(MissingTest, AlsoRightAfterAReload) {
  sign_in();
  hide("/plants/p1");
  wait(Minutes(40));  // the list is old by now, so it is read again
  open();
  wait(Seconds(5));
  ASSERT_EQ(state().plants.size(), 1U);
  EXPECT_EQ(module(lamp).reach, Reach::unreachable);
  EXPECT_NE(problems().find("is offline"), std::string::npos) << problems();
  vendor.fault = nullptr;
  app->dispatch(intent::Refresh{});
  wait(Seconds(2));
  EXPECT_EQ(module(lamp).reach, Reach::reachable);
  EXPECT_EQ(problems(), "");
}

TEST_F(MissingTest, ACommandToADeviceThatIsListedSaysOfflineAndALookTellsWhenItIsBack) {
  sign_in();
  const int lists = vendor.calls["topology"];
  hide("/value/lamp", "POST");
  send(lamp, Aspect::on_off);
  wait(Millis(1500));
  EXPECT_EQ(picture(lamp), "failed");
  EXPECT_NE(text(lamp).find("The lamp is offline"), std::string::npos) << text(lamp);
  EXPECT_EQ(text(lamp).find("no longer"), std::string::npos) << text(lamp);
  EXPECT_EQ(module(lamp).reach, Reach::unreachable);
  EXPECT_NE(module(dimmer).reach, Reach::unreachable) << "one device is not the home";
  EXPECT_EQ(vendor.calls["topology"], lists + 1) << "the list was compared";
  send(lamp, Aspect::on_off);
  wait(Millis(1500));
  EXPECT_EQ(vendor.calls["topology"], lists + 1) << "once";
  wait(Seconds(5));
  EXPECT_EQ(module(lamp).reach, Reach::reachable) << "as the home says";
}

TEST_F(MissingTest, ADeviceThatTheListNoLongerHasIsGone) {
  sign_in();
  wait(Minutes(20));
  const int lists = vendor.calls["topology"];
  vendor.devices.erase("lamp");
  hide("/value/lamp", "POST");
  send(lamp, Aspect::on_off);
  wait(Millis(1500));
  EXPECT_EQ(vendor.calls["topology"], lists + 1) << "the list decides";
  EXPECT_EQ(state().plants[0].module(lamp), nullptr);
  EXPECT_NE(text(lamp).find("no longer part of the home"), std::string::npos) << text(lamp);
}

TEST_F(MissingTest, AHomeThatTheAccountNoLongerHasIsGone) {
  sign_in();
  wait(Minutes(20));
  vendor.plant_name.clear();  // an empty list
  hide("/plants/p1");
  app->dispatch(intent::Refresh{});
  wait(Seconds(3));
  EXPECT_TRUE(state().plants.empty());
}

TEST_F(MissingTest, ManyLooksReadTheListOnce) {
  sign_in();
  wait(Minutes(20));
  hide("/plants/p1");
  const int lists = vendor.calls["plants"];
  for (int i = 0; i < 5; ++i) {
    app->dispatch(intent::Refresh{});
    wait(Seconds(20));
  }
  EXPECT_LE(vendor.calls["plants"], lists + 2) << "once for the 404, once because the list was old";
}

TEST_F(MissingTest, ScenesThatAreNotThereAreNoComplaint) {
  hide("/scene/comfort/addressLocation/plants/p1");
  sign_in();
  EXPECT_EQ(state().plants[0].complaints, std::vector<std::string>{});
  EXPECT_EQ(problems(), "");
}

TEST_F(MissingTest, AListOfHomesThatIsNotThereIsNoDevice) {
  hide("/hc/api/v1.0/plants");
  sign_in();
  EXPECT_EQ(problems().find("device is no longer"), std::string::npos) << problems();
  EXPECT_NE(problems().find("nothing under this address"), std::string::npos) << problems();
}

}  // namespace
}  // namespace foyer::test
