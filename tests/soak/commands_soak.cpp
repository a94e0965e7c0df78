// Random schedules of faults around commands: a momentary command (a scene) is never carried out twice by one
// press, whatever the service answers or fails to answer (WN safety), and no read that is older than a
// command overwrites what is shown.
//
// FOYER_SOAK: how many schedules (default 400); FOYER_SEED: where the dice begin.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "tests/soak/house.hpp"

namespace foyer::soak {
namespace {

long long from_environment(const char* name, long long otherwise) {
  const char* text = std::getenv(name);
  return text && *text != 0 ? std::atoll(text) : otherwise;
}

std::string message(int status, const char* text) {
  return R"({"statusCode":)" + std::to_string(status) + R"(,"message":")" + text + "\"}";
}

// An outcome that says "not done" (definite), or says nothing about it.
struct Fault {
  HttpOutcome outcome;
  bool definite;
};

Fault fault(Dice& dice) {
  const auto definite = [](int status, const char* text) {
    return Fault{answer(status, message(status, text)), true};
  };
  HttpResponse cut = answer(200, "{\"modules\":{\"lig");
  cut.truncated = true;
  HttpResponse later = answer(503, "");
  later.headers.push_back({"Retry-After", "4"});
  switch (dice.below(22)) {
    case 0:
      return definite(401, "The access token has expired");
    case 1:
      return definite(403, "Out of call volume quota. Quota will be replenished in 00:00:05.");
    case 2:
      return definite(404, "Gateway Offline");
    case 3:
      return definite(429, "Rate limit is exceeded. Try again in 2 seconds.");
    case 4:
      return definite(429, "Rate limit is exceeded. Try again in 12 seconds.");
    case 5:
      return definite(469, "x");
    case 6:
    case 7:
      return definite(486, "Busy visual user interface");
    case 8:
      return definite(403, "Forbidden");
    case 9:
      return definite(430, "Wrong input parameters");
    case 10:
      return {answer(408, message(408, "Request timeout")), false};
    case 11:
      return {answer(500, message(500, "Server internal error")), false};
    case 12:
      return {answer(502), false};
    case 13:
      return {later, false};
    case 14:
      return {answer(504, "<html><body>timeout</body></html>"), false};
    case 15:
      return {answer(200, "<!doctype html><html></html>"), false};
    case 16:
      return {cut, false};
    case 17:
      return {std::unexpected(HttpFailure::timeout), false};
    case 18:
      return {answer(200, R"({"error":"internal"})"), false};
    default:
      return {std::unexpected(HttpFailure::opaque), false};
  }
}

class Schedules {
 public:
  explicit Schedules(std::uint64_t seed) : dice_{seed}, house_(seed, 1'000'000) {
    house_.on_call = [this](HttpRequest request, int) { return play(std::move(request)); };
  }

  void run() {
    if (runs_++ % 10 == 0) {  // buckets and breakers begin afresh
      app_.reset();
      app_ = house_.open();
      app_->on_change = [this] { watch(); };
      house_.wait(Seconds(5));
    }
    faults_ = dice_.below(4);  // 0: none … 3: most calls fail
    presses_ = maybe_done_ = 0;
    const int actions = 1 + dice_.below(3);
    for (int i = 0; i < actions; ++i) act();
    house_.wait(Millis(1000 + dice_.below(90'000)));
    if (maybe_done_ > presses_) ++duplicates;
    faults_ = 0;
    recover();
    settle_check();
  }

  long long duplicates = 0, stale = 0, calls = 0, scenes = 0, commands = 0;

 private:
  void act() {
    if (dice_.one_in(3)) {
      ++presses_, ++scenes;
      app_->dispatch(intent::Send{scene, {Aspect::run, true}});
    } else {
      ++commands;
      wish_ = dice_.one_in(2);
      app_->dispatch(intent::Send{lamp, {Aspect::on_off, wish_}});
    }
    if (dice_.one_in(4)) app_->dispatch(intent::Refresh{});
    if (dice_.one_in(8)) app_->dispatch(intent::LookAgain{lamp});
    house_.wait(Millis(dice_.one_in(2) ? dice_.below(1500) : dice_.below(20'000)));
  }

  bool fails() { return faults_ > 0 && dice_.below(4) < faults_; }

  // The service acts at once or not at all; its answer takes its time, or never comes.
  Task<HttpOutcome> play(HttpRequest request) {
    ++calls;
    const bool failing = fails();
    Fault bad = failing ? fault(dice_) : Fault{answer(200), false};
    const bool acts = !failing || (!bad.definite && dice_.one_in(2));
    if (House::is_scene(request) && House::is_command(request) && !(failing && bad.definite)) ++maybe_done_;
    HttpOutcome out = acts ? house_.serve(request) : HttpOutcome(answer(500));
    if (failing) out = std::move(bad.outcome);
    const Millis took = faults_ > 0 ? Millis(dice_.below(dice_.one_in(6) ? 12'000 : 800)) : Millis(20);
    if (took >= request.deadline) {
      co_await house_.memory.time.sleep(request.deadline);
      co_return std::unexpected(HttpFailure::timeout);
    }
    co_await house_.memory.time.sleep(took);
    co_return out;
  }

  // While a command is under way or confirmed, what is shown is what was wished last.
  void watch() {
    const CommandState* command = app_->state().command(lamp, Aspect::on_off);
    const Plant* home = app_->state().plant();
    const Module* module = home ? home->module(lamp) : nullptr;
    if (!command || !module) return;
    using Picture = CommandState::Picture;
    if (command->picture != Picture::sent && command->picture != Picture::confirmed) return;
    const bool* wanted = std::get_if<bool>(&command->command.value);
    if (!wanted || module->flag(Aspect::on_off).value_or(!*wanted) == *wanted) return;
    // Confirmed, and then the lamp changed behind our back: an earlier command of unknown outcome.
    if (command->picture == Picture::confirmed && module->flag(Aspect::on_off) == house_.lamp_on) return;
    ++stale;
  }

  void recover() {
    for (int i = 0; i < 3; ++i) {
      const std::vector<Problem> problems = app_->state().problems;
      for (const Problem& one : problems)
        if (one.can_retry) app_->dispatch(intent::Retry{one.key});
      house_.wait(Seconds(70));
      app_->dispatch(intent::Refresh{});
      house_.wait(Seconds(2));
      if (!troubled()) return;
    }
  }

  // A quota that another program shares is spoken of for a day and hinders nothing (Q7).
  bool troubled() const {
    for (const Problem& one : app_->state().problems)
      if (one.key.about != ProblemKey::About::quota) return true;
    return false;
  }

  void settle_check() {
    const Plant* home = app_->state().plant();
    const Module* module = home ? home->module(lamp) : nullptr;
    if (!module || troubled()) return ++unsettled_, void();
    if (module->flag(Aspect::on_off).value_or(!house_.lamp_on) != house_.lamp_on) ++stale;
  }

  Dice dice_;
  House house_;
  std::unique_ptr<Controller> app_;
  long long runs_ = 0;
  int faults_ = 0, presses_ = 0, maybe_done_ = 0;
  bool wish_ = false;

 public:
  long long unsettled_ = 0;
};

TEST(CommandsSoak, NoDuplicateMomentaryWriteAndNoStaleOverwrite) {
  const long long seed = from_environment("FOYER_SEED", 1), count = from_environment("FOYER_SOAK", 400);
  Schedules schedules(static_cast<std::uint64_t>(seed));
  for (long long i = 0; i < count; ++i) schedules.run();
  std::printf(
      "seed %lld: %lld schedules, %lld calls, %lld scenes, %lld settings, %lld unsettled: "
      "%lld duplicate momentary writes, %lld stale overwrites\n",
      seed, count, schedules.calls, schedules.scenes, schedules.commands, schedules.unsettled_,
      schedules.duplicates, schedules.stale);
  EXPECT_EQ(schedules.duplicates, 0);
  EXPECT_EQ(schedules.stale, 0);
  EXPECT_LE(schedules.unsettled_ * 50, count + 50) << "the check at the end of a schedule is mostly made";
  EXPECT_GT(schedules.scenes, count / 4);
}

}  // namespace
}  // namespace foyer::soak
