// What the page promises it does: a wait that is told ends with a look, and a limit of seconds is over after
// seconds.
#include <algorithm>

#include "core/app/state/words.hpp"
#include "tests/app/support.hpp"

namespace foyer::test {
namespace {

class PromiseTest : public App {
 protected:
  int sent() const { return static_cast<int>(memory.http.sent.size()); }
  void outage() {
    vendor.fault = [](const HttpRequest& asked) -> std::optional<HttpOutcome> {
      if (asked.url.ends_with("/token")) return std::nullopt;
      return refusal(503, "Service unavailable");
    };
  }
  const Problem* trouble() const { return problem("account:"); }
};

TEST_F(PromiseTest, AfterAnOutageThePageLooksWhenItSaidSo) {
  sign_in();
  wait(Minutes(30));  // by now it looks every few minutes only
  outage();
  app->dispatch(intent::Refresh{});
  wait(Seconds(9));
  ASSERT_TRUE(trouble());
  ASSERT_TRUE(trouble()->again_at);
  const Millis promised = *trouble()->again_at - host.clock.now();
  EXPECT_LE(promised, Seconds(61));
  EXPECT_NE(at_this_moment(trouble()->doing, trouble()->again_at, host.clock.now()).find("We look again in "),
            std::string::npos)
      << trouble()->doing;
  vendor.fault = nullptr;
  const int before = vendor.calls["status"];
  wait(promised + Seconds(2));
  EXPECT_GT(vendor.calls["status"], before) << "somebody looked";
  EXPECT_FALSE(trouble());
}

TEST_F(PromiseTest, ALongOutageCostsFewCalls) {
  sign_in();
  outage();
  const int before = sent();
  wait(Hours(3));
  EXPECT_LE(sent() - before, 60) << "a look every five minutes at the most";
  EXPECT_GE(sent() - before, 20);
}

TEST_F(PromiseTest, TheCountdownMoves) {
  const Instant now = instant_from_ms(1'767'268'800'000);
  EXPECT_EQ(at_this_moment("We look again in {wait}.", now + Seconds(30), now), "We look again in 30 s.");
  EXPECT_EQ(at_this_moment("We look again in {wait}.", now + Seconds(30), now + Seconds(29)),
            "We look again in 1 s.");
  EXPECT_EQ(at_this_moment("No wait.", std::nullopt, now), "No wait.");
}

TEST_F(PromiseTest, ALimitOfSecondsDelaysACommandBySeconds) {
  sign_in();
  int refused = 0, commands_passed = 0;
  vendor.fault = [&](const HttpRequest& asked) -> std::optional<HttpOutcome> {
    if (asked.method != "POST" || asked.url.ends_with("/token") || refused > 0) {
      if (asked.method == "POST" && !asked.url.ends_with("/token")) ++commands_passed;
      return std::nullopt;
    }
    ++refused;
    return json(R"({"error":{"code":26,"message":"User usage reached"}})", 429);
  };
  send(lamp, Aspect::on_off);
  wait(Seconds(2));
  EXPECT_EQ(picture(lamp), "sent");
  EXPECT_NE(text(lamp).find("Too many requests"), std::string::npos) << text(lamp);
  EXPECT_EQ(text(lamp).find("daily"), std::string::npos) << text(lamp);
  EXPECT_LT(state().accounts[0].ledger.used, 20) << "nobody claims that the day is used up";
  wait(Seconds(12));
  EXPECT_EQ(commands_passed, 1) << "sent again at the end of the wait";
  wait(Seconds(12));
  EXPECT_EQ(picture(lamp), "confirmed") << "read back at a distance that leaves calls to the person";
}

TEST_F(PromiseTest, WhoHasGivenUpDoesNotSayThatItTriesAgain) {
  sign_in();
  vendor.fault = [](const HttpRequest& asked) -> std::optional<HttpOutcome> {
    if (asked.method != "POST" || asked.url.ends_with("/token")) return std::nullopt;
    return refusal(486, "Busy visual user interface");
  };
  send(lamp, Aspect::on_off);
  wait(Seconds(5));
  EXPECT_NE(
      at_this_moment(text(lamp), host.clock.now() + Seconds(9), host.clock.now()).find("Trying again in"),
      std::string::npos)
      << text(lamp);
  wait(Minutes(2));
  EXPECT_EQ(picture(lamp), "failed");
  EXPECT_NE(text(lamp).find("Someone is using the thermostat"), std::string::npos) << text(lamp);
  EXPECT_EQ(text(lamp).find("rying again"), std::string::npos) << text(lamp);
}

TEST_F(PromiseTest, ARefusalOfAnAllowedValueNamesNoLimitThatItKeeps) {
  sign_in();
  vendor.fault = [](const HttpRequest& asked) -> std::optional<HttpOutcome> {
    if (asked.method != "POST" || asked.url.ends_with("/token")) return std::nullopt;
    return refusal(430, "Wrong input parameters");
  };
  send(dimmer, Aspect::level, 40.0);
  wait(Seconds(5));
  EXPECT_EQ(picture(dimmer, Aspect::level), "failed");
  EXPECT_EQ(text(dimmer, Aspect::level).find("in steps of"), std::string::npos)
      << text(dimmer, Aspect::level);
  EXPECT_NE(text(dimmer, Aspect::level).find("did not accept"), std::string::npos)
      << text(dimmer, Aspect::level);
}

// A Smarther refuses a set point without an end; a client that always sends the time, empty, is understood.
class OtherFormTest : public PromiseTest {
 protected:
  OtherFormTest() {
    providers = {"smarther"};
    vendor.fault = [this](const HttpRequest& asked) -> std::optional<HttpOutcome> {
      const std::string path = asked.url.substr(asked.url.find("/api/") + 4);
      if (asked.url.ends_with("/token")) return std::nullopt;
      if (path.ends_with("/v2.0/plants")) return json(R"({"plants":[{"id":"p","name":"Home"}]})");
      if (path.ends_with("/topology"))
        return json(
            R"({"plant":{"id":"p","name":"Home","modules":[{"device":"chronothermostat","id":"m","name":"Hall"}]}})");
      if (asked.method == "POST") {
        bodies.push_back(asked.body);
        if (deaf || !asked.body.contains("activationTime")) return refusal(430, "Wrong input parameters");
        return HttpResponse{.status = 200};
      }
      return json(
          R"({"chronothermostats":[{"function":"HEATING","mode":"MANUAL","setPoint":{"value":"20","unit":"C"}}]})");
    };
  }
  std::vector<std::string> bodies{};
  bool deaf = false;
  const ModuleId hall{"smarther:m"};
};

TEST_F(OtherFormTest, ACommandThatIsRefusedInOneFormIsSentInTheOther) {
  sign_in();
  send(hall, Aspect::setpoint, 21.5);
  wait(Seconds(2));
  ASSERT_EQ(bodies.size(), 2U);
  EXPECT_TRUE(bodies[1].contains(R"("activationTime":"")")) << bodies[1];
  send(hall, Aspect::setpoint, 22.0);
  wait(Seconds(2));
  EXPECT_EQ(bodies.size(), 3U) << "what worked comes first from now on";
}

TEST_F(OtherFormTest, AWordThatIsRefusedInEveryFormIsNoLongerOffered) {
  sign_in();
  deaf = true;
  const auto offered = [&] {
    const auto& options = module(hall).capability(Aspect::mode)->options;
    return std::ranges::find(options, "protection") != options.end();
  };
  ASSERT_TRUE(offered());
  send(hall, Aspect::mode, std::string("protection"));
  wait(Seconds(2));
  EXPECT_EQ(picture(hall, Aspect::mode), "failed");
  EXPECT_FALSE(offered());
  app->dispatch(intent::Refresh{});
  wait(Hours(13));
  EXPECT_FALSE(offered()) << "also after the list was read again";
  open();
  wait(Hours(1));
  EXPECT_TRUE(offered()) << "the next run asks anew";
}

}  // namespace
}  // namespace foyer::test
