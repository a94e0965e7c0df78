#include "shell/views/plan_words.hpp"

#include <algorithm>
#include <array>

#include "shell/views/amounts.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

std::string asked(const std::string& text) {
  if (text.empty()) return std::string(word(W::nothing_set));
  const bool number = text.front() >= '0' && text.front() <= '9';
  return number ? text + "°" : value_text(Aspect::pilot_wire, text, Unit::none);
}

std::string room_text(const State& state, const Plant& plant, const AmbientId& room) {
  const Ambient* known = plant.ambient(room);
  return known == nullptr ? short_id(room.remote()) : shown_name(state, *known);
}

}  // namespace

ZoneLook look_of(const Schedule& schedule, const Zone* zone) {
  struct TypeLook {
    int type;
    ZoneLook look;
  };
  // Comfort, night, away, frost guard, eco, comfort+.
  static constexpr std::array kTypes{
      TypeLook{0, {Token::warmbg, Token::warm}}, TypeLook{1, {Token::coolbg, Token::cool}},
      TypeLook{2, {Token::raised, Token::ink2}}, TypeLook{3, {Token::raised, Token::cool}},
      TypeLook{5, {Token::okbg, Token::ok}},     TypeLook{8, {Token::lit, Token::litink}}};
  static constexpr std::array kOthers{ZoneLook{Token::lit, Token::litink}, ZoneLook{Token::okbg, Token::ok},
                                      ZoneLook{Token::badbg, Token::bad},
                                      ZoneLook{Token::coolbg, Token::cool}};
  if (zone == nullptr) return {Token::raised, Token::ink2};
  for (const TypeLook& one : kTypes)
    if (zone->type == one.type) return one.look;
  std::size_t number = 0;
  for (const Zone& one : schedule.zones) {
    if (one.id == zone->id) break;
    const bool own =
        std::ranges::none_of(kTypes, [&](const TypeLook& known) { return one.type == known.type; });
    number += own ? 1 : 0;
  }
  return kOthers[number % kOthers.size()];
}

std::string zone_name(const Zone* zone) {
  if (zone == nullptr) return std::string(word(W::zone_unknown));
  return zone->name.empty() ? say(W::zone_number, {std::to_string(zone->id)}) : zone->name;
}

std::string zone_asks(const Zone* zone) {
  if (zone == nullptr) return {};
  std::optional<double> least, most;
  std::string order;
  for (const ZoneRoom& room : zone->rooms) {
    if (room.temperature) {
      least = std::min(least.value_or(*room.temperature), *room.temperature);
      most = std::max(most.value_or(*room.temperature), *room.temperature);
    } else if (order.empty()) {
      order = room.order;
    }
  }
  if (!least) return order.empty() ? std::string{} : asked(order);
  if (*least == *most) return number_text(*least) + "°";
  return number_text(*least) + "–" + number_text(*most) + "°";
}

std::string minute_text(int minute) {
  const auto two = [](int value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return two(minute / 60) + ":" + two(minute % 60);
}

std::string day_name(int day) { return std::string(word_at(W::weekdays, day)); }

std::string difference_text(const State& state, const Plant& plant, const Schedule& after,
                            const plan::Difference& one) {
  using What = plan::Difference::What;
  switch (one.what) {
    case What::name:
    case What::zone_name:
      return say(W::differs_name, {one.after, one.before});
    case What::span:
      return say(W::differs_span,
                 {day_name(one.span.day), minute_text(one.span.from), minute_text(one.span.to),
                  one.after.empty() ? std::string(word(W::nothing_set)) : one.after,
                  one.before.empty() ? std::string(word(W::nothing_set)) : one.before});
    case What::zone_added:
      return say(W::differs_added, {one.after});
    case What::zone_removed:
      return say(W::differs_removed, {one.before});
    case What::temperature:
      return say(W::differs_room, {room_text(state, plant, one.room), zone_name(after.zone(one.zone)),
                                   asked(one.after), asked(one.before)});
    case What::other:
      break;
  }
  return std::string(word(W::differs_other));
}

std::string type_text(std::string_view type) {
  if (type == "cooling") return std::string(word(W::function_cooling));
  if (type == "auto") return std::string(word(W::plans_auto));
  if (type == "event") return std::string(word(W::plans_event));
  return std::string(word(W::function_heating));
}

std::string now_text(const Schedule& schedule, Builder& b) {
  const Instant now = b.times.now();
  const Minutes offset = b.times.offset(now);
  const int minute = minute_of_week(now, offset);
  const Zone* present = zone_at(schedule, minute);
  if (present == nullptr) return {};
  const auto named = [](const Zone* zone) {
    const std::string asks = zone_asks(zone);
    return zone_name(zone) + (asks.empty() ? "" : " " + asks);
  };
  constexpr int week = plan::minutes_a_day * plan::days_a_week;
  const Slot* next = nullptr;
  int ahead = week;
  for (const Slot& slot : schedule.timetable) {
    const int wait = (slot.minute - minute + week - 1) % week + 1;
    if (slot.zone == present->id || wait >= ahead) continue;
    next = &slot;
    ahead = wait;
  }
  if (next == nullptr) return named(present);
  // The first other zone may come after a day of this one; what lies between is this one.
  const Instant whole = std::chrono::floor<Minutes>(now) + Minutes(ahead);
  return say(W::next_then, {named(present), b.times.until(whole + offset - b.times.offset(whole)),
                            named(schedule.zone(next->zone))});
}

}  // namespace foyer::shell
