// Who leaves takes their homes along: what was asked for them brings nothing back, and whoever comes next
// begins anew.
#include <algorithm>
#include <utility>

#include "core/base/url.hpp"
#include "tests/app/support.hpp"

namespace foyer::test {
namespace {

class LeaveTest : public App {
 protected:
  // Answers of calls whose address ends so are made at once and arrive late.
  void delay(std::string end, Millis span, int times = 1) {
    const auto usual = memory.http.respond;
    auto left = std::make_shared<int>(times);
    memory.http.respond = [this, usual, end = std::move(end), span,
                           left](const HttpRequest& asked) -> Task<HttpOutcome> {
      const bool late = asked.url.ends_with(end) && (*left)-- > 0;
      return [](VirtualTime* time, Task<HttpOutcome> answer, Millis wait) -> Task<HttpOutcome> {
        HttpOutcome now = co_await answer;
        if (wait > Millis(0)) co_await time->sleep(wait);
        co_return now;
      }(&memory.time, usual(asked), late ? span : Millis(0));
    };
  }
  // A home with two thermostats, each of which has an address of its own.
  void two_thermostats() {
    providers = {"smarther"};
    vendor.fault = [this](const HttpRequest& asked) -> std::optional<HttpOutcome> {
      const std::string path = parse_url(asked.url)->path;
      if (!path.starts_with("/api/")) return std::nullopt;
      if (path.ends_with("/v2.0/plants"))
        return json(listed ? R"({"plants":[{"id":"p","name":"Home"}]})" : R"({"plants":[]})");
      if (!listed) return refusal(404, "Resource not found");
      if (path.ends_with("/topology"))
        return json(
            R"({"plant":{"id":"p","name":"Home","modules":[{"device":"chronothermostat","id":"m0","name":"A"},)"
            R"({"device":"chronothermostat","id":"m1","name":"B"}]}})");
      if (path.ends_with("/programlist")) return json(R"({"chronothermostats":[]})");
      return json(R"({"chronothermostats":[{"function":"HEATING","mode":"AUTOMATIC"}]})");
    };
  }
  bool keeps_a_home() const {
    return std::ranges::any_of(memory.storage.records,
                               [](const auto& one) { return one.first.second.starts_with("home/"); });
  }
  bool listed = true;
};

TEST_F(LeaveTest, ASignOutBetweenTwoReadsOfAHomeEndsThem) {
  two_thermostats();
  sign_in();
  memory.http.latency = Seconds(2);
  app->dispatch(intent::Refresh{});
  wait(Seconds(1));
  app->dispatch(intent::SignOut{"demo"});
  wait(Seconds(30));
  EXPECT_TRUE(state().plants.empty());
  EXPECT_TRUE(state().problems.empty());
}

TEST_F(LeaveTest, AHomeThatIsGoneBetweenTwoReadsEndsThem) {
  two_thermostats();
  sign_in();
  listed = false;  // a moment later, so that the state is asked for and not the list
  app->dispatch(intent::Refresh{});
  wait(Seconds(30));
  EXPECT_TRUE(state().plants.empty());
}

TEST_F(LeaveTest, AnAnswerAfterASignOutBringsNoHomeBack) {
  for (const char* end : {"/plants", "/plants/p1/topology", "/addressLocation/plants/p1", "/plants/p1"}) {
    sign_in();
    memory.time.advance(Minutes(20));
    delay(end, Seconds(8));
    open();  // reads the list, the home and its state
    wait(Seconds(1));
    app->dispatch(intent::Refresh{});
    wait(Seconds(1));
    app->dispatch(intent::SignOut{"demo"});
    wait(Seconds(30));
    EXPECT_TRUE(state().plants.empty()) << end;
    EXPECT_TRUE(state().plant_account.empty()) << end;
    EXPECT_FALSE(state().accounts[0].loaded) << end;
    EXPECT_TRUE(state().problems.empty()) << end;
    EXPECT_FALSE(keeps_a_home()) << end;
  }
}

TEST_F(LeaveTest, WhoComesNextDoesNotWaitForWhatWasAskedBefore) {
  sign_in();
  delay("/plants", Minutes(1));
  open();
  wait(Seconds(1));
  app->dispatch(intent::SignOut{"demo"});
  wait(Millis(10));
  vendor.plant_name = "Rue des Roses";
  app->callback(answer_url());
  wait(Seconds(3));
  ASSERT_EQ(state().plants.size(), 1U);
  EXPECT_EQ(state().plants[0].name, "Rue des Roses");
  EXPECT_TRUE(state().plants[0].status_at);
  wait(Minutes(2));
  ASSERT_EQ(state().plants.size(), 1U);
  EXPECT_EQ(state().plants[0].name, "Rue des Roses") << "the list of before is nobody's";
}

// A storage that takes its time to forget.
class SlowStorage final : public Storage {
 public:
  SlowStorage(Storage& inner, Timers& timers) : inner_(inner), timers_(timers) {}
  Task<Result<std::optional<std::string>>> load(Scope scope, std::string name) override {
    return inner_.load(scope, std::move(name));
  }
  Task<Result<void>> save(Scope scope, std::string name, std::string value) override {
    return inner_.save(scope, std::move(name), std::move(value));
  }
  Task<Result<void>> remove(Scope scope, std::string name) override {
    co_await timers_.sleep(Millis(50));
    co_return co_await inner_.remove(scope, std::move(name));
  }
  Task<Result<std::vector<std::string>>> names(Scope scope, std::string prefix) override {
    co_await timers_.sleep(Millis(50));
    co_return co_await inner_.names(scope, std::move(prefix));
  }

 private:
  Storage& inner_;
  Timers& timers_;
};

// A program that ends with its answer would leave the homes on the disk.
TEST_F(LeaveTest, FlushWaitsUntilTheHomesAreForgotten) {
  sign_in();
  wait(Seconds(5));
  ASSERT_TRUE(keeps_a_home());
  app.reset();
  SlowStorage slow(memory.storage, memory.time);
  Host behind{host.clock, host.timers,    host.random, host.crypto,    host.http, host.vault,
              slow,       host.navigator, host.locks,  host.broadcast, host.parts};
  Controller program(behind, demo_config());
  program.set_visible(false);
  bool kept = true, flushed = false;
  TaskScope scope;
  const auto leave = [&]() -> Task<void> {
    co_await program.restore();
    (void)co_await program.session("demo")->sign_out();
    co_await program.flush();
    kept = keeps_a_home();
    flushed = true;
  };
  scope.spawn(leave());
  wait(Seconds(10));
  EXPECT_TRUE(flushed);
  EXPECT_FALSE(kept);
}

}  // namespace
}  // namespace foyer::test
