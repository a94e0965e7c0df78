// One answer can't burn the day: homes are read when somebody looks at them, and no list, however long, costs
// more than its reason may (core/policy/budget.hpp).
#include "core/policy/budget.hpp"

#include <algorithm>

#include "core/base/url.hpp"
#include "tests/app/support.hpp"

namespace foyer::test {
namespace {

namespace budget = policy::budget;

// Many homes with one thermostat each, as an installer's account has them.
class InstallerTest : public App {
 protected:
  InstallerTest() {
    providers = {"smarther"};
    vendor.fault = [this](const HttpRequest& asked) { return answer(asked); };
  }

  std::optional<HttpOutcome> answer(const HttpRequest& asked) {
    const std::string path = parse_url(asked.url)->path;
    if (!path.starts_with("/api/")) return std::nullopt;
    ++calls;
    if (path.ends_with("/v2.0/plants")) return json(R"({"plants":[)" + homes + "]}");
    if (!broken.empty() && path.contains(broken)) return refusal(400, "no");
    if (path.ends_with("/topology"))
      return json(R"({"plant":{"id":"x","name":"x","modules":[)" + modules + "]}}");
    if (path.ends_with("/programlist"))
      return json(R"({"chronothermostats":[{"programs":[{"number":1,"name":"Week"}]}]})");
    return json(
        R"({"chronothermostats":[{"function":"HEATING","mode":"AUTOMATIC","setPoint":{"value":"20","unit":"C"}}]})");
  }

  void homes_of(int count) {
    homes.clear();
    for (int i = 0; i < count; ++i)
      homes += (i ? "," : "") + std::string(R"({"id":"p)") + std::to_string(i) + R"(","name":"Home )" +
               std::to_string(i) + R"("})";
  }
  void thermostats_of(int count) {
    modules.clear();
    for (int i = 0; i < count; ++i)
      modules += (i ? "," : "") + std::string(R"({"device":"chronothermostat","id":"m)") + std::to_string(i) +
                 R"(","name":"T"})";
  }
  void look_at(int home) {
    app->dispatch(
        intent::Go{{.view = Route::View::home, .plant = PlantId("smarther:p" + std::to_string(home))}});
    wait(Seconds(5));
  }
  const Plant& home(int number) const {
    for (const Plant& one : state().plants)
      if (one.id.text == "smarther:p" + std::to_string(number)) return one;
    ADD_FAILURE() << number;
    return state().plants.front();
  }

  int lists() const {
    return static_cast<int>(std::ranges::count_if(
        memory.http.sent, [](const HttpRequest& one) { return one.url.ends_with("/v2.0/plants"); }));
  }

  std::string homes{}, modules = R"({"device":"chronothermostat","id":"m0","name":"T"})";
  std::string broken{};  // part of addresses that are refused
  int calls = 0;
};

TEST_F(InstallerTest, TryAgainOfOneHomeReadsThatHome) {
  homes_of(20);
  sign_in();
  wait(Seconds(10));
  broken = "/plants/p12/topology";
  look_at(12);
  const Problem* problem = this->problem("topology:smarther:p12");
  ASSERT_TRUE(problem);
  broken.clear();
  const int before = calls, listed = lists();
  app->dispatch(intent::Retry{problem->key});
  wait(Seconds(5));
  EXPECT_TRUE(home(12).status_at);
  EXPECT_FALSE(this->problem("topology:smarther:p12"));
  EXPECT_EQ(lists(), listed) << "the list is not what failed";
  EXPECT_LE(calls - before, 3) << "topology, programmes and state of one home";
}

TEST_F(InstallerTest, AHomeIsLoadingUntilItIsReadWhicheverElseIs) {
  homes_of(20);
  sign_in();
  wait(Seconds(10));
  memory.http.latency = Seconds(2);
  app->dispatch(intent::Go{{.view = Route::View::home, .plant = home(12).id}});
  wait(Seconds(1));
  app->dispatch(intent::Go{{.view = Route::View::home, .plant = home(13).id}});
  wait(Millis(3500));  // the topology of the first is there, that of the second is not
  EXPECT_TRUE(state().loading);
  wait(Seconds(2));
  EXPECT_TRUE(state().loading) << "the first is read, the second is not";
  wait(Seconds(30));
  EXPECT_FALSE(state().loading);
  EXPECT_TRUE(home(13).status_at);
}

TEST_F(InstallerTest, TwoHundredHomesCostTwelveCallsAtStart) {
  homes_of(200);
  sign_in();
  wait(Seconds(10));
  EXPECT_EQ(state().plants.size(), 200U) << "all are named";
  EXPECT_TRUE(home(0).status_at) << "the one that is shown is read";
  EXPECT_LE(calls, 12);
}

TEST_F(InstallerTest, ADayWithTenHomesLookedAtStaysBelow400) {
  homes_of(200);
  sign_in();
  for (int i = 0; i < 10; ++i) {
    look_at(100 + i);
    EXPECT_TRUE(home(100 + i).status_at) << i;
    wait(Minutes(5));
  }
  wait(Hours(24) - Minutes(51));
  EXPECT_LE(calls, 400);
  EXPECT_GT(calls, 100) << "the home that is shown is kept fresh";
}

TEST_F(InstallerTest, AHomeThatWasLookedAtAMomentAgoCostsNothing) {
  homes_of(20);
  sign_in();
  look_at(7);
  look_at(8);
  const int before = calls;
  look_at(7);
  EXPECT_EQ(calls, before);
}

TEST_F(InstallerTest, OneIdSixHundredThousandTimesIsOneHome) {
  std::string same;
  for (int i = 0; i < 600'000; ++i) same += (i ? "," : "") + std::string(R"({"id":"p0","name":"H"})");
  homes = std::move(same);
  sign_in();
  EXPECT_EQ(state().plants.size(), 1U);
  EXPECT_LE(state().plants[0].complaints.size(), 30U);
  EXPECT_LE(calls, 12);
}

TEST_F(InstallerTest, AListWithoutEndIsCut) {
  homes_of(static_cast<int>(budget::homes) + 500);
  sign_in();
  EXPECT_EQ(state().plants.size(), budget::homes);
  EXPECT_LE(calls, 12);
}

TEST_F(InstallerTest, AHomeOfThousandsOfThermostatsCostsOneLookAndIsReadInTurns) {
  homes_of(1);
  thermostats_of(2'000);
  sign_in();
  wait(Seconds(30));
  EXPECT_LE(calls, static_cast<int>(1 + budget::look + budget::poll));
  const int before = calls;
  app->dispatch(intent::Refresh{});
  wait(Seconds(30));
  EXPECT_LE(calls - before, static_cast<int>(budget::poll));
}

}  // namespace
}  // namespace foyer::test
