// Each row of the vendor's error table once, through the simulated cloud's fault switches: what the person is
// told, what is sent, and that everything is well again when the cause is gone.
#include <vector>

#include "tests/journey/journey.hpp"

namespace foyer::test {
namespace {

class ErrorJourney : public Journey {
 protected:
  void fault(const std::string& members) { control(R"({"fault":{)" + members + "}}"); }
};

struct ReadCase {
  std::string fault, problem;  // part of the problem's key; empty: nothing is to be told
};

TEST_F(ErrorJourney, AReadThatFailsOnceHealsByItselfOrSaysWhatIs) {
  const std::vector<ReadCase> cases{
      {R"("status":401,"body":"expired")", ""},
      {R"("status":401,"body":"key-invalid")", ""},  // the other key works
      {R"("status":408)", ""},
      {R"("status":500)", ""},
      {R"("status":502)", ""},
      {R"("status":503,"retryAfter":2)", ""},
      {R"("status":504)", ""},
      {R"("status":429,"body":"empty","retryAfter":2)", ""},
      {R"("status":429,"body":"rate")", ""},  // in 26 s: the look that was promised
      {R"("drop":true)", ""},
      {R"("body":"truncated")", ""},
      {R"("body":"not-json")", ""},
      {R"("status":403,"body":"permission")", "read:"},
      {R"("status":404,"body":"gateway-offline")", "gateway:"},
      {R"("status":469)", "E17"},
      {R"("status":470)", "E18"},
  };
  sign_in();
  for (const ReadCase& one : cases) {
    const std::string path = R"("path":"/cloud/api/hc/api/v1.0/plants/","method":"GET",)";
    fault(path + one.fault);
    app->dispatch(intent::Refresh{});
    wait(Seconds(40));
    EXPECT_EQ(state().plants.size(), 2U) << one.fault;
    if (one.problem.empty()) {
      EXPECT_EQ(problems(), "") << one.fault;
    } else {
      const Problem* told = problem(one.problem);
      ASSERT_TRUE(told) << one.fault << " told " << problems();
      EXPECT_FALSE(told->what.empty());
      EXPECT_FALSE(told->what.contains('{')) << told->what;
      EXPECT_FALSE(told->remedy.empty()) << one.fault;
      const ProblemKey key = told->key;
      control(R"({"clearFaults":true})");
      if (one.problem == "E13") wait(Seconds(30));  // until then nothing may be sent
      app->dispatch(intent::Retry{key});
      wait(Seconds(5));
      EXPECT_EQ(problems(), "") << "the cause is gone: " << one.fault;
    }
    control(R"({"clearFaults":true})");
    for (int look = 0; look < 6; ++look) {  // N3: only good answers earn further repetitions
      app->dispatch(intent::Refresh{});
      wait(Seconds(10));
    }
  }
}

TEST_F(ErrorJourney, AServiceThatStaysBrokenIsToldAndRecovers) {
  sign_in();
  for (const auto& [members, key] :
       std::vector<std::pair<std::string, std::string>>{{R"("status":500)", "E16"},
                                                        {R"("status":503)", "E21"},
                                                        {R"("drop":true)", "E2"},
                                                        {R"("body":"html")", "E15"},
                                                        {R"("body":"huge")", "E15"},
                                                        {R"("status":401,"body":"key-missing")", "E5"}}) {
    fault(R"("count":50,)" + members);
    app->dispatch(intent::Refresh{});
    wait(Seconds(55));
    const Problem* told = problem("account:demo:" + key);
    ASSERT_TRUE(told) << members << " told " << problems();
    control(R"({"clearFaults":true})");
    app->dispatch(intent::Retry{told->key});
    wait(Minutes(2));
    EXPECT_EQ(problems(), "") << members;
  }
}

struct CommandCase {
  std::string fault, picture;
  int posts;
};

TEST_F(ErrorJourney, ACommandThatFailsOnceEndsInThePictureThatIsTrue) {
  const std::vector<CommandCase> cases{
      {R"("status":400)", "failed", 1},
      {R"("status":401,"body":"expired")", "confirmed", 2},
      {R"("status":403,"body":"permission")", "failed", 1},
      {R"("status":404,"body":"gateway-offline")", "failed", 1},
      {R"("status":406)", "failed", 1},
      {R"("status":408)", "confirmed", 2},
      {R"("status":429,"body":"empty","retryAfter":2)", "confirmed", 2},
      {R"("status":429,"body":"rate")", "failed", 1},  // in 26 s: longer than a switch waits
      {R"("status":430)", "failed", 1},
      {R"("status":486)", "confirmed", 2},
      {R"("status":500)", "confirmed", 2},               // it did not act: read back, different, sent again
      {R"("status":500,"after":true)", "confirmed", 1},  // it had acted: read back, nothing is sent
      {R"("status":504,"after":true)", "confirmed", 1},
      {R"("drop":true,"after":true)", "confirmed", 1},
      {R"("drop":true)", "confirmed", 2},
  };
  sign_in();
  const ModuleId lamp = hc("0011");
  bool on = true;
  for (const CommandCase& one : cases) {
    const int before = calls("POST", "/modules/");
    fault(R"("method":"POST",)" + one.fault);
    send(lamp, {Aspect::on_off, on});
    wait(Seconds(40));
    EXPECT_EQ(picture(lamp, Aspect::on_off), one.picture) << one.fault << " " << text(lamp, Aspect::on_off);
    EXPECT_EQ(calls("POST", "/modules/") - before, one.posts) << one.fault;
    if (one.picture == "failed") {
      EXPECT_FALSE(text(lamp, Aspect::on_off).empty()) << one.fault;
      EXPECT_EQ(module(lamp).flag(Aspect::on_off), !on) << "the way back: " << one.fault;
    } else {
      EXPECT_EQ(module(lamp).flag(Aspect::on_off), on) << one.fault;
      on = !on;
    }
    control(R"({"clearFaults":true})");
    for (const Problem& told : std::vector<Problem>(state().problems)) app->dispatch(intent::Retry{told.key});
    wait(Minutes(2));
    EXPECT_EQ(problems(), "") << one.fault;
  }
}

TEST_F(ErrorJourney, SomebodyAtTheThermostatE20) {
  sign_in();
  control(R"({"screenBusyS":15})");
  send(thermostat, {Aspect::setpoint, 18.0});
  wait(Seconds(2));
  EXPECT_EQ(picture(thermostat, Aspect::setpoint), "sent");
  EXPECT_TRUE(text(thermostat, Aspect::setpoint).contains("using the thermostat"))
      << text(thermostat, Aspect::setpoint);
  wait(Seconds(40));
  EXPECT_EQ(picture(thermostat, Aspect::setpoint), "confirmed") << text(thermostat, Aspect::setpoint);
}

TEST_F(ErrorJourney, AnOfflineModuleRefusesAndStaysWhatItIs) {
  sign_in();
  send(hc("0070"), {Aspect::on_off, true});
  wait(Minutes(2));
  EXPECT_NE(picture(hc("0070"), Aspect::on_off), "confirmed");
  EXPECT_NE(picture(hc("0070"), Aspect::on_off), "sent");
  EXPECT_EQ(module(hc("0070")).reach, Reach::unreachable);
}

TEST_F(ErrorJourney, AGatewayThatGoesOfflineTakesNoOtherHomeWithIt) {
  sign_in();
  control(std::string(R"({"gatewayOffline":")") + sim::test::lilas + "\"}");
  app->dispatch(intent::Refresh{});
  wait(Seconds(5));
  ASSERT_TRUE(problem("gateway:")) << problems();
  EXPECT_EQ(module(hc("0011")).reach, Reach::unreachable);
  EXPECT_NE(module(thermostat).reach, Reach::unreachable);
  send(thermostat, {Aspect::setpoint, 21.0});
  wait(Seconds(6));
  EXPECT_EQ(picture(thermostat, Aspect::setpoint), "confirmed");
  control(R"({"gatewayOffline":false})");
  wait(Minutes(7));
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(module(hc("0011")).reach, Reach::reachable);
}

TEST_F(ErrorJourney, TheDayIsUsedUpE6) {
  sign_in();
  control(R"({"quotaLeft":0})");
  app->dispatch(intent::Refresh{});
  wait(Seconds(5));
  ASSERT_TRUE(problem("E6")) << problems();
  const int used = calls("GET", "/cloud/api/") + calls("POST", "/cloud/api/");
  send(hc("0011"), {Aspect::on_off, true});
  wait(Hours(2));
  EXPECT_EQ(calls("GET", "/cloud/api/") + calls("POST", "/cloud/api/"), used) << "0 calls while parked";
  EXPECT_EQ(picture(hc("0011"), Aspect::on_off), "failed");
  EXPECT_EQ(state().plants.size(), 2U);
  wait(Hours(24));
  EXPECT_EQ(problem("E6"), nullptr) << problems();
}

TEST_F(ErrorJourney, ARetiredApiHidesNothingOfTheOtherOne) {
  control(R"({"hcRetired":410})");
  sign_in();
  ASSERT_EQ(state().plants.size(), 1U) << problems();
  EXPECT_EQ(state().plants[0].name, "Chalet");
  const Problem* told = problem("provider:demo:hc");
  ASSERT_TRUE(told) << problems();
  EXPECT_FALSE(told->what.empty());
  control(R"({"hcRetired":0})");
  app->dispatch(intent::Retry{told->key});
  wait(Seconds(5));
  EXPECT_EQ(state().plants.size(), 2U);
  EXPECT_EQ(problems(), "");
}

}  // namespace
}  // namespace foyer::test
