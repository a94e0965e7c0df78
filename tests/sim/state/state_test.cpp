// The cloud may be stopped between any two calls: what it saved is what it was.
#include "core/sim/state/state.hpp"

#include "tests/sim/world.hpp"

namespace foyer::sim::test {
namespace {

class SimState : public World {
 protected:
  // Stops the cloud and starts another from what it saved.
  void restart() {
    const std::string saved = cloud.save();
    Cloud other({time, random, foyer::test::crypto(), signer});
    ASSERT_TRUE(other.load(saved));
    EXPECT_EQ(other.save(), saved);
    ASSERT_TRUE(cloud.load(R"({"version":2})"));  // forgets everything
    ASSERT_TRUE(cloud.load(saved));
  }
};

TEST_F(SimState, a_sign_in_survives_a_stop_at_each_step) {
  const Response page = get(authorize_target());
  const auto at = page.body.find("value=\"") + 7;
  const std::string tx = page.body.substr(at, page.body.find('"', at) - at);
  restart();
  EXPECT_EQ(form("/cloud/oauth/login", {{"tx", tx}, {"user", "alice"}}).status, 303);
  restart();
  const Response back = form("/cloud/oauth/consent", {{"tx", tx}, {"decision", "accept"}});
  restart();
  const Json keys = json(get("/cloud/oauth/jwks"));
  restart();
  const Json tokens = json(exchange(parameter(back, "code")));
  access = text_of(tokens, "access_token").value_or("");
  restart();
  EXPECT_EQ(json(get("/cloud/oauth/jwks")), keys);
  EXPECT_EQ(api("GET", std::string(hc) + "/plants").status, 200);
  restart();
  EXPECT_EQ(refresh(text_of(tokens, "refresh_token").value_or("")).status, 200);
  EXPECT_EQ(exchange(parameter(back, "code")).status, 400) << "the code stays used";
}

TEST_F(SimState, houses_switches_faults_quota_and_log_survive) {
  sign_in();
  control(
      R"({"latencyMs":7,"fault":{"status":503,"count":3,"path":"/cloud/oauth/token"},"quotaLeft":100,"big":20})");
  api("POST", of_module("light/lighting", module_id("0011")), R"({"status":"on"})");
  api("POST", of_module("automation/automation", module_id("0005")), R"({"level":0})");
  api("POST", thermostat(), R"({"function":"heating","mode":"manual","setPoint":{"value":23.5,"unit":"C"}})");
  time.advance(Seconds(10));
  const Json before = json(get("/cloud/_control"));
  const Json log = json(get("/cloud/_control/log"));
  restart();
  EXPECT_EQ(json(get("/cloud/_control")), before);
  EXPECT_EQ(json(get("/cloud/_control/log")), log);
  EXPECT_EQ(status_of(module_id("0011"))["status"], "on");
  EXPECT_EQ(status_of(module_id("0005"))["level"], 50) << "still on its way";
  EXPECT_EQ(json(api("GET", thermostat()))["chronothermostats"][0]["setPoint"]["value"], "23.50000");
}

TEST_F(SimState, the_saved_text_holds_no_code_and_no_token) {
  const std::string code = parameter(consent("alice", "accept"), "code");
  const Json tokens = json(exchange(code));
  const std::string saved = cloud.save();
  for (const std::string& secret :
       {code, text_of(tokens, "access_token").value_or(""), text_of(tokens, "refresh_token").value_or("")})
    EXPECT_EQ(saved.find(secret), std::string::npos);
}

TEST_F(SimState, foreign_texts_are_refused_and_change_nothing) {
  control(R"({"latencyMs":7})");
  const std::string saved = cloud.save();
  for (const char* text : {"", "{", "[]", "{}", R"({"version":99})", R"({"version":1})", "null"})
    EXPECT_FALSE(cloud.load(text)) << text;
  EXPECT_EQ(cloud.save(), saved);
}

TEST_F(SimState, misshapen_members_fall_back_to_their_defaults) {
  ASSERT_TRUE(
      cloud.load(R"({"version":2,"switches":{"latency":"much","cors":3},"plants":7,"log":[{}],"usage":[]})"));
  EXPECT_EQ(json(get("/cloud/_control"))["latencyMs"], 0);
}

TEST_F(SimState, the_example_of_the_header_works) {
  Task<Response> task = cloud.handle({.target = "/cloud/oauth/jwks", .base = "http://localhost:8080"});
  task.start();
  EXPECT_EQ(task.take().status, 200);
}

TEST_F(SimState, equal_ports_give_equal_answers) {
  VirtualTime other_time{time.now()};
  SeededRandom other_random{7};
  Cloud other({other_time, other_random, foyer::test::crypto(), signer});
  Task<Response> task = other.handle({.target = authorize_target(), .base = "http://localhost:8080"});
  task.start();
  EXPECT_EQ(task.take().body, get(authorize_target()).body);
}

}  // namespace
}  // namespace foyer::sim::test
