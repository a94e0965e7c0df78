// The person's arrangement of the homes over a reload and between tabs (records.hpp).
#include "core/app/reading/records.hpp"

namespace foyer {
namespace {

constexpr const char* record = "arrangement";  // also the topic that tabs tell each other

}  // namespace

Task<void> Records::restore_arrangement() {
  if (!std::exchange(hears_, true)) scope_.spawn(hear_arrangement());
  const auto text = co_await host_.storage.load(Storage::Scope::device, record);
  if (!text || !*text || arranging_ > 0) co_return;
  Arrangement stored = arrangement_from_json(**text);
  if (stored == store_.state.arrangement) co_return;
  store_.state.arrangement = std::move(stored);
  store_.changed();
}

Task<void> Records::hear_arrangement() {
  for (;;) {
    co_await host_.broadcast.hear(record);
    scope_.spawn(restore_arrangement());  // the next notice may come before it is done
  }
}

void Records::arrange(const ArrangementChange& wish) {
  const ModuleId id(wish.id);
  const Plant* plant = store_.plant_of(id);
  if (!change(store_.state.arrangement, wish, plant ? plant->module(id) : nullptr)) return;
  store_.changed();
  ++arranging_;
  scope_.spawn(keep_arrangement(wish));
}

// The wish is made once more to what is stored: another tab may have wished, too, or what is stored was not
// read yet.
Task<void> Records::keep_arrangement(ArrangementChange wish) {
  const Locks::Held held = co_await host_.locks.acquire(record);
  const auto text = co_await host_.storage.load(Storage::Scope::device, record);
  Arrangement now = store_.state.arrangement;
  if (text && *text) {
    now = arrangement_from_json(**text);
    const ModuleId id(wish.id);
    const Plant* plant = store_.plant_of(id);
    (void)change(now, wish, plant ? plant->module(id) : nullptr);
  }
  co_await write(record, to_json(now));
  host_.broadcast.tell(record);
  if (--arranging_ > 0 || now == store_.state.arrangement) co_return;
  store_.state.arrangement = std::move(now);
  store_.changed();
}

}  // namespace foyer
