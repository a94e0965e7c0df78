#include "core/app/state/arrivals.hpp"

namespace foyer {

Arrivals::Arrivals(Parts& parts, TaskScope& scope, Store& store)
    : parts_(parts), scope_(scope), store_(store) {
  for (const Part part : all_parts)
    if (!parts.has(part)) store.state.arrival(part) = Arrival::absent;
}

Task<bool> Arrivals::bring(Part part) {
  if (parts_.has(part)) co_return true;
  if (const auto at = coming_.find(part); at != coming_.end()) {
    const Completion<bool> others = at->second;
    co_return co_await others;
  }
  const Completion<bool> arrived = coming_[part];
  tell(part, Arrival::loading);
  const bool here = co_await parts_.bring(part);
  coming_.erase(part);
  tell(part, here ? Arrival::here : Arrival::failed);
  if (here && on_here) on_here();
  arrived.resolve(here);
  co_return here;
}

void Arrivals::fetch(Part part) {
  if (parts_.has(part) || coming_.contains(part)) return;
  scope_.spawn(
      [](Arrivals* self, Part wanted) -> Task<void> { (void)co_await self->bring(wanted); }(this, part));
}

// One file may hold several parts: what came along is here as well.
void Arrivals::tell(Part asked, Arrival now) {
  store_.state.arrival(asked) = now;
  for (const Part part : all_parts)
    if (parts_.has(part)) store_.state.arrival(part) = Arrival::here;
  store_.changed();
}

}  // namespace foyer
