#include "shell/views/comfort.hpp"

#include <array>

namespace foyer::shell {
namespace {

using plan::Why;

// A sentence without and one with its end; of the plan's, its names are filled in.
struct Sentence {
  Why why;
  W plain, until;
};
constexpr std::array sentences{
    Sentence{Why::offline, W::why_offline, W::why_offline},
    Sentence{Why::off, W::why_off, W::why_off_until},
    Sentence{Why::window, W::why_window, W::why_window},
    Sentence{Why::frost_guard, W::why_frost, W::why_frost_until},
    Sentence{Why::away, W::why_away, W::why_away_until},
    Sentence{Why::boost, W::why_boost, W::why_boost_until},
    Sentence{Why::by_hand, W::why_hand, W::why_hand_until},
    Sentence{Why::house_off, W::why_house_off, W::why_house_off_until},
    Sentence{Why::house_away, W::why_house_away, W::why_house_away_until},
    Sentence{Why::house_frost_guard, W::why_house_frost, W::why_house_frost_until},
    Sentence{Why::programme, W::why_programme, W::why_programme},
};

// "17°" or the order's word; empty when the plan does not say.
std::string asked(const plan::Asks& asks) {
  if (asks.temperature) return number_text(*asks.temperature) + "°";
  return asks.order.empty() ? std::string{} : value_text(Aspect::pilot_wire, asks.order, Unit::none);
}

}  // namespace

bool has_outlook(const Module& module) {
  return module.capability(Aspect::setpoint) != nullptr || module.capability(Aspect::pilot_wire) != nullptr;
}

plan::Outlook outlook_of(const Plant& plant, const Module& module, const Times& times) {
  if (!has_outlook(module)) return {};
  return plan::outlook(plant, module, times.now(), times.utc_offset());
}

std::string short_next_text(const plan::Outlook& outlook, Times& times) {
  if (!outlook.next) return {};
  times.older(outlook.next->at, Millis(0));  // another text from then on
  const Instant when = outlook.next->at;
  const std::string clock = clock_text(when, times.offset(when)), then = asked(outlook.next->asks);
  const std::string at = times.at(when) == clock ? clock : times.until(when);
  return then.empty() ? say(W::next_back, {at}) : say(W::next_short, {at, then});
}

std::string next_text(const plan::Outlook& outlook, Times& times) {
  if (!outlook.next) return {};
  times.older(outlook.next->at, Millis(0));
  const std::string now = asked(outlook.now), then = asked(outlook.next->asks),
                    at = times.until(outlook.next->at);
  if (then.empty()) return now.empty() ? say(W::next_back, {at}) : say(W::next_until, {now, at});
  const std::string& plan = outlook.plan.empty() ? outlook.next->zone : outlook.plan;
  if (now.empty()) return say(W::next_from, {at, then});
  return plan.empty() ? say(W::next_then, {now, at, then}) : say(W::next_plan, {now, at, then, plan});
}

std::string why_text(const plan::Outlook& outlook, Times& times) {
  if (outlook.why == Why::plan)
    return outlook.zone.empty() ? say(W::why_plan, {outlook.plan})
                                : say(W::why_plan_zone, {outlook.plan, outlook.zone});
  for (const Sentence& one : sentences) {
    if (one.why != outlook.why) continue;
    if (outlook.until && one.until != one.plain) return say(one.until, {times.until(*outlook.until)});
    return std::string(word(one.plain));
  }
  return std::string(word(W::why_unknown));
}

}  // namespace foyer::shell
