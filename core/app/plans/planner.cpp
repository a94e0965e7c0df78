#include "core/app/plans/planner.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/app/plans/week.hpp"
#include "core/app/state/words.hpp"
#include "core/base/showable.hpp"
#include "core/cloud/netatmo/schedules.hpp"

namespace foyer::plan {
namespace {

constexpr std::array<std::string_view, 4> editable{"therm", "cooling", "auto", "event"};

const Schedule* by_id(const Plant& plant, std::string_view id) {
  const auto at = std::ranges::find(plant.schedules, id, &Schedule::id);
  return at == plant.schedules.end() ? nullptr : &*at;
}

}  // namespace

bool is_editable(const Schedule& schedule) {
  return std::ranges::find(editable, schedule.type) != editable.end();
}

const PlanState& state_of(const PlanStates& states, const PlantId& plant) {
  static const PlanState none;
  const auto at = states.find(plant);
  return at == states.end() ? none : at->second;
}

const Schedule* shown_plan(const Plant& plant, const PlanState& state) {
  if (const Schedule* chosen = by_id(plant, state.shown)) return chosen;
  for (const std::string_view type : editable)
    if (const Schedule* one = selected_schedule(plant.schedules, type)) return one;
  const auto any = std::ranges::find_if(plant.schedules, is_editable);
  return any == plant.schedules.end() ? nullptr : &*any;
}

const Schedule* drafted_plan(const Plant& plant, const PlanState& state) {
  const Schedule* read = shown_plan(plant, state);
  if (read != nullptr && state.draft && state.draft->id == read->id) return &*state.draft;
  return read;
}

Planner::Here Planner::here() {
  const Plant* plant = store_.state.plant();
  if (plant == nullptr) return {};
  PlanState& state = store_.state.plans[plant->id];
  return {plant, state.busy ? nullptr : &state};
}

void Planner::handle(const intent::ShowPlan& wanted) {
  const auto [plant, state] = here();
  if (!state || wanted.schedule == state->shown) return;
  *state = {.shown = wanted.schedule};
  store_.changed();
}

void Planner::handle(const intent::EditPlan& wanted) {
  const auto [plant, state] = here();
  if (!state) return;
  state->shown = wanted.draft.id;
  state->trouble.clear();
  const Schedule* read = by_id(*plant, wanted.draft.id);
  if (read != nullptr && differences(*read, wanted.draft).empty())
    state->draft.reset();
  else
    state->draft = wanted.draft;
  store_.changed();
}

void Planner::handle(const intent::DropPlan&) {
  const auto [plant, state] = here();
  if (!state) return;
  state->draft.reset();
  state->trouble.clear();
  store_.changed();
}

void Planner::handle(const intent::SavePlan&) {
  const auto [plant, state] = here();
  if (!state || !state->draft) return;
  const Schedule* read = by_id(*plant, state->draft->id);
  if (read == nullptr) return settle({.plant = plant->id}, phrase(Phrase::plan_gone));
  start(*state, {.plant = plant->id, .wanted = *state->draft, .before = *read});
}

void Planner::handle(const intent::TakeBackPlan&) {
  const auto [plant, state] = here();
  if (!state || !state->former) return;
  if (!by_id(*plant, state->former->id)) return settle({.plant = plant->id}, phrase(Phrase::plan_gone));
  start(*state, {.plant = plant->id, .wanted = *state->former});
}

void Planner::handle(const intent::UsePlan& wanted) {
  const auto [plant, state] = here();
  const Schedule* one = state ? by_id(*plant, wanted.schedule) : nullptr;
  if (!one || one->selected) return;
  start(*state, {.plant = plant->id, .wanted = *one, .deed = Job::Deed::use});
}

void Planner::handle(const intent::CopyPlan& wanted) {
  const auto [plant, state] = here();
  if (!state || wanted.name.empty()) return;
  const Schedule* like = by_id(*plant, wanted.schedule);
  if (like != nullptr && state->draft && state->draft->id == like->id)
    like = &*state->draft;  // as it is shown
  if (like == nullptr) return;
  Schedule fresh = *like;
  fresh.id.clear();
  fresh.name = wanted.name;
  fresh.selected = fresh.standard = false;
  Job job{.plant = plant->id, .wanted = std::move(fresh), .deed = Job::Deed::create};
  for (const Schedule& one : plant->schedules) job.there.insert(one.id);
  start(*state, std::move(job));
}

void Planner::handle(const intent::DeletePlan& wanted) {
  const auto [plant, state] = here();
  const Schedule* one = state ? by_id(*plant, wanted.schedule) : nullptr;
  if (one) start(*state, {.plant = plant->id, .wanted = *one, .deed = Job::Deed::remove});
}

Result<Call> Planner::call_of(const Plant& plant, const Job& job) {
  switch (job.deed) {
    case Job::Deed::contents:
      return netatmo::sync_schedule(plant, job.wanted);
    case Job::Deed::use:
      return netatmo::switch_schedule(plant, job.wanted);
    case Job::Deed::create:
      return netatmo::create_schedule(plant, job.wanted);
    case Job::Deed::remove:
      break;
  }
  return netatmo::delete_schedule(plant, job.wanted);
}

// A new one is known by its id, or, while the answer is lost, by its name and contents.
const Schedule* Planner::found(const Plant& plant, const Job& job) {
  if (!job.wanted.id.empty() || job.deed != Job::Deed::create) return by_id(plant, job.wanted.id);
  const auto at = std::ranges::find_if(plant.schedules, [&](const Schedule& one) {
    return !job.there.contains(one.id) && one.type == job.wanted.type && differences(one, job.wanted).empty();
  });
  return at == plant.schedules.end() ? nullptr : &*at;
}

bool Planner::kept(const Plant& plant, const Job& job) {
  const Schedule* now = found(plant, job);
  if (job.deed == Job::Deed::remove) return now == nullptr;
  if (now == nullptr) return false;
  return job.deed == Job::Deed::use ? now->selected : differences(*now, job.wanted).empty();
}

void Planner::start(PlanState& state, Job job) {
  if (!store_.state.online) return store_.say(phrase(Phrase::offline));
  // As they will be read back, or a space at the end would be "something else".
  job.wanted.name = showable(job.wanted.name);
  for (Zone& one : job.wanted.zones) one.name = showable(one.name);
  state.busy = true;
  state.trouble.clear();
  store_.changed();
  scope_.spawn(run(std::move(job)));
}

Task<void> Planner::run(Job job) {
  const Plant* plant = store_.plant(job.plant);
  Account* account = reader_.account_of(job.plant);
  if (plant == nullptr || account == nullptr) co_return settle(job, phrase(Phrase::home_gone));
  auto call = call_of(*plant, job);
  if (!call) co_return settle(job, call.error().message);
  call->purpose = policy::Purpose::write;
  const CallResult answer = co_await account->gateway.send(std::move(*call));
  // Refused for certain: nothing was changed, and nothing is to be read.
  if (!answer && !answer.error().ambiguous) co_return settle(job, sentence(store_, answer.error()));
  const auto read = co_await reader_.look(job.plant, Reader::Freshness::anew);
  plant = store_.plant(job.plant);
  if (job.deed == Job::Deed::create && answer)
    if (auto id = netatmo::read_created(answer->body)) job.wanted.id = std::move(*id);
  if (plant != nullptr && job.deed == Job::Deed::create)
    if (const Schedule* made = found(*plant, job)) job.wanted.id = made->id;
  if (read && plant != nullptr && kept(*plant, job)) co_return settle(job, {});
  settle(job, !read     ? phrase(Phrase::plan_unread)
              : !answer ? sentence(store_, answer.error())
                        : phrase(Phrase::plan_differs));
}

void Planner::settle(const Job& job, std::string trouble) {
  const auto at = store_.state.plans.find(job.plant);
  if (at == store_.state.plans.end()) return;  // the home is no longer here, and nobody waits for it
  PlanState& state = at->second;
  state.busy = false;
  state.trouble = std::move(trouble);
  if (!state.trouble.empty()) return store_.say(state.trouble);
  if (job.deed == Job::Deed::contents) {
    state.draft.reset();
    state.former = job.before;
  } else if (job.deed != Job::Deed::use) {
    state = {.shown = job.deed == Job::Deed::create ? job.wanted.id : std::string{}};
  }
  store_.say(phrase(job.deed == Job::Deed::use      ? Phrase::plan_used
                    : job.deed == Job::Deed::create ? Phrase::plan_made
                    : job.deed == Job::Deed::remove ? Phrase::plan_deleted
                    : job.before                    ? Phrase::plan_saved
                                                    : Phrase::plan_taken_back,
                    {job.wanted.name}));
}

}  // namespace foyer::plan
