// A weekly plan edited by a person, against the simulated cloud: what was changed is changed, everything else
// stays.
#include <algorithm>

#include "core/app/plans/week.hpp"
#include "core/cloud/netatmo/schedules.hpp"
#include "tests/journey/netatmo.hpp"

namespace foyer::test {
namespace {

class PlansJourney : public NetatmoJourney {
 protected:
  PlansJourney() {
    sign_in_to_netatmo();
    app->dispatch(intent::Go{{.view = Route::View::home, .plant = belle}});
    wait(Seconds(1));
  }
  const plan::PlanState& plans() const { return plan::state_of(state().plans, belle); }
  const Schedule& shown() const { return *plan::shown_plan(home(), plans()); }
  int sent() const { return calls("POST", "/api/synchomeschedule"); }
  void show(const PlantId& plant) {
    app->dispatch(intent::Go{{.view = Route::View::home, .plant = plant}});
    wait(Seconds(1));
  }
  template <class T>
  void run(Task<T> task) {
    const auto drain = [](Task<T> waited) -> Task<void> { (void)co_await waited; };
    scope.spawn(drain(std::move(task)));
    wait(Seconds(15));
  }

  TaskScope scope{};  // after `app`: its flows end first
};

TEST_F(PlansJourney, ASpanIsPaintedSavedReadBackAndTakenBack) {
  const Schedule before = shown();
  ASSERT_GE(before.zones.size(), 2U);
  const int day = 2;
  const int other = plan::spans_of_day(before, day).front().zone == before.zones[0].id ? before.zones[1].id
                                                                                       : before.zones[0].id;
  const Schedule edited = plan::painted(before, {.day = day, .from = 120, .to = 180, .zone = other});
  app->dispatch(intent::EditPlan{edited});
  EXPECT_EQ(sent(), 0) << "nothing is sent before it is saved";
  EXPECT_EQ(plan::differences(before, *plan::drafted_plan(home(), plans())).size(), 1U);

  app->dispatch(intent::SavePlan{});
  app->dispatch(intent::SavePlan{});  // a double press
  wait(Seconds(10));
  EXPECT_EQ(sent(), 1);
  EXPECT_FALSE(plans().busy);
  EXPECT_EQ(plans().trouble, "");
  EXPECT_FALSE(plans().draft);
  EXPECT_TRUE(plan::differences(shown(), edited).empty()) << "read back";

  app->dispatch(intent::TakeBackPlan{});
  wait(Seconds(10));
  EXPECT_EQ(sent(), 2);
  EXPECT_TRUE(plan::differences(shown(), before).empty());
  EXPECT_FALSE(plans().former) << "what was taken back is not offered again";
}

TEST_F(PlansJourney, ATypedNameIsReadBackAsItIsShown) {
  app->dispatch(
      intent::EditPlan{plan::renamed_zone(shown(), shown().zones[0].id, "  Salon  d\xE2\x80\x99hiver\t")});
  app->dispatch(intent::SavePlan{});
  wait(Seconds(10));
  EXPECT_EQ(plans().trouble, "");
  EXPECT_EQ(shown().zones[0].name, "Salon d\xE2\x80\x99hiver");
}

TEST_F(PlansJourney, ARefusalKeepsTheDraftAndSaysWhy) {
  const Schedule before = shown();
  Schedule edited =
      plan::with_temperature(before, before.zones[0].id, before.zones[0].rooms.at(0).ambient, 90);
  app->dispatch(intent::EditPlan{edited});
  app->dispatch(intent::SavePlan{});
  wait(Seconds(10));
  EXPECT_EQ(sent(), 0) << "outside the limits: not sent at all";
  EXPECT_NE(plans().trouble, "");
  ASSERT_TRUE(plans().draft);
  app->dispatch(intent::DropPlan{});
  EXPECT_FALSE(plans().draft);
  EXPECT_EQ(plans().trouble, "");
}

TEST_F(PlansJourney, ChangesThatAreUndoneByHandAreNoChanges) {
  const Schedule before = shown();
  app->dispatch(intent::EditPlan{plan::renamed_zone(before, before.zones[0].id, "Lounge")});
  EXPECT_TRUE(plans().draft);
  app->dispatch(
      intent::EditPlan{plan::renamed_zone(*plans().draft, before.zones[0].id, before.zones[0].name)});
  EXPECT_FALSE(plans().draft);
}

TEST_F(PlansJourney, AnotherPlanComesIntoForce) {
  const auto other = std::ranges::find_if(home().schedules, [&](const Schedule& one) {
    return plan::is_editable(one) && !one.selected && one.type == "therm";
  });
  ASSERT_NE(other, home().schedules.end());
  const std::string id = other->id;
  app->dispatch(intent::UsePlan{id});
  wait(Seconds(10));
  EXPECT_EQ(plans().trouble, "");
  const auto now = std::ranges::find(home().schedules, id, &Schedule::id);
  ASSERT_NE(now, home().schedules.end());
  EXPECT_TRUE(now->selected);
}

TEST_F(PlansJourney, OfflineNothingIsSentAndNothingIsLost) {
  const Schedule before = shown();
  app->dispatch(intent::EditPlan{plan::renamed_zone(before, before.zones[0].id, "Lounge")});
  app->set_online(false);
  app->dispatch(intent::SavePlan{});
  wait(Seconds(2));
  EXPECT_EQ(sent(), 0);
  EXPECT_TRUE(plans().draft);
}

// The plan of a home that is kept may have been changed by another app since.
TEST_F(PlansJourney, ALookAnewReadsThePlanAnew) {
  const Schedule before = shown();
  run(app->call("netatmo", *netatmo::rename_schedule(home(), before, "Winter")));
  EXPECT_EQ(shown().name, before.name) << "nobody looked";
  run(app->look(belle, false));
  EXPECT_EQ(shown().name, before.name) << "read a moment ago";
  const int extras = calls("GET", "/api/getscenarios");
  run(app->look(belle, true));
  EXPECT_EQ(shown().name, "Winter");
  EXPECT_EQ(calls("GET", "/api/getscenarios"), extras + 1);
}

TEST_F(PlansJourney, ALookAnewThatReadsNothingSaysSo) {
  Result<void> looked;
  const auto look = [&]() -> Task<void> { looked = co_await app->look(belle, true); };
  memory.http.faults.assign(8, HttpOutcome(std::unexpected(HttpFailure::opaque)));
  scope.spawn(look());
  wait(Minutes(2));
  EXPECT_FALSE(looked) << "what is kept of the home is not what was asked for";
}

TEST_F(PlansJourney, ScenesStayWhenTheyCanNotBeReadAgain) {
  const auto scenes = [&] {
    return std::ranges::count_if(home().modules, [](const Module& one) { return one.kind == Kind::scene; });
  };
  const auto before = scenes();
  ASSERT_GT(before, 0);
  const auto usual = memory.http.respond;
  memory.http.respond = [usual](const HttpRequest& request) -> Task<HttpOutcome> {
    if (!request.url.contains("getscenarios")) return usual(request);
    return [](int status) -> Task<HttpOutcome> { co_return HttpResponse{.status = status}; }(404);
  };
  run(app->look(belle, true));
  EXPECT_EQ(scenes(), before);
}

TEST_F(PlansJourney, EachHomeHasItsOwnChanges) {
  const Schedule before = shown();
  ASSERT_GE(state().plants.size(), 2U);
  const PlantId other = state().plants[0].id == belle ? state().plants[1].id : state().plants[0].id;
  show(belle);
  app->dispatch(intent::EditPlan{plan::renamed_zone(before, before.zones[0].id, "Lounge")});
  app->dispatch(intent::SavePlan{});
  wait(Seconds(10));
  ASSERT_TRUE(plans().former);
  app->dispatch(intent::EditPlan{plan::renamed_zone(shown(), before.zones[0].id, "Parlour")});
  const int before_going = sent();

  show(other);
  EXPECT_FALSE(plan::state_of(state().plans, other).draft);
  EXPECT_FALSE(plan::state_of(state().plans, other).former);
  app->dispatch(intent::SavePlan{});
  app->dispatch(intent::TakeBackPlan{});
  wait(Seconds(10));
  EXPECT_EQ(sent(), before_going) << "nothing of one home is sent to another";

  show(belle);
  EXPECT_TRUE(plans().draft) << "and nothing is lost";
  app->dispatch(intent::SignOut{"netatmo"});
  wait(Seconds(2));
  EXPECT_TRUE(state().plans.empty()) << "nothing of that person stays";
}

// Whoever joined a look that began before the save would be shown the plan of before.
TEST_F(PlansJourney, ThePlanIsReadBackAfterTheSave) {
  const auto usual = memory.http.respond;
  memory.http.respond = [this, usual](const HttpRequest& request) -> Task<HttpOutcome> {
    const bool list = request.url.ends_with("/api/homesdata");
    return [](VirtualTime* time, Task<HttpOutcome> answer, bool slow) -> Task<HttpOutcome> {
      HttpOutcome now = co_await answer;
      if (slow) co_await time->sleep(Seconds(8));
      co_return now;
    }(&memory.time, usual(request), list);
  };
  const auto load = [&]() -> Task<void> { (void)co_await app->load("netatmo"); };
  scope.spawn(load());
  wait(Millis(100));
  const Schedule edited = plan::renamed_zone(shown(), shown().zones[0].id, "Lounge");
  app->dispatch(intent::EditPlan{edited});
  app->dispatch(intent::SavePlan{});
  wait(Seconds(30));
  EXPECT_EQ(plans().trouble, "");
  EXPECT_FALSE(plans().draft);
  EXPECT_TRUE(plan::differences(shown(), edited).empty()) << "the look of before does not undo it";
}

TEST_F(PlansJourney, ACopyIsMadeOfWhatIsShownAndDeletedAgain) {
  const Schedule before = shown();
  const std::size_t count = home().schedules.size();
  const Schedule edited = plan::renamed_zone(before, before.zones[0].id, "Cosy");
  app->dispatch(intent::EditPlan{edited});
  app->dispatch(intent::CopyPlan{before.id, before.name});
  wait(Seconds(10));
  ASSERT_EQ(plans().trouble, "");
  ASSERT_EQ(home().schedules.size(), count + 1);
  const Schedule copy = shown();
  EXPECT_NE(copy.id, before.id) << "the new one is on show, also under the same name";
  EXPECT_EQ(copy.zones[0].name, "Cosy");
  EXPECT_FALSE(copy.selected);
  app->dispatch(intent::DeletePlan{copy.id});
  wait(Seconds(10));
  EXPECT_EQ(plans().trouble, "");
  EXPECT_EQ(home().schedules.size(), count);
  EXPECT_EQ(std::ranges::find(home().schedules, copy.id, &Schedule::id), home().schedules.end());
  EXPECT_NE(std::ranges::find(home().schedules, before.id, &Schedule::id), home().schedules.end());
}

TEST_F(PlansJourney, ACopyWhoseAnswerIsLostIsNotTakenForThePlanItWasMadeOf) {
  const Schedule before = shown();
  memory.http.drop_replies = false;
  const auto usual = memory.http.respond;
  memory.http.respond = [usual](const HttpRequest& request) -> Task<HttpOutcome> {
    if (!request.url.contains("/createnewhomeschedule")) return usual(request);
    return []() -> Task<HttpOutcome> { co_return std::unexpected(HttpFailure::timeout); }();  // never arrived
  };
  app->dispatch(intent::CopyPlan{before.id, before.name});
  wait(Seconds(60));
  EXPECT_NE(plans().trouble, "") << "there is no copy";
  EXPECT_EQ(shown().id, before.id);
}

}  // namespace
}  // namespace foyer::test
